"""A table as a list of pictures: what is to be seen at a moment, and what of it has changed since the last."""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
import pygame

from games.scene import Item, Point, Scene, Tag
from work.desktop.look import Look
from work.desktop.motions import Shown
from work.desktop.stage_ground import corner_of, ground, still
from work.desktop.stage_items import Painter, centre
from work.desktop.stage_layout import Layout, Spot, fit, grid_box, names_a_line
from work.desktop.stage_signs import Menu, Signs
from work.desktop.theme import BOARD

STROKE_WIDTH = 3
"""Logical pixels of a stroke that is being drawn on a pad."""

MENU_FACE = 32
"""Logical pixels of one table unit in a menu."""


class Picture(NamedTuple):
    """One picture at its place on the screen; `moving` ones lie above the others."""

    surface: pygame.Surface
    x: int
    y: int
    opacity: int = 255
    moving: bool = False

    @property
    def rect(self) -> pygame.Rect:
        return pygame.Rect((self.x, self.y), self.surface.get_size())


@dataclass
class Complaint:
    """A refusal that is being shown: its words, its place, since when, and how much of it is to be seen."""

    text: str
    spot: Spot | None
    since: float | None = None
    opacity: float = 0.0
    shift: int = 0


@dataclass
class Moment:
    """All that is to be seen on a table beside its ground."""

    shown: Sequence[Shown] = ()
    hover: Spot | None = None
    ghost: Sequence[Item] = ()
    next: Sequence[Spot] = ()
    held: Spot | None = None
    focus: Spot | None = None
    drag: tuple[Tag, tuple[int, int]] | None = None
    stroke: Sequence[tuple[int, int]] = ()
    complaint: Complaint | None = None
    menu: Menu | None = None


