"""What lies over a table for a while: that somebody is still to come, a question."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from communication import messages as m
from work import another
from work.desktop.buttons import Button, ButtonKind
from work.desktop.notices import Notice, NoticeKind
from work.labour import writes
from work.language import N_, _, ngettext, spoken
from work.table import Table

if TYPE_CHECKING:
    from work.desktop.app import App

AT_ONCE = 2
"""Buttons for those who want to play: what a small window has room for; who said so later is shown when they are."""


class Colour(NamedTuple):
    """How an offer looks and what it says in English: to its maker, to the others, and on the buttons that answer."""

    kind: NoticeKind
    icon: str
    mine: str
    theirs: str
    yes: str
    no: str
    main: ButtonKind


OFFERS = {
    "undo": Colour(
        "info",
        "undo",
        N_("You ask to take back {steps}"),
        N_("{name} asks to take back {steps}"),
        N_("Allow take-back"),
        N_("Keep it"),
        "main_info",
    ),
    "draw": Colour(
        "draw",
        "half",
        N_("You offer a draw"),
        N_("{name} offers a draw"),
        N_("Agree to draw"),
        N_("Play on"),
        "main_draw",
    ),
    "pause": Colour(
        "accent",
        "pause",
        N_("You ask for a pause"),
        N_("{name} asks for a pause"),
        N_("Agree to pause"),
        N_("Play on"),
        "main",
    ),
    "save": Colour(
        "accent",
        "moon",
        N_("You ask to save the table for another evening"),
        N_("{name} asks to save the table for another evening"),
        N_("Agree to save it"),
        N_("Play on"),
        "main",
    ),
    "game": Colour(
        "accent",
        "dice",
        N_("You propose {game}"),
        N_("{name} proposes {game}"),
        N_("Play {game}"),
        N_("Not now"),
        "main",
    ),
}


def standing_notice(
    table: Table, copy_code: Callable[[], object], sit: Callable[[], object], save: Callable[[Table], object]
) -> Notice | None:
    """What has to be known as the table stands; None for nothing."""
    if table.about.trouble:
        return Notice("danger", "pause", _("The table waits for its host"), spoken(table.about.trouble))
    if table.outcome is not None and writes(table.game):
        button = Button(_("Save the results"), partial(save, table), "main", icon="save")
        return Notice("info", "check", _("The work is done"), "", (button,))
    if table.seat is None and None in table.about.people:
        down = Button(_("Sit down"), sit, "main", size="small")
        return Notice("info", "eye", _("You are watching"), _("A seat is free."), (down,))
    if table.about.state == "waiting":
        free = table.about.people.count(None)
        who = ngettext("Waiting for one more player", "Waiting for {count} more players", free).format(count=free)
        copy = Button(_("Copy the code"), copy_code, "info", icon="copy")
        code = _("Friends join with the code {code}.")
        seen = _("Everybody in the lobby sees this table. Its code is {code}.")
        how = code if table.about.private else seen
        return Notice("info", "people", who, how.format(code=table.code), (copy,))
    if table.seat is None and table.outcome is None:
        return Notice("info", "eye", _("You are watching"), "")
    return None


def offer_notice(table: Table, reply: Callable[[bool], object]) -> Notice | None:
    """The offer that stands, in its colour, with the buttons that answer it; None where there is none."""
    offer = table.offer
    if offer is None:
        return None
    mine = offer.seat == table.seat
    colour = OFFERS[offer.what]
    steps = table.steps_from(offer.first) if offer.what == "undo" else ""
    game = another.title(offer.game) if offer.game is not None else ""
    says = _(colour.mine if mine else colour.theirs).format(name=table.name(offer.seat), steps=steps, game=game)
    text = another.details(offer.game) if offer.game is not None else _offer_text(table)
    buttons: tuple[Button, ...] = ()
    if mine:
        buttons = (Button(_("Withdraw"), lambda: reply(False), icon="x", size="small"),)
    elif table.asked:
        no = Button(_(colour.no), lambda: reply(False), icon="x", size="small", key="N")
        buttons = (no, _yes(_(colour.yes).format(game=game), lambda: reply(True), colour.main))
    return Notice(colour.kind, colour.icon, says, text, buttons)


def _yes(label: str, act: Callable[[], object], kind: ButtonKind) -> Button:
    return Button(label, act, kind, icon="check", size="small", key="Y")


def _offer_text(table: Table) -> str:
    """What becomes of an offer that is not answered."""
    if not table.asked:
        return _("Waiting for the answer. The next step withdraws it.")
    if table.seat not in table.turn:
        return _("The next step says no.")
    return _("The clock runs on. A step of yours says no.") if table.about.clock else _("A step of yours says no.")


def paused_notice(table: Table, resume: Callable[[], object]) -> Notice | None:
    """That the match rests, and the way on; None where it does not."""
    if not table.about.paused:
        return None
    go_on = (Button(_("Go on"), resume, "main", icon="play", size="small"),) if table.seat is not None else ()
    away = [person.name for person in table.about.people if person is not None and person.away]
    if away:
        words = _("{person} is not here. The match goes on when everybody is back.").format(person=away[0])
        return Notice("accent", "pause", _("The match is paused"), words)
    words = _("No clock runs. Anybody with a seat can go on.")
    return Notice("accent", "pause", _("The match is paused"), words, go_on)


def wanting_notice(table: Table, app: "App", mark_of: Callable[[str], int | None]) -> Notice | None:
    """After a match, who watches and wants to play, with buttons that give them one's own seat; to those who watch, the
    button that says so. None where nobody wants to, or another notice is of more use: a free seat, a host in trouble.
    `mark_of` numbers people's marks from 0.
    """
    about = table.about
    if about.state != "over" or about.trouble or None in about.people or table.game.info.open_seats:
        return None
    if table.seat is not None:
        wanting = about.wanting[:AT_ONCE]
        if not wanting:
            return None
        buttons = tuple(
            Button(
                _("Give {name} my seat").format(name=name),
                partial(app.request, m.Give(room=table.code, name=name)),
                size="small",
            )
            for name in wanting
        )
        says = ngettext("{names} wants to play", "{names} want to play", len(wanting))
        marks = [mark + 1 for name in wanting if (mark := mark_of(name)) is not None]
        return Notice("info", "people", says.format(names=_(" and ").join(wanting)), "", buttons, marks)
    if app.player is not None and app.player.client.name in about.wanting:
        return Notice("info", "people", _("You want to play"), _("Whoever has a seat can give it to you."))
    button = Button(_("I want to play"), partial(app.request, m.Again(room=table.code)), "info", size="small")
    return Notice("info", "eye", _("The match is over"), _("You were watching."), (button,))
