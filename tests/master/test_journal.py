"""The journal: what was committed is there after every reopening, whole, and nothing else is."""

import logging
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

import master.journal
from communication import messages as m
from communication.away import USUAL
from communication.written import MatchRecord, OverRecord, StepRecord, Written
from games import GAMES
from games.steps import Step
from master import store
from master.journal import Journal, Reader
from master.records import JournalError, NoJournal, PersonRecord, RoomRecord, WishRecord
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Place, look

NOON = 1_800_000_000.0


def about(room: str = "BABA") -> MatchRecord:
    return MatchRecord(room, "gomoku", 1, 2, {"swap": True}, ("Änne", "Ben"), NOON)


def room(code: str = "BABA", match: int | None = None, chat: str = "") -> RoomRecord:
    return RoomRecord(
        code=code,
        game="gomoku",
        version=1,
        options={"swap": True},
        private=False,
        state="playing" if match else "waiting",
        round=1,
        match=match,
        seats=("aa", None),
        watchers=("bb",),
        again=(0,),
        chat=((1, "Änne", chat),) if chat else (),
        away=USUAL,
    )


def person(name: str = "Änne", wish: WishRecord | None = None) -> PersonRecord:
    return PersonRecord(name, bot=False, house=False, wish=wish)


OVER = OverRecord((1, 2), "five in a row", (1.0, 0.0), NOON, 12345678901234567890)
STEPS = [Step(0, None, ("start",), (3, 1)), Step(1, 0, (7, 7)), Step(2, 1, ("swap", "ü", None, 0.5), (6,))]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path, clock=lambda: NOON)
    yield journal
    journal.close()


def reopened(journal: Journal, folder: Path) -> Journal:
    journal.close()
    return Journal(folder, clock=lambda: NOON)


def test_all_that_was_committed_comes_back(journal: Journal, tmp_path: Path) -> None:
    wish = WishRecord("gomoku", 1, 2, {"swap": False})
    number = journal.begin(about())
    for step in STEPS:
        journal.step(number, step)
    journal.over(number, OVER)
    journal.room(room(match=number, chat="Hallo, 世界"))
    journal.room(room("BIBI"))
    journal.person(b"a", person(wish=wish))
    journal.person(b"b", person("Ben"))
    journal.lobby(((1, "Ben", "Anybody?"),))
    journal.commit()
    again = reopened(journal, tmp_path)
    rooms = {record.code: (record, kept) for record, kept in again.rooms()}
    assert rooms["BIBI"] == (room("BIBI"), None)
    record, kept = rooms["BABA"]
    assert record == room(match=number, chat="Hallo, 世界")
    assert kept is not None
    assert (kept.id, kept.about, kept.over) == (number, about(), OVER)
    assert [(s.n, s.seat, s.chance, s.at) for s in kept.steps] == [(s.n, s.seat, s.chance, NOON) for s in STEPS]
    assert [s.move for s in kept.steps] == [["start"], [7, 7], ["swap", "ü", None, 0.5]]
    assert dict(again.people()) == {b"a": person(wish=wish), b"b": person("Ben")}
    assert again.chat() == ((1, "Ben", "Anybody?"),)
    assert list(again.read.matches()) == [kept]
    assert again.begin(about()) == number + 1
    again.close()


def test_what_was_not_committed_is_not_there(journal: Journal, tmp_path: Path) -> None:
    number = journal.begin(about())
    journal.step(number, STEPS[0])
    journal.room(room(match=number))
    copy = tmp_path / "copy"
    copied(tmp_path, copy)
    with closing(store.opened(copy)) as db:
        assert list(Reader(db).matches()) == []


def test_rooms_and_people_that_are_gone_stay_gone(journal: Journal, tmp_path: Path) -> None:
    journal.room(room())
    journal.person(b"a", person())
    journal.commit()
    journal.no_room("BABA")
    journal.no_person(b"a")
    journal.commit()
    again = reopened(journal, tmp_path)
    assert list(again.rooms()) == []
    assert list(again.people()) == []
    again.close()


def test_a_second_server_on_the_folder_is_told_so_and_readers_are_let_in(journal: Journal, tmp_path: Path) -> None:
    number = journal.begin(about())
    journal.step(number, STEPS[0])
    journal.commit()
    with pytest.raises(JournalError, match="another server is using"):
        Journal(tmp_path)
    with closing(store.reading(tmp_path)) as db:
        assert [kept.id for kept in Reader(db).matches()] == [number]
        with pytest.raises(sqlite3.OperationalError):
            db.execute("DELETE FROM matches")
    journal.close()
    Journal(tmp_path).close()  # and when the first is gone, the next may come


