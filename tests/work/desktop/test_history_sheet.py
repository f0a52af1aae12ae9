"""Saved matches on the first screen: those of one's own folder, and any other file by its path, all by the keyboard."""

import os
from pathlib import Path

import pygame
import pytest

from tests.work.desktop import hands
from tests.work.desktop.apps import Opened, alone
from work.desktop.first_screen import FirstScreen
from work.desktop.history_sheet import HistorySheet, MatchRow
from work.desktop.replay_screen import ReplayScreen

__all__ = ["alone"]

PGN = '[White "Anna"]\n[Black "Mei"]\n\n1. f3 e5 2. g4 Qh4# 0-1\n'


def rows(sheet: HistorySheet) -> list[tuple[str, str]]:
    return [(row.title, row.line) for row in sheet.list.children if isinstance(row, MatchRow)]


def test_a_saved_match_is_opened_from_the_first_screen_by_the_keyboard_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "immortal.pgn").write_text(PGN, encoding="utf-8")
    with Opened(folder=tmp_path / "own") as opened:
        first = opened.first()
        first.focus_on(first.replays, by_keyboard=True)
        opened.press(pygame.K_RETURN)
        sheet = first.over
        assert isinstance(sheet, HistorySheet)
        assert not sheet.pages.visible
        assert "Nothing is saved yet" in sheet.empty.text
        first.focus_on(sheet.path, by_keyboard=True)
        sheet.path.text = str(tmp_path / "else")
        opened.press(pygame.K_RETURN)
        assert sheet.path.text == f"{elsewhere}{os.sep}"
        assert rows(sheet) == [(f"Back to {tmp_path.name}", str(tmp_path)), ("immortal", str(elsewhere))]
        opened.press(pygame.K_RETURN)
        assert sheet.path.text == str(elsewhere / "immortal.pgn")
        opened.press(pygame.K_RETURN)
        replay = opened.screen(ReplayScreen)
        assert replay.replay.names == ("Anna", "Mei")
        assert replay.bar.back.label == "Back"
        opened.press(pygame.K_ESCAPE)
        opened.first()


def test_folders_are_gone_through_by_clicks_and_a_path_that_leads_nowhere_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(FirstScreen, "say", lambda self, text, kind="info": said.append(text))
    (tmp_path / "evenings").mkdir()
    (tmp_path / "evenings" / "broken.pgn").write_text("no match", encoding="utf-8")
    with Opened() as opened:
        first = opened.first()
        first.replays.press()
        sheet = first.over
        assert isinstance(sheet, HistorySheet)
        sheet.path.text = f"{tmp_path}{os.sep}"
        sheet._typed(sheet.path.text)
        opened.step()
        hands.click(first, sheet.list.children[1])
        assert sheet.path.text == f"{tmp_path / 'evenings'}{os.sep}"
        opened.step()
        hands.click(first, sheet.list.children[0])
        assert sheet.path.text == f"{tmp_path}{os.sep}"
        sheet._enter(str(tmp_path / "nowhere"))
        assert sheet.path.wrong
        assert "no saved match" in sheet.empty.text
        sheet._typed("")
        assert not sheet.path.wrong
        sheet.browse.press()
        assert sheet.path.text == f"{Path.home()}{os.sep}"
        sheet._enter(str(tmp_path / "evenings" / "broken.pgn"))
        opened.until(lambda: said)
        assert opened.app.screen is first
        assert said == ["broken.pgn is not a match that was saved."]
