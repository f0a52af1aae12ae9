"""The table while the connection is lost: what is said, what cannot be pressed, and the way back."""

import msgspec
import pytest

from communication import messages as m
from communication.away import read
from tests.work.desktop import hands
from tests.work.desktop.apps import alone
from tests.work.desktop.test_table_offers import begun
from tests.work.desktop.test_table_screen import Party, party
from work.desktop.table_broken import kept
from work.desktop.table_screen import TableScreen
from work.desktop.table_times import BREAK_SHOWN_AFTER

__all__ = ["alone"]

CLOCK = m.Clock(main=300)


def broken(there: Party, screen: TableScreen, seconds: float = BREAK_SHOWN_AFTER + 0.1) -> None:
    """The host stops, and has not answered for so many seconds."""
    there.server.stop()
    there.until(lambda: screen.times.away_at is not None)
    assert screen.times.away_at is not None
    assert not screen.broken.visible
    screen.tick(screen.times.away_at + seconds)


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)])
def test_a_strip_on_a_veil_says_how_long_it_is_and_what_is_kept(size: tuple[int, int]) -> None:
    with party(size) as there:
        screen, _mei = begun(there, clock=CLOCK)
        broken(there, screen, 7.2)
        strip, stage = screen.broken.strip, screen.stage.rect
        assert strip.title.text == "Reconnecting... 7 s"
        assert strip.text.text == "Your seat and your clock are kept."
        assert stage.contains(strip.rect)
        assert strip.rect.y > stage.centery
        assert screen.broken.rect.contains(stage)
        assert screen.broken.rect.y == screen.bar.rect.bottom


def test_nothing_can_be_offered_and_no_clock_is_lit_until_the_connection_is_back() -> None:
    with party() as there:
        screen, _mei = begun(there, clock=CLOCK)
        assert screen.seats[0].facts.turn
        buttons = (screen.undo, screen.draw_offer, screen.resign, screen.bar.pause)
        broken(there, screen)
        assert {button.off for button in buttons} == {"There is no connection to the table right now."}
        assert not any(row.facts.turn or row.low for row in screen.seats)
        before = [row.time for row in screen.seats]
        screen.times.tick(screen.times.away_at + 9 if screen.times.away_at else 0.0)
        assert [row.time for row in screen.seats] == before
        screen.broken_since = None
        screen.refresh()
        assert not screen.broken.visible
        assert not any(button.off for button in buttons)
        assert screen.seats[0].facts.turn


def test_one_can_try_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with party() as there:
        screen, _mei = begun(there)
        broken(there, screen)
        assert there.anna.app.player
        tried: list[str] = []
        monkeypatch.setattr(there.anna.app.player.client, "hurry", lambda: tried.append("now"))
        screen.layout(screen.rect.size)
        screen.broken.strip.arrange()
        hands.click(screen, screen.broken.strip.hurry)
        assert tried == ["now"]


def test_only_what_is_kept_is_promised() -> None:
    with party() as there:
        screen, _mei = begun(there, clock=CLOCK)
        table = screen.table
        assert kept(table) == "Your seat and your clock are kept."
        table.about = msgspec.structs.replace(table.about, away=read("wait"))
        assert kept(table) == "Your seat is kept for you. Your clock runs on."
        table.about = msgspec.structs.replace(table.about, clock=None)
        assert kept(table) == "Your seat is kept for you."


def test_who_watches_has_no_seat_that_is_kept() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei", "Tom", watching=True)
        broken(there, screen)
        assert screen.notice is None
        assert screen.broken.strip.text.text == "You go on watching when the host answers."
