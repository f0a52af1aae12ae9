"""Where a scene lies on the screen: table units to pixels and back, and which place a point belongs to."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pygame import Rect

from games.scene import Item, Point, Scene, Tag
from work.desktop.theme import BOARD, SIZES, Theme

RIM = 18
"""Logical pixels of the wooden rim round a felt table."""
CLEAR_ABOVE, CLEAR_BESIDE, CLEAR_BELOW = 8, 10, 20
"""Logical pixels kept free round the frame, for its shadow."""
LINE_REACH = 0.2
"""Table units beside a line in which it is still touched."""


@dataclass(frozen=True)
class Layout:
    """Where everything of a scene lies; lengths are real pixels but for `w`, `h` and what is said to be table units.

    `area` is all that the stage may use, `outer` the table with its frame, `inner` its board, felt or paper.
    """

    area: Rect
    outer: Rect
    inner: Rect
    corner: int
    origin: tuple[float, float]
    unit: float
    w: float
    h: float
    flip: bool

    def pixel(self, at: Point) -> tuple[float, float]:
        """Where a place of the table lies on the screen."""
        x, y = (self.w - at[0], self.h - at[1]) if self.flip else at
        return self.origin[0] + x * self.unit, self.origin[1] + y * self.unit

    def table(self, pos: tuple[float, float]) -> Point:
        """Which place of the table, in its units, lies at this point of the screen."""
        x, y = (pos[0] - self.origin[0]) / self.unit, (pos[1] - self.origin[1]) / self.unit
        return (self.w - x, self.h - y) if self.flip else (x, y)


def fit(scene: Scene, area: Rect, theme: Theme) -> Layout:
    """Lay a scene out as large as the area allows; the step of its largest grid is a whole number of pixels."""
    margin = 0.0 if scene.back == "felt" else _margin(scene)
    frame = theme.px(RIM if scene.back == "felt" else SIZES.frame if scene.back == "wood" else 0)
    w, h = scene.w + 2 * margin, scene.h + 2 * margin
    room = area.inflate(-2 * theme.px(CLEAR_BESIDE), -theme.px(CLEAR_ABOVE + CLEAR_BELOW))
    room.top = area.top + theme.px(CLEAR_ABOVE)
    unit = max(1.0, min((room.w - 2 * frame) / w, (room.h - 2 * frame) / h))
    step = max((item.step for item in scene.items if item.kind == "grid"), default=1.0)
    unit = max(1, math.floor(unit * step)) / step
    inner = Rect(0, 0, round(w * unit), round(h * unit))
    inner.center = room.center
    outer = inner.inflate(2 * frame, 2 * frame)
    edge = round(margin * unit)
    return Layout(
        area=Rect(area),
        outer=outer,
        inner=inner,
        corner=_corner(scene, outer, theme),
        origin=(inner.x + edge, inner.y + edge),
        unit=unit,
        w=scene.w,
        h=scene.h,
        flip=scene.flip,
    )


def _margin(scene: Scene) -> float:
    """Table units to add on each side, so that no grid comes nearer to the edge than a board's margin."""
    blanks = [
        blank
        for item in scene.items
        if item.kind == "grid"
        for x, y, right, bottom in [grid_box(item)]
        for blank in (x, y, scene.w - right, scene.h - bottom)
    ]
    if not blanks:
        return 0.0
    return max(0.0, (BOARD.margin * min(scene.w, scene.h) - min(blanks)) / (1 - 2 * BOARD.margin))


def _corner(scene: Scene, outer: Rect, theme: Theme) -> int:
    if scene.back != "felt":
        return theme.px(SIZES.radius_frame)
    half = min(outer.size) // 2
    return half if scene.seats and outer.w > 1.4 * outer.h else min(half, theme.px(SIZES.radius_table))


def grid_box(item: Item) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a grid's lines, in table units."""
    reach = 0.0 if item.look == "points" else item.step / 2
    x, y = item.at
    return (
        x - reach,
        y - reach,
        x + (item.size[0] - 1) * item.step + reach,
        y + (item.size[1] - 1) * item.step + reach,
    )


