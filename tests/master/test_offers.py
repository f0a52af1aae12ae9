"""Offers at a table: take back, draw, pause; with everybody's consent, one at a time, until the next step."""

import pytest

from communication import messages as m
from games.game_info import digest
from games.match import Match
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Guest, Place, look, newest, play, step, wish


def offer(guest: Guest, code: str, what: str) -> m.Offering:
    """Make an offer, and see it stand."""
    guest.does(m.Offer(room=code, what=what))
    made = newest(guest).offer
    assert made is not None
    return made


def yes(guest: Guest, code: str, made: m.Offering) -> None:
    guest.does(m.Reply(room=code, offer=made.number, yes=True))


def no(guest: Guest, code: str, made: m.Offering) -> None:
    guest.does(m.Reply(room=code, offer=made.number, yes=False))


def replayed(place: Place, code: str) -> None:
    """A replay of the steps must come to the same state."""
    match = place.inside(code).match
    again = Match.replay(match.game, match.seats, match.options, match.steps)
    assert digest(again.info) == digest(match.info)
    assert (again.outcome, list(again.turn)) == (match.outcome, list(match.turn))


# -- take back ---------------------------------------------------------------------------------------------------------


def test_a_step_is_taken_back_when_the_other_agrees() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        start = digest(place.inside(code).match.info)
        anna.does(step(code, 1, [7, 7]))
        made = offer(anna, code, "undo")
        assert made == m.Offering(number=1, what="undo", seat=0, at=1, agreed=(0,), first=1)
        assert newest(ben).offer == made
        yes(ben, code, made)
        undone = anna.hears(m.Stepped, n=2)
        assert (undone.seat, undone.move, undone.digest) == (None, ["undo", 1], start)
        assert place.inside(code).match.turn == (0,)
        anna.does(step(code, 3, [8, 8]))
        replayed(place, code)


def test_who_is_in_turn_again_takes_the_answer_back_with_it() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        play(code, (anna, [7, 7]), (ben, [8, 8]), (anna, [6, 6]), (ben, [9, 9]))
        made = offer(anna, code, "undo")
        assert made.first == 3
        yes(ben, code, made)
        assert anna.hears(m.Stepped, n=5).move == ["undo", 3]
        ben.forget()
        made = offer(anna, code, "undo")
        assert made.first == 1
        yes(ben, code, made)
        match = place.inside(code).match
        assert match.n == 6
        assert not any(match.info.board)  # type: ignore[attr-defined]
        assert anna.code(m.Offer(room=code, what="undo")) == "no_undo"
        replayed(place, code)


def test_everybody_with_a_seat_must_agree_and_one_no_is_enough() -> None:
    with Place() as place:
        anna, ben, cleo, eve = place.guests("Anna", "Ben", "Cleo", "Eve")
        code = place.room(DICE, anna, ben, cleo, watchers=(eve,))
        first = min(place.inside(code).match.turn)
        maker, *others = (anna, ben, cleo)[first:] + (anna, ben, cleo)[:first]
        maker.does(step(code, 1, ["bid", 1, 2]))
        made = offer(maker, code, "undo")
        yes(others[0], code, made)
        standing = newest(eve).offer
        assert standing is not None
        assert len(standing.agreed) == 2
        assert eve.code(m.Reply(room=code, offer=made.number, yes=True)) == "not_seated"
        assert place.inside(code).match.n == 1
        yes(others[0], code, made)  # said twice is said once
        assert place.inside(code).match.n == 1
        no(others[1], code, made)
        assert newest(maker).offer is None
        assert place.inside(code).match.n == 1
        assert maker.code(m.Offer(room=code, what="undo")) == "offered_before"


def test_what_was_thrown_or_seen_is_not_taken_back() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(DICE, anna, ben)
        players = (anna, ben)
        first = min(place.inside(code).match.turn)
        players[first].does(step(code, 1, ["bid", 1, 2]))
        players[1 - first].does(step(code, 2, "liar"))
        assert players[first].code(m.Offer(room=code, what="undo")) == "no_undo"


def test_a_shot_is_not_taken_back_but_a_ship_that_nobody_saw_is() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(SHIPS, anna, ben)
        anna.does(step(code, 1, [[0, 0], [0, 4]]))
        before = newest(ben)
        made = offer(anna, code, "undo")
        yes(ben, code, made)
        seen = ben.hears(m.Viewed, n=2)
        assert seen.move == ["undo", 1]
        assert seen.view["placed"] == [0, 0]
        assert before.offer is None
        fleet = [[[0, 0], [0, 4]], [[2, 0], [2, 3]], [[4, 0], [4, 2]], [[6, 0], [6, 2]], [[8, 0], [8, 1]]]
        n = 2
        for ship in fleet:
            for guest in (anna, ben):
                n += 1
                guest.does(step(code, n, ship))
        anna.does(step(code, n + 1, ["fire", 9, 9]))
        assert anna.code(m.Offer(room=code, what="undo")) == "no_undo"
        replayed(place, code)


