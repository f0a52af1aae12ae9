"""What a table looks like, as data: a scene of items and controls that any client can draw.

A scene says only what is, never what moves or how. Lengths are table units (one unit is one cell or one piece), `at` is
always the centre of an item, x goes right and y goes down. The same scene is drawn by the window, written in a terminal
and can be sent to a browser as JSON.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeAlias

import msgspec

Tag: TypeAlias = Any
"""Names a place that can be touched: a JSON scalar or a tuple of them."""
Point: TypeAlias = tuple[float, float]
Mark: TypeAlias = Literal["", "last", "check", "win", "chosen"]

PITCH = 0.58
"""How far apart cards of a row lie at best, in their widths: so the next one leaves rank and suit to be seen."""
KINDS = ("disc", "rect", "line", "poly", "text", "image", "card", "grid", "pad")
ROLES = (
    "felt", "wood", "paper", "ink", "line", "black", "white", "red", "blue", "green", "dark", "light", "accent",
    "gold",
)  # fmt: skip
"""Colours are roles of the client's theme; `#rrggbb` is allowed, but then its contrast is the author's business."""


class Item(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing on the table; fields that a kind does not use stay at their defaults.

    `id` makes it the same thing in the next scene, `kin` one of several that nothing tells apart: the client lets both
    glide. `tag` makes it touchable, `pick` lets it be switched on and off. `mark` is drawn by the theme.
    """

    kind: str
    at: Point
    r: float = 0
    size: Point = (0, 0)
    points: tuple[Point, ...] = ()
    step: float = 0
    look: str = ""
    s: str = ""
    high: float = 0
    fill: str = ""
    edge: str = ""
    ink: str = ""
    width: float = 0
    turn: float = 0
    mark: Mark = ""
    tip: str = ""
    id: str = ""
    kin: str = ""
    came: Point | None = None
    tag: Tag = None
    pick: Tag = None

    def places(self) -> list[tuple[Tag, Point]]:
        """Every place of the item that can be touched, with its centre; a grid has one for each cell with a tag."""
        if self.kind != "grid":
            return [] if self.tag is None else [(self.tag, self.at)]
        if self.tag is None:
            return []
        columns, rows = int(self.size[0]), int(self.size[1])
        x, y = self.at
        return [
            (tag, (x + c * self.step, y + r * self.step))
            for r in range(rows)
            for c in range(columns)
            if (tag := (r, c) if self.tag == "rc" else self.tag[r][c]) is not None
        ]


