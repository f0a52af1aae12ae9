"""A table on a screen: it shows one scene after another, lets things glide, and shows why something was refused."""

import math
from collections.abc import Collection

import msgspec
import pygame

from games.scene import Item, Point, Scene, Tag
from work.desktop.glide import Glide
from work.desktop.stage_ground import still
from work.desktop.stage_layout import Spot
from work.desktop.stage_view import Complaint, Moment, View
from work.desktop.theme import BUBBLE_STAYS, CARD
from work.desktop.widgets import Widget
from work.language import spoken


class Table(Widget):
    """Shows scenes; nothing of it can be touched. Times are seconds, places real pixels unless said otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.scene: Scene | None = None
        self.view: View | None = None
        self.moment = Moment()
        self._glide = Glide()
        self._picks: Collection[Tag] = ()

    def layout(self, rect: pygame.Rect) -> None:
        """Give the table its place on the screen; it becomes as large as that allows."""
        self.rect = pygame.Rect(rect)
        self._fit()

    def put(self, scene: Scene, picks: Collection[Tag] = (), *, glide: bool = True) -> None:
        """Show a scene; what is the same thing as before glides to its place, and picked items lie a little higher."""
        before = self.scene
        glide = glide and before is not None and (before.w, before.h, before.flip) == (scene.w, scene.h, scene.flip)
        self.scene, self._picks = scene, picks
        if glide:
            self._glide.show(self._items(), self._pace())
        else:
            self._glide.put(self._items())
        self._fit()

    @property
    def frame(self) -> pygame.Rect:
        """Where the table with its frame lies on the screen."""
        return self.view.layout.outer.copy() if self.view else self.rect.copy()

    def pixel(self, at: Point) -> tuple[int, int]:
        """Where a place of the scene (a player's plate, say) lies on the screen."""
        x, y = self.view.layout.pixel(at) if self.view else self.rect.center
        return round(x), round(y)

    def complain(self, text: str, spot: Spot | None) -> None:
        """Show a refusal's words for a while, pointing at a place or at the middle of the table."""
        self.moment.complaint = Complaint(spoken(text), spot)
        self.see()

    def tick(self, now: float) -> bool:
        """Go on to this time; True while something glides, fades or shakes."""
        was_gliding, waits, changed = self._glide.moving, False, False
        gliding = self._glide.tick(now)
        if self.moment.complaint:
            waits, changed = self._age(self.moment.complaint, now)
        if was_gliding or changed:
            self.see()
        return gliding or waits

    def draw(self, surface: pygame.Surface) -> None:
        if self.view is None or self.view.look is not self.look:
            self._fit()
        if self.view is not None:
            self.view.draw(surface)

    def see(self) -> None:
        """Look at everything anew, and say which parts of the screen have changed."""
        if self.view is None:
            return
        self.moment.shown = self._glide.shown()
        self.add_signs(self.moment)
        for rect in self.view.see(self.moment):
            if self.parent is not None:
                self.parent.spoil(rect.clip(self.rect))

    def add_signs(self, moment: Moment) -> None:
        """Say what else is to be seen; for those who can touch the table."""

    @property
    def gliding(self) -> bool:
        """Whether something is on its way."""
        return self._glide.moving

    def stop_gliding(self) -> None:
        """Put everything down where it belongs."""
        if self.gliding:
            self._glide.end()
            self.see()

    def drop(self, tag: Tag, pos: tuple[int, int]) -> None:
        """Let go of the thing of this tag at a point of the screen; it glides home, or on with the next scene."""
        if self.view is None:
            return
        items = self._items()
        k = next((k for k in reversed(range(len(items))) if items[k].tag == tag and items[k].kind != "grid"), None)
        if k is not None:
            self._glide.drop(k, self.view.layout.table(pos), self._pace())

    def _fit(self) -> None:
        """Make sure that the view suits look, place and scene; what glides goes on gliding."""
        if self.scene is None or self.parent is None or not self.rect.w or not self.rect.h:
            return
        if self.view is None or not self.view.suits(self.look, self.scene, self.rect):
            self.view = View(self.look, self.scene, self.rect)
        if self.view.take(self.scene):
            self.changed()
        self.see()

    def _items(self) -> list[Item]:
        """The items that do not lie on the ground, where they are to be seen."""
        items = self.scene.items if self.scene else ()
        return [
            self._raised(item) if item.pick is not None and item.pick in self._picks else item
            for item in items[still(items) :]
        ]

    def _raised(self, item: Item) -> Item:
        up = CARD.raise_chosen * item.size[0] * (-1 if self.scene and self.scene.flip else 1)
        return msgspec.structs.replace(item, at=(item.at[0], item.at[1] - up))

    def _pace(self) -> float:
        return self.look.theme.times.pace if self.parent else 0.0

    def _age(self, complaint: Complaint, now: float) -> tuple[bool, bool]:
        """Let a refusal appear, shake, stay and go: whether it moves now, and whether it looks different."""
        times, before = self.look.theme.times, (complaint.opacity, complaint.shift)
        if complaint.since is None:
            complaint.since = now
        age = (now - complaint.since) * 1000
        left = BUBBLE_STAYS - age
        if left <= -times.bubble_out:
            self.moment.complaint = None
            return False, True
        swing = min(1.0, age / times.shake) if times.shake else 1.0
        complaint.shift = round(self.look.px(times.shake_px) * math.sin(6 * math.pi * swing) * (1 - swing))
        complaint.opacity = 1.0 if left > 0 else 1 + left / times.bubble_out
        if age < times.bubble_in:
            complaint.opacity = age / times.bubble_in
        return swing < 1 or complaint.opacity < 1, before != (complaint.opacity, complaint.shift)
