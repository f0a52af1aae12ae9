"""The person at the window, as a worker: what happens is told to the screen that is shown."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communication import messages as m
from communication.client import Client
from games.game import Game
from games.game_info import Move, Refusal
from work.labour import Collected, Work
from work.language import _
from work.shelf import SHELF
from work.table import Table
from work.worker import Worker

if TYPE_CHECKING:
    from work.desktop.app import App
    from work.desktop.app_screen import AppScreen


def against_bots(game: Game[Any], seats: int | None = None, private: bool = False) -> m.Open:
    """The wish for a table with bots on all other seats; as few seats as may be, where nothing else is said."""
    seats = seats or game.seats[0]
    return m.Open(game=game.name, version=game.version, seats=seats, bots=seats - 1, private=private)


class Player(Worker):
    """The person at the window: what happens is told to the screen that is shown, and the app changes screens."""

    def __init__(self, client: Client, app: "App") -> None:
        super().__init__(client, SHELF)
        self.app = app
        self.collected: Collected | None = None
        self._here: set[str] = set()

    def connection(self, state: str, text: str) -> None:
        self.app.connection(state, text)

    def lobby_changed(self) -> None:
        self.app.screen.lobby_changed()

    def tell_who_comes(self, screen: "AppScreen") -> None:
        """Say who has come in since this was told last; who hosts waits for that."""
        people = self.lobby.people if self.lobby is not None else ()
        here = {one.name for one in people if not one.bot and not one.away}
        new = here - self._here if self._here else set()
        self._here = here
        if new:
            screen.say(_("{people} just came in.").format(people=_(", ").join(sorted(new))), "good")
            self.app.sounds.play("join")

    def waiting(self, message: m.Waiting) -> None:
        self.app.screen.waiting(message)

    def table_changed(self, table: Table) -> None:
        self.app.table_changed(table)

    def started(self, table: Table) -> None:
        self.app.started(table)

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        self.app.screen.stepped(table, seat, move)

    def declined(self, table: Table, offer: m.Offering) -> None:
        self.app.screen.declined(table, offer)

    def refused(self, table: Table, refusal: Refusal) -> None:
        self.app.screen.refused(table, refusal)

    def ended(self, table: Table) -> None:
        self.app.screen.ended(table)

    def said(self, message: m.Said) -> None:
        self.app.screen.said(message)

    def past(self, message: m.Past) -> None:
        self.app.screen.past(message)

    def recorded(self, message: m.Record) -> None:
        self.app.replays.recorded(message)

    def left(self, table: Table, text: str) -> None:
        self.app.left(table, text)

    def turned_away(self, text: str) -> None:
        self.app.screen.say(text, "danger")

    # -- what works have brought ---------------------------------------------------------------------------------------

    def save_results(self, table: Table) -> None:
        """Fetch what a work has brought, and write it into the folder for matches."""
        folder = self.app.store.matches
        if folder is None:
            self.app.screen.say(_("This program was started so that it keeps nothing."), "danger")
        else:
            self.collected = Collected(self.client, table, partial(self._write, table, folder))

    def brought(self, table: Table, results: m.Results) -> None:
        if self.collected is not None:
            self.collected.take(results)

    def _write(self, table: Table, folder: Path, rows: list[Any]) -> None:
        game, info = table.game, table.info
        if isinstance(game, Work):
            place = folder / f"{game.title} {table.code}"
            self.runner.spawn(lambda: list(game.write(rows, info, place)), partial(self._written, place))

    def _written(self, place: Path, result: object) -> None:
        if isinstance(result, OSError):
            self.app.screen.say(_("It cannot be saved: {why}").format(why=result.strerror), "danger")
        elif not isinstance(result, Exception):
            self.app.screen.say(_("Saved: {file}").format(file=place), "good")
