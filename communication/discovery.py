"""Finding hosts on the LAN: a seeker asks into every network of its machine by UDP, and beacons answer.

    beacon = Beacon(describe)                 # at the host; describe() -> Hosted
    beacon.start()
    seeker = Seeker(on_found)                 # at a friend's; on_found(Found), about once a second for each host
    seeker.start()

Plain broadcasts are used; multicast, which many routers and Wi-Fi points do not pass on, goes beside it (multicast.py).
"""

import errno
import ipaddress
import logging
import math
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

PORTS = range(8766, 8770)
"""Where beacons listen, from the port after the one on which hosts do: each host of a machine takes one of its own."""
MAGIC = b"roundtable/1 "
"""Begins every datagram: whose it is, and the version of what follows."""
EVERY = 1.0
"""Seconds between two questions of a seeker."""
PROBE_BYTES = 1000
"""Length of a question. No answer may be longer, so that a beacon cannot be used to flood a third machine."""
ROUNDS = 3
"""How many questions back an answer may belong, and how long an address is kept that answers no more."""
UNDER_WAY = (0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0))
"""What the beginning of a connection gives that is not refused at once."""
MOST_HOSTS = 256
"""Hosts that one seeker keeps apart; far more than sit in one network."""

MOST_PLAYING = 6
"""Tables of which a host tells the game; the others are only counted."""

Count = Annotated[int, Meta(ge=0, le=1_000_000)]
NAME_LENGTH, PROGRAM_LENGTH = 60, 20
"""Characters of a host's name and of its program's version; a beacon cuts what is longer."""


class Playing(msgspec.Struct, frozen=True):
    """A table that others may see: its game by its English title, how many seats are taken, and how many it has."""

    game: Annotated[str, Meta(max_length=NAME_LENGTH)]
    taken: Annotated[int, Meta(ge=0, le=1000)]
    seats: Annotated[int, Meta(ge=1, le=1000)]


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
    playing: Annotated[tuple[Playing, ...], Meta(max_length=MOST_PLAYING)] = ()


class Probe(msgspec.Struct, frozen=True):
    """The question; its answer carries the same token. The padding makes it as long as an answer may be."""

    token: int
    padding: str = ""


class Response(msgspec.Struct, frozen=True):
    """The answer; `id` is drawn anew by each beacon, so that a host with two addresses is one host."""

    token: int
    id: Annotated[str, Meta(min_length=8, max_length=64)]
    host: Hosted


@dataclass(frozen=True, slots=True)
class Found:
    """A host that answered: where to dial it, what it says about itself, and how long the answer took in seconds.

    Who is known by multicast only has answered no question: `delay` is None then.
    """

    id: str
    url: str
    host: Hosted
    delay: float | None


