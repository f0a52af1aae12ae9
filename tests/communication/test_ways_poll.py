"""Both ways to wait for sockets do the same, and links work over the one that other systems use."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest

import communication
from communication.ways import poll as polls
from communication.ways import reactor
from communication.ways.poll import READ, WRITE, PlainPoll, Poll
from tests.communication.handlers import Recorder

KINDS: list[Callable[[], Poll]] = [PlainPoll, polls.new_poll]


class Ear:
    """A source that only lends its name."""

    def ready(self) -> None: ...

    abort = expire = ready


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_ready_is_told_and_nobody_else(kind: Callable[[], Poll], ends: tuple[socket.socket, ...]) -> None:
    poll, near, far = kind(), Ear(), Ear()
    poll.register(ends[0], near)
    poll.register(ends[1], far)
    assert poll.wait(0.0) == []
    ends[1].send(b"x")
    assert poll.wait(5.0) == [near]
    assert poll.wait(0.0) == [near]  # until it is read
    ends[0].recv(1)
    poll.watch(ends[1], READ | WRITE, far)
    assert poll.wait(5.0) == [far]
    poll.watch(ends[1], READ, far)
    assert poll.wait(0.0) == []
    ends[0].send(b"x")
    poll.unregister(ends[1])
    assert poll.wait(0.0) == []
    with pytest.raises(KeyError):
        poll.unregister(ends[1])
    poll.close()


def test_links_work_over_the_standard_selectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactor, "new_poll", PlainPoll)
    server, client = Recorder(), Recorder()
    listener = communication.listen("ws://127.0.0.1:0")
    listener.start(server)
    try:
        link = communication.dial(listener.url, client)
        link.send("x" * 300_000)
        assert server.messages(1) == ["x" * 300_000]
        server.links()[0].send("y" * 300_000)
        assert client.messages(1) == ["y" * 300_000]
        link.close()
        assert server.end()[0] == 1000
    finally:
        listener.stop()
