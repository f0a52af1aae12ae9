"""What boards may be made of: the colours in which each differs from beech, which the theme itself has.

Walnut and green are so dark that their letters are light; what may be stepped on is nearly black there.
"""

from typing import Literal, TypeAlias

from work.desktop.colour import Colour, mix
from work.language import N_

BoardName: TypeAlias = Literal["beech", "oak", "walnut", "green"]

BOARDS: dict[BoardName, str] = {
    "beech": N_("Beech"), "oak": N_("Oak"), "walnut": N_("Walnut"), "green": N_("Painted green"),
}  # fmt: skip

_CHANGES: dict[tuple[BoardName, str], dict[str, Colour]] = {
    ("oak", "light"): {
        "board": "#C8934F", "board_light": "#D9A765", "board_dark": "#B57E3B", "board_line": "#4A3014",
        "board_text": "#3F2810", "rim": "#7A4F28", "rim_light": "#94623A", "rim_dark": "#66401F", "legal": "#124734",
        "square_light": "#E5C896", "square_dark": "#A3753F", "stone_edge": "#4A3014",
    },
    ("oak", "dark"): {
        "board": "#B07E43", "board_light": "#C08E53", "board_dark": "#9C6C32", "board_line": "#33200D",
        "board_text": "#281809", "rim": "#50361F", "rim_light": "#5F4229", "rim_dark": "#3D2815",
        "square_light": "#CBA873", "square_dark": "#8F6538",
    },
    ("walnut", "light"): {
        "board": "#976539", "board_light": "#A87446", "board_dark": "#86562D", "board_line": "#1F1206",
        "board_text": "#FFF8EA", "rim": "#5C3A20", "rim_light": "#74492A", "rim_dark": "#482C17", "legal": "#05211A",
        "square_light": "#E2C49C", "square_dark": "#9E6D40", "stone_edge": "#3A2411",
    },
    ("walnut", "dark"): {
        "board": "#8F5F33", "board_light": "#9D6C3E", "board_dark": "#7F5229", "board_line": "#160C04",
        "board_text": "#FFF8EA", "rim": "#462C19", "rim_light": "#563723", "rim_dark": "#362113", "legal": "#04190F",
        "square_light": "#CDAA7F", "square_dark": "#8F6037",
    },
    ("green", "light"): {
        "board": "#418068", "board_light": "#4A8C73", "board_dark": "#38735B", "board_line": "#0D2018",
        "board_text": "#FFFFFF", "legal": "#05211A", "square_light": "#DCE6D3", "square_dark": "#6F9A7B",
        "stone_edge": "#1F3D2E",
    },
    ("green", "dark"): {
        "board": "#3C785F", "board_light": "#45846A", "board_dark": "#346B54", "board_line": "#08170F",
        "board_text": "#FFFFFF", "legal": "#04190F", "square_light": "#BFCBB6", "square_dark": "#5E8A6C",
    },
}  # fmt: skip


def changes(board: BoardName, theme: str, high_contrast: bool) -> dict[str, Colour]:
    """The colours, by their role, that a board changes in a theme.

    In high contrast it is lighter and without a grain, its lines and letters are black.
    """
    colours = _CHANGES.get((board, theme), {})
    if not colours or not high_contrast:
        return colours
    flat = mix(colours["board"], "#FFFFFF", 0.25)
    return {
        **colours,
        "board": flat,
        "board_light": flat,
        "board_dark": flat,
        "board_line": "#000000",
        "board_text": "#000000",
    }
