"""The table while the connection is lost: what is said, what cannot be pressed, and the way back."""

import msgspec
import pygame
import pytest

from communication import messages as m
from communication.away import read
from tests.work.desktop import hands
from tests.work.desktop.apps import alone
from tests.work.desktop.test_table_offers import begun
from tests.work.desktop.test_table_screen import Party, party
from work.desktop.table_broken import kept
from work.desktop.table_screen import TableScreen
from work.desktop.table_times import BREAK_SHOWN_AFTER, TRY_SHOWN

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
        assert strip.title.text == "Looking for Mei's laptop..."
        assert (strip.ring.figures, strip.state.text) == ("7", "No answer for 7 s.")
        assert strip.text.text == "Your seat and your clock are kept."
        screen.arrange()
        parts = [part.rect for part in strip.children]
        assert not any(one.colliderect(other) for k, one in enumerate(parts) for other in parts[k + 1 :])
        assert all(strip.rect.contains(part) for part in parts)
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


def test_a_short_break_shows_in_the_chip_alone() -> None:
    with party() as there:
        screen, _mei = begun(there, clock=CLOCK)
        assert screen.bar.connection.kind == "plain"
        there.server.stop()
        there.until(lambda: screen.times.away_at is not None)
        assert (screen.bar.connection.text, screen.bar.connection.kind) == ("no answer", "danger")
        assert not screen.broken.visible


def test_the_ring_turns_in_its_own_place_and_stands_where_motion_is_off() -> None:
    with party() as there:
        screen, _mei = begun(there)
        broken(there, screen)
        there.anna.step()
        ring, now = screen.broken.strip.ring, 50.0
        ring.tick(now)
        screen.dirty.clear()
        ring.tick(now + 0.05)
        assert not screen.dirty
        places = set()
        for tenths in range(1, 13):
            ring.tick(now + tenths / 10 + 0.01)
            places.add(ring.place)
            assert screen.dirty == [ring.rect]
            screen.dirty.clear()
        assert len(places) == 12
        there.anna.app.settings.motion = "off"
        there.anna.app.restyle()
        screen.dirty.clear()
        ring.tick(now + 7.77)
        assert not screen.dirty


def test_what_is_written_waits_for_the_connection() -> None:
    with party() as there:
        screen, _mei = begun(there)
        chat = screen.chat
        there.anna.app.settings.sound = False
        hands.click(screen, chat.field)
        there.anna.write("hello")
        there.server.stop()
        there.until(lambda: screen.times.away_at is not None)
        there.anna.press(pygame.K_RETURN)
        why = "There is no connection to the table right now."
        assert {button.off for button in (chat.send, *chat.phrases)} == {why}
        assert chat.field.hint() == why
        there.anna.write("!")
        assert chat.field.text == "hello!"
        assert not chat.list.children
        chat.shut("")
        assert not any(button.off for button in (chat.send, *chat.phrases))


def test_what_was_sent_into_the_break_comes_back_into_the_field() -> None:
    with party() as there:
        screen, _mei = begun(there)
        hands.click(screen, screen.chat.field)
        there.anna.write("hello")
        there.server.stop()  # the window has not noticed yet
        hands.key(screen, pygame.K_RETURN)
        assert screen.chat.field.text == ""
        there.until(lambda: screen.chat.field.text == "hello")


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
        strip, pressed = screen.broken.strip, screen.times._now
        screen.times.tick(pressed + 0.1)
        assert strip.state.text == strip.hurry.off == "Trying now..."
        there.anna.app.player.client._retry_at = pressed  # it has failed, and the next attempt waits
        screen.times.tick(pressed + TRY_SHOWN + 0.1)
        assert strip.state.text.startswith("No answer for ")
        assert not strip.hurry.off


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
