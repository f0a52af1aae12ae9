"""Journal: what a server must not lose, in one SQLite file; written once a round, before anything of it is announced.

Steps go into `rounds`, one row for all steps of a round, because a row costs far more than a step in it. Now and then,
and when a match ends, the steps of each match are packed into its own row of `matches`. Rooms and people are rows of
their own, written when they change. Everything runs on the thread of the round.
"""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from games.match import Step
from master.records import (
    JournalError,
    Kept,
    MatchRecord,
    NoJournal,
    OverRecord,
    PersonRecord,
    RoomRecord,
    StepRecord,
)

log = logging.getLogger(__name__)

SCHEMA = 1
"""Raised with every change of the tables; MIGRATIONS says how an older file becomes one of today."""
PACK_EVERY = 2000
"""Rounds after which all steps are packed, so that a start has no more than these to read."""
FILE = "journal.db"
BUSY_MS = 2000

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE people (key_hash BLOB PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE rooms (code TEXT PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE matches (id INTEGER PRIMARY KEY, about BLOB NOT NULL, steps BLOB NOT NULL, over BLOB);
CREATE TABLE rounds (id INTEGER PRIMARY KEY, steps BLOB NOT NULL);
CREATE TABLE damaged (code TEXT, record BLOB, why TEXT, at REAL);
"""
MIGRATIONS: dict[int, str] = {}
"""Version -> SQL that makes the next version of it."""


_encode = msgspec.json.Encoder().encode
_steps = msgspec.json.Decoder(list[StepRecord])
_about = msgspec.json.Decoder(MatchRecord)
_over = msgspec.json.Decoder(OverRecord)
_room = msgspec.json.Decoder(RoomRecord)
_person = msgspec.json.Decoder(PersonRecord)


class Journal(NoJournal):
    """The journal in a folder. `clock` gives seconds since 1970. JournalError where it cannot be opened."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.clock = clock
        self._lost: dict[int, int] = {}
        self._fresh: list[StepRecord] = []
        self._writes: dict[tuple[str, object], tuple[str, tuple[Any, ...]]] = {}
        self._packed: dict[int, list[StepRecord]] = {}
        self._since_pack = 0
        self._lock = _hold(folder)
        self._db = _opened(folder / FILE)
        row = self._db.execute("SELECT max(id) FROM matches").fetchone()
        self._next_match = (row[0] or 0) + 1

    def close(self) -> None:
        """Write what is left and let go of the file."""
        try:
            self.commit()
            self.pack()
        except JournalError as error:
            log.error("%s", error)
        self._db.close()
        self._lock.close()

    # -- what happens in a round ---------------------------------------------------------------------------------------

    def begin(self, about: MatchRecord) -> int:
        """Note that a match begins; gives its number."""
        number, self._next_match = self._next_match, self._next_match + 1
        self._packed[number] = []
        self._write("match", number, "INSERT INTO matches VALUES (?, ?, '[]', NULL)", number, _encode(about))
        return number

    def step(self, match: int, step: Step) -> None:
        """Note a step."""
        self._fresh.append(StepRecord(match, step.n, step.seat, step.move, step.chance, self.clock()))

    def over(self, match: int, over: OverRecord) -> None:
        """Note how a match ended."""
        self._write("over", match, "UPDATE matches SET over = ? WHERE id = ?", _encode(over), match)

    def room(self, record: RoomRecord) -> None:
        """Note how a room stands now."""
        self._write("room", record.code, "INSERT OR REPLACE INTO rooms VALUES (?, ?)", record.code, _encode(record))

    def no_room(self, code: str) -> None:
        """Note that a room has closed."""
        self._write("room", code, "DELETE FROM rooms WHERE code = ?", code)

    def person(self, key_hash: bytes, record: PersonRecord) -> None:
        """Note somebody."""
        self._write("person", key_hash, "INSERT OR REPLACE INTO people VALUES (?, ?)", key_hash, _encode(record))

    def no_person(self, key_hash: bytes) -> None:
        """Forget somebody."""
        self._write("person", key_hash, "DELETE FROM people WHERE key_hash = ?", key_hash)

    def commit(self) -> None:
        """Write all that was noted. JournalError when that fails: then the steps are given up, and all else waits."""
        if not self._fresh and not self._writes:
            return
        fresh, self._fresh = self._fresh, []
        try:
            with self._db:
                for statement, values in self._writes.values():
                    self._db.execute(statement, values)
                if fresh:
                    self._db.execute("INSERT INTO rounds (steps) VALUES (?)", (_encode(fresh),))
        except sqlite3.Error as error:
            for record in fresh:
                self._lost.setdefault(record.match, record.n)
            self.broken = f"The host cannot write its journal ({error})."
            raise JournalError(self.broken) from error
        self._writes.clear()
        self.broken = ""
        for record in fresh:
            self._packed[record.match].append(record)
        self._since_pack += 1
        if self._since_pack >= PACK_EVERY:
            self.pack()

    def mended(self) -> bool:
        self._write("meta", "tried", "INSERT OR REPLACE INTO meta VALUES ('tried', ?)", self.clock())
        try:
            self.commit()
        except JournalError:
            return False
        return True

    def lost(self) -> dict[int, int]:
        lost, self._lost = self._lost, {}
        return lost

    def pack(self) -> None:
        """Put the steps of every match into its row and empty `rounds`; JournalError when that fails."""
        try:
            with self._db:
                self._db.executemany(
                    "UPDATE matches SET steps = ? WHERE id = ?",
                    [(_encode(steps), match) for match, steps in self._packed.items()],
                )
                self._db.execute("DELETE FROM rounds")
        except sqlite3.Error as error:
            raise JournalError(f"The host cannot write its journal ({error}).") from error
        self._since_pack = 0

    def _write(self, kind: str, which: object, statement: str, *values: Any) -> None:
        self._writes.pop((kind, which), None)  # the latest goes last
        self._writes[kind, which] = (statement, values)

    # -- what was kept -------------------------------------------------------------------------------------------------

    def people(self) -> Iterator[tuple[bytes, PersonRecord]]:
        """Everybody known."""
        for key_hash, record in self._db.execute("SELECT key_hash, record FROM people").fetchall():
            yield key_hash, _person.decode(record)

    def rooms(self) -> Iterator[tuple[RoomRecord, Kept | None]]:
        """Every room that was open, with its match; one that cannot be read is set aside, named in the log."""
        tails = self._tails()
        self._packed = {}
        for number in tails:  # packing empties `rounds`, so matches that ended before the start must be packed too
            try:
                self._packed[number] = self._kept(number, tails).steps
            except (msgspec.MsgspecError, ValueError) as error:
                log.error("match %d is damaged: %s", number, error)
        for code, raw in self._db.execute("SELECT code, record FROM rooms").fetchall():
            try:
                record = _room.decode(raw)
                kept = None if record.match is None else self._kept(record.match, tails)
            except (msgspec.MsgspecError, ValueError, KeyError) as error:
                self.set_aside(code, str(error))
                continue
            if kept is not None:
                self._packed[kept.id] = kept.steps
            yield record, kept

    def matches(self, room: str = "") -> Iterator[Kept]:
        """Every match, oldest first; or those of one room."""
        tails = self._tails()
        for (number,) in self._db.execute("SELECT id FROM matches ORDER BY id").fetchall():
            kept = self._kept(number, tails)
            if not room or kept.about.room == room:
                yield kept

    def bring(self, about: MatchRecord, steps: list[StepRecord], over: OverRecord | None) -> int:
        """Take in a match from elsewhere; gives its number here."""
        number = self.begin(about)
        del self._packed[number]
        moved = [msgspec.structs.replace(step, match=number) for step in steps]
        self.commit()
        with self._db:
            statement = "UPDATE matches SET steps = ?, over = ? WHERE id = ?"
            self._db.execute(statement, (_encode(moved), over and _encode(over), number))
        return number

    def set_aside(self, code: str, why: str) -> None:
        """Take a room that cannot be played on out of the way, without deleting it."""
        log.error("the room %s is damaged and set aside: %s", code, why)
        with self._db:
            self._db.execute(
                "INSERT INTO damaged SELECT code, record, ?, ? FROM rooms WHERE code = ?", (why, self.clock(), code)
            )
            self._db.execute("DELETE FROM rooms WHERE code = ?", (code,))

    def _tails(self) -> dict[int, list[StepRecord]]:
        """The steps that are not packed yet, by match."""
        tails: dict[int, list[StepRecord]] = {}
        for (raw,) in self._db.execute("SELECT steps FROM rounds ORDER BY id").fetchall():
            for record in _steps.decode(raw):
                tails.setdefault(record.match, []).append(record)
        return tails

    def _kept(self, number: int, tails: dict[int, list[StepRecord]]) -> Kept:
        row = self._db.execute("SELECT about, steps, over FROM matches WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise ValueError(f"match {number} is missing")
        steps = _steps.decode(row[1])
        steps += [step for step in tails.get(number, ()) if step.n >= len(steps)]
        if [step.n for step in steps] != list(range(len(steps))):
            raise ValueError(f"steps of match {number} are missing")
        return Kept(number, _about.decode(row[0]), steps, _over.decode(row[2]) if row[2] else None)


def _opened(file: Path) -> sqlite3.Connection:
    """The database, made or brought up to date; JournalError says in a sentence why that cannot be."""
    try:
        db = sqlite3.connect(file, timeout=BUSY_MS / 1000, check_same_thread=False)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("its check fails")
        _bring_up_to_date(db)
    except sqlite3.OperationalError as error:
        raise JournalError(f"the journal {file} cannot be opened: {error}") from error
    except sqlite3.DatabaseError as error:
        aside = file.with_name(f"{file.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}")
        log.error("the journal %s is damaged (%s); it is kept as %s, and a new one is begun", file, error, aside.name)
        for end in ("", "-wal", "-shm"):
            part = file.with_name(file.name + end)
            if part.exists():
                part.replace(aside.with_name(aside.name + end))
        return _opened(file)
    return db


def _bring_up_to_date(db: sqlite3.Connection) -> None:
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        with db:
            db.executescript(TABLES)
            db.execute("INSERT INTO meta VALUES ('schema', ?)", (SCHEMA,))
    version = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0]
    if version > SCHEMA:
        raise JournalError(
            f"the journal was written by a newer program (its version is {version}, this program knows {SCHEMA})"
        )
    for older in range(version, SCHEMA):
        with db:
            db.executescript(MIGRATIONS[older])
            db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (older + 1,))


def _hold(folder: Path) -> sqlite3.Connection:
    """Keep every other server out of this folder as long as the connection lives; SQLite locks work everywhere."""
    lock = sqlite3.connect(folder / "server.lock", timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        lock.close()
        raise JournalError(f"another server is using the data folder {folder}") from None
    return lock
