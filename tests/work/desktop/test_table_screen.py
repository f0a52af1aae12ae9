"""The table screen: waiting, playing, talking, the end, watching, leaving, and a connection that is lost."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pygame
import pytest

from communication import messages as m
from house import House
from tests.kit import Player, wish
from tests.work.desktop import hands
from tests.work.desktop.apps import Opened, alone, house
from work.desktop.buttons import Button
from work.desktop.first_screen import FirstScreen
from work.desktop.lobby_screen import LobbyScreen
from work.desktop.panels import Said
from work.desktop.settings_sheet import SettingsSheet
from work.desktop.table_dock import StepRow
from work.desktop.table_layout import place_pill
from work.desktop.table_screen import TableScreen
from work.desktop.table_times import BREAK_SHOWN_AFTER
from work.desktop.widgets import Widget

__all__ = ["alone"]


class Party:
    """Anna at a window, whose app a test steps by hand, and friends at a table with her."""

    def __init__(self, server: House, url: str, size: tuple[int, int]) -> None:
        self.server = server
        self.url = url
        self.anna = Opened(url, size=size)
        self.anna.lobby()
        self.friends: list[Player] = []

    def open(
        self,
        game: str,
        *friends: str,
        seats: int = 2,
        watching: bool = False,
        options: m.Options | None = None,
        clock: m.Clock | None = None,
    ) -> TableScreen:
        """Open a table, Anna first and her friends after her, or let her watch a table of theirs."""
        self.friends = [Player(name).connect(self.url) for name in friends]
        if not watching:
            self.anna.app.request(wish(m.Open, game, seats, options=options or {}, clock=clock))
        else:
            assert self.friends[0].asks(wish(m.Open, game, seats)) is None
            self.anna.app.request(m.Join(room=self.friends[0].table().code, watch=True))
        screen = self.anna.table()
        for friend in self.friends[1 if watching else 0 :]:
            assert friend.asks(m.Join(room=screen.table.code)) is None
        if len(friends) + (not watching) == seats:
            self.until(lambda: screen.table.info)
        return screen

    def until(self, true: Callable[[], object]) -> None:
        self.anna.until(true)

    def steps(self, friend: Player, move: object) -> None:
        table = friend.table()
        friend.until(lambda: table.my_turn)
        friend.do(lambda: friend.step(table, move))


@contextmanager
def party(size: tuple[int, int] = (1280, 800)) -> Iterator[Party]:
    with ExitStack() as stack:
        server, url = stack.enter_context(house())
        there = Party(server, url, size)
        stack.enter_context(there.anna)
        yield there


def touch(screen: TableScreen, tag: object) -> None:
    assert screen.stage.scene
    hands.click(screen, screen.stage.pixel(screen.stage.scene.places()[tag]))


def said(screen: TableScreen) -> list[tuple[str, int]]:
    rows = [row for row in screen.chat.list.children if isinstance(row, Said)]
    return [(" ".join(words.text for words in row.words), row.seat) for row in rows]


def button(screen: TableScreen, label: str) -> Widget:
    """The button that says this, on what lies on top."""
    return next(widget for widget in (screen.over or screen).walk() if getattr(widget, "label", "") == label)


def complaint(screen: TableScreen) -> str:
    told = screen.stage.moment.complaint
    return told.text if told else ""


# -- before and during a match -----------------------------------------------------------------------------------------


def test_who_waits_sees_the_code_beside_the_table() -> None:
    with party() as there:
        screen = there.open("gomoku")
        there.anna.step()
        assert screen.notice
        assert screen.table.code in screen.notice.text
        assert not screen.notice.rect.colliderect(screen.stage.rect)
        notice = screen.notice
        screen.table_changed(screen.table)
        assert screen.notice is notice  # somebody may be about to press its button
        assert not screen.resign.visible
        assert Player("Mei").connect(there.url).asks(m.Join(room=screen.table.code)) is None
        there.until(lambda: screen.notice is None)
        assert screen.resign.visible


def test_own_step_is_shown_before_the_room_has_said_a_word() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei")
        assert screen.stage.scene
        things = len(screen.stage.scene.items)
        touch(screen, (7, 7))
        assert screen.table.n == 0
        assert len(screen.stage.scene.items) > things
        there.until(lambda: screen.table.n == 1)
        touch(screen, (8, 8))
        assert "turn" in complaint(screen)
        there.steps(there.friends[0], (6, 6))
        there.until(lambda: screen.table.n == 2)
        assert screen.stage.moment.complaint is None
        touch(screen, (6, 6))
        assert complaint(screen) == "G9 is taken. Choose a free crossing."
        assert screen.table.n == 2


def test_arrows_go_to_the_table_whatever_was_pressed_before() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei")
        hands.click(screen, screen.chat.phrases[0])
        assert screen.focus is screen.chat.phrases[0]
        there.anna.press(pygame.K_UP, pygame.K_RETURN)
        there.until(lambda: screen.table.n == 1)
        hands.click(screen, screen.chat.field)
        there.anna.press(pygame.K_UP)
        assert screen.focus is screen.chat.field


def test_marks_of_seats_and_of_those_who_watch_differ() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei")
        code = screen.table.code
        tom = Player("Tom").connect(there.url)
        assert tom.asks(m.Join(room=code, watch=True)) is None
        hands.click(screen, screen.chat.field)
        there.anna.write("hello")
        there.anna.press(pygame.K_RETURN)
        there.until(lambda: screen.table.chat)
        for friend in (there.friends[0], tom):
            assert friend.asks(m.Say(room=code, text="hi")) is None
        there.until(lambda: len(screen.table.chat) == 3)
        assert said(screen) == [("Anna hello", 1), ("Mei hi", 2), ("Tom hi", 3)]
        assert screen.bar.watching.visible
        assert screen.bar.watching.text == "Tom"
        assert screen.bar.watching.tip == "Tom watching"
        assert screen.bar.subtitle.rect.right < screen.bar.watching.rect.x


def test_a_long_line_of_options_ends_before_the_chips() -> None:
    with party() as there:
        screen = there.open("xiangqi", "Mei", clock=m.Clock(main=600, more=5))
        screen.arrange()
        bar = screen.bar
        assert bar.subtitle.rect.w < bar.subtitle.size()[0]
        assert bar.subtitle.rect.right < bar.code.rect.x


def test_a_small_window_has_tabs_and_counts_what_was_said_meanwhile() -> None:
    with party((800, 600)) as there:
        screen = there.open("gomoku", "Mei")
        assert (screen.steps.visible, screen.chat.visible) == (True, False)
        assert there.friends[0].asks(m.Say(room=screen.table.code, text="hi")) is None
        there.until(lambda: screen.tabs.badges == {"chat": "1"})
        screen.tabs.choose("chat")
        assert (screen.steps.visible, screen.chat.visible, screen.tabs.badges) == (False, True, {})


def test_in_a_small_window_a_long_line_stands_above_the_table_where_there_is_room() -> None:
    with party((800, 600)) as there:
        screen = there.open("battleship", "Mei")
        there.anna.step()
        pill, bar, frame = screen.pill, screen.bar.rect, screen.stage.frame
        for text, in_bar in (("fire at a cell", True), ("place the carrier (5 cells): touch both of its ends", False)):
            pill.text = text
            place_pill(screen)
            assert pill.rect.w == pill.size()[0], "nothing is cut"
            assert bar.contains(pill.rect) == in_bar
            assert not pill.rect.colliderect(frame)


def test_settings_and_questions_stay_in_the_middle_when_the_window_changes() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei")
        hands.click(screen, screen.bar.gear)
        assert isinstance(screen.over, SettingsSheet)
        screen.layout((1280, 800))
        assert screen.over.rect == screen.rect
        there.anna.app.settings.theme = "dark"
        there.anna.app.restyle()
        assert screen.look.theme.name == "dark"


# -- the end -----------------------------------------------------------------------------------------------------------


def test_the_end_offers_a_rematch_and_keeps_the_list_in_its_form() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei")
        touch(screen, (7, 7))
        there.until(lambda: screen.table.n == 1)
        assert there.friends[0].asks(m.Resign(room=screen.table.code)) is None
        there.until(lambda: screen.table.outcome)
        assert (screen.pill.lead, screen.pill.text) == ("Anna wins", "Mei resigned")
        assert [type(row) for row in screen.steps.list.children] == [StepRow, Said]
        assert screen.focus is screen.result.rematch
        there.anna.press(pygame.K_r)
        there.until(lambda: screen.table.about.again)
        assert screen.result.rematch.off
        assert there.friends[0].asks(m.Again(room=screen.table.code)) is None
        there.until(lambda: screen.table.round == 2)
        assert screen.focus is screen.stage
        assert screen.table.seat == 1


def test_the_end_does_not_take_the_keyboard_from_who_writes() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei")
        hands.click(screen, screen.chat.field)
        there.anna.write("g")
        assert there.friends[0].asks(m.Resign(room=screen.table.code)) is None
        there.until(lambda: screen.table.outcome)
        there.anna.write("r")
        assert screen.chat.field.text == "gr"
        assert not screen.table.about.again


def test_who_watched_says_so_by_one_click_and_gets_a_seat_by_another() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei", "Lukas", watching=True)
        lukas = there.friends[1]
        assert lukas.asks(m.Resign(room=screen.table.code)) is None
        there.until(lambda: screen.table.outcome and screen.table.about.state == "over")
        assert screen.notice is not None
        hands.click(screen, screen.notice.children[0])
        there.until(lambda: screen.table.about.wanting)
        assert (screen.notice.title, screen.notice.children) == ("You want to play", [])
        assert lukas.asks(m.Give(room=screen.table.code, name="Anna")) is None
        there.until(lambda: screen.table.seat == 1)
        assert screen.result.rematch.visible
        assert [facts.winner for facts in screen.result.card.facts] == [True, False]
        assert lukas.asks(m.Again(room=screen.table.code)) is None
        there.until(lambda: screen.notice)
        there.anna.step()
        assert (screen.notice.title, screen.notice.marks) == ("Lukas wants to play", (3,))
        assert screen.notice.rect.top > screen.result.look_back.rect.bottom
        assert screen.notice.rect.bottom < screen.chat.rect.top
        assert not screen.notice.rect.colliderect(screen.result.evening.rect) or not screen.result.evening.visible
        (button,) = screen.notice.children
        assert isinstance(button, Button)
        assert button.label == "Give Lukas my seat"
        hands.click(screen, button)
        there.until(lambda: screen.table.seat is None)
        assert screen.notice.children[0].visible


def test_no_rematch_with_nobody() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei")
        assert there.friends[0].asks(m.Leave(room=screen.table.code)) is None
        there.until(lambda: screen.table.outcome and None in screen.table.about.people)
        assert screen.result.rematch.label == "Rematch"
        assert "seat is free" in screen.result.rematch.off


def test_seats_move_on_for_a_rematch_of_a_game_with_secrets(caplog: pytest.LogCaptureFixture) -> None:
    with party() as there:
        screen = there.open("battleship", "Mei")
        (mei,) = there.friends
        assert mei.asks(m.Resign(room=screen.table.code)) is None
        there.until(lambda: screen.table.outcome)
        there.anna.write("r")
        there.until(lambda: screen.table.about.again)
        assert mei.asks(m.Again(room=screen.table.code)) is None
        there.until(lambda: screen.table.seat == 1 and screen.table.round == 2)
        assert screen.table.eyes == 1
        assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_who_begins_is_told_on_hover_where_the_button_is_too_short_for_it() -> None:
    with party((800, 600)) as there:
        screen = there.open("gomoku", "Maximilian")
        (friend,) = there.friends
        assert friend.asks(m.Resign(room=screen.table.code)) is None
        there.until(lambda: screen.table.outcome)
        rematch = screen.result.rematch
        assert (rematch.label, rematch.tip) == ("Rematch", "Rematch, Maximilian begins")
        screen.rect = pygame.Rect(0, 0, 1280, 800)
        screen.layout((1280, 800))
        assert (rematch.label, rematch.tip) == ("Rematch, Maximilian begins", "")


# -- leaving, watching, losing the connection --------------------------------------------------------------------------


def test_in_the_middle_of_a_match_there_is_a_question_first() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei")
        hands.click(screen, screen.bar.back)
        there.anna.press(pygame.K_ESCAPE)
        assert screen.over is None
        hands.click(screen, screen.bar.back)
        there.anna.step()
        hands.click(screen, button(screen, "Give up and leave"))
        there.anna.screen(LobbyScreen)
        there.friends[0].until(lambda: there.friends[0].table().outcome)


def test_who_watches_is_told_so_may_not_touch_and_goes_without_a_question() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei", "Tom", watching=True)
        assert screen.notice
        assert screen.notice.title == "You are watching"
        touch(screen, (7, 7))
        assert screen.table.n == 0
        assert not screen.resign.visible
        hands.click(screen, screen.bar.back)
        there.anna.screen(LobbyScreen)


def test_a_lost_connection_is_told_and_one_can_go() -> None:
    with party() as there:
        screen = there.open("gomoku", "Mei")
        there.server.stop()
        there.until(lambda: screen.bar.connection.text == "no answer")
        assert not screen.broken.visible  # short breaks show in the bar alone
        assert screen.times.away_at is not None
        screen.tick(screen.times.away_at + BREAK_SHOWN_AFTER + 0.1)
        assert screen.pill.lead == "The host is back soon"
        assert screen.broken.visible
        assert screen.broken.strip.state.text == "No answer for 2 s."
        touch(screen, (7, 7))
        assert screen.table.pending is None
        there.anna.step()
        hands.click(screen, button(screen, "Leave"))
        there.anna.screen(FirstScreen)
