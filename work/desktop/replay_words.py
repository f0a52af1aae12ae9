"""What the screens that look back say: a replay's seats and heading, and past matches in a line."""

from collections.abc import Sequence

from games.match import Match
from work.clocks import face
from work.desktop.table_words import SeatFacts
from work.language import _, ngettext, spoken
from work.replay import Replay, moment_of


def seat_facts(replay: Replay, n: int, match: Match) -> list[SeatFacts]:
    """The facts of every seat after step n."""
    line, over = replay.line(n), match.outcome
    facts = []
    for seat, name in enumerate(replay.names):
        side = replay.game.sides[seat] if seat < len(replay.game.sides) else ""
        won = over is not None and not over.drawn and seat in over.winners
        status = ""
        if won:
            status = _("won, {why}").format(why=spoken(over.why)) if over is not None else ""
        elif line is not None and line.seat == seat:
            status = _("this step: {step}").format(step=line.said)
            if (seconds := replay.thought(n)) >= 1:
                status = f"{status} · {in_time(seconds)}"
        elif over is not None and over.drawn:
            status = _("draw")
        elif seat in match.turn:
            status = _("is next")
        facts.append(SeatFacts(seat, name or _("nobody"), side, status, winner=won))
    return facts


def who(names: Sequence[str]) -> str:
    """The players in a few words."""
    known = [name or _("nobody") for name in names]
    if len(known) == 2:
        return _("{person} against {other_person}").format(person=known[0], other_person=known[1])
    return _("{people} and {person}").format(people=", ".join(known[:-1]), person=known[-1])


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
