"""Text: measured, cut, wrapped and drawn; the project's own face first, the system's faces for all other scripts."""

import contextlib
import math
import re
from typing import Literal, TypeAlias

import pygame

from work.desktop.cache import SurfaceCache
from work.desktop.colour import rgb
from work.desktop.editing import clean
from work.desktop.faces import FACE, Faces, is_arabic, right_to_left
from work.desktop.theme import TYPES, Style, Theme

Anchor: TypeAlias = Literal["topleft", "midleft", "bottomleft", "midtop", "center", "midbottom", "topright", "midright"]
Size: TypeAlias = Style | int
"""A style of the theme, or a height of letters in real pixels (board coordinates, card ranks)."""

DOTS = "..."
_CACHE_BYTES = 12_000_000
_MEASURED_MOST = 8000
_CLOSING = "，。、；：？！）》」』】’”…,.;:?!)]}%"
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_OPENING = "（《「『【“‘"
_PIECES = re.compile(
    rf"[^\S\n]+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}]+)[{re.escape(_CLOSING)}]*|[{_OPENING}]+"
)
"""What stays on one line: no line begins with what closes something, and none ends with what opens it."""


class Fonts:
    """All text of one theme. Widths and heights are real pixels; colours are roles of the theme or "#rrggbb".

    Any string is safe to draw: line breaks and tabs count as spaces, invisible controls are left out (a stranger's name
    may hold some), and a character that no face has becomes an empty square.
    """

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.faces = Faces()
        self._drawn = SurfaceCache(_CACHE_BYTES)
        self._opened: dict[tuple[str, int, bool, bool], pygame.Font] = {}
        self._measured: dict[tuple[str, Size, bool | None], int] = {}

    def draw(
        self,
        surface: pygame.Surface,
        text: str,
        at: tuple[int, int],
        size: Size = "text",
        colour: str = "text",
        *,
        anchor: Anchor = "topleft",
        bold: bool | None = None,
        width: int | None = None,
    ) -> pygame.Rect:
        """Draw one line with its `anchor` at `at`, cut to `width` if given; returns the rectangle that it takes."""
        picture = self.render(text if width is None else self.cut(text, width, size, bold), size, colour, bold)
        place = picture.get_rect(**{anchor: at})
        surface.blit(picture, place)
        return place

    def render(self, text: str, size: Size = "text", colour: str = "text", bold: bool | None = None) -> pygame.Surface:
        """One line of text as a picture, as high as the own face's letters. It is shared: do not draw on it."""
        ink = self.theme.colour(colour)
        return self._drawn.get((text, size, ink, bold), lambda: self._make(text, size, ink, bold))

    def width(self, text: str, size: Size = "text", bold: bool | None = None) -> int:
        """How wide one line of text is."""
        key = (text, size, bold)
        if key not in self._measured:
            if len(self._measured) >= _MEASURED_MOST:
                self._measured.clear()
            height, heavy = self._metrics(size, bold)
            wide = sum(self._font(face, height, run).size(run)[0] for face, run in self.faces.runs(clean(text)))
            self._measured[key] = wide + math.ceil(_thicker(height)) * heavy
        return self._measured[key]

    def height(self, size: Size = "text") -> int:
        """How high the picture of a line is."""
        # One pixel more above and below: SDL rounds, and cuts the tail of a "g" otherwise.
        return self._font(str(FACE), self._metrics(size, None)[0]).get_height() + 2

    def cut(self, text: str, width: int, size: Size = "text", bold: bool | None = None) -> str:
        """The text if it fits, else its longest beginning that fits with "..." after it; "" where nothing fits."""
        if self.width(text, size, bold) <= width:
            return text
        fits, too_long = -1, len(text)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if self.width(text[:middle].rstrip() + DOTS, size, bold) <= width:
                fits = middle
            else:
                too_long = middle
        return text[:fits].rstrip() + DOTS if fits >= 0 else ""

    def wrap(self, text: str, width: int, size: Size = "text", bold: bool | None = None) -> list[str]:
        """The text in lines no wider than `width`, broken at spaces, between Chinese characters, at last anywhere."""
        return [line for part in text.split("\n") for line in self._wrap(part, width, size, bold)]

    def _wrap(self, text: str, width: int, size: Size, bold: bool | None) -> list[str]:
        lines, line = [], ""
        for piece in _PIECES.findall(text):
            if self.width((line + piece).rstrip(), size, bold) <= width:
                line += piece
                continue
            if line.strip():
                lines.append(line.rstrip())
            line = piece.lstrip()
            while len(line) > 1 and self.width(line, size, bold) > width:
                count = next(n for n in range(len(line), 0, -1) if n == 1 or self.width(line[:n], size, bold) <= width)
                lines.append(line[:count])
                line = line[count:]
        return [*lines, line.rstrip()] if line or not lines else lines

    def _metrics(self, size: Size, bold: bool | None) -> tuple[int, bool]:
        if isinstance(size, int):
            return max(1, size), bool(bold)
        return self.theme.size(size), TYPES[size].bold if bold is None else bold

    def _font(self, face: str, height: int, run: str = "") -> pygame.Font:
        key = (face, height, right_to_left(run), is_arabic(run))
        if key not in self._opened:
            self._opened[key] = font = pygame.Font(face, height)
            if key[2]:
                with contextlib.suppress(pygame.error):  # an SDL without HarfBuzz knows one direction only
                    font.set_direction(pygame.DIRECTION_RTL)
                    font.set_script("Arab" if is_arabic(run) else "Hebr")
        return self._opened[key]

    def _make(self, text: str, size: Size, ink: str, bold: bool | None) -> pygame.Surface:
        height, heavy = self._metrics(size, bold)
        baseline = 1 + self._font(str(FACE), height).get_ascent()
        line = pygame.Surface((self.width(text, size, bold), self.height(size)), pygame.SRCALPHA)
        line.fill((*rgb(ink), 0))
        x = 0
        for face, run in self.faces.runs(clean(text)):
            font = self._font(face, height, run)
            letters = font.render(run, True, ink)
            # A picture begins at the face's ascent, or higher where a letter is higher.
            y = baseline - max(font.get_ascent(), *(metrics[3] for metrics in font.metrics(run) if metrics))
            line.blit(letters, (x, y))
            if heavy:
                self._smear(line, letters, (x, y), height)
            x += letters.get_width()
        return line

    def _smear(self, line: pygame.Surface, letters: pygame.Surface, at: tuple[int, int], height: int) -> None:
        # pygame's own bold makes every letter wider and tears words apart; the same line laid twice does not.
        right = _thicker(height)
        for step in range(1, math.ceil(right) + 1):
            letters.set_alpha(round(255 * min(1.0, right - step + 1)))
            line.blit(letters, (at[0] + step, at[1]))


def _thicker(height: int) -> float:
    """By how many pixels bold letters are thicker."""
    return height / 22
