"""The sheet that finds out why nobody is found: what was asked, who answered, what helps, and one address to try."""

from collections.abc import Callable
from functools import partial

import pygame

from communication.doctor import Doctor, Report
from work.address import typed_address
from work.desktop.app import App
from work.desktop.buttons import Button
from work.desktop.lists import ScrollList
from work.desktop.panels import Label, Telling
from work.desktop.sheets import Sheet
from work.desktop.textfield import TextField
from work.desktop.theme import SIZES
from work.desktop.widgets import Group
from work.doctor_words import Finding, as_text, findings
from work.language import _

ICONS = {"good": ("check", "good"), "bad": ("warn", "danger"), "hint": ("bulb", "text_2")}


class FindingRow(Telling):
    """One thing that was found out, and under it what helps."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding

    def height(self, width: int) -> int:
        theme = self.look.theme
        words, help = self._lines(width)
        return len(words) * theme.line("text") + len(help) * theme.line("caption") + theme.px(8)

    def draw(self, surface: pygame.Surface) -> None:
        look, theme = self.look, self.look.theme
        icon, ink = ICONS[self.finding.kind]
        words, help = self._lines(self.rect.w)
        y = self.rect.y + theme.px(4)
        sign = look.paint.icon(icon, theme.px(SIZES.icon), ink)
        surface.blit(sign, sign.get_rect(midleft=(self.rect.x, y + theme.line("text") // 2)))
        x = self.rect.x + theme.px(30)
        for line in words:
            look.fonts.draw(surface, line, (x, y))
            y += theme.line("text")
        for line in help:
            look.fonts.draw(surface, line, (x, y), "caption", "text_2")
            y += theme.line("caption")

    def _lines(self, width: int) -> tuple[list[str], list[str]]:
        fonts, room = self.look.fonts, width - self.look.px(30)
        return fonts.wrap(self.finding.text, room), fonts.wrap(
            self.finding.help, room, "caption"
        ) if self.finding.help else []


class TryRow(Group):
    """A field for an address, and a button that tries it."""

    def __init__(self, go: Callable[[str], object]) -> None:
        self.field = TextField(placeholder="192.168.1.20", icon="pin", most=120, on_enter=go)
        self.button = Button(_("Try this address"), lambda: go(self.field.text))
        super().__init__(self.field, self.button)

    def height(self, width: int) -> int:
        return self.look.theme.high(SIZES.button)

    def arrange(self) -> None:
        wide = self.button.size()[0]
        self.field.rect = pygame.Rect(self.rect.x, self.rect.y, self.rect.w - wide - self.look.px(8), self.rect.h)
        self.button.rect = pygame.Rect(self.rect.right - wide, self.rect.y, wide, self.rect.h)


class DoctorSheet(Sheet):
    """Examines when it opens, and again with each address that is tried; only the latest of these is told."""

    def __init__(self, app: App, close: Callable[[], object]) -> None:
        self.app = app
        self.report: Report | None = None
        self._asked = 0
        self.says = Label("", "text", "text_2", icon="search", wrap=True)
        self.list = ScrollList(gap=4, margin=4)
        self.trying = TryRow(self.examine)
        self.copy = Button(_("Copy as text"), self._copy, icon="copy")
        super().__init__(_("Nobody found?"), close, self.says, self.list, self.trying, self.copy, wide=660)
        self.examine("")

    def examine(self, address: str) -> None:
        """Look at everything anew; with an address, try that too."""
        url = ""
        if address.strip():
            try:
                url = typed_address(address)
            except ValueError as error:
                self._say(str(error))
                self.trying.field.wrong = True
                return
        self.trying.field.wrong = False
        self._asked += 1
        self._say(_("Looking into every network of this computer..."))
        self.copy.off = _("Looking into every network of this computer...")
        number = self._asked
        Doctor(lambda report: self.app.window.call(partial(self._told, number, report)), url).start()

    def _told(self, number: int, report: Report) -> None:
        if number != self._asked or self.parent is None:
            return
        self.report = report
        self.copy.off = ""
        self._say("")
        self.list.clear()
        self.list.add(*(FindingRow(finding) for finding in findings(report)))
        self.fit(self.app.screen.rect)

    def _say(self, text: str) -> None:
        self.says.text, self.says.visible = text, bool(text)
        if self.parent is not None:
            self.fit(self.app.screen.rect)
            self.changed()

    def _copy(self) -> None:
        if self.report is not None:
            pygame.scrap.put_text(as_text(self.report, self.app.program))
            self.app.screen.say(_("It is copied: send it to somebody who can help."), "good")
