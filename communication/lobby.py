"""What the lobby shows, and when its followers are due it."""

from collections.abc import Callable, Iterable
from itertools import islice

from communication import messages as m
from communication.parts import UNLISTED
from communication.people import Member
from communication.rooms import Rooms
from communication.rules import Rules
from communication.waitlist import WaitList


def picture(members: Iterable[Member], rooms: Rooms, waiting: WaitList, shown: int, now: float) -> m.Lobby:
    """The lobby as it is, or the beginning of it where there are more people, or more tables, than `shown`."""
    tables = tuple(islice(rooms.cards(), shown))
    listed = {table.room for table in tables}  # the code of a private room is for those to tell who are in it
    here = (member for member in members if member.link or member.rooms)
    return m.Lobby(
        people=tuple(
            member.card(
                next((room for room in reversed(member.rooms) if room in listed), UNLISTED if member.rooms else ""), now
            )
            for member in islice(here, shown)
        ),
        tables=tables,
        queues=waiting.cards(),
        wins=dict(rooms.wins),
        matches=rooms.matches,
    )


FRESH = 20.0
"""Seconds for which the lobby's text holds: it tells how long people have been away."""


class LobbyNews:
    """The lobby as text, made by `make` only where something has changed; says when the followers are due it again."""

    def __init__(self, make: Callable[[], m.Lobby], rules: Rules) -> None:
        self._make = make
        self._rules = rules
        self._text = ""
        self._made = 0.0
        self._news = False
        self._due = 0.0

    def changed(self) -> None:
        """Note that the lobby no longer is as it was."""
        self._text = ""
        self._news = True

    def text(self, now: float) -> str:
        """The lobby as it is."""
        if not self._text or now - self._made > FRESH:
            self._text, self._made = m.encode(self._make()), now
        return self._text

    def due(self, now: float) -> bool:
        """Whether it has changed and its followers are due it."""
        return self._news and now >= self._due

    def told(self, now: float, followers: int) -> str:
        """The lobby for so many followers, who are not due it again too soon; nothing where there are none."""
        self._news = False
        text = self.text(now) if followers else ""
        self._due = now + max(self._rules.lobby_every, len(text) * followers / self._rules.lobby_bytes)
        return text
