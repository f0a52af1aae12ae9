"""A field for one line of text, with keyboard, mouse, clipboard and input methods (pinyin and others)."""

from collections.abc import Callable

import pygame

from work.desktop.editing import Line
from work.desktop.theme import SIZES
from work.desktop.widgets import Shown, Widget, is_click

_COMMAND = pygame.KMOD_CTRL | pygame.KMOD_META
_BY_WORD = pygame.KMOD_CTRL | pygame.KMOD_ALT
_DOUBLE_CLICK = 400  # milliseconds


class TextField(Widget):
    """One line that the player writes.

    `on_enter` is called with the text when Enter is pressed, `on_change` after each change. `secret` shows dots and
    keeps the text out of the clipboard. While an input method composes, its half-written text stands underlined at the
    caret, and its window opens below that.
    """

    focusable = True
    cursor = pygame.SYSTEM_CURSOR_IBEAM
    placeholder: Shown[str] = Shown()
    wrong: Shown[bool] = Shown()

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        most: int = 200,
        secret: bool = False,
        icon: str = "",
        on_enter: Callable[[str], object] | None = None,
        on_change: Callable[[str], object] | None = None,
        tip: str = "",
    ) -> None:
        super().__init__(tip)
        self.line = Line(most=most)
        self.line.set(text)
        self.placeholder = placeholder
        self.wrong = False
        self.secret = secret
        self.icon = icon
        self.on_enter, self.on_change = on_enter, on_change
        self._composed = ""
        self._scroll = 0
        self._clicked = -_DOUBLE_CLICK

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.line.text

    @text.setter
    def text(self, text: str) -> None:
        self.line.set(text)
        self.changed()

    def select_all(self) -> None:
        """Select the whole text, so that typing replaces it."""
        self.line.select_all()
        self.changed()

    def size(self) -> tuple[int, int]:
        return self.look.px(200), self.look.theme.high(SIZES.field)

    def focus_changed(self, gained: bool) -> None:
        self._composed = ""
        if gained:
            pygame.key.start_text_input()
            pygame.key.set_text_input_rect(self.rect)
        else:
            pygame.key.stop_text_input()

    # -- events ------------------------------------------------------------------------------------------------------

    def event(self, event: pygame.event.Event) -> bool:
        before = self.line.text
        used = self._take(event)
        if used:
            self.changed()
        if self.line.text != before:
            self.wrong = False
            if self.on_change:
                self.on_change(self.line.text)
        return used

    def _take(self, event: pygame.event.Event) -> bool:
        if event.type == pygame.TEXTINPUT:
            self._composed = ""
            self.line.insert(event.text)
            return True
        if event.type == pygame.TEXTEDITING:
            self._composed = event.text
            return True
        if event.type == pygame.KEYDOWN:
            # While something is being composed, keys belong to the input method: Enter there means "take this word".
            return bool(self._composed) or self._key(event)
        if is_click(event):
            now = pygame.time.get_ticks()
            if now - self._clicked < _DOUBLE_CLICK:
                self.line.anchor, self.line.caret = self.line.word_at(self._place(event.pos[0]))
            else:
                self.line.move_to(self._place(event.pos[0]), bool(pygame.key.get_mods() & pygame.KMOD_SHIFT))
            self._clicked = now
            return True
        if event.type == pygame.MOUSEMOTION and event.buttons[0] and self.focused:
            if pygame.time.get_ticks() - self._clicked >= _DOUBLE_CLICK or abs(event.rel[0]) > 1:
                self.line.move_to(self._place(event.pos[0]), select=True)
            return True
        return False

    def _key(self, event: pygame.event.Event) -> bool:
        line, shift, by_word = self.line, bool(event.mod & pygame.KMOD_SHIFT), bool(event.mod & _BY_WORD)
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self.on_enter and not event.mod & pygame.KMOD_ALT:
            self.on_enter(line.text)
            return True
        moves: dict[int, Callable[[], None]] = {
            pygame.K_LEFT: lambda: line.move(-1, by_word, shift),
            pygame.K_RIGHT: lambda: line.move(1, by_word, shift),
            pygame.K_HOME: lambda: line.move_to(0, shift),
            pygame.K_END: lambda: line.move_to(len(line.text), shift),
            pygame.K_BACKSPACE: lambda: line.delete(-1, by_word),
            pygame.K_DELETE: lambda: line.delete(1, by_word),
        }
        commands: dict[int, Callable[[], None]] = {
            pygame.K_a: line.select_all,
            pygame.K_c: self._copy,
            pygame.K_x: self._cut,
            pygame.K_v: lambda: line.insert(_clipboard()),
        }
        act = moves.get(event.key) or (commands.get(event.key) if event.mod & _COMMAND else None)
        if act is not None:
            act()
            return True
        # A letter comes again as TEXTINPUT; saying that it was used keeps it from being a shortcut as well.
        return bool(event.unicode) and event.unicode.isprintable() and not event.mod & _COMMAND

    def _copy(self) -> None:
        if self.line.selected and not self.secret:
            pygame.scrap.put_text(self.line.selected)

    def _cut(self) -> None:
        if not self.secret:
            self._copy()
            self.line.insert("")

    # -- drawing -----------------------------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface) -> None:
        look, theme = self.look, self.look.theme
        radius = theme.px(SIZES.radius_button)
        edge = "danger" if self.wrong else "text" if self.focused else "line_strong"
        surface.blit(look.paint.box(self.rect.size, radius, "surface", edge), self.rect)
        if self.icon:
            icon = look.paint.icon(self.icon, theme.px(SIZES.icon), "text_2")
            surface.blit(icon, icon.get_rect(midleft=(self.rect.x + theme.px(12), self.rect.centery)))
        self.draw_ring(surface, radius)
        inside, clip = self._inside(), surface.get_clip()
        surface.set_clip(clip.clip(inside))
        if self.text or self._composed:
            self._draw_text(surface, inside)
        else:
            look.fonts.draw(
                surface, self.placeholder, inside.midleft, "text", "text_2", anchor="midleft", width=inside.w
            )
            if self.focused:
                self._draw_caret(surface, inside.x, inside)
        surface.set_clip(clip)

    def _draw_text(self, surface: pygame.Surface, inside: pygame.Rect) -> None:
        fonts, theme = self.look.fonts, self.look.theme
        shown = self._dots(self.text)
        before, after = shown[: self.line.caret], shown[self.line.caret :]
        composed = self._dots(self._composed)
        caret = fonts.width(before + composed)
        self._scroll = max(0, caret - inside.w + theme.px(2), min(self._scroll, caret))
        x = inside.x - self._scroll
        first, last = self.line.selection
        if first != last and self.focused and not composed:
            left, right = (x + fonts.width(shown[:place]) for place in (first, last))
            high = theme.line("text") + theme.px(4)
            pygame.draw.rect(surface, theme.colours.accent_soft, (left, inside.centery - high // 2, right - left, high))
        fonts.draw(surface, before + composed + after, (x, inside.centery), "text", "text", anchor="midleft")
        if composed:
            left, y = x + fonts.width(before), inside.centery + theme.line("text") // 2
            pygame.draw.line(surface, theme.colours.text, (left, y), (x + caret, y))
        if self.focused:
            self._draw_caret(surface, x + caret, inside)

    def _draw_caret(self, surface: pygame.Surface, x: int, inside: pygame.Rect) -> None:
        theme = self.look.theme
        high = theme.line("text") + theme.px(2)
        caret = pygame.Rect(x, inside.centery - high // 2, max(1, theme.px(1.4)), high)
        pygame.draw.rect(surface, theme.colours.text, caret)
        pygame.key.set_text_input_rect(pygame.Rect(x, self.rect.y, 1, self.rect.h))

    def _inside(self) -> pygame.Rect:
        left = self.look.px(38 if self.icon else 13)
        return pygame.Rect(self.rect.x + left, self.rect.y, self.rect.w - left - self.look.px(10), self.rect.h)

    def _place(self, x: int) -> int:
        """The place between letters that is nearest to a place in the window."""
        target, shown = x - self._inside().x + self._scroll, self._dots(self.text)
        widths = [self.look.fonts.width(shown[:place]) for place in range(len(shown) + 1)]
        return min(range(len(widths)), key=lambda place: abs(widths[place] - target))

    def _dots(self, text: str) -> str:
        return "•" * len(text) if self.secret else text


def _clipboard() -> str:
    try:
        return pygame.scrap.get_text()
    except pygame.error:  # nothing in it, or no clipboard here
        return ""
