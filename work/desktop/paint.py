"""Boxes, shadows, icons, seats' marks and textures: each drawn once for its size and kept.

Round corners and icons come from SVG text, because `pygame.draw` leaves stairs; shadows are blurred once and stretched
in nine parts; wood, felt and cloth are noise, made only when a screen asks for them.
"""

import io
import random
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pygame

from work.desktop.cache import SurfaceCache
from work.desktop.colour import rgb
from work.desktop.theme import GRAIN, SEATS, SIZES, Theme

ART = Path(__file__).parent / "assets" / "art"
Size = tuple[int, int]
_CACHE_BYTES = 40_000_000
_TILE = 192

VEIL = 76
"""How much a veil hides, of 255."""


class Paint:
    """All drawn parts of one theme. Lengths are real pixels; colours are roles of the theme or "#rrggbb".

    Returned surfaces are shared with the cache: blit them, do not draw on them. A display must be open.
    """

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._kept = SurfaceCache(_CACHE_BYTES)

    # -- boxes and shadows -------------------------------------------------------------------------------------------

    def box(self, size: Size, radius: int, fill: str, edge: str = "", width: int | None = None) -> pygame.Surface:
        """A rounded rectangle; `edge` is drawn inside it. `fill` may be "" for an edge alone."""
        line = (width or self.theme.edge_width) if edge else 0
        inks = self._ink(fill), self._ink(edge)
        small = _smallest(size, radius + line)
        base = self._kept.get(("box", small, radius, inks, line), lambda: _box(small, radius, *inks, line))
        if small == size:
            return base
        return self._kept.get(("box", size, radius, inks, line), lambda: _nine(base, radius + line, size))

    def shadow(self, surface: pygame.Surface, rect: pygame.Rect, radius: int, level: int = 1) -> None:
        """Draw the shadow that a box of this rectangle throws; level 2 is that of what floats."""
        style = self.theme.shadow(level)
        ink, border = rgb(self.theme.colours.shadow), radius + 4 * style.blur
        small = _smallest(rect.size, radius + 2 * style.blur)
        size = (rect.w + 4 * style.blur, rect.h + 4 * style.blur)
        base = self._kept.get(
            ("shadow", small, radius, level),
            lambda: _shadow(small, radius, style.blur, style.drop, (*ink, round(255 * style.alpha))),
        )
        if small != rect.size:
            base = self._kept.get(("shadow", rect.size, radius, level), lambda: _nine(base, border, size))
        surface.blit(base, (rect.x - 2 * style.blur, rect.y - 2 * style.blur))

    def panel(
        self,
        surface: pygame.Surface,
        rect: pygame.Rect,
        fill: str = "surface",
        edge: str = "line",
        *,
        radius: int | None = None,
        width: int | None = None,
        shadow: int = 1,
    ) -> None:
        """Draw a box with its shadow (0 for none); the radius is a panel's unless another is given."""
        corner = self.theme.px(SIZES.radius_panel) if radius is None else radius
        if shadow:
            self.shadow(surface, rect, corner, shadow)
        surface.blit(self.box(rect.size, corner, fill, edge, width), rect)

    def ring(self, surface: pygame.Surface, rect: pygame.Rect, radius: int) -> None:
        """Draw the keyboard's focus ring round a box of this rectangle."""
        out = self.theme.px(SIZES.focus_gap + SIZES.focus_width)
        surface.blit(
            self.box((rect.w + 2 * out, rect.h + 2 * out), radius + out, "", "focus", self.theme.px(SIZES.focus_width)),
            rect.move(-out, -out),
        )

    def veil(self, surface: pygame.Surface, rect: pygame.Rect) -> None:
        """Dim what is drawn in this rectangle."""
        veil = self._kept.get(("veil", rect.size), lambda: _flat(rect.size, self.theme.colours.veil))
        veil.set_alpha(VEIL)
        surface.blit(veil, rect)

    # -- icons, marks, discs -----------------------------------------------------------------------------------------

    def icon(self, name: str, size: int, colour: str = "text") -> pygame.Surface:
        """A picture of assets/art by its file's name, in one colour (stones keep their own)."""
        ink = self.theme.colour(colour)
        return self._kept.get(
            ("icon", name, size, ink), lambda: svg(_art(name).replace("currentColor", ink), (size, size))
        )

    def seat(self, seat: int, size: int, *, ring: str = "", off: bool = False) -> pygame.Surface:
        """The mark of a seat, counted from 1: colour and shape; `ring` is a colour round it, `off` makes it grey."""
        return self._kept.get(("seat", seat, size, ring, off), lambda: self._seat(seat, size, ring, off))

    def disc(self, size: int, fill: str, edge: str = "", width: float = 1) -> pygame.Surface:
        """A smooth filled circle of this diameter, `edge` inside it."""
        inks = self._ink(fill), self._ink(edge)
        return self._kept.get(("disc", size, inks, width), lambda: _disc(size, *inks, width if edge else 0))

    def signal(self, size: int, bars: int) -> pygame.Surface:
        """How good a connection is: of three bars, `bars` (0 to 3) are full; green, or amber or red when few."""
        full = self.theme.colour(("danger", "danger", "turn", "good")[bars])
        return self._kept.get(("signal", size, bars), lambda: _signal(size, bars, full, self.theme.colours.line_strong))

    def turning(self, size: int, part: float) -> pygame.Surface:
        """A ring of which a piece is bright, this part (0 to 1) of a turn further than at its top."""
        inks = self.theme.colours.surface_3, self.theme.colours.accent
        return self._kept.get(("turning", size, part), lambda: _turning(size, part, *inks))

    # -- textures ----------------------------------------------------------------------------------------------------

    def wood(self, size: Size, kind: Literal["board", "rim"] = "board") -> pygame.Surface:
        """Wood of a board or of a rim, with its grain from left to right."""
        colours = self.theme.colours
        light, dark = (
            (colours.board_light, colours.board_dark) if kind == "board" else (colours.rim_light, colours.rim_dark)
        )
        if not self.theme.textures:
            return self._kept.get((kind, size), lambda: _flat(size, self.theme.colour(kind)))
        return self._kept.get(
            (kind, size), lambda: _wood(size, rgb(light), rgb(dark), seed=3 if kind == "board" else 7)
        )

    def felt(self, size: Size) -> pygame.Surface:
        """Felt of a card table."""
        return self._woven("felt", size)

    def cloth(self, size: Size) -> pygame.Surface:
        """The cloth behind boards and tables."""
        return self._woven("cloth", size)

    def table(self, size: Size, radius: int) -> pygame.Surface:
        """A card table from above: felt, a wooden rim round it and the rim's shadow inside; without its own shadow."""
        return self._kept.get(("table", size, radius), lambda: self._table(size, radius))

    def masked(self, texture: pygame.Surface, radius: int) -> pygame.Surface:
        """A copy of a texture with rounded corners."""
        shape = texture.convert_alpha()
        shape.blit(self.box(texture.get_size(), radius, "#FFFFFF"), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        return shape

    def _ink(self, role: str) -> str:
        return self.theme.colour(role) if role else "none"

    def _woven(self, kind: Literal["felt", "cloth"], size: Size) -> pygame.Surface:
        colour = self.theme.colour(kind)
        if not self.theme.textures:
            return self._kept.get((kind, size), lambda: _flat(size, colour))
        depth = GRAIN[self.theme.name, kind]
        tile = self._kept.get((kind, "tile"), lambda: _woven_tile(rgb(colour), depth, seed=1 if kind == "felt" else 2))
        return self._kept.get((kind, size), lambda: _tiled(tile, size))

    def _table(self, size: Size, radius: int) -> pygame.Surface:
        rim = self.theme.px(18)
        out = self.masked(self.wood(size, "rim"), radius)
        inner = (size[0] - 2 * rim, size[1] - 2 * rim)
        top = self.felt(inner).convert_alpha()
        top.blit(_inset(inner, radius - rim, self.theme.px(16)), (0, 0))
        out.blit(self.masked(top, radius - rim), (rim, rim))
        return out

    def _seat(self, seat: int, size: int, ring: str, off: bool) -> pygame.Surface:
        number = (seat - 1) % len(SEATS) + 1
        shape = _art(f"seat-{number}-{SEATS[number - 1].shape}").split(">", 1)[1].replace("</svg>", "")
        shape = shape.replace("currentColor", self.theme.colours.seat_mark)
        fill = self.theme.colours.text_off if off else self.theme.seat(seat)
        edge = 24 * self.theme.px(2) / size if ring else 0
        part = 1 - edge / 12
        outer = f'<circle cx="12" cy="12" r="12" fill="{self.theme.colour(ring)}"/>' if ring else ""
        return svg(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">{outer}'
            f'<g transform="translate({edge} {edge}) scale({part})"><circle cx="12" cy="12" r="12" fill="{fill}"/>'
            f"{shape}</g></svg>",
            (size, size),
        )


def svg(text: str, size: Size) -> pygame.Surface:
    """A smooth picture from SVG text."""
    return pygame.image.load_sized_svg(io.BytesIO(text.encode()), size).convert_alpha()


def _turning(size: int, part: float, track: str, bright: str) -> pygame.Surface:
    return svg(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24"><g fill="none"'
        f' stroke-width="2.2"><circle cx="12" cy="12" r="10.8" stroke="{track}"/>'
        f'<g transform="rotate({round(360 * part)} 12 12)">'
        f'<path d="M12 1.2A10.8 10.8 0 0 1 21.353 17.4" stroke="{bright}" stroke-linecap="round"/></g></g></svg>',
        (size, size),
    )


def svg_file(name: str, size: Size) -> pygame.Surface:
    """A picture of assets/art in its own colours; needs no open window."""
    return pygame.image.load_sized_svg(str(ART / f"{name}.svg"), size)


@lru_cache(maxsize=128)
def _art(name: str) -> str:
    return (ART / f"{name}.svg").read_text(encoding="utf-8")


def _smallest(size: Size, border: int) -> Size:
    return min(size[0], 2 * border + 2), min(size[1], 2 * border + 2)


def _box(size: Size, radius: int, fill: str, edge: str, width: int) -> pygame.Surface:
    w, h, corner = size[0], size[1], max(0, radius - width / 2)
    return svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}">'
        f'<rect x="{width / 2}" y="{width / 2}" width="{w - width}" height="{h - width}" rx="{corner}"'
        f' fill="{fill}" stroke="{edge}" stroke-width="{width}"/></svg>',
        size,
    )


