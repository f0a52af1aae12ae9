"""Who comes to a table, goes from it, or gives a seat up."""

from typing import TYPE_CHECKING

from communication import messages as m
from communication.model import Answer
from communication.people import Member
from games.steps import Step
from master import bots, chat, rematch
from master.keeping import keys
from master.records import PLAYING, WAITING

if TYPE_CHECKING:
    from master.room import Room


def join(room: "Room", member: Member, watch: bool, seat: int | None = None) -> Answer:
    """Let somebody in: on this free seat (None: the first one), or to watch; or say why not."""
    if member in room.seats or (watch and member in room.watchers):
        return "already_there", "You are at this table already."
    stands_in = not watch and None not in room.seats and room.absences.stand_in(member)
    if not watch and not stands_in and None not in room.seats:
        return "room_full", "Every seat at this table is taken. You can watch instead."
    if member.key_hash in room.barred:
        return "sent_away", "You were sent away from here."
    new = room.code not in member.rooms
    if new:
        member.rooms[room.code] = room
    else:
        rematch.watches_no_more(room, member)
    if watch:
        room.watchers += (member,)
    elif not stands_in:
        room.seats[room.seats.index(None) if seat is None else seat] = member
        bots.come(room, member.house)
        room.offer = None
    room.there.update(keys([member]))
    room.tell_table()
    if new:
        chat.show(room, member)
    if room.state != WAITING:
        room.show_match(member)
        room.timing.changed()
    elif None not in room.seats or room.open_seats:
        room.begin()
    return None


def leave(room: "Room", member: Member) -> None:
    """Take somebody out for good; a seat in the middle of a match is given up."""
    if room.absences.gave_up(member):
        room.timing.changed()
        return
    seat = room.seat_of(member)
    del member.rooms[room.code]
    room.send(member, m.Closed(room=room.code, code="left", text="You have left the table."))
    if seat is None:
        rematch.watches_no_more(room, member)
    else:
        room.seats[seat] = None
        room.offer = None
        room.again.discard(seat)
        if room.state == PLAYING:
            _give_up(room, seat, f"{member.name} left")
    working = room.state == PLAYING or room.open_seats
    if any(not other.bot for other in room.members()) or (working and room.members()):
        room.tell_table()
        room.timing.changed()
    else:
        room.close("closed", "Everybody has left this table.")


def link_changed(room: "Room", member: Member) -> None:
    """Somebody's connection was lost, or is there again: then they get everything anew."""
    if member.link is None and room.absences.gave_up(member):
        room.timing.changed()
        return
    room.absences.changed()
    room.tell_table()
    if member.link is not None:
        chat.show(room, member)
        if room.state != WAITING:
            room.show_match(member)
    room.timing.changed()


def close(room: "Room", code: str, text: str) -> None:
    """Send everybody out of a room that ends, and forget it."""
    for member in room.members():
        del member.rooms[room.code]
        room.send(member, m.Closed(room=room.code, code=code, text=text))
    room.seats = [None] * len(room.seats)
    room.watchers, room.wanting = (), []
    room.absences.stand_ins.clear()
    room.journal.no_room(room.code)


def resign(room: "Room", member: Member, seat: int, why: str) -> None:
    """Give the match up for somebody; where a bot plays on instead, they watch from now on."""
    if not room.open_seats and (member.house or not _bot_plays_on(room)):
        room.announce(room.match.forfeit(seat, why))
        return
    room.seats[seat] = None
    room.offer = None
    room.watchers += (member,)
    _give_up(room, seat, why)
    room.tell_table()
    room.show_match(member)
    room.timing.changed()


def _give_up(room: "Room", seat: int, why: str) -> None:
    """The free seat loses the match, or a bot is called who plays on where the game wants that, and somebody is left
    to see it; one of those that may be empty is only noted."""
    if room.open_seats:
        _note_left(room, seat)
    elif _bot_plays_on(room):
        room.timing.renew(seat)
        bots.call(room)
    else:
        room.announce(room.match.forfeit(seat, why))


def _bot_plays_on(room: "Room") -> bool:
    """Whether a bot plays on in the place of somebody who gives up: not where nobody would be left to see it."""
    return room.game.replaces and room.call_bot is not None and any(not other.bot for other in room.members())


def send_away(room: "Room") -> None:
    """Take out for good whom the game wants to see no more, where seats are open."""
    for seat in room.match.info.sent_away():
        member = room.seats[seat]
        if member is not None:
            del member.rooms[room.code]
            room.barred.add(member.key_hash)
            room.seats[seat] = None
            text = "You were sent away: others have seen something else than you."
            room.send(member, m.Closed(room=room.code, code="sent_away", text=text))
        if room.state == PLAYING:
            _note_left(room, seat)
        room.tell_table()


def _note_left(room: "Room", seat: int) -> None:
    step = room.match.leave(seat)
    if isinstance(step, Step):
        room.announce(step)
