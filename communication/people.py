"""The people a server knows, the names they may have, and the lines they may say."""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections.abc import Container
from typing import TYPE_CHECKING

from communication.allowance import Allowance
from communication.link import Link
from communication.messages import Match, Person

if TYPE_CHECKING:
    from communication.rooms import Room

NAME_LENGTH = 24
"""Characters of a name: what a seat's plate can show."""
TEXT_LENGTH = 500
"""Characters of a line of chat: a few lines in a narrow panel."""
KEY = re.compile(r"[A-Za-z0-9_-]{16,200}")
QUOTED = 40
"""Characters of what somebody sent that an answer quotes."""

LONG = 8
"""A text of more than so many times its limit is not even looked at: bringing some marks into the normal form takes
the square of their number in steps."""
TRIES = 200
"""Numbers tried one after the other behind a name that is taken, before leaps are made."""

_UNSHOWABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}  # Persian and Indic scripts, and joined emoji, need them
_BLANK = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}  # letters and signs that show nothing


class Visitor:
    """One connection to the server; `member` is None until it has logged in.

    `since` is when it was opened, `heard` the time of the server's last `task` when something came from it, `beats`
    whether it has ever sent a sign of life, `allowance` what it may still send.
    """

    __slots__ = ("allowance", "beats", "follows", "heard", "link", "member", "since")

    def __init__(self, link: Link, now: float, allowance: Allowance) -> None:
        self.link: Link | None = link
        self.member: Member | None = None
        self.allowance = allowance
        self.since = self.heard = now
        self.beats = False
        self.follows = False

    def known(self) -> Member:
        """Who this is; only for visitors that have logged in."""
        if self.member is None:
            raise LookupError("this visitor has not logged in")
        return self.member


class Member:
    """Somebody who has logged in; stays the same one over any number of connections.

    `rooms` are the rooms they are in, by their codes, `away_since` the time their connection was lost, None while here.
    `house` tells a bot that lives in the server's own program, and dies with it; `wish` is what they wait for, if so,
    also while they are away.
    """

    __slots__ = ("away_since", "bot", "house", "key_hash", "link", "name", "rooms", "visitor", "wish")

    def __init__(self, name: str, key_hash: bytes, bot: bool) -> None:
        self.name = name
        self.key_hash = key_hash
        self.bot = bot
        self.house = False
        self.visitor: Visitor | None = None
        self.link: Link | None = None
        self.rooms: dict[str, Room] = {}
        self.away_since: float | None = None
        self.wish: Match | None = None

    def pays(self, cost: float, now: float) -> bool:
        """Take this from what their connection may still send, or give it back below 0; whether there was enough."""
        return self.visitor is None or self.visitor.allowance.spend(cost, now)

    def card(self, at: str = "", now: float = 0.0) -> Person:
        """What others see of this person, with the code of the room they may be found in.

        With the time that it is now, it tells for how long they have been away.
        """
        gone = 0 if self.away_since is None else max(0, int(now - self.away_since))
        return Person(self.name, self.bot, self.link is None, at, gone)


def key_hash(key: str) -> bytes:
    """What the server keeps of a key."""
    return hashlib.sha256(key.encode()).digest()


def clean_name(name: str, most: int = NAME_LENGTH) -> str:
    """The name in normal form with single spaces; ValueError says in a sentence why it cannot be used."""
    too_long = f"That name is too long; {most} characters at most."
    if len(name) > LONG * most:
        raise ValueError(too_long)
    if _hidden(name):
        raise ValueError("A name cannot hold control characters or marks that turn the text around.")
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not any(unicodedata.category(c)[0] in "LNPS" and c not in _BLANK for c in name):
        raise ValueError("Please say your name; it is empty.")
    if len(name) > most:
        raise ValueError(too_long)
    return name


def clean_text(text: str, most: int = TEXT_LENGTH) -> str:
    """A line of chat on one line, unshowable characters left out; ValueError says why it cannot be said."""
    too_long = f"That line is too long; {most} characters at most."
    if len(text) > LONG * most:
        raise ValueError(too_long)
    line = " ".join("".join(c for c in text.replace("\n", " ").replace("\t", " ") if not _hidden(c)).split())
    if not line:
        raise ValueError("There is nothing to say in an empty line.")
    if len(line) > most:
        raise ValueError(too_long)
    return line


def free_name(name: str, taken: Container[str]) -> str:
    """The name itself or, where it is taken (`taken` holds folded names), with the first free number behind it."""
    if folded(name) not in taken:
        return name
    n = 2
    while True:
        tail = f" {n}"
        candidate = name[: NAME_LENGTH - len(tail)].rstrip() + tail
        if folded(candidate) not in taken:
            return candidate
        n += 1 if n < TRIES else random.randint(1, n)  # few tries even where thousands want the same name


def folded(name: str) -> str:
    """What two names share that look the same: small letters, usual forms, no joiners."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c not in _JOINERS)


def quoted(text: str, most: int = QUOTED) -> str:
    """What somebody sent, fit to stand in a sentence: unshowable characters left out, cut where it is long."""
    shown = "".join(filter(str.isprintable, text))
    return shown if len(shown) <= most else shown[:most] + "..."


def _hidden(text: str) -> bool:
    return any(unicodedata.category(c) in _UNSHOWABLE and c not in _JOINERS for c in text)
