"""Client: the other end of the server; logs in, passes messages on to its worker, and comes back after a break."""

import random
import time
from collections.abc import Callable
from typing import Any, Protocol

from communication import messages as m
from communication.link import CloseCode, Data, Link
from communication.model import Answer, Model, takes
from communication.runner import Runner
from communication.ways import dial

BEAT = 2.5
"""Seconds between signs of life."""
SILENCE = 9.0
"""Seconds without a word from the server after which the connection counts as lost."""
RETRY = (0.5, 3.5)
"""Seconds between two attempts to come back: at first, and at most."""

Then = Callable[[Answer], None]


class Worker(Protocol):
    """What a client needs of the work layer."""

    def filter(self, sender: Any, message: m.Message) -> None:
        """Take a message of the server."""

    def connection(self, state: str, text: str) -> None:
        """Hear that the connection is "in" (logged in), "away" (lost, trying again) or "out", and why."""


class Client(Model):
    """The client model and the handler of its link; `state` is "out", "connecting", "in", "away" or "leaving".

    ca is whom to trust at wss:// instead of the system's list: a PEM file. Handler methods may be called on any thread;
    all else runs in the runner's rounds.
    """

    def __init__(
        self,
        runner: Runner,
        name: str,
        key: str,
        *,
        program: str = "",
        password: str = "",
        bot: bool = False,
        ca: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(runner)
        self.worker: Worker | None = None
        self.name = name
        self.key = key
        self.program = program
        self.password = password
        self.bot = bot
        self.ca = ca
        self.clock = clock
        self.url = ""
        self.link: Link | None = None
        self.state = "out"
        self.delay: float | None = None
        """Seconds that the last sign of life took there and back; None before the first."""
        self.refusal = ""
        """The code with which the server refused the login; "" while it did not."""
        self.back_soon = False
        """Whether the server has said that it goes and comes back: then there is no need to worry people."""
        self._been_in = False
        self._asked: dict[int, Then | None] = {}
        self._number = 0
        self._heard = self._beaten = 0.0
        self._tries = 0
        self._retry_at: float | None = None

    # -- link (any thread) ---------------------------------------------------------------------------------------------

    def opened(self, link: Link) -> None:
        """The connection is there."""
        self.runner.post(self._opened, link)

    def received(self, link: Link, data: Data) -> None:
        """Something came."""
        self.runner.post(self._received, link, data)

    def closed(self, link: Link, code: int, reason: str) -> None:
        """The connection is gone."""
        self.runner.post(self._closed, link)

    def settled(self) -> None:
        """All that was ready has been handed over."""
        self.runner.nudge()

    # -- what the worker asks for --------------------------------------------------------------------------------------

    def connect(self, url: str) -> None:
        """Connect and log in; the worker hears of it by `connection`."""
        self.url = url
        self.refusal = ""
        self._been_in = False
        self._dial()

    def request(self, message: m.Request, then: Then | None = None) -> int:
        """Send a message and call `then` with what became of it: None when done, else a code and a sentence."""
        if self.link is None:
            if then is not None:
                then(("away", "There is no connection to the table right now."))
            return 0
        self._number += 1
        message.id = self._number
        self._asked[message.id] = then
        self.send(self, message)
        return message.id

    def hurry(self) -> None:
        """Try to come back at once; nothing where no attempt waits for its time."""
        if self._retry_at is not None:
            self._retry_at = None
            self._dial()

    @property
    def trying(self) -> bool:
        """Whether an attempt to come back is under way."""
        return self.state == "away" and self._retry_at is None

    def disconnect(self, for_good: bool = False) -> None:
        """Go; `for_good` gives up the seats at once instead of keeping them for a while. The worker hears "out"."""
        self._retry_at = None
        if self.link is not None:
            self.state = "leaving"
            self.runner.close(self.link, CloseCode.GOING_AWAY if for_good else CloseCode.NORMAL, "")
        elif self.state != "out":
            self._out("")

    def task(self, now: float) -> None:
        """Send signs of life, notice silence, and try again when it is time."""
        if self.link is not None:
            if now - self._heard > SILENCE:
                self.runner.close(self.link, CloseCode.TOO_SLOW, "silent")
                self._ended("The server does not answer.")
            elif now - self._beaten > BEAT:
                self._beaten = now
                self.request(m.Beat(), lambda _: self._beat_answered(now))
        elif self._retry_at is not None and now >= self._retry_at:
            self._retry_at = None
            self._dial()

    # -- filter --------------------------------------------------------------------------------------------------------

    def take(self, sender: Any, message: m.Message) -> Answer:
        """Take what concerns the connection itself; the worker gets everything else."""
        if type(message) in self.entries:
            return super().take(sender, message)
        if self.worker is not None:
            self.worker.filter(self, message)
        return None

    @takes(m.Welcome)
    def welcomed(self, link: Link, message: m.Welcome) -> Answer:
        """The server let us in."""
        self.name = message.name
        self.state, self._been_in, self._tries, self.back_soon = "in", True, 0, False
        if self.worker is not None:
            self.worker.filter(self, message)
        self._tell("in", "")
        return None

    @takes(m.Ok)
    def done(self, link: Link, message: m.Ok) -> Answer:
        """Something that was asked for is done."""
        then = self._asked.pop(message.id or 0, None)
        if then is not None:
            then(None)
        return None

    @takes(m.Refused)
    def refused(self, link: Link, message: m.Refused) -> Answer:
        """Something that was asked for is not done."""
        if message.id in self._asked:
            then = self._asked.pop(message.id)
            if then is not None:
                then((message.code, message.text))
        elif self.worker is not None:
            self.worker.filter(self, message)
        return None

    @takes(m.Bye)
    def bye(self, link: Link, message: m.Bye) -> Answer:
        """The server ends the connection; try again only where that is worth it."""
        if message.back:
            self.back_soon = message.code == "stopping"
            self._lost(message.text)
        else:
            self._give_up(message.text)
        return None

    # -- acts ----------------------------------------------------------------------------------------------------------

    def _dial(self) -> None:
        self.state = "connecting" if not self._been_in else "away"
        url = self.url
        ca = self.ca if url.startswith("wss:") else None
        self.runner.spawn(lambda: dial(url, self, ca=ca), self._dialled)

    def _dialled(self, result: Any) -> None:
        if not isinstance(result, Exception) or self.link is not None or self.state not in ("connecting", "away"):
            return  # `opened` has taken it from here, or nobody wants to connect any more
        text = str(result) if isinstance(result, OSError | ValueError) else f"Connecting failed: {result}"
        self._ended(text)

    def _opened(self, link: Link) -> None:
        if self.link is not None or self.state not in ("connecting", "away"):
            self.runner.close(link, CloseCode.NORMAL, "")
            return
        self.link = link
        self._heard = self._beaten = self.clock()
        login = m.Login(
            name=self.name,
            key=self.key,
            protocol=m.PROTOCOL,
            program=self.program,
            password=self.password,
            bot=self.bot,
        )
        self.request(login, self._login_answered)

    def _login_answered(self, answer: Answer) -> None:
        if answer is not None and self.link is not None:
            self.refusal = answer[0]
            self._give_up(answer[1])

    def _received(self, link: Link, data: Data) -> None:
        if link is not self.link:
            return
        self._heard = self.clock()
        try:
            message = m.to_client(data)
        except m.BadMessage as bad:
            self._give_up(f"The server said something that this program does not understand. {bad}")
            return
        self.filter(link, message)

    def _closed(self, link: Link) -> None:
        if link is self.link:
            self._ended("The connection was lost." if self._been_in else "The server closed the connection.")

    def _ended(self, text: str) -> None:
        """The connection is gone; come back unless it was never there, or nobody wants it any more."""
        if self._been_in and self.state != "leaving":
            self._lost(text)
        else:
            self._out("" if self.state == "leaving" else text)

    def _give_up(self, text: str) -> None:
        if self.link is not None:
            self.runner.close(self.link, CloseCode.NORMAL, "")
        self._out(text)

    def _out(self, text: str) -> None:
        self.link, self.state = None, "out"
        self._drop_asked(text)
        self._tell("out", text)

    def _lost(self, text: str) -> None:
        self.link = None
        first = self.state != "away"
        self.state = "away"
        low, high = RETRY
        # Not all at the same moment, and never later than said.
        self._retry_at = self.clock() + min(high, low * 1.5**self._tries) * random.uniform(0.8, 1.0)
        self._tries = min(self._tries + 1, 10)
        self._drop_asked(text)
        if first:
            self._tell("away", text)

    def _drop_asked(self, text: str) -> None:
        """Nothing that was asked for will be answered any more."""
        asked, self._asked = self._asked, {}
        for then in asked.values():
            if then is not None:
                then(("away", text))

    def _beat_answered(self, sent: float) -> None:
        self.delay = self.clock() - sent

    def _tell(self, state: str, text: str) -> None:
        if self.worker is not None:
            self.worker.connection(state, text)
