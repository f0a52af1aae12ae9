"""Replays: how the app comes to show a match that is over, from a host or from a file, and the way back."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from communication import messages as m
from communication.written import Written
from games import GAMES
from work.language import _, spoken
from work.replay import Replay, opened
from work.table import Table

if TYPE_CHECKING:
    from work.desktop.app import App

log = logging.getLogger(__name__)


class Replays:
    """Shows replays in an app."""

    def __init__(self, app: "App") -> None:
        self.app = app

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
        """Show a match that was saved; or say why that cannot be done."""
        try:
            replay = opened(path, GAMES)
        except ValueError as error:
            self.app.screen.say(spoken(str(error)), "danger")
        else:
            self.show(replay)

    def recorded(self, message: m.Record) -> None:
        """A finished match has come: look at it, as soon as it has been played through."""
        player = self.app.player
        if player is not None:
            written, shelf = Written(message.about, list(message.steps), message.over), player.shelf
            player.runner.spawn(lambda: Replay(written, shelf, message.match), self._played_through)

    def _played_through(self, result: Replay | Exception) -> None:
        if isinstance(result, Replay):
            self.show(result)
        else:
            log.error("a match cannot be looked at: %r", result)
            self.app.screen.say(spoken(str(result)), "danger")

    def _back_to(self, table: Table) -> None:
        player = self.app.player
        if player is not None and table.code in player.tables:
            self.app.show_table(table)
        else:
            self.app.show_lobby()
