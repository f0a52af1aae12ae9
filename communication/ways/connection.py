"""One connected socket under a reactor, and the codec that says what its bytes mean."""

from __future__ import annotations

import logging
import socket
import ssl
from abc import ABC, abstractmethod
from collections.abc import Sequence
from threading import get_ident
from typing import TYPE_CHECKING

from communication.link import MESSAGE_COST, CloseCode, Data, Link, at, farewell
from communication.ways.poll import READ, WRITE

if TYPE_CHECKING:
    from communication.ways.reactor import Reactor

log = logging.getLogger(__name__)

CHUNK = 1 << 12  # bytes read from one connection in a round: 700 of the smallest frames, so that nobody is long at it
TLS_CHUNK = 1 << 14  # the same under TLS, where what is left of a record would wait unseen; none is longer
WAITS = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)  # no bytes, or no room for them, just now
OPENING, OPEN, CLOSING, GONE = range(4)


class Codec(ABC):
    """Bytes to messages and back, for one connection: no socket, no thread and no clock in it.

    Only `encode` may be called from several threads at once. After `receive` has set `news`, the connection looks at
    the other fields and clears it.
    """

    __slots__ = ("news", "reply", "successor", "end", "finished")

    def __init__(self) -> None:
        self.news = False
        self.reply = b""  # bytes to be sent
        self.successor: tuple[Codec, bytes] | None = None  # the opening handshake is done: who goes on, with what bytes
        self.end: tuple[int, str] | None = None  # the peer has closed the link or broken its rules
        self.finished = False  # no byte will follow what has been given out: the connection can be half-closed

    opening = False
    """Does this codec do an opening handshake?"""

    @abstractmethod
    def receive(self, data: bytes) -> Sequence[Data]:
        """The messages that these bytes complete; it never raises for what a peer sends."""

    @abstractmethod
    def encode(self, data: Data) -> bytes:
        """One message as bytes."""

    @abstractmethod
    def close(self, code: int, reason: str) -> bytes:
        """The goodbye as bytes; what is received afterwards only completes it."""


