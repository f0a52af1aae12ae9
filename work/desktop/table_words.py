"""What the table screen says: who sits where and does what, whose turn it is, what comes after the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from communication import messages as m
from games.game_info import Refusal
from games.scene import Scene
from games.undo import NOTHING, first_undone
from work import away, clocks
from work.language import _, called, ngettext, spoken
from work.table import Table


@dataclass(frozen=True)
class SeatFacts:
    """What a seat's row tells; `seat` counts from 0."""

    seat: int
    name: str
    side: str = ""
    stones: bool = False
    """Whether the side is said by a stone of its colour."""
    status: str = ""
    you: bool = False
    turn: bool = False
    away: bool = False
    bot: bool = False
    free: bool = False
    winner: bool = False


def seat_facts(table: Table, now: float, sides: Mapping[int, str] = {}, lost: bool = False) -> list[SeatFacts]:
    """The facts of every seat as the table stands; `now` is by the clock of the client, `sides` the scene's.

    While the connection is `lost` nobody is in turn, as far as one can know.
    """
    return [
        _facts(table, seat, table.absence(seat, now), spoken(sides.get(seat, "")), lost)
        for seat in range(len(table.about.people))
    ]


def _facts(table: Table, seat: int, absence: m.Absence | None, role: str, lost: bool) -> SeatFacts:
    person = table.about.people[seat]
    sides = table.game.sides
    side = sides[seat] if seat < len(sides) else ""
    stones = plays_stones(sides)
    if person is None:
        return SeatFacts(seat, _("free"), side, stones, _("waiting for somebody"), free=True)
    you = seat == table.seat
    turn = table.outcome is None and seat in table.turn and table.about.state == "playing" and not lost
    last = next((line for line in reversed(table.lines) if line.seat == seat), None)
    if person.away:
        status = away.status(absence) if absence is not None else _("away")
    elif table.outcome is not None:
        status = _("ready for a rematch") if seat in table.about.again else _("won") if _won(table, seat) else ""
    elif turn and table.about.paused:
        status = _("paused")
    elif turn:
        status = _("your turn") if you else _("thinking")
    else:
        status = role or (last.said if last else _("bot") if person.bot else "")
    won = _won(table, seat)
    name = called(person.name)
    return SeatFacts(seat, name, side, stones, status, you, turn, person.away, person.bot, winner=won)


def plays_stones(sides: Sequence[str]) -> bool:
    """Whether these sides can be told by black and white; where one cannot, words say all of them."""
    return set(sides) == {"black", "white"}


def _won(table: Table, seat: int) -> bool:
    outcome = table.outcome
    return outcome is not None and not outcome.drawn and seat in outcome.winners and sat_there(table, seat)


def sat_there(table: Table, seat: int) -> bool:
    """Whether who sits there now played there to the end of the match."""
    return table.player(seat) == table.name(seat)


class TurnWords(NamedTuple):
    """The line above the table: bold words, plain words, a seat's mark (from 1; 0: none) or an icon, its colour."""

    lead: str
    text: str
    seat: int = 0
    icon: str = ""
    kind: Literal["turn", "plain"] = "turn"


def turn_words(table: Table, scene: Scene, now: float, lost: str = "") -> TurnWords:
    """Whose turn it is and what there is to do; how the match ended; or why it is `lost`, the connection."""
    if lost:
        return TurnWords(lost, "", icon="wifi", kind="plain")
    outcome = table.outcome
    works = table.game.info.open_seats
    if outcome is not None:
        if works:
            return TurnWords(_("Done"), spoken(outcome.why), icon="check")
        if outcome.drawn:
            return TurnWords(_("Draw"), spoken(outcome.why), icon="half")
        winners = _(" and ").join(table.player(seat) for seat in outcome.winners)
        says = ngettext("{names} wins", "{names} win", len(outcome.winners)).format(names=winners)
        return TurnWords(says, spoken(outcome.why), icon="crown")
    if table.about.state == "waiting":
        free = table.about.people.count(None)
        return TurnWords(_("Not begun"), _("waiting for {count} more").format(count=free), kind="plain")
    if table.about.paused:
        return TurnWords(_("Paused"), _("the table waits"), icon="pause", kind="plain")
    if works:
        return TurnWords(_("At work"), spoken(scene.say), kind="plain")
    if table.seat is not None and table.seat in table.turn:
        return TurnWords(_("Your turn"), spoken(scene.say), table.seat + 1)
    if (waits := away.in_turn(table, now)) is not None:
        seat, done = waits
        return TurnWords(_("{name} is away").format(name=table.name(seat)), done, seat + 1, kind="plain")
    seats = sorted(table.turn)
    names = _(" and ").join(table.name(seat) for seat in seats)
    if len(seats) == 1:
        return TurnWords(names, _("is thinking"), seats[0] + 1, kind="plain")
    return TurnWords(names or _("One moment"), _("are thinking") if names else "", kind="plain")


def rematch_words(table: Table) -> str:
    """What the button for another match says: who would begin, as seats move on by one."""
    first = 1 % len(table.about.people)
    if table.seat is None or None in table.about.people:
        return _("Rematch")
    if table.seat in table.about.again:
        return _("Waiting for the others")
    if table.seat == first:
        return _("Rematch, you begin")
    return _("Rematch, {name} begins").format(name=table.name(first))


def undo_off(table: Table) -> str:
    """Why one cannot ask for a take-back now, as far as it is known here; "" where one can."""
    if table.match is not None and table.seat is not None:
        found = first_undone(table.match, table.seat)
        if isinstance(found, Refusal):
            return spoken(found.text)
    elif not any(line.seat == table.seat for line in table.lines):
        return spoken(NOTHING.text)
    return draw_off(table)


def draw_off(table: Table) -> str:
    """Why one cannot offer anything now; "" where one can."""
    return _("An offer waits for its answer.") if table.offer is not None else ""


def rematch_off(table: Table) -> str:
    """Why one cannot ask for another match now; "" where one can."""
    if None in table.about.people:
        return _("A seat is free: somebody has to sit down first.")
    return _("The others have not agreed yet.") if table.seat in table.about.again else ""


def among_bots(table: Table) -> bool:
    """Whether one plays alone, with bots on all other seats."""
    others = [person for seat, person in enumerate(table.about.people) if seat != table.seat]
    return table.seat is not None and all(person is not None and person.bot for person in others)


def options_words(table: Table) -> str:
    """The options, the clock and the rule for who is away that the table was opened with.

    Among bots nobody waits for who is away, so that rule is left out there.
    """
    chosen = table.about.options
    words = [spoken(option.words(chosen[name])) for name, option in table.game.options.items() if name in chosen]
    rule = "" if table.game.info.open_seats or among_bots(table) else away.detail(table.about.away)
    return " · ".join(filter(None, [*words, clocks.words(table.about.clock), rule]))
