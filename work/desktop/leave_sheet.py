"""The ways out of a match that goes on, each with what it means for the others."""

from collections.abc import Callable

import pygame

from work.desktop.buttons import Button
from work.desktop.panels import Label
from work.desktop.sheets import Sheet
from work.desktop.table_words import draw_off
from work.desktop.widgets import Group
from work.language import _
from work.table import Table


class LeaveSheet(Sheet):
    """Offers only what is possible: `offer` proposes a pause or to save the table, `go` shows the lobby while the seat
    is kept, `leave` gives the seat up."""

    def __init__(
        self,
        table: Table,
        close: Callable[[], object],
        offer: Callable[[str], object],
        go: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        def after(act: Callable[[], object]) -> Callable[[], object]:
            return lambda: (close(), act())

        others = [person for k, person in enumerate(table.about.people) if k != table.seat and person is not None]
        people = [person.name for person in others if not person.bot]
        rows: list[Way] = []
        if table.about.paused:
            kept = _("The table stays as it is. You find it in the lobby, also on another evening.")
            rows = [Way(Button(_("To the lobby"), after(go), "main", icon="back"), kept)]
        else:
            off, asked = draw_off(table), _asked(people)
            kept = _("{asked} The table waits for all of you, also after tonight.").format(asked=asked)
            rest = _("{asked} No clock runs, and everybody stays here.").format(asked=asked)
            save = Button(_("Save for another evening"), after(lambda: offer("save")), "main", icon="moon", off=off)
            pause = Button(_("Pause"), after(lambda: offer("pause")), icon="pause", off=off)
            rows = [Way(save, kept), Way(pause, rest)]
        if table.game.replaces and people:
            button = Button(_("Let a bot play on"), after(leave), "danger", icon="bot")
            rows.append(Way(button, _("You leave the table, and a bot takes your seat.")))
        else:
            lost = _("You lose this match.") if people else _("The match ends here.")
            rows.append(Way(Button(_("Give up and leave"), after(leave), "danger", icon="flag"), lost))
        super().__init__(_("Leave this table?"), close, *rows, wide=440)


class Way(Group):
    """A button, and under it what it means."""

    def __init__(self, button: Button, means: str) -> None:
        self.button = button
        self.means = Label(means, "caption", "text_2", wrap=True)
        super().__init__(button, self.means)

    def height(self, width: int) -> int:
        return self.button.size()[1] + self.look.px(6) + self.means.height(width)

    def arrange(self) -> None:
        high = self.button.size()[1]
        below = self.rect.y + high + self.look.px(6)
        self.button.rect = pygame.Rect(self.rect.x, self.rect.y, self.rect.w, high)
        self.means.rect = pygame.Rect(self.rect.x, below, self.rect.w, self.rect.bottom - below)


def _asked(people: list[str]) -> str:
    """Who is asked, in a sentence."""
    if not people:
        return _("The bots agree at once.")
    return _("{person} is asked.").format(person=people[0]) if len(people) == 1 else _("The others are asked.")
