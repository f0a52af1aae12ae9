"""How things on a table move, by what they are and what happens to them: one table of times and curves.

Nothing here knows a game: a scene says what is a card, what is a die, and what is held in a hand.
"""

import math
from collections.abc import Callable
from typing import Literal, NamedTuple

from msgspec.structs import replace

from games.scene import Item, Point

FACES = 6
"""Faces of a die."""
ROLLS = 3
"""Half turns of a die that is thrown."""
QUARTER = 15
"""Degrees by which a rolling die is seen to turn, so that few pictures of it are needed."""
SETTLED = 0.7
"""The part of a throw after which a die shows what it shows, and only comes to rest."""

Curve = Callable[[float], float]
"""How much of the way is done, from the part of the time that has gone; both 0 to 1."""


class Shown(NamedTuple):
    """One item as it stands at a moment: where, how far turned, how opaque, how wide (both 0 to 1), and if it moves."""

    item: Item
    at: Point
    turn: float
    opacity: float
    moving: bool
    wide: float = 1.0


Change = Callable[[Shown, Item | None, float], Shown]
"""What else a motion does to a thing on its way; beside it what the thing was before, and the part of the time."""


def move(part: float) -> float:
    """Fast at first, gentle at the end."""
    return 1 - (1 - part) ** 3


def appear(part: float) -> float:
    """A little faster at first."""
    return 1 - (1 - part) ** 2


def leave(part: float) -> float:
    """A little slower at first."""
    return part**2


def _turned_over(shown: Shown, before: Item | None, part: float) -> Shown:
    """A card on its edge in the middle of the time: until then its old side is to be seen."""
    side = shown.item if part >= 0.5 or before is None else replace(shown.item, look=before.look, s=before.s)
    return shown._replace(item=side, wide=abs(math.cos(math.pi * part)))


def _thrown(shown: Shown, before: Item | None, part: float) -> Shown:
    """A die that rolls, shows one face after the other, and comes to rest."""
    item, done = shown.item, move(part)
    if part < SETTLED and item.look[3:]:
        face = (int(item.look[3:]) + math.ceil((1 - part) * 2 * FACES) - 1) % FACES + 1
        item = replace(item, look=f"die{face}", s="")
    turn = round(180 * ROLLS * (1 - done) / QUARTER) * QUARTER
    return shown._replace(item=item, turn=item.turn + turn)


class Motion(NamedTuple):
    """How long something moves (milliseconds), along which curve, and what else happens to it on the way.

    Of several things that begin at once each next one waits `apart` milliseconds longer; until then what is new is not
    there yet.
    """

    time: int
    curve: Curve = move
    apart: int = 0
    change: Change | None = None


Kind = Literal["thing", "held", "card", "die"]
Event = Literal["comes", "moves", "turns", "goes"]

GLIDE = Motion(180)
FLIP = Motion(160, change=_turned_over)
MOTIONS: dict[tuple[Kind, Event], Motion] = {
    ("thing", "comes"): Motion(120, appear),
    ("thing", "moves"): GLIDE,
    ("thing", "turns"): GLIDE,
    ("thing", "goes"): Motion(140, leave),
    ("held", "comes"): Motion(140, apart=45),
    ("held", "turns"): FLIP,
    ("card", "comes"): Motion(220),
    ("card", "moves"): Motion(220),
    ("card", "turns"): FLIP,
    ("die", "comes"): Motion(600, change=_thrown),
    ("die", "turns"): FLIP,
}
"""What moves how. A kind without a line for what happens moves as any thing. To turn is to show the other side."""


def motion(before: Item | None, item: Item) -> Motion:
    """How a thing gets from what it was (None: it was not there) to what it is."""
    event = _event(before, item)
    return MOTIONS.get((_kind(item), event)) or MOTIONS["thing", event]


def _kind(item: Item) -> Kind:
    if item.pick is not None:
        return "held"
    if item.kind == "card":
        return "card"
    return "die" if item.kind == "image" and item.look.startswith("die") else "thing"


def _event(before: Item | None, item: Item) -> Event:
    if before is None:
        return "moves" if item.came and item.pick is None else "comes"
    return "turns" if item.look != before.look else "moves"
