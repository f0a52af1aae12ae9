"""A list of rows that scrolls."""

import pygame

from work.desktop.widgets import RING, Group, Widget


class ScrollList(Group):
    """Rows under each other, each as high as it wants at the list's width, moved by wheel, keys and a bar.

    Where nothing in it takes the keyboard but there is more than can be seen, the list itself takes it.
    `at_end` keeps the last row in sight when rows are added (chat, steps), unless the player has scrolled away.
    """

    clips = True

    def __init__(self, *rows: Widget, gap: int = 0, at_end: bool = False, margin: int = 0) -> None:
        self.gap, self.at_end, self.margin = gap, at_end, margin
        self.offset = 0
        self._content = self._high = 0
        self._stale = True
        self._dragged: int | None = None
        super().__init__(*rows)

    @property
    def focusable(self) -> bool:  # type: ignore[override]
        return self._content > self.rect.h > 0 and not any(widget.focusable for widget in self.walk())

    def changed(self) -> None:
        self._stale = True
        super().changed()

    def add(self, *children: Widget) -> None:
        super().add(*children)
        self.changed()

    def remove(self, *children: Widget) -> None:
        super().remove(*children)
        self.changed()

    def spoil(self, area: pygame.Rect) -> None:
        self._stale = True  # a row that looks different may also be higher or lower
        super().spoil(area)

    def scroll_to(self, offset: int) -> None:
        """Show the rows from this many pixels on, as far as there are any."""
        offset = max(0, min(offset, self._content - self.rect.h))
        if offset != self.offset:
            self.offset = offset
            self.changed()

    def height(self, width: int) -> int:
        inside, gap = width - 2 * self.look.px(self.margin), self.look.px(self.gap)
        rows = [row.height(inside) for row in self.children if row.visible]
        return sum(rows) + gap * max(0, len(rows) - 1) + 2 * self.look.px(self.margin)

    def arrange(self) -> None:
        if not self._stale:
            return
        px = self.look.px
        was_at_end = self.offset >= self._content - self._high - px(8)
        self._high = self.rect.h
        rows = [row for row in self.children if row.visible]
        width = self.rect.w - 2 * px(self.margin)
        heights = [row.height(width) for row in rows]
        if sum(heights) + px(self.gap) * (len(rows) - 1) + 2 * px(self.margin) > self.rect.h:
            width -= px(12)  # room for the bar
            heights = [row.height(width) for row in rows]
        self._content = sum(heights) + px(self.gap) * max(0, len(rows) - 1) + 2 * px(self.margin)
        furthest = max(0, self._content - self.rect.h)
        self.offset = furthest if self.at_end and was_at_end else min(self.offset, furthest)
        y = self.rect.y + px(self.margin) - self.offset
        for row, height in zip(rows, heights, strict=True):
            row.rect = pygame.Rect(self.rect.x + px(self.margin), y, width, height)
            y += height + px(self.gap)
        self._stale = False

    def draw(self, surface: pygame.Surface) -> None:
        self.draw_children(surface)
        bar = self.bar()
        if bar is not None:
            track = pygame.Rect(bar.x, self.rect.y, bar.w, self.rect.h)
            surface.blit(self.look.paint.box(track.size, bar.w // 2, "surface_3"), track)
            surface.blit(self.look.paint.box(bar.size, bar.w // 2, "line_strong"), bar)
        self.draw_ring(surface, self.look.px(6), self.rect.inflate(-self.look.px(RING), -self.look.px(RING)))

    def bar(self) -> pygame.Rect | None:
        """The part of the scroll bar that is dragged; None while everything fits, or there is no room at all."""
        if self._content <= self.rect.h or self.rect.h <= 0:
            return None
        width, high = self.look.px(6), max(self.look.px(24), self.rect.h * self.rect.h // self._content)
        y = self.rect.y + (self.rect.h - high) * self.offset // (self._content - self.rect.h)
        return pygame.Rect(self.rect.right - width, y, width, high)

    def event(self, event: pygame.event.Event) -> bool:
        px, bar = self.look.px, self.bar()
        if bar is None:
            return False
        if event.type == pygame.MOUSEWHEEL:
            self.scroll_to(self.offset - event.y * px(50))
            return True
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and event.pos[0] >= bar.x - px(4):
            inside = bar.collidepoint(bar.centerx, event.pos[1])
            self._dragged = event.pos[1] - bar.y if inside else bar.h // 2
        if event.type == pygame.MOUSEBUTTONUP:
            self._dragged = None
        if self._dragged is not None and event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEMOTION):
            top = event.pos[1] - self._dragged - self.rect.y
            self.scroll_to(round(top * (self._content - self.rect.h) / max(1, self.rect.h - bar.h)))
            return True
        if event.type == pygame.KEYDOWN:
            return self._key(event.key)
        return False

    def reveal_child(self, child: Widget) -> None:
        self.arrange()
        out = self.look.px(6)
        if child.rect.top - out < self.rect.top:
            self.scroll_to(self.offset - (self.rect.top - child.rect.top) - out)
        elif child.rect.bottom + out > self.rect.bottom:
            self.scroll_to(self.offset + child.rect.bottom - self.rect.bottom + out)

    def _key(self, key: int) -> bool:
        page = self.rect.h - self.look.px(40)
        places = {
            pygame.K_PAGEUP: self.offset - page,
            pygame.K_PAGEDOWN: self.offset + page,
            pygame.K_HOME: 0,
            pygame.K_END: self._content,
        }
        root = self.root()
        if key in (pygame.K_UP, pygame.K_DOWN) and self.focused:
            self.scroll_to(self.offset + self.look.px(50) * (1 if key == pygame.K_DOWN else -1))
            return True
        if key in (pygame.K_UP, pygame.K_DOWN) and root is not None:
            stops = [widget for widget in self.walk() if widget.focusable and widget.usable]
            here = stops.index(root.focus) if root.focus in stops else -1
            there = here + (1 if key == pygame.K_DOWN else -1)
            if here >= 0 and 0 <= there < len(stops):
                root.focus_on(stops[there], by_keyboard=True)
            return True
        if key in places:
            self.scroll_to(places[key])
        return key in places
