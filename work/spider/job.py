"""What a crawl is to do: where it begins, how far it goes, how gentle it is."""

from collections.abc import Mapping
from typing import Any

import msgspec

from games.game import TextOption
from work.spider.addresses import Scope, canonical, host_of

MOST_PAGES, MOST_DEPTH, MOST_DELAY, MOST_PARALLEL = 1_000_000, 1000, 600.0, 32

OPTIONS = {
    "start": TextOption("Start", "the address of the first page", "begins at an address"),
    "scope": TextOption("Scope", "what the addresses begin with, several with spaces between", "keeps to a scope"),
    "terms": TextOption("Terms", "such as pages=500 depth=3 delay=0.5 parallel=2 check=10 lan sitemaps", "has terms"),
}


class Job(msgspec.Struct, frozen=True):
    """One crawl. `delay` are seconds between two fetches of a worker at a host, `parallel` workers at a host at once.

    Every so many pages (`check`; 0: none) are fetched by a second worker too. `lan` lets it go to private addresses.
    """

    start: str = ""
    scope: Scope = Scope(())
    pages: int = 10_000
    per_host: int = 10_000
    depth: int = 50
    delay: float = 1.0
    parallel: int = 1
    check: int = 20
    lan: bool = False
    sitemaps: bool = False

    @property
    def host(self) -> str:
        """The host of the first page."""
        return host_of(self.start) if self.start else ""

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> "Job":
        """The job that a room's options name; ValueError says in a sentence what is wrong with them."""
        start = canonical(options["start"])
        if start is None:
            raise ValueError("Start: please write an address such as http://example.com/.")
        scope = Scope.of(start, options["scope"].split())
        if not scope.holds(start):
            raise ValueError("Scope: the start does not lie in it.")
        return cls(start, scope, **_terms(options["terms"]))


NUMBERS: dict[str, tuple[type, float, float]] = {
    "pages": (int, 1, MOST_PAGES),
    "per_host": (int, 1, MOST_PAGES),
    "depth": (int, 0, MOST_DEPTH),
    "delay": (float, 0, MOST_DELAY),
    "parallel": (int, 1, MOST_PARALLEL),
    "check": (int, 0, MOST_PAGES),
}
"""Terms with a number: its type, the least and the most."""
SWITCHES = ("lan", "sitemaps")


def _terms(text: str) -> dict[str, Any]:
    terms: dict[str, Any] = {}
    for word in text.split():
        name, equals, value = word.partition("=")
        if name in SWITCHES and not equals:
            terms[name] = True
        elif name in NUMBERS:
            kind, least, most = NUMBERS[name]
            try:
                number = kind(value)
            except ValueError:
                number = -1
            if not least <= number <= most:
                raise ValueError(f"Terms: {name} is a number from {least:g} to {most:g}.")
            terms[name] = number
        else:
            known = ", ".join([*(f"{name}=..." for name in NUMBERS), *SWITCHES])
            raise ValueError(f"Terms: {word[:40]!r} is none of {known}.")
    return terms


def terms(**given: float | bool | None) -> str:
    """Terms as an option holds them; what is None or False is left out."""
    said = {name: value for name, value in given.items() if value is not None and value is not False}
    return " ".join(name if value is True else f"{name}={value:g}" for name, value in said.items())
