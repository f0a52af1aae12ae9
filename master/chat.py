"""The lines that are said at a table."""

from typing import TYPE_CHECKING

import msgspec

from communication import messages as m
from communication.people import Member

if TYPE_CHECKING:
    from master.room import Room

KEPT = 30
"""Lines of chat that somebody who comes later still gets."""


def say(room: "Room", said: m.Said) -> None:
    """Pass a line on to everybody here, and keep it; the server has checked it."""
    said.n = room.chat[-1].n + 1 if room.chat else 1
    room.chat = [*room.chat[1 - KEPT :], msgspec.structs.replace(said, old=True)]
    for member in room.members():
        room.send(member, said)
    room.keep()


def show(room: "Room", member: Member) -> None:
    """Tell somebody what was said here."""
    for said in room.chat:
        room.send(member, said)
