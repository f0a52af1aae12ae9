"""A room judges every step, and tells everybody what is theirs to know."""

import json
from dataclasses import dataclass
from typing import Any
from unittest import mock

import pytest

from communication import messages as m
from games.game_info import Chance, Move, digest
from games.tic_tac_toe import TicTacToe, TicTacToeInfo
from master.told import DIGEST_EVERY
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Place, newest, play, step, wish

FLEET = [[[0, 0], [0, 4]], [[2, 0], [2, 3]], [[4, 0], [4, 2]], [[6, 0], [6, 2]], [[8, 0], [8, 1]]]


# -- steps -------------------------------------------------------------------------------------------------------------


def test_a_step_is_told_to_everybody_the_same() -> None:
    with Place() as place:
        anna, ben, eve = place.guests("Anna", "Ben", "Eve")
        code = place.room(GOMOKU, anna, ben, watchers=(eve,))
        anna.does(step(code, 1, [7, 7]))
        for guest in (anna, ben, eve):
            assert guest.hears(m.Stepped) == m.Stepped(room=code, n=1, seat=0, move=[7, 7])


@pytest.mark.parametrize(
    ("game", "move", "waits"),
    [(GOMOKU, [7, 7], True), (SHIPS, FLEET[0], False)],
)
def test_only_who_foresaw_all_of_a_step_may_hear_of_it_later(game: str, move: Any, waits: bool) -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        room = place.inside(place.room(game, anna, ben))
        with mock.patch.object(place.runner, "send", wraps=place.runner.send) as send:
            anna.does(step(room.code, 1, move))
        told = [m.to_client(call.args[1]) for call in send.call_args_list]
        maker = room.seats[0]
        patient = [call.args[0] for call, message in zip(send.call_args_list, told, strict=True)
                   if isinstance(message, m.Stepped | m.Viewed) and not call.args[2]]  # fmt: skip
        assert maker
        assert patient == ([maker.link] if waits else [])


