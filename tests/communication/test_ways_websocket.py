"""ws:// against peers that are no client of ours: raw frames, raw HTTP, and nothing at all."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

import communication
from communication import Limits, LinkError, Listener
from communication.ways.connection import Connection
from communication.ways.reactor import SocketListener
from communication.ways.sockets import home
from tests.communication.handlers import PATIENCE, Echo, Recorder
from tests.communication.raw import BINARY, CLOSE, CONT, FIN, KEY, MASK, PING, PONG, TEXT, Raw, frame, unframe

LIMITS = Limits(message_bytes=1000, head_bytes=4000)


@pytest.fixture
def server() -> Echo:
    return Echo()


@pytest.fixture
def listener(server: Echo) -> Iterator[Listener]:
    listener = communication.listen("ws://127.0.0.1:0", LIMITS, origins=["https://table.example"])
    listener.start(server)
    yield listener
    listener.stop()
    assert server.faults == []


@pytest.fixture
def raw(listener: Listener) -> Iterator[Callable[[], Raw]]:
    peers: list[Raw] = []

    def connect() -> Raw:
        peers.append(Raw(listener.url))
        return peers[-1]

    yield connect
    for peer in peers:
        peer.sock.close()


Connect = Callable[[], Raw]


def test_fragments_are_joined_and_a_ping_between_them_is_answered_first(raw: Connect) -> None:
    peer = raw().shake()
    peer.send(frame(TEXT, b"He") + frame(FIN | PING, b"?") + frame(CONT, "l\u00e9".encode()[:2]))
    peer.send(frame(CONT, "l\u00e9".encode()[2:]) + frame(FIN | CONT, b"o"))
    assert peer.frames(2) == [(FIN | PONG, b"?"), (FIN | TEXT, "Hel\u00e9o".encode())]
    peer.send(frame(BINARY, b"\xff") + frame(FIN | CONT, b"\xfe"))
    assert peer.frames(1) == [(FIN | BINARY, b"\xff\xfe")]


def test_pings_are_answered_and_pongs_ignored(raw: Connect) -> None:
    peer = raw().shake().send(frame(FIN | PONG, b"unasked") + frame(FIN | PING, b"x" * 125) + frame(FIN | PING, b""))
    assert peer.frames(2) == [(FIN | PONG, b"x" * 125), (FIN | PONG, b"")]


def test_many_frames_in_one_piece_and_one_frame_in_many(raw: Connect) -> None:
    peer = raw().shake().send(b"".join(frame(FIN | TEXT, str(n).encode()) for n in range(100)))
    assert [payload for _, payload in peer.frames(100)] == [str(n).encode() for n in range(100)]
    for byte in frame(FIN | TEXT, b"x" * 200):
        peer.send(bytes([byte]))
    assert peer.frames(1) == [(FIN | TEXT, b"x" * 200)]


def test_frames_sent_with_the_request_are_not_lost(raw: Connect) -> None:
    peer = raw()
    head = f"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {KEY}\r\n"
    peer.send(head.encode() + b"Sec-WebSocket-Version: 13\r\n\r\n" + frame(FIN | TEXT, b"early") + b"\x88\x80" + MASK)
    head_back, _, frames = peer.until_end().partition(b"\r\n\r\n")
    assert head_back.startswith(b"HTTP/1.1 101 ")
    assert unframe(frames) == [(FIN | TEXT, b"early"), (FIN | CLOSE, b"")]


@pytest.mark.parametrize(
    ("wire", "code"),
    [
        (frame(FIN | TEXT, b"\xc3\x28"), 1007),
        (frame(FIN | TEXT, b"\xed\xa0\x80"), 1007),  # a surrogate
        (frame(TEXT, b"\xce"), 0),  # not wrong yet
        (frame(TEXT, b"\xce") + frame(FIN | CONT, b""), 1007),
        (frame(TEXT, b"\xce") + frame(CONT, b"\xff"), 1007),  # wrong before its end
        (frame(FIN | TEXT | 0x40, b"x"), 1002),
        (frame(FIN | TEXT | 0x20, b"x"), 1002),
        (frame(FIN | TEXT | 0x10, b"x"), 1002),
        (frame(FIN | 3, b"x"), 1002),
        (frame(FIN | 11, b"x"), 1002),
        (b"\x81\x01x", 1002),  # unmasked
        (frame(FIN | CONT, b"of what?"), 1002),
        (frame(TEXT, b"a") + frame(FIN | TEXT, b"b"), 1002),
        (frame(FIN | PING, b"x" * 126), 1002),
        (frame(PING, b"x"), 1002),
        (frame(CLOSE, b""), 1002),
        (frame(FIN | CLOSE, b"\x03"), 1002),
        (frame(FIN | CLOSE, b"\x03\xed"), 1002),  # 1005 must not be sent
        (frame(FIN | CLOSE, b"\x03\xe8\xff"), 1007),
        (frame(FIN | TEXT, b"x" * 1001), 1009),
        (frame(FIN | TEXT, b"", b"\x7f" + (1 << 34).to_bytes(8)), 1009),  # 16 GiB, or so it says
        (frame(FIN | TEXT, b"", b"\x7f" + (1 << 63).to_bytes(8)), 1009),
        (frame(BINARY, b"x" * 600) + frame(CONT, b"x" * 401), 1009),
        (frame(FIN | CLOSE, b"\x0f\xa0bye"), 4000),
    ],
)
def test_what_breaks_the_rules_ends_with_its_code(server: Echo, raw: Connect, wire: bytes, code: int) -> None:
    peer = raw().shake().send(frame(FIN | TEXT, b"fine")).send(wire)
    if code == 0:
        peer.send(frame(FIN | CONT, b"\xba"))
        assert peer.frames(2)[1] == (FIN | TEXT, b"\xce\xba")
        return
    assert peer.close_code() == code
    assert server.end()[0] == code
    assert server.messages_of() == ["fine"]


def test_bytes_after_a_broken_frame_are_never_taken_for_frames(server: Echo, raw: Connect) -> None:
    peer = raw().shake().send(frame(FIN | 3, frame(FIN | TEXT, b"hidden")) + frame(FIN | TEXT, b"behind"))
    assert peer.close_code() == 1002
    assert server.messages_of() == []


def test_a_close_without_a_code_is_1005_and_a_lost_connection_1006(server: Echo, raw: Connect) -> None:
    assert raw().shake().send(frame(FIN | CLOSE, b"")).until_end() == bytes([FIN | CLOSE, 0])
    assert server.end() == (1005, "")
    peer = raw().shake()
    peer.sock.close()
    assert server.ends(2)[1] == (1006, "")
    peer = raw().shake()
    peer.sock.shutdown(socket.SHUT_WR)  # half-closed: it will never say goodbye
    assert server.ends(3)[2] == (1006, "")


@pytest.mark.parametrize("piece", [frame(FIN | PING, b""), frame(FIN | PONG, b"x"), frame(CONT, b"")])
def test_too_many_pings_pongs_and_fragments_end_with_1008(server: Echo, piece: bytes) -> None:
    listener = communication.listen("ws://127.0.0.1:0", Limits(frames=10, frames_per_second=0.001))
    listener.start(server)
    first = frame(TEXT, b"begin") if piece[0] == CONT else piece
    peer = Raw(listener.url).shake().send(first + piece * 10)
    assert peer.close_code() == 1008
    assert server.end() == (1008, "too many pings, pongs or fragments")
    peer.sock.close()
    listener.stop()


def test_whole_messages_are_not_counted_among_them(server: Echo) -> None:
    listener = communication.listen("ws://127.0.0.1:0", Limits(frames=10, frames_per_second=0.001))
    listener.start(server)
    peer = Raw(listener.url).shake()
    for kind in (TEXT, BINARY):
        said = frame(FIN | kind, b"x" * 200) * 100
        for begin in range(0, len(said), 333):  # cut anywhere
            peer.send(said[begin : begin + 333])
        assert peer.frames(100) == [(FIN | kind, b"x" * 200)] * 100
    peer.sock.close()
    listener.stop()


def test_one_address_has_so_many_connections_and_not_more(server: Echo) -> None:
    listener = communication.listen("ws://127.0.0.1:0", Limits(connections_each=2, counted=True))
    listener.start(server)
    one, two = Raw(listener.url).shake(), Raw(listener.url).shake()
    server.links(2)
    with pytest.raises(LinkError, match="lets nobody in"):
        communication.dial(listener.url, Recorder())
    third = Raw(listener.url).request()
    answer = third.until_end()
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert answer.endswith(b"Not now: too many connections come from your address.\n")
    peers = [Raw(listener.url) for _ in range(60)]  # more than those who are told why
    assert {peer.until_end()[:13] for peer in peers} <= {b"HTTP/1.1 503 ", b""}
    for peer in (one, third, *peers):
        peer.sock.close()
    server.ends(1)
    answer = b""
    while not answer.startswith(b"HTTP/1.1 101 "):  # a place is free again, once the refused are gone
        peer = Raw(listener.url).request()
        answer = peer.sock.recv(1000)
        peer.sock.close()
    two.sock.close()
    listener.stop()


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1", ""),
        ("127.8.9.1", ""),
        ("::1", ""),
        ("::ffff:127.0.0.1", ""),
        ("192.168.1.7", "192.168.1.7"),
        ("::ffff:192.168.1.7", "192.168.1.7"),
        ("2001:db8:1:2:3:4:5:6", "20010db800010002"),
        ("2001:db8:1:2::9", "20010db800010002"),
        ("fe80::1%eth0", "fe80000000000000"),
    ],
)
def test_what_an_address_counts_as(host: str, name: str) -> None:
    assert home(host, counted=False) == name
    assert home(host, counted=True) != ""


def test_a_goodbye_that_is_not_answered_has_its_time(server: Echo) -> None:
    listener = communication.listen("ws://127.0.0.1:0", Limits(close_seconds=0.1))
    listener.start(server)
    peer = Raw(listener.url).shake()
    server.links()[0].close(4000, "bye")
    assert peer.close_code() == 4000  # and the end of the stream, without a word from the peer
    listener.stop()
    peer.sock.close()


def test_a_plain_request_gets_a_page_that_says_how_to_join(server: Echo, raw: Connect) -> None:
    peer = raw().request(upgrade=False)
    head, _, body = peer.until_end().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK")
    assert b"Content-Type: text/html; charset=utf-8" in head
    assert f"Content-Length: {len(body)}".encode() in head
    assert f"ws://127.0.0.1:{peer.port}".encode() in body
    page = raw().send(b"GET / HTTP/1.1\r\nHost: <script>\r\n\r\n").until_end()
    assert b"<script>" not in page
    assert b"&lt;script&gt;" in page
    assert server.heard == []


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /elsewhere HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (b"POST / HTTP/1.1\r\nHost: x\r\n\r\n", 405),
        (b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", 426),
        (b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n", 400),
        (f"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {KEY}\r\n".encode(), 0),
        (b"SPAM\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nbroken header\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),  # TLS, where there is none
        (b"\0" * 10, 400),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 1000, 431),
        (b"GET /" + b"x" * 5000, 431),
    ],
)
def test_a_wrong_handshake_gets_an_http_answer(server: Echo, raw: Connect, request_: bytes, status: int) -> None:
    if status == 0:
        request_, status = request_ + b"Sec-WebSocket-Version: 12\r\n\r\n", 400
    answer = raw().send(request_).until_end()
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert server.heard == []


def test_half_a_handshake_has_its_time_and_nobody_waits_for_it(server: Echo) -> None:
    listener = communication.listen("ws://127.0.0.1:0", Limits(handshake_seconds=0.2, close_seconds=0.2))
    listener.start(server)
    half = Raw(listener.url).send(b"GET / HTTP/1.1\r\nHost:")
    whole = Raw(listener.url).shake().send(frame(FIN | TEXT, b"hello"))
    assert whole.frames(1) == [(FIN | TEXT, b"hello")]
    assert half.until_end() == b""
    assert len(server.links()) == 1
    listener.stop()
    for peer in (half, whole):
        peer.sock.close()


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:PORT", 101),
        ("https://table.example", 101),
        ("https://table.example.evil", 403),
        ("http://evil.example", 403),
        ("http://127.0.0.1:1", 403),
        ("null", 403),
        ("http://[", 403),
    ],
)
def test_a_page_of_another_site_may_not_connect(raw: Connect, origin: str, status: int) -> None:
    peer = raw()
    peer.request(f"Origin: {origin.replace('PORT', str(peer.port))}")
    assert peer.sock.recv(1000).startswith(f"HTTP/1.1 {status} ".encode())


def test_a_name_that_someone_else_lets_point_here_is_not_our_own(raw: Connect) -> None:
    peer = raw().send(
        b"GET / HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" + f"Sec-WebSocket-Key: {KEY}\r\n\r\n".encode()
    )
    assert peer.sock.recv(1000).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:0", "ws://127.0.0.1:0"])
def test_small_messages_leave_at_once(url: str, server: Echo) -> None:
    listener = communication.listen(url)
    assert isinstance(listener, SocketListener)
    listener.start(server)
    link = communication.dial(listener.url, Recorder())
    for end in (link, server.links()[0]):
        assert isinstance(end, Connection)
        assert end._sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    listener.stop()


# Dialling what is no host of ours


def test_dialling_something_else_says_so_in_time() -> None:
    answers = [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "lets nobody in"),
        (b"HTTP/1.1 301 Moved\r\nLocation: http://evil.example/\r\n\r\n", "does not speak WebSocket"),
        (b"HTTP/1.1 101 Fine\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "does not speak WebSocket"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "does not speak WebSocket"),
        (b"\xff\xfe\r\n\r\n", "does not speak WebSocket"),
        (b"", "does not speak WebSocket"),
    ]
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            for said, _ in answers:
                peer, _ = door.accept()
                with peer:
                    peer.recv(1 << 16)
                    peer.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        for _, sentence in answers:
            handler = Recorder()
            with pytest.raises(LinkError, match=sentence):
                communication.dial(f"ws://127.0.0.1:{door.getsockname()[1]}", handler, timeout=PATIENCE)
            assert handler.heard == []
        thread.join(PATIENCE)


def test_dialling_who_never_answers_ends_in_time_however_much_it_drips() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        over = threading.Event()

        def drip() -> None:
            peer, _ = door.accept()
            with peer, contextlib.suppress(OSError):
                while not over.wait(0.02):
                    peer.sendall(b"X")

        thread = threading.Thread(target=drip)
        thread.start()
        url = f"ws://127.0.0.1:{door.getsockname()[1]}"
        with pytest.raises(LinkError, match=f"nobody answers at {url}"):
            communication.dial(url, Recorder(), timeout=0.3)
        over.set()
        thread.join(PATIENCE)


def test_the_root_loggers_handlers_are_left_alone() -> None:
    program = "import logging, communication.ways.websocket; print(logging.root.handlers)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert run.stdout == "[]\n"
