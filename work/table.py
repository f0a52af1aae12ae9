"""Table: the client's side of a room: who sits there, a copy of the game_info kept in step, and what was said."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from communication import messages as m
from games.game import Game
from games.game_info import GameInfo, Move, NeedsTable, Outcome, Refusal, digest, load
from games.match import BROKEN, ENDS, FORFEIT, UNDO, Match, as_move, predicted
from games.scene import Scene, marked
from games.steps import Step
from work.language import LANGUAGES, N_, _, current, spoken

log = logging.getLogger(__name__)

CHAT_KEPT = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A step in words: its number, its seat (None: the table itself); how many it stands for where they are hidden."""

    n: int
    seat: int | None
    words: str
    notation: Mapping[str, str] = field(default_factory=dict)
    """How the game writes the step in languages where it has a notation of its own, by their codes."""
    count: int = 0

    @property
    def said(self) -> str:
        """The step in the player's language."""
        return self.notation.get(current()) or spoken(self.words)


def plays(about: m.Table) -> tuple[str, m.Options, int]:
    """What is played at a table; another game there makes another `Table`."""
    return about.game, about.options, len(about.people)


def written(game: Game[Any], before: GameInfo, n: int, seat: int, move: Move) -> Line:
    """A step as its game writes it; `before` is the state it was made in."""
    try:
        words = game.words(before, seat, move)
        all_ways = {code: game.words_in(code, before, seat, move) for code in LANGUAGES}
        return Line(n, seat, words, {code: notation for code, notation in all_ways.items() if notation != words})
    except Exception:
        log.exception("no words for step %r of %s", move, game.name)
        return Line(n, seat, str(move))


def in_short(lines: Iterable[Line]) -> list[Line]:
    """The lines as a list shows them: hidden steps of a seat that nothing else of that seat parts become one."""
    short: list[Line] = []
    for line in lines:
        k = next((k for k in reversed(range(len(short))) if short[k].seat == line.seat), None)
        if line.count and k is not None and short[k].count:
            count = short.pop(k).count + line.count
            line = Line(line.n, line.seat, _("made {count} hidden steps").format(count=count), count=count)
        short.append(line)
    return short


class OutOfStep(Exception):
    """What the room sent does not fit the copy; the whole match must be asked for."""


