import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games import GAMES
from games.game import Game
from games.game_info import HIDDEN, MATCH_OVER, Chance, GameInfo, Move, NeedsTable, Outcome, Refusal, copy, secret, view
from games.match import BROKEN, DEEPEST, FORFEIT, LARGEST, LONGEST, MOST_PARTS, START, Match, as_move, predicted
from games.steps import Step


@dataclass
class PotInfo(GameInfo):
    """Seats in turn pay into a pot or roll for it; who brings it to ten wins. "break" fails half-way."""

    pot: int = 0
    now: int = 0
    rolls: list[int] = field(default_factory=list)
    hands: list[list[int]] = secret("owner")

    def setup(self, seats: int, options: Any, chance: Chance) -> None:
        self.hands = [[chance.below(10)] for _ in range(seats)]

    def turn(self) -> tuple[int, ...]:
        return () if self.pot >= 10 else (self.now,)

    def moves(self, seat: int) -> list[Move]:
        return [1, 2, "roll", "look", "break", "raise"] if seat in self.turn() else []

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        if move == "roll":
            self.rolls.append(chance.roll())
        elif move == "look":
            self.pot += self.hands[1 - seat][0] % 2
        elif move == "break":
            self.pot = 99
            self.rolls.append(chance.roll())
            raise RuntimeError("half-way")
        else:
            self.pot += move
        self.now = 1 - self.now

    def judge(self, seat: int, move: Move) -> Refusal | None:
        if move == "raise":
            raise RuntimeError("a judge must not raise")
        return super().judge(seat, move)

    def outcome(self) -> Outcome | None:
        return Outcome.win(1 - self.now, 2, "ten in the pot") if self.pot >= 10 else None


class Pot(Game[PotInfo]):
    name, title, seats, info = "pot", "Pot", range(2, 3), PotInfo


def begun() -> Match:
    match = Match(Pot(), 2, {})
    match.begin(Chance(lambda n: n - 1))
    return match


def play(match: Match, *moves: Move) -> Match:
    for move in moves:
        (seat,) = match.turn
        assert match.judge(seat, move) is None
        assert isinstance(match.play(seat, move, Chance(lambda n: 3 % n)), Step)
    return match


def as_it_is(match: Match) -> tuple[Any, ...]:
    return (list(match.steps), copy(match.info), match.outcome, tuple(match.turn), match.n)


def test_a_step_holds_number_seat_move_and_chance() -> None:
    match = play(begun(), 1, "roll")
    assert list(match.steps) == [Step(0, None, (START,), (9, 9)), Step(1, 0, 1), Step(2, 1, "roll", (3,))]
    assert match.n == 2
    assert tuple(match.turn) == (0,)


def test_before_the_start_nobody_is_in_turn() -> None:
    match = Match(Pot(), 2, {})
    assert match.n == -1
    assert not match.turn
    assert match.outcome is None


def test_a_match_ends_with_an_outcome_and_then_refuses_everything() -> None:
    match = play(begun(), *[2] * 5)
    assert match.outcome == Outcome((1, 2), "ten in the pot")
    assert not match.turn
    assert match.judge(0, 1) == match.judge(1, 1) == MATCH_OVER


def test_a_play_that_fails_is_refused_and_the_state_is_put_back() -> None:
    match = play(begun(), 1, "roll", 2)
    before = as_it_is(match)
    info = match.info
    assert match.play(1, "break", Chance()) == BROKEN
    assert as_it_is(match) == before
    assert match.info is not info
    play(match, 2, 1)


def test_a_judge_that_fails_is_a_refusal() -> None:
    match = begun()
    assert match.judge(0, "raise") == BROKEN


def test_a_forfeit_is_a_step_of_the_table() -> None:
    match = play(begun(), 1)
    step = match.forfeit(1, "Anna left")
    assert step == Step(2, None, (FORFEIT, 1, "Anna left"))
    assert match.outcome == Outcome((1, 2), "Anna left")
    assert not match.turn
    assert match.judge(0, 1) == MATCH_OVER
    assert as_it_is(Match.replay(Pot(), 2, {}, match.steps)) == as_it_is(match)


def test_a_replay_goes_through_json_to_the_same_state() -> None:
    match = play(begun(), 1, "roll", "look", "roll", 2)
    told = json.loads(json.dumps([[s.n, s.seat, s.move, s.chance] for s in match.steps]))
    steps = [Step(n, seat, as_move(move), tuple(chance)) for n, seat, move, chance in told]
    for n in range(len(steps)):
        assert Match.replay(Pot(), 2, {}, steps[:n]).n == n - 1
    assert as_it_is(Match.replay(Pot(), 2, {}, steps)) == as_it_is(match)


