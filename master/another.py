"""Another game in the same room: whether it fits those who sit there, and how it begins."""

from typing import TYPE_CHECKING

from communication import messages as m
from communication.model import Answer
from communication.people import Member
from master import bots, wishes
from master.records import WAITING

if TYPE_CHECKING:
    from master.room import Room


def refusal(room: "Room", wanted: m.Wanted | None) -> Answer:
    """Why this game cannot be played by those who sit here: all people need a seat, bots make room or fill up."""
    if wanted is None:
        return "bad_offer", "Please say which game."
    if answer := wishes.refusal(room.shelf, wanted):
        return answer
    if room.shelf[wanted.game].info.open_seats:
        return "bad_offer", "That is work, and no game."
    people = len(_people(room))
    if wanted.seats < people:
        return "bad_seats", f"{people} people sit here; with {wanted.seats} seats there is no place for all of them."
    return None


def begin(room: "Room", wanted: m.Wanted) -> None:
    """Let the room play this from now on: the same people, in their order, those who watch, the chat and the code.

    Bots of the house go where there is no seat for them, and are called for the seats that are free. Where there are
    none, the table waits for people.
    """
    game, others = room.shelf[wanted.game], _bots(room)
    stay = [*_people(room), *others][: wanted.seats]
    for bot in others:
        if bot not in stay:
            del bot.rooms[room.code]
            room.send(bot, m.Closed(room=room.code, code="left", text="There is no seat for you in this game."))
    room.lay(game, wanted.seats, game.chosen(wanted.options), wanted.clock, room.absences.rule)
    room.seats[: len(stay)] = stay
    room.state, room.number = WAITING, None
    room.again.clear()
    room.wanting.clear()
    room.begins, room.opening = None, []
    if None not in room.seats:
        room.begin()
        return
    bots.call(room, min(room.seats.count(None), room.bots_left()))
    room.tell_table()


def _people(room: "Room") -> list[Member]:
    return [member for member in room.seats if member is not None and not member.house]


def _bots(room: "Room") -> list[Member]:
    return [member for member in room.seats if member is not None and member.house]
