"""The desktop client: one window, the player in it, and which screen is shown when."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

import pygame

from communication import messages as m
from communication.client import Client
from communication.discovery import addresses
from communication.link import PORT, at, parse
from communication.model import Answer
from communication.runner import Runner
from games import GAMES
from work.desktop.app_screen import AppScreen as AppScreen
from work.desktop.player import Player, against_bots
from work.desktop.replays import Replays
from work.desktop.sounds import Sounds
from work.desktop.system_theme import system_theme
from work.desktop.theme import TEXT_SIZES, ThemeName
from work.desktop.window import Appearance, Screen, Window
from work.language import _, of_system, use
from work.settings import Known, Settings, Store
from work.table import Table

GOODBYE = 1.0
"""Seconds that a goodbye to the server may take when the window closes."""


class NoScreen(Exception):
    """There is no display to open a window on."""


class Hosting(Protocol):
    """The server that this program can start beside itself; `url` is "" where it does not run.

    `people` counts who is connected to it, oneself included. `begin` starts it and tells its address, or why there is
    none, on any thread; friends see it under the name, from `open` on. `end` ends it for everybody; where nobody does
    that, it lives on for those who are there.
    """

    url: str
    people: int

    def begin(self, told: Callable[[str, str], object], name: str = "") -> None: ...

    def open(self) -> None: ...
    def end(self) -> None: ...


class App:
    """The window and everything in it; lives on the thread that calls `run`."""

    def __init__(
        self,
        store: Store,
        program: str,
        house: Hosting,
        url: str | None = None,
        name: str | None = None,
        password: str = "",
        ca: str | None = None,
        language: str | None = None,
    ) -> None:
        self.store = store
        self.settings: Settings = store.load()
        self.settings.name = name or self.settings.name
        use(language or self.settings.language or of_system(_preferred()))
        self.program = program
        self.house = house
        self.url = url
        self.password = password
        self.ca = ca
        self.player: Player | None = None
        self.sounds = Sounds(self.settings.sound, self.settings.volume)
        self.window = Window(_("Roundtable"), self.settings.size, self._style(), on_pass=self._pass)
        self.window.on_close = self._may_close
        self.replays = Replays(self)
        self.window.on_file = self.replays.open
        self.window.place, self.window.full_screen = self.settings.place, self.settings.full_screen
        self.screen: AppScreen
        self._left: Client | None = None
        self._begin_with: m.Open | None = None
        self._next_task = 0.0
        self._known: set[str] = set()
        """The tables that have been shown, by their codes."""
        self.muted: set[str] = set()
        """The names of people whom the player does not want to hear in any chat, until the program ends."""
        self._resting: set[str] = set()
        """Those where we have a seat and the match rests."""

    # -- the program ---------------------------------------------------------------------------------------------------

    def run(
        self, game: str | None = None, seats: int | None = None, hosts: bool = False, replay: Path | None = None
    ) -> int:
        """Open the window and stay until it is closed; gives the exit status. NoScreen where there is no display.

        With a game, a table of it is opened as soon as we are in, bots on the other seats. `hosts` goes at once to a
        server of one's own. With a replay, the match saved in that file is shown.
        """
        if replay is not None:
            self.window.call(lambda: self.replays.open(replay))
        if game is not None:
            self._begin_with = against_bots(GAMES[game], seats)
        try:
            self.window.run(lambda window: self._first(self.url or "", hosts=hosts))
        except pygame.error as error:
            raise NoScreen(f"no window can be opened ({error})") from None
        finally:
            self._leave()
            self._keep()
        return 0

    def _first(self, url: str, text: str = "", hosts: bool = False) -> Screen:
        from work.desktop.first_screen import FirstScreen

        self.screen = FirstScreen(self, text)
        if url:
            self.join(url, self.password)
        elif hosts:
            self.host()
        return self.screen

    def _pass(self) -> None:
        """Once on each pass of the window: do what the network and other threads brought, and what is due."""
        now = time.monotonic()
        self.replays.task(now)
        if self._left is not None:
            self._left.runner.run()  # a dial that was given up may still succeed, and is closed then
        if self.player is None:
            return
        client = self.player.client
        if now >= self._next_task:
            self._next_task = now + 0.1
            client.runner.post(client.task, now)
        client.runner.run()

    def _leave(self) -> None:
        """Say goodbye to the server, and wait a moment for it to hear."""
        if self.player is None:
            return
        client = self.player.client
        client.worker = None
        client.runner.call(client.disconnect, True)
        until = time.monotonic() + GOODBYE
        while client.state != "out" and time.monotonic() < until:
            client.runner.run()
            pygame.time.wait(10)

    def _keep(self) -> None:
        kept, window = self.settings, self.window
        kept.size, kept.place, kept.full_screen = window.size, window.place, window.full_screen
        self.store.save(self.settings)

    def _style(self) -> Appearance:
        kept = self.settings
        theme: ThemeName = system_theme() if kept.theme == "system" else kept.theme
        scale = 0.0 if kept.scale == "auto" else float(kept.scale)
        text = TEXT_SIZES[kept.text_size]
        return Appearance(
            theme, scale, text, kept.high_contrast, kept.motion, kept.board, kept.show_places, kept.coordinates
        )

    # -- what screens ask for ------------------------------------------------------------------------------------------

    def join(self, url: str, password: str = "") -> None:
        """Connect to a server and log in; the first screen shows what becomes of it."""
        self.quit_server()
        self._known.clear()
        self.url = url
        settings = self.settings
        runner = Runner(wake=self.window.wake)
        key = settings.key(settings.name)
        client = Client(runner, settings.name, key, program=self.program, password=password, ca=self.ca)
        self.store.save(settings)
        self.player = Player(client, self)
        runner.call(client.connect, url)

    def host(self, game: str | None = None, seats: int = 0) -> None:
        """Start a server beside this program, so that friends can join, and go in; where it runs already, go in again.

        With a game one plays alone, at a private table; then friends find it once we are in its lobby or invite them.
        """
        if game is not None:
            self._begin_with = against_bots(GAMES[game], seats, private=True)
        name = _("{person}'s table").format(person=self.settings.name)
        self.house.begin(lambda url, why: self.window.call(partial(self._housed, url, why)), name)

    def _housed(self, url: str, why: str) -> None:
        if url:
            self.join(url)
        else:
            self._begin_with = None
            self.screen.cannot_host(why)

    @property
    def hosting(self) -> bool:
        """Whether we are at the server that runs beside this program."""
        return self.player is not None and self.is_own(self.player.client.url)

    def is_own(self, url: str) -> bool:
        """Whether this is the address of the server that runs beside this program."""
        return bool(url and self.house.url) and parse(self.house.url).port == parse(url).port and _is_here(url)

    @property
    def places(self) -> list[str]:
        """Host and port as friends can type them, the likeliest first; none where we do not host."""
        if not self.hosting:
            return []
        port = parse(self.house.url).port
        return [at(address, port).removesuffix(f":{PORT}") for address in addresses()]

    def invite(self, code: str = "") -> None:
        """Show how friends come here; at somebody else's host there is only a table's code to be copied."""
        from work.desktop.invite import InviteSheet

        if self.places:
            self.house.open()
            self.screen.open(InviteSheet(self.places, self._copy_address, self.screen.close, code))
            self.screen.fit_over()
        elif code:
            pygame.scrap.put_text(code)
            self.screen.say(_("The code {code} is copied.").format(code=code), "good")

    def _copy_address(self, address: str) -> None:
        pygame.scrap.put_text(address)
        says = _("{address} is copied. Friends type it on their first screen.")
        self.screen.say(says.format(address=address), "good")

    @property
    def others(self) -> int:
        """How many others are connected to the server beside this program."""
        return max(0, self.house.people - self.hosting)

    def _may_close(self) -> bool:
        """Whether the window may close at once; where friends play on here, its player is asked first."""
        if not self.others:
            return True
        from work.desktop.closing import ClosingSheet

        if isinstance(self.screen.over, ClosingSheet):
            return True
        self.screen.open(ClosingSheet(self.others, self.window.close, self._end_and_close, self.screen.close))
        self.screen.fit_over()
        return False

    def _end_and_close(self) -> None:
        self.house.end()
        self.window.close()

    def quit_server(self) -> None:
        """Leave the server for good, if there is one."""
        if self.player is not None:
            self._left, self.player = self.player.client, None
            self._left.worker = None
            self._left.runner.call(self._left.disconnect, True)
            self._left.runner.run()

    def save_results(self, table: Table) -> None:
        """Fetch what a work has brought, and save it."""
        if self.player is not None:
            self.player.save_results(table)

    def request(self, message: m.Request, then: Callable[[Answer], None] | None = None) -> None:
        """Ask the server for something; where nothing else is said, a refusal is shown as a notice."""
        if self.player is not None:
            self.player.client.request(message, then or self.show_refusal)

    def say(self, text: str, give_back: Callable[[str], object], room: str = "") -> None:
        """Say something in the lobby or at a table; `give_back` gets it where that was not possible."""

        def answered(answer: Answer) -> None:
            if answer is not None:
                give_back(text)
                self.show_refusal(answer)

        self.request(m.Say(room=room, text=text), answered)

    def show_first(self, text: str = "") -> None:
        """Go back to the first screen, and say why."""
        self.quit_server()
        self.window.show(self._first("", text))

    def show_lobby(self) -> None:
        """Show who and what is here; in a lobby of one's own one can be found."""
        from work.desktop.lobby_screen import LobbyScreen

        if self.hosting and not (self._begin_with and self._begin_with.private):
            self.house.open()
        self.screen = LobbyScreen(self)
        self.window.show(self.screen)

    def show_table(self, table: Table) -> None:
        """Show a table."""
        from work.desktop.table_screen import TableScreen

        self._known.add(table.code)
        self.screen = TableScreen(self, table)
        self.window.show(self.screen)

    def speak(self, code: str, page: str = "") -> None:
        """Say everything in this language ("" is the system's) from now on, and keep that.

        `page` of the settings is where one chose it.
        """
        self.settings.language = code
        self.store.save(self.settings)
        use(code or of_system(_preferred()))
        self.window.retitle(_("Roundtable"))
        self.screen = self.screen.again()
        self.window.show(self.screen)
        if page:
            self.screen.open_settings(page)

    def restyle(self) -> None:
        """Take over from the settings how everything looks and sounds, and keep them."""
        self.window.restyle(self._style())
        self._keep()
        self.sounds.on, self.sounds.volume = self.settings.sound, self.settings.volume

    # -- what the player hears -----------------------------------------------------------------------------------------

    def connection(self, state: str, text: str) -> None:
        """Logged in: to the lobby or the table that was wished for. Out: to the first screen."""
        from work.desktop.first_screen import FirstScreen
        from work.desktop.lobby_screen import LobbyScreen

        if state == "in" and self.player is not None:
            if not self.hosting:
                client = self.player.client
                name = self.player.welcome.server if self.player.welcome else ""
                self.settings.remember(Known(client.url, name, time.time()))
                self.store.save(self.settings)
            if self._begin_with is not None:
                self.show_lobby()
                self.request(self._begin_with)
                self._begin_with = None
            elif not self.player.tables and not isinstance(self.screen, LobbyScreen):
                self.show_lobby()
        elif state == "out" and not isinstance(self.screen, FirstScreen):
            self.show_first(text)
            return
        self.screen.connection(state, text)
        if state == "out":
            self.quit_server()

    def table_changed(self, table: Table) -> None:
        """A table that is new to us is shown at once, as is one that goes on while we are in the lobby.

        One that rests waits in the lobby until we want it; from others we may be looking at something else.
        """
        from work.desktop.lobby_screen import LobbyScreen

        rests = table.about.paused and table.seat is not None
        goes_on = table.code in self._resting and not rests and isinstance(self.screen, LobbyScreen)
        (self._resting.add if rests else self._resting.discard)(table.code)
        if not goes_on and (rests or table.code in self._known):
            self.screen.table_changed(table)
        else:
            self.show_table(table)

    def started(self, table: Table) -> None:
        """A match in which we have a seat calls us to its table, whatever we are looking at."""
        from work.desktop.table_screen import TableScreen

        there = isinstance(self.screen, TableScreen) and self.screen.table is table
        if not there and table.seat is not None and table.n == 0 and not table.about.paused:
            self.show_table(table)
        else:
            self.screen.started(table)

    def left(self, table: Table, text: str) -> None:
        """Back to the lobby, with a word where we did not go by ourselves."""
        from work.desktop.replay_screen import ReplayScreen

        self._known.discard(table.code)
        self._resting.discard(table.code)
        if not isinstance(self.screen, ReplayScreen):
            self.show_lobby()
        if text:
            self.screen.say(text)

    def show_refusal(self, answer: Answer) -> None:
        """Say why the server has not done what was asked; nothing where it has."""
        if answer is not None:
            self.screen.say(answer[1], "danger")


def _preferred() -> list[str]:
    """The languages of this computer, as SDL knows them; the terminal's way knows no more on Linux, less elsewhere."""
    return [locale["language"] for locale in pygame.system.get_pref_locales()]


def _is_here(url: str) -> bool:
    """Whether an address is one of this computer."""
    return parse(url).host in ("127.0.0.1", "localhost", *addresses())
