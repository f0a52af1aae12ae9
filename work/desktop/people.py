"""The signs of people, and rows that follow a list of things."""

import zlib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import pygame

from work.desktop.panels import Telling
from work.desktop.theme import SEATS
from work.desktop.widgets import Group, Shown


def mark_of(name: str) -> int:
    """The mark (1 to 10) that belongs to a name, the same in every program and on every evening."""
    return zlib.crc32(name.encode("utf-8", "replace")) % len(SEATS) + 1


def marks(names: Iterable[str], taken: Mapping[str, int] = MappingProxyType({})) -> dict[str, int]:
    """A mark for each of these people: the one they have `taken`, their own, or the next that nobody else has."""
    given = dict(taken)
    for name in names:
        if name in given:
            continue
        mark = mark_of(name)
        if len(given) < len(SEATS):
            while mark in given.values():
                mark = mark % len(SEATS) + 1
        given[name] = mark
    return given


class Rows:
    """Keeps one row in a group for each thing of a list, in the list's order; each row shows its `facts`.

    A row stays the same widget as long as its key is in the list, so that keyboard and pointer keep their place.
    """

    def __init__(self, group: Group, make: Callable[[Any], Any]) -> None:
        self.group = group
        self.of: dict[str, Any] = {}
        self._make = make

    def show(self, facts: Mapping[str, Any]) -> None:
        """Show these things: key -> facts."""
        for key in [key for key in self.of if key not in facts]:
            self.group.remove(self.of.pop(key))
        for key, fact in facts.items():
            if key in self.of:
                self.of[key].facts = fact
            else:
                self.of[key] = self._make(fact)
                self.group.add(self.of[key])
        order = [self.of[key] for key in facts]
        if self.group.children != order:
            self.group.children = order
            self.group.changed()


class Mark(Telling):
    """The mark of a person or a seat (1 to 10), as large as its place allows."""

    number: Shown[int] = Shown()

    def __init__(self, number: int = 1) -> None:
        super().__init__()
        self.number = number

    def draw(self, surface: pygame.Surface) -> None:
        mark = self.look.paint.seat(self.number, min(self.rect.size))
        surface.blit(mark, mark.get_rect(center=self.rect.center))
