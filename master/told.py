"""What a room tells: the table, its line in the lobby, the match, and how it ended."""

from typing import TYPE_CHECKING

from communication import messages as m
from games.game_info import digest, seen
from games.steps import Step
from master.offers import standing

if TYPE_CHECKING:
    from master.room import Room

DIGEST_EVERY = 16
"""Steps between two digests: enough to notice a drifted copy soon, too few to cost anything."""


def table(room: "Room", seat: int | None) -> m.Table:
    """All about the room but its match, for somebody on this seat (None: a watcher)."""
    return m.Table(
        room=room.code,
        game=room.game.name,
        version=room.game.version,
        options=room.options,
        state=room.state,
        people=tuple(member.card() if member else None for member in room.seats),
        watchers=tuple(member.name for member in room.watchers),
        seat=seat,
        private=room.private,
        again=tuple(sorted(room.again)),
        trouble=room.journal.broken,
        clock=room.timing.rule,
        paused=room.paused,
        offer=standing(room),
        away=room.absences.rule,
        absent=room.absences.told(),
        begins=room.begins[1] if room.begins else 0,
        began=room.about.at if room.about is not None else 0.0,
        wanting=tuple(member.name for member in room.wanting),
    )


def card(room: "Room") -> m.Card:
    """The room as the lobby lists it."""
    return m.Card(
        room=room.code,
        game=room.game.name,
        state=room.state,
        options=room.options,
        people=tuple(member.card() if member else None for member in room.seats),
        watchers=len(room.watchers),
        clock=room.timing.rule,
        begins=room.begins[1] if room.begins else 0,
        progress=room.match.info.progress(),
        paused=room.paused,
    )


def start(room: "Room", seat: int | None) -> m.Start:
    """The match whole, or what this seat may see of it."""
    match = room.match
    if room.secret:
        return m.Start(room=room.code, round=room.round, n=match.n, view=seen(match.info, seat))
    steps = tuple(m.Played(step.n, step.seat, step.move, step.chance) for step in match.steps)
    return m.Start(room=room.code, round=room.round, n=match.n, steps=steps)


def stepped(room: "Room", step: Step) -> m.Stepped:
    """A step of an open game."""
    match = room.match
    check = step.n % DIGEST_EVERY == 0 or step.seat is None or match.outcome is not None
    summed = digest(match.info) if check and step.n == match.n else None
    return m.Stepped(room=room.code, n=step.n, seat=step.seat, move=step.move, chance=step.chance, digest=summed)


def viewed(room: "Room", step: Step, seat: int | None, hidden: bool) -> m.Viewed:
    """What this seat sees after a step of a game with secrets, whose content may be hidden from all but its maker."""
    unseen = hidden and seat != step.seat
    return m.Viewed(
        room=room.code,
        n=step.n,
        seat=step.seat,
        move=None if unseen else step.move,
        view=seen(room.match.info, seat),
        hidden=unseen,
    )


def over(room: "Room") -> m.Over:
    """How the match ended; LookupError while it goes on."""
    outcome = room.match.outcome
    if outcome is None:
        raise LookupError("the match is not over")
    number = None if room.open_seats else room.number
    return m.Over(room=room.code, ranks=outcome.ranks, why=outcome.why, scores=outcome.scores, match=number)


def times(room: "Room") -> m.Times:
    """What the room's clock shows."""
    left = tuple(round(seconds, 1) for seconds in room.timing.left)
    return m.Times(room=room.code, left=left, runs=room.timing.runs)
