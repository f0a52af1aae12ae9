"""A polite visitor: one address at a time at each host, with patience, obeying what the host asks for."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from work.spider import robots
from work.spider.addresses import LONGEST, host_of, origin_of
from work.spider.fetch import Fetched, Fetcher, retry_after
from work.spider.page import Read, read

TRIES = 4
"""Fetches of one address that may end in 429, 503, a time-out or no answer."""
BACKOFF = 1.0
"""Seconds before the second try, doubled with each one more, and half as much more or less by chance."""
LONGEST_WAIT = 120.0
"""Seconds after which an address is not tried again; where a host wants more of them, it is given up as `busy`."""
BUSY = (429, 503)


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one address; `problem` is "" or one word: those of `Fetched`, robots, busy, bad_redirect.

    `location` is where a redirect leads. `length` and `digest` are those of the body as unpacked.
    """

    address: str
    status: int = 0
    kind: str = ""
    length: int = 0
    digest: str = ""
    seconds: float = 0.0
    problem: str = ""
    location: str = ""
    read: Read = field(default_factory=Read)
    fetched: Fetched | None = None


class Crawler:
    """Visits addresses; different hosts on different threads if one likes, but each host on one at a time.

    `delay` are the seconds between two fetches at a host, unless its robots.txt asks for more. `sleep` waits.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        delay: float = 1.0,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self.delay = delay
        self._fetcher = fetcher
        self._sleep, self._now, self._wall, self._draw = sleep, now, wall, draw
        self._rules: dict[str, robots.Rules] = {}
        self._free_at: dict[str, float] = {}
        """When the next fetch at a host may begin, as far as this visitor knows."""

    def visit(self, address: str, asked: float | None = None) -> Visit:
        """Fetch and read an address. `asked`: when one was told to; another may have been at the host until then."""
        host = host_of(address)
        if asked is not None:
            self._free_at[host] = max(self._free_at.get(host, 0.0), asked + self._pause(address))
        until = self._now() + LONGEST_WAIT
        if problem := self._rules_for(address, until).problem(address):
            return Visit(address, problem=problem)
        fetched = self._patiently(address, until)
        visit = Visit(
            address, fetched.status, fetched.kind, len(fetched.body), fetched.digest if fetched.body else "",
            fetched.seconds, fetched.problem, fetched=fetched,
        )  # fmt: skip
        return self._understood(visit, fetched)

    def _understood(self, visit: Visit, fetched: Fetched) -> Visit:
        """The visit with what its answer means: a host that is busy, a redirect, or a body to read."""
        address, status = visit.address, visit.status
        if fetched.problem:
            return visit
        if status in BUSY:
            return replace(visit, problem="busy")
        if 300 <= status < 400:
            target = robots.moved(address, fetched)
            return replace(visit, location=target or "", problem="" if target else "bad_redirect")
        if status != 200:
            return visit
        header, asked = fetched.headers.get("content-type", "")[:LONGEST], fetched.headers.get("x-robots-tag", "")
        return replace(visit, read=read(address, visit.kind, header, fetched.body, asked))

    def _rules_for(self, address: str, until: float) -> robots.Rules:
        """What the host of an address allows, asked for once; one that has no sane answer is asked again and again."""
        origin = origin_of(address)
        if origin not in self._rules:
            place = robots.place(address)
            for _ in range(robots.HOPS):
                fetched = self._patiently(place, until, while_broken=True)
                target = robots.moved(place, fetched)
                if target is None:
                    break
                place = target
            rules = robots.rules(fetched)
            if rules.closed:
                return rules  # the next address at this host asks anew
            self._rules[origin] = rules
        return self._rules[origin]

    def _pause(self, address: str) -> float:
        rules = self._rules.get(origin_of(address))
        return max(self.delay, rules.delay if rules is not None else 0.0)

    def _patiently(self, address: str, until: float, while_broken: bool = False) -> Fetched:
        """Fetch, and until then again where the host wants time or is silent; `while_broken` also after any 5xx."""
        for tried in range(1, TRIES + 1):
            fetched = self._politely(address)
            again = fetched.problem in ("timeout", "no_answer") or fetched.status in BUSY
            if not again and not (while_broken and fetched.status >= 500):
                break
            wait = BACKOFF * 2 ** (tried - 1) * (0.5 + self._draw())
            if fetched.status in BUSY:
                asked = retry_after(fetched.headers, self._wall())
                wait = max(wait, asked or 0.0)
            if tried == TRIES or self._now() + wait > until:
                break
            self._sleep(wait)
        return fetched

    def _politely(self, address: str) -> Fetched:
        """Fetch once, when the host has had its pause."""
        host = host_of(address)
        wait = self._free_at.get(host, 0.0) - self._now()
        if wait > 0:
            self._sleep(wait)
        fetched = self._fetcher.get(address)
        self._free_at[host] = self._now() + self._pause(address)
        return fetched
