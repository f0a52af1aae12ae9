"""The pictures of games on their tiles: filled by the board, or by what a player holds, in pieces that can be seen."""

import msgspec
import pygame
import pytest

from games import GAMES
from games.example import example_match
from games.game_info import view
from games.scene import Scene, grid
from work.desktop.look import Look
from work.desktop.stage_items import Painter
from work.desktop.stage_layout import Layout
from work.desktop.stage_picture import _board, _boards, _part, picture
from work.desktop.theme import Theme

SIZE = (208, 112)

pytestmark = pytest.mark.usefixtures("screen")


@pytest.mark.parametrize("name", GAMES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_game_has_a_picture_for_its_tile(name: str, theme: str) -> None:
    game = GAMES[name]
    look = Look(Theme(theme))  # type: ignore[arg-type]
    tile = picture(look, game.scene(example_match(game).info, 0), (208, 112))
    assert tile.get_size() == (208, 112)
    assert len({tuple(tile.get_at((x, y))) for x in range(0, 208, 4) for y in range(0, 112, 4)}) > 20


@pytest.fixture
def look() -> Look:
    return Look(Theme("light"))


def scene_of(name: str) -> Scene:
    return GAMES[name].scene(view(example_match(GAMES[name]).info, 0), 0)


def part_of(look: Look, scene: Scene) -> Layout:
    board = _board(scene)
    assert board is not None
    return _part(scene, board, SIZE, look)


@pytest.mark.parametrize("name", ["chess", "xiangqi", "gomoku", "battleship"])
def test_a_large_board_fills_the_picture_with_pieces_that_can_be_told_apart(look: Look, name: str) -> None:
    scene = scene_of(name)
    part = part_of(look, scene)
    shown = pygame.FRect(part.table((0, 0)), (SIZE[0] / part.unit, SIZE[1] / part.unit))
    assert part.unit >= 22
    assert any(board.inflate(0.1, 0.1).contains(shown) for board in _boards(scene))


def test_of_a_small_board_all_is_shown(look: Look) -> None:
    scene = scene_of("tic_tac_toe")
    part = part_of(look, scene)
    (board,) = _boards(scene)
    shown = pygame.FRect(part.table((0, 0)), (SIZE[0] / part.unit, SIZE[1] / part.unit))
    assert shown.contains(board)
    assert shown.h < board.h * 1.2


def test_grids_that_touch_are_one_board_and_others_are_two() -> None:
    assert [tuple(map(round, board.size)) for board in _boards(scene_of("xiangqi"))] == [(9, 10)]
    assert [tuple(map(round, board.size)) for board in _boards(scene_of("battleship"))] == [(10, 10), (10, 10)]
    assert _boards(scene_of("dou_dizhu")) == []


@pytest.mark.parametrize("name", ["dou_dizhu", "liars_dice"])
def test_without_a_board_what_is_held_fills_the_picture(look: Look, name: str) -> None:
    scene = scene_of(name)
    full, bare = picture(look, scene, SIZE), picture(look, msgspec.structs.replace(scene, items=()), SIZE)
    drawn = [(x, y) for x in range(SIZE[0]) for y in range(SIZE[1]) if full.get_at((x, y)) != bare.get_at((x, y))]
    xs, ys = zip(*drawn, strict=True)
    assert max(xs) - min(xs) > 150
    assert max(ys) - min(ys) > 70
    assert len(drawn) > SIZE[0] * SIZE[1] / 5


def test_the_lines_of_a_board_lie_between_its_places_also_where_those_are_no_whole_pixels(look: Look) -> None:
    board = grid((0, 0), 10, 10, step=0.6, fill="#000000", edge="#ffffff", width=0.01)
    picture = Painter(look, 27, "#000000").picture(board)
    middle = picture.get_height() // 2
    lines = [x for x in range(picture.get_width()) if picture.get_at((x, middle + 4))[:3] == (255, 255, 255)]
    inside = [x for x in lines if 3 < x < picture.get_width() - 4]
    edge = (picture.get_width() - 162) // 2
    assert inside == [edge + round(k * 16.2) for k in range(1, 10)]
