"""Clocks in words: what one can choose, how it is typed, and how the time that is left is written."""

import re

from communication.messages import Clock
from work.language import _

CHOICES = (None, Clock(step=30), Clock(main=300, more=3), Clock(main=600, more=5), Clock(main=1800))
"""What the form for a new table offers; None is no clock."""
LOW = 10.0
"""Seconds below which tenths are shown."""

_TYPED = re.compile(r"(?P<step>[1-9]\d{0,3})s|(?P<minutes>[1-9]\d{0,3})(\+(?P<more>\d{1,3}))?", re.ASCII)


def read(typed: str) -> Clock:
    """A clock as it is typed: "30s" for each step, "10+5" for minutes and seconds more a step. ValueError says how."""
    fits = _TYPED.fullmatch(typed.casefold())
    if fits is None:
        raise ValueError(_('A clock is typed as "30s" (for each step) or "10+5" (minutes, and seconds more a step).'))
    if fits["step"]:
        return Clock(step=int(fits["step"]))
    return Clock(main=60 * int(fits["minutes"]), more=int(fits["more"] or 0))


def words(clock: Clock | None) -> str:
    """A clock in words; "" for none."""
    if clock is None:
        return ""
    if clock.step:
        return _("{seconds} s a step").format(seconds=clock.step)
    minutes, seconds = divmod(clock.main, 60)
    whole = _("{seconds} s").format(seconds=clock.main) if seconds else _("{minutes} min").format(minutes=minutes)
    return _("{time} + {more} s").format(time=whole, more=clock.more) if clock.more else whole


def length(seconds: float) -> str:
    """How long something has lasted: 59 s, then 4:18 and 1:05:00."""
    whole = int(seconds)
    if whole < 60:
        return _("{seconds} s").format(seconds=whole)
    return face(whole)


def face(seconds: float) -> str:
    """What a clock shows with so many seconds left: 1:05:00, 4:18, and below ten seconds 9.3.

    Whole seconds are rounded up, so that a clock which has not run shows all that it has.
    """
    if seconds < LOW:
        return f"{int(seconds * 10) / 10:.1f}"
    whole = int(seconds) + (seconds % 1 > 0)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
