"""The frontier of a crawl: every address that was found, how it was reached, and which wait to be fetched."""

from dataclasses import dataclass, field
from heapq import heappop, heappush

import msgspec

from work.spider.addresses import dated_shape, endless, host_of, origin_of
from work.spider.facts import Facts
from work.spider.job import Job

WAITING, LEASED, DONE = 0, 1, 2
MOST_HOPS = 5
"""Redirects one after the other that are followed."""
MOST_DATED = 100
"""Addresses with a year that differ in nothing but numbers: some more than a real calendar has pages of months."""
MOST_PLACES = 1_000_000
"""Addresses that a room remembers; it needs some 300 bytes for each."""
MOST_ALIKE = 20
"""Pages of a host with the very same body of which the links are followed."""


class Place(msgspec.Struct, array_like=True, gc=False):
    """An address in scope: clicks from the start at least, redirects before it at least, and what has become of it."""

    depth: int
    hops: int
    state: int = WAITING


class Page(msgspec.Struct, array_like=True, frozen=True):
    """What came of an address: the facts of its visit, its links, and which worker of the crew brought them.

    `sure` says that a second worker has seen the same; `seal` sums up all but the milliseconds it took.
    """

    address: str
    facts: Facts
    links: tuple[str, ...]
    seal: str
    by: int
    sure: bool = False


@dataclass
class Frontier:
    """Depth and hops of a place are the least over all ways to it, so they do not depend on the order of fetching."""

    places: dict[str, Place] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    queues: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    """Heaps of the addresses that wait, by host: depth, a running number, address; no empty ones."""
    pushed: int = 0
    taken: int = 0
    """Addresses that are leased or done."""
    started: dict[str, int] = field(default_factory=dict)
    """The same by host."""
    dated: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    """How many addresses were not even tried, by the reason."""

    def seed(self, job: Job) -> None:
        """Begin with the first page; with sitemaps also with what says where they are."""
        self._reach(job, [(job.start, 0, 0)])
        if job.sitemaps:
            self._enter(f"{origin_of(job.start)}/robots.txt", 0, 0)

    def done(self, job: Job, page: Page) -> None:
        """Take in a page, and all that it leads to."""
        self.pages[page.address] = page
        self.places[page.address].state = DONE
        self._reach(job, self._leads(page) if self._followed(page) else [])

    def take(self, host: str) -> str:
        """The next address at a host that has some waiting."""
        queue = self.queues[host]
        address = heappop(queue)[2]
        if not queue:
            del self.queues[host]
        self.places[address].state = LEASED
        self.started[host] = self.started.get(host, 0) + 1
        self.taken += 1
        return address

    def back(self, address: str) -> None:
        """Let an address that was leased wait again."""
        host = host_of(address)
        self.started[host] -= 1
        self.taken -= 1
        self._push(address, self.places[address])

    def open(self, job: Job, host: str) -> bool:
        """Whether a host has an address that may be fetched within the bounds of the job."""
        return host in self.queues and self.taken < job.pages and self.started.get(host, 0) < job.per_host

    def rebuilt(self, job: Job, pages: dict[str, Page], leased: set[str]) -> "Frontier":
        """The frontier as these pages alone lead to it; of what is leased, that which they lead to still is."""
        fresh = Frontier()
        fresh.seed(job)
        others = []
        while fresh.queues:
            address = fresh.take(next(iter(fresh.queues)))
            if address in pages:
                fresh.done(job, pages[address])
            else:
                others.append(address)
        for address in others:
            if address not in leased:
                fresh.back(address)
        return fresh

    def _followed(self, page: Page) -> bool:
        """Whether the links of a page are followed: not where too many of its host are the very same."""
        if not page.facts.digest:
            return True
        body = f"{host_of(page.address)} {page.facts.digest}"
        self.bodies[body] = self.bodies.get(body, 0) + 1
        return self.bodies[body] <= MOST_ALIKE

    def _leads(self, page: Page) -> list[tuple[str, int, int]]:
        place = self.places[page.address]
        ways = [(link, place.depth + 1, 0) for link in page.links]
        if page.facts.location:
            ways.append((page.facts.location, place.depth, place.hops + 1))
        return ways

    def _reach(self, job: Job, ways: list[tuple[str, int, int]]) -> None:
        holds = job.scope.holds
        while ways:
            address, depth, hops = ways.pop()
            place = self.places.get(address)
            if place is None:
                if holds(address) and not self._left_out(job, address, depth, hops):
                    self._enter(address, depth, hops)
            elif depth < place.depth or hops < place.hops:
                place.depth, place.hops = min(depth, place.depth), min(hops, place.hops)
                if place.state == DONE:
                    ways += self._leads(self.pages[address])

    def _left_out(self, job: Job, address: str, depth: int, hops: int) -> bool:
        """Whether an address is not worth the try; a way to it that is too long may be followed by a shorter one."""
        why = "too deep" if depth > job.depth else "too many redirects" if hops > MOST_HOPS else ""
        if not why and endless(address):
            why = "repeats itself"
        if not why and len(self.places) >= MOST_PLACES:
            why = "too many"
        if not why and (shape := dated_shape(address)):
            self.dated[shape] = self.dated.get(shape, 0) + 1
            why = "calendar" if self.dated[shape] > MOST_DATED else ""
        if why:
            self.left_out[why] = self.left_out.get(why, 0) + 1
        return bool(why)

    def _enter(self, address: str, depth: int, hops: int) -> None:
        place = self.places[address] = Place(depth, hops)
        self._push(address, place)

    def _push(self, address: str, place: Place) -> None:
        place.state = WAITING
        self.pushed += 1
        heappush(self.queues.setdefault(host_of(address), []), (place.depth, self.pushed, address))
