"""Every screen in every language, at every size of window and text: all of it fits, and nothing overlaps."""

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pygame
import pytest
from msgspec.structs import replace

from communication import messages as m
from communication.doctor import Asked, Report
from communication.people import NAME_LENGTH
from games import GAMES
from tests.kit import Player, wanted, wish
from tests.work.desktop.apps import NoSeeker, Opened, house
from tests.work.desktop.fits import checking
from work.desktop import doctor_sheet, first_screen
from work.desktop import look as look_module
from work.desktop.app import AppScreen
from work.desktop.buttons import Button
from work.desktop.closing import ClosingSheet
from work.desktop.first_screen import FirstScreen
from work.desktop.form import Form
from work.desktop.history_sheet import HistorySheet
from work.desktop.invite import InviteSheet
from work.desktop.lobby_screen import LobbyScreen
from work.desktop.look import Look
from work.desktop.paint import Paint
from work.desktop.panels import Label
from work.desktop.replay_screen import ReplayScreen
from work.desktop.settings_pages import PAGES
from work.desktop.sheets import PasswordSheet
from work.desktop.table_notices import OFFERS
from work.desktop.table_screen import TableScreen
from work.language import LANGUAGES, use
from work.settings import Known
from work.table import Table

SIZES = [(800, 600), (1024, 768), (1280, 800), (2560, 1440)]
TEXTS = ["small", "normal", "large"]
FOUND = [Asked("Wi-Fi", "", "192.168.1.7/24", "192.168.1.255"), Asked("Tunnel", "vpn", "10.0.0.2/32", "10.0.0.2")]
FRIENDS = ["Wilhelmina Featherstone"[:NAME_LENGTH], "欧阳小雨和她的朋友们"]

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
        self.one.until(lambda: lobby.tables.children and lobby.chat.list.children)
        for page, _words in lobby.pages.options:
            lobby.pages.choose(page)
            yield f"lobby, {page}", lobby
        past = HistorySheet(self.one.app, lobby.close)
        lobby._open(past)
        self.one.until(lambda: past.list.children)
        yield "history", lobby
        for game in GAMES.values():
            lobby._choose(game)
            yield f"form of {game.name}", lobby
            lobby.close()
        for name, table in self.tables.items():
            screen = self._show(TableScreen(self.one.app, table))
            yield f"table of {name}", screen
            screen.tabs.choose("chat")
            yield f"chat at the table of {name}", screen
        yield from self._asked(screen)
        screen.acts.ask_to_leave()
        yield "leaving", screen
        screen._open_help()
        yield "help", screen
        result = self._show(TableScreen(self.one.app, self.over))
        yield "result", result
        result.acts.choose_game()
        yield "another game", result
        for game in GAMES.values():
            result.acts.choose_how(game)
            yield f"another game, {game.name}", result
        replay = self._show(self.replay.again())
        yield "replay", replay
        replay.go(0)
        replay._ask_to_continue()
        yield "continue", replay

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
        for sheet in (
            PasswordSheet("Mei's laptop", print, first.close, "That is not the password."),
            ClosingSheet(2, print, print, print),
            HistorySheet(self.one.app, first.close),
        ):
            first._open(sheet)
            yield type(sheet).__name__, first
        first.close()
        first._choose_game()
        yield "games", first
        for page, _words in PAGES:
            first.open_settings(page)
            yield f"settings, {page}", first

    def _asked(self, screen: TableScreen) -> Iterator[tuple[str, AppScreen]]:
        """A table at which something is proposed, and one to which there is no connection."""
        table = screen.table
        for what in OFFERS:
            game = wanted("battleship") if what == "game" else None
            offer = m.Offering(number=1, what=what, seat=1, at=table.n, agreed=(1,), first=table.n, game=game)
            table.about = replace(table.about, offer=offer)
            screen.table_changed(table)
            yield f"asked for {what}", screen
        table.about = replace(table.about, offer=None)
        screen.broken_since = 0.0
        screen.refresh()
        yield "without a connection", screen
        screen.broken_since = None
        screen.refresh()

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
        # Textures and soft shadows take time, and move nothing; what is drawn without them is not for other tests.
        patch.setattr(pygame.transform, "gaussian_blur", lambda surface, *_: surface)
        patch.setattr(look_module, "Paint", Paint)
        app = one.app
        app.settings.high_contrast = True
        app.settings.hosts = [Known(f"ws://192.168.178.{n}:8765", f"Laptop {n}", time.time() - n * 9e4) for n in (1, 2)]
        one.lobby()
        friends = [Player(name).connect(url) for name in FRIENDS]
        for game, friend in zip(("gomoku", "liars_dice"), friends, strict=True):
            friend.asks(wish(m.Open, game, GAMES[game].seats[-1]))
            friend.asks(m.Say(text="A line of the chat that is longer than it could be in any window: who plays?"))
        over = _begun(one, "tic_tac_toe")
        app.request(m.Resign(room=over.code))
        one.until(lambda: over.outcome and over.number is not None)
        app.request(m.Replay(match=over.number or 0))
        replay = one.screen(ReplayScreen)
        app.request(m.Leave(room=over.code))
        tables = {name: _begun(one, name) for name in GAMES if name != "tic_tac_toe"}
        app.request(wish(m.Open, "gomoku", private=True))
        tables["gomoku that waits"] = _new(one, *tables.values())
        tables["tic_tac_toe"] = _begun(one, "tic_tac_toe")
        yield Evening(one, tables, over, replay)
        for friend in friends:
            friend.do(friend.client.disconnect)
        use("en")