class Connection(Link):
    """A link over a socket.

    OPENING until the handshake is done, OPEN while messages pass, CLOSING from the first goodbye of either side or a
    refusal (nothing reaches the handler any more; what is queued is written, what still comes is thrown away, so that
    the system does not reset the connection before the peer has read our last words), then GONE.
    """

    __slots__ = (
        "_blocked", "_chunk", "_codec", "_heard", "_held", "_last", "_queue", "_reactor", "_sock", "_spell", "_state",
        "_waiting", "address", "home", "owner",
    )  # fmt: skip

    def __init__(self, reactor: Reactor, sock: socket.socket, codec: Codec, peer: tuple[str, int]) -> None:
        sock.setblocking(False)
        # Small messages must leave at once: with Nagle's algorithm the second of two waits 40 ms for an answer.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.owner = None
        self.address = at(*peer[:2])
        self.home: str | None = None  # what it is counted under in the reactor's homes, if it is
        self._reactor = reactor
        self._sock = sock
        self._chunk = TLS_CHUNK if isinstance(sock, ssl.SSLSocket) else CHUNK
        self._codec = codec
        self._queue: list[bytes] = []  # under the reactor's lock, as are _waiting, _blocked, _state and _last
        self._waiting = 0  # bytes in the queue
        self._held = b""  # what can wait, ahead of the queue; only the reactor's thread touches it
        self._spell = 0  # the reactor's spell in which that began
        self._blocked = False  # the system takes no more for now; the selector tells when
        self._state = OPENING if codec.opening else OPEN
        self._heard = False  # the handler has heard opened, and not yet closed
        self._last: tuple[int, str] | None = None  # code and reason of our own close(), for the handler
        reactor.connections.add(self)

    # From any thread

    def send(self, data: Data) -> None:
        frame = self._codec.encode(data)
        reactor = self._reactor
        # Nearly always this is the reactor's own thread and nothing waits: that needs no lock.
        if get_ident() == reactor.ident and self._state == OPEN and not self._waiting:
            if self._held:
                frame = self._held + frame
                self._held = b""
            self._write(frame)
            return
        with reactor.lock:
            if self._state != OPEN:
                return
            full = self._waiting > reactor.limits.queue_bytes
            self._put(frame)
        if full:
            self._crowded()
        reactor.wake()

    def send_along(self, data: Data) -> None:
        reactor = self._reactor
        if get_ident() != reactor.ident or self._state != OPEN or self._waiting or self._held:
            self.send(data)
            return
        self._held = self._codec.encode(data)
        self._spell = reactor.spell
        reactor.patient.append(self)

    def close(self, code: int = CloseCode.NORMAL, reason: str = "") -> None:
        last = farewell(code, reason)
        with self._reactor.lock:
            if self._state != OPEN:
                return
            self._state = CLOSING
            self._last = last
        self._reactor.soon(self._say_goodbye)

    def _put(self, frame: bytes) -> None:
        if not self._queue:
            self._reactor.dirty.append(self)
        self._queue.append(frame)
        self._waiting += len(frame) + MESSAGE_COST

    def _crowded(self) -> None:
        if self._reactor.is_current() and not self._blocked:
            self.flush()  # a long answer rather than a slow reader, perhaps: let the system take what it can
            if self._waiting <= self._reactor.limits.queue_bytes:
                return
        self.close(CloseCode.TOO_SLOW, "you read too slowly")

    # From here on the reactor's thread

    def start(self, refusal: str = "") -> None:
        """Begin to read; without a handshake the link is open at once. With a refusal, tell the peer and close."""
        try:
            self._reactor.poll.register(self._sock, self)
        except OSError:
            self.lost()  # the system waits for no more sockets
            return
        if refusal:
            self.dismiss(CloseCode.BUSY, refusal)
            return
        if self._codec.opening:
            self._reactor.opening.set(self)
        else:
            self._announce()
        # What TLS has already taken from the socket beside the end of the handshake, no selector would tell of.
        self.ready()

    def ready(self) -> None:
        try:
            data = self._sock.recv(self._chunk)
        except WAITS:
            pass
        except OSError:
            self.lost()
        else:
            if data:
                self._feed(data)
            else:
                self.lost()
        if self._blocked and self._state != GONE:
            self._blocked = False
            self._watch(READ)
            self.flush()

    def _feed(self, data: bytes) -> None:
        codec, reactor = self._codec, self._reactor
        messages = codec.receive(data)
        if codec.news and codec.reply and codec.end is None:
            self._reply(codec)  # an answer to a ping must not wait for the handler
        if messages and self._state == OPEN:
            reactor.fresh = True
            received = reactor.handler.received
            for message in messages:
                try:
                    received(self, message)
                except Exception:
                    log.exception("the handler failed on a message from %s", self.address)
                    self.close(CloseCode.FAULT, "internal error")
                if self._state != OPEN:
                    break
        if codec.news:
            self._attend(codec)

    def _reply(self, codec: Codec) -> None:
        """Queue what the codec answers by itself."""
        with self._reactor.lock:
            full = self._waiting > self._reactor.limits.queue_bytes
            if not (full and self._state == CLOSING):  # who is being closed for not reading gets no more answers
                self._put(codec.reply)
            codec.reply = b""
            if codec.end is not None and self._state == OPEN:
                self._state = CLOSING  # in one go with the goodbye: no message goes after it
        if full:
            self._crowded()

    def _attend(self, codec: Codec) -> None:
        """Whatever else the codec has found in the bytes beside messages."""
        codec.news = False
        if codec.reply:
            self._reply(codec)
        if codec.successor is not None and self._state == OPENING:
            self._codec, rest = codec.successor
            self._state = OPEN
            self._reactor.opening.clear(self)
            self._announce()
            if rest:
                self._feed(rest)
        if codec.end is not None:
            self._over(*codec.end)
        elif codec.finished:
            self._touch()

    def _announce(self) -> None:
        self._heard = True
        self._reactor.fresh = True
        try:
            self._reactor.handler.opened(self)
        except Exception:
            log.exception("the handler failed on a new link from %s", self.address)
            self.close(CloseCode.FAULT, "internal error")

    def dismiss(self, code: int, reason: str) -> None:
        """Close from this side, in whatever state it is; one that still shakes hands is refused."""
        if self._state == OPENING:
            self._last = code, reason
            self._say_goodbye()
        else:
            self.close(code, reason)

    def _say_goodbye(self) -> None:
        assert self._last is not None
        if self._state != GONE:
            with self._reactor.lock:
                self._put(self._codec.close(*self._last))
        self._over(*self._last)

    def _over(self, code: int, reason: str) -> None:
        """Nothing more for the handler, who hears so once; the socket has Limits.close_seconds for its last words."""
        if self._state != GONE:
            self._state = CLOSING
            self._reactor.opening.clear(self)
            self._reactor.closing.set(self)
            self._touch()
        if self._heard:
            self._heard = False
            self._reactor.fresh = True
            code, reason = self._last or (code, reason)
            try:
                self._reactor.handler.closed(self, code, reason)
            except Exception:
                log.exception("the handler failed on the end of the link from %s", self.address)

    def _touch(self) -> None:
        """Have flush called in this round."""
        with self._reactor.lock:
            self._reactor.dirty.append(self)

    def flush(self) -> None:
        """Write what is queued as far as the system takes it, and half-close when that was the last."""
        if self._state == GONE or self._blocked:
            return
        data, self._held = self._held, b""
        if self._queue:
            with self._reactor.lock:
                data += b"".join(self._queue)
                self._queue.clear()
                self._waiting = 0
        if data:
            self._write(data)
        if self._state == CLOSING and self._codec.finished and not self._queue:
            self._half_close()

    def let_go(self, last: int) -> None:
        """Write what could wait and has done so since that spell or before it; most has left with another message."""
        if self._held and self._spell <= last:
            self.flush()

    def _write(self, data: bytes) -> None:
        """Give bytes to the system; what it does not take now waits at the head of the queue."""
        try:
            sent = self._sock.send(data)
        except ssl.SSLWantReadError:
            self._block(data, READ)  # the TLS handshake is not over: it is the peer's turn
        except WAITS:
            self._block(data)
        except OSError:
            self._reactor.soon(self.lost)  # not now: the handler may be the one who is sending
        else:
            if sent < len(data):
                self._block(data[sent:])

    def _block(self, rest: bytes, events: int = READ | WRITE) -> None:
        """Keep what the system does not take now until it says that it takes more."""
        with self._reactor.lock:
            self._queue.insert(0, rest)
            self._waiting += len(rest)
            self._blocked = True
        self._watch(events)

    def _half_close(self) -> None:
        try:
            # Not SSLSocket.shutdown, after which the bytes that still come would be taken for plain ones.
            socket.socket.shutdown(self._sock, socket.SHUT_WR)
        except OSError:
            self._reactor.soon(self.lost)

    def _watch(self, events: int) -> None:
        self._reactor.poll.watch(self._sock, events, self)

    def lost(self) -> None:
        """The connection is gone: its end in CLOSING, a loss before."""
        self._drop()
        self._over(CloseCode.LOST, "")

    abort = expire = lost

    def _drop(self) -> None:
        if self._state == GONE:
            return
        self._state = GONE
        self._held = b""
        with self._reactor.lock:
            self._queue.clear()
            self._waiting = 0
        self._reactor.opening.clear(self)
        self._reactor.closing.clear(self)
        self._reactor.connections.discard(self)
        if self.home is not None:
            self._reactor.homes[self.home] -= 1
            if not self._reactor.homes[self.home]:
                del self._reactor.homes[self.home]
        try:
            self._reactor.poll.unregister(self._sock)
        except KeyError:
            pass  # failed before it was registered
        self._sock.close()
