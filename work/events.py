"""What a player's program hears of: told to its worker, which passes it on to the screen that is shown."""

from communication import messages as m
from games.game_info import Move, Refusal
from work.table import Table


class Events:
    """Base of whatever hears of events; each method does nothing until a subclass overrides it."""

    def connection(self, state: str, text: str) -> None:
        """The connection is "in" (logged in), "away" (lost, coming back by itself) or "out", and why."""

    def lobby_changed(self) -> None:
        """The worker's `lobby` has changed."""

    def waiting(self, message: m.Waiting) -> None:
        """The wait list has changed for us."""

    def table_changed(self, table: Table) -> None:
        """Who sits there, or the state of the room, has changed."""

    def started(self, table: Table) -> None:
        """A match has begun, or was given whole after a break."""

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        """A step was made; seat None is the table itself, move None may be one that is hidden from us."""

    def declined(self, table: Table, offer: m.Offering) -> None:
        """What we have offered was not agreed on."""

    def refused(self, table: Table, refusal: Refusal) -> None:
        """The room refused our step; the table shows again what is."""

    def ended(self, table: Table) -> None:
        """The match is over; `table.outcome` says how."""

    def said(self, message: m.Said) -> None:
        """A line of chat, from a room or (empty) the lobby."""

    def past(self, message: m.Past) -> None:
        """The finished matches that were asked for."""
