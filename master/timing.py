"""What time does at a table: the clock of who is in turn runs, and a game acts by itself when its time is up."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from communication import messages as m
from communication.clock import Clock
from games.game_info import Chance, GameInfo
from games.steps import Step
from master import seating
from master.records import PLAYING

if TYPE_CHECKING:
    from master.room import Room


class Timing:
    """The clock of a room, where it has one, and the time-outs of its game, where that has some.

    Nothing runs while the match is paused or cannot be written down, and no time of who is away but by the house rule.
    """

    __slots__ = ("_act_at", "_acts", "_room", "clock", "counts")

    def __init__(self, room: "Room", rule: m.Clock | None) -> None:
        self._room = room
        self.clock = Clock(rule, len(room.seats)) if rule else None
        self._acts = room.game.info.timeout is not GameInfo.timeout
        self._act_at: float | None = None
        self.counts = self.clock is not None or self._acts

    @property
    def rule(self) -> m.Clock | None:
        """How long players may think."""
        return self.clock.rule if self.clock else None

    @property
    def left(self) -> tuple[float, ...]:
        """Seconds left by seat as they were told last."""
        return tuple(self.clock.left) if self.clock else ()

    @property
    def runs(self) -> tuple[int, ...]:
        """The seats whose time runs."""
        return self.clock.runs if self.clock else ()

    def reset(self, left: Sequence[float] = ()) -> None:
        """Give each seat its whole time; or what a journal says that it had left."""
        if self.clock is not None:
            self.clock = Clock(self.clock.rule, len(self._room.seats), left)

    def task(self, now: float) -> None:
        """End the match of somebody whose time is up, and let the game act when its time is."""
        room = self._room
        if not self.counts or room.state != PLAYING:
            return
        if room.journal.broken:
            self.changed()
        elif self.clock is not None and (seat := self.clock.out(now)) is not None:
            if (late := room.seats[seat]) is not None:
                seating.resign(room, late, seat, f"{late.name} ran out of time")
        elif self._act_at is not None and now >= self._act_at:
            self._act_at = None
            step = room.match.time_out(Chance())
            if isinstance(step, Step):
                room.announce(step)

    def renew(self, seat: int) -> None:
        """Give a seat its whole time: somebody else plays there now."""
        if (clock := self.clock) is not None:
            clock.run((other for other in clock.runs if other != seat), self._room.now)
            clock.left[seat] = clock.whole

    def stepped(self, step: Step) -> None:
        """Count what a step took and brings; called when it is played."""
        self._act_at = None
        self._run(step)
        self._wait()

    def changed(self) -> None:
        """Look again whose time runs: somebody has come or gone, or the match has begun, rests or goes on."""
        if self._room.absences.changed():
            self._room.tell_table()
        if self.counts:
            self._run(None)
            self._wait()

    def _wait(self) -> None:
        """Say when the game acts by itself; a rest begins that anew."""
        if self.rests:
            self._act_at = None
        elif self._acts and self._act_at is None and (limit := self._room.match.info.timeout()) is not None:
            self._act_at = self._room.now + limit

    def _run(self, step: Step | None) -> None:
        """Let the time run of those who are in turn and here, and tell everybody where that is new."""
        clock, room = self.clock, self._room
        if clock is None:
            return
        turn, before = room.match.turn, clock.runs
        clock.run(() if self.rests else filter(room.absences.here, turn), self._room.now)
        if step is not None:
            clock.stepped(step.seat, turn)
        if step is not None or clock.runs != before:
            room.tell_times()

    @property
    def rests(self) -> bool:
        """Whether no time runs at all."""
        room = self._room
        return room.state != PLAYING or room.paused or bool(room.journal.broken) or room.match.outcome is not None
