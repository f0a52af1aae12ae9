"""What the tests of servers, rooms, clients and workers share.

A `Place` is a server with its rooms, on a clock that stands still until a test moves it. A `Guest` speaks the bare
protocol and writes down all that comes; a `Player` is a client with a worker that writes down what it is told.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

import communication
from communication import messages as m
from communication.client import Client
from communication.link import Data, Link
from communication.model import Answer
from communication.rules import Rules
from communication.runner import Runner
from communication.server import Server
from games import GAMES
from games.game import Game
from games.game_info import Move, Refusal
from master.hall import Hall
from master.records import Ledger
from master.room import Room
from work.bots.bot import Bot
from work.table import Table
from work.worker import Worker

PATIENCE = 20.0
"""Seconds after which a test gives up waiting; nothing here takes a hundredth of it."""
GOMOKU, TIC, DICE, SHIPS = "gomoku", "tic_tac_toe", "liars_dice", "battleship"

T = TypeVar("T")
Kind = TypeVar("Kind", bound=m.Message)


class HandClock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class News:
    """Wakes whoever waits for something to become true."""

    def __init__(self) -> None:
        self._changed = threading.Condition()

    def tell(self) -> None:
        """Something has changed."""
        with self._changed:
            self._changed.notify_all()

    def until(self, true: Callable[[], T], what: object = "") -> T:
        """Wait until this is true, and give what it gave; it fails when that takes too long."""
        with self._changed:
            result = self._changed.wait_for(true, PATIENCE)
        assert result, f"waited in vain: {what}"
        return result


class Guest:
    """Somebody at the other end of a link who says what the test wants and writes down everything that comes."""

    def __init__(self, url: str) -> None:
        self.heard: list[m.ToClient] = []
        self.end: tuple[int, str] | None = None
        self.number = 0
        self._news = News()
        self.link = communication.dial(url, self, timeout=PATIENCE)

    def opened(self, link: Link) -> None:
        pass

    def received(self, link: Link, data: Data) -> None:
        self.heard.append(m.to_client(data))
        self._news.tell()

    def closed(self, link: Link, code: int, reason: str) -> None:
        self.end = code, reason
        self._news.tell()

    def say(self, message: m.Request | Data) -> None:
        """Send a message, or any text or bytes."""
        self.link.send(m.encode(message) if isinstance(message, m.Request) else message)

    def ask(self, message: m.Request) -> Answer:
        """Send a message with a number of its own; gives None when it was done, else the code and the sentence."""
        self.number += 1
        message.id = self.number
        self.say(message)
        return self.answer(self.number)

    def answer(self, id: int) -> Answer:
        """Wait for the answer with this number."""
        answered = self._until(
            lambda: next((x for x in self.heard if isinstance(x, m.Ok | m.Refused) and x.id == id), None),
            f"answer {id}",
        )
        return (answered.code, answered.text) if isinstance(answered, m.Refused) else None

    def code(self, message: m.Request) -> str:
        """Ask, and give the code of the refusal; "" when it was done."""
        answer = self.ask(message)
        if answer is None:
            return ""
        assert_sentence(answer[1])
        return answer[0]

    def does(self, *messages: m.Request) -> None:
        """Ask for all this; each must be done."""
        for message in messages:
            answer = self.ask(message)
            assert answer is None, f"{message}: {answer}"

    def hears(self, kind: type[Kind], **fields: Any) -> Kind:
        """The newest message of a kind whose fields are these; waits until one comes."""
        return self._until(lambda: next(reversed(self.all(kind, **fields)), None), f"{kind.__name__} {fields}")

    def all(self, kind: type[Kind], **fields: Any) -> list[Kind]:
        """The messages of a kind that have come so far, those whose fields are these."""
        return [x for x in self.heard if isinstance(x, kind) and all(getattr(x, key) == v for key, v in fields.items())]

    def caught_up(self) -> Self:
        """Wait until all that was sent to this guest up to now is there."""
        self.number += 1
        self.say(f'{{"type":"am I there?","id":{self.number}}}')  # a refusal changes nothing, and comes in turn
        self.answer(self.number)
        return self

    def forget(self) -> None:
        """Begin a new page: what has come so far is no longer looked at."""
        self.caught_up()
        self.heard.clear()

    def ended(self) -> tuple[int, str]:
        """Wait for the end of the link; gives its code and reason."""
        self._until(lambda: self.end is not None, "the end")
        assert self.end is not None
        return self.end

    def _until(self, true: Callable[[], T | None], what: str) -> T:
        return self._news.until(true, f"{what}; heard {self.heard}, end {self.end}")  # type: ignore[return-value]


class Place:
    """A server with its rooms over memory://; a fault that it logs fails the test, unless `faulty` says it is meant."""

    def __init__(
        self,
        shelf: Mapping[str, Game[Any]] = GAMES,
        *,
        bots: bool = False,
        password: str = "",
        rules: Rules | None = None,
        url: str = "memory://",
        faulty: bool = False,
        journal: Ledger | None = None,
    ) -> None:
        self.clock = HandClock()
        self.news = News()
        self.runner = Runner(commit=self._commit)
        self.hall = Hall(self.runner, shelf, self._call_bot if bots else None, journal=journal, now=self.clock.now)
        self.server = Server(self.runner, self.hall, "Test house", "9.9", password, rules, self.clock)
        self.bots: list[Bot] = []
        self.faults = Faults()
        self._faulty = faulty
        self._shelf = shelf
        self._listener = communication.listen(url)
        self.url = self._listener.url
        self.server.restore(*self.hall.restore())
        self.hall.on_revived = self.server.restore

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self.faults)
        self._listener.start(self.server)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._listener.stop()
        self.hall.journal.close()
        logging.getLogger().removeHandler(self.faults)
        if error is None and not self._faulty:
            assert self.faults.texts == []

    def visitor(self) -> Guest:
        """Somebody who has not logged in."""
        return Guest(self.url)

    def guest(self, name: str, key: str = "") -> Guest:
        """Somebody who has; without a key, a new person."""
        guest = self.visitor()
        guest.does(login(name, key, password=self.server.password))
        return guest

    def guests(self, *names: str) -> list[Guest]:
        return [self.guest(name) for name in names]

    def room(self, game: str, *guests: Guest, watchers: tuple[Guest, ...] = (), **fields: Any) -> str:
        """A room with these guests on its seats, in this order; gives its code."""
        guests[0].does(wish(m.Open, game, max(len(guests), self._shelf[game].seats[0]), **fields))
        code = guests[0].all(m.Table)[-1].room
        for guest in guests[1:]:
            guest.does(m.Join(room=code))
        for guest in watchers:
            guest.does(m.Join(room=code, watch=True))
        for guest in (*guests, *watchers):
            guest.caught_up()
        return code

    def inside(self, code: str) -> Room:
        """The room itself."""
        return self.hall.rooms[code]

    def do(self, act: Callable[[], None]) -> None:
        """Let the server do something between two messages, and wait until it is done."""
        done = threading.Event()
        self.runner.post(act)
        self.runner.call(self.runner.post, done.set)  # in the next round, when all is sent
        assert done.wait(PATIENCE)

    def later(self, seconds: float) -> None:
        """Let time pass, and let everybody here do what is due."""
        self.clock.now += seconds
        self.do(lambda: self.server.task(self.clock.now))

    def until(self, true: Callable[[], T]) -> T:
        """Wait until something is true of the server."""
        return self.news.until(true)

    def _commit(self) -> None:
        try:
            self.hall.commit()
        finally:
            self.news.tell()

    def _call_bot(self, code: str) -> None:
        client = Client(self.runner, "Bot", secrets.token_hex(16), password=self.server.password, bot=True)
        self.bots.append(Bot(client, called_to=code))
        self.runner.post(client.connect, self.url)


