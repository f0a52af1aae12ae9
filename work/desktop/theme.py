"""The look in numbers: the one place for colours, sizes, times and textures of the window.

Lengths are logical pixels; `Theme.px` makes real ones. Colours are "#rrggbb", which pygame and SVG both read. A test
computes the contrast (WCAG 2) of every pair of colours that must be readable together, in each theme.
"""

from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from work.desktop.boards import BoardName, changes
from work.desktop.colour import Colour

ThemeName: TypeAlias = Literal["light", "dark"]
Style: TypeAlias = Literal[
    "title", "heading", "name", "text", "list", "caption", "key", "clock", "clock_small", "count"
]
Motion: TypeAlias = Literal["full", "short", "off"]
LayoutClass: TypeAlias = Literal["small", "regular", "wide"]


@dataclass(frozen=True)
class Colours:
    """Every colour of the window by its role; the defaults are the light theme.

    `on_x` is for words on a filled `x`, `x_soft` for a ground in the sense of `x`.
    """

    bg: Colour = "#EFE8DB"
    surface: Colour = "#FBF8F1"
    surface_2: Colour = "#F1EADD"
    surface_3: Colour = "#E6DDCC"
    line: Colour = "#DCD2C1"
    line_strong: Colour = "#8C8070"
    text: Colour = "#2A241D"
    text_2: Colour = "#5C5244"
    text_off: Colour = "#8A7F70"
    accent: Colour = "#1D6A50"
    accent_hover: Colour = "#175A43"
    accent_press: Colour = "#124734"
    on_accent: Colour = "#FFFFFF"
    accent_soft: Colour = "#DCEBE0"
    accent_text: Colour = "#17593F"
    turn: Colour = "#F0A431"
    on_turn: Colour = "#2A1C05"
    turn_text: Colour = "#8A4B00"
    turn_soft: Colour = "#FCEBCB"
    info: Colour = "#2A5CA3"
    on_info: Colour = "#FFFFFF"
    info_soft: Colour = "#DFE9F5"
    draw: Colour = "#6C489C"
    on_draw: Colour = "#FFFFFF"
    draw_soft: Colour = "#ECE4F4"
    danger: Colour = "#AE3124"
    on_danger: Colour = "#FFFFFF"
    danger_soft: Colour = "#F9E2DC"
    good: Colour = "#2B7343"
    focus: Colour = "#1257D6"
    cloth: Colour = "#DDD3C2"
    felt: Colour = "#3B7A5E"
    felt_edge: Colour = "#2F644C"
    on_felt: Colour = "#FFFFFF"
    rim: Colour = "#8F5F31"
    board: Colour = "#DDB373"
    board_line: Colour = "#5A3D1C"
    board_text: Colour = "#5A3D1C"
    stone_black: Colour = "#1D1B1A"
    stone_white: Colour = "#FBF7EE"
    last_on_black: Colour = "#FF9A7A"
    last_on_white: Colour = "#C2331F"
    card: Colour = "#FFFDF8"
    card_edge: Colour = "#C9BFAF"
    card_red: Colour = "#B8261B"
    card_black: Colour = "#221F1C"
    card_back: Colour = "#7A2E2A"
    card_back_2: Colour = "#F3E3C8"
    legal: Colour = "#1D6A50"
    legal_felt: Colour = "#FFFFFF"
    refused: Colour = "#AE3124"
    halo: Colour = "#FBF8F1"
    board_focus: Colour = "#1257D6"
    die: Colour = "#FBF7EE"
    die_pip: Colour = "#2A241D"
    bubble: Colour = "#FBF8F1"
    on_bubble: Colour = "#2A241D"
    veil: Colour = "#2A241D"
    seat_mark: Colour = "#FFFFFF"
    shadow: Colour = "#3C2A14"
    board_light: Colour = "#ECC88C"
    board_dark: Colour = "#CF9E5A"
    rim_light: Colour = "#A9743F"
    rim_dark: Colour = "#7C4F26"
    stone_edge: Colour = "#5A4226"
    square_light: Colour = "#F0D9B3"
    square_dark: Colour = "#B4855A"
    piece_blue: Colour = "#2A5CA3"
    piece_green: Colour = "#2B7343"


