"""Faults of the store: a power cut, a damaged file, a full disk; whole rooms are kept, nothing is played unwritten."""

import logging
import os
import random
import re
import secrets
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.drive import full_board
from communication import messages as m
from communication.link import CloseCode
from games.match import as_move
from games.steps import Step
from master import store
from master.journal import PROBE, Journal, Reader
from master.records import JournalError
from tests.kit import GOMOKU, TIC, Guest, Place, assert_sentence, newest, step, wish
from tests.master.test_journal import about, copied, person, room

KEYS = {name: secrets.token_hex(16) for name in ("Anna", "Ben", "Cleo")}
State = dict[str, int]
NOBODY = 65534
"""The number of a user who owns nothing."""


def played(journal: Journal, code: str, count: int) -> int:
    """A match of so many steps at a room, each committed by itself."""
    number = journal.begin(about(code))
    journal.room(room(code, number))
    for n in range(count):
        journal.step(number, Step(n, n % 2, ("step", n, code)))
        journal.commit()
    return number


def state(journal: Journal) -> State:
    """How many steps each room has; each of them must be whole."""
    found = {}
    for record, kept in journal.rooms():
        assert kept is not None
        assert [(s.n, s.move) for s in kept.steps] == [(n, ["step", n, record.code]) for n in range(len(kept.steps))]
        found[record.code] = len(kept.steps)
    return found


def errors(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR)


# -- power cuts --------------------------------------------------------------------------------------------------------


def test_a_power_cut_in_a_write_leaves_what_was_written_before_it(tmp_path: Path) -> None:
    live, cut = tmp_path / "live", tmp_path / "cut"
    live.mkdir()
    journal = Journal(live)
    states: list[State] = [{}]
    for code in ("BABA", "BEBE"):
        number = journal.begin(about(code))
        journal.room(room(code, number))
        for n in range(6):
            journal.step(number, Step(n, n % 2, ("step", n, code)))
            journal.commit()
            states.append(states[-1] | {code: n + 1})
    journal._pack()
    copied(live, cut)
    journal.close()
    wal = (cut / (store.FILE + "-wal")).read_bytes()
    frame = 24 + int.from_bytes(wal[8:12], "big")
    draws = random.Random(7)
    ends = {*range(32, len(wal) + 1, frame), *(draws.randrange(len(wal)) for _ in range(30)), 0, 31}
    written = (cut / store.FILE).read_bytes()
    reached = 0
    for n, end in enumerate(sorted(ends)):
        folder = tmp_path / f"cut{n}"
        folder.mkdir()
        (folder / store.FILE).write_bytes(written)
        (folder / (store.FILE + "-wal")).write_bytes(wal[:end])
        with closing(Journal(folder)) as again:
            position = states.index(state(again))  # a state that once was, whole
        assert position >= reached, f"{end} of {len(wal)} bytes"
        reached = position
    assert reached == len(states) - 1


# -- damaged files -----------------------------------------------------------------------------------------------------


@pytest.fixture
def many(tmp_path: Path) -> tuple[Path, State]:
    """A closed journal with some rooms, and how they stand."""
    with closing(Journal(tmp_path)) as journal:
        for n in range(40):
            played(journal, f"R{n:03}", 5)
            journal.person(b"%d" % n, person(f"Person {n}"))
        journal.commit()
        return tmp_path, state(journal)


@pytest.mark.parametrize("seed", range(8))
def test_random_bytes_in_the_middle_cost_only_what_they_hit(
    many: tuple[Path, State], caplog: pytest.LogCaptureFixture, seed: int
) -> None:
    folder, before = many
    file, draws = folder / store.FILE, random.Random(seed)
    data = bytearray(file.read_bytes())
    at = draws.randrange(4096, len(data) - 600)
    data[at : at + 600] = draws.randbytes(600)
    file.write_bytes(data)
    with closing(Journal(folder)) as journal:
        after = state(journal)
        assert after.items() <= before.items()
        assert len(after) >= len(before) / 2
        played(journal, "FRESH", 3)
        assert state(journal) == after | {"FRESH": 3}
        aside = journal.read.db.execute("SELECT count(*) FROM damaged").fetchone()[0]
    if after != before:
        assert "damaged" in errors(caplog)
        assert aside or any(data == path.read_bytes() for path in folder.glob("*.damaged-*"))


