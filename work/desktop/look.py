"""All that drawing needs, in one thing to pass around."""

from functools import cached_property

from work.desktop.fonts import Fonts
from work.desktop.paint import Paint
from work.desktop.theme import Theme


class Look:
    """A theme with its fonts and its paint; another theme, scale or text size is another Look."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.px = theme.px

    @cached_property
    def fonts(self) -> Fonts:
        return Fonts(self.theme)

    @cached_property
    def paint(self) -> Paint:
        return Paint(self.theme)
