"""Paths that are typed: what is meant, and what they may become."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from work.files import as_typed, completions, gone_on, meant


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "Downloads/evening.pgn",
        "Downloads/notes.txt",
        "Documents/x.jsonl",
        "match.jsonl",
        "Match 2.PGN",
        ".hidden/y",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_a_folder_shows_what_lies_in_it_folders_first_and_of_files_only_matches(folder: Path) -> None:
    assert names(completions(str(folder))) == ["Documents", "Downloads", "Match 2.PGN", "match.jsonl"]
    assert names(completions(as_typed(folder))) == ["Documents", "Downloads", "Match 2.PGN", "match.jsonl"]
    assert names(completions(str(folder / "Downloads"))) == ["evening.pgn"]


def test_what_is_typed_may_become_all_that_begins_with_it_in_small_or_large_letters(folder: Path) -> None:
    assert names(completions(f"{folder}{os.sep}do")) == ["Documents", "Downloads"]
    assert names(completions(f"{folder}{os.sep}MATCH")) == ["Match 2.PGN", "match.jsonl"]
    assert names(completions(f"{folder}{os.sep}.h")) == [".hidden"]
    assert completions(f"{folder}{os.sep}nothing") == []


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        ("do", "do"),  # Documents or Downloads: both go on with other letters at once
        ("Do", "Do"),
        ("Dow", f"Downloads{os.sep}"),
        (f"Downloads{os.sep}", f"Downloads{os.sep}evening.pgn"),
        ("m", "m"),
        ("nothing", "nothing"),
    ],
)
def test_a_path_is_completed_as_far_as_it_is_clear(folder: Path, typed: str, after: str) -> None:
    assert gone_on(f"{folder}{os.sep}{typed}") == f"{folder}{os.sep}{after}"


def test_several_are_completed_as_far_as_they_are_alike(tmp_path: Path) -> None:
    for name in ("evening 1.pgn", "evening 2.pgn"):
        (tmp_path / name).touch()
    assert gone_on(f"{tmp_path}{os.sep}e") == f"{tmp_path}{os.sep}evening "


def test_what_comes_along_when_one_copies_a_file_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "an evening.pgn"
    assert meant(file.as_uri()) == file
    assert meant(f'"{file}"') == meant(f" {file}\n") == file
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert meant("~/an evening.pgn") == file
    assert meant("~nobody-is-called-so/x") == Path("~nobody-is-called-so/x")


@given(st.text(max_size=40))
def test_whatever_is_typed_is_looked_up_without_harm(typed: str) -> None:
    assert isinstance(completions(typed), list)
    assert isinstance(gone_on(typed), str)


def test_a_path_that_is_far_too_long_is_none() -> None:
    assert completions("/" + "x" * 10_000) == []
