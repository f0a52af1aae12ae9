"""What stands on each page of the settings."""

import platform
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pygame

from communication.discovery import addresses
from communication.people import clean_name
from work.desktop.app import App
from work.desktop.boards import BOARDS
from work.desktop.buttons import Button
from work.desktop.choices import Choice
from work.desktop.hosts import place
from work.desktop.panels import Label, Said, Words
from work.desktop.settings_cards import BoardChoice, TextSizeChoice, ThemeCards
from work.desktop.settings_parts import SettingRow, Slider, Switch
from work.desktop.settings_preview import Preview
from work.desktop.textfield import TextField
from work.desktop.widgets import Widget
from work.language import LANGUAGES, N_, _, current
from work.past import when
from work.settings import Known

PAGES = (
    ("look", N_("Look")),
    ("window", N_("Window")),
    ("sound", N_("Sound")),
    ("language", N_("Language")),
    ("keys", N_("Keys and mouse")),
    ("table", N_("At the table")),
    ("network", N_("Network")),
    ("about", N_("About")),
)
ICONS = {
    "look": "look", "window": "full", "sound": "sound", "language": "globe", "keys": "keys", "table": "people",
    "network": "wifi", "about": "info",
}  # fmt: skip
THEMES = (("light", N_("Light")), ("dark", N_("Dark")), ("system", N_("System")))
TEXT_SIZES = (("small", N_("Small")), ("normal", N_("Normal")), ("large", N_("Large")))
SCALES = (("auto", N_("Auto")), ("1", "100%"), ("1.25", "125%"), ("1.5", "150%"), ("2", "200%"))
MOTIONS = (("off", N_("Off")), ("short", N_("Short")), ("full", N_("Full")))
HEARD = (
    ("your_turn", N_("It is your turn")),
    ("step", N_("Somebody steps")),
    ("offer", N_("Somebody proposes something")),
    ("refused", N_("That cannot be done")),
    ("chat", N_("Somebody writes")),
    ("clock_low", N_("Your clock runs out")),
    ("lost", N_("The connection is lost")),
    ("win", N_("You have won")),
)
"""Sounds that one may want to know, with what they say."""
KEYS = (
    (N_("Tab, Shift-Tab"), N_("to the next thing that can be pressed, or the one before")),
    (N_("Enter, Space"), N_("press it")),
    (N_("Arrow keys"), N_("go from place to place on a board, from choice to choice elsewhere")),
    (N_("Esc"), N_("go back: close what lies on top, put a piece down again")),
    (N_("Y, N"), N_("answer an offer")),
    (N_("R"), N_("rematch, once a match is over")),
    (N_("Page Up, Page Down"), N_("scroll")),
    (N_("F1"), N_("how the game at the table is played")),
    (N_("F11"), N_("full screen, on and off")),
    (N_("Mouse"), N_("click a piece and then its place, or drag it there; hold a button that gives something up")),
)


