"""What the clock of each seat showed after every step of a match that is over, by when the steps were made.

Nothing is written down of the time that a match rested. It counts as thought about, and where a clock could not have
gone on so long, nobody knows what it showed.
"""

from collections.abc import Collection, Sequence
from itertools import accumulate

from communication.clock import Clock
from communication.parts import Clock as ClockRule
from communication.written import Written

SLACK = 2.0
"""Seconds that a clock may be over its time here: a room's own goes by tenths of a second, and so adds up otherwise."""
ENDLESS = ClockRule(main=10**9)
"""The clock of a match that had none: what is gone from it is what was used."""


def times(written: Written, turns: Sequence[Collection[int]]) -> list[tuple[float, ...]]:
    """Seconds by seat after each step: those left by the match's clock, or without a clock those used so far.

    `turns` are the seats in turn after each step. Empty where the times are not known.
    """
    if not all(step.at for step in written.steps):
        return []
    rule = written.about.clock or ENDLESS
    clock, shown = Clock(rule, written.about.seats), list[tuple[float, ...]]()
    moments = accumulate((step.at for step in written.steps), max)
    for step, now, turn in zip(written.steps, moments, turns, strict=True):
        if clock.out(now - SLACK) is not None:
            return []
        clock.run(turn, now)
        clock.stepped(step.seat, turn)
        shown.append(tuple(clock.left) if rule is not ENDLESS else tuple(rule.main - left for left in clock.left))
    return shown
