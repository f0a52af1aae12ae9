"""A screen of the app, and what it may hear of."""

from typing import TYPE_CHECKING

from communication import messages as m
from games.game_info import Move, Refusal
from work.desktop.window import Screen
from work.table import Table

if TYPE_CHECKING:
    from work.desktop.app import App


class AppScreen(Screen):
    """A screen of this app; it overrides what it wants to hear of. All calls come from the window's thread."""

    def __init__(self, app: "App") -> None:
        super().__init__(app.window)
        self.app = app

    def open_settings(self, page: str = "look") -> None:
        """Lay the settings over this screen, open at a page of them."""
        from work.desktop.settings_sheet import SettingsSheet

        self.open(SettingsSheet(self.app, self.close, page))
        self.fit_over()

    def fit_over(self) -> None:
        """Give what lies on top its place."""
        from work.desktop.sheets import Sheet

        if isinstance(self.over, Sheet):
            self.over.fit(self.rect)

    def cannot_host(self, why: str) -> None:
        """The server beside this program does not start."""

    def renamed(self) -> None:
        """The player has another name in the settings."""

    def connection(self, state: str, text: str) -> None:
        """The connection is "in", "away" (lost, coming back by itself) or "out", and why."""

    def lobby_changed(self) -> None:
        """`app.player.lobby` has changed."""

    def waiting(self, message: m.Waiting) -> None:
        """The wait list has changed for us."""

    def table_changed(self, table: Table) -> None:
        """Who sits at the table has changed."""

    def started(self, table: Table) -> None:
        """A match has begun or was given whole."""

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        """A step was made; seat None is the table itself."""

    def declined(self, table: Table, offer: m.Offering) -> None:
        """What we have offered was not agreed on."""

    def refused(self, table: Table, refusal: Refusal) -> None:
        """The room refused our step."""

    def ended(self, table: Table) -> None:
        """The match is over."""

    def said(self, message: m.Said) -> None:
        """A line of chat, from a room or (empty) the lobby."""

    def past(self, message: m.Past) -> None:
        """Finished matches that were asked for."""

    def again(self) -> "AppScreen":
        """The same screen made anew, because everything on it is to be said in another language."""
        raise NotImplementedError
