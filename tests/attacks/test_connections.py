"""Attacks with connections: many, idle, and cut off in every way."""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable

from main_server import open_files
from tests.attacks.test_handshakes import REQUEST
from tests.attacks.town import ANSWERED, Person, Town
from tests.communication.handlers import PATIENCE
from tests.communication.raw import TEXT, Raw, frame

WINDOWS = sys.platform == "win32"


def together(number: int, act: Callable[[threading.Barrier], None]) -> None:
    """Do something on so many threads; each gets the gate at which to wait for the others."""
    gate = threading.Barrier(number)
    threads = [threading.Thread(target=act, args=(gate,)) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)


def reset(peer: Raw) -> None:
    """Cut the connection with a reset instead of an orderly end."""
    peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("hh" if WINDOWS else "ii", 1, 0))
    peer.sock.close()


def test_abrupt_resets(town: Town) -> None:
    with town.watched():
        for _ in range(20):
            reset(Raw(town.url))
            reset(Raw(town.url).send(REQUEST[:50]))
            reset(Raw(town.url).send(REQUEST))
            reset(Raw(town.url).shake())
            reset(Raw(town.url).shake().send(frame(TEXT, b"half")[:7]))
            person = Person(town.url)
            person.open()
            reset(person.say(type="say", text="and gone"))


def test_half_closes(town: Town) -> None:
    with town.watched():
        peers = []
        for _ in range(20):
            peers += [Raw(town.url), Raw(town.url).send(REQUEST[:50]), Raw(town.url).shake(), Person(town.url)]
        for peer in peers:
            peer.sock.shutdown(socket.SHUT_WR)
        for peer in peers:
            peer.until_end()  # the server hangs up, and does not wait for what will never come
            peer.sock.close()


def test_a_reader_that_shuts_its_ears(town: Town) -> None:
    with town.watched():
        people = [Person(town.url) for _ in range(20)]
        for person in people:
            person.sock.shutdown(socket.SHUT_RD)
            with contextlib.suppress(OSError):
                person.say(type="look", follow=True)
        for person in people:
            person.sock.close()


def test_a_hundred_clients_at_the_same_moment(town: Town) -> None:
    took: list[float] = []

    def come(gate: threading.Barrier) -> None:
        gate.wait(PATIENCE)
        began = time.monotonic()
        person = Person(town.url)
        person.ask(type="look")
        took.append(time.monotonic() - began)
        person.sock.close()

    with town.watched():
        together(100, come)
    assert len(took) == 100
    assert max(took) < ANSWERED


def test_five_hundred_connects_and_disconnects_in_a_row(town: Town) -> None:
    with town.watched():
        for number in range(500):
            peer = Person(town.url) if number % 2 else Raw(town.url).shake()
            peer.sock.close()


def test_two_thousand_idle_connections(town: Town) -> None:
    open_files(2200)  # this process holds the other ends
    with town.watched():
        peers = [Raw(town.url) for _ in range(2000)]
        for peer in peers:
            peer.send(REQUEST)
        answers = [peer.sock.recv(13) for peer in peers]
        for _ in range(20):
            newcomer = Person(town.url)
            assert newcomer.ask(type="look")["type"] == "ok"
            newcomer.sock.close()
        for peer in peers:
            peer.sock.close()
    assert set(answers) <= {b"HTTP/1.1 101 ", b"HTTP/1.1 503 "}
    assert WINDOWS or set(answers) == {b"HTTP/1.1 101 "}


def test_more_connections_than_there_are_places() -> None:
    with Town("--limit", "connections=20") as town, town.watched():
        peers = [Raw(town.url) for _ in range(200)]
        answers = []
        for peer in peers:
            with contextlib.suppress(OSError):
                peer.send(REQUEST)
        for peer in peers:
            try:
                answers.append(peer.sock.recv(13))
            except ConnectionResetError:
                answers.append(b"")  # dropped without a word: too many are already being told
        assert answers.count(b"HTTP/1.1 101 ") == 18  # the two who play have theirs
        assert answers.count(b"HTTP/1.1 503 ") >= 50
        for peer in peers:
            peer.sock.close()


def test_more_connections_than_one_address_may_have() -> None:
    with Town("--limit", "connections_each=20", "--limit", "counted=1") as town, town.watched():
        peers = [Raw(town.url) for _ in range(25)]
        for peer in peers:
            peer.send(REQUEST)
        answers = [peer.sock.recv(13) for peer in peers]
        assert answers == [b"HTTP/1.1 101 "] * 18 + [b"HTTP/1.1 503 "] * 7
        for peer in peers:
            peer.sock.close()


def test_who_never_logs_in_is_let_go() -> None:
    with Town("--limit", "login=0.3") as town, town.watched():
        peers = [Raw(town.url).shake() for _ in range(20)]
        for peer in peers:
            assert b'"code":"silent"' in peer.until_end()
            peer.sock.close()
