"""Leaving a match that goes on: what is offered, what is saved, the way back to it; past matches in the lobby."""

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from communication import messages as m
from tests.kit import Player, wish
from tests.work.desktop.apps import Opened, house
from work.desktop.history_sheet import HistorySheet, MatchRow
from work.desktop.leave_sheet import LeaveSheet, Way
from work.desktop.lobby_screen import LobbyScreen
from work.desktop.replay_screen import ReplayScreen
from work.desktop.table_screen import TableScreen


@pytest.fixture
def url() -> Iterator[str]:
    with house() as (_server, url):
        yield url


def playing(opened: Opened, url: str, game: str = "gomoku") -> tuple[TableScreen, Player]:
    """A match of the person at the window against Mei, who begins."""
    mei = Player("Mei").connect(url)
    opened.lobby()
    mei.asks(wish(m.Open, game))
    opened.app.request(m.Join(room=mei.table().code))
    screen = opened.table()
    opened.until(lambda: screen.table.info)
    return screen, mei


def ways(screen: TableScreen) -> dict[str, Way]:
    """What the sheet offers to who wants to leave, by the words on its buttons."""
    screen.acts.ask_to_leave()
    sheet = screen.over
    assert isinstance(sheet, LeaveSheet)
    return {row.button.label: row for row in sheet.rows if isinstance(row, Way)}


def press(screen: TableScreen, label: str) -> None:
    ways(screen)[label].button.press()


def saved(opened: Opened, screen: TableScreen, mei: Player) -> LobbyScreen:
    """Both agree to save the table."""
    press(screen, "Save for another evening")
    opened.until(lambda: mei.table().offer)
    mei.do(lambda: mei.reply(mei.table(), True))
    return opened.screen(LobbyScreen)


def test_only_what_is_possible_is_offered(url: str) -> None:
    with Opened(url) as opened:
        screen, mei = playing(opened, url)
        assert [*ways(screen)] == ["Save for another evening", "Pause", "Give up and leave"]
        screen.close()
        mei.asks(m.Offer(room=screen.table.code, what="draw"))
        opened.until(lambda: screen.table.offer)
        assert ways(screen)["Pause"].button.off
        screen.close()


def test_where_leavers_are_replaced_a_bot_plays_on(url: str) -> None:
    with Opened(url) as opened:
        screen, _ = playing(opened, url, "liars_dice")
        assert "Let a bot play on" in ways(screen)
        screen.close()
        press(screen, "Let a bot play on")
        opened.screen(LobbyScreen)


def test_a_saved_table_waits_in_the_lobby_and_goes_on_from_there(url: str) -> None:
    with Opened(url) as opened:
        screen, mei = playing(opened, url)
        lobby = saved(opened, screen, mei)
        card = lobby.cards.of[screen.table.code]
        assert (card.facts.title, card.facts.rests) == ("Your saved table", True)
        assert card.facts.line == "Gomoku with Mei · step 0"
        opened.step()
        assert card.button.label == "Continue"
        card.button.press()
        again = opened.table()
        assert again.notice is not None
        assert again.notice.title == "The match is paused"
        assert [*ways(again)] == ["To the lobby", "Give up and leave"]
        again.close()
        press(again, "To the lobby")
        opened.screen(LobbyScreen)


def test_among_bots_a_saved_table_goes_on_with_one_click(url: str) -> None:
    with Opened(url) as opened:
        lobby = opened.lobby()
        opened.app.request(wish(m.Open, "battleship", bots=1))
        screen = opened.table()
        opened.until(lambda: screen.table.info)
        assert "away" not in screen.bar.subtitle.text
        assert screen.undo.off == "You have made no step that could be taken back."
        press(screen, "Save for another evening")
        lobby = opened.screen(LobbyScreen)
        opened.until(lambda: screen.table.code in lobby.cards.of)
        lobby.cards.of[screen.table.code].button.press()
        again = opened.table()
        opened.until(lambda: not again.table.about.paused)
        assert again.notice is None


