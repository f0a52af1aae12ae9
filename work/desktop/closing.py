"""The question before a window closes beside which friends play on."""

from collections.abc import Callable

from work.desktop.big_buttons import BigButton
from work.desktop.buttons import HoldButton
from work.desktop.panels import Label
from work.desktop.sheets import Sheet
from work.language import _, ngettext


class ClosingSheet(Sheet):
    """Says that the table lives on for so many others; `go` closes the window, `end` ends everything first."""

    def __init__(
        self, others: int, go: Callable[[], object], end: Callable[[], object], stay: Callable[[], object]
    ) -> None:
        title = ngettext("A friend is still here", "{count} friends are still here", others)
        words = _(
            "Your tables live on without this window until the last one leaves. You find them again in your list."
        )
        closing = BigButton(_("Close the window"), _("they play on here"), go, "main", icon="house")
        ending = HoldButton(_("End it for everybody"), end, icon="flag", tip=_("Hold it: all tables here end."))
        super().__init__(title.format(count=others), stay, Label(words, wrap=True), closing, ending, wide=480)
