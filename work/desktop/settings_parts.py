"""What the settings are made of: a switch, a slider, a list of pages, cards, rows, and a piece of table."""

from collections.abc import Callable
from dataclasses import replace as replace_facts

import pygame
from msgspec.structs import replace

from games import GAMES
from games.example import example_match
from games.game_info import view
from work.desktop.choices import Choice
from work.desktop.panels import Label
from work.desktop.stage_pieces import stone
from work.desktop.stage_table import Table
from work.desktop.table_dock import SeatRow
from work.desktop.table_words import SeatFacts
from work.desktop.theme import SIZES, Theme, ThemeName
from work.desktop.widgets import Group, Shown, Widget, is_click, key_is
from work.language import _

PREVIEW_TIME = 258.0
"""Seconds on the clock of the seat that shows how everything looks."""


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
    """A number from 0 to 100, in steps of 5 by the arrow keys; `done` is called when it is let go or a key was used."""

    focusable = True
    cursor = pygame.SYSTEM_CURSOR_HAND
    value: Shown[int] = Shown()

    def __init__(self, value: int, change: Callable[[int], object], done: Callable[[], object]) -> None:
        super().__init__()
        self.value = value
        self.change, self.done = change, done
        self._held = False

    def size(self) -> tuple[int, int]:
        return self.look.px(160), self.look.theme.high(SIZES.button_small)

    def set(self, value: int) -> None:
        """Set it as the player does."""
        value = max(0, min(100, value))
        if value != self.value:
            self.value = value
            self.change(value)

    def event(self, event: pygame.event.Event) -> bool:
        if is_click(event) or (self._held and event.type == pygame.MOUSEMOTION):
            self._held = True
            track = self._track()
            self.set(round(100 * (event.pos[0] - track.x) / max(1, track.w)))
            return True
        if self._held and is_click(event, pygame.MOUSEBUTTONUP):
            self._held = False
            self.done()
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
            self.set(keys[event.key])
            self.done()
            return True
        return False

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
    """The pages of the settings under each other, each with its icon; arrow keys go up and down."""

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
                surface.blit(self.look.paint.box(bar.size, px(3), ink), bar)
        surface.set_clip(clip)

    def _high(self) -> int:
        return self.look.px(64) + self.look.theme.high(38)


class SettingRow(Group):
    """A setting: what it is called, what it does, and its control at the end, or beneath where there is no room."""

    def __init__(self, name: str, words: str, control: Widget) -> None:
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
        edge = self.look.theme.edge_width
        line = pygame.Rect(self.rect.x, self.rect.bottom - edge, self.rect.w, edge)
        surface.fill(self.look.theme.colour("line"), line)
        self.draw_children(surface)

    def _beside(self, width: int) -> bool:
        name = max(self.name.size()[0], min(self.words.size()[0], self.look.px(150)) if self.words.visible else 0)
        return name + self.look.px(24) + self.control.size()[0] <= width

    def _words_high(self, room: int) -> int:
        return self.look.theme.line("text") + (self.words.height(room) if self.words.visible else 0)


class Preview(Group):
    """A seat and a board as they look now; `play` lets the last stone be put once more."""

    def __init__(self, name: str) -> None:
        self.caption = Label(_("This is how it looks"), "caption", "text_2")
        self.seat = SeatRow(SeatFacts(1, name, status=_("your turn"), turn=True))
        self.seat.show_time(PREVIEW_TIME)
        self.table = Table()
        super().__init__(self.caption, self.seat, self.table)
        game = GAMES["gomoku"]
        match = example_match(game)
        self._after = game.scene(view(match.info, 0), None)
        self.table.put(self._after, glide=False)

    @property
    def touchable(self) -> bool:
        return False

    def play(self) -> None:
        """Let the last stone be put again, in the motion that is chosen now."""
        aside = (0.5, self._after.h / 2)
        before = tuple(replace(item, at=aside) if item.mark == "last" else item for item in self._after.items)
        self.table.put(replace(self._after, items=before), glide=False)
        self.table.put(self._after)

    def arrange(self) -> None:
        px, theme = self.look.px, self.look.theme
        inside = self.rect.inflate(-px(24), -px(24))
        self.caption.rect = pygame.Rect(inside.x, inside.y, inside.w, theme.line("caption"))
        seat = theme.high(SIZES.seat_row if inside.w >= px(240) else SIZES.seat_row_small)
        self.seat.facts = replace_facts(self.seat.facts, side="white" if inside.w >= px(240) else "")
        self.seat.rect = pygame.Rect(inside.x, self.caption.rect.bottom + px(8), inside.w, seat)
        top = self.seat.rect.bottom + px(6)
        area = pygame.Rect(self.rect.x, top, self.rect.w, self.rect.bottom - top)
        if self.table.rect != area:
            self.table.layout(area)

    def draw(self, surface: pygame.Surface) -> None:
        radius = self.look.px(SIZES.radius_panel)
        self.look.paint.panel(surface, self.rect, "cloth", "line")
        clip = surface.get_clip()
        surface.set_clip(clip.clip(self.table.rect.inflate(-2 * radius, -2 * self.look.px(4))))
        self.table.draw(surface)
        surface.set_clip(clip)
        for child in (self.caption, self.seat):
            child.draw(surface)