def coordinates(items: Sequence[Item]) -> list[Item]:
    """The letters and numbers that name a board's columns and rows: words just outside a grid, in line with its places.

    They are told by where they lie, so that every game with a board has them without saying so.
    """
    grids = [item for item in items if item.kind == "grid"]
    return [item for item in items if item.kind == "text" and any(names_a_line(item, grid) for grid in grids)]


def names_a_line(words: Item, grid: Item) -> bool:
    """Whether words lie just outside this grid, at one of its columns or rows."""
    left, top, right, bottom = grid_box(grid)
    (x, y), near = words.at, 1.5 * grid.step
    above_or_below = 0 < top - y < near or 0 < y - bottom < near
    beside = 0 < left - x < near or 0 < x - right < near
    return (above_or_below and _on_line(x - grid.at[0], grid.step, grid.size[0])) or (
        beside and _on_line(y - grid.at[1], grid.step, grid.size[1])
    )


def _on_line(way: float, step: float, count: float) -> bool:
    """Whether something lies in the middle of one of so many columns or rows."""
    line = round(way / step)
    return 0 <= line < count and math.isclose(way, line * step, abs_tol=0.01)


# -- places that can be touched ----------------------------------------------------------------------------------------


class Spot(NamedTuple):
    """A place that can be touched, or an item that can be picked: its name, its centre, the item that carries it."""

    tag: Tag
    at: Point
    item: Item
    pick: bool = False

    @property
    def round(self) -> bool:
        """Whether signs round it are circles."""
        item = self.item
        return item.kind in ("disc", "poly", "line") or (item.kind == "grid" and item.look == "points")

    @property
    def size(self) -> Point:
        """Width and height that signs go round, in table units."""
        item = self.item
        if item.kind == "grid":
            return (item.step * 0.91, item.step * 0.91)
        if item.kind == "disc":
            return (2 * item.r, 2 * item.r)
        if item.kind in ("line", "poly"):
            reach = 2 * max((math.hypot(*point) for point in item.points), default=0.5)
            return (reach, reach)
        if item.kind == "text":
            return (max(1, len(item.s)) * item.high * 0.6, item.high)
        return item.size


def spots(scene: Scene) -> list[Spot]:
    """Everything that can be touched or picked, in drawing order."""
    found: list[Spot] = []
    for item in scene.items:
        found += [Spot(tag, at, item) for tag, at in item.places()]
        if item.pick is not None:
            found.append(Spot(item.pick, item.at, item, pick=True))
    return found


def spot_at(places: Sequence[Spot], point: Point) -> Spot | None:
    """The topmost place that holds this point of the table; a place of a grid is its whole cell."""
    return next((spot for spot in reversed(places) if holds(spot, point)), None)


def holds(spot: Spot, point: Point) -> bool:
    """Whether a point of the table belongs to a place."""
    item, x, y = spot.item, point[0] - spot.at[0], point[1] - spot.at[1]
    if item.kind == "grid":
        return abs(x) <= item.step / 2 and abs(y) <= item.step / 2
    if item.kind == "disc":
        return math.hypot(x, y) <= item.r
    if item.turn:
        angle = math.radians(-item.turn)
        x, y = x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
    if item.kind == "poly":
        return _inside(item.points, (x, y))
    if item.kind == "line":
        return any(
            _beside(a, b, (x, y)) <= max(item.width, LINE_REACH)
            for a, b in zip(item.points, item.points[1:], strict=False)
        )
    w, h = spot.size
    return abs(x) <= w / 2 and abs(y) <= h / 2


def _inside(points: Sequence[Point], point: Point) -> bool:
    """Whether a closed shape holds a point: a ray from there crosses its edge an odd number of times."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(points, (*points[1:], points[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _beside(a: Point, b: Point, point: Point) -> float:
    """How far a point is from the line between two others."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    part = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length if length else 0.0
    part = min(1.0, max(0.0, part))
    return math.hypot(point[0] - a[0] - part * dx, point[1] - a[1] - part * dy)
