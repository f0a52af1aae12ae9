"""Keeping rooms: what a journal holds of one, a room made of it again, steps taken back that were not written."""

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from communication import messages as m
from communication.people import Member
from communication.written import MatchRecord, OverRecord
from games.game_info import Outcome, digest
from games.match import as_move
from games.steps import Step
from master import bots
from master.offers import standing
from master.records import Chat, Kept, PersonRecord, RoomRecord, WishRecord

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
        chat=said(room.chat),
        clock=room.timing.rule,
        left=room.timing.left,
        paused=room.paused,
        offer=standing(room),
        away=room.absences.rule,
        absent=room.absences.told(),
        begins=room.begins,
        barred=tuple(sorted(key.hex() for key in room.barred)),
        wanting=tuple(member.key_hash.hex() for member in room.wanting),
        offers=room.offers,
        coming=room.coming,
    )


def said(chat: Iterable[m.Said]) -> Chat:
    """What a journal keeps of a chat."""
    return tuple((line.n, line.name, line.text) for line in chat)


def lines(chat: Chat, room: str = "") -> Iterator[m.Said]:
    """The chat that a journal kept, of a room or of the lobby."""
    return (m.Said(room=room, name=name, text=text, old=True, n=n) for n, name, text in chat)


def person(member: Member) -> PersonRecord:
    """How somebody stands now."""
    wish = member.wish
    kept = (
        WishRecord(wish.game, wish.version, wish.seats, wish.options, wish.clock, wish.away)
        if wish is not None
        else None
    )
    return PersonRecord(member.name, member.bot, member.house, kept)


def member(key_hash: bytes, record: PersonRecord) -> Member:
    """Somebody whom a journal kept."""
    member = Member(record.name, key_hash, record.bot)
    member.house = record.house
    member.wish = wish(record)
    return member


def wish(record: PersonRecord | None) -> m.Match | None:
    """What somebody waits for, as the message that they once sent."""
    if record is None or record.wish is None:
        return None
    kept = record.wish
    return m.Match(
        game=kept.game,
        version=kept.version,
        seats=kept.seats,
        options=kept.options,
        clock=kept.clock,
        away=kept.away,
    )


def steps_of(kept: Kept) -> Iterator[Step]:
    """The steps of a match as the game takes them; ValueError where one is no move at all."""
    return (Step(step.n, step.seat, as_move(step.move), step.chance) for step in kept.steps)


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
        private=room.private,
        people=keys(room.members()),
        clock=room.timing.rule,
    )


def over_of(room: "Room", outcome: Outcome) -> OverRecord:
    """How the match in the room ended."""
    began = room.about.names if room.about is not None else ()
    names = tuple(member.name if member else name for member, name in zip(room.seats, began, strict=True))
    return OverRecord(
        ranks=outcome.ranks,
        why=outcome.why,
        scores=outcome.scores,
        at=time.time(),
        digest=digest(room.match.info),
        people=tuple(sorted(room.there)),
        steps=room.match.n,
        names=() if names == began else names,
        bots=tuple(seat for seat, member in enumerate(room.seats) if member is not None and member.bot),
    )


def keys(people: Iterable[Member]) -> tuple[str, ...]:
    """The hashes of their keys, in hex, by which people are known again; bots of the house are not."""
    return tuple(member.key_hash.hex() for member in people if not member.house)


def restore(room: "Room", record: RoomRecord, kept: Kept | None, members: Mapping[bytes, Member]) -> None:
    """Make the new room what a journal holds; ValueError where its steps do not fit the game.

    `members` are by the hashes of their keys. Seats of bots of the house that are gone are free, and others are called.
    """
    room.state, room.round = record.state, record.round
    room.chat.extend(lines(record.chat, room.code))
    room.paused, room.offer, room.offers = record.paused, record.offer, record.offers
    room.timing.reset(record.left)
    if kept is not None:
        room.number, room.about = kept.id, kept.about
        room.resume(steps_of(kept))
    room.seats = [members.get(bytes.fromhex(key)) if key else None for key in record.seats]
    room.watchers = tuple(one for key in record.watchers if (one := members.get(bytes.fromhex(key))))
    room.wanting = [one for key in record.wanting if (one := members.get(bytes.fromhex(key))) in room.watchers]
    room.barred = set(map(bytes.fromhex, record.barred))
    room.again = {seat for seat in record.again if room.seats[seat] is not None}
    for member in room.members():
        member.rooms[room.code] = room
    room.absences.restore(record.absent)
    room.there = {*(kept.about.people if kept is not None else ()), *keys(room.members())}
    if room.members():
        gone = sum(key is not None and seated is None for key, seated in zip(record.seats, room.seats, strict=True))
        bots.call(room, min(gone + record.coming, room.seats.count(None)))
