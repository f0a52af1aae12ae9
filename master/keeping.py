"""Keeping rooms: what a journal holds of one, a room made of it again, steps taken back that were not written."""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from communication import messages as m
from communication.people import Member
from games.match import Match, Step, as_move
from master.offers import standing
from master.records import Kept, MatchRecord, RoomRecord

if TYPE_CHECKING:
    from master.room import Room


def record_of(room: "Room") -> RoomRecord:
    """How the room stands now, but for its steps."""
    return RoomRecord(
        code=room.code,
        game=room.game.name,
        version=room.game.version,
        options=room.options,
        private=room.private,
        state=room.state,
        round=room.round,
        match=room.number,
        seats=tuple(member.key_hash.hex() if member else None for member in room.seats),
        watchers=tuple(member.key_hash.hex() for member in room.watchers),
        again=tuple(sorted(room.again)),
        chat=tuple((said.n, said.name, said.text) for said in room.chat),
        clock=room.timing.rule,
        left=room.timing.left,
        paused=room.paused,
        offer=standing(room),
    )


def about(room: "Room") -> MatchRecord:
    """What the match that begins in the room is about."""
    return MatchRecord(
        room=room.code,
        game=room.game.name,
        version=room.game.version,
        seats=len(room.seats),
        options=room.options,
        names=tuple(member.name if member else "" for member in room.seats),
        at=time.time(),
    )


def restore(room: "Room", record: RoomRecord, kept: Kept | None, members: Mapping[str, Member]) -> None:
    """Make the new room what a journal holds; ValueError where its steps do not fit the game.

    `members` are by the hex of their keys' hashes. Seats of bots of the house are free, and others are called.
    """
    room.state, room.round, room.again = record.state, record.round, set(record.again)
    room.chat.extend(m.Said(room=room.code, name=name, text=text, old=True, n=n) for n, name, text in record.chat)
    room.paused, room.offer, room.offers = record.paused, record.offer, record.offer.number if record.offer else 0
    room.timing.reset(record.left)
    if kept is not None:
        room.number = kept.id
        steps = [Step(step.n, step.seat, as_move(step.move), step.chance) for step in kept.steps]
        room.resume(Match.replay(room.game, len(room.seats), room.options, steps))
    room.seats = [members.get(key or "") for key in record.seats]
    room.watchers = [members[key] for key in record.watchers if key in members]
    for member in room.members():
        member.rooms.append(room.code)
    if room.state != "over" and room.call_bot is not None and room.members():
        for key, seated in zip(record.seats, room.seats, strict=True):
            if key is not None and seated is None:
                room.call_bot(room.code)


def take_back(room: "Room", n: int) -> None:
    """Undo the steps from this number on, which could not be written."""
    steps = room.match.steps[:n]
    if steps:
        room.resume(Match.replay(room.game, len(room.seats), room.options, steps))
    else:
        room.close("not_kept", f"{room.journal.broken} This table could not begin and is closed.")
