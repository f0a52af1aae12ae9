"""Clocks in words: what is typed, what it is called, what it shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communication.messages import Clock
from work import clocks


@pytest.mark.parametrize(
    ("typed", "clock", "words"),
    [
        ("30s", Clock(step=30), "30 s a step"),
        ("10+5", Clock(main=600, more=5), "10 min + 5 s"),
        ("5", Clock(main=300), "5 min"),
        ("1440+600", Clock(main=86400, more=600), "1440 min + 600 s"),
    ],
)
def test_a_clock_is_typed_and_named(typed: str, clock: Clock, words: str) -> None:
    assert clocks.read(typed) == clock
    assert clocks.read(typed.upper()) == clock
    assert clocks.words(clock) == words


@pytest.mark.parametrize("typed", ["", "0", "0s", "s", "+5", "5+", "5+5+5", "-5", "5.5", "ten", "٣", "99999", "5 + 5"])
def test_what_is_no_clock_is_refused_with_how_it_is_typed(typed: str) -> None:
    with pytest.raises(ValueError, match="typed as"):
        clocks.read(typed)


def test_every_choice_is_called_what_it_is() -> None:
    assert [clocks.words(clock) for clock in clocks.CHOICES] == [
        "",
        "30 s a step",
        "5 min + 3 s",
        "10 min + 5 s",
        "30 min",
    ]


@pytest.mark.parametrize(
    ("seconds", "face"),
    [
        (3900.0, "1:05:00"),
        (600.0, "10:00"),
        (257.2, "4:18"),
        (10.0, "0:10"),
        (9.99, "9.9"),
        (0.05, "0.0"),
        (0.0, "0.0"),
    ],
)
def test_what_a_clock_shows(seconds: float, face: str) -> None:
    assert clocks.face(seconds) == face


@given(st.floats(0, 86400), st.floats(0, 86400))
def test_a_clock_never_goes_up_as_time_goes_by(one: float, other: float) -> None:
    assert _seconds(clocks.face(min(one, other))) <= _seconds(clocks.face(max(one, other)))


def _seconds(face: str) -> float:
    total = 0.0
    for part in face.split(":"):
        total = total * 60 + float(part)
    return total
