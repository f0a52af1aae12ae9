"""Store: the SQLite file of the journal: tables, versions, who may write it, what is saved of a damaged one."""

import logging
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from master.records import JournalError

log = logging.getLogger(__name__)

SCHEMA = 2
"""Raised with every change of the tables or records; MIGRATIONS says how an older file becomes one of today."""
FILE, LOCK = "journal.db", "server.lock"
BUSY_MS = 300
"""How long a write waits for a reader beside it."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE people (key_hash BLOB PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE rooms (code TEXT PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE matches (id INTEGER PRIMARY KEY, about BLOB NOT NULL, steps BLOB NOT NULL, over BLOB);
CREATE TABLE rounds (id INTEGER PRIMARY KEY, steps BLOB NOT NULL);
CREATE TABLE damaged (code TEXT, record BLOB, why TEXT, at REAL);
"""
SAVED = {"people": "key_hash", "rooms": "code", "matches": "id", "rounds": "id", "damaged": "rowid"}
"""The tables of which whatever can be read is saved from a damaged file, with what orders them."""

_encode = msgspec.json.Encoder().encode


def sealed(record: Any) -> bytes:
    """The record as one line: its check sum, for a disk may change what SQLite does not notice, and its JSON."""
    data = _encode(record)
    return b"%08x%b\n" % (zlib.crc32(data), data)


def unsealed(raw: Any) -> Iterator[bytes]:
    """The JSON of each sealed line; ValueError where one is not what was written."""
    if type(raw) is not bytes:
        raise ValueError("it is no record")
    for line in raw.splitlines():
        data = line[8:]
        if line[:8] != b"%08x" % zlib.crc32(data):
            raise ValueError("its check sum is wrong")
        yield data


def _with_house_rule(db: sqlite3.Connection) -> None:
    """Rooms of version 1 had no rule for players who are away: clocks stood, and after 30 s the seat was given up."""
    for code, raw in db.execute("SELECT code, record FROM rooms").fetchall():
        try:
            (data,) = unsealed(raw)
            record = msgspec.json.decode(data, type=dict[str, Any])
        except (msgspec.MsgspecError, ValueError):
            continue  # a damaged record stays as it is, to be set aside
        record["away"] = {"rule": "forfeit", "seconds": 30}
        db.execute("UPDATE rooms SET record = ? WHERE code = ?", (sealed(record), code))


MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _with_house_rule}
"""Version -> what makes the next version of it."""


def hold(folder: Path) -> sqlite3.Connection:
    """Keep every other server out of this folder as long as the connection lives; SQLite locks work everywhere."""
    lock = None
    try:
        lock = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None, check_same_thread=False)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if lock is not None:
            lock.close()
        if _code(error) == sqlite3.SQLITE_BUSY:
            raise JournalError(f"another server is using the data folder {folder}") from None
        raise JournalError(f"the data folder {folder} cannot be used: {error}") from error
    return lock


def opened(folder: Path) -> sqlite3.Connection:
    """The journal's file, made or brought up to date; JournalError says in a sentence why that cannot be.

    A damaged file is kept under another name; what can be read of it is in the new one.
    """
    file = folder / FILE
    db = None
    try:
        if file.exists() and not file.stat().st_size:
            raise sqlite3.DatabaseError("it is empty")
        db = _connected(file)
        if (found := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(" ".join(str(found).split()))
        _bring_up_to_date(db, file)
    except (sqlite3.Error, OSError, JournalError) as error:
        if db is not None:
            db.close()
        if isinstance(error, JournalError):
            raise
        if isinstance(error, OSError | sqlite3.OperationalError):
            raise JournalError(f"the journal {file} cannot be opened: {error}") from error
        return _begun_anew(file, error)
    return db


def reading(folder: Path) -> sqlite3.Connection:
    """The journal's file for reading only, also beside a running server; JournalError where that cannot be."""
    file = folder / FILE
    if not file.is_file():
        raise JournalError(f"there is no journal in {folder}")
    db = None
    try:
        db = _connected(file)
        db.execute("PRAGMA query_only = ON")
        _check_version(_version(db), file)
    except (sqlite3.Error, JournalError) as error:
        if db is not None:
            db.close()
        if isinstance(error, JournalError):
            raise
        raise JournalError(f"the journal {file} cannot be read: {error}") from error
    return db


def _connected(file: Path) -> sqlite3.Connection:
    """In WAL mode with NORMAL: what was written outlives the program at once; the newest rounds, not always the power.

    Transactions are begun by hand, for a single statement needs none; damaged text is no reason to read nothing.
    """
    db = sqlite3.connect(file, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    try:
        db.text_factory = lambda raw: raw.decode(errors="replace")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error:
        db.close()  # on Windows a file that is open cannot be moved aside
        raise
    return db


def _bring_up_to_date(db: sqlite3.Connection, file: Path) -> None:
    if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        db.executescript(f"BEGIN; {TABLES} INSERT INTO meta VALUES ('schema', {SCHEMA}); COMMIT;")
    version = _version(db)
    _check_version(version, file)
    for older in range(version, SCHEMA):
        db.execute("BEGIN IMMEDIATE")
        MIGRATIONS[older](db)
        db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (older + 1,))
        db.execute("COMMIT")
        log.warning("the journal %s was brought from version %d to %d", file, older, older + 1)


def _version(db: sqlite3.Connection) -> int:
    row = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    if row is None or type(row[0]) is not int:
        raise sqlite3.DatabaseError("it does not say its version")
    return row[0]


def _check_version(version: int, file: Path) -> None:
    if version > SCHEMA:
        raise JournalError(
            f"the journal {file} was written by a newer program: it is version {version}, this program knows {SCHEMA}"
        )


def _begun_anew(file: Path, why: Exception) -> sqlite3.Connection:
    """Move the damaged file aside, begin a new one, and save into it what can still be read."""
    aside = file.with_name(f"{file.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**6:06}")
    log.error("the journal %s is damaged (%s); it is kept as %s, and a new one is begun", file, why, aside.name)
    try:
        for end in ("", "-wal", "-shm"):
            part = file.with_name(file.name + end)
            if part.exists():
                part.replace(aside.with_name(aside.name + end))
        db = _connected(file)
        _bring_up_to_date(db, file)
        _save(aside, db)
    except (OSError, sqlite3.Error) as error:
        raise JournalError(f"the journal {file} cannot be begun anew: {error}") from error
    return db


def _save(aside: Path, db: sqlite3.Connection) -> None:
    counts = {}
    with closing(sqlite3.connect(f"{aside.absolute().as_uri()}?mode=ro", uri=True)) as old:
        db.execute("BEGIN")
        for table, key in SAVED.items():
            rows = _readable(old, table, key)
            marks = ", ".join("?" * len(rows[0])) if rows else ""
            db.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows) if rows else None
            counts[table] = len(rows)
        db.execute("COMMIT")
    said = ", ".join(f"{count} {table}" for table, count in counts.items() if count)
    log.error("of the damaged journal %s could be read: %s", aside.name, said or "nothing")


def _readable(old: sqlite3.Connection, table: str, key: str) -> list[tuple[Any, ...]]:
    """The rows of a table on both sides of what is damaged."""
    rows: dict[tuple[Any, ...], None] = {}
    for order in ("ASC", "DESC"):
        try:
            for row in old.execute(f"SELECT * FROM {table} ORDER BY {key} {order}"):
                rows[row] = None
        except sqlite3.Error:
            continue
    return list(rows)


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