# -- draw, pause -------------------------------------------------------------------------------------------------------


def test_a_draw_that_is_agreed_on_ends_the_match_for_all_alike() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        made = offer(ben, code, "draw")
        yes(anna, code, made)
        assert anna.hears(m.Over) == m.Over(room=code, ranks=(1, 1), why="agreed", match=1)
        assert newest(ben).state == "over"
        assert ben.code(m.Offer(room=code, what="draw")) == "match_over"
        replayed(place, code)


def test_to_offer_what_the_other_has_offered_is_to_agree() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        anna.does(m.Offer(room=code, what="draw"))
        ben.does(m.Offer(room=code, what="draw"))
        anna.hears(m.Over, why="agreed")


def test_to_ask_for_a_take_back_of_ones_own_is_not_to_agree_to_the_others() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        play(code, (anna, [7, 7]), (ben, [8, 8]))
        made = offer(ben, code, "undo")
        assert anna.code(m.Offer(room=code, what="undo")) == "offer_stands"
        assert newest(anna).offer == made


def test_nobody_steps_while_the_match_is_paused_and_anybody_ends_that() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        assert anna.code(m.Offer(room=code, what="resume")) == "not_paused"
        yes(ben, code, offer(anna, code, "pause"))
        assert newest(ben).paused
        assert look(ben).tables[0].paused
        assert anna.code(step(code, 1, [7, 7])) == "paused"
        assert anna.code(m.Offer(room=code, what="pause")) == "paused"
        ben.does(m.Offer(room=code, what="resume"))
        assert not newest(anna).paused
        assert not look(ben).tables[0].paused
        anna.does(step(code, 1, [7, 7]))


# -- until when --------------------------------------------------------------------------------------------------------


def test_the_next_step_withdraws_an_offer() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        anna.does(step(code, 1, [7, 7]))
        made = offer(anna, code, "undo")
        ben.does(step(code, 2, [8, 8]))
        assert ben.code(m.Reply(room=code, offer=made.number, yes=True)) == "no_offer"
        late = offer(anna, code, "undo")
        assert late.number != made.number
        assert ben.code(m.Reply(room=code, offer=made.number, yes=True)) == "no_offer"
        assert place.inside(code).match.n == 2


def test_its_maker_withdraws_an_offer() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        made = offer(anna, code, "draw")
        no(anna, code, made)
        assert newest(ben).offer is None
        assert ben.code(m.Reply(room=code, offer=made.number, yes=True)) == "no_offer"
        assert place.inside(code).state == "playing"


@pytest.mark.parametrize("how", [m.Leave, m.Resign])
def test_an_offer_ends_with_a_seat_that_becomes_free(how: type[m.Leave | m.Resign]) -> None:
    with Place(bots=True) as place:
        anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
        code = place.room(DICE, anna, ben, cleo)
        made = offer(anna, code, "draw")
        yes(ben, code, made)
        cleo.does(how(room=code))
        place.until(lambda: None not in place.inside(code).seats)
        assert place.inside(code).offer is None
        assert place.inside(code).state == "playing"


def test_an_offer_is_there_again_for_who_comes_back() -> None:
    with Place() as place:
        anna = place.guest("Anna", "a" * 16)
        ben = place.guest("Ben")
        code = place.room(GOMOKU, anna, ben)
        made = offer(ben, code, "draw")
        again = place.guest("Anna", "a" * 16)
        assert newest(again).offer == made
        yes(again, code, made)
        ben.hears(m.Over, why="agreed")


def test_bots_agree_to_take_back_and_pause_and_play_on() -> None:
    with Place(bots=True) as place:
        anna = place.guest("Anna")
        anna.does(wish(m.Open, TIC, bots=1))
        code = anna.hears(m.Table).room
        anna.hears(m.Start)
        seat = newest(anna).seat
        assert seat == 0
        anna.does(step(code, 1, 0))
        anna.hears(m.Stepped, n=2)
        anna.does(m.Offer(room=code, what="draw"))
        place.until(lambda: place.inside(code).declined)
        assert newest(anna).offer is None
        anna.does(m.Offer(room=code, what="undo"))
        assert anna.hears(m.Stepped, n=3).move == ["undo", 1]
        anna.does(m.Offer(room=code, what="pause"))
        anna.hears(m.Table, paused=True)
        anna.does(m.Offer(room=code, what="resume"))
        anna.does(step(code, 4, 4))
        anna.hears(m.Stepped, n=5)
        replayed(place, code)


def test_a_step_that_is_sent_again_during_a_pause_is_known_and_not_refused() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(SHIPS, anna, ben)
        move = next(iter(place.inside(code).match.info.moves(0) or ()))
        anna.does(step(code, 1, move), m.Offer(room=code, what="pause"))
        ben.does(m.Reply(room=code, offer=1, yes=True))
        anna.does(step(code, 1, move))
        assert anna.code(step(code, 2, move)) == "paused"
        assert place.inside(code).match.n == 1
