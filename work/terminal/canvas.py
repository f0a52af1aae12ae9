"""Characters at places: what text drawings are painted on."""

from unicodedata import combining, east_asian_width

Style = str
"""Parameters of an ANSI "select graphic rendition" sequence, such as "1;31"; "" is plain."""
DIM = "2"

NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
CROSSES = " ╵╶└╷│┌├╴┘─┴┐┤┬┼"
"""Line signs by the arms that they have, as a sum."""


def wide(text: str) -> int:
    """How many columns a terminal needs for the text: two for each full-width character, none for accents."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


class Canvas:
    """Characters at places; columns and lines may be negative, since only what is used is shown."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], tuple[str, Style]] = {}

    def put(self, column: int, row: int, text: str, style: Style = "") -> None:
        """Write from this column on."""
        for char in text:
            size = wide(char)
            if size == 0:
                before, its_style = self.cells.get((row, column - 1), (" ", style))
                self.cells[row, column - 1] = (before + char, its_style)
                continue
            self.cells[row, column] = (char, style)
            for extra in range(1, size):
                self.cells[row, column + extra] = ("", style)
            column += size

    def cross(self, column: int, row: int, arms: int) -> None:
        """Add arms to the line sign that stands at a place."""
        sign = self.cells.get((row, column), (" ", ""))[0]
        self.put(column, row, CROSSES[arms | CROSSES.find(sign) if sign in CROSSES else arms], DIM)

    def free(self, column: int, row: int, size: int, gap: int) -> bool:
        """Whether nothing stands there, nor so many columns before and behind it."""
        places = range(column - gap, column + size + gap)
        return all(self.cells.get((row, place), (" ", ""))[0] == " " for place in places)

    def lines(self, colour: bool) -> str:
        """All that was put, from the first used column and line to the last."""
        if not self.cells:
            return ""
        left = min(column for _, column in self.cells)
        right = max(column for _, column in self.cells)
        rows = sorted({row for row, _ in self.cells})
        return "\n".join(self._line(row, left, right, colour) for row in range(rows[0], rows[-1] + 1))

    def _line(self, row: int, left: int, right: int, colour: bool) -> str:
        cells = [self.cells.get((row, column), (" ", "")) for column in range(left, right + 1)]
        if not colour:
            return "".join(char for char, _ in cells).rstrip()
        while cells and cells[-1][0] == " ":
            cells.pop()
        parts, now = [], ""
        for char, style in cells:
            if style != now:
                parts.append(f"\x1b[0;{style}m" if style else "\x1b[0m")
                now = style
            parts.append(char)
        return "".join(parts) + ("\x1b[0m" if now else "")
