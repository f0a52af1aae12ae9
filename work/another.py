"""Another game at the same table, in words: what is proposed, and which games fit those who sit there."""

from collections.abc import Mapping
from typing import Any

from communication import messages as m
from games import GAMES
from games.game import Game
from work import clocks
from work.language import _, spoken


def people(about: m.Table) -> int:
    """How many sit there whom another game must have seats for; bots make room."""
    return sum(person is not None and not person.bot for person in about.people)


def fitting(about: m.Table, shelf: Mapping[str, Game[Any]] = GAMES) -> list[Game[Any]]:
    """The games that all who sit there can play together."""
    return [game for game in shelf.values() if game.seats[-1] >= people(about)]


def title(wanted: m.Wanted, shelf: Mapping[str, Game[Any]] = GAMES) -> str:
    """What the game is called."""
    return spoken(shelf[wanted.game].title) if wanted.game in shelf else wanted.game


def details(wanted: m.Wanted, shelf: Mapping[str, Game[Any]] = GAMES) -> str:
    """The options, the number of players where there is a choice, and the clock."""
    game = shelf.get(wanted.game)
    if game is None:
        return _("Your program does not have this game.")
    words = [
        spoken(option.words(wanted.options[name])) for name, option in game.options.items() if name in wanted.options
    ]
    if len(game.seats) > 1:
        words.append(_("{count} players").format(count=wanted.seats))
    return " · ".join(filter(None, [*words, clocks.words(wanted.clock)]))


def told(wanted: m.Wanted, shelf: Mapping[str, Game[Any]] = GAMES) -> str:
    """The game with its details, in one line."""
    more = details(wanted, shelf)
    return f"{title(wanted, shelf)} ({more})" if more else title(wanted, shelf)
