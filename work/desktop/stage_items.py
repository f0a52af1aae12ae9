"""How each kind of item is drawn: one function a kind, each picture made once and kept."""

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pygame

from games.scene import Item, Point
from work.desktop.cache import SurfaceCache
from work.desktop.colour import mix
from work.desktop.look import Look
from work.desktop.stage_pieces import STONES, canvas, card, die, drawing, even, piece, readable, stone
from work.desktop.theme import BOARD, SCENE_ROLES
from work.language import spoken

PICTURES = Path(__file__).parent / "assets" / "pictures"
ICONS = ("crown",)
"""Icons of the interface that games may use as pictures."""
_KEPT_BYTES = 40_000_000
_LEAST_TEXT = 11
"""Logical pixels under which no text of a table is drawn."""
_FINE = 0.012
"""Width of a board's inner lines in steps; large cells have stronger lines."""
_BOLD_FROM = 30
"""Logical pixels from which words of a table are drawn heavier."""
GROUND_INK = {"felt": "on_felt", "wood": "board_text", "paper": "card_black"}


class Painter:
    """Draws items at one scale: `unit` real pixels for one table unit, on a table whose ground is `back`.

    Every picture has the item's centre in its middle. Pictures are shared: blit them, do not draw on them.
    """

    def __init__(self, look: Look, unit: float, back: str) -> None:
        self.look, self.unit, self.back = look, unit, back
        self._kept = SurfaceCache(_KEPT_BYTES)

    def picture(
        self, item: Item, turn: float = 0.0, *, upside_down: bool = False, bold: bool = False
    ) -> pygame.Surface:
        """The item turned by so many degrees clockwise; `upside_down` for the seat opposite turns lines and shapes.

        `bold` makes words heavier.
        """
        degrees = round(turn) % 360
        turned = (degrees + (180 if upside_down and item.kind in ("line", "poly") else 0)) % 360
        key = (
            item.kind, item.r, item.size, item.points, item.step, item.look, item.s, item.high, item.fill, item.edge,
            item.ink, item.width, turned, item.kind == "disc" and is_piece(item), bool(item.mark), bold,
        )  # fmt: skip
        return self._kept.get(key, lambda: self._make(item, turned, bold))

    def _make(self, item: Item, turn: int, bold: bool) -> pygame.Surface:
        picture = _text(self, item, bold) if item.kind == "text" else KINDS[item.kind](self, item)
        return pygame.transform.rotozoom(picture, -turn, 1) if turn else picture

    def length(self, units: float, least: float = 0) -> int:
        """Real pixels for a length of the table."""
        return max(round(least * self.look.theme.scale), round(units * self.unit))

    def colour(self, role: str, default: str = "") -> str:
        """A colour that a scene names, or the theme's `default` where it names none; "" is nothing."""
        theme = self.look.theme
        if role in SCENE_ROLES or role.startswith("#"):
            return theme.scene_colour(role)
        return theme.colour(default) if default else ""

    def words(self, text: str, size: int, colour: str, bold: bool = False) -> pygame.Surface:
        """A line of words `size` pixels high; large ones are heavier."""
        return self.look.fonts.render(spoken(text), size, colour, bold=bold or size >= self.look.px(_BOLD_FROM))


def centre(item: Item) -> Point:
    """Where on the table the middle of an item's picture lies; only a grid's differs from its `at`."""
    if item.kind != "grid":
        return item.at
    return item.at[0] + (item.size[0] - 1) * item.step / 2, item.at[1] + (item.size[1] - 1) * item.step / 2


def is_piece(item: Item) -> bool:
    """Whether a disc is a piece that throws a shadow, and not a mark on the ground."""
    return bool(item.id or item.kin or item.s or item.mark or item.pick is not None or item.tag is not None)


# -- one function a kind -----------------------------------------------------------------------------------------------


def _disc(painter: Painter, item: Item) -> pygame.Surface:
    size = even(painter.length(2 * item.r, 2))
    fill, edge = painter.colour(item.fill), painter.colour(item.edge)
    if not is_piece(item) or not fill:
        width = painter.length(item.width, 1.5)
        picture = painter.look.paint.disc(
            size, fill, edge or ("" if fill else painter.colour("", _ink(painter))), width
        )
    elif item.fill in STONES:
        dim = painter.look.theme.dark and painter.back == "felt" and item.fill == "black"
        picture = stone(painter.look, item.fill, size, edge or (painter.look.theme.colours.stone_edge if dim else ""))
    else:
        picture = piece(painter.look, fill, edge, size)
    return _lettered(painter, item, picture, fill, 1.25 * item.r)


