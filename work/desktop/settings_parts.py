"""What the settings are made of: a switch, a slider, a list of pages, and rows."""

from collections.abc import Callable

import pygame

from work.desktop.choices import Choice
from work.desktop.panels import Label
from work.desktop.theme import SIZES
from work.desktop.widgets import Group, Shown, Widget, is_click, key_is


class Switch(Widget):
    """On or off; a click, Space or Enter turns it over, the arrow keys push it."""

    focusable = True
    cursor = pygame.SYSTEM_CURSOR_HAND
    on: Shown[bool] = Shown()

    def __init__(self, on: bool, change: Callable[[bool], object]) -> None:
        super().__init__()
        self.on = on
        self.change = change

    def size(self) -> tuple[int, int]:
        return self.look.px(48), self.look.theme.high(SIZES.button_small)

    def set(self, on: bool) -> None:
        """Set it as the player does."""
        if on != self.on:
            self.on = on
            self.change(on)

    def event(self, event: pygame.event.Event) -> bool:
        if is_click(event) or key_is(event, pygame.K_SPACE, pygame.K_RETURN, pygame.K_KP_ENTER):
            self.set(not self.on)
        elif key_is(event, pygame.K_LEFT, pygame.K_RIGHT):
            self.set(event.key == pygame.K_RIGHT)
        else:
            return False
        return True

    def draw(self, surface: pygame.Surface) -> None:
        look, px = self.look, self.look.px
        box = pygame.Rect(0, 0, px(48), px(28))
        box.midright = self.rect.midright
        fill, edge, knob = ("accent", "accent", "on_accent") if self.on else ("surface", "line_strong", "line_strong")
        surface.blit(look.paint.box(box.size, box.h // 2, fill, edge, px(2)), box)
        disc = look.paint.disc(px(18), knob)
        x = box.right - px(14) if self.on else box.x + px(14)
        surface.blit(disc, disc.get_rect(center=(x, box.centery)))
        self.draw_ring(surface, box.h // 2, box)


class Slider(Widget):
    """A number from 0 to 100, in steps of 5 by the arrow keys.

    `change` hears of each number on the way; `done` when it or its key is let go, or the keyboard goes elsewhere.
    """

    focusable = True
    cursor = pygame.SYSTEM_CURSOR_HAND
    value: Shown[int] = Shown()

    def __init__(self, value: int, change: Callable[[int], object], done: Callable[[], object]) -> None:
        super().__init__()
        self.value = value
        self.change, self.done = change, done
        self._held = self._moved = False

    def size(self) -> tuple[int, int]:
        return self.look.px(100), self.look.theme.high(SIZES.button_small)

    def set(self, value: int) -> None:
        """Set it as the player does."""
        value = max(0, min(100, value))
        if value != self.value:
            self.value = value
            self.change(value)

    def event(self, event: pygame.event.Event) -> bool:
        if is_click(event) or (self._held and event.type == pygame.MOUSEMOTION):
            self._held = self._moved = True
            track = self._track()
            self.set(round(100 * (event.pos[0] - track.x) / max(1, track.w)))
            return True
        if self._held and is_click(event, pygame.MOUSEBUTTONUP):
            self._settle()
            return True
        keys = {
            pygame.K_LEFT: self.value - 5,
            pygame.K_DOWN: self.value - 5,
            pygame.K_RIGHT: self.value + 5,
            pygame.K_UP: self.value + 5,
            pygame.K_HOME: 0,
            pygame.K_END: 100,
        }
        if event.type == pygame.KEYDOWN and event.key in keys:
            self._moved = True
            self.set(keys[event.key])
        elif event.type == pygame.KEYUP and event.key in keys:
            self._settle()
        else:
            return False
        return True

    def focus_changed(self, gained: bool) -> None:
        if not gained:
            self._settle()

    def _settle(self) -> None:
        self._held = False
        if self._moved:
            self._moved = False
            self.done()

    def draw(self, surface: pygame.Surface) -> None:
        look, px, track = self.look, self.look.px, self._track()
        surface.blit(look.paint.box(track.size, track.h // 2, "surface_3"), track)
        x = track.x + track.w * self.value // 100
        done = pygame.Rect(track.x, track.y, max(track.h, x - track.x), track.h)
        surface.blit(look.paint.box(done.size, done.h // 2, "accent"), done)
        knob = look.paint.disc(px(22), "surface", "accent", px(3))
        place = knob.get_rect(center=(x, track.centery))
        surface.blit(knob, place)
        self.draw_ring(surface, place.h // 2, place)

    def _track(self) -> pygame.Rect:
        px = self.look.px
        return pygame.Rect(self.rect.x + px(11), self.rect.centery - px(3), self.rect.w - px(22), px(6))


class PageList(Choice):
    """The pages of the settings under each other, each with its icon; arrow keys go up and down.

    It would like to be as wide as its longest name.
    """

    def size(self) -> tuple[int, int]:
        px, words = self.look.px, (self.look.fonts.width(words, "text", True) for _value, words in self.options)
        return px(12 + SIZES.icon + 12 + 6) + max(words), self.height(0)

    def height(self, width: int) -> int:
        return len(self.options) * self.look.theme.high(SIZES.bar)

    def event(self, event: pygame.event.Event) -> bool:
        if key_is(event, pygame.K_UP, pygame.K_DOWN):
            values = [value for value, _ in self.options]
            there = values.index(self.value) + (1 if event.key == pygame.K_DOWN else -1)
            self.choose(values[max(0, min(len(values) - 1, there))])
            return True
        return super().event(event)

    def parts(self) -> list[pygame.Rect]:
        high = self.look.theme.high(SIZES.bar)
        return [
            pygame.Rect(self.rect.x, self.rect.y + number * high, self.rect.w, high - self.look.px(4))
            for number in range(len(self.options))
        ]

    def draw(self, surface: pygame.Surface) -> None:
        look, px, radius = self.look, self.look.px, self.look.px(SIZES.radius_button)
        for (value, words), part in zip(self.options, self.parts(), strict=True):
            chosen = value == self.value
            ink = "accent_text" if chosen else "text"
            if chosen:
                surface.blit(look.paint.box(part.size, radius, "accent_soft"), part)
            x = part.x + px(12)
            icon = look.paint.icon(self.icons[value], px(SIZES.icon), ink)
            surface.blit(icon, icon.get_rect(midleft=(x, part.centery)))
            x += px(SIZES.icon + 12)
            room = part.right - px(6) - x
            look.fonts.draw(surface, words, (x, part.centery), "text", ink, anchor="midleft", bold=chosen, width=room)
            if chosen:
                self.draw_ring(surface, radius, part)


class SettingRow(Group):
    """A setting: what it is called, what it does, and its control at the end, or beneath where there is no room.

    A control that is `large` is always beneath.
    """

    def __init__(self, name: str, words: str, control: Widget, large: bool = False) -> None:
        self.large = large
        self.line = True
        """Whether a line beneath parts it from another row."""
        self.name, self.words = Label(name), Label(words, "caption", "text_2", wrap=True)
        self.words.visible = bool(words)
        self.control = control
        super().__init__(self.name, self.words, control)

    def height(self, width: int) -> int:
        control = self.control.height(width)
        if self._beside(width):
            return max(self._words_high(width - self.control.size()[0] - self.look.px(16)), control) + self.look.px(24)
        return self._words_high(width) + self.look.px(8) + control + self.look.px(24)

    def arrange(self) -> None:
        px, rect, theme = self.look.px, self.rect, self.look.theme
        wide = min(self.control.size()[0], rect.w)
        beside = self._beside(rect.w)
        room = rect.w - wide - px(16) if beside else rect.w
        words = self._words_high(room)
        high = self.control.height(wide)
        y = rect.centery - words // 2 if beside else rect.y + px(12)
        self.name.rect = pygame.Rect(rect.x, y, room, theme.line("text"))
        self.words.rect = pygame.Rect(rect.x, y + theme.line("text"), room, words - theme.line("text"))
        if beside:
            self.control.rect = pygame.Rect(rect.right - wide, rect.centery - high // 2, wide, high)
        else:
            self.control.rect = pygame.Rect(rect.x, y + words + px(8), wide, high)

    def draw(self, surface: pygame.Surface) -> None:
        if self.line:
            edge = self.look.theme.edge_width
            line = pygame.Rect(self.rect.x, self.rect.bottom - edge, self.rect.w, edge)
            surface.fill(self.look.theme.colour("line"), line)
        self.draw_children(surface)

    def _beside(self, width: int) -> bool:
        if self.large:
            return False
        name = max(self.name.size()[0], min(self.words.size()[0], self.look.px(150)) if self.words.visible else 0)
        return name + self.look.px(24) + self.control.size()[0] <= width

    def _words_high(self, room: int) -> int:
        return self.look.theme.line("text") + (self.words.height(room) if self.words.visible else 0)


class AtHand(Group):
    """A setting that is on every page: its name behind an icon, and its control in the rest of the line or beneath."""

    def __init__(self, name: str, icon: str, control: Widget) -> None:
        self.name = Label(name, icon=icon)
        self.control = control
        super().__init__(self.name, control)

    def height(self, width: int) -> int:
        control = self.control.size()[1]
        return control if self._beside(width) else control + self.look.theme.line("text") + self.look.px(6)

    def arrange(self) -> None:
        px, rect = self.look.px, self.rect
        name, (wide, high) = self.name.size()[0], self.control.size()
        beside = self._beside(rect.w)
        self.name.rect = pygame.Rect(rect.x, rect.y, name, high if beside else self.look.theme.line("text"))
        room = rect.w - name - px(16) if beside else rect.w
        wide = min(room, max(wide, px(196)))
        self.control.rect = pygame.Rect(rect.right - wide, rect.bottom - high, wide, high)

    def _beside(self, width: int) -> bool:
        return self.name.size()[0] + self.look.px(16) + self.control.size()[0] <= width
