"""Worker: runs one work for a client; here what all players have in common: their tables."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from communication import messages as m
from communication.client import Client
from communication.model import Answer, Model, takes
from games import GAMES
from games.game import Game
from games.game_info import Move, Refusal
from work.events import Events
from work.language import _, ngettext, spoken
from work.table import CHAT_KEPT, OutOfStep, Table, plays

log = logging.getLogger(__name__)


class Worker(Events, Model):
    """Keeps a `Table` for each room of its client, and tells what happens by the methods that subclasses override."""

    def __init__(self, client: Client, shelf: Mapping[str, Game[Any]] = GAMES) -> None:
        super().__init__(client.runner)
        self.client = client
        self.shelf = shelf
        self.tables: dict[str, Table] = {}
        self.lobby: m.Lobby | None = None
        self.lobby_at = 0.0
        """When `lobby` came, by the clock of the client."""
        self.chat: list[m.Said] = []
        """Lines of the lobby's chat."""
        self.welcome: m.Welcome | None = None
        client.worker = self

    # -- what only a worker hears of, beside `Events` ------------------------------------------------------------------

    def timed(self, table: Table) -> None:
        """The clock of the table has changed hands, or stands."""

    def brought(self, table: Table, results: m.Results) -> None:
        """A part of the results that were asked for."""

    def recorded(self, message: m.Record) -> None:
        """A finished match that was asked for."""

    def left(self, table: Table, text: str) -> None:
        """We are no longer at this table, and why."""

    def turned_away(self, text: str) -> None:
        """The table that we came to plays what this program cannot, so we leave it; why, in a sentence."""

    # -- what players do -----------------------------------------------------------------------------------------------

    def step(self, table: Table, move: Move) -> Refusal | None:
        """Make a step: judged here first, shown at once, then asked of the room."""
        if self.client.link is None:
            return Refusal("away", _("There is no connection to the table right now."))
        refusal = table.judge(move)
        if refusal is None:
            self._ask(table, table.propose(move))
        return refusal

    def reply(self, table: Table, yes: bool, then: Callable[[Answer], None] | None = None) -> None:
        """Agree to the offer that stands, or not; not to agree to one's own is to withdraw it."""
        offer = table.offer
        if offer is None:
            return
        if offer.seat == table.seat and not yes:
            table.about = msgspec.structs.replace(table.about, offer=None)
        self.client.request(m.Reply(room=table.code, offer=offer.number, yes=yes), then)

    def _ask(self, table: Table, step: m.Step) -> None:
        sent = table.pending

        def answered(answer: Answer) -> None:
            if answer is not None and answer[0] == "away":
                return  # it is sent again with the same number when we are back; the room knows if it has it
            if table.pending is sent:
                table.withdraw()
            if answer is not None:
                self.refused(table, Refusal(*answer))

        self.client.request(step, answered)

    # -- filter --------------------------------------------------------------------------------------------------------

    @takes(m.Welcome)
    def take_welcome(self, client: Client, message: m.Welcome) -> Answer:
        """The server's name and games; tables that it no longer keeps for us have closed while we were away."""
        self.welcome = message
        for code in [code for code in self.tables if code not in message.rooms]:
            self.left(self.tables.pop(code), _("This table has closed while you were away."))
        return None

    @takes(m.Lobby)
    def take_lobby(self, client: Client, message: m.Lobby) -> Answer:
        """Who is here, and what is going on."""
        self.lobby, self.lobby_at = message, client.clock()
        self.lobby_changed()
        return None

    @takes(m.Waiting)
    def take_waiting(self, client: Client, message: m.Waiting) -> Answer:
        """How full the wait list is."""
        self.waiting(message)
        return None

    @takes(m.Table)
    def take_table(self, client: Client, message: m.Table) -> Answer:
        """All about a room but its match; the first makes the table, and so does another game in the same room."""
        game = self.shelf.get(message.game)
        if game is None or game.version != message.version:
            have = game.version if game else None
            log.error("table %s plays %s, version %d, not %s", message.room, message.game, message.version, have)
            self.client.request(m.Leave(room=message.room))
            if game is None:
                text = _(
                    "That table plays {game}, version {version}; your program has no such game. "
                    "Please use the same version on both."
                )
            else:
                text = _(
                    "That table plays {game}, version {version}; your program has version {own}. "
                    "Please use the same version on both."
                )
            title = spoken(game.title) if game else message.game
            self.turned_away(text.format(game=title, version=message.version, own=have))
            return None
        table = self.tables.get(message.room)
        if table is None or plays(table.about) != plays(message):
            chat = table.chat if table is not None else []
            table = self.tables[message.room] = Table(message.room, game, message, chat=chat)
        before, paused, table.about = table.offer, table.about.paused, message
        table.about_at = client.clock()
        if before is not None and before.seat == table.seat and table.offer is None and table.about.paused is paused:
            self.declined(table, before)
        self.table_changed(table)
        return None

    @takes(m.Times)
    def take_times(self, client: Client, message: m.Times) -> Answer:
        """What the clock shows from now on."""
        if table := self.tables.get(message.room):
            table.times, table.times_at = message, client.clock()
            self.timed(table)
        return None

    @takes(m.Start)
    def take_start(self, client: Client, message: m.Start) -> Answer:
        """A match from its beginning, or whole."""
        if table := self.tables.get(message.room):
            table.start(message)
            if table.pending is not None:
                n, move = table.pending
                self._ask(table, m.Step(room=table.code, n=n, move=move))
            self.started(table)
        return None

    @takes(m.Stepped, m.Viewed)
    def take_step(self, client: Client, message: m.Stepped | m.Viewed) -> Answer:
        """A step that the room has judged; where it does not fit our copy, ask for the whole match."""
        table = self.tables.get(message.room)
        if table is None:
            return None
        try:
            new = table.stepped(message) if isinstance(message, m.Stepped) else table.viewed(message)
        except OutOfStep:
            log.warning("out of step at table %s, number %d; asking for the whole match", table.code, message.n)
            self.client.request(m.Sync(room=table.code))
            return None
        if new:
            self.stepped(table, message.seat, message.move)
        return None

    @takes(m.Over)
    def take_over(self, client: Client, message: m.Over) -> Answer:
        """The end of a match."""
        if table := self.tables.get(message.room):
            table.over(message)
            self.ended(table)
        return None

    @takes(m.Results)
    def take_results(self, client: Client, message: m.Results) -> Answer:
        """A part of what a work has brought."""
        if table := self.tables.get(message.room):
            self.brought(table, message)
        return None

    @takes(m.Said)
    def take_said(self, client: Client, message: m.Said) -> Answer:
        """A line of chat; after a break some come again."""
        table = self.tables.get(message.room)
        chat = table.chat if table is not None else self.chat
        line = (message.n, message.name, message.text)
        if message.old and any((said.n, said.name, said.text) == line for said in chat):
            return None
        chat.append(message)
        del chat[:-CHAT_KEPT]
        self.said(message)
        return None

    @takes(m.Past)
    def take_past(self, client: Client, message: m.Past) -> Answer:
        """Finished matches."""
        self.past(message)
        return None

    @takes(m.Record)
    def take_record(self, client: Client, message: m.Record) -> Answer:
        """A finished match whole."""
        self.recorded(message)
        return None

    @takes(m.Closed)
    def take_closed(self, client: Client, message: m.Closed) -> Answer:
        """We are no longer in a room."""
        table = self.tables.pop(message.room, None)
        if table is not None:
            self.left(table, message.text)
        return None

    @takes(m.Refused)
    def take_refused(self, client: Client, message: m.Refused) -> Answer:
        """A refusal that answers no request of ours."""
        log.warning("the server refused something: %s (%s)", message.text, message.code)
        return None


def outcome_line(table: Table) -> str:
    """How the match ended, in one line such as "outcome: Anna wins, five in a row"."""
    return f"outcome: {outcome_words(table)}"


def outcome_words(table: Table) -> str:
    """How the match ended, such as "Anna wins, five in a row"."""
    outcome = table.outcome
    if outcome is None:
        return _("none")
    why = spoken(outcome.why)
    if outcome.drawn:
        return _("draw, {why}").format(why=why)
    names = _(" and ").join(table.player(seat) for seat in outcome.winners)
    return ngettext("{names} wins, {why}", "{names} win, {why}", len(outcome.winners)).format(names=names, why=why)
