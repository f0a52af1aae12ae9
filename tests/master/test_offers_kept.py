"""What was told of clocks, offers, pauses and bots is so again after the server has gone and come back."""

from pathlib import Path

from communication import messages as m
from games.game_info import digest
from master.journal import Journal
from master.records import NoJournal
from tests.kit import DICE, GOMOKU, Guest, Place, newest, play, step, wish

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


def test_a_late_yes_meets_no_offer_of_after_the_crash(tmp_path: Path) -> None:
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        code = place.room(GOMOKU, anna, ben)
        play(code, (anna, [7, 7]))
        anna.does(m.Offer(room=code, what="undo"))
        late = m.Reply(room=code, offer=newest(ben).offer.number, yes=True)  # type: ignore[union-attr]
        ben.does(step(code, 2, [8, 8]))
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place)
        anna.does(m.Offer(room=code, what="draw"))
        assert ben.code(late) == "no_offer"
        assert newest(anna).state == "playing"


class Slow(Place):
    """A place whose bots never arrive."""

    def __init__(self, folder: Path) -> None:
        self.called: list[str] = []
        super().__init__(bots=True, journal=Journal(folder))

    def _call_bot(self, code: str) -> None:
        self.called.append(code)


def test_a_bot_on_its_way_to_a_free_seat_is_called_again(tmp_path: Path) -> None:
    with Slow(tmp_path) as place:
        anna, ben = back(place)
        anna.does(wish(m.Open, DICE, 4, bots=2))
        code = newest(anna).room
        ben.does(m.Join(room=code, watch=True))
        crash(place)
    with Slow(tmp_path) as place:  # killed once more before they are there
        assert place.called == [code, code]
        crash(place)
    with Place(journal=Journal(tmp_path), bots=True) as place:
        anna, ben = back(place)
        place.until(lambda: place.inside(code).seats.count(None) == 1)
        assert len(place.bots) == 2
        ben.does(m.Join(room=code))
        assert anna.hears(m.Start).n == 0
        crash(place)
    with Slow(tmp_path) as place:  # who has come is not on the way any more, and only the seats are filled again
        assert place.called == [code, code]


def test_a_bot_on_its_way_to_a_seat_that_was_given_up_is_called_again(tmp_path: Path) -> None:
    with Slow(tmp_path) as place:
        anna, ben = back(place)
        code = place.room(DICE, anna, ben)
        ben.does(m.Leave(room=code))
        assert place.called == [code]
        crash(place)
    with Place(journal=Journal(tmp_path), bots=True) as place:
        anna, ben = back(place)
        place.until(lambda: None not in place.inside(code).seats)
        assert newest(anna).state == "playing"


def test_a_seat_that_a_person_took_instead_waits_for_no_bot(tmp_path: Path) -> None:
    with Slow(tmp_path) as place:
        anna, ben = back(place)
        anna.does(wish(m.Open, DICE, 2, bots=1))
        code = newest(anna).room
        ben.does(m.Join(room=code))
        crash(place)
    with Slow(tmp_path) as place:
        assert place.called == []


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
