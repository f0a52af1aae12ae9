"""Fetching one address: caps on time and bytes, no body of a private network unless asked, one identity."""

import hashlib
import ipaddress
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError, NewConnectionError, TimeoutError
from urllib3.response import BaseHTTPResponse

ROBOT = "RoundtableSpider"
AGENT = f"{ROBOT}/1 (LAN table games and other work)"
"""The one name by which all workers go, and by which a robots.txt can speak to them."""
CHUNK = 1 << 16
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""Addresses of version 6 by which a gateway reaches those of version 4, their last 32 bits (RFC 6052)."""


@dataclass(frozen=True, slots=True)
class Caps:
    """What one fetch may take: seconds to connect, to wait for more and in all; bytes on the wire and unpacked."""

    connect: float = 10.0
    wait: float = 15.0
    whole: float = 60.0
    bytes: int = 5_000_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `problem` says why there is no whole body, in a word; then `status` may be 0.

    timeout: too slow; no_answer: no connection, or it broke; too_large: more bytes than the cap, packed or unpacked;
    garbled: what came could not be unpacked; private: the host is in a private network, and that was not allowed.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    problem: str = ""
    seconds: float = 0.0

    @property
    def kind(self) -> str:
        """The media type, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().casefold()[:100]

    @property
    def digest(self) -> str:
        """A sum of the body (BLAKE2b, 16 bytes in hex)."""
        return hashlib.blake2b(self.body, digest_size=16).hexdigest()


class PrivateAddress(HTTPError):
    """The host's address is not one of the public network."""


def public(ip: str) -> bool:
    """Whether a numeric address belongs to the public network, also the one of version 4 that it may stand for."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        behind = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None
        return (address.ipv4_mapped or address.sixtofour or behind or address).is_global
    return address.is_global


class _PublicConnection(HTTPConnection):
    """Looks at whom it has reached before a word is said; so no name can be made to mean another place meanwhile."""

    def _new_conn(self):  # type: ignore[no-untyped-def]
        made = super()._new_conn()
        if not public(made.getpeername()[0]):
            made.close()
            raise PrivateAddress(f"{self.host} is in a private network")
        return made


class _PublicTlsConnection(HTTPSConnection):
    _new_conn = _PublicConnection._new_conn


class _PublicPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _PublicTlsConnection


class Fetcher:
    """Fetches addresses as they stand, following nothing; may be used by several threads at once.

    With `private` addresses of private networks, and of this computer, may be fetched too.
    """

    def __init__(
        self, private: bool = False, caps: Caps | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.caps = caps or Caps()
        self._now = now
        self._pools = urllib3.PoolManager(
            num_pools=50,
            maxsize=4,
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", "Accept": "text/html, */*;q=0.5"},
            timeout=urllib3.Timeout(connect=self.caps.connect, read=self.caps.wait),
            retries=False,
        )
        if not private:
            self._pools.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicTlsPool}

    def get(self, address: str) -> Fetched:
        """Fetch an address once; never raises for what the other side does."""
        began = self._now()
        try:
            response = self._pools.request("GET", address, redirect=False, preload_content=False)
        except PrivateAddress:
            return Fetched(0, problem="private")
        except (HTTPError, ValueError, OSError) as error:
            slow = isinstance(error, TimeoutError) and not isinstance(error, NewConnectionError)
            return Fetched(0, problem="timeout" if slow else "no_answer", seconds=self._now() - began)
        headers = {name.casefold(): value for name, value in response.headers.items()}
        body, problem = self._body(response, began)
        if problem:
            response.close()
        response.release_conn()
        return Fetched(response.status, headers, body, problem, self._now() - began)

    def _body(self, response: BaseHTTPResponse, began: float) -> tuple[bytes, str]:
        """The body, or why it is not whole; read as it comes, so that neither the slow nor the large is trusted."""
        caps, parts, size = self.caps, [], 0
        if (
            response.headers.get("content-length", "").isdecimal()
            and int(response.headers["content-length"]) > caps.bytes
        ):
            return b"", "too_large"
        try:
            while chunk := response.read1(CHUNK, decode_content=True):
                parts.append(chunk)
                size += len(chunk)
                if size > caps.bytes or response.tell() > caps.bytes:
                    return b"", "too_large"
                if self._now() - began > caps.whole:
                    return b"", "timeout"
        except TimeoutError:
            return b"", "timeout"
        except DecodeError:
            return b"", "garbled"
        except (HTTPError, ValueError, OSError):
            return b"", "no_answer"
        return b"".join(parts), ""


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that Retry-After asks for, given as seconds or as a date; `now` is seconds since 1970."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
