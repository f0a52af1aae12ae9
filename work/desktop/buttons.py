"""What is pressed: buttons of all kinds, buttons to be held, and the base for rows and tiles that act as a button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pygame

from work.desktop.colour import Colour, mix
from work.desktop.theme import HOLD_TO_CONFIRM, SIZES, Style, Theme
from work.desktop.widgets import Shown, Widget, is_click, key_is
from work.language import _

ButtonKind: TypeAlias = Literal[
    "main",
    "main_felt",
    "plain",
    "quiet",
    "danger",
    "info",
    "draw",
    "main_info",
    "main_draw",
    "main_danger",
    "turn",
    "chip",
]
ButtonSize: TypeAlias = Literal["small", "normal", "big"]


@dataclass(frozen=True)
class Kind:
    """Colours of a kind of button, as roles; "" is nothing. Hover and press are worked out where they are ""."""

    fill: str
    text: str
    edge: str = ""
    hover: str = ""
    press: str = ""
    bold: bool = False


KINDS: dict[ButtonKind, Kind] = {
    "main": Kind("accent", "on_accent", "", "accent_hover", "accent_press", bold=True),
    "main_felt": Kind("accent", "on_accent", "on_felt", "accent_hover", "accent_press", bold=True),
    "plain": Kind("surface", "text", "line_strong", "surface_2", "surface_3"),
    "quiet": Kind("", "text", "", "surface_2", "surface_3"),
    "danger": Kind("surface", "danger", "danger", "surface_2", "danger_soft"),
    "info": Kind("surface", "info", "info", "surface_2", "info_soft"),
    "draw": Kind("surface", "draw", "draw", "surface_2", "draw_soft"),
    "main_info": Kind("info", "on_info", bold=True),
    "main_draw": Kind("draw", "on_draw", bold=True),
    "main_danger": Kind("danger", "on_danger", bold=True),
    "turn": Kind("turn", "on_turn", bold=True),
    "chip": Kind("surface_2", "text_2", "", "surface_3", "surface_3"),
}
STYLES: dict[ButtonSize, tuple[int, int, Style]] = {  # height, padding, style of the label
    "small": (SIZES.button_small, 12, "list"),
    "normal": (SIZES.button, 16, "text"),
    "big": (SIZES.button_big, 20, "name"),
}


class Pressable(Widget):
    """Anything that is pressed by mouse, Enter or Space; rows and tiles override `draw`, minding `hovered` and `down`.

    `off` says why it cannot be pressed now ("" means that it can); the words are shown on hover. `key` is a shortcut: a
    letter, a figure, "Enter" or "Esc".
    """

    focusable = True
    off: Shown[str] = Shown()
    down: Shown[bool] = Shown()

    def __init__(self, act: Callable[[], object], *, key: str = "", tip: str = "", off: str = "") -> None:
        super().__init__(tip)
        self.act = act
        self.key = key
        self.off = off
        self.down = False

    @property
    def usable(self) -> bool:
        return self.visible and not self.off

    @property
    def cursor(self) -> int:  # type: ignore[override]
        return pygame.SYSTEM_CURSOR_HAND

    def hint(self) -> str:
        return self.off or self.tip

    def press(self) -> None:
        """Do what it is there for."""
        self.act()

    def event(self, event: pygame.event.Event) -> bool:
        if is_click(event):
            self.down = True
            return True
        if event.type == pygame.MOUSEMOTION and event.buttons[0]:
            return self.down
        if is_click(event, pygame.MOUSEBUTTONUP) and self.down:
            self.down = False
            if self.rect.collidepoint(event.pos):
                self.press()
            return True
        if key_is(event, pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE) and not event.mod & pygame.KMOD_ALT:
            self.press()
            return True
        return False


class Button(Pressable):
    """A button with a label, an icon, or both, and a cap with its shortcut if `show_key` is set."""

    label: Shown[str] = Shown()
    icon: Shown[str] = Shown()
    kind: Shown[ButtonKind] = Shown()

    def __init__(
        self,
        label: str,
        act: Callable[[], object],
        kind: ButtonKind = "plain",
        *,
        icon: str = "",
        icon_after: bool = False,
        size: ButtonSize = "normal",
        key: str = "",
        show_key: bool = True,
        tip: str = "",
        off: str = "",
    ) -> None:
        super().__init__(act, key=key, tip=tip, off=off)
        self.label = label
        self.icon = icon
        self.kind = kind
        self.icon_after = icon_after
        self.scale = size
        self.show_key = show_key

    def size(self) -> tuple[int, int]:
        height, padding, _ = self._style()
        theme = self.look.theme
        wide = sum(width for width in self._parts()) + theme.px(8) * (len(self._parts()) - 1) + 2 * theme.px(padding)
        return max(wide, theme.high(height)), theme.high(height)

    def draw(self, surface: pygame.Surface) -> None:
        theme, paint = self.look.theme, self.look.paint
        kind = KINDS[self.kind]
        rect = self.rect.move(0, theme.px(1)) if self.down else self.rect
        radius = rect.h // 2 if self.kind == "chip" else theme.px(SIZES.radius_button)
        fill, text, edge = self._colours(theme, kind)
        if kind.fill not in ("", "surface", "surface_2") and not self.off and not self.down:
            paint.shadow(surface, rect, radius)
        if fill or edge:
            width = theme.px(2) if self.kind == "main_felt" else None
            surface.blit(paint.box(rect.size, radius, fill, edge, width), rect)
        self.draw_inside(surface, rect, fill, radius)
        self._draw_parts(surface, rect, text)
        self.draw_ring(surface, radius)

    def draw_inside(self, surface: pygame.Surface, rect: pygame.Rect, fill: str, radius: int) -> None:
        """Draw something on the button, beneath its label."""

    def words(self) -> str:
        """The label as it is now."""
        return self.label

    def _style(self) -> tuple[int, int, Style]:
        return (SIZES.chip, 10, "caption") if self.kind == "chip" else STYLES[self.scale]

    def _colours(self, theme: Theme, kind: Kind) -> tuple[Colour | str, str, str]:
        if self.off:
            return ("", "text_off", "") if self.kind == "quiet" else ("surface_2", "text_off", "line")
        plain, hover, press = fills(theme, self.kind)
        return press if self.down else hover if self.hovered else plain, kind.text, kind.edge

    def _icon_size(self) -> int:
        return self.look.px(16 if self.kind == "chip" else 24 if self.scale == "big" else SIZES.icon)

    def _key_size(self) -> int:
        fonts = self.look.fonts
        return max(fonts.width(self.key, "key") + self.look.px(8), self.look.px(20))

    def _parts(self) -> list[int]:
        fonts, (_, _, style) = self.look.fonts, self._style()
        bold = KINDS[self.kind].bold
        parts = [self._icon_size()] if self.icon else []
        parts += [fonts.width(self.words(), style, bold)] if self.words() else []
        return parts + ([self._key_size()] if self.key and self.show_key else [])

    def _draw_parts(self, surface: pygame.Surface, rect: pygame.Rect, ink: str) -> None:
        fonts, paint, gap = self.look.fonts, self.look.paint, self.look.px(8)
        style, bold = self._style()[2], KINDS[self.kind].bold
        spare = rect.w - self.look.px(8) - sum(self._parts()) - gap * (len(self._parts()) - 1)
        words = self.words()
        if spare < 0:
            words = fonts.cut(words, max(0, fonts.width(words, style, bold) + spare), style, bold)
        pictures = [fonts.render(words, style, ink, bold)] if words else []
        if self.icon:
            pictures.insert(1 if self.icon_after else 0, paint.icon(self.icon, self._icon_size(), ink))
        if self.key and self.show_key:
            pictures.append(self._key_cap(ink))
        x = rect.centerx - (sum(picture.get_width() for picture in pictures) + gap * (len(pictures) - 1)) // 2
        for picture in pictures:
            surface.blit(picture, picture.get_rect(midleft=(x, rect.centery)))
            x += picture.get_width() + gap

    def _key_cap(self, ink: str) -> pygame.Surface:
        cap = self.look.paint.box((self._key_size(), self.look.px(20)), self.look.px(5), "", ink).copy()
        self.look.fonts.draw(cap, self.key, cap.get_rect().center, "key", ink, anchor="center")
        return cap


class HoldButton(Button):
    """A button for what cannot be undone: it acts after being held for 0.8 s, or when Enter comes twice."""

    held: Shown[float] = Shown()
    asked: Shown[bool] = Shown()

    def __init__(
        self,
        label: str,
        act: Callable[[], object],
        *,
        icon: str = "",
        tip: str = "",
    ) -> None:
        super().__init__(label, act, "danger", icon=icon, tip=tip)
        self._since: float | None = None
        self.held = 0.0
        self.asked = False

    def words(self) -> str:
        return _("{label}?").format(label=self.label) if self.asked else _("Hold...") if self.down else self.label

    def press(self) -> None:
        self.asked = not self.asked
        if not self.asked:
            super().press()

    def event(self, event: pygame.event.Event) -> bool:
        left = event.type == pygame.MOUSEMOTION and not self.rect.collidepoint(event.pos)
        if self.down and (left or is_click(event, pygame.MOUSEBUTTONUP)):
            self._let_go()
            return True
        return super().event(event)

    def tick(self, now: float) -> bool:
        if not self.down:
            return False
        if self._since is None:
            self._since = now
        self.held = min(1.0, (now - self._since) / (HOLD_TO_CONFIRM / 1000))
        if self.held >= 1.0:
            self._let_go()
            self.act()
        return self.down

    def focus_changed(self, gained: bool) -> None:
        self.asked = False

    def _colours(self, theme: Theme, kind: Kind) -> tuple[Colour | str, str, str]:
        return ("surface", kind.text, kind.edge) if self.down else super()._colours(theme, kind)

    def draw_inside(self, surface: pygame.Surface, rect: pygame.Rect, fill: str, radius: int) -> None:
        done = round(rect.w * self.held)
        if done > 0:
            clip = surface.get_clip()
            surface.set_clip(clip.clip((rect.x, rect.y, done, rect.h)))
            surface.blit(self.look.paint.box(rect.size, radius, "danger_soft", "danger"), rect)
            surface.set_clip(clip)

    def _let_go(self) -> None:
        self.down, self.held, self._since = False, 0.0, None


def fills(theme: Theme, kind: ButtonKind) -> tuple[str, str, str]:
    """The grounds of a kind of button as roles or colours: at rest, under the pointer, pressed."""
    table = KINDS[kind]
    return table.fill, table.hover or _deeper(theme, table.fill, 0.12), table.press or _deeper(theme, table.fill, 0.24)


def _deeper(theme: Theme, role: str, part: float) -> Colour:
    """A colour further from the words on it: darker in the light theme, lighter in the dark one."""
    return mix(theme.colour(role), "#FFFFFF" if theme.dark else "#000000", part)