@pytest.mark.parametrize("content", [b"", b"This is no database. " * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_journal_is_kept_beside_a_new_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    (tmp_path / store.FILE).write_bytes(content)
    with closing(Journal(tmp_path)) as journal:
        played(journal, "BABA", 2)
        assert state(journal) == {"BABA": 2}
    (aside,) = tmp_path.glob("*.damaged-*")
    assert aside.read_bytes() == content
    assert aside.name in errors(caplog)


DAMAGES: dict[str, Callable[[sqlite3.Connection], Any]] = {
    "its record": lambda db: db.execute("UPDATE rooms SET record = substr(record, 1, 60) WHERE code = 'BEBE'"),
    "one byte of its record": lambda db: db.execute(
        "UPDATE rooms SET record = CAST(replace(CAST(record AS TEXT), 'gomoku', 'gemoku') AS BLOB) WHERE code = 'BEBE'"
    ),
    "its steps": lambda db: db.execute("UPDATE matches SET steps = x'00ff' || steps WHERE id = 2"),
    "the end of its steps": lambda db: db.execute(
        "UPDATE matches SET steps = CAST(substr(steps, 1, 70) AS BLOB) WHERE id = 2"
    ),
    "its match": lambda db: db.execute("DELETE FROM matches WHERE id = 2"),
    "what its match is about": lambda db: db.execute("UPDATE matches SET about = x'7b7d' WHERE id = 2"),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_one_damaged_room_is_set_aside_and_named_and_the_others_are_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    with closing(Journal(tmp_path)) as journal:
        for code in ("BABA", "BEBE", "BIBI"):
            played(journal, code, 4)
    with closing(sqlite3.connect(tmp_path / store.FILE, isolation_level=None)) as db:
        record = DAMAGES[what](db) and db.execute("SELECT record FROM rooms WHERE code = 'BEBE'").fetchone()[0]
    with closing(Journal(tmp_path)) as journal:
        assert state(journal) == {"BABA": 4, "BIBI": 4}
        assert journal.read.db.execute("SELECT code, record FROM damaged").fetchall() == [("BEBE", record)]
    assert "the room BEBE is damaged and set aside" in errors(caplog)


def test_a_damaged_round_is_set_aside_and_only_rooms_that_lack_its_steps_with_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal = Journal(tmp_path)
    for code in ("BABA", "BEBE"):
        played(journal, code, 4)
    journal.read.db.execute("UPDATE rounds SET steps = x'00' WHERE id = 2")
    crashed = tmp_path / "crashed"
    copied(tmp_path, crashed)
    journal.close()
    with closing(Journal(crashed)) as journal:
        assert state(journal) == {"BEBE": 4}
        journal._pack()
        assert {row[0] for row in journal.read.db.execute("SELECT code FROM damaged")} == {"BABA", ""}
    assert "round 2 of the journal is damaged" in errors(caplog)


def test_a_room_whose_steps_do_not_fit_its_game_is_set_aside(tmp_path: Path) -> None:
    with closing(Journal(tmp_path)) as journal:
        played(journal, "BABA", 3)  # steps that gomoku does not know
    with Place(journal=Journal(tmp_path), faulty=True) as place:
        assert place.hall.rooms == {}
        assert "the room BABA is damaged" in place.faults.texts[0] if place.faults.texts else True
    with closing(Journal(tmp_path)) as journal:
        assert journal.read.db.execute("SELECT code FROM damaged").fetchall() == [("BABA",)]


# -- folders that cannot be used ---------------------------------------------------------------------------------------


def test_a_folder_in_place_of_the_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / store.FILE).mkdir()
    with pytest.raises(JournalError, match="cannot be opened"):
        Journal(tmp_path)


def test_a_file_in_place_of_the_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(JournalError, match="cannot be used"):
        Journal(tmp_path / "data")


@contextmanager
def somebody() -> Iterator[None]:
    """Be a user to whom files can be read-only: the superuser becomes another one for a while."""
    if sys.platform == "win32" or os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not read-only there")
def test_a_folder_that_is_read_only_is_refused_in_a_sentence() -> None:
    with tempfile.TemporaryDirectory() as name:  # where others than its owner may go
        folder = Path(name)
        folder.chmod(0o555)
        with somebody(), pytest.raises(JournalError, match=f"the data folder {re.escape(name)} cannot be used"):
            Journal(folder)
        assert not list(folder.iterdir())
        folder.chmod(0o700)


def test_a_file_that_another_program_locks_is_refused_and_let_go_of(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / store.FILE, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("CREATE TABLE x (y)")
        with pytest.raises(JournalError, match="cannot be opened: database is locked"):
            Journal(tmp_path)
        other.execute("ROLLBACK")
    Journal(tmp_path).close()


# -- a disk that takes nothing more, in the middle of play -------------------------------------------------------------


@contextmanager
def hosting(folder: Path, **options: Any) -> Iterator[tuple[Place, sqlite3.Connection]]:
    """A place with a journal, and the journal's file."""
    journal = Journal(folder)
    with Place(journal=journal, faulty=True, **options) as place:
        yield place, journal.read.db
        place.do(place.server.stop)


def back(place: Place, name: str) -> Guest:
    """Somebody who comes, or comes back, and has caught up."""
    return place.guest(name, KEYS[name]).caught_up()


def cut_or_answered(guest: Guest, id: int) -> bool:
    """Wait until the guest was answered, or cut off; whether the latter."""
    guest._until(lambda: guest.end or any(isinstance(x, m.Ok) and x.id == id for x in guest.heard), f"answer {id}")
    return guest.end is not None


def full(db: sqlite3.Connection) -> None:
    """From now on nothing can be written."""
    db.execute("PRAGMA query_only = ON")


def empty(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA query_only = OFF")


def kept_steps(folder: Path) -> list[list[Any]]:
    with closing(store.reading(folder)) as db:
        return [[as_move(s.move) for s in kept.steps] for kept in Reader(db).matches()]


def test_when_the_disk_is_full_the_match_waits_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with hosting(tmp_path) as (place, db):
        anna, ben = back(place, "Anna"), back(place, "Ben")
        code = place.room(GOMOKU, anna, ben)
        points = full_board()
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
        done = 0
        while True:  # the last page takes a few steps
            who = (anna, ben)[done % 2]
            who.say(m.Step(id=999 + done, room=code, n=done + 1, move=points[done]))
            if cut_or_answered(who, 999 + done):
                break
            done += 1
        assert who.end is not None
        assert who.end[1] == "not kept"
        other = (ben, anna)[done % 2]
        other.ended()  # whoever would have heard of it is cut off, to come back and see what holds
        assert place.inside(code).match.n == done
        assert kept_steps(tmp_path) == [[s.move for s in place.inside(code).match.steps]]
        anna, ben = back(place, "Anna"), back(place, "Ben")
        assert anna.hears(m.Start).n == done
        place.later(0.5)
        trouble = newest(anna).trouble
        assert "disk is full" in trouble
        assert_sentence(trouble)
        turn = (anna, ben)[done % 2]
        assert turn.code(step(code, done + 1, points[done])) == "not_kept"
        assert ben.code(m.Leave(room=code)) == "not_kept"
        assert anna.code(wish(m.Open, TIC)) == "not_kept"
        ben.does(m.Say(room=code, text="What now?"))
        assert anna.hears(m.Said).text == "What now?"
        place.later(2)
        assert newest(anna).trouble == trouble
        db.execute(f"PRAGMA max_page_count = {pages + PROBE // 1024}")
        place.later(2)
        assert newest(anna).trouble == newest(ben).trouble == ""
        turn.does(step(code, done + 1, points[done]))
        assert kept_steps(tmp_path)[0][-1] == points[done]
        assert len(kept_steps(tmp_path)[0]) == done + 2
    with hosting(tmp_path) as (place, db):
        assert place.inside(code).match.n == done + 1
        assert [said.text for said in place.inside(code).chat] == ["What now?"]


def test_a_broken_journal_is_tried_again_once_a_second_and_not_more(tmp_path: Path) -> None:
    with hosting(tmp_path) as (place, db):
        anna, ben = back(place, "Anna"), back(place, "Ben")
        code = place.room(TIC, anna, ben)
        full(db)
        anna.say(step(code, 1, 4))
        anna.ended()
        tries: list[str] = []
        db.set_trace_callback(tries.append)
        for _ in range(40):
            place.later(0.1)
        db.set_trace_callback(None)
        assert 3 <= sum("probe" in statement for statement in tries) <= 5


def test_a_match_that_could_not_begin_has_not_and_begins_when_it_is_asked_for_again(tmp_path: Path) -> None:
    with hosting(tmp_path) as (place, db):
        anna, ben = back(place, "Anna"), back(place, "Ben")
        anna.does(wish(m.Open, TIC))
        code = newest(anna).room
        full(db)
        ben.say(m.Join(id=1, room=code))
        ben.ended()
        anna.ended()
        assert (place.inside(code).state, place.inside(code).number) == ("waiting", None)
        anna, ben = back(place, "Anna"), back(place, "Ben")
        assert ben.all(m.Table) == []
        assert [p and p.name for p in newest(anna).people] == ["Anna", None]
        empty(db)
        place.later(2)
        ben.does(m.Join(room=code))
        assert ben.hears(m.Start).n == 0
        anna.does(step(code, 1, 4))


@pytest.mark.parametrize("how", ["resign", "leave", "window closed"])
def test_a_match_that_could_not_end_has_not(tmp_path: Path, how: str) -> None:
    with hosting(tmp_path) as (place, db):
        anna, ben = back(place, "Anna"), back(place, "Ben")
        code = place.room(TIC, anna, ben)
        anna.does(step(code, 1, 4))
        full(db)
        if how == "window closed":
            anna.link.close(CloseCode.GOING_AWAY)
        else:
            anna.say(m.Resign(id=1, room=code) if how == "resign" else m.Leave(id=1, room=code))
            anna.ended()
        ben.ended()
        inside = place.inside(code)
        assert (inside.state, inside.match.n, place.hall.matches, place.hall.wins) == ("playing", 1, 0, {})
        assert [member and member.name for member in inside.seats] == ["Anna", "Ben"]
        empty(db)
        place.later(2)
        ben = back(place, "Ben")
        ben.does(step(code, 2, 0))
        anna = back(place, "Anna")
        assert anna.hears(m.Start).n == 2
        anna.does(m.Resign(room=code))
        assert place.hall.wins == {"Ben": 1}
    assert [len(steps) for steps in kept_steps(tmp_path)] == [4]


def test_who_does_not_come_back_loses_the_seat_only_when_that_can_be_written(tmp_path: Path) -> None:
    with hosting(tmp_path) as (place, db):
        anna, ben, cleo = back(place, "Anna"), back(place, "Ben"), back(place, "Cleo")
        code = place.room(TIC, anna, ben)
        full(db)
        cleo.say(wish(m.Open, TIC, id=1))
        cleo.ended()
        anna.link.close()
        place.until(lambda: place.server.names["anna"].link is None)
        place.later(60)
        assert place.inside(code).state == "playing"
        ben.caught_up()
        empty(db)
        place.later(2)
        place.later(59)
        assert place.inside(code).state == "playing"
        place.later(2)
        assert ben.hears(m.Over).why == "Anna was away for too long"


def test_people_on_the_wait_list_wait_on_when_their_match_could_not_begin(tmp_path: Path) -> None:
    with hosting(tmp_path) as (place, db):
        anna, ben = back(place, "Anna"), back(place, "Ben")
        anna.does(wish(m.Match, TIC))
        full(db)
        ben.say(wish(m.Match, TIC, id=1))
        ben.ended()
        anna.ended()
        assert place.hall.rooms == {}
        anna = back(place, "Anna")
        empty(db)
        place.later(2)
        place.later(1)
        assert anna.hears(m.Waiting).have == 1
        ben = back(place, "Ben")
        ben.does(wish(m.Match, TIC))
        assert anna.hears(m.Start).n == ben.hears(m.Start).n == 0


def test_a_rematch_that_could_not_begin_leaves_the_match_before_it(tmp_path: Path) -> None:
    with hosting(tmp_path) as (place, db):
        anna, ben = back(place, "Anna"), back(place, "Ben")
        code = place.room(TIC, anna, ben)
        anna.does(m.Resign(room=code))
        anna.does(m.Again(room=code))
        full(db)
        ben.say(m.Again(id=1, room=code))
        ben.ended()
        anna = back(place, "Anna")
        assert (newest(anna).state, newest(anna).again, anna.hears(m.Start).round) == ("over", (0,), 1)
        empty(db)
        place.later(2)
        back(place, "Ben").does(m.Again(room=code))
        assert anna.hears(m.Start, round=2).n == 0
        assert place.hall.matches == 1


def test_a_bot_of_the_house_waits_with_the_others_and_plays_on(tmp_path: Path) -> None:
    with hosting(tmp_path, bots=True) as (place, db):
        anna, cleo = back(place, "Anna"), back(place, "Cleo")
        anna.does(wish(m.Open, TIC, bots=1))
        anna.hears(m.Start)
        (bot,) = place.bots
        bot.think = 5.0
        code = newest(anna).room
        anna.does(step(code, 1, 4))
        full(db)
        cleo.say(wish(m.Open, TIC, id=9))
        cleo.ended()
        bot.think = 0.0
        place.do(lambda: bot.task(bot.client.clock() + 10))  # it has thought long enough, and is refused
        place.until(lambda: bot.tables[code].pending is None)
        assert place.inside(code).match.n == 1
        empty(db)
        place.later(2)
        assert anna.hears(m.Stepped, n=2).seat == 1


def test_a_bot_that_found_no_seat_while_nothing_could_be_kept_asks_again(tmp_path: Path) -> None:
    with hosting(tmp_path, bots=True) as (place, db):
        anna, cleo = back(place, "Anna"), back(place, "Cleo")
        anna.does(wish(m.Open, TIC))
        code = newest(anna).room
        full(db)
        cleo.say(wish(m.Open, TIC, id=9))
        cleo.ended()
        place.do(lambda: place._call_bot(code))
        (bot,) = place.bots
        place.until(lambda: bot._join_at is not None)
        empty(db)
        place.later(2)
        place.do(lambda: bot.task(bot.client.clock() + 2))
        assert anna.hears(m.Start).n == 0
