"""Two people at real windows play xiangqi over a real server, with clicks and by dragging, to mate."""

import pygame
import pytest

from games.xiangqi.info import XiangqiInfo
from tests.end_to_end.test_windows import Evening, ended, evening, refused, sit_down
from tests.end_to_end.twin import Person
from tests.work.desktop import hands

__all__ = ["evening"]
pytestmark = pytest.mark.usefixtures("windows")

STEPS = (
    ("i0", "i2"), ("e6", "e5"), ("h2", "h1"), ("g6", "g5"), ("e3", "e4"), ("e5", "e4"), ("h1", "e1"), ("e4", "f4"),
    ("b2", "e2"),
)  # fmt: skip
"""Two cannons on one file mate over a soldier's capture."""


def drag(person: Person, start: str, end: str) -> None:
    """Pull a piece from one point to another."""
    at, to = person.twin.place(start), person.twin.place(end)
    person.window.hold(at)
    person.window.move(to)
    person.window.let_go()
    form = person.twin.app.screen
    hands.move(form, at)
    hands.button(form, pygame.MOUSEBUTTONDOWN, at)
    hands.move(form, to, held=True)
    hands.button(form, pygame.MOUSEBUTTONUP, to)


def click(person: Person, start: str, end: str) -> None:
    """Touch a piece, see where it may go, and touch that point."""
    person.touch(start)
    person.sees(person.screen.stage.frame)
    person.touch(end)


def test_two_windows_play_xiangqi_to_mate(evening: Evening) -> None:
    red, black = sit_down(evening, "Xiangqi")
    assert black.screen.stage.scene
    assert black.screen.stage.scene.flip
    refused(evening, black, "e6", "turn")
    refused(evening, red, "e5", "no piece")
    for n, (start, end) in enumerate(STEPS, 1):
        person, make = (red, click) if n % 2 else (black, drag)
        person.sees(person.screen.pill)
        make(person, start, end)
        for other in (red, black):
            other.until(lambda who, n=n: who.twin.table.n == n, f"step {n}")  # type: ignore[misc]
        assert evening.room.match.steps[n].move == (start, end)
    info = evening.room.match.info
    assert isinstance(info, XiangqiInfo)
    assert info.over == "mate"
    ended(evening, red, "checkmate")
