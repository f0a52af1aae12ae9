"""A screen of the app, and what it may hear of."""

from typing import TYPE_CHECKING

from work.desktop.window import Screen
from work.events import Events
from work.language import N_

if TYPE_CHECKING:
    from work.desktop.app import App


class AppScreen(Events, Screen):
    """A screen of this app; it overrides what it wants to hear of. All calls come from the window's thread.

    `way_back` is what the button says that leads back to it.
    """

    way_back = N_("Back")

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

    def hosts_changed(self) -> None:
        """The player has forgotten a host."""

    def again(self) -> "AppScreen":
        """The same screen made anew, because everything on it is to be said in another language."""
        raise NotImplementedError
