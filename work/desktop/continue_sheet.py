"""The question how to go on from a step of a replay: on which seat, and against whom."""

from collections.abc import Callable
from functools import partial

from communication import messages as m
from work.desktop.buttons import Button
from work.desktop.choices import Choice
from work.desktop.panels import Label
from work.desktop.sheets import Named, Sheet
from work.language import _, called, ngettext
from work.replay import Replay


class ContinueSheet(Sheet):
    """Opens a table that goes on from step n, by `ask`, with the player on the seat that they choose."""

    def __init__(
        self, replay: Replay, n: int, seat: int, ask: Callable[[m.Request], object], close: Callable[[], object]
    ) -> None:
        self.replay, self.n, self.seat = replay, n, seat
        self._ask, self._close = ask, close
        others = replay.about.seats - 1
        sides = [called(name) or str(k + 1) for k, name in enumerate(replay.names)]
        marks = {k: k + 1 for k in range(len(sides))}
        seats = Choice(list(enumerate(sides)), seat, self._sit, style="pills", marks=marks)
        bots = ngettext("Play on against a bot", "Play on against bots", others)
        words = _("A new table begins where this match was after this step; what was thrown or dealt stays as it was.")
        super().__init__(
            _("Continue from step {number}").format(number=n),
            close,
            Label(words, "text", "text_2", wrap=True),
            Named(_("You sit in the place of"), seats, 220),
            Button(bots, partial(self._open, bots=others), "main", icon="bot"),
            Button(_("Open a table for whoever sits down"), self._open, icon="people"),
            Button(_("Open a private table"), partial(self._open, private=True), icon="lock"),
            wide=480,
        )

    def _sit(self, seat: int) -> None:
        self.seat = seat

    def _open(self, bots: int = 0, private: bool = False) -> None:
        about = self.replay.about
        wish = m.Open(
            game=about.game,
            version=about.version,
            seats=about.seats,
            options=about.options,
            clock=about.clock,
            bots=bots,
            private=private,
            seat=self.seat,
            match=self.replay.number,
            n=self.n,
        )
        self._close()
        self._ask(wish)
