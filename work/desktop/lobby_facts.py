"""What the lobby tells, worked out from the server's message: tables, people, who waits, the evening's score."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from communication import messages as m
from games import GAMES
from work import clocks
from work.desktop.people import mark_of, marks
from work.language import N_, _, called, ngettext, spoken
from work.shelf import SHELF
from work.table import Table

NIGHT = 8 * 3600.0
"""Seconds after its beginning from which a table is one of another evening."""
PAUSED = "paused"
COUNTS = (
    N_("no"),
    N_("one"),
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
)


@dataclass(frozen=True)
class TableFacts:
    """An open table. `seats` has a mark for each seat, 0 where it is free; `off` says why one cannot go there.

    One that `rests` is one's own, saved or paused, and waits to go on.
    """

    room: str
    title: str
    line: str
    seats: tuple[int, ...]
    names: str
    sit: bool
    main: bool = False
    off: str = ""
    rests: bool = False


@dataclass(frozen=True)
class PersonFacts:
    """Somebody who is here; `queue` is what they wait for, if one can join them there."""

    name: str
    mark: int
    line: str
    you: bool = False
    bot: bool = False
    away: bool = False
    queue: m.Queue | None = None


@dataclass(frozen=True)
class ScoreFacts:
    """How many matches somebody has won; `best` is the most that anybody has, `gained` that they have just won one."""

    name: str
    mark: int
    wins: int
    best: int
    gained: bool = False


class Facts:
    """The lobby in words, as somebody with this name sees it; `marked` have a mark already, at a table.

    `age` is for how many seconds it has been known.
    """

    def __init__(
        self, lobby: m.Lobby, me: str, marked: Mapping[str, int] = MappingProxyType({}), age: float = 0.0
    ) -> None:
        self.lobby = lobby
        self.me = me
        self.age = age
        at_tables = (person.name for card in lobby.tables for person in card.people if person)
        self.marks = marks([*(person.name for person in lobby.people), *at_tables, *lobby.wins], marked)
        self._queue_of = {name: queue for queue in lobby.queues for name in queue.names}

    def tables(self) -> dict[str, TableFacts]:
        """All open tables by their code: those first that wait for people, then those where something happens."""
        cards = sorted(self.lobby.tables, key=lambda card: (card.state != "waiting", card.state == "over", card.paused))
        main = next((card.room for card in cards if card.state == "waiting"), "")
        return {card.room: self._table(card, card.room == main) for card in cards}

    def resting(self, tables: Iterable[Table], now: float) -> dict[str, TableFacts]:
        """One's own tables whose matches rest, by their code."""
        return {
            table.code: self._resting(table, now) for table in tables if table.about.paused and table.seat is not None
        }

    def _resting(self, table: Table, now: float) -> TableFacts:
        people = [person for person in table.about.people if person is not None]
        others = [person.name for person in people if person.name != self.me]
        game, names = spoken(table.game.title), _(", ").join(map(called, others))
        parts = [
            _("{game} with {people}").format(game=game, people=names) if others else game,
            _("step {number}").format(number=table.n),
        ]
        if table.seat in table.turn:
            parts.append(_("your turn"))
        elif away := [person.name for person in people if person.away]:
            parts.append(_("{person} is not here").format(person=away[0]))
        seats = tuple(self.marks.get(person.name) or mark_of(person.name) for person in people)
        title = _("Last night's table") if now - table.about.began > NIGHT else _("Your saved table")
        return TableFacts(table.code, title, " · ".join(parts), seats, names, sit=True, rests=True)

    @property
    def alone(self) -> bool:
        """Whether nobody else is here to play with."""
        return not any(one for one in self.lobby.people if not one.bot and not one.away and one.name != self.me)

    def people(self) -> dict[str, PersonFacts]:
        """Everybody by name: oneself, people who wait, the others, those who are away, and bots."""
        facts = [self._person(person) for person in self.lobby.people]
        facts.sort(key=lambda one: (not one.you, one.bot, one.away, one.queue is None))
        return {one.name: one for one in facts}

    def scores(self, won: Collection[str] = ()) -> dict[str, ScoreFacts]:
        """Who has won matches this evening, the best first; `won` are those who have just won one."""
        wins = sorted(self.lobby.wins.items(), key=lambda item: -item[1])
        best = wins[0][1] if wins else 0
        return {name: ScoreFacts(called(name), self.marks[name], count, best, name in won) for name, count in wins}

    def queue(self, game: str) -> m.Queue | None:
        """Those who wait for this game, if there are any but oneself."""
        return next((queue for queue in self.lobby.queues if queue.game == game and self.others(queue)), None)

    def chip(self, game: str) -> str:
        """Who waits for a game, in a few words; "" for nobody."""
        queue = self.queue(game)
        if queue is not None:
            names = self.others(queue)
        else:
            cards = (card for card in self.lobby.tables if card.game == game and card.state == "waiting")
            names = [person.name for card in cards for person in card.people if person]
        if not names:
            return ""
        says = _("{name} is waiting") if len(names) == 1 else _("{count} are waiting")
        return says.format(name=names[0], count=len(names))

    def others(self, queue: m.Queue) -> list[str]:
        """Who waits there beside oneself."""
        return [name for name in queue.names if name != self.me]

    def _table(self, card: m.Card, main: bool) -> TableFacts:
        game = SHELF.get(card.game)
        free = card.people.count(None)
        waiting = card.state == "waiting"
        names = [person.name for person in card.people if person]
        open_seats = game is not None and game.info.open_seats
        state = PAUSED if card.paused else card.state
        parts = [_state(state, names, free), *options_in_words(card.game, card.options)]
        if card.progress:
            parts[:1] = [spoken(card.progress), *([_("paused")] if card.paused else [])]
        if card.clock:
            parts.append(clocks.words(card.clock))
        if card.watchers:
            parts.append(_("{count} watching").format(count=in_words(card.watchers)))
        return TableFacts(
            card.room,
            _title(card.game),
            " · ".join(parts),
            tuple(self.marks[one.name] if one else 0 for one in card.people if one or not open_seats),
            _(", ").join(map(called, names)),
            sit=free > 0 and (waiting or (open_seats and card.state == "playing")),
            main=main,
            off="" if game else _("Your program does not have this game."),
        )

    def _person(self, person: m.Person) -> PersonFacts:
        queue = self._queue_of.get(person.name)
        you = person.name == self.me
        room = next((card for card in self.lobby.tables if card.room == person.at), None)
        if person.away:
            line = gone_for(person.gone + self.age)
        elif queue is not None:
            line = _("waiting for {game}").format(game=_title(queue.game))
        elif room is not None:
            seated = any(one is not None and one.name == person.name for one in room.people)
            says = _("at {game}") if seated else _("watching {game}")
            line = says.format(game=_title(room.game))
        else:
            line = _("you") if you else _("at a private table") if person.at else _("looking around")
        joinable = queue if not you and queue is not None and queue.game in GAMES else None
        return PersonFacts(called(person.name), self.marks[person.name], line, you, person.bot, person.away, joinable)


