"""What holds and what tells: panels, labels, lines with a seat's mark, chips and pills."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pygame

from work.desktop.theme import SIZES, Style
from work.desktop.widgets import RING, Group, Shown, Widget

Align: TypeAlias = Literal["left", "center", "right"]


class Telling(Widget):
    """A widget that only tells something: the pointer passes through it unless it has a tip."""

    @property
    def touchable(self) -> bool:
        return bool(self.tip)


class Panel(Group):
    """A rounded ground with a shadow that holds other widgets; at the window's edge a bar, without both."""

    fill: Shown[str] = Shown()
    edge: Shown[str] = Shown()

    def __init__(self, *children: Widget, fill: str = "surface", edge: str = "line", bar: bool = False) -> None:
        super().__init__(*children)
        self.fill, self.edge, self.bar = fill, edge, bar

    def draw(self, surface: pygame.Surface) -> None:
        theme = self.look.theme
        if self.bar:
            surface.fill(theme.colour(self.fill), self.rect)
            line = (self.rect.x, self.rect.bottom - theme.edge_width, self.rect.w, theme.edge_width)
            surface.fill(theme.colour(self.edge), line)
        else:
            strong = theme.px(2) if self.edge not in ("line", "line_strong") else None
            self.look.paint.panel(surface, self.rect, self.fill, self.edge, width=strong)
        self.draw_children(surface)


