"""What the lobby shows."""

from collections.abc import Iterable
from itertools import islice

from communication import messages as m
from communication.people import Member
from communication.rooms import Rooms
from communication.waitlist import WaitList


def picture(members: Iterable[Member], rooms: Rooms, waiting: WaitList, shown: int) -> m.Lobby:
    """The lobby as it is, or the beginning of it where there are more people, or more tables, than `shown`."""
    tables = tuple(islice(rooms.cards(), shown))
    listed = {table.room for table in tables}  # the code of a private room is for those to tell who are in it
    here = (member for member in members if member.link or member.rooms)
    return m.Lobby(
        people=tuple(
            member.card(at=next((room for room in reversed(member.rooms) if room in listed), ""))
            for member in islice(here, shown)
        ),
        tables=tables,
        queues=waiting.cards(),
        wins=dict(rooms.wins),
        matches=rooms.matches,
    )
