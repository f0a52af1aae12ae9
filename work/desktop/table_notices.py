"""What lies over a table for a while: that somebody is still to come, that the connection is lost, a question."""

from collections.abc import Callable
from typing import NamedTuple

from work.desktop.buttons import Button, ButtonKind
from work.desktop.notices import Notice, NoticeKind
from work.table import Table


class Colour(NamedTuple):
    """How an offer looks and what it says: to its maker, to the others, and on the buttons that answer it."""

    kind: NoticeKind
    icon: str
    mine: str
    theirs: str
    yes: str
    no: str
    main: ButtonKind


OFFERS = {
    "undo": Colour("info", "undo", "ask to take back", "asks to take back", "Allow take-back", "Keep it", "main_info"),
    "draw": Colour("draw", "half", "offer a draw", "offers a draw", "Agree to draw", "Play on", "main_draw"),
    "pause": Colour("accent", "pause", "ask for a pause", "asks for a pause", "Agree to pause", "Play on", "main"),
}


def broken_notice(leave: Callable[[], object]) -> Notice:
    """What is said while there is no connection; who does not want to wait may go."""
    go = Button("Leave", leave, size="small")
    return Notice("danger", "wifi", "The connection is lost. Trying again...", "Your seat is kept for you.", (go,))


def standing_notice(table: Table, copy_code: Callable[[], object]) -> Notice | None:
    """What has to be known as the table stands; None for nothing."""
    if table.about.trouble:
        return Notice("danger", "pause", "The table waits for its host", table.about.trouble)
    if table.about.state == "waiting":
        free = table.about.people.count(None)
        who = "one more player" if free == 1 else f"{free} more players"
        copy = Button("Copy the code", copy_code, "info", icon="copy")
        return Notice("info", "people", f"Waiting for {who}", f"Friends join with the code {table.code}.", (copy,))
    if table.seat is None and table.outcome is None:
        return Notice("info", "eye", "You are watching", "")
    return None


def offer_notice(table: Table, reply: Callable[[bool], object]) -> Notice | None:
    """The offer that stands, in its colour, with the buttons that answer it; None where there is none."""
    offer = table.offer
    if offer is None:
        return None
    mine = offer.seat == table.seat
    colour = OFFERS[offer.what]
    name = "You" if mine else table.name(offer.seat)
    says = colour.mine if mine else colour.theirs
    steps = table.steps_from(offer.first) if offer.what == "undo" else ""
    text = "Waiting for the answer. The next step withdraws it."
    buttons: tuple[Button, ...] = ()
    if mine:
        buttons = (Button("Withdraw", lambda: reply(False), icon="x", size="small"),)
    elif table.asked:
        text = f"{'The clock runs on. ' if table.about.clock else ''}A step of yours says no."
        if table.seat not in table.turn:
            text = "The next step says no."
        no = Button(colour.no, lambda: reply(False), icon="x", size="small", key="N")
        buttons = (no, Button(colour.yes, lambda: reply(True), colour.main, icon="check", size="small", key="Y"))
    return Notice(colour.kind, colour.icon, f"{name} {says} {steps}".rstrip(), text, buttons)


def paused_notice(table: Table, resume: Callable[[], object]) -> Notice | None:
    """That the match rests, and the way on; None where it does not."""
    if not table.about.paused:
        return None
    go_on = (Button("Go on", resume, "main", icon="play", size="small"),) if table.seat is not None else ()
    return Notice("accent", "pause", "The match is paused", "No clock runs. Anybody with a seat can go on.", go_on)


def leave_question(table: Table, stay: Callable[[], object], leave: Callable[[], object]) -> Notice:
    """The question before one leaves in the middle of a match."""
    if table.game.replaces:
        text, go = "A bot would play on in your place.", "Leave"
    else:
        text, go = "You would give the match up.", "Give up and leave"
    answers = Button("Keep playing", stay, "plain"), Button(go, leave, "main_danger")
    return Notice("danger", "flag", "Leave this table?", text, answers)