class View:
    """Draws one scene in one area: the ground is kept as one surface, everything else is a list of pictures."""

    def __init__(self, look: Look, scene: Scene, area: pygame.Rect) -> None:
        self.look, self.back = look, scene.back
        self.layout: Layout = fit(scene, area, look.theme)
        self.painter = Painter(look, self.layout.unit, scene.back)
        self._small = Painter(look, look.px(MENU_FACE), scene.back)
        self.signs = Signs(look, self.layout.unit, scene.back)
        self.still: tuple[Item, ...] = ()
        self.pictures: list[Picture] = []
        self._drawn_still: list[Item] | None = None

    def suits(self, look: Look, scene: Scene, area: pygame.Rect) -> bool:
        """Whether this view can show that scene too: in the same look, at the same place, on the same board."""
        return look is self.look and scene.back == self.back and fit(scene, area, look.theme) == self.layout

    def take(self, scene: Scene) -> bool:
        """Take a new scene; True if its ground differs, so that all must be drawn again."""
        self.still = scene.items[: still(scene.items)]
        # Whose turn it is changes what may be touched, but not how a board looks.
        drawn = [msgspec.structs.replace(item, tag=None, tip="") for item in self.still]
        if drawn == self._drawn_still:
            return False
        self._drawn_still = drawn
        self.ground = ground(self.look, self.layout, self.back, self.still, self.painter)
        return True

    def see(self, moment: Moment) -> list[pygame.Rect]:
        """Take in what is to be seen now; returns the parts of the screen that differ from before."""
        before, self.pictures = self.pictures, list(self._pictures(moment))
        same = set(before) & set(self.pictures)
        return _merged([picture.rect for picture in (*before, *self.pictures) if picture not in same])

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the part of the table that lies in the surface's clip."""
        area, clip = self.layout.area, surface.get_clip().clip(self.layout.area)
        whole = surface.get_clip()
        surface.set_clip(clip)
        surface.blit(self.ground, clip, clip.move(-area.x, -area.y))
        for picture in self.pictures:
            if picture.rect.colliderect(clip):
                if picture.opacity < 255:
                    picture.surface.set_alpha(picture.opacity)
                surface.blit(picture.surface, (picture.x, picture.y))
                if picture.opacity < 255:
                    picture.surface.set_alpha(255)
        surface.set_clip(whole)

    def face(self, item: Item | None) -> pygame.Surface | None:
        """The picture of an item as it stands in a menu."""
        return self._small.picture(item) if item else None

    def box(self, spot: Spot) -> pygame.Rect:
        """Where a place lies on the screen, with the signs round it."""
        return self._picture(self.signs.hover(spot), spot.at).rect

    # -- what is to be seen, from the bottom up ----------------------------------------------------------------------

    def _pictures(self, moment: Moment) -> Iterable[Picture]:
        items = [shown for shown in moment.shown if shown.item.kind]
        if moment.hover:
            yield from self._hairs(moment.hover)
        for shown in items:
            if glow := self.signs.glow(shown.item):
                yield self._picture(glow, shown.at, shown.opacity * 0.9)
        dragged = self._dragged(items, moment)
        for shown in items:
            if shown is not dragged:
                yield from self._item(shown, shown.at)
        yield from self._win_line([shown.item for shown in items])
        for item in moment.ghost:
            yield self._picture(self.painter.picture(item, item.turn), item.at, BOARD.hover_opacity)
        yield from self._marks_of(moment)
        if dragged and moment.drag:
            yield from self._item(dragged._replace(moving=True), self.layout.table(moment.drag[1]))
        if len(moment.stroke) > 1:
            yield self._stroke(moment.stroke)
        if moment.complaint:
            yield from self._complaint(moment.complaint)
        if moment.menu:
            yield Picture(moment.menu.picture, *moment.menu.rect.topleft)

    def _picture(self, surface: pygame.Surface, at: Point, opacity: float = 1, moving: bool = False) -> Picture:
        return Picture(surface, *corner_of(surface, *self.layout.pixel(at)), round(255 * opacity), moving)

    def _item(self, shown: Shown, at: Point) -> Iterable[Picture]:
        item = shown.item
        middle = centre(item) if item.kind == "grid" else at
        surface = self.painter.picture(item, shown.turn, upside_down=self.layout.flip)
        if shown.wide < 1:
            width, height = surface.get_size()
            surface = pygame.transform.scale(surface, (max(1, round(width * shown.wide)), height))
        yield self._picture(surface, middle, shown.opacity, shown.moving)
        if mark := self.signs.mark(item, self.painter.colour(item.fill)):
            yield self._picture(mark, at, shown.opacity, shown.moving)

    def _dragged(self, items: Sequence[Shown], moment: Moment) -> Shown | None:
        if moment.drag is None:
            return None
        return next((s for s in reversed(items) if s.item.kind != "grid" and s.item.tag == moment.drag[0]), None)

    def _marks_of(self, moment: Moment) -> Iterable[Picture]:
        """The client's own signs: where one may go, what is held, the pointer, the keyboard."""
        for spot in moment.next:
            sign = self.signs.dot(spot) if spot.item.kind == "grid" else self.signs.take(spot)
            yield self._picture(sign, spot.at)
        if moment.held:
            yield self._picture(self.signs.held(moment.held), moment.held.at)
        if moment.hover:
            yield self._picture(self.signs.hover(moment.hover), moment.hover.at)
            yield from self._bold(moment.hover)
        if moment.focus:
            yield self._picture(self.signs.focus(moment.focus), moment.focus.at)
            if moment.focus is not moment.hover:
                yield from self._bold(moment.focus)

    def _hairs(self, spot: Spot) -> Iterable[Picture]:
        """Two fine lines through a point of a board, from edge to edge."""
        if spot.item.kind != "grid" or spot.item.look != "points":
            return
        left, top, right, bottom = grid_box(spot.item)
        width = self.look.px(2)
        across = self.signs.hair((round((right - left) * self.layout.unit), width))
        down = self.signs.hair((width, round((bottom - top) * self.layout.unit)))
        yield self._picture(across, ((left + right) / 2, spot.at[1]))
        yield self._picture(down, (spot.at[0], (top + bottom) / 2))

    def _bold(self, spot: Spot) -> Iterable[Picture]:
        """The coordinates of a place of a board, bold, in its row and in its column; also where they are left away."""
        x, y = spot.at
        grids = [item for item in self.still if item.kind == "grid"]
        under = [grid for grid in grids for left, top, right, bottom in [grid_box(grid)]
                 if left <= x <= right and top <= y <= bottom]  # fmt: skip
        for item in self.still:
            in_line = item.at[0] == x or item.at[1] == y
            if item.kind == "text" and in_line and any(names_a_line(item, grid) for grid in under):
                yield self._picture(self.painter.picture(item, bold=True), item.at)

    def _win_line(self, items: Sequence[Item]) -> Iterable[Picture]:
        """A line through the winning pieces, where they stand in one row."""
        at = sorted(item.at for item in items if item.mark == "win" and item.kind == "disc")
        if len(at) < 3:
            return
        (x1, y1), (x2, y2) = at[0], at[-1]
        if any(abs((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) > 0.01 for x, y in at):
            return
        length = math.hypot(x2 - x1, y2 - y1) * self.layout.unit
        line = self.signs.line(length, math.degrees(math.atan2(y2 - y1, x2 - x1)))
        yield self._picture(line, ((x1 + x2) / 2, (y1 + y2) / 2))

    def _stroke(self, points: Sequence[tuple[int, int]]) -> Picture:
        width = self.look.px(STROKE_WIDTH)
        box = (
            pygame.Rect(points[0], (1, 1))
            .unionall([pygame.Rect(p, (1, 1)) for p in points])
            .inflate(8 * width, 8 * width)
        )
        surface = pygame.Surface(box.size, pygame.SRCALPHA)
        inside = [(x - box.x, y - box.y) for x, y in points]
        for start, end in itertools.pairwise(inside):
            pygame.draw.aaline(surface, self.look.theme.colours.card_black, start, end, width)
        return Picture(surface, *box.topleft)

    def _complaint(self, complaint: Complaint) -> Iterable[Picture]:
        place = pygame.Rect(self.layout.inner.center, (1, 1))
        opacity = round(255 * complaint.opacity)
        if complaint.spot:
            ring = self._picture(self.signs.refused(complaint.spot), complaint.spot.at)
            place = ring.rect.inflate(-self.look.px(8), -self.look.px(8))
            yield ring._replace(x=ring.x + complaint.shift, opacity=opacity)
        bubble, rect = self.signs.bubble(complaint.text, place, self.layout.area)
        yield Picture(bubble, rect.x + complaint.shift, rect.y, opacity)


def _merged(rects: list[pygame.Rect]) -> list[pygame.Rect]:
    """The same area in fewer rectangles, none of which overlap."""
    merged: list[pygame.Rect] = []
    for rect in rects:
        grown = rect.copy()
        while (k := grown.collidelist(merged)) >= 0:
            grown.union_ip(merged.pop(k))
        merged.append(grown)
    return merged
