"""Attacks before and during the opening handshake."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.attacks.town import Town
from tests.communication.handlers import PATIENCE
from tests.communication.raw import FIN, KEY, TEXT, Raw, frame

REQUEST = (
    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n\r\n"
).encode()


@contextmanager
def crowd(town: Town, number: int) -> Iterator[list[Raw]]:
    """So many connections, all closed in the end."""
    with ExitStack() as stack:
        peers = []
        for _ in range(number):
            peers.append(Raw(town.url))
            stack.callback(peers[-1].sock.close)
        yield peers


def told(peer: Raw) -> bytes:
    """What a peer is told before its connection ends."""
    with peer.sock:
        return peer.until_end()


def test_garbage_before_the_handshake(town: Town) -> None:
    chance = random.Random(1)
    with town.watched(), crowd(town, 50) as peers:
        for peer in peers:
            # Random bytes may begin like a request; these do not, so each is answered at once.
            peer.send(b"\x00" + chance.randbytes(2000))
        assert all(told(peer).startswith(b"HTTP/1.1 400 ") for peer in peers)


def test_much_garbage_at_once(town: Town) -> None:
    with town.watched(), crowd(town, 4) as peers:
        for peer in peers:
            flood(peer, b"\xff" * (1 << 20))


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"HELLO\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno header\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: \xff\xfe\x00\r\n\r\n", 400),
        (b"\xff" + REQUEST, 400),
        (REQUEST.replace(b"Sec-WebSocket-Key", b"Sec-Key"), 400),
        (REQUEST.replace(KEY.encode(), b"short"), 400),
        (REQUEST.replace(b"13", b"8"), 400),
        (REQUEST.replace(b"GET", b"POST"), 405),
        (REQUEST.replace(b"HTTP/1.1", b"HTTP/0.9"), 400),
        (REQUEST.replace(b"websocket", b"h2c"), 426),
        (REQUEST.replace(b"Connection: Upgrade", b"Connection: close"), 426),
    ],
)
def test_malformed_handshakes(town: Town, request_: bytes, status: int) -> None:
    with town.watched(), crowd(town, 10) as peers:
        for peer in peers:
            peer.send(request_)
        assert {told(peer)[:13] for peer in peers} == {f"HTTP/1.1 {status} ".encode()}


def test_half_handshakes(town: Town) -> None:
    with town.watched(), crowd(town, 100) as peers:
        for number, peer in enumerate(peers):
            peer.send(REQUEST[: number + 1])


def test_half_handshakes_are_given_up() -> None:
    limits = "--limit", "handshake_seconds=0.3", "--limit", "close_seconds=0.3"
    with Town(*limits) as town, town.watched(), crowd(town, 100) as peers:
        for number, peer in enumerate(peers):
            peer.send(REQUEST[: number + 1])
        assert {told(peer) for peer in peers} == {b""}


def test_a_mebibyte_of_headers(town: Town) -> None:
    line = b"X-Filler: " + b"x" * 1000 + b"\r\n"
    with town.watched(), crowd(town, 5) as peers:
        for peer in peers:
            flood(peer, b"GET / HTTP/1.1\r\n" + line * (1 << 10) + b"\r\n")
        assert {told(peer)[:13] for peer in peers} <= {b"HTTP/1.1 431 ", b""}


def test_one_header_of_a_mebibyte_and_a_hundred_thousand_short_ones(town: Town) -> None:
    with town.watched(), crowd(town, 2) as (one, many):
        flood(one, b"GET / HTTP/1.1\r\nX: " + b"x" * (1 << 20))
        flood(many, b"GET / HTTP/1.1\r\n" + b"x:y\r\n" * 100_000)


def test_fifty_handshakes_a_byte_at_a_time(town: Town) -> None:
    with town.watched(), crowd(town, 50) as peers:
        for peer in peers:
            peer.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in REQUEST:
            for peer in peers:
                peer.send(bytes([byte]))
        for peer in peers:
            assert peer.sock.recv(13) == b"HTTP/1.1 101 "


def test_a_browser_page_of_another_origin(town: Town) -> None:
    port = town.url.rpartition(":")[2]
    with town.watched():
        for origin in ("http://evil.example", "null", f"http://evil.example:{port}", "http://127.0.0.1:1", ""):
            peer = Raw(town.url)
            answer = told(peer.request(f"Origin: {origin}"))
            assert answer.startswith(b"HTTP/1.1 403 ") or not origin, origin
        own = Raw(town.url).request(f"Origin: http://127.0.0.1:{port}")
        assert own.sock.recv(13) == b"HTTP/1.1 101 "
        own.sock.close()


def test_a_plain_request_gets_a_page(town: Town) -> None:
    with town.watched():
        began = time.monotonic()
        answer = told(Raw(town.url).request(upgrade=False))
        assert time.monotonic() - began < PATIENCE
        head, _, page = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
        assert b"text/html" in head
        assert town.url.encode() in page
        assert told(Raw(town.url).request(upgrade=False, line="GET /x HTTP/1.1")).startswith(b"HTTP/1.1 404 ")


def test_compression_is_declined_so_there_are_no_bombs(town: Town) -> None:
    with town.watched():
        peer = Raw(town.url).request("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")
        while b"\r\n\r\n" not in peer.rest:
            peer.rest += peer.sock.recv(1000)
        head, _, peer.rest = peer.rest.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 ")
        assert b"extensions" not in head.lower()
        compressed = 0x40
        peer.send(frame(FIN | TEXT | compressed, b"\xcaH\xcd\xc9\xc9\x07\x00"))  # "Hello", were it negotiated
        assert peer.close_code() == 1002
        peer.sock.close()


def flood(peer: Raw, data: bytes) -> None:
    """Send it all, or as much as the server takes before it hangs up."""
    try:
        peer.send(data)
    except OSError:
        pass
