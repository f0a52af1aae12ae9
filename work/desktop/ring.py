"""A ring that turns while something is waited for, with a few figures in its middle."""

import pygame

from work.desktop.theme import SIZES
from work.desktop.widgets import Shown, Widget

A_SECOND = 10
"""Pictures a second: enough to be seen turning, and nothing that a processor notices."""
ROUND = 12
"""Pictures of one turn."""


class Ring(Widget):
    """Turns as long as it is visible; where motion is off it stands still. Only its own rectangle is drawn anew."""

    figures: Shown[str] = Shown()
    place: Shown[int] = Shown()
    """Which of the `ROUND` pictures is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.figures, self.place = "", 0

    @property
    def touchable(self) -> bool:
        return False

    def size(self) -> tuple[int, int]:
        side = self.look.theme.high(SIZES.ring)
        return side, side

    def outside(self) -> pygame.Rect:
        return self.rect

    def tick(self, now: float) -> bool:
        if self.look.theme.motion != "off":
            self.place = int(now * A_SECOND) % ROUND
        return False  # a window that rests looks often enough

    def draw(self, surface: pygame.Surface) -> None:
        surface.blit(self.look.paint.turning(self.rect.w, self.place / ROUND), self.rect)
        self.look.fonts.draw(surface, self.figures, self.rect.center, "name", anchor="center")
