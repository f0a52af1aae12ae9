"""Identity and motion: which thing of the last scene is which thing of the next, and where it is on its way there.

Nothing here knows pixels or a clock: places are table units, and the time comes from outside, in seconds.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from games.scene import Item, Point


class Shown(NamedTuple):
    """One item as it stands at a moment: where, how far turned, how opaque (0 to 1), and whether it is on its way."""

    item: Item
    at: Point
    turn: float
    opacity: float
    moving: bool


class _Start(NamedTuple):
    at: Point
    turn: float
    opacity: float


def matched(old: Sequence[Item], new: Sequence[Item]) -> list[int | None]:
    """For each new item the index of the old one that is the same thing, or None.

    The same `id` is the same thing. Of one `kin`, what stayed where it was stays; of the rest the nearest pairs come
    together. No old item is used twice.
    """
    by_id = {item.id: k for k, item in enumerate(old) if item.id}
    found: list[int | None] = [by_id.pop(item.id, None) if item.id else None for item in new]
    before, after = _of_kin(old), _of_kin(new)
    for kin, places in after.items():
        for k, was in _pairs({k: old[k].at for k in before.get(kin, ())}, {k: new[k].at for k in places}):
            found[k] = was
    return found


def _of_kin(items: Sequence[Item]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for k, item in enumerate(items):
        if item.kin and not item.id:
            groups[item.kin].append(k)
    return groups


def _pairs(old: dict[int, Point], new: dict[int, Point]) -> list[tuple[int, int]]:
    """Pairs (new, old) of things of one kin: first those that stayed, then the nearest."""
    at_place: dict[Point, list[int]] = defaultdict(list)
    for k, at in old.items():
        at_place[at].append(k)
    pairs = [(k, at_place[at].pop(0)) for k, at in new.items() if at_place[at]]
    came, went = new.keys() - {k for k, _ in pairs}, old.keys() - {was for _, was in pairs}
    for _, k, was in sorted((math.dist(new[k], old[was]), k, was) for k in came for was in went):
        if k in came and was in went:
            came.remove(k)
            went.remove(was)
            pairs.append((k, was))
    return pairs


class Glide:
    """The items of a table and their way from the last scene to this one."""

    def __init__(self) -> None:
        self._items: tuple[Item, ...] = ()
        self._starts: dict[int, _Start] = {}
        self._gone: list[Shown] = []
        self._now = 0.0
        self._begin: float | None = None
        self._length = 0.0

    @property
    def moving(self) -> bool:
        """Whether something is on its way or fading; `tick` ends it."""
        return bool(self._starts or self._gone)

    def put(self, items: Sequence[Item]) -> None:
        """Set all items down where they are, without any motion."""
        self._items = tuple(items)
        self.end()

    def show(self, items: Sequence[Item], length: float) -> None:
        """Begin the way from what is shown now to these items; it takes `length` seconds (0: it is over at once).

        The time runs from the next `tick`, so that a long pause before it swallows nothing of the way. What is new
        fades in or comes from its `came`; what is gone fades out. Items without `id` and `kin` just change.
        """
        old, before = self._items, [self._state(k) for k in range(len(self._items))]
        self._items = tuple(items)
        self.end()
        if length <= 0:
            return
        same = matched(old, self._items)
        for k, (item, was) in enumerate(zip(self._items, same, strict=True)):
            start = _start(item) if was is None else _Start(before[was].at, before[was].turn, before[was].opacity)
            if start != (item.at, item.turn, 1):
                self._starts[k] = start
        left = set(range(len(old))) - set(same)
        self._gone = [before[k]._replace(moving=True) for k in sorted(left) if old[k].id or old[k].kin]
        self._begin, self._length = None, length

    def drop(self, k: int, at: Point, length: float) -> None:
        """Let go of the k-th item at a place where a hand carried it: it glides home, or on with the next scene."""
        item = self._items[k]
        if length > 0:
            self._starts[k] = _Start(at, item.turn, 1)
            self._begin, self._length = None, length

    def tick(self, now: float) -> bool:
        """Go on to this time and put down what has arrived; returns whether anything is still on its way."""
        self._now = now
        if self._begin is None:
            self._begin = now
        if self.moving and now >= self._begin + self._length:
            self.end()
        return self.moving

    def end(self) -> None:
        """Put everything down where it belongs."""
        self._starts, self._gone = {}, []

    def shown(self) -> list[Shown]:
        """All items as they stand now, in drawing order: what rests, what fades out, above them what glides."""
        everything = [self._state(k) for k in range(len(self._items))]
        glide = [k for k, start in self._starts.items() if start.at != self._items[k].at]
        rest = [shown for k, shown in enumerate(everything) if k not in glide]
        left = 1 - self._eased() if self._gone else 0
        fading = [shown._replace(opacity=shown.opacity * left) for shown in self._gone]
        return [*rest, *fading, *(everything[k] for k in sorted(glide))]

    def _eased(self) -> float:
        """How much of the way is done, 0 to 1: fast at first, gentle at the end."""
        if self._begin is None:
            return 0.0
        part = min(1.0, max(0.0, (self._now - self._begin) / self._length))
        return 1 - (1 - part) ** 3

    def _state(self, k: int) -> Shown:
        item, start = self._items[k], self._starts.get(k)
        if start is None:
            return Shown(item, item.at, item.turn, 1, False)
        part = self._eased()
        at = (_between(start.at[0], item.at[0], part), _between(start.at[1], item.at[1], part))
        turn = item.turn + ((start.turn - item.turn + 180) % 360 - 180) * (1 - part)
        return Shown(item, at, turn, _between(start.opacity, 1, part), True)


def _start(item: Item) -> _Start:
    """Where a thing begins that was not there before; only what has an identity fades in."""
    if item.came:
        return _Start(item.came, item.turn, 1)
    return _Start(item.at, item.turn, 0 if item.id or item.kin else 1)


def _between(start: float, end: float, part: float) -> float:
    return start + (end - start) * part
