"""Drawn things are kept, the ones unused for longest are let go first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

import pygame


class SurfaceCache:
    """Keeps surfaces by key up to a number of bytes; a window that is resized all day does not grow."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._kept: OrderedDict[Hashable, pygame.Surface] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """The surface of this key, made now if it is not kept. It is shared: do not draw on it."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        surface = make()
        self._kept[key] = surface
        self.bytes += _size(surface)
        while self.bytes > self.most_bytes and len(self._kept) > 1:
            self.bytes -= _size(self._kept.popitem(last=False)[1])
        return surface

    def __len__(self) -> int:
        return len(self._kept)


def _size(surface: pygame.Surface) -> int:
    return surface.get_pitch() * surface.get_height()