class Label(Telling):
    """Words in one style: one line that is cut with "..." (whole on hover), or wrapped lines."""

    text: Shown[str] = Shown()
    colour: Shown[str] = Shown()

    def __init__(
        self,
        text: str,
        style: Style = "text",
        colour: str = "text",
        *,
        align: Align = "left",
        bold: bool | None = None,
        wrap: bool = False,
        icon: str = "",
        tip: str = "",
    ) -> None:
        super().__init__(tip)
        self.text = text
        self.colour = colour
        self.style: Style = style
        self.align, self.bold, self.wrap, self.icon = align, bold, wrap, icon

    @property
    def touchable(self) -> bool:
        return bool(self.hint())

    def hint(self) -> str:
        is_cut = not self.wrap and self.rect.w < self.look.fonts.width(self.text, self.style, self.bold) + self._icon()
        return self.text if is_cut else self.tip

    def size(self) -> tuple[int, int]:
        width = self.look.fonts.width(self.text, self.style, self.bold) + self._icon()
        return width, self.look.theme.line(self.style)

    def height(self, width: int) -> int:
        lines = len(self._lines(width)) if self.wrap else 1
        return lines * self.look.theme.line(self.style)

    def draw(self, surface: pygame.Surface) -> None:
        fonts, theme, rect = self.look.fonts, self.look.theme, self.rect
        lines = self._lines(rect.w)
        high, left = theme.line(self.style), self._icon()
        y = rect.y if self.wrap else rect.centery - high // 2
        for line in lines:
            spare = rect.w - left - fonts.width(line, self.style, self.bold)
            x = rect.x + left + {"left": 0, "center": spare // 2, "right": spare}[self.align]
            fonts.draw(surface, line, (x, y + high // 2), self.style, self.colour, anchor="midleft", bold=self.bold)
            if self.icon and line is lines[0]:
                icon = self.look.paint.icon(self.icon, left - theme.px(8), self.colour)
                surface.blit(icon, icon.get_rect(midleft=(x - left, y + high // 2)))
            y += high

    def _icon(self) -> int:
        return self.look.theme.size(self.style) + self.look.px(3 + 8) if self.icon else 0

    def _lines(self, width: int) -> list[str]:
        fonts, room = self.look.fonts, width - self._icon()
        if self.wrap:
            return fonts.wrap(self.text, room, self.style, self.bold)
        return [fonts.cut(self.text, room, self.style, self.bold)]


@dataclass(frozen=True)
class Words:
    """Some words of a line in one colour, bold or not."""

    text: str
    bold: bool = False
    colour: str = "text"


class Said(Telling):
    """A line of differently set words behind a seat's mark (0: none), wrapped: a chat line, a step told in words."""

    words: Shown[tuple[Words, ...]] = Shown()

    def __init__(self, words: Sequence[Words], *, seat: int = 0) -> None:
        super().__init__()
        self.words = tuple(words)
        self.seat = seat

    def height(self, width: int) -> int:
        return len(self._lines(width)) * self._high() + self.look.px(4)

    def draw(self, surface: pygame.Surface) -> None:
        y = self.rect.y + self.look.px(2)
        if self.seat:
            mark = self.look.paint.seat(self.seat, self.look.px(18))
            surface.blit(mark, mark.get_rect(midleft=(self.rect.x, y + self._high() // 2)))
        for line in self._lines(self.rect.w):
            for x, part in line:
                at = (self.rect.x + x, y + self._high() // 2)
                self.look.fonts.draw(surface, part.text, at, "list", part.colour, anchor="midleft", bold=part.bold)
            y += self._high()

    def _high(self) -> int:
        return round(self.look.theme.size("list") * 1.43)

    def _lines(self, width: int) -> list[list[tuple[int, Words]]]:
        fonts = self.look.fonts
        left = self.look.px(26) if self.seat else 0
        space = fonts.width(" ", "list")
        lines: list[list[tuple[int, Words]]] = [[]]
        x = left
        for words in self.words:
            rest = words.text
            while rest:
                fits = fonts.wrap(rest, max(1, width - x), "list", words.bold)[0] if x < width else ""
                whole_word = len(fits) == len(rest) or rest[len(fits)] == " " or ord(rest[len(fits)]) > 0x2E80
                if fits and (x == left or whole_word) and x + fonts.width(fits, "list", words.bold) <= max(width, x):
                    lines[-1].append((x, Words(fits, words.bold, words.colour)))
                    x += fonts.width(fits, "list", words.bold) + space
                    rest = rest[len(fits) :].lstrip()
                elif x == left:  # not even one letter fits
                    lines[-1].append((x, Words(rest, words.bold, words.colour)))
                    rest = ""
                if rest:
                    lines.append([])
                    x = left
        return lines


class Chip(Telling):
    """A small rounded fact: an icon or the bars of a connection (0 to 3), and a few words."""

    text: Shown[str] = Shown()
    kind: Shown[Literal["plain", "turn", "accent", "danger"]] = Shown()
    signal: Shown[int | None] = Shown()

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        signal: int | None = None,
        kind: Literal["plain", "turn", "accent", "danger"] = "plain",
        tip: str = "",
    ) -> None:
        super().__init__(tip)
        self.text, self.icon, self.signal, self.kind = text, icon, signal, kind

    def size(self) -> tuple[int, int]:
        return sum(self._parts()) + self.look.px(24), self.look.theme.high(SIZES.chip)

    def draw(self, surface: pygame.Surface) -> None:
        look = self.look
        fill, ink = ("surface_2", "text_2") if self.kind == "plain" else (self.kind + "_soft", self._ink())
        surface.blit(look.paint.box(self.rect.size, self.rect.h // 2, fill), self.rect)
        x, left = self.rect.x + look.px(12), self._parts()[0]
        if left:
            size = look.px(18)
            picture = (
                look.paint.icon(self.icon, look.px(16), ink)
                if self.signal is None
                else look.paint.signal(size, self.signal)
            )
            surface.blit(picture, picture.get_rect(midleft=(x, self.rect.centery)))
        room = self.rect.right - look.px(12) - x - left
        look.fonts.draw(surface, self.text, (x + left, self.rect.centery), "caption", ink, anchor="midleft", width=room)

    def _ink(self) -> str:
        return {"turn": "turn_text", "accent": "accent_text", "danger": "danger"}[self.kind]

    def _parts(self) -> tuple[int, int]:
        icon = self.look.px(24) if self.icon or self.signal is not None else 0
        return icon, self.look.fonts.width(self.text, "caption")


class Pill(Telling):
    """The floating line that says who is to do what: a seat's mark or an icon, bold words, plain words.

    `reach` is how far the ring of a pulse is out of it, in real pixels; 0 is none.
    """

    lead: Shown[str] = Shown()
    text: Shown[str] = Shown()
    seat: Shown[int] = Shown()
    icon: Shown[str] = Shown()
    kind: Shown[Literal["turn", "plain"]] = Shown()
    reach: Shown[int] = Shown()

    def __init__(
        self, lead: str = "", text: str = "", *, seat: int = 0, kind: Literal["turn", "plain"] = "turn"
    ) -> None:
        super().__init__()
        self.lead, self.text, self.seat, self.icon, self.kind = lead, text, seat, "", kind
        self.reach = 0
        self._pulses = False
        self._since: float | None = None

    def pulse(self) -> None:
        """Let a ring go out from it, once; only where motion is full."""
        self._pulses, self._since = True, None

    def tick(self, now: float) -> bool:
        if not self._pulses:
            return False
        if self._since is None:
            self._since = now
        length = self.look.theme.times.pulse / 1000
        self._pulses = now < self._since + length
        self.reach = round(self.look.px(RING) * (now - self._since) / length) if self._pulses else 0
        return self._pulses

    @property
    def touchable(self) -> bool:
        return bool(self.hint())

    def hint(self) -> str:
        return f"{self.lead}: {self.text}" if self.text and self.size()[0] > self.rect.w else ""

    def size(self) -> tuple[int, int]:
        px, fonts = self.look.px, self.look.fonts
        wide = fonts.width(self.lead, "name") + (fonts.width(self.text) + px(10) if self.text else 0)
        return wide + px(36) + (px(36) if self.seat or self.icon else 0), self.look.theme.high(SIZES.pill)

    def draw(self, surface: pygame.Surface) -> None:
        look, px, rect = self.look, self.look.px, self.rect
        fill, ink, edge = ("turn", "on_turn", "") if self.kind == "turn" else ("surface", "text", "line")
        if self.reach:
            size = (rect.w + 2 * self.reach, rect.h + 2 * self.reach)
            ring = look.paint.box(size, size[1] // 2, "", fill, px(3))
            ring.set_alpha(255 - 255 * self.reach // px(RING + 1))
            surface.blit(ring, ring.get_rect(center=rect.center))
            ring.set_alpha(255)
        look.paint.panel(surface, rect, fill, edge, radius=rect.h // 2)
        x = rect.x + px(18)
        if self.seat or self.icon:
            sign = (
                look.paint.seat(self.seat, px(26), ring="surface")
                if self.seat
                else look.paint.icon(self.icon, px(22), ink)
            )
            surface.blit(sign, sign.get_rect(center=(x + px(13), rect.centery)))
            x += px(36)
        place = look.fonts.draw(
            surface, self.lead, (x, rect.centery), "name", ink, anchor="midleft", width=rect.right - px(18) - x
        )
        x = place.right + (px(10) if self.lead else 0)
        look.fonts.draw(
            surface, self.text, (x, rect.centery), "text", ink, anchor="midleft", width=max(0, rect.right - px(16) - x)
        )
