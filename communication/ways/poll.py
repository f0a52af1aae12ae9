"""Waiting for many sockets at once, each with a source that is told.

On Linux this is epoll itself, for the standard `selectors` make objects for every event, which costs about as much as
reading a message. Elsewhere it is `selectors`: kqueue on macOS, select on Windows, where CPython's takes at most 512
sockets.
"""

import select
import selectors
import socket
import sys
from typing import Protocol, cast

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
AT_ONCE = 256  # sources told of in one go, so that what one of them brings about is soon done


class Source(Protocol):
    """Something with a socket that is waited for."""

    def ready(self) -> None:
        """The socket can be read, or written where that was asked for. To find that it cannot must do no harm."""

    def abort(self) -> None:
        """It failed in a way that nobody foresaw, and must not harm the others."""

    def expire(self) -> None:
        """Its time is over."""


class Poll(Protocol):
    """What waits, for one thread; the two below are alike but for what the system offers."""

    def register(self, sock: socket.socket, source: Source) -> None:
        """Wait until this socket can be read; OSError when the system waits for no more."""

    def watch(self, sock: socket.socket, events: int, source: Source) -> None:
        """Wait from now on until the socket can be read (READ), or read or written (READ | WRITE)."""

    def unregister(self, sock: socket.socket) -> None:
        """Wait for it no longer; KeyError where it was not waited for."""

    def wait(self, seconds: float | None) -> list[Source]:
        """Wait, at most so long (None: for ever), and give those that are ready."""

    def close(self) -> None: ...


class PlainPoll:
    """The standard selectors."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()

    def register(self, sock: socket.socket, source: Source) -> None:
        self._selector.register(sock, READ, source)

    def watch(self, sock: socket.socket, events: int, source: Source) -> None:
        self._selector.modify(sock, events, source)

    def unregister(self, sock: socket.socket) -> None:
        self._selector.unregister(sock)

    def wait(self, seconds: float | None) -> list[Source]:
        return [key.data for key, _ in self._selector.select(seconds)]

    def close(self) -> None:
        self._selector.close()


if sys.platform == "linux":

    class LinuxPoll:
        """epoll."""

        def __init__(self) -> None:
            self._epoll = select.epoll()
            self._sources: list[Source | None] = []  # by descriptor, which are the smallest numbers that are free

        def register(self, sock: socket.socket, source: Source) -> None:
            self._epoll.register(sock, select.EPOLLIN)
            descriptor, sources = sock.fileno(), self._sources
            sources += [None] * (descriptor + 1 - len(sources))
            sources[descriptor] = source

        def watch(self, sock: socket.socket, events: int, source: Source) -> None:
            self._epoll.modify(sock, select.EPOLLIN | select.EPOLLOUT if events & WRITE else select.EPOLLIN)

        def unregister(self, sock: socket.socket) -> None:
            descriptor = sock.fileno()
            if not 0 <= descriptor < len(self._sources) or self._sources[descriptor] is None:
                raise KeyError(descriptor)
            self._sources[descriptor] = None
            self._epoll.unregister(sock)

        def wait(self, seconds: float | None) -> list[Source]:
            sources = self._sources
            ready = [sources[descriptor] for descriptor, _ in self._epoll.poll(seconds, AT_ONCE)]
            return cast("list[Source]", ready)  # only what is registered becomes ready

        def close(self) -> None:
            self._epoll.close()

    def new_poll() -> Poll:
        """What is best on this system."""
        return LinuxPoll()

else:

    def new_poll() -> Poll:
        """What is best on this system."""
        return PlainPoll()
