"""Journal: what a server must not lose; written once a round, before anything of it is announced.

The steps of a round go into one row of `rounds`, because a row costs far more than a step in it. Now and then they are
put behind the steps of their matches, so that a start has few rounds to read. Rooms and people are rows of their own,
written when they change. Everything runs on the thread of the round.
"""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from communication.written import MatchRecord, OverRecord, StepRecord, Written
from games.steps import Step
from master.records import Chat, JournalError, Kept, Ledger, PersonRecord, RoomRecord, Undone
from master.store import hold, opened, sealed, unsealed

log = logging.getLogger(__name__)

PACK_EVERY, PACK_EACH = 50_000, 40
"""Steps in all, and steps a match, after which they are put behind their matches: a start reads no more than these."""
PROBE = 1 << 18
"""Bytes that a disk which was full must take before the matches go on."""

Noted: TypeAlias = tuple[int, int, int | None, Any, tuple[int, ...], float]
"""What a StepRecord is, before it is written: a tuple is made faster, and written just so."""

_steps = msgspec.json.Decoder(list[StepRecord])
_about = msgspec.json.Decoder(MatchRecord)
_over = msgspec.json.Decoder(OverRecord)
_room = msgspec.json.Decoder(RoomRecord)
_person = msgspec.json.Decoder(PersonRecord)
_chat = msgspec.json.Decoder(Chat)


