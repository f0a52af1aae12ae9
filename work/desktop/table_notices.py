"""What lies over a table for a while: that somebody is still to come, that the connection is lost, a question."""

from collections.abc import Callable

from work.desktop.buttons import Button
from work.desktop.notices import Notice
from work.table import Table


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


def leave_question(table: Table, stay: Callable[[], object], leave: Callable[[], object]) -> Notice:
    """The question before one leaves in the middle of a match."""
    if table.game.replaces:
        text, go = "A bot would play on in your place.", "Leave"
    else:
        text, go = "You would give the match up.", "Give up and leave"
    answers = Button("Keep playing", stay, "plain"), Button(go, leave, "main_danger")
    return Notice("danger", "flag", "Leave this table?", text, answers)
