"""Another game in the same room: who may propose it, when it fits, and that the evening goes on with it."""

from pathlib import Path
from typing import Any

import pytest

from communication import messages as m
from games import GAMES
from master.journal import Journal
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Guest, Place, look, names, newest, play, step, wanted, wish
from tests.master.test_offers_kept import crash

KEYS = {name: name.lower() * 8 for name in ("Anna", "Ben", "Cleo")}


def back(place: Place, *who: str) -> list[Guest]:
    return [place.guest(name, KEYS[name]).caught_up() for name in who]


def proposed(code: str, game: str, seats: int = 2, **more: Any) -> m.Offer:
    return m.Offer(room=code, what="game", game=wanted(game, seats, **more))


def yes(guest: Guest) -> m.Reply:
    table = newest(guest)
    assert table.offer is not None
    return m.Reply(room=table.room, offer=table.offer.number, yes=True)


def finished(place: Place, *guests: Guest, game: str = TIC, **fields: Any) -> str:
    """A room whose match is over."""
    code = place.room(game, *guests, **fields)
    guests[0].does(m.Resign(room=code))
    return code


def test_what_all_agree_on_is_played_in_the_same_room() -> None:
    with Place() as place:
        anna, ben, cleo = back(place, *KEYS)
        code = finished(place, anna, ben, watchers=(cleo,))
        anna.does(m.Say(room=code, text="Something else?"))
        clock = m.Clock(main=300, more=3)
        anna.does(proposed(code, GOMOKU, options={"size": 19}, clock=clock))
        told = newest(ben)
        assert told.game == TIC
        assert told.offer is not None
        assert told.offer.game is not None
        assert (told.offer.seat, told.offer.game.game, told.offer.game.clock) == (0, GOMOKU, clock)
        ben.does(yes(ben))
        for guest in (anna, ben, cleo):
            table = newest(guest)
            assert (table.room, table.game, table.state, table.clock) == (code, GOMOKU, "playing", clock)
            assert table.options == GAMES[GOMOKU].chosen({"size": 19})
            assert (names(table), table.watchers, table.offer) == (["Anna", "Ben"], ("Cleo",), None)
            assert guest.all(m.Start)[-1].round == 2
        play(code, (anna, [18, 18]), (ben, [0, 0]))
        assert look(cleo).wins == {"Ben": 1}
        assert [said.text for said in place.inside(code).chat] == ["Something else?"]


@pytest.mark.parametrize(("before", "after"), [(None, m.Clock(step=5)), (m.Clock(step=5), None)])
def test_time_runs_where_the_other_game_has_a_clock(before: m.Clock | None, after: m.Clock | None) -> None:
    with Place() as place:
        anna, ben = back(place, "Anna", "Ben")
        code = finished(place, anna, ben, clock=before)
        anna.does(proposed(code, GOMOKU, clock=after))
        ben.does(yes(ben))
        assert place.inside(code).timed == (after is not None)
        place.later(6)
        assert place.inside(code).state == ("playing" if after is None else "over")


