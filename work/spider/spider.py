"""The spider as a work: its names, its picture, and how one address is done."""

import argparse
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

from games.game_info import Move
from games.scene import Scene
from work.labour import Do, Post, Work
from work.spider import picture
from work.spider.addresses import host_of
from work.spider.info import SpiderInfo
from work.spider.job import NUMBERS, OPTIONS, Job, terms

HELP = {
    "pages": "pages at most",
    "per_host": "pages of one host at most",
    "depth": "clicks from the start at most",
    "delay": "seconds between two fetches of a worker at a host",
    "parallel": "workers at one host at once",
    "check": "one page in so many is fetched by a second worker too; 0: none",
}


class Spider(Work[SpiderInfo]):
    """A crawl of web pages, by as many workers as come."""

    name, title, seats, info = "spider", "Spider", range(1, 33), SpiderInfo
    options = OPTIONS
    summary = "Crawl web pages together: the room keeps the frontier, workers fetch."
    rules = "Robots Exclusion Protocol (RFC 9309); one delay and one queue a host"

    def check(self, options: Mapping[str, Any]) -> None:
        Job.of(options)

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--start", metavar="URL", help="the page to begin at")
        parser.add_argument("--scope", action="append", default=[], metavar="URL", help="what addresses begin with")
        for name, (kind, least, most) in NUMBERS.items():
            words = f"{HELP[name]} ({least:g} to {most:g})"
            parser.add_argument(f"--{name.replace('_', '-')}", dest=name, type=kind, metavar="N", help=words)
        parser.add_argument("--lan", action="store_true", help="allow private addresses; who joins says so too")
        parser.add_argument("--sitemaps", action="store_true", help="follow sitemaps that robots.txt names")
        parser.add_argument("--bodies", action="store_true", help="keep what this worker fetches, as WARC in --out")

    def wished(self, given: argparse.Namespace) -> dict[str, Any]:
        numbers = {name: getattr(given, name) for name in NUMBERS}
        words = terms(**numbers, lan=given.lan, sitemaps=given.sitemaps)
        return self.chosen({"start": given.start or "", "scope": " ".join(given.scope), "terms": words})

    def worker(self, given: argparse.Namespace, post: Post) -> Callable[[SpiderInfo], Do]:
        if given.bodies and given.out is None:
            raise ValueError("--bodies needs --out")

        def hands(info: SpiderInfo) -> Do:
            if info.job.lan and not given.lan:
                raise ValueError("This crawl may go to addresses of private networks; join with --lan to allow that.")
            from work.spider.visitor import Visitor, kept

            return Visitor(info.job, kept(given.out, given.name, post) if given.bodies else None)

        return hands

    def write(self, rows: Iterable[Any], info: SpiderInfo, folder: Path) -> Iterable[str]:
        from work.spider.results import write

        return write(rows, folder, f"Crawl of {info.job.start}")

    def offer(self, info: SpiderInfo, seat: int, name: str) -> Move | None:
        return ("work", name) if info.hand(seat) is None else None

    def pieces(self, info: SpiderInfo, seat: int) -> Iterable[str]:
        hand = info.hand(seat)
        return hand.leases if hand is not None else ()

    def lane(self, piece: str) -> Hashable:
        return host_of(piece)

    def scene(self, info: SpiderInfo, seat: int | None) -> Scene:
        return picture.scene(info, seat)

    def words(self, before: SpiderInfo, seat: int, move: Move) -> str:
        match move:
            case ("work", person):
                return f"{person} works"
            case ("page", address, *_):
                return str(address)
            case ("links", address, _):
                return f"{address}, a part of its links"
            case _:
                return "stopped the crawl"

    def hands(self, info: SpiderInfo) -> Do:
        from work.spider.visitor import Visitor  # what fetches is loaded only where pages are fetched

        return Visitor(info.job)
