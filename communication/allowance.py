"""Allowance: so much at once, and then so much a second."""


class Allowance:
    """A bucket that is full at first, that spending empties, and that time fills again.

    burst: what it holds. rate: what it gets back each second. A cost below 0 gives something back. `left` goes below
    nothing while somebody spends what is not there: how far says how long this has been going on.
    It is filled up only when it is empty, so that spending costs next to nothing; over a long time nobody gets more
    than the rate.
    """

    __slots__ = ("_filled", "_rate", "burst", "left")

    def __init__(self, burst: float, rate: float, now: float) -> None:
        self.left = burst
        self.burst = burst
        self._rate = rate
        self._filled = now

    def spend(self, cost: float, now: float) -> bool:
        """Take the cost, at a time in seconds; whether there was enough."""
        self.left -= cost
        return self.left >= 0 or self._fill(now)

    def _fill(self, now: float) -> bool:
        self.left = min(self.burst, self.left + (now - self._filled) * self._rate)
        self._filled = now
        return self.left >= 0
