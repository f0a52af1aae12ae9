"""What lies over a table while the connection is lost: a veil, and a strip that says for how long and what is kept."""

from collections.abc import Callable

import pygame

from communication.away import RULES
from work.desktop.buttons import Button
from work.desktop.panels import Label, Panel
from work.desktop.theme import SIZES
from work.desktop.widgets import Group
from work.language import _
from work.table import Table

STRIP = 744
"""Logical pixels that the strip is wide at most."""


def clock_runs(table: Table) -> bool:
    """Whether the clock of somebody who is away runs on at this table."""
    return table.about.away is not None and RULES[table.about.away.rule].clock_runs


def kept(table: Table) -> str:
    """What is kept while one is away from this table."""
    if table.seat is None:
        return _("You go on watching when the host answers.")
    if table.about.clock is None or table.about.state != "playing":
        return _("Your seat is kept for you.")
    if clock_runs(table):
        return _("Your seat is kept for you. Your clock runs on.")
    return _("Your seat and your clock are kept.")


class Strip(Panel):
    """For how long one has been away and what is kept, at the left; what one can do about it, at the right."""

    def __init__(self, hurry: Callable[[], object], leave: Callable[[], object]) -> None:
        self.title = Label("", "heading", bold=True, icon="wifi")
        self.text = Label("", "text", "text_2", wrap=True)
        self.hurry = Button(_("Try now"), hurry, "main", icon="rematch")
        self.leave = Button(_("Leave"), leave)
        super().__init__(self.title, self.text, self.hurry, self.leave)

    def height(self, width: int) -> int:
        px = self.look.px
        words = self._line() + px(4) + self.text.height(self._wide(width))
        return max(words, 2 * self.hurry.size()[1] + px(SIZES.gap)) + 2 * px(SIZES.edge)

    def arrange(self) -> None:
        px = self.look.px
        inside = self.rect.inflate(-2 * px(SIZES.edge), -2 * px(SIZES.edge))
        wide = self._wide(self.rect.w)
        text = self.text.height(wide)
        y = inside.centery - (self._line() + px(4) + text) // 2
        self.title.rect = pygame.Rect(inside.x, y, wide, self._line())
        self.text.rect = pygame.Rect(inside.x, y + self._line() + px(4), wide, text)
        width, high = self._buttons(), self.hurry.size()[1]
        y = inside.centery - high - px(SIZES.gap) // 2
        self.hurry.rect = pygame.Rect(inside.right - width, y, width, high)
        self.leave.rect = pygame.Rect(inside.right - width, y + high + px(SIZES.gap), width, high)

    def _line(self) -> int:
        return self.look.theme.line("heading")

    def _buttons(self) -> int:
        return max(self.hurry.size()[0], self.leave.size()[0])

    def _wide(self, width: int) -> int:
        """The width that is left for the words."""
        return width - self._buttons() - 3 * self.look.px(SIZES.edge)


class Broken(Group):
    """The veil and the strip on it; what lies beneath stays readable, and the pointer still reaches it."""

    def __init__(self, hurry: Callable[[], object], leave: Callable[[], object]) -> None:
        self.strip = Strip(hurry, leave)
        super().__init__(self.strip)
        self.visible = False

    @property
    def touchable(self) -> bool:
        return False

    def show(self, table: Table, lost: bool) -> str:
        """Lie over the table while the connection is `lost`; returns why one can ask for nothing then, or ""."""
        root = self.root()
        if self.visible and not lost and root is not None:
            root.forget(self)
        self.visible = lost
        self.strip.text.text = kept(table)
        return _("There is no connection to the table right now.") if lost else ""

    def count(self, seconds: float) -> None:
        """Say for how long it has been."""
        self.strip.title.text = _("Reconnecting... {seconds} s").format(seconds=int(seconds))

    def place(self, below: pygame.Rect, stage: pygame.Rect) -> None:
        """Cover what is `below` the bar; the strip stands at the foot of the stage."""
        px = self.look.px
        self.rect = below
        width = min(px(STRIP), stage.w - px(32))
        height = self.strip.height(width)
        self.strip.rect = pygame.Rect(stage.centerx - width // 2, stage.bottom - height - px(24), width, height)

    def draw(self, surface: pygame.Surface) -> None:
        self.look.paint.veil(surface, self.rect)
        self.draw_children(surface)
