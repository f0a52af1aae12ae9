"""Steps of a match: one as a value, and all of them kept close together."""

from array import array
from collections.abc import Iterator, Sequence
from typing import overload

import msgspec

from games.game_info import Move

TABLE = -1
"""What stands for the table among the seats."""


class Step(msgspec.Struct, frozen=True, gc=False):
    """One step: its number, who made it, what, and the chance drawn.

    `seat` None is the table itself: `("start",)` is step 0, `("forfeit", seat, why)` takes a seat out, `("draw",)` ends
    the match as agreed, `("undo", n)` takes back step n and all after it, `("timeout",)` is what the game does when
    its time is up, and `("left", seat)` says that an open seat was given up. Steps lead to nothing that leads back, so
    Python's search for cycles can pass them by (gc=False).
    """

    n: int
    seat: int | None
    move: Move
    chance: tuple[int, ...] = ()


class Steps(Sequence[Step]):
    """All steps of a match, numbered from 0; it only grows, but for `drop`.

    A step takes ten bytes here beside its move, and 56 as an object of its own. Steps fill most of what a server holds,
    and what lies close together is also found sooner by the processor.
    """

    __slots__ = ("_chance", "_moves", "_seats")

    def __init__(self) -> None:
        self._moves: list[Move] = []
        self._seats = array("h")
        self._chance: dict[int, tuple[int, ...]] = {}

    def add(self, seat: int | None, move: Move, chance: tuple[int, ...] = ()) -> Step:
        """Number a step, keep it, and give it."""
        n = len(self._moves)
        if chance:
            self._chance[n] = chance
        self._moves.append(move)
        self._seats.append(TABLE if seat is None else seat)
        return Step(n, seat, move, chance)

    def drop(self) -> None:
        """Forget the last step."""
        self._moves.pop()
        self._seats.pop()
        self._chance.pop(len(self._moves), None)

    def __len__(self) -> int:
        return len(self._moves)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Steps):
            return NotImplemented
        return (self._moves, self._seats, self._chance) == (other._moves, other._seats, other._chance)

    __hash__ = None  # type: ignore[assignment]  # it grows

    def __iter__(self) -> Iterator[Step]:
        return map(self._step, range(len(self._moves)))

    @overload
    def __getitem__(self, at: int) -> Step: ...

    @overload
    def __getitem__(self, at: slice) -> list[Step]: ...

    def __getitem__(self, at: int | slice) -> Step | list[Step]:
        places = range(len(self._moves))[at]
        return self._step(places) if isinstance(places, int) else [self._step(n) for n in places]

    def _step(self, n: int) -> Step:
        seat = self._seats[n]
        return Step(n, None if seat == TABLE else seat, self._moves[n], self._chance.get(n, ()))
