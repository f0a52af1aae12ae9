"""What is shown while a long match is read."""

from collections.abc import Callable

from work.desktop.buttons import Button
from work.desktop.panels import Label
from work.desktop.sheets import Sheet
from work.language import _


class ReadingSheet(Sheet):
    """Says that a match of this name is being read; who closes it gives that up."""

    def __init__(self, name: str, close: Callable[[], object]) -> None:
        says = Label(_("{match} is being read. It is long, so this takes a moment.").format(match=name), wrap=True)
        give_up = Button(_("Give up"), close, key="Esc", show_key=False)
        super().__init__(_("Reading the match..."), close, says, give_up, wide=440)
