"""Players who write down all that a server told them, and how long it took them to come back after a break."""

import random
import secrets
import time
from collections import defaultdict
from dataclasses import dataclass, field

from bench.proxy import Cable
from communication import messages as m
from communication.client import Client
from communication.model import Answer
from communication.runner import Runner
from games.game_info import Move, Outcome, Refusal
from games.match import as_move
from work.bots.bot import Bot
from work.table import Table

CHATTY = 0.03
"""How likely a line of chat is after a step of one's own."""
AGAIN = 0.5
"""Seconds until a player asks for another match, or again for what a break may have swallowed."""

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


class Player(Bot):
    """A program of somebody, on a cable; several with the same diary are the same person on different machines."""

    def __init__(self, runner: Runner, diary: Diary, cable: Cable, watch: Watch, draws: random.Random) -> None:
        client = Client(runner, diary.name, diary.key)
        super().__init__(client, think=draws.uniform(0.05, 0.3), draws=draws)
        self.diary = diary
        self.cable = cable
        self.watch = watch
        self._again_at = 0.0

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
        super().task(now)
        for table in self.tables.values():
            about = table.about
            if about.state == "over" and about.seat not in (None, *about.again) and now >= self._again_at:
                self._again_at = now + AGAIN
                self.client.request(m.Again(room=table.code))

    def step(self, table: Table, move: Move) -> Refusal | None:
        refusal = super().step(table, move)
        if refusal is None:
            self.diary.asked[table.code, table.round].append(Asked(table.n + 1, move))
            if self._draws.random() < CHATTY:
                self.client.request(m.Say(room=table.code, text=f"{self.diary.name} at {table.n}"))
        return refusal

    # -- what is written down ------------------------------------------------------------------------------------------

    def connection(self, state: str, text: str) -> None:
        if state == "in":
            self.diary.comes_back(self.watch.listening)
        else:
            self.diary.gone = True

    def started(self, table: Table) -> None:
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

    def left(self, table: Table, text: str) -> None:
        self.diary.faults.append(f"{self.diary.name} lost the seat at {table.code}: {text}")

    def sit(self, wish: m.Open | m.Join) -> None:
        """Ask for a seat; in a round."""

        def answered(answer: Answer) -> None:
            if answer is not None:
                self.diary.faults.append(f"{self.diary.name} found no table: {answer[1]}")

        self.client.request(wish, answered)
