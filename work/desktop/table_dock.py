"""What stands beside a table: the seats, and the steps in words."""

from collections.abc import Sequence

import pygame

from games.scene import Item
from work import clocks
from work.desktop.lists import ScrollList
from work.desktop.panels import Label, Panel, Said, Telling, Words
from work.desktop.stage_items import Painter
from work.desktop.stage_pieces import stone
from work.desktop.table_words import SeatFacts
from work.desktop.theme import SIZES, Style
from work.desktop.widgets import Shown
from work.language import _, called, spoken
from work.table import Line, Table, in_short

SMALLEST = 10
"""Logical pixels of a captured piece below which it cannot be told from others."""
ROOMY = 200
"""Logical pixels of a plate from which on it has room for a name and a clock side by side."""


class SeatRow(Telling):
    """A seat: its mark, who sits there, what it plays, and what it does; amber while it is its turn.

    A `plate` is the smaller form that lies on the stage of a table for many.
    """

    facts: Shown[SeatFacts] = Shown()
    beside: Shown[tuple[Item, ...]] = Shown()
    time: Shown[str] = Shown()
    used: Shown[str] = Shown()
    low: Shown[bool] = Shown()

    def __init__(self, facts: SeatFacts, plate: bool = False) -> None:
        super().__init__()
        self.facts = facts
        self.beside = ()
        self._painter: Painter | None = None
        self.time, self.used, self.low = "", "", False
        self.plate = plate

    def show_time(self, left: float | None) -> None:
        """Show the seconds that are left, red with tenths where they are few; None: there is no clock."""
        self.time = "" if left is None else clocks.face(left)
        self.low = left is not None and left < clocks.LOW

    def show_used(self, time: str) -> None:
        """Show the time that the seat has used, in words, where there was no clock."""
        self.time, self.used, self.low = time, _("used"), False

    def size(self) -> tuple[int, int]:
        px, high = self.look.px, self.look.theme.high
        return (px(240), high(60)) if self.plate else (px(SIZES.dock), high(SIZES.seat_row))

    def hint(self) -> str:
        facts = self.facts
        used = _("{time} used, breaks included").format(time=self.time) if self.used else ""
        return ", ".join(filter(None, (facts.name, spoken(facts.side), facts.status, used)))

    @property
    def touchable(self) -> bool:
        return True

    def draw(self, surface: pygame.Surface) -> None:
        look, facts, rect = self.look, self.facts, self.rect
        px, paint, fonts = look.px, look.paint, look.fonts
        fill, line = ("turn_soft", "turn") if facts.turn else ("surface", "line")
        paint.panel(surface, rect, fill, line, width=px(2) if facts.turn else None)
        if self.plate and rect.w < px(ROOMY):
            self._draw_small(surface)
            return
        mark = paint.seat(facts.seat + 1, min(rect.h - px(10), px(40)), off=facts.away or facts.free)
        edge = px(12 if rect.h > px(40) else 8)
        place = mark.get_rect(midleft=(rect.x + edge, rect.centery))
        surface.blit(mark, place)
        x, right = place.right + edge, rect.right - edge
        right = self._used(surface, right) if self.used else self._clock(surface, right)
        if facts.winner and not (self.time and rect.h < look.theme.high(60)):  # a small row has no room for both
            crown = paint.icon("crown", px(22), "turn_text")
            surface.blit(crown, crown.get_rect(midright=(right, rect.centery)))
            right -= px(22 + 8)
        one_line = not (facts.status or self.beside) or rect.h < look.theme.high(SIZES.seat_row_small)
        y = rect.centery if one_line else rect.centery - px(10)
        words = 0 if one_line else min(fonts.width(facts.status, "caption") + px(8), (right - x) // 2)
        room = right - x - max(words, px(60))
        left = self._beside(surface, right, y if one_line else rect.centery + px(12), room)
        right = left if one_line else right
        colour = "text_2" if facts.away or facts.free else "text"
        tail = self._tail(surface, x, right, y)
        style: Style = "name" if rect.w >= px(150) else "list"
        fonts.draw(surface, facts.name, (x, y), style, colour, anchor="midleft", width=right - x - tail)
        if not one_line:
            ink = "turn_text" if facts.turn else "text_2"
            fonts.draw(
                surface, facts.status, (x, rect.centery + px(12)), "caption", ink, anchor="midleft", width=left - x
            )

    def _draw_small(self, surface: pygame.Surface) -> None:
        """Draw what a small plate has room for: the name, the time after it or beneath it, and what the seat is.

        Where there is no room for two lines, the name and the time.
        """
        look, facts, rect = self.look, self.facts, self.rect
        px, fonts, off = look.px, look.fonts, facts.away or facts.free
        edge = px(6)
        mark = look.paint.seat(facts.seat + 1, min(rect.h - px(10), px(26)), off=off)
        surface.blit(mark, mark.get_rect(midleft=(rect.x + edge, rect.centery)))
        x, right = rect.x + mark.get_width() + 2 * edge, rect.right - edge
        style: Style = "list" if rect.h >= look.theme.line("list") + look.theme.line("caption") else "caption"
        ink = "turn_text" if facts.turn else "text_2"
        two_lines = rect.h >= 1.5 * look.theme.line("caption")
        lower = [(facts.status, ink)] if facts.status and two_lines else []
        time_ink, end = "danger" if self.low else ink, right
        if (
            two_lines
            and self.time
            and fonts.width(facts.name, style) + edge + fonts.width(self.time, "caption") > right - x
        ):
            lower.insert(0, (self.time, time_ink))
        upper = rect.centery - (rect.h * 23 // 100 if lower else 0)
        if self.time and (self.time, time_ink) not in lower:
            end = fonts.draw(surface, self.time, (right, upper), "caption", time_ink, anchor="midright").x - edge
        name_ink = "text_2" if off else "text"
        fonts.draw(surface, facts.name, (x, upper), style, name_ink, anchor="midleft", width=end - x)
        for words, colour in lower:
            at = (x, rect.centery + rect.h * 23 // 100)
            x = fonts.draw(surface, words, at, "caption", colour, anchor="midleft", width=right - x).right + edge

    def _beside(self, surface: pygame.Surface, right: int, y: int, room: int) -> int:
        """Draw what goes with the player, such as captured pieces, on a strip of the board. Returns its left.

        The strip takes no more than the room that there is: it gets smaller, and goes where nobody could read it.
        """
        if not self.beside:
            return right
        px, unit = self.look.px, self.look.px(20 if self.rect.h > self.look.px(52) else 18)
        units = max(item.at[0] + max(item.size[0], item.high) / 2 for item in self.beside)
        unit = min(unit, int((room - px(8)) / units))
        if unit < px(SMALLEST):
            return right
        wide = units * unit
        strip = pygame.Rect(0, 0, round(wide) + px(8), unit + px(4))
        strip.midright = (right, y)
        if self._painter is None or (self._painter.look, self._painter.unit) != (self.look, unit):
            self._painter = Painter(self.look, unit, "wood")
        surface.blit(self.look.paint.box(strip.size, px(5), "square_light"), strip)
        for item in self.beside:
            picture = self._painter.picture(item)
            middle = (strip.x + px(4) + item.at[0] * unit, strip.y + px(2) + item.at[1] * unit)
            surface.blit(picture, picture.get_rect(center=middle))
        return strip.x - px(8)

    def _clock(self, surface: pygame.Surface, right: int) -> int:
        """Draw the clock: plain for who waits, amber for who is in turn, red under ten seconds. Returns its left."""
        if not self.time:
            return right
        look, px, rect = self.look, self.look.px, self.rect
        style: Style = "clock" if rect.h >= look.theme.high(60) and not self.plate else "clock_small"
        words = look.fonts.width(self.time, style)
        box = pygame.Rect(0, 0, words + px(20), min(look.theme.line(style) + px(8), rect.h - px(8)))
        box.midright = (right, rect.centery)
        fill, ink = ("danger", "on_danger") if self.low else ("turn", "on_turn") if self.facts.turn else ("", "text_2")
        if fill:
            surface.blit(look.paint.box(box.size, px(8), fill), box)
        look.fonts.draw(surface, self.time, box.center, style, ink, anchor="center")
        return box.x - px(8)

    def _used(self, surface: pygame.Surface, right: int) -> int:
        """Draw the time that was used, with that word beneath it. Returns its left."""
        look, px, y = self.look, self.look.px, self.rect.centery
        style: Style = "clock_small" if self.rect.h >= look.theme.high(60) and not self.plate else "list"
        time = look.fonts.draw(surface, self.time, (right, y - px(10)), style, "text_2", anchor="midright")
        word = look.fonts.draw(surface, self.used, (right, y + px(12)), "caption", "text_2", anchor="midright")
        return min(time.x, word.x) - px(8)

    def _tail(self, surface: pygame.Surface, x: int, right: int, y: int) -> int:
        """Draw what follows the name: "you", a bot's sign, the stone played with. Returns the room that it takes."""
        look, facts = self.look, self.facts
        px, fonts = look.px, look.fonts
        parts: list[pygame.Surface] = []
        if facts.you:
            parts.append(fonts.render(_("you"), "caption", "text_2"))
        if facts.bot and self.rect.w >= px(150):
            parts.append(look.paint.icon("bot", px(16), "text_2"))
        if facts.stones:
            parts.append(stone(look, facts.side, px(22), look.theme.colours.stone_edge))
        elif facts.side:
            parts.append(fonts.render(spoken(facts.side), "caption", "text_2"))
        while parts and fonts.width(facts.name, "name") + _wide(parts, px(8)) > right - x:
            parts.pop(0)  # the name is more than what follows it
        room = _wide(parts, px(8))
        at = x + min(fonts.width(facts.name, "name"), max(0, right - x - room)) + px(8)
        for part in parts:
            surface.blit(part, part.get_rect(midleft=(at, y)))
            at += part.get_width() + px(8)
        return room


def _wide(parts: Sequence[pygame.Surface], gap: int) -> int:
    return sum(part.get_width() + gap for part in parts)


class StepRow(Telling):
    """One line of the list of steps of a game for two: number, first seat's step, second seat's step."""

    def __init__(self, number: int, steps: Sequence[Line], last: bool) -> None:
        super().__init__()
        self.number, self.steps, self.last = number, tuple(steps), last

    def height(self, width: int) -> int:
        return self.look.theme.line("list")

    def draw(self, surface: pygame.Surface) -> None:
        look, rect = self.look, self.rect
        px, fonts = look.px, look.fonts
        fonts.draw(surface, str(self.number), (rect.x + px(18), rect.centery), "list", "text_2", anchor="midright")
        column = (rect.w - px(26)) // 2
        for k, line in enumerate(self.steps):
            x = rect.x + px(26) + k * column
            current = self.last and k == len(self.steps) - 1
            if current:
                box = look.paint.box((column - px(4), rect.h - px(2)), px(6), "accent_soft")
                surface.blit(box, (x, rect.y + px(1)))
            ink = "accent_text" if current else "text"
            at = (x + px(8), rect.centery)
            fonts.draw(surface, line.said, at, "list", ink, anchor="midleft", width=column - px(10))


class Steps(Panel):
    """All steps in words, the last one in sight."""

    def __init__(self) -> None:
        self.title = Label(_("Steps"), "caption", "text_2", icon="list")
        self.list = ScrollList(at_end=True)
        self.empty = Label(_("The first step is still to come."), "caption", "text_2", wrap=True)
        self._shown: tuple[int, ...] = ()
        super().__init__(self.title, self.list, self.empty)

    def show(self, table: Table) -> None:
        """Take over the table's lines."""
        state = (table.round, table.n, len(table.lines), len(table.about.people))
        if state == self._shown:
            return
        self._shown = state
        lines, steps = table.lines, [line for line in table.lines if line.seat is not None]
        self.list.clear()
        self.empty.visible = not lines
        if len(table.about.people) == 2 and all(line.seat == k % 2 for k, line in enumerate(steps)):
            pairs = range(0, len(steps), 2)
            self.list.add(*(StepRow(k // 2 + 1, steps[k : k + 2], k + 2 >= len(steps)) for k in pairs))
            lines = [line for line in lines if line.seat is None]
        self.list.add(*(step_told(table, line) for line in in_short(lines)))

    def arrange(self) -> None:
        px, inside = self.look.px, self.rect.inflate(-self.look.px(24), -self.look.px(16))
        high = self.look.theme.line("caption") + px(4) if self.title.visible else 0
        self.title.rect = pygame.Rect(inside.x, inside.y, inside.w, high)
        body = pygame.Rect(inside.x, inside.y + high + px(2), inside.w, max(0, inside.h - high - px(2)))
        self.list.rect = body
        self.empty.rect = pygame.Rect(body.x, body.y, body.w, self.empty.height(body.w))


def step_told(table: Table, line: Line) -> Said:
    """A step as a sentence: who, and what."""
    if line.seat is None:
        return Said((Words(line.said, colour="text_2"),))
    return Said((Words(called(table.player(line.seat)), bold=True), Words(line.said)), seat=line.seat + 1)