def test_each_has_to_agree_and_one_can_say_no() -> None:
    with Place() as place:
        anna, ben, cleo = back(place, *KEYS)
        code = place.room(DICE, anna, ben)
        anna.does(m.Resign(room=code))
        assert cleo.code(proposed(code, GOMOKU)) == "not_in_room"
        cleo.does(m.Join(room=code, watch=True))
        assert cleo.code(proposed(code, GOMOKU)) == "not_seated"
        anna.does(proposed(code, GOMOKU))
        ben.does(m.Reply(room=code, offer=1, yes=False))
        assert newest(anna).offer is None
        assert anna.code(proposed(code, GOMOKU)) == "offered_before"
        anna.does(proposed(code, TIC))
        assert ben.code(proposed(code, GOMOKU)) == "offer_stands"
        ben.does(proposed(code, TIC))  # to want the same is to agree
        assert newest(anna).game == TIC


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        (m.Offer(room="", what="game"), "bad_offer"),
        (proposed("", "halma"), "unknown_game"),
        (proposed("", TIC, 3), "bad_seats"),
        (proposed("", TIC, 2), "bad_seats"),
        (proposed("", GOMOKU, options={"size": 3}), "bad_options"),
        (proposed("", DICE, 3, clock=m.Clock(main=-1)), "bad_clock"),
        (m.Offer(room="", what="game", game=m.Wanted(game=DICE, version=99, seats=3)), "other_version"),
        (m.Offer(room="", what="draw"), "match_over"),
    ],
)
def test_what_cannot_be_played_is_refused(offer: m.Offer, code: str) -> None:
    with Place() as place:
        anna, ben, cleo = back(place, *KEYS)
        anna.does(wish(m.Open, DICE, 3))
        offer.room = newest(anna).room
        for guest in (ben, cleo):
            guest.does(m.Join(room=offer.room))
        anna.does(m.Resign(room=offer.room))
        before = newest(ben)
        assert anna.code(offer) == code
        assert newest(ben) == before


def test_a_match_is_played_to_its_end_first() -> None:
    with Place() as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(TIC, anna, ben)
        assert anna.code(proposed(code, GOMOKU)) == "not_over"


def test_a_table_that_waits_may_play_something_else_and_wait_for_that() -> None:
    with Place() as place:
        anna, ben = back(place, "Anna", "Ben")
        anna.does(wish(m.Open, TIC))
        code = newest(anna).room
        anna.does(proposed(code, GOMOKU))
        assert (newest(anna).game, newest(anna).state) == (GOMOKU, "waiting")
        assert look(ben).tables[0].game == GOMOKU
        ben.does(m.Join(room=code))
        anna.does(step(code, 1, [7, 7]))


def test_bots_fill_the_seats_and_make_room() -> None:
    with Place(bots=True) as place:
        anna, ben = back(place, "Anna", "Ben")
        code = finished(place, anna, ben)
        anna.does(proposed(code, DICE, 4))
        ben.does(yes(ben))
        room = place.inside(code)
        place.until(lambda: room.state == "playing")
        assert [member.bot for member in room.seats if member] == [False, False, True, True]
        ben.does(m.Leave(room=code))
        place.until(lambda: None not in room.seats)
        anna.does(m.Leave(room=code))
        anna.does(wish(m.Open, DICE, 3, bots=2))
        code = newest(anna).room
        room = place.inside(code)
        place.until(lambda: room.state == "playing")
        place.do(lambda: room.announce(room.match.forfeit(0)))
        place.until(lambda: room.state == "playing" or len(room.again) == 2)
        anna.does(proposed(code, SHIPS))
        place.until(lambda: room.game.name == SHIPS)
        assert [member.bot for member in room.seats if member] == [False, True]
        place.until(lambda: sum(bot.gone for bot in place.bots) >= 1)


def test_an_offer_and_a_new_game_outlive_a_crash(tmp_path: Path) -> None:
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place, "Anna", "Ben")
        code = finished(place, anna, ben)
        anna.does(proposed(code, GOMOKU, clock=m.Clock(step=30)))
        told = newest(ben).offer
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place, "Anna", "Ben")
        assert newest(ben).offer == told is not None
        ben.does(yes(ben))
        play(code, (anna, [7, 7]))
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place, "Anna", "Ben")
        assert (newest(ben).game, newest(ben).clock) == (GOMOKU, m.Clock(step=30))
        assert look(anna).wins == {"Ben": 1}
        ben.does(step(code, 2, [8, 8]), m.Resign(room=code))
        anna.does(proposed(code, DICE, 3))
        ben.does(yes(ben))
        assert (newest(ben).state, names(newest(ben))) == ("waiting", ["Anna", "Ben", None])
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place, "Anna", "Ben")
        cleo = place.guest("Cleo")
        cleo.does(m.Join(room=code))
        assert (newest(ben).game, newest(ben).state) == (DICE, "playing")
