"""Players who write down all that a server told them, and how long it took them to come back after a break."""

import random
import secrets
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.proxy import Cable
from communication import messages as m
from communication.client import Client
from communication.model import Answer
from communication.runner import Runner
from games import GAMES
from games.game_info import Move, Outcome, Refusal
from games.match import as_move
from work.bots.bot import Bot
from work.table import Table

CHATTY = 0.03
"""How likely a line of chat is after a step of one's own."""
AGAIN = 0.5
"""Seconds until a player asks for another match, or again for what a break may have swallowed."""

OFFERS, NEW_GAME = 0.12, 0.15
"""How likely an offer is after a step of one's own, and another game after the end of a match."""
YES = 0.7
"""How likely a player agrees to what a bot would agree to."""
THOUGHT = (0.3, 1.5)
"""Seconds that an answer is thought about, and that a pause lasts: long enough for a kill to come between."""
NOTICED = ("kill", "reset", "closed", "gone")
"""What ends a connection so that the server notices at once: then no time may run for who is away."""
SLACK = 4.0
"""Seconds that a clock may have run all the same: messages take their time, most of all on a busy machine."""

Round = tuple[str, int]
"""A match as clients know it: the code of its room, and its number there from 1."""
Told = tuple[int | None, Move]
"""The seat and the content of a step, None where that was not told."""


@dataclass
class Asked:
    """A step that a player wanted: with which number, and whether the room refused it."""

    n: int
    move: Move
    refused: str = ""


@dataclass
class Shown:
    """What a player's own clock showed when it was heard of last."""

    round: int
    seat: int
    left: float
    runs: bool
    at: float


