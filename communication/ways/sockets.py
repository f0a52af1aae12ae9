"""Taking an address and reaching one, with a plain sentence for everything that goes wrong on the way."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from communication.link import Address, LinkError, at

Bound = TypeVar("Bound")
Place = tuple[str, int]


def bind(address: Address, take: Callable[[socket.AddressFamily, Place], Bound]) -> Bound:
    """Let `take` bind a socket of the right family to the address; LinkError when it cannot be had."""
    if not address.host:
        raise ValueError(f"{address.text!r} does not say where to listen: 0.0.0.0 is for all networks of this machine")
    try:
        family = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0][0]
        return take(family, (address.host, address.port))
    except socket.gaierror:
        raise LinkError(f"there is no host named {address.host}") from None
    except OSError as error:
        sentences = {
            errno.EADDRINUSE: f"port {address.port} is already in use on {address.host}",
            errno.EADDRNOTAVAIL: f"{address.host} is not an address of this machine",
            errno.EACCES: f"this user may not open port {address.port} on {address.host}",
        }
        sentence = sentences.get(error.errno or 0, f"cannot listen on {address.place}: {error.strerror or error}")
        raise LinkError(sentence) from error


def own(sock: socket.socket) -> None:
    """Before bind: nobody else takes this port while we have it, and we get it back at once after a restart."""
    if sys.platform == "win32":  # there SO_REUSEADDR would let two programs listen on one port
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def url_of(scheme: str, host: str, sock: socket.socket) -> str:
    """Where a bound socket can be dialled."""
    return f"{scheme}://{at(host, sock.getsockname()[1])}"


def home(host: str, counted: bool) -> str:
    """What connections from this address are counted under: it itself, of IPv6 its network of 64 bits.

    "" for this machine itself, unless that is to be counted too.
    """
    ip = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ip
    if ip.is_loopback and not counted:
        return ""
    return str(ip) if ip.version == 4 else f"{int(ip) >> 64:x}"


def connect(address: Address, port: int, deadline: float) -> socket.socket:
    """A connection to the address, by time.monotonic() == deadline; LinkError when nobody answers."""
    if not address.host or not port:
        raise ValueError(f"{address.text!r} does not say whom to dial: it should look like ws://192.168.1.7:8765")
    try:
        found = socket.getaddrinfo(address.host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise LinkError(f"there is no host named {address.host}") from None
    for family, kind, protocol, _, place in found:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(max(0.001, deadline - time.monotonic()))
            sock.connect(place)
            # A socket that dials a free port of its own machine can, by chance, meet itself there.
            if sock.getsockname() != sock.getpeername():
                return sock
        except OSError:
            pass
        sock.close()
    raise LinkError(nobody(address))


def nobody(address: Address) -> str:
    """The sentence for an address where nobody answers."""
    return f"nobody answers at {address.text}"
