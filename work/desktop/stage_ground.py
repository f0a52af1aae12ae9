"""What lies under everything: cloth, the frame and its shadow, and the board, felt or paper itself."""

from collections.abc import Sequence

import pygame

from games.scene import Item
from work.desktop.look import Look
from work.desktop.stage_items import Painter, centre
from work.desktop.stage_layout import Layout, coordinates


def still(items: Sequence[Item]) -> int:
    """How many leading items belong to the ground: those before the first piece, pick or marked thing."""
    return next((k for k, item in enumerate(items) if item.mark or is_thing(item)), len(items))


def is_thing(item: Item) -> bool:
    """Whether an item is something that comes, goes and is touched by itself, and no part of the board."""
    touched = item.pick is not None or (item.tag is not None and item.kind != "grid")
    return bool(item.id or item.kin) or touched


def ground(look: Look, layout: Layout, back: str, items: Sequence[Item], painter: Painter) -> pygame.Surface:
    """The whole area behind a table, with the items that never move drawn on it."""
    area = layout.area
    out = pygame.Surface(area.size).convert()
    # The cloth's weave is counted from the window's corner, so that it goes on unbroken beyond the stage.
    out.blit(look.paint.cloth((area.right, area.bottom)), (-area.x, -area.y))
    outer, inner = layout.outer.move(-area.x, -area.y), layout.inner.move(-area.x, -area.y)
    look.paint.shadow(out, outer, layout.corner, 2)
    if back == "felt":
        out.blit(look.paint.table(outer.size, layout.corner), outer)
    elif back == "wood":
        _framed(look, out, outer, inner, layout.corner)
    else:
        fill = painter.colour(back, "card")
        look.paint.panel(out, inner, fill, "card_edge", radius=layout.corner, shadow=0)
    unwanted = [] if look.theme.coordinates else coordinates(items)
    for item in items:
        if item not in unwanted:
            put(out, painter, layout, item)
    return out


def put(out: pygame.Surface, painter: Painter, layout: Layout, item: Item) -> None:
    """Draw one resting item on a surface whose corner is the area's."""
    x, y = layout.pixel(centre(item))
    picture = painter.picture(item, item.turn, upside_down=layout.flip)
    out.blit(picture, corner_of(picture, x - layout.area.x, y - layout.area.y))


def corner_of(picture: pygame.Surface, x: float, y: float) -> tuple[int, int]:
    """Where the upper left corner of a picture lies whose middle belongs at x, y: always on whole pixels."""
    return int(x - picture.get_width() / 2 + 0.5), int(y - picture.get_height() / 2 + 0.5)


def _framed(look: Look, out: pygame.Surface, outer: pygame.Rect, inner: pygame.Rect, corner: int) -> None:
    """A board in its wooden frame, with a fine dark edge where the two meet."""
    out.blit(look.paint.masked(look.paint.wood(outer.size, "rim"), corner), outer)
    edge = inner.inflate(2, 2)
    out.blit(look.paint.box(edge.size, look.px(3), "rim_dark"), edge)
    out.blit(look.paint.masked(look.paint.wood(inner.size), look.px(2)), inner)