class Reader:
    """What a journal holds; `db` is its file."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.bad: set[int] = set()
        """Rounds that cannot be read."""

    def numbers(self) -> list[int]:
        """The number of every match, oldest first."""
        return [row[0] for row in self.db.execute("SELECT id FROM matches ORDER BY id")]

    def matches(self) -> Iterator[Kept]:
        """Every match, oldest first; what cannot be read is named in the log."""
        tails = self.tails()
        for number in self.numbers():
            try:
                yield self.kept(number, tails)
            except (msgspec.MsgspecError, ValueError) as error:
                log.error("match %d is damaged: %s", number, error)

    def kept(self, number: int, tails: dict[int, list[StepRecord]]) -> Kept:
        """A match; ValueError where it, or a part of it, is missing or damaged."""
        row = self.db.execute("SELECT about, steps, over FROM matches WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise ValueError(f"match {number} is missing")
        about, packed, over = row
        steps = [step for line in unsealed(packed) for step in _steps.decode(line)] + tails.get(number, [])
        if not steps or [step.n for step in steps] != list(range(len(steps))):
            raise ValueError(f"steps of match {number} are missing")
        return Kept(number, _one(_about, about), steps, _one(_over, over) if over else None)

    def tails(self) -> dict[int, list[StepRecord]]:
        """The steps that are not yet with their matches, by match."""
        tails: dict[int, list[StepRecord]] = {}
        for number, raw in self.db.execute("SELECT id, steps FROM rounds ORDER BY id").fetchall():
            try:
                for step in _one(_steps, raw):
                    tails.setdefault(step.match, []).append(step)
            except (msgspec.MsgspecError, ValueError) as error:
                log.error("round %d of the journal is damaged, so some tables lack steps: %s", number, error)
                self.bad.add(number)
        return tails


class Journal(Ledger):
    """The journal in a folder. `clock` gives seconds since 1970. JournalError where it cannot be opened."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.clock = clock
        self._fresh: list[Noted] = []
        self._writes: dict[tuple[str, Any], tuple[str, tuple[Any, ...]]] = {}
        self._given_up: tuple[list[Noted], list[tuple[str, Any]]] = [], []
        self._since_pack = 0
        self._now = 0.0
        self._open = True
        self._lock = hold(folder)
        try:
            self._db = opened(folder)
        except JournalError:
            self._lock.close()
            raise
        self.read = Reader(self._db)
        self._tails: dict[int, list[Noted | StepRecord]] = {match: [*s] for match, s in self.read.tails().items()}
        self._next_match = (self._db.execute("SELECT max(id) FROM matches").fetchone()[0] or 0) + 1

    def close(self) -> None:
        """Write what is left and let go of the file; what is noted after that is not kept."""
        if self._open:
            try:
                self.commit()
            except JournalError as error:
                log.error("%s", error)
            self._pack()
            self._open = False
            self._db.close()
            self._lock.close()

    # -- what happens in a round ---------------------------------------------------------------------------------------

    def begin(self, about: MatchRecord) -> int:
        number = super().begin(about)
        self._write("match", number, "INSERT INTO matches VALUES (?, ?, x'', NULL)", number, sealed(about))
        return number

    def step(self, match: int, step: Step) -> None:
        if not self._fresh:
            self._now = self.clock()  # a round is a moment
        self._fresh.append((match, step.n, step.seat, step.move, step.chance, self._now))

    def over(self, match: int, over: OverRecord) -> None:
        self._write("over", match, "UPDATE matches SET over = ? WHERE id = ?", sealed(over), match)

    def room(self, record: RoomRecord) -> None:
        self._write("room", record.code, "INSERT OR REPLACE INTO rooms VALUES (?, ?)", record.code, sealed(record))

    def no_room(self, code: str) -> None:
        self._write("room", code, "DELETE FROM rooms WHERE code = ?", code)

    def person(self, key_hash: bytes, record: PersonRecord) -> None:
        self._write("person", key_hash, "INSERT OR REPLACE INTO people VALUES (?, ?)", key_hash, sealed(record))

    def no_person(self, key_hash: bytes) -> None:
        self._write("person", key_hash, "DELETE FROM people WHERE key_hash = ?", key_hash)

    def lobby(self, chat: Chat) -> None:
        self._write("meta", "chat", "INSERT OR REPLACE INTO meta VALUES ('chat', ?)", sealed(chat))

    def _write(self, kind: str, which: Any, statement: str, *values: Any) -> None:
        self._writes.pop((kind, which), None)  # the latest goes last
        self._writes[kind, which] = (statement, values)

    def commit(self) -> None:
        if not self._fresh and (self.broken or not self._writes):
            return
        if not self.broken:
            self._try()
        if self.broken:
            self._given_up = self._fresh, list(self._writes)
            self._fresh, self._writes = [], {}
            raise JournalError(self.broken)

    def _try(self) -> None:
        """Write all that was noted; `broken` tells whether that could be done."""
        if not self._open:
            return
        db, fresh = self._db, self._fresh
        try:
            if self._writes:
                db.execute("BEGIN IMMEDIATE")
                for statement, values in self._writes.values():
                    db.execute(statement, values)
            if fresh:
                db.execute("INSERT INTO rounds (steps) VALUES (?)", (sealed(fresh),))
            if self._writes:
                db.execute("COMMIT")
        except sqlite3.Error as error:
            self._failed(error)
            return
        self._writes.clear()
        if fresh:
            tails = self._tails
            for noted in fresh:
                if noted[0] in tails:
                    tails[noted[0]].append(noted)
                else:
                    tails[noted[0]] = [noted]
            self._since_pack += len(fresh)
            self._fresh = []
            if self._since_pack >= PACK_EVERY and self._since_pack >= PACK_EACH * len(tails):
                self._pack()

    def _failed(self, error: sqlite3.Error) -> None:
        self.broken = f"The host cannot write its journal ({error})."
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def _pack(self) -> None:
        """Put all steps of `rounds` behind those of their matches; where that fails they stay where they are."""
        self._since_pack = 0
        db = self._db
        try:
            db.execute("BEGIN IMMEDIATE")
            db.executemany(
                "UPDATE matches SET steps = CAST(steps || ? AS BLOB) WHERE id = ?",
                [(sealed(steps), match) for match, steps in self._tails.items()],
            )
            aside = "INSERT INTO damaged SELECT '', steps, 'a round', ? FROM rounds WHERE id = ?"
            db.executemany(aside, [(self.clock(), number) for number in self.read.bad])
            db.execute("DELETE FROM rounds")
            db.execute("COMMIT")
            self._tails.clear()
            self.read.bad.clear()
        except sqlite3.Error as error:
            log.warning("the journal could not be packed: %s", error)
            if db.in_transaction:
                db.execute("ROLLBACK")

    def mend(self) -> None:
        try:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('probe', zeroblob(?))", (PROBE,))
            self._db.execute("DELETE FROM meta WHERE key = 'probe'")
        except sqlite3.Error as error:
            self._failed(error)
            return
        self.broken = ""
        self._try()

    # -- what was kept -------------------------------------------------------------------------------------------------

    def people(self) -> Iterator[tuple[bytes, PersonRecord]]:
        for key_hash, raw in self._db.execute("SELECT key_hash, record FROM people").fetchall():
            try:
                yield key_hash, _one(_person, raw)
            except (msgspec.MsgspecError, ValueError) as error:
                log.error("somebody's record is damaged, and they are forgotten: %s", error)

    def rooms(self) -> Iterator[tuple[RoomRecord, Kept | None]]:
        tails = self.read.tails()
        for (code,) in self._db.execute("SELECT code FROM rooms").fetchall():
            if (found := self._held(code, tails)) is not None:
                yield found

    def chat(self) -> Chat:
        row = self._db.execute("SELECT value FROM meta WHERE key = 'chat'").fetchone()
        try:
            return _one(_chat, row[0]) if row else ()
        except (msgspec.MsgspecError, ValueError) as error:
            log.error("what was said in the lobby is damaged, and forgotten: %s", error)
            return ()

    def finished(self, most: int) -> list[Kept]:
        found = []
        statement = "SELECT id, about, over FROM matches WHERE over IS NOT NULL ORDER BY id DESC LIMIT ?"
        for number, about, over in self._db.execute(statement, (most,)).fetchall():
            try:
                found.append(Kept(number, _one(_about, about), [], _one(_over, over)))
            except (msgspec.MsgspecError, ValueError) as error:
                log.error("match %d is damaged: %s", number, error)
        return found[::-1]

    def kept(self, match: int) -> Kept | None:
        tail = [StepRecord(*noted) if isinstance(noted, tuple) else noted for noted in self._tails.get(match, ())]
        try:
            return self.read.kept(match, {match: tail})
        except (sqlite3.Error, msgspec.MsgspecError, ValueError) as error:
            log.error("a match cannot be read: %s", error)
            return None

    def undone(self) -> Undone:
        (fresh, written), self._given_up = self._given_up, ([], [])
        codes = {which for kind, which in written if kind == "room"}
        for match in {tail[0] for tail in fresh}:
            row = self._db.execute("SELECT about FROM matches WHERE id = ?", (match,)).fetchone()
            if row is not None:
                codes.add(_one(_about, row[0]).room)
        tails = self.read.tails()
        people = dict(self.people())
        return Undone(
            {code: self._held(code, tails) for code in codes},
            {which: people.get(which) for kind, which in written if kind == "person"},
        )

    def set_aside(self, code: str, why: str) -> None:
        log.error("the room %s is damaged and set aside: %s", code, why)
        db = self._db
        try:
            db.execute("BEGIN IMMEDIATE")
            statement = "INSERT INTO damaged SELECT code, record, ?, ? FROM rooms WHERE code = ?"
            db.execute(statement, (why, self.clock(), code))
            db.execute("DELETE FROM rooms WHERE code = ?", (code,))
            db.execute("COMMIT")
        except sqlite3.Error as error:
            self._failed(error)

    def _held(self, code: str, tails: dict[int, list[StepRecord]]) -> tuple[RoomRecord, Kept | None] | None:
        """A room as it was last written; None where there is none, or none that can be played on."""
        row = self._db.execute("SELECT record FROM rooms WHERE code = ?", (code,)).fetchone()
        if row is None:
            return None
        try:
            record = _one(_room, row[0])
            return record, None if record.match is None else self.read.kept(record.match, tails)
        except (msgspec.MsgspecError, ValueError) as error:
            self.set_aside(code, str(error))
            return None

    def bring(self, matches: Sequence[Written]) -> list[int]:
        """Take in matches from elsewhere, all or none; gives their numbers here."""
        numbers = []
        for match in matches:
            number = Ledger.begin(self, match.about)
            numbers.append(number)
            moved = [msgspec.structs.replace(step, match=number) for step in match.steps]
            values = number, sealed(match.about), sealed(moved), match.over and sealed(match.over)
            self._write("match", number, "INSERT INTO matches VALUES (?, ?, ?, ?)", *values)
        self.commit()
        return numbers


def _one(decoder: "msgspec.json.Decoder[Any]", raw: bytes) -> Any:
    """The record in a sealed line."""
    (data,) = unsealed(raw)
    return decoder.decode(data)
