"""What speaks up: tips beside the pointer, toasts that go by themselves, and notices that wait for an answer."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

import pygame

from work.desktop.theme import SIZES
from work.desktop.widgets import Group, Shown, Widget, place_row
from work.language import spoken

NoticeKind: TypeAlias = Literal["info", "draw", "danger", "turn", "accent"]
MARK, MARK_APART = 28, 22
"""Logical pixels: how large a person's mark is on a notice, and how far apart those of several lie."""


class Tip(Widget):
    """A few words near a widget; the form shows it when the pointer rests."""

    @property
    def touchable(self) -> bool:
        return False

    def __init__(self) -> None:
        super().__init__()
        self.visible = False
        self._lines: list[str] = []

    def show(self, text: str, near: pygame.Rect, within: pygame.Rect, above: bool = False) -> None:
        """Show words under `near`, or `above` it, also where there is no room beneath."""
        fonts, px = self.look.fonts, self.look.px
        lines = fonts.wrap(text, px(280), "caption")
        width = max((fonts.width(line, "caption") for line in lines), default=0) + px(20)
        height = len(lines) * self.look.theme.line("caption") + px(12)
        rect = pygame.Rect(0, 0, width, height)
        rect.midtop = (near.centerx, near.bottom + px(6))
        if above or rect.bottom > within.bottom:
            rect.bottom = near.top - px(6)
        if lines != self._lines or rect != self.rect or not self.visible:
            self._lines = lines
            self.rect = rect.clamp(within)
            self.visible = True

    def draw(self, surface: pygame.Surface) -> None:
        px, theme = self.look.px, self.look.theme
        self.look.paint.panel(surface, self.rect, "bubble", "line_strong", radius=px(SIZES.radius_small), shadow=2)
        for number, line in enumerate(self._lines):
            y = self.rect.y + px(6) + number * theme.line("caption")
            self.look.fonts.draw(surface, line, (self.rect.x + px(10), y), "caption", "on_bubble")

    def outside(self) -> pygame.Rect:
        out = 6 * self.look.px(SIZES.gap)
        return self.rect.inflate(out, out)