def test_a_journal_of_a_newer_program_is_refused_with_both_versions_named(journal: Journal, tmp_path: Path) -> None:
    journal.room(room())
    journal.close()
    with closing(sqlite3.connect(tmp_path / store.FILE)) as db:
        db.execute("UPDATE meta SET value = 42 WHERE key = 'schema'")
        db.commit()
    before = (tmp_path / store.FILE).read_bytes()
    for opening in (Journal, store.reading):
        with pytest.raises(JournalError, match=f"newer program: it is version 42, this program knows {store.SCHEMA}"):
            opening(tmp_path)
    assert (tmp_path / store.FILE).read_bytes() == before


def sql(*statements: str) -> Callable[[sqlite3.Connection], None]:
    """A migration that does this."""

    def migrate(db: sqlite3.Connection) -> None:
        for statement in statements:
            db.execute(statement)

    return migrate


def test_an_older_journal_is_brought_up_to_date_step_by_step(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.room(room())
    journal.close()
    monkeypatch.setattr(store, "SCHEMA", store.SCHEMA + 2)
    made_up = {store.SCHEMA - 2: sql("CREATE TABLE extra (x)"), store.SCHEMA - 1: sql("INSERT INTO extra VALUES (7)")}
    monkeypatch.setattr(store, "MIGRATIONS", store.MIGRATIONS | made_up)
    again = Journal(tmp_path)
    assert [record.code for record, _ in again.rooms()] == ["BABA"]
    again.close()
    with closing(sqlite3.connect(tmp_path / store.FILE)) as db:
        assert db.execute("SELECT x FROM extra").fetchall() == [(7,)]
        assert db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone() == (store.SCHEMA,)


def test_what_version_1_has_written_goes_on(tmp_path: Path) -> None:
    """The file was written by the program as it was when its journal had version 1."""
    with closing(sqlite3.connect(tmp_path / store.FILE)) as db:
        db.executescript((Path(__file__).parent / "kept" / "journal_1.sql").read_text("utf-8"))
    keys = {"Anna": "a" * 16, "Ben": "b" * 16, "Cleo": "c" * 16, "Dora": "d" * 16}
    shelf = {name: type("Old", (type(game),), {"version": 1})() for name, game in GAMES.items()}
    with Place(shelf, journal=Journal(tmp_path)) as place:
        anna, ben, cleo, dora = (place.guest(name, key).caught_up() for name, key in keys.items())
        tables = {table.room: table for guest in (anna, ben, cleo, dora) for table in guest.all(m.Table)}
        assert sorted((table.game, table.state, table.paused) for table in tables.values()) == [
            (SHIPS, "playing", False),
            (GOMOKU, "playing", False),
            (DICE, "waiting", False),
            (TIC, "over", False),
            (TIC, "playing", True),
        ]
        assert {table.away for table in tables.values()} == {m.Away(rule="forfeit", seconds=30)}
        code = next(room for room, table in tables.items() if table.game == GOMOKU)
        assert anna.all(m.Times, room=code)[-1].left == (303.0, 280.0 + 3.0)
        anna.does(m.Reply(room=code, offer=tables[code].offer.number, yes=True))  # type: ignore[union-attr]
        assert ben.hears(m.Over, room=code).why == "agreed"
        assert [said.text for said in ben.all(m.Said, room=code)] == ["Good evening"]
        assert look(dora).queues[0].names == ("Dora",)
    with closing(sqlite3.connect(tmp_path / store.FILE)) as db:
        assert db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone() == (store.SCHEMA,)
        assert db.execute("SELECT count(*) FROM damaged").fetchone() == (0,)


def test_a_migration_that_fails_leaves_the_journal_as_it_was(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.room(room())
    journal.close()
    with monkeypatch.context() as changed:
        changed.setattr(store, "SCHEMA", store.SCHEMA + 1)
        both = sql("CREATE TABLE extra (x)", "INSERT INTO nowhere VALUES (1)")
        changed.setattr(store, "MIGRATIONS", {store.SCHEMA - 1: both})
        with pytest.raises(JournalError, match="cannot be opened"):
            Journal(tmp_path)
    again = Journal(tmp_path)
    assert [record.code for record, _ in again.rooms()] == ["BABA"]
    again.close()


def test_a_match_that_is_brought_in_is_equal_but_for_its_number(journal: Journal, tmp_path: Path) -> None:
    steps = [StepRecord(77, n, None if n == 0 else n % 2, [n, "x"], (n,), NOON + n) for n in range(5)]
    journal.begin(about())
    (number,) = journal.bring([Written(about("BOBO"), steps, OVER)])
    kept = journal.read.kept(number, {})
    assert (kept.about, kept.over) == (about("BOBO"), OVER)
    assert [(s.match, s.n, s.seat, s.move, s.chance, s.at) for s in kept.steps] == [
        (number, s.n, s.seat, s.move, s.chance, s.at) for s in steps
    ]


def test_nothing_is_kept_where_nothing_is_to_be_kept() -> None:
    journal = NoJournal()
    assert (journal.begin(about()), journal.begin(about())) == (1, 2)
    journal.commit()
    assert (list(journal.rooms()), list(journal.people()), journal.chat()) == ([], [], ())


def copied(folder: Path, to: Path) -> None:
    """Copy the journal's files as they are while it is open: what a crash leaves."""
    to.mkdir(exist_ok=True)
    for end in ("", "-wal"):
        part = folder / (store.FILE + end)
        if part.exists():
            (to / part.name).write_bytes(part.read_bytes())


CODES = st.sampled_from(["BABA", "BEBE", "BIBI"])


class Kept(RuleBasedStateMachine):
    """Any order of doings equals a plain model: what was committed, and what was noted since."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.journal = Journal(Path(self.folder.name))
        self.rooms: dict[str, RoomRecord] = {}
        self.steps: dict[int, list[Any]] = {}
        self.overs: dict[int, OverRecord] = {}
        self.people: dict[bytes, PersonRecord] = {}
        self.crashes = 0

    @rule(code=CODES)
    def match(self, code: str) -> None:
        number = self.journal.begin(about(code))
        self.steps[number] = []
        self.step(number)
        self.rooms[code] = room(code, number)
        self.journal.room(self.rooms[code])

    @precondition(lambda self: self.steps)
    @rule(data=st.data(), count=st.integers(1, 40))
    def steps_are_made(self, data: st.DataObject, count: int) -> None:
        number = data.draw(st.sampled_from(sorted(self.steps)))
        for _ in range(count):
            self.step(number)

    def step(self, number: int) -> None:
        n = len(self.steps[number])
        self.journal.step(number, Step(n, n % 2, (n, number), (n,)))
        self.steps[number].append((n, n % 2, [n, number], (n,)))

    @precondition(lambda self: self.steps)
    @rule(data=st.data())
    def over(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.steps)))
        self.journal.over(number, OVER)
        self.overs[number] = OVER

    @rule(code=CODES, words=st.text(max_size=20))
    def say(self, code: str, words: str) -> None:
        match = self.rooms[code].match if code in self.rooms else None
        self.rooms[code] = room(code, match, words)
        self.journal.room(self.rooms[code])

    @rule(code=CODES)
    def close_room(self, code: str) -> None:
        self.rooms.pop(code, None)
        self.journal.no_room(code)

    @rule(key=st.binary(min_size=1, max_size=2), name=st.text(max_size=8))
    def meet(self, key: bytes, name: str) -> None:
        self.people[key] = person(name)
        self.journal.person(key, self.people[key])

    @rule()
    def pack(self) -> None:
        self.journal.commit()
        self.journal._pack()

    @rule()
    def crash(self) -> None:
        """Committed, and then the program is gone: what lies on the disk is opened by another."""
        self.journal.commit()
        self.crashes += 1
        folder = Path(self.folder.name) / str(self.crashes)
        copied(Path(self.journal.read.db.execute("PRAGMA database_list").fetchone()[2]).parent, folder)
        self.journal.close()
        self.journal = Journal(folder)
        self.equal()

    @rule()
    def reopen(self) -> None:
        folder = Path(self.journal.read.db.execute("PRAGMA database_list").fetchone()[2]).parent
        self.journal.close()
        self.journal = Journal(folder)
        self.equal()

    def equal(self) -> None:
        found = {record.code: (record, kept.id if kept else None) for record, kept in self.journal.rooms()}
        assert found == {code: (record, record.match) for code, record in self.rooms.items()}
        assert dict(self.journal.people()) == self.people
        matches = {
            kept.id: ([(s.n, s.seat, s.move, s.chance) for s in kept.steps], kept.over)
            for kept in self.journal.read.matches()
        }
        assert matches == {number: (steps, self.overs.get(number)) for number, steps in self.steps.items()}

    def teardown(self) -> None:
        if hasattr(self, "journal"):
            self.reopen()
            self.journal.close()
            self.folder.cleanup()


TestKept = Kept.TestCase
TestKept.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def test_steps_are_packed_now_and_then(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(master.journal, "PACK_EVERY", 10)
    monkeypatch.setattr(master.journal, "PACK_EACH", 1)
    number = journal.begin(about())
    left = []
    for n in range(35):
        journal.step(number, Step(n, None, ("x", n)))
        journal.commit()
        left.append(journal.read.db.execute("SELECT count(*) FROM rounds").fetchone()[0])
    assert max(left) == 9
    (kept,) = journal.read.matches()
    assert [step.n for step in kept.steps] == list(range(35))


def test_a_closed_journal_takes_no_more_and_does_not_fail(journal: Journal, caplog: pytest.LogCaptureFixture) -> None:
    journal.close()
    journal.room(room())
    journal.commit()
    journal.close()
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
