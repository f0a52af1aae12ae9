"""A piece of table beside the settings, which shows every change at once."""

from dataclasses import replace as replace_facts

import pygame
from msgspec.structs import replace

from games import GAMES
from games.example import example_match
from games.game_info import view
from work.desktop.panels import Label
from work.desktop.stage import Stage
from work.desktop.table_dock import SeatRow
from work.desktop.table_words import SeatFacts
from work.desktop.theme import SIZES
from work.desktop.widgets import Group
from work.language import _

PREVIEW_TIME = 258.0
"""Seconds on the clock of the seat that shows how everything looks."""
HELD = "d4"
"""The square of a knight in the example of chess, which may go to many places and take something."""


class Picture(Stage):
    """A table that shows everything as at a match, but is only looked at."""

    focusable = False

    @property
    def touchable(self) -> bool:
        return False

    @property
    def usable(self) -> bool:
        return False


class Preview(Group):
    """A seat and a board as they look now: a gomoku board, or for some settings another that shows more of them."""

    def __init__(self, name: str) -> None:
        self.caption = Label(_("This is how it looks"), "caption", "text_2")
        self.seat = SeatRow(SeatFacts(1, name, status=_("your turn"), turn=True))
        self.seat.show_time(PREVIEW_TIME)
        self.table = Picture(lambda move: None)
        super().__init__(self.caption, self.seat, self.table)
        self._game = ""
        self.show()

    @property
    def touchable(self) -> bool:
        return False

    def show(self, setting: str = "") -> None:
        """Show what a setting is about: a piece that is held for where one may step, a stone on its way for motion."""
        name = "chess" if setting == "show_places" else "gomoku"
        if name != self._game:
            self._game, game = name, GAMES[name]
            info = view(example_match(game).info, 0)
            self._after = game.scene(info, 0)
            self.table.stop_gliding()
            self.table.show(self._after, info, 0, game, may_touch=name == "chess")
            self.table.touch(HELD)
        if setting == "motion":
            aside = (0.5, self._after.h / 2)
            before = tuple(replace(item, at=aside) if item.mark == "last" else item for item in self._after.items)
            self.table.put(replace(self._after, items=before), glide=False)
            self.table.put(self._after)

    def arrange(self) -> None:
        px, theme = self.look.px, self.look.theme
        narrow = self.rect.w < px(264)
        inside = self.rect.inflate(-px(16 if narrow else 32), -px(24))
        self.caption.rect = pygame.Rect(inside.x, inside.y, inside.w, theme.line("caption"))
        seat = theme.high(SIZES.seat_row_small if narrow else SIZES.seat_row)
        self.seat.facts = replace_facts(self.seat.facts, side="" if narrow else "black", stones=not narrow)
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
