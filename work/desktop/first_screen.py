"""The first screen: who one is, which hosts are near, and the two ways to begin without one."""

import sys
import time
from functools import partial
from typing import Any

import pygame

from communication.discovery import Found, Seeker, addresses
from communication.link import parse
from communication.multicast import Browser
from communication.people import clean_name
from games import GAMES
from games.game import Game
from work.desktop.app import App, AppScreen
from work.desktop.big_buttons import BigButton
from work.desktop.buttons import Button
from work.desktop.first_picture import TablePicture
from work.desktop.hosts import HostFacts, Hosts, place
from work.desktop.hosts_panel import HostsPanel
from work.desktop.notices import Notice
from work.desktop.panels import Label
from work.desktop.people import Mark, mark_of
from work.desktop.sheets import PasswordSheet, Sheet
from work.desktop.textfield import TextField
from work.desktop.theme import SIZES
from work.language import LANGUAGES, N_, _, current, ngettext, spoken

NAME_CAPTION = N_("Your name at the table")
FIREWALL = {
    "win32": N_('Windows asks once when you host: tick "Private networks". Joining needs nothing.'),
    "darwin": N_('macOS asks once when you host: choose "Allow". Joining needs nothing.'),
    "linux": N_("To host, a firewall must let in TCP port 8765 and UDP 8766 to 8769. Joining needs nothing."),
}
"""What to know before one hosts, by platform."""
MULTICAST_AFTER = 0.5
"""Seconds that the first screen stands before it looks by multicast too, so that nothing slows its first frame."""
ENDS = (".", "!", "?", "。", "！", "？")
LOOK_EVERY = 0.5
"""Seconds between two looks at which hosts have fallen silent."""
LEAST = 600
"""Height, which grows with the text, below which only what is needed stands on the screen."""
PICTURE_FROM = 1000
"""Logical width from which there is room for the picture."""
WIDEST, HIGHEST = 640, 728
"""Logical size of all that is beside the picture, at most: in a large window it stays together, in the middle."""