class Control(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Something beneath the table: a button that sends, or a number, choice or line of text that a button takes along.

    A button sends its `name`, or `(name, *takes)` with the value of each control named; "picks" takes the picked items.
    `key` is a letter that presses it. The first button is the main one, but none that is `plain` or `danger`.
    """

    kind: Literal["button", "number", "choice", "field"]
    name: str
    label: str
    takes: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    options: tuple[tuple[Tag, str], ...] = ()
    value: Tag = None
    most: int = 0
    danger: bool = False
    plain: bool = False
    key: str = ""
    look: str = ""


class Scene(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A whole table: its size, its items in drawing order, its controls, and one line on the state of things.

    `flip` turns all places by half a turn for the seat opposite; `names` words the tags that no item carries; `seats`
    says where the client may put the players' plates, and `tray` where it may lay the controls, by the middle of their
    lower edge; without it they lie beneath the table. `sides` words what a seat is in this match, where a game's sides
    do not say it.
    """

    w: float
    h: float
    items: tuple[Item, ...] = ()
    controls: tuple[Control, ...] = ()
    back: str = "wood"
    flip: bool = False
    say: str = ""
    names: dict[str | int, str] = {}
    seats: dict[int, Point] = {}
    faces: dict[str | int, Item] = {}
    beside: dict[int, tuple[Item, ...]] = {}
    sides: dict[int, str] = {}
    tray: Point | None = None

    def places(self) -> dict[Tag, Point]:
        """Every tag that can be touched, with the centre of the last item that carries it."""
        return {tag: at for item in self.items for tag, at in item.places()}


def resorted(scene: Scene, order: Sequence[Tag]) -> Scene:
    """The scene with what can be picked in another order: each thing takes the place of the one that lay there."""
    things = {item.pick: item for item in scene.items if item.pick is not None}
    wanted, places = iter(order), iter([item.at for item in things.values()])
    return msgspec.structs.replace(
        scene,
        items=tuple(
            item if item.pick is None else msgspec.structs.replace(things[next(wanted)], at=next(places))
            for item in scene.items
        ),
    )


def marked(scene: Scene, move: Any) -> Scene:
    """The scene with what the last step has put on a place of a board marked, unless the game marks something."""
    boards = [item for item in scene.items if item.kind == "grid"]
    on_board = any(move == tag for board in boards for tag, _at in board.places())
    if not on_board or any(item.mark for item in scene.items):
        return scene
    items = [
        msgspec.structs.replace(item, mark="last") if item.kind != "grid" and item.tag == move else item
        for item in scene.items
    ]
    return msgspec.structs.replace(scene, items=tuple(items))


# -- helpers that only make items --------------------------------------------------------------------------------------


def disc(at: Point, r: float = 0.42, **more: Any) -> Item:
    """A round piece or mark; with `look` a drawing of the client's lies on it, and `s` where there are no drawings."""
    return Item(kind="disc", at=_point(at), r=_round(r), **more)


def rect(at: Point, size: Point, **more: Any) -> Item:
    """A rectangle; `r` rounds its corners."""
    return Item(kind="rect", at=_point(at), size=_point(size), **more)


def line(at: Point, points: Sequence[Point], **more: Any) -> Item:
    """An open line through points counted from `at`."""
    return Item(kind="line", at=_point(at), points=tuple(map(_point, points)), **more)


def poly(at: Point, points: Sequence[Point], **more: Any) -> Item:
    """A closed shape of points counted from `at`."""
    return Item(kind="poly", at=_point(at), points=tuple(map(_point, points)), **more)


def hexagon(at: Point, r: float, **more: Any) -> Item:
    """A regular hexagon with its points up and down."""
    turns = [math.pi / 3 * k + math.pi / 6 for k in range(6)]
    return poly(at, [(r * math.cos(t), r * math.sin(t)) for t in turns], **more)


def text(at: Point, s: str, high: float = 0.5, **more: Any) -> Item:
    """A line of words, `high` units tall."""
    return Item(kind="text", at=_point(at), s=s, high=_round(high), **more)


def image(at: Point, look: str, size: Point, **more: Any) -> Item:
    """A picture from the shelf; `s` stands for it where there are no pictures."""
    return Item(kind="image", at=_point(at), look=look, size=_point(size), **more)


def card(at: Point, look: str = "", size: Point = (1, 1.4), **more: Any) -> Item:
    """A playing card such as "S3" or "H10" ("*b" and "*r" are the jokers, "" is the back)."""
    return Item(kind="card", at=_point(at), look=look, size=_point(size), **more)


def die(at: Point, face: int | None, side: float = 1, **more: Any) -> Item:
    """A die that shows a face, or none where it is not known: a picture named "die1" to "die6" or "die"."""
    return image(at, f"die{face or ''}", (side, side), s="⚀⚁⚂⚃⚄⚅"[face - 1] if face else "▢", **more)


GridLook: TypeAlias = Literal["cells", "points", "checker"]


def grid(at: Point, columns: int, rows: int, step: float = 1, look: GridLook = "cells", **more: Any) -> Item:
    """All places of a board as one item; `at` is the centre of the first place, `tag="rc"` tags each (row, column)."""
    return Item(kind="grid", at=_point(at), size=(columns, rows), step=_round(step), look=look, **more)


def pad(at: Point, size: Point, tag: Tag, **more: Any) -> Item:
    """A sheet that takes free-hand strokes."""
    return Item(kind="pad", at=_point(at), size=_point(size), tag=tag, **more)


def fan(at: Point, looks: Iterable[str], width: float, size: Point = (1, 1.4), **more: Any) -> list[Item]:
    """A hand of cards that overlap as far as they must to fit the width; each can be picked by its look.

    `id` is put before each look, to make one: another deal needs another.
    """
    id = more.pop("id", "")
    return [
        msgspec.structs.replace(item, id=f"{id}{item.look}", pick=item.look or None)
        for item in spread(at, looks, width, size, **more)
    ]


def spread(at: Point, looks: Iterable[str], width: float, size: Point = (1, 1.4), **more: Any) -> list[Item]:
    """Cards in a row around a place that overlap as far as they must to fit the width."""
    row = list(looks)
    pitch = min(PITCH * size[0], (width - size[0]) / (len(row) - 1)) if len(row) > 1 else 0
    left = at[0] - pitch * (len(row) - 1) / 2
    return [card((left + k * pitch, at[1]), look, size, **more) for k, look in enumerate(row)]


def button(name: str, label: str, takes: Sequence[str] = (), **more: Any) -> Control:
    """A button; it is grey while the game_info refuses what it would send."""
    return Control(kind="button", name=name, label=label, takes=tuple(takes), **more)


def number(name: str, label: str, low: int, high: int, value: int) -> Control:
    """A whole number from `low` to `high`."""
    return Control(kind="number", name=name, label=label, low=low, high=high, value=value)


def choice(name: str, label: str, options: Iterable[tuple[Tag, str]], value: Tag, look: str = "") -> Control:
    """One of several values, each with its words; with the look "die" the values are faces, shown as dice."""
    return Control(kind="choice", name=name, label=label, options=tuple(options), value=value, look=look)


def field(name: str, label: str, most: int) -> Control:
    """A line of text of at most so many characters."""
    return Control(kind="field", name=name, label=label, most=most, value="")


def _round(value: float) -> float:
    return round(value, 3)


def _point(at: Point) -> Point:
    return (round(at[0], 3), round(at[1], 3))
