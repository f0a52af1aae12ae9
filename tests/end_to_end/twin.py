"""What a real window shows, laid out once more in this process: it hears the same messages and takes the same touches.

So a test knows where a button is and what a place must look like, without a pixel written down anywhere.
"""

from collections import defaultdict
from collections.abc import Callable
from unittest import mock

import pygame

import house
from communication import messages as m
from communication.client import Client
from communication.link import CloseCode, Data, Link
from communication.runner import Runner
from games.scene import Tag
from tests.end_to_end.screen import Window
from tests.end_to_end.words import words_of
from tests.kit import News
from tests.work.desktop import hands
from tests.work.desktop.apps import FakeHouse
from work.desktop.app import App, AppScreen
from work.desktop.lobby_screen import LobbyScreen
from work.desktop.player import Player
from work.desktop.table_screen import TableScreen
from work.desktop.widgets import Widget
from work.settings import Settings, Store
from work.table import Table

SETTLED = 1.1
"""Seconds after which nothing glides, shakes or fades any more."""


class Tap(Runner):
    """A runner that lets tests read along what is sent to each person."""

    def __init__(self, commit: Callable[[], None]) -> None:
        self.news = News()

        def committed() -> None:
            commit()
            self.news.tell()

        super().__init__(committed)
        self.sent: defaultdict[str, list[str]] = defaultdict(list)
        self._names: dict[Link, str] = {}

    def send(self, link: Link, data: str, urgent: bool = True) -> None:
        super().send(link, data, urgent)
        try:
            message = m.to_client(data)
        except m.BadMessage:
            return  # bots of the house share this runner, and ask
        if isinstance(message, m.Welcome):
            self._names[link] = message.name
        if link in self._names and not isinstance(message, m.Ok | m.Refused):  # these answer what only one has asked
            self.sent[self._names[link]].append(data)


def tapped_house(name: str, discoverable: bool = False, think: float = house.THINK) -> tuple[house.House, Tap]:
    """A server in this process, and what it sends."""
    with mock.patch.object(house, "Runner", Tap):
        tapped = house.House(name, think=think, discoverable=discoverable)
    assert isinstance(tapped.runner, Tap)
    return tapped, tapped.runner


class NoLink(Link):
    """A link that leads nowhere: what a twin asks for, its window has asked for."""

    def send(self, data: Data) -> None:
        pass

    def close(self, code: int = CloseCode.NORMAL, reason: str = "") -> None:
        pass