def _rect(painter: Painter, item: Item) -> pygame.Surface:
    size = (painter.length(item.size[0], 1), painter.length(item.size[1], 1))
    fill, edge = painter.colour(item.fill), painter.colour(item.edge)
    if not fill and not edge and not item.s:
        if item.mark:
            return canvas(*size)  # only its mark is to be seen
        edge = painter.colour("", _ink(painter))
    corner = min(painter.length(item.r), min(size) // 2)
    picture = painter.look.paint.box(size, corner, fill, edge, painter.length(item.width, 1))
    return _lettered(painter, item, picture, fill, 0.6 * min(item.size))


def _shape(painter: Painter, item: Item, closed: bool) -> pygame.Surface:
    """Lines and shapes; the middle of the picture is `at`, wherever the points lie."""
    width = painter.length(item.width, 1.5)
    reach_x = max((abs(x) for x, _ in item.points), default=0) * painter.unit + width + 1
    reach_y = max((abs(y) for _, y in item.points), default=0) * painter.unit + width + 1
    ways = " ".join(f"{reach_x + x * painter.unit:.2f},{reach_y + y * painter.unit:.2f}" for x, y in item.points)
    fill = painter.colour(item.fill) if closed else ""
    edge = painter.colour(item.edge or item.ink or ("" if closed else item.fill))
    if not edge and not fill:
        edge = painter.colour("", _ink(painter))
    picture = drawing(
        2 * reach_x,
        2 * reach_y,
        f'<{"polygon" if closed else "polyline"} points="{ways}" fill="{fill or "none"}" stroke="{edge or "none"}"'
        f' stroke-width="{width}" stroke-linejoin="round" stroke-linecap="round"/>',
    )
    return _lettered(painter, item, picture, fill, 0.6)


def _text(painter: Painter, item: Item, bold: bool = False) -> pygame.Surface:
    ink = painter.colour(item.ink or item.fill, _ink(painter))
    return painter.words(item.s, painter.length(item.high, _LEAST_TEXT), ink, bold)


def _image(painter: Painter, item: Item) -> pygame.Surface:
    size = (painter.length(item.size[0], 2), painter.length(item.size[1], 2))
    if dice := re.fullmatch(r"die([1-6]?)", item.look):
        return die(painter.look, int(dice[1]) if dice[1] else None, size[0])
    file = next((path for ending in ("svg", "png") if (path := PICTURES / f"{item.look}.{ending}").is_file()), None)
    if file and file.suffix == ".svg":
        return pygame.image.load_sized_svg(file, size).convert_alpha()
    if file:
        return pygame.transform.smoothscale(pygame.image.load(file).convert_alpha(), size)
    ink = painter.colour(item.ink, _ink(painter))
    if item.look in ICONS:
        return painter.look.paint.icon(item.look, min(size), ink)
    return painter.words(item.s, round(0.8 * min(size)), ink)


def _card(painter: Painter, item: Item) -> pygame.Surface:
    return card(painter.look, item.look, painter.length(item.size[0], 8), painter.length(item.size[1], 8))


def _grid(painter: Painter, item: Item) -> pygame.Surface:
    """All lines of a board as whole pixels; the outer ones are thicker."""
    columns, rows = int(item.size[0]), int(item.size[1])
    points = item.look == "points"
    fine = painter.length(item.width or item.step * _FINE, BOARD.line)
    thick = max(fine, painter.length(item.width, BOARD.edge_line))
    across, down = (columns - 1, rows - 1) if points else (columns, rows)
    columns_at, rows_at = ([round(k * item.step * painter.unit) for k in range(n + 1)] for n in (across, down))
    out = canvas(columns_at[-1] + 2 * thick, rows_at[-1] + 2 * thick)
    box = pygame.Rect(thick, thick, columns_at[-1], rows_at[-1])
    if fill := painter.colour(item.fill):
        out.fill(fill, box)
    if item.look == "checker":
        for row, (top, bottom) in enumerate(itertools.pairwise(rows_at)):
            for column, (left, right) in enumerate(itertools.pairwise(columns_at)):
                role = "dark" if (row + column) % 2 else "light"
                out.fill(painter.colour(role), (thick + left, thick + top, right - left, bottom - top))
    ink = painter.colour(item.edge or item.ink, "board_line")
    if painter.back == "felt" and not (item.edge or item.ink):
        ink = mix(painter.look.theme.colours.felt_edge, "#000000", 0.35)
    for k, x in enumerate(columns_at):
        width = thick if k in (0, across) else fine
        if item.look != "checker" or width == thick:
            out.fill(ink, (box.x + x - width // 2, box.y - thick // 2, width, box.h + thick))
    for k, y in enumerate(rows_at):
        width = thick if k in (0, down) else fine
        if item.look != "checker" or width == thick:
            out.fill(ink, (box.x - thick // 2, box.y + y - width // 2, box.w + thick, width))
    return out


def _pad(painter: Painter, item: Item) -> pygame.Surface:
    size = (painter.length(item.size[0], 2), painter.length(item.size[1], 2))
    fill = painter.colour(item.fill, "card")
    return painter.look.paint.box(size, painter.look.px(6), fill, painter.colour(item.edge, "card_edge"))


KINDS: dict[str, Callable[[Painter, Item], pygame.Surface]] = {
    "disc": _disc,
    "rect": _rect,
    "line": lambda painter, item: _shape(painter, item, closed=False),
    "poly": lambda painter, item: _shape(painter, item, closed=True),
    "text": _text,
    "image": _image,
    "card": _card,
    "grid": _grid,
    "pad": _pad,
}


def _ink(painter: Painter) -> str:
    return GROUND_INK.get(painter.back, "board_text")


def _lettered(painter: Painter, item: Item, picture: pygame.Surface, fill: str, high: float) -> pygame.Surface:
    """The picture with the item's mark in its middle, if it has one: a drawing in its ink, or words."""
    if not item.s:
        return picture
    ink = painter.colour(item.ink) or (readable(fill) if fill else painter.colour("", _ink(painter)))
    size = painter.length(item.high or high, 6)
    letters = painter.look.paint.icon(item.look, even(size), ink) if item.look else painter.words(item.s, size, ink)
    out = canvas(max(picture.get_width(), letters.get_width()), max(picture.get_height(), letters.get_height()))
    for part in (picture, letters):
        out.blit(part, part.get_rect(center=out.get_rect().center))
    return out
