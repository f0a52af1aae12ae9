"""Hall: all rooms of a server; it opens them, gives them codes, and keeps the evening's score."""

import logging
import secrets
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from communication import away as away_rules
from communication import messages as m
from communication.away import USUAL
from communication.model import Answer
from communication.people import Member
from communication.runner import NotKept, Runner
from communication.written import MatchRecord, OverRecord
from games.game import Game
from master import bots, keeping, told, wishes
from master.archive import Archive
from master.records import Kept, Ledger, NoJournal, RoomRecord, Undone
from master.room import Room

log = logging.getLogger(__name__)

WINNERS = 200
"""Names that the score holds: those with the fewest wins make room for others."""
EVENING = 8 * 3600.0
"""Seconds before a start whose matches still count for the evening's score."""
TRY_EVERY = 1.0
"""Seconds between two attempts to write a journal that could not be written."""

CONSONANTS, VOWELS = "BDFGKLMNPRSTVZ", "AEIOU"
"""Letters of codes: each can be told from the others over a noisy room."""


class Hall:
    """The master layer as the server sees it.

    `call_bot` brings a bot to the room with a code; None: there are none. `bots_left` says how many more may come.
    `away` is what is done for players who are away where a table was opened without a rule of its own; `now` is the
    time until `task` tells it.
    """

    def __init__(
        self,
        runner: Runner,
        shelf: Mapping[str, Game[Any]],
        call_bot: Callable[[str], None] | None = None,
        bots_left: Callable[[], int] = lambda: sys.maxsize,
        journal: Ledger | None = None,
        away: m.Away = USUAL,
        now: float = 0.0,
    ) -> None:
        self.runner = runner
        self.shelf = shelf
        self.games = {name: game.version for name, game in shelf.items()}
        self.rooms: dict[str, Room] = {}
        self.wins: Counter[str] = Counter()
        self.matches = 0
        self.journal = journal or NoJournal()
        works = {name for name, game in shelf.items() if game.info.open_seats}
        self.archive = Archive(self.journal, works)
        self.members: dict[bytes, Member] = {}
        self.trouble = ""
        self.on_revived: Callable[[list[Member]], None] = lambda members: None
        """Hears of people who had gone for good in a round that could not be written, and so are still here."""
        self.on_change: Callable[[], None] = lambda: None
        """Hears of every change of what the lobby shows of a room."""
        self._counted: list[list[str]] = []
        """The winners of each match that was counted in this round."""
        self._untold = False
        """Whether trouble has begun of which the tables do not know yet."""
        self._try_at = 0.0
        self._call_bot = call_bot
        self._bots_left = bots_left
        self.away = away
        self._now = now

    def refusal(self, wish: m.Match | m.Open, member: Member) -> Answer:
        """Why no such room can be opened for somebody: a code and a sentence; or None."""
        if answer := wishes.refusal(self.shelf, wish) or away_rules.refusal(wish.away):
            return answer
        if (wish.away or self.away).rule == "bot" and self._call_bot is None:
            return "no_bots", "This server has no bots."
        if isinstance(wish, m.Open) and wish.bots:
            if self.shelf[wish.game].info.open_seats:
                return "no_bots", "Bots do not work."
            if self._call_bot is None:
                return "no_bots", "This server has no bots."
            if wish.bots > self._bots_left():
                return "no_bots", "All bots of this server are busy; please try again later."
            if not 0 <= wish.bots < wish.seats:
                return "no_bots", f"There is room for {wish.seats - 1} bots at most, beside you."
        if isinstance(wish, m.Open):
            if not 0 <= wish.seat < wish.seats:
                return "bad_seats", f"The seats of that table have the numbers 0 to {wish.seats - 1}."
            return self.archive.refusal(wish, self.options(wish), member)
        return None

    def options(self, wish: m.Match | m.Open) -> m.Options:
        """All options of a wish that is not refused, defaults filled in."""
        return self.shelf[wish.game].chosen(wish.options)

    def complete(self, wish: m.Match) -> m.Match:
        """A wish that is not refused with all options, and the rule for who is away, defaults filled in."""
        return msgspec.structs.replace(wish, options=self.options(wish), away=wish.away or self.away)

    def open(self, wish: m.Match | m.Open, members: Sequence[Member]) -> str:
        """Open a room, seat the members in this order, call the bots, and give its code."""
        private = isinstance(wish, m.Open) and wish.private
        rule, away = wish.clock, wish.away or self.away
        room = self._room(self._free_code(), wish.game, wish.seats, self.options(wish), private, rule, away)
        if isinstance(wish, m.Match):
            for member in members:
                room.join(member, watch=False)
            return room.code
        if wish.match is not None:
            self._go_on(room, wish.match, wish.n)
        bots.call(room, wish.bots)
        for member in members:
            room.join(member, watch=False, seat=wish.seat)
        return room.code

    def _go_on(self, room: Room, match: int, n: int) -> None:
        """Let the next match in a room begin where an earlier one was after step n."""
        room.begins, room.opening = (match, n), self.archive.opening(match, n)

    def _room(
        self, code: str, game: str, seats: int, options: m.Options, private: bool, rule: m.Clock | None, away: m.Away
    ) -> Room:
        room = self.rooms[code] = Room(
            self.runner,
            code,
            self.shelf,
            game,
            seats,
            options,
            private=private,
            on_over=self._count,
            on_empty=self._forget,
            on_change=lambda: self.on_change(),
            call_bot=self._call_bot,
            journal=self.journal,
            clock=rule,
            away=away,
            time=lambda: self._now,
            bots_left=self._bots_left,
        )
        return room

    def make_room(self) -> None:
        """Close the oldest table whose match rests and where nobody is; where there is none, nothing happens."""
        for room in self.rooms.values():
            if room.paused and all(member.link is None for member in room.members()):
                room.close("closed", "This table rested, and its place was needed.")
                return

    def past(self, member: Member, mine: bool, before: int | None, most: int) -> m.Past:
        """The newest matches that are over and that somebody may look at: where they were, or all that were open."""
        return self.archive.past(member, mine, before, most)

    def record(self, member: Member, match: int) -> m.Record | None:
        """A match whole that is over; None where there is none that they may look at."""
        return self.archive.record(member, match)

    def cards(self) -> Iterable[m.Card]:
        """The rooms that are not private, as the lobby lists them."""
        return (told.card(room) for room in self.rooms.values() if not room.private)

    def task(self, now: float) -> None:
        """Let every room do what is due; try a broken journal again, and tell all tables what has come of it."""
        self._now = now
        for room in [room for room in self.rooms.values() if room.timed or room.somebody_away]:
            room.task(now)
        if self.journal.broken and now >= self._try_at:
            self._try_at = now + TRY_EVERY
            self.journal.mend()
        if self._untold or self.trouble != self.journal.broken:
            self._untold, self.trouble = False, self.journal.broken
            log.warning("%s", self.trouble or "the journal can be written again")
            for room in list(self.rooms.values()):
                room.tell_table()
                room.timing.changed()

    # -- what is kept --------------------------------------------------------------------------------------------------

    def met(self, member: Member) -> None:
        """Keep how somebody stands now: their name, and what they wait for."""
        self.members[member.key_hash] = member
        self.journal.person(member.key_hash, keeping.person(member))

    def forgot(self, member: Member) -> None:
        """Keep somebody no longer."""
        self.members.pop(member.key_hash, None)
        self.journal.no_person(member.key_hash)

    def said(self, chat: Iterable[m.Said]) -> None:
        """Keep what was said in the lobby."""
        self.journal.lobby(keeping.said(chat))

    def commit(self) -> None:
        """Write what the round did; where that fails, put back what it changed and raise NotKept."""
        try:
            self.journal.commit()
        except NotKept:
            self.archive.settle(written=False)
            self._untold, self.trouble = True, self.journal.broken
            try:
                self._put_back(self.journal.undone())
            except Exception:
                log.exception("the round that could not be written could not be undone")
            raise
        self._counted = []
        self.archive.settle(written=True)

    def _put_back(self, undone: Undone) -> None:
        """Make rooms and people again what they were before the round; people are told when they come back."""
        revived = []
        for key_hash, record in undone.people.items():
            member = self.members.get(key_hash)
            if member is None and record is not None:
                member = keeping.member(key_hash, record)
                revived.append(member)
            if member is not None:
                member.wish = keeping.wish(record)
                self.met(member)
        for code, before in undone.rooms.items():
            room = self.rooms.pop(code, None)
            for member in room.members() if room is not None else ():
                del member.rooms[code]
            if before is not None:
                self._reopen(*before)
        for names in self._counted:
            self.matches -= 1
            self.wins -= Counter(names)
        self._counted = []
        self.on_revived(revived)

    def restore(self) -> tuple[list[Member], list[m.Said]]:
        """Open the rooms that the journal holds; gives the people it knows, and what was said in the lobby."""
        for past in self.archive.since(time.time() - EVENING):
            if past.over is not None:
                self._score(past.about, past.over)
        for key_hash, record in self.journal.people():
            if record.house:
                self.journal.no_person(key_hash)
            else:
                self.members[key_hash] = keeping.member(key_hash, record)
        for room_record, kept in self.journal.rooms():
            room = self._reopen(room_record, kept)
            if room is not None and not room.members():
                room.close("closed", "Everybody has left this table.")
        return list(self.members.values()), list(keeping.lines(self.journal.chat()))

    def _reopen(self, record: RoomRecord, kept: Kept | None) -> Room | None:
        """Open a room as the journal holds it; one that cannot be played on is set aside."""
        game = self.shelf.get(record.game)
        try:
            if game is None or game.version != record.version:
                raise ValueError(f"this program has not version {record.version} of {record.game}")
            seats, rule = len(record.seats), record.clock
            room = self._room(record.code, record.game, seats, record.options, record.private, rule, record.away)
            if record.begins is not None:
                self._go_on(room, *record.begins)
            keeping.restore(room, record, kept, self.members)
        except Exception as error:
            self.rooms.pop(record.code, None)
            self.journal.set_aside(record.code, str(error))
            return None
        return room

    def _free_code(self) -> str:
        while True:
            code = "".join(secrets.choice(letters) for letters in (CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS))
            if code not in self.rooms:
                return code

    def _count(self, room: Room) -> None:
        if room.open_seats:
            return  # nobody has won or lost, and what it brought is fetched in another way
        if room.number is not None and room.about is not None and room.result is not None:
            self.archive.add(room.number, room.about, room.match.steps, room.result)
            self._counted.append(self._score(room.about, room.result))

    def _score(self, about: MatchRecord, over: OverRecord) -> list[str]:
        """Count a match into the evening's score, which is one of people; gives those who have won."""
        drawn = len(set(over.ranks)) == 1
        names = zip(over.names or about.names, over.ranks, strict=False)
        first = [name for seat, (name, rank) in enumerate(names) if rank == 1 and name and seat not in over.bots]
        winners = [] if drawn else first
        self.matches += 1
        self.wins.update(winners)
        if len(self.wins) > WINNERS:
            self.wins = Counter(dict(self.wins.most_common(WINNERS // 2)))
        return winners

    def _forget(self, room: Room) -> None:
        self.rooms.pop(room.code, None)
        self.on_change()
