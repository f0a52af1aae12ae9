"""What does not fit on a screen: by the rectangles of its widgets, and by the words that they draw."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pygame
import pytest

from work.desktop.fonts import Fonts
from work.desktop.form import Form
from work.desktop.lobby_tiles import GameCard
from work.desktop.stage import Stage
from work.desktop.widgets import Group, Widget

LOOSE = 3
"""Pixels that letters may reach beyond what they belong to: a line of text is a little higher than its letters."""


class Noting(pygame.Surface):
    """A surface on which nothing is drawn, but which notes the words that would be, and where."""

    def __init__(self, size: tuple[int, int], words: dict[int, tuple[str, pygame.Surface]]) -> None:
        super().__init__(size)
        self.words = words
        self.noted: list[tuple[str, pygame.Rect]] = []

    def blit(self, source: pygame.Surface, dest: Any = (0, 0), *more: Any, **named: Any) -> pygame.Rect:
        place = source.get_rect(topleft=dest.topleft if isinstance(dest, pygame.Rect) else dest[:2])
        if known := self.words.get(id(source)):
            self.noted.append((known[0], place))
        return place


class Checker:
    """Finds what does not fit on the screens that it is given; made by `checking`."""

    def __init__(self, words: dict[int, tuple[str, pygame.Surface]], gone: list[str]) -> None:
        self.words, self.gone = words, gone

    def misfits(self, form: Form) -> list[str]:
        """Everything on what lies on top of this form that does not fit, in words."""
        top = form.over or form
        form.arrange()
        self.gone.clear()
        shown = list(_shown(top, form.rect))
        return [*_outside(shown, form.rect), *_overlapping(shown), *self._cut(shown, form.rect)]

    def _cut(self, shown: list[tuple[Widget, pygame.Rect]], window: pygame.Rect) -> Iterator[str]:
        """Words that reach out of the widget they belong to, lie on others, or are cut until nothing is left."""
        everything: list[tuple[str, pygame.Rect]] = []
        surface = Noting(window.size, self.words)
        for widget, area in shown:
            if isinstance(widget, Group | Stage) or not widget.rect.w or not widget.rect.h:
                continue
            self.gone.clear()
            surface.noted.clear()
            widget.draw(surface)
            yield from (f"{_named(widget)}: {text!r} is cut until nothing is left" for text in self.gone)
            for text, place in surface.noted:
                if not widget.rect.inflate(2 * LOOSE, 2 * LOOSE).contains(place):
                    yield f"{_named(widget)}: {text!r} at {place} reaches out of {widget.rect}"
                everything.append((text, place.clip(area)))
        for (one, here), (other, there) in itertools.combinations(everything, 2):
            both = here.clip(there)
            if both.w > LOOSE and both.h > 2 * LOOSE:
                yield f"{one!r} at {here} and {other!r} at {there} lie on each other"


@contextmanager
def checking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Checker]:
    """A checker, which listens to what is written as long as this goes on."""
    words: dict[int, tuple[str, pygame.Surface]] = {}
    gone: list[str] = []
    render, cut = Fonts.render, Fonts.cut

    def noted(fonts: Fonts, text: str, *more: Any, **named: Any) -> pygame.Surface:
        picture = render(fonts, text, *more, **named)
        words[id(picture)] = text, picture
        return picture

    def watched(fonts: Fonts, text: str, *more: Any, **named: Any) -> str:
        left = cut(fonts, text, *more, **named)
        if text and not left:
            gone.append(text)
        return left

    with monkeypatch.context() as patch:
        patch.setattr(Fonts, "render", noted)
        patch.setattr(Fonts, "cut", watched)
        yield Checker(words, gone)


def _shown(group: Group, area: pygame.Rect) -> Iterator[tuple[Widget, pygame.Rect]]:
    """All visible widgets beneath a group, each with the part of the window in which it can be seen."""
    for child in group.children:
        if not child.visible:
            continue
        yield child, area
        if isinstance(child, Group):
            yield from _shown(child, area.clip(child.rect) if child.clips else area)


def _touched(shown: list[tuple[Widget, pygame.Rect]]) -> list[tuple[Widget, pygame.Rect]]:
    """What can be pressed or written in, with the part of it that can be seen."""
    leaves = [(widget, area) for widget, area in shown if widget.focusable and not isinstance(widget, Group)]
    return [(widget, seen) for widget, area in leaves if (seen := widget.rect.clip(area)).w or widget.rect.w == 0]


def _outside(shown: list[tuple[Widget, pygame.Rect]], window: pygame.Rect) -> Iterator[str]:
    for widget, area in shown:
        if widget.focusable and not isinstance(widget, Group):
            sideways = widget.rect.x < area.x or widget.rect.right > area.right
            if sideways or (area == window and not window.contains(widget.rect)):
                yield f"{_named(widget)} at {widget.rect} lies outside {area}"
            if not widget.rect.w or not widget.rect.h:
                yield f"{_named(widget)} has no room at all"


def _overlapping(shown: list[tuple[Widget, pygame.Rect]]) -> Iterator[str]:
    for (one, here), (other, there) in itertools.combinations(_touched(shown), 2):
        on_a_tile = one.parent is other.parent and isinstance(one.parent, GameCard)
        if here.colliderect(there) and not on_a_tile and not isinstance(one, Stage):
            yield f"{_named(one)} at {here} and {_named(other)} at {there} overlap"


def _named(widget: Widget) -> str:
    words = next((str(said) for name in ("label", "text", "lead") if (said := getattr(widget, name, ""))), "")
    return f"{type(widget).__name__} {words!r}" if words else type(widget).__name__
