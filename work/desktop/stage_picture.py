"""A small picture of a table: what a game's tile shows."""

from statistics import median_low

import pygame

from games.scene import Scene
from work.desktop.look import Look
from work.desktop.stage_ground import corner_of, is_thing
from work.desktop.stage_items import Painter, centre
from work.desktop.stage_layout import Layout
from work.desktop.stage_signs import Signs

LEAST_UNIT = 22
"""Logical pixels of a table unit under which pieces can hardly be told apart; then a part of the table is shown."""


def picture(look: Look, scene: Scene, size: tuple[int, int]) -> pygame.Surface:
    """A scene that fills a picture of this size in real pixels: all of it, or the part where most is going on."""
    layout = _cropped(scene, size, look)
    painter, signs = Painter(look, layout.unit, scene.back), Signs(look, layout.unit, scene.back)
    out = pygame.Surface(size).convert()
    ground = {"felt": look.paint.felt, "wood": look.paint.wood}.get(scene.back)
    if ground:
        out.blit(ground(size), (0, 0))
    else:
        out.fill(painter.colour(scene.back, "card"))
    for item in scene.items:
        x, y = layout.pixel(centre(item))
        for surface in (signs.glow(item), painter.picture(item, item.turn, upside_down=scene.flip)):
            if surface:
                out.blit(surface, corner_of(surface, x, y))
    return out


def _cropped(scene: Scene, size: tuple[int, int], look: Look) -> Layout:
    whole = min(size[0] / scene.w, size[1] / scene.h)
    unit = float(max(1, round(max(whole, look.px(LEAST_UNIT)))))
    board = any(item.kind == "grid" for item in scene.items)
    things = [item for item in scene.items if board and is_thing(item)]
    x = _middle([item.at[0] for item in things], scene.w, size[0] / unit)
    y = _middle([item.at[1] for item in things], scene.h, size[1] / unit)
    if scene.flip:
        x, y = scene.w - x, scene.h - y
    area = pygame.Rect((0, 0), size)
    origin = (round(size[0] / 2 - x * unit), round(size[1] / 2 - y * unit))
    return Layout(area, area, area, 0, origin, unit, scene.w, scene.h, scene.flip)


def _middle(places: list[float], length: float, shown: float) -> float:
    """Where the middle of the picture lies: among the pieces of a board, but not beyond its edge."""
    if shown >= length or not places:
        return length / 2
    return min(max(median_low(places), shown / 2), length - shown / 2)
