"""Battleship: where ships may lie, what a shot says, what is sunk, and what stays hidden.

The rules are those of Milton Bradley's board game with carrier, battleship, cruiser, submarine and destroyer.
"""

from typing import Any

import pytest

from games.battleship import BERTHS, MISS, SHIPS, Battleship, BattleshipInfo, Cell, Ship, between, called
from games.example import example_match
from games.game_info import Chance, GameInfo, NeedsTable, Outcome, Refusal, view
from games.match import predicted
from games.scene import Scene
from tests.games.mistakes import Mistake

GAME = Battleship()
NONE = Chance.none()
"""Nothing in this game is drawn by chance."""
ROWS: tuple[Ship, ...] = (((0, 0), (0, 4)), ((1, 0), (1, 3)), ((2, 0), (2, 2)), ((3, 0), (3, 2)), ((4, 0), (4, 1)))
"""A fleet in the left upper corner, each ship against the next."""


def seas(fleets: tuple[tuple[Ship, ...], ...] = ((), ()), **options: str) -> BattleshipInfo:
    """Two seas with these ships placed, in the order of a fleet."""
    info = BattleshipInfo()
    info.setup(2, GAME.chosen(options), NONE)
    for seat, fleet in enumerate(fleets):
        for ship in fleet:
            assert info.judge(seat, ship) is None, ship
            info.play(seat, ship, NONE)
    return info


def battle(**options: str) -> BattleshipInfo:
    """Two whole fleets, both in the left upper corner."""
    return seas((ROWS, ROWS), **options)


def fire(info: BattleshipInfo, *cells: str) -> BattleshipInfo:
    """Shots at these cells, as they are called out, each by whoever is in turn."""
    for cell in cells:
        seat, move = info.now, shot(cell)
        assert info.judge(seat, move) is None, cell
        info.play(seat, move, NONE)
    return info


def shot(cell: str) -> tuple[str, int, int]:
    return ("fire", "ABCDEFGHIJ".index(cell[0]), int(cell[1:]) - 1)


def code(info: GameInfo, seat: int, move: Any) -> str | None:
    refusal = info.judge(seat, move)
    return refusal.code if refusal else None


# -- placing -----------------------------------------------------------------------------------------------------------


def test_a_fleet_is_five_four_three_three_two() -> None:
    assert SHIPS == (("carrier", 5), ("battleship", 4), ("cruiser", 3), ("submarine", 3), ("destroyer", 2))


def test_a_ship_lies_across_or_down_within_the_sea() -> None:
    """Lines of length n fit 10 * (10 - n + 1) times across and as often down, and either end may come first."""
    for length in (5, 4, 3, 2):
        assert len(BERTHS[length]) == 2 * 2 * 10 * (10 - length + 1)
        assert all(len(cells) == length for cells in BERTHS[length].values())
        assert all(0 <= r < 10 and 0 <= c < 10 for cells in BERTHS[length].values() for r, c in cells)


PLACES: tuple[tuple[Any, str | None], ...] = (
    (((0, 0), (0, 4)), None),
    (((0, 4), (0, 0)), None),  # either end first
    (((5, 9), (9, 9)), None),  # along the edge
    (((0, 0), (0, 3)), "wrong_length"),
    (((0, 0), (0, 5)), "wrong_length"),
    (((0, 0), (4, 4)), "wrong_length"),  # not diagonally
    (((0, 0), (0, 0)), "wrong_length"),
    (((0, 6), (0, 10)), "not_legal"),  # over the edge
    (((-1, 0), (3, 0)), "not_legal"),
    (((0, 0), (0, True)), "not_legal"),
    (((0, 0), (0, 4.0)), "not_legal"),
    (((0, 0),), "not_legal"),
    ([(0, 0), (0, 4)], "not_legal"),
    (((0, 0), [0, 4]), "not_legal"),
    ("carrier", "not_legal"),
    (("fire", 0, 0), "fleet_first"),
)


def test_where_the_carrier_may_lie() -> None:
    info = seas()
    for move, answer in PLACES:
        assert code(info, 0, move) == answer, move


def test_no_part_of_a_ship_lies_on_another() -> None:
    info = seas((ROWS[:2], ()))
    assert code(info, 0, ((0, 4), (2, 4))) == "no_room"
    refusal = info.judge(0, ((1, 3), (3, 3)))
    assert refusal == Refusal("no_room", "There is no room for the cruiser there. Choose free cells.")
    assert code(info, 0, ((1, 4), (3, 4))) is None, "ships may touch"
    assert not any(between(move) & between(ship) for move in info.moves(0) or () for ship in ROWS[:2])


