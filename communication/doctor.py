"""Why is nobody found? Looks at this computer's networks, asks into each of them, and tries an address that was typed.

It only gathers facts; what they mean for people is said elsewhere. `examine` takes some seconds and blocks; `Doctor`
does it on a thread of its own.
"""

import errno
import ipaddress
import re
import secrets
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import ifaddr

from communication.discovery import PORTS, Found, Hosted, answer_in, question
from communication.link import PORT, Data, Link, LinkError, at, parse
from communication.multicast import Browser
from communication.ways import dial

Kind: TypeAlias = Literal["", "vpn", "virtual"]
End: TypeAlias = Literal["host", "stranger", "refused", "silent", "unreachable", "no_such_name"]

SECONDS = 1.5
"""How long answers are waited for; on a network at home they come within some milliseconds."""
KNOCK = 3.0
"""Seconds that a typed address has to answer."""
KINDS: tuple[tuple[Kind, str], ...] = (
    ("vpn", r"tun|tap|wg|ppp|utun|vpn|wireguard|tailscale|zerotier|ipsec|anyconnect|fortinet|nordlynx"),
    ("virtual", r"docker|veth|br-|virbr|vmnet|vbox|virtual|hyper-v|vethernet|wsl|podman|lxc"),
)
"""What names of adapters say about them."""


@dataclass(frozen=True)
class Asked:
    """What was asked into a network: the adapter, its own address, the address asked; why that failed; who answered."""

    adapter: str
    kind: Kind
    network: str
    target: str
    trouble: str = ""
    answers: int = 0


@dataclass(frozen=True)
class Knocked:
    """What came of a typed address: how it ended, its IP address, and whether that is in a network of this computer."""

    address: str
    end: End
    ip: str = ""
    near: bool = True
    why: str = ""
    answers: bool = False
    """Whether it answers to the question by which hosts are found, too."""


@dataclass
class Report:
    """Everything that was found out; `multicast` is why it does not work, "" where it does."""

    asked: list[Asked] = field(default_factory=list)
    hosts: list[Found] = field(default_factory=list)
    multicast: str = ""
    knocked: Knocked | None = None


def examine(address: str = "", seconds: float = SECONDS, ports: Iterable[int] = PORTS) -> Report:
    """Find out why nobody is found, and what becomes of `address`, a url, where one is given."""
    report = Report()
    by_multicast: dict[str, Found] = {}
    browser = Browser(lambda found: by_multicast.update({found.id: found}), every=0.3)
    browser.start()
    report.asked, found = _ask(seconds, tuple(ports))
    report.knocked = _knock(address, tuple(ports)) if address else None
    browser.stop()
    report.multicast = browser.trouble
    report.hosts = list((by_multicast | found).values())
    return report


class Doctor:
    """Examines on a thread of its own, and then calls `done` there."""

    def __init__(self, done: Callable[[Report], object], address: str = "") -> None:
        self._done = done
        self._address = address
        self._thread = threading.Thread(target=self._run, name="roundtable-doctor", daemon=True)

    def start(self) -> None:
        """Begin; once only."""
        self._thread.start()

    def _run(self) -> None:
        self._done(examine(self._address))


def kind_of(adapter: str) -> Kind:
    """What the name of an adapter says about it."""
    return next((kind for kind, names in KINDS if re.search(names, adapter.lower())), "")


