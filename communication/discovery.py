"""Finding hosts on the LAN: a seeker asks into every network of its machine by UDP, and beacons answer.

    beacon = Beacon(describe)                 # at the host; describe() -> Hosted
    beacon.start()
    seeker = Seeker(on_found)                 # at a friend's; on_found(Found), about once a second for each host
    seeker.start()

Plain broadcasts are used and no multicast, which many routers and Wi-Fi points do not pass on.
"""

import ipaddress
import logging
import secrets
import selectors
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

import ifaddr
import msgspec
from msgspec import Meta

from communication.link import at

log = logging.getLogger(__name__)

PORT = 8766
"""Where beacons listen: the port after the one on which hosts do."""
MAGIC = b"roundtable/1 "
"""Begins every datagram: whose it is, and the version of what follows."""
EVERY = 1.0
"""Seconds between two questions of a seeker."""
PROBE_BYTES = 600
"""Length of a question. No answer may be longer, so that a beacon cannot be used to flood a third machine."""
ROUNDS = 3
"""How many questions back an answer may belong, and how long an address is kept that answers no more."""
MOST_HOSTS = 256
"""Hosts that one seeker keeps apart; far more than sit in one network."""

Count = Annotated[int, Meta(ge=0, le=1_000_000)]
NAME_LENGTH, PROGRAM_LENGTH = 60, 20
"""Characters of a host's name and of its program's version; a beacon cuts what is longer."""


class Hosted(msgspec.Struct, frozen=True, kw_only=True):
    """What a host says about itself: how it is called, where on its address it listens, and how much goes on there."""

    name: Annotated[str, Meta(max_length=NAME_LENGTH)]
    scheme: Literal["ws", "wss", "tcp"] = "ws"
    port: Annotated[int, Meta(ge=1, le=65535)]
    program: Annotated[str, Meta(max_length=PROGRAM_LENGTH)]
    protocol: Count
    people: Count = 0
    tables: Count = 0
    password: bool = False


class Probe(msgspec.Struct, frozen=True):
    """The question; its answer carries the same token. The padding makes it as long as an answer may be."""

    token: int
    padding: str = ""


class Answer(msgspec.Struct, frozen=True):
    """The answer; `id` is drawn anew by each beacon, so that a host with two addresses is one host."""

    token: int
    id: Annotated[str, Meta(min_length=8, max_length=64)]
    host: Hosted


@dataclass(frozen=True, slots=True)
class Found:
    """A host that answered: where to dial it, what it says about itself, and how long the answer took in seconds."""

    id: str
    url: str
    host: Hosted
    delay: float