class Ear:
    """Base of beacon and seeker: a UDP socket with a thread of its own that hears it; it takes the first free port."""

    def __init__(self, name: str, host: str, ports: Iterable[int]) -> None:
        self.host = host
        self.port = 0
        self._ports = tuple(ports)
        self.trouble = ""
        self._socket: socket.socket | None = None
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name=f"roundtable-{name}", daemon=True)

    def start(self) -> bool:
        """Take the port and begin to hear; False, with a line in the log, where the port cannot be had. Once only."""
        for port in self._ports:
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                if sys.platform == "win32":  # there a second program could otherwise take the same port
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                sock.bind((self.host, port))
            except OSError as error:
                sock.close()
                self.trouble = f"UDP port {port}: {error.strerror or error}"
                continue
            sock.setblocking(False)
            self.port = sock.getsockname()[1]
            self._socket = sock
            self._thread.start()
            return True
        log.warning("discovery does not work here: %s", self.trouble)
        return False

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

    Where other programs have all ports already, this host is just not found: friends can still type its address.
    """

    def __init__(self, describe: Callable[[], Hosted], ports: Iterable[int] = PORTS, host: str = "0.0.0.0") -> None:
        super().__init__("beacon", host, ports)
        self.id = secrets.token_hex(8)
        self._describe = describe

    def heard(self, sock: socket.socket, data: bytes, address: tuple[str, int]) -> None:
        probe = _probes.decode(data[len(MAGIC) :])
        host = shown(self._describe())
        for count in range(len(host.playing), -1, -1):  # as many tables as the question has room for
            told = msgspec.structs.replace(host, playing=host.playing[:count])
            answer = MAGIC + msgspec.json.encode(Response(probe.token, self.id, told))
            if len(answer) <= len(data):
                _send(sock, answer, address)
                return


class Seeker(Ear):
    """Looks for hosts until stopped, and calls `on_found` on its thread for each answer.

    A host that answers from several addresses keeps the first one, but an address in the network is better than
    127.0.0.1. A host that is gone just answers no more. `targets` are the addresses asked; `also` are addresses to be
    asked besides, for instance of hosts in other networks, where one was before; `ask` adds to them.
    """

    def __init__(
        self,
        on_found: Callable[[Found], None],
        ports: Iterable[int] = PORTS,
        every: float = EVERY,
        targets: Callable[[], Iterable[str]] | None = None,
        also: Iterable[str] = (),
    ) -> None:
        super().__init__("seeker", "", (0,))
        self._on_found = on_found
        self._asks_ports = tuple(ports)
        self._also: list[str] = []
        self.ask(*also)
        self._every = every
        self._targets = targets or networks
        self._asked: dict[int, float] = {}
        self._known: dict[str, tuple[str, float]] = {}
        self._next = time.monotonic()

    def ask(self, *places: str) -> None:
        """Ask at these addresses too, from the next time on; on any thread."""
        new = [place for place in places if _is_address(place) and place not in self._also]
        self._also = [*self._also, *new][-MOST_HOSTS:]

    def hears(self, id: str) -> bool:
        """Whether the host with this id has answered one of the last questions; on any thread."""
        _place, heard = self._known.get(id, ("", -math.inf))
        return time.monotonic() - heard <= ROUNDS * self._every

    def due(self, sock: socket.socket) -> float:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + self._every
            token = secrets.randbits(50)
            self._asked[token] = now
            for old in list(self._asked)[:-ROUNDS]:
                del self._asked[old]
            probe = question(token)
            for target in dict.fromkeys([*self._targets(), *self._also]):
                for port in self._asks_ports:
                    _send(sock, probe, (target, port))
        return max(0.0, self._next - now)

    def heard(self, sock: socket.socket, data: bytes, address: tuple[str, int]) -> None:
        now = time.monotonic()
        answer = _answers.decode(data[len(MAGIC) :])
        asked = self._asked.get(answer.token)
        if asked is None:
            return  # not an answer to a question of ours
        place = self._place(answer.id, address[0], now)
        if place:
            host = shown(answer.host)
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


def question(token: int) -> bytes:
    """The datagram that asks whether a host is there; its answer carries the same token."""
    bare = MAGIC + msgspec.json.encode(Probe(token))
    return MAGIC + msgspec.json.encode(Probe(token, " " * (PROBE_BYTES - len(bare))))


def answer_in(data: bytes) -> Response | None:
    """The answer that a datagram holds; None where it holds none."""
    try:
        answer = _answers.decode(data[len(MAGIC) :]) if data.startswith(MAGIC) else None
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return answer and Response(answer.token, answer.id, shown(answer.host))


def look(
    seconds: float = 1.0, ports: Iterable[int] = PORTS, targets: Callable[[], Iterable[str]] | None = None
) -> list[Found]:
    """Look for hosts for so long; the nearest first."""
    found: dict[str, Found] = {}

    def keep(one: Found) -> None:
        found[one.id] = one

    seeker = Seeker(keep, ports, targets=targets)
    if seeker.start():
        threading.Event().wait(seconds)
    seeker.stop()
    return sorted(found.values(), key=lambda one: one.delay or 0)


def reachable(places: Iterable[tuple[str, int]], seconds: float = 1.0) -> set[tuple[str, int]]:
    """Those of these (address, TCP port) that take a connection within so many seconds; blocks for as long at most."""
    taken: set[tuple[str, int]] = set()
    until = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        for place in places:
            sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            sock.setblocking(False)
            selector.register(sock, selectors.EVENT_WRITE, place)
            if sock.connect_ex(place) not in UNDER_WAY:
                selector.unregister(sock)
                sock.close()
        while selector.get_map() and (left := until - time.monotonic()) > 0:
            for key, _events in selector.select(left):
                sock = selector.unregister(key.fileobj).fileobj  # type: ignore[assignment]
                if not sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    taken.add(key.data)
                sock.close()
        for key in selector.get_map().values():
            key.fileobj.close()  # type: ignore[union-attr]
    return taken


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
_answers = msgspec.json.Decoder(Response)


def _send(sock: socket.socket, data: bytes, address: tuple[str, int]) -> None:
    try:
        sock.sendto(data, address)
    except OSError as error:  # a network without a way out is no reason not to ask in the others
        log.debug("nothing can be sent to %s: %s", address, error.strerror or error)


def _is_own(place: str) -> bool:
    return ipaddress.ip_address(place).is_loopback


def shown(host: Hosted) -> Hosted:
    """The host with words that can be shown on one line and are not too long."""
    playing = tuple(msgspec.structs.replace(one, game=_line(one.game, NAME_LENGTH)) for one in host.playing)
    name, program = _line(host.name, NAME_LENGTH), _line(host.program, PROGRAM_LENGTH)
    return msgspec.structs.replace(host, name=name, program=program, playing=playing[:MOST_PLAYING])


def _line(text: str, most: int) -> str:
    return "".join(c for c in text if c.isprintable())[:most]


def _is_address(place: str) -> bool:
    """Whether this is an IPv4 address: a name would first have to be looked up, which may take its time."""
    try:
        return ipaddress.ip_address(place).version == 4
    except ValueError:
        return False
