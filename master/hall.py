"""Hall: all rooms of a server; it opens them, gives them codes, and keeps the evening's score."""

import logging
import secrets
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from communication import messages as m
from communication.model import Answer
from communication.people import Member, quoted
from communication.runner import NotKept, Runner
from games.game import Game
from master import clock
from master.keeping import restore, take_back
from master.records import NoJournal, PersonRecord
from master.room import Room

log = logging.getLogger(__name__)

WINNERS = 200
"""Names that the score holds: those with the fewest wins make room for others."""
LONGEST_REASON = 300
"""Characters of what a game says about options, which may quote what was sent."""

CONSONANTS, VOWELS = "BDFGKLMNPRSTVZ", "AEIOU"
"""Letters of codes: each can be told from the others over a noisy room."""


class Hall:
    """The master layer as the server sees it.

    `call_bot` brings a bot to the room with a code; None: there are none. `bots_left` says how many more may come.
    `away_waits` is the house rule that nobody's clock runs while they are away; `now` the time until `task` tells it.
    """

    def __init__(
        self,
        runner: Runner,
        shelf: Mapping[str, Game[Any]],
        call_bot: Callable[[str], None] | None = None,
        bots_left: Callable[[], int] = lambda: sys.maxsize,
        journal: NoJournal | None = None,
        away_waits: bool = True,
        now: float = 0.0,
    ) -> None:
        self.runner = runner
        self.shelf = shelf
        self.games = {name: game.version for name, game in shelf.items()}
        self.rooms: dict[str, Room] = {}
        self.wins: Counter[str] = Counter()
        self.matches = 0
        self.journal = journal or NoJournal()
        self._call_bot = call_bot
        self._bots_left = bots_left
        self.away_waits = away_waits
        self._now = now

    def refusal(self, wish: m.Match | m.Open) -> Answer:
        """Why no such room can be opened: a code and a sentence; or None."""
        game = self.shelf.get(wish.game)
        if game is None:
            return "unknown_game", f'This server has no game called "{quoted(wish.game)}".'
        if wish.version != game.version:
            text = f"{game.title} is version {game.version} on this server and version {wish.version} in your program."
            return "other_version", f"{text} Please use the same version on both."
        if wish.seats not in game.seats:
            return "bad_seats", f"{game.title} is for {game.seating()} players, not for {wish.seats}."
        try:
            game.chosen(wish.options)
        except ValueError as error:
            return "bad_options", quoted(str(error), LONGEST_REASON)
        if answer := clock.refusal(wish.clock):
            return answer
        if isinstance(wish, m.Open) and wish.bots:
            if self._call_bot is None:
                return "no_bots", "This server has no bots."
            if wish.bots > self._bots_left():
                return "no_bots", "All bots of this server are busy; please try again later."
            if not 0 <= wish.bots < wish.seats:
                return "no_bots", f"There is room for {wish.seats - 1} bots at most, beside you."
        return None

    def options(self, wish: m.Match | m.Open) -> m.Options:
        """All options of a wish that is not refused, defaults filled in."""
        return self.shelf[wish.game].chosen(wish.options)

    def open(self, wish: m.Match | m.Open, members: Sequence[Member]) -> str:
        """Open a room, seat the members in this order, call the bots, and give its code."""
        private = isinstance(wish, m.Open) and wish.private
        room = self._room(self._free_code(), wish.game, wish.seats, self.options(wish), private, wish.clock)
        for member in members:
            room.join(member, watch=False)
        if isinstance(wish, m.Open) and self._call_bot is not None:
            for _ in range(wish.bots):
                self._call_bot(room.code)
        return room.code

    def _room(self, code: str, game: str, seats: int, options: m.Options, private: bool, rule: m.Clock | None) -> Room:
        room = self.rooms[code] = Room(
            self.runner,
            code,
            self.shelf[game],
            seats,
            options,
            private=private,
            on_over=self._count,
            on_empty=self._forget,
            call_bot=self._call_bot,
            journal=self.journal,
            clock=rule,
            away_waits=self.away_waits,
            now=self._now,
        )
        return room

    def cards(self) -> Iterable[m.Card]:
        """The rooms that are not private, as the lobby lists them."""
        return (room.card() for room in self.rooms.values() if not room.private)

    def task(self, now: float) -> None:
        """Let every room do what is due; where the journal is broken, tell them when it can be written again."""
        self._now = now
        for room in list(self.rooms.values()):
            room.task(now)
        if self.journal.broken and self.journal.mended():
            log.warning("the journal can be written again")
            for room in list(self.rooms.values()):
                room.tell_table()
                room.timing.changed()

    # -- what is kept --------------------------------------------------------------------------------------------------

    def met(self, member: Member) -> None:
        """Keep somebody who has logged in."""
        self.journal.person(member.key_hash, PersonRecord(member.name, member.bot, member.house, time.time()))

    def forgot(self, member: Member) -> None:
        """Keep somebody no longer."""
        self.journal.no_person(member.key_hash)

    def commit(self) -> None:
        """Write what the round did; where that fails, take its steps back and raise NotKept."""
        try:
            self.journal.commit()
        except NotKept:
            lost = self.journal.lost()
            for room in list(self.rooms.values()):
                if (first := lost.get(room.number or 0)) is not None:
                    take_back(room, first)
            raise

    def restore(self) -> list[Member]:
        """Open the rooms that the journal holds, and give the people it knows."""
        members = {}
        for key_hash, person in self.journal.people():
            if not person.house:
                members[key_hash.hex()] = Member(person.name, key_hash, person.bot)
        for record, kept in self.journal.rooms():
            game = self.shelf.get(record.game)
            try:
                if game is None or game.version != record.version:
                    raise ValueError(f"this program has not version {record.version} of {record.game}")
                room = self._room(
                    record.code, record.game, len(record.seats), record.options, record.private, record.clock
                )
                restore(room, record, kept, members)
            except Exception as error:
                self.rooms.pop(record.code, None)
                self.journal.set_aside(record.code, str(error))
                continue
            if not room.members():
                room.close("closed", "Everybody has left this table.")
        return list(members.values())

    def _free_code(self) -> str:
        while True:
            code = "".join(secrets.choice(letters) for letters in (CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS))
            if code not in self.rooms:
                return code

    def _count(self, room: Room) -> None:
        outcome = room.match.outcome
        self.matches += 1
        if outcome is not None and not outcome.drawn:
            self.wins.update(member.name for seat in outcome.winners if (member := room.seats[seat]) is not None)
            if len(self.wins) > WINNERS:
                self.wins = Counter(dict(self.wins.most_common(WINNERS // 2)))

    def _forget(self, room: Room) -> None:
        self.rooms.pop(room.code, None)
