"""Bot: a player made of code for any game; it does what the game advises, else a random legal step."""

import random
from collections.abc import Callable

from communication import messages as m
from communication.client import Client
from communication.model import Answer
from games.game_info import Move, Refusal
from work.table import Table
from work.worker import Worker

AGREES = ("undo", "pause", "save", "game")
"""Offers that a bot agrees to; it plays every match to its end."""
AGREES_FOR_OTHERS = ("pause",)
"""Offers that a bot agrees to where it plays for somebody who is away."""
PATIENCE = 1.0
"""Seconds after which a bot asks again for a seat at a host that cannot keep anything just now."""
REFUSALS = 10
"""Steps that a bot sees refused, one after the other, before it gives the match up."""


class Bot(Worker):
    """Plays wherever it sits, `think` seconds after it is its turn; `on_over` hears of each finished match.

    One with `called_to` is a bot of the house: it takes a seat at the table of that code, wants every rematch there,
    and goes when no people are left; `gone` says that it has.
    """

    def __init__(
        self,
        client: Client,
        think: float = 0.0,
        called_to: str = "",
        on_over: Callable[[Table], None] = lambda table: None,
        draws: random.Random | None = None,
    ) -> None:
        super().__init__(client)
        self.think = think
        self.called_to = called_to
        self.gone = False
        self._on_over = on_over
        self._draws = draws or random.Random()
        self._due: dict[str, float] = {}
        self._refusals = 0
        self._paused: set[str] = set()
        self._held: set[str] = set()
        """Tables that wait until their host can keep what happens there."""
        self._join_at: float | None = None

    def choose(self, table: Table) -> Move:
        """What the game advises; where it has no opinion, one of the legal moves, drawn."""
        if table.info is not None and table.seat is not None and (advised := table.game.advise(table.info, table.seat)):
            return advised[0]
        moves = table.info.moves(table.seat) if table.info is not None and table.seat is not None else None
        if moves is None:
            raise LookupError(f"the moves of {table.game.title} cannot be listed")
        return self._draws.choice(list(moves))

    def task(self, now: float) -> None:
        """Make the steps that have been thought about long enough, and sit down where that had to wait."""
        if self._join_at is not None and now >= self._join_at:
            self._join_at = None
            self.client.request(m.Join(room=self.called_to), self._joined)
        for code, due in list(self._due.items()):
            if now >= due:
                del self._due[code]
                if (table := self.tables.get(code)) and table.my_turn:
                    self.step(table, self.choose(table))

    def connection(self, state: str, text: str) -> None:
        if self.called_to and state == "in" and not self.tables:
            self.client.request(m.Join(room=self.called_to), self._joined)
        elif self.called_to and state == "out":
            self.gone = True

    def started(self, table: Table) -> None:
        self._answer_offer(table)  # after a break it stands only now that the match is known
        self._consider(table)

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        self._refusals = 0
        self._consider(table)

    def refused(self, table: Table, refusal: Refusal) -> None:
        if refusal.code == "not_kept":
            self._held.add(table.code)
            return
        self._refusals += 1
        if self._refusals < REFUSALS:
            self._consider(table)
        else:
            self.client.request(m.Resign(room=table.code))

    def ended(self, table: Table) -> None:
        self._on_over(table)
        if self.called_to and table.seat is not None:
            self.client.request(m.Again(room=table.code))

    def table_changed(self, table: Table) -> None:
        if table.code in self._held and not table.about.trouble:
            self._held.discard(table.code)
            self._consider(table)
        people = [person for person in table.about.people if person is not None and not person.bot]
        if self.called_to and not people and not table.about.watchers:
            self.client.request(m.Leave(room=table.code))
            return
        self._answer_offer(table)
        if table.about.paused:
            self._paused.add(table.code)
        elif table.code in self._paused:
            self._paused.discard(table.code)
            self._consider(table)

    def _answer_offer(self, table: Table) -> None:
        offer = table.offer
        if offer is not None and table.asked:
            for_other = any(one.seat == table.seat for one in table.about.absent)
            self.reply(table, offer.what in (AGREES_FOR_OTHERS if for_other else AGREES), lambda answer: None)

    def left(self, table: Table, text: str) -> None:
        if self.called_to:
            self._go()

    def _joined(self, answer: Answer) -> None:
        if answer is not None and answer[0] == "not_kept":
            self._join_at = self.client.clock() + PATIENCE
        elif answer is not None and answer[0] != "away":  # the seat was taken meanwhile, or the table has closed
            self._go()

    def _go(self) -> None:
        self.client.disconnect(for_good=True)
        self.gone = True

    def _consider(self, table: Table) -> None:
        if not table.my_turn:
            return
        if self.think:
            self._due[table.code] = self.client.clock() + self.think
        else:
            self.step(table, self.choose(table))
