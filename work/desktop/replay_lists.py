"""The lists beside a replay: its moments, and every step, each of which one can go to with a click."""

from collections.abc import Callable, Sequence

import pygame

from work.desktop.buttons import Pressable
from work.desktop.lists import ScrollList
from work.desktop.panels import Label, Panel
from work.desktop.replay_timeline import SIGNS, draw_sign
from work.desktop.widgets import Shown, Widget, is_click
from work.language import _
from work.replay import Moment, Replay
from work.table import Line

Go = Callable[[int], object]


class MomentRow(Pressable):
    """A moment: its sign, its number, and what happened."""

    def __init__(self, moment: Moment, go: Go) -> None:
        super().__init__(lambda: go(moment.n), tip=_(SIGNS[moment.kind][2]))
        self.moment = moment

    def height(self, width: int) -> int:
        return self.look.theme.high(32)

    def draw(self, surface: pygame.Surface) -> None:
        look, px, rect = self.look, self.look.px, self.rect
        if self.hovered or self.down:
            surface.blit(look.paint.box(rect.size, px(6), "surface_2"), rect)
        form, ink, _words = SIGNS[self.moment.kind]
        draw_sign(surface, form, (rect.x + px(10), rect.centery), px(6), look.theme.colour(ink))
        at = rect.x + px(50)
        look.fonts.draw(surface, str(self.moment.n), (at, rect.centery), "list", "text_2", anchor="midright")
        words, left = self.moment.said, at + px(10)
        look.fonts.draw(surface, words, (left, rect.centery), "list", anchor="midleft", width=rect.right - left)
        self.draw_ring(surface, px(6))


class StepCells(Widget):
    """A line of the list: a step for each of its seats, the one shown is marked, behind a number.

    `last` is the highest number; 0 is none.
    """

    cursor = pygame.SYSTEM_CURSOR_HAND
    shown: Shown[int] = Shown()

    def __init__(self, number: int, last: int, steps: Sequence[Line], go: Go, seat: bool) -> None:
        super().__init__()
        self.number, self.last, self.steps, self.shown, self.seat = number, last, tuple(steps), -1, seat
        self._go = go

    def show(self, n: int) -> None:
        """Mark the step that is shown, if it is here."""
        self.shown = n if any(line.n == n for line in self.steps) else -1

    def height(self, width: int) -> int:
        return self.look.theme.line("list") + self.look.px(2)

    def hint(self) -> str:
        return " · ".join(line.said for line in self.steps)

    def event(self, event: pygame.event.Event) -> bool:
        if is_click(event):
            cells = list(zip(self.steps, self._cells(), strict=True))
            self._go(next((line.n for line, cell in cells if cell.collidepoint(event.pos)), self.steps[0].n))
            return True
        return False

    def draw(self, surface: pygame.Surface) -> None:
        look, px, rect = self.look, self.look.px, self.rect
        number = (self._left() - px(8), rect.centery)
        look.fonts.draw(surface, str(self.number or ""), number, "list", "text_2", anchor="midright")
        for line, cell in zip(self.steps, self._cells(), strict=True):
            current = line.n == self.shown
            if current:
                surface.blit(look.paint.box(cell.size, px(6), "accent_soft"), cell)
            x = cell.x + px(8)
            if self.seat and line.seat is not None:
                mark = look.paint.seat(line.seat + 1, px(16))
                surface.blit(mark, mark.get_rect(midleft=(x, cell.centery)))
                x += px(22)
            ink = "accent_text" if current else "text_2" if line.seat is None else "text"
            room = cell.right - px(4) - x
            look.fonts.draw(surface, line.said, (x, cell.centery), "list", ink, anchor="midleft", width=room)

    def _cells(self) -> list[pygame.Rect]:
        px, rect = self.look.px, self.rect
        left = self._left()
        wide = (rect.right - left) // max(1, 1 if self.seat else 2)
        return [pygame.Rect(left + k * wide, rect.y, wide - px(4), rect.h) for k in range(len(self.steps))]

    def _left(self) -> int:
        """Where the steps begin, beside the numbers."""
        return self.rect.x + max(self.look.px(24), self.look.fonts.width(str(self.last), "list")) + self.look.px(8)


class Titled(Panel):
    """A panel with a small heading and a list."""

    def __init__(self, title: str, icon: str, rows: Sequence[Widget], empty: str, tip: str) -> None:
        self.title = Label(title, "caption", "text_2", icon=icon, tip=tip)
        self.list = ScrollList(*rows)
        self.empty = Label(empty, "caption", "text_2", wrap=True)
        self.empty.visible = not rows
        super().__init__(self.title, self.list, self.empty)

    def height(self, width: int) -> int:
        """How high it would be with all its rows in sight."""
        inside = width - self.look.px(24)
        return self._head() + self.look.px(20) + max(self.list.height(inside), self.look.theme.line("caption"))

    def arrange(self) -> None:
        px, head = self.look.px, self._head()
        inside = self.rect.inflate(-px(24), -px(16))
        self.title.rect = pygame.Rect(inside.x, inside.y, inside.w, head)
        high = head if self.title.visible else 0
        self.list.rect = pygame.Rect(inside.x, inside.y + high, inside.w, inside.h - high)
        self.empty.rect = pygame.Rect(inside.x, inside.y + high, inside.w, self.empty.height(inside.w))

    def _head(self) -> int:
        return self.look.theme.line("caption") + self.look.px(6)


def moments(replay: Replay, go: Go) -> Titled:
    """The moments of a match."""
    rows = [MomentRow(moment, go) for moment in replay.moments]
    tip = _("The arrow keys up and down go from moment to moment")
    return Titled(_("Moments"), "star", rows, _("Nothing stands out."), tip)


class Steps(Titled):
    """Every step, in two columns where two take turns."""

    def __init__(self, replay: Replay, go: Go) -> None:
        lines = replay.lines
        own = [line for line in lines if line.seat is not None]
        turns = replay.about.seats == 2 and all(line.seat == k % 2 for k, line in enumerate(own))
        if turns and len(lines) - len(own) <= 1:  # but for the end, perhaps
            rounds = (len(own) + 1) // 2
            rows = [StepCells(k + 1, rounds, own[2 * k : 2 * k + 2], go, seat=False) for k in range(rounds)]
            rows += [StepCells(0, rounds, (line,), go, seat=True) for line in lines if line.seat is None]
        else:
            rows = [StepCells(line.n, replay.last, (line,), go, seat=True) for line in lines]
        tip = _("The arrow keys left and right go from step to step")
        super().__init__(_("Steps"), "list", rows, _("No step was made."), tip)
        self.rows = rows

    def show(self, n: int) -> None:
        """Mark a step, and bring it into sight."""
        for row in self.rows:
            row.show(n)
            if row.shown == n:
                self.list.reveal_child(row)
        if not n:
            self.list.scroll_to(0)
