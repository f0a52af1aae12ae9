"""Another game at the same table: which one, and how it is played; then the others are asked."""

from collections.abc import Callable
from typing import Any

from communication import messages as m
from games.game import Game
from work import another
from work.desktop.big_buttons import BigButton
from work.desktop.game_form import GameForm
from work.desktop.lobby_tiles import GamesSheet
from work.language import _, spoken


class OtherGame(GameForm):
    """How to play the other game; `propose` is called with it."""

    def __init__(
        self, game: Game[Any], about: m.Table, propose: Callable[[m.Wanted], object], close: Callable[[], object]
    ) -> None:
        self._propose = propose
        label = _("Propose {game}").format(game=spoken(game.title))
        self.ask = BigButton(label, _("begins when all here agree"), self._ask, icon="dice")
        self.ask.kind, self.ask.key = "main", "Enter"
        people = another.people(about)
        counts = [count for count in game.seats if count >= people]
        seats = min(counts, key=lambda count: abs(count - len(about.people)))
        super().__init__(game, close, self.ask, counts=counts, seats=seats, options={}, clock=about.clock)

    def _ask(self) -> None:
        if self.is_right():
            self._propose(
                m.Wanted(
                    game=self.game.name,
                    version=self.game.version,
                    seats=self.seats,
                    options=dict(self.chosen),
                    clock=self.clock,
                )
            )


def games_sheet(about: m.Table, choose: Callable[[Game[Any]], object], close: Callable[[], object]) -> GamesSheet:
    """The games that those at the table can play together."""
    words = _("The others are asked; then you play it at this table.")
    return GamesSheet(_("Which game?"), words, another.fitting(about), choose, close)
