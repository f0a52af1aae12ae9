from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games import touch
from games.game import Game
from games.game_info import HIDDEN, NOT_LISTED, GameInfo, Move, NeedsTable, Refusal
from games.scene import Scene, button, disc, grid
from games.touch import NOTHING, Spelling, press, spell

CHESS = [("e2", "e4"), ("e2", "e3"), ("g1", "f3"), ("e7", "e8", "q"), ("e7", "e8", "n"), "resign"]
SQUARES = {"e2", "e3", "e4", "g1", "f3", "e7", "e8"}


def test_nothing_touched_leaves_all_beginnings() -> None:
    assert spell(CHESS, SQUARES, ()) == Spelling(None, False, ("e2", "g1", "e7", "resign"))


def test_touches_narrow_what_may_follow_in_the_order_of_the_moves() -> None:
    assert spell(CHESS, SQUARES, ("e2",)) == Spelling(None, False, ("e4", "e3"))
    assert spell(CHESS, SQUARES, ("e2", "e4")) == Spelling(("e2", "e4"), True, ())
    assert spell(CHESS, SQUARES, ("e7", "e8")) == Spelling(None, False, ("q", "n"))
    assert spell(CHESS, SQUARES, ("e7", "e8", "n")) == Spelling(("e7", "e8", "n"), True, ())
    assert spell(CHESS, SQUARES, ("resign",)) == Spelling("resign", True, ())


def test_touches_that_fit_nothing_spell_nothing() -> None:
    for touches in (("a1",), ("e4", "e2"), ("e2", "e4", "e5"), ("e2", None), (10**40,)):
        assert spell(CHESS, SQUARES, touches) == NOTHING
    assert spell([], SQUARES, ("e2",)) == NOTHING


def test_a_move_that_is_one_place_is_one_touch() -> None:
    points = {(7, 7), (7, 8)}
    assert spell([(7, 7), (7, 8)], points, ()) == Spelling(None, False, ((7, 7), (7, 8)))
    assert spell([(7, 7), (7, 8)], points, ((7, 7),)) == Spelling((7, 7), True, ())
    assert spell([(7, 7), (7, 8)], set(), (7,)) == Spelling(None, False, (7, 8))


def test_places_of_places_are_touched_part_by_part() -> None:
    points = {(0, 0), (0, 4), (4, 0)}
    moves = [((0, 0), (0, 4)), ((0, 0), (4, 0))]
    assert spell(moves, points, ((0, 0),)) == Spelling(None, False, ((0, 4), (4, 0)))
    assert spell(moves, points, ((0, 0), (4, 0))) == Spelling(((0, 0), (4, 0)), True, ())


def test_a_move_may_be_complete_while_longer_ones_go_on() -> None:
    jumps = [("a", "b"), ("a", "b", "c")]
    assert spell(jumps, {"a", "b", "c"}, ("a", "b")) == Spelling(("a", "b"), True, ("c",))


def test_no_move_and_the_number_nought_are_moves_too() -> None:
    assert spell([None, 0], {0}, (0,)) == Spelling(0, True, ())
    assert spell([None, 0], {0}, (None,)) == Spelling(None, True, ())


PARTS = st.integers(0, 3) | st.sampled_from("ab")
MOVES = st.lists(PARTS | st.lists(PARTS, min_size=1, max_size=3).map(tuple), max_size=8, unique=True)


@given(MOVES, st.sets(PARTS, max_size=4))
def test_every_move_can_be_spelled_by_following_what_is_next(moves: list[Move], tags: set[Any]) -> None:
    for move in moves:
        way = touch.parts(move, tags)
        for k, part in enumerate(way):
            assert part in spell(moves, tags, way[:k]).next
        spelled = spell(moves, tags, way)
        assert spelled.complete
        assert touch.parts(spelled.move, tags) == way


@given(MOVES, st.sets(PARTS, max_size=4), st.lists(PARTS, max_size=3))
def test_only_legal_moves_are_spelled(moves: list[Move], tags: set[Any], touches: list[Any]) -> None:
    spelled = spell(moves, tags, touches)
    assert not spelled.complete or spelled.move in moves
    assert spelled.complete or spelled.move is None


# -- the default read --------------------------------------------------------------------------------------------------


@dataclass
class SumInfo(GameInfo):
    """A pair of numbers is legal when it makes `total`; `many` says that moves cannot be listed."""

    total: Any = 3
    many: bool = False

    def turn(self) -> tuple[int, ...]:
        return (0,)

    def moves(self, seat: int) -> list[Move] | None:
        return None if self.many else [(a, b) for a in range(4) for b in range(4) if a + b == self.total]

    def judge(self, seat: int, move: Move) -> Refusal | None:
        fine = type(move) is tuple and len(move) == 2 and all(type(n) is int for n in move) and sum(move) == self.total
        return None if fine or move == "pass" else NOT_LISTED


class Sum(Game[SumInfo]):
    name, title, seats, info = "sum", "Sum", range(1, 2), SumInfo

    def scene(self, info: SumInfo, seat: int | None) -> Scene:
        return Scene(w=4, h=1, items=tuple(disc((n, 0), tag=n) for n in range(4)))


def test_the_default_read_spells_a_legal_move() -> None:
    assert Sum().read(SumInfo(), 0, (1, 2)) == (1, 2)
    for touches in ((), (1,), (1, 1), (1, 2, 0), ("x",)):
        assert Sum().read(SumInfo(), 0, touches) is None


def test_where_moves_cannot_be_listed_the_judge_is_asked() -> None:
    assert Sum().read(SumInfo(many=True), 0, (1, 2)) == (1, 2)
    assert Sum().read(SumInfo(many=True), 0, ("pass",)) == "pass"
    for touches in ((), (1,), (1, 1), (1, 2, 0)):
        assert Sum().read(SumInfo(many=True), 0, touches) is None


def test_where_only_the_room_knows_nothing_is_listed() -> None:
    assert touch.legal(SumInfo(), 0) == [(0, 3), (1, 2), (2, 1), (3, 0)]
    assert touch.legal(SumInfo(many=True), 0) is None
    with pytest.raises(NeedsTable):
        SumInfo(HIDDEN).moves(0)
    assert touch.legal(SumInfo(HIDDEN), 0) is None


def test_where_even_the_judge_does_not_know_nothing_is_read() -> None:
    assert Sum().read(SumInfo(HIDDEN), 0, (1, 2)) is None


def test_a_grid_of_points_is_read_as_rows_and_columns() -> None:
    class Points(Sum):
        def scene(self, info: SumInfo, seat: int | None) -> Scene:
            return Scene(w=4, h=4, items=(grid((0, 0), 4, 4, tag="rc"),))

    assert Points().read(SumInfo(), 0, ((1, 2),)) == (1, 2)
    assert Points().read(SumInfo(), 0, ((1, 1),)) is None


# -- buttons -----------------------------------------------------------------------------------------------------------


def test_a_button_sends_its_name_or_its_name_with_what_it_takes() -> None:
    assert press(button("pass", "Pass"), ("S3",), {"n": 1}) == "pass"
    assert press(button("bid", "Bid", ("n", "face")), (), {"face": 6, "n": 2}) == ("bid", 2, 6)
    assert press(button("play", "Play", ("picks",)), ["S3", "S4"], {}) == ("play", ("S3", "S4"))
    assert press(button("play", "Play", ("picks", "as")), [], {"as": "run"}) == ("play", (), "run")
