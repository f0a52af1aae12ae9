"""The sheet that begins a game: what it is about, its options as a form, and with whom to play it."""

from collections.abc import Callable
from typing import Any

from communication import messages as m
from communication.away import USUAL
from games.game import Game
from work import away as absent
from work.desktop.big_buttons import BigButton
from work.desktop.choices import Choice
from work.desktop.game_form import GameForm
from work.desktop.lobby_facts import in_words
from work.desktop.lobby_tiles import Grid
from work.desktop.sheets import Named
from work.language import _


class NewTable(GameForm):
    """How to begin a game. `ask` is called with the wish: a Match (whoever comes) or an Open (bots, public, private).

    `queue` is who waits for the game already: then seats and options are as they want them. `alone` says that nobody
    else is here, so that bots are the likeliest company.
    """

    def __init__(
        self,
        game: Game[Any],
        ask: Callable[[m.Match | m.Open], object],
        close: Callable[[], object],
        *,
        queue: m.Queue | None = None,
        company: str = "",
        alone: bool = False,
        away: m.Away = USUAL,
    ) -> None:
        self._ask = ask
        self._company = company
        self.away = (queue.away if queue else None) or away
        rules = absent.CHOICES if self.away in absent.CHOICES else (*absent.CHOICES, self.away)
        ways_out = tuple((rule, absent.words(rule)) for rule in rules)
        away_row = Named(_("When somebody is away"), Choice(ways_out, self.away, self._set_away), 540)
        self.anybody = BigButton("", "", self._match, icon="people")
        self.bots = BigButton(_("Play against bots"), _("begins at once"), self._against_bots, icon="bot")
        self.open = BigButton(_("Open a table"), _("others here see it and sit down"), self._open, icon="house")
        self.private = BigButton(_("Private table"), _("for friends who have its code"), self._private, icon="lock")
        likeliest = self.bots if alone else self.anybody
        likeliest.kind, likeliest.key = "main", "Enter"
        ways = (self.bots, self.anybody) if alone else (self.anybody, self.bots)
        super().__init__(
            game,
            close,
            away_row,
            Grid(*ways, self.open, self.private, least=260, gap=12),
            counts=game.seats,
            seats=queue.seats if queue else game.seats[0],
            options=queue.options if queue else {},
            clock=queue.clock if queue else None,
        )
        self._tell()

    def chose(self) -> None:
        self._company = ""
        self._tell()

    def _set_away(self, away: m.Away) -> None:
        self.away = away
        self.chose()

    def _tell(self) -> None:
        others = self.seats - 1
        if self._company:
            self.anybody.label = _("Play with {name}").format(name=self._company)
            self.anybody.text = _("they wait for this already")
        else:
            self.anybody.label = _("Play with whoever comes")
            self.anybody.text = _("begins when {count} want the same").format(count=in_words(self.seats))
        several = _("{count} of them; begins at once").format(count=in_words(others))
        self.bots.text = _("begins at once") if others == 1 else several

    def _wish(self, wish: m.Match | m.Open) -> None:
        if self.is_right():
            self._ask(wish)

    def _match(self) -> None:
        wish = m.Match(
            game=self.game.name,
            version=self.game.version,
            seats=self.seats,
            options=dict(self.chosen),
            clock=self.clock,
            away=self.away,
        )
        self._wish(wish)

    def _against_bots(self) -> None:
        self._wish(self._table(bots=self.seats - 1))

    def _open(self) -> None:
        self._wish(self._table())

    def _private(self) -> None:
        self._wish(self._table(private=True))

    def _table(self, bots: int = 0, private: bool = False) -> m.Open:
        return m.Open(
            game=self.game.name,
            version=self.game.version,
            seats=self.seats,
            options=dict(self.chosen),
            clock=self.clock,
            away=self.away,
            bots=bots,
            private=private,
        )
