"""A small picture of a table: what a game's tile shows.

One rule for all games: pieces as large as one likes to see them. So of a board the part around its pieces is shown, and
of a table without a board what a player holds: cards in a fan, anything else as thrown.
"""

from statistics import median

import pygame
from pygame import FRect

from games.scene import Item, Scene
from work.desktop.look import Look
from work.desktop.stage_ground import corner_of, is_thing
from work.desktop.stage_items import Painter, centre
from work.desktop.stage_layout import Layout
from work.desktop.stage_signs import Signs

LEAST_UNIT = 22
"""Logical pixels of a cell under which pieces can hardly be told apart; then a part of the board is shown."""
LEAST_ROWS = 3.2
"""Cells that are shown of a board from top to bottom, at least."""
FAN = ((-1.16, 0.2, 26), (-0.6, 0.04, 13), (0, 0, 0), (0.6, 0.04, -13), (1.16, 0.2, -26))
"""How cards are held, from the left: middle from the fan's own middle, in widths of a card; turn in degrees."""
THROWN = ((-1.72, 0.3, 7), (-0.72, -0.52, -14), (0.14, 0.5, -3), (1.2, -0.25, -16), (2.02, 0.46, 10))
"""How dice and the like lie, in the same way."""
HELD = {"card": (FAN, 0.45, 0.62), "image": (THROWN, 0.36, 0.5)}
"""How things are held, by kind: their places, and in heights of the picture the width of each and their middle."""


def picture(look: Look, scene: Scene, size: tuple[int, int]) -> pygame.Surface:
    """A scene that fills a picture of this size in real pixels, cut to what is worth seeing of it."""
    out = pygame.Surface(size).convert()
    ground = {"felt": look.paint.felt, "wood": look.paint.wood}.get(scene.back)
    if ground:
        out.blit(ground(size), (0, 0))
    else:
        out.fill(Painter(look, 1, scene.back).colour(scene.back, "card"))
    board = _board(scene)
    if board is not None:
        _draw_board(out, look, scene, board)
    else:
        _draw_held(out, look, scene)
    return out


def _draw_board(out: pygame.Surface, look: Look, scene: Scene, board: FRect) -> None:
    layout = _part(scene, board, out.get_size(), look)
    painter, signs = Painter(look, layout.unit, scene.back), Signs(look, layout.unit, scene.back)
    for item in scene.items:
        if item.kind == "text" and not board.collidepoint(item.at):
            continue  # coordinates beside the board, of which the edge would be seen
        x, y = layout.pixel(centre(item))
        for surface in (signs.glow(item), painter.picture(item, item.turn, upside_down=scene.flip)):
            if surface:
                out.blit(surface, corner_of(surface, x, y))


def _draw_held(out: pygame.Surface, look: Look, scene: Scene) -> None:
    """Some of the things that a player holds, from the first to the last."""
    row = _row(scene)
    if not row:
        return
    places, wide, middle = HELD[row[0].kind]
    width, height = out.get_size()
    wide *= height
    count = min(len(places), len(row))
    shown = [row[k * (len(row) - 1) // max(1, count - 1)] for k in range(count)]
    painter = Painter(look, wide / row[0].size[0], scene.back)
    first = (len(places) - count) // 2
    for item, (x, y, turn) in zip(shown, places[first:], strict=False):
        surface = painter.picture(item, -turn)
        out.blit(surface, corner_of(surface, width / 2 + x * wide, height * middle + y * wide))


def _boards(scene: Scene) -> list[FRect]:
    """The boards on the table, in its units; grids that touch make one."""
    boards: list[FRect] = []
    for item in scene.items:
        if item.kind == "grid":
            (columns, rows), step = item.size, item.step
            board = FRect(0, 0, columns * step, rows * step)
            board.center = centre(item)
            touching = board.inflate(step / 2, step / 2)
            for other in [one for one in boards if one.colliderect(touching)]:
                boards.remove(other)
                board = board.union(other)
            boards.append(board)
    return boards


def _board(scene: Scene) -> FRect | None:
    """The board with most on it; None on a table without one."""
    things = [item.at for item in scene.items if is_thing(item)]
    return max(_boards(scene), key=lambda one: sum(map(one.collidepoint, things)), default=None)


def _part(scene: Scene, board: FRect, size: tuple[int, int], look: Look) -> Layout:
    """The board filling a picture of this size; of a large one the part around its pieces."""
    step = max(item.step for item in scene.items if item.kind == "grid")
    fills = max(size[0] / board.w, size[1] / board.h)
    unit = float(max(1, round(min(max(fills, look.px(LEAST_UNIT) / step), size[1] / LEAST_ROWS / step))))
    places = [item.at for item in scene.items if is_thing(item) and board.collidepoint(item.at)] or [board.center]
    shown = FRect(0, 0, size[0] / unit, size[1] / unit)
    shown.center = median(x for x, _y in places), median(y for _x, y in places)
    x, y = shown.clamp(board).center
    if scene.flip:
        x, y = scene.w - x, scene.h - y
    area = pygame.Rect((0, 0), size)
    origin = (round(size[0] / 2 - x * unit), round(size[1] / 2 - y * unit))
    return Layout(area, area, area, 0, origin, unit, scene.w, scene.h, scene.flip)


def _row(scene: Scene) -> list[Item]:
    """The row of cards or pictures that takes most room: what a player holds."""
    rows: dict[tuple[str, float, float], list[Item]] = {}
    for item in scene.items:
        if item.kind in HELD:
            rows.setdefault((item.kind, item.at[1], item.size[0]), []).append(item)
    return max(rows.values(), key=lambda row: len(row) * row[0].size[0] * row[0].size[1], default=[])
