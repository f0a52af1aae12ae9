"""The load on a server: rooms of two players who step as soon as they may, in plain Python, as light as it can be.

A player knows the messages by their first bytes, for a driver that parsed JSON would be the slower end. It still
checks that every step is announced in order, and counts what is refused.
"""

import heapq
import secrets
import socket
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from communication.messages import PROTOCOL
from communication.ways.poll import Poll, new_poll
from games.gomoku import Gomoku

SIZE = 15
FULL = SIZE * SIZE
TEXT, MASKED = 0x81, 0x80
SETTLE = 0.5
"""Seconds that the rooms play before anything is counted."""
UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
NUMBERS = tuple(b'"n":%d,' % n for n in range(FULL + 2))
now = time.perf_counter


def full_board() -> list[tuple[int, int]]:
    """All points of a board in an order in which nobody ever gets three in a row, so that the match is a draw."""
    cells: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for row in range(SIZE):
        for column in range(SIZE):
            cells[(column + 2 * row) // 2 % 2].append((row, column))
    cells[0].sort(key=lambda point: (point[0], point[1]))
    first, second = sorted(cells, key=len, reverse=True)
    return [(first, second)[n % 2][n // 2] for n in range(FULL)]


MOVES = tuple(b'"move":[%d,%d]}' % point for point in full_board())


@dataclass
class Load:
    """What the players of all rooms share, and what is counted."""

    think: float = 0.0
    poll: Poll = field(default_factory=new_poll)
    recording: bool = False
    steps: int = 0
    faults: int = 0
    delays: "array[float]" = field(default_factory=lambda: array("d"))
    due: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)

    def soon(self, act: Callable[[], None]) -> None:
        """Act now, or when the player has thought."""
        if self.think:
            heapq.heappush(self.due, (now() + self.think, id(act), act))
        else:
            act()

    def run(self, seconds: float) -> None:
        """Let everybody play for so long."""
        end = now() + seconds
        wait, due = self.poll.wait, self.due
        while (time_now := now()) < end:
            while due and due[0][0] <= time_now:
                heapq.heappop(due)[2]()
            until = min(end, due[0][0]) if due else end
            for source in wait(max(0.0, until - time_now)):
                source.ready()


@dataclass
class Room:
    """What the two players of a room share: its code, and when the last step was sent."""

    code: bytes = b""
    sent: float = 0.0


class Player:
    """One client of the server, from its log-in to the end of the run."""

    __slots__ = ("black", "load", "n", "rest", "room", "sock")

    def __init__(self, load: Load, port: int, room: Room, name: str) -> None:
        self.load, self.room = load, room
        self.n, self.rest = 0, b""
        self.black = not room.code
        self.sock = greeted(port)
        self.say(
            b'{"type":"login","name":"%s","key":"%s","protocol":%d}'
            % (name.encode(), secrets.token_hex(16).encode(), PROTOCOL)
        )
        if self.black:
            self.say(b'{"type":"open","game":"gomoku","version":%d,"seats":2}' % Gomoku.version)
        else:
            self.say(b'{"type":"join","room":"%s"}' % room.code)
        while b'"type":"table"' not in self.rest:
            self.rest += self.sock.recv(4096)
        room.code = self.rest.partition(b'{"type":"table","room":"')[2].partition(b'"')[0]
        self.sock.setblocking(False)

    def begin(self) -> None:
        """From now on the server's messages are heard as they come."""
        self.load.poll.register(self.sock, self)
        self.take(self.rest)

    def say(self, text: bytes) -> None:
        """Send a message; its mask is zero, which costs the server as much as any other."""
        self.sock.send(bytes((TEXT, MASKED | len(text), 0, 0, 0, 0)) + text)

    def step(self) -> None:
        """Make the next step."""
        n, room = self.n, self.room
        room.sent = now()
        self.say(b'{"type":"step","room":"%s",%s%s' % (room.code, NUMBERS[n + 1], MOVES[n]))

    def ready(self) -> None:
        data = self.sock.recv(16384)
        if not data:
            self.abort()
        self.take(self.rest + data if self.rest else data)

    def take(self, data: bytes) -> None:
        """Act on every whole frame; the server's are not masked."""
        at, have = 0, len(data)
        while have - at >= 4:
            length, begin = data[at + 1], at + 2
            if length >= 126:
                length, begin = data[at + 2] << 8 | data[at + 3], at + 4
            end = begin + length
            if end > have:
                break
            self.hear(data[begin:end])
            at = end
        self.rest = data[at:]

    def hear(self, text: bytes) -> None:
        """One message."""
        load = self.load
        if text.startswith(b'{"type":"stepped"'):
            self.n = n = self.n + 1
            if NUMBERS[n] not in text:
                load.faults += 1
            mine = (n % 2 == 1) == self.black
            if not mine:
                if load.recording:
                    load.steps += 1
                    load.delays.append(now() - self.room.sent)
                if n < FULL:
                    load.soon(self.step) if load.think else self.step()
        elif text.startswith(b'{"type":"over"'):
            self.say(b'{"type":"again","room":"%s"}' % self.room.code)
        elif text.startswith(b'{"type":"start"'):
            if self.n:
                self.n, self.black = 0, not self.black
            if self.black:
                load.soon(self.step)
        elif text.startswith((b'{"type":"refused"', b'{"type":"bye"')):
            load.faults += 1

    def abort(self) -> None:
        """Nothing can be measured with a connection that is gone."""
        raise SystemExit("the server closed a connection")

    expire = abort


class Pusher:
    """One end of a pair of the floor: passes messages to and fro, as long as a step's announcement with its frame."""

    __slots__ = ("first", "load", "room", "sock", "turn")

    MESSAGE = bytes(64)

    def __init__(self, load: Load, port: int, room: Room, first: bool) -> None:
        self.load, self.room, self.first, self.turn = load, room, first, first
        self.sock = socket.create_connection(("127.0.0.1", port))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.setblocking(False)
        load.poll.register(self.sock, self)

    def begin(self) -> None:
        """Whoever is first begins."""
        if self.first:
            self.load.soon(self.step)

    def step(self) -> None:
        """Pass one message on."""
        self.room.sent = now()
        self.sock.send(self.MESSAGE)

    def ready(self) -> None:
        load = self.load
        for _ in range(len(self.sock.recv(4096)) // len(self.MESSAGE)):
            self.turn = not self.turn
            if self.turn:
                if load.recording:
                    load.steps += 1
                    load.delays.append(now() - self.room.sent)
                load.soon(self.step) if load.think else self.step()

    def abort(self) -> None:
        """Nothing can be measured with a connection that is gone."""
        raise SystemExit("the relay closed a connection")

    expire = abort


def greeted(port: int) -> socket.socket:
    """A connection that has shaken hands."""
    sock = socket.create_connection(("127.0.0.1", port), 10.0)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(UPGRADE)
    head = b""
    while b"\r\n\r\n" not in head:
        head += sock.recv(1024) or b"\r\n\r\n"
    if b" 101 " not in head:
        raise SystemExit("the server does not shake hands")
    return sock


def seat(load: Load, port: int, rooms: int, bare: bool) -> Sequence[Player | Pusher]:
    """The players of so many rooms, connected and seated; bare: of the floor's pairs."""
    tables = [Room() for _ in range(rooms)]
    if bare:
        return [Pusher(load, port, room, first) for room in tables for first in (True, False)]
    return [Player(load, port, room, f"{word} {n}") for n, room in enumerate(tables) for word in ("Black", "White")]
