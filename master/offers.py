"""Offers at a table: one at a time, with the consent of every other seat, until the next step."""

from typing import TYPE_CHECKING

import msgspec

from communication import messages as m
from communication.model import Answer
from communication.people import Member
from games.game_info import Refusal
from games.undo import first_undone
from master import another
from master.records import OVER, PLAYING, WAITING

if TYPE_CHECKING:
    from master.room import Room

UNDO, DRAW, PAUSE, SAVE, RESUME, GAME = "undo", "draw", "pause", "save", "resume", "game"
RESTS = (PAUSE, SAVE)
"""Offers after which the match rests: for a while, or until another evening. What differs is only how they ask."""
STATES = dict.fromkeys((UNDO, DRAW, *RESTS, RESUME), (PLAYING,)) | {GAME: (WAITING, OVER)}
"""What can be offered, and in which states of the room."""


def standing(room: "Room") -> m.Offering | None:
    """The offer that waits for answers: the next step has ended every one before."""
    made = room.offer
    return made if made is not None and made.at == room.match.n else None


def offer(room: "Room", member: Member, message: m.Offer) -> Answer:
    """Let a member propose something to all others with a seat; or say why not."""
    seat, what, game = room.seat_of(member), message.what, message.game
    if seat is None:
        return "not_seated", "You are watching; only the players can offer something."
    if answer := _refusal(room, what):
        return answer
    if what == RESUME or room.open_seats:  # these two need nobody's consent
        _pause(room, what == PAUSE)
        return None
    if what == GAME and (answer := another.refusal(room, game)):
        return answer
    first = 0
    if what == UNDO:
        found = first_undone(room.match, seat)
        if isinstance(found, Refusal):
            return found.code, found.text
        first = found
    stands = standing(room)
    if stands is not None:
        if (stands.what, stands.first, stands.game) == (what, first, game):
            return reply(room, member, m.Reply(room=room.code, offer=stands.number, yes=True))
        return "offer_stands", "Another offer still waits for its answer."
    if room.declined.get((seat, named(what, game))) == room.match.n:
        return "offered_before", "You have offered this already, and it was not agreed on."
    room.offers += 1
    made = m.Offering(number=room.offers, what=what, seat=seat, at=room.match.n, agreed=(seat,), first=first, game=game)
    _settle(room, made)
    return None


def _refusal(room: "Room", what: str) -> Answer:
    """Why nobody at this table can offer that now; or None."""
    if what not in STATES:
        return "bad_offer", "There is no such offer at a table."
    if room.state not in STATES[what]:
        return room.untaken(room.state)
    if room.journal.broken:
        return "not_kept", f"{room.journal.broken} The match waits until it can."
    if what in RESTS and room.paused:
        return "paused", "The match is paused already."
    works = room.open_seats
    if works and what not in (PAUSE, RESUME):
        return "bad_offer", "There is no such offer where people work."
    if what == RESUME and not room.paused:
        return "not_paused", "The match is not paused."
    person = next((one.name for one in room.seats if one is not None and one.link is None), "")
    if what == RESUME and person and not works:
        return "not_all_here", f"{person} is not here. The match goes on when everybody is back."
    return None


def named(what: str, game: m.Wanted | None) -> str:
    """An offer in a word or two: somebody may offer one game after another."""
    return what if game is None else f"{what} {game.game}"


def reply(room: "Room", member: Member, message: m.Reply) -> Answer:
    """Take somebody's yes or no to the offer that stands."""
    seat = room.seat_of(member)
    if seat is None:
        return "not_seated", "You are watching; only the players answer offers."
    stands = standing(room)
    if stands is None or stands.number != message.offer:
        return "no_offer", "This offer does not stand any more."
    if room.journal.broken:
        return "not_kept", f"{room.journal.broken} The match waits until it can."
    if not message.yes:
        room.declined[stands.seat, named(stands.what, stands.game)] = stands.at
        room.offer = None
        room.tell_table()
    elif seat not in stands.agreed:
        _settle(room, msgspec.structs.replace(stands, agreed=(*stands.agreed, seat)))
    return None


def _settle(room: "Room", made: m.Offering) -> None:
    """Let the offer stand; or carry it out once all have agreed."""
    if any(member is not None and seat not in made.agreed for seat, member in enumerate(room.seats)):
        room.offer = made
        room.tell_table()
        return
    room.offer = None
    if made.what == UNDO:
        room.announce(room.match.undo(made.first))
    elif made.what == DRAW:
        room.announce(room.match.draw())
    elif made.game is not None:
        another.begin(room, made.game)
    else:
        _pause(room, True)


def _pause(room: "Room", paused: bool) -> None:
    """Let the match rest, or go on."""
    room.paused, room.offer = paused, None
    room.tell_table()
    room.timing.changed()
