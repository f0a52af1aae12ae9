"""Allowances: what they let through at once and over time."""

from hypothesis import given
from hypothesis import strategies as st

from communication.allowance import Allowance


def test_so_much_at_once_and_then_so_much_a_second() -> None:
    allowance = Allowance(burst=3, rate=2, now=10.0)
    assert [allowance.spend(1, 10.0) for _ in range(4)] == [True, True, True, False]
    assert allowance.left == -1
    assert not allowance.spend(1, 10.5)  # one came back, and was owed
    assert allowance.spend(1, 11.5)


def test_what_is_given_back_can_be_spent_again() -> None:
    allowance = Allowance(burst=2, rate=1, now=0.0)
    for _ in range(100):
        assert allowance.spend(1, 0.0)
        allowance.left += 1


def test_time_fills_it_up_and_no_further() -> None:
    allowance = Allowance(burst=3, rate=100, now=0.0)
    for _ in range(4):
        allowance.spend(1, 0.0)
    assert not allowance.spend(1, 0.0)
    assert [allowance.spend(1, 1000.0) for _ in range(5)] == [True, True, True, True, False]


@given(
    st.floats(1, 100),
    st.floats(1, 100),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 5)), min_size=1, max_size=300),
)
def test_over_a_long_time_nobody_gets_more_than_twice_the_burst_and_the_rate(
    burst: float, rate: float, spent: list[tuple[float, float]]
) -> None:
    now = total = 0.0
    allowance = Allowance(burst, rate, now)
    for later, cost in spent:
        now += later
        if allowance.spend(cost, now):
            total += cost
    assert total <= 2 * burst + rate * now + 1e-6
