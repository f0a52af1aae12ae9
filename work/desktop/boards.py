"""What boards may be made of: the colours in which each differs from beech, which the theme itself has."""

from typing import Literal, TypeAlias

from work.desktop.colour import Colour, mix
from work.language import N_

BoardName: TypeAlias = Literal["beech", "oak", "cherry", "green"]

BOARDS: dict[BoardName, str] = {
    "beech": N_("Beech"), "oak": N_("Oak"), "cherry": N_("Cherry"), "green": N_("Painted green"),
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
    ("cherry", "light"): {
        "board": "#BE8159", "board_light": "#CF936C", "board_dark": "#AC6D46", "board_line": "#44240F",
        "board_text": "#351A09", "rim": "#6E3F26", "rim_light": "#875237", "rim_dark": "#57301B", "legal": "#0F3A2B",
        "square_light": "#E6BE9F", "square_dark": "#9E6442", "stone_edge": "#44240F",
    },
    ("cherry", "dark"): {
        "board": "#B27A57", "board_light": "#C18A67", "board_dark": "#9F6845", "board_line": "#331B0B",
        "board_text": "#261206", "rim": "#4C2D1C", "rim_light": "#5C3927", "rim_dark": "#3A2114",
        "square_light": "#CFA283", "square_dark": "#925F44",
    },
    ("green", "light"): {
        "board": "#7FA98A", "board_light": "#8FB699", "board_dark": "#6D9979", "board_line": "#1F3D2E",
        "board_text": "#1B3427", "legal": "#10402F", "square_light": "#DCE6D3", "square_dark": "#6F9A7B",
        "stone_edge": "#1F3D2E",
    },
    ("green", "dark"): {
        "board": "#6B9778", "board_light": "#79A486", "board_dark": "#5B8868", "board_line": "#17301F",
        "board_text": "#11251A", "square_light": "#BFCBB6", "square_dark": "#5E8A6C",
    },
}  # fmt: skip


def changes(board: BoardName, theme: str, high_contrast: bool) -> dict[str, Colour]:
    """The colours, by their role, that a board changes in a theme; in high contrast it is lighter, without a grain."""
    colours = _CHANGES.get((board, theme), {})
    if not colours or not high_contrast:
        return colours
    flat = mix(colours["board"], "#FFFFFF", 0.25)
    return {**colours, "board": flat, "board_light": flat, "board_dark": flat, "board_line": "#000000"}
