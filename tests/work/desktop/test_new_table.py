"""The sheet that begins a game: a text of one's own among its options, and what is said where it means nothing."""

import pygame

from communication import messages as m
from tests.games.test_options import Lined
from tests.work.desktop import hands
from tests.work.desktop.apps import Opened, alone, house
from work.desktop.lobby_screen import LobbyScreen
from work.desktop.new_table import NewTable

__all__ = ["alone"]


def opened(lobby: LobbyScreen) -> tuple[NewTable, list[m.Match | m.Open]]:
    asked: list[m.Match | m.Open] = []
    sheet = NewTable(Lined(), asked.append, lobby.close)
    lobby._open(sheet)
    return sheet, asked


def test_a_text_is_an_option() -> None:
    with house() as (_, url), Opened(url) as anna:
        sheet, asked = opened(anna.lobby())
        anna.step()
        (field,) = sheet.fields
        assert field.placeholder == "nine of X, O and ."
        hands.click(anna.lobby(), field)
        anna.write("XO.......")
        sheet.open.press()
        assert [(type(wish), wish.options) for wish in asked] == [(m.Open, {"start": "XO.......", "of": "wood"})]


def test_a_text_that_means_nothing_is_refused_at_its_field_until_it_changes() -> None:
    with house() as (_, url), Opened(url) as anna:
        lobby = anna.lobby()
        sheet, asked = opened(lobby)
        anna.step()
        (field,) = sheet.fields
        before = sheet.rect.h
        hands.click(lobby, field)
        anna.write("XOXO")
        anna.press(pygame.K_RETURN)  # Enter begins with the likeliest company, also from the field
        assert not asked
        assert field.wrong
        assert sheet.wrong.visible
        assert sheet.wrong.text == "The start has to be nine of X, O and dots."
        anna.step()
        assert sheet.rect.h > before
        assert sheet.rect.contains(sheet.wrong.rect)
        assert field.rect.bottom <= sheet.wrong.rect.top
        anna.write(".....")
        assert not field.wrong
        assert not sheet.wrong.visible
        assert sheet.rect.h == before
        sheet.anybody.press()
        assert [wish.options["start"] for wish in asked] == ["XOXO....."]