LIGHT = Colours()
DARK = Colours(
    bg="#171411", surface="#25211D", surface_2="#302B26", surface_3="#3B352F", line="#3D372F", line_strong="#8A7F70",
    text="#F0E9DD", text_2="#BDB2A1", text_off="#83796B", accent="#6CC7A1", accent_hover="#80D4B0",
    accent_press="#57B48D", on_accent="#0E241A", accent_soft="#21392F", accent_text="#83D6B2", turn="#F2B04B",
    on_turn="#2A1C05", turn_text="#F5BE68", turn_soft="#3E3018", info="#8FBBF4", on_info="#0D1B2E",
    info_soft="#212F45", draw="#C8ABF0", on_draw="#221335", draw_soft="#352A47", danger="#F38D7D",
    on_danger="#2E0D08", danger_soft="#48261F", good="#7CCB92", focus="#8CB9FF", cloth="#1F1B18",
    felt="#23503F", felt_edge="#1A3D30", on_felt="#F3F1EA", rim="#5A3F27", board="#B98A4E",
    board_line="#3A2511", board_text="#2E1D0C", stone_black="#161413", stone_white="#EDE7DA", last_on_black="#FF9A7A",
    last_on_white="#B22C1A", card="#F1EBDF", card_edge="#9E9485", card_red="#A82218", card_black="#221F1C",
    card_back="#6A2B28", card_back_2="#DCC9A8", legal="#0E3B2B", legal_felt="#F3F1EA", refused="#AE3124",
    halo="#FBF8F1", board_focus="#1257D6", die="#F1EBDF", die_pip="#221F1C", bubble="#322C27", on_bubble="#F0E9DD",
    veil="#0B0908", seat_mark="#171411", shadow="#000000", board_light="#C99A5E", board_dark="#A87739",
    rim_light="#6B4A2C", rim_dark="#46301C", stone_edge="#8A7F70", square_light="#D8BC8E", square_dark="#94693F",
    piece_blue="#2F5C96", piece_green="#2A6A40",
)  # fmt: skip
HIGH_LIGHT = replace(
    LIGHT, bg="#FFFFFF", surface="#FFFFFF", surface_2="#F2F2F2", text="#000000", text_2="#1F1F1F", line="#000000",
    line_strong="#000000", cloth="#FFFFFF", felt="#0B5A3C", board="#F0D9A8", board_line="#000000",
    board_light="#F0D9A8", board_dark="#F0D9A8",
)  # fmt: skip
HIGH_DARK = replace(
    DARK, bg="#000000", surface="#000000", surface_2="#1A1A1A", text="#FFFFFF", text_2="#E6E6E6", line="#FFFFFF",
    line_strong="#FFFFFF", cloth="#000000", felt="#063D28", board="#D8B070", board_line="#000000",
    board_light="#D8B070", board_dark="#D8B070",
)  # fmt: skip
COLOURS: dict[tuple[str, bool], Colours] = {
    ("light", False): LIGHT,
    ("dark", False): DARK,
    ("light", True): HIGH_LIGHT,
    ("dark", True): HIGH_DARK,
}

SCENE_ROLES = {
    "felt": "felt", "wood": "board", "paper": "card", "ink": "card_black", "line": "board_line",
    "black": "stone_black", "white": "stone_white", "red": "card_red", "blue": "piece_blue", "green": "piece_green",
    "dark": "square_dark", "light": "square_light", "accent": "legal", "gold": "turn",
}  # fmt: skip
"""A game's colour roles -> fields of Colours. Ink and accent suit paper, and wood in large; felt has its own."""


@dataclass(frozen=True)
class Seat:
    """One seat's sign: a disc of its own colour with a shape in it, so that nobody is told apart by colour alone."""

    shape: str
    light: Colour
    dark: Colour


