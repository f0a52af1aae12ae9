"""The table in a terminal: what is typed goes in line by line, what happens comes out as text."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from communication import messages as m
from communication.client import Client
from communication.model import Answer
from games import GAMES
from games.game import Game
from games.game_info import Move, Refusal
from games.match import FORFEIT
from work import text_talk as talk
from work.table import Table
from work.text_scene import PLAIN, Look, draw, printable
from work.text_steps import QUOTED, Steps, Unclear, spoken_names
from work.worker import Worker, outcome_line

LONGEST = 1000
"""Characters of a typed line that are read; the longest line of chat is shorter."""


@dataclass(frozen=True, slots=True)
class Command:
    """A word that can be typed: the method for it, what comes behind it, and what it does in words."""

    method: str
    takes: str
    says: str


COMMANDS = {
    "lobby": Command("show_lobby", "", "who is here, and which tables are open"),
    "games": Command("show_games", "", "the games and their options"),
    "solo": Command("solo", "GAME [SEATS] [OPTION=VALUE]", "play at once, with bots on the other seats"),
    "quick": Command("quick", "GAME [SEATS] [OPTION=VALUE]", "play with the next who want the same"),
    "cancel": Command("cancel", "", "wait no longer"),
    "open": Command("open", "GAME [SEATS] [OPTION=VALUE] [private]", "open a table for others to join"),
    "join": Command("join", "CODE", "sit down at a table"),
    "watch": Command("watch", "CODE", "look on at a table"),
    "table": Command("show_table", "", "show the table again (so does an empty line)"),
    "moves": Command("show_moves", "", "list the steps that you can make"),
    "step": Command("step_typed", "STEP", "make a step; the word itself can be left out"),
    "say": Command("say", "WORDS", "say something to everybody at the table, or in the lobby"),
    "resign": Command("resign", "", "give the match up"),
    "again": Command("again", "", "ask for another match"),
    "leave": Command("leave", "", "leave the table"),
    "wait": Command("wait", "", "hold the lines after this one until it is your turn"),
    "help": Command("help", "", "this list"),
    "quit": Command("quit", "", "leave everything and end the program"),
}


class TextPlayer(Worker):
    """A person at a terminal.

    `line` takes what was typed, as an act of the client's runner; `out` gets what is to be printed, in blocks of lines
    without the last line feed. Lines are done one after the other: while one is on its way to the server the next ones
    wait, so that a file of lines can be piped in. `done` and `status` tell when the program should end, and how;
    `finished` is called then. With `game`, a table of it with bots is opened at once.
    """

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
        super().__init__(client, shelf)
        self.done = False
        self.status = 0
        self._out = out
        self._look = look
        self._begin_with = f"{game} {seats or ''}" if game else ""
        self._finished = finished
        self._lines: deque[str] = deque()
        self._been_in = self._doing = self._queued = self._hold = self._leaving = False
        self._asked = 0
        self._known: dict[str, m.Table] = {}
        self._taught: set[str] = set()

    @property
    def table(self) -> Table | None:
        """The table that the typed lines are for: the one entered last."""
        return next(reversed(self.tables.values()), None)

    # -- lines in, text out --------------------------------------------------------------------------------------------

    def line(self, text: str) -> None:
        """Take a typed line; it is done now, or as soon as the lines before it are."""
        self._lines.append(text[:LONGEST].strip())
        self._go_on()

    def tell(self, *lines: str) -> None:
        """Print sentences."""
        self._out(self._look.fit("\n".join(map(printable, lines))))

    def quit(self, rest: str = "") -> None:
        """Leave everything, and be done when that has reached the server; may also be called out of turn."""
        if not self._leaving:
            self._leaving = True
            self.tell("Goodbye.")
            self.client.disconnect(for_good=True)

    def _go_on(self) -> None:
        if self._doing:
            return
        self._doing = True
        try:
            while self._lines and not self._leaving and not self._held():
                self._do(self._lines.popleft())
        finally:
            self._doing = False

    def _held(self) -> bool:
        """Whether the next line has to wait: for the login, for an answer, or for one's turn where that was wanted."""
        table = self.table
        if self._hold:
            self._hold = self._queued or (table is not None and not table.my_turn and table.outcome is None)
        busy = self._asked or (table is not None and table.pending is not None)
        return not self._been_in or self._hold or bool(busy and self.client.state == "in")

    def _do(self, text: str) -> None:
        word, _, rest = text.partition(" ")
        command = COMMANDS.get(word.casefold())
        if command is not None:
            getattr(self, command.method)(rest.strip())
        elif not word:
            self.show_table("") if self.table else self.show_lobby("")
        elif self.table is not None:
            self.step_typed(text)
        else:
            self.tell(f'"{printable(word)[:QUOTED]}" is not a command. "help" lists them.')

    def _request(self, message: m.Request) -> None:
        """Send a request; say so when it is refused, and go on with the next line after the answer."""

        def answered(answer: Answer) -> None:
            self._asked -= 1
            if answer is not None:
                self.tell(answer[1])
            self._go_on()

        self._asked += 1
        self.client.request(message, answered)

    def _end(self, text: str) -> None:
        if not self.done:
            self.done, self.status = True, 0 if self._leaving else 1
            self._leaving = True
            if text:
                self.tell(text)
            self._finished()

    # -- commands ------------------------------------------------------------------------------------------------------

    def help(self, rest: str) -> None:
        """List the commands."""
        ways = [(f"{word} {command.takes}".rstrip(), command.says) for word, command in COMMANDS.items()]
        width = max(len(way) for way, _ in ways)
        self.tell(*(f"{way:{width}}  {says}" for way, says in ways))

    def show_lobby(self, rest: str) -> None:
        """Ask for the lobby; it is printed when it comes."""
        self._request(m.Look())

    def show_games(self, rest: str) -> None:
        """List the games."""
        self.tell(*talk.games(self.shelf))

    def solo(self, rest: str) -> None:
        """Open a table with bots."""
        self._wish(rest, lambda w: m.Open(**_named(w), bots=w.seats - 1, private=w.private))

    def quick(self, rest: str) -> None:
        """Go on the wait list."""
        self._wish(rest, lambda w: m.Match(**_named(w)))

    def open(self, rest: str) -> None:
        """Open a table for others."""
        self._wish(rest, lambda w: m.Open(**_named(w), private=w.private))

    def _wish(self, rest: str, message: Callable[[talk.Wish], m.Request]) -> None:
        if self._free():
            try:
                wish = talk.wish(self.shelf, rest)
            except ValueError as error:
                self.tell(str(error))
            else:
                self._request(message(wish))

    def join(self, rest: str) -> None:
        """Sit down at a table; also when one watches there already."""
        self._enter(rest, watch=False)

    def watch(self, rest: str) -> None:
        """Look on at a table."""
        self._enter(rest, watch=True)

    def _enter(self, code: str, watch: bool) -> None:
        if not code:
            self.tell('Which table? Type its code too; "lobby" lists the open tables.')
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
            self.tell(f"There is nothing to do for you now. {self._turn(table)}".rstrip())
        else:
            self.tell(Steps(table.game, table.info, table.seat).listing())

    def step_typed(self, rest: str) -> None:
        """Make the step that was typed; or say why not."""
        table = self._here()
        if table is None:
            return
        if table.info is None or table.seat is None or table.seat not in table.turn:
            because = table.judge(None) or Refusal("", "")
            self.tell(f'"{printable(rest)[:QUOTED]}" cannot be done now. {because.text} {self._turn(table)}'.rstrip())
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

    def again(self, rest: str) -> None:
        """Ask for another match."""
        if table := self._here():
            self._request(m.Again(room=table.code))

    def leave(self, rest: str) -> None:
        """Leave the table."""
        if table := self._here():
            self._request(m.Leave(room=table.code))

    def wait(self, rest: str) -> None:
        """Hold the next lines until it is our turn, or the match is over."""
        self._hold = True

    def _here(self) -> Table | None:
        if self.table is None:
            self.tell('You are not at a table. "solo", "quick", "open" and "join" bring you to one; "help" says how.')
        return self.table

    def _free(self) -> bool:
        if self.table is not None:
            self.tell(f'You are at table {self.table.code}. Type "leave" first.')
        return self.table is None

    # -- what happens --------------------------------------------------------------------------------------------------

    def take(self, sender: Any, message: m.Message) -> Answer:
        """Hear of something, and go on with the lines that waited for it."""
        answer = None if self._leaving else super().take(sender, message)
        self._go_on()
        return answer

    def connection(self, state: str, text: str) -> None:
        if state == "out":
            self._end(text)
        elif state == "away":
            self.tell(f"{text} Trying to come back...")
        elif self._been_in:
            self.tell("Back again.")
        else:
            self._been_in = True
            server = self.welcome.server if self.welcome else self.client.url
            self.tell(f'Welcome to {server}, {self.client.name}. "help" lists what you can type.')
            if self._begin_with:
                self.solo(self._begin_with)
            else:
                self.show_lobby("")
        self._go_on()

    def lobby_changed(self) -> None:
        if self.lobby is not None:
            self.tell(*talk.lobby(self.shelf, self.lobby))

    def waiting(self, message: m.Waiting) -> None:
        self._queued = message.need > 0
        if message.have < message.need:
            what = talk.title(self.shelf, message.game)
            self.tell(f'Waiting for {what}: {message.have} of {message.need} are here. "cancel" stops that.')
        elif not message.need:
            self.tell("You are no longer waiting.")

    def table_changed(self, table: Table) -> None:
        lines = list(talk.sitting(self._known.get(table.code), table.about, table.game))
        self._known[table.code] = table.about
        self._queued = False
        if lines:
            self.tell(*lines)

    def started(self, table: Table) -> None:
        self._taught.discard(table.code)
        self._show(table)

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        line = table.lines[-1] if table.lines and table.lines[-1].n == table.n else None
        if line is not None:
            self.tell("", f"{table.name(line.seat)}: {line.words}" if line.seat is not None else line.words)
        if seat is not None or not move or move[0] != FORFEIT:
            self._show(table)

    def refused(self, table: Table, refusal: Refusal) -> None:
        self.tell(refusal.text)

    def ended(self, table: Table) -> None:
        more = ['"again" asks for another match, "leave" goes back to the lobby.'] if table.seat is not None else []
        self.tell(f"The match is over: {outcome_line(table).removeprefix('outcome: ')}.", *more)

    def said(self, message: m.Said) -> None:
        self.tell(f"{message.name}: {message.text}" if message.room else f"{message.name} (lobby): {message.text}")

    def left(self, table: Table, text: str) -> None:
        self._known.pop(table.code, None)
        self.tell(text)

    def turned_away(self, text: str) -> None:
        self.tell(text)

    def _show(self, table: Table) -> None:
        """Print the table: the drawing, who plays, and whose turn it is."""
        if table.info is None:
            return
        game, info = table.game, table.info
        scene = game.scene(info, table.seat)
        plates = {seat: talk.plate(table, seat) for seat in range(len(table.about.people))}
        self._out(draw(scene, plates, self._look, spoken_names(game, info, scene, table.turn)))
        lines = [] if scene.seats else ["   ".join(plates.values())]
        if turn := talk.turn(table, scene.say):
            lines.append(turn)
        if table.seat is not None and table.seat in table.turn and table.code not in self._taught:
            self._taught.add(table.code)
            example = Steps(game, info, table.seat).example()
            lines.append(
                f'Type a step, for example "{example}". "moves" lists all.' if example else '"moves" says how.'
            )
        if lines:
            self.tell(*lines)

    def _turn(self, table: Table) -> str:
        say = table.game.scene(table.info, table.seat).say if table.info is not None else ""
        return talk.turn(table, say)


def _named(wish: talk.Wish) -> dict[str, Any]:
    return {"game": wish.game.name, "version": wish.game.version, "seats": wish.seats, "options": wish.options}
