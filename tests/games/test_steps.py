"""The steps of a match behave as a list of them does."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.steps import Step, Steps

MOVES = st.one_of(st.none(), st.integers(), st.text(max_size=3), st.tuples(st.integers(), st.integers()))
ADDED = st.tuples(st.none() | st.integers(0, 300), MOVES, st.lists(st.integers(0, 5), max_size=3).map(tuple))


@given(st.lists(st.one_of(ADDED, st.just("drop"))), st.slices(8))
def test_steps_are_what_a_list_of_them_would_be(acts: list[Any], part: slice) -> None:
    steps, listed = Steps(), list[Step]()
    for act in acts:
        if act != "drop":
            listed.append(Step(len(listed), *act))
            assert steps.add(*act) == listed[-1]
        elif listed:
            listed.pop()
            steps.drop()
    assert (len(steps), list(steps), steps[part]) == (len(listed), listed, listed[part])
    assert [steps[n] for n in range(-len(listed), len(listed))] == listed * 2
    again = Steps()
    for step in steps:
        again.add(step.seat, step.move, step.chance)
    assert again == steps
    again.add(None, "one more")
    assert again != steps
    assert steps != listed


def test_a_step_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        Steps()[0]