SEATS = (
    Seat("circle", "#3B37B9", "#9ACCFE"), Seat("square", "#CE2513", "#FFA729"),
    Seat("triangle", "#15978C", "#4D998A"), Seat("diamond", "#72004D", "#BD7BF1"), Seat("star", "#412900", "#C57531"),
    Seat("plus", "#3772B2", "#DDE9EE"), Seat("ring", "#9C8238", "#EEDF63"), Seat("hexagon", "#07257B", "#8280C0"),
    Seat("crescent", "#B2398B", "#FBB7BB"), Seat("hourglass", "#5A5A5A", "#A5A8B2"),
)  # fmt: skip


@dataclass(frozen=True)
class Type:
    """A size of text with its line height; bold is synthetic and only good from 15 up."""

    size: int
    line: int
    bold: bool = False


TYPES: dict[Style, Type] = {
    "title": Type(28, 34, True), "heading": Type(20, 25, True), "name": Type(16, 21, True), "text": Type(15, 20),
    "list": Type(14, 25), "caption": Type(13, 18), "key": Type(12, 16), "clock": Type(28, 34),
    "clock_small": Type(20, 25), "count": Type(30, 36, True),
}  # fmt: skip
TEXT_SIZES = {"small": 0.9, "normal": 1.0, "large": 1.25}


@dataclass(frozen=True)
class Shadow:
    """A soft shadow: pixels down, blur, opacity."""

    drop: int
    blur: int
    alpha: float


SHADOWS: dict[tuple[str, int], Shadow] = {
    ("light", 1): Shadow(2, 4, 0.14), ("light", 2): Shadow(8, 12, 0.20), ("dark", 1): Shadow(2, 4, 0.40),
    ("dark", 2): Shadow(10, 14, 0.55),
}  # fmt: skip
"""Level 1 is a panel's shadow, level 2 that of what floats and of boards."""

GRAIN = {("light", "felt"): 14, ("light", "cloth"): 7, ("dark", "felt"): 11, ("dark", "cloth"): 5}
"""How far the noise of a woven texture goes from its colour (0 to 255)."""


@dataclass(frozen=True)
class Sizes:
    """Heights, gaps and radii."""

    gap: int = 8
    gap_panels: int = 12
    edge: int = 16
    bar: int = 48
    bar_small: int = 40
    button: int = 40
    button_big: int = 52
    button_small: int = 32
    field: int = 40
    seat_row: int = 72
    seat_row_small: int = 48
    pill: int = 36
    chip: int = 26
    icon: int = 18
    ring: int = 60
    dock: int = 336
    dock_small: int = 248
    dock_wide: int = 360
    tile: tuple[int, int] = (210, 152)
    tile_picture: tuple[int, int] = (208, 112)
    radius_small: int = 8
    radius_button: int = 10
    radius_panel: int = 12
    radius_table: int = 120
    radius_frame: int = 10
    focus_width: int = 3
    focus_gap: int = 2
    frame: int = 12


SIZES = Sizes()


@dataclass(frozen=True)
class Board:
    """Proportions of a board: of its side (margin), else of one step of its grid."""

    margin: float = 0.062
    line: float = 1.2
    edge_line: float = 2.2
    last_ring: float = 0.42
    last_ring_width: float = 0.17
    legal_dot: float = 0.16
    hover_opacity: float = 0.62
    focus_width: float = 3.5
    halo_width: int = 6


@dataclass(frozen=True)
class Card:
    """Proportions of a playing card, of its width."""

    radius: float = 0.085
    rank: float = 0.3
    corner_suit: float = 0.215
    big_suit: float = 0.36
    big_suit_at: tuple[float, float] = (0.575, 0.6)
    raise_chosen: float = 0.27


@dataclass(frozen=True)
class Die:
    """Proportions of a die, of its side."""

    radius: float = 0.19
    pip: float = 0.092
    one: float = 0.135
    step: float = 0.25


BOARD, CARD, DIE = Board(), Card(), Die()


