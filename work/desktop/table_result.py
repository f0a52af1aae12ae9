"""The end of a match: who won how often tonight, the rematch, the replay, and how the evening stands."""

from collections.abc import Callable, Mapping, Sequence

import pygame

from communication import messages as m
from work.desktop.buttons import Button
from work.desktop.column import Column
from work.desktop.lobby_facts import Facts
from work.desktop.lobby_people import ListPanel, ScoreRow
from work.desktop.panels import Panel
from work.desktop.people import Rows
from work.desktop.table_words import SeatFacts, draw_off, rematch_off, rematch_words, sat_there
from work.desktop.theme import SIZES
from work.desktop.widgets import Group, Shown
from work.language import _, called, ngettext
from work.table import Table

TONIGHT = 8 * 3600.0
"""Seconds before the last match whose results still count for tonight."""


class ScoreCard(Panel):
    """Two players, what each has to say to a rematch, and between them how often each has won tonight."""

    facts: Shown[tuple[SeatFacts, ...]] = Shown()
    score: Shown[tuple[int, int] | None] = Shown()

    def __init__(self) -> None:
        super().__init__()
        self.facts, self.score = (), None

    def height(self, width: int) -> int:
        return self.look.theme.high(146)

    def draw(self, surface: pygame.Surface) -> None:
        super().draw(surface)
        look, px, rect = self.look, self.look.px, self.rect
        for facts, x in zip(self.facts, (rect.x + rect.w // 4 - px(8), rect.right - rect.w // 4 + px(8)), strict=False):
            self._draw_player(surface, facts, x)
        if self.score is not None:
            words = _("{wins} : {other_wins}").format(wins=self.score[0], other_wins=self.score[1])
            at = rect.centerx, rect.centery - px(10)
            look.fonts.draw(surface, words, at, "count", anchor="center")
            look.fonts.draw(surface, _("tonight"), (at[0], at[1] + px(26)), "caption", "text_2", anchor="center")

    def _draw_player(self, surface: pygame.Surface, facts: SeatFacts, x: int) -> None:
        look, px, fonts = self.look, self.look.px, self.look.fonts
        size = px(52)
        mark = look.paint.seat(facts.seat + 1, size, off=facts.away or facts.free)
        place = mark.get_rect(center=(x, self.rect.y + px(62)))
        if facts.winner:
            crown = look.paint.icon("crown", px(22), "turn")
            surface.blit(crown, crown.get_rect(midbottom=(x, place.top - px(6))))
            pygame.draw.aacircle(surface, look.theme.colour("turn"), place.center, size // 2 + px(4), px(3))
        surface.blit(mark, place)
        room = self.rect.w // 2 - px(44)
        fonts.draw(surface, facts.name, (x, place.bottom + px(16)), "name", anchor="center", width=room)
        y = place.bottom + px(37)
        if not facts.turn:
            fonts.draw(surface, facts.status, (x, y), "caption", "text_2", anchor="center", width=room)
            return
        sign = look.paint.icon("check", px(14), "good")
        words = fonts.draw(
            surface, facts.status, (x + px(9), y), "caption", "good", anchor="center", width=room - px(18)
        )
        surface.blit(sign, sign.get_rect(midright=(words.x - px(5), y)))


class Result(Group):
    """All that stands beside a table whose match is over; `again`, `look_back` and `other` are what its buttons do.

    Another game can also be proposed before the first match: then there is that button alone.
    """

    def __init__(
        self, again: Callable[[], object], other: Callable[[], object], look_back: Callable[[], object]
    ) -> None:
        self.card = ScoreCard()
        self.rematch = Button(_("Rematch"), again, "main", icon="rematch", key="R", size="big")
        self.look_back = Button(_("Replay"), look_back, icon="play", tip=_("Look at the match again"))
        self.other = Button(_("Other game"), other, icon="dice")
        self.evening = ListPanel(_("This evening"), "", lambda rows: Rows(rows, ScoreRow))
        super().__init__(self.card, self.rematch, self.look_back, self.other, self.evening)
        self.visible = self.evening.visible = self.over = False
        self._small = self._has_score = False
        self._begins = ""

    def show(self, table: Table) -> None:
        """Bring everything up to what the table says."""
        seated = table.seat is not None
        self.over = table.outcome is not None
        self.visible = (self.over or (seated and table.about.state == "waiting")) and not table.game.info.open_seats
        self.rematch.visible, self.other.visible = self.over and seated, self.visible and seated
        self.other.off = draw_off(table)
        self.rematch.off = rematch_off(table)
        if self._begins != (begins := rematch_words(table)):
            self._begins = begins
            self._say_who_begins()
        self.look_back.visible = self.over and table.number is not None
        self.card.facts = tuple(_facts(table, seat) for seat in range(len(table.about.people)))

    def _say_who_begins(self) -> None:
        """On the button where there is room, else when pointed at."""
        rematch = self.rematch
        rematch.label, rematch.tip = self._begins, ""
        if 0 < rematch.rect.w < rematch.size()[0]:
            rematch.label, rematch.tip = _("Rematch"), self._begins

    def show_score(self, matches: Sequence[m.Finished], names: Sequence[str]) -> None:
        """Count who of two players has won how often against the other; the newest match comes first."""
        known = [one for one in matches if one.at > matches[0].at - TONIGHT and set(one.names) == set(names)]
        won = [one.names[one.ranks.index(1)] for one in known if len(set(one.ranks)) > 1]
        self.card.score = (won.count(names[0]), won.count(names[1])) if len(names) == 2 and known else None

    def show_evening(self, lobby: m.Lobby, me: str, marked: Mapping[str, int]) -> None:
        """Show the score over all games; `marked` are the marks of those at the table.

        Those who have just won here are told by a "+1".
        """
        count = ngettext("{count} match", "{count} matches", lobby.matches).format(count=lobby.matches)
        won = [facts.name for facts in self.card.facts if facts.winner] if self.over else []
        self.evening.show(Facts(lobby, me, marked).scores(won), count)
        self._has_score = bool(lobby.wins)
        self.evening.visible = self._has_score and not self._small

    def place(self, column: Column) -> None:
        """Stand at the top of what is left of the dock, all but the evening."""
        px, high = self.look.px, self.look.theme.high
        if self.card.visible:
            self.card.rect = column.above(self.card.height(column.left.w))
        if self.rematch.visible:
            self.rematch.rect = column.above(high(SIZES.button_big))
            self._say_who_begins()
        row = [button for button in (self.look_back, self.other) if button.visible]
        if not row:
            return
        wide = (column.left.w - px(8) * (len(row) - 1)) // len(row)
        self.look_back.icon, self.other.icon = "play", "dice"
        if any(button.size()[0] > wide for button in row):
            self.look_back.icon = self.other.icon = ""
        place = column.above(high(SIZES.button))
        for k, button in enumerate(row):
            button.rect = pygame.Rect(place.x + k * (wide + px(8)), place.y, wide, place.h)

    def place_evening(self, column: Column, small: bool) -> None:
        """Show how the evening stands at the top of what is left of the dock, where there is room."""
        self._small = small
        self.evening.visible = self._has_score and not small
        if self.evening.visible:
            room = max(0, (column.whole.bottom - column.left.y) // 2)
            self.evening.rect = column.above(min(self.evening.height(column.left.w), room))
        self.rect = pygame.Rect(column.whole.x, column.whole.y, column.whole.w, column.left.y - column.whole.y)


def _facts(table: Table, seat: int) -> SeatFacts:
    """What a player has to say to a rematch; `turn` where they want one."""
    person, outcome = table.about.people[seat], table.outcome
    won = outcome is not None and not outcome.drawn and seat in outcome.winners
    if person is None:
        return SeatFacts(seat, called(table.player(seat)), status=_("has left"), free=True, winner=won)
    won = won and sat_there(table, seat)
    ready = seat in table.about.again
    if person.away:
        status = _("away")
    elif ready:
        status = _("ready")
    else:
        status = _("your call") if seat == table.seat else _("has not said yet")
    you = seat == table.seat
    return SeatFacts(
        seat, called(person.name), status=status, you=you, turn=ready, away=person.away, bot=person.bot, winner=won
    )
