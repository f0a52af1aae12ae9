"""The hosts that one can join: found around here or known from before."""

import datetime
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from communication import messages as m
from communication.discovery import Found, Playing
from communication.link import PORT
from work.desktop.buttons import KINDS, Pressable
from work.desktop.people import mark_of
from work.desktop.theme import SIZES
from work.desktop.widgets import Shown
from work.language import _, ngettext, spoken
from work.settings import Known

SILENT_AFTER = 4.0
"""Seconds after which a host that answers no more is shown as one that does not."""
GONE_AFTER = 12.0
"""Seconds after which it leaves the list."""


@dataclass(frozen=True)
class HostFacts:
    """What the list tells about a host; `here` says that it answers now, `delay` in how many seconds, where known.

    One that is `silent` has just been here, and answers no more.
    """

    key: str
    name: str
    url: str
    line: str
    here: bool = False
    silent: bool = False
    delay: float | None = None
    password: bool = False
    other_version: str = ""
    """Why it cannot be joined, and what to do; "" where it can."""
    tip: str = ""


class Hosts:
    """Puts what is found and what is remembered into one list; `clock` gives seconds.

    `is_own` tells of the url of a host whether it is the server beside this program, to which another way leads.
    """

    def __init__(
        self,
        program: str,
        remembered: Sequence[Known],
        clock: Callable[[], float] = time.monotonic,
        is_own: Callable[[str], bool] = lambda url: False,
    ) -> None:
        self.program = program
        self.remembered = tuple(remembered)
        self._clock = clock
        self._is_own = is_own
        self._found: dict[str, tuple[Found, float]] = {}

    def found(self, found: Found) -> None:
        """A host has answered, or was heard of by multicast, which tells less."""
        known, now = self._found.get(found.id), self._clock()
        if known is None or found.delay is not None or now - known[1] >= SILENT_AFTER:
            self._found[found.id] = found, now

    def facts(self) -> list[HostFacts]:
        """All of them: those where somebody is come first, then empty ones, other versions, those that have just
        fallen silent, and former evenings."""
        now = self._clock()
        self._found = {id: (found, heard) for id, (found, heard) in self._found.items() if now - heard < GONE_AFTER}
        others = [(found, heard) for found, heard in self._found.values() if not self._is_own(found.url)]
        here = sorted((found for found, heard in others if now - heard < SILENT_AFTER), key=_last)
        urls = {found.url for found in here}
        silent = [found for found, heard in others if now - heard >= SILENT_AFTER and found.url not in urls]
        urls.update(found.url for found in silent)
        before = [
            HostFacts(host.url, host.name or place(host.url), host.url, last_time(host.when, time.time()))
            for host in self.remembered
            if host.url not in urls
        ]
        return [*map(self._facts, here), *map(_silent, silent), *before]

    def _facts(self, found: Found) -> HostFacts:
        host, other = found.host, ""
        tables = [f"{spoken(one.game)} {_free(one)}" for one in host.playing] or [_tables(host.tables)]
        people = _people(host.people) if found.delay is not None else place(found.url)
        line = " · ".join(filter(None, (*tables, people)))
        if host.protocol != m.PROTOCOL:
            versions = {
                "theirs": f"{host.program} ({host.protocol})",
                "ours": f"{self.program} ({m.PROTOCOL})",
                "host": host.name,
            }
            line = _("has version {theirs}, this is {ours}").format(**versions)
            newer = _(
                "{host} has version {theirs}, this is {ours}. Yours is older: take the program that is used there."
            )
            older = _("{host} has version {theirs}, this is {ours}. Theirs is older: pass your program on.")
            other = (newer if host.protocol > m.PROTOCOL else older).format(**versions)
        elif host.password:
            line = " · ".join(filter(None, (_("asks for a password"), line)))
        name = host.name or place(found.url)
        tip = _("version {version}").format(version=host.program)
        return HostFacts(
            found.id,
            name,
            found.url,
            line,
            here=True,
            delay=found.delay,
            password=host.password,
            other_version=other,
            tip=f"{found.url}, {tip}",
        )


