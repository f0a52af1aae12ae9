"""Archive: the matches of a server that are over, who may look at them again, and where another may begin.

A match that was played at a private table is for those who were there, at a seat or to watch, at any time of it; all
others are for everybody, since everybody could have watched. They are given whole, with every hand open: nothing of it
can be of use any more. The journal holds them; the newest are also in memory, for a server that keeps nothing.
"""

from collections.abc import Collection, Iterator

import msgspec

from communication import messages as m
from communication.model import Answer
from communication.people import Member
from communication.written import MatchRecord, OverRecord, StepRecord, shown
from games.match import as_move, standing
from games.steps import Step, Steps
from master.records import Kept, Ledger

HELD = 200
"""Matches held in memory whole: an evening's."""
LISTED = 2000
"""Matches that can be listed and asked for, some 1 KB each."""


class Archive:
    """The matches that are over, by number; those of `works` are none to look at again.

    What is added in a round counts when the round is written.
    """

    def __init__(self, journal: Ledger, works: Collection[str] = ()) -> None:
        self._journal = journal
        self._past = {kept.id: kept for kept in journal.finished(LISTED) if kept.about.game not in works}
        self._held: dict[int, Steps] = {}
        self._fresh: list[tuple[Kept, Steps]] = []

    def add(self, number: int, about: MatchRecord, steps: Steps, over: OverRecord) -> None:
        """Take in a match that is over now."""
        self._fresh.append((Kept(number, about, [], over), steps))

    def settle(self, written: bool) -> None:
        """A round has ended: what was added in it is there, or was never played."""
        for kept, steps in self._fresh if written else ():
            self._past[kept.id] = kept
            self._held[kept.id] = steps
            for newest, most in ((self._held, HELD), (self._past, LISTED)):
                if len(newest) > most:
                    del newest[next(iter(newest))]
        self._fresh = []

    def since(self, moment: float) -> Iterator[Kept]:
        """The matches that ended after a moment, in seconds since 1970; without their steps."""
        return (kept for kept in self._past.values() if kept.over is not None and kept.over.at > moment)

    def past(self, member: Member, mine: bool, before: int | None, most: int) -> m.Past:
        """The newest matches that somebody may look at: those at which they were, or all that were open as well."""
        found: list[m.Finished] = []
        for kept in reversed(self._past.values()):
            if (before is None or kept.id < before) and (_there(kept, member) if mine else _open(kept, member)):
                if len(found) == most:
                    return m.Past(matches=tuple(found), more=True)
                found.append(_finished(kept))
        return m.Past(matches=tuple(found))

    def record(self, member: Member, match: int) -> m.Record | None:
        """A match whole; None where there is none that they may look at."""
        kept = self._whole(match, member)
        if kept is None or kept.over is None:
            return None
        written = shown(kept.about, kept.steps, kept.over)
        return m.Record(match=match, about=written.about, steps=tuple(written.steps), over=written.over or kept.over)

    def refusal(self, wish: m.Open, options: m.Options, member: Member) -> Answer:
        """Why somebody cannot open a room that goes on from a match; None where they can, or want no such room."""
        if wish.match is None:
            return None
        kept = self._whole(wish.match, member)
        if kept is None:
            return "unknown_match", "There is no such match here, or it was played at a private table without you."
        about = kept.about
        if (about.game, about.version, about.seats) != (wish.game, wish.version, wish.seats):
            return "other_match", "That match was another game, in another version, or for another number of players."
        if about.options != options:
            return "other_match", "That match was played with other options."
        if not 0 <= wish.n < len(kept.steps) - 1:
            return "bad_step", f"One can go on from the steps 0 to {len(kept.steps) - 2} of that match."
        return None

    def opening(self, match: int, n: int) -> list[Step]:
        """The steps that stood after step n of a match, with new numbers; ValueError where they cannot be read."""
        kept = self._whole(match, None)
        if kept is None:
            raise ValueError(f"match {match}, from which it goes on, cannot be read")
        steps = standing(Step(one.n, one.seat, as_move(one.move), one.chance) for one in kept.steps[: n + 1])
        return [msgspec.structs.replace(step, n=number) for number, step in enumerate(steps)]

    def _whole(self, match: int, member: Member | None) -> Kept | None:
        """A match with its steps, which this member may look at (None: the server itself)."""
        known = self._past.get(match)
        if known is None or not (member is None or _open(known, member)):
            return None
        whole, steps = self._journal.kept(match), self._held.get(match)
        if whole is not None or steps is None:
            return whole
        written = [StepRecord(0, step.n, step.seat, step.move, step.chance, 0.0) for step in steps]
        return msgspec.structs.replace(known, steps=written)


def _there(kept: Kept, member: Member) -> bool:
    """Whether somebody was at the table while that match was played."""
    key = member.key_hash.hex()
    return key in kept.about.people or (kept.over is not None and key in kept.over.people)


def _open(kept: Kept, member: Member) -> bool:
    """Whether somebody may look at that match."""
    return not kept.about.private or _there(kept, member)


def _finished(kept: Kept) -> m.Finished:
    about, over = kept.about, kept.over
    if over is None:
        raise LookupError("the match is not over")
    return m.Finished(
        match=kept.id,
        game=about.game,
        names=over.names or about.names,
        at=about.at,
        seconds=max(0.0, over.at - about.at),
        steps=over.steps,
        ranks=over.ranks,
        why=over.why,
        private=about.private,
    )
