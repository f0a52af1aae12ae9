"""What the table of every game on the shelf must fulfil in random matches: its scene, its touches, its words."""

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, get_args

import msgspec
import pytest

from games import touch
from games.game import Game
from games.game_info import GameInfo, NeedsTable, Refusal, alike, copy, digest, dump, view
from games.match import as_move
from games.scene import KINDS, ROLES, Control, Item, Mark, Scene, resorted
from tests.contract.playouts import PLAYS, Play, cached, can_press, in_order, picks, random_value, typed

CARD = re.compile(r"|[SHDC]([2-9]|10|[JQKA])|\*[br]")
COLOUR = re.compile("|".join((*ROLES, "#[0-9a-fA-F]{6}", "")))
NEAR = 0.5
"""How far outside of the table the centre of an item may lie, in table units."""
MOST_ITEMS = 600


@pytest.fixture(params=PLAYS, ids=lambda param: f"{param[0]}-{param[1]}")
def play(request: pytest.FixtureRequest) -> Play:
    return cached(*request.param)


def scenes(play: Play, most: int = 20) -> Iterator[tuple[Scene, GameInfo, int | None]]:
    """The table at many states as everybody sees it: the scene, the view that it is made of, and who looks."""
    for _, state in play.some(most):
        for viewer in play.viewers:
            seen = view(state, viewer)
            yield play.game.scene(seen, viewer), seen, viewer
            if type(play.game).tall_scene is not Game.tall_scene:
                yield play.game.tall_scene(seen, viewer), seen, viewer


def plain(words: str) -> bool:
    """Whether words hold only what the interface's face shows well: one line, straight quotes, three dots."""
    return words.isprintable() and not set(words) & set("‘’“”…\u202a\u202b\u202d\u202e")


# -- the scene ---------------------------------------------------------------------------------------------------------


def test_the_scene_is_json(play: Play) -> None:
    for scene, _, _ in scenes(play):
        data = msgspec.json.encode(scene)
        back = msgspec.json.encode(msgspec.json.decode(data, type=Scene))
        assert msgspec.json.decode(back) == msgspec.json.decode(data)
        assert_rounded(msgspec.to_builtins(scene, str_keys=True))


def assert_rounded(value: Any) -> None:
    if type(value) is float:
        assert math.isfinite(value)
        assert value == round(value, 3), "lengths have at most 3 decimals"
    elif isinstance(value, dict):
        for key, part in value.items():
            assert type(key) is str
            assert_rounded(part)
    elif isinstance(value, list | tuple):
        for part in value:
            assert_rounded(part)
    else:
        assert value is None or type(value) in (str, int, bool), f"{value!r} is not plain data"


def test_the_scene_is_the_same_for_the_same_view_and_leaves_it_alone(play: Play) -> None:
    for scene, seen, viewer in scenes(play):
        before = digest(seen)
        broad = play.game.scene(seen, viewer)
        tall = scene.w / scene.h != broad.w / broad.h
        look = play.game.tall_scene if tall else play.game.scene
        again = look(copy(seen), viewer)
        assert msgspec.json.encode(look(seen, viewer)) == msgspec.json.encode(again)
        assert msgspec.json.encode(scene) == msgspec.json.encode(again)
        assert digest(seen) == before, "scene changed the game_info"


def test_a_tall_table_shows_the_same_as_a_broad_one(play: Play) -> None:
    for _, state in play.some(20):
        for viewer in play.viewers:
            seen = view(state, viewer)
            broad, tall = play.game.scene(seen, viewer), play.game.tall_scene(seen, viewer)
            assert tall.w / tall.h <= broad.w / broad.h
            assert [told(item) for item in tall.items] == [told(item) for item in broad.items]
            assert tall.places().keys() == broad.places().keys()
            for name in ("controls", "back", "flip", "say", "names", "sides"):
                assert getattr(tall, name) == getattr(broad, name)
            assert tall.seats.keys() == broad.seats.keys()
            assert (tall.tray is None) == (broad.tray is None)


