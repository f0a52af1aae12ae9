"""A scene as text: one unit of the table is one or a few characters, and nothing is told by colour alone."""

import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TextIO

from games.scene import Item, Scene, Tag
from work.language import spoken
from work.terminal.canvas import DIM, EAST, NORTH, SOUTH, WEST, Canvas, Style, wide
from work.terminal.colours import obeys

COLUMNS, LINES = 80, 24
"""What a terminal shows without scrolling; the size that every terminal has had since the VT100."""
BOXES = (4, 2)
"""Columns and lines of a unit from which on cells have room for lines between them."""
SCALES = {
    "points": ((2, 1),),
    "cells": (BOXES, (3, 1), (2, 1)),
    "checker": (BOXES, (3, 1), (2, 1)),
    "": ((5, 2), (4, 2), (3, 1), (2, 1)),
}
"""Columns and lines of a unit to choose from, by the look of the first grid; the first that fits is taken."""
ROOMY = ((4, 2), (4, 1))
"""The same for points with pieces that carry words; in the first there is room for the lines between points."""

BRACKETS = {"last": "[]", "check": "{}", "win": "()", "chosen": "[]"}
DISCS = {"black": "●", "white": "○", "dark": "●", "light": "○", "line": "+", "": "o"}
"""What stands for a disc without words, by its fill."""
SMALL = 0.15
"""Radius up to which a disc is a point."""
FINE = 0.4
"""Units under which a line is too small to be drawn."""
DICE = {"⚀": "1", "⚁": "2", "⚂": "3", "⚃": "4", "⚄": "5", "⚅": "6", "▢": "?"}
"""Dice as figures: the pictures are too small to be read in most terminals."""
SUITS = {"S": "♠", "H": "♥", "D": "♦", "C": "♣", "*": "★"}
FULL, OPEN, SOLID, FREE = "■", "□", "▓", "·"

STYLES = {"red": "31", "blue": "34", "green": "32", "accent": "33"}
BOLD = "1"

