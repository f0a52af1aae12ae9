"""The sheet that says how a game is played, and by which rules."""

from collections.abc import Callable
from typing import Any

from games.game import Game
from work.desktop.lists import ScrollList
from work.desktop.panels import Label
from work.desktop.sheets import Sheet
from work.language import _, spoken


class HelpSheet(Sheet):
    """What a game is about, how one plays it with mouse and keys, and the rule text that it follows."""

    def __init__(self, game: Game[Any], close: Callable[[], object]) -> None:
        hands = _(
            "With the mouse, click places and buttons; a piece first and then its place, or drag it there. With the "
            "keyboard, the arrows go from place to place or change a bid, Enter or Space touches, Esc takes back a "
            "touch, and Tab goes to the buttons."
        )
        said = [Label(spoken(paragraph), wrap=True) for paragraph in (game.summary, *game.help)]
        small = [Label(text, "caption", "text_2", wrap=True) for text in (hands, spoken(game.rules))]
        super().__init__(spoken(game.title), close, ScrollList(*said, *small, gap=10), wide=720)
