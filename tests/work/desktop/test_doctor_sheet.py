"""The sheets that help to find each other: the doctor's, and the one that invites."""

from collections.abc import Callable

import pygame
import pytest

from communication.doctor import Asked, Knocked, Report
from tests.work.desktop import hands
from tests.work.desktop.apps import FakeHouse, Opened, alone, house
from work.desktop import doctor_sheet
from work.desktop.doctor_sheet import DoctorSheet, FindingRow
from work.desktop.invite import Code, InviteSheet

__all__ = ["alone"]

asked: list[tuple[str, Callable[[Report], object]]] = []


class Doctor:
    """Says what a test wants, when it wants."""

    def __init__(self, done: Callable[[Report], object], address: str = "") -> None:
        asked.append((address, done))

    def start(self) -> None:
        pass


@pytest.fixture(autouse=True)
def _no_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    asked.clear()
    monkeypatch.setattr(doctor_sheet, "Doctor", Doctor)


def opened(anna: Opened) -> DoctorSheet:
    hands.click(anna.first(), anna.first().panel.find_out)
    sheet = anna.first().over
    assert isinstance(sheet, DoctorSheet)
    return sheet


def words(sheet: DoctorSheet) -> str:
    return " ".join(row.finding.text for row in sheet.list.children if isinstance(row, FindingRow))


@pytest.mark.parametrize("size", [(800, 600), (1280, 800)])
def test_it_says_what_was_found_out_and_copies_it(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(pygame.scrap, "put_text", copied.append)
    with Opened(size=size) as anna:
        sheet = opened(anna)
        assert sheet.says.visible
        assert not sheet.copy.usable
        asked[0][1](Report([Asked("Wi-Fi", "", "192.168.1.7/24", "192.168.1.255")]))
        anna.step()
        assert "192.168.1.255" in words(sheet)
        assert not sheet.says.visible
        assert anna.first().rect.contains(sheet.rect)
        hands.click(anna.first(), sheet.copy)
        assert "192.168.1.255" in copied[0]


def test_an_address_is_tried_and_only_the_latest_answer_counts() -> None:
    with Opened() as anna:
        sheet = opened(anna)
        anna.first().focus_on(sheet.trying.field)
        anna.write("what is this")
        anna.press(pygame.K_RETURN)
        assert sheet.trying.field.wrong
        assert len(asked) == 1
        sheet.trying.field.select_all()
        anna.write("192.168.1.20")
        anna.press(pygame.K_RETURN)
        assert asked[1][0] == "ws://192.168.1.20:8765"
        asked[0][1](Report([]))
        anna.step()
        assert sheet.report is None
        asked[1][1](Report([], knocked=Knocked("ws://192.168.1.20:8765", "refused", "192.168.1.20")))
        anna.step()
        assert "nobody hosts" in words(sheet)


def test_what_comes_when_the_sheet_has_gone_harms_nobody() -> None:
    with Opened() as anna:
        opened(anna)
        anna.press(pygame.K_ESCAPE)
        asked[0][1](Report([]))
        anna.step()
        assert anna.first().over is None


def test_who_hosts_can_show_address_code_and_picture_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("work.desktop.app.addresses", lambda: ["192.168.1.20", "10.8.0.3"])
    copied: list[str] = []
    monkeypatch.setattr(pygame.scrap, "put_text", copied.append)
    with house() as (_, url), Opened(url, house=FakeHouse(url), size=(800, 600)) as anna:
        lobby = anna.lobby()
        anna.step()
        hands.click(lobby, lobby.bar.address)
        sheet = lobby.over
        assert isinstance(sheet, InviteSheet)
        port = url.rpartition(":")[2]
        said = [getattr(row, "text", "") for row in sheet.rows]
        assert f"192.168.1.20:{port}" in said
        assert any(f"10.8.0.3:{port}" in text for text in said)
        assert lobby.rect.contains(sheet.rect)
        anna.press(pygame.K_TAB)
        hands.click(lobby, sheet.rows[-1])
        assert copied == [f"192.168.1.20:{port}"]
        lobby.close()
        anna.app.invite("KITEL")
        assert isinstance(lobby.over, InviteSheet)
        assert any("KITEL" in getattr(row, "text", "") for row in lobby.over.rows)


def test_at_somebody_elses_host_the_code_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(pygame.scrap, "put_text", copied.append)
    with house() as (_, url), Opened(url) as anna:
        anna.lobby()
        anna.app.invite("KITEL")
        assert copied == ["KITEL"]


def test_a_code_is_the_same_in_both_themes_with_a_light_edge() -> None:
    code = Code("http://192.168.1.20:8765/")
    assert len(code.cells) == len(code.cells[0]) == 25
    assert bytes(code.cells[0][:7]) == b"\x01" * 7  # the finder pattern in the corner
