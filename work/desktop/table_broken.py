"""What lies over a table while the connection is lost: a veil, and a strip that says for how long and what is kept."""

from collections.abc import Callable

import pygame

from communication.away import RULES
from work import clocks
from work.desktop.buttons import Button
from work.desktop.panels import Label, Panel
from work.desktop.ring import Ring
from work.desktop.theme import SIZES
from work.desktop.widgets import Group
from work.language import N_, _
from work.table import Table

NO_CONNECTION = N_("There is no connection to the table right now.")
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
    """A ring with the seconds, whom one looks for, for how long, and what is kept; at the right what one can do."""

    def __init__(self, hurry: Callable[[], object], leave: Callable[[], object]) -> None:
        self.ring = Ring()
        self.title = Label("", "heading", bold=True, wrap=True)
        self.state = Label("", "text", wrap=True)
        self.text = Label("", "text", "text_2", wrap=True)
        self.hurry = Button(_("Try now"), hurry, "main", icon="rematch")
        self.leave = Button(_("Leave"), leave)
        super().__init__(self.ring, self.title, self.state, self.text, self.hurry, self.leave)

    def count(self, seconds: float, tries: bool) -> None:
        """Say for how long it has been, or that it `tries` because somebody wanted it."""
        self.ring.figures = str(int(seconds)) if seconds < 1000 else ""
        now = _("Trying now...") if tries else ""
        self.state.text = now or _("No answer for {time}.").format(time=clocks.length(seconds))
        self.hurry.off = now

    def height(self, width: int) -> int:
        px, wide = self.look.px, self._wide(width)
        words = sum(label.height(wide) for label in self._words) + px(4)
        return max(words, 2 * self.hurry.size()[1] + px(SIZES.gap)) + 2 * px(SIZES.edge)

    def arrange(self) -> None:
        px, wide = self.look.px, self._wide(self.rect.w)
        inside = self.rect.inflate(-2 * px(SIZES.edge), -2 * px(SIZES.edge))
        side = self.ring.size()[0]
        self.ring.rect = pygame.Rect(inside.x, inside.centery - side // 2, side, side)
        heights = [label.height(wide) for label in self._words]
        y = inside.centery - (sum(heights) + px(4)) // 2
        for label, high in zip(self._words, heights, strict=True):
            label.rect = pygame.Rect(inside.x + side + px(SIZES.edge), y, wide, high)
            y += high + (px(4) if label is self.title else 0)
        width, high = self._buttons(), self.hurry.size()[1]
        y = inside.centery - high - px(SIZES.gap) // 2
        self.hurry.rect = pygame.Rect(inside.right - width, y, width, high)
        self.leave.rect = pygame.Rect(inside.right - width, y + high + px(SIZES.gap), width, high)

    @property
    def _words(self) -> tuple[Label, ...]:
        return self.title, self.state, self.text

    def _buttons(self) -> int:
        return max(self.hurry.size()[0], self.leave.size()[0])

    def _wide(self, width: int) -> int:
        """The width that is left for the words."""
        return width - self.ring.size()[0] - self._buttons() - 4 * self.look.px(SIZES.edge)


class Broken(Group):
    """The veil and the strip on it; what lies beneath stays readable, and the pointer still reaches it."""

    def __init__(self, hurry: Callable[[], object], leave: Callable[[], object]) -> None:
        self.strip = Strip(hurry, leave)
        super().__init__(self.strip)
        self.visible = False
        self._stage = self.rect

    @property
    def touchable(self) -> bool:
        return False

    def show(self, table: Table, host: str, lost: bool) -> str:
        """Lie over the table while the connection to its host is `lost`; returns why one can ask for nothing, or ""."""
        root = self.root()
        if self.visible and not lost and root is not None:
            root.forget(self)
        self.visible = lost
        self.strip.title.text = _("Looking for {host}...").format(host=host)
        self.strip.text.text = kept(table)
        return _(NO_CONNECTION) if lost else ""

    def place(self, below: pygame.Rect, stage: pygame.Rect) -> None:
        """Cover what is `below` the bar; the strip stands at the foot of the stage."""
        self.rect, self._stage = below, stage
        self.arrange()

    def arrange(self) -> None:
        px, stage = self.look.px, self._stage
        width = min(px(STRIP), stage.w - px(32))
        height = self.strip.height(width)
        self.strip.rect = pygame.Rect(stage.centerx - width // 2, stage.bottom - height - px(24), width, height)

    def draw(self, surface: pygame.Surface) -> None:
        self.look.paint.veil(surface, self.rect)
        self.draw_children(surface)
