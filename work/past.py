"""Past matches in words: who played, when, for how long, and how it ended."""

from collections.abc import Sequence

from communication.written import moment_of
from work.clocks import face
from work.language import _, ngettext, spoken


def who(names: Sequence[str]) -> str:
    """The players in a few words."""
    known = [name or _("nobody") for name in names]
    if len(known) == 2:
        return _("{person} against {other_person}").format(person=known[0], other_person=known[1])
    return _("{people} and {person}").format(people=_(", ").join(known[:-1]), person=known[-1])


def when(at: float, now: float) -> str:
    """A moment as people say it: "today, 20:14"."""
    day = moment_of(at, "%Y-%m-%d")
    clock = moment_of(at, "%H:%M")
    if day == moment_of(now, "%Y-%m-%d"):
        return _("today, {time}").format(time=clock)
    if day == moment_of(now - 86400, "%Y-%m-%d"):
        return _("yesterday, {time}").format(time=clock)
    return _("{day}, {time}").format(day=day, time=clock)


def in_time(seconds: float) -> str:
    """A short time in words: "12 s", "1:35"."""
    return _("{seconds} s").format(seconds=round(seconds)) if seconds < 60 else face(round(seconds))


def lasted(seconds: float) -> str:
    """How long a match took, in words; "" where that is not known."""
    if seconds < 1:
        return ""
    if seconds < 60:
        return _("{seconds} s").format(seconds=round(seconds))
    minutes = round(seconds / 60)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def result(names: Sequence[str], ranks: Sequence[int], why: str) -> str:
    """How a match ended, in a line."""
    first = [name or _("nobody") for name, rank in zip(names, ranks, strict=False) if rank == 1]
    if len(first) == len(names):
        return _("Draw, {why}").format(why=spoken(why))
    one = ngettext("{people} won, {why}", "{people} won, {why}", len(first))
    return one.format(people=_(" and ").join(first), why=spoken(why))
