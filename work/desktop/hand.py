"""A person's hand at a table: what has been touched and picked so far, and what that amounts to.

Nothing here is drawn; the stage asks what may be touched, and tells what was.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from games.game import Game
from games.game_info import NOT_LISTED, GameInfo, Move, NeedsTable, Refusal
from games.scene import Control, Scene, Tag
from games.touch import NOTHING, Press, Spelling, legal, spell
from work.language import N_

TAKEN = Refusal("taken", N_("This place is taken. Choose another one."))
"""Said where a game itself only says that a step is not legal."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The touches spelled this move: it is to be sent."""

    move: Move


class Hand:
    """What one seat has touched in the scene that lies before it.

    Where the game lists its moves, touches spell one of them. Where it does not, each touch is asked of its judge. A
    game that reads touches in a way of its own is asked after each touch.
    """

    def __init__(self, game: Game[Any], info: GameInfo, seat: int | None, scene: Scene, may_touch: bool) -> None:
        self.touches: tuple[Tag, ...] = ()
        self.picks: tuple[Tag, ...] = ()
        self._before: Any = None
        self.show(game, info, seat, scene, may_touch)

    def show(self, game: Game[Any], info: GameInfo, seat: int | None, scene: Scene, may_touch: bool) -> bool:
        """Take a new scene: touches are forgotten, picks stay where they still lie.

        False if nothing is new: the same scene with the same moves. Then touches stay as well.
        """
        self.game, self.info, self.scene = game, info, scene
        self.seat = -1 if seat is None else seat
        self.active = may_touch and seat is not None
        self.places = scene.places()
        self._moves = legal(info, self.seat) if self.active else []
        before, self._before = self._before, (game, self.seat, self.active, scene, self._moves)
        if before == self._before:
            return False
        self._reads_itself = type(game).read is not Game.read
        self._first = frozenset(self._spell(()).next)
        can_be_picked = [item.pick for item in scene.items if item.pick is not None]
        self.picks = tuple(tag for tag in can_be_picked if tag in self.picks)
        self.forget()
        return True

    def forget(self) -> None:
        """Begin anew, as Escape does."""
        self._take(())

    def _take(self, touches: tuple[Tag, ...]) -> None:
        self.touches = touches
        self.spelling = self._spell(touches)
        self.next = frozenset(self.spelling.next)

    def _spell(self, touches: tuple[Tag, ...]) -> Spelling:
        return NOTHING if self._moves is None else spell(self._moves, self.places, touches)

    def may(self, tag: Tag) -> bool:
        """Whether touching this place now would lead on to a legal move, as far as one can tell here."""
        if not self.active:
            return False
        if tag in self.next or tag in self._first or tag in self.touches[-1:]:
            return True
        return self._moves is None and (self._reads_itself or self._judge(tag) is None)

    def touch(self, tag: Tag) -> Sent | Refusal | None:
        """Touch a place: a move is spelled, the touch is refused, or the hand goes on (None)."""
        if not self.active:
            return None
        if tag in self.touches[-1:]:
            sent = self.enter()
            self.forget()
            return sent
        if self._reads_itself:
            return self._read((*self.touches, tag))
        if self._moves is None:
            self.forget()
            return self._judge(tag) or Sent(tag)
        touches = (*self.touches, tag)
        if self._spell(touches) == NOTHING:
            touches = (tag,)
        spelling = self._spell(touches)
        if spelling.next:
            self._take(touches)
            return None
        if spelling.complete:
            return self._sent(spelling.move)
        wanted = (*self.touches, tag) if self.touches else tag
        self.forget()
        refusal = self._judge(wanted) or NOT_LISTED
        return TAKEN if refusal == NOT_LISTED and self._is_taken(tag) else refusal

    def _is_taken(self, tag: Tag) -> bool:
        """Whether something lies on a place, where all that one can do is to put things on free places."""
        taken = {item.tag for item in self.scene.items if item.kind != "grid"}
        return tag in taken and all(move in self.places and move not in taken for move in self._moves or ())

    def leads_on(self, tag: Tag) -> bool:
        """Whether this touch picks something up: the move that it begins or continues needs more touches."""
        if not self.active or tag in self.touches[-1:] or self._reads_itself:
            return False
        spelling = self._spell((*self.touches, tag))
        return bool((self._spell((tag,)) if spelling == NOTHING else spelling).next)

    def whole(self, tag: Tag) -> Sent | None:
        """The move that this touch would complete, as a picture of it may be shown before."""
        if not self.active or self._reads_itself:
            return None
        for touches in ((*self.touches, tag), (tag,)):
            spelling = self._spell(touches)
            if spelling.complete and not spelling.next:
                return Sent(spelling.move)
        return None

    def enter(self) -> Sent | None:
        """Send what the touches spell already, though they could go on."""
        return self._sent(self.spelling.move) if self.spelling.complete else None

    def stroke(self, tag: Tag, points: tuple[tuple[float, float], ...]) -> Sent | Refusal:
        """Take a free-hand stroke over a pad."""
        move = (tag, points)
        return self._judge(move) or self._sent(move)

    def loose(self) -> list[tuple[Tag, str]]:
        """The next parts that nothing on the table carries, with their words: a menu, or before any touch buttons."""
        buttons = {control.name for control in self.scene.controls} if not self.touches else set()
        if not self.touches and any("picks" in control.takes for control in self.scene.controls):
            return []  # what is not a button is picked, and sent by one
        names = self.scene.names
        return [
            (tag, names.get(tag, str(tag)) if isinstance(tag, str | int) else str(tag))
            for tag in self.spelling.next
            if tag not in self.places and tag not in buttons
        ]

    def pick(self, tag: Tag) -> None:
        """Switch an item on or off."""
        self.take(set(self.picks) ^ {tag})

    def take(self, picks: Collection[Tag]) -> None:
        """Pick these items and no others; picks are kept in the order of the scene."""
        if self.active:
            self.picks = tuple(item.pick for item in self.scene.items if item.pick is not None and item.pick in picks)

    def pressed(self, button: Control, values: Mapping[str, Any]) -> Press:
        """What a button of the scene would do with these values and the picks."""
        return self.game.press(self.info, self.seat, button, self.picks, values)

    def press(self, button: Control, values: Mapping[str, Any]) -> Sent | Refusal:
        """What a button of the scene would send with these values and the picks, or why it may not."""
        move = self.pressed(button, values).move
        return self._judge(move) or Sent(move)

    @property
    def advised(self) -> bool:
        """Whether one can pick something here that the game has advice on."""
        picks = any(item.pick is not None for item in self.scene.items)
        return picks and type(self.game).advise is not Game.advise

    def advice(self) -> list[tuple[Tag, ...]]:
        """What is worth picking now, the best first."""
        if not self.active or not self.advised or self.seat not in self.info.turn():
            return []
        moves = self.game.advise(self.info, self.seat)
        return [picks for move in moves if (picks := tuple(self.game.picks(self.info, self.seat, move)))]

    def _read(self, touches: tuple[Tag, ...]) -> Sent | None:
        """Let the game read the touches in its own way; until they say something, they are kept."""
        move = self.game.read(self.info, self.seat, touches)
        if move is not None:
            return self._sent(move)
        self._take(touches)
        return None

    def _judge(self, move: Move) -> Refusal | None:
        """Why the room would refuse; where only the room can know, it is asked by sending."""
        try:
            return self.info.judge(self.seat, move)
        except NeedsTable:
            return None

    def _sent(self, move: Move) -> Sent:
        self.forget()
        return Sent(move)
