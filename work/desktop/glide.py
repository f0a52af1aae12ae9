"""Identity and motion: which thing of the last scene is which thing of the next, and where it is on its way there.

Nothing here knows pixels or a clock: places are table units, and the time comes from outside, in seconds. How things
move stands in motions.py.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from games.scene import Item, Point
from work.desktop.motions import GLIDE, MOTIONS, Motion, Shown, motion

FIRST_SEEN = 0.6
"""How opaque a thing is that was not there before, from the first moment on: whoever puts it there sees it at once."""


class _Start(NamedTuple):
    at: Point
    turn: float
    opacity: float


class _Way(NamedTuple):
    """The way of one thing: from where, what it was before (None: not there), how, and when (None: from the next tick).

    `wait` and `length` are seconds.
    """

    start: _Start
    before: Item | None
    motion: Motion
    wait: float
    length: float
    begin: float | None = None

    def begun(self, now: float) -> "_Way":
        """This way with its time running."""
        return self._replace(begin=now) if self.begin is None else self

    def part(self, now: float) -> float:
        """The part of its time that has gone, up to 1; below 0 it waits."""
        gone = 0.0 if self.begin is None else now - self.begin
        return min(1.0, (gone - self.wait) / self.length)


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
    """The items of a table and their ways from the last scene to this one."""

    def __init__(self) -> None:
        self._items: tuple[Item, ...] = ()
        self._ways: dict[int, _Way] = {}
        self._gone: list[tuple[Shown, _Way]] = []
        self._now = 0.0

    @property
    def moving(self) -> bool:
        """Whether something is on its way or fading; `tick` ends it."""
        return bool(self._ways or self._gone)

    def put(self, items: Sequence[Item]) -> None:
        """Set all items down where they are, without any motion."""
        self._items = tuple(items)
        self.end()

    def show(self, items: Sequence[Item], pace: float = 1) -> None:
        """Let everything begin its way from what is shown now to these items, each in its own manner (MOTIONS).

        All times are multiplied by `pace` (0: it is over at once), and run from the next `tick`, so that a long pause
        before it swallows nothing of the way. What is new fades in or comes from its `came`; what is gone fades out;
        what is on its way to where it stays goes on. Items without `id` and `kin` just change.
        """
        old, before, ways = self._items, [self._state(k) for k in range(len(self._items))], self._ways
        self._items = tuple(items)
        self.end()
        if pace <= 0:
            return
        same, waiting = matched(old, self._items), Counter[Motion]()
        for k, (item, was) in enumerate(zip(self._items, same, strict=True)):
            if was is not None and was in ways and _face(item) == _face(old[was]):
                self._ways[k] = ways[was]
                continue
            known, thing = (None, None) if was is None else (before[was], old[was])
            start = _Start(known.at, known.turn, known.opacity) if known else _start(item)
            how = motion(thing, item)
            if start != _Start(item.at, item.turn, 1) or (how.change and (item.id or item.kin)):
                self._ways[k] = _way(start, thing, how, pace, waiting[how])
                waiting[how] += 1
        leaving = MOTIONS["thing", "goes"]
        self._gone = [
            (before[k]._replace(moving=True), _way(_START, old[k], leaving, pace))
            for k in sorted(set(range(len(old))) - set(same))
            if old[k].id or old[k].kin
        ]

    def drop(self, k: int, at: Point, pace: float = 1) -> None:
        """Let go of the k-th item at a place where a hand carried it: it glides home, or on with the next scene."""
        item = self._items[k]
        if pace > 0:
            self._ways[k] = _way(_Start(at, item.turn, 1), item, GLIDE, pace)

    def tick(self, now: float) -> bool:
        """Go on to this time and put down what has arrived; returns whether anything is still on its way."""
        self._now = now
        begun = {k: way.begun(now) for k, way in self._ways.items()}
        self._ways = {k: way for k, way in begun.items() if way.part(now) < 1}
        gone = [(shown, way.begun(now)) for shown, way in self._gone]
        self._gone = [(shown, way) for shown, way in gone if way.part(now) < 1]
        return self.moving

    def end(self) -> None:
        """Put everything down where it belongs."""
        self._ways, self._gone = {}, []

    def shown(self) -> list[Shown]:
        """All items as they stand now, in drawing order: what rests, what fades out, above them what glides."""
        everything = [self._state(k) for k in range(len(self._items))]
        glide = {k for k, way in self._ways.items() if way.start.at != self._items[k].at}
        rest = [shown for k, shown in enumerate(everything) if k not in glide]
        fading = [
            shown._replace(opacity=shown.opacity * (1 - way.motion.curve(way.part(self._now))))
            for shown, way in self._gone
        ]
        return [*rest, *fading, *(everything[k] for k in sorted(glide))]

    def _state(self, k: int) -> Shown:
        item, way = self._items[k], self._ways.get(k)
        if way is None:
            return Shown(item, item.at, item.turn, 1, False)
        part = way.part(self._now)
        start, done = way.start, way.motion.curve(max(0.0, part))
        at = (_between(start.at[0], item.at[0], done), _between(start.at[1], item.at[1], done))
        turn = item.turn + ((start.turn - item.turn + 180) % 360 - 180) * (1 - done)
        there = way.before is not None or part >= 0
        shown = Shown(item, at, turn, _between(start.opacity, 1, done) if there else 0, True)
        return way.motion.change(shown, way.before, max(0.0, part)) if way.motion.change else shown


_START = _Start((0, 0), 0, 1)


def _start(item: Item) -> _Start:
    """Where a thing begins that was not there before; only what has an identity fades in."""
    if item.came:
        return _Start(item.came, item.turn, 1)
    return _Start(item.at, item.turn, FIRST_SEEN if item.id or item.kin else 1)


def _way(start: _Start, before: Item | None, motion: Motion, pace: float, waiting: int = 0) -> _Way:
    """A way that begins with the next tick, after so many others of its kind."""
    return _Way(start, before, motion, waiting * motion.apart * pace / 1000, motion.time * pace / 1000)


def _face(item: Item) -> tuple[Point, float, str]:
    """Where an item lies and which side it shows: what a way leads to."""
    return (item.at, item.turn, item.look)


def _between(start: float, end: float, part: float) -> float:
    return start + (end - start) * part
