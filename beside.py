"""A server beside a client's window, both ends: the client starts it as a process of its own, which outlives it.

So friends can go on playing when the player who hosts has closed the window. The two speak over the pipes of that
process, a word a line in UTF-8; the game itself goes the same way as for everybody else.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from command_line import unprinted
from communication.link import PORT, LinkError

SERVE = "--serve"
"""First word of a built client's command line that makes it the server beside another one."""
LISTENING = "listening on "
START = 30.0
"""Seconds that it may take until it listens; a virus scanner may look at it first."""
BREATH = 0.25
"""Seconds between its looks at who is here."""
LINGER = 180.0
"""Seconds that it waits, empty, for a client that has gone without a goodbye."""


class Host:
    """The server that this program starts beside itself, when somebody wants to host or to play alone.

    It is a process of its own, so that friends can go on playing when this window closes; see Beside.
    `url` is its address, "" while there is none; `invitation` is what friends must know to join; `people` says how many
    are connected to it, oneself included.
    """

    def __init__(self, port: int | None, folder: Path | None) -> None:
        self.url = self.invitation = ""
        self.people = 0
        self._options = [f"--port={PORT if port is None else port}", *(["--any-port"] if port is None else [])]
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._listens = threading.Event()
        self._last = ""

    def begin(self, told: Callable[[str, str], object], name: str = "") -> None:
        """Start it, where it does not run yet; `told` hears its address and why there is none, on another thread.

        The name is what friends see in their list; "" is this computer's.
        """

        def start() -> None:
            try:
                told(self.start(name), "")
            except LinkError as error:
                told("", str(error))

        threading.Thread(target=start, name="roundtable-host", daemon=True).start()

    def start(self, name: str = "") -> str:
        """Start it, where it does not run yet, and wait until it listens; gives its address. LinkError: it cannot."""
        folders = [":memory:"] if self._folder is None else [str(self._folder / "server"), ":memory:"]
        for data in folders:  # another server may have that folder already
            if not self.url:
                self._try(data, name)
        if not self.url:
            raise LinkError(self._last or "the server does not start")
        return self.url

    def open(self) -> None:
        """Let friends find it from now on; until then only who knows its address can come."""
        self._say("open")

    def leave(self) -> None:
        """Go, and let it live on for those who are still there; where nobody is, it ends by itself."""
        self._say("bye", last=True)

    def end(self) -> None:
        """End it for everybody."""
        self._say("stop", last=True)

    def _try(self, data: str, name: str) -> None:
        """Start a process and wait until it listens or has ended."""
        self._listens.clear()
        self._process = self._run(data, name)
        threading.Thread(target=self._hear, args=(self._process,), name="roundtable-heard", daemon=True).start()
        self._listens.wait(START)

    def _run(self, data: str, name: str) -> "subprocess.Popen[str]":
        options = ["--beside", f"--data={data}", f"--name={name}", *self._options]
        frozen = getattr(sys, "frozen", False)
        program = [SERVE] if frozen else [str(Path(__file__).with_name("main_server.py"))]
        # It must not end with this program's terminal; and a built program unpacks itself anew, for the folder that
        # this one runs from goes when it ends.
        apart: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
        try:
            return subprocess.Popen(
                [sys.executable, *program, *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                env={**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"},
                **apart,
            )
        except OSError as error:
            raise LinkError(f"the server does not start: {error.strerror}") from error

    def _hear(self, process: "subprocess.Popen[str]") -> None:
        """Hear what it says until it ends."""
        assert process.stdout is not None
        for line in process.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "people" and rest.isdecimal():
                self.people = int(rest)
                self._listens.set()  # the first of these comes after all else that it says when it starts
            elif line.startswith(LISTENING):
                self.url = line.removeprefix(LISTENING).strip().replace("0.0.0.0", "127.0.0.1")
            elif line.startswith("friends "):
                self.invitation = line.strip()
            else:
                self._last = line.strip().removeprefix("main_server: ")
        process.stdout.close()
        process.wait()
        if process is self._process:
            self.url, self.people = "", 0
            self._listens.set()

    def _say(self, word: str, last: bool = False) -> None:
        process = self._process
        if process is not None and process.stdin is not None and not process.stdin.closed:
            try:
                process.stdin.write(f"{word}\n")
                process.stdin.flush()
                if last:
                    process.stdin.close()
            except OSError:
                pass  # it has ended already


class Beside:
    """What a server does that a client's window has started beside itself: it outlives the window, but not for ever.

    On standard output it says how many people are here ("people 3"), whenever that changes. On standard input the
    client says "open" when friends may find this server, for which `open` is called; "bye" when its window closes in
    order, "stop" when everything is to end. Where the client has gone, the
    server goes on until nobody is connected: after a "bye" at once then, else after `LINGER`, so that a client that
    crashed may come back.
    """

    def __init__(
        self, people: Callable[[], int], open: Callable[[], object], stop: threading.Event, source: int = 0
    ) -> None:
        self._people = people
        self._open = open
        self._stop = stop
        self._told = -1
        self._opens = self._left = self._gone = False
        self._empty_since: float | None = None
        threading.Thread(target=self._hear, args=(source,), name="roundtable-beside", daemon=True).start()

    def watch(self) -> None:
        """Look every `BREATH` seconds, until the server is to stop."""
        self.look(time.monotonic())
        while not self._stop.wait(BREATH):
            self.look(time.monotonic())

    def look(self, now: float) -> None:
        """Say how many are here, let them be found, and stop where nobody needs this server any more."""
        if self._opens:
            self._opens = False
            self._open()
        people = self._people()
        if people != self._told:
            self._told = people
            unprinted([f"people {people}"])  # as far as the client is still there
        self._empty_since = None if people else self._empty_since or now
        if self._gone and self._empty_since and (self._left or now - self._empty_since >= LINGER):
            self._stop.set()

    def _hear(self, source: int) -> None:
        """Hear the client until it goes; by `os.read`, as a thread inside `sys.stdin` would not let the program end."""
        rest = b""
        while data := os.read(source, 100):
            *words, rest = (rest + data).split(b"\n")
            for word in map(bytes.strip, words):  # on Windows a line ends with two signs
                if word == b"open":
                    self._opens = True
                elif word == b"stop":
                    self._stop.set()
                elif word == b"bye":
                    self._left = True
        self._gone = True
