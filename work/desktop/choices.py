"""One of several, and how many: segments, pills, and a number between minus and plus."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import pygame

from work.desktop.theme import SIZES, Style
from work.desktop.widgets import Shown, Widget, is_click, key_is
from work.language import _

Option: TypeAlias = tuple[Any, str]
"""A value and its words, as in a game's scene."""


class Choice(Widget):
    """One of several options: joined segments (also used as tabs) or separate pills. Arrow keys go to the next.

    `icons`, `marks` (of seats, from 1) and `badges` are by value; a badge is a short count on amber, such as unread
    lines. Where it is `tight`, pills that would need a second row show their marks alone. `change` is called with the
    value that the player chose.
    """

    focusable = True
    cursor = pygame.SYSTEM_CURSOR_HAND
    options: Shown[tuple[Option, ...]] = Shown()
    value: Shown[Any] = Shown()
    badges: Shown[dict[Any, str]] = Shown()

    def __init__(
        self,
        options: Sequence[Option],
        value: Any,
        change: Callable[[Any], object] | None = None,
        *,
        style: Literal["segments", "pills"] = "segments",
        icons: Mapping[Any, str] | None = None,
        marks: Mapping[Any, int] | None = None,
        badges: Mapping[Any, str] | None = None,
        tip: str = "",
    ) -> None:
        super().__init__(tip)
        self.options = tuple(options)
        self.value = value
        self.change = change
        self.style = style
        self.icons = dict(icons or {})
        self.marks = dict(marks or {})
        self.tight = False
        self.badges = dict(badges or {})

    def size(self) -> tuple[int, int]:
        px = self.look.px
        gap = px(SIZES.gap) * (len(self.options) - 1) if self.style == "pills" else 0
        return sum(self._widths()) + gap, self.look.theme.high(30 if self.style == "pills" else 34)

    def hint(self) -> str:
        words = (words for value, words in self.options if value in self.marks)
        return _(", ").join(words) if self._marks_only(self.rect.w) else self.tip

    def choose(self, value: Any) -> None:
        """Choose a value as the player does."""
        if value != self.value:
            self.value = value
            if self.change:
                self.change(value)

    def event(self, event: pygame.event.Event) -> bool:
        if is_click(event):
            for (value, _words), part in zip(self.options, self.parts(), strict=True):
                if part.collidepoint(event.pos):
                    self.choose(value)
            return True
        values = [value for value, _words in self.options]
        here = values.index(self.value) if self.value in values else 0
        if key_is(event, pygame.K_LEFT, pygame.K_RIGHT) and values:
            step = 1 if event.key == pygame.K_RIGHT else -1
            self.choose(values[max(0, min(len(values) - 1, here + step))])
            return True
        return False

    def parts(self) -> list[pygame.Rect]:
        """The rectangle of each option; segments fill the whole width, pills wrap into rows.

        Segments are as wide as each other where all words fit so, else each has what its words need.
        """
        rect, px = self.rect, self.look.px
        if self.style == "segments":
            widths, count = self._widths(), len(self.options)
            if count and max(widths) * count > rect.w:
                spare = rect.w - sum(widths)
                edges = [rect.x + sum(widths[:i]) + spare * i // count for i in range(count + 1)]
            else:
                edges = [rect.x + rect.w * i // count for i in range(count + 1)]
            return [pygame.Rect(a, rect.y, b - a, rect.h) for a, b in itertools.pairwise(edges)]
        x, y, high, parts = rect.x, rect.y, self.look.theme.high(30), []
        for width in self._widths(rect.w):
            if x > rect.x and x + width > rect.right:
                x, y = rect.x, y + high + px(SIZES.gap)
            parts.append(pygame.Rect(x, y, width, high))
            x += width + px(SIZES.gap)
        return parts

    def height(self, width: int) -> int:
        if self.style == "segments":
            return self.size()[1]
        rows, x, gap = 1, 0, self.look.px(SIZES.gap)
        for wide in self._widths(width):
            if x and x + wide > width:
                rows, x = rows + 1, 0
            x += wide + gap
        return rows * self.look.theme.high(30) + (rows - 1) * gap

    def draw(self, surface: pygame.Surface) -> None:
        look = self.look
        segments = self.style == "segments"
        radius = look.px(SIZES.radius_button)
        if segments:
            surface.blit(look.paint.box(self.rect.size, radius, "surface", "line_strong"), self.rect)
        for (value, words), part in zip(self.options, self.parts(), strict=True):
            chosen = value == self.value
            if segments:
                self._draw_segment(surface, part, radius, chosen)
                ink = "on_accent" if chosen else "text_2"
            else:
                fill, ink = ("accent_soft", "accent_text") if chosen else ("surface", "text_2")
                edge = "accent" if chosen else "line"
                surface.blit(look.paint.box(part.size, part.h // 2, fill, edge), part)
            self._draw_words(surface, part, value, words, ink, chosen and segments)
            if chosen and not segments:
                self.draw_ring(surface, part.h // 2, part)
        if segments:
            self.draw_ring(surface, radius)

    def _draw_segment(self, surface: pygame.Surface, part: pygame.Rect, radius: int, chosen: bool) -> None:
        if chosen:
            clip = surface.get_clip()
            surface.set_clip(clip.clip(part))
            surface.blit(self.look.paint.box(self.rect.size, radius, "accent", "accent"), self.rect)
            surface.set_clip(clip)
        elif part.x > self.rect.x:
            line = self.look.theme.colours.line_strong
            pygame.draw.line(surface, line, (part.x, part.y), (part.x, part.bottom - 1))

    def _draw_words(
        self, surface: pygame.Surface, part: pygame.Rect, value: Any, words: str, ink: str, bold: bool
    ) -> None:
        look, px = self.look, self.look.px
        style: Style = "text" if self.style == "segments" else "caption"
        pictures = [look.paint.icon(self.icons[value], px(16), ink)] if value in self.icons else []
        if value in self.marks:
            pictures.append(look.paint.seat(self.marks[value], px(18 if self.style == "segments" else 14)))
        gap = px(6 if self.marks else 8)
        room = part.w - px(16) - sum(picture.get_width() + gap for picture in pictures)
        badge = self._badge(value)
        if badge:
            room -= badge.get_width() + gap
        if value not in self.marks or not self._marks_only(self.rect.w):
            pictures.append(look.fonts.render(look.fonts.cut(words, room, style, bold), style, ink, bold))
        if badge:
            pictures.append(badge)
        x = part.centerx - (sum(picture.get_width() for picture in pictures) + gap * (len(pictures) - 1)) // 2
        for picture in pictures:
            surface.blit(picture, picture.get_rect(midleft=(x, part.centery)))
            x += picture.get_width() + gap

    def _badge(self, value: Any) -> pygame.Surface | None:
        words = self.badges.get(value, "")
        if not words:
            return None
        look, high = self.look, self.look.theme.high(18)
        width = max(high, look.fonts.width(words, "key") + look.px(10))
        badge = look.paint.box((width, high), high // 2, "turn").copy()
        look.fonts.draw(badge, words, badge.get_rect().center, "key", "on_turn", anchor="center")
        return badge

    def _widths(self, width: int | None = None) -> list[int]:
        """How wide each option wants to be; or where all have this width, as wide as it will be there."""
        look, px = self.look, self.look.px
        style: Style = "text" if self.style == "segments" else "caption"
        marks_only = width is not None and self._marks_only(width)
        return [
            (0 if value in self.marks and marks_only else look.fonts.width(words, style))
            + px(20 if self.marks else 28)
            + (px(24) if value in self.icons else 0)
            + (px(14 if marks_only else 20 if self.style == "pills" else 24) if value in self.marks else 0)
            + (px(30) if self.badges.get(value) else 0)
            for value, words in self.options
        ]

    def _marks_only(self, width: int) -> bool:
        return self.tight and bool(self.marks) and self.style == "pills" and self.size()[0] > width


class Number(Widget):
    """A number between minus and plus; arrow keys, the wheel and both buttons change it between `low` and `high`."""

    focusable = True
    value: Shown[int] = Shown()
    low: Shown[int] = Shown()
    high: Shown[int] = Shown()

    def __init__(
        self, value: int, low: int, high: int, change: Callable[[int], object] | None = None, *, tip: str = ""
    ) -> None:
        super().__init__(tip)
        self.value, self.low, self.high = value, low, high
        self.change = change

    def size(self) -> tuple[int, int]:
        high = self.look.theme.high(SIZES.button)
        widest = max(self.look.fonts.width(str(value), "heading") for value in (self.low, self.high))
        return 2 * high + widest + self.look.px(32), high

    def set(self, value: int) -> None:
        """Set the number as the player does, within its bounds."""
        value = max(self.low, min(self.high, value))
        if value != self.value:
            self.value = value
            if self.change:
                self.change(value)

    def event(self, event: pygame.event.Event) -> bool:
        if is_click(event):
            minus, plus = self.parts()
            if minus.collidepoint(event.pos):
                self.set(self.value - 1)
            elif plus.collidepoint(event.pos):
                self.set(self.value + 1)
            return True
        if event.type == pygame.MOUSEWHEEL and self.focused:
            self.set(self.value + event.y)
            return True
        keys = {
            pygame.K_LEFT: self.value - 1,
            pygame.K_DOWN: self.value - 1,
            pygame.K_RIGHT: self.value + 1,
            pygame.K_UP: self.value + 1,
            pygame.K_HOME: self.low,
            pygame.K_END: self.high,
        }
        if event.type == pygame.KEYDOWN and event.key in keys:
            self.set(keys[event.key])
            return True
        return False

    def parts(self) -> tuple[pygame.Rect, pygame.Rect]:
        """The rectangles of minus and plus."""
        rect = self.rect
        return pygame.Rect(rect.x, rect.y, rect.h, rect.h), pygame.Rect(rect.right - rect.h, rect.y, rect.h, rect.h)

    def draw(self, surface: pygame.Surface) -> None:
        look = self.look
        radius = look.px(SIZES.radius_button)
        for part, name, can in zip(
            self.parts(), ("minus", "plus"), (self.value > self.low, self.value < self.high), strict=True
        ):
            fill, ink, edge = ("surface", "text", "line_strong") if can else ("surface_2", "text_off", "line")
            surface.blit(look.paint.box(part.size, radius, fill, edge), part)
            icon = look.paint.icon(name, look.px(SIZES.icon), ink)
            surface.blit(icon, icon.get_rect(center=part.center))
        look.fonts.draw(surface, str(self.value), self.rect.center, "heading", anchor="center")
        self.draw_ring(surface, radius)
