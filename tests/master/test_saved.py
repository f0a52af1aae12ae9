"""A match saved for another evening: agreed on, kept when everybody goes, gone on with when all are back."""

import secrets
from pathlib import Path

from communication import messages as m
from communication.rules import Rules
from master.journal import Journal
from tests.kit import GOMOKU, Guest, Place, newest, play, step, wish

KEYS = {name: secrets.token_hex(16) for name in ("Anna", "Ben")}
DAY = 86400.0


def come(place: Place) -> tuple[Guest, Guest]:
    return place.guest("Anna", KEYS["Anna"]), place.guest("Ben", KEYS["Ben"])


def saved(place: Place, anna: Guest, ben: Guest) -> str:
    """A match that both have agreed to save after its first step."""
    code = place.room(GOMOKU, anna, ben)
    play(code, (anna, (7, 7)))
    anna.does(m.Offer(room=code, what="save"))
    assert newest(ben).offer is not None
    ben.does(m.Reply(room=code, offer=1, yes=True))
    return code


def closes_the_window(place: Place, guest: Guest) -> None:
    guest.link.close(1001)
    guest.ended()
    place.until(lambda: len(place.server.visitors) < 2)


def test_a_saved_match_rests_like_a_paused_one() -> None:
    with Place() as place:
        anna, ben = come(place)
        code = saved(place, anna, ben)
        assert newest(anna).paused
        assert ben.code(step(code, 2, (8, 8))) == "paused"
        assert anna.code(m.Offer(room=code, what="save")) == "paused"
        anna.does(m.Offer(room=code, what="resume"))
        ben.does(step(code, 2, (8, 8)))


def test_seats_at_a_saved_table_are_kept_when_windows_are_closed_and_for_days() -> None:
    with Place() as place:
        anna, ben = come(place)
        code = saved(place, anna, ben)
        closes_the_window(place, anna)
        assert newest(ben).people[0] is not None
        assert ben.code(m.Offer(room=code, what="resume")) == "not_all_here"
        closes_the_window(place, ben)
        for _ in range(20):
            place.later(DAY)
        anna, ben = come(place)
        assert newest(anna).seat == 0
        assert newest(anna).began > 0
        anna.does(m.Offer(room=code, what="resume"))
        ben.does(step(code, 2, (8, 8)))


def test_a_saved_table_is_there_after_a_restart_on_another_day(tmp_path: Path) -> None:
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = come(place)
        code = saved(place, anna, ben)
        closes_the_window(place, anna)
        closes_the_window(place, ben)
    with Place(journal=Journal(tmp_path)) as place:
        place.later(2 * DAY)
        anna, ben = come(place)
        assert anna.all(m.Welcome)[-1].rooms == (code,)
        anna.does(m.Offer(room=code, what="resume"))
        ben.does(step(code, 2, (8, 8)))


def test_in_the_end_a_saved_table_is_given_up_as_well() -> None:
    with Place(rules=Rules(saved=10 * DAY)) as place:
        anna, ben = come(place)
        code = saved(place, anna, ben)
        closes_the_window(place, anna)
        place.later(9 * DAY)
        assert newest(ben).people[0] is not None
        place.later(2 * DAY)
        assert newest(ben).people[0] is None
        assert place.hall.rooms[code].state == "over"


def test_where_a_host_is_full_saved_tables_make_room_and_no_others() -> None:
    with Place(rules=Rules(rooms=2)) as place:
        anna, ben = come(place)
        code = saved(place, anna, ben)
        cleo, dora = place.guests("Cleo", "Dora")
        cleo.does(wish(m.Open, GOMOKU))
        assert dora.code(wish(m.Open, GOMOKU)) == "server_full"  # somebody is at both
        for guest in (anna, ben):
            guest.link.close(1001)
            guest.ended()
        place.until(lambda: all(one.link is None for one in place.inside(code).members()))
        dora.does(wish(m.Open, GOMOKU))
        assert code not in place.hall.rooms
        assert place.guest("Anna", KEYS["Anna"]).all(m.Welcome)[-1].rooms == ()


def test_who_closes_the_window_in_a_match_that_goes_on_loses_the_seat_as_ever() -> None:
    with Place() as place:
        anna, ben = come(place)
        code = place.room(GOMOKU, anna, ben)
        closes_the_window(place, anna)
        assert ben.hears(m.Over, room=code).why == "Anna left"


def test_bots_agree_to_save_and_are_waited_for_by_nobody() -> None:
    with Place(bots=True) as place:
        anna = place.guest("Anna")
        anna.does(wish(m.Open, GOMOKU, bots=1))
        anna.hears(m.Start)
        code = newest(anna).room
        anna.does(m.Offer(room=code, what="save"))
        anna.hears(m.Table, paused=True)
        anna.does(m.Offer(room=code, what="resume"))
        anna.hears(m.Table, paused=False)
