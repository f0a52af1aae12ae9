"""Crawls without a network: a web as a table, workers who deliver in any order, and a room that is only its judge."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import Any

from games.game_info import Chance, Refusal
from work.spider.crawler import Visit
from work.spider.facts import steps
from work.spider.info import SpiderInfo
from work.spider.page import Read

ROOT = "http://a.example/"


def page(address: str, *links: str, body: str = "") -> Visit:
    """A visit that found a page with these links."""
    digest = f"{abs(hash(body or address)) % 16**32:032x}"
    return Visit(
        address, 200, "text/html", 10, digest, 0.01, read=Read("utf-8", "A page", tuple(sorted(links)), len(links))
    )


def gone(address: str) -> Visit:
    return Visit(address, 404, "text/html")


def moved(address: str, to: str) -> Visit:
    return Visit(address, 302, location=to)


class Crawl:
    """A crawl of a web: address -> visit. What it does not have is 404. `lies` is what a worker says instead."""

    def __init__(
        self, web: Mapping[str, Visit | tuple[str, ...]], terms: str = "", scope: str = "", start: str = ROOT
    ) -> None:
        self.web = {a: v if isinstance(v, Visit) else page(a, *v) for a, v in web.items()}
        self.info = SpiderInfo()
        self.chance = Chance(random.Random(1).randrange)
        self.info.setup(8, {"start": start, "scope": scope, "terms": terms}, self.chance)
        self.lies: dict[int, Mapping[str, Visit]] = {}
        self.visited: list[tuple[int, str]] = []

    def says(self, seat: int, move: Any) -> Refusal | None:
        """Make a step if it is legal."""
        refusal = self.info.judge(seat, move)
        if refusal is None:
            self.info.play(seat, move, self.chance)
        return refusal

    def hire(self, *seats: int) -> None:
        for seat in seats:
            assert self.says(seat, ("work", f"w{seat}")) is None

    def leases(self, seat: int) -> list[str]:
        hand = self.info.hand(seat)
        return hand.leases if hand is not None else []

    def visit(self, seat: int, address: str) -> Visit:
        self.visited.append((seat, address))
        return self.lies.get(seat, {}).get(address) or self.web.get(address) or gone(address)

    def deliver(self, seat: int, address: str) -> None:
        """Visit an address and bring all of it."""
        for move in steps(self.visit(seat, address)):
            refusal = self.says(seat, move)
            assert refusal is None, refusal

    def run(self, draws: random.Random | None = None) -> list[str]:
        """Let workers deliver, in an order drawn, until nothing is left to do; gives the sorted list of results."""
        draws = draws or random.Random(0)
        while work := [(hand.seat, address) for hand in self.info.crew for address in hand.leases if hand.seat >= 0]:
            self.deliver(*draws.choice(work))
            for seat in self.info.sent_away():
                self.info.given_up(seat)
        return self.found()

    def found(self) -> list[str]:
        """What the crawl has brought, in a form that does not depend on who did what and when."""
        rows = rows_of(self.info)
        return sorted(f"{row[0]} {row[1]} {row[9]} {row[10]} {row[13]}" for row in rows)


def rows_of(info: SpiderInfo) -> list[Any]:
    """All results, slice by slice."""
    rows: list[Any] = []
    while part := info.results(len(rows)):
        rows += part
    return rows


def at(*names: str | int) -> Iterable[str]:
    return (f"{ROOT}{name}" for name in names)