def told(item: Item) -> tuple[object, ...]:
    """What an item says, wherever it lies and however large it is."""
    return item.kind, item.look, item.s, item.fill, item.mark, item.id, item.kin, item.pick


def test_every_item_is_one_that_clients_can_draw(play: Play) -> None:
    for scene, _, _ in scenes(play):
        assert scene.w > 0
        assert scene.h > 0
        assert COLOUR.fullmatch(scene.back)
        assert scene.back
        assert 0 < len(scene.items) <= MOST_ITEMS
        for item in scene.items:
            assert item.kind in KINDS
            assert item.mark in get_args(Mark)
            for colour in (item.fill, item.edge, item.ink):
                assert COLOUR.fullmatch(colour), f"{colour} is neither a role of the theme nor #rrggbb"
            assert plain(item.s)
            assert plain(item.tip)
            assert min(item.r, item.high, item.width, item.step, *item.size) >= 0
            for x, y in (item.at, *(at for _, at in item.places())):
                assert -NEAR <= x <= scene.w + NEAR, f"{item.kind} at {x}, {y}"
                assert -NEAR <= y <= scene.h + NEAR, f"{item.kind} at {x}, {y}"
            if item.kind == "card":
                assert CARD.fullmatch(item.look), f"there is no card {item.look!r}"
            if item.kind == "image":
                assert item.look
                assert item.s, "what stands for the image where there are no pictures?"
            if item.kind in ("card", "image", "rect", "grid", "pad"):
                assert min(item.size) > 0
            if item.kind in ("line", "poly"):
                assert len(item.points) >= 2
            if item.kind == "text":
                assert item.high > 0


def test_ids_are_unique_and_a_thing_has_an_id_or_kin_but_not_both(play: Play) -> None:
    for scene, _, _ in scenes(play):
        ids = [item.id for item in scene.items if item.id]
        assert len(set(ids)) == len(ids), f"twice: {sorted(i for i in ids if ids.count(i) > 1)[:3]}"
        assert not any(item.id and item.kin for item in scene.items)
        assert len(set(map(typed, picks(scene)))) == len(picks(scene))


def test_tags_are_parts_of_moves_and_grids_have_one_for_each_place(play: Play) -> None:
    for scene, _, _ in scenes(play):
        for tag in (*scene.places(), *picks(scene)):
            assert typed(as_move(tag)) == typed(tag)
        for item in scene.items:
            if item.kind == "grid" and item.tag not in (None, "rc"):
                assert [len(row) for row in item.tag] == [int(item.size[0])] * int(item.size[1])


def test_the_words_of_the_table_are_plain(play: Play) -> None:
    for scene, seen, _ in scenes(play):
        assert plain(scene.say)
        assert len(scene.say) <= 80
        assert scene.say or not seen.turn(), "what is to be done?"
        for words in (*scene.names.values(), *(c.label for c in scene.controls)):
            assert words
            assert plain(words)
        assert all(seat in play.seats for seat in scene.seats)


def test_controls_can_be_set_and_pressed(play: Play) -> None:
    for scene, _, viewer in scenes(play):
        controls = {control.name: control for control in scene.controls}
        assert len(controls) == len(scene.controls)
        assert viewer is not None or not controls, "a watcher has nothing to press"
        for control in scene.controls:
            assert_control(control, controls)


def assert_control(control: Control, controls: dict[str, Control]) -> None:
    if control.kind == "button":
        assert all(name == "picks" or controls[name].kind != "button" for name in control.takes)
    elif control.kind == "number":
        assert control.low <= control.high
        assert type(control.value) is int
        assert control.low <= control.value <= control.high
    elif control.kind == "choice":
        values = [typed(value) for value, _ in control.options]
        assert len(set(values)) == len(values)
        assert typed(control.value) in values
        assert all(words and plain(words) for _, words in control.options)
    else:
        assert control.most > 0
        assert control.value == ""


# -- touches -----------------------------------------------------------------------------------------------------------