def test_ships_that_must_lie_apart_do_not_touch_even_at_a_corner() -> None:
    info = seas(((((0, 0), (0, 4)),), ()), ships="apart")
    for touching in (((1, 0), (1, 3)), ((1, 5), (4, 5)), ((0, 5), (0, 8))):
        assert code(info, 0, touching) == "touches", touching
        assert touching not in list(info.moves(0) or ())
    assert code(info, 0, ((0, 2), (3, 2))) == "no_room"
    assert code(info, 0, ((2, 0), (2, 3))) is None
    assert code(info, 0, ((0, 6), (0, 9))) is None


def test_both_place_at_once_and_each_by_itself() -> None:
    info = seas((ROWS, ROWS[:2]))
    assert list(info.turn()) == [1], "who has placed all ships waits"
    assert code(info, 0, shot("A1")) == "not_your_turn"
    assert code(info, 1, shot("A1")) == "fleet_first"
    info = seas((ROWS[:1], ()))
    assert list(info.turn()) == [0, 1]
    assert code(info, 1, ROWS[0]) is None, "the same cells of another sea are free"


def test_ships_stay_where_they_are_once_all_are_at_sea() -> None:
    info = battle()
    assert list(info.turn()) == [0]
    assert code(info, 0, ((9, 0), (9, 4))) == "fleet_placed"


# -- shots -------------------------------------------------------------------------------------------------------------


def test_whoever_is_hit_names_the_ship() -> None:
    info = fire(battle(), "A5", "J10", "E2", "A6", "C3")
    assert info.shots[1] == [(0, 4, 0), (4, 1, 4), (2, 2, 2)], "the carrier, the destroyer, the cruiser"
    assert info.shots[0] == [(9, 9, MISS), (0, 5, MISS)]


def test_a_turn_is_one_shot_whether_it_hits_or_not() -> None:
    info = battle()
    assert list(fire(info, "A1").turn()) == [1]
    assert list(fire(info, "J1").turn()) == [0]


def test_with_the_option_a_hit_shoots_again() -> None:
    info = battle(shots="again")
    assert list(fire(info, "A1", "A2").turn()) == [0]
    assert list(fire(info, "J1").turn()) == [1]
    assert list(fire(info, "A1").turn()) == [1]


def test_nobody_fires_twice_at_one_cell() -> None:
    info = fire(battle(), "A1", "J10")
    assert info.judge(0, shot("A1")) == Refusal("fired", "You have already fired there. Choose another cell.")
    assert shot("A1") not in list(info.moves(0) or ())
    assert code(info, 0, shot("J10")) is None, "the other one fired there"
    assert len(list(info.moves(0) or ())) == 99


def test_what_is_no_shot_is_refused() -> None:
    info = battle()
    for wrong in (("fire", 0, 10), ("fire", -1, 0), ("fire", True, 0), ("fire", 0), ("Fire", 0, 0), ["fire", 0, 0]):
        assert code(info, 0, wrong) == "not_legal", wrong


def test_a_ship_is_sunk_and_shown_when_its_last_cell_is_hit() -> None:
    info = fire(battle(), "E1", "J1")
    assert info.seen[1] == [None] * 5
    fire(info, "E2")
    assert info.seen[1] == [None, None, None, None, ((4, 0), (4, 1))]
    assert info.seen[0] == [None] * 5


WATER = tuple(f"{row}{column}" for row in "FGHIJ" for column in range(1, 11))


def to_the_end(info: BattleshipInfo) -> BattleshipInfo:
    """The first seat hits with every shot, the second one never."""
    targets = [called(r, c) for ship in ROWS for r, c in sorted(between(ship))]
    for target, miss in zip(targets, WATER, strict=False):
        fire(info, target)
        if info.outcome() is None:
            fire(info, miss)
    return info


def test_who_sinks_the_whole_fleet_wins_and_all_is_shown() -> None:
    info = to_the_end(battle())
    assert len(info.shots[1]) == 17
    assert info.outcome() == Outcome((1, 2), "the whole fleet is sunk")
    assert list(info.turn()) == []
    assert info.seen == [list(ROWS), list(ROWS)], "the winner's ships as well"
    assert code(info, 1, shot("A1")) == "match_over"


