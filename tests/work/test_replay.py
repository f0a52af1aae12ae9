"""A match that is over, looked at again: every position of it, from every seat, its moments, as text and as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from communication.parts import Clock
from communication.written import MatchRecord, OverRecord, StepRecord, Written, shown
from games import GAMES
from games.battleship import SHIPS
from games.game_info import HIDDEN, Chance, digest, secrets_of
from games.match import Match
from tests.contract.playouts import VARIANTS, playout
from work.replay import Moment, Replay, opened

NOON = 1_800_000_000.0
PEOPLE = ("Anna", "Mei", "Tom", "小雨", "Lukas", "Ada")


def written(match: Match, seconds: dict[int, float] | None = None) -> Written:
    """A match as a host gives it, a second for each step but where it says otherwise."""
    at, steps = NOON, []
    for step in match.steps:
        at += (seconds or {}).get(step.n, 1.0) if step.n else 0.0
        steps.append(StepRecord(7, step.n, step.seat, step.move, step.chance, at))
    about = MatchRecord(
        "BABA", match.game.name, match.game.version, match.seats, match.options, PEOPLE[: match.seats], NOON, False
    )
    outcome = match.outcome
    over = OverRecord(outcome.ranks, outcome.why, outcome.scores, at, steps=match.n) if outcome else None
    return shown(about, steps, over)


def played(name: str, *moves: Any, **options: Any) -> Match:
    """A match of an open game in which the seats take turns."""
    game = GAMES[name]
    match = Match(game, 2, game.chosen(options))
    match.begin(Chance())
    for move in moves:
        match.play(min(match.turn), move, Chance())
    return match


def gomoku() -> Match:
    """Black makes an open three, white answers beside, black takes four and five."""
    points = [(7, 3), (0, 0), (7, 4), (0, 2), (7, 5), (0, 4), (7, 6), (0, 6), (7, 7)]
    return played("gomoku", *points)


def replay(match: Match, **seconds: Any) -> Replay:
    return Replay(written(match, **seconds), GAMES)


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_every_position_of_every_game_is_as_it_was_in_whatever_order_one_looks(variant: Any) -> None:
    match = playout(variant, 3).match
    states, again = [], Match(match.game, match.seats, match.options)
    for step in match.steps:
        again.apply(step)
        states.append(digest(again.info))
    replay = Replay(written(match), GAMES)
    assert replay.last == match.n
    for n in [*range(match.n, -1, -1), match.n, 0, match.n // 2]:
        assert digest(replay.at(n).info) == states[n]
    for seat in (None, *range(match.seats)):
        for n in (0, match.n // 2, match.n):
            replay.scene(replay.at(n), seat)
    assert [line.n for line in replay.lines] == list(range(1, match.n + 1))
    assert replay.moments[-1] == Moment(match.n, "end", match.outcome.why if match.outcome else "")


def test_a_seat_sees_what_it_saw_and_everybody_sees_everything() -> None:
    variant = next(one for one in VARIANTS if secrets_of(one.game.info))
    replay = Replay(written(playout(variant, 1).match), GAMES)
    info = replay.at(replay.last // 2).info
    for name, owner in secrets_of(type(info)).items():
        value = getattr(info, name)
        assert getattr(replay.shown(info, None), name) is value
        if owner == "owner":
            assert getattr(replay.shown(info, 1), name)[0] is HIDDEN
            assert getattr(replay.shown(info, 1), name)[1] is not HIDDEN


def test_the_last_step_is_marked_at_every_position_but_where_the_game_does_that() -> None:
    found = replay(played("tic_tac_toe", 4, 0, 2, 6, 3))
    marks = [[item.tag for item in found.scene(found.at(n), None).items if item.mark] for n in range(found.last + 1)]
    assert marks == [[], [4], [0], [2], [6], [3]]
    won = replay(played("tic_tac_toe", 0, 3, 1, 4, 2))
    assert {item.mark for item in won.scene(won.at(won.last), None).items if item.mark} == {"win"}


def test_the_game_and_the_end_mark_moments_and_one_can_go_from_one_to_the_next() -> None:
    found = replay(gomoku())
    assert [(moment.n, moment.kind) for moment in found.moments] == [(5, "own"), (7, "strong"), (9, "end")]
    assert found.moments[0].words == "F8: an open three"
    assert found.moments[-1].words == "five in a row, D8 to H8"
    assert [found.moment(n, 1) for n in (0, 5, 6, 9)] == [5, 7, 7, 9]
    assert [found.moment(n, -1) for n in (9, 7, 5, 0)] == [7, 5, 0, 0]


def test_of_what_is_told_again_the_first_stands_apart() -> None:
    black = [*((r, c) for r in (2, 6, 10) for c in (5, 6, 7)), (2, 8)]
    white = [(0, 0), (1, 14), (4, 0), (13, 5), (13, 6), (13, 7), (5, 14), (9, 0), (14, 0), (11, 14)]
    found = replay(played("gomoku", *(point for pair in zip(black, white, strict=True) for point in pair), (2, 9)))
    threes = [moment for moment in found.moments if moment.words.endswith(": an open three")]
    assert [(moment.n, moment.kind) for moment in threes] == [(5, "first"), (11, "again"), (12, "again"), (17, "again")]
    assert [moment.said for moment in threes[:2]] == ["H13: an open three (first)", "H9: an open three"]


def test_the_first_of_its_kind_stays_where_the_others_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(GAMES["gomoku"]), "moment", lambda _game, _before, _seat, move: f"{move}: a stone")
    assert [(moment.n, moment.kind) for moment in replay(gomoku()).moments] == [(1, "first"), (9, "end")]


def test_bombs_and_sunk_ships_are_moments() -> None:
    def words(name: str) -> list[str]:
        plays = [playout(one, seed).match for one in VARIANTS if one.game.name == name for seed in range(3)]
        return [moment.words for match in plays for moment in replay(match).moments if moment.kind == "own"]

    bombs, sunk = words("dou_dizhu"), words("battleship")
    assert bombs
    assert all("bomb" in said or "rocket" in said for said in bombs)
    assert sunk
    assert set(sunk) <= {f"sinks the {name}" for name, _ in SHIPS}


def test_a_game_that_fails_on_a_moment_spoils_no_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(GAMES["gomoku"]), "moment", lambda *_: 1 / 0)
    assert [moment.kind for moment in replay(gomoku()).moments] == ["end"]


def test_a_take_back_is_a_moment_and_a_line() -> None:
    match = played("gomoku", (7, 7), (0, 0))
    match.undo(2)
    match.play(1, (7, 8), Chance())
    match.forfeit(0, "Anna resigned")
    found = replay(match)
    assert [(moment.n, moment.kind) for moment in found.moments] == [(3, "undo"), (5, "end")]
    assert [line.words for line in found.lines] == ["H8", "A15", "step 2 taken back", "I8", "Anna resigned"]


def test_a_long_thought_is_a_moment_once() -> None:
    found = replay(gomoku(), seconds={4: 95.0, 6: 30.0})
    assert Moment(4, "thought", "1:35 to think") in found.moments
    assert sum(moment.kind == "thought" for moment in found.moments) == 1
    assert found.thought(4) == 95.0
    assert found.seconds == 95 + 30 + 7


def test_clocks_are_what_they_were_after_every_step() -> None:
    record = changed(written(gomoku(), {1: 12.5, 2: 30.0, 3: 1.5}), clock=Clock(main=60, more=5))
    found = Replay(record, GAMES)
    assert found.times[:4] == [(60, 60), (52.5, 60), (52.5, 35), (56, 35)]
    assert len(found.times) == found.last + 1
    each = Replay(changed(record, clock=Clock(step=40)), GAMES)
    assert each.times[:4] == [(40, 40), (40, 40), (40, 40), (40, 40)]


def test_without_a_clock_one_sees_what_each_has_used() -> None:
    found = replay(gomoku(), seconds={1: 12.5, 2: 30.0, 3: 1.5})
    assert found.times[:4] == [(0, 0), (12.5, 0), (12.5, 30), (14, 30)]
    assert sum(found.times[-1]) == found.seconds


def test_a_clock_that_cannot_have_gone_on_while_the_match_rested_shows_nothing() -> None:
    record = changed(written(gomoku(), {4: 3600.0}), clock=Clock(main=60, more=5))
    assert Replay(record, GAMES).times == []
    late = changed(written(gomoku(), {1: 61.0}), clock=Clock(main=60, more=5))  # rooms count in tenths of a second
    assert Replay(late, GAMES).times[1] == (5, 60)


def test_time_that_goes_back_is_none() -> None:
    found = replay(gomoku(), seconds={2: -3600.0, 3: 3660.0})
    assert found.times[2:4] == [(1, 0), (61, 0)]


def test_the_balance_of_every_step_is_that_of_its_position_and_at_the_end_the_winner_s() -> None:
    found = replay(gomoku())
    balances = list(found.balances())
    assert found.weighed
    assert balances == [found.balance(found.at(n)) for n in range(10)]
    assert balances[0] == 0
    assert balances[7] > 0.5
    assert balances[9] == 1.0
    assert list(replay(played("gomoku", (7, 7), (0, 0))).balances())[-1] > 0


def test_a_match_that_was_given_up_was_won_by_the_other_and_a_draw_by_nobody() -> None:
    lost, drawn = (played("gomoku", (7, 7), (0, 0), (7, 8)) for _ in range(2))
    lost.forfeit(0, "Anna resigned")
    drawn.draw()
    assert list(replay(lost).balances())[-1] == -1
    assert list(replay(drawn).balances())[-1] == 0


def test_where_a_game_cannot_tell_or_fails_nobody_stands_better(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not replay(played("tic_tac_toe", (0, 0))).weighed
    monkeypatch.setattr(type(GAMES["gomoku"]), "balance", lambda *_: 1 / 0)
    found = replay(gomoku())
    assert not found.weighed
    assert set(found.balances()) == {0.0, 1.0}


def test_without_times_nothing_is_said_of_them() -> None:
    record = written(gomoku(), {4: 95.0})
    found = Replay(
        msgspec.structs.replace(record, steps=[msgspec.structs.replace(s, at=0.0) for s in record.steps]), GAMES
    )
    assert found.thought(4) == 0
    assert found.times == []
    assert [moment.kind for moment in found.moments] == ["own", "strong", "end"]


def test_what_happens_all_the_time_is_no_moment() -> None:
    dice = next(one for one in VARIANTS if one.game.name == "liars_dice")
    found = Replay(written(playout(dice, 1).match), GAMES)
    often = [moment for moment in found.moments if moment.kind == "chance"]
    assert len(often) * 3 <= found.last


def test_a_match_as_text_says_who_played_what_and_every_step() -> None:
    text = replay(gomoku()).text().splitlines()
    assert text[0].startswith("Gomoku: Anna - Mei, ")
    assert text[1:3] == ["1. D8", "2. A15"]
    assert text[-1] == "five in a row, D8 to H8"


def test_a_saved_match_is_opened_again_as_it_was(tmp_path: Path) -> None:
    match = next(playout(one, 2).match for one in VARIANTS if one.game.name == "battleship")
    first = replay(match)
    path = first.save(tmp_path / "new")
    assert path.name.endswith("Battleship Anna - Mei.jsonl")
    again = opened(path, GAMES)
    assert [line.words for line in again.lines] == [line.words for line in first.lines]
    assert again.written.about == first.written.about
    assert digest(again.at(again.last).info) == digest(match.info)
    assert again.number is None


def test_a_game_of_chess_in_pgn_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "Fool's mate.pgn"
    path.write_text('[White "Anna"]\n[Black "Mei"]\n\n1. f3 e5 2. g4 Qh4# 0-1\n', encoding="utf-8")
    seen = opened(path, GAMES)
    assert seen.names == ("Anna", "Mei")
    assert [line.words for line in seen.lines] == ["f3", "e5", "g4", "Qh4#"]
    assert seen.over is not None
    assert seen.over.ranks == (2, 1)
    assert '[Black "Mei"]' in seen.text()


def test_a_name_of_a_file_holds_nothing_that_a_folder_could_mistake(tmp_path: Path) -> None:
    record = written(gomoku())
    about = msgspec.structs.replace(record.about, names=("../..\\evil:?*", "小雨"))
    path = Replay(msgspec.structs.replace(record, about=about), GAMES).save(tmp_path)
    assert path.parent == tmp_path
    assert path.exists()


BROKEN: dict[str, tuple[Callable[[Written], Written], str]] = {
    "another version": (lambda w: changed(w, version=99), "version 99"),
    "an unknown game": (lambda w: changed(w, game="whist"), "no such game"),
    "too many seats": (lambda w: changed(w, seats=9), "not a whole match"),
    "a name too few": (lambda w: changed(w, names=("Anna",)), "not a whole match"),
    "no steps": (lambda w: msgspec.structs.replace(w, steps=[]), "not a whole match"),
    "an unknown option": (lambda w: changed(w, options={"x": 1}), "no option"),
    "not legal": (lambda w: stepped(w, 3, move=[99, 99]), "not legal"),
    "no move": (lambda w: stepped(w, 3, move={"a": 1}), "a move is made of"),
    "a missing step": (lambda w: msgspec.structs.replace(w, steps=w.steps[:3] + w.steps[4:]), "does not follow"),
}


def changed(record: Written, **fields: Any) -> Written:
    return msgspec.structs.replace(record, about=msgspec.structs.replace(record.about, **fields))


def stepped(record: Written, n: int, **fields: Any) -> Written:
    steps = [msgspec.structs.replace(one, **fields) if one.n == n else one for one in record.steps]
    return msgspec.structs.replace(record, steps=steps)


@pytest.mark.parametrize("mistake", BROKEN)
def test_what_cannot_be_played_is_refused_in_words(mistake: str) -> None:
    change, said = BROKEN[mistake]
    with pytest.raises(ValueError, match=said):
        Replay(change(written(gomoku())), GAMES)


@pytest.mark.parametrize("data", [b"", b"no match", b'{"match":1}', b"\xff\x00", None])
def test_a_file_that_is_no_match_is_refused_in_a_sentence(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "some.jsonl"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ValueError, match=r"some.jsonl (is not a match|cannot be read)"):
        opened(path, GAMES)


def test_a_moment_that_no_calendar_has_is_left_out() -> None:
    about = msgspec.structs.replace(written(gomoku()).about, at=1e300)
    assert (
        Replay(msgspec.structs.replace(written(gomoku()), about=about), GAMES).text().startswith("Gomoku: Anna - Mei")
    )
