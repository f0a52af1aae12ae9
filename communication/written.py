"""A match as it is written down: in a journal, in a file of its own, and on the wire. One form for all three.

In a file it is lines of JSON: what it is about, its steps, and how it ended, if it did.
"""

import time
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from communication.parts import Clock


class StepRecord(msgspec.Struct, array_like=True, frozen=True):
    """A step; `match` is its match's number in a journal and 0 elsewhere, `at` is seconds since 1970."""

    match: int
    n: int
    seat: int | None
    move: Any
    chance: tuple[int, ...]
    at: float


class MatchRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a match is about; `names` by seat, `at` when it began, in seconds since 1970.

    `people` are the hashes of the keys of those who were there when it began, in hex; a journal alone holds them. A
    match that does not say whether it was `private` is taken to have been.
    """

    room: str
    game: str
    version: int
    seats: int
    options: dict[str, str | int | bool]
    names: tuple[str, ...]
    at: float
    private: bool = True
    people: tuple[str, ...] = ()
    clock: Clock | None = None


class OverRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a match ended; `digest` sums up its last state, `steps` is the number of its last step.

    `names` are by seat where others sat there in the end than in the beginning; `people` are all who were there in
    between, as in a MatchRecord; `bots` are the seats that bots held in the end.
    """

    ranks: tuple[int, ...]
    why: str
    scores: tuple[float, ...] | None
    at: float
    digest: int | None = None
    people: tuple[str, ...] = ()
    steps: int = 0
    names: tuple[str, ...] = ()
    bots: tuple[int, ...] = ()


class Written(msgspec.Struct, frozen=True):
    """A match: what it is about, its steps, and how it ended, if it did."""

    about: MatchRecord
    steps: list[StepRecord]
    over: OverRecord | None = None


class Line(msgspec.Struct, omit_defaults=True):
    """A line of a file; just one of these."""

    match: MatchRecord | None = None
    step: StepRecord | None = None
    over: OverRecord | None = None


_line = msgspec.json.Decoder(Line)


def shown(about: MatchRecord, steps: Iterable[StepRecord], over: OverRecord | None) -> Written:
    """The match as others may have it: without its number, and without the keys of those who were there."""
    return Written(
        msgspec.structs.replace(about, people=()),
        [msgspec.structs.replace(step, match=0) for step in steps],
        over and msgspec.structs.replace(over, people=()),
    )


def noted(
    game: str,
    version: int,
    options: dict[str, Any],
    names: Iterable[str],
    steps: Iterable[tuple[int, int | None, Any, tuple[int, ...]]],
    end: tuple[tuple[int, ...], str, tuple[float, ...] | None] | None,
) -> Written:
    """A match that was played elsewhere, nobody knows when: its steps as number, seat, move and chance, and its end."""
    about = MatchRecord("", game, version, len(names := tuple(names)), options, names, 0.0)
    records = [StepRecord(0, *step, 0.0) for step in steps]
    return Written(about, records, end and OverRecord(*end, 0.0, steps=len(records) - 1))


def lines(written: Written) -> Iterator[str]:
    """The lines of a file that holds this match."""
    yield _text(Line(match=written.about))
    yield from (_text(Line(step=step)) for step in written.steps)
    if written.over is not None:
        yield _text(Line(over=written.over))


def read(data: Iterable[bytes]) -> list[Written]:
    """The matches in the lines of a file; ValueError says what is wrong, and where."""
    found: list[Written] = []
    for number, text in enumerate(data, 1):
        if not text.strip():
            continue
        try:
            line = _line.decode(text)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise ValueError(f"line {number} is not one of a match: {error}") from None
        if line.match is not None:
            found.append(Written(line.match, []))
        elif not found:
            raise ValueError(f"line {number} comes before what its match is about")
        elif line.step is not None:
            found[-1].steps.append(line.step)
        elif line.over is not None:
            found[-1] = msgspec.structs.replace(found[-1], over=line.over)
    if not found:
        raise ValueError("there is no match in it")
    return found


def moment_of(at: float, form: str) -> str:
    """A moment in seconds since 1970 as it is written here; "" for one that no calendar has."""
    try:
        return time.strftime(form, time.localtime(at))
    except (OverflowError, ValueError, OSError):
        return ""


def _text(line: Line) -> str:
    return msgspec.json.encode(line).decode()