class FirstScreen(AppScreen):
    """Name, hosts, "Host a table" and "Play alone"; `text` says why one is here again."""

    def __init__(self, app: App, text: str = "") -> None:
        super().__init__(app)
        self.hosts = Hosts(app.program, app.settings.hosts, is_own=app.is_own)
        self.best: HostFacts | None = None
        self.target: HostFacts | None = None
        self.picture = TablePicture()
        self.greeting = Label("", "title")
        self.mark = Mark()
        self.caption = Label(_(NAME_CAPTION), "caption", "text_2")
        self.name = TextField(app.settings.name, most=200, on_enter=self._enter, on_change=self._renamed)
        self.panel = HostsPanel(self.join, self._dial, self.find_out)
        self.host = BigButton(_("Host a table"), _("friends find you by themselves"), self._host, icon="house")
        count = _("{count} games against bots").format(count=len(GAMES))
        self.alone = BigButton(_("Play alone"), count, self._choose_game, icon="bot")
        self.firewall = Label(_(FIREWALL.get(sys.platform, FIREWALL["linux"])), "caption", "text_2", icon="info")
        other = next(code for code in LANGUAGES if code != current())
        self.globe = Button(LANGUAGES[other], partial(app.speak, other), "quiet", icon="globe", size="small")
        says = _("Open a saved match")
        self.replays = Button(_("Replays"), self._look_back, "quiet", icon="play", tip=says, size="small")
        self.gear = Button("", self.open_settings, "quiet", icon="gear", tip=_("Settings"))
        self.notice: Notice | None = None
        self._seeker: Seeker | None = None
        self._browser: Browser | None = None
        self._browse_at: float | None = None
        self._networks = 0
        self._looks = True
        self._next_look = 0.0
        self._connecting_since: float | None = None
        self.add(self.picture, self.greeting, self.mark, self.caption, self.name, self.panel)
        self.add(self.host, self.alone, self.firewall, self.replays, self.globe, self.gear)
        self._show_name()
        self._refresh()
        if text:
            self._fail(text)
        elif app.store.trouble:
            self._tell(app.store.trouble)
            app.store.told()

    # -- what happens --------------------------------------------------------------------------------------------------

    def shown(self) -> None:
        places = (parse(host.url).host for host in self.app.settings.hosts)
        self._seeker = Seeker(self._heard, also=places)
        self._looks = self._seeker.start()
        self._networks = len(addresses())
        self._refresh()
        self.focus_on(self.name)
        self.name.select_all()
        url = self.app.url
        if url is not None and self.app.player is not None:
            self._wait_for(HostFacts(url, place(url), url, ""))

    def hidden(self) -> None:
        if self._seeker is not None:
            self._seeker.stop()
            self._seeker = None
        if self._browser is not None:
            self._browser.cancel()
            self._browser = None

    def _heard(self, found: Found) -> None:
        """Hear of a host, on the thread of whoever looks."""
        self.window.call(partial(self.found, found))

    def found(self, found: Found) -> None:
        """A host has answered the seeker."""
        self.hosts.found(found)
        self._refresh()

    def cannot_host(self, why: str) -> None:
        self._fail(_("This computer cannot host: {why}.").format(why=spoken(why)))

    def renamed(self) -> None:
        self.name.text = self.app.settings.name
        self._renamed("")

    def connection(self, state: str, text: str) -> None:
        player, host = self.app.player, self.target
        if state == "out" and host is not None and player is not None and player.client.refusal == "wrong_password":
            self._show_notice(None)
            self.ask_password(host, spoken(text) if player.client.password else "")
        elif state == "out":
            self._fail(text)

    def tick(self, now: float) -> bool:
        if self._browse_at is None:
            self._browse_at = now + MULTICAST_AFTER
        if self._browser is None and self._seeker is not None and now >= self._browse_at:
            self._browser = Browser(self._heard, seeker=self._seeker)
            self._browser.start()
        if now >= self._next_look:
            self._next_look = now + LOOK_EVERY
            self._refresh()
            self._tell_time(now)
        return super().tick(now)

    # -- what the player does ------------------------------------------------------------------------------------------

    def join(self, host: HostFacts, password: str = "") -> None:
        """Go to a host; first ask for its password where it wants one."""
        if host.other_version:
            self._tell(host.other_version)
            return
        if not self._take_name():
            return
        if host.password and not password:
            self.ask_password(host)
            return
        self._wait_for(host)
        self.app.join(host.url, password)

    def ask_password(self, host: HostFacts, wrong: str = "") -> None:
        """Ask for the password of a host, and go there with it; `wrong` says what the host said to the last one."""

        def go(password: str) -> None:
            self.close()
            self.join(host, password)

        self._open(PasswordSheet(host.name, go, self.close, wrong))

    def _dial(self, url: str) -> None:
        self.join(HostFacts(url, place(url), url, ""))

    def _enter(self, typed: str) -> None:
        """Enter in the name field does the likeliest thing: join the best host, or be one."""
        if self._waits:
            return
        if self.best is not None:
            self.join(self.best)
        else:
            self._host()

    def _host(self) -> None:
        if self._take_name():
            self._begin_house()

    def _choose_game(self) -> None:
        from work.desktop.lobby_tiles import GamesSheet

        def play(game: Game[Any]) -> None:
            self.close()
            self._begin_house(game.name, game.seats[len(game.seats) // 2])

        if self._take_name():
            words = _("You begin at once, with bots on the other seats.")
            self._open(GamesSheet(_("Play alone: which game?"), words, GAMES.values(), play, self.close))

    def _begin_house(self, game: str | None = None, seats: int = 0) -> None:
        self.target = None
        self._show_notice(Notice("info", "house", _("Opening your table..."), ""))
        self.app.host(game, seats)

    def _take_name(self) -> bool:
        """Take the name over from the field; False, with the reason at the field, where it cannot be one."""
        try:
            self.app.settings.name = clean_name(self.name.text)
        except ValueError as error:
            self.close()
            self.caption.text, self.caption.colour, self.name.wrong = spoken(str(error)), "danger", True
            self.focus_on(self.name)
            return False
        return True

    def _renamed(self, typed: str) -> None:
        self.caption.text, self.caption.colour = _(NAME_CAPTION), "text_2"
        self._show_name()

    def find_out(self) -> None:
        """Find out why somebody is not in the list."""
        from work.desktop.doctor_sheet import DoctorSheet

        self._open(DoctorSheet(self.app, self.close))

    def _look_back(self) -> None:
        """Look at a match that was saved."""
        from work.desktop.history_sheet import HistorySheet

        self._open(HistorySheet(self.app, self.close))

    def _give_up(self) -> None:
        self.app.quit_server()
        self._show_notice(None)

    def hosts_changed(self) -> None:
        self.hosts.remembered = tuple(self.app.settings.hosts)
        self._refresh()

    def again(self) -> "FirstScreen":
        return FirstScreen(self.app)

    def _open(self, sheet: Sheet) -> None:
        self.open(sheet)
        sheet.fit(self.rect)

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def _waits(self) -> bool:
        """Whether we are trying to get in somewhere."""
        return self.notice is not None and self.notice.kind == "info"

    def _refresh(self) -> None:
        facts = self.hosts.facts()
        self.best = next((one for one in facts if one.here and not one.other_version), None)
        at_name = self.focus is self.name and not self._waits
        running = bool(self.app.house.url)
        self.panel.show(
            facts, self.best if at_name else None, self._looking(), self._looks and self._networks > 0, running
        )
        self.host.label = _("Back to your table") if running else _("Host a table")
        self.host.text = _("it is still open here") if running else _("friends find you by themselves")
        self.host.kind = "plain" if self.best is not None else "main"
        self.host.default = at_name and self.best is None

    def _looking(self) -> str:
        """Where hosts are looked for, in words."""
        if not self._looks:
            return _("cannot look around here")
        if not self._networks:
            return _("this computer is in no network")
        looks = ngettext("looking in your network", "looking in {count} networks", self._networks)
        return looks.format(count=self._networks)

    def _show_name(self) -> None:
        try:
            name = clean_name(self.name.text)
            self.app.settings.name = name
        except ValueError:
            name = ""
        self.mark.number = mark_of(name)
        self.greeting.text = greeting(time.localtime().tm_hour, name)

    def _wait_for(self, host: HostFacts) -> None:
        self.target = host
        self._connecting_since = None
        give_up = Button(_("Give up"), self._give_up, key="Esc", show_key=False)
        says = _("Connecting to {host}...").format(host=host.name)
        self._show_notice(Notice("info", "wifi", says, "", (give_up,)))

    def _tell_time(self, now: float) -> None:
        """Say for how long one has been waiting."""
        if self.notice is None or not self._waits:
            return
        if self._connecting_since is None:
            self._connecting_since = now
        seconds = int(now - self._connecting_since)
        text = _("no answer after {seconds} s").format(seconds=seconds) if seconds >= 1 else ""
        if text != self.notice.text:
            self.notice.text = text
            self.layout(self.rect.size)

    def _fail(self, text: str) -> None:
        """Say why one is not at a host, and what can be done."""
        target = self.target
        again = () if target is None else (Button(_("Try again"), lambda: self.join(target), size="small"),)
        self._show_notice(Notice("danger", "warn", sentence(spoken(text)), "", (*again, self._closing())))

    def _tell(self, text: str) -> None:
        """Say something that one should know."""
        self._show_notice(Notice("turn", "info", text, "", (self._closing(),)))

    def _closing(self) -> Button:
        return Button("", lambda: self._show_notice(None), "quiet", icon="x", size="small", tip=_("Close"))

    def _show_notice(self, notice: Notice | None) -> None:
        if self.notice is not None:
            self.remove(self.notice)
        self.notice = notice
        if notice is not None:
            self.add(notice)
        if self.rect.w:
            self.layout(self.rect.size)
        self._refresh()

    # -- where everything is -------------------------------------------------------------------------------------------

    def layout(self, size: tuple[int, int]) -> None:
        px, high = self.look.px, self.look.theme.high
        width, height = size
        logical = width / self.look.theme.scale
        self.picture.visible = logical >= PICTURE_FROM
        left = round(width * 600 / 1280) if self.picture.visible else 0
        self.picture.rect = pygame.Rect(0, 0, left, height)
        column = min(width - left - 2 * px(40 if logical < 1200 else 48), px(WIDEST))
        roomy = height >= px(700)
        x, edge = left + (width - left - column) // 2, max(px(36 if roomy else 18), (height - high(HIGHEST)) // 2)
        tight = height < high(LEAST)
        top = self._place_head(x, edge, column, tight)
        y = top + px(SIZES.edge)
        bottom = height - edge
        self.firewall.visible = not tight and (self.notice is None or roomy)
        if self.firewall.visible:
            line = self.look.theme.line("caption")
            bottom -= line
            self.firewall.rect = pygame.Rect(x, bottom, column, line)
            bottom -= px(14)
        button = high(76 if roomy else 60)
        bottom -= button
        half = (column - px(SIZES.edge)) // 2
        self.host.rect = pygame.Rect(x, bottom, half, button)
        self.alone.rect = pygame.Rect(x + column - half, bottom, half, button)
        bottom -= px(SIZES.edge)
        if self.notice is not None:
            bottom -= self.notice.height(column)
            self.notice.rect = pygame.Rect(x, bottom, column, self.notice.height(column))
            bottom -= px(SIZES.gap_panels)
        self.panel.rect = pygame.Rect(x, y, column, bottom - y)
        if isinstance(self.over, Sheet):
            self.over.fit(self.rect)

    def _place_head(self, x: int, y: int, column: int, tight: bool) -> int:
        """Place the greeting and under it the name, or only the name where the window is `tight`; gives its bottom."""
        px, high = self.look.px, self.look.theme.high
        line, mark = self.look.theme.line("caption"), high(44)
        beside, head = y + line + px(2) if tight else y, x + column
        for button in (self.gear, self.globe, self.replays):
            head -= button.size()[0]
            button.rect = pygame.Rect(head, beside, button.size()[0], mark if tight else high(40))
        self.greeting.visible = not tight
        self.greeting.rect = pygame.Rect(x, y, head - px(8) - x, high(40))
        if not tight:
            y = self.greeting.rect.bottom + px(12)
        field = x + mark + px(16)
        right = head - px(SIZES.gap) if tight else x + column
        self.mark.rect = pygame.Rect(x, y + line + px(2), mark, mark)
        self.caption.rect = pygame.Rect(field, y, x + column - field, line)
        self.name.rect = pygame.Rect(field, y + line + px(2), right - field, mark)
        return self.name.rect.bottom


def greeting(hour: int, name: str) -> str:
    """A greeting for an hour of the day (0 to 23)."""
    if 5 <= hour < 12:
        says = _("Good morning, {name}") if name else _("Good morning")
    elif 12 <= hour < 18:
        says = _("Good afternoon, {name}") if name else _("Good afternoon")
    else:
        says = _("Good evening, {name}") if name else _("Good evening")
    return says.format(name=name)


def sentence(text: str) -> str:
    """A reason as a sentence: with a large letter at its start and an end."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith(ENDS) else _("{sentence}.").format(sentence=text)
