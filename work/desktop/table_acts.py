"""What a player can ask for at a table beside steps: to say something, offers, another match or game, to leave."""

from typing import TYPE_CHECKING, Any

from communication import messages as m
from games.game import Game
from work.desktop.leave_sheet import LeaveSheet
from work.desktop.other_game import OtherGame, games_sheet
from work.desktop.sheets import Sheet

if TYPE_CHECKING:
    from work.desktop.table_screen import TableScreen


class Acts:
    """The requests of one table screen; what becomes of them comes back to the screen as events."""

    def __init__(self, screen: "TableScreen") -> None:
        self._screen = screen
        self._app = screen.app
        self._table = screen.table

    def say(self, text: str) -> None:
        """Say it to everybody at the table; what could not be said comes back into the field."""
        self._app.say(text, self._screen.chat.give_back, self._table.code)

    def resign(self) -> None:
        """Give the match up."""
        self._app.request(m.Resign(room=self._table.code))

    def propose(self, what: str) -> None:
        """Make an offer of this kind."""
        self._app.request(m.Offer(room=self._table.code, what=what))

    def reply(self, yes: bool) -> None:
        """Answer the offer that stands."""
        if self._app.player is not None:
            self._app.player.reply(self._table, yes, self._app.show_refusal)
            self._screen.refresh()

    def again(self) -> None:
        """Want another match."""
        self._app.request(m.Again(room=self._table.code))

    def sit_down(self) -> None:
        """Take a seat that is free."""
        self._app.request(m.Join(room=self._table.code))

    def look_back(self) -> None:
        """Look at the match again."""
        if self._table.number is not None:
            self._app.request(m.Replay(match=self._table.number))

    def invite(self) -> None:
        """Show how friends come to this table."""
        self._app.invite(self._table.code)

    def choose_game(self) -> None:
        """Show the games that fit; then how the one that was chosen is played."""
        self._lay_over(games_sheet(self._table.about, self.choose_how, self._screen.close))

    def choose_how(self, game: Game[Any]) -> None:
        """Show how another game can be played."""
        self._lay_over(OtherGame(game, self._table.about, self._propose_game, self._screen.close))

    def _propose_game(self, game: m.Wanted) -> None:
        self._screen.close()
        self._app.request(m.Offer(room=self._table.code, what="game", game=game))

    def ask_for_scores(self) -> None:
        """Ask how the evening stands, after a match; it comes as `past` and `lobby_changed`."""
        if self._app.player is not None and self._app.player.client.link is not None:
            self._app.request(m.History(mine=True))
            self._app.request(m.Look(follow=self._app.hosting))

    def ask_to_leave(self) -> None:
        """Go back to the lobby; from the middle of a match only after a question."""
        table, screen = self._table, self._screen
        if screen.broken_since is not None:
            self._app.show_first()  # the host does not answer
        elif table.seat is None or table.about.state != "playing" or table.game.info.open_seats:
            self._leave()
        else:
            self._lay_over(LeaveSheet(table, screen.close, self.propose, self._app.show_lobby, self._leave))

    def _leave(self) -> None:
        self._app.request(m.Leave(room=self._table.code))

    def _lay_over(self, over: Sheet) -> None:
        self._screen.open(over)
        self._screen.place_over()