@dataclass
class Diary:
    """What one person was told and has asked for, over all connections and programs; written by acts of the runner."""

    name: str
    key: str = field(default_factory=lambda: secrets.token_hex(16))
    told: dict[Round, dict[int, list[Told]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    """By match and number: what the step was said to be; more than one thing only where a server is wrong."""
    asked: dict[Round, list[Asked]] = field(default_factory=lambda: defaultdict(list))
    outcomes: dict[Round, Outcome] = field(default_factory=dict)
    chat: dict[int, tuple[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    """What no server may do, seen at once."""
    returns: list[tuple[str, float]] = field(default_factory=list)
    """What cut the connection, and seconds from there, or from when the server listened, to being logged in again."""
    cut: tuple[str, float] = ("", 0.0)
    gone: bool = False
    clocks: dict[str, Shown] = field(default_factory=dict)
    """By room."""
    breaks: dict[str, tuple[str, float, m.Offering | None]] = field(default_factory=dict)
    """By room, since the connection was lost: by what, when, and the offer that stood there."""

    def hears(self, match: Round, n: int, seat: int | None, move: Move) -> None:
        """Write a step down; `move` None is one whose content was not told."""
        told = self.told[match][n]
        if (seat, move) not in told:
            told.append((seat, move))

    def comes_back(self, listening: float) -> None:
        """Note how long it took, where it was away."""
        if self.gone and self.cut[0]:
            self.returns.append((self.cut[0], time.monotonic() - max(self.cut[1], listening)))
            self.cut = ("", 0.0)
        self.gone = False


@dataclass
class Watch:
    """What all players share: when the server began to listen, and each room's first step after that."""

    listening: float = 0.0
    next_steps: dict[str, float] = field(default_factory=dict)
    playing: bool = True
    answered: set[tuple[str, int]] = field(default_factory=set)
    """Offers, by room and number, to which somebody has sent an answer: these may be gone after a break."""
    offered: Counter[str] = field(default_factory=Counter)
    """What was offered, and how often."""
    names: tuple[str, ...] = ()
    """The games that may be proposed."""


class Player(Bot):
    """A program of somebody, on a cable; several with the same diary are the same person on different machines."""

    def __init__(self, runner: Runner, diary: Diary, cable: Cable, watch: Watch, draws: random.Random) -> None:
        client = Client(runner, diary.name, diary.key)
        super().__init__(client, think=draws.uniform(0.05, 0.3), draws=draws)
        self.diary = diary
        self.cable = cable
        self.watch = watch
        self._again_at = 0.0
        self._answers: dict[tuple[str, int], tuple[float, bool]] = {}
        """Offers, by room and number, that are being thought about: until when, and the answer."""
        self._resume_at: dict[str, float] = {}

    def connect(self) -> None:
        """Dial; in a round."""
        self.client.connect(self.cable.url)

    def task(self, now: float) -> None:
        """Play, dial again where the first attempt failed, and want every rematch."""
        if self.client.state == "out" and self.client.refusal == "" and now >= self._again_at:
            self._again_at = now + AGAIN
            self.connect()
        if not self.watch.playing:
            return
        for code, due in self._due.items():
            if (waits := self.tables.get(code)) and waits.offer is not None:  # a step would end the offer
                self._due[code] = max(due, now + self.think)
        super().task(now)
        for table in self.tables.values():
            self._answer(table, now)
            about = table.about
            if about.state == "over" and about.seat not in (None, *about.again) and now >= self._again_at:
                self._again_at = now + AGAIN
                if table.offer is None and self._draws.random() < NEW_GAME:
                    self._offer(table, "game", self._wanted(table))
                else:
                    self.client.request(m.Again(room=table.code))

    def step(self, table: Table, move: Move) -> Refusal | None:
        refusal = super().step(table, move)
        if refusal is None:
            self.diary.asked[table.code, table.round].append(Asked(table.n + 1, move))
            if self._draws.random() < CHATTY:
                self.client.request(m.Say(room=table.code, text=f"{self.diary.name} at {table.n}"))
            if self._draws.random() < OFFERS:
                self._offer(table, self._draws.choice(("undo", "draw", "pause")))
        return refusal

    # -- offers --------------------------------------------------------------------------------------------------------

    def reply(self, table: Table, yes: bool, then: Callable[[Answer], None] | None = None) -> None:
        offer = table.offer
        if offer is not None:
            due = time.monotonic() + self._draws.uniform(*THOUGHT)
            self._answers.setdefault((table.code, offer.number), (due, yes and self._draws.random() < YES))

    def _answer(self, table: Table, now: float) -> None:
        """Say what was thought about long enough; go on with a match that is paused."""
        offer = table.offer
        due, yes = (
            self._answers.get((table.code, offer.number), (now + 1.0, False)) if offer is not None else (now, False)
        )
        if offer is not None and table.asked and now >= due:
            del self._answers[table.code, offer.number]
            self.watch.answered.add((table.code, offer.number))
            super().reply(table, yes)
        if not table.about.paused:
            self._resume_at.pop(table.code, None)
        elif now >= self._resume_at.setdefault(table.code, now + self._draws.uniform(*THOUGHT)):
            del self._resume_at[table.code]
            self._offer(table, "resume")

    def _offer(self, table: Table, what: str, game: m.Wanted | None = None) -> None:
        self.watch.offered[what] += 1
        if table.offer is not None:  # going on ends an offer, and to want the same is to agree
            self.watch.answered.add((table.code, table.offer.number))
        self.client.request(m.Offer(room=table.code, what=what, game=game))

    def _wanted(self, table: Table) -> m.Wanted:
        """Some game for as many as sit here."""
        seats = len(table.about.people)
        game = self._draws.choice([GAMES[name] for name in self.watch.names if seats in GAMES[name].seats])
        return m.Wanted(game=game.name, version=game.version, seats=seats, clock=table.about.clock)

    # -- what must outlive a break -------------------------------------------------------------------------------------

    def timed(self, table: Table) -> None:
        if table.code not in self.diary.breaks:
            self._note_clock(table)

    @property
    def on_the_clock(self) -> bool:
        """Whether one's own time runs at a table."""
        return any(t.times is not None and t.seat in t.times.runs for t in list(self.tables.values()))

    def _note_clock(self, table: Table) -> None:
        times, seat = table.times, table.seat
        if times is not None and seat is not None:
            now = time.monotonic()
            self.diary.clocks[table.code] = Shown(table.round, seat, times.left[seat], seat in times.runs, now)

    def _after_break(self, table: Table) -> None:
        """Whether own time ran while we were away, or an offer is gone that nobody has answered."""
        diary, code = self.diary, table.code
        why, lost, offer = diary.breaks.pop(code, ("", 0.0, None))
        shown, times = diary.clocks.get(code), table.times
        same = shown is not None and (shown.round, shown.seat) == (table.round, table.seat)
        if shown is not None and times is not None and same and why in NOTICED:
            least = shown.left - (lost - shown.at if shown.runs else 0.0) - SLACK
            if (has := times.left[shown.seat]) < least:
                says = f"the clock of {diary.name} at {code} ran while they were away: {has} s, not {least:.1f} s"
                diary.faults.append(says)
        stands = table.offer is not None or offer is None or offer.at != table.n
        if not stands and offer is not None and why == "kill" and (code, offer.number) not in self.watch.answered:
            diary.faults.append(f"offer {offer.number} ({offer.what}) at {code} is gone, and nobody answered it")
        self._note_clock(table)

    # -- what is written down ------------------------------------------------------------------------------------------

    def connection(self, state: str, text: str) -> None:
        if state == "in":
            self.diary.comes_back(self.watch.listening)
        else:
            self.diary.gone = True
            for table in self.tables.values() if state == "away" else ():
                self.diary.breaks[table.code] = (self.diary.cut[0], time.monotonic(), table.offer)

    def started(self, table: Table) -> None:
        self._after_break(table)
        for step in table.match.steps if table.match is not None else ():
            self.diary.hears((table.code, table.round), step.n, step.seat, step.move)
        super().started(table)

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        self.watch.next_steps.setdefault(table.code, time.monotonic())
        self.diary.hears((table.code, table.round), table.n, seat, as_move(move))
        super().stepped(table, seat, move)

    def refused(self, table: Table, refusal: Refusal) -> None:
        asked = self.diary.asked[table.code, table.round]
        if asked:
            asked[-1].refused = refusal.code
        super().refused(table, refusal)

    def ended(self, table: Table) -> None:
        if table.outcome is not None:
            before = self.diary.outcomes.setdefault((table.code, table.round), table.outcome)
            if before != table.outcome:
                self.diary.faults.append(f"{self.diary.name} was told two outcomes: {before} and {table.outcome}")

    def said(self, message: m.Said) -> None:
        line = (message.name, message.text)
        if message.room and self.diary.chat.setdefault(message.n, line) != line:
            self.diary.faults.append(f"{self.diary.name} heard two lines {message.n}: {line}")

    def table_changed(self, table: Table) -> None:
        if table.seat is None and not self.diary.faults:
            self.diary.faults.append(f"{self.diary.name} sits at {table.code} no more")
        super().table_changed(table)

    def left(self, table: Table, text: str) -> None:
        self.diary.faults.append(f"{self.diary.name} lost the seat at {table.code}: {text}")

    def sit(self, wish: m.Open | m.Join) -> None:
        """Ask for a seat; in a round."""

        def answered(answer: Answer) -> None:
            if answer is not None:
                self.diary.faults.append(f"{self.diary.name} found no table: {answer[1]}")

        self.client.request(wish, answered)
