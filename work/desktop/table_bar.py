"""The bar above a table: the way back, what is played, who watches, the code for friends, and how the connection is."""

from collections.abc import Callable

import pygame

from work.desktop.buttons import Button
from work.desktop.hosts import bars_for
from work.desktop.panels import Chip, Label, Panel
from work.desktop.table_words import options_words
from work.desktop.theme import SIZES
from work.desktop.widgets import Widget, place_row
from work.language import _, spoken
from work.table import Table

NAMED = 2
"""So many who watch are named in a bar that has room; of more it is told how many, and the names when pointed at."""


class TableBar(Panel):
    """Stands at the window's upper edge; `small` leaves out what a small window has no room for."""

    def __init__(
        self,
        table: Table,
        leave: Callable[[], object],
        settings: Callable[[], object],
        pause: Callable[[], object],
        help: Callable[[], object],
    ) -> None:
        self.small = False
        self.back = Button(_("Lobby"), leave, "quiet", icon="back", tip=_("Back to the lobby"))
        self.title = Label(spoken(table.game.title), "heading", bold=True)
        self.subtitle = Label(options_words(table), "caption", "text_2")
        self.watching = Chip("", icon="eye")
        self.code = Chip(_("Table {code}").format(code=table.code), icon="lock" if table.about.private else "people")
        self.code.tip = _("Friends join with this code.")
        self.connection = Chip(_("connected"), icon="wifi", signal=3)
        self.gear = Button("", settings, "quiet", icon="gear", tip=_("Settings"))
        self.pause = Button("", pause, "quiet", icon="pause", tip=_("Ask for a pause"))
        how = _("How to play (F1)")
        self.help = Button("", help, "quiet", icon="info", key="F1", show_key=False, tip=how)
        left, right = (self.back, self.title, self.subtitle), (self.connection, self.pause, self.help, self.gear)
        super().__init__(*left, self.watching, self.code, *right, bar=True)

    def show(self, table: Table) -> None:
        """Show who watches, whether one can ask for a pause, and what was agreed on."""
        playing = table.about.state == "playing" and table.outcome is None
        self.pause.visible = playing and table.seat is not None and not table.about.paused
        watchers = table.about.watchers
        self.subtitle.text = options_words(table)
        self.watching.visible = bool(watchers)
        names = _(", ").join(watchers)
        self.watching.text = str(len(watchers)) if self.small or len(watchers) > NAMED else names
        self.watching.tip = _("{names} watching").format(names=names)
        if self.rect.w:
            self.arrange()  # what stands between the title and the chips has moved

    def show_connection(self, here: bool, delay: float | None) -> None:
        """Show whether the server can be reached, and in how many seconds there and back."""
        unknown = "" if self.small else _("connected")
        known = unknown if delay is None else f"{max(1, round(delay * 1000))} ms"
        self.connection.text = known if here else _("no answer")
        self.connection.kind = "plain" if here else "danger"
        self.connection.signal = bars_for(delay) if here else None

    @property
    def between(self) -> tuple[int, int]:
        """From where to where nothing is between the title and the first chip; for a bar that is small."""
        first = self.watching if self.watching.visible else self.connection
        return self.title.rect.right + self.look.px(12), first.rect.x - self.look.px(12)

    def arrange(self) -> None:
        px, gap = self.look.px, self.look.px(8)
        inside = self.rect.inflate(-px(16), -px(4))
        self.back.label = "" if self.small else _("Lobby")
        self.subtitle.visible = self.code.visible = not self.small
        place_row(inside, *_shown(self.back, self.title, self.subtitle), gap=px(12))
        place_row(inside, *_shown(self.pause, self.help, self.gear), gap=0, align="right")
        chip = self.connection.size()[1]
        first = _shown(self.pause, self.help)[0].rect.x
        chips = pygame.Rect(inside.x, inside.centery - chip // 2, first - gap - inside.x, chip)
        row = _shown(self.watching, self.code, self.connection)
        place_row(chips, *row, gap=gap, align="right")
        place, right = self.subtitle.rect, row[0].rect.x - px(12)
        self.subtitle.rect = pygame.Rect(place.x, place.y, max(0, min(place.w, right - place.x)), place.h)

    def size(self) -> tuple[int, int]:
        return self.rect.w, self.look.theme.high(SIZES.bar_small if self.small else SIZES.bar)


def _shown(*widgets: Widget) -> list[Widget]:
    return [widget for widget in widgets if widget.visible]
