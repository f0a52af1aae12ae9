"""The picture on the first screen: a round table from above, with something of every kind of game on it."""

import math

import pygame

from games import GAMES
from games.example import example_match
from games.scene import card, die
from work.desktop.look import Look
from work.desktop.stage_items import Painter
from work.desktop.stage_picture import picture
from work.desktop.stage_pieces import stone
from work.desktop.widgets import Widget
from work.language import _

BOARD, BOARD_AT, BOARD_TURN = 0.48, (-0.013, -0.046), 7.6
"""The board's side and its middle as seen from the table's, in diameters of the table; its turn in degrees."""
STONES = (("black", -0.387, -0.013), ("black", -0.383, 0.063), ("white", -0.336, 0.021))
STONE = 0.064
CARDS = (
    ("S10", -0.115, 0.303, -30), ("HJ", -0.066, 0.284, -16), ("SQ", -0.018, 0.273, -1),
    ("DK", 0.036, 0.288, 13), ("SA", 0.086, 0.313, 29),
)  # fmt: skip
CARD = 0.112
DICE = ((5, 0.306, 0.029, 19), (3, 0.351, 0.139, -15))
DIE = 0.076
SEATS_AT, SEAT, SEATS = 0.563, 38, 8


class TablePicture(Widget):
    """The round table, the program's name above it and a line beneath; made once for its size."""

    def __init__(self) -> None:
        super().__init__()
        self._made: tuple[Look, pygame.Surface] | None = None

    @property
    def touchable(self) -> bool:
        return False

    def draw(self, surface: pygame.Surface) -> None:
        if self._made is None or self._made[0] is not self.look or self._made[1].get_size() != self.rect.size:
            self._made = self.look, _painted(self.look, self.rect.size)
        surface.blit(self._made[1], self.rect)


def _painted(look: Look, size: tuple[int, int]) -> pygame.Surface:
    px, paint, fonts = look.px, look.paint, look.fonts
    out = paint.cloth(size).copy()
    across = min(round(size[0] * 0.793), size[1] - px(324)) // 2 * 2
    middle = pygame.Vector2(size[0] / 2, size[1] / 2 - px(12))
    table = pygame.Rect(0, 0, across, across)
    table.center = round(middle.x), round(middle.y)
    paint.shadow(out, table, across // 2, 2)
    out.blit(paint.table(table.size, across // 2), table)

    def put(thing: pygame.Surface, x: float, y: float) -> None:
        out.blit(thing, thing.get_rect(center=(round(middle.x + x * across), round(middle.y + y * across))))

    put(*_board(look, round(across * BOARD)))
    for colour, x, y in STONES:
        put(stone(look, colour, round(across * STONE), ""), x, y)
    cards, dice = Painter(look, across * CARD, "felt"), Painter(look, across * DIE, "felt")
    for name, x, y, turn in CARDS:
        put(cards.picture(card((0, 0), name), turn), x, y)
    for face, x, y, turn in DICE:
        put(dice.picture(die((0, 0), face), turn), x, y)
    for seat in range(SEATS):
        way = 2 * math.pi * seat / SEATS
        put(paint.seat(seat + 1, px(SEAT), ring="surface"), SEATS_AT * math.sin(way), -SEATS_AT * math.cos(way))
    above, below = table.top - px(88), table.bottom + px(124)
    motto = _("Table games with the people around you")
    fonts.draw(out, _("Roundtable"), (table.centerx, above), px(40), anchor="center", bold=True)
    fonts.draw(out, motto, (table.centerx, below), "text", "text_2", anchor="center")
    _shade(out, px(48))
    return out


def _board(look: Look, side: int) -> tuple[pygame.Surface, float, float]:
    """A framed gomoku board with a match on it, turned, and where it lies."""
    game = GAMES["gomoku"]
    large = 3 * side
    frame = large // 22
    board = look.paint.masked(look.paint.wood((large, large), "rim"), frame)
    scene = game.scene(example_match(game).info, None)
    board.blit(picture(look, scene, (large - 2 * frame, large - 2 * frame)), (frame, frame))
    turned = pygame.transform.rotozoom(board, BOARD_TURN, 1)
    turned = pygame.transform.smoothscale_by(turned, side / large)  # rotozoom would lose the thin lines
    blur = look.px(6)
    shadow = pygame.Surface((turned.get_width() + 4 * blur, turned.get_height() + 4 * blur), pygame.SRCALPHA)
    shadow.blit(turned, (2 * blur, 2 * blur + blur // 2))
    shadow.fill((0, 0, 0, 110), special_flags=pygame.BLEND_RGBA_MULT)
    shadow = pygame.transform.gaussian_blur(shadow, blur)
    shadow.blit(turned, (2 * blur, 2 * blur))
    return shadow, *BOARD_AT


def _shade(out: pygame.Surface, width: int) -> None:
    """Let the picture's right edge lie a little lower than the paper beside it."""
    shade = pygame.Surface((width, 1), pygame.SRCALPHA)
    for x in range(width):
        shade.set_at((x, 0), (0, 0, 0, round(34 * (x / width) ** 2)))
    out.blit(pygame.transform.scale(shade, (width, out.get_height())), (out.get_width() - width, 0))
