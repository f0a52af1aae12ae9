"""A column in which things are placed under each other, from above and from below."""

import pygame


class Column:
    """`left` is what is left of it; between two things stays the gap."""

    def __init__(self, rect: pygame.Rect, gap: int) -> None:
        self.whole, self.left, self.gap = rect, rect.copy(), gap

    def above(self, height: int) -> pygame.Rect:
        """The place for a thing of that height at the top of what is left."""
        rect = pygame.Rect(self.left.x, self.left.y, self.left.w, height)
        self.left.y += height + self.gap
        self.left.h -= height + self.gap
        return rect

    def below(self, height: int) -> pygame.Rect:
        """The place for a thing of that height at the bottom of what is left."""
        rect = pygame.Rect(self.left.x, self.left.bottom - height, self.left.w, height)
        self.left.h -= height + self.gap
        return rect
