"""Bots of the house: how they are called to the free seats of a table."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from master.room import Room


def call(room: "Room", count: int = 1) -> None:
    """Call so many; whoever has not come when the server ends is called again by the next one."""
    if room.call_bot is not None:
        room.coming += count
        for _ in range(count):
            room.call_bot(room.code)


def come(room: "Room", bot: bool) -> None:
    """Note that somebody has sat down; nobody is on the way to a seat that is taken."""
    room.coming = min(max(room.coming - bot, 0), room.seats.count(None))
