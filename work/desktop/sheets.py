"""Sheets: panels that lie over a screen until one is done with them."""

from collections.abc import Callable

import pygame

from work.desktop.buttons import Button
from work.desktop.lists import ScrollList
from work.desktop.panels import Label, Panel
from work.desktop.textfield import TextField
from work.desktop.theme import SIZES
from work.desktop.widgets import Group, Widget
from work.language import _


class Sheet(Panel):
    """A title, rows under each other, and a button that closes it, as Esc does; `fit` puts it in a screen's middle."""

    def __init__(self, title: str, close: Callable[[], object], *rows: Widget, wide: int = 460) -> None:
        self.title = Label(title, "heading")
        self.rows = rows
        self.wide = wide
        self.shut = Button("", close, "quiet", icon="x", size="small", tip=_("Close (Esc)"))
        super().__init__(self.title, *rows, self.shut)

    def fit(self, within: pygame.Rect) -> None:
        """Take the place in the middle of a screen."""
        px = self.look.px
        width = min(px(self.wide), within.w - px(32))
        height = min(self.height(width), within.h - px(32))
        self.rect = pygame.Rect(0, 0, width, height).move(within.centerx - width // 2, within.centery - height // 2)

    def height(self, width: int) -> int:
        inside, gap = width - 2 * self.look.px(20), self.look.px(SIZES.edge)
        shown = [row for row in self.rows if row.visible]
        return 2 * self.look.px(20) + self._head() + sum(gap + row.height(inside) for row in shown)

    def arrange(self) -> None:
        px = self.look.px
        inside = self.rect.inflate(-2 * px(20), -2 * px(20))
        side = self.shut.size()[0]
        self.title.rect = pygame.Rect(inside.x, inside.y, inside.w - side, self._head())
        self.shut.rect = pygame.Rect(inside.right - side + px(6), inside.y - px(2), side, self._head())
        y = inside.y + self._head()
        missing = self.height(self.rect.w) - self.rect.h  # what a list among the rows gives up
        for row in self.rows:
            if row.visible:
                y += px(SIZES.edge)
                high = row.height(inside.w) - (missing if isinstance(row, ScrollList) else 0)
                row.rect = pygame.Rect(inside.x, y, inside.w, high)
                y += high

    def _head(self) -> int:
        return self.look.theme.high(SIZES.button_small)


class Named(Group):
    """A control with its name before it, or above it where the line is too short for both."""

    def __init__(self, name: str, control: Widget, wide: int = 0) -> None:
        self.name = Label(name, "text")
        self.control = control
        self.wide = wide
        super().__init__(self.name, control)

    def height(self, width: int) -> int:
        high = self.control.size()[1]
        return high if self._fits(width) else high + self.look.theme.line("text") + self.look.px(6)

    def arrange(self) -> None:
        rect, high = self.rect, self.control.size()[1]
        control = min(rect.w, max(self.control.size()[0], self.look.px(self.wide)))
        self.control.rect = pygame.Rect(rect.right - control, rect.bottom - high, control, high)
        if self._fits(rect.w):
            self.name.rect = pygame.Rect(rect.x, rect.y, rect.w - control - self.look.px(12), rect.h)
        else:
            self.control.rect = pygame.Rect(rect.x, rect.bottom - high, rect.w, high)
            self.name.rect = pygame.Rect(rect.x, rect.y, rect.w, self.look.theme.line("text"))

    def _fits(self, width: int) -> bool:
        control = max(self.control.size()[0], self.look.px(self.wide))
        return self.name.size()[0] + self.look.px(24) + control <= width


class Titled(Group):
    """A heading with a control at the end of its line, or under it where there is no room."""

    def __init__(self, title: str, control: Widget) -> None:
        self.title = Label(title, "heading")
        self.control = control
        super().__init__(self.title, control)

    def height(self, width: int) -> int:
        line = self.look.theme.high(40)
        return line if self._fits(width) else line + self.control.height(width)

    def arrange(self) -> None:
        rect, line = self.rect, self.look.theme.high(40)
        width, height = self.control.size()
        self.title.rect = pygame.Rect(rect.x, rect.y, rect.w, line)
        if self._fits(rect.w):
            self.control.rect = pygame.Rect(rect.right - width, rect.y + (line - height) // 2, width, height)
        else:
            self.control.rect = pygame.Rect(rect.x, rect.y + line, rect.w, self.control.height(rect.w))

    def _fits(self, width: int) -> bool:
        needed = self.title.size()[0] + self.look.px(24) + self.control.size()[0]
        return not self.control.visible or needed <= width


class PasswordSheet(Sheet):
    """Asks for the password of a host; `go` is called with it, `wrong` is what the host said to the last one."""

    def __init__(self, host: str, go: Callable[[str], object], close: Callable[[], object], wrong: str = "") -> None:
        self.field = TextField(placeholder=_("password"), secret=True, most=200, on_enter=self._enter)
        self._go = go
        join = Button(_("Join"), lambda: self._enter(self.field.text), "main")
        said = Label(wrong, "caption", "danger")
        said.visible = self.field.wrong = bool(wrong)
        super().__init__(_("{host} asks for a password").format(host=host), close, said, self.field, join, wide=400)

    def _enter(self, password: str) -> None:
        if password:
            self._go(password)