def test_every_legal_move_can_be_spelled(play: Play) -> None:
    rng = play.rng()
    for _, state in play.some(25):
        for seat in state.turn():
            seen = view(state, seat)
            scene, moves = play.game.scene(seen, seat), touch.legal(seen, seat)
            wanted = moves or [step.move for _, step, _ in play.steps() if state.judge(seat, step.move) is None]
            for move in rng.sample(wanted, min(6, len(wanted))):
                by_button = any(can_press(button, scene, move) for button in scene.controls)
                assert by_button or can_touch(play, seen, seat, scene, moves, move), f"nobody can do {move!r}"


def can_touch(play: Play, seen: GameInfo, seat: int, scene: Scene, moves: Sequence[Any] | None, move: Any) -> bool:
    """Whether touches in turn lead to this move: of places, or of a menu where no place fits."""
    tags = scene.places()
    way = touch.parts(move, tags)
    for k, part in enumerate(way if moves is not None else ()):
        following = touch.spell(moves or (), tags, way[:k]).next
        shadowed = k > 0 and part not in tags and any(other in tags for other in following)
        if part not in following or shadowed:
            return False
    return alike(play.game.read(seen, seat, way), move)


def test_touches_that_spell_nothing_are_no_move(play: Play) -> None:
    for _, state in play.some(10):
        for seat in state.turn():
            seen = view(state, seat)
            for touches in ((), ("nonsense",), (None,), (10**40,), ("x", "y", "z"), ((0, 0, 0, 0),), (-1,) * 50):
                move = play.game.read(seen, seat, touches)
                assert move is None or state.judge(seat, move) is None


def test_what_a_button_sends_is_judged(play: Play) -> None:
    rng = play.rng()
    for scene, seen, viewer in scenes(play):
        if viewer is None:
            continue
        values = {c.name: c.value for c in scene.controls}
        others = {c.name: random_value(c, rng) for c in scene.controls if c.kind != "button"}
        for button in (c for c in scene.controls if c.kind == "button"):
            for taken in (values, others):
                with suppress(NeedsTable):
                    verdict = seen.judge(viewer, touch.press(button, (), taken))
                    assert verdict is None or type(verdict) is Refusal


# -- advice ------------------------------------------------------------------------------------------------------------


def test_what_a_game_advises_is_legal_and_can_be_picked(play: Play) -> None:
    for _, state in play.some(15):
        for seat in state.turn():
            seen = view(state, seat)
            before = digest(seen)
            advised = list(play.game.advise(seen, seat))
            assert list(play.game.advise(copy(seen), seat)) == advised
            assert digest(seen) == before, "advise changed the game_info"
            assert all(state.judge(seat, move) is None for move in advised)
            scene = play.game.scene(seen, seat)
            for move in advised:
                if wanted := play.game.picks(seen, seat, move):
                    assert in_order(tuple(sorted(wanted, key=picks(scene).index)), picks(scene))
                    sent = [
                        play.game.press(seen, seat, button, wanted, {}).move
                        for button in scene.controls
                        if button.takes == ("picks",)
                    ]
                    assert any(alike(move, each) for each in sent)


def test_orders_keep_all_that_can_be_picked(play: Play) -> None:
    for scene, _, _ in scenes(play, most=6):
        for order in play.game.orders:
            assert sorted(order.sort(picks(scene))) == sorted(picks(scene))
            again = resorted(scene, order.sort(picks(scene)))
            assert [item.at for item in again.items] == [item.at for item in scene.items]
            assert picks(again) == list(order.sort(picks(scene)))
        if play.game.orders:
            assert list(play.game.orders[0].sort(picks(scene))) == picks(scene), "the first is the scene's own"


# -- words -------------------------------------------------------------------------------------------------------------


def test_every_step_has_words_for_everybody_who_hears_of_it(play: Play) -> None:
    for before, step, _ in play.steps():
        assert step.seat is not None
        hidden = before.hides(step.seat, step.move)
        for viewer in (step.seat,) if hidden else play.viewers:
            seen = view(before, viewer)
            as_it_was = dump(seen)
            words = play.game.words(seen, step.seat, step.move)
            assert 0 < len(words) <= 60
            assert plain(words)
            assert dump(seen) == as_it_was