def test_sixteen_hits_are_not_enough() -> None:
    info = battle()
    targets = [called(r, c) for ship in ROWS for r, c in sorted(between(ship))]
    for target, miss in zip(targets[:16], WATER, strict=False):
        fire(info, target, miss)
    assert info.outcome() is None
    assert info.seen[1][4] is None
    assert info.seen[0] == [None] * 5


# -- who sees what -----------------------------------------------------------------------------------------------------


def test_a_fleet_is_seen_by_its_owner_alone() -> None:
    info = fire(battle(), "A1", "A1")
    assert view(info, 0).fleets[0] == list(ROWS)
    for viewer, other in ((0, 1), (1, 0), (None, 0), (None, 1)):
        with pytest.raises(NeedsTable):
            view(info, viewer).fleets[other][0]
    assert view(info, None).shots == info.shots


def test_a_placement_is_nobody_elses_business_and_a_shot_is() -> None:
    assert seas().hides(0, ROWS[0])
    assert not battle().hides(0, shot("A1"))


def test_a_client_foresees_a_placement_and_no_shot() -> None:
    assert predicted(view(seas(), 1), 1, ROWS[0]).placed == [0, 1]  # type: ignore[attr-defined]
    for cell in ("A1", "J10"):
        with pytest.raises(NeedsTable):
            predicted(view(battle(), 0), 0, shot(cell))


# -- the table ---------------------------------------------------------------------------------------------------------


def scene(info: BattleshipInfo, seat: int | None) -> Scene:
    return GAME.scene(view(info, seat), seat)


def hulls(info: BattleshipInfo, seat: int | None) -> list[str]:
    return [item.id for item in scene(info, seat).items if item.id.startswith("ship")]


def words(info: BattleshipInfo, seat: int | None) -> list[str]:
    return [item.s for item in scene(info, seat).items if item.kind == "text"]


def test_ships_on_the_table_are_ones_own_and_those_sunk() -> None:
    info = fire(battle(), "E1", "A1", "E2")
    assert hulls(info, 0) == ["ship0-0", "ship0-1", "ship0-2", "ship0-3", "ship0-4", "ship1-4"]
    assert hulls(info, 1) == ["ship1-0", "ship1-1", "ship1-2", "ship1-3", "ship1-4"]
    assert hulls(info, None) == ["ship1-4"]
    assert len(hulls(to_the_end(battle()), None)) == 10


def test_two_touches_place_a_ship_and_one_fires() -> None:
    info = seas()
    assert GAME.read(info, 0, [(0, 4)]) is None
    assert GAME.read(info, 0, [(0, 4), (0, 0)]) == ((0, 4), (0, 0))
    assert GAME.read(battle(), 0, [("fire", 3, 7)]) == ("fire", 3, 7)


def test_each_sea_has_tags_of_its_own_and_none_for_a_watcher() -> None:
    cells = {(r, c) for r in range(10) for c in range(10)}
    assert set(scene(battle(), 1).places()) == cells | {("fire", r, c) for r, c in cells}
    assert scene(battle(), None).places() == {}


def test_a_touch_that_cannot_be_is_answered_in_words() -> None:
    info = seas((ROWS[:1], ()))
    assert info.judge(0, (0, 0)) == Refusal("no_room", "There is no room for the battleship there. Choose free cells.")
    assert info.judge(0, ((5, 5), (5, 7))) == Refusal(
        "wrong_length", "That is no place for the battleship. It takes 4 cells in one row or column."
    )
    assert code(battle(), 0, (5, 5)) == "fleet_placed"


def test_the_own_sea_is_on_the_left() -> None:
    for seat in (0, 1):
        shown = scene(seas(), seat)
        assert shown.seats[seat][0] < shown.seats[1 - seat][0]
        names = {item.s: item.at[0] for item in shown.items if item.kind == "text"}
        assert names["your sea"] < names["the other sea"]


@pytest.mark.parametrize(("info", "touched"), [(seas(), "your sea"), (battle(), "the other sea")])
def test_where_there_is_less_room_the_sea_that_is_touched_is_the_larger_one(info: BattleshipInfo, touched: str) -> None:
    for seat in (0, 1):
        tall, broad = GAME.tall_scene(view(info, seat), seat), scene(info, seat)
        grids = [item for item in tall.items if item.kind == "grid"]
        own, other = (item.step for item in sorted(grids, key=lambda item: item.at[0]))
        assert (own > other) is (touched == "your sea")
        assert max(own, other) / tall.w > 1.25 * max(item.step for item in broad.items) / broad.w
        for at in tall.places().values():
            assert 0 < at[0] < tall.w
            assert 0 < at[1] < tall.h
    assert GAME.tall_scene(view(info, None), None) == scene(info, None)