class Ear:
    """Base of beacon and seeker: a UDP socket with a thread of its own that hears it."""

    def __init__(self, name: str, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._socket: socket.socket | None = None
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name=f"roundtable-{name}", daemon=True)

    def start(self) -> bool:
        """Take the port and begin to hear; False, with a line in the log, where the port cannot be had. Once only."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            if sys.platform == "win32":  # there a second program could otherwise take the same port
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            sock.bind((self.host, self.port))
        except OSError as error:
            sock.close()
            log.warning("discovery does not work here: UDP port %d: %s", self.port, error.strerror or error)
            return False
        sock.setblocking(False)
        self.port = sock.getsockname()[1]
        self._socket = sock
        self._thread.start()
        return True

    def stop(self) -> None:
        """Hear nothing more and wait for the thread; may be called again, before start, and by the thread itself."""
        try:
            self._wake.send(b".")
        except OSError:
            pass  # stopped already
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join()
        if self._thread.ident is None:
            self._close()

    def _run(self) -> None:
        sock = self._socket
        if sock is None:
            return
        with selectors.DefaultSelector() as selector:
            selector.register(sock, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while True:
                ready = selector.select(self.due(sock))
                if any(key.fileobj is self._woken for key, _ in ready):
                    break
                if ready:
                    self._hear(sock)
        self._close()

    def _close(self) -> None:
        for sock in (self._socket, self._wake, self._woken):
            if sock is not None:
                sock.close()

    def _hear(self, sock: socket.socket) -> None:
        try:
            data, address = sock.recvfrom(2048)
        except OSError:
            return  # on Windows: an earlier datagram of ours found nobody
        if data.startswith(MAGIC):
            try:
                self.heard(sock, data, address)
            except (msgspec.MsgspecError, ValueError, RecursionError):
                log.debug("a datagram from %s makes no sense", address)
            except Exception:
                log.exception("a datagram from %s brought trouble", address)

    def due(self, sock: socket.socket) -> float | None:
        """Do what is due, and say how many seconds from now the next thing is (None: nothing)."""
        return None

    def heard(self, sock: socket.socket, data: bytes, address: tuple[str, int]) -> None:
        """A datagram with our magic has come."""
        raise NotImplementedError


class Beacon(Ear):
    """Answers those who look for hosts; `describe` is called on its thread for each answer.

    Where another program has the port already, this host is just not found: friends can still type its address.
    """

    def __init__(self, describe: Callable[[], Hosted], port: int = PORT, host: str = "0.0.0.0") -> None:
        super().__init__("beacon", host, port)
        self.id = secrets.token_hex(8)
        self._describe = describe

    def heard(self, sock: socket.socket, data: bytes, address: tuple[str, int]) -> None:
        probe = _probes.decode(data[len(MAGIC) :])
        answer = MAGIC + msgspec.json.encode(Answer(probe.token, self.id, _shown(self._describe())))
        if len(answer) <= len(data):
            _send(sock, answer, address)


class Seeker(Ear):
    """Looks for hosts until stopped, and calls `on_found` on its thread for each answer.

    A host that answers from several addresses keeps the first one, but an address in the network is better than
    127.0.0.1. A host that is gone just answers no more. `targets` are the addresses asked.
    """

    def __init__(
        self,
        on_found: Callable[[Found], None],
        port: int = PORT,
        every: float = EVERY,
        targets: Callable[[], Iterable[str]] | None = None,
    ) -> None:
        super().__init__("seeker", "", 0)
        self._on_found = on_found
        self._asks_port = port
        self._every = every
        self._targets = targets or networks
        self._asked: dict[int, float] = {}
        self._known: dict[str, tuple[str, float]] = {}
        self._next = time.monotonic()

    def due(self, sock: socket.socket) -> float:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + self._every
            token = secrets.randbits(50)
            self._asked[token] = now
            for old in list(self._asked)[:-ROUNDS]:
                del self._asked[old]
            bare = MAGIC + msgspec.json.encode(Probe(token))
            probe = MAGIC + msgspec.json.encode(Probe(token, " " * (PROBE_BYTES - len(bare))))
            for target in self._targets():
                _send(sock, probe, (target, self._asks_port))
        return max(0.0, self._next - now)

    def heard(self, sock: socket.socket, data: bytes, address: tuple[str, int]) -> None:
        now = time.monotonic()
        answer = _answers.decode(data[len(MAGIC) :])
        asked = self._asked.get(answer.token)
        if asked is None:
            return  # not an answer to a question of ours
        place = self._place(answer.id, address[0], now)
        if place:
            host = _shown(answer.host)
            url = f"{host.scheme}://{at(place, host.port)}"
            self._on_found(Found(answer.id, url, host, now - asked))

    def _place(self, id: str, place: str, now: float) -> str:
        """The address to show for a host that has just answered from this one; empty when there are too many hosts."""
        known, heard = self._known.get(id, ("", 0.0))
        stale = now - heard > ROUNDS * self._every
        if not known or known == place or stale or (_is_own(known) and not _is_own(place)):
            if not known and len(self._known) >= MOST_HOSTS:
                return ""
            self._known[id] = (place, now)
            return place
        return known


def look(seconds: float = 1.0, port: int = PORT, targets: Callable[[], Iterable[str]] | None = None) -> list[Found]:
    """Look for hosts for so long; the nearest first."""
    found: dict[str, Found] = {}

    def keep(one: Found) -> None:
        found[one.id] = one

    seeker = Seeker(keep, port, targets=targets)
    if seeker.start():
        threading.Event().wait(seconds)
    seeker.stop()
    return sorted(found.values(), key=lambda one: one.delay)


def networks() -> list[str]:
    """Where to ask: this machine, the broadcast address of each of its networks, and the one for all of them."""
    nets = [interface.network for interface in _interfaces()]
    return list(dict.fromkeys(["127.0.0.1", "255.255.255.255", *(str(net.broadcast_address) for net in nets)]))


def addresses() -> list[str]:
    """This machine's own addresses in its networks, for a host to tell; the likeliest ones of a home come first."""
    homes = ("192.168.", "10.", "172.")
    own = [str(interface.ip) for interface in _interfaces() if not interface.is_link_local]
    return sorted(own, key=lambda ip: next((k for k, home in enumerate(homes) if ip.startswith(home)), len(homes)))


def _interfaces() -> list[ipaddress.IPv4Interface]:
    ips = [ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4 and not _is_own(str(ip.ip))]
    return [ipaddress.IPv4Interface(f"{ip.ip}/{ip.network_prefix}") for ip in ips]


_probes = msgspec.json.Decoder(Probe)
_answers = msgspec.json.Decoder(Answer)


def _send(sock: socket.socket, data: bytes, address: tuple[str, int]) -> None:
    try:
        sock.sendto(data, address)
    except OSError as error:  # a network without a way out is no reason not to ask in the others
        log.debug("nothing can be sent to %s: %s", address, error.strerror or error)


def _is_own(place: str) -> bool:
    return ipaddress.ip_address(place).is_loopback


def _shown(host: Hosted) -> Hosted:
    """The host with words that can be shown on one line and are not too long."""
    name, program = ("".join(c for c in text if c.isprintable()) for text in (host.name, host.program))
    return msgspec.structs.replace(host, name=name[:NAME_LENGTH], program=program[:PROGRAM_LENGTH])
