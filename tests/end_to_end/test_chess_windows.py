"""Two people at real windows play chess over a real server: a position as text, clicks, drags, promotion, mate."""

import pytest

from games.chess import Chess
from tests.end_to_end.test_windows import Evening, ended, evening
from tests.end_to_end.twin import Person

__all__ = ["evening"]
pytestmark = pytest.mark.usefixtures("windows")

START = "6k1/1P3ppp/p7/8/8/8/6PP/6K1 w - - 0 1"


def sit_down(evening: Evening) -> tuple[Person, Person]:
    """One writes a position into the sheet and waits, the other joins; gives White and Black."""
    anna, mei = evening.anna, evening.mei
    for person in (anna, mei):
        person.until(lambda who: len(who.twin.lobby.people) == 2, "both are in the lobby")
    anna.press("Chess")
    anna.press(Chess.options["position"].hint)  # type: ignore[union-attr]
    anna.write("nonsense")
    (complaint,) = (row for row in anna.twin.app.screen.over.rows if getattr(row, "colour", "") == "danger")  # type: ignore[union-attr]
    assert complaint.text == 'Move 1 of White, "nonsense", is not legal.'
    anna.sees(complaint)
    anna.window.key("ctrl+a")
    anna.twin.app.screen.focus.select_all()  # type: ignore[union-attr]
    anna.write(START)
    mei.until(lambda who: who.twin.lobby.queues, "Anna waits")
    mei.press("Chess")
    mei.press("Play with Anna")
    for person in (anna, mei):
        person.until(lambda who: who.twin.at_table and who.twin.table.info, "the match begins")
    return (anna, mei) if anna.twin.table.seat == 0 else (mei, anna)


def made(evening: Evening, n: int, move: tuple[str, ...]) -> None:
    """The step has arrived in the room and in both windows, and both show it."""
    for person in (evening.anna, evening.mei):
        person.until(lambda who: who.twin.table.n == n, f"step {n}")
    assert evening.room.match.steps[n].move == move


def test_two_windows_play_chess_to_mate(evening: Evening) -> None:
    white, black = sit_down(evening)

    white.touch("g1")
    white.sees(white.screen.stage.frame)  # with dots where the king may go
    white.touch("f1")
    made(evening, 1, ("g1", "f1"))

    black.sees(black.screen.stage.frame)  # turned
    black.drag("a6", "a5")
    made(evening, 2, ("a6", "a5"))

    white.sees(white.screen.stage.frame)
    white.drag("b7", "b8")
    menu = white.screen.stage.moment.menu
    assert menu is not None
    white.sees(menu.rect)
    white.click(menu.rows[0].center)
    made(evening, 3, ("b7", "b8", "q"))
    ended(evening, white, "checkmate")
