"""Xiangqi on a stage: pieces are touched, dragged and chosen with the keyboard, and refusals say why."""

import pygame
import pytest
from msgspec.structs import replace

from games.game_info import Chance
from games.xiangqi import Xiangqi
from games.xiangqi.info import XiangqiInfo
from tests.work.desktop.stage_games import Screen
from work.desktop.look import Look
from work.desktop.stage_items import Painter
from work.desktop.theme import Theme

pytestmark = pytest.mark.usefixtures("display")


MATE = (
    ("i0", "i2"), ("e6", "e5"), ("h2", "h1"), ("g6", "g5"), ("e3", "e4"), ("e5", "e4"), ("h1", "e1"), ("e4", "f4"),
    ("b2", "e2"),
)  # fmt: skip


def begun(position: str = "") -> XiangqiInfo:
    info = XiangqiInfo()
    info.setup(2, Xiangqi().chosen({"position": position}), Chance.none())
    return info


def held(screen: Screen) -> set[object]:
    return {spot.tag for spot in screen.stage.moment.next}


def go(screen: Screen, tag: str) -> None:
    """Move the keyboard's frame to a place as people do it: by the arrow that leads nearer."""
    tried: set[tuple[object, int]] = set()
    while (focus := screen.stage._focus) is None or focus.tag != tag:
        x, y = screen.where(focus.tag) if focus else (0, 0)
        to_x, to_y = screen.where(tag)
        ways = [
            (abs(to_x - x), pygame.K_RIGHT if to_x > x else pygame.K_LEFT),
            (abs(to_y - y), pygame.K_DOWN if to_y > y else pygame.K_UP),
        ]
        here = focus.tag if focus else None
        key = next(key for far, key in sorted(ways, reverse=True) if far and (here, key) not in tried)
        tried.add((here, key))
        screen.key(key)


@pytest.mark.parametrize("hand", ["click", "drag", "keys"])
def test_a_whole_match_by_hand(hand: str) -> None:
    screen = Screen(Xiangqi(), begun())
    for start, end in MATE:
        screen.seat = min(screen.info.turn())
        screen.show()
        if hand == "drag":
            screen.drag(start, end)
        else:
            for tag in (start, end):
                if hand == "keys":
                    go(screen, tag)
                    screen.key(pygame.K_RETURN)
                else:
                    screen.click(tag)
        assert screen.moves == [(start, end)]
        screen.play()
        screen.draw()
    outcome = screen.info.outcome()
    assert outcome
    assert outcome.why == "checkmate"


@pytest.mark.parametrize(
    ("seat", "start", "ends"),
    [
        (0, "e4", {"a4", "b4", "c4", "d4", "f4", "g4", "h4", "i4", "e5", "e3", "e2", "e1", "e0"}),
        (1, "e5", {"c6", "c4", "g6", "g4", "d7", "f7"}),  # the chariot right before the horse hobbles it
    ],
)
def test_what_is_picked_up_shows_where_it_may_go(seat: int, start: str, ends: set[str]) -> None:
    screen = Screen(Xiangqi(), begun("3k5/9/9/9/4n4/4R4/9/9/9/5K3 " + "wb"[seat]), seat=seat)
    screen.click(start)
    assert held(screen) == ends


def test_a_touch_that_is_not_possible_is_answered_where_it_was_made() -> None:
    screen = Screen(Xiangqi(), begun())
    for touches, words in (
        (["e5"], "no piece"), (["e9"], "other side"), (["b0", "b1"], "hobbles"), (["a0", "a1", "a9"], ""),
        (["c0", "c1"], "elephant"),
    ):  # fmt: skip
        screen.refused.clear()
        screen.moves.clear()
        screen.stage.forget()
        for tag in touches:
            screen.click(tag)
        assert (words in screen.refused[0][0]) if words else screen.moves, touches


def test_who_plays_black_has_the_own_pieces_below() -> None:
    below = {seat: Screen(Xiangqi(), begun(), seat=seat).where("e0")[1] for seat in (0, 1)}
    above = {seat: Screen(Xiangqi(), begun(), seat=seat).where("e9")[1] for seat in (0, 1)}
    assert below[0] > above[0]
    assert below[1] < above[1]


def test_symbols_are_drawn_and_each_is_another() -> None:
    info = begun()
    info.symbols = True
    items = {item.s: item for item in Xiangqi().scene(info, 0).items if item.look.startswith("piece-")}
    assert set(items) == set("KAEHRCPkaehrcp")
    pygame.display.set_mode((100, 100))
    painter = Painter(Look(Theme()), 46, "wood")
    drawn = {pygame.image.tobytes(painter.picture(item), "RGBA") for item in items.values()}
    lettered = {pygame.image.tobytes(painter.picture(replace(item, look="")), "RGBA") for item in items.values()}
    assert len(drawn) == len(items)
    assert not drawn & lettered
