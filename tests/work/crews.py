"""Workers of works in tests: labourers with clients of their own, at a place in this process."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from communication import messages as m
from communication.client import Client
from communication.runner import Runner
from tests.kit import HandClock, News, Place
from work.labour import Do, Labourer
from work.shelf import WORKS
from work.table import Table

T = TypeVar("T")


class Hand:
    """A labourer; its clock stands still, so delays are those that it is told."""

    def __init__(
        self,
        place: Place,
        name: str,
        go: m.Open | m.Join,
        hands: Callable[[Any], Do] | None = None,
        keep: bool = False,
        idle: bool = False,
    ) -> None:
        self.news = News()
        self.clock = HandClock()
        self.key = secrets.token_hex(16)
        self.client = Client(Runner(commit=self.news.tell), name, self.key, bot=True, clock=self.clock)
        self.labourer = Labourer(self.client, WORKS, go, hands, self.news.tell, keep, idle)
        self.client.runner.call(self.client.connect, place.url)

    def until(self, true: Callable[[], T], what: object = "") -> T:
        """Wait until something is true of this worker."""
        return self.news.until(true, what or (self.labourer.gone, self.labourer.table))

    def table(self) -> Table:
        """Where it works, once that has begun."""
        self.until(lambda: self.labourer.table is not None and self.labourer.table.info is not None)
        assert self.labourer.table is not None
        return self.labourer.table

    def info(self) -> Any:
        """The state as it sees it."""
        return self.table().info

    def done(self) -> list[Any]:
        """Wait until all is done; gives the results, where they are kept."""
        self.until(lambda: self.labourer.complete or self.labourer.gone, "the end")
        assert self.labourer.gone == ""
        return self.labourer.rows

    def leave(self) -> None:
        """Go for good."""
        self.client.runner.call(self.client.disconnect, True)
        self.until(lambda: self.labourer.gone)

    def cut(self) -> None:
        """Lose the connection, and come back."""
        self.table()
        link = self.client.link
        assert link is not None
        link.close()
        self.until(lambda: self.client.state == "away")
        self.clock.now += 10
        self.client.runner.call(self.client.task, self.clock.now)
        self.until(lambda: self.client.state == "in")


@contextmanager
def crew(
    place: Place, game: str, names: list[str], hands: Callable[[Any], Do] | None = None, **fields: Any
) -> Iterator[list[Hand]]:
    """Workers in one room; the first keeps the results."""
    first = Hand(place, names[0], m.Open(game=game, version=1, seats=4, **fields), hands, keep=True)
    code = first.table().code
    everybody = [first, *(Hand(place, name, m.Join(room=code), hands) for name in names[1:])]
    yield everybody
    for hand in everybody:
        if not hand.labourer.gone:
            hand.leave()
