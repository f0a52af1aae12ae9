"""Past matches: listed, exported and brought back equal; one that is not what its game makes of it is found."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from communication.written import MatchRecord, OverRecord
from games import GAMES
from games.game_info import Chance, digest
from games.match import Match
from master import history
from master.journal import Journal
from master.records import Kept
from tests.contract.playouts import VARIANTS, playout

NOON = 1_800_000_000.0


def written(journal: Journal, match: Match, room: str) -> int:
    """Note a whole match as a room does."""
    names = tuple(["Anna", "Ben", "Cleo", "Dora", "Emil", "Finn"][: match.seats])
    about = MatchRecord(room, match.game.name, match.game.version, match.seats, match.options, names, NOON)
    number = journal.begin(about)
    for step in match.steps:
        journal.step(number, step)
    if match.outcome is not None:
        outcome = match.outcome
        journal.over(number, OverRecord(outcome.ranks, outcome.why, outcome.scores, NOON, digest(match.info)))
    journal.commit()
    return number


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a random match of every game in every form, and one that was given up."""
    folder = tmp_path_factory.mktemp("filled")
    with closing(Journal(folder, clock=lambda: NOON)) as journal:
        for k, variant in enumerate(VARIANTS):
            written(journal, playout(variant, 1).match, f"ROOM{k}")
        given_up = Match(GAMES["gomoku"], 2, GAMES["gomoku"].chosen({}))
        given_up.begin(Chance())
        given_up.forfeit(1, "Ben left")
        written(journal, given_up, "LEFT")
    return folder


