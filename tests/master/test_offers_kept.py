"""What was told of clocks, offers and pauses is so again after the server has gone and come back."""

from pathlib import Path

from communication import messages as m
from games.game_info import digest
from master.journal import Journal
from master.records import NoJournal
from tests.kit import GOMOKU, Guest, Place, newest, play, step, wish

KEYS = {"Anna": "a" * 16, "Ben": "b" * 16}


def back(place: Place) -> tuple[Guest, Guest]:
    anna, ben = (place.guest(name, key) for name, key in KEYS.items())
    return anna.caught_up(), ben.caught_up()


def crash(place: Place) -> None:
    """From now on nothing of what happens at this place is written, as if it had been killed."""

    def act() -> None:
        place.hall.journal.close()
        place.hall.journal = NoJournal()
        for room in place.hall.rooms.values():
            room.journal = NoJournal()

    place.do(act)


def test_an_offer_still_stands_and_can_be_answered(tmp_path: Path) -> None:
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        code = place.room(GOMOKU, anna, ben)
        start = digest(place.inside(code).match.info)
        anna.does(step(code, 1, [7, 7]), m.Offer(room=code, what="undo"))
        told = newest(ben).offer
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        assert newest(ben).offer == told is not None
        ben.does(m.Reply(room=code, offer=told.number, yes=True))
        assert anna.hears(m.Stepped, n=2).move == ["undo", 1]
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        assert newest(ben).offer is None
        assert (digest(place.inside(code).match.info), place.inside(code).match.n) == (start, 2)
        anna.does(step(code, 3, [6, 6]))


def test_an_offer_that_a_step_has_withdrawn_does_not_come_back(tmp_path: Path) -> None:
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        code = place.room(GOMOKU, anna, ben)
        play(code, (anna, [7, 7]))
        anna.does(m.Offer(room=code, what="draw"))
        ben.does(step(code, 2, [8, 8]))
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        assert newest(ben).offer is None
        assert ben.code(m.Reply(room=code, offer=1, yes=True)) == "no_offer"


def test_a_pause_lasts_and_a_draw_is_agreed(tmp_path: Path) -> None:
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        code = place.room(GOMOKU, anna, ben)
        anna.does(m.Offer(room=code, what="pause"))
        ben.does(m.Offer(room=code, what="pause"))
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        assert newest(anna).paused
        assert anna.code(step(code, 1, [7, 7])) == "paused"
        anna.does(m.Offer(room=code, what="resume"), m.Offer(room=code, what="draw"))
        ben.does(m.Offer(room=code, what="draw"))
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        assert newest(anna).state == "over"
        assert anna.all(m.Over)[-1] == m.Over(room=code, ranks=(1, 1), why="agreed", match=1)


def test_the_clock_has_not_run_while_the_server_was_away(tmp_path: Path) -> None:
    clock = m.Clock(main=60, more=5)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        code = place.room(GOMOKU, anna, ben, clock=clock)
        place.later(20)
        anna.does(step(code, 1, [7, 7]))
        told = anna.caught_up().all(m.Times)[-1]
        assert told.left == (45.0, 60.0)
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        place.later(25)  # nobody is back yet
        anna, ben = back(place)
        assert newest(ben).clock == clock
        assert ben.all(m.Times)[-1] == told
        place.later(25)
        ben.does(step(code, 2, [8, 8]))
        assert ben.caught_up().all(m.Times)[-1].left == (45.0, 40.0)


def test_who_waits_for_a_table_with_a_clock_waits_for_one_again(tmp_path: Path) -> None:
    clock = m.Clock(step=30)
    with Place(journal=Journal(tmp_path)) as place:
        anna, _ = back(place)
        anna.does(wish(m.Match, GOMOKU, clock=clock))
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        ben.does(wish(m.Match, GOMOKU, clock=clock))
        assert newest(anna).clock == clock
