"""A small picture of a table: what a game's tile shows."""

from statistics import median

import pygame

from games.scene import Item, Scene
from work.desktop.look import Look
from work.desktop.stage_ground import corner_of, is_thing
from work.desktop.stage_items import Painter, centre
from work.desktop.stage_layout import Layout, coordinates
from work.desktop.stage_signs import Signs

LEAST_UNIT = 18
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
    unwanted = [] if look.theme.coordinates else coordinates(scene.items)
    for item in scene.items:
        if (scene.back == "felt" and item.kind == "text") or item in unwanted:
            continue  # words of a game under way, which nobody reads here
        x, y = layout.pixel(centre(item))
        for surface in (signs.glow(item), painter.picture(item, item.turn, upside_down=scene.flip)):
            if surface:
                out.blit(surface, corner_of(surface, x, y))
    return out


def _cropped(scene: Scene, size: tuple[int, int], look: Look) -> Layout:
    if any(item.kind == "grid" for item in scene.items):
        unit = max(min(size[0] / scene.w, size[1] / scene.h), look.px(LEAST_UNIT))
        things = [item for item in scene.items if is_thing(item)]
    else:
        things = _hand(scene)
        wide, high = (_reach(things, axis) + 1.2 for axis in (0, 1))
        unit = min(size[0] / wide, size[1] / high) if things else max(size[0] / scene.w, size[1] / scene.h)
    unit = float(max(1, round(unit)))
    x, y = (
        _middle([item.at[axis] for item in things], length, shown / unit)
        for axis, length, shown in ((0, scene.w, size[0]), (1, scene.h, size[1]))
    )
    if scene.flip:
        x, y = scene.w - x, scene.h - y
    area = pygame.Rect((0, 0), size)
    origin = (round(size[0] / 2 - x * unit), round(size[1] / 2 - y * unit))
    return Layout(area, area, area, 0, origin, unit, scene.w, scene.h, scene.flip)


def _hand(scene: Scene) -> list[Item]:
    """The row of pictures or cards that takes most room on a table without a board: what a player holds."""
    rows: dict[tuple[float, float], list[Item]] = {}
    for item in scene.items:
        if item.kind in ("image", "card"):
            rows.setdefault((item.at[1], item.size[0]), []).append(item)
    return max(rows.values(), key=lambda row: len(row) * row[0].size[0] * row[0].size[1], default=[])


def _reach(things: list[Item], axis: int) -> float:
    """How far the things reach in one direction, from edge to edge."""
    ends = [item.at[axis] + side * item.size[axis] / 2 for item in things for side in (-1, 1)]
    return max(ends) - min(ends) if ends else 0.0


def _middle(places: list[float], length: float, shown: float) -> float:
    """Where the middle of the picture lies: among the pieces of a board, but not beyond its edge."""
    if shown >= length or not places:
        return length / 2
    return min(max(median(places), shown / 2), length - shown / 2)
