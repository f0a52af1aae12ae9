"""The settings: several pages over the whole window; every change works at once beside a piece of table."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from work.desktop.app import App
from work.desktop.buttons import Button
from work.desktop.lists import ScrollList
from work.desktop.panels import Label, Panel
from work.desktop.settings_pages import ICONS, PAGES, Pages, said
from work.desktop.settings_parts import AtHand, PageList
from work.desktop.settings_preview import Preview
from work.desktop.sheets import Sheet
from work.desktop.theme import SIZES
from work.desktop.widgets import place_row
from work.language import _

WIDEST = 760
"""Logical width that a page needs at most."""
HIGHEST = 704
"""Logical height that page and foot take at most: what a window of 800 has for them."""


class SettingsSheet(Sheet):
    """How the program looks and sounds, and who one is; `page` is where it opens."""

    def __init__(self, app: App, close: Callable[[], object], page: str = "look") -> None:
        self.app = app
        self.back = Button(_(app.screen.way_back), close, "quiet", icon="back", tip=_("Back (Esc)"))
        self.note = Label(_("kept on this computer"), "caption", "text_2")
        self.gear = Button("", close, "quiet", icon="gear", tip=_("Back (Esc)"))
        self.head = Panel(bar=True)
        self.list = PageList(said(PAGES), page, self._turn, icons=ICONS)
        self.ground = Panel()
        self.preview = Preview(app.settings.name)
        made = Pages(app, self.preview, lambda: str(self.list.value))
        self.name = made.name
        self.pages = {name: ScrollList(*rows, gap=4, margin=8) for name, rows in made.rows().items()}
        self.volume = made.volume()
        self.at_hand = (
            AtHand(_("Sounds"), "sound", self.volume),
            AtHand(_("Language"), "globe", made.languages()),
        )
        self.card = Panel(*self.at_hand)
        self.reset = Button(_("Back to how it came"), self._reset, "quiet")
        self.at_once = Label(_("Changes show at once"), "caption", "text_2", align="right")
        self.done = Button(_("Done"), close, "main", key="Esc", show_key=False)
        super().__init__(_("Settings"), close)
        self.remove(self.shut)
        self.remove(self.title)
        self.title.style = "name"
        self.add(self.ground, self.head, self.list, *self.pages.values(), self.preview, self.card)
        self.add(self.reset, self.at_once, self.done, self.back, self.title, self.note, self.gear)
        self._turn(page)

    def _reset(self) -> None:
        self.app.settings.look_as_at_first()
        self.app.restyle()
        self.app.screen.close()
        self.app.screen.open_settings(self.list.value)

    def _turn(self, page: str) -> None:
        for name, rows in self.pages.items():
            rows.visible = name == page
        self.changed()

    # -- where everything is -------------------------------------------------------------------------------------------

    def fit(self, within: pygame.Rect) -> None:
        self.rect = within.copy()

    def height(self, width: int) -> int:
        return self.rect.h

    def arrange(self) -> None:
        px, high, rect = self.look.px, self.look.theme.high, self.rect
        small = rect.w < high(1100) or rect.h < px(600)
        self._place_bar(small)
        edge = px(12 if small else 24)
        side = max(high(136 if small else 216), self.list.size()[0])
        piece = px(224 if small else 336 if rect.w < px(1600) else 420)
        below = rect.bottom - self.head.rect.bottom - 2 * edge
        body = pygame.Rect(rect.x, self.head.rect.bottom + edge, rect.w, min(below, high(HIGHEST)))
        wide = min(rect.w - 4 * edge - side - piece, px(WIDEST))
        x = rect.centerx - (side + wide + piece + 2 * edge) // 2
        self.list.rect = pygame.Rect(x, body.y, side, self.list.height(side))
        foot = high(SIZES.button)
        page = pygame.Rect(x + side + edge, body.y, wide, body.h - foot - px(12))
        inside = page.inflate(-2 * px(8 if small else 20), -2 * px(8))
        for name, rows in self.pages.items():
            rows.rect = pygame.Rect(*inside.topleft, inside.w, min(inside.h, rows.height(inside.w)))
            if name == self.list.value:
                self.ground.rect = pygame.Rect(*page.topleft, page.w, rows.rect.h + 2 * px(8))
        self._place_foot(pygame.Rect(page.x, page.bottom + px(12), page.w, foot), small)
        self._place_beside(pygame.Rect(page.right + edge, body.y, piece, body.h))

    def _place_bar(self, small: bool) -> None:
        px, rect = self.look.px, self.rect
        self.head.rect = pygame.Rect(
            rect.x, rect.y, rect.w, self.look.theme.high(SIZES.bar_small if small else SIZES.bar)
        )
        inside = self.head.rect.inflate(-px(16), -px(4))
        place_row(inside, self.back, self.title, self.note, gap=px(12))
        place_row(inside, self.gear, gap=0, align="right")

    def _place_foot(self, row: pygame.Rect, small: bool) -> None:
        px = self.look.px
        done = max(self.done.size()[0], px(90 if small else 110))
        self.done.rect = pygame.Rect(row.right - done, row.y, done, row.h)
        self.reset.rect = pygame.Rect(row.x, row.y, self.reset.size()[0], row.h)
        x = self.reset.rect.right + px(8)
        self.at_once.visible = self.done.rect.x - x >= self.at_once.size()[0] + px(12)
        self.at_once.rect = pygame.Rect(x, row.y, self.done.rect.x - px(12) - x, row.h)

    def _place_beside(self, column: pygame.Rect) -> None:
        """The piece of table, and under it what is on every page."""
        px, inside = self.look.px, column.w - 2 * self.look.px(16)
        card = sum(row.height(inside) for row in self.at_hand) + px(12) * (len(self.at_hand) - 1) + 2 * px(16)
        down = min(column.h - card - px(12), column.w + self.look.theme.high(100))
        self.preview.rect = pygame.Rect(column.x, column.y, column.w, down)
        self.card.rect = pygame.Rect(column.x, column.y + down + px(12), column.w, card)
        y = self.card.rect.y + px(16)
        for row in self.at_hand:
            row.rect = pygame.Rect(column.x + px(16), y, inside, row.height(inside))
            y = row.rect.bottom + px(12)

    def draw(self, surface: pygame.Surface) -> None:
        surface.fill(self.look.theme.colours.bg, self.rect)
        self.draw_children(surface)