def options_in_words(game: str, options: m.Options) -> list[str]:
    """The options that are not as usual, in the game's words."""
    if game not in SHELF:
        return []
    known = SHELF[game].options
    unusual = [name for name, option in known.items() if options.get(name, option.default) != option.default]
    return [spoken(words) for name in unusual if (words := known[name].words(options[name]))]


def gone_for(seconds: float) -> str:
    """How long somebody has been away, in words."""
    minutes = int(seconds) // 60
    if minutes < 1:
        return _("away, coming back?")
    return _("away for {count} min").format(count=minutes) if minutes < 60 else _("away for more than an hour")


def in_words(count: int) -> str:
    """A small number as a word."""
    return _(COUNTS[count]) if count < len(COUNTS) else str(count)


def _state(state: str, names: list[str], free: int) -> str:
    """How a table stands, with the names where they are few."""
    count = len(names)
    few = _(" and ").join(names) if count <= 2 else _("{count} people").format(count=count)
    if state == "waiting":
        says = (
            ngettext("{names} needs {count} more", "{names} need {count} more", count) if names else _("needs {count}")
        )
    elif state == "playing":
        says = ngettext("{names} plays", "{names} play", count)
    else:
        says = _("{names} paused") if state == PAUSED else _("{names} just finished")
    return says.format(names=few, count=in_words(free))


def _title(game: str) -> str:
    return spoken(SHELF[game].title) if game in SHELF else game
