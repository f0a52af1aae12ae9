"""What every part of a screen has in common: a place, a way to draw itself, events, and a parent that holds it.

A screen is a tree: a Form at the root, Groups inside, all other widgets as leaves. Only the form hears of events; it
finds the widget that an event is for. Rectangles are real pixels of the window. All calls come from its thread.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar, overload

import pygame

from work.desktop.look import Look

T = TypeVar("T")
RING = 6  # logical pixels that the focus ring and a panel's shadow take outside a widget


class Shown(Generic[T]):
    """An attribute of a widget that is drawn: another value makes the widget draw itself again."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = "_shown_" + name

    @overload
    def __get__(self, widget: None, owner: type) -> "Shown[T]": ...
    @overload
    def __get__(self, widget: "Widget", owner: type) -> T: ...
    def __get__(self, widget: "Widget | None", owner: type) -> "T | Shown[T]":
        return self if widget is None else widget.__dict__[self._name]

    def __set__(self, widget: "Widget", value: T) -> None:
        if self._name not in widget.__dict__:  # it is being made, nothing shows it yet
            widget.__dict__[self._name] = value
        elif widget.__dict__[self._name] != value:
            widget.changed()
            widget.__dict__[self._name] = value
            widget.changed()


class Widget:
    """A part of a screen. Subclasses override `draw`, and `size`, `event`, `tick` where they have something to say.

    Give it its place by `rect`; assign the whole rectangle, so that the change is seen. `tip` is shown when the pointer
    rests on it, above it where what lies beneath must stay in sight (`tip_above`).
    """

    focusable = False
    tip_above = False
    cursor = pygame.SYSTEM_CURSOR_ARROW

    rect: Shown[pygame.Rect] = Shown()
    visible: Shown[bool] = Shown()

    def __init__(self, tip: str = "") -> None:
        self.parent: Group | None = None
        self.rect = pygame.Rect(0, 0, 0, 0)
        self.visible = True
        self.tip = tip

    @property
    def look(self) -> Look:
        """The look of the screen that holds this widget; a widget that no screen holds has none."""
        if self.parent is None:
            raise RuntimeError(f"{type(self).__name__} was asked for its look before it was added to a screen")
        return self.parent.look

    @property
    def usable(self) -> bool:
        """Whether keyboard and mouse can do something with it now."""
        return self.visible

    @property
    def touchable(self) -> bool:
        """Whether the pointer can be on it; if not, it is on what lies beneath."""
        return True

    @property
    def focused(self) -> bool:
        """Whether the keyboard speaks to this widget."""
        root = self.root()
        return root is not None and root.focus is self

    @property
    def hovered(self) -> bool:
        """Whether the pointer is on this widget."""
        root = self.root()
        return root is not None and root.hover is self

    def hint(self) -> str:
        """The words to show when the pointer rests on it; "" for none."""
        return self.tip

    def size(self) -> tuple[int, int]:
        """The width and height that it would like to have, in real pixels."""
        return self.rect.size

    def height(self, width: int) -> int:
        """The height that it needs at this width."""
        return self.size()[1]

    def draw(self, surface: pygame.Surface) -> None:
        """Draw itself at its rectangle. The surface's clip may be smaller than that."""

    def event(self, event: pygame.event.Event) -> bool:
        """Take an event of the mouse on it, or of the keyboard while it has the focus; True if it was used."""
        return False

    def arrange(self) -> None:
        """Called before anything is drawn, from the root to the leaves: the time to place what it holds."""

    def tick(self, now: float) -> bool:
        """Called on each pass of the window with seconds that only grow; True while something moves."""
        return False

    def focus_changed(self, gained: bool) -> None:
        """Called when the keyboard begins or ends to speak to this widget."""

    def changed(self) -> None:
        """Say that it must be drawn again, with its ring and shadow."""
        if self.parent is not None and self.root() is not None:
            self.parent.spoil(self.outside())

    def outside(self) -> pygame.Rect:
        """Its rectangle with what it may draw round it."""
        out = 2 * self.look.px(RING)
        return self.rect.inflate(out, out)

    def draw_ring(self, surface: pygame.Surface, radius: int, rect: pygame.Rect | None = None) -> None:
        """Draw the focus ring round it (or round `rect`), if the keyboard brought the focus here."""
        root = self.root()
        if self.focused and root is not None and root.by_keyboard:
            self.look.paint.ring(surface, rect or self.rect, radius)

    def reveal(self) -> None:
        """Scroll whatever holds it until it can be seen."""
        child: Widget = self
        while child.parent is not None:
            child.parent.reveal_child(self)
            child = child.parent

    def root(self) -> "Root | None":
        """The form that holds it, if one does."""
        top: Widget = self
        while top.parent is not None:
            top = top.parent
        return top if isinstance(top, Root) else None


