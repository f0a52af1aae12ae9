"""What hosts let crawlers do: each robots.txt, fetched once and then remembered (RFC 9309)."""

from dataclasses import dataclass

from protego import Protego
from w3lib.encoding import html_to_unicode

from work.spider.addresses import joined, origin_of
from work.spider.fetch import ROBOT, Fetched

HOPS = 5
"""Redirects that a robots.txt may take."""
MOST_BYTES = 500 << 10
"""Bytes of a robots.txt that are read; the standard wants no fewer."""
MOST_DELAY = 60.0
"""Seconds between two fetches that a host may ask for; whoever wants more wants no crawlers."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host lets this crawler do; without a `file` everything, or, where `closed` says why, nothing yet."""

    file: Protego | None = None
    closed: str = ""

    def problem(self, address: str) -> str:
        """Why this address may not be fetched, in a word; "" where it may."""
        if self.closed or self.file is None or self.file.can_fetch(address, ROBOT):
            return self.closed
        return "robots"

    @property
    def delay(self) -> float:
        """Seconds that the host wants between two fetches."""
        asked = self.file.crawl_delay(ROBOT) if self.file is not None else None
        return min(max(asked or 0.0, 0.0), MOST_DELAY)


def place(address: str) -> str:
    """Where the robots.txt stands that speaks for an address."""
    return f"{origin_of(address)}/robots.txt"


def rules(fetched: Fetched) -> Rules:
    """What the answer to the question for a robots.txt means: none there lets everything, no sane answer nothing."""
    if fetched.problem:
        return Rules(closed=fetched.problem)
    if fetched.status >= 500 or fetched.status == 429:
        return Rules(closed="busy")
    if fetched.status != 200:
        return Rules()
    kind = fetched.headers.get("content-type")
    return Rules(Protego.parse(html_to_unicode(kind, fetched.body[:MOST_BYTES], default_encoding="utf-8")[1]))


def moved(address: str, fetched: Fetched) -> str | None:
    """Where a redirect leads; None where it is none, or leads nowhere."""
    if fetched.status not in (301, 302, 303, 307, 308) or "location" not in fetched.headers:
        return None
    return joined(address, fetched.headers["location"])
