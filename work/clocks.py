"""Clocks in words: what one can choose, how it is typed, and how the time that is left is written."""

import re

from communication.messages import Clock

CHOICES = {
    None: "none",
    Clock(step=30): "30 s a step",
    Clock(main=300, more=3): "5 min + 3 s",
    Clock(main=600, more=5): "10 min + 5 s",
    Clock(main=1800): "30 min",
}
"""What the form for a new table offers; None is no clock."""
LOW = 10.0
"""Seconds below which tenths are shown."""

_TYPED = re.compile(r"(?P<step>[1-9]\d{0,3})s|(?P<minutes>[1-9]\d{0,3})(\+(?P<more>\d{1,3}))?", re.ASCII)


def read(typed: str) -> Clock:
    """A clock as it is typed: "30s" for each step, "10+5" for minutes and seconds more a step. ValueError says how."""
    fits = _TYPED.fullmatch(typed.casefold())
    if fits is None:
        raise ValueError('A clock is typed as "30s" (for each step) or "10+5" (minutes, and seconds more a step).')
    if fits["step"]:
        return Clock(step=int(fits["step"]))
    return Clock(main=60 * int(fits["minutes"]), more=int(fits["more"] or 0))


def words(clock: Clock | None) -> str:
    """A clock in words; "" for none."""
    if clock is None:
        return ""
    if clock.step:
        return f"{clock.step} s a step"
    minutes, seconds = divmod(clock.main, 60)
    whole = f"{minutes} min" if not seconds else f"{clock.main} s"
    return f"{whole} + {clock.more} s" if clock.more else whole


def face(seconds: float) -> str:
    """What a clock shows with so many seconds left: 1:05:00, 4:18, and below ten seconds 9.3.

    Whole seconds are rounded up, so that a clock which has not run shows all that it has.
    """
    if seconds < LOW:
        return f"{int(seconds * 10) / 10:.1f}"
    whole = int(seconds) + (seconds % 1 > 0)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
