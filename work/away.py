"""Who is away, in words: the house rules that one can choose, and what is done for somebody at this table."""

from math import ceil

from communication import messages as m
from communication.away import read
from work.language import N_, _
from work.table import Table

CHOICES = (read("wait"), read("pause"), read("bot"), read("forfeit"))
"""What the form for a new table offers."""
RULES = {
    "wait": N_("wait"),
    "pause": N_("stop the clock"),
    "bot": N_("a bot plays"),
    "forfeit": N_("lose in {seconds} s"),
}
"""Each rule in a few words."""
BOT_COMES = N_("{seconds} s until a bot plays for them")
BOT_STAYS = N_("{seconds} s until a bot takes the seat")
FORFEIT = N_("{seconds} s until the match is forfeited")


def words(rule: m.Away) -> str:
    """A rule in a few words, for a form."""
    return _(RULES[rule.rule]).format(seconds=rule.seconds)


def detail(rule: m.Away | None) -> str:
    """A rule as one of the details of a table; "" where it is not known."""
    return _("away: {rule}").format(rule=words(rule)) if rule is not None else ""


def done(one: m.Absence, about: m.Table, replaces: bool) -> str:
    """What is done for somebody who is away, or how long they have been; no sentence, it has no stop."""
    if one.bot:
        return _("a bot plays until they are back")
    if one.counts and about.away is not None:
        says = BOT_COMES if about.away.rule == "bot" else BOT_STAYS if replaces else FORFEIT
        return _(says).format(seconds=ceil(one.left))
    return status(one)


def status(one: m.Absence) -> str:
    """The same, shorter, for a seat's row."""
    if one.bot:
        return _("away, a bot plays")
    minutes, seconds = divmod(int(one.gone), 60)
    return _("away for {time}").format(time=f"{minutes}:{seconds:02}")


def in_turn(table: Table, now: float) -> tuple[int, str] | None:
    """A seat in turn whose player is away, and what is done about it; None where all in turn are here."""
    for seat in sorted(table.turn):
        if (one := table.absence(seat, now)) is not None:
            return seat, done(one, table.about, table.game.replaces)
    return None
