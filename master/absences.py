"""Who of a table's players is away, and what the house rule does for them when they stay away in their turn."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communication import messages as m
from communication.away import RULES
from communication.people import Member
from master import seating
from master.records import PLAYING

if TYPE_CHECKING:
    from master.room import Room

CALL_AGAIN = 5.0
"""Seconds until another bot is called where one has not come, or has gone."""


@dataclass
class Absent:
    """Somebody who is away: for how many seconds, how many of their turns are left to them, whether these run, and
    whether a bot has been called."""

    member: Member
    gone: float
    left: float
    counts: bool = False
    called: bool = False


class Absences:
    """The players of a room who are away, by seat, and the bots that stand in for them.

    Seconds count only in somebody's turn, while the match is on, and while a person is here who waits for them; so
    nobody loses a match because the server or the network was away.
    """

    __slots__ = ("_absent", "_counted", "_room", "clock_runs", "rule", "stand_ins")

    def __init__(self, room: "Room", rule: m.Away) -> None:
        self.rule = rule
        self.clock_runs = RULES[rule.rule].clock_runs
        self.stand_ins: dict[int, Member] = {}
        """Bots that play for somebody who is away, by seat."""
        self._room = room
        self._absent: dict[int, Absent] = {}
        self._counted = 0.0
        """The time up to which seconds are counted."""

    def told(self) -> tuple[m.Absence, ...]:
        """Who is away, as it stands now."""
        self._count()
        bots = {seat: bot.name for seat, bot in self.stand_ins.items()}
        return tuple(
            m.Absence(seat=seat, gone=_told(one.gone), left=_told(one.left), counts=one.counts, bot=bots.get(seat, ""))
            for seat, one in sorted(self._absent.items())
        )

    def restore(self, absences: Iterable[m.Absence]) -> None:
        """Go on where a journal says that it was; what has passed while the server was away does not count."""
        self._counted = self._room.now
        for one in absences:
            if (member := self._room.seats[one.seat]) is not None:
                self._absent[one.seat] = Absent(member, one.gone, one.left)
        self._room.somebody_away = bool(self._absent)

    def here(self, seat: int) -> bool:
        """Whether the clock of a seat may run, as far as its player goes."""
        member = self._room.seats[seat]
        return member is not None and (member.link is not None or self.clock_runs or seat in self.stand_ins)

    def task(self) -> None:
        """Do what the house rule says for those who have been away too long."""
        if not any(one.counts for one in self._absent.values()):
            return
        if self._room.timing.rests:
            self.changed()
        self._count()
        for seat, one in list(self._absent.items()):
            if one.counts and one.left <= 0.0:
                ACTS[self.rule.rule](self._room, seat, one)

    def changed(self) -> bool:
        """Look again who is away, and whose seconds count; whether there is something to tell."""
        room, before = self._room, self._state()
        absent = {seat: one for seat, one in enumerate(room.seats) if one is not None and one.link is None}
        if not absent and not self._absent:
            return False
        if room.timing.rests:
            for one in self._absent.values():
                one.counts = False
        self._count()
        self._absent = {seat: one for seat, one in self._absent.items() if absent.get(seat) is one.member}
        for seat, member in absent.items():
            self._absent.setdefault(seat, Absent(member, 0.0, float(self.rule.seconds)))
        room.somebody_away = bool(self._absent)
        waited_for = room.state == PLAYING and any(not one.bot and one.link is not None for one in room.members())
        for seat in list(self.stand_ins):
            if seat not in self._absent or not waited_for:
                self.send_off(seat)
        acts = waited_for and self.rule.rule in ACTS and not room.timing.rests and not room.open_seats
        for seat, one in self._absent.items():
            one.counts = acts and seat in room.match.turn and seat not in self.stand_ins
        return self._state() != before

    def stand_in(self, bot: Member) -> bool:
        """Let a bot of the house play for somebody whose seconds are up; whether there was such a seat."""
        due = [seat for seat, one in self._absent.items() if one.counts and one.called]
        if not bot.house or not due:
            return False
        self.stand_ins[due[0]] = bot
        self._absent[due[0]].left = 0.0
        return True

    def gave_up(self, bot: Member) -> bool:
        """Let a bot go that played for somebody, and call another one soon; whether there was such a bot."""
        seat = next((seat for seat, other in self.stand_ins.items() if other is bot), None)
        if seat is None:
            return False
        self.send_off(seat)
        self._absent[seat].left = CALL_AGAIN
        return True

    def send_off(self, seat: int) -> None:
        """Send away the bot that plays for a seat."""
        bot = self.stand_ins.pop(seat)
        del bot.rooms[self._room.code]
        self._room.send(bot, m.Closed(room=self._room.code, code="left", text="You are not needed here any more."))

    def _state(self) -> list[tuple[int, bool, bool]]:
        """What others have to be told when it changes; seconds they count themselves."""
        return [(seat, one.counts, seat in self.stand_ins) for seat, one in self._absent.items()]

    def _count(self) -> None:
        now = self._room.now
        for one in self._absent.values():
            one.gone += now - self._counted
            one.left -= now - self._counted if one.counts else 0.0
        self._counted = now


def _told(seconds: float) -> float:
    return round(max(0.0, seconds), 1)


def _call_bot(room: "Room", seat: int, one: Absent) -> None:
    one.called, one.left = True, CALL_AGAIN
    if room.call_bot is not None and room.bots_left() > 0:
        room.call_bot(room.code)


def _give_up(room: "Room", seat: int, one: Absent) -> None:
    seating.resign(room, one.member, seat, f"{one.member.name} was away for too long")


ACTS = {"bot": _call_bot, "forfeit": _give_up}
"""What each house rule does for a seat whose seconds are up; the others do nothing."""