@pytest.mark.parametrize(
    ("who", "n", "move", "code"),
    [
        (0, 2, [7, 7], "not_your_turn"),
        (1, 1, [8, 8], "wrong_number"),
        (1, 0, [8, 8], "wrong_number"),
        (1, -1, [8, 8], "wrong_number"),
        (1, 3, [8, 8], "wrong_number"),
        (1, 10**30, [8, 8], "wrong_number"),
        (1, 2, [7, 7], "taken"),
        (1, 2, [15, 0], "off_board"),
        (1, 2, [7.0, 8], "off_board"),
        (1, 2, None, "off_board"),
        (1, 2, "liar", "off_board"),
        (1, 2, [[[[[[[[7]]]]]]]], "bad_move"),
        (1, 2, True, "bad_move"),
        (1, 2, [True, False], "bad_move"),
        (1, 2, {"row": 7}, "bad_move"),
        (1, 2, 10**40, "bad_move"),
        (1, 2, "x" * 5000, "bad_move"),
        (1, 2, [0] * 5000, "bad_move"),
        (2, 2, [8, 8], "not_seated"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_changes_nothing(who: int, n: int, move: Any, code: str) -> None:
    with Place() as place:
        everybody = place.guests("Anna", "Ben", "Eve")
        room = place.room(GOMOKU, *everybody[:2], watchers=(everybody[2],))
        everybody[0].does(step(room, 1, [7, 7]))
        before = digest(place.inside(room).match.info)
        for guest in everybody:
            guest.forget()
        assert everybody[who].code(step(room, n, move)) == code
        refused = everybody[who].all(m.Refused)[-1]
        assert refused.room == room
        assert digest(place.inside(room).match.info) == before
        assert place.inside(room).match.n == 1
        assert [guest.caught_up().all(m.Stepped) for guest in everybody] == [[], [], []]


def test_steps_wait_for_the_beginning_and_end_with_the_match() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(TIC, anna)
        for request in (step(code, 1, 0), m.Resign(room=code), m.Again(room=code), m.Sync(room=code)):
            assert anna.code(request) == "not_started"
        ben.does(m.Join(room=code))
        assert ben.code(m.Again(room=code)) == "not_over"
        play(code, (anna, 0), (ben, 3), (anna, 1), (ben, 4), (anna, 2))
        assert ben.hears(m.Over) == m.Over(room=code, ranks=(1, 2), why="three in a row", match=1)
        assert ben.code(step(code, 6, 5)) == "match_over"
        assert ben.code(step(code, 9, 5)) == "match_over"
        assert ben.code(step(code, 4, 5)) == "match_over"
        assert ben.code(m.Resign(room=code)) == "match_over"


def test_a_step_sent_twice_is_made_once_and_shown_again() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        anna.does(step(code, 1, [7, 7]), step(code, 1, [7, 7]))
        ben.does(step(code, 2, [8, 8]))
        anna.does(step(code, 1, [7, 7]))
        assert [stepped.n for stepped in anna.all(m.Stepped)] == [1, 1, 2, 1]
        assert [stepped.n for stepped in ben.caught_up().all(m.Stepped)] == [1, 2]
        assert place.inside(code).match.n == 2


def test_the_step_that_ended_the_match_may_be_sent_twice() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(TIC, anna, ben)
        play(code, (anna, 0), (ben, 3), (anna, 1), (ben, 4), (anna, 2))
        anna.does(step(code, 5, 2))
        assert place.inside(code).match.n == 5


def test_a_step_sent_twice_in_a_game_with_secrets_shows_what_is_now() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(DICE, anna, ben)
        play(code, (anna, ["bid", 1, 2]), (ben, ["bid", 1, 3]))
        anna.forget()
        anna.does(step(code, 1, ["bid", 1, 2]))
        start = anna.hears(m.Start)
        assert start.n == place.inside(code).match.n == 2
        assert start.view is not None
        assert len(start.view["bids"]) == 2


def test_two_who_place_their_fleets_at_the_same_time_do_not_get_in_each_others_way() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(SHIPS, anna, ben)
        anna.does(step(code, 1, FLEET[0]))
        ben.does(step(code, 1, FLEET[0]))  # he had not yet heard of hers
        ben.does(step(code, 3, FLEET[1]))
        anna.does(step(code, 2, FLEET[1]))
        assert anna.code(step(code, 1, FLEET[2])) == "wrong_number"  # that number is before her own last step
        assert anna.code(step(code, 9, FLEET[2])) == "wrong_number"
        assert place.inside(code).match.n == 4
        for ship in FLEET[2:]:
            anna.does(step(code, place.inside(code).match.n + 1, ship))
        for ship in FLEET[2:]:
            ben.does(step(code, place.inside(code).match.n + 1, ship))
        assert ben.code(step(code, 11, ["fire", 0, 0])) == "not_your_turn"
        anna.does(step(code, 11, ["fire", 0, 0]))


def test_a_digest_comes_now_and_then_and_at_the_end() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        cells = [[r, c] for r in (0, 2, 4, 6) for c in range(0, 14, 2)][: DIGEST_EVERY + 1]
        play(code, *((anna if k % 2 == 0 else ben, cell) for k, cell in enumerate(cells)))
        with_digest = [stepped.n for stepped in ben.caught_up().all(m.Stepped) if stepped.digest is not None]
        assert with_digest == [DIGEST_EVERY]
        anna.does(m.Resign(room=code))
        last = anna.all(m.Stepped)[-1]
        assert last.seat is None
        assert last.digest == digest(place.inside(code).match.info)


@dataclass
class FaultyInfo(TicTacToeInfo):
    """Tic-tac-toe, but its author has made a mistake."""

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        super().play(seat, move, chance)
        if move == 4:
            raise ZeroDivisionError("a mistake")


class Faulty(TicTacToe):
    name, info = "faulty", FaultyInfo


class Stillborn(TicTacToe):
    @dataclass
    class Info(TicTacToeInfo):
        def setup(self, seats: int, options: Any, chance: Chance) -> None:
            raise ZeroDivisionError("a mistake")

    name, info = "stillborn", Info


def test_a_game_that_fails_on_a_step_leaves_the_table_as_it_was() -> None:
    with Place({"faulty": Faulty()}, faulty=True) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room("faulty", anna, ben)
        anna.does(step(code, 1, 0))
        before = digest(place.inside(code).match.info)
        assert ben.code(step(code, 2, 4)) == "game_failed"
        assert digest(place.inside(code).match.info) == before
        ben.does(step(code, 2, 5))
        assert anna.caught_up().all(m.Stepped)[-1].n == 2
        assert "ZeroDivisionError" in place.faults.texts[0]


def test_a_game_that_cannot_even_begin_closes_its_table_and_says_so() -> None:
    with Place({"stillborn": Stillborn()}, faulty=True) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room("stillborn", anna)
        ben.does(m.Join(room=code))
        for guest in (anna, ben):
            assert guest.hears(m.Closed).code == "game_failed"
        assert place.hall.rooms == {}
        anna.does(wish(m.Match, "stillborn"))
        ben.does(wish(m.Match, "stillborn"))
        assert place.hall.rooms == {}
        assert [member.rooms for member in place.server.members.values()] == [{}, {}]


# -- who may see what --------------------------------------------------------------------------------------------------


def test_each_seat_sees_its_own_dice_and_a_watcher_nobodys() -> None:
    with Place() as place:
        anna, ben, eve = place.guests("Anna", "Ben", "Eve")
        code = place.room(DICE, anna, ben, watchers=(eve,))
        anna.does(step(code, 1, ["bid", 1, 2]))
        room = place.inside(code)
        for guest, seat in ((anna, 0), (ben, 1), (eve, None)):
            for view in (guest.hears(m.Start).view, guest.hears(m.Viewed).view):
                assert view is not None
                dice = room.match.info.dice  # type: ignore[attr-defined]
                assert view["dice"] == [dice[k] if k == seat else {"hidden": True} for k in (0, 1)]


def test_what_is_placed_in_secret_is_told_to_nobody_else() -> None:
    with Place() as place:
        anna, ben, eve = place.guests("Anna", "Ben", "Eve")
        code = place.room(SHIPS, anna, ben, watchers=(eve,))
        for n, ship in enumerate(FLEET, 1):
            anna.does(step(code, n, ship))
        own = anna.hears(m.Viewed, n=1)
        assert (own.move, own.hidden) == (FLEET[0], False)
        for guest in (ben, eve):
            seen = guest.caught_up().all(m.Viewed)
            assert [(viewed.seat, viewed.move, viewed.hidden) for viewed in seen] == [(0, None, True)] * 5
            assert seen[-1].view["placed"] == [5, 0]
            told = json.dumps([m.encode(message) for message in guest.heard])
            assert "[8,0],[8,1]" not in told.replace(" ", "")


def test_a_watcher_who_comes_late_sees_the_match_as_it_stands() -> None:
    with Place() as place:
        anna, ben, eve, finn = place.guests("Anna", "Ben", "Eve", "Finn")
        code = place.room(TIC, anna, ben)
        play(code, (anna, 0), (ben, 3))
        eve.does(m.Join(room=code, watch=True))
        start = eve.hears(m.Start)
        assert (start.n, [(played.seat, played.move) for played in start.steps]) == (
            2,
            [(None, ["start"]), (0, 0), (1, 3)],
        )
        assert newest(eve).seat is None
        assert newest(anna).watchers == ("Eve",)
        anna.does(step(code, 3, 1))
        ben.does(step(code, 4, 4))
        anna.does(step(code, 5, 2))
        finn.does(m.Join(room=code, watch=True))
        assert finn.hears(m.Over).ranks == (1, 2)


def test_sync_gives_what_is_missing_or_everything() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        play(code, (anna, [1, 1]), (ben, [2, 2]), (anna, [3, 3]))
        ben.forget()
        ben.does(m.Sync(room=code, n=1))
        assert [stepped.n for stepped in ben.all(m.Stepped)] == [2, 3]
        ben.forget()
        ben.does(m.Sync(room=code, n=3))
        assert ben.heard[:-1] == []
        for n in (-1, 4, -(10**20), 10**20):
            ben.forget()
            ben.does(m.Sync(room=code, n=n))
            assert (ben.hears(m.Start).n, len(ben.hears(m.Start).steps)) == (3, 4)


def test_sync_in_a_game_with_secrets_gives_a_view() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(DICE, anna, ben)
        ben.forget()
        ben.does(m.Sync(room=code, n=0))
        start = ben.hears(m.Start)
        assert start.steps == ()
        assert start.view is not None
        assert start.view["dice"][0] == {"hidden": True}