def _ask(seconds: float, ports: tuple[int, ...]) -> tuple[list[Asked], dict[str, Found]]:
    """Ask into every network by a socket of its own, so that it is known where an answer came from."""
    token = secrets.randbits(50)
    asked: list[Asked] = []
    found: dict[str, Found] = {}
    answered: list[set[str]] = []
    began = time.monotonic()
    with selectors.DefaultSelector() as selector:
        for adapter, interface in _places():
            kind = kind_of(adapter)
            target = "127.0.0.1" if interface.is_loopback else str(interface.network.broadcast_address)
            trouble = ""
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                sock.bind((str(interface.ip), 0))
                sock.setblocking(False)
                for port in ports:
                    sock.sendto(question(token), (target, port))
                selector.register(sock, selectors.EVENT_READ, len(asked))
            except OSError as error:
                sock.close()
                trouble = error.strerror or str(error)
            asked.append(Asked(adapter, kind, str(interface), target, trouble))
            answered.append(set())
        try:
            while selector.get_map() and (left := began + seconds - time.monotonic()) > 0:
                for key, _ in selector.select(left):
                    one = _hear(key.fileobj, token, began)  # type: ignore[arg-type]
                    if one is not None:
                        answered[key.data].add(one.id)
                        found.setdefault(one.id, one)
        finally:
            for key in list(selector.get_map().values()):
                key.fileobj.close()  # type: ignore[union-attr]
    return [
        Asked(one.adapter, one.kind, one.network, one.target, one.trouble, len(ids))
        for one, ids in zip(asked, answered, strict=True)
    ], found


def _places() -> list[tuple[str, ipaddress.IPv4Interface]]:
    """All adapters with an IPv4 address, this computer itself first."""
    own = ("this computer", ipaddress.IPv4Interface("127.0.0.1/8"))
    places = [
        (adapter.nice_name, ipaddress.IPv4Interface(f"{ip.ip}/{ip.network_prefix}"))
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if ip.is_IPv4
    ]
    return [own, *(place for place in places if not place[1].is_loopback)]


def _hear(sock: socket.socket, token: int, began: float) -> Found | None:
    try:
        data, (place, _) = sock.recvfrom(2048)
    except OSError:
        return None  # on Windows: nobody was there
    answer = answer_in(data)
    if answer is None or answer.token != token:
        return None
    host: Hosted = answer.host
    return Found(answer.id, f"{host.scheme}://{at(place, host.port)}", host, time.monotonic() - began)


def _knock(url: str, ports: tuple[int, ...]) -> Knocked:
    """Try to reach an address as a client would."""
    address = parse(url)
    port = address.port or PORT
    try:
        ip = socket.getaddrinfo(address.host, port, type=socket.SOCK_STREAM)[0][4][0]
    except (OSError, UnicodeError) as error:
        return Knocked(url, "no_such_name", why=str(error))
    ip = str(ip)
    near = _near(ip)
    heard = _answers(ip, ports)
    try:
        socket.create_connection((ip, port), KNOCK).close()
    except ConnectionRefusedError:
        return Knocked(url, "refused", ip, near, answers=heard)
    except TimeoutError:
        return Knocked(url, "silent", ip, near, answers=heard)
    except OSError as error:
        ends: dict[int | None, End] = {errno.ETIMEDOUT: "silent"}
        return Knocked(url, ends.get(error.errno, "unreachable"), ip, near, error.strerror or str(error), heard)
    try:
        dial(url, _Nobody(), timeout=KNOCK).close()
    except LinkError as error:
        return Knocked(url, "stranger", ip, near, str(error), heard)
    return Knocked(url, "host", ip, near, answers=heard)


def _answers(ip: str, ports: tuple[int, ...]) -> bool:
    """Whether a beacon answers at an address when it is asked alone."""
    if ":" in ip:
        return False
    token = secrets.randbits(50)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(0.5)
        try:
            for port in ports:
                sock.sendto(question(token), (ip, port))
            while (answer := answer_in(_received(sock))) is None or answer.token != token:
                pass
        except OSError:
            return False
    return True


def _received(sock: socket.socket) -> bytes:
    """The next datagram; b"" where Windows tells instead that nobody listens on one of the ports asked."""
    try:
        return sock.recv(2048)
    except ConnectionResetError:
        return b""


def _near(ip: str) -> bool:
    """Whether an address is in a network of this computer."""
    place = ipaddress.ip_address(ip.partition("%")[0])
    return place.version == 6 or any(place in interface.network for _, interface in _places())


class _Nobody:
    """Takes a link only to close it."""

    def opened(self, link: Link) -> None:
        pass

    def received(self, link: Link, data: Data) -> None:
        pass

    def closed(self, link: Link, code: int, reason: str) -> None:
        pass
