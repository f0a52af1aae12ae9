"""House rules for players who are away: what each is called, and what it does in figures."""

from typing import NamedTuple

from communication.model import Answer
from communication.parts import Away

LONGEST = 3600
"""Seconds that a rule may wait at most."""


class Rule(NamedTuple):
    """Whether the clock of somebody who is away runs on, and the usual seconds of their turns until something is done
    for them; 0: nothing ever is."""

    clock_runs: bool = False
    seconds: int = 0


RULES = {
    "wait": Rule(clock_runs=True),
    "pause": Rule(),
    "bot": Rule(seconds=5),
    "forfeit": Rule(seconds=60),
}
"""wait: the table waits. pause: so does the clock. bot: a bot plays for them until they are back. forfeit: they lose
the match; where leavers are replaced, a bot gets their seat instead."""
USUAL = Away(rule="forfeit", seconds=RULES["forfeit"].seconds)
"""The rule of a host that has chosen none."""


def read(typed: str) -> Away:
    """A rule as it is typed: "wait", "pause", "bot" or "forfeit", the last two also with seconds ("forfeit:90").

    ValueError says how in a sentence.
    """
    name, colon, seconds = typed.partition(":")
    rule = RULES.get(name)
    digits = seconds.isascii() and seconds.isdecimal() and len(seconds) < 6
    if rule is None or (colon and not digits):
        raise ValueError('The rule for who is away is "wait", "pause", "bot" or "forfeit", such as "forfeit:90".')
    away = Away(rule=name, seconds=int(seconds) if colon else rule.seconds)
    if answer := refusal(away):
        raise ValueError(answer[1])
    return away


def refusal(away: Away | None) -> Answer:
    """Why there is no such rule; or None."""
    if away is None:
        return None
    rule = RULES.get(away.rule)
    if rule is None:
        return "bad_away", "The rules for who is away are wait, pause, bot and forfeit."
    if rule.seconds and not 1 <= away.seconds <= LONGEST:
        return "bad_away", "A bot comes, or the match is forfeited, after a second at least and an hour at most."
    if not rule.seconds and away.seconds:
        return "bad_away", "A table that waits for who is away does so without counting seconds."
    return None
