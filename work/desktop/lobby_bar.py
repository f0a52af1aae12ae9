"""The bar over the lobby: where one is, how good the connection is, the way to a table by its code, and oneself."""

from collections.abc import Callable

import pygame

from communication import messages as m
from communication.model import Answer
from work.desktop.app import App
from work.desktop.buttons import Button
from work.desktop.hosts import bars_for
from work.desktop.panels import Chip, Label, Panel
from work.desktop.people import Mark, mark_of
from work.desktop.textfield import TextField
from work.desktop.theme import SIZES
from work.desktop.widgets import Widget, place_row
from work.language import _


class LobbyBar(Panel):
    """`say` tells the player something (text, kind); `open_settings` opens the settings."""

    def __init__(self, app: App, say: Callable[[str, str], None], open_settings: Callable[[], object]) -> None:
        self.app = app
        self._tell = say
        welcome = app.player.welcome if app.player else None
        self.leave = Button(_("Leave"), app.show_first, "quiet", icon="back", tip=_("Leave this host"))
        self.server = Label(welcome.server if welcome else "", "name")
        self.delay = Chip(_("connected"), signal=3)
        self.address = Button(
            "", app.invite, "chip", icon="qr", tip=_("For friends who do not find you by themselves.")
        )
        self.code = TextField(placeholder=_("Have a table code?"), icon="lock", most=64, on_enter=self._join)
        self.mark = Mark()
        self.me = Label("", "name")
        self.gear = Button("", open_settings, "quiet", icon="gear", tip=_("Settings"))
        super().__init__(
            self.leave, self.server, self.delay, self.address, self.code, self.mark, self.me, self.gear, bar=True
        )
        self.own_address = next(iter(app.places), "")
        self.address.visible = bool(self.own_address)

    def show(self, marks: dict[str, int]) -> None:
        """Show oneself, and how the connection is."""
        player = self.app.player
        if player is None:
            return
        client = player.client
        self.me.text = client.name
        self.mark.number = marks.get(client.name) or mark_of(client.name)
        if client.state == "in":
            known = _("connected") if client.delay is None else f"{max(1, round(client.delay * 1000))} ms"
            self.delay.text = known
            self.delay.signal = bars_for(client.delay)
        else:
            self.delay.text, self.delay.signal = _("no answer"), 0

    def arrange(self) -> None:
        px, high = self.look.px, self.look.theme.high
        narrow = self.rect.w < px(1000)
        self.code.placeholder = _("Table code") if narrow else _("Have a table code?")
        self.leave.label = "" if narrow else _("Leave")
        self.address.label = (
            self.own_address if narrow else _("Friends can type {address}").format(address=self.own_address)
        )
        inside = self.rect.inflate(-2 * px(SIZES.gap), -2 * px(4))
        name = 0 if narrow else min(self.me.size()[0], px(180))
        code = px(156 if narrow else 190)
        self.gear.rect = pygame.Rect(inside.right - px(40), inside.y, px(40), inside.h)
        x = self.gear.rect.x - px(8) - name
        self.me.visible = not narrow
        self.me.rect = pygame.Rect(x, inside.y, name, inside.h)
        side = min(px(28), inside.h)
        self.mark.rect = pygame.Rect(x - px(8) - side, inside.centery - side // 2, side, side)
        self.mark.tip = self.me.text
        field = high(32)
        self.code.rect = pygame.Rect(self.mark.rect.x - px(12) - code, inside.centery - field // 2, code, field)
        self.leave.rect = pygame.Rect(inside.x, inside.y, self.leave.size()[0], inside.h)
        left, right = self.leave.rect.right + px(8), self.code.rect.x - px(12)
        chips: list[Widget] = [self.delay, *([self.address] if self.address.visible else [])]
        wide = sum(chip.size()[0] + px(8) for chip in chips)
        server = max(0, min(self.server.size()[0], right - left - wide))
        self.server.rect = pygame.Rect(left, inside.y, server, inside.h)
        row = pygame.Rect(left + server + px(8), inside.centery - high(13), right - left - server - px(8), high(26))
        place_row(row, *chips, gap=px(8))

    def _join(self, code: str, watch: bool = False) -> None:
        """Sit down at the table with this code; where all seats are taken, watch."""

        def answered(answer: Answer) -> None:
            if answer is not None and answer[0] == "room_full" and not watch:
                self._join(code, watch=True)
            elif answer is not None:
                self.code.wrong = True
                self._tell(answer[1], "danger")

        if code.strip():
            self.app.request(m.Join(room=code.strip(), watch=watch), answered)
