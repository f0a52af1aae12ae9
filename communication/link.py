"""What every way to communicate is made of: addresses, listeners, and the links between two ends.

    listener = communication.listen("ws://127.0.0.1:0")
    listener.start(handler)
    link = communication.dial(listener.url, other_handler)
    link.send("hello")
    listener.stop()

A new way is one module with `listen` and `dial` (see `Way`) and one line in `communication/ways/__init__.py`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

Data = str | bytes
"""What a message is: text arrives as str, binary as bytes."""


PORT = 8765
"""Where servers listen unless they are told otherwise."""


class CloseCode(IntEnum):
    """Why a link ended, in the numbers of RFC 6455 section 7.4.1; every way uses the same."""

    NORMAL = 1000
    GOING_AWAY = 1001  # the listener stops
    PROTOCOL_ERROR = 1002
    NO_STATUS = 1005  # the peer closed and gave no reason; never sent
    LOST = 1006  # the connection broke without a goodbye; never sent
    NOT_TEXT = 1007  # text that is not UTF-8
    TOO_SLOW = 1008  # the peer does not read: more waits for it than Limits.queue_bytes
    TOO_MANY = 1008  # more pings, pongs and fragments than Limits.frames allows; RFC 6455 has one code for all rules
    TOO_BIG = 1009  # a message above Limits.message_bytes
    FAULT = 1011  # the handler at the closing end raised an exception
    BUSY = 1013  # as many connections as Limits.connections allows


class LinkError(OSError):
    """Listening or dialling failed; the text is one plain sentence for people."""


MESSAGE_COST = 48
"""Bytes that a message takes while it waits, beside its own: what a bytes object and its place cost."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one listener or one dialled link puts up with, in one place."""

    message_bytes: int = 1 << 20
    """Largest message received. The largest things sent are whole views of a table, some 10 KB: this is generous."""

    queue_bytes: int = 1 << 20
    """With more than this waiting to be sent, the next message closes the link. A reader so far behind has given up."""

    head_bytes: int = 16 << 10
    """Longest opening request of a WebSocket. Browsers with many cookies send up to about 8 KB."""

    handshake_seconds: float = 10.0
    """From the connection to the end of its opening handshake. A phone on bad Wi-Fi needs two or three."""

    close_seconds: float = 2.0
    """How long a peer may take over its goodbye before the socket is closed regardless; bounds Listener.stop()."""

    frames: int = 1000
    """Pings, pongs and fragments that a WebSocket takes at once; each costs the reader 5 us and may say nothing. A
    browser sends none, a library one in 20 s, a proxy may cut a large message into some hundred."""

    frames_per_second: float = 100.0
    """How many more of these each second brings."""

    connections: int = 12_000
    """Most connections of one listener, about 1 KB each while idle. On Windows 400, see the reactor."""

    connections_each: int = 200
    """Most connections from one address, which for IPv6 is a network of 64 bits, as one home has it. A school class
    behind one router has 30 people, and each may come back before the connection that they lost is noticed."""

    counted: bool = False
    """Count the connections from this machine itself too? Who can run a program here needs no network to do harm,
    and a proxy in front of the server speaks for everybody."""

    backlog: int = 1024
    """Connections the system keeps waiting for us: everybody joins at the same moment when an evening begins."""


class Link(ABC):
    """Either end of one connection. Every method may be called from any thread, and none blocks."""

    __slots__ = ()

    owner: Any = None
    """Whatever the handler of this end wants to find again with the link; no way looks at it."""

    address: str
    """Where the other end is, for logs and limits, such as 192.168.1.7:50312."""

    @abstractmethod
    def send(self, data: Data) -> None:
        """Queue one message for the other end.

        On a link that is closing or closed it does nothing: `closed` tells of it anyway. A link on which more than
        Limits.queue_bytes wait already is closed with 1008. The size limit is the receiver's, which closes with 1009.
        TypeError for anything but str and bytes, UnicodeEncodeError (a ValueError) for text that has no UTF-8 form.
        """

    def send_along(self, data: Data) -> None:
        """Like `send`, for what nobody waits for: confirmations of what the receiver did itself.

        Order is kept. It may leave a little later, together with the next message for this link: 5 ms later where
        nothing else is to be done, up to 0.2 s later while others wait to be served.
        """
        self.send(data)

    @abstractmethod
    def close(self, code: int = CloseCode.NORMAL, reason: str = "") -> None:
        """Send what is queued, say goodbye and close; only the first call counts.

        Both ends hear `closed` with this code and reason; when both close at once either pair may be heard. No
        message is received after one's own close. A reason is cut to the 123 bytes that the wire has room for.
        ValueError for a code that must not be sent (RFC 6455 section 7.4: 1000 to 1014 in part, 3000 to 4999).
        """


class Handler(Protocol):
    """Hears what happens on links; written by the user of a way.

    A way calls it from one thread for a listener and all its links, and from one thread for each dialled link.
    It may call every method of links and must not block, for nothing else is read meanwhile. For each link: `opened`
    once, `received` in the order of sending, `closed` once, nothing after it. An exception is logged and closes its
    link with 1011; other links are not touched.

    A handler may also have a method `settled()`, called after each batch of the other calls: all that was ready has
    been handed over, act and send now.
    """

    def opened(self, link: Link) -> None: ...

    def received(self, link: Link, data: Data) -> None: ...

    def closed(self, link: Link, code: int, reason: str) -> None: ...


class Listener(ABC):
    """A place where others can dial in; it holds its address from `listen` on, and answers from `start` on."""

    url: str
    """Where to dial, with the real port when port 0 was asked for."""

    @abstractmethod
    def start(self, handler: Handler) -> None:
        """Let links in and tell the handler about them, from a thread of this listener's own; once only."""

    @abstractmethod
    def stop(self) -> None:
        """Close every link with 1001, free the address and wait for the thread, at most about Limits.close_seconds.

        May be called again, and before `start`. Called by the handler itself, it returns at once and the thread ends
        after the last `closed`.
        """


class Address(NamedTuple):
    """A url taken apart; `text` is the url as it was given."""

    scheme: str
    host: str
    port: int
    text: str

    @property
    def place(self) -> str:
        """host:port, with brackets around an IPv6 host."""
        return at(self.host, self.port)


class Way(Protocol):
    """What the module of a way to communicate offers; `communication.listen` and `dial` explain the parameters."""

    def listen(
        self, address: Address, limits: Limits, tls: tuple[str, str] | None, origins: Collection[str]
    ) -> Listener: ...

    def dial(self, address: Address, handler: Handler, limits: Limits, timeout: float, ca: str | None) -> Link: ...


def parse(url: str) -> Address:
    """Take a url apart; ValueError says what is wrong with it."""
    if "://" not in url:
        raise ValueError(f"{url!r} is not an address: it should look like ws://192.168.1.7:8765")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"{url!r} is not an address: {error}") from None
    if parts.username is not None or parts.query or parts.fragment or parts.path not in ("", "/"):
        raise ValueError(f"{url!r} is not an address: nothing may stand beside the host and the port")
    return Address(parts.scheme, parts.hostname or "", port or 0, url)


def at(host: str, port: int) -> str:
    """host:port, with brackets around an IPv6 host."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def farewell(code: int, reason: str) -> tuple[int, str]:
    """A code and a reason as they can be sent: the reason cut to 123 bytes; ValueError for a code that cannot."""
    if not (1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999):
        raise ValueError(f"{code} is not a close code that may be sent")
    return int(code), reason.encode(errors="replace")[:123].decode(errors="ignore")
