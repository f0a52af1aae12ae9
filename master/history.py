"""History: what a journal tells about matches: a list, one as JSON lines and back, and whether each can be replayed."""

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from games.game import Game
from games.game_info import digest
from games.match import Match
from master.journal import Reader
from master.keeping import steps_of
from master.records import Kept, MatchRecord, OverRecord, StepRecord

Shelf = Mapping[str, Game[Any]]
Brought = tuple[MatchRecord, list[StepRecord], OverRecord | None]


class Line(msgspec.Struct, omit_defaults=True):
    """A line of an exported match: first what it is about, then its steps, then how it ended, if it did."""

    match: MatchRecord | None = None
    step: StepRecord | None = None
    over: OverRecord | None = None


_line = msgspec.json.Decoder(Line)


def listing(reader: Reader) -> Iterator[str]:
    """A line for each match: number, room, game, when, steps, people and outcome."""
    yield f"{'match':>6} {'room':6} {'game':12} {'began':16} {'steps':>5}  people: outcome"
    for kept in reader.matches():
        about = kept.about
        began = time.strftime("%Y-%m-%d %H:%M", time.localtime(about.at))
        people = ", ".join(name or "nobody" for name in about.names)
        steps = len(kept.steps) - 1
        yield f"{kept.id:6} {about.room:6} {about.game:12} {began:16} {steps:5}  {people}: {_ended(kept)}"


def _ended(kept: Kept) -> str:
    over = kept.over
    if over is None:
        return "not over"
    first = [name or "nobody" for name, rank in zip(kept.about.names, over.ranks, strict=False) if rank == 1]
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
    """The match as lines of JSON; its number belongs to this journal alone, and is 0 in them."""
    lines = [Line(match=kept.about), *(Line(step=msgspec.structs.replace(step, match=0)) for step in kept.steps)]
    if kept.over is not None:
        lines.append(Line(over=kept.over))
    return (msgspec.json.encode(line).decode() for line in lines)


def imported(lines: Iterable[bytes], shelf: Shelf) -> list[Brought]:
    """The matches in lines of JSON, each replayed to see that it is one; ValueError says what is wrong, and where."""
    brought: list[Brought] = []
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            line = _line.decode(text)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise ValueError(f"line {number} is not one of a match: {error}") from None
        if line.match is not None:
            brought.append((line.match, [], None))
        elif not brought:
            raise ValueError(f"line {number} comes before what its match is about")
        elif line.step is not None:
            brought[-1][1].append(line.step)
        elif line.over is not None:
            brought[-1] = (*brought[-1][:2], line.over)
    if not brought:
        raise ValueError("there is no match in it")
    for number, (about, steps, over) in enumerate(brought, 1):
        if found := difference(Kept(number, about, steps, over), shelf):
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