class Faults(logging.Handler):
    """Everything that was logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(logging.Formatter().format(record))


class Player(Worker):
    """A worker that writes down what it hears, with a client on a runner and a clock of its own."""

    def __init__(self, name: str = "Anna", key: str = "", clock: HandClock | None = None, **options: Any) -> None:
        self.clock = clock or HandClock()
        self.news = News()
        runner = Runner(commit=self.news.tell)
        super().__init__(Client(runner, name, key or secrets.token_hex(16), clock=self.clock, **options))
        self.states: list[tuple[str, str]] = []
        self.happened: list[tuple[Any, ...]] = []

    def connection(self, state: str, text: str) -> None:
        self.states.append((state, text))

    def started(self, table: Table) -> None:
        self.happened.append(("started", table.round))

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        self.happened.append(("stepped", seat, move))

    def refused(self, table: Table, refusal: Refusal) -> None:
        self.happened.append(("refused", refusal.code))

    def ended(self, table: Table) -> None:
        self.happened.append(("ended", table.outcome))

    def said(self, message: m.Said) -> None:
        self.happened.append(("said", message.name, message.text, message.old))

    def left(self, table: Table, text: str) -> None:
        self.happened.append(("left", table.code, text))

    def turned_away(self, text: str) -> None:
        self.happened.append(("turned away", text))

    def until(self, true: Callable[[], T], what: object = "") -> T:
        """Wait until something is true of this player."""
        return self.news.until(true, what or f"{self.states} {self.happened}")

    def do(self, act: Callable[[], object]) -> None:
        """Let this player do something, and wait until it is done."""
        done = threading.Event()
        self.client.runner.post(lambda: (act(), None)[1])
        self.client.runner.call(self.client.runner.post, done.set)  # in the next round, when all is sent
        assert done.wait(PATIENCE)

    def connect(self, url: str) -> Self:
        """Connect, and wait until it is decided."""
        self.do(lambda: self.client.connect(url))
        self.until(lambda: self.states)
        return self

    def later(self, seconds: float) -> None:
        """Let time pass for this player."""
        self.clock.now += seconds
        self.do(lambda: self.client.task(self.clock.now))

    def asks(self, message: m.Request) -> Answer:
        """Ask the server for something, and wait for the answer."""
        answers: list[Answer] = []
        self.do(lambda: self.client.request(message, answers.append))
        self.until(lambda: answers, message)
        return answers[0]

    def table(self) -> Table:
        """The one table of this player; waits for it."""
        self.until(lambda: self.tables, "a table")
        (table,) = self.tables.values()
        return table


@contextmanager
def players(place: Place, game: str, *names: str, **fields: Any) -> Iterator[list[Player]]:
    """Players at one table of the place, whose match has begun."""
    everybody = [Player(name, clock=place.clock).connect(place.url) for name in names]
    assert everybody[0].asks(wish(m.Open, game, len(names), **fields)) is None
    code = everybody[0].table().code
    for player in everybody[1:]:
        assert player.asks(m.Join(room=code)) is None
    for player in everybody:
        player.until(lambda player=player: player.table().info)  # type: ignore[misc]
    yield everybody
    for player in everybody:
        player.do(player.client.disconnect)


def login(name: str, key: str = "", **fields: Any) -> m.Login:
    """A login as a program of today sends it."""
    return m.Login(**{"name": name, "key": key or secrets.token_hex(16), "protocol": m.PROTOCOL, **fields})


def wish(kind: type[Kind], game: str, seats: int = 2, **fields: Any) -> Kind:
    """A wish for a game (Match or Open), in the version that is on the shelf."""
    version = GAMES[game].version if game in GAMES else 1
    return kind(**{"game": game, "version": version, "seats": seats, **fields})


def wanted(game: str, seats: int = 2, **fields: Any) -> m.Wanted:
    """A game as it can be proposed at a table, in the version that is on the shelf."""
    version = GAMES[game].version if game in GAMES else 1
    return m.Wanted(**{"game": game, "version": version, "seats": seats, **fields})


def look(guest: Guest, follow: bool = False) -> m.Lobby:
    """The lobby as it is now."""
    guest.does(m.Look(follow=follow))
    return guest.all(m.Lobby)[-1]


def newest(guest: Guest) -> m.Table:
    """The table as the guest knows it by now."""
    return guest.caught_up().all(m.Table)[-1]


def names(table: m.Table) -> list[str | None]:
    """Who sits there."""
    return [person.name if person else None for person in table.people]


def step(code: str, n: int, move: Any) -> m.Step:
    """A step at a room."""
    return m.Step(room=code, n=n, move=move)


def play(code: str, *steps: tuple[Guest, Any]) -> None:
    """Make these steps, the first with number 1."""
    for n, (guest, move) in enumerate(steps, 1):
        guest.does(step(code, n, move))


def assert_sentence(text: str) -> None:
    """What people are told is a sentence that can be shown: short, printable, with an end."""
    assert text[-1:] in ".!?", text
    assert text[0].isupper() or not text[0].isalpha(), text
    assert len(text) <= 400, len(text)
    assert text.isprintable(), text
