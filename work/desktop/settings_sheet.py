"""The settings: several pages over the whole window; every change works at once beside a piece of table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pygame

from communication.people import clean_name
from work.desktop.app import App
from work.desktop.buttons import Button
from work.desktop.choices import Choice
from work.desktop.lists import ScrollList
from work.desktop.panels import Label, Panel, Said, Words
from work.desktop.settings_parts import PageList, Preview, SettingRow, Slider, Switch, ThemeCards
from work.desktop.sheets import Named, Sheet
from work.desktop.textfield import TextField
from work.desktop.theme import SIZES
from work.desktop.widgets import Widget, place_row
from work.language import LANGUAGES, N_, _, current

PAGES = (
    ("look", N_("Look")),
    ("sound", N_("Sound")),
    ("name", N_("Your name")),
    ("keys", N_("Keys")),
    ("about", N_("About")),
)
ICONS = {"look": "look", "sound": "sound", "name": "people", "keys": "keys", "about": "info"}
THEMES = (("light", N_("Light")), ("dark", N_("Dark")), ("system", N_("As the system")))
TEXT_SIZES = (("small", N_("Small")), ("normal", N_("Normal")), ("large", N_("Large")))
SCALES = (("auto", N_("Auto")), ("1", "100%"), ("1.25", "125%"), ("1.5", "150%"), ("2", "200%"))
MOTIONS = (("off", N_("Off")), ("short", N_("Short")), ("full", N_("Full")))
KEYS = (
    (N_("Tab, Shift-Tab"), N_("to the next thing that can be pressed, or the one before")),
    (N_("Enter, Space"), N_("press it")),
    (N_("Arrow keys"), N_("go from place to place on a board, from choice to choice elsewhere")),
    (N_("Esc"), N_("go back: close what lies on top, put a piece down again")),
    (N_("Y, N"), N_("answer an offer")),
    (N_("R"), N_("rematch, once a match is over")),
    (N_("Page Up, Page Down"), N_("scroll")),
    (N_("F11"), N_("full screen, on and off")),
    (N_("Mouse"), N_("click a piece and then its place, or drag it there; hold a button that gives something up")),
)
WIDEST = 760
"""Logical width that a page needs at most."""


class SettingsSheet(Sheet):
    """How the program looks and sounds, and who one is; `page` is where it opens."""

    def __init__(self, app: App, close: Callable[[], object], page: str = "look") -> None:
        self.app = app
        self.back = Button(_("Back"), close, "quiet", icon="back", tip=_("Back (Esc)"))
        self.note = Label(_("kept on this computer"), "caption", "text_2")
        self.head = Panel(bar=True)
        self.list = PageList(_said(PAGES), page, self._turn, icons=ICONS)
        self.ground = Panel()
        self.pages = {name: ScrollList(*rows, margin=8) for name, rows in self._rows().items()}
        self.preview = Preview(app.settings.name)
        self.language = Named(_("Language"), self._languages())
        self.card = Panel(self.language)
        self.reset = Button(_("Back to how it came"), self._reset, "quiet")
        self.at_once = Label(_("Changes show at once"), "caption", "text_2", align="right")
        self.done = Button(_("Done"), close, "main", key="Esc", show_key=False)
        super().__init__(_("Settings"), close)
        self.remove(self.shut)
        self.remove(self.title)
        self.title.style = "name"
        self.add(self.ground, self.head, self.list, *self.pages.values(), self.preview, self.card)
        self.add(self.reset, self.at_once, self.done, self.back, self.title, self.note)
        self._turn(page)

    # -- what can be set -----------------------------------------------------------------------------------------------

    def _rows(self) -> dict[str, list[Widget]]:
        kept, folder = self.app.settings, self.app.store.folder
        kept_in = _("Your settings are kept in {folder}.").format(folder=folder) if folder else _("Nothing is kept.")
        return {
            "look": [
                SettingRow(_("Light or dark"), "", ThemeCards(_said(THEMES), kept.theme, self._setter("theme"))),
                SettingRow(_("Text size"), _("buttons grow along"), self._choice("text_size", TEXT_SIZES)),
                SettingRow(
                    _("Size of everything"), _("larger for screens with tiny points"), self._choice("scale", SCALES)
                ),
                SettingRow(_("High contrast"), _("stronger lines, no textures"), self._switch("high_contrast")),
                SettingRow(_("Motion"), _("pieces glide, cards turn"), self._choice("motion", MOTIONS)),
                SettingRow(
                    _("Full screen"), _("F11 does it anywhere"), Switch(self.app.window.full_screen, self._fill)
                ),
            ],
            "sound": [
                SettingRow(_("Sounds"), _("when somebody steps, speaks or wins"), self._switch("sound")),
                SettingRow(_("How loud"), "", Slider(kept.volume, self._setter("volume"), self._knock)),
            ],
            "name": [
                SettingRow(
                    _("Your name at the table"), _("Friends see it the next time you go to a host."), self._name()
                ),
            ],
            "keys": [Said((Words(_(keys), bold=True), Words(_(what), colour="text_2"))) for keys, what in KEYS],
            "about": [
                Label(_("Roundtable"), "heading"),
                Label(
                    _("Version {version}. Table games with the people around you.").format(version=self.app.program),
                    wrap=True,
                ),
                Label(kept_in, wrap=True),
                Label(_("Letters: WenQuanYi Micro Hei, under the Apache License 2.0."), wrap=True),
            ],
        }

    def _languages(self) -> Choice:
        return Choice(tuple(LANGUAGES.items()), current(), lambda code: self.app.speak(code, self.list.value))

    def _choice(self, field: str, options: tuple[tuple[str, str], ...]) -> Choice:
        return Choice(_said(options), getattr(self.app.settings, field), self._setter(field))

    def _switch(self, field: str) -> Switch:
        return Switch(getattr(self.app.settings, field), self._setter(field))

    def _name(self) -> TextField:
        self.name = TextField(self.app.settings.name, most=200, on_change=self._rename)
        return self.name

    def _setter(self, field: str) -> Callable[[Any], None]:
        def change(value: Any) -> None:
            setattr(self.app.settings, field, value)
            self.app.restyle()
            if field == "motion":
                self.preview.play()
            elif field == "sound":
                self._knock()

        return change

    def _fill(self, full: bool) -> None:
        if full != self.app.window.full_screen:
            self.app.window.toggle_full_screen()

    def _knock(self) -> None:
        self.app.sounds.play("step")

    def _rename(self, text: str) -> None:
        try:
            self.app.settings.name = clean_name(text)
        except ValueError:
            self.name.wrong = True
            return
        self.name.wrong = False
        self.app.screen.renamed()

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
        bar = high(SIZES.bar_small if small else SIZES.bar)
        self.head.rect = pygame.Rect(rect.x, rect.y, rect.w, bar)
        heads = self.head.rect.inflate(-px(16), -px(4))
        place_row(heads, self.back, self.title, self.note, gap=px(12))
        edge = px(12 if small else 24)
        side, piece = high(136 if small else 216), px(224 if small else 336)
        body = pygame.Rect(rect.x, rect.y + bar + edge, rect.w, rect.h - bar - 2 * edge)
        wide = min(rect.w - 4 * edge - side - piece, px(WIDEST))
        x = rect.centerx - (side + wide + piece + 2 * edge) // 2
        self.list.rect = pygame.Rect(x, body.y, side, self.list.height(side))
        foot = high(SIZES.button)
        page = pygame.Rect(x + side + edge, body.y, wide, body.h - foot - px(12))
        self.ground.rect = page
        for rows in self.pages.values():
            rows.rect = page.inflate(-2 * px(8 if small else 20), -2 * px(8))
        row = pygame.Rect(page.x, page.bottom + px(12), page.w, foot)
        done = max(self.done.size()[0], px(90 if small else 110))
        self.done.rect = pygame.Rect(row.right - done, row.y, done, foot)
        self.reset.rect = pygame.Rect(row.x, row.y, self.reset.size()[0], foot)
        x = self.reset.rect.right + px(8)
        self.at_once.visible = self.done.rect.x - x >= self.at_once.size()[0] + px(12)
        self.at_once.rect = pygame.Rect(x, row.y, self.done.rect.x - px(12) - x, foot)
        card = self.language.height(piece - 2 * px(12)) + 2 * px(12)
        down = min(body.h - card - px(12), piece + high(100))
        self.preview.rect = pygame.Rect(page.right + edge, body.y, piece, down)
        self.card.rect = pygame.Rect(page.right + edge, body.y + down + px(12), piece, card)
        self.language.rect = self.card.rect.inflate(-2 * px(12), -2 * px(12))

    def draw(self, surface: pygame.Surface) -> None:
        surface.fill(self.look.theme.colours.bg, self.rect)
        self.draw_children(surface)


def _said(options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Options with their words in the player's language."""
    return tuple((value, _(words)) for value, words in options)
