"""Sums with colours, which are "#rrggbb" everywhere: pygame and SVG both read that."""

from typing import TypeAlias

Colour: TypeAlias = str


def rgb(colour: Colour) -> tuple[int, int, int]:
    """The three numbers of "#rrggbb", 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: Colour, other: Colour, part: float) -> Colour:
    """A colour between two: `part` 0 is `one`, 1 is `other`."""
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in zip(rgb(one), rgb(other), strict=True))


def contrast(one: Colour, other: Colour) -> float:
    """How well two colours can be told apart, 1 to 21 (WCAG 2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (v / 3294.6 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
