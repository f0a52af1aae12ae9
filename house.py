"""A house: a server with all that belongs to it, as the server program and tests start it."""

import functools
import secrets
import socket
import threading
import time
from typing import Literal
from urllib.parse import urlsplit

import communication
from command_line import TICK, VERSION
from communication.away import USUAL
from communication.client import Client
from communication.discovery import MOST_PLAYING, Beacon, Hosted, Playing
from communication.link import Limits
from communication.messages import PROTOCOL, Away
from communication.multicast import Announcement
from communication.rules import Rules
from communication.runner import Runner
from communication.server import Server
from master.hall import Hall
from master.records import Ledger
from work.bots.bot import Bot
from work.shelf import SHELF

THINK = 0.6
"""Seconds that a bot of the house takes for a step, so that people can follow it."""

LIMITS = Limits(message_bytes=64 << 10)
"""What a link of this server puts up with: people send little, the longest line of chat has 2 KB."""

BOT_NAMES = tuple(f"Bot {name}" for name in ("Ada", "Basil", "Cleo", "Dot", "Emil", "Flo", "Gus", "Hedy"))


class House:
    """A server with all that belongs to it: ways to reach it, rooms, bots, and the thread that is its clock.

    `away` is what is done for players who are away where a table has no rule of its own. Where it is `discoverable`,
    programs on the network that look for hosts find it once it listens.
    """

    def __init__(
        self,
        name: str = "",
        password: str = "",
        think: float = THINK,
        discoverable: bool = False,
        limits: Limits = LIMITS,
        rules: Rules | None = None,
        journal: Ledger | None = None,
        away: Away = USUAL,
    ) -> None:
        self.runner = Runner(lambda: self.hall.commit())
        self.rules = rules or Rules()
        now = time.monotonic()
        self.hall = Hall(self.runner, SHELF, self._call_bot, self._bots_left, journal, away, now)
        self.server = Server(self.runner, self.hall, name or socket.gethostname(), VERSION, password, self.rules)
        self._limits = limits
        self._password = password
        self._think = think
        self._listeners: list[communication.Listener] = []
        self._stopping = threading.Event()
        self._clock = threading.Thread(target=self._keep_time, name="roundtable-clock", daemon=True)
        self._bots: list[Bot] = []
        self._beacon: Beacon | None = None
        self._announcement: Announcement | None = None
        self._discoverable = discoverable
        self._found_at: tuple[Literal["ws", "wss"], int] | None = None
        self._within = self.listen("memory://")
        self.server.restore(*self.hall.restore())
        self.hall.on_revived = self.server.restore
        self._clock.start()

    def listen(self, url: str, tls: tuple[str, str] | None = None) -> str:
        """Be reachable at this address too; gives the address with its real port. LinkError when it cannot be had."""
        listener = communication.listen(url, self._limits, tls=tls)
        listener.start(self.server)
        self._listeners.append(listener)
        place = urlsplit(listener.url)
        if self._found_at is None and place.port:
            self._found_at = "wss" if tls else "ws", place.port
            if self._discoverable:
                self.be_found()
        return listener.url

    def be_found(self) -> None:
        """Let programs on the network that look for hosts find this one from now on, where it listens already."""
        if self._beacon is None and self._found_at is not None:
            describe = functools.partial(self._describe, *self._found_at)
            self._beacon = Beacon(describe)
            self._beacon.start()
            self._announcement = Announcement(self._beacon.id, describe)
            self._announcement.start()

    def people(self) -> int:
        """How many people are connected now; on any thread."""
        return sum(not member.bot for member in list(self.server.members.values()) if member.link)

    def _describe(self, scheme: Literal["ws", "wss"], port: int) -> Hosted:
        """What the beacon says; called on its thread, so it only counts."""
        open_to_all = [room for room in list(self.hall.rooms.values()) if not room.private]
        return Hosted(
            name=self.server.name,
            port=port,
            program=VERSION,
            protocol=PROTOCOL,
            scheme=scheme,
            people=self.people(),
            tables=len(open_to_all),
            playing=tuple(
                Playing(room.game.title, sum(seat is not None for seat in room.seats), len(room.seats))
                for room in open_to_all[:MOST_PLAYING]
            ),
            password=bool(self._password),
        )

    def stop(self) -> None:
        """Tell everybody, close all links and wait for the threads; once."""
        if self._beacon is not None:
            self._beacon.stop()
        if self._announcement is not None:
            self._announcement.stop()
        self.runner.call(self.server.stop)
        for listener in self._listeners:
            listener.stop()
        self._stopping.set()
        self._clock.join()
        self.hall.journal.close()

    def _bots_left(self) -> int:
        return self.rules.bots - len(self._bots)

    def _call_bot(self, code: str) -> None:
        """Let a bot of the house log in and sit down; it is a client like any other, only without a wire."""
        taken = {bot.client.name for bot in self._bots}
        name = secrets.choice([name for name in BOT_NAMES if name not in taken] or BOT_NAMES)
        key = secrets.token_hex(16)
        client = Client(self.runner, name, key, program=VERSION, password=self._password, bot=True)
        self._bots.append(Bot(client, self._think, called_to=code))
        client.connect(self._within)

    def _keep_time(self) -> None:
        while not self._stopping.wait(TICK):
            self.runner.call(self._tick, time.monotonic())

    def _tick(self, now: float) -> None:
        self._bots = [bot for bot in self._bots if not bot.gone]
        for model in (self.server, *(model for bot in self._bots for model in (bot.client, bot))):
            self.runner.post(model.task, now)
