"""The table in a terminal: what is typed goes in line by line, what happens comes out as text."""

from collections.abc import Callable, Mapping
from typing import Any

from communication import messages as m
from communication.client import Client
from communication.model import Answer
from games import GAMES
from games.game import Game
from games.game_info import Move, Refusal
from games.match import ENDS, UNDO
from work import another, clocks
from work.language import _, spoken, together
from work.table import Table
from work.terminal import talk
from work.terminal.canvas import wide
from work.terminal.commands import COMMANDS
from work.terminal.replay import Lookback
from work.terminal.scene import PLAIN, Look, draw, printable
from work.terminal.steps import QUOTED, Steps, Unclear, spoken_names

WORKS_TOLD_EVERY = 10.0
"""Seconds between two lines on how far a work is."""
LOSS_TOLD_AFTER = 5.0
"""Seconds without a connection after which they are told; and again after twice as many, and so on."""


class TextPlayer(Lookback):
    """A person at a terminal. With `game`, a table of it with bots is opened at once."""

    def __init__(
        self,
        client: Client,
        out: Callable[[str], None],
        look: Look = PLAIN,
        game: str | None = None,
        seats: int | None = None,
        finished: Callable[[], None] = lambda: None,
        shelf: Mapping[str, Game[Any]] = GAMES,
    ) -> None:
        super().__init__(client, out, look, finished, shelf)
        self._begin_with = f"{game} {seats or ''}" if game else ""
        self._been_in = self._queued = self._hold = False
        self._offered: m.Offering | None = None
        self._known: dict[str, m.Table] = {}
        self._taught: set[str] = set()
        self._tell_at = self._lost_at = self._tell_loss_after = 0.0

    @property
    def table(self) -> Table | None:
        """The table that the typed lines are for: the one entered last."""
        return next(reversed(self.tables.values()), None)

    # -- lines in, text out --------------------------------------------------------------------------------------------

    def _held(self) -> bool:
        """Whether the next line has to wait: for the login, for an answer; where wanted, for a turn or an offer."""
        table = self.table
        if self._hold:
            wanted = table is None or table.my_turn or table.asked or table.outcome is not None
            self._hold = self._queued or not wanted
        busy = self._asked or (table is not None and table.pending is not None)
        return not self._been_in or self._hold or bool(busy and self.client.state == "in")

    def _do(self, text: str) -> None:
        word, _space, rest = text.partition(" ")
        if self.looks_back(word.casefold(), rest.strip()):
            return
        command = COMMANDS.get(word.casefold())
        if command is not None:
            getattr(self, command.method)(rest.strip())
        elif not word:
            self.show_table("") if self.table else self.show_lobby("")
        elif self.table is not None:
            self.step_typed(text)
        else:
            self.tell(_('"{word}" is not a command. "help" lists them.').format(word=printable(word)[:QUOTED]))

    # -- commands ------------------------------------------------------------------------------------------------------

    def help(self, rest: str) -> None:
        """List the commands."""
        ways = [(f"{word} {_(one.takes) if one.takes else ''}".rstrip(), _(one.says)) for word, one in COMMANDS.items()]
        width = max(wide(way) for way, says in ways)
        self.tell(*(f"{way}{' ' * (width - wide(way))}  {says}" for way, says in ways))

    def show_lobby(self, rest: str) -> None:
        """Ask for the lobby; it is printed when it comes."""
        self._request(m.Look())

    def show_games(self, rest: str) -> None:
        """List the games."""
        self.tell(*talk.games(self.shelf))

    def show_rules(self, rest: str) -> None:
        """Say how a game is played: the one that is named, or the one of the table."""
        self.tell(*talk.rules(self.shelf, rest, self.table))

    def solo(self, rest: str) -> None:
        """Open a table with bots."""
        self._wish(rest, lambda w: m.Open(**w.fields(), bots=w.seats - 1, private=w.private))

    def quick(self, rest: str) -> None:
        """Go on the wait list."""
        self._wish(rest, lambda w: m.Match(**w.fields()))

    def open(self, rest: str) -> None:
        """Open a table for others."""
        self._wish(rest, lambda w: m.Open(**w.fields(), private=w.private))

    def _wish(self, rest: str, message: Callable[[talk.Wish], m.Request], at: Table | None = None) -> None:
        """Ask for a table of the game that was typed; or, where we are `at` one, that it is played there."""
        if at is None and not self._free():
            return
        try:
            self._request(message(talk.wish(self.shelf, rest, another.people(at.about) if at else 0)))
        except ValueError as error:
            self.tell(spoken(str(error)))

    def join(self, rest: str) -> None:
        """Sit down at a table; also when one watches there already."""
        self._enter(rest, watch=False)

    def watch(self, rest: str) -> None:
        """Look on at a table."""
        self._enter(rest, watch=True)

    def _enter(self, code: str, watch: bool) -> None:
        if not code:
            self.tell(_('Which table? Type its code too; "lobby" lists the open tables.'))
        elif code.upper() in self.tables or self._free():
            self._request(m.Join(room=code.upper(), watch=watch))

    def cancel(self, rest: str) -> None:
        """Leave the wait list."""
        self._request(m.Unmatch())

    def show_table(self, rest: str) -> None:
        """Print the table again."""
        if table := self._here():
            self.tell(*talk.sitting(None, table.about, table.game))
            self._show(table)

    def show_moves(self, rest: str) -> None:
        """List what may be typed as a step."""
        table = self._here()
        if table is None:
            return
        if table.info is None or table.seat is None or table.seat not in table.turn:
            self.tell(together(_("There is nothing to do for you now."), self._turn(table)))
        else:
            self.tell(Steps(table.game, table.info, table.seat).listing())

    def step_typed(self, rest: str) -> None:
        """Make the step that was typed; or say why not."""
        table = self._here()
        if table is None:
            return
        if table.info is None or table.seat is None or table.seat not in table.turn:
            because = table.judge(None) or Refusal("", "")
            says = _('"{step}" cannot be done now.').format(step=printable(rest)[:QUOTED])
            self.tell(together(says, spoken(because.text), self._turn(table)))
            return
        try:
            refusal = self.step(table, Steps(table.game, table.info, table.seat).read(rest))
        except Unclear as unclear:
            self.tell(str(unclear))
        else:
            if refusal is not None:
                self.refused(table, refusal)

    def say(self, rest: str) -> None:
        """Say something at the table, else in the lobby."""
        self._request(m.Say(room=self.table.code if self.table else "", text=rest))

    def resign(self, rest: str) -> None:
        """Give the match up."""
        if table := self._here():
            self._request(m.Resign(room=table.code))

    def offer_undo(self, rest: str) -> None:
        """Ask to take steps back."""
        self._offer("undo")

    def offer_draw(self, rest: str) -> None:
        """Offer a draw."""
        self._offer("draw")

    def offer_pause(self, rest: str) -> None:
        """Ask for a pause, or end it."""
        self._offer("resume" if self.table and self.table.about.paused else "pause")

    def offer_save(self, rest: str) -> None:
        """Ask to save the table for another evening."""
        self._offer("save")

    def offer_game(self, rest: str) -> None:
        """Propose another game."""
        if table := self._here():
            code = table.code
            self._wish(rest, lambda w: m.Offer(room=code, what="game", game=w.wanted()), table)

    def _offer(self, what: str) -> None:
        if table := self._here():
            self._request(m.Offer(room=table.code, what=what))

    def say_yes(self, rest: str) -> None:
        """Agree to what was offered."""
        self._reply(yes=True)

    def say_no(self, rest: str) -> None:
        """Do not agree; or withdraw."""
        self._reply(yes=False)

    def _reply(self, yes: bool) -> None:
        table = self._here()
        if table is not None and table.offer is None:
            self.tell(_("There is no offer to answer."))
        elif table is not None:
            self._asked += 1
            self.reply(table, yes, self._answered)

    def again(self, rest: str) -> None:
        """Ask for another match."""
        if table := self._here():
            self._request(m.Again(room=table.code))

    def give(self, rest: str) -> None:
        """Give the seat to somebody who wants to play."""
        if table := self._here():
            self._request(m.Give(room=table.code, name=rest))

    def leave(self, rest: str) -> None:
        """Leave the table."""
        if table := self._here():
            self._request(m.Leave(room=table.code))

    def wait(self, rest: str) -> None:
        """Hold the next lines until it is our turn, or the match is over."""
        self._hold = True

    def _here(self) -> Table | None:
        if self.table is None:
            self.tell(_('You are not at a table. "solo", "quick", "open" and "join" bring you to one; see "help".'))
        return self.table

    def _free(self) -> bool:
        if self.table is not None:
            self.tell(_('You are at table {code}. Type "leave" first.').format(code=self.table.code))
        return self.table is None

    # -- what happens --------------------------------------------------------------------------------------------------

    def task(self, now: float) -> None:
        """Say now and then for how long the connection has been lost."""
        lost = now - self._lost_at
        if self.client.state == "away" and lost >= self._tell_loss_after:
            self._tell_loss_after *= 2
            self.tell(_("No answer for {time}.").format(time=clocks.length(lost)))

    def take(self, sender: Any, message: m.Message) -> Answer:
        """Hear of something, and go on with the lines that waited for it."""
        answer = None if self._leaving else super().take(sender, message)
        self._go_on()
        return answer

    def connection(self, state: str, text: str) -> None:
        if state == "out":
            self._end(text)
        elif state == "away":
            self._lost_at, self._tell_loss_after = self.client.clock(), LOSS_TOLD_AFTER
            self.tell(together(spoken(text), _("Trying to come back...")))
        elif self._been_in:
            self.tell(_("Back again."))
        else:
            self._been_in = True
            server = self.welcome.server if self.welcome else self.client.url
            says = _('Welcome to {server}, {name}. "help" lists what you can type.')
            self.tell(says.format(server=server, name=self.client.name))
            self.solo(self._begin_with) if self._begin_with else self.show_lobby("")
        self._go_on()

    def lobby_changed(self) -> None:
        if self.lobby is not None:
            self.tell(*talk.lobby(self.shelf, self.lobby))

    def waiting(self, message: m.Waiting) -> None:
        self._queued = message.need > 0
        if message.have < message.need:
            what = talk.title(self.shelf, message.game)
            says = _('Waiting for {game}: {have} of {need} are here. "cancel" stops that.')
            self.tell(says.format(game=what, have=message.have, need=message.need))
        elif not message.need:
            self.tell(_("You are no longer waiting."))

    def table_changed(self, table: Table) -> None:
        lines = list(talk.sitting(self._known.get(table.code), table.about, table.game))
        self._known[table.code] = table.about
        self._queued = False
        offer = table.offer
        if offer is not None and offer != self._offered:
            lines.append(talk.offered(table))
        self._offered = offer
        if lines:
            self.tell(*lines)

    def started(self, table: Table) -> None:
        self._taught.discard(table.code)
        self._show(table)
        self.table_changed(table)  # after a break an offer stands only now that the match is known

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        if table.game.info.open_seats:
            self._tell_progress(table)
            return
        if seat is None and move[0] == UNDO:
            self.tell("", _("The table is again as it was before step {n}.").format(n=move[1]))
        line = table.lines[-1] if table.lines and table.lines[-1].n == table.n else None
        if line is not None:
            self.tell("", talk.told(table.name(line.seat), line.said) if line.seat is not None else line.said)
        if seat is not None or move[0] not in ENDS:
            self._show(table)

    def _tell_progress(self, table: Table) -> None:
        """Say how far a work is, now and then: its steps are many, and results are not for reading."""
        now = self.client.clock()
        if table.info is not None and now >= self._tell_at:
            self._tell_at = now + WORKS_TOLD_EVERY
            self.tell(spoken(table.info.progress()))

    def declined(self, table: Table, offer: m.Offering) -> None:
        self.tell(_("Your offer was not agreed on."))

    def refused(self, table: Table, refusal: Refusal) -> None:
        self.tell(spoken(refusal.text))

    def ended(self, table: Table) -> None:
        self.tell(*talk.ended(table))

    def said(self, message: m.Said) -> None:
        name, here = message.name, bool(message.room)
        self.tell(talk.told(name if here else _("{name} (lobby)").format(name=name), message.text))

    def left(self, table: Table, text: str) -> None:
        self._known.pop(table.code, None)
        self.tell(spoken(text))

    def turned_away(self, text: str) -> None:
        self.tell(text)

    def _show(self, table: Table) -> None:
        """Print the table: the drawing, who plays, and whose turn it is."""
        if table.info is None:
            return
        game, info = table.game, table.info
        scene = table.marked(game.scene(info, table.eyes))
        plates = talk.plates(table, scene, self.client.clock())
        self._out(draw(scene, plates, self._look, spoken_names(game, info, scene, table.turn)))
        if info.open_seats:
            return  # the drawing says it all, and everybody there may do something at any time
        lines = [] if scene.seats else ["   ".join(plates.values())]
        if turn := talk.turn(table, scene.say):
            lines.append(turn)
        if table.seat is not None and table.seat in table.turn and table.code not in self._taught:
            self._taught.add(table.code)
            example = Steps(game, info, table.seat).example()
            type_it = _('Type a step, for example "{example}". "moves" lists all.').format(example=example)
            lines.append(type_it if example else _('"moves" says how.'))
        if lines:
            self.tell(*lines)

    def _turn(self, table: Table) -> str:
        say = table.game.scene(table.info, table.eyes).say if table.info is not None else ""
        return talk.turn(table, say)
