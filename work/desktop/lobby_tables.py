"""The open tables of the lobby as cards."""

import math
from collections.abc import Callable
from functools import lru_cache

import pygame

from work.desktop.buttons import Button
from work.desktop.lobby_facts import TableFacts
from work.desktop.paint import svg
from work.desktop.panels import Panel
from work.desktop.widgets import Shown
from work.language import _


class TableCard(Panel):
    """An open table: which game, how it stands, who sits there, and the button that takes one there."""

    facts: Shown[TableFacts] = Shown()

    def __init__(self, facts: TableFacts, join: Callable[[TableFacts], object]) -> None:
        self.button = Button("", lambda: join(self.facts), size="small")
        super().__init__(self.button)
        self.facts = facts

    @property
    def touchable(self) -> bool:
        return True

    def hint(self) -> str:
        return self.facts.names

    def height(self, width: int) -> int:
        return self.look.theme.high(112)

    def arrange(self) -> None:
        px, facts, button = self.look.px, self.facts, self.button
        if facts.rests:
            button.label, button.icon, button.kind = _("Continue"), "play", "turn"
        else:
            button.label, button.icon = (_("Sit down"), "") if facts.sit else (_("Watch"), "eye")
            button.kind = "main" if facts.main else "plain"
        button.off = facts.off
        self.fill, self.edge = ("turn_soft", "turn") if facts.rests else ("surface", "line")
        width, height = button.size()
        button.rect = pygame.Rect(self.rect.right - px(14) - width, self.rect.bottom - px(12) - height, width, height)

    def draw(self, surface: pygame.Surface) -> None:
        super().draw(surface)
        look, px, rect, facts = self.look, self.look.px, self.rect, self.facts
        left, room = rect.x + px(14), rect.w - px(28)
        name, line = look.theme.line("name"), look.theme.line("caption")
        y = rect.y + px(12)
        look.fonts.draw(surface, facts.title, (left, y + name // 2), "name", anchor="midleft", width=room)
        y += name + line // 2
        look.fonts.draw(surface, facts.line, (left, y), "caption", "text_2", anchor="midleft", width=room)
        self._draw_seats(surface, left, self.button.rect.x - px(8))

    def _draw_seats(self, surface: pygame.Surface, left: int, right: int) -> None:
        """Marks that overlap, and broken rings for free seats; as many as there is room for."""
        look, px = self.look, self.look.px
        size, y = px(28), self.button.rect.centery
        free = self.facts.seats.count(0)
        taken = [mark for mark in self.facts.seats if mark]
        wide = len(taken) * px(23) + free * px(30)
        part = min(1.0, (right - left - px(8)) / max(1, wide))
        x = left + size / 2
        for mark in taken:
            picture = look.paint.seat(mark, size, ring="surface")
            surface.blit(picture, picture.get_rect(center=(round(x), y)))
            x += px(23) * part
        x += px(8) * part
        for _free in range(free):
            picture = _free_seat(px(26), look.theme.colour("line_strong"))
            surface.blit(picture, picture.get_rect(center=(round(x), y)))
            x += px(30) * part


@lru_cache(maxsize=8)
def _free_seat(size: int, colour: str) -> pygame.Surface:
    """A broken ring: arcs, because SDL draws the dashes of a circle wrongly."""
    radius, count = size / 2 - 1, 10
    arcs = ""
    for k in range(count):
        ends = [2 * math.pi * (k + part) / count for part in (0.0, 0.55)]
        (x, y), (to_x, to_y) = [
            (size / 2 + radius * math.sin(turn), size / 2 - radius * math.cos(turn)) for turn in ends
        ]
        arcs += f'<path d="M{x:.2f} {y:.2f}A{radius} {radius} 0 0 1 {to_x:.2f} {to_y:.2f}"/>'
    return svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"><g fill="none" stroke="{colour}"'
        f' stroke-width="{size / 18:.2f}">{arcs}</g></svg>',
        (size, size),
    )
