"""Games as tiles: each with a picture of its own table, its name and how many play it."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pygame

from games import GAMES
from games.example import example_match
from games.game import Game
from games.game_info import view
from games.scene import Scene
from work.desktop.buttons import Button, Pressable
from work.desktop.lists import ScrollList
from work.desktop.look import Look
from work.desktop.panels import Label
from work.desktop.sheets import Sheet
from work.desktop.stage_picture import picture
from work.desktop.theme import SIZES
from work.desktop.widgets import Group, Shown, Widget
from work.language import _, spoken

WORDS_FROM = 180
"""Logical width from which a tile's picture has room for a button with words."""


class GamePicture:
    """The table of a game a few steps in, as a picture with round corners; made once for its look and size."""

    def __init__(self, game: Game[Any]) -> None:
        self.game = game
        self._made: tuple[Look, tuple[int, int], pygame.Surface] | None = None

    def get(self, look: Look, size: tuple[int, int], radius: int) -> pygame.Surface:
        """The picture; the lower corners are square where `size` is cut at a tile's edge."""
        if self._made is None or self._made[0] is not look or self._made[1] != size:
            tall = (size[0], size[1] + radius)
            out = look.paint.masked(picture(look, _scene(self.game.name), size), 0)
            shape = look.paint.box(tall, radius, "#FFFFFF").subsurface((0, 0), size)
            out.blit(shape, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
            self._made = look, size, out
        return self._made[2]


class Tile(Pressable):
    """A game; `chip` says who waits for it."""

    chip: Shown[str] = Shown()

    def __init__(self, game: Game[Any], act: Callable[[Game[Any]], object]) -> None:
        super().__init__(lambda: act(game), tip=spoken(game.summary))
        self.game = game
        self.chip = ""
        self._picture = GamePicture(game)

    def height(self, width: int) -> int:
        return width * SIZES.tile_picture[1] // SIZES.tile[0] + self.look.theme.high(40)

    def draw(self, surface: pygame.Surface) -> None:
        look, px = self.look, self.look.px
        paint, fonts, radius = look.paint, look.fonts, look.px(SIZES.radius_panel)
        rect = self.rect.move(0, px(1)) if self.down else self.rect
        paint.panel(surface, rect, "surface_2" if self.hovered else "surface", shadow=0 if self.down else 1)
        edge = look.theme.edge_width
        size = (rect.w - 2 * edge, rect.h - look.theme.high(40))
        surface.blit(self._picture.get(look, size, radius - edge), (rect.x + edge, rect.y + edge))
        middle, (seats, icon) = rect.bottom - look.theme.high(20), self._beside()
        place = fonts.draw(surface, seats, (rect.right - px(12), middle), "caption", "text_2", anchor="midright")
        if icon:
            people = paint.icon("people", px(16), "text_2")
            surface.blit(people, people.get_rect(midright=(place.x - px(5), middle)))
        name, room = spoken(self.game.title), rect.w - px(24)
        fonts.draw(surface, name, (rect.x + px(12), middle), "name", anchor="midleft", width=room)
        if self.chip:
            words = fonts.cut(self.chip, rect.w - px(36), "caption")
            box = pygame.Rect(rect.x + px(8), rect.y + px(8), fonts.width(words, "caption") + px(20), px(26))
            surface.blit(paint.box(box.size, box.h // 2, "turn"), box)
            fonts.draw(surface, words, box.center, "caption", "on_turn", anchor="center")
        self.draw_ring(surface, radius)

    def hint(self) -> str:
        left_away = not self._beside()[0]
        return self.off or (f"{self._seats()} · {self.tip}" if left_away else self.tip)

    def _seats(self) -> str:
        return _("{seats}").format(seats=self.game.seating())

    def _beside(self) -> tuple[str, bool]:
        """What there is room for beside the title, which is never cut for it: how many play, and an icon."""
        px, fonts, seats = self.look.px, self.look.fonts, self._seats()
        room = self.rect.w - px(24 + 8) - fonts.width(spoken(self.game.title), "name") - fonts.width(seats, "caption")
        return ("", False) if room < 0 else (seats, room >= px(16 + 5))


class GameCard(Group):
    """A tile, and on its picture a button that begins the game against bots at once; `alone` shows that button.

    On a small picture the button has no words, so that most of the picture is seen; its tip has them.
    """

    alone: Shown[bool] = Shown()

    def __init__(self, tile: Tile, play: Callable[[Game[Any]], object]) -> None:
        self.tile = tile
        words = _("Play {game} against bots, at once").format(game=spoken(tile.game.title))
        self.bots = Button(_("Against bots"), lambda: play(tile.game), "chip", icon="bot", tip=words)
        super().__init__(tile, self.bots)
        self.alone = False

    def height(self, width: int) -> int:
        return self.tile.height(width)

    def arrange(self) -> None:
        self.tile.rect = self.rect
        self.bots.visible = self.alone and not self.tile.off
        self.bots.label = _("Against bots") if self.rect.w >= self.look.px(WORDS_FROM) else ""
        wide, high = self.bots.size()
        edge = self.look.px(8)
        foot = self.rect.bottom - self.look.theme.high(40) - edge
        wide = min(wide, self.rect.w - 2 * edge)
        self.bots.rect = pygame.Rect(self.rect.right - edge - wide, foot - high, wide, high)


class Grid(Group):
    """Widgets of one size in as many columns as fit; arrow keys go from one to the next, or to the first thing in it.

    `least` is the logical width that each needs at least, `most` the number of columns; where it `grows`, large text
    needs more.
    """

    def __init__(
        self, *children: Widget, least: int, most: int = 12, gap: int = SIZES.edge, grows: bool = False
    ) -> None:
        self.least, self.most, self.gap, self.grows = least, most, gap, grows
        super().__init__(*children)

    def columns(self, width: int) -> int:
        """How many stand side by side."""
        gap, theme = self.look.px(self.gap), self.look.theme
        least = theme.high(self.least) if self.grows else theme.px(self.least)
        return max(1, min(self.most, (width + gap) // (least + gap)))

    def height(self, width: int) -> int:
        shown = [child for child in self.children if child.visible]
        columns, gap = self.columns(width), self.look.px(self.gap)
        rows = -(-len(shown) // columns)
        wide = (width - gap * (columns - 1)) // columns
        return rows * shown[0].height(wide) + (rows - 1) * gap if shown else 0

    def arrange(self) -> None:
        shown = [child for child in self.children if child.visible]
        columns, gap = self.columns(self.rect.w), self.look.px(self.gap)
        for number, child in enumerate(shown):
            row, column = divmod(number, columns)
            left = self.rect.x + (self.rect.w + gap) * column // columns
            wide = self.rect.x + (self.rect.w + gap) * (column + 1) // columns - gap - left
            high = child.height((self.rect.w - gap * (columns - 1)) // columns)
            child.rect = pygame.Rect(left, self.rect.y + row * (high + gap), wide, high)

    def event(self, event: pygame.event.Event) -> bool:
        root = self.root()
        shown = [child for child in self.children if child.visible]
        here = next((k for k, child in enumerate(shown) if root is not None and root.focus in _with_all(child)), None)
        if event.type != pygame.KEYDOWN or root is None or here is None:
            return False
        columns = self.columns(self.rect.w)
        ways = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1, pygame.K_UP: -columns, pygame.K_DOWN: columns}
        there = here + ways.get(event.key, 0)
        if there == here or not 0 <= there < len(shown):
            return False
        root.focus_on(next(one for one in _with_all(shown[there]) if one.focusable), by_keyboard=True)
        return True


class GamesSheet(Sheet):
    """Games to choose one from."""

    def __init__(
        self,
        title: str,
        words: str,
        games: Iterable[Game[Any]],
        choose: Callable[[Game[Any]], object],
        close: Callable[[], object],
    ) -> None:
        tiles = Grid(*(Tile(game, choose) for game in games), least=145, grows=True)
        super().__init__(title, close, Label(words, "text", "text_2"), ScrollList(tiles, margin=6), wide=720)


def _with_all(widget: Widget) -> list[Widget]:
    """A widget, and all that it holds."""
    return [widget, *widget.walk()] if isinstance(widget, Group) else [widget]


@cache
def _scene(game: str) -> Scene:
    return GAMES[game].scene(view(example_match(GAMES[game]).info, 0), 0)