def test_when_it_goes_on_everybody_in_the_lobby_is_called_to_it(url: str) -> None:
    with Opened(url) as opened:
        screen, mei = playing(opened, url)
        saved(opened, screen, mei)
        mei.asks(m.Offer(room=screen.table.code, what="resume"))
        assert opened.table().table.code == screen.table.code


def test_after_closing_the_window_the_table_is_still_in_the_lobby(url: str, tmp_path: Path) -> None:
    with Opened(url, folder=tmp_path) as opened:
        screen, mei = playing(opened, url)
        code = screen.table.code
        saved(opened, screen, mei)
    mei.until(lambda: any(person and person.away for person in mei.table().about.people))
    with Opened(url, folder=tmp_path) as opened:
        lobby = opened.lobby()
        opened.until(lambda: code in lobby.cards.of)
        assert lobby.cards.of[code].facts.rests
        opened.step()
        assert isinstance(opened.app.screen, LobbyScreen)


def test_who_is_not_here_is_named_and_the_match_does_not_go_on(url: str) -> None:
    with Opened(url) as opened:
        screen, mei = playing(opened, url)
        lobby = saved(opened, screen, mei)
        mei.do(mei.client.disconnect)
        opened.until(lambda: "Mei is not here" in lobby.cards.of[screen.table.code].facts.line)
        lobby.cards.of[screen.table.code].button.press()
        again = opened.table()
        assert again.notice is not None
        assert not again.notice.children


# Past matches


def rows(lobby: LobbyScreen) -> list[MatchRow]:
    sheet = lobby.over
    assert isinstance(sheet, HistorySheet)
    return [row for row in sheet.list.children if isinstance(row, MatchRow)]


def test_the_lobby_lists_past_matches_and_shows_the_one_that_is_pressed(url: str, tmp_path: Path) -> None:
    with Opened(url, folder=tmp_path) as opened:
        screen, _ = playing(opened, url)
        opened.app.request(m.Resign(room=screen.table.code))
        opened.until(lambda: screen.table.outcome)
        opened.app.request(m.Leave(room=screen.table.code))
        lobby = opened.screen(LobbyScreen)
        opened.until(lambda: lobby.score.more.label == "1 match")
        lobby.score.more.press()
        opened.until(lambda: rows(lobby))
        (row,) = rows(lobby)
        assert row.title == "Gomoku: Mei against Anna"
        assert row.line.startswith("Mei won, Anna resigned · today, ")
        row.press()
        replay = opened.screen(ReplayScreen)
        assert replay.bar.back.label == "Lobby"
        replay.save.press()
        opened.press(pygame.K_ESCAPE)
        lobby = opened.screen(LobbyScreen)
        lobby.score.more.press()
        sheet = lobby.over
        assert isinstance(sheet, HistorySheet)
        sheet.pages.choose("saved")
        (row,) = rows(lobby)
        assert row.title.endswith("Gomoku Mei - Anna")
        row.press()
        assert opened.screen(ReplayScreen).replay.number is None


def test_where_nothing_is_over_yet_the_list_says_so(url: str) -> None:
    with Opened(url) as opened:
        lobby = opened.lobby()
        lobby.score.more.press()
        sheet = lobby.over
        assert isinstance(sheet, HistorySheet)
        opened.until(lambda: sheet.empty.visible)
        assert "No match is over yet" in sheet.empty.text
        sheet.pages.choose("saved")
        assert "Nothing is saved yet" in sheet.empty.text


# The task bar


def test_the_task_bar_flashes_when_it_is_ones_turn_and_nobody_looks(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Opened(url) as opened:
        screen, mei = playing(opened, url)
        flashes: list[int] = []

        class Shown:
            flash = flashes.append

            @classmethod
            def from_display_module(cls) -> "type[Shown]":
                return cls

        monkeypatch.setattr(pygame, "Window", Shown)
        monkeypatch.setattr(pygame.key, "get_focused", lambda: False)
        mei.do(lambda: mei.step(mei.table(), (7, 7)))
        opened.until(lambda: screen.table.my_turn)
        assert flashes == [pygame.FLASH_UNTIL_FOCUSED]
        monkeypatch.setattr(pygame.key, "get_focused", lambda: True)
        opened.app.window.flash()
        assert len(flashes) == 1
