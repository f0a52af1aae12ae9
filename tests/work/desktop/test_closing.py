"""Closing the window beside which friends play on: it is asked first, and everybody's choice is theirs."""

import pygame

from tests.work.desktop import hands
from tests.work.desktop.apps import FakeHouse, Opened, alone, house
from work.desktop.big_buttons import BigButton
from work.desktop.buttons import HoldButton
from work.desktop.closing import ClosingSheet

__all__ = ["alone"]


def close(anna: Opened) -> bool:
    """Press the window's own button, as SDL tells it; gives whether the window closes."""
    for kind in (pygame.WINDOWCLOSE, pygame.QUIT):
        anna.app.window._take(pygame.event.Event(kind), 0.0)
    return anna.app.window._closing.is_set()


def sheet_of(anna: Opened) -> ClosingSheet:
    sheet = anna.app.screen.over
    assert isinstance(sheet, ClosingSheet)
    return sheet


def test_a_window_that_nobody_needs_closes_at_once() -> None:
    with Opened() as anna:
        assert close(anna)
    with house() as (_, url), Opened(url, house=FakeHouse(url)) as anna:
        anna.lobby()
        anna.app.house.people = 1  # that is Anna
        assert close(anna)


def test_while_friends_are_there_it_is_asked_first() -> None:
    with house() as (_, url), Opened(url, house=FakeHouse(url)) as anna:
        anna.lobby()
        anna.app.house.people = 3
        assert not close(anna)
        assert sheet_of(anna).title.text == "2 friends are still here"
        anna.press(pygame.K_ESCAPE)
        assert anna.app.screen.over is None
        assert not close(anna)
        (going,) = [row for row in sheet_of(anna).walk() if isinstance(row, BigButton)]
        anna.step()
        hands.click(anna.app.screen, going)
        assert anna.app.window._closing.is_set()
        assert not anna.app.house.ended  # type: ignore[attr-defined]


def test_everything_can_be_ended_for_everybody() -> None:
    fake = FakeHouse()
    with Opened(house=fake) as anna:
        fake.people = 2
        assert not close(anna)
        (ending,) = [row for row in sheet_of(anna).walk() if isinstance(row, HoldButton)]
        anna.app.screen.focus_on(ending)
        anna.press(pygame.K_RETURN)
        assert not fake.ended
        anna.press(pygame.K_RETURN)
        assert fake.ended
        assert anna.app.window._closing.is_set()


def test_who_presses_the_windows_button_twice_means_it() -> None:
    fake = FakeHouse()
    with Opened(house=fake) as anna:
        fake.people = 2
        assert not close(anna)
        assert close(anna)
        assert not fake.ended


def test_a_signal_is_no_question() -> None:
    fake = FakeHouse()
    with Opened(house=fake) as anna:
        fake.people = 2
        anna.app.window._take(pygame.event.Event(pygame.QUIT), 0.0)
        assert anna.app.window._closing.is_set()