PIECES = {piece: f"{letter} " for piece, letter in zip("帥仕相傌俥炮兵將士象馬車砲卒", "KAEHRCPkaehrcp", strict=True)}
"""The letters of xiangqi's pieces, as wide as their characters."""
RIVER = dict.fromkeys("楚河漢界", "~~")
ASCII = str.maketrans(
    dict(zip("●○·•×■□▓─│╱╲♠♥♦♣★▒", "XO.*x#-#-|/\\SHDC*#", strict=True))
    | dict.fromkeys("┌┐└┘┬┴├┤┼", "+")
    | PIECES
    | RIVER
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a terminal can show: ANSI colours or not, and the encoding; all but UTF gets plain ASCII drawings."""

    colour: bool = False
    encoding: str = "utf-8"

    @classmethod
    def of(cls, stream: TextIO, environ: Mapping[str, str] = os.environ) -> "Look":
        """What this stream can show; colours only on a terminal, and not where NO_COLOR is set (no-color.org)."""
        return cls(obeys(stream, environ) and not environ.get("NO_COLOR"), stream.encoding or "ascii")

    def fit(self, text: str) -> str:
        """The text with whatever the encoding cannot show replaced."""
        if self.encoding.lower().replace("_", "-").startswith("utf"):
            return text
        return text.translate(ASCII).encode(self.encoding, "replace").decode(self.encoding)


PLAIN = Look()


def printable(text: str) -> str:
    """The text on one line, without characters that would steer the terminal or turn the line around."""
    return "".join(c if c.isprintable() else " " for c in text)


def said(item: Item) -> str:
    """What stands on an item, in the player's language."""
    return printable(spoken(item.s))


def draw(scene: Scene, plates: Mapping[int, str] = {}, look: Look = PLAIN, names: Mapping[Tag, str] = {}) -> str:
    """The scene in lines of text; `plates` are the words to put where the scene wants the seats' plates.

    `names` are shown in the places of a grid that has no labels beside it, where there is room.
    """
    painter = Painter(scene, names)
    for row in _rows(scene.items):
        if len(row) > 1:
            painter.row_of_cards(row)
        else:
            PAINT[row[0].kind](painter, row[0])
    for seat, at in scene.seats.items():
        if seat in plates:
            painter.words(at, printable(plates[seat]), BOLD, (0, -1, 1, -2, 2))
    return "\n".join(line.rstrip() for line in look.fit(painter.canvas.lines(look.colour)).split("\n"))


def _rows(items: Iterable[Item]) -> Iterator[list[Item]]:
    """All items one by one, but cards that lie side by side together: where they overlap, all are still to be read."""
    row: list[Item] = []
    for item in items:
        if row and not (item.kind == row[-1].kind == "card" and item.look and item.at[1] == row[-1].at[1]):
            yield row
            row = []
        row.append(item)
    if row:
        yield row


# -- places and their names --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands beside the columns and rows of a grid, by their index."""

    columns: dict[int, Item]
    rows: dict[int, Item]

    @classmethod
    def of(cls, scene: Scene, grid: Item) -> "Labels":
        """Find the short texts in line with the grid's columns and rows, at most one and a half places beside it."""
        short = [item for item in scene.items if item.kind == "text" and 0 < len(item.s) <= 2 and item.s.isalnum()]
        (x, y), (columns, rows), step = grid.at, grid.size, grid.step
        labels = cls({}, {})
        for item in short:
            column, row = (item.at[0] - x) / step, (item.at[1] - y) / step
            if _whole(column, columns) and _beside(row, rows):
                labels.columns[round(column)] = item
            elif _whole(row, rows) and _beside(column, columns):
                labels.rows[round(row)] = item
        return labels

    def name(self, row: int, column: int) -> str:
        """What people call a place, the letter first, such as "H8"; empty where the labels do not tell."""
        if row not in self.rows or column not in self.columns:
            return ""
        pair = sorted((self.rows[row].s, self.columns[column].s), key=str.isdigit)
        return "".join(pair) if pair[0].isalpha() and pair[1].isdigit() else ""


def place_names(scene: Scene) -> dict[Tag, str]:
    """What people call each place: by the labels beside its grid, else by its tag."""
    return {tag: _tag_words(tag) for tag in scene.places()} | labelled(scene)


def labelled(scene: Scene) -> dict[Tag, str]:
    """What people call the places that have labels beside them."""
    names: dict[Tag, str] = {}
    for grid in scene.items:
        if grid.kind != "grid" or grid.tag is None:
            continue
        labels, (x, y) = Labels.of(scene, grid), grid.at
        for tag, at in grid.places():
            if name := labels.name(round((at[1] - y) / grid.step), round((at[0] - x) / grid.step)):
                names[tag] = name
    return names


def _tag_words(tag: Tag) -> str:
    return " ".join(map(_tag_words, tag)) if type(tag) is tuple else str(tag)


def _whole(place: float, places: float) -> bool:
    return abs(place - round(place)) < 0.1 and 0 <= round(place) < places


def _beside(place: float, places: float) -> bool:
    return -1.5 <= place < -0.3 or places - 0.7 < place <= places + 0.5


# -- painting ----------------------------------------------------------------------------------------------------------


class Painter:
    """Puts the items of one scene on a canvas; `column` and `row` say where a place of the table is."""

    def __init__(self, scene: Scene, names: Mapping[Tag, str]) -> None:
        self.scene = scene
        self.names = names
        self.canvas = Canvas()
        grid = next((item for item in scene.items if item.kind == "grid"), None)
        self.x0, self.y0 = grid.at if grid else (0.0, 0.0)
        scales = SCALES[grid.look if grid else ""]
        if grid and grid.look == "points" and any(item.kind == "disc" and item.s for item in scene.items):
            scales = ROOMY
        fitting = (s for s in scales if scene.w * s[0] <= COLUMNS and scene.h * s[1] <= LINES)
        self.sx, self.sy = next(fitting, scales[-1])
        self.beside = {
            id(label): item
            for item in scene.items
            if item.kind == "grid"
            for label in Labels.of(scene, item).rows.values()
        }

    def column(self, x: float) -> int:
        """The column of a place; the first grid's places are exactly on columns."""
        return self._turned(x, self.x0, self.scene.w, self.sx)

    def row(self, y: float) -> int:
        """The line of a place."""
        return self._turned(y, self.y0, self.scene.h, self.sy)

    def _turned(self, place: float, start: float, whole: float, scale: int) -> int:
        place = (whole - start) - place if self.scene.flip else place - start
        return math.floor(place * scale + 0.51)

    def words(self, at: tuple[float, float], text: str, style: Style, rows: tuple[int, ...] = (0, 1, -1, 2)) -> None:
        """Write words around a place, on the first of these lines that is free there."""
        size = wide(text)
        column, row = self.column(at[0]) - size // 2, self.row(at[1])
        shift = next((by for by in rows if self.canvas.free(column, row + by, size, gap=int(by != 0))), 0)
        self.canvas.put(column, row + shift, text, style)

    def sign(self, item: Item, text: str) -> None:
        """Write what stands for an item at its place, in brackets where it is marked."""
        size, style = wide(text), STYLES.get(item.fill, "")
        column, row = self.column(item.at[0]) - (size - 1) // 2, self.row(item.at[1])
        self.canvas.put(column, row, text, f"{BOLD};{style}".rstrip(";") if item.mark else style)
        self.bracket(item, column - 1, column + size, row)

    def bracket(self, item: Item, left: int, right: int, row: int) -> None:
        """Put the brackets of an item's mark; between two neighbours with the same mark they fall away."""
        if not item.mark:
            return
        opening, closing = tuple(BRACKETS[item.mark])
        joined = self.canvas.cells.get((row, left), ("", ""))[0] == closing
        self.canvas.put(left, row, " " if joined else opening, BOLD)
        self.canvas.put(right, row, closing, BOLD)

    def span(self, item: Item) -> tuple[int, int, int, int]:
        """First and last column, first and last line of an item with a size; at least one of each."""
        (x, y), (w, h) = item.at, item.size
        beside = (w / 2 - 0.5 / self.sx) if w * self.sx >= 2 else 0
        above = (h / 2 - 0.5 / self.sy) if h * self.sy >= 2 else 0
        columns = sorted((self.column(x - beside), self.column(x + beside)))
        rows = sorted((self.row(y - above), self.row(y + above)))
        return columns[0], columns[1], rows[0], rows[1]

    def covered(self, item: Item) -> bool:
        """Whether words or pictures lie on an item: then it is only their ground."""
        (x, y), (w, h) = item.at, item.size
        return any(
            other.kind in ("text", "image", "card") and abs(other.at[0] - x) <= w / 2 and abs(other.at[1] - y) <= h / 2
            for other in self.scene.items
        )

    def boxed(self, grid: Item) -> bool:
        """Whether the cells of a grid have lines between them."""
        return grid.look != "points" and (self.sx * grid.step, self.sy * grid.step) == BOXES

    def lined(self, grid: Item) -> bool:
        """Whether there is room for the lines that join the points of a grid."""
        return grid.look == "points" and (self.sx * grid.step, self.sy * grid.step) == ROOMY[0]

    # -- one method for each kind of item ------------------------------------------------------------------------------

    def disc(self, item: Item) -> None:
        fallback = "•" if item.r <= SMALL else "●"
        self.sign(item, said(item) or DISCS.get(item.fill, fallback))

    def rect(self, item: Item) -> None:
        left, right, top, bottom = self.span(item)
        panel = self.covered(item)
        if (item.fill or item.edge) and not panel:
            char = (FULL if item.fill else OPEN) if left == right else (SOLID if item.fill else FREE)
            for row in range(top, bottom + 1):
                self.canvas.put(left, row, char * (right - left + 1), STYLES.get(item.fill, ""))
        out = panel or right - left < 2
        self.bracket(item, left - out, right + out, (top + bottom) // 2)
        if item.s:
            self.words(item.at, said(item), "", (0,))

    def line(self, item: Item) -> None:
        ends = [(item.at[0] + x, item.at[1] + y) for x, y in item.points]
        if all(max(x) - min(x) < FINE for x in zip(*ends, strict=True)):
            return
        if item.kind == "poly":
            ends.append(ends[0])
        for (x1, y1), (x2, y2) in pairwise(ends):
            c1, r1, c2, r2 = self.column(x1), self.row(y1), self.column(x2), self.row(y2)
            char = "─" if r1 == r2 else "│" if c1 == c2 else "╲" if (c2 > c1) == (r2 > r1) else "╱"
            steps = max(abs(c2 - c1), abs(r2 - r1), 1)
            for k in range(steps + 1):
                place = (round(c1 + (c2 - c1) * k / steps), round(r1 + (r2 - r1) * k / steps))
                self.canvas.put(*place, char, STYLES.get(item.edge or item.ink, DIM))
        if item.s or item.mark:
            self.sign(item, said(item) or FREE)

    def text(self, item: Item) -> None:
        grid = self.beside.get(id(item))
        if grid is None:
            self.words(item.at, said(item), STYLES.get(item.ink, ""))
            return
        ends = (grid.at[0], grid.at[0] + (grid.size[0] - 1) * grid.step)
        first, last = sorted(map(self.column, ends))
        before = self.column(item.at[0]) < first
        gap = BOXES[0] // 2 + 1 if self.boxed(grid) else 1
        self.canvas.put(first - gap - wide(item.s) if before else last + gap + 1, self.row(item.at[1]), item.s, DIM)

    def image(self, item: Item) -> None:
        face = DICE.get(item.s)
        if face and item.size[0] * self.sx >= 3 and not item.mark:
            face = f"|{face}|"
        self.sign(item, face or said(item) or "?")

    def card(self, item: Item) -> None:
        self.sign(item, card_sign(item))

    def row_of_cards(self, cards: Sequence[Item]) -> None:
        """Write cards beside one another around their middle, however much they overlap."""
        signs = [card_sign(card) for card in cards]
        pitch = max(self.column(cards[1].at[0]) - self.column(cards[0].at[0]), 0)
        if pitch > max(map(wide, signs)):
            for card in cards:
                self.card(card)
            return
        middle = (self.column(cards[0].at[0]) + self.column(cards[-1].at[0])) // 2
        size, marked, row = sum(map(wide, signs)) + len(signs) - 1, cards[0].mark, self.row(cards[0].at[1])
        first = middle - size // 2
        places = sorted(range(first - COLUMNS // 4, first + COLUMNS // 4), key=lambda place: abs(place - first))
        column = next((place for place in places if self.canvas.free(place, row, size, gap=2)), first)
        if marked:
            self.canvas.put(column - 1, row, BRACKETS[marked][0], BOLD)
        for sign in signs:
            self.canvas.put(column, row, sign, BOLD if marked else "")
            column += wide(sign) + 1
        if marked:
            self.canvas.put(column - 1, row, BRACKETS[marked][1], BOLD)

    def grid(self, item: Item) -> None:
        boxes = self.boxed(item)
        (x, y), columns, rows = item.at, int(item.size[0]), int(item.size[1])
        labels = Labels.of(self.scene, item)
        tags = {} if labels.rows or labels.columns else {at: tag for tag, at in item.places()}
        for r in range(rows):
            for c in range(columns):
                at = (x + c * item.step, y + r * item.step)
                column, row = self.column(at[0]), self.row(at[1])
                if boxes:
                    self.box(column, row)
                if self.lined(item):
                    self.joint(column, row, (r > 0, c < columns - 1, r < rows - 1, c > 0))
                    continue
                name = self.names.get(tags.get(at), "") if boxes else FREE
                if wide(name) <= BOXES[0] - 1:
                    self.canvas.put(column - wide(name) // 2, row, name, DIM)

    def box(self, column: int, row: int) -> None:
        """Draw the lines around a cell; where they meet those of its neighbours, the signs are joined."""
        for dy in (-1, 1):
            for dx in range(-2, 3):
                self.canvas.cross(column + dx, row + dy, (dx > -2) * WEST | (dx < 2) * EAST | _end(dx, dy))
        for dx in (-2, 2):
            self.canvas.cross(column + dx, row, NORTH | SOUTH)

    def joint(self, column: int, row: int, arms: tuple[bool, bool, bool, bool]) -> None:
        """Draw a point of a board with half of each line that leads to a neighbour: north, east, south, west."""
        north, east, south, west = (*arms[2:], *arms[:2]) if self.scene.flip else arms
        self.canvas.cross(column, row, north * NORTH | east * EAST | south * SOUTH | west * WEST)
        for dx in range(-2 * west, 2 * east + 1):
            if dx:
                self.canvas.cross(column + dx, row, EAST | WEST)
        for dy in range(-north, south + 1):
            if dy:
                self.canvas.cross(column, row + dy, NORTH | SOUTH)


def _end(dx: int, dy: int) -> int:
    """The upright arm of a box's corner."""
    return 0 if abs(dx) < 2 else SOUTH if dy < 0 else NORTH


def card_sign(card: Item) -> str:
    """What stands for a card: its suit and rank, or a back."""
    return SUITS[card.look[0]] + card.look[1:] if card.look else "▒▒"


PAINT: dict[str, Callable[[Painter, Item], None]] = {
    "disc": Painter.disc,
    "rect": Painter.rect,
    "line": Painter.line,
    "poly": Painter.line,
    "text": Painter.text,
    "image": Painter.image,
    "card": Painter.card,
    "grid": Painter.grid,
    "pad": Painter.rect,
}
