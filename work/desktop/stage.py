"""The stage: a table that a person can touch, with mouse, finger or keyboard."""

import math
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import pygame

from games.game import Game
from games.game_info import GameInfo, Move, NeedsTable, Refusal
from games.match import predicted
from games.scene import Item, Scene, Tag
from work.desktop.hand import Hand, Sent
from work.desktop.notices import Tip
from work.desktop.stage_layout import Spot, holds, spot_at, spots
from work.desktop.stage_picks import Picking
from work.desktop.stage_view import Moment
from work.desktop.theme import SIZES, TIP_AFTER
from work.desktop.widgets import is_click, key_is
from work.language import _, spoken

DRAG_FROM = 6
"""Logical pixels that a pressed pointer moves before what it holds is carried along."""
FEW_PLACES = 12
"""At most so many places are dotted before anything is touched, and at most a third of all."""
ARROWS = {pygame.K_LEFT: (-1, 0), pygame.K_RIGHT: (1, 0), pygame.K_UP: (0, -1), pygame.K_DOWN: (0, 1)}
ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)


class Stage(Picking):
    """Shows the scenes of one table and tells `on_move` what a person's touches spell.

    Give it a place with `layout` and something to see with `show`. A touch that is not legal is answered where it was
    made, in the words of the game; `on_refused` may make a sound of it. What comes back from the room: `refuse`.
    """

    focusable = True

    def __init__(
        self, on_move: Callable[[Move], None], on_refused: Callable[[Refusal, Tag], None] | None = None
    ) -> None:
        super().__init__(on_move)
        self.on_refused = on_refused
        self._spots: list[Spot] = []
        self._by_tag: dict[Tag, Spot] = {}
        self._hover: Spot | None = None
        self._focus: Spot | None = None
        self._last: Spot | None = None
        self._pressed: Spot | None = None
        self._pressed_at = (0, 0)
        self._holds = False
        self._by_keys = False
        self._chosen = 0
        self._tip = Tip()
        self._tip_words, self._tip_at = "", (0, 0)
        self._tip_since: float | None = None

    def show(self, scene: Scene, info: GameInfo, seat: int | None, game: Game[Any], may_touch: bool) -> None:
        """Show a new scene: what is the same thing as before glides to its new place.

        `may_touch` False makes it a picture (a watcher, a replay, a break); a seat that is merely not in turn may
        touch, and is told so. Touches are forgotten, picks stay where they still lie; where nothing is new, nothing
        happens at all, so it may be called whenever something about the table has changed.
        """
        scene = self.sorted(scene, game)
        if self.hand is None:
            self.hand = Hand(game, info, seat, scene, may_touch)
        elif not self.hand.show(game, info, seat, scene, may_touch):
            return
        self._spots = spots(scene)
        self._by_tag = {spot.tag: spot for spot in self._spots}
        self._hover, self._focus, self._last, complained = (
            self._by_tag.get(spot.tag) if spot else None
            for spot in (self._hover, self._focus, self._last, self.moment.complaint and self.moment.complaint.spot)
        )
        if self.moment.complaint:
            self.moment.complaint.spot = complained
        self._let_go()
        self._haunt()
        self.put(scene, self.hand.picks)

    def refuse(self, text: str, tag: Tag = None) -> None:
        """Show why something was refused: at the place of this tag, else where the last touch was."""
        self.complain(text, self._last if tag is None else self._by_tag.get(tag))

    # -- what controls need --------------------------------------------------------------------------------------------

    def loose(self) -> list[tuple[Tag, str]]:
        """First parts of legal moves that nothing on the table carries, with their words: buttons that call `touch`."""
        return self.hand.loose() if self.hand and not self.hand.touches else []

    def touch(self, tag: Tag) -> None:
        """Touch a place by its name, as a click on it does."""
        if self.hand is None or not self.hand.active:
            return
        spot = self._by_tag.get(tag)
        self._last = spot or self._last
        self._chosen, self.moment.complaint = 0, None
        told = self.hand.touch(tag)
        if isinstance(told, Refusal):
            self.complain(told.text, spot)
            if self.on_refused:
                self.on_refused(told, tag)
        self._haunt()
        self.see()
        if isinstance(told, Sent):
            self.on_move(told.move)

    def forget(self) -> bool:
        """Forget what has been touched so far and take away what a refusal said; False if there was nothing."""
        there_was = bool(self.moment.complaint or (self.hand and (self.hand.touches or self.hand.picks)))
        self.moment.complaint = None
        self._let_go()
        if self.hand:
            self.hand.forget()
            if self.hand.picks:
                self.pick_all(())
        self.see()
        return there_was

    # -- events ------------------------------------------------------------------------------------------------------

    def event(self, event: pygame.event.Event) -> bool:
        """Take mouse and keyboard; fingers come as a mouse."""
        if self.hand is None or self.view is None:
            return False
        if event.type == pygame.MOUSEMOTION:
            self._move_to(event.pos)
            return True
        if is_click(event):
            self._by_keys = False
            self.stop_gliding()
            self._press(event.pos)
            return True
        if is_click(event, pygame.MOUSEBUTTONUP):
            self._release(event.pos)
            return True
        return event.type == pygame.KEYDOWN and self._key(event)

    def tick(self, now: float) -> bool:
        if not self.hovered and not self._pressed:
            self._point_at(None)
            self._rest_on("", (0, 0))
        self._show_tip(now)
        return super().tick(now)

    def draw(self, surface: pygame.Surface) -> None:
        super().draw(surface)
        if self.moment.focus is None:
            self.draw_ring(surface, self.look.px(SIZES.radius_frame), self.frame)
        if self._tip.visible:
            self._tip.draw(surface)

    def focus_changed(self, gained: bool) -> None:
        root = self.root()
        self._by_keys = gained and root is not None and root.by_keyboard
        if self._by_keys:
            self._focus = self._focus or self._towards(0, 0)
        self.see()

    def _move_to(self, pos: tuple[int, int]) -> None:
        if self.moment.stroke:
            self.moment.stroke = (*self.moment.stroke, pos)
            self.see()
        elif self.sweeping:
            self.sweep(self._spot_at(pos))
        elif self.moment.menu and (row := self.moment.menu.row_at(pos)) is not None:
            self._choose(row)
        elif self._holds and self._pressed:
            if self.moment.drag or math.dist(pos, self._pressed_at) > self.look.px(DRAG_FROM):
                self._hover = self._spot_at(pos)
                self.moment.drag = (self._pressed.tag, pos)
                self.see()
        else:
            self._point_at(self._spot_at(pos))
        self._rest_on(self._tip_of(pos), pos)

    def _press(self, pos: tuple[int, int]) -> None:
        """The button goes down: what can be picked up is picked up at once, so that it can be dragged."""
        if self.moment.menu and self.hand:
            row = self.moment.menu.row_at(pos)
            if row is None:
                self.forget()
            else:
                self.touch(self.options[row][0])
            return
        spot = self._spot_at(pos)
        if spot is None or self.hand is None or not self.hand.active:
            self.forget()
        elif spot.item.kind == "pad":
            self._last, self.moment.stroke = spot, (pos,)
        elif spot.pick:
            self.begin_sweep(spot)
        else:
            self._pressed, self._pressed_at = spot, pos
            self._holds = self.hand.leads_on(spot.tag)
            if self._holds:
                self.touch(spot.tag)

    def _release(self, pos: tuple[int, int]) -> None:
        """The button comes up: a click was made, or what was dragged is put down."""
        if self.moment.stroke:
            self._end_stroke()
            return
        pressed, holds, dragged = self._pressed, self._holds, self.moment.drag is not None
        self.end_sweep()
        self._let_go()
        if pressed is None:
            return
        spot = self._spot_at(pos)
        if dragged:
            self.drop(pressed.tag, pos)
        if spot and spot.tag == pressed.tag:
            if not holds:
                self.touch(spot.tag)
        elif dragged and spot:
            self.touch(spot.tag)
        elif holds:
            self.forget()
        self._point_at(spot)
        self.see()

    def _let_go(self) -> None:
        self._pressed, self._holds = None, False
        self.moment.drag, self.moment.stroke = None, ()

    def _end_stroke(self) -> None:
        """Make a move of a stroke over a pad: its tag and the points in table units."""
        stroke, spot, self.moment.stroke = self.moment.stroke, self._last, ()
        if self.hand and self.view and spot:
            places = [self.view.layout.table(pos) for pos in stroke]
            told = self.hand.stroke(spot.tag, tuple((round(x, 2), round(y, 2)) for x, y in places))
            if isinstance(told, Sent):
                self.on_move(told.move)
            else:
                self.complain(told.text, spot)
        self.see()

    def _key(self, event: pygame.event.Event) -> bool:
        if key_is(event, pygame.K_ESCAPE):
            return self.forget()
        if event.key in ARROWS:
            self._by_keys = True
            dx, dy = ARROWS[event.key]
            if self.moment.menu:
                self._choose((self._chosen + (dx or dy)) % len(self.options))
            else:
                self._focus = self._towards(dx, dy) or self._focus
                self.see()
            return bool(self.moment.menu or self._focus)
        if self._by_keys and self._focus and self._focus.pick and event.key != pygame.K_SPACE:
            return False  # Enter is for the button that plays what Space has picked
        return key_is(event, *ENTER) and self._enter()

    def _enter(self) -> bool:
        """Enter or Space: take the menu's line, touch the place with the frame, or send what is complete."""
        if self.hand is None:
            return False
        if self.moment.menu:
            self.touch(self.options[self._chosen][0])
        elif self._focus and self._by_keys:
            if self._focus.pick:
                self.pick(self._focus.tag)
            else:
                self.touch(self._focus.tag)
        elif self.hand.spelling.complete:
            self.touch(self.hand.touches[-1])
        else:
            return False
        return True

    # -- places ------------------------------------------------------------------------------------------------------

    @property
    def options(self) -> list[tuple[Tag, str]]:
        """The lines of the menu that is open now, with their words; where a whole move could go on, that first."""
        if not self.hand or not self.hand.touches or not (loose := self.hand.loose()):
            return []
        return [(self.hand.touches[-1], _("Only this step")), *loose] if self.hand.spelling.complete else loose

    def _spot_at(self, pos: tuple[int, int]) -> Spot | None:
        return spot_at(self._spots, self.view.layout.table(pos)) if self.view else None

    def _may(self, spot: Spot | None) -> bool:
        return bool(spot and self.hand and self.hand.active and (spot.pick or self.hand.may(spot.tag)))

    def _towards(self, dx: int, dy: int) -> Spot | None:
        """The nearest place in a direction of those that may be touched; the first time one near the last touch."""
        if self.view is None:
            return None
        pixel = self.view.layout.pixel
        there = [(spot, *pixel(spot.at)) for spot in self._by_tag.values() if self._may(spot)]
        if self._focus is None:
            x, y = pixel(self._last.at) if self._last else self.view.layout.inner.center
            return min(there, key=lambda place: math.dist(place[1:], (x, y)), default=(None,))[0]
        x, y = pixel(self._focus.at)
        ahead = [
            (along + 2 * aside, spot)
            for spot, to_x, to_y in there
            for along, aside in [((to_x - x) * dx + (to_y - y) * dy, abs((to_x - x) * dy) + abs((to_y - y) * dx))]
            if along > 1
        ]
        return min(ahead, key=lambda place: place[0], default=(0, None))[1]

    def _point_at(self, spot: Spot | None) -> None:
        """The pointer is on this place now."""
        if spot is self._hover:
            return
        self._hover = spot
        self.cursor = pygame.SYSTEM_CURSOR_ARROW
        if self._may(spot):
            going_on = self.hand and self.hand.touches
            self.cursor = pygame.SYSTEM_CURSOR_CROSSHAIR if going_on else pygame.SYSTEM_CURSOR_HAND
        self._haunt()
        self.see()

    def _tip_of(self, pos: tuple[int, int]) -> str:
        """The words of the topmost thing at a point of the screen that has some."""
        if self.view is None or self.scene is None:
            return ""
        point = self.view.layout.table(pos)
        items = (item for item in reversed(self.scene.items) if item.tip)
        return spoken(next((item.tip for item in items if holds(Spot(None, item.at, item), point)), ""))

    def _rest_on(self, words: str, pos: tuple[int, int]) -> None:
        """The pointer is where these words would be shown; they wait until it has rested there a while."""
        if words != self._tip_words:
            self._tip_words, self._tip_at, self._tip_since = words, pos, None
            if self._tip.visible:
                self._tip.visible = False

    def _show_tip(self, now: float) -> None:
        if not self._tip_words or self._tip.visible:
            return
        if self._tip_since is None:
            self._tip_since = now
        if now - self._tip_since >= TIP_AFTER / 1000:
            self._tip.parent = self.parent
            near = pygame.Rect(self._tip_at, (1, 1)).inflate(2 * self.look.px(10), 2 * self.look.px(10))
            self._tip.show(self._tip_words, near, self.rect)

    def _choose(self, row: int) -> None:
        if row != self._chosen:
            self._chosen = row
            self.see()

    def _haunt(self) -> None:
        """Show under the pointer what the touch would put there, as far as that can be known here."""
        self.moment.ghost = tuple(self._ghost(self._hover)) if self._hover and self._may(self._hover) else ()

    def _ghost(self, spot: Spot) -> Iterable[Item]:
        hand = self.hand
        if hand is None or spot.pick or not (sent := hand.whole(spot.tag)):
            return
        try:
            after = hand.game.scene(predicted(hand.info, hand.seat, sent.move), hand.seat)
        except NeedsTable:
            return
        for item in after.items:
            if item.at == spot.at and item.kind != "grid" and item not in hand.scene.items:
                yield msgspec.structs.replace(item, mark="")

    def add_signs(self, moment: Moment) -> None:
        if self.hand is None or self.view is None:
            return
        hand = self.hand
        moment.hover = self._hover if self._may(self._hover) else None
        moment.held = self._by_tag.get(hand.touches[-1]) if hand.touches else None
        moment.focus = self._focus if self._by_keys and self.focused else None
        shows = self.look.theme.places
        moment.next = [spot for tag in hand.spelling.next if shows and (spot := self._by_tag.get(tag))]
        if not hand.touches:
            few = len(moment.next) <= min(FEW_PLACES, len(hand.places) // 3)
            moment.next = [spot for spot in moment.next if few and spot.item.kind == "grid"]
        moment.menu = None
        if self.options:
            place = self.view.box(self._last) if self._last else pygame.Rect(self.view.layout.inner.center, (1, 1))
            lines = [(spoken(words), self.view.face(hand.scene.faces.get(tag))) for tag, words in self.options]
            moment.menu = self.view.signs.menu(lines, self._chosen, place, self.rect)
