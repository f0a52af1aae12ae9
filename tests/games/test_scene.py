import math
from itertools import pairwise

import msgspec
import pytest

from games import scene
from games.scene import (
    Control,
    Item,
    Scene,
    button,
    card,
    choice,
    die,
    disc,
    fan,
    field,
    grid,
    hexagon,
    image,
    line,
    marked,
    number,
    pad,
    poly,
    rect,
    text,
)


def test_an_item_on_the_wire_holds_only_what_differs_from_the_default() -> None:
    assert msgspec.json.encode(disc((1, 2), fill="red", id="a")) == (
        b'{"kind":"disc","at":[1,2],"r":0.42,"fill":"red","id":"a"}'
    )


def test_lengths_are_rounded_to_three_decimals() -> None:
    third = 1 / 3
    items = (
        disc((third, third), third), rect((third, 0), (third, third)), line((third, 0), [(third, third)]),
        text((third, 0), "x", third), grid((third, 0), 3, 3, third), pad((third, 0), (third, 1), "sheet"),
    )  # fmt: skip
    for item in items:
        assert item.at[0] == 0.333
        for value in (item.r, item.high, item.step, *item.size, *(x for point in item.points for x in point)):
            assert value == round(value, 3)


def test_what_the_last_step_has_put_down_is_marked_where_the_game_marks_nothing() -> None:
    board, thing, other = grid((0, 0), 2, 1, tag=((0, 1),)), disc((0, 0), tag=0), disc((1, 0), tag=1)
    bare = Scene(w=2, h=1, items=(board, thing, other))
    assert [item.mark for item in marked(bare, 1).items] == ["", "", "last"]
    for move in (None, 7, (0, 1), "pass"):
        assert marked(bare, move) == bare
    own = Scene(w=2, h=1, items=(board, thing, disc((1, 0), tag=1, mark="win")))
    assert marked(own, 0) == own
    heap = Scene(w=2, h=1, items=(thing, other))  # here a step took things away, and names what is left anew
    assert marked(heap, 1) == heap


def test_a_scene_comes_back_from_json() -> None:
    items = (
        rect((0, 0), (1, 2)), poly((0, 0), [(0, 0), (1, 0), (0, 1)]), image((0, 0), "king", (1, 1), s="K"),
        card((0, 0), "S3"), grid((0, 0), 2, 2, tag="rc"),
    )  # fmt: skip
    controls = (button("go", "Go", ["n"]), number("n", "How many", 1, 6, 2), field("why", "Why", 80))
    whole = Scene(w=3, h=4, items=items, controls=controls, say="go", names={"q": "queen", 1: "one"}, seats={0: (1, 2)})
    back = msgspec.json.decode(msgspec.json.encode(whole), type=Scene)
    assert msgspec.json.decode(msgspec.json.encode(back)) == msgspec.json.decode(msgspec.json.encode(whole))
    assert back.seats == {0: (1, 2)}


@pytest.mark.parametrize("kind", ["disc", "rect", "text", "image", "card", "pad"])
def test_an_item_with_a_tag_is_one_place(kind: str) -> None:
    assert Item(kind=kind, at=(2, 3), tag=(0, 1)).places() == [((0, 1), (2, 3))]
    assert Item(kind=kind, at=(2, 3)).places() == []
    assert Item(kind=kind, at=(2, 3), tag=0).places() == [(0, (2, 3))]


def test_a_grid_has_a_place_for_each_row_and_column() -> None:
    board = grid((1, 2), 3, 2, step=0.5, tag="rc")
    assert board.places() == [
        ((0, 0), (1, 2)), ((0, 1), (1.5, 2)), ((0, 2), (2, 2)),
        ((1, 0), (1, 2.5)), ((1, 1), (1.5, 2.5)), ((1, 2), (2, 2.5)),
    ]  # fmt: skip
    assert grid((0, 0), 3, 3).places() == []


def test_a_grid_with_a_table_of_tags_has_places_where_there_is_a_tag() -> None:
    board = grid((0, 0), 2, 2, tag=(("a", None), (0, "d")))
    assert board.places() == [("a", (0, 0)), (0, (0, 1)), ("d", (1, 1))]


def test_of_several_items_with_one_tag_the_last_says_where_the_place_is() -> None:
    table = Scene(w=2, h=2, items=(grid((0.5, 0.5), 2, 2, tag="rc"), disc((0.6, 0.6), tag=(0, 0)), disc((1, 1))))
    assert table.places() == {(0, 0): (0.6, 0.6), (0, 1): (1.5, 0.5), (1, 0): (0.5, 1.5), (1, 1): (1.5, 1.5)}


def test_a_hexagon_has_six_corners_at_one_distance_and_points_up() -> None:
    shape = hexagon((5, 5), 2)
    assert shape.at == (5, 5)
    assert len(set(shape.points)) == 6
    assert all(math.hypot(*point) == pytest.approx(2, abs=0.002) for point in shape.points)
    assert (0, -2) in [(round(x, 2), round(y, 2)) for x, y in shape.points]


def test_a_fan_overlaps_as_far_as_it_must_and_stays_within_its_width() -> None:
    for count in (1, 2, 5, 20):
        hand = fan((10, 3), [f"S{n}" for n in range(count)], 8)
        xs = [item.at[0] for item in hand]
        assert len(xs) == count
        assert xs[0] - 0.5 >= 6 - 0.001
        assert xs[-1] + 0.5 <= 14 + 0.001
        assert sum(xs) / count == pytest.approx(10, abs=0.001)
        assert all(b - a <= 0.581 for a, b in pairwise(xs))
        assert [item.pick for item in hand] == [item.id for item in hand] == [item.look for item in hand]
    assert fan((0, 0), [], 5) == []


def test_a_die_has_a_figure_where_there_are_no_pictures() -> None:
    assert [die((0, 0), face).s for face in range(1, 7)] == list("⚀⚁⚂⚃⚄⚅")
    assert [die((0, 0), face).look for face in (1, 6, None)] == ["die1", "die6", "die"]
    assert die((0, 0), None).s == "▢"


def test_controls_say_what_they_are() -> None:
    assert button("bid", "Bid", ("n",)) == Control(kind="button", name="bid", label="Bid", takes=("n",))
    assert number("n", "How many", 1, 9, 3) == Control(
        kind="number", name="n", label="How many", low=1, high=9, value=3
    )
    chosen = choice("face", "Of which", [(1, "one"), (2, "two")], 2)
    assert (chosen.options, chosen.value) == (((1, "one"), (2, "two")), 2)
    assert (field("word", "Word", 20).most, field("word", "Word", 20).value) == (20, "")


def test_the_helpers_make_only_known_kinds() -> None:
    made = [
        disc((0, 0)), rect((0, 0), (1, 1)), line((0, 0), [(1, 1)]), poly((0, 0), [(1, 1)]), text((0, 0), "x"),
        image((0, 0), "x", (1, 1)), card((0, 0)), grid((0, 0), 1, 1), pad((0, 0), (1, 1), "x"),
    ]  # fmt: skip
    assert sorted(item.kind for item in made) == sorted(scene.KINDS)
