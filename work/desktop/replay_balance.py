"""Who stands better in a replay: a bar at the table's left, and the curve of it along the match."""

import time

import pygame

from games.match import Match
from work.desktop.look import Look
from work.desktop.widgets import Shown, Widget
from work.language import _, called, spoken
from work.replay import Replay

WIDE = 24
"""Logical pixels of the bar's width."""
AT_ONCE = 0.004
"""Seconds of a pass that may go into the curve: it grows while the window stays quick."""
STONES = {"black": ("stone_black", "stone_white"), "white": ("stone_white", "stone_black"), "red": ("card_red", "card")}
"""Fill and ink for sides that are called by a colour."""
EVEN = 0.005
"""A balance that no bar can show."""


class BalanceBar(Widget):
    """The first seat's part of the bar hangs from above, as its row in the dock stands above the other's.

    The number says how much that is of a hundred.
    """

    balance: Shown[float] = Shown()

    def __init__(self, replay: Replay) -> None:
        super().__init__()
        self.replay, self.balance, self.over = replay, 0.0, False
        self.visible = replay.weighed

    def show(self, match: Match) -> None:
        """Show who stands better in the match as it is."""
        if self.visible:
            self.balance, self.over = self.replay.balance(match), match.outcome is not None

    def hint(self) -> str:
        by, name = spoken(self.replay.game.weighs), called(self.replay.names[self.balance < 0]) or _("nobody")
        if abs(self.balance) < EVEN:
            return _("Draw") if self.over else _("Nobody stands better, {by}.").format(by=by)
        if self.over:
            return _("{people} won").format(people=name)
        return _("{name} stands better, {by}.").format(name=name, by=by)

    def draw(self, surface: pygame.Surface) -> None:
        look, px, rect = self.look, self.look.px, self.rect
        share = (1 + self.balance) / 2
        first = pygame.Rect(rect.x, rect.y, rect.w, round(rect.h * share))
        second = pygame.Rect(rect.x, first.bottom, rect.w, rect.bottom - first.bottom)
        inks, clip = (ink_of(self.replay, 0, look), ink_of(self.replay, 1, look)), surface.get_clip()
        for part, (fill, _ink) in zip((first, second), inks, strict=True):
            surface.set_clip(clip.clip(part))
            surface.blit(look.paint.box(rect.size, px(8), fill, "line_strong"), rect)
        surface.set_clip(clip)
        pygame.draw.line(
            surface, look.theme.colour("turn"), (rect.x + 1, rect.centery), (rect.right - 2, rect.centery), px(2)
        )
        at = rect.centerx, rect.y + px(14)
        look.fonts.draw(
            surface, str(round(100 * share)), at, "key", inks[not first.collidepoint(at)][1], anchor="center"
        )


class Curve:
    """The balance after each step, as far as it is known: it is worked out bit by bit."""

    def __init__(self, replay: Replay) -> None:
        self.known: list[float] = []
        self._rest = replay.balances() if replay.weighed else iter(())

    def grow(self) -> bool:
        """Work out some more; whether there was something to do."""
        until, before = time.perf_counter() + AT_ONCE, len(self.known)
        for balance in self._rest:
            self.known.append(balance)
            if time.perf_counter() > until:
                break
        return len(self.known) > before


def ink_of(replay: Replay, seat: int, look: Look) -> tuple[str, str]:
    """Fill and ink of a seat's part of the bar: the colour of its side, else that of its mark."""
    sides = replay.game.sides
    if all(side in STONES for side in sides) and seat < len(sides):
        return STONES[sides[seat]]
    return look.theme.seat(seat + 1), "seat_mark"
