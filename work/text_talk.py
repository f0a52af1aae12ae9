"""What the terminal table says: the lobby, who comes and goes, whose turn it is, and how wishes are typed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communication import messages as m
from games.game import Game
from work import clocks
from work.table import Table

CLOCK = "clock="
WORD = re.compile(r'(?:"[^"]*"?|[^\s"])+')
"""What stands between spaces; quotes keep spaces together, as in position="8/8/8/4k3/8/8/8/4K2R w K - 0 1"."""

Shelf = Mapping[str, Game[Any]]


@dataclass(frozen=True, slots=True)
class Wish:
    """A game as somebody wants to play it."""

    game: Game[Any]
    seats: int
    options: m.Options
    private: bool = False
    clock: m.Clock | None = None


def wish(shelf: Shelf, typed: str) -> Wish:
    """Read "GAME [SEATS] [OPTION=VALUE ...] [clock=10+5] [private]"; ValueError says what is wrong."""
    words = [word.replace('"', "") for word in WORD.findall(typed)]
    name = next((k for k in range(len(words), 0, -1) if find(shelf, words[:k])), 0)
    if not name:
        titles = ", ".join(game.title for game in shelf.values())
        raise ValueError(f"Which game? There are {titles}." if not words else f"There is no such game, only {titles}.")
    game = find(shelf, words[:name])[0]
    seats, options, private, clock = game.seats[0], dict[str, Any](), False, None
    for word in words[name:]:
        if word.isascii() and word.isdecimal() and len(word) < 4:
            seats = int(word)
        elif word.casefold() == "private":
            private = True
        elif word.casefold().startswith(CLOCK):
            clock = clocks.read(word[len(CLOCK) :])
        else:
            options.update([_option(game, word)])
    if seats not in game.seats:
        raise ValueError(f"{game.title} is for {game.seating()} players, not for {seats}.")
    game.chosen(options)
    return Wish(game, seats, options, private, clock)


def find(shelf: Shelf, words: list[str]) -> list[Game[Any]]:
    """The games that these words name: one by its whole name or title or by a beginning that is only its own."""
    typed = _letters("".join(words))
    if not typed:
        return []
    starting = [game for game in shelf.values() if _letters(game.title).startswith(typed)]
    whole = [game for game in shelf.values() if typed in (_letters(game.title), _letters(game.name))]
    return whole or (starting if len(starting) == 1 else [])


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _option(game: Game[Any], word: str) -> tuple[str, Any]:
    name, _, typed = word.partition("=")
    option = game.options.get(name.casefold())
    if option is None:
        has = ", ".join(f"{key}={value}" for key, option in game.options.items() for value in option.typed())
        raise ValueError(f"{game.title} has these options: {has}." if has else f"{game.title} has no options.")
    return name.casefold(), option.read(typed)


# -- the lobby ---------------------------------------------------------------------------------------------------------


def games(shelf: Shelf) -> Iterator[str]:
    """The games with how many play them, what they are, and their options."""
    for game in shelf.values():
        yield f"{game.title} ({game.seating()} players): {game.summary}"
        for name, option in game.options.items():
            values = ", ".join(f"{name}={value} ({words})" for value, words in option.typed().items())
            yield f"    {option.label}: {values}"


def lobby(shelf: Shelf, now: m.Lobby) -> Iterator[str]:
    """Who is here, the open tables, who waits, and who has won."""
    yield "Here: " + (", ".join(map(person, now.people)) or "nobody")
    for card in now.tables:
        taken = ", ".join(seated.name for seated in card.people if seated) or "nobody"
        free = card.people.count(None)
        how = f"{free} free, join {card.room}" if free else f"{card.state}, watch {card.room}"
        clock = f", {clocks.words(card.clock)}," if card.clock else ""
        yield f"Table {card.room}: {title(shelf, card.game)}{clock} with {taken} ({how})"
    for queue in now.queues:
        clock = f", {clocks.words(queue.clock)}," if queue.clock else ""
        yield f"Waiting for {title(shelf, queue.game)}{clock} with {queue.seats}: {', '.join(queue.names)}"
    if now.wins:
        best = sorted(now.wins.items(), key=lambda pair: -pair[1])
        yield "Wins: " + ", ".join(f"{name} {wins}" for name, wins in best[:10])


def person(someone: m.Person) -> str:
    """A name with what there is to say about it."""
    more = ["a bot"] if someone.bot else []
    more += ["away"] if someone.away else []
    more += [f"at table {someone.at}"] if someone.at else []
    return f"{someone.name} ({', '.join(more)})" if more else someone.name


def title(shelf: Shelf, name: str) -> str:
    """What a game is called; its name where this program does not have it."""
    return shelf[name].title if name in shelf else name


# -- the table ---------------------------------------------------------------------------------------------------------


def sitting(before: m.Table | None, now: m.Table, game: Game[Any]) -> Iterator[str]:
    """What has changed about who sits at a table, in sentences; `before` None: we have just come."""
    if before is None:
        yield f"You {'watch' if now.seat is None else 'sit at'} table {now.room}: {game.title}."
    people = before.people if before else (None,) * len(now.people)
    for was, someone in zip(people, now.people, strict=True):
        name = someone.name if someone else was.name if was else ""
        if was is None and someone is not None:
            yield f"{person(m.Person(someone.name, someone.bot, someone.away))} has a seat."
        elif someone is None and was is not None:
            yield f"{name} has left the table."
        elif was and someone and was.name != name:
            yield f"{name} sits where {was.name} sat."
        elif was and someone and was.away != someone.away:
            kept = "" if now.state == "over" else "; the seat is kept"
            yield f"{name} has lost the connection{kept}." if someone.away else f"{name} is back."
    watched = before.watchers if before else ()
    yield from (f"{name} watches." for name in now.watchers if name not in watched)
    free = now.people.count(None)
    if now.state == "waiting" and free:
        yield f'{free} {"seat is" if free == 1 else "seats are"} free. Others come in with "join {now.room}".'
    asked = before.again if before else ()
    for wants in (now.people[k] for k in now.again if k not in asked):
        if wants is not None:
            yield f"{wants.name} wants another match."
    if before is not None and before.paused != now.paused and now.state == "playing":
        yield 'The match is paused. "pause" goes on.' if now.paused else "The match goes on."
    troubled = before.trouble if before else ""
    if now.trouble != troubled:
        yield f"{now.trouble} The table waits." if now.trouble else "The host is well again; go on."


def offered(table: Table) -> str:
    """The offer that stands, in a sentence, to those who have to answer it and to the others; "" where none does."""
    offer = table.offer
    if offer is None:
        return ""
    mine = offer.seat == table.seat
    name, ask = ("You", "ask") if mine else (table.name(offer.seat), "asks")
    if offer.what == "undo":
        says = f"{name} {ask} to take back {table.steps_from(offer.first)}."
    elif offer.what == "draw":
        says = f"{name} {'offer' if mine else 'offers'} a draw."
    else:
        says = f"{name} {ask} for a pause."
    return (
        f'{says} Type "yes" or "no"; a step says no.' if table.asked else f'{says} "no" withdraws it.' if mine else says
    )


def plate(table: Table, seat: int, now: float) -> str:
    """Name and side of a seat and the time it has left, with an arrow when it is in turn."""
    left = table.left(seat, now)
    time = "" if left is None else f" {clocks.face(left)}"
    side = f" ({table.game.sides[seat]})" if table.game.sides else ""
    return f"{'> ' if seat in table.turn else ''}{table.name(seat)}{side}{time}"


def turn(table: Table, say: str) -> str:
    """Whose turn it is; to those whose turn it is, what is wanted of them."""
    people = table.about.people
    others = " and ".join(
        table.name(seat) if people[seat] else "a free seat" for seat in table.turn if seat != table.seat
    )
    if table.seat not in table.turn:
        return f"It is the turn of {others}." if others else ""
    return f"It is your turn{f', and that of {others}' if others else ''}: {say}."
