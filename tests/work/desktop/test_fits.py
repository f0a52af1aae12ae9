"""Every screen in every language, at every size of window and text: all of it fits, and nothing overlaps."""

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pytest

from communication import messages as m
from communication.doctor import Asked, Report
from games import GAMES
from tests.kit import wish
from tests.work.desktop.apps import NoSeeker, Opened, house
from tests.work.desktop.fits import checking
from work.desktop import doctor_sheet, first_screen
from work.desktop.app import AppScreen
from work.desktop.first_screen import FirstScreen
from work.desktop.invite import InviteSheet
from work.desktop.lobby_screen import LobbyScreen
from work.desktop.replay_screen import ReplayScreen
from work.desktop.settings_pages import PAGES
from work.desktop.table_screen import TableScreen
from work.language import LANGUAGES, use
from work.settings import Known
from work.table import Table

SIZES = [(800, 600), (1280, 800), (2560, 1440)]
TEXTS = ["small", "normal", "large"]
FOUND = [Asked("Wi-Fi", "wifi", "192.168.1.7/24", "192.168.1.255"), Asked("Tunnel", "vpn", "10.0.0.2/32", "10.0.0.2")]

Kind = TypeVar("Kind", bound=AppScreen)


class Doctor:
    """Has found out at once that nobody answers."""

    def __init__(self, done: Callable[[Report], object], address: str = "") -> None:
        self.done = done

    def start(self) -> None:
        self.done(Report(FOUND))


@dataclass
class Evening:
    """An app at a host with a table of every game, one that waits, one whose match is over, and the replay of that."""

    one: Opened
    tables: dict[str, Table]
    over: Table
    replay: ReplayScreen

    def screens(self) -> Iterator[tuple[str, AppScreen]]:
        """Every screen, and what lies over one, by its name."""
        yield from self._first()
        lobby = self._show(LobbyScreen(self.one.app))
        yield "lobby", lobby
        for game in GAMES.values():
            lobby._choose(game)
            yield f"form of {game.name}", lobby
            lobby.close()
        for name, table in self.tables.items():
            screen = self._show(TableScreen(self.one.app, table))
            yield f"table of {name}", screen
        screen.acts.ask_to_leave()
        yield "leaving", screen
        screen._open_help()
        yield "help", screen
        yield "result", self._show(TableScreen(self.one.app, self.over))
        yield "replay", self._show(self.replay.again())

    def _first(self) -> Iterator[tuple[str, AppScreen]]:
        first = self._show(FirstScreen(self.one.app))
        yield "first", first
        first._fail("Nobody answers there.")
        yield "first with a notice", first
        first.find_out()
        self.one.step()
        yield "doctor", first
        first.open(InviteSheet(["192.168.178.120", "10.0.0.7:9000"], print, first.close, "KITEL"))
        first.fit_over()
        yield "invite", first
        first.close()
        first._choose_game()
        yield "games", first
        for page, _words in PAGES:
            first.open_settings(page)
            yield f"settings, {page}", first

    def _show(self, screen: Kind) -> Kind:
        self.one.app.screen = screen
        self.one.app.window.show(screen)
        return screen


@pytest.fixture(scope="module")
def evening() -> Iterator[Evening]:
    with pytest.MonkeyPatch.context() as patch, house() as (_, url), Opened(url) as one:
        for name in ("Seeker", "Browser"):
            patch.setattr(first_screen, name, NoSeeker)
        patch.setattr(doctor_sheet, "Doctor", Doctor)
        app = one.app
        app.settings.high_contrast = True  # no textures, which take time and move nothing
        app.settings.hosts = [Known(f"ws://192.168.178.{n}:8765", f"Laptop {n}", time.time() - n * 9e4) for n in (1, 2)]
        one.lobby()
        over = _begun(one, "tic_tac_toe")
        app.request(m.Resign(room=over.code))
        one.until(lambda: over.outcome and over.number is not None)
        app.request(m.Replay(match=over.number or 0))
        replay = one.screen(ReplayScreen)
        app.request(m.Leave(room=over.code))
        tables = {name: _begun(one, name) for name in GAMES if name != "tic_tac_toe"}
        app.request(wish(m.Open, "gomoku", private=True))
        tables["gomoku that waits"] = one.until(lambda: _new(one, *tables.values()))
        tables["tic_tac_toe"] = _begun(one, "tic_tac_toe")
        yield Evening(one, tables, over, replay)
        use("en")


def _begun(one: Opened, game: str) -> Table:
    """A table with as many bots as can play, at which it is our turn."""
    seats = GAMES[game].seats[-1]
    before = list(one.app.player.tables.values()) if one.app.player else []
    one.app.request(wish(m.Open, game, seats, bots=seats - 1))
    table = one.until(lambda: _new(one, *before))
    one.until(lambda: table.info is not None and table.my_turn)
    return table


def _new(one: Opened, *known: Table) -> Table | None:
    tables = one.app.player.tables.values() if one.app.player else ()
    return next((table for table in tables if table not in known), None)


@pytest.mark.parametrize(("language", "size", "text"), list(itertools.product(LANGUAGES, SIZES, TEXTS)))
def test_everything_fits(
    evening: Evening, language: str, size: tuple[int, int], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = evening.one.app
    use(language)
    app.settings.text_size = text  # type: ignore[assignment]
    app.window.size = size
    app.window._set_mode()
    app.restyle()
    with checking(monkeypatch) as checker:
        misfits = [f"{name}: {misfit}" for name, screen in evening.screens() for misfit in checker.misfits(screen)]
    assert not misfits, "\n".join(misfits)
