"""Runner: runs models one message at a time, whatever thread a message came from."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from communication.link import CloseCode, Link

log = logging.getLogger(__name__)


class NotKept(Exception):
    """What a round did could not be written; nothing of it may be announced."""


class Runner:
    """A queue of acts that runs in rounds: take all that waits, do it, commit once, then send all that was to be sent.

    Any thread may post. The thread that calls `run` drains the queue unless another is at it, which then also does what
    was posted meanwhile; so there is no hand-over between threads, and acts never overlap. Where one thread must do all
    acts (a window's), `wake` tells it that something waits, and only that thread calls `run`.

    `commit` may raise NotKept: then nothing of the round is sent, and whoever would have got something is cut off, to
    come back and be told what holds.
    """

    def __init__(self, commit: Callable[[], None] = lambda: None, wake: Callable[[], None] | None = None) -> None:
        self._acts: deque[tuple[Callable[..., None], tuple[Any, ...]]] = deque()
        self._outbox: list[tuple[Link, str, bool]] = []
        self._closing: list[tuple[Link, int, str]] = []
        self._busy = threading.Lock()
        self._commit = commit
        self._wake = wake or self.run

    def post(self, act: Callable[..., None], *args: Any) -> None:
        """Queue an act; any thread."""
        self._acts.append((act, args))

    def send(self, link: Link, data: str, urgent: bool = True) -> None:
        """Send when the round is over and committed; only from within an act. See Link.send_along for what can wait."""
        self._outbox.append((link, data, urgent))

    def close(self, link: Link, code: int, reason: str) -> None:
        """Close a link after what this round sends to it; only from within an act."""
        self._closing.append((link, code, reason))

    def run(self) -> None:
        """Do all that waits, unless another thread is doing so; any thread but from within an act."""
        while self._acts and self._busy.acquire(blocking=False):
            try:
                self._round()
            finally:
                self._busy.release()

    def nudge(self) -> None:
        """See to it that what waits is done soon, here and now if any thread may do it."""
        self._wake()

    def call(self, act: Callable[..., None], *args: Any) -> None:
        """Post an act and see to it that it is done soon; any thread."""
        self.post(act, *args)
        self._wake()

    def spawn(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Do slow work on a thread of its own, then call `then` with its result, or the exception, as an act."""

        def body() -> None:
            try:
                result = work()
            except Exception as error:
                result = error
            self.call(then, result)

        threading.Thread(target=body, name="roundtable-work", daemon=True).start()

    def _round(self) -> None:
        acts = self._acts
        for _ in range(len(acts)):
            act, args = acts.popleft()
            try:
                act(*args)
            except Exception:
                log.exception("%s failed", getattr(act, "__qualname__", act))
        try:
            self._commit()
        except NotKept as error:
            log.error("%s", error)
            self._closing += [(link, CloseCode.FAULT, "not kept") for link in {link for link, _, _ in self._outbox}]
            self._outbox = []
        outbox, self._outbox = self._outbox, []
        for link, data, urgent in outbox:
            if urgent:
                link.send(data)
            else:
                link.send_along(data)
        while self._closing:
            link, code, reason = self._closing.pop()
            link.close(code, reason)
