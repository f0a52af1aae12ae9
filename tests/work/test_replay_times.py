"""What replays say of clocks is what the room's own clocks said when the match was played."""

from pathlib import Path
from typing import Any

import pytest

from communication import messages as m
from communication.written import Written
from games import GAMES
from master.journal import Journal
from tests.kit import GOMOKU, Guest, HandClock, Place, step
from work.replay import Replay


@pytest.mark.parametrize("rule", [m.Clock(main=60, more=5), m.Clock(main=60), m.Clock(step=30)])
def test_a_replay_shows_what_the_room_showed_at_every_step(tmp_path: Path, rule: m.Clock) -> None:
    hand: list[HandClock] = []
    with Place(journal=Journal(tmp_path, clock=lambda: 1e9 + (hand[0]() if hand else 0.0))) as place:
        hand.append(place.clock)
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben, clock=rule)
        room = place.inside(code)
        seen = [room.timing.left]

        def later(seconds: float, *said: tuple[Guest, Any]) -> None:
            place.later(seconds)
            for guest, message in said:
                guest.does(message)
            seen.append(room.timing.left)

        later(12.5, (anna, step(code, 1, [7, 7])))
        later(7.25, (ben, step(code, 2, [8, 8])))
        ask, agree = m.Offer(room=code, what="undo"), m.Reply(room=code, offer=1, yes=True)
        later(20, (ben, ask), (anna, agree))
        later(3, (ben, step(code, 4, [9, 9])))
        while room.state == "playing":
            place.later(0.5)
        later(0)
        kept = place.hall.journal.kept(1)
        assert kept is not None
        found = Replay(Written(kept.about, kept.steps, kept.over), GAMES)
    assert found.last == len(seen) - 1
    for shown, told in zip(found.times, seen, strict=True):
        assert shown == pytest.approx(told)
