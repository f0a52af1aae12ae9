"""The clock of a table: the time that each seat has left, and whose runs. It is told what time it is.

Rooms run it, and replays run it again.
"""

from collections.abc import Collection, Iterable, Sequence

from communication.model import Answer
from communication.parts import Clock as ClockRule

LONGEST_STEP, LONGEST_MATCH, MOST_MORE = 3600, 86400, 600
"""Seconds: for a step, for all steps, and for what each step brings."""


def refusal(rule: ClockRule | None) -> Answer:
    """Why there is no such clock; or None."""
    if rule is None:
        return None
    if rule.step:
        fits = 1 <= rule.step <= LONGEST_STEP and not rule.main and not rule.more
    else:
        fits = 1 <= rule.main <= LONGEST_MATCH and 0 <= rule.more <= MOST_MORE
    if fits:
        return None
    return "bad_clock", "A clock gives up to an hour for each step, or up to a day for all and 10 minutes more a step."


class Clock:
    """Seconds left by seat as they were at the last change; those of the seats in `runs` go down since then."""

    def __init__(self, rule: ClockRule, seats: int, left: Sequence[float] = ()) -> None:
        self.rule = rule
        self.whole = float(rule.step or rule.main)
        self.left = list(left) or [self.whole] * seats
        self.runs: tuple[int, ...] = ()
        self._since = 0.0

    def run(self, seats: Iterable[int], now: float) -> None:
        """Let the time of these seats run from now on, and that of no others."""
        for seat in self.runs:
            self.left[seat] = max(0.0, self.left[seat] - (now - self._since))
        self.runs, self._since = tuple(sorted(seats)), now

    def stepped(self, seat: int | None, turn: Collection[int]) -> None:
        """Give what a step of this seat brings (None: the table's own); to be called after `run` of that moment."""
        if seat is not None:
            self.left[seat] += self.rule.more
        if self.rule.step:
            self.left = [
                left if at in turn and at != seat else float(self.rule.step) for at, left in enumerate(self.left)
            ]

    def out(self, now: float) -> int | None:
        """The seat whose time is up, the one that needed most where there are several; or None."""
        gone = now - self._since
        out = [seat for seat in self.runs if self.left[seat] <= gone]
        return min(out, key=lambda seat: self.left[seat]) if out else None
