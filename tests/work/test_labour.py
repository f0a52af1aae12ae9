"""Workers of works: they do what they are given, on threads, and bring it, whatever happens to the connection."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

from communication import messages as m
from games.game_info import Move
from tests.kit import PATIENCE, Place
from tests.work.crews import Hand, crew
from work.labour import Do
from work.primes import RANGES, Primes, PrimesInfo
from work.shelf import SHELF, WORKS

PRIMES = "primes"


class Gate:
    """Does pieces only while it is open, and counts them."""

    def __init__(self, open: bool = True) -> None:
        self.gate = threading.Event()
        self.begun: list[Any] = []
        if open:
            self.gate.set()

    def hands(self, info: Any) -> Do:
        return self.do

    def do(self, piece: Any, since: float) -> Iterable[Move]:
        self.begun.append(piece)
        assert self.gate.wait(PATIENCE)
        return [piece]


def test_a_crew_counts_primes() -> None:
    with Place(SHELF) as place, crew(place, PRIMES, ["Anna", "Ben"]) as (anna, ben):
        anna.done()
        ben.done()
        assert anna.table().outcome is not None
        assert anna.table().outcome.why == "17984 primes"  # type: ignore[union-attr]


def test_somebody_may_only_look_on() -> None:
    gate = Gate(open=False)
    with Place(SHELF) as place, crew(place, PRIMES, ["Anna"], gate.hands) as (anna,):
        eve = Hand(place, "Eve", m.Join(room=anna.table().code, watch=True), gate.hands)
        eve.until(lambda: eve.info() and eve.info().given)
        gate.gate.set()
        eve.done()
        assert sorted(gate.begun) == list(range(RANGES))
        assert eve.labourer.rows == []
        eve.leave()


def test_what_was_on_its_way_is_brought_after_a_break() -> None:
    gate = Gate(open=False)
    with Place(SHELF) as place, crew(place, PRIMES, ["Anna"], gate.hands) as (anna,):
        anna.until(lambda: gate.begun)
        anna.cut()
        gate.gate.set()
        anna.done()
        assert sorted(gate.begun) == list(range(RANGES))  # nothing was done twice


def test_who_was_away_for_long_sits_down_again() -> None:
    gate = Gate(open=False)
    with Place(SHELF) as place, crew(place, PRIMES, ["Anna", "Ben"], gate.hands) as (anna, ben):
        ben.until(lambda: ben.info().given.get(1) is not None)
        link = ben.client.link
        assert link is not None
        link.close()
        ben.until(lambda: ben.client.state == "away")
        place.later(1.0)
        place.later(40.0)
        anna.until(lambda: anna.table().about.people[1] is None)
        ben.clock.now += 10
        ben.client.runner.call(ben.client.task, ben.clock.now)
        anna.until(lambda: anna.table().about.people[1] is not None)
        gate.gate.set()
        anna.done()
        ben.done()


def test_an_offer_that_is_refused_is_not_made_again_at_once() -> None:
    class Pushy(Primes):
        def offer(self, info: PrimesInfo, seat: int, name: str) -> Move:
            return "give me all" if not info.given else super().offer(info, seat, name)

    with Place(SHELF) as place:
        hand = Hand(place, "Anna", m.Open(game=PRIMES, version=1, seats=2))
        hand.labourer.shelf = {PRIMES: Pushy()}
        hand.table()
        eve = place.guest("Eve")
        eve.does(m.Join(room=hand.table().code, watch=True))
        eve.caught_up()
        assert hand.labourer.gone == ""  # nor has it been cut off for sending too much
        hand.leave()


def test_nothing_new_is_begun_while_it_is_paused() -> None:
    gate = Gate(open=False)
    with Place(SHELF) as place, crew(place, PRIMES, ["Anna"], gate.hands) as (anna,):
        code = anna.table().code
        anna.until(lambda: gate.begun)
        ben = place.guest("Ben")
        ben.does(m.Join(room=code), m.Offer(room=code, what="pause"))
        anna.until(lambda: anna.table().about.paused)
        gate.gate.set()
        ben.caught_up()
        assert gate.begun == [0]
        ben.does(m.Offer(room=code, what="resume"))
        anna.done()


def test_another_takes_over_what_somebody_left() -> None:
    gate, slow = Gate(), Gate(open=False)
    with Place(SHELF) as place, crew(place, PRIMES, ["Anna"], slow.hands) as (anna,):
        anna.until(lambda: slow.begun)
        ben = Hand(place, "Ben", m.Join(room=anna.table().code), gate.hands)
        ben.until(lambda: len(gate.begun) > 3)
        anna.leave()
        ben.done()
        assert sorted(gate.begun) == list(range(RANGES))
        slow.gate.set()
        ben.leave()


def test_a_room_that_is_not_there_is_said() -> None:
    with Place(SHELF, faulty=True) as place:
        hand = Hand(place, "Anna", m.Join(room="XXXXX"))
        hand.until(lambda: hand.labourer.gone)
        assert hand.labourer.gone == 'There is no table with the code "XXXXX".'
        other = Hand(place, "Ben", m.Open(game="gomoku", version=1, seats=2))
        other.until(lambda: other.labourer.gone)
        assert "Gomoku" in other.labourer.gone or "gomoku" in other.labourer.gone


def test_a_piece_that_cannot_be_done_stops_nothing_else(caplog: Any) -> None:
    def hands(info: Any) -> Do:
        def do(piece: Any, since: float) -> Iterable[Move]:
            raise RuntimeError("broken")

        return do

    with Place(SHELF, faulty=True) as place, crew(place, PRIMES, ["Anna"], hands) as (anna,):
        anna.until(lambda: "could not be done" in caplog.text)
        ben = Hand(place, "Ben", m.Join(room=anna.table().code))
        ben.until(lambda: len(ben.info().found) == RANGES - 1)
        assert anna.table().outcome is None
        ben.leave()
    assert "could not be done" in caplog.text


def test_every_work_says_what_it_is() -> None:
    for name, work in WORKS.items():
        assert work.name == name
        assert work.summary.endswith(".")
        assert work.info().open_seats
        work.scene(work.info(), None)