def _begun(one: Opened, game: str) -> Table:
    """A table with as many bots as can play, at which it is our turn."""
    known = _tables(one)
    seats = GAMES[game].seats[-1]
    one.app.request(wish(m.Open, game, seats, bots=seats - 1))
    table = _new(one, *known)
    one.until(lambda: table.info is not None and table.my_turn)
    return table


def _new(one: Opened, *known: Table) -> Table:
    """The table that comes beside those that are known."""
    return one.until(lambda: [table for table in _tables(one) if table not in known])[0]


def _tables(one: Opened) -> list[Table]:
    return list(one.app.player.tables.values()) if one.app.player else []


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


# -- what finds the misfits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (pygame.Rect(10, 10, 100, 40), pygame.Rect(120, 10, 100, 40), ""),
        (pygame.Rect(10, 10, 100, 40), pygame.Rect(100, 40, 100, 40), "overlap"),
        (pygame.Rect(-4, 10, 100, 40), pygame.Rect(120, 10, 100, 40), "lies outside"),
        (pygame.Rect(10, 10, 100, 40), pygame.Rect(120, 780, 100, 40), "lies outside"),
        (pygame.Rect(10, 10, 100, 0), pygame.Rect(120, 10, 100, 40), "no room"),
        (pygame.Rect(10, 10, 12, 40), pygame.Rect(120, 10, 100, 40), "nothing is left"),
    ],
)
def test_buttons_that_do_not_fit_are_found(
    look: Look, left: pygame.Rect, right: pygame.Rect, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = Form(look)
    form.rect = pygame.Rect(0, 0, 1280, 800)
    form.add(one := Button("Draw", print), other := Button("Resign", print))
    one.rect, other.rect = left, right
    with checking(monkeypatch) as checker:
        misfits = checker.misfits(form)
    assert (said in misfits[0]) if said else not misfits


def test_words_that_do_not_fit_are_found(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    form = Form(look)
    form.rect = pygame.Rect(0, 0, 1280, 800)
    form.add(low := Label("Three lines of words, and no room for more than one of them.", wrap=True))
    form.add(beneath := Label("What comes after them"))
    low.rect, beneath.rect = pygame.Rect(10, 10, 160, 20), pygame.Rect(10, 30, 300, 20)
    with checking(monkeypatch) as checker:
        misfits = checker.misfits(form)
        assert any("reaches out of" in misfit for misfit in misfits)
        assert any("lie on each other" in misfit for misfit in misfits)
        low.rect, beneath.rect = pygame.Rect(10, 10, 160, low.height(160)), pygame.Rect(10, 90, 100, 20)
        assert checker.misfits(form) == []
