"""An app that a test steps by hand, against a real server."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

import pygame
import pytest

from communication.discovery import Found
from house import House
from tests.work.desktop import hands
from work.desktop import first_screen
from work.desktop.app import App, AppScreen
from work.desktop.first_screen import FirstScreen
from work.desktop.lobby_screen import LobbyScreen
from work.desktop.table_screen import TableScreen
from work.settings import Store

PATIENCE = 20.0
T = TypeVar("T")
Kind = TypeVar("Kind", bound=AppScreen)


class NoSeeker:
    """Looks nowhere: a test must not find the machines around it."""

    def __init__(self, on_found: Callable[[Found], None], **_: object) -> None:
        self.on_found = on_found

    def start(self) -> bool:
        return True

    def stop(self) -> None:
        pass

    cancel = stop


class Opened:
    """An app whose window is open; `until` steps it until something is so."""

    def __init__(
        self,
        url: str = "",
        name: str = "Anna",
        folder: Path | None = None,
        house: "FakeHouse | None" = None,
        size: tuple[int, int] = (1280, 800),
        password: str = "",
    ) -> None:
        self.app = App(Store(folder), "0.1.0", house or FakeHouse(), name=name, password=password, language="en")
        self.app.settings.sound = False
        self.app.window.size = size
        self.app.window.open()
        self.app.window.show(self.app._first(url))
        self.step()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.app.screen.hidden()
        self.app._leave()

    def step(self) -> None:
        self.app.window.step(time.monotonic())

    def until(self, true: Callable[[], T], *others: "Opened") -> T:
        """Step this app (and others) until this is so."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for one in (self, *others):
                one.step()
            if result := true():
                return result
            self.app.window._woken.wait(0.01)
            self.app.window._woken.clear()
        raise AssertionError(f"waited in vain at {type(self.app.screen).__name__}")

    def screen(self, kind: type[Kind], *others: "Opened") -> Kind:
        """The screen that is shown; waits until it is of this kind."""
        self.until(lambda: isinstance(self.app.screen, kind), *others)
        assert isinstance(self.app.screen, kind)
        return self.app.screen

    def first(self) -> FirstScreen:
        return self.screen(FirstScreen)

    def lobby(self, *others: "Opened") -> LobbyScreen:
        """The lobby, when the server has told what is in it."""
        lobby = self.screen(LobbyScreen, *others)
        self.until(lambda: lobby.facts.lobby.people, *others)
        return lobby

    def table(self, *others: "Opened") -> TableScreen:
        return self.screen(TableScreen, *others)

    def press(self, *codes: int) -> None:
        for code in codes:
            hands.key(self.app.screen, code)
            self.step()

    def write(self, text: str) -> None:
        for letter in text:
            code = pygame.key.key_code(letter) if letter.isascii() and letter.isprintable() else 0
            hands.key(self.app.screen, code, text=letter)
        self.step()


class FakeHouse:
    """What stands for a server beside the program: one that runs already, or none ("" as its address)."""

    def __init__(self, url: str = "", why: str = "no house is wanted here") -> None:
        self.url, self.why = url, why
        self.people = 0
        self.opened = self.ended = False
        self.name = ""

    def begin(self, told: Callable[[str, str], object], name: str = "") -> None:
        self.name = name
        told(self.url, "" if self.url else self.why)

    def open(self) -> None:
        self.opened = True

    def end(self) -> None:
        self.ended = True


@contextmanager
def house(**options: object) -> Iterator[tuple[House, str]]:
    """A real server with bots that think quickly, and its address."""
    server = House("Mei's laptop", think=0.0, **options)  # type: ignore[arg-type]
    try:
        yield server, server.listen("ws://127.0.0.1:0")
    finally:
        server.stop()


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is found unless a test says so."""
    monkeypatch.setattr(first_screen, "Seeker", NoSeeker)
    monkeypatch.setattr(first_screen, "Browser", NoSeeker)
