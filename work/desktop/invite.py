"""The sheet for friends who do not find this host: its address in large, as a QR code, and a table's code."""

from collections.abc import Callable

import pygame
import segno

from communication.link import PORT
from work.desktop.buttons import Button
from work.desktop.panels import Label
from work.desktop.sheets import Sheet
from work.desktop.widgets import Widget
from work.language import _

QUIET = 4
"""Light cells round a QR code, which readers need."""


class Code(Widget):
    """A text as a QR code, dark on light in every theme."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]

    @property
    def touchable(self) -> bool:
        return False

    def height(self, width: int) -> int:
        return self._step() * (len(self.cells) + 2 * QUIET)

    def draw(self, surface: pygame.Surface) -> None:
        step, count = self._step(), len(self.cells)
        side = step * (count + 2 * QUIET)
        box = pygame.Rect(0, 0, side, side)
        box.midtop = self.rect.midtop
        surface.blit(self.look.paint.box(box.size, self.look.px(8), "#FFFFFF"), box)
        for row, cells in enumerate(self.cells):
            for column, dark in enumerate(cells):
                if dark:
                    place = (box.x + (column + QUIET) * step, box.y + (row + QUIET) * step, step, step)
                    surface.fill("#000000", place)

    def _step(self) -> int:
        return self.look.px(5)


class InviteSheet(Sheet):
    """`places` are host and port as friends can type them, the likeliest first; `code` is that of a private table."""

    def __init__(
        self, places: list[str], copy: Callable[[str], object], close: Callable[[], object], code: str = ""
    ) -> None:
        first, *others = places
        rows: list[Widget] = [
            Label(_("Friends in your network find you by themselves. Who does not can type this:"), wrap=True),
            Label(first, "title", align="center"),
        ]
        if others:
            words = _("or, in another network of this computer: {addresses}").format(addresses=", ".join(others))
            rows.append(Label(words, "caption", "text_2", align="center", wrap=True))
        if code:
            rows.append(Label(_("Table code: {code}").format(code=code), "heading", align="center"))
        rows += [
            Code(f"http://{first}/" if ":" in first else f"http://{first}:{PORT}/"),
            Label(_("A phone that reads this shows how to join."), "caption", "text_2", align="center"),
            Button(_("Copy the address"), lambda: copy(first), icon="copy"),
        ]
        super().__init__(_("Invite friends"), close, *rows, wide=480)
