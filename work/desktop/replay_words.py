"""What a replay says of its seats."""

from collections.abc import Mapping

from games.match import Match
from work.desktop.table_words import SeatFacts, plays_stones
from work.language import _, called, spoken
from work.past import in_time
from work.replay import Replay


def seat_facts(replay: Replay, n: int, match: Match, roles: Mapping[int, str] = {}) -> list[SeatFacts]:
    """The facts of every seat after step n; `roles` is what seats are then, as the scene says it."""
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
        elif seat in roles:
            status = spoken(roles[seat])
        elif seat in match.turn:
            status = _("is next")
        shown = called(name) or _("nobody")
        facts.append(SeatFacts(seat, shown, side, plays_stones(replay.game.sides), status, winner=won))
    return facts
