"""The spider as a work: its names, its picture, and how one address is done."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from games.game_info import Move
from work.labour import Do, Work
from work.spider.addresses import host_of
from work.spider.info import SpiderInfo
from work.spider.job import OPTIONS, Job


class Spider(Work[SpiderInfo]):
    """A crawl of web pages, by as many workers as come."""

    name, title, seats, info = "spider", "Spider", range(1, 33), SpiderInfo
    options = OPTIONS
    summary = "Crawl web pages together: the room keeps the frontier, workers fetch."
    rules = "Robots Exclusion Protocol (RFC 9309); one delay and one queue a host"

    def check(self, options: Mapping[str, Any]) -> None:
        Job.of(options)

    def offer(self, info: SpiderInfo, seat: int, name: str) -> Move | None:
        return ("work", name) if info.hand(seat) is None else None

    def pieces(self, info: SpiderInfo, seat: int) -> Iterable[str]:
        hand = info.hand(seat)
        return hand.leases if hand is not None else ()

    def lane(self, piece: str) -> Hashable:
        return host_of(piece)

    def words(self, before: SpiderInfo, seat: int, move: Move) -> str:
        match move:
            case ("work", name):
                return f"{name} works"
            case ("page", address, *_):
                return str(address)
            case _:
                return str(move[0])

    def hands(self, info: SpiderInfo) -> Do:
        from work.spider.visitor import Visitor  # what fetches is loaded only where pages are fetched

        return Visitor(info.job)
