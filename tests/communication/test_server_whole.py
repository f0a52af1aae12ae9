"""People and bots come and go, clocks run, games change, the disk is full: what two objects know, both know alike."""

import secrets
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from communication import messages as m
from master.journal import Journal
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Guest, Place, login, wanted

KEYS = {name: secrets.token_hex(16) for name in ("Anna", "Ben", "Cleo", "Robot", "Robin")}
BOTS = ("Robot", "Robin")
"""Bots of the house: over memory:// every bot is one."""
WHATS = ("game", "game", "pause", "resume", "undo", "draw")

names, numbers, booleans = st.sampled_from(sorted(KEYS)), st.integers(0, 9), st.booleans()
kinds = st.sampled_from([m.Join, m.Join, m.Leave, m.Resign, m.Again, m.Again, m.Sync])
steps = st.tuples(st.just("step"), names, numbers)
events = st.one_of(
    steps,
    steps,
    steps,
    st.tuples(st.just("ask"), names, st.builds(lambda kind: lambda code: kind(room=code), kinds)),
    st.tuples(st.just("ask"), names, st.just(lambda code: m.Join(room=code, watch=True))),
    st.tuples(
        st.just("ask"), names,
        st.builds(
            lambda what, game: lambda code: m.Offer(room=code, what=what, game=game if what == "game" else None),
            st.sampled_from(WHATS), st.sampled_from([TIC, GOMOKU, SHIPS]).map(wanted),
        ),
    ),
    st.tuples(st.just("agree"), names, booleans),
    st.tuples(st.just("give"), names, names),
    st.tuples(st.just("break"), names, st.sampled_from([1000, 1001])),
    st.tuples(st.just("break"), names, st.sampled_from([1000, 1001])),
    st.tuples(st.just("back"), names, st.none()),
    st.tuples(st.just("back"), names, st.none()),
    st.tuples(st.just("time"), names, st.sampled_from([1, 1, 3, 8, 40])),
    st.tuples(st.just("disk"), names, booleans),
)  # fmt: skip


class Evening:
    """A server with a journal, three tables, and people who may be here or not."""

    def __init__(self, place: Place, disk: sqlite3.Connection) -> None:
        self.place, self.disk = place, disk
        place.hall._call_bot = lambda code: None  # they come when the test says so
        self.here: dict[str, Guest] = {}
        for name in KEYS:
            self.back(name)
        anna, ben, cleo = (self.here[name] for name in ("Anna", "Ben", "Cleo"))
        place.room(TIC, anna, ben, watchers=(cleo,), away=m.Away(rule="bot", seconds=2))
        place.room(DICE, cleo, ben, away=m.Away(rule="forfeit", seconds=2), clock=m.Clock(main=20))
        place.room(SHIPS, anna, clock=m.Clock(step=5))  # it waits, so another game may come at once

    def settle(self, name: str) -> None:
        """Wait until the server has done what this one has asked for; forget who has been cut off."""
        if guest := self.here.get(name):
            guest.number += 1
            guest.say(f'{{"type":"am I there?","id":{guest.number}}}')
            number = guest.number
            guest._until(
                lambda: guest.end or any(isinstance(x, m.Refused) and x.id == number for x in guest.heard), name
            )
        self.place.do(lambda: None)
        self.place.until(lambda: len(self.place.server.visitors) == sum(one.end is None for one in self.here.values()))
        self.here = {name: one for name, one in self.here.items() if one.end is None}

    def back(self, name: str) -> None:
        guest = self.place.visitor()
        guest._news = self.place.news  # one place to wait at for either side
        guest.say(login(name, KEYS[name], bot=name in BOTS))
        before = self.here.get(name)
        self.here[name] = guest
        if before is not None:
            before.ended()
        self.settle(name)

    def happens(self, kind: str, name: str, what: Any, code: str) -> None:
        place, guest = self.place, self.here.get(name)
        room = place.hall.rooms.get(code)
        if kind == "time":
            place.later(what)
        elif kind == "disk":
            self.disk.execute(f"PRAGMA query_only = {'ON' if what else 'OFF'}")
        elif kind == "back":
            self.back(name)
        elif guest is None or room is None:
            return
        elif kind == "break":
            guest.link.close(what)
            guest.ended()
            del self.here[name]
        elif kind == "ask":
            guest.say(what(code))
        elif kind == "give":
            guest.say(m.Give(room=code, name=what))
        elif kind == "agree" and room.offer is not None:
            for one in self.here.values():  # who has no seat is refused
                one.say(m.Reply(room=code, offer=room.offer.number, yes=what))
        elif kind == "step":
            seat = room.seat_of(place.server.names[name.lower()])
            moves = list(room.match.info.moves(seat) or ()) if seat is not None and seat in room.match.turn else []
            if moves:
                guest.say(m.Step(room=code, n=room.match.n + 1, move=moves[what * len(moves) // 10]))
        self.settle(name)


def assert_whole(place: Place) -> None:
    """Links, people and rooms know each other both ways, and a room's flags say what its parts say."""
    for visitor in place.server.visitors:
        assert visitor.link is not None
        assert visitor.link.owner is visitor
        assert visitor.member is None or visitor.member.visitor is visitor
    for member in place.server.members.values():
        assert (member.visitor is None) == (member.link is None) == (member.away_since is not None)
        if member.visitor is not None:
            assert member.visitor in place.server.visitors
            assert member.link is member.visitor.link
        assert all(place.hall.rooms.get(code) is room for code, room in member.rooms.items())
        assert all(member in place.hall.rooms[code].members() for code in member.rooms)
    for code, room in place.hall.rooms.items():
        assert all(member.rooms.get(code) is room for member in room.members())
        assert room.timed == room.timing.counts
        assert room.somebody_away == bool(room.absences.told())
        assert room.somebody_away or not room.absences.stand_ins
        away = [seat for seat, member in enumerate(room.seats) if member is not None and member.link is None]
        nobody = all(member.link is None for member in room.members())
        assert [one.seat for one in room.absences.told()] == away or room.journal.broken or nobody


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(events, numbers), min_size=20, max_size=50))
def test_what_is_known_in_two_places_is_the_same_in_both(happenings: list[tuple[Any, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder))
        with Place(journal=journal, faulty=True) as place:
            evening = Evening(place, journal.read.db)
            for (kind, name, what), number in happenings:
                codes = list(place.hall.rooms) or ["NOWHERE"]
                evening.happens(kind, name, what, codes[number % len(codes)])
                assert_whole(place)
            assert [text for text in place.faults.texts if "Traceback" in text] == []
            evening.disk.execute("PRAGMA query_only = OFF")
            place.do(place.server.stop)
        with Place(journal=Journal(Path(folder))) as place:
            assert_whole(place)
