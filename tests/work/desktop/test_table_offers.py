"""Offers and clocks at the window: buttons, notices with their keys, and the clocks in the rows of the seats."""

import pygame

from communication import messages as m
from tests.kit import Player, wish
from tests.work.desktop import hands
from tests.work.desktop.apps import alone
from tests.work.desktop.test_table_screen import Party, button, party, touch
from work.desktop.choices import Choice
from work.desktop.new_table import NewTable
from work.desktop.sheets import Named
from work.desktop.table_screen import TableScreen

__all__ = ["alone"]


def begun(there: Party, game: str = "gomoku", clock: m.Clock | None = None) -> tuple[TableScreen, Player]:
    """Anna at her window has made a step, and so has Mei."""
    there.friends = [Player("Mei").connect(there.url)]
    there.anna.app.request(wish(m.Open, game, clock=clock))
    screen, mei = there.anna.table(), there.friends[0]
    assert mei.asks(m.Join(room=screen.table.code)) is None
    there.until(lambda: screen.table.info)
    touch(screen, (7, 7))
    there.until(lambda: screen.table.n == 1)
    there.steps(mei, (8, 8))
    there.until(lambda: screen.table.n == 2)
    return screen, mei


def answer(there: Party, mei: Player, yes: bool) -> None:
    """Mei answers the offer, once she has heard of it: Anna's window may be quicker."""
    there.until(lambda: mei.table().asked)
    mei.do(lambda: mei.reply(mei.table(), yes))


def test_the_buttons_stand_at_the_left_and_resigning_alone_at_the_right() -> None:
    for size in ((1280, 800), (800, 600)):
        with party(size) as there:
            screen, _ = begun(there)
            there.anna.step()
            left, middle, right = screen.undo.rect, screen.draw_offer.rect, screen.resign.rect
            assert left.right < middle.x
            assert right.x - middle.right >= screen.look.px(16)
            assert len({rect.y for rect in (left, middle, right)}) == 1
            assert (screen.undo.label == "") == (size == (800, 600))
            assert screen.undo.label or screen.undo.tip == "Take back"


def test_own_steps_are_taken_back_when_the_other_allows_it() -> None:
    with party() as there:
        screen, mei = begun(there)
        hands.click(screen, screen.undo)
        there.until(lambda: screen.notice)
        assert screen.notice is not None
        assert screen.notice.title == "You ask to take back steps 1 and 2, H8 and I7"
        assert screen.undo.off
        assert (screen.notice.kind, screen.notice.rect.bottom <= screen.undo.rect.y) == ("info", True)
        answer(there, mei, True)
        there.until(lambda: screen.table.n == 3)
        assert screen.notice is None
        assert screen.undo.off == "You have made no step that could be taken back."
        touch(screen, (9, 9))
        there.until(lambda: screen.table.n == 4)


def test_y_and_n_answer_but_not_in_the_chat() -> None:
    with party() as there:
        screen, mei = begun(there)
        assert mei.asks(m.Offer(room=screen.table.code, what="undo")) is None
        there.until(lambda: screen.notice)
        assert screen.notice is not None
        assert screen.notice.title == "Mei asks to take back step 2, I7"
        hands.click(screen, screen.chat.field)
        there.anna.write("yn")
        assert screen.chat.field.text == "yn"
        screen.focus_on(screen.stage)
        there.anna.press(pygame.K_n)
        there.until(lambda: screen.notice is None)
        assert screen.table.n == 2
        assert mei.asks(m.Offer(room=screen.table.code, what="draw")) is None
        there.until(lambda: screen.notice)
        assert button(screen, "Agree to draw").visible
        there.anna.press(pygame.K_y)
        there.until(lambda: screen.table.outcome)
        assert screen.table.outcome
        assert screen.table.outcome.drawn
        assert not screen.undo.visible


def test_a_no_is_told_and_ones_own_offer_can_be_withdrawn() -> None:
    with party() as there:
        screen, mei = begun(there)
        told: list[str] = []
        screen.say = lambda text, kind="info": told.append(text)  # type: ignore[method-assign]
        hands.click(screen, screen.draw_offer)
        there.until(lambda: screen.notice)
        hands.click(screen, button(screen, "Withdraw"))
        there.until(lambda: screen.notice is None)
        there.until(lambda: mei.table().offer is None)
        hands.click(screen, screen.bar.pause)
        there.until(lambda: screen.notice)
        answer(there, mei, False)
        there.until(lambda: told)
        assert told == ["Your offer was not agreed on."]


def test_a_pause_stops_the_table_and_anybody_goes_on() -> None:
    with party() as there:
        screen, mei = begun(there)
        hands.click(screen, screen.bar.pause)
        there.until(lambda: mei.table().offer)
        answer(there, mei, True)
        there.until(lambda: screen.table.about.paused)
        assert screen.pill.lead == "Paused"
        touch(screen, (9, 9))
        assert screen.table.pending is None
        assert not screen.bar.pause.visible
        hands.click(screen, button(screen, "Go on"))
        there.until(lambda: not screen.table.about.paused)
        touch(screen, (9, 9))
        there.until(lambda: screen.table.n == 3)


def test_the_clocks_go_once_a_second_and_by_tenths_at_the_end() -> None:
    with party() as there:
        screen, _ = begun(there, clock=m.Clock(main=600, more=5))
        there.until(lambda: screen.table.times and screen.table.times.runs == (0,))
        assert screen.bar.subtitle.text.endswith("10 min + 5 s · away: lose in 60 s")
        times = screen.table.times
        assert times is not None
        player = screen.app.player
        assert player is not None
        shown = []
        for left in (600.0, 599.9, 599.5, 599.0, 9.96, 9.94, 9.85, 0.0):
            screen.table.times = m.Times(room=times.room, left=(left, 300.0), runs=())
            screen.dirty = []
            screen.times._clocks()
            shown.append((screen.seats[0].time, screen.seats[0].low, bool(screen.dirty)))
        assert shown[1:] == [
            ("10:00", False, False),
            ("10:00", False, False),
            ("9:59", False, True),
            ("9.9", True, True),
            ("9.9", True, False),
            ("9.8", True, True),
            ("0.0", True, True),
        ]
        assert screen.seats[1].time == "5:00"


def test_a_clock_is_chosen_in_the_form_for_a_new_table() -> None:
    with party() as there:
        lobby = there.anna.lobby()
        lobby._choose(there.anna.app.player.shelf["gomoku"])  # type: ignore[union-attr]
        there.anna.step()
        form = lobby.over
        assert isinstance(form, NewTable)
        rows = (row for row in form.form.children if isinstance(row, Named) and row.name.text == "Clock")
        clock = next(rows).control
        assert isinstance(clock, Choice)
        clock.choose(m.Clock(step=30))
        hands.click(lobby, button(lobby, "Open a table"))  # type: ignore[arg-type]
        assert there.anna.table().table.about.clock == m.Clock(step=30)
