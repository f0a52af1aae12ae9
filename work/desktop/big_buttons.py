"""Buttons that say more than a word: large ones with a second line, and words to press in a sentence."""

from collections.abc import Callable

import pygame

from work.desktop.buttons import KINDS, ButtonKind, Pressable, fills
from work.desktop.theme import SIZES, Style
from work.desktop.widgets import Shown


class BigButton(Pressable):
    """An icon, what happens, and under it what that means.

    `default` draws the focus ring although the keyboard is elsewhere: Enter there comes here.
    """

    label: Shown[str] = Shown()
    text: Shown[str] = Shown()
    kind: Shown[ButtonKind] = Shown()
    default: Shown[bool] = Shown()

    def __init__(
        self,
        label: str,
        text: str,
        act: Callable[[], object],
        kind: ButtonKind = "plain",
        *,
        icon: str = "",
    ) -> None:
        super().__init__(act)
        self.label, self.text, self.kind, self.icon = label, text, kind, icon
        self.default = False

    def size(self) -> tuple[int, int]:
        fonts, px = self.look.fonts, self.look.px
        words = max(fonts.width(self.label, "name"), fonts.width(self.text, "caption"))
        return words + px(84), self.look.theme.high(60)

    def hint(self) -> str:
        return self.off or (self.text if self._room() < self.look.fonts.width(self.text, "caption") else self.tip)

    def draw(self, surface: pygame.Surface) -> None:
        look, px = self.look, self.look.px
        kind = KINDS[self.kind]
        rect = self.rect.move(0, px(1)) if self.down else self.rect
        radius = px(SIZES.radius_panel)
        at_rest, hover, pressed = fills(look.theme, self.kind)
        fill, ink, edge = pressed if self.down else hover if self.hovered else at_rest, kind.text, kind.edge
        if self.off:
            fill, ink, edge = "surface_2", "text_off", "line"
        if self.kind == "main" and not self.off and not self.down:
            look.paint.shadow(surface, rect, radius)
        surface.blit(look.paint.box(rect.size, radius, fill, edge), rect)
        icon = look.paint.icon(self.icon, px(26), ink)
        surface.blit(icon, icon.get_rect(center=(rect.x + px(38), rect.centery)))
        x, room = rect.x + px(68), self._room()
        title: Style = "heading" if rect.h >= look.theme.high(70) else "name"
        middle = rect.centery - look.theme.line("caption") // 2
        look.fonts.draw(surface, self.label, (x, middle), title, ink, anchor="midleft", width=room)
        second = "text_2" if ink == "text" else ink
        below = rect.centery + look.theme.line("name") // 2 + px(1)
        look.fonts.draw(surface, self.text, (x, below), "caption", second, anchor="midleft", width=room)
        if self.default:
            look.paint.ring(surface, self.rect, radius)
        else:
            self.draw_ring(surface, radius)

    def _room(self) -> int:
        return self.rect.w - self.look.px(68 + 12)


class Link(Pressable):
    """Underlined words that do something."""

    label: Shown[str] = Shown()

    def __init__(self, label: str, act: Callable[[], object]) -> None:
        super().__init__(act)
        self.label = label

    def size(self) -> tuple[int, int]:
        return self.look.fonts.width(self.label, "caption"), self.look.theme.high(SIZES.button_small)

    def draw(self, surface: pygame.Surface) -> None:
        look = self.look
        ink = "accent_text" if self.hovered or self.down else "text_2"
        anchor = self.rect.midleft
        words = look.fonts.draw(surface, self.label, anchor, "caption", ink, anchor="midleft", width=self.rect.w)
        y = words.bottom - look.px(2)
        pygame.draw.line(surface, look.theme.colour(ink), (words.x, y), (words.right, y))
        self.draw_ring(surface, look.px(4), words.inflate(look.px(4), 0))