@dataclass(frozen=True)
class Times:
    """How long things move, in milliseconds; all are 0 where motion is off.

    `pace` multiplies the times of what moves on a table, which stand in motions.py.
    """

    pace: float = 1
    bubble_in: int = 120
    bubble_out: int = 200
    shake: int = 160
    shake_px: int = 4
    pulse: int = 600


TIMES: dict[Motion, Times] = {
    "full": Times(),
    "short": Times(0.5, 60, 100, 0, 0, 0),
    "off": Times(0, 0, 0, 0, 0, 0),
}
BUBBLE_STAYS = 2500
HOLD_TO_CONFIRM = 800
TIP_AFTER = 400

SCALES = ((3600, 2000, 2.0), (2400, 1300, 1.5), (1600, 1000, 1.25))


@dataclass(frozen=True)
class Theme:
    """One way the window looks: theme, scale of the window, and what else the player has chosen.

    `board` is what boards are made of, `places` whether it is shown where one may step, `coordinates` whether boards
    have their letters and numbers.
    """

    name: ThemeName = "light"
    scale: float = 1.0
    text_scale: float = 1.0
    high_contrast: bool = False
    motion: Motion = "full"
    board: BoardName = "beech"
    places: bool = True
    coordinates: bool = True
    colours: Colours = field(init=False, compare=False, repr=False)
    times: Times = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        board = changes(self.board, self.name, self.high_contrast)
        object.__setattr__(self, "colours", replace(COLOURS[self.name, self.high_contrast], **board))
        object.__setattr__(self, "times", TIMES[self.motion])

    @property
    def dark(self) -> bool:
        return self.name == "dark"

    @property
    def textures(self) -> bool:
        """Whether wood, felt and cloth have their grain (not in high contrast)."""
        return not self.high_contrast

    @property
    def edge_width(self) -> int:
        """Width of the edges of panels and controls, in real pixels."""
        return max(1, round(self.scale)) * (2 if self.high_contrast else 1)

    def px(self, length: float) -> int:
        """Real pixels for a length in logical ones."""
        return round(length * self.scale)

    def high(self, height: float) -> int:
        """Real height of something that holds a line of text: it grows along with large text."""
        return round(height * self.scale * max(1.0, self.text_scale))

    def size(self, style: Style) -> int:
        """Real pixels of a style's letters."""
        return round(TYPES[style].size * self.scale * self.text_scale)

    def line(self, style: Style) -> int:
        """Real height of one line in a style."""
        return round(TYPES[style].line * self.scale * self.text_scale)

    def colour(self, role: str) -> Colour:
        """Colour of a role; "#rrggbb" stays as it is. An unknown role is a mistake in the program."""
        return role if role.startswith("#") else str(getattr(self.colours, role))

    def scene_colour(self, role: str) -> Colour:
        """Colour of a role that a game's scene names; "#rrggbb" stays as it is."""
        return role if role.startswith("#") else self.colour(SCENE_ROLES[role])

    def seat(self, seat: int) -> Colour:
        """Colour of a seat, counted from 1; the eleventh begins anew."""
        sign = SEATS[(seat - 1) % len(SEATS)]
        return sign.dark if self.dark else sign.light

    def shadow(self, level: int) -> Shadow:
        """Shadow of level 1 or 2, lengths in real pixels."""
        shadow = SHADOWS[self.name, level]
        return Shadow(self.px(shadow.drop), self.px(shadow.blur), shadow.alpha)


def scale_for(size: tuple[int, int]) -> float:
    """The scale that suits a window of this size in real pixels."""
    return next((scale for width, height, scale in SCALES if size[0] >= width and size[1] >= height), 1.0)


def layout_for(size: tuple[int, int], scale: float) -> LayoutClass:
    """Which of the three layouts suits a window of this size in real pixels."""
    width, height = size[0] / scale, size[1] / scale
    if width < 1100 or height < 700:
        return "small"
    return "wide" if width >= 1600 else "regular"