@dataclass
class Table:
    """A room as one of its members knows it.

    `info` is what the room has confirmed, `shown` the same or, while an own step is on its way, a prediction. Both are
    None until the match begins. `seat` is one's own; None for watchers.
    """

    code: str
    game: Game[Any]
    about: m.Table
    info: GameInfo | None = None
    shown: GameInfo | None = None
    eyes: int | None = None
    """The seat that `info` is seen from: for the next match seats move on before it begins."""
    n: int = -1
    round: int = 0
    turn: Collection[int] = ()
    outcome: Outcome | None = None
    last: Move = None
    """What the last step was, as far as one may know."""
    lines: list[Line] = field(default_factory=list)
    chat: list[m.Said] = field(default_factory=list)
    pending: tuple[int, Move] | None = None
    match: Match | None = None
    times: m.Times | None = None
    times_at: float = 0.0
    """When `times` came, by the clock of the client."""
    about_at: float = 0.0
    """When `about` came, by the same clock."""
    played_by: tuple[str, ...] = ()
    """The names by seat when the match ended; empty while it goes on."""
    number: int | None = None
    """What the host knows the match by that has ended last."""

    @property
    def seat(self) -> int | None:
        """One's own seat; None for watchers."""
        return self.about.seat

    @property
    def my_turn(self) -> bool:
        """Whether a step of one's own is wanted now, and none is on its way."""
        waits = self.pending is not None or self.about.paused
        return self.seat is not None and self.seat in self.turn and not waits

    @property
    def offer(self) -> m.Offering | None:
        """The offer that stands: the next step has ended every one before."""
        made = self.about.offer
        return made if made is not None and made.at == self.n else None

    @property
    def asked(self) -> bool:
        """Whether an offer waits for one's own answer."""
        offer = self.offer
        return offer is not None and self.seat is not None and self.seat not in offer.agreed

    def left(self, seat: int, now: float) -> float | None:
        """Seconds that a seat has left now; None where there is no clock."""
        if self.times is None or self.about.clock is None:
            return None
        gone = now - self.times_at if seat in self.times.runs else 0.0
        return max(0.0, self.times.left[seat] - gone)

    def absence(self, seat: int, now: float) -> m.Absence | None:
        """How it stands now with a player who is away; None for one who is here."""
        one = next((one for one in self.about.absent if one.seat == seat), None)
        if one is None:
            return None
        gone = now - self.about_at
        return msgspec.structs.replace(one, gone=one.gone + gone, left=max(0.0, one.left - gone * one.counts))

    def name(self, seat: int) -> str:
        """Who sits there, in words."""
        person = self.about.people[seat]
        return person.name if person is not None else _("nobody")

    def player(self, seat: int) -> str:
        """Who played there to the end of the match; while it goes on, who sits there."""
        return self.played_by[seat] if self.played_by else self.name(seat)

    def marked(self, scene: Scene) -> Scene:
        """A scene of this table with the last step marked, which may be one's own that is on its way."""
        if self.pending is not None and self.shown is not self.info:
            return marked(scene, self.pending[1])
        return marked(scene, self.last)

    def steps_from(self, first: int) -> str:
        """The steps from this number on, as people name them: "step 21, F9", "steps 20 and 21, F9 and G8"."""
        lines = [line for line in self.lines if line.n >= first and line.seat is not None]
        if len(lines) == 1:
            return _("step {n}, {words}").format(n=lines[0].n, words=lines[0].said)
        if len(lines) == 2:
            one, other = lines
            both = _("steps {n} and {other}, {words} and {others}")
            return both.format(n=one.n, other=other.n, words=one.said, others=other.said)
        return _("steps {first} to {last}").format(first=first, last=self.n)

    # -- one's own steps -----------------------------------------------------------------------------------------------

    def judge(self, move: Move) -> Refusal | None:
        """What the rules say to an own step, as far as can be known here; the room has the last word."""
        if self.seat is None:
            return Refusal("not_seated", _("You are watching; only the players make steps."))
        if self.shown is None or self.about.state == "waiting":
            return Refusal("not_started", _("The match has not begun yet."))
        if self.outcome is not None:
            return Refusal("match_over", _("This match is over."))
        if self.about.paused:
            return Refusal("paused", _("The match is paused."))
        if self.pending is not None:
            return Refusal("one_moment", _("Your last step is still on its way."))
        try:
            return self.shown.judge(self.seat, move)
        except NeedsTable:
            return None
        except Exception:
            log.exception("judge of %s failed on %r", self.game.name, move)
            return BROKEN

    def propose(self, move: Move) -> m.Step:
        """Show an own step at once, as far as it can be predicted, and give the message that asks the room for it."""
        self.pending = (self.n + 1, move)
        self._predict()
        return m.Step(room=self.code, n=self.n + 1, move=move)

    def withdraw(self) -> None:
        """The room refused the step on its way: show what is."""
        self.pending = None
        self.shown = self.info

    # -- what the room says --------------------------------------------------------------------------------------------

    def start(self, message: m.Start) -> None:
        """A match begins or is given whole; then an own step that was on its way still is, unless it is there."""
        if message.round != self.round:
            self.pending = None
        self.round, self.n = message.round, message.n
        self.lines, self.outcome, self.match, self.played_by, self.last = [], None, None, (), None
        if message.view is not None:
            info = load(self.game.info, message.view)
            self._see(info, info.turn())
            return
        match = Match(self.game, len(self.about.people), self.about.options)
        for played in message.steps:
            step = Step(played.n, played.seat, as_move(played.move), played.chance)
            self._note(match.info, step.n, step.seat, step.move)
            match.apply(step)
            self.last = step.move
            if self.pending is not None and step.n >= self.pending[0] and step.seat in (self.seat, None):
                self.pending = None
        self.match = match
        self._see(match.info, match.turn)

    def stepped(self, message: m.Stepped) -> bool:
        """Take in a step of an open game; whether it was new. OutOfStep where it does not fit the copy."""
        if message.n <= self.n:
            return False
        if self.match is None or message.n != self.n + 1:
            raise OutOfStep
        move = as_move(message.move)
        self._note(self.match.info, message.n, message.seat, move)
        try:
            step = Step(message.n, message.seat, move, message.chance)
            self.match.apply(step)
        except ValueError as error:
            raise OutOfStep from error
        if message.digest is not None and message.digest != digest(self.match.info):
            raise OutOfStep
        self._took(step)
        self._see(self.match.info, self.match.turn)
        return True

    def viewed(self, message: m.Viewed) -> bool:
        """Take in what a step of a secret game left to see; whether it was new."""
        if message.n <= self.n or self.info is None:
            return False
        move = as_move(message.move)
        if not message.hidden:
            self._note(self.info, message.n, message.seat, move)
        elif message.seat is not None:
            self.lines.append(Line(message.n, message.seat, N_("made a hidden step"), count=1))
        self._took(Step(message.n, message.seat, move))
        info = load(self.game.info, message.view)
        self._see(info, () if message.seat is None and move[0] in ENDS else info.turn())
        return True

    def over(self, message: m.Over) -> None:
        """The match has ended."""
        self.played_by = tuple(map(self.name, range(len(self.about.people))))
        self.outcome = Outcome(message.ranks, message.why, message.scores)
        self.number = message.match
        self.turn, self.pending, self.shown = (), None, self.info

    def _took(self, step: Step) -> None:
        self.n, self.last = step.n, step.move
        if step.seat in (self.seat, None):
            self.pending = None

    def _see(self, info: GameInfo, turn: Collection[int]) -> None:
        self.info, self.eyes, self.turn = info, self.seat, turn
        self._predict()

    def _predict(self) -> None:
        """Show the state after the own step on its way, as far as it can be known here."""
        self.shown = self.info
        if self.pending is None or self.info is None or self.seat is None:
            return
        move = self.pending[1]
        try:
            if self.info.judge(self.seat, move) is None:
                self.shown = predicted(self.info, self.seat, move)
        except NeedsTable:
            pass
        except Exception:
            log.exception("the step %r of %s could not be shown in advance", move, self.game.name)

    def _note(self, before: GameInfo, n: int, seat: int | None, move: Move) -> None:
        if seat is not None:
            self.lines.append(written(self.game, before, n, seat, move))
        elif move[0] == FORFEIT:
            self.lines.append(Line(n, None, move[2]))
        elif move[0] == UNDO:
            self.lines = [line for line in self.lines if line.n < move[1]]
