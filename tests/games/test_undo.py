"""Taking back: only what is safe, and then the table is exactly as it was."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from games.game_info import Chance, GameInfo, NeedsTable, Refusal, copy, digest, dump, view
from games.gomoku import Gomoku
from games.liars_dice import LiarsDice
from games.match import UNDO, Match, predicted, standing
from games.steps import Step
from games.undo import MOST, NOTHING, SEEN, THROWN, first_undone
from tests.contract.playouts import VARIANTS, Variant, random_move


def begun(variant: Variant, rng: random.Random) -> Match:
    match = Match(variant.game, variant.seats, variant.options)
    match.begin(Chance(rng.randrange))
    return match


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(VARIANTS), st.randoms(use_true_random=False), st.integers(1, 60))
def test_what_may_be_taken_back_was_not_thrown_and_shows_nobody_anything(
    variant: Variant, rng: random.Random, length: int
) -> None:
    """In any game: steps and take-backs at random. What is allowed is judged here anew, from the states themselves."""
    match = begun(variant, rng)
    states = {0: copy(match.info)}
    for _ in range(length):
        if not match.turn:
            break
        if rng.random() < 0.3:
            seat = rng.randrange(variant.seats)
            found = first_undone(match, seat)
            if isinstance(found, Refusal):
                assert found.text.endswith(".")
                continue
            undone = [step for step in standing(match.steps) if step.n >= found]
            assert undone[0].seat == seat
            assert not any(step.chance for step in undone)
            before = next(states[step.n] for step in reversed(standing(match.steps)) if step.n < found)
            assert_nothing_is_given_away(variant, before, undone)
            step = match.undo(found)
            assert (step.seat, step.move) == (None, (UNDO, found))
            assert digest(match.info) == digest(before)
            for looker in (*range(variant.seats), None):
                assert dump(view(match.info, looker)) == dump(view(before, looker))
        else:
            seat = rng.choice(sorted(match.turn))
            made = match.play(seat, random_move(variant.game, match.info, seat, rng), Chance(rng.randrange))
            assert isinstance(made, Step)
            states[made.n] = copy(match.info)
    again = Match.replay(variant.game, variant.seats, variant.options, match.steps)
    assert digest(again.info) == digest(match.info)
    assert (again.outcome, list(again.turn), again.steps) == (match.outcome, list(match.turn), match.steps)


def assert_nothing_is_given_away(variant: Variant, before: GameInfo, undone: list[Step]) -> None:
    """Who knows the moves that were told knows all that could be seen after them."""
    info = copy(before)
    known = {looker: view(info, looker) for looker in (*range(variant.seats), None)}
    for step in undone:
        assert step.seat is not None
        hidden = info.hides(step.seat, step.move)
        info.play(step.seat, step.move, Chance.none())
        for looker in known:
            after = view(info, looker)
            if not hidden or looker == step.seat:
                known[looker] = predicted(known[looker], step.seat, step.move)
                assert dump(known[looker]) == dump(after)
            known[looker] = after


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(VARIANTS), st.randoms(use_true_random=False))
def test_a_hidden_step_looks_the_same_to_the_others_whatever_it_was(variant: Variant, rng: random.Random) -> None:
    """So it may be taken back: nobody but its maker has learned anything of it."""
    match = begun(variant, rng)
    for _ in range(12):
        if not match.turn:
            break
        seat = rng.choice(sorted(match.turn))
        move, other = (random_move(variant.game, match.info, seat, rng) for _ in range(2))
        if match.info.hides(seat, move) and match.info.hides(seat, other):
            for looker in {*range(variant.seats), None} - {seat}:
                seen = []
                for way in (move, other):
                    info = copy(match.info)
                    try:
                        info.play(seat, way, Chance.none())
                    except NeedsTable:
                        break
                    seen.append(dump(view(info, looker)))
                assert seen[:1] == seen[1:]
        match.play(seat, move, Chance(rng.randrange))


def gomoku(*points: tuple[int, int]) -> Match:
    match = Match(Gomoku(), 2, Gomoku().chosen({}))
    match.begin(Chance.none())
    for k, point in enumerate(points):
        match.play(k % 2, point, Chance.none())
    return match


def test_the_own_last_step_goes_and_all_after_it() -> None:
    match = gomoku((7, 7), (8, 8), (6, 6))
    assert (first_undone(match, 0), first_undone(match, 1)) == (3, 2)
    match.undo(2)
    assert (first_undone(match, 0), first_undone(match, 1)) == (1, NOTHING)
    assert [step.n for step in standing(match.steps)] == [0, 1]
    assert match.turn == (1,)


def test_only_a_step_that_stands_can_be_taken_back() -> None:
    match = gomoku((7, 7), (8, 8))
    match.undo(2)
    for n in (0, 2, 3, -1, 9, True, "1"):
        try:
            match.apply(Step(4, None, (UNDO, n)))
        except ValueError:
            assert match.n == 3
        else:
            raise AssertionError(n)
    match.apply(Step(4, None, (UNDO, 1)))
    assert not any(match.info.board)  # type: ignore[attr-defined]


def test_there_is_an_end_of_it() -> None:
    match = gomoku()
    for _ in range(MOST):
        match.play(0, (7, 7), Chance.none())
        match.undo(match.n)
    match.play(0, (7, 7), Chance.none())
    found = first_undone(match, 0)
    assert isinstance(found, Refusal)
    assert "already" in found.text


def test_a_throw_stays_and_what_was_shown_stays() -> None:
    game = LiarsDice()
    match = Match(game, 2, game.chosen({}))
    match.begin(Chance())
    first = min(match.turn)
    match.play(first, ("bid", 1, 2), Chance())
    assert first_undone(match, first) == 1
    step = match.play(1 - first, "liar", Chance())
    assert isinstance(step, Step)
    assert first_undone(match, first) is (THROWN if step.chance else SEEN)
