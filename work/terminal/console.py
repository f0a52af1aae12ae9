"""The console: lines that are typed go in, one done after the other, and what is to be printed comes out."""

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from communication import messages as m
from communication.client import Client
from communication.model import Answer
from games import GAMES
from games.game import Game
from work.language import _, spoken
from work.terminal.scene import PLAIN, Look, printable
from work.worker import Worker

LONGEST = 1000
"""Characters of a typed line that are read; the longest line of chat is shorter."""


class Console(Worker):
    """A person at a terminal, as far as lines go.

    `line` takes what was typed, as an act of the client's runner; `out` gets what is to be printed, in blocks of lines
    without the last line feed. Lines are done one after the other: while one is on its way to the server the next ones
    wait, so that a file of lines can be piped in. `done` and `status` tell when the program should end, and how;
    `finished` is called then.
    """

    def __init__(
        self,
        client: Client,
        out: Callable[[str], None],
        look: Look = PLAIN,
        finished: Callable[[], None] = lambda: None,
        shelf: Mapping[str, Game[Any]] = GAMES,
    ) -> None:
        super().__init__(client, shelf)
        self.done = False
        self.status = 0
        self._out = out
        self._look = look
        self._finished = finished
        self._lines: deque[str] = deque()
        self._doing = self._leaving = False
        self._asked = 0

    def _held(self) -> bool:
        """Whether the next line has to wait."""
        raise NotImplementedError

    def _do(self, text: str) -> None:
        """Do what a line says."""
        raise NotImplementedError

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
            self.tell(_("Goodbye."))
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

    def _request(self, message: m.Request) -> None:
        """Send a request; say so when it is refused, and go on with the next line after the answer."""
        self._asked += 1
        self.client.request(message, self._answered)

    def _answered(self, answer: Answer) -> None:
        self._asked -= 1
        if answer is not None:
            self.tell(spoken(answer[1]))
        self._go_on()

    def _end(self, text: str) -> None:
        if not self.done:
            self.done, self.status = True, 0 if self._leaving else 1
            self._leaving = True
            if text:
                self.tell(spoken(text))
            self._finished()