@pytest.mark.parametrize(
    "step",
    [
        Step(3, 1, 1), Step(5, 0, 1), Step(1, 0, 1), Step(-1, 0, 1),  # a gap, or old
        Step(4, 0, 1), Step(4, 2, 1), Step(4, -1, 1),  # not in turn
        Step(4, 1, 3), Step(4, 1, True), Step(4, 1, None), Step(4, 1, "raise"),  # not legal
        Step(4, 1, "break", (0,)), Step(4, 1, "roll"), Step(4, 1, "roll", (6,)), Step(4, 1, "roll", (-1,)),
        Step(4, 1, "roll", (0, 0)), Step(4, 1, 1, (0,)),  # more chance than was drawn
        Step(4, None, (START,)), Step(4, None, None), Step(4, None, ()), Step(4, None, "start"), Step(4, None, 1),
        Step(4, None, (FORFEIT,)), Step(4, None, (FORFEIT, 0)), Step(4, None, (FORFEIT, 2, "")),
        Step(4, None, (FORFEIT, -1, "")), Step(4, None, (FORFEIT, True, "")), Step(4, None, (FORFEIT, 0, 1)),
    ],
)  # fmt: skip
def test_a_step_that_does_not_fit_is_an_error_and_changes_nothing(step: Step) -> None:
    match = play(begun(), 1, "roll", 2)
    before = as_it_is(match)
    with pytest.raises(ValueError, match=r"step|chance"):
        match.apply(step)
    assert as_it_is(match) == before
    match.apply(Step(4, 1, 2))


def test_a_match_begins_with_the_table() -> None:
    match = Match(Pot(), 2, {})
    for step in (Step(0, 0, 1), Step(0, None, (FORFEIT, 0, "")), Step(0, None, (START,), (1,)), Step(1, 0, 1)):
        with pytest.raises(ValueError, match=r"match begins|step"):
            match.apply(step)
        assert match.n == -1
    match.apply(Step(0, None, (START,), (1, 2)))
    assert match.info == PotInfo(hands=[[1], [2]])


def test_nothing_follows_a_forfeit() -> None:
    match = begun()
    match.forfeit(0)
    for step in (Step(2, 0, 1), Step(2, None, (FORFEIT, 1, "too"))):
        with pytest.raises(ValueError, match="step 2"):
            match.apply(step)


def test_a_prediction_leaves_the_state_alone_and_gives_up_where_only_the_room_knows() -> None:
    match = begun()
    assert isinstance(match.info, PotInfo)
    seen = view(match.info, 0)
    after = predicted(seen, 0, 2)
    assert isinstance(after, PotInfo)
    assert (after.pot, after.now, after.hands[0]) == (2, 1, [9])
    assert after.hands[1] is HIDDEN
    assert seen.pot == 0
    for move in ("roll", "look"):
        with pytest.raises(NeedsTable):
            predicted(seen, 0, move)


# -- moves from JSON ---------------------------------------------------------------------------------------------------

LEAVES = st.none() | st.integers(-LARGEST, LARGEST) | st.floats(allow_nan=False, allow_infinity=False) | st.text()
MOVES = st.recursive(LEAVES, lambda parts: st.lists(parts, max_size=4), max_leaves=12)
ANYTHING = st.recursive(
    LEAVES | st.booleans() | st.floats() | st.integers() | st.binary(),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(), parts, max_size=3),
)


def depth(value: Any) -> int:
    return 1 + max(map(depth, value), default=0) if isinstance(value, list | tuple) else 0


def listed(value: Any) -> Any:
    return [listed(part) for part in value] if isinstance(value, list | tuple) else value


@given(MOVES.filter(lambda value: depth(value) <= DEEPEST))
def test_json_values_become_a_move_and_come_back(value: Any) -> None:
    move = as_move(value)
    hash(move)
    assert listed(move) == value
    assert as_move(move) == move
    assert repr(as_move(json.loads(json.dumps(move)))) == repr(move)


@given(ANYTHING)
def test_what_is_not_a_move_is_a_value_error_and_nothing_else(value: Any) -> None:
    try:
        move = as_move(value)
    except ValueError:
        return
    assert listed(move) == value
    hash(move)


@pytest.mark.parametrize(
    "value",
    [
        True, False, float("nan"), float("inf"), float("-inf"), LARGEST + 1, -LARGEST - 1, 10**40, b"", {}, {"a": 1},
        {1}, object(), "x" * (LONGEST + 1), [0] * MOST_PARTS, [[0] * 1000, [0] * 1000], [True], [[[{}]]],
        [1.0, float("nan")],
    ],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
def test_no_move_may_hold(value: Any) -> None:
    with pytest.raises(ValueError, match=r"move|too"):
        as_move(value)


def test_the_bounds_themselves_are_allowed() -> None:
    deepest: Any = 1
    for _ in range(DEEPEST):
        deepest = [deepest]
    for value in (LARGEST, -LARGEST, "x" * LONGEST, [0] * (MOST_PARTS - 1), deepest):
        as_move(value)
    with pytest.raises(ValueError, match="too deep"):
        as_move([deepest])
    for _ in range(100_000):
        deepest = [deepest]
    with pytest.raises(ValueError, match="too deep"):
        as_move(deepest)


def test_a_fork_goes_on_by_itself() -> None:
    match = Match(GAMES["tic_tac_toe"], 2, {})
    match.begin(Chance())
    match.play(0, 4, Chance())
    fork = match.fork()
    fork.play(1, 0, Chance())
    match.undo(1)
    match.play(0, 8, Chance())
    assert [step.move for step in fork.steps[1:]] == [4, 0]
    assert (fork.n, list(fork.turn)) == (2, [0])
    assert [step.move for step in match.steps[1:]] == [4, ("undo", 1), 8]
