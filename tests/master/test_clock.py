"""Clocks: told the time by hand; who is in turn loses time, and with the last of it the match."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from communication import messages as m
from communication.away import read
from communication.clock import Clock
from games.game import Game
from games.game_info import Chance, GameInfo, Move, Outcome
from games.match import Match
from games.scene import Scene
from tests.kit import GOMOKU, Guest, Place, newest, step, wish

BANK, EACH = m.Clock(main=60, more=5), m.Clock(step=10)


# -- the clock itself --------------------------------------------------------------------------------------------------


def test_time_runs_for_who_is_in_turn_and_a_step_brings_some() -> None:
    clock = Clock(BANK, 2)
    clock.run((0,), 100.0)
    clock.run((1,), 112.5)
    clock.stepped(0, (1,))
    assert (clock.left, clock.runs) == ([52.5, 60.0], (1,))
    assert clock.out(172.4) is None
    assert clock.out(172.5) == 1
    clock.run((), 120.0)
    assert clock.left == [52.5, 52.5]
    assert clock.out(1e9) is None


def test_with_seconds_a_step_each_step_begins_with_all_of_them() -> None:
    clock = Clock(EACH, 2)
    clock.run((0,), 0.0)
    clock.run((1,), 9.0)
    clock.stepped(0, (1,))
    assert clock.left == [10.0, 10.0]
    clock.run((), 13.0)
    clock.run((1,), 50.0)
    assert (clock.left, clock.out(55.9), clock.out(56.0)) == ([10.0, 6.0], None, 1)
    clock.run((1,), 54.0)
    clock.stepped(1, (1,))  # and is in turn again
    assert clock.left == [10.0, 10.0]


def test_where_several_run_out_at_once_it_is_who_had_least() -> None:
    clock = Clock(EACH, 3, left=[5.0, 4.0, 9.0])
    clock.run((0, 1, 2), 0.0)
    assert [clock.out(now) for now in (3.9, 4.0, 6.0)] == [None, 1, 1]
    clock.run((0, 2), 20.0)
    assert clock.left == [0.0, 0.0, 0.0]


# -- at a table --------------------------------------------------------------------------------------------------------


@pytest.fixture
def place() -> Iterator[Place]:
    with Place() as place:
        yield place


def times(guest: Guest) -> tuple[tuple[float, ...], tuple[int, ...]]:
    told = guest.caught_up().all(m.Times)[-1]
    return told.left, told.runs


def test_the_clock_is_told_with_each_step_and_at_no_other_time(place: Place) -> None:
    anna, ben = place.guests("Anna", "Ben")
    code = place.room(GOMOKU, anna, ben, clock=BANK)
    assert newest(ben).clock == BANK
    assert times(ben) == ((60.0, 60.0), (0,))
    place.later(12.5)
    anna.does(step(code, 1, [7, 7]))
    assert times(ben) == ((52.5, 60.0), (1,))
    for _ in range(9):
        place.later(1)
    assert len(ben.caught_up().all(m.Times)) == 2
    ben.does(step(code, 2, [8, 8]))
    assert times(anna) == ((52.5, 56.0), (0,))


def test_a_table_without_a_clock_hears_nothing_of_one(place: Place) -> None:
    anna, ben = place.guests("Anna", "Ben")
    code = place.room(GOMOKU, anna, ben)
    anna.does(step(code, 1, [7, 7]))
    place.later(20)
    assert anna.caught_up().all(m.Times) == []
    assert place.inside(code).state == "playing"


def test_who_runs_out_of_time_has_lost(place: Place) -> None:
    anna, ben = place.guests("Anna", "Ben")
    anna.does(m.Look(follow=True))
    code = place.room(GOMOKU, anna, ben, clock=EACH)
    anna.does(step(code, 1, [7, 7]))
    place.later(8.8)
    assert place.inside(code).state == "playing"
    anna.say(m.Beat())
    ben.does(m.Beat())
    place.later(8.8)
    assert ben.hears(m.Over) == m.Over(room=code, ranks=(1, 2), why="Ben ran out of time", match=1)
    assert ben.hears(m.Stepped, n=2).move == ["forfeit", 1, "Ben ran out of time"]
    assert ben.code(step(code, 3, [8, 8])) == "match_over"
    match = place.inside(code).match
    assert Match.replay(match.game, 2, match.options, match.steps).outcome == match.outcome
    place.later(1)
    assert anna.hears(m.Lobby, matches=1)


def test_the_clock_rests_while_who_is_in_turn_is_away_and_while_the_match_does(place: Place) -> None:
    anna, ben = place.guest("Anna", "a" * 16), place.guest("Ben")
    code = place.room(GOMOKU, anna, ben, clock=BANK)
    place.later(10)
    anna.link.close()
    ben.hears(m.Times, runs=())
    assert times(ben) == ((50.0, 60.0), ())
    place.later(25)
    back = place.guest("Anna", "a" * 16)
    assert times(back) == ((50.0, 60.0), (0,))
    ben.does(m.Offer(room=code, what="pause"))
    back.does(m.Offer(room=code, what="pause"))
    place.later(1000)
    assert times(ben) == ((50.0, 60.0), ())
    ben.does(m.Offer(room=code, what="resume"))
    assert times(ben) == ((50.0, 60.0), (0,))
    place.later(20)
    back.does(step(code, 1, [7, 7]))
    assert times(ben) == ((35.0, 60.0), (1,))


def test_a_house_may_let_clocks_run_on(place: Place) -> None:
    place.hall.away = read("wait")
    anna, ben = place.guests("Anna", "Ben")
    code = place.room(GOMOKU, anna, ben, clock=BANK)
    anna.link.close()
    ben.hears(m.Table, room=code, people=(m.Person("Anna", away=True), m.Person("Ben")))
    place.later(25)
    ben.forget()
    ben.does(m.Sync(room=code))
    assert place.inside(code).timing.runs == (0,)


def test_a_pause_keeps_seats_longer_than_a_break_does(place: Place) -> None:
    anna, ben = place.guest("Anna", "a" * 16), place.guest("Ben")
    code = place.room(GOMOKU, anna, ben, clock=BANK)
    ben.does(m.Offer(room=code, what="pause"))
    anna.does(m.Offer(room=code, what="pause"))
    anna.link.close()
    ben.hears(m.Table, people=(m.Person("Anna", away=True), m.Person("Ben")))
    place.later(1000)
    assert place.inside(code).state == "playing"
    assert newest(place.guest("Anna", "a" * 16)).seat == 0


def test_a_take_back_gives_no_time_back(place: Place) -> None:
    anna, ben = place.guests("Anna", "Ben")
    code = place.room(GOMOKU, anna, ben, clock=BANK)
    place.later(20)
    anna.does(step(code, 1, [7, 7]))
    anna.does(m.Offer(room=code, what="undo"))
    place.later(4)
    ben.does(m.Reply(room=code, offer=1, yes=True))
    assert times(anna) == ((45.0, 56.0), (0,))


def test_a_rematch_begins_with_all_the_time(place: Place) -> None:
    anna, ben = place.guests("Anna", "Ben")
    code = place.room(GOMOKU, anna, ben, clock=BANK)
    place.later(20)
    anna.does(m.Resign(room=code))
    assert times(ben)[1] == ()
    anna.does(m.Again(room=code))
    ben.does(m.Again(room=code))
    assert times(anna) == ((60.0, 60.0), (0,))


def test_only_those_meet_who_want_the_same_clock(place: Place) -> None:
    anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
    anna.does(wish(m.Match, GOMOKU, clock=EACH))
    ben.does(wish(m.Match, GOMOKU))
    assert place.hall.rooms == {}
    cleo.does(m.Look())
    assert {queue.clock for queue in cleo.hears(m.Lobby).queues} == {EACH, None}
    cleo.does(wish(m.Match, GOMOKU, clock=EACH))
    assert newest(anna).clock == EACH


# -- games that act by themselves --------------------------------------------------------------------------------------


@dataclass
class FuseInfo(GameInfo):
    """The fuse burns for ten seconds, then it throws a die; three throws end the match. A step puts it out for good."""

    thrown: int = 0
    sum: int = 0
    out: bool = False

    def turn(self) -> tuple[int, ...]:
        return () if self.outcome() else (0, 1)

    def moves(self, seat: int) -> list[Move]:
        return ["blow"] if seat in self.turn() else []

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        self.out = True

    def outcome(self) -> Outcome | None:
        return Outcome.draw(2, "it has burnt down") if self.thrown == 3 else None

    def timeout(self) -> float | None:
        return None if self.out else 10.0

    def time_out(self, chance: Chance) -> None:
        self.thrown += 1
        self.sum += chance.roll()


class Fuse(Game[FuseInfo]):
    name, title, seats, info = "fuse", "Fuse", range(2, 3), FuseInfo
    summary = rules = "A fuse burns."

    def scene(self, info: FuseInfo, seat: int | None) -> Scene:
        return Scene(w=1, h=1)


def fuse(place: Place) -> tuple[Guest, Guest, str]:
    anna, ben = place.guests("Anna", "Ben")
    anna.does(m.Open(game="fuse", version=1, seats=2))
    code = anna.hears(m.Table).room
    ben.does(m.Join(room=code))
    return anna, ben, code


def test_a_game_acts_when_its_time_is_up_and_that_is_a_step_of_the_table() -> None:
    with Place({"fuse": Fuse()}) as place:
        anna, ben, code = fuse(place)
        for n in (1, 2, 3):
            place.later(9.9)
            assert place.inside(code).match.n == n - 1
            ben.does(m.Sync(room=code))  # that somebody looks delays nothing
            place.later(0.2)
            told = anna.hears(m.Stepped, n=n)
            assert (told.seat, told.move, len(told.chance)) == (None, ["timeout"], 1)
        assert anna.hears(m.Over).why == "it has burnt down"
        match = place.inside(code).match
        again = Match.replay(match.game, 2, {}, match.steps)
        assert (again.info, again.outcome) == (match.info, match.outcome)


def test_a_step_puts_the_fuse_out_and_what_the_table_did_is_not_taken_back() -> None:
    with Place({"fuse": Fuse()}) as place:
        anna, _, code = fuse(place)
        anna.does(step(code, 1, "blow"))
        place.later(25)
        assert place.inside(code).match.n == 1


def test_a_journal_with_a_time_out_where_none_is_due_does_not_fit() -> None:
    match = Match(Fuse(), 2, {})
    match.begin(Chance())
    late: Any = match.time_out(Chance(lambda n: 2))
    again = Match.replay(Fuse(), 2, {}, match.steps)
    assert again.info == match.info
    match.play(0, "blow", Chance())
    with pytest.raises(ValueError, match="not one that the table makes"):
        match.apply(type(late)(3, None, ("timeout",), (2,)))