def _shadow(size: Size, radius: int, blur: int, drop: int, colour: tuple[int, int, int, int]) -> pygame.Surface:
    w, h = size
    out = pygame.Surface((w + 4 * blur, h + 4 * blur), pygame.SRCALPHA)
    out.fill((*colour[:3], 0))  # its own colour at no opacity: blurring black into it would leave a dark fringe
    pygame.draw.rect(out, colour, (2 * blur, 2 * blur + drop, w, h), border_radius=radius)
    return pygame.transform.gaussian_blur(out, blur)


def _nine(picture: pygame.Surface, border: int, size: Size) -> pygame.Surface:
    """Stretch a picture: its corners are kept, edges and middle grow; a side that fits already stays as it is."""
    out = pygame.Surface(size, pygame.SRCALPHA)
    columns, rows = (_thirds(old, new, border) for old, new in zip(picture.get_size(), size, strict=True))
    for x, w, to_x, to_w in columns:
        for y, h, to_y, to_h in rows:
            part = picture.subsurface((x, y, w, h))
            out.blit(pygame.transform.scale(part, (to_w, to_h)), (to_x, to_y))
    return out


def _thirds(old: int, new: int, border: int) -> list[tuple[int, int, int, int]]:
    if old == new:
        return [(0, old, 0, new)]
    border = min(border, (old - 1) // 2)
    return [
        (0, border, 0, border),
        (border, old - 2 * border, border, new - 2 * border),
        (old - border, border, new - border, border),
    ]


def _disc(size: int, fill: str, edge: str, width: float) -> pygame.Surface:
    half = size / 2
    return svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"><circle cx="{half}" cy="{half}"'
        f' r="{half - width / 2}" fill="{fill}" stroke="{edge}" stroke-width="{width}"/></svg>',
        (size, size),
    )


