"""What can wait: it goes with the next message, or when its time is over, or at once where all is quiet."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from threading import get_ident

import pytest

from communication.link import Limits
from communication.ways.connection import Connection
from communication.ways.reactor import SPELL_SECONDS, Reactor
from communication.ways.tcp import TcpCodec
from tests.communication.handlers import Recorder


class Held:
    """A connection under a reactor whose thread is the test's own, its other end, and a clock set by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr("communication.ways.reactor.time.monotonic", lambda: self.now)
        self.reactor = Reactor(Recorder(), Limits(), "test")
        self.reactor.ident = get_ident()
        with socket.create_server(("127.0.0.1", 0)) as door:
            self.other = socket.create_connection(door.getsockname())
            ours, peer = door.accept()
        self.other.setblocking(False)
        self.link = Connection(self.reactor, ours, TcpCodec(Limits()), peer)

    def after(self, seconds: float, lull: bool = False) -> bytes:
        """What has come at the other end after a round so many seconds later."""
        self.now += seconds
        self.reactor._write_along(lull)
        return self.come()

    def come(self) -> bytes:
        try:
            return self.other.recv(1000)
        except BlockingIOError:
            return b""


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    held = Held(monkeypatch)
    assert held.after(0.0) == b""  # a spell begins
    yield held
    held.link.lost()
    held.other.close()
    held.reactor.poll.close()


def test_it_goes_with_the_next_message_ahead_of_it(held: Held) -> None:
    held.link.send_along("one")
    assert held.come() == b""
    held.link.send("two")
    assert held.come().count(b"o") == 2
    assert held.after(5 * SPELL_SECONDS) == b""


def test_it_waits_for_a_spell_at_least_and_two_at_most(held: Held) -> None:
    held.link.send_along("late in its spell")
    assert held.after(0.99 * SPELL_SECONDS) == b""
    assert held.after(0.02 * SPELL_SECONDS) == b""
    assert held.after(0.98 * SPELL_SECONDS) == b""
    assert held.after(0.02 * SPELL_SECONDS).endswith(b"late in its spell")


def test_what_was_held_back_anew_has_its_whole_time_again(held: Held) -> None:
    held.link.send_along("one")
    held.after(1.01 * SPELL_SECONDS)
    held.link.send("two")
    held.come()
    held.link.send_along("three")
    assert held.after(1.01 * SPELL_SECONDS) == b""
    assert held.after(1.01 * SPELL_SECONDS).endswith(b"three")


def test_it_goes_at_once_where_nothing_else_is_to_be_done(held: Held) -> None:
    held.link.send_along("one")
    assert held.after(0.0, lull=True).endswith(b"one")
    held.link.send_along("two")
    held.after(1.01 * SPELL_SECONDS)
    assert held.after(0.0, lull=True).endswith(b"two")
    assert held.reactor._patience() is None  # and nothing is waited for any more
