"""What goes on by itself at a table: the clocks, the seconds of who is away, and those of a lost connection."""

from typing import TYPE_CHECKING

from work.desktop.table_broken import NO_CONNECTION, clock_runs
from work.desktop.table_words import seat_facts
from work.language import _

if TYPE_CHECKING:
    from work.desktop.table_screen import TableScreen

BREAK_SHOWN_AFTER = 2.0
"""Seconds of a lost connection before the table says so; shorter breaks show in the bar alone."""
TRY_SHOWN = 1.5
"""Seconds for which it is said at least that somebody's "Try now" is being done: most attempts fail sooner."""


class Times:
    """Lets all times on a screen go on, as far as what is shown of them changes."""

    def __init__(self, screen: "TableScreen") -> None:
        self._screen = screen
        self.away_at: float | None = None
        self._low = False
        self._now = 0.0
        self._tried_at: float | None = None

    def tick(self, now: float) -> None:
        """Show how it stands; `now` is the time of the window."""
        self._now = now
        self._connection(now)
        self._clocks()
        if self._screen.table.about.absent and self._screen.table.outcome is None:
            self._absent()

    @property
    def back_soon(self) -> bool:
        """Whether the host has gone, and said that it comes back."""
        player = self._screen.app.player
        return player is not None and player.client.back_soon

    def hurry(self) -> None:
        """Try at once to come back, and say that it is tried."""
        if self._screen.app.player is not None:
            self._tried_at = self._now
            self._screen.app.player.client.hurry()

    @property
    def lost(self) -> str:
        """Why there is no connection; "" while there is one, or it is not worth a word yet."""
        if self._screen.broken_since is None:
            return ""
        return _("The host is back soon") if self.back_soon else _("Connection lost")

    def _connection(self, now: float) -> None:
        screen, player = self._screen, self._screen.app.player
        if player is None:
            return
        here = player.client.state == "in"
        screen.bar.show_connection(here, player.client.delay)
        screen.chat.shut("" if here else _(NO_CONNECTION))
        if here:
            self.away_at = self._tried_at = None
            return
        if self.away_at is None:
            self.away_at = now
        if self._tried_at is not None and now - self._tried_at > TRY_SHOWN and not player.client.trying:
            self._tried_at = None
        gone = now - self.away_at
        screen.broken.strip.count(gone, self._tried_at is not None)
        if screen.broken_since is None and gone > BREAK_SHOWN_AFTER:
            screen.broken_since = self.away_at
            if not self.back_soon:
                screen.sound("lost")
            screen.refresh()

    def _clocks(self) -> None:
        """Show what the clocks do; say once when one's own time is nearly up. Those that stand are plain."""
        screen, table = self._screen, self._screen.table
        if table.times is None:
            return
        if screen.broken_since is not None and not clock_runs(table):
            for row in screen.seats:
                row.low = False
            return
        for seat, row in enumerate(screen.seats):
            row.show_time(table.left(seat, screen.now))
        low = table.seat is not None and table.seat in table.times.runs and screen.seats[table.seat].low
        if low and not self._low:
            screen.sound("clock_low")
        self._low = low

    def _absent(self) -> None:
        screen, table = self._screen, self._screen.table
        for row, facts in zip(
            screen.seats, seat_facts(table, screen.now, lost=screen.broken_since is not None), strict=True
        ):
            row.facts = facts
        if table.shown is not None:
            screen.show_pill(table.game.scene(table.shown, table.eyes))
