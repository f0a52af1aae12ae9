"""Replays: how the app comes to show a match that is over, from a host or from a file, and the way back."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from communication import messages as m
from communication.runner import Runner
from communication.written import Written
from games import GAMES
from work.language import _, spoken
from work.replay import Replay, opened
from work.table import Table

if TYPE_CHECKING:
    from work.desktop.app import App
    from work.desktop.app_screen import AppScreen
    from work.desktop.reading_sheet import ReadingSheet

log = logging.getLogger(__name__)

SHORT = 0.3
"""Seconds for which nothing is said of a match that is being read; most are there sooner."""


@dataclass(eq=False)
class Reading:
    """A match that is being read: what it is called, since when, for which screen, and the sheet that says so."""

    name: str
    since: float
    screen: "AppScreen"
    sheet: "ReadingSheet | None" = None


class Replays:
    """Shows replays in an app. A match is read and played through on a thread of its own, for it may be long."""

    def __init__(self, app: "App") -> None:
        self.app = app
        self._runner = Runner(wake=app.window.wake)
        self._reading: Reading | None = None

    def task(self, now: float) -> None:
        """Show what has been read by now; where that takes its time, say so. Whoever closes that gives it up."""
        self._runner.run()
        reading = self._reading
        if reading is None:
            return
        if not self._wanted(reading):
            self._reading = None
        elif reading.sheet is None and reading.screen.over is None and now - reading.since >= SHORT:
            from work.desktop.reading_sheet import ReadingSheet

            reading.sheet = ReadingSheet(reading.name, reading.screen.close)
            reading.screen.open(reading.sheet)
            reading.screen.fit_over()

    def show(self, replay: Replay) -> None:
        """Show a match that is over; the way back leads to the table or lobby from which one came."""
        from work.desktop.replay_screen import ReplayScreen
        from work.desktop.table_screen import TableScreen

        app, before = self.app, self.app.screen
        if isinstance(before, TableScreen):
            back, go_back = _("Table"), lambda: self._back_to(before.table)
        elif app.player is not None:
            back, go_back = _("Lobby"), lambda: app.show_lobby()
        else:
            back, go_back = _("Back"), lambda: app.show_first()
        app.screen = ReplayScreen(app, replay, back, go_back)
        app.window.show(app.screen)

    def open(self, path: Path) -> None:
        """Show a match that was saved, once it has been read; or say why that cannot be done."""
        self._read(path.name, lambda: opened(path, GAMES))

    def recorded(self, message: m.Record) -> None:
        """A finished match has come: look at it, as soon as it has been played through."""
        player = self.app.player
        if player is not None:
            written, shelf = Written(message.about, list(message.steps), message.over), player.shelf
            title = spoken(shelf[message.about.game].title) if message.about.game in shelf else message.about.game
            self._read(title, lambda: Replay(written, shelf, message.match))

    def _read(self, name: str, read: Callable[[], Replay]) -> None:
        """Have a match read; of two wishes the newer one counts."""
        if self._reading is not None and self._reading.sheet is not None:
            self._reading.screen.close()
        self._reading = reading = Reading(name, time.monotonic(), self.app.screen)
        self._runner.spawn(read, partial(self._has_read, reading))

    def _has_read(self, reading: Reading, result: Replay | Exception) -> None:
        if not self._wanted(reading):
            return
        self._reading = None
        if reading.sheet is not None:
            reading.screen.close()
        if isinstance(result, Replay):
            self.show(result)
            return
        if not isinstance(result, ValueError):
            log.error("a match cannot be looked at: %r", result)
        self.app.screen.say(spoken(str(result)), "danger")

    def _wanted(self, reading: Reading) -> bool:
        """Whether a match is still waited for: not where it was given up, or where one has gone elsewhere."""
        here = reading is self._reading and reading.screen is self.app.screen
        return here and (reading.sheet is None or reading.screen.over is reading.sheet)

    def _back_to(self, table: Table) -> None:
        player = self.app.player
        if player is not None and table.code in player.tables:
            self.app.show_table(table)
        else:
            self.app.show_lobby()
