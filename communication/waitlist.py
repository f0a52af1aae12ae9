"""The wait list: people who want the same game, with the same seats and options, meet in the order they came."""

from collections.abc import Callable
from typing import TypeAlias

from communication import messages as m
from communication.people import Member

Wish: TypeAlias = tuple[str, int, tuple[tuple[str, str | int | bool], ...], m.Clock | None, m.Away | None]
"""Game, seats, all options, the clock and the rule for who is away: what must be equal for people to play together."""


class WaitList:
    """Who waits for which game; `send` tells them how many they are, `keep` notes that somebody's wish has changed."""

    def __init__(
        self, send: Callable[[Member, m.Message], None], keep: Callable[[Member], None] = lambda member: None
    ) -> None:
        self._send = send
        self._keep = keep
        self._queues: dict[Wish, list[Member]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._queues.values()))

    def add(self, member: Member, match: m.Match) -> list[Member]:
        """Let somebody wait for a match that is said whole; gives its members when they are enough, nobody before."""
        wish = (match.game, match.seats, tuple(sorted(match.options.items())), match.clock, match.away)
        queue = self._queues.setdefault(wish, [])
        queue.append(member)
        self._want(member, match)
        self._tell(wish)
        if len(queue) < match.seats:
            return []
        for each in queue:
            self._want(each, None)
        return self._queues.pop(wish)

    def remove(self, member: Member) -> bool:
        """Let somebody wait no longer; whether they did."""
        self._want(member, None)
        return self.pause(member)

    def pause(self, member: Member) -> bool:
        """Take somebody who is away off the list, who still has the wish; whether they were on it."""
        wish = self._wish(member)
        if wish is None:
            return False
        self._queues[wish].remove(member)
        self._send(member, m.Waiting(game=wish[0], have=0, need=0))
        self._tell(wish)
        if not self._queues[wish]:
            del self._queues[wish]
        return True

    def show(self, member: Member) -> None:
        """Tell somebody what they wait for, if they do."""
        wish = self._wish(member)
        if wish is not None:
            self._send(member, m.Waiting(game=wish[0], have=len(self._queues[wish]), need=wish[1]))

    def has(self, member: Member) -> bool:
        """Whether somebody waits."""
        return self._wish(member) is not None

    def cards(self) -> tuple[m.Queue, ...]:
        """The queues as the lobby lists them."""
        return tuple(
            m.Queue(
                game=game,
                seats=seats,
                options=dict(options),
                names=tuple(member.name for member in queue),
                clock=clock,
                away=away,
            )
            for (game, seats, options, clock, away), queue in self._queues.items()
        )

    def _want(self, member: Member, match: m.Match | None) -> None:
        if match is not member.wish:
            member.wish = match
            self._keep(member)

    def _wish(self, member: Member) -> Wish | None:
        return next((wish for wish, queue in self._queues.items() if member in queue), None)

    def _tell(self, wish: Wish) -> None:
        queue = self._queues[wish]
        for member in queue:
            self._send(member, m.Waiting(game=wish[0], have=len(queue), need=wish[1]))
