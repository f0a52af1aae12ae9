"""A real server in a process of its own, two people who play there, and somebody who watches over all three.

A test attacks inside `with town.watched():`. Meanwhile the two play on; at the end the watcher holds against the server
how long the two had to wait, what memory it took, and what it has not given back.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Self

from communication.messages import PROTOCOL
from games.gomoku import Gomoku
from tests.communication.handlers import PATIENCE
from tests.communication.raw import FIN, TEXT, Raw, frame, take_frames

ROOT = Path(__file__).resolve().parent.parent.parent
ANSWERED = 2.0
"""Seconds within which the two must be answered, whatever else goes on."""
GROWTH = 64 << 20
"""Bytes that the server may grow by."""
SIZE = 15


class Person(Raw):
    """A peer that logs in and speaks the protocol."""

    def __init__(self, url: str, name: str = "Anna", key: str = "") -> None:
        super().__init__(url)
        self.heard: deque[dict[str, Any]] = deque()
        self.shake()
        self.log_in(name, key or secrets.token_hex(16))

    def log_in(self, name: str, key: str) -> dict[str, Any]:
        """Say who this is; gives the answer."""
        return self.ask(type="login", name=name, key=key, protocol=PROTOCOL)

    def say(self, **message: Any) -> Person:
        """Send a message."""
        self.send(text(**message))
        return self

    def ask(self, **message: Any) -> dict[str, Any]:
        """Send a message and give its answer, ok or refused."""
        self.say(id=7, **message)
        return self.hear(id=7)

    def ask_for(self, kind: str, **message: Any) -> dict[str, Any]:
        """Send a message and give what it brings, a message of this kind."""
        self.say(**message)
        return self.hear(type=kind)

    def hear(self, **fields: Any) -> dict[str, Any]:
        """The next message with these fields; others that come before it are dropped."""
        return self.hear_one_of(fields)

    def hear_one_of(self, *wanted: dict[str, Any]) -> dict[str, Any]:
        """The next message that has all the fields of one of these; others that come before it are dropped."""
        while True:
            while self.heard:
                message = self.heard.popleft()
                if any(fields.items() <= message.items() for fields in wanted):
                    return message
            frames, self.rest = take_frames(self.rest)
            if frames:
                self.heard += [json.loads(payload) for first, payload in frames if first == FIN | TEXT]
                continue
            more = self.sock.recv(1 << 16)
            assert more, f"the stream ended before {wanted}"
            self.rest += more

    def open(self, **fields: Any) -> str:
        """Open a private room of gomoku and give its code."""
        self.say(type="open", game="gomoku", version=Gomoku.version, seats=2, private=True, **fields)
        return str(self.hear(type="table")["room"])


def text(**message: Any) -> bytes:
    """A message as a frame."""
    return frame(FIN | TEXT, json.dumps(message, ensure_ascii=False).encode())


class Pair:
    """Two who play gomoku, a step at a time, and never end a match: nobody gets five in a row."""

    def __init__(self, url: str) -> None:
        self.two = Person(url, "Anna"), Person(url, "Ben")
        self._begin()

    def _begin(self) -> None:
        anna, ben = self.two
        self.room = anna.open()
        ben.say(type="join", room=self.room)
        self.n = ben.hear(type="start")["n"]
        anna.hear(type="start")
        places = [(row, column) for row in range(SIZE) for column in range(SIZE)]
        colours: list[list[tuple[int, int]]] = [[], []]
        for row, column in places:
            colours[(column // 2 + row) % 2].append((row, column))
        self.moves = chain.from_iterable(zip(*colours, strict=False))
        self.whose = 0

    def step(self) -> float:
        """Make one step; gives the seconds until the other one has heard of it."""
        move = next(self.moves, None)
        if move is None:
            for person in self.two:
                person.ask(type="leave", room=self.room)
            self._begin()
            return self.step()
        began = time.monotonic()
        self.n += 1
        self.two[self.whose].say(type="step", room=self.room, n=self.n, move=move)
        self.whose = 1 - self.whose
        self.two[self.whose].hear(type="stepped", room=self.room, n=self.n)
        return time.monotonic() - began

    def close(self) -> None:
        """Leave the table, and go."""
        for person in self.two:
            person.ask(type="leave", room=self.room)
            person.sock.close()


class Town:
    """A server process; options: more of its command line. Used in a `with`, it is closed in the end."""

    def __init__(self, *options: str) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - close() closes it
        plain = ["--host", "127.0.0.1", "--port", "0", "--data", ":memory:", "--no-discovery"]
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "main_server.py"), *plain, *options], stdout=subprocess.PIPE, stderr=self._log
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().decode().split()[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def log(self) -> str:
        """What the server has said so far on standard error."""
        self._log.seek(0)
        return self._log.read().decode()

    def memory(self) -> int:
        """Bytes of the server that are in memory; 0 where the system does not say."""
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) << 10
        return 0

    def holds(self) -> tuple[int, int]:
        """How many descriptors and threads the server has; none where the system does not say."""
        with contextlib.suppress(OSError):
            proc = Path(f"/proc/{self.process.pid}")
            return len(list((proc / "fd").iterdir())), len(list((proc / "task").iterdir()))
        return 0, 0

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Let two play; see that they are answered in time, and that the server stays small and gives all back."""
        pair = Pair(self.url)
        pair.step()
        memory, holds = self.memory(), self.holds()
        stop = threading.Event()
        waits: list[float] = []
        most = [memory]

        def play() -> None:
            try:
                while not stop.is_set():
                    waits.append(pair.step())
                    most[0] = max(most[0], self.memory())
                    stop.wait(0.005)  # people are slower
            except (OSError, AssertionError) as error:
                waits.append(float("inf"))
                print(f"the two could not go on: {error!r}")

        thread = threading.Thread(target=play)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(PATIENCE)
            assert self.process.poll() is None, self.log()
        assert max(waits) < ANSWERED
        deadline = time.monotonic() + PATIENCE
        while any(now > before for now, before in zip(self.holds(), holds, strict=True)):
            waits.append(pair.step())
            assert time.monotonic() < deadline, f"descriptors and threads: {holds} before, {self.holds()} after"
        waits.append(pair.step())
        assert max(waits) < ANSWERED
        assert max(most[0], self.memory()) - memory < GROWTH
        assert "ERROR" not in self.log(), self.log()
        assert "Traceback" not in self.log(), self.log()
        pair.close()

    def close(self) -> None:
        """End the server, and see that it goes in an orderly way."""
        self.process.terminate()
        status = self.process.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        log = self.log()
        self._log.close()
        if sys.platform != "win32":  # there to terminate is to kill
            assert status == 0, log
