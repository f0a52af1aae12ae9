"""History: what a journal tells about matches: a list, one as JSON lines and back, and whether each can be replayed."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from communication import written
from communication.written import moment_of
from games import notation
from games.game import Game
from games.game_info import digest
from games.match import Match
from master.journal import Reader
from master.keeping import steps_of
from master.records import Kept

Shelf = Mapping[str, Game[Any]]


def listing(reader: Reader) -> Iterator[str]:
    """A line for each match: number, room, game, when, steps, people and outcome."""
    yield f"{'match':>6} {'room':6} {'game':12} {'began':16} {'steps':>5}  people: outcome"
    for kept in reader.matches():
        about = kept.about
        began = moment_of(about.at, "%Y-%m-%d %H:%M")
        people = ", ".join(filter(None, about.names))
        steps = len(kept.steps) - 1
        yield f"{kept.id:6} {about.room:6} {about.game:12} {began:16} {steps:5}  {people}: {_ended(kept)}"


def _ended(kept: Kept) -> str:
    over = kept.over
    if over is None:
        return "not over"
    first = [
        name or "nobody" for name, rank in zip(over.names or kept.about.names, over.ranks, strict=False) if rank == 1
    ]
    drawn = len(first) == len(over.ranks)
    return f"draw, {over.why}" if drawn else f"{' and '.join(first)} won, {over.why}"


def chosen(reader: Reader, which: str) -> Kept:
    """The match of this number, or the latest one in the room of this code; ValueError where there is none."""
    if which.isdecimal():
        if int(which) in reader.numbers():
            return reader.kept(int(which), reader.tails())
    elif found := [kept for kept in reader.matches() if kept.about.room == which.upper()]:
        return found[-1]
    raise ValueError(f"the journal holds no match {which}")


def exported(kept: Kept) -> Iterator[str]:
    """The match as lines of JSON."""
    return written.lines(written.shown(kept.about, kept.steps, kept.over))


def imported(data: bytes, shelf: Shelf) -> list[written.Written]:
    """The matches in lines of JSON or in the notation of a game, such as PGN; ValueError says what is wrong, and where.

    Each is replayed to see that it is one.
    """
    if data.lstrip()[:1] == b"{":
        brought = written.read(data.splitlines())
    else:
        noted = notation.read(data.decode("utf-8", "replace"), shelf.values())
        brought = [
            written.noted(match.game.name, match.game.version, match.options, names, *match.record())
            for match, names in noted
        ]
    for number, match in enumerate(brought, 1):
        if found := difference(Kept(number, match.about, match.steps, match.over), shelf):
            raise ValueError(f"match {number} in it cannot be replayed: {found}")
    return brought


def verified(reader: Reader, shelf: Shelf) -> Iterator[str]:
    """A line for each match that is not what its game makes of it, and for all else that is damaged."""
    tails = reader.tails()
    yield from (f"a round of steps is damaged: number {number}" for number in sorted(reader.bad))
    for number in reader.numbers():
        try:
            found = difference(reader.kept(number, tails), shelf)
        except (msgspec.MsgspecError, ValueError) as error:
            found = str(error)
        if found:
            yield f"match {number}: {found}"


def difference(kept: Kept, shelf: Shelf) -> str:
    """The first difference between what was written of a match and what its game makes of it; "": there is none."""
    about, over = kept.about, kept.over
    game = shelf.get(about.game)
    if game is None or game.version != about.version:
        return f"this program has not version {about.version} of {about.game}"
    try:
        if about.seats not in game.seats:
            return f"{game.title} is not for {about.seats} players"
        match = Match(game, about.seats, game.chosen(about.options))
        for step in steps_of(kept):
            match.apply(step)
    except ValueError as error:
        return str(error)
    outcome = match.outcome
    if outcome is None or over is None:
        if (outcome is None) == (over is None):
            return ""
        return f"it is {'not ' if outcome is None else ''}over, and was written otherwise"
    if (outcome.ranks, outcome.why, outcome.scores) != (over.ranks, over.why, over.scores):
        return f"it ends with {outcome.ranks}, {outcome.why}, and was written with {over.ranks}, {over.why}"
    if over.digest is not None and over.digest != digest(match.info):
        return "its last position is another than was written"
    return ""
