"""Two people at real windows play gomoku over a real server: with the mouse and the keyboard, to the end and again."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pygame
import pytest

from games.game_info import digest, view
from games.scene import Tag
from house import House
from master.room import Room
from tests.end_to_end.screen import SOURCE, alike, opened
from tests.end_to_end.twin import Person, Tap, tapped_house
from tests.work.desktop import hands
from work.desktop.replay_screen import ReplayScreen
from work.settings import Settings

BLACK = [(7, 3), (7, 4), (7, 5), (7, 6), (7, 7)]
WHITE = [(8, 3), (8, 4), (6, 5), (8, 6)]
BUBBLE = pygame.Rect(-40, -40, 240, 130)
"""Where the words of a refusal are, from the place touched, in pixels."""


pytestmark = pytest.mark.usefixtures("windows")


class Evening:
    """A server, and two people at windows side by side."""

    def __init__(self, stack: ExitStack, folder: Path, program: Sequence[str] = SOURCE) -> None:
        self.program = program
        self.tap: Tap
        self.house: House
        self.house, self.tap = tapped_house("Mei's laptop")
        stack.callback(self.house.stop)
        self.url = self.house.listen("ws://127.0.0.1:0")
        self.anna, self.mei = (self.person(stack, folder, name) for name in ("Anna", "Mei"))

    def person(self, stack: ExitStack, folder: Path, name: str) -> Person:
        settings = Settings(name=name, size=(1280, 800), sound=False)
        window = stack.enter_context(opened(folder / name, settings, self.url, "--name", name, program=self.program))
        return Person(self.tap, window, settings)

    @property
    def room(self) -> Room:
        (room,) = self.house.hall.rooms.values()
        return room


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    with ExitStack() as stack:
        yield Evening(stack, tmp_path)


def sit_down(evening: Evening, game: str = "Gomoku") -> tuple[Person, Person]:
    """Go through the lobby to a table; gives the people in the order of their seats."""
    anna, mei = evening.anna, evening.mei
    for person in (anna, mei):
        person.until(lambda who: len(who.twin.lobby.people) == 2, "both are in the lobby")
    anna.press(game)
    anna.press("Play with whoever comes")
    mei.until(lambda who: who.twin.lobby.queues, "Anna waits")
    mei.press(game)
    mei.press("Play with Anna")
    for person in (anna, mei):
        person.until(lambda who: who.twin.at_table and who.twin.table.info, "the match begins")
        person.sees(person.screen.pill)
    return (anna, mei) if anna.twin.table.seat == 0 else (mei, anna)


def refused(evening: Evening, person: Person, tag: Tag, words: str) -> None:
    """Touch a place that may not be touched: the room does not change, and the reason is seen at that place."""
    match, (x, y) = evening.room.match, person.twin.place(tag)
    state = match.n, digest(match.info)
    area = BUBBLE.move(x, y).clip(person.screen.stage.rect)
    before = person.window.display.picture()
    person.touch(tag)
    complaint = person.screen.stage.moment.complaint
    assert complaint
    assert words in complaint.text
    expected = person.twin.picture()
    assert not alike(before, expected, area)
    assert person.window.shows(expected, area)
    assert (match.n, digest(match.info)) == state


def step(evening: Evening, person: Person, tag: tuple[int, int]) -> None:
    """Make a step; it arrives in the room and in both windows."""
    n = evening.room.match.n + 1
    person.sees(person.screen.pill)
    person.touch(tag)
    for other in (evening.anna, evening.mei):
        other.until(lambda who: who.twin.table.n == n, f"step {n}")
    assert evening.room.match.steps[n].move == tag


def ended(evening: Evening, winner: Person, why: str) -> None:
    """See the result in both windows."""
    for person in (evening.anna, evening.mei):
        person.until(lambda who: who.twin.table.outcome, "the match is over")
        pill = person.screen.pill
        assert (pill.lead, pill.icon) == (f"{winner.name} wins", "crown")
        assert why in pill.text
        person.sees(pill)
        person.sees(person.screen.stage.frame)


def test_two_windows_play_a_match_and_another_one(evening: Evening) -> None:
    black, white = sit_down(evening)

    refused(evening, white, (7, 7), "turn")
    step(evening, black, BLACK[0])
    refused(evening, white, BLACK[0], "is taken")
    for put, answer in zip(BLACK[1:], WHITE, strict=True):
        step(evening, white, answer)
        step(evening, black, put)
    ended(evening, black, "five")

    black.click(black.screen.chat.field.rect.center)
    black.write("that was close")
    white.until(lambda who: who.twin.table.chat, "a line of chat")
    (said,) = white.twin.table.chat
    assert (said.name, said.text) == (black.name, "that was close")
    white.sees(white.screen.chat.list)

    black.press(black.screen.result.rematch.label)
    white.until(lambda who: who.twin.table.about.again, "one wants a rematch")
    white.press(white.screen.result.rematch.label)
    for person in (black, white):
        person.until(lambda who: who.twin.table.round == 2, "the rematch")
        assert person.twin.table.n == 0
    black, white = white, black
    step(evening, black, (7, 7))
    refused(evening, white, (7, 7), "is taken")

    assert white.window.close() == 0
    black.until(lambda who: who.twin.table.outcome, "the other one has gone")
    assert black.screen.pill.lead == f"{black.name} wins"
    assert "left" in black.screen.pill.text
    black.sees(black.screen.pill)
    black.press("Lobby")
    black.until(lambda who: len(who.twin.lobby.people) == 1, "back in the lobby, alone")
    assert not evening.house.hall.rooms
    assert black.window.close() == 0


def has_reached(n: int, person: Person) -> bool:
    """Whether the table has come to this step."""
    return person.twin.table.n == n


def replay_of(person: Person) -> ReplayScreen:
    """The replay that is shown."""
    screen = person.twin.app.screen
    assert isinstance(screen, ReplayScreen)
    return screen


def test_a_match_is_looked_at_again_from_the_seat_of_the_other(evening: Evening) -> None:
    first, second = sit_down(evening, "Battleship")
    for n, (person, end) in enumerate(((first, (0, 4)), (second, (4, 0))), 1):
        person.touch((0, 0))
        person.touch(end)
        for other in (first, second):
            other.until(partial(has_reached, n), f"ship {n}")
    resign = first.screen.resign.rect.center
    first.window.hold(resign)
    second.until(lambda who: who.twin.table.outcome, "the first one has given up")
    first.window.let_go()
    first.until(lambda who: who.twin.table.outcome, "the match is over")

    first.press("Replay")
    first.until(lambda who: isinstance(who.twin.app.screen, ReplayScreen), "the replay")
    screen = replay_of(first)
    first.sees(screen.timeline)
    first.window.key("Left")
    hands.key(screen, pygame.K_LEFT)
    assert (screen.n, screen.match.n) == (2, 2)
    everything = first.twin.picture()
    first.sees(screen.stage.frame)

    first.click(screen.seen_from.parts()[2].center)
    assert screen.seat == 1
    seen = first.twin.picture()
    assert not alike(everything, seen, screen.stage.frame)
    assert screen.stage.scene == screen.replay.game.scene(view(screen.match.info, 1), 1)
    first.sees(screen.stage.frame)
    first.sees(screen.steps)

    first.press("Table")
    first.until(lambda who: who.twin.at_table, "back at the table")
    for person in (first, second):
        assert person.window.close() == 0