class Group(Widget):
    """A widget that holds others, drawn in their order and visited by Tab in the same order."""

    clips = False

    def __init__(self, *children: Widget) -> None:
        super().__init__()
        self.children: list[Widget] = []
        self.add(*children)

    def add(self, *children: Widget) -> None:
        """Put widgets at the end."""
        for child in children:
            child.parent = self
            self.children.append(child)
            child.changed()

    def remove(self, *children: Widget) -> None:
        """Take widgets out; the keyboard and the pointer let go of them."""
        for child in children:
            root = self.root()
            child.changed()
            self.children.remove(child)
            if root is not None:
                root.forget(child)
            child.parent = None

    def clear(self) -> None:
        """Take out all widgets."""
        self.remove(*self.children)

    def changed(self) -> None:
        super().changed()
        for child in getattr(self, "children", ()):
            child.changed()

    def draw(self, surface: pygame.Surface) -> None:
        self.draw_children(surface)

    def draw_children(self, surface: pygame.Surface) -> None:
        """Draw the visible children that lie in the surface's clip."""
        clip = surface.get_clip()
        if self.clips:
            surface.set_clip(clip.clip(self.rect))
        for child in self.children:
            if child.visible and (type(child) is Group or child.outside().colliderect(surface.get_clip())):
                child.draw(surface)
        surface.set_clip(clip)

    def at(self, place: tuple[int, int]) -> Widget | None:
        """The visible widget at a place, the innermost and topmost one; a bare Group is only its children."""
        for child in reversed(self.children):
            if not child.visible:
                continue
            if isinstance(child, Group):
                if not child.clips or child.rect.collidepoint(place):
                    found = child.at(place)
                    if found is not None:
                        return found
                if type(child) is Group:
                    continue
            if child.touchable and child.rect.collidepoint(place):
                return child
        return None

    def walk(self) -> Iterator[Widget]:
        """All visible widgets beneath this one, in the order of Tab."""
        for child in self.children:
            if child.visible:
                yield child
                if isinstance(child, Group):
                    yield from child.walk()

    def spoil(self, area: pygame.Rect) -> None:
        """Pass on that an area must be drawn again."""
        if self.parent is not None:
            self.parent.spoil(area.clip(self.rect) if self.clips else area)

    def reveal_child(self, child: Widget) -> None:
        """Make a widget beneath this one visible, where that needs scrolling."""


class Root(Group):
    """What widgets may know of the form at the root of their tree."""

    focus: Widget | None = None
    hover: Widget | None = None
    by_keyboard = False

    def focus_on(self, widget: Widget | None, by_keyboard: bool = False) -> None:
        """Let the keyboard speak to this widget; `by_keyboard` shows its ring."""
        raise NotImplementedError

    def forget(self, widget: Widget) -> None:
        """Let go of a widget that leaves the tree, and of all beneath it."""
        raise NotImplementedError


def place_row(
    rect: pygame.Rect, *widgets: Widget, gap: int, align: str = "left", stretch: Widget | None = None
) -> None:
    """Put widgets in a row of the rectangle's height and in their own widths, from the left or up to the right edge.

    `stretch` takes what the others leave.
    """
    widths: dict[int, int] = {id(widget): widget.size()[0] for widget in widgets}
    rest = rect.w - sum(widths.values()) - gap * (len(widgets) - 1)
    if stretch is not None:
        widths[id(stretch)] += rest
        rest = 0
    x = rect.x + {"left": 0, "center": rest // 2, "right": rest}[align]
    for widget in widgets:
        widget.rect = pygame.Rect(x, rect.y, widths[id(widget)], rect.h)
        x += widths[id(widget)] + gap


def key_is(event: pygame.event.Event, *keys: int) -> bool:
    """Whether an event is the press of one of these keys."""
    return event.type == pygame.KEYDOWN and event.key in keys


def is_click(event: pygame.event.Event, kind: int = pygame.MOUSEBUTTONDOWN) -> bool:
    """Whether an event is the left button going down (or up, if that is asked)."""
    return event.type == kind and event.button == 1
