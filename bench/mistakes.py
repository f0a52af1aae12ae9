"""A server with a mistake: run `python -m bench.mistakes NAME` and the server's own options.

For the harness of reliability: what it says of the real server is worth as much as what it says of these.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

import main_server
import master.keeping
import master.room
from communication import messages as m
from communication.model import Answer
from communication.people import Member
from games.game_info import Chance
from games.steps import Step
from master.absences import Absences
from master.hall import Hall
from master.journal import Journal
from master.records import RoomRecord
from master.room import Room
from master.store import FILE
from master.timing import Timing

LATE = 1.0
"""Seconds between two writings of a server that does not write at once."""


def announce_first() -> None:
    """A step is announced before it is in the journal, which is written some time later."""
    commit, last = Hall.commit, [0.0]

    def late(hall: Hall) -> None:
        if time.monotonic() - last[0] > LATE:
            last[0] = time.monotonic()
            commit(hall)

    _patch(Hall, "commit", late)


def any_number() -> None:
    """The number of a step is not looked at: whatever comes is meant for now."""
    take = Room.take

    def taken(room: Room, member: Member, message: m.Message) -> Answer:
        if isinstance(message, m.Step):
            message = msgspec.structs.replace(message, n=room.match.n + 1)
        return take(room, member, message)

    _patch(Room, "take", taken)


def play_twice() -> None:
    """A step that is sent again after a break is played again."""
    show = Room._resent

    def resent(room: Room, seat: int, n: int, move: Any) -> Step | None:
        step = show(room, seat, n, move)
        if step is not None and room.match.outcome is None:
            again = room.match.play(seat, step.move, Chance())
            if isinstance(again, Step):
                room.announce(again)
        return step

    _patch(Room, "_resent", resent)


def forget_seats() -> None:
    """The journal does not hold who sits where."""
    record_of = master.keeping.record_of

    def seatless(room: Room) -> RoomRecord:
        record = record_of(room)
        return msgspec.structs.replace(
            record, seats=(None,) * len(record.seats), watchers=tuple(filter(None, record.seats))
        )

    _patch(master.room, "record_of", seatless)


def forget_chance() -> None:
    """The journal does not hold what was thrown and shuffled."""
    note = Journal.step

    def chanceless(journal: Journal, match: int, step: Step) -> None:
        note(journal, match, msgspec.structs.replace(step, chance=()))

    _patch(Journal, "step", chanceless)


def forget_offer() -> None:
    """The journal does not hold what was offered."""
    record_of = master.keeping.record_of
    _patch(master.room, "record_of", lambda room: msgspec.structs.replace(record_of(room), offer=None))


def clock_runs_away() -> None:
    """Clocks run for who is away, and while the server is."""
    begin, reset = Journal.__init__, Timing.reset
    away = 0.0

    def opened(journal: Journal, folder: Path) -> None:
        nonlocal away
        written = [file.stat().st_mtime for file in folder.glob(f"{FILE}*")]
        away = time.time() - max(written) if written else 0.0
        begin(journal, folder)

    def run_on(timing: Timing, left: Sequence[float] = ()) -> None:
        reset(timing, [max(0.1, seconds - away) for seconds in left])

    _patch(Journal, "__init__", opened)
    _patch(Timing, "reset", run_on)
    _patch(Absences, "here", lambda absences, seat: True)


def no_match_after_break() -> None:
    """Who comes back is told who is at the table, but not the steps that were made meanwhile."""
    _patch(Room, "link_changed", lambda room, member: room.tell_table())


def _patch(owner: Any, name: str, instead: Callable[..., object]) -> None:
    setattr(owner, name, instead)


MISTAKES: dict[str, Callable[[], None]] = {
    mistake.__name__.replace("_", "-"): mistake
    for mistake in (
        announce_first,
        any_number,
        play_twice,
        forget_seats,
        forget_chance,
        forget_offer,
        clock_runs_away,
        no_match_after_break,
    )
}

if __name__ == "__main__":
    MISTAKES[sys.argv[1]]()
    sys.exit(main_server.main(sys.argv[2:]))
