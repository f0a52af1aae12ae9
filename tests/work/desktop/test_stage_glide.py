"""Identity and motion: what is the same thing in the next scene, and how it gets there."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.scene import Item, disc
from work.desktop.glide import Glide, matched

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


def test_things_glide_turn_fade_in_and_fade_out_and_then_rest() -> None:
    glide = Glide()
    glide.put([disc((0, 0), id="a"), disc((5, 5), id="gone"), disc((3, 3))])
    glide.show([disc((8, 0), id="a", turn=350), disc((1, 1), id="new"), disc((4, 4), id="dealt", came=(0, 4))], 2)
    assert shown(glide, 10) == {"a": (0, 0, 0, 1), "new": (1, 1, 0, 0), "gone": (5, 5, 0, 1), "dealt": (0, 4, 0, 1)}
    half = shown(glide, 11)
    assert half["a"] == (pytest.approx(7), 0, pytest.approx(351.25), 1)  # out cubic, the short way round
    assert half["new"] == (1, 1, 0, pytest.approx(0.875))
    assert half["gone"] == (5, 5, 0, pytest.approx(0.125))
    assert [s.item.id for s in glide.shown()] == ["new", "gone", "a", "dealt"]  # what glides is above all others
    assert glide.tick(11.9)
    assert not glide.tick(12)
    assert shown(glide, 12) == {"a": (8, 0, 350, 1), "new": (1, 1, 0, 1), "dealt": (4, 4, 0, 1)}


def test_what_has_no_identity_just_changes() -> None:
    glide = Glide()
    glide.put([disc((0, 0), s="1")])
    glide.show([disc((1, 0), s="2")], 1)
    assert not glide.moving
    assert [s.at for s in glide.shown()] == [(1, 0)]


def test_a_new_scene_in_the_middle_goes_on_from_where_things_are() -> None:
    glide = Glide()
    glide.put([disc((0, 0), id="a")])
    glide.show([disc((8, 0), id="a")], 2)
    glide.tick(0)
    glide.tick(1)
    glide.show([disc((7, 8), id="a")], 2)
    assert shown(glide, 1)["a"][:2] == (pytest.approx(7), 0)
    assert math.isclose(shown(glide, 2)["a"][1], 7)


def test_no_time_is_no_motion() -> None:
    glide = Glide()
    glide.put([disc((0, 0), id="a")])
    glide.show([disc((8, 0), id="b")], 0)
    assert not glide.moving
    assert [s.item.id for s in glide.shown()] == ["b"]


def test_what_a_hand_carried_goes_on_from_where_it_was_dropped() -> None:
    glide = Glide()
    glide.put([disc((0, 0), id="a")])
    glide.drop(0, (6, 6), 1)
    assert shown(glide, 5)["a"][:2] == (6, 6)
    glide.show([disc((8, 6), id="a")], 1)
    assert shown(glide, 5)["a"][:2] == (6, 6)
    assert shown(glide, 6)["a"][:2] == (8, 6)
