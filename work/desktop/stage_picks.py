"""Things that are picked on a table, such as cards: by click, by sweeping over them, by keys, or by a hint."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from games.game import Game, Order
from games.game_info import Move, Refusal
from games.scene import Control, Scene, Tag, resorted
from games.touch import Press
from work.desktop.hand import Hand, Sent
from work.desktop.stage_layout import Spot
from work.desktop.stage_table import Table


class Picking(Table):
    """A table with a hand at it: what is picked there, and what the controls make of it.

    `on_move` hears of a move that is to be sent, `on_picks` when something else is picked. `order` is which of the
    game's ways to sort them is taken.
    """

    def __init__(self, on_move: Callable[[Move], None]) -> None:
        super().__init__()
        self.on_move = on_move
        self.on_picks: Callable[[], object] = lambda: None
        self.hand: Hand | None = None
        self.order = 0
        self.sweeping: Callable[[set[Tag], Tag], None] | None = None
        """What happens to things that the pointer comes over while the button is down: all are picked, or put back."""

    # -- what controls need ------------------------------------------------------------------------------------------

    @property
    def picks(self) -> tuple[Tag, ...]:
        """What is picked now, in the order of the scene."""
        return self.hand.picks if self.hand else ()

    def pressed(self, button: Control, values: Mapping[str, Any]) -> Press | None:
        """What a button of the scene would do with these values of the other controls."""
        return self.hand.pressed(button, values) if self.hand else None

    def refusal(self, button: Control, values: Mapping[str, Any]) -> Refusal | None:
        """Why a button of the scene may not be pressed with these values of the other controls, or None."""
        told = self.hand.press(button, values) if self.hand else None
        return told if isinstance(told, Refusal) else None

    def press(self, button: Control, values: Mapping[str, Any]) -> Refusal | None:
        """Press a button of the scene: the move goes to `on_move`, or the reason why not is returned."""
        told = self.hand.press(button, values) if self.hand else None
        if self.hand and isinstance(told, Sent):
            if "picks" in button.takes:
                self.hand.take(())  # they go with the step; one that is equal may go in the place of another
            self.on_move(told.move)
        return told if isinstance(told, Refusal) else None

    @property
    def advised(self) -> bool:
        """Whether the game has advice on what to pick here."""
        return self.hand is not None and self.hand.advised

    # -- picking -----------------------------------------------------------------------------------------------------

    def pick(self, tag: Tag) -> None:
        """Pick a thing, or put it back."""
        self.pick_all(set(self.picks) ^ {tag})

    def pick_all(self, picks: Collection[Tag]) -> None:
        """Pick these things and no others."""
        if self.hand is None:
            return
        self.hand.take(picks)
        self.put(self.hand.scene, self.hand.picks)
        self.on_picks()

    def begin_sweep(self, spot: Spot) -> None:
        """The button goes down on a thing: what happens to it happens to all that the pointer comes over."""
        self.sweeping = set.discard if spot.tag in self.picks else set.add
        self.sweep(spot)

    def sweep(self, spot: Spot | None) -> None:
        """The pointer has come here with the button down."""
        picks = set(self.picks)
        if self.sweeping and spot and spot.pick:
            self.sweeping(picks, spot.tag)
            if picks != set(self.picks):
                self.pick_all(picks)

    def end_sweep(self) -> None:
        """The button has come up."""
        self.sweeping = None

    def give_hint(self) -> bool:
        """Pick what the game advises, each time the next; False where it knows nothing."""
        advice = self.hand.advice() if self.hand else []
        if not advice:
            return False
        at = next((k for k, picks in enumerate(advice) if set(picks) == set(self.picks)), -1)
        self.pick_all(advice[(at + 1) % len(advice)])
        return True

    @property
    def next_order(self) -> Order | None:
        """The other way to sort what can be picked, if there is one."""
        orders = self.hand.game.orders if self.hand else ()
        return orders[(self.order + 1) % len(orders)] if len(orders) > 1 else None

    def sorted(self, scene: Scene, game: Game[Any]) -> Scene:
        """The scene with what can be picked in the order that was asked for."""
        if not game.orders:
            return scene
        picks = [item.pick for item in scene.items if item.pick is not None]
        return resorted(scene, game.orders[self.order % len(game.orders)].sort(picks))
