"""The facts of a visit as a step carries them, and whether they can be right."""

import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import msgspec

from games.game_info import Refusal, whole
from work.spider.addresses import LONGEST, canonical

if TYPE_CHECKING:
    from work.spider.crawler import Visit

PROBLEMS = ("", "timeout", "no_answer", "too_large", "garbled", "private", "robots", "busy", "bad_redirect")
PASSING = ("timeout", "no_answer", "garbled", "busy")
"""Problems that another worker, or another moment, may not have."""
MOST_LINKS, MOST_LENGTH = 10_000, 500_000
"""Links of one page that are followed, and characters of them: results must fit in a message."""
PART_LINKS, PART_LENGTH = 1500, 40_000
"""Links of one step, and characters of them: as much as a room takes in one message."""
_DIGEST = re.compile(r"[0-9a-f]{32}")


class Facts(msgspec.Struct, array_like=True, frozen=True):
    """What was found at an address; see `crawler.Visit` and `page.Read`. Milliseconds and lengths are whole numbers."""

    status: int
    kind: str
    charset: str
    length: int
    digest: str
    title: str
    anchors: int
    ms: int
    problem: str
    location: str
    canonical: str
    noindex: int

    @classmethod
    def of(cls, facts: Sequence[Any]) -> Self:
        """Facts from a step; TypeError where there are too many or too few."""
        return cls(*facts)

    @classmethod
    def seen(cls, visit: "Visit") -> Self:
        """The facts of a visit."""
        read = visit.read
        return cls(
            visit.status, _plain(visit.kind), _plain(read.charset), visit.length, visit.digest, read.title,
            read.anchors, round(visit.seconds * 1000), visit.problem, visit.location, read.canonical, int(read.noindex),
        )  # fmt: skip

    def seal(self, address: str, links: Sequence[str]) -> str:
        """A sum of all that must be the same whoever fetches: every fact but the time it took, and the links."""
        lasting = msgspec.structs.astuple(msgspec.structs.replace(self, ms=0))
        return hashlib.blake2b(msgspec.json.encode((address, lasting, links)), digest_size=16).hexdigest()


def steps(visit: "Visit") -> list[tuple[Any, ...]]:
    """The steps that bring a visit to the room: parts of its links where they are many, and the page."""
    facts, links = Facts.seen(visit), visit.read.links[:MOST_LINKS]
    while sum(map(len, links)) > MOST_LENGTH:
        links = links[: len(links) // 2]
    seal = facts.seal(visit.address, links)
    parts, begin, length = [], 0, 0
    for at, link in enumerate(links):
        length += len(link)
        if at - begin == PART_LINKS or length > PART_LENGTH:
            parts.append(("links", visit.address, links[begin:at]))
            begin, length = at, len(link)
    return [*parts, ("page", visit.address, msgspec.structs.astuple(facts), links[begin:], seal)]


def judge_links(links: Sequence[Any], before: Sequence[str] = ()) -> Refusal | None:
    """Say why these cannot be the next links of a page: each must be canonical, and they come in order."""
    if len(links) + len(before) > MOST_LINKS:
        return BAD_LINKS
    length = sum(map(len, before))
    last = before[-1] if before else ""
    for link in links:
        if type(link) is not str or link <= last or canonical(link) != link:
            return BAD_LINKS
        last, length = link, length + len(link)
    return BAD_LINKS if length > MOST_LENGTH else None


def judge_page(
    address: str, facts: Sequence[Any], links: Sequence[Any], seal: str, before: Sequence[str]
) -> Refusal | None:
    """Say why this cannot be what was found at an address, or None; `before` are the links that came in parts."""
    if len(facts) != len(Facts.__struct_fields__):
        return BAD_FACTS
    f = Facts.of(facts)
    numbers = (f.status, 599), (f.length, 2**40), (f.anchors, 2**40), (f.ms, 2**40), (f.noindex, 1)
    short = (f.kind, 40), (f.charset, 40), (f.digest, 32), (f.title, 200)
    texts = *short, (f.location, LONGEST), (f.canonical, LONGEST)
    sane = all(whole(value, 0, most) for value, most in numbers) and all(_text(value, most) for value, most in texts)
    if not sane or f.problem not in PROBLEMS:
        return BAD_FACTS
    if bool(f.length) != bool(f.digest) or (f.digest and not _DIGEST.fullmatch(f.digest)):
        return BAD_FACTS
    if any(text and canonical(text) != text for text in (f.location, f.canonical)):
        return BAD_LINKS
    if f.location and not 300 <= f.status < 400:
        return BAD_FACTS
    if (links or before) and (f.status != 200 or f.problem):
        return BAD_FACTS
    if refusal := judge_links(links, before):
        return refusal
    return None if f.seal(address, (*before, *links)) == seal else BAD_SEAL


BAD_FACTS = Refusal("bad_facts", "These cannot be the facts of a visit.")
BAD_LINKS = Refusal("bad_links", "Links of a page are addresses in their canonical form, in order, each once.")
BAD_SEAL = Refusal("bad_seal", "The seal does not fit the page; a part of it is missing or has changed.")


def _text(value: Any, most: int) -> bool:
    return type(value) is str and len(value) <= most


def _plain(text: str) -> str:
    return "".join(filter(str.isprintable, text))[:40]
