"""What the server program tells about past matches, and what it says where it cannot: as people type it."""

import json
import re
from contextlib import closing
from pathlib import Path

import pytest

from master import store
from master.journal import Journal
from tests.contract.playouts import VARIANTS, playout
from tests.end_to_end.programs import ServerProgram, run
from tests.master.test_history import written


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A data folder with two matches."""
    with closing(Journal(tmp_path)) as journal:
        for k, room in enumerate(("BABA", "BEBE")):
            written(journal, playout(VARIANTS[0], k).match, room)
    return str(tmp_path)


def server(folder: str, *arguments: str) -> tuple[int, str, str]:
    return run("main_server.py", "--data", folder, *arguments)


def test_past_matches_are_shown_beside_a_running_server(folder: str, tmp_path: Path) -> None:
    with ServerProgram("--data", folder):
        status, listed, errors = server(folder, "--history")
        assert (status, errors) == (0, "")
        assert [line.split()[1] for line in listed.splitlines()[1:]] == ["BABA", "BEBE"]
        status, exported, errors = server(folder, "--export", "BEBE")
        assert (status, errors) == (0, "")
        assert json.loads(exported.splitlines()[0])["match"]["room"] == "BEBE"
        status, said, errors = server(folder, "--verify")
        assert (status, said.splitlines()[-1], errors) == (0, "2 matches, 0 faults", "")
        file = tmp_path / "match.jsonl"
        file.write_text(exported, "utf-8")
        status, _, errors = server(folder, "--import", str(file))
        assert (status, "another server is using" in errors) == (2, True)
    assert server(folder, "--import", str(file)) == (0, "match 3\n", "")
    assert server(folder, "--export", "3") == (0, exported, "")


def test_a_match_that_differs_is_named_and_the_status_tells(folder: str) -> None:
    with closing(Journal(Path(folder))) as journal:
        journal.read.db.execute("UPDATE matches SET steps = x'00' WHERE id = 2")
    status, said, _ = server(folder, "--verify")
    assert status == 1
    assert said.splitlines()[0].startswith("match 2: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--export", "NOWHERE"), "the journal holds no match NOWHERE"),
        (("--import", "no such file"), "no such file cannot be read"),
        (("--history", "--verify"), "not allowed with"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(folder: str, arguments: tuple[str, ...], says: str) -> None:
    status, output, errors = server(folder, *arguments)
    assert (status, output, len(errors.splitlines())) == (2, "", 1)
    assert says in errors


def test_where_nothing_is_kept_there_is_no_history(tmp_path: Path) -> None:
    for data in (":memory:", str(tmp_path)):
        status, output, errors = server(data, "--history")
        assert (status, output, len(errors.splitlines())) == (2, "", 1)


def test_a_second_server_on_the_same_folder_and_a_journal_from_tomorrow_are_refused(folder: str) -> None:
    with ServerProgram("--data", folder):
        status, _, errors = server(folder, "--host", "127.0.0.1", "--port", "0")
        assert (status, "another server is using the data folder" in errors, len(errors.splitlines())) == (2, True, 1)
    with closing(store.opened(Path(folder))) as db:
        db.execute("UPDATE meta SET value = 99 WHERE key = 'schema'")
    status, _, errors = server(folder, "--host", "127.0.0.1", "--port", "0")
    assert (status, f"it is version 99, this program knows {store.SCHEMA}" in errors) == (2, True)


def test_a_match_of_a_time_that_no_calendar_has_is_listed_all_the_same(folder: str, tmp_path: Path) -> None:
    status, exported, _ = server(folder, "--export", "1")
    file = tmp_path / "match.jsonl"
    file.write_text(re.sub(r'"at":[\d.e+]+', '"at":1e300', exported), "utf-8")
    assert server(folder, "--import", str(file)) == (0, "match 3\n", "")
    status, listed, errors = server(folder, "--history")
    assert (status, errors, len(listed.splitlines())) == (0, "", 4)
