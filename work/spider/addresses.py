"""Addresses of the web: one way to write each, what lies in scope, and which ones lead on without end."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import msgspec

LONGEST = 1000
"""Characters of an address; longer ones are traps far more often than pages."""
DEEPEST = 20
"""Parts of a path that an address may have."""
REPEATS = 3
"""Times that a part of a path, or two in a row, may come one after the other."""
PORTS = {"http": 80, "https": 443}

SESSION = re.compile(r"(?:phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|sid|utm_\w+)", re.IGNORECASE)
"""Names in a query that say who is asking, not what for."""
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)
_DOT = re.compile(r"%2e", re.IGNORECASE)
_BLANK = re.compile(r"[\t\n\r]")
_DATED = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_NUMBER = re.compile(r"\d+")


@lru_cache(1 << 16)
def canonical(address: str) -> str | None:
    """The one way to write a whole address; None where it is none that can be fetched.

    Scheme and host in small letters, the host as IDNA wants it, no default port, no dots in the path, escapes written
    alike, the query in order, without session ids; no fragment. Addresses with a user's name are not fetched.
    """
    from w3lib.url import canonicalize_url  # loaded with the first address: no window needs it to start

    try:
        parts = urlsplit(_BLANK.sub("", address.strip()))
        scheme, host, port = parts.scheme, (parts.hostname or "").rstrip("."), parts.port
        if scheme not in PORTS or not host or "@" in parts.netloc:
            return None
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        if ":" in host:
            host = f"[{host}]"
        netloc = host if port is None or port == PORTS[scheme] else f"{host}:{port}"
        path = _without_dots(_DOT.sub(".", _SESSION_PATH.sub("", parts.path)))
        query = parts.query
        if query:
            pairs = parse_qsl(query, keep_blank_values=True)
            kept = [(name, value) for name, value in pairs if not SESSION.fullmatch(name)]
            query = query if len(kept) == len(pairs) else urlencode(kept)
        made: str = canonicalize_url(urlunsplit((scheme, netloc, path, query, "")))
    except (ValueError, UnicodeError):
        return None
    return made if len(made) <= LONGEST else None


def joined(base: str, link: str) -> str | None:
    """The canonical address of a link on a page whose base is this; None where it leads nowhere that can be fetched."""
    try:
        return canonical(urljoin(base, _BLANK.sub("", link.strip())))
    except ValueError:
        return None


@lru_cache(1 << 16)
def host_of(address: str) -> str:
    """The host of a canonical address, with its port where that is not the usual one: what is treated with patience."""
    return address.split("/", 3)[2]


def origin_of(address: str) -> str:
    """Scheme and host of a canonical address: that for which a robots.txt speaks."""
    return "/".join(address.split("/", 3)[:3])


class Scope(msgspec.Struct, frozen=True):
    """Where a crawl may go: addresses whose host and path begin like one of these, whatever their scheme."""

    begins: tuple[str, ...]

    @classmethod
    def of(cls, start: str, texts: Iterable[str] = ()) -> "Scope":
        """The scope that was written; by default the whole host of the start. ValueError names what is no address."""
        begins = []
        for text in texts:
            address = canonical(text)
            if address is None:
                raise ValueError(f"{text[:100]!r} is not an address that can be fetched.")
            begins.append(address.partition("://")[2])
        return cls(tuple(begins) or (f"{host_of(start)}/",))

    def holds(self, address: str) -> bool:
        """Whether a canonical address lies in scope."""
        return address.partition("://")[2].startswith(self.begins)


@lru_cache(1 << 16)
def endless(address: str) -> bool:
    """Whether an address looks like one of a trap: a very deep path, or parts of it that come again and again."""
    parts = [part for part in urlsplit(address).path.split("/") if part]
    if len(parts) > DEEPEST:
        return True
    for width in (1, 2):
        run = 1
        for at in range(width, len(parts) - width + 1, width):
            run = run + 1 if parts[at : at + width] == parts[at - width : at] else 1
            if run > REPEATS:
                return True
    return False


def dated_shape(address: str) -> str:
    """What addresses of a calendar have in common: the address with 0 for each number; "" where it has no year."""
    place = address.partition("://")[2].partition("/")[2]
    return f"{host_of(address)}/{_NUMBER.sub('0', place)}" if _DATED.search(place) else ""


def _without_dots(path: str) -> str:
    """The path without "." and ".." (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path or "/"
    kept: list[str] = []
    parts = path.split("/")[1:]
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    return "/" + "/".join(kept) + ("/" if parts[-1] in (".", "..") and kept else "")
