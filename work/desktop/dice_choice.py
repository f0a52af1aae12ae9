"""A choice among the faces of a die, shown as dice."""

import pygame

from work.desktop.choices import Choice
from work.desktop.look import Look
from work.desktop.stage_pieces import die
from work.desktop.theme import SIZES

PLACE, SIDE = 44, 34
"""Logical pixels of the place of a die, and of the die itself."""


class DiceChoice(Choice):
    """Dice side by side; the chosen one stands on a green ground. The values are their faces."""

    _drawn_for: Look | None = None
    """The look that the pictures were made in."""

    def size(self) -> tuple[int, int]:
        count = len(self.options)
        return count * self.look.px(PLACE) + (count - 1) * self.look.px(SIZES.gap), self.look.px(PLACE)

    def height(self, width: int) -> int:
        return self.look.px(PLACE)

    def parts(self) -> list[pygame.Rect]:
        place, step = self.look.px(PLACE), self.look.px(PLACE) + self.look.px(SIZES.gap)
        return [pygame.Rect(self.rect.x + k * step, self.rect.y, place, place) for k in range(len(self.options))]

    def draw(self, surface: pygame.Surface) -> None:
        look, radius = self.look, self.look.px(SIZES.radius_button)
        if self._drawn_for is not look:
            self._drawn_for = look
            self._dice = {value: die(look, value, look.px(SIDE)) for value, _ in self.options}
        for (value, _), part in zip(self.options, self.parts(), strict=True):
            if value == self.value:
                surface.blit(look.paint.box(part.size, radius, "accent_soft", "accent", look.px(2)), part)
                self.draw_ring(surface, radius, part)
            picture = self._dice[value]
            surface.blit(picture, picture.get_rect(center=part.center))