@pytest.fixture
def journal(filled: Path, tmp_path: Path) -> Iterator[Journal]:
    """A journal of its own for each test, with all those matches."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    with closing(Journal(tmp_path, clock=lambda: NOON)) as journal:
        yield journal


def texts(kept: Kept) -> list[bytes]:
    return [line.encode() for line in history.exported(kept)]


def test_every_match_of_every_game_can_be_replayed(journal: Journal) -> None:
    assert len(journal.read.numbers()) == len(VARIANTS) + 1
    assert list(history.verified(journal.read, GAMES)) == []


def test_an_exported_match_comes_back_equal(journal: Journal, tmp_path: Path) -> None:
    everything = list(journal.read.matches())
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with closing(Journal(elsewhere)) as other:
        brought = history.imported(b"\n".join(line for kept in everything for line in texts(kept)), GAMES)
        assert other.bring(brought) == [kept.id for kept in everything]
        assert list(other.read.matches()) == everything
        assert list(history.verified(other.read, GAMES)) == []


def test_a_match_is_found_by_its_number_and_by_its_room(journal: Journal) -> None:
    assert history.chosen(journal.read, "2").about.room == "ROOM1"
    assert history.chosen(journal.read, "left").about.room == "LEFT"
    for nothing in ("4711", "NOWHERE", ""):
        with pytest.raises(ValueError, match="holds no match"):
            history.chosen(journal.read, nothing)


def test_the_list_says_who_played_what_when_and_how_it_ended(journal: Journal) -> None:
    head, *lines = history.listing(journal.read)
    assert "outcome" in head
    assert len(lines) == len(VARIANTS) + 1
    assert lines[-1].endswith("Anna, Ben: Anna won, Ben left")
    assert lines[-1].split()[1:3] == ["LEFT", "gomoku"]


def changed(kept: Kept, n: int, **fields: Any) -> Kept:
    steps = [msgspec.structs.replace(step, **fields) if step.n == n else step for step in kept.steps]
    return msgspec.structs.replace(kept, steps=steps)


def over(kept: Kept, **fields: Any) -> Kept:
    assert kept.over is not None
    return msgspec.structs.replace(kept, over=msgspec.structs.replace(kept.over, **fields))


MISTAKES: dict[str, tuple[Callable[[Kept], Kept], str]] = {
    "not in turn": (lambda kept: changed(kept, 1, seat=1), "step 1 is not legal"),
    "not legal": (lambda kept: changed(kept, 2, move=[99]), "step 2 is not legal"),
    "no move": (lambda kept: changed(kept, 2, move=True), "a move is made of"),
    "more chance": (lambda kept: changed(kept, 1, chance=(3,)), "step 1 has more chance"),
    "a step too few": (lambda kept: msgspec.structs.replace(kept, steps=kept.steps[:-1]), "not over"),
    "another winner": (lambda kept: over(kept, ranks=(9, 9)), "it ends with"),
    "another position": (lambda kept: over(kept, digest=1), "last position"),
    "no end": (lambda kept: msgspec.structs.replace(kept, over=None), "it is over"),
    "an unknown game": (lambda kept: about(kept, game="whist"), "has not version 1 of whist"),
    "another version": (lambda kept: about(kept, version=99), "has not version 99"),
    "too many seats": (lambda kept: about(kept, seats=9), "is not for 9"),
    "an unknown option": (lambda kept: about(kept, options={"x": 1}), "has no option"),
}


def about(kept: Kept, **fields: Any) -> Kept:
    return msgspec.structs.replace(kept, about=msgspec.structs.replace(kept.about, **fields))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_first_difference_is_said_and_such_a_match_is_not_taken_in(journal: Journal, mistake: str) -> None:
    change, said = MISTAKES[mistake]
    kept = change(next(kept for kept in journal.read.matches() if kept.about.game == "tic_tac_toe"))
    assert said in history.difference(kept, GAMES)
    with pytest.raises(ValueError, match="match 1 in it cannot be replayed"):
        history.imported(b"\n".join(texts(kept)), GAMES)


def test_a_match_damaged_in_the_file_is_found_and_the_others_are_not_blamed(journal: Journal) -> None:
    journal._pack()
    journal.read.db.execute("UPDATE matches SET steps = CAST(replace(steps, 'start', 'stort') AS BLOB) WHERE id = 2")
    (line,) = history.verified(journal.read, GAMES)
    assert line.startswith("match 2: ")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "there is no match"),
        ([b"no JSON"], "there is no match"),
        ([b"{no JSON}"], "line 1 is not one of a match"),
        ([b'{"step":[1,0,null,["start"],[],0.0]}'], "line 1 comes before"),
        ([b'{"match":{"room":"A"}}'], "line 1 is not one of a match"),
        ([b"\xff\xfe"], "there is no match"),
        ([b'[White "A"]', b"1. e5"], "Move 1 of White"),
    ],
)
def test_a_file_that_is_no_match_is_refused_in_a_sentence(lines: list[bytes], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        history.imported(b"\n".join(lines), GAMES)


def test_games_of_chess_are_brought_as_pgn(journal: Journal) -> None:
    head = '[Event "?"]\n[White "Anna"]\n[Black "Ben"]\n\n'
    brought = history.imported(f"{head}1. f3 e5 2. g4 Qh4# 0-1\n\n{head}1. e4 1/2-1/2\n".encode(), GAMES)
    assert [match.about.names for match in brought] == [("Anna", "Ben")] * 2
    assert [match.over and match.over.ranks for match in brought] == [(2, 1), (1, 1)]
    before = len(journal.read.numbers())
    journal.bring(brought)
    assert len(journal.read.numbers()) == before + 2
    assert not list(history.verified(journal.read, GAMES))


def test_lines_are_json_that_other_programs_read(journal: Journal) -> None:
    first, *rest = map(json.loads, history.exported(history.chosen(journal.read, "LEFT")))
    assert first["match"]["names"] == ["Anna", "Ben"]
    assert [line["step"][1:4] for line in rest[:-1]] == [[0, None, ["start"]], [1, None, ["forfeit", 1, "Ben left"]]]
    assert rest[-1]["over"]["ranks"] == [1, 2]
