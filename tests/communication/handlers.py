"""Handlers for tests of links: one that remembers what it hears and can be waited for, and some that act."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple

from communication import Link
from communication.link import Data

PATIENCE = 20.0  # seconds until something that must happen is taken for not happening


class Heard(NamedTuple):
    what: str  # opened, received, closed
    link: Link
    data: Data | tuple[int, str] | None = None


class Recorder:
    """Remembers every call; complains when calls for a link come in an order that the contract forbids."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.faults: list[str] = []
        self._news = threading.Condition()
        self._open: set[Link] = set()
        self._known: set[Link] = set()

    def opened(self, link: Link) -> None:
        with self._news:
            if link in self._known:
                self.faults.append("opened twice")
            self._known.add(link)
            self._open.add(link)
            self._note(Heard("opened", link))

    def received(self, link: Link, data: Data) -> None:
        with self._news:
            if link not in self._open:
                self.faults.append(f"received {data!r:.50} outside opened and closed")
            self._note(Heard("received", link, data))

    def closed(self, link: Link, code: int, reason: str) -> None:
        with self._news:
            if link not in self._open:
                self.faults.append("closed outside opened and closed")
            self._open.discard(link)
            self._note(Heard("closed", link, (code, reason)))

    def _note(self, heard: Heard) -> None:
        self.heard.append(heard)
        self._news.notify_all()

    # For the test's thread

    def until(self, done: Callable[[], bool]) -> None:
        """Wait until something is true that can become so only by a call to this handler."""
        with self._news:
            assert self._news.wait_for(done, PATIENCE), f"in vain; heard {self.heard[-20:]!s:.500}"

    def links(self, number: int = 1) -> list[Link]:
        """The first links that were opened, once there are so many."""
        self.until(lambda: len(self._known) >= number)
        return [heard.link for heard in self.heard if heard.what == "opened"][:number]

    def messages(self, number: int, link: Link | None = None) -> list[Data]:
        """The first messages that came (by that link), once there are so many."""
        self.until(lambda: len(self.messages_of(link)) >= number)
        return self.messages_of(link)[:number]

    def end(self, link: Link | None = None) -> tuple[int, str]:
        """Code and reason of the (first) link's end, once it has come."""
        self.until(lambda: bool(self.ends_of(link)))
        return self.ends_of(link)[0]

    def ends(self, number: int) -> list[tuple[int, str]]:
        """Code and reason of the first ends, once there are so many."""
        self.until(lambda: len(self.ends_of()) >= number)
        return self.ends_of()[:number]

    def messages_of(self, link: Link | None = None) -> list[Data]:
        """All messages so far (by that link)."""
        return [
            heard.data
            for heard in self.heard
            if heard.what == "received" and link in (None, heard.link) and isinstance(heard.data, (str, bytes))
        ]

    def ends_of(self, link: Link | None = None) -> list[tuple[int, str]]:
        """Codes and reasons of all ends so far (of that link)."""
        return [heard.data for heard in self.heard if isinstance(heard.data, tuple) and link in (None, heard.link)]


class Echo(Recorder):
    """Sends everything back."""

    def received(self, link: Link, data: Data) -> None:
        super().received(link, data)
        link.send(data)
