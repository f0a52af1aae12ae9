"""Signs on a table: rings, dots, glows and frames, the words of a refusal, and a small menu."""

import re
from collections.abc import Sequence

import pygame

from games.scene import Item
from work.desktop.cache import SurfaceCache
from work.desktop.colour import contrast
from work.desktop.look import Look
from work.desktop.stage_layout import Spot
from work.desktop.stage_pieces import canvas, drawing, even
from work.desktop.theme import BOARD, CARD, DIE

SENTENCES = re.compile(r"\. |。(?=.)")
"""Where the first sentence of a refusal ends and another follows, in every language."""
_KEPT_BYTES = 20_000_000
BUBBLE_WIDE, BUBBLE_TIP = 320, 9
"""Logical pixels: the widest bubble, and the height of its point."""

GLOW = "#FFE39A"
"""The light under what wins, on any ground."""

TINT = 135
"""How much of the amber light covers a place, of 255."""

Stroke = tuple[str, float]
"""A colour (a role or "#rrggbb") and a width in real pixels."""
Line = tuple[str, pygame.Surface | None]
"""A line of a menu: its words, and a picture before them."""


class Signs:
    """Draws the signs of one table at one scale; every picture belongs with its middle on the middle of its place."""

    def __init__(self, look: Look, unit: float, back: str) -> None:
        self.look, self.unit = look, unit
        self.legal = "legal_felt" if back == "felt" else "legal"
        self._kept = SurfaceCache(_KEPT_BYTES)

    # -- signs of the client -----------------------------------------------------------------------------------------

    def hover(self, spot: Spot) -> pygame.Surface:
        """A ring round the place under the pointer."""
        return self._round(spot, 2 if spot.item.kind == "grid" else 4, (self.legal, 2.5))

    def dot(self, spot: Spot) -> pygame.Surface:
        """A dot where one may go; on the squares of a chessboard, of which some are dark, with a light edge."""
        size = even(max(6, round(2 * BOARD.legal_dot * min(*spot.size, 1.0) * self.unit)))
        edge = "halo" if spot.item.look == "checker" else ""
        return self.look.paint.disc(size + 4 if edge else size, self.legal, edge, 1.5 * self.look.theme.scale)

    def take(self, spot: Spot) -> pygame.Surface:
        """A broken ring round what may be taken or touched next, with a light edge, for it may lie on a dark square."""
        return self._round(spot, 3, ("halo", 6.5), (self.legal, 4), dash=0.125)

    def held(self, spot: Spot) -> pygame.Surface:
        """An amber ring with a glow round what is picked up."""
        return self._round(spot, 3, ("turn", 4), glow="turn")

    def refused(self, spot: Spot) -> pygame.Surface:
        """A red ring on a light one round a place that was refused."""
        return self._round(spot, 4, ("halo", 6), ("refused", 3))

    def focus(self, spot: Spot) -> pygame.Surface:
        """The two-coloured frame of the keyboard."""
        return self._round(spot, 4, ("halo", BOARD.halo_width + 1), ("board_focus", BOARD.focus_width))

    # -- marks of a scene --------------------------------------------------------------------------------------------

    def mark(self, item: Item, fill: str) -> pygame.Surface | None:
        """The sign of an item's mark, to lie on it; `fill` is the item's colour."""
        draw = {"last": self._last, "check": self._check, "win": self._win, "chosen": self._chosen}.get(item.mark)
        return draw(item, fill) if draw else None

    def glow(self, item: Item) -> pygame.Surface | None:
        """What shines from under an item that wins."""
        return self._shine(Spot(None, item.at, item), GLOW) if item.mark == "win" else None

    def _last(self, item: Item, fill: str) -> pygame.Surface:
        spot = Spot(None, item.at, item)
        if item.kind == "rect" and not fill:
            return self._tinted(item)
        if not spot.round:
            return self._round(spot, 0, ("turn", 2.5))
        colours = self.look.theme.colours
        ink = max((colours.last_on_black, colours.last_on_white), key=lambda c: contrast(c, fill or colours.board))
        if item.s or not item.fill:
            return self._round(spot, 1.5 if not item.fill else -3, (ink, 2))
        size = 2 * item.r * self.unit
        ring, width = size * BOARD.last_ring, max(2.0, size * BOARD.last_ring_width / 2)
        return self._kept.get(("last", round(size), ink), lambda: _outline(ring, ring, ring / 2, [(ink, width)]))

    def _tinted(self, item: Item) -> pygame.Surface:
        """Amber light on a whole place, with an edge inside it."""
        size = (round(item.size[0] * self.unit), round(item.size[1] * self.unit))
        return self._kept.get(("tint", size), lambda: _tint(size, self.look.theme.colours.turn, self.look.px(2)))

    def _check(self, item: Item, fill: str) -> pygame.Surface:
        spot = Spot(None, item.at, item)
        ring = self._round(spot, 3, ("halo", 6), ("refused", 3.5))
        badge = self.look.px(16)
        return self._kept.get(("check", ring, badge), lambda: _badged(ring, self.look, badge))

    def _win(self, item: Item, fill: str) -> pygame.Surface | None:
        spot = Spot(None, item.at, item)
        return None if spot.round else self._round(spot, 0, ("turn", 3))

    def _chosen(self, item: Item, fill: str) -> pygame.Surface:
        return self._round(Spot(None, item.at, item), 0, ("turn", 2.5))

    # -- how they are drawn ------------------------------------------------------------------------------------------

    def _size(self, spot: Spot, grow: float) -> tuple[float, float, float]:
        """Width, height and corner of a sign round a place, in real pixels."""
        more = 2 * grow * self.look.theme.scale
        w, h = spot.size[0] * self.unit + more, spot.size[1] * self.unit + more
        if spot.round:
            return max(w, h), max(w, h), max(w, h) / 2
        kind, parts = spot.item.kind, {"card": CARD.radius, "image": DIE.radius, "grid": 0.06}
        corner = spot.item.r * self.unit if kind == "rect" else parts.get(kind, 0.1) * min(spot.size) * self.unit
        return w, h, min(corner + more / 2, min(w, h) / 2)

    def _round(self, spot: Spot, grow: float, *strokes: Stroke, dash: float = 0, glow: str = "") -> pygame.Surface:
        w, h, corner = self._size(spot, grow)
        scale, theme = self.look.theme.scale, self.look.theme
        lines = [(theme.colour(colour), width * scale) for colour, width in strokes]
        key = (round(w), round(h), round(corner), tuple(lines), dash, glow)
        return self._kept.get(
            key, lambda: _outline(w, h, corner, lines, dash, theme.colour(glow) if glow else "", 5 * scale)
        )

    def _shine(self, spot: Spot, colour: str) -> pygame.Surface:
        w, h, corner = self._size(spot, 0)
        out = 0.14 * min(w, h)
        return self._kept.get(("shine", round(w), round(h), colour), lambda: _shine(w, h, corner, out, colour))

    def hair(self, size: tuple[int, int]) -> pygame.Surface:
        """A fine line of the hover, across or down the board."""
        return self._kept.get(("hair", size), lambda: self.look.paint.box(size, 0, self.legal))

    def line(self, length: float, degrees: float) -> pygame.Surface:
        """The amber line through a winning row."""
        return self._kept.get(("line", round(length), round(degrees)), lambda: self._line(length, degrees))

    def _line(self, length: float, degrees: float) -> pygame.Surface:
        width, colour = max(4.0, self.unit * 0.12), self.look.theme.colours.turn
        size = length + 2 * width
        return drawing(
            size,
            size,
            f'<g transform="translate({size / 2} {size / 2}) rotate({degrees})"><line x1="{-length / 2}" y1="0"'
            f' x2="{length / 2}" y2="0" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/></g>',
        )

    # -- words -------------------------------------------------------------------------------------------------------

    def bubble(self, text: str, place: pygame.Rect, area: pygame.Rect) -> tuple[pygame.Surface, pygame.Rect]:
        """The words of a refusal below (or above) a place, pointing at it: a picture and where it belongs.

        The first sentence is the heading, what follows stands smaller beneath it.
        """
        look, px = self.look, self.look.px
        head, rest = parted(text)
        most = min(px(BUBBLE_WIDE), area.w - px(24)) - px(58)
        heads, lines = look.fonts.wrap(head, most, "name"), look.fonts.wrap(rest, most, "caption") if rest else []
        widths = [look.fonts.width(s, "name") for s in heads] + [look.fonts.width(s, "caption") for s in lines]
        line, small = look.theme.line("name"), look.theme.line("caption")
        size = (max(widths) + px(58), line * len(heads) + small * len(lines) + px(18))
        tip, pad = px(BUBBLE_TIP), 2 * look.theme.shadow(2).blur
        box = pygame.Rect((0, 0), size)
        box.midtop = (place.centerx, place.bottom + tip)
        below = box.bottom <= area.bottom
        if not below:
            box.bottom = place.top - tip
        box.x = min(max(box.x, area.x + px(8)), area.right - size[0] - px(8))
        point = min(max(place.centerx - box.x, px(18)), box.w - px(18))
        words = [(s, True) for s in heads] + [(s, False) for s in lines]
        picture = self._kept.get(
            ("bubble", text, size, point, below), lambda: self._bubble(words, box.size, pad, point, below)
        )
        return picture, box.inflate(2 * pad, 2 * pad)

    def _bubble(
        self, words: list[tuple[str, bool]], size: tuple[int, int], pad: int, point: int, below: bool
    ) -> pygame.Surface:
        look, px = self.look, self.look.px
        inner = pygame.Rect((pad, pad), size)
        out = canvas(*inner.inflate(2 * pad, 2 * pad).size)
        look.paint.panel(out, inner, "bubble", "danger", radius=px(10), width=px(2), shadow=2)
        self._tip(out, inner.x + point, inner.y if below else inner.bottom, -1 if below else 1)
        out.blit(look.paint.icon("warn", px(22), "danger"), (inner.x + px(14), inner.y + px(9)))
        y = inner.y + px(9)
        for line, head in words:
            high = look.theme.line("name" if head else "caption")
            picture = look.fonts.render(line, "name" if head else "caption", "on_bubble" if head else "text_2")
            out.blit(picture, picture.get_rect(midleft=(inner.x + px(45), y + high // 2)))
            y += high
        return out

    def _tip(self, out: pygame.Surface, x: int, y: int, way: int) -> None:
        """The point of a bubble, over its edge."""
        colours, high, width = self.look.theme.colours, self.look.px(BUBBLE_TIP), self.look.px(2)
        size = 2 * high + 2 * width
        edge, tip = (size / 2 - way * width, size / 2 + way * (high - width))
        picture = drawing(
            size,
            size,
            f'<polyline points="{width},{edge} {size / 2},{tip} {size - width},{edge}" fill="{colours.bubble}"'
            f' stroke="{colours.danger}" stroke-width="{width}" stroke-linejoin="round"/>',
        )
        out.blit(picture, picture.get_rect(center=(x, y)))

    def menu(self, lines: Sequence[Line], chosen: int, place: pygame.Rect, area: pygame.Rect) -> "Menu":
        """A small menu beside a place, with one of its lines chosen."""
        look, px = self.look, self.look.px
        high, options = look.theme.high(40), [words for words, _ in lines]
        faces = [face for _, face in lines]
        before = max((face.get_width() + px(10) for face in faces if face), default=0)
        width = max(look.fonts.width(words, "text") for words in options) + px(40) + before
        box = pygame.Rect(0, 0, max(width, px(96)), high * len(options) + px(8))
        box.midtop = (place.centerx, place.bottom + px(6))
        if box.bottom > area.bottom:
            box.bottom = place.top - px(6)
        box.clamp_ip(area)
        pad = 2 * look.theme.shadow(2).blur
        whole = box.inflate(2 * pad, 2 * pad)
        out = canvas(*whole.size)
        look.paint.panel(out, box.move(-whole.x, -whole.y), "surface", "line_strong", shadow=2)
        rows = [pygame.Rect(box.x + px(4), box.y + px(4) + k * high, box.w - px(8), high) for k in range(len(options))]
        for k, (row, words, face) in enumerate(zip(rows, options, faces, strict=True)):
            inside = row.move(-whole.x, -whole.y)
            if k == chosen:
                out.blit(look.paint.box(row.size, px(8), "accent_soft", "focus", px(2)), inside)
            if face:
                out.blit(face, face.get_rect(midleft=(inside.x + px(10), inside.centery)))
            look.fonts.draw(out, words, (inside.x + px(14) + before, inside.centery), "text", "text", anchor="midleft")
        return Menu(out, whole, rows)


def parted(text: str) -> tuple[str, str]:
    """The first sentence of a refusal, without its stop, and what follows it."""
    head, rest = (*SENTENCES.split(text, 1), "")[:2]
    return head.rstrip(".。"), rest


class Menu:
    """A menu as it lies on the screen: its picture, where that belongs, and the rectangles of its lines."""

    def __init__(self, picture: pygame.Surface, rect: pygame.Rect, rows: list[pygame.Rect]) -> None:
        self.picture, self.rect, self.rows = picture, rect, rows

    def row_at(self, pos: tuple[int, int]) -> int | None:
        """Which line lies at a point of the screen."""
        return next((k for k, row in enumerate(self.rows) if row.collidepoint(pos)), None)


def _outline(
    w: float, h: float, corner: float, strokes: list[Stroke], dash: float = 0, glow: str = "", reach: float = 0
) -> pygame.Surface:
    """Rounded outlines on one another; `dash` breaks them into pieces of that part of the way round."""
    pad = max((width for _, width in strokes), default=0) + (reach if glow else 0) + 1
    box = f'x="{pad}" y="{pad}" width="{w}" height="{h}" rx="{corner}"'
    round_way = 2 * (w + h) - (8 - 2 * 3.14159) * corner
    broken = f' stroke-dasharray="{round_way * dash * 0.6} {round_way * dash * 0.4}"' if dash else ""
    shine = "".join(
        f'<rect {box} fill="none" stroke="{glow}" stroke-opacity="0.16" stroke-width="{2 * reach * k / 3}"/>'
        for k in (3, 2, 1)
        if glow
    )
    lines = "".join(
        f'<rect {box} fill="none" stroke="{colour}" stroke-width="{width}"{broken}/>' for colour, width in strokes
    )
    return drawing(w + 2 * pad, h + 2 * pad, shine + lines)


def _tint(size: tuple[int, int], colour: str, edge: int) -> pygame.Surface:
    out = pygame.Surface(size, pygame.SRCALPHA)
    out.fill((*pygame.Color(colour)[:3], TINT))
    pygame.draw.rect(out, colour, out.get_rect(), edge)
    return out


def _shine(w: float, h: float, corner: float, out: float, colour: str) -> pygame.Surface:
    boxes = "".join(
        f'<rect x="{k}" y="{k}" width="{w + 2 * (out - k)}" height="{h + 2 * (out - k)}" rx="{corner + out - k}"'
        f' fill="{colour}" fill-opacity="0.5"/>'
        for k in (0, out * 0.3, out * 0.6)
    )
    return drawing(w + 2 * out, h + 2 * out, boxes)


def _badged(ring: pygame.Surface, look: Look, size: int) -> pygame.Surface:
    """A ring with an exclamation mark at its upper right."""
    out, k = ring.copy(), size / 16
    badge = drawing(
        size,
        size,
        f'<circle cx="{8 * k}" cy="{8 * k}" r="{7.5 * k}" fill="{look.theme.colours.refused}"/>'
        f'<path d="M{8 * k} {3.5 * k}V{9 * k}" stroke="#FFFFFF" stroke-width="{2 * k}" stroke-linecap="round"/>'
        f'<circle cx="{8 * k}" cy="{12 * k}" r="{1.3 * k}" fill="#FFFFFF"/>',
    )
    out.blit(badge, badge.get_rect(topright=out.get_rect().topright))
    return out
