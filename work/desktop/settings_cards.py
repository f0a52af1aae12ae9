"""Choices between looks, each shown as it looks: themes, boards, sizes of text."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pygame

from work.desktop.boards import BOARDS
from work.desktop.choices import Choice, Option
from work.desktop.look import Look
from work.desktop.stage_pieces import stone
from work.desktop.theme import SIZES, TEXT_SIZES, TYPES, Theme, ThemeName
from work.language import _


class ThemeCards(Choice):
    """The themes as small pictures of themselves."""

    def size(self) -> tuple[int, int]:
        return len(self.options) * self.look.px(146) - self.look.px(14), self._high()

    def height(self, width: int) -> int:
        return self._high()

    def parts(self) -> list[pygame.Rect]:
        px, count = self.look.px, len(self.options)
        wide = min(px(132), (self.rect.w - px(14) * (count - 1)) // count)
        return [pygame.Rect(self.rect.x + number * (wide + px(14)), self.rect.y, wide, self._high())
                for number in range(count)]  # fmt: skip

    def draw(self, surface: pygame.Surface) -> None:
        look, px, radius = self.look, self.look.px, self.look.px(SIZES.radius_button)
        for (value, words), part in zip(self.options, self.parts(), strict=True):
            chosen = value == self.value
            edge, width = ("accent", px(3)) if chosen else ("line_strong", look.theme.edge_width)
            surface.blit(look.paint.box(part.size, radius, "surface", edge, width), part)
            picture = pygame.Rect(part.x + px(4), part.y + px(4), part.w - px(8), px(60))
            self._draw_picture(surface, picture, value)
            x, y = part.x + px(12), (picture.bottom + part.bottom) // 2
            if chosen:
                check = look.paint.icon("check", px(16), "accent_text")
                surface.blit(check, check.get_rect(midleft=(x, y)))
                x += px(22)
            room = part.right - px(6) - x
            look.fonts.draw(surface, words, (x, y), "text", anchor="midleft", bold=chosen, width=room)
            if chosen:
                self.draw_ring(surface, radius, part)

    def _draw_picture(self, surface: pygame.Surface, place: pygame.Rect, value: str) -> None:
        """A board with stones and three lines, in the colours of that theme; the system's is half and half."""
        names: tuple[ThemeName, ...] = (
            ("light", "dark") if value == "system" else ("dark" if value == "dark" else "light",)
        )
        clip, unit = surface.get_clip(), place.h / 60

        def px(length: float) -> int:
            return max(1, round(length * unit))

        for number, name in enumerate(names):
            colours = Theme(name, high_contrast=self.look.theme.high_contrast).colours
            edge = colours.line if self.look.theme.high_contrast else ""
            half = pygame.Rect(place.x + place.w * number // len(names), place.y, -(-place.w // len(names)), place.h)
            surface.set_clip(clip.clip(half))
            surface.blit(self.look.paint.box(place.size, px(6), colours.cloth), place)
            board = pygame.Rect(place.x + px(7), place.y + px(7), px(46), px(46))
            surface.blit(self.look.paint.box(board.size, px(4), colours.board), board)
            for side, x, y in (("black", 15, 16), ("white", 30, 22), ("black", 20, 33)):
                piece = stone(self.look, side, px(15), colours.stone_edge)
                surface.blit(piece, piece.get_rect(center=(board.x + px(x), board.y + px(y))))
            for row, ink in enumerate((colours.surface, colours.turn, colours.accent)):
                rest = max(1, place.right - board.right - px(16))
                bar = pygame.Rect(board.right + px(8), place.y + px(11 + 14 * row), rest, px(9))
                surface.blit(self.look.paint.box(bar.size, px(3), ink, edge), bar)
        surface.set_clip(clip)

    def _high(self) -> int:
        return self.look.px(64) + self.look.theme.high(38)


class BoardChoice(Choice):
    """What a board is made of, as small pieces of it."""

    def __init__(self, value: str, change: Callable[[Any], object]) -> None:
        super().__init__([(name, _(words)) for name, words in BOARDS.items()], value, change)
        self._pieces: tuple[Look, list[pygame.Surface]] | None = None

    def size(self) -> tuple[int, int]:
        return len(self.options) * self.look.px(55) - self.look.px(3), self.look.px(52)

    def parts(self) -> list[pygame.Rect]:
        px = self.look.px
        return [
            pygame.Rect(self.rect.x + number * px(55), self.rect.y, px(52), px(52))
            for number in range(len(self.options))
        ]

    def draw(self, surface: pygame.Surface) -> None:
        look, px = self.look, self.look.px
        if self._pieces is None or self._pieces[0] is not look:
            self._pieces = look, [self._piece(name) for name in BOARDS]
        for (value, _words), part, piece in zip(self.options, self.parts(), self._pieces[1], strict=True):
            surface.blit(piece, piece.get_rect(center=part.center))
            if value == self.value:
                surface.blit(look.paint.box(part.size, px(SIZES.radius_button + 3), "", "accent", px(3)), part)
                self.draw_ring(surface, px(SIZES.radius_button + 3), part)

    def _piece(self, board: Any) -> pygame.Surface:
        """A piece of a board with its edge, in the theme that is shown."""
        look, side = self.look, self.look.px(42)
        paint = Look(replace(look.theme, board=board)).paint
        out = paint.masked(paint.wood((side, side)), look.px(8))
        out.blit(look.paint.box((side, side), look.px(8), "", "line_strong"), (0, 0))
        return out


class TextSizeChoice(Choice):
    """How large the text is, as the same two letters in each size."""

    def __init__(self, options: Sequence[Option], value: str, change: Callable[[Any], object]) -> None:
        super().__init__(options, value, change)

    def size(self) -> tuple[int, int]:
        return self.look.px(148), self.look.theme.high(44)

    def _draw_words(
        self, surface: pygame.Surface, part: pygame.Rect, value: Any, words: str, ink: str, bold: bool
    ) -> None:
        high = self.look.px(TYPES["text"].size * TEXT_SIZES[value] ** 2)
        letters = self.look.fonts.render("Aa", high, ink, bold)
        surface.blit(letters, letters.get_rect(center=part.center))