class Pages:
    """Makes the rows of each page; what they change works at once, and `preview` shows it."""

    def __init__(self, app: App, preview: Preview, page: Callable[[], str]) -> None:
        self.app, self.preview, self.page = app, preview, page
        self.name = TextField(app.settings.name, most=200, on_change=self._rename)

    def rows(self) -> dict[str, list[Widget]]:
        """All rows by page, each page with its heading."""
        keys = [Said((Words(_(keys), bold=True), Words(_(what), colour="text_2"))) for keys, what in KEYS]
        made: dict[str, Sequence[Widget]] = {
            "look": self._look(), "window": self._window(), "sound": self._sound(), "language": self._language(),
            "keys": keys, "table": self._table(), "network": self._network(), "about": self._about(),
        }  # fmt: skip
        for rows in made.values():
            if isinstance(rows[-1], SettingRow):
                rows[-1].line = False
        return {page: [Label(_(words), "heading"), *made[page]] for page, words in PAGES}

    def volume(self) -> Slider:
        """How loud everything is; it is kept, and a sound is heard, once it is let go."""

        def change(volume: int) -> None:
            self.app.settings.volume = self.app.sounds.volume = volume

        def done() -> None:
            self.app.restyle()
            self.app.sounds.play("step")

        return Slider(self.app.settings.volume, change, done)

    def languages(self) -> Choice:
        """In which language everything is said now; another choice is what was chosen."""
        return Choice(tuple(LANGUAGES.items()), current(), self._speak)

    # -- page by page --------------------------------------------------------------------------------------------------

    def _look(self) -> list[Widget]:
        kept = self.app.settings
        themes = ThemeCards(said(THEMES), kept.theme, self._setter("theme"))
        sizes = TextSizeChoice(said(TEXT_SIZES), kept.text_size, self._setter("text_size"))
        return [
            SettingRow(_("Light or dark"), "", themes, large=True),
            SettingRow(_("Text size"), _("buttons grow along"), sizes),
            self._board(),
            SettingRow(_("High contrast"), _("stronger lines, no textures"), self._switch("high_contrast")),
            SettingRow(_("Motion"), _("pieces glide, cards turn"), self._choice("motion", MOTIONS)),
            SettingRow(_("Show where one may step"), "", self._switch("show_places")),
            SettingRow(_("Letters and numbers"), _("at the edge of boards"), self._switch("coordinates")),
        ]

    def _board(self) -> SettingRow:
        """What boards are made of, with the word for what is chosen."""
        keep = self._setter("board")

        def choose(board: Any) -> None:
            row.words.text = _(BOARDS[board])
            keep(board)

        board = self.app.settings.board
        row = SettingRow(_("Board"), _(BOARDS[board]), BoardChoice(board, choose))
        return row

    def _window(self) -> list[Widget]:
        window = self.app.window
        scales = self._choice("scale", SCALES)
        return [
            SettingRow(_("Size of everything"), _("larger for screens with tiny points, as far as it fits"), scales),
            SettingRow(_("Full screen"), _("F11 does it anywhere"), Switch(window.full_screen, self._fill)),
        ]

    def _sound(self) -> list[Widget]:
        play = self.app.sounds.play
        self._hear = [Button(_("Hear it"), partial(play, name), icon="play", size="small") for name, _words in HEARD]
        self._mute()
        return [
            SettingRow(_("Sounds"), _("when somebody steps, speaks or wins"), self._switch("sound")),
            *(SettingRow(_(words), "", hear) for (_sound, words), hear in zip(HEARD, self._hear, strict=True)),
        ]

    def _language(self) -> list[Widget]:
        options = (("", _("As the system")), *LANGUAGES.items())
        choice = Choice(options, self.app.settings.language, self._speak)
        return [SettingRow(_("Language"), _("What people write stays as they wrote it."), choice)]

    def _table(self) -> list[Widget]:
        words = _("Friends see it the next time you go to a host.")
        return [SettingRow(_("Your name at the table"), words, self.name)]

    def _network(self) -> list[Widget]:
        find = Button(_("Find out"), self._find_out, icon="search", size="small")
        here = _(", ").join(addresses()) or _("none")
        rows: list[Widget] = [
            SettingRow(_("Nobody found?"), _("looks for what is in the way, and says what helps"), find),
            SettingRow(_("Address of this computer"), _("for friends who do not find you by themselves"), Label(here)),
        ]
        rows += [self._host(host) for host in self.app.settings.hosts]
        return rows

    def _host(self, host: Known) -> SettingRow:
        """A host where one has been, which can be forgotten."""

        def forget() -> None:
            self.app.settings.hosts = [other for other in self.app.settings.hosts if other != host]
            self.app.restyle()
            self.app.screen.hosts_changed()
            row.visible = False

        words = _("last {time}").format(time=when(host.when, time.time())) if host.when else ""
        row = SettingRow(host.name or place(host.url), words, Button(_("Forget"), forget, icon="x", size="small"))
        return row

    def _about(self) -> list[Widget]:
        folder = self.app.store.folder
        kept = _("Your settings are kept in {folder}.").format(folder=folder) if folder else _("Nothing is kept.")
        version = _("Version {version}. Table games with the people around you.").format(version=self.app.program)
        sdl = ".".join(map(str, pygame.get_sdl_version()))
        parts = f"Python {platform.python_version()}, pygame-ce {pygame.version.ver}, SDL {sdl}"
        return [
            Label(_("Roundtable"), "name"),
            Label(version, wrap=True),
            Label(kept, wrap=True),
            Label(_("Letters: WenQuanYi Micro Hei, under the Apache License 2.0."), wrap=True),
            Label(_("Runs with {programs}.").format(programs=parts), "caption", "text_2", wrap=True),
        ]

    # -- what they do --------------------------------------------------------------------------------------------------

    def _choice(self, field: str, options: tuple[tuple[str, str], ...]) -> Choice:
        return Choice(said(options), getattr(self.app.settings, field), self._setter(field))

    def _switch(self, field: str) -> Switch:
        return Switch(getattr(self.app.settings, field), self._setter(field))

    def _setter(self, field: str) -> Callable[[Any], None]:
        def change(value: Any) -> None:
            setattr(self.app.settings, field, value)
            self.app.restyle()
            self.preview.show(field)
            if field == "sound":
                self._mute()
                self.app.sounds.play("step")

        return change

    def _mute(self) -> None:
        for hear in self._hear:
            hear.off = "" if self.app.settings.sound else _("Sounds are off.")

    def _fill(self, full: bool) -> None:
        if full != self.app.window.full_screen:
            self.app.window.toggle_full_screen()

    def _speak(self, code: str) -> None:
        self.app.speak(code, self.page())

    def _rename(self, text: str) -> None:
        try:
            self.app.settings.name = clean_name(text)
        except ValueError:
            self.name.wrong = True
            return
        self.name.wrong = False
        self.app.screen.renamed()

    def _find_out(self) -> None:
        from work.desktop.doctor_sheet import DoctorSheet

        screen = self.app.screen
        screen.open(DoctorSheet(self.app, screen.close))
        screen.fit_over()


def said(options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Options with their words in the player's language."""
    return tuple((value, _(words)) for value, words in options)
