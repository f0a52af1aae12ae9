"""Another match in the same room: who wants it, who watches and wants to play in it, and a seat given to them."""

from typing import TYPE_CHECKING

from communication.model import Answer
from communication.people import Member, folded, quoted

if TYPE_CHECKING:
    from master.room import Room


def want(room: "Room", member: Member) -> None:
    """Note who wants another match, or a seat for it; when all seats want it, it begins, each moved on by one seat."""
    seat = room.seat_of(member)
    if seat is not None:
        room.again.add(seat)
    elif member not in room.wanting:
        room.wanting.append(member)
    if len(room.again) == len(room.seats):
        for one in filter(None, room.seats):
            one.pays(-1, room.now)  # what asking for it has cost
        room.seats = [*room.seats[1:], room.seats[0]]
        room.begin()
    else:
        room.tell_table()


def give(room: "Room", member: Member, name: str) -> Answer:
    """Let somebody who wants to play have this member's seat, who watches from now on; or say why not."""
    if member not in room.seats:
        return "not_seated", "You are watching; you have no seat to give."
    other = next((one for one in room.wanting if folded(one.name) == folded(name)), None)
    if other is None:
        return "not_wanting", f'Nobody called "{quoted(name)}" watches here and wants to play.'
    seat = room.seats.index(member)
    watches_no_more(room, other)
    room.seats[seat] = other
    room.watchers += (member,)
    room.again.discard(seat)
    room.offer = None
    room.absences.changed()
    room.tell_table()
    if room.secret:
        for one in (member, other):
            room.show_match(one)
    return None


def watches_no_more(room: "Room", member: Member) -> None:
    """Take somebody off the list of those who watch, and of those of them who want to play."""
    room.watchers = tuple(one for one in room.watchers if one is not member)
    if member in room.wanting:
        room.wanting.remove(member)
