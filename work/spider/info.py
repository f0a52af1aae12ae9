"""The state of a crawl and its judge: the frontier, who holds which address under a lease, what is done.

Pure, like a game: the room judges every result with it. It knows no clock; politeness in time is the workers' part,
and its own is that no more workers than allowed hold addresses of one host. A worker sees little of it: how far it all
is, and the crew with its leases. The rest stays in the room, and is given out in slices by `results`.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import msgspec

from games.game_info import Chance, Move, Outcome, Refusal, secret
from work.labour import WorkInfo
from work.spider.addresses import host_of
from work.spider.facts import PASSING, Facts, judge_links, judge_page
from work.spider.frontier import Frontier, Page
from work.spider.job import Job

LANES, BATCH = 8, 2
"""Hosts whose addresses a worker may hold at once, and addresses of one host: one in work and one that waits."""
SILENCE = 300.0
"""Seconds without any step after which leases end, beside twice the delay: no visit takes so long."""
STRIKES = 2
"""Times that two others must have seen something else before a worker counts as one that lies."""
SHOWN_HOSTS, SHOWN_PAGES = 12, 8
SLICE = 100_000
"""About how many characters of results are given out at once."""
LONGEST_NAME = 40


class Hand(msgspec.Struct):
    """A worker of the crew: its seat (-1: it has gone), its leases, how many pages it brought, and its strikes."""

    name: str
    seat: int
    leases: list[str] = []
    done: int = 0
    strikes: int = 0

    @property
    def caught(self) -> bool:
        """Whether it counts as one that lies."""
        return self.strikes >= STRIKES


class Check(msgspec.Struct):
    """A page that others fetch too: what each said so far, and whether somebody is at it."""

    said: list[Page]
    leased: bool = False


class News(msgspec.Struct):
    """A page that was done lately, for people to see."""

    address: str
    status: int
    problem: str
    by: str


@dataclass
class SpiderInfo(WorkInfo):
    """Steps: `("work", name)` offers a worker; `("links", address, links)` brings a part of a page's links, and
    `("page", address, facts, links, seal)` the page with the last part; `"stop"` ends the crawl."""

    job: Job = field(default_factory=Job)
    found: int = 0
    done: int = 0
    failed: int = 0
    hosts: dict[str, list[int]] = field(default_factory=dict)
    """The first hosts: pages that are done, and those of them that failed."""
    newest: list[News] = field(default_factory=list)
    crew: list[Hand] = field(default_factory=list)
    ended: str = ""
    frontier: Frontier = secret("nobody", Frontier)
    parts: dict[str, list[str]] = secret("nobody", dict)
    """Links of pages that come in several steps, by address."""
    checks: dict[str, Check] = secret("nobody", dict)

    def setup(self, seats: int, options: Mapping[str, Any], chance: Chance) -> None:
        super().setup(seats, options, chance)
        self.job = Job.of(options)
        self.frontier.seed(self.job)
        self.found = len(self.frontier.places)

    # -- who may do what -----------------------------------------------------------------------------------------------

    def ending(self) -> str:
        return self.ended

    def amount(self) -> tuple[int, int]:
        return self.done, self.found

    def judge(self, seat: int, move: Move) -> Refusal | None:
        if refusal := self.untimely(seat):
            return refusal
        hand = self.hand(seat)
        match move:
            case ("work", str(name)):
                return None if hand is None and 0 < len(name) <= LONGEST_NAME and name.isprintable() else NO_WORKER
            case "stop":
                return None
            case ("links", str(address), tuple(links)):
                return self._leased(hand, address) or judge_links(links, self.parts.get(address, ()))
            case ("page", str(address), tuple(facts), tuple(links), str(seal)):
                return self._leased(hand, address) or judge_page(
                    address, facts, links, seal, self.parts.get(address, ())
                )
        return NO_STEP

    def _leased(self, hand: Hand | None, address: str) -> Refusal | None:
        if hand is None:
            return NO_HAND
        if address in hand.leases:
            return None
        page = self.frontier.pages.get(address)
        return DONE_BEFORE if page is not None and address not in self.checks else NOT_LEASED

    def hides(self, seat: int, move: Move) -> bool:
        return move != "stop" and move[0] in ("links", "page")

    def sent_away(self) -> Collection[int]:
        return [hand.seat for hand in self.crew if hand.caught and hand.seat >= 0]

    # -- what steps do -------------------------------------------------------------------------------------------------

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        hand = self.hand(seat)
        if move == "stop":
            self._end(why="stopped")
            return
        if move[0] == "work":
            self._hire(seat, move[1])
        elif move[0] == "links":
            self.parts.setdefault(move[1], []).extend(move[2])
            return
        elif hand is not None:
            _, address, facts, links, seal = move
            whole = (*self.parts.pop(address, ()), *links)
            page = Page(address, Facts.of(facts), whole, seal, self.crew.index(hand))
            hand.leases.remove(address)
            if address in self.checks:
                self._compare(page)
            else:
                self._take_in(page, hand, chance)
        self._go_on()

    def given_up(self, seat: int) -> None:
        if (hand := self.hand(seat)) is not None:
            self._dismiss(hand)
        self._go_on()

    def timeout(self) -> float | None:
        return SILENCE + 2 * self.job.delay if any(hand.leases for hand in self.crew) else None

    def time_out(self, chance: Chance) -> None:
        """Whoever has said nothing for so long holds nothing any more, until it offers itself anew."""
        for hand in self.crew:
            if hand.leases:
                self._dismiss(hand)
        self._go_on()

    def outcome(self) -> Outcome | None:
        if not self.ended:
            return None
        scores = [0.0] * self.seats
        for hand in self.crew:
            if hand.seat >= 0:
                scores[hand.seat] = hand.done
        return Outcome((1,) * self.seats, self.ended, tuple(scores))

    def progress(self) -> str:
        return f"{self.job.host}: {self.done} of {self.found} pages"

    def results(self, first: int) -> Sequence[Any]:
        rows: list[Any] = []
        size = 0
        for page in islice(self.frontier.pages.values(), first, None):
            size += 300 + len(page.facts.title) + sum(map(len, page.links)) + 4 * len(page.links)
            if rows and size > SLICE:
                break
            facts = msgspec.structs.astuple(page.facts)
            rows.append((page.address, *facts, page.links, page.seal, self.crew[page.by].name, int(page.sure)))
        return rows

    # -- the crew ------------------------------------------------------------------------------------------------------

    def hand(self, seat: int) -> Hand | None:
        """The worker on a seat, if somebody offered one from there."""
        return next((hand for hand in self.crew if hand.seat == seat), None)

    def _hire(self, seat: int, name: str) -> None:
        known = next((hand for hand in self.crew if hand.name == name and hand.seat < 0 and not hand.caught), None)
        if known is not None:
            known.seat = seat
        else:
            self.crew.append(Hand(name, seat))

    def _dismiss(self, hand: Hand) -> None:
        """A worker goes, and its leases with it, not the pages."""
        for address in hand.leases:
            self.parts.pop(address, None)
            if address in self.checks:
                self.checks[address].leased = False
            else:
                self.frontier.back(address)
        hand.leases, hand.seat = [], -1

    def _active(self) -> list[int]:
        """The workers that may get leases, by their places in the crew."""
        return [at for at, hand in enumerate(self.crew) if hand.seat >= 0 and not hand.caught]

    # -- pages ---------------------------------------------------------------------------------------------------------

    def _take_in(self, page: Page, hand: Hand, chance: Chance) -> None:
        """Note a page that is done; and, by chance or for a reason, have another worker look too."""
        self.frontier.done(self.job, page)
        hand.done += 1
        self._count(page)
        news = News(page.address, page.facts.status, page.facts.problem, hand.name)
        self.newest = [news, *self.newest[: SHOWN_PAGES - 1]]
        if self.job.check and len(self._active()) > 1:
            doubted = hand.strikes > 0 or not _lasting(page)
            if doubted or chance.below(self.job.check) == 0:
                self.checks[page.address] = Check([page])

    def _compare(self, page: Page) -> None:
        """Hold what another worker saw against the page; where two say the same, a third was wrong."""
        check = self.checks[page.address]
        check.leased = False
        first, *others = check.said
        check.said.append(page)
        if page.seal == first.seal:
            self._settle(first, others)
        elif not _lasting(first) or not _lasting(page):
            self._settle(page if _lasting(page) else first, [])
        elif others:
            same = next((other for other in others if other.seal == page.seal), None)
            self._settle(same or first, [first] if same else [])

    def _settle(self, right: Page, wrong: list[Page]) -> None:
        """A page is as one worker said; who said otherwise has a strike, and who has too many has lied all along."""
        address = right.address
        said = self.checks.pop(address).said
        pages = self.frontier.pages
        before = pages[address]
        sure = sum(page.seal == right.seal for page in said) > 1
        pages[address] = msgspec.structs.replace(right, sure=sure)
        before_it = [page.by for page in wrong if not self.crew[page.by].caught]
        for by in before_it:
            self.crew[by].strikes += 1
        liars = [by for by in before_it if self.crew[by].caught]
        if liars or right.seal != before.seal:
            self._redo({a: page for a, page in pages.items() if page.sure or page.by not in liars})

    def _redo(self, pages: dict[str, Page]) -> None:
        """Go on with these pages alone, and with what they lead to."""
        leased = {address for hand in self.crew for address in hand.leases}
        self.frontier = self.frontier.rebuilt(self.job, pages, leased)
        known, places = self.frontier.pages, self.frontier.places
        self.checks = {
            a: check for a, check in self.checks.items() if a in known and known[a].seal == check.said[0].seal
        }
        for hand in self.crew:
            hand.leases = [a for a in hand.leases if a in self.checks or (a in places and a not in known)]
            hand.done = 0
        self.done = self.failed = 0
        self.hosts = {}
        for page in known.values():
            self.crew[page.by].done += 1
            self._count(page)

    def _count(self, page: Page) -> None:
        bad = bool(page.facts.problem) or page.facts.status >= 400
        self.done += 1
        self.failed += bad
        host = host_of(page.address)
        if host in self.hosts or len(self.hosts) < SHOWN_HOSTS:
            done, failed = self.hosts.get(host, (0, 0))
            self.hosts[host] = [done + 1, failed + bad]

    # -- leases --------------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Give out what may be fetched now; end when there is nothing left."""
        self._lease()
        self.found = len(self.frontier.places)
        if any(hand.leases for hand in self.crew):
            return
        active = self._active()
        if not any(self._may_check(at, check) for at in active for check in self.checks.values()) and not any(
            self.frontier.open(self.job, host) for host in self.frontier.queues
        ):
            self._end(why="1 page is done" if self.done == 1 else f"{self.done} pages are done")

    def _lease(self) -> None:
        """Let workers hold what they may, in turns, so that all get their share."""
        active = self._active()
        holders: dict[str, set[int]] = {}
        for at in active:
            for address in self.crew[at].leases:
                holders.setdefault(host_of(address), set()).add(at)
        while active:
            active = [at for at in active if self._lease_one(at, holders)]

    def _lease_one(self, at: int, holders: dict[str, set[int]]) -> bool:
        """Give a worker one address more, if there is one for it."""
        hand, frontier, job = self.crew[at], self.frontier, self.job
        own = Counter(map(host_of, hand.leases))

        def room(host: str) -> bool:
            if host in own:
                return own[host] < BATCH
            return len(own) < LANES and len(holders.get(host, ())) < job.parallel

        found = next((a for a, check in self.checks.items() if self._may_check(at, check) and room(host_of(a))), None)
        if found is not None:
            self.checks[found].leased = True
        else:
            if frontier.taken >= job.pages:
                return False
            host = next((host for host in (*own, *frontier.queues) if room(host) and frontier.open(job, host)), None)
            if host is None:
                return False
            found = frontier.take(host)
        hand.leases.append(found)
        holders.setdefault(host_of(found), set()).add(at)
        return True

    def _may_check(self, at: int, check: Check) -> bool:
        return not check.leased and all(page.by != at for page in check.said)

    def _end(self, why: str) -> None:
        self.ended = why
        for hand in self.crew:
            hand.leases = []


def _lasting(page: Page) -> bool:
    """Whether the same would be found by another worker and a moment later."""
    return page.facts.problem not in PASSING and page.facts.status < 500


NO_WORKER = Refusal("no_worker", "A worker has a name of one line, and each seat has one worker.")
NO_HAND = Refusal("no_worker", "Offer a worker first; results come from workers.")
NOT_LEASED = Refusal("not_leased", "This address was not given to you, or no longer.")
DONE_BEFORE = Refusal("done_before", "This page was done before.")
NO_STEP = Refusal("not_legal", "A crawl knows no such step.")
