"""Identity and motion: what is the same thing in the next scene, and how it gets there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.scene import Item, card, die, disc
from work.desktop.glide import FIRST_SEEN, Glide, matched

CELLS = st.tuples(st.integers(0, 4), st.integers(0, 4))
KINS = st.sampled_from(["P", "p", ""])
PIECES = st.dictionaries(CELLS, KINS, max_size=10).map(lambda board: [disc(at, kin=kin) for at, kin in board.items()])


@given(PIECES, PIECES)
def test_of_a_kin_what_stayed_is_the_same_and_nobody_is_used_twice(old: list[Item], new: list[Item]) -> None:
    same = matched(old, new)
    used = [was for was in same if was is not None]
    assert len(used) == len(set(used))
    for item, was in zip(new, same, strict=True):
        if was is not None:
            assert old[was].kin == item.kin != ""
        if item.kin and item in old:
            assert was == old.index(item)
    for kin in ("P", "p"):
        pairs = [was for was in used if old[was].kin == kin]
        assert len(pairs) == min(sum(i.kin == kin for i in old), sum(i.kin == kin for i in new))


@given(st.sets(CELLS, min_size=2, max_size=9), st.data())
def test_one_step_moves_the_piece_that_stepped(cells: set[tuple[int, int]], data: st.DataObject) -> None:
    start = data.draw(st.sampled_from(sorted(cells)))
    goal = data.draw(CELLS.filter(lambda cell: cell not in cells))
    old = [disc(at, kin="P") for at in sorted(cells)]
    new = [disc(at, kin="P") for at in sorted(cells - {start} | {goal})]
    same = matched(old, new)
    assert {old[was].at: item.at for item, was in zip(new, same, strict=True) if was is not None} == {
        at: goal if at == start else at for at in cells
    }


@given(st.lists(st.integers(0, 20), unique=True), st.lists(st.integers(0, 20), unique=True))
def test_ids_are_exact(old: list[int], new: list[int]) -> None:
    same = matched([disc((k, 0), id=f"n{k}") for k in old], [disc((0, k), id=f"n{k}", kin="n") for k in new])
    assert [None if was is None else old[was] for was in same] == [k if k in old else None for k in new]


def test_the_nearest_of_kin_glides() -> None:
    old = [disc((0, 0), kin="x"), disc((9, 0), kin="x")]
    new = [disc((8, 0), kin="x"), disc((1, 0), kin="x")]
    assert matched(old, new) == [1, 0]


def shown(glide: Glide, now: float) -> dict[str, tuple[float, float, float, float]]:
    glide.tick(now)
    return {s.item.id or s.item.kin: (*s.at, s.turn % 360, s.opacity) for s in glide.shown()}


def about(*values: float) -> object:
    return pytest.approx(values, abs=1e-6)


def test_things_glide_turn_fade_in_and_fade_out_and_then_rest() -> None:
    glide = Glide()
    glide.put([disc((0, 0), id="a"), disc((5, 5), id="gone"), disc((3, 3))])
    glide.show([disc((8, 0), id="a", turn=350), disc((1, 1), id="new"), disc((4, 4), id="dealt", came=(0, 4))])
    assert shown(glide, 10) == {
        "a": (0, 0, 0, 1), "new": (1, 1, 0, FIRST_SEEN), "gone": (5, 5, 0, 1), "dealt": (0, 4, 0, 1),
    }  # fmt: skip
    half = shown(glide, 10.09)
    assert half["a"] == about(7, 0, 351.25, 1)
    assert half["new"] == about(1, 1, 0, 1 - (1 - FIRST_SEEN) / 16)
    assert half["gone"] == about(5, 5, 0, 1 - (9 / 14) ** 2)
    assert [s.item.id for s in glide.shown()] == ["new", "gone", "a", "dealt"]  # what glides is above all others
    assert glide.tick(10.17)
    assert not glide.tick(10.181)
    assert shown(glide, 10.181) == {"a": (8, 0, 350, 1), "new": (1, 1, 0, 1), "dealt": (4, 4, 0, 1)}


def test_what_has_no_identity_just_changes() -> None:
    glide = Glide()
    glide.put([disc((0, 0), s="1"), die((2, 2), 3)])
    glide.show([disc((1, 0), s="2"), die((2, 2), 4)])
    assert not glide.moving
    assert [s.at for s in glide.shown()] == [(1, 0), (2, 2)]


def test_a_scene_in_the_middle_of_a_way_goes_on_from_there() -> None:
    glide = Glide()
    glide.put([disc((0, 0), id="a")])
    glide.show([disc((8, 0), id="a")])
    glide.tick(0)
    glide.tick(0.09)
    glide.show([disc((7, 8), id="a")])
    assert shown(glide, 0.09)["a"][:2] == about(7, 0)
    assert shown(glide, 0.18)["a"][:2] == about(7, 7)


def test_a_scene_in_which_nothing_else_becomes_of_a_thing_does_not_hold_it_up() -> None:
    glide, there = Glide(), disc((8, 0), id="a")
    glide.put([disc((0, 0), id="a")])
    glide.show([there])
    glide.tick(0)
    glide.tick(0.09)
    glide.show([disc((3, 3), id="b"), there])
    assert shown(glide, 0.09)["a"][:2] == about(7, 0)
    assert shown(glide, 0.181)["a"] == (8, 0, 0, 1)


@pytest.mark.parametrize("pace", [1, 0.5])
def test_each_kind_of_thing_has_its_own_time(pace: float) -> None:
    back, face = card((3, 0), id="turned"), card((3, 0), "H4", id="turned")
    hand = [card((4, 4), "S2", id="S2", pick="S2"), card((5, 4), "S3", id="S3", pick="S3")]
    thrown = die((1, 0), 5, id="die")
    glide, ended = Glide(), dict[str, float]()
    glide.put([disc((0, 0), id="piece"), back, hand[0], disc((9, 9), id="taken")])
    played, held = card((6, 6), "S2", id="S2"), card((4, 4), "S3", id="S3", pick="S3")
    glide.show([disc((1, 0), id="piece"), face, played, held, thrown], pace)
    glide.tick(0)
    for ms in range(10, 700, 10):
        glide.tick((ms + 1) / 1000)
        still = {shown.item.id for shown in glide.shown() if shown.moving}
        ended |= {id: ms for id in ("piece", "turned", "S2", "S3", "die", "taken") if id in still}
    assert {id: ms + 10 for id, ms in ended.items()} == {
        id: pace * ms
        for id, ms in {"piece": 180, "turned": 160, "S2": 220, "S3": 140, "die": 600, "taken": 140}.items()
    }


def test_cards_of_a_hand_are_dealt_one_after_the_other() -> None:
    glide = Glide()
    glide.put([])
    glide.show([card((k, 5), f"S{k}", id=f"S{k}", pick=k, came=(0, 0)) for k in (2, 3, 4)])
    assert shown(glide, 1) == {"S2": (0, 0, 0, 1), "S3": (0, 0, 0, 0), "S4": (0, 0, 0, 0)}, "one is not there before"
    there = [id for id, (*_at, opacity) in shown(glide, 1.05).items() if opacity]
    assert there == ["S2", "S3"]
    assert shown(glide, 1.141)["S2"] == (2, 5, 0, 1)
    assert glide.tick(1.229)
    assert not glide.tick(1.231)


def test_a_card_is_turned_over_on_its_edge() -> None:
    glide = Glide()
    glide.put([card((0, 0), id="a")])
    glide.show([card((0, 0), "H4", id="a")])
    seen = []
    for now in (5.0, 5.04, 5.079, 5.081, 5.12, 5.2):
        glide.tick(now)
        seen += [(shown.item.look, round(shown.wide, 1)) for shown in glide.shown()]
    assert seen == [("", 1), ("", 0.7), ("", 0), ("H4", 0), ("H4", 0.7), ("H4", 1)]


def test_dice_roll_and_settle_before_the_end() -> None:
    glide = Glide()
    glide.put([])
    glide.show([die((0, 0), 5, id="a"), die((2, 0), None, id="hidden")])
    glide.tick(0)
    rolled = []
    for now in (0.0, 0.1, 0.2, 0.3, 0.4):
        glide.tick(now)
        rolled.append([(shown.item.look, shown.turn) for shown in glide.shown()])
    assert len({look for look, _turn in (row[0] for row in rolled)}) > 2
    assert {look for row in rolled for look, _turn in row[:1]} <= {f"die{face}" for face in range(1, 7)}
    assert {row[1][0] for row in rolled} == {"die"}, "what is not known stays so"
    assert all(turn for row in rolled[:4] for _look, turn in row)
    glide.tick(0.45)
    assert glide.shown()[0].item.look == "die5"
    glide.tick(0.601)
    assert [(shown.item.look, shown.turn, shown.moving) for shown in glide.shown()] == [
        ("die5", 0, False), ("die", 0, False),
    ]  # fmt: skip


def test_no_time_is_no_motion() -> None:
    glide = Glide()
    glide.put([disc((0, 0), id="a"), card((0, 0), id="c")])
    glide.show([disc((8, 0), id="b"), card((0, 0), "H4", id="c"), die((0, 0), 5, id="d")], 0)
    assert not glide.moving
    assert [s.item.id for s in glide.shown()] == ["b", "c", "d"]


def test_what_is_let_go_glides_home_or_on() -> None:
    glide = Glide()
    glide.put([disc((0, 0), id="a")])
    glide.drop(0, (6, 6))
    assert shown(glide, 5)["a"][:2] == (6, 6)
    glide.show([disc((8, 6), id="a")])
    assert shown(glide, 5)["a"][:2] == (6, 6)
    assert shown(glide, 6)["a"][:2] == (8, 6)