def _signal(size: int, bars: int, full: str, empty: str) -> pygame.Surface:
    inks = [full if i < bars else empty for i in range(3)]
    rects = "".join(
        f'<rect x="{1 + 6 * i}" y="{11 - 4.5 * i}" width="4" height="{5 + 4.5 * i}" rx="1" fill="{ink}"/>'
        for i, ink in enumerate(inks)
    )
    return svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18" width="18" height="18">{rects}</svg>',
        (size, size),
    )


def _flat(size: Size, colour: str) -> pygame.Surface:
    out = pygame.Surface(size).convert()
    out.fill(colour)
    return out


def _wood(size: Size, light: tuple[int, int, int], dark: tuple[int, int, int], seed: int) -> pygame.Surface:
    """Three octaves of noise, few columns and many rows, stretched along the grain. About 10 ms at 700 x 700."""
    rng = random.Random(seed)

    def octave(columns: int, rows: int, depth: float) -> pygame.Surface:
        greys = [(128 + int((v - 128) * depth),) * 3 for v in range(256)]
        return pygame.transform.smoothscale(_noise(rng, (columns, rows), greys), size)

    grain = octave(3, 24, 1.0)
    for columns, rows, depth, opacity in ((6, max(2, size[1] // 3), 0.8, 110), (10, max(2, size[1]), 0.7, 70)):
        layer = octave(columns, rows, depth)
        layer.set_alpha(opacity)
        grain.blit(layer, (0, 0))
    span = _flat(size, "#000000")
    span.fill([max(0, a - b) for a, b in zip(light, dark, strict=True)])
    grain.blit(span, (0, 0), special_flags=pygame.BLEND_MULT)
    out = pygame.Surface(size).convert()
    out.fill(light)
    out.blit(grain, (0, 0), special_flags=pygame.BLEND_SUB)
    return out


def _woven_tile(colour: tuple[int, int, int], depth: int, seed: int) -> pygame.Surface:
    shades = [[max(0, min(255, part + (v - 128) * depth // 128)) for part in colour] for v in range(256)]
    return pygame.transform.gaussian_blur(_noise(random.Random(seed), (_TILE, _TILE), shades), 1)


def _noise(rng: random.Random, size: Size, colours: Sequence[Sequence[int]]) -> pygame.Surface:
    """A picture of which every pixel has one of 256 colours by chance."""
    pixels = pygame.image.frombuffer(rng.randbytes(size[0] * size[1]), size, "P")
    pixels.set_palette(colours)
    return pixels.convert()


def _tiled(tile: pygame.Surface, size: Size) -> pygame.Surface:
    out = pygame.Surface(size).convert()
    out.fblits([(tile, (x, y)) for x in range(0, size[0], _TILE) for y in range(0, size[1], _TILE)])
    return out


def _inset(size: Size, radius: int, depth: int) -> pygame.Surface:
    """The shadow that a rim throws on what it holds; blurred at a quarter of the size, where that is cheap."""
    small = (max(1, size[0] // 4), max(1, size[1] // 4))
    edge = pygame.Surface((small[0] + depth, small[1] + depth), pygame.SRCALPHA)
    edge.fill((0, 0, 0, 150))
    hole = pygame.Rect(depth // 2, depth // 2 + 1, *small)
    pygame.draw.rect(edge, (0, 0, 0, 0), hole, border_radius=max(0, radius // 4))
    blurred = pygame.transform.gaussian_blur(edge, max(1, depth // 4))
    return pygame.transform.smoothscale(blurred.subsurface((depth // 2, depth // 2, *small)), size)
