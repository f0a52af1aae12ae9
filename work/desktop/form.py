"""The root of a screen's widgets: finds the widget for each event, keeps the focus, the pointer and what is stale."""

import pygame

from work.desktop.buttons import Pressable
from work.desktop.look import Look
from work.desktop.notices import Tip, Toast
from work.desktop.theme import BUBBLE_STAYS, TIP_AFTER
from work.desktop.widgets import Group, Root, Widget, is_click, key_is

_POINTER = (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP)
_TYPING = (pygame.KEYDOWN, pygame.KEYUP, pygame.TEXTINPUT, pygame.TEXTEDITING)
_KEY_NAMES = {"Enter": (pygame.K_RETURN, pygame.K_KP_ENTER), "Esc": (pygame.K_ESCAPE,), "F1": (pygame.K_F1,)}
_ONCE = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE, pygame.K_ESCAPE)  # a key held down presses nothing twice
_MODIFIERS = pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_META


class Form(Root):
    """A tree of widgets that a window can show.

    Tab and Shift-Tab go round the widgets that take the focus, in the order in which they were added; a ring shows the
    focus only where the keyboard brought it. A mouse button that went down on a widget belongs to that until it comes
    up. Keys go to the focused widget, then to what holds it, then to buttons by their shortcut. Escape closes what was
    opened on top, or calls `escape`.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self.dirty: list[pygame.Rect] = []
        self.over: Group | None = None
        self._held: Widget | None = None
        self._pointer = (-1, -1)
        self._keys_down: set[int] = set()
        self._hover_since: float | None = None
        self._before: Widget | None = None
        super().__init__()
        self._tip, self._toast = Tip(), Toast()
        for top in (self._tip, self._toast):
            top.parent = self

    @property
    def look(self) -> Look:
        return self._look

    @look.setter
    def look(self, look: Look) -> None:
        self._look = look
        self.changed()

    def escape(self) -> bool:
        """What the Escape key does here when nothing lies on top; True if it did something."""
        return False

    # -- what is stale -----------------------------------------------------------------------------------------------

    def changed(self) -> None:
        self.dirty = [self.rect.copy()]

    def spoil(self, area: pygame.Rect) -> None:
        area = area.clip(self.rect)
        if area.w and area.h and not any(known.contains(area) for known in self.dirty):
            self.dirty.append(area)

    # -- focus -------------------------------------------------------------------------------------------------------

    def focus_on(self, widget: Widget | None, by_keyboard: bool = False) -> None:
        """Let the keyboard speak to this widget; by the keyboard means that its ring is shown."""
        before, shown = self.focus, self.by_keyboard
        self.by_keyboard = by_keyboard
        if before is widget:
            if widget is not None and shown != by_keyboard:
                widget.changed()
            return
        self.focus = widget
        for one, gained in ((before, False), (widget, True)):
            if one is not None:
                one.changed()
                one.focus_changed(gained)
        if widget is not None:
            widget.reveal()

    def focus_next(self, step: int = 1) -> None:
        """Move the focus to the next widget that takes it, or the one before."""
        stops = [widget for widget in self._active().walk() if widget.focusable and widget.usable]
        if not stops:
            return
        here = stops.index(self.focus) if self.focus in stops else -1 if step > 0 else 0
        self.focus_on(stops[(here + step) % len(stops)], by_keyboard=True)

    def forget(self, widget: Widget) -> None:
        gone = {id(widget)} | ({id(child) for child in widget.walk()} if isinstance(widget, Group) else set())
        if id(self.focus) in gone:
            self.focus_on(None)
        if id(self.hover) in gone:
            self._hover_on(None)
        if id(self._held) in gone:
            self._held = None

    # -- what lies on top --------------------------------------------------------------------------------------------

    def open(self, panel: Group) -> None:
        """Lay a panel over everything; until it is closed it alone gets events. Give it its rectangle then.

        Whoever came by the keyboard sees at once where it is, and again when the panel is closed.
        """
        self.close()
        self._before, by_keyboard = self.focus, self.by_keyboard
        panel.parent = self
        self.over = panel
        self.focus_on(None)
        self._hover_on(None)
        self.focus_next()
        self.focus_on(self.focus, by_keyboard)
        self.changed()

    def close(self) -> None:
        """Take away what lies on top and give the focus back to where it was."""
        if self.over is None:
            return
        by_keyboard = self.by_keyboard
        self.forget(self.over)
        self.over.parent = None
        self.over = None
        self.focus_on(self._before, by_keyboard)
        self.changed()

    def say(self, text: str, kind: str = "info") -> None:
        """Show a short notice at the foot of the screen for a moment; kinds: info, good, danger."""
        self._toast.show(text, kind, self.rect)

    # -- events ------------------------------------------------------------------------------------------------------

    def event(self, event: pygame.event.Event) -> bool:
        """Take any event of pygame; True if something used it."""
        if event.type in _POINTER:
            return self._point(event)
        if event.type == pygame.MOUSEWHEEL:
            return self._offer(event, self._active_at(self._pointer))
        if event.type == pygame.WINDOWLEAVE:
            self._hover_on(None)
        if event.type == pygame.WINDOWFOCUSLOST:
            self._keys_down.clear()
        if event.type in _TYPING:
            return self._type(event)
        return False

    def tick(self, now: float) -> bool:
        """Let all widgets move; call on each pass. Returns whether anything is moving."""
        moving = [widget.tick(now) for widget in [*self.walk(), *self._over_all()]]
        moving.append(self._toast.tick(now, BUBBLE_STAYS / 1000))
        if self.hover is not None and self._held is None and self._active_at(self._pointer) is not self.hover:
            self._hover_on(None)  # it has gone from under the pointer, and its tip with it
        if self.hover is not None and self.hover.hint() and self._held is None:
            if self._hover_since is None:
                self._hover_since = now
            if now - self._hover_since >= TIP_AFTER / 1000:
                self._tip.show(self.hover.hint(), self.hover.rect, self.rect, self.hover.tip_above)
        return any(moving)

    def arrange(self) -> None:
        """Let everything place what it holds; call before `draw` when something is dirty."""
        for widget in [*self.walk(), *self._over_all()]:
            widget.arrange()

    def draw(self, surface: pygame.Surface) -> None:
        self.background(surface)
        self.draw_children(surface)
        if self.over is not None:
            self.look.paint.veil(surface, self.rect)
            self.over.draw(surface)
        for top in (self._toast, self._tip):
            if top.visible:
                top.draw(surface)

    def background(self, surface: pygame.Surface) -> None:
        """Draw what lies behind all widgets."""
        surface.fill(self.look.theme.colours.bg, self.rect)

    def cursor_now(self) -> int:
        """The system cursor that suits what is under the pointer."""
        return self.hover.cursor if self.hover is not None and self.hover.usable else pygame.SYSTEM_CURSOR_ARROW

    def _over_all(self) -> list[Widget]:
        return [] if self.over is None else [self.over, *self.over.walk()]

    def _active(self) -> Group:
        return self.over if self.over is not None else self

    def _active_at(self, place: tuple[int, int]) -> Widget | None:
        return self._active().at(place)

    def _point(self, event: pygame.event.Event) -> bool:
        self._pointer = event.pos
        under = self._active_at(event.pos)
        self._hover_on(under)
        if is_click(event):
            self._tip.visible = False
            self._held = under
            focus = under if under is not None and under.focusable and under.usable else self.focus
            self.focus_on(focus, by_keyboard=False)
        target = self._held if self._held is not None else under
        if is_click(event, pygame.MOUSEBUTTONUP):
            self._held = None
        return self._offer(event, target)

    def _hover_on(self, widget: Widget | None) -> None:
        if widget is self.hover:
            return
        before, self.hover = self.hover, widget
        self._hover_since = None
        self._tip.visible = False
        for one in (before, widget):
            if one is not None and one.focusable:
                one.changed()

    def _offer(self, event: pygame.event.Event, widget: Widget | None) -> bool:
        """Give an event to a widget, else to what holds it, and so on up to the form, which is not asked."""
        while widget is not None and widget is not self:
            if widget.usable and widget.event(event):
                return True
            widget = widget.parent
        return False

    def _type(self, event: pygame.event.Event) -> bool:
        repeated = event.type == pygame.KEYDOWN and event.key in self._keys_down
        if event.type == pygame.KEYDOWN:
            self._keys_down.add(event.key)
        elif event.type == pygame.KEYUP:
            self._keys_down.discard(event.key)
        if repeated and event.key in _ONCE:
            return True
        if self._offer(event, self.focus):
            return True
        if event.type != pygame.KEYDOWN:
            return False
        if key_is(event, pygame.K_TAB) and not event.mod & _MODIFIERS:
            self.focus_next(-1 if event.mod & pygame.KMOD_SHIFT else 1)
            return True
        if key_is(event, pygame.K_ESCAPE) and self.over is not None:
            self.close()
            return True
        return (not repeated and self._shortcut(event)) or (key_is(event, pygame.K_ESCAPE) and self.escape())

    def _shortcut(self, event: pygame.event.Event) -> bool:
        if event.mod & _MODIFIERS:
            return False
        for widget in self._active().walk():
            if isinstance(widget, Pressable) and widget.key and event.key in _keys(widget.key) and widget.usable:
                widget.press()
                return True
        return False


def _keys(name: str) -> tuple[int, ...]:
    return _KEY_NAMES.get(name) or (ord(name.lower()),)
