"""What every game_info on the shelf must fulfil, at every state of many random matches (see playouts.py)."""

import re
from contextlib import suppress
from typing import Any

import msgspec
import pytest

from games import GAMES
from games.game_info import Chance, GameInfo, NeedsTable, Outcome, Refusal, copy, digest, dump, load, secrets_of, view
from games.match import Match, as_move, predicted
from games.steps import Step
from tests.contract.playouts import MATCHES, PLAYS, Play, cached, garbage, random_move, typed

OPEN_SETUP: dict[str, str] = {"chess": "the beginning of Chess960 is drawn, and everybody sees it"}
"""Games whose set-up draws chance although nothing is secret: name -> why that is meant."""
OPEN_PICKS: dict[str, str] = {}
"""Games in which several may act at once and all see what each does: name -> why that is meant."""


@pytest.fixture(params=PLAYS, ids=lambda param: f"{param[0]}-{param[1]}")
def play(request: pytest.FixtureRequest) -> Play:
    return cached(*request.param)


def through_json(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def test_who_stands_better_is_told_always_or_never_and_changes_nothing(play: Play) -> None:
    told = [state for state in play.states if state.outcome() is None]
    before = [dump(state) for state in told]
    balances = [play.game.balance(state) for state in told]
    assert [dump(state) for state in told] == before
    assert len({balance is None for balance in balances}) == 1
    for balance in balances:
        assert balance is None or (-1 <= balance <= 1 and play.game.weighs and len(play.seats) == 2)


# -- whose turn, which moves, what end ---------------------------------------------------------------------------------


def test_somebody_is_in_turn_until_there_is_an_outcome(play: Play) -> None:
    for state in play.states:
        turn = list(state.turn())
        assert (turn == []) == (state.outcome() is not None)
        assert len(set(turn)) == len(turn)
        assert all(type(seat) is int and seat in play.seats for seat in turn)


def test_who_is_in_turn_has_moves_and_nobody_else(play: Play) -> None:
    for state in play.states:
        for seat in (*play.seats, -1, len(play.seats)):
            moves = state.moves(seat)
            assert (moves is None or bool(list(moves))) == (seat in state.turn()), f"seat {seat}"


def test_listed_moves_are_moves_and_each_is_listed_once(play: Play) -> None:
    for _, state in play.some(40):
        for seat in state.turn():
            moves = list(state.moves(seat) or ())
            assert len(set(map(typed, moves))) == len(moves)
            for move in moves:
                assert typed(as_move(through_json(move))) == typed(move), f"{move!r} does not come back from JSON"


def test_the_outcome_ranks_every_seat(play: Play) -> None:
    outcome = play.states[-1].outcome()
    assert outcome is not None
    assert len(outcome.ranks) == len(play.seats)
    assert set(outcome.ranks) == set(range(1, max(outcome.ranks) + 1)), "ranks count from 1 without a gap"
    assert outcome.scores is None or len(outcome.scores) == len(play.seats)
    assert outcome.why
    assert outcome == play.states[-1].outcome()
    assert msgspec.json.decode(msgspec.json.encode(outcome), type=Outcome) == outcome


def test_a_timeout_is_a_time(play: Play) -> None:
    for state in play.states:
        timeout = state.timeout()
        assert timeout is None or 0 < timeout < 86_400


# -- judging -----------------------------------------------------------------------------------------------------------


def test_every_listed_move_is_judged_fine(play: Play) -> None:
    for state in play.states:
        before = digest(state)
        for seat in state.turn():
            refused = [move for move in state.moves(seat) or () if state.judge(seat, move) is not None]
            assert not refused
        assert digest(state) == before, "judge changed the state"


def assert_refused(state: GameInfo, seat: int, move: Any) -> None:
    refusal = state.judge(seat, move)
    assert type(refusal) is Refusal, f"seat {seat} may do {move!r}" if type(move) in (int, str, tuple) else type(move)
    assert re.fullmatch("[a-z]+(_[a-z]+)*", refusal.code)
    assert re.fullmatch("[A-Z0-9].* .*[.!?]", refusal.text), refusal.text
    assert not set(refusal.text) & set("‘’“”…")


def test_garbage_is_refused_with_a_reason_and_changes_nothing(play: Play) -> None:
    rng = play.rng()
    for _, state in play.some(25):
        before = digest(state)
        for seat in state.turn():
            for wrong in garbage(state.moves(seat), rng):
                assert_refused(state, seat, wrong)
        assert digest(state) == before, "judge changed the state"


def test_nobody_acts_out_of_turn_or_after_the_end(play: Play) -> None:
    for before, step, after in play.steps():
        for seat in (*play.seats, -1, len(play.seats)):
            for state in (before, after):
                if seat not in state.turn():
                    assert_refused(state, seat, step.move)
                    assert_refused(state, seat, None)


# -- the state as data -------------------------------------------------------------------------------------------------


def test_the_fields_are_the_whole_state(play: Play) -> None:
    fields = set(dump(play.game.info()))
    for state in (*play.states, play.match.info):
        own = vars(state) if hasattr(state, "__dict__") else type(state).__slots__
        assert set(own) == fields, "an attribute that is no field is lost in every copy"


def test_the_state_comes_back_from_json(play: Play) -> None:
    for state in (*play.states, play.match.info):
        back = load(type(state), through_json(dump(state)))
        assert back == state
        assert digest(back) == digest(state)
        for viewer in play.viewers:
            seen = view(state, viewer)
            assert dump(load(type(seen), through_json(dump(seen)))) == dump(seen)


def test_the_recorded_steps_lead_to_the_same_state(play: Play) -> None:
    steps = [Step(s.n, s.seat, as_move(through_json(s.move)), tuple(s.chance)) for s in play.match.steps]
    for n, state in play.some(6):
        again = Match.replay(play.game, len(play.seats), through_json(play.variant.options), steps[: n + 1])
        assert again.info == state
        assert digest(again.info) == digest(state)
        assert list(again.turn) == list(state.turn())
        assert again.outcome == state.outcome()


# -- what a client knows -----------------------------------------------------------------------------------------------


def test_everybody_sees_whose_turn_it_is_and_how_it_ended(play: Play) -> None:
    for state in play.states:
        for viewer in play.viewers:
            seen = view(state, viewer)
            assert list(seen.turn()) == list(state.turn())
            assert seen.outcome() == state.outcome()


def listing(info: GameInfo, seat: int) -> list[Any] | None:
    moves = info.moves(seat)
    return None if moves is None else list(map(typed, moves))


def test_a_client_judges_as_the_room_does_or_not_at_all(play: Play) -> None:
    rng = play.rng()
    for _, state in play.some(20):
        for seat in state.turn():
            seen = view(state, seat)
            with suppress(NeedsTable):
                assert listing(seen, seat) == listing(state, seat)
            moves = list(state.moves(seat) or [random_move(play.game, state, seat, rng)])
            for move in (*rng.sample(moves, min(5, len(moves))), None, -1, "x", (0, 0)):
                with suppress(NeedsTable):
                    assert seen.judge(seat, move) == state.judge(seat, move)


def test_a_prediction_is_never_wrong(play: Play) -> None:
    rng = play.rng()
    for before, step, _ in play.steps():
        for seat in before.turn():
            move = step.move if seat == step.seat else random_move(play.game, before, seat, rng)
            room, chance = copy(before), Chance(rng.randrange)
            room.play(seat, move, chance)
            try:
                guess = predicted(view(before, seat), seat, move)
            except NeedsTable:
                continue
            assert not chance.record
            assert dump(guess) == dump(view(room, seat))


# -- secrets -----------------------------------------------------------------------------------------------------------


def scrambled(state: GameInfo, other: GameInfo, keep: int | None) -> GameInfo:
    """The state with all that is secret taken from another state, except what belongs to one seat."""
    mixed = copy(state)
    for name, who in secrets_of(type(state)).items():
        mine, strange = getattr(mixed, name), getattr(copy(other), name)
        if who == "owner":
            strange = [mine[s] if s == keep else strange[s] for s in range(min(len(mine), len(strange)))]
        setattr(mixed, name, strange)
    return mixed


def shown(play: Play, seen: GameInfo, viewer: int | None) -> bytes:
    """All that a client shows of a state, as bytes: the view itself, the scene, whose turn, how it ended."""
    return msgspec.json.encode((dump(seen), play.game.scene(seen, viewer), list(seen.turn()), seen.outcome()))


def test_other_secrets_look_the_same_to_everybody_else(play: Play) -> None:
    strangers = cached(play.variant, (play.seed + 1) % MATCHES).states
    rng = play.rng()
    for n, state in play.some(15):
        # Everybody looks at each, in turn: a table that remembers what another seat saw would show it now.
        one = {v: shown(play, view(state, v), v) for v in play.viewers}
        for viewer in play.viewers:
            other = scrambled(state, rng.choice(strangers), viewer)
            two = {v: shown(play, view(other, v), v) for v in play.viewers}
            assert one[viewer] == two[viewer]
            seen, same = view(state, viewer), view(other, viewer)
            if n < play.match.n:
                step = play.match.steps[n + 1]
                assert step.seat is not None
                if not state.hides(step.seat, step.move):
                    words = play.game.words(seen, step.seat, step.move)
                    assert words == play.game.words(same, step.seat, step.move)


def differences(a: GameInfo, b: GameInfo) -> tuple[set[str], set[int | None]]:
    """Where two states differ: names of open fields, and owners of secrets (None: what nobody sees)."""
    left, right, secret = dump(a), dump(b), secrets_of(type(a))
    names = {name for name in left if left[name] != right[name]}
    owners: set[int | None] = {None for name in names if secret.get(name) == "nobody"}
    for name in names:
        if secret.get(name) == "owner":
            owners |= {s for s, (x, y) in enumerate(zip(left[name], right[name], strict=True)) if x != y}
    return {name for name in names if name not in secret}, owners


def assert_kept(play: Play, after: GameInfo, other: GameInfo) -> None:
    """What differs between two ways to go on is open to all, or secret: never both."""
    opened, owners = differences(after, other)
    if owners:
        assert not opened, f"what is secret changes {', '.join(sorted(opened))}, which all can see"
        assert list(after.turn()) == list(other.turn())
        for viewer in play.viewers:
            if viewer not in owners or viewer is None:
                assert shown(play, view(after, viewer), viewer) == shown(play, view(other, viewer), viewer)


def redrawn(play: Play, step: Step, draw: int, shift: int) -> GameInfo:
    """The state after a step in which one draw came out differently (what is drawn after it may differ too)."""
    rng = play.rng()

    def below(n: int) -> int:
        k = len(chance.record)
        value = step.chance[k] if k < len(step.chance) else rng.randrange(n)
        return (value + shift if k == draw else value) % n

    chance = Chance(below)
    if step.seat is None:
        info: GameInfo = play.game.info()
        info.setup(len(play.seats), play.variant.options, chance)
    else:
        info = copy(play.states[step.n - 1])
        info.play(step.seat, step.move, chance)
    return info


def test_a_draw_is_seen_by_all_or_stays_secret(play: Play) -> None:
    rng = play.rng()
    for step in play.match.steps:
        for draw in rng.sample(range(len(step.chance)), min(3, len(step.chance))):
            assert_kept(play, play.states[step.n], redrawn(play, step, draw, rng.randint(1, 3)))


def test_a_hidden_step_stays_hidden(play: Play) -> None:
    rng = play.rng()
    for before, step, after in play.steps():
        assert step.seat is not None
        if not before.hides(step.seat, step.move):
            continue
        assert secrets_of(type(before)), "a game without secrets announces every step to all"
        for _ in range(10):
            other, move = copy(before), random_move(play.game, before, step.seat, rng)
            if before.hides(step.seat, move):
                other.play(step.seat, move, Chance(rng.randrange))
                assert_kept(play, after, other)


def test_who_is_still_to_pick_does_not_see_the_pick_of_another(play: Play) -> None:
    rng = play.rng()
    for before, step, after in play.steps():
        waiting = set(before.turn()) & set(after.turn()) - {step.seat}
        if not waiting or play.game.name in OPEN_PICKS:
            continue
        assert step.seat is not None
        assert before.hides(step.seat, step.move), "several pick at once, and the step is announced to all"
        for _ in range(10):
            other, move = copy(before), random_move(play.game, before, step.seat, rng)
            other.play(step.seat, move, Chance(rng.randrange))
            for seat in waiting & set(other.turn()):
                assert shown(play, view(after, seat), seat) == shown(play, view(other, seat), seat)


def test_hides_answers_yes_or_no_and_changes_nothing(play: Play) -> None:
    for before, step, _ in play.steps():
        as_it_was = digest(before)
        assert type(before.hides(step.seat or 0, step.move)) is bool
        assert digest(before) == as_it_was


def test_a_random_set_up_hides_something(play: Play) -> None:
    if play.match.steps[0].chance and play.game.name not in OPEN_SETUP:
        assert secrets_of(type(play.match.info)), "the set-up is random, and everybody sees everything"


def test_the_exceptions_are_games_on_the_shelf() -> None:
    assert {*OPEN_SETUP, *OPEN_PICKS} <= set(GAMES)