def test_a_smaller_sea_holds_the_same_in_the_same_cells() -> None:
    info = view(fire(battle(), "A1", "J1", "J2"), 0)
    tall, broad = GAME.tall_scene(info, 0), GAME.scene(info, 0)
    cells, known = ({at: tag for tag, at in shown.places().items()} for shown in (tall, broad))
    shots, before = ({item.id: item for item in shown.items if item.id} for shown in (tall, broad))
    for id in ("shot0-0", "shot1-0", "shot1-1"):
        assert cells[shots[id].at] == known[before[id].at]
    assert shots["ship0-0"].size == tuple(round(0.6 * length, 3) for length in before["ship0-0"].size)


def test_what_is_to_be_done_is_said() -> None:
    assert scene(seas(), 0).say == "place the carrier (5): touch its two ends"
    assert scene(seas((ROWS[:4], ())), 0).say == "place the destroyer (2): touch its two ends"
    assert scene(battle(), 1).say == "fire at a cell of the other sea"


def test_hits_and_misses_differ_by_more_than_colour_and_the_last_is_marked() -> None:
    shown = scene(fire(battle(), "A1", "J1", "J2"), 0)
    things = {item.id: item for item in shown.items}
    hit, miss = things["shot1-0"], things["shot1-1"]
    assert (hit.s, hit.tip) == ("×", "A1: the carrier")
    assert (miss.s, miss.fill) == ("", "")
    assert hit.r > miss.r
    assert [(item.id, item.at) for item in shown.items if item.mark] == [("last0", (1.5, 11.5)), ("last1", miss.at)]


def test_the_last_shot_is_told_in_words() -> None:
    info = battle()
    for cell, told in (("E1", "E1: the destroyer is hit"), ("E2", "E2: the destroyer is sunk"), ("J1", "J1: a miss")):
        fire(info, cell)
        assert told in words(info, None)
        fire(info, called(9, 9 - len(info.shots[0])))


def test_steps_in_words() -> None:
    assert GAME.words(seas(), 0, ROWS[0]) == "places the carrier"
    assert GAME.words(battle(), 0, shot("D4")) == "fires at D4"


def test_the_example_is_played_to_its_last_step() -> None:
    match = example_match(GAME)
    assert match.n == len(GAME.example)
    assert match.outcome is None


# -- seeded mistakes ---------------------------------------------------------------------------------------------------

_right_fire = BattleshipInfo.fire


def _sunk_too_early(self: BattleshipInfo, target: int, cell: Cell) -> None:
    _right_fire(self, target, cell)
    for k, ship in enumerate(self.fleets[target]):
        if self.hits(target, k) >= SHIPS[k][1] - 1:
            self.seen[target][k] = ship


def _winner_stays_hidden(self: BattleshipInfo, target: int, cell: Cell) -> None:
    winner = self.seen[1 - target]
    _right_fire(self, target, cell)
    self.seen[1 - target] = winner


def _own_sea_is_hit(self: BattleshipInfo, target: int, cell: Cell) -> None:
    _right_fire(self, 1 - target, cell)


def _turn_stays(self: BattleshipInfo, target: int, cell: Cell) -> None:
    _right_fire(self, target, cell)
    self.now = 1 - target


MISTAKES = (
    Mistake("ships may lie on each other", BattleshipInfo, "taken", lambda self, seat: frozenset()),
    Mistake("ships may always touch", BattleshipInfo, "taken", lambda self, seat: self.cells(seat)),
    Mistake("a ship is sunk one hit too early", BattleshipInfo, "fire", _sunk_too_early),
    Mistake("the winner's ships stay hidden at the end", BattleshipInfo, "fire", _winner_stays_hidden),
    Mistake("a shot falls on the own sea", BattleshipInfo, "fire", _own_sea_is_hit),
    Mistake("whoever fires goes on for ever", BattleshipInfo, "fire", _turn_stays),
    Mistake("placements are told to all", BattleshipInfo, "hides", lambda self, seat, move: False),
    Mistake("the second fleet fires while the first is placed", BattleshipInfo, "turn", lambda self: (self.now,)),
    Mistake("a whole fleet is sunk by sixteen hits", BattleshipInfo, "outcome",
            lambda self: next((Outcome.lose(seat, 2, "the whole fleet is sunk") for seat in (0, 1)
                               if sum(hit != MISS for _, _, hit in self.shots[seat]) >= 16), None)),
)  # fmt: skip