class HostRow(Pressable):
    """A host in the list; pressing it joins, or tells why one cannot.

    `default` draws the ring: Enter in the name field comes here.
    """

    facts: Shown[HostFacts] = Shown()
    default: Shown[bool] = Shown()

    def __init__(self, facts: HostFacts, join: Callable[[HostFacts], object]) -> None:
        super().__init__(lambda: join(self.facts))
        self.facts = facts
        self.default = False

    def height(self, width: int) -> int:
        return self.look.theme.high(68)

    def hint(self) -> str:
        return self.facts.other_version or self.facts.tip or self.facts.url

    def draw(self, surface: pygame.Surface) -> None:
        look, facts, rect = self.look, self.facts, self.rect
        px, fonts, paint = look.px, look.fonts, look.paint
        radius, other = px(SIZES.radius_button), bool(facts.other_version)
        ground = "surface_3" if self.down else "accent_soft" if self.default or self.hovered else "surface_2"
        surface.blit(paint.box(rect.size, radius, "surface_2" if other else ground), rect)
        mark = paint.seat(mark_of(facts.name), px(40), off=other or not facts.here)
        surface.blit(mark, mark.get_rect(midleft=(rect.x + px(14), rect.centery)))
        x = rect.x + px(14 + 40 + 14)
        right = rect.right - px(12)
        if other:
            right = fonts.draw(surface, _("Why?"), (right - px(12), rect.centery), colour="text_2", anchor="midright").x
            right -= px(16)
        else:
            right = self._draw_join(surface, right)
        if facts.delay is not None:
            right = self._draw_delay(surface, right, facts.delay)
        upper, lower = rect.centery - px(9), rect.centery + px(11)
        differs = _("other version")
        tail = fonts.width(differs, "caption") + px(30) if other else 0
        ink = "text_2" if facts.silent else "text"
        name = fonts.draw(surface, facts.name, (x, upper), "name", ink, anchor="midleft", width=right - x - tail)
        if other:
            chip = paint.box((tail - px(10), look.theme.high(20)), look.theme.high(10), "turn_soft")
            spot = chip.get_rect(midleft=(name.right + px(10), upper))
            surface.blit(chip, spot)
            fonts.draw(surface, differs, spot.center, "caption", "turn_text", anchor="center")
        fonts.draw(surface, facts.line, (x, lower), "caption", "text_2", anchor="midleft", width=right - x)
        if self.default:
            paint.ring(surface, rect, radius)
        else:
            self.draw_ring(surface, radius)

    def _draw_join(self, surface: pygame.Surface, right: int) -> int:
        look, px = self.look, self.look.px
        kind = KINDS["main" if self.default else "plain"]
        label, bold = _("Join") if self.facts.here else _("Try again"), kind.bold
        width = look.fonts.width(label, "text", bold) + px(50)
        box = pygame.Rect(right - width, 0, width, look.theme.high(SIZES.button))
        box.centery = self.rect.centery
        surface.blit(look.paint.box(box.size, px(SIZES.radius_button), kind.fill, kind.edge), box)
        look.fonts.draw(surface, label, (box.x + px(16), box.centery), "text", kind.text, anchor="midleft", bold=bold)
        icon = look.paint.icon("next", px(16), kind.text)
        surface.blit(icon, icon.get_rect(midright=(box.right - px(12), box.centery)))
        return box.x - px(12)

    def _draw_delay(self, surface: pygame.Surface, right: int, delay: float) -> int:
        look, px = self.look, self.look.px
        words = f"{max(1, round(delay * 1000))} ms"
        place = look.fonts.draw(surface, words, (right, self.rect.centery), "caption", "text_2", anchor="midright")
        bars = look.paint.signal(px(18), bars_for(delay))
        surface.blit(bars, bars.get_rect(midright=(place.x - px(6), self.rect.centery)))
        return place.x - px(6 + 18 + 12)


def bars_for(delay: float | None) -> int:
    """How many of three bars a connection deserves that takes so many seconds there and back."""
    return 3 if delay is None or delay < 0.05 else 2 if delay < 0.2 else 1


def place(url: str) -> str:
    """The part of a url that people read: host and port, the port only where it is not the usual one."""
    return url.partition("://")[2].removesuffix(f":{PORT}")


def last_time(when: float, now: float) -> str:
    """When one was at a host last, in words; both are seconds since 1970."""
    days = _day(now) - _day(when)
    clock = time.strftime("%H:%M", time.localtime(when))
    if not when or days < 0:
        return _("you have played there before")
    if days == 0:
        return _("you were there today at {time}; it does not answer now").format(time=clock)
    if days == 1:
        return _("you were there yesterday at {time}; it does not answer now").format(time=clock)
    return _("you were there {count} days ago; it does not answer now").format(count=days)


def _silent(found: Found) -> HostFacts:
    return HostFacts(found.id, found.host.name or place(found.url), found.url, _("does not answer"), silent=True)


def _last(found: Found) -> tuple[bool, bool]:
    """How far down in the list a host stands; equal ones stay in the order in which they were found."""
    return found.host.protocol != m.PROTOCOL, not found.host.people


def _day(when: float) -> int:
    return datetime.date.fromtimestamp(when).toordinal()


def _free(playing: Playing) -> str:
    return _("{taken} of {seats}").format(taken=playing.taken, seats=playing.seats)


def _tables(count: int) -> str:
    return ngettext("{count} table", "{count} tables", count).format(count=count) if count else ""


def _people(count: int) -> str:
    if not count:
        return _("nobody there yet")
    return ngettext("{count} person there", "{count} people there", count).format(count=count)