class Twin:
    """The app of a window once more. Its own clock stands still but for `picture`, which lets everything settle."""

    def __init__(self, tap: Tap, settings: Settings) -> None:
        self._tap, self._name = tap, settings.name
        self._read = 0
        self._now = 1000.0
        self.app = App(Store(None), "", FakeHouse())
        self.app.settings = settings
        self.app.window.size = settings.size
        self.app.window.open()
        self.app.restyle()
        self.app.screen = AppScreen(self.app)
        self.app.window.show(self.app.screen)
        client = Client(Runner(wake=tap.news.tell), settings.name, "")  # what is ready runs when we catch up
        client.link, client.state, client.url = NoLink(), "connecting", "ws://127.0.0.1"
        self.app.player = Player(client, self.app)
        self.app.replays._runner = Runner(wake=tap.news.tell)

    # -- what has happened ---------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Hear everything that the window has been told so far."""
        assert self.app.player
        client = self.app.player.client
        told = self._tap.sent[self._name]
        while self._read < len(told):
            assert client.link
            client.received(client.link, told[self._read])
            self._read += 1
        client.runner.run()
        self.app.replays.task(0.0)  # at no time has anything been read for long

    def until(self, true: Callable[[], object], what: str) -> None:
        """Wait until something is true of what the window was told."""

        def caught_up() -> object:
            self.catch_up()
            return true()

        self._tap.news.until(caught_up, f"{self._name}: {what}")

    @property
    def lobby(self) -> m.Lobby:
        """What the lobby shows; nobody and nothing where it is not shown."""
        screen = self.app.screen
        return screen.facts.lobby if isinstance(screen, LobbyScreen) else m.Lobby((), (), ())

    @property
    def table(self) -> Table:
        """The table that is shown."""
        assert isinstance(self.app.screen, TableScreen)
        return self.app.screen.table

    @property
    def at_table(self) -> bool:
        """Whether a table is shown."""
        return isinstance(self.app.screen, TableScreen)

    # -- where things are ----------------------------------------------------------------------------------------------

    def widget(self, words: str) -> Widget:
        """The widget that carries these words, where a click on its middle would reach it."""
        screen = self.app.screen
        screen.arrange()
        found = [widget for widget in (screen.over or screen).walk() if words in words_of(widget)]
        assert len(found) == 1, f"{self._name}: {len(found)} widgets say {words!r}"
        assert found[0].usable, f"{words!r} cannot be used now"
        assert (screen.over or screen).at(found[0].rect.center) is found[0], f"{words!r} is covered"
        return found[0]

    def place(self, tag: Tag) -> tuple[int, int]:
        """Where a place of the table lies on the screen."""
        assert isinstance(self.app.screen, TableScreen)
        stage = self.app.screen.stage
        assert stage.scene
        return stage.pixel(stage.scene.places()[tag])

    def picture(self) -> pygame.Surface:
        """What the window shows when everything has come to rest."""
        screen = self.app.screen
        for _ in range(2):
            screen.tick(self._now)
            self._now += SETTLED
        surface = pygame.Surface(screen.rect.size)
        hands.settle(screen, surface)
        return surface


class Person:
    """Somebody at a real window: does everything there and at its twin, and sees what the window shows."""

    def __init__(self, tap: Tap, window: Window, settings: Settings) -> None:
        self.window, self.name = window, settings.name
        self.twin = Twin(tap, settings)

    @property
    def screen(self) -> TableScreen:
        """The table screen of the twin."""
        assert isinstance(self.twin.app.screen, TableScreen)
        return self.twin.app.screen

    def until(self, true: Callable[["Person"], object], what: str) -> None:
        """Wait until something is true of this person, by what the window was told."""
        self.twin.until(lambda: true(self), what)

    def sees(self, thing: Widget | pygame.Rect) -> None:
        """Wait until the window shows a thing as it should look now; fails when it does not come to that."""
        expected = self.twin.picture()
        area = thing.rect if isinstance(thing, Widget) else thing
        area = area.clip(expected.get_rect())
        assert self.window.shows(expected, area), f"the window does not show what it should at {area}"

    def press(self, words: str) -> None:
        """Click what carries these words, once it can be seen."""
        widget = self.twin.widget(words)
        self.sees(widget)
        self.click(widget.rect.center)

    def touch(self, tag: Tag) -> None:
        """Click a place of the table."""
        self.click(self.twin.place(tag))

    def click(self, at: tuple[int, int]) -> None:
        """Click a point."""
        self.window.click(at)
        hands.click(self.twin.app.screen, at)

    def drag(self, start: Tag, end: Tag) -> None:
        """Drag what lies on one place of the table to another."""
        here, there = self.twin.place(start), self.twin.place(end)
        screen = self.twin.app.screen
        self.window.hold(here)
        self.window.move(there)
        self.window.let_go()
        hands.move(screen, here)
        hands.button(screen, pygame.MOUSEBUTTONDOWN, here)
        hands.move(screen, there, held=True)
        hands.button(screen, pygame.MOUSEBUTTONUP, there)

    def write(self, text: str) -> None:
        """Type a line and press Enter."""
        self.window.write(text)
        self.window.key("Return")
        hands.write(self.twin.app.screen, text)
        hands.key(self.twin.app.screen, pygame.K_RETURN)