class Toast(Tip):
    """One line at the foot of the screen that goes after a moment."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._ink = "", ""
        self._until: float | None = None

    def show(self, text: str, kind: str, within: pygame.Rect) -> None:  # type: ignore[override]
        """Show one line; kinds: info, good, danger."""
        px = self.look.px
        self._lines = [self.look.fonts.cut(spoken(text), within.w - px(120), "text")]
        self._icon, self._ink = {"danger": "warn", "good": "check"}.get(kind, "info"), kind
        rect = pygame.Rect(0, 0, self.look.fonts.width(self._lines[0], "text") + px(62), self.look.theme.high(44))
        rect.midbottom = (within.centerx, within.bottom - px(24))
        self.rect = rect
        self._until = None
        self.visible = True
        self.changed()

    def tick(self, now: float, stays: float = 2.5) -> bool:
        if self.visible:
            if self._until is None:
                self._until = now + stays
            self.visible = now < self._until
        return False

    def draw(self, surface: pygame.Surface) -> None:
        px = self.look.px
        self.look.paint.panel(surface, self.rect, "bubble", self._ink, radius=px(SIZES.radius_panel), shadow=2)
        icon = self.look.paint.icon(self._icon, px(20), self._ink)
        surface.blit(icon, icon.get_rect(midleft=(self.rect.x + px(14), self.rect.centery)))
        at = (self.rect.x + px(44), self.rect.centery)
        self.look.fonts.draw(surface, self._lines[0], at, "text", "on_bubble", anchor="midleft")


class Notice(Group):
    """A panel in one of the speaking colours: icon, what it is about, a second line, and the buttons that answer it.

    `marks` are those of the people it is about, counted from 1; they stand in the icon's place. Where there is room,
    all stands in one row; where there is little, each button has a row of its own. Give it a rectangle of
    `height(width)`.
    """

    title: Shown[str] = Shown()
    text: Shown[str] = Shown()

    def __init__(
        self,
        kind: NoticeKind,
        icon: str,
        title: str,
        text: str = "",
        buttons: Sequence[Widget] = (),
        marks: Sequence[int] = (),
    ) -> None:
        super().__init__(*buttons)
        self.marks = tuple(marks)
        self.kind: NoticeKind = kind
        self.icon = icon
        self.title = title
        self.text = text

    def height(self, width: int) -> int:
        px = self.look.px
        words = len(self._title(width)) * self.look.theme.line("name") + len(self._text(width)) * self.look.theme.line(
            "caption"
        )
        high, gap = max((button.size()[1] for button in self.children), default=0), px(SIZES.gap)
        buttons = (high + gap) * len(self.children) - gap if self._stacked(width) else high
        if self._one_row(width):
            return max(words, buttons, px(26)) + px(24)
        return px(10) + words + (px(10) + buttons if buttons else 0) + px(12)

    def draw(self, surface: pygame.Surface) -> None:
        px, theme, fonts = self.look.px, self.look.theme, self.look.fonts
        self.look.paint.panel(surface, self.rect, self.kind + "_soft", self.kind, width=px(2))
        one_row = self._one_row(self.rect.w)
        title, text = self._title(self.rect.w), self._text(self.rect.w)
        words = len(title) * theme.line("name") + len(text) * theme.line("caption")
        y = self.rect.centery - words // 2 if one_row else self.rect.y + px(10)
        if self.marks:
            self._draw_marks(surface, y + words // 2 if one_row else y + theme.line("name") // 2)
        else:
            icon = self.look.paint.icon(self.icon, px(20), "turn_text" if self.kind == "turn" else self.kind)
            surface.blit(icon, icon.get_rect(midleft=(self.rect.x + px(14), y + theme.line("name") // 2)))
        for lines, style, colour in ((title, "name", "text"), (text, "caption", "text_2")):
            for line in lines:
                high = theme.line(style)  # type: ignore[arg-type]
                at = (self.rect.x + self._left(), y + high // 2)
                fonts.draw(surface, line, at, style, colour, anchor="midleft")  # type: ignore[arg-type]
                y += high
        self.draw_children(surface)

    def _draw_marks(self, surface: pygame.Surface, y: int) -> None:
        px = self.look.px
        for k, number in enumerate(self.marks):
            mark = self.look.paint.seat(number, px(MARK), ring="surface")
            surface.blit(mark, mark.get_rect(midleft=(self.rect.x + px(12 + k * MARK_APART), y)))

    def _left(self) -> int:
        """Where the words begin, from the panel's edge."""
        return self.look.px(12 + MARK + (len(self.marks) - 1) * MARK_APART + 8 if self.marks else 46)

    def _buttons_width(self) -> int:
        gap = self.look.px(SIZES.gap)
        return sum(button.size()[0] + gap for button in self.children)

    def _stacked(self, width: int) -> bool:
        return not self._one_row(width) and self._buttons_width() - self.look.px(SIZES.gap) > width - self.look.px(24)

    def _one_row(self, width: int) -> bool:
        longest = max(self.look.fonts.width(self.title, "name"), self.look.fonts.width(self.text, "caption"))
        return self._left() + self.look.px(12) + longest + self._buttons_width() <= width

    def _title(self, width: int) -> list[str]:
        return self.look.fonts.wrap(self.title, width - self._left() - self.look.px(12), "name")

    def _text(self, width: int) -> list[str]:
        room = width - self._left() - self.look.px(12)
        return self.look.fonts.wrap(self.text, room, "caption") if self.text else []

    def arrange(self) -> None:
        if not self.children:
            return
        px, high = self.look.px, max(button.size()[1] for button in self.children)
        row = pygame.Rect(self.rect.x + px(12), 0, self.rect.w - px(24), high)
        if self._stacked(self.rect.w):
            row.bottom = self.rect.bottom - px(12)
            for button in self.children:
                button.rect = row.copy()
                row.y -= high + px(SIZES.gap)
            return
        row.bottom = self.rect.bottom - px(12)
        if self._one_row(self.rect.w):
            row.centery = self.rect.centery
        place_row(row, *self.children, gap=px(SIZES.gap), align="right")
