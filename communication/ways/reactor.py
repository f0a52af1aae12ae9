"""One thread that accepts, reads, hands over and writes for all connections of a listener.

A listener has one reactor; a dialled link has one of its own that ends with it. A round: wait until something is
ready, read all of it and hand the messages to the handler, call its `settled`, then write everything queued. Nothing in
a round blocks, and a message costs no change of thread.

Other threads touch only what `Reactor.lock` guards (queues of output) and `Reactor.soon`; all else belongs to the
reactor's thread. On Windows, where CPython waits for at most 512 sockets, connections are held to 400, and the next
ones are told that all places are taken.
"""

from __future__ import annotations

import logging
import socket
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from threading import get_ident

from communication.link import CloseCode, Handler, Limits, Link, Listener
from communication.ways.connection import Codec, Connection
from communication.ways.poll import Poll, Source, new_poll
from communication.ways.sockets import home

log = logging.getLogger(__name__)

MOST = 400 if sys.platform == "win32" else sys.maxsize
ACCEPTS = 100  # connections taken in a round, so that a crowd at the door does not hold up those inside
BUSY_SPARE = 100  # connections above the limit that are told so; more than these are dropped without a word
EACH_SPARE = 20  # the same for connections of one address
SPELL_SECONDS = 0.1  # something nobody waits for is held back for two spells at most, while there is other work
LULL_SECONDS = (
    0.005  # without any work, after which it leaves by itself: to wake up for it would cost as much as a step
)
REST_SECONDS = 0.2  # without accepting, when the process has no descriptor left


class Deadlines:
    """Things that have the same number of seconds each, so the first to come is the first whose time is over."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._due: dict[Source, float] = {}

    def set(self, source: Source) -> None:
        self._due.setdefault(source, time.monotonic() + self._seconds)

    def clear(self, source: Source) -> None:
        self._due.pop(source, None)

    def __bool__(self) -> bool:
        return bool(self._due)

    def first(self) -> float:
        """When the next one is over; infinity when there is none."""
        for due in self._due.values():
            return due
        return float("inf")

    def expire(self, now: float) -> None:
        """Tell everything whose time is over."""
        while self.first() <= now:
            source = next(iter(self._due))
            del self._due[source]
            source.expire()


class Reactor:
    """The loop; see the module's text."""

    def __init__(self, handler: Handler, limits: Limits, name: str) -> None:
        self.handler = handler
        self.limits = limits
        self.lock = threading.Lock()
        self.dirty: list[Connection] = []  # have output to write; under the lock
        self.spell = 0  # what can wait is held back for the rest of this spell, and for the next one
        self.patient: list[Connection] = []  # have held something back since this spell began, and perhaps still do
        self._overdue: list[Connection] = []  # the same of the spell before
        self._spell_ends = 0.0
        self.connections: set[Connection] = set()
        self.homes: Counter[str] = Counter()  # how many connections each address has
        self.opening = Deadlines(limits.handshake_seconds)
        self.closing = Deadlines(limits.close_seconds)
        self.resting = Deadlines(REST_SECONDS)
        self.poll = new_poll()
        self.fresh = False  # the handler heard something since the last `settled`
        self.leaving = False  # the loop ends with the last connection
        self._settled: Callable[[], None] | None = getattr(handler, "settled", None)
        self._calls: deque[Callable[[], None]] = deque()
        self._alarm = Alarm(self.poll)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.ident: int | None = None  # of its thread

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        """Wait for the end of the loop, unless this is its own thread."""
        if not self.is_current():
            self._thread.join()

    def is_current(self) -> bool:
        """Is the caller on the reactor's own thread?"""
        return get_ident() == self.ident

    def soon(self, call: Callable[[], None]) -> None:
        """Run a call on the reactor's thread after what it is doing now; from any thread."""
        self._calls.append(call)
        self.wake()

    def wake(self) -> None:
        """Let a round begin for what another thread has queued; nothing on the reactor's own thread."""
        if get_ident() != self.ident:
            self._alarm.ring()

    def leave(self) -> None:
        """Close every connection with 1001; the loop ends when the last is gone."""
        self.leaving = True
        for connection in list(self.connections):
            connection.dismiss(CloseCode.GOING_AWAY, "the server stops")

    def _run(self) -> None:
        self.ident = get_ident()
        wait = self.poll.wait
        while True:
            sources = wait(self._patience())
            for source in sources:
                try:
                    source.ready()
                except Exception:
                    log.exception("a connection failed in a way that was not foreseen")
                    source.abort()
            self._settle()
            if self.patient or self._overdue:
                self._write_along(lull=not sources)
            if self.leaving and not self.connections:
                break
        self._alarm.close()
        self.poll.close()

    def _settle(self) -> None:
        """What comes after the reading: calls put off, the handler's turn to act, and the writing."""
        for _ in range(len(self._calls)):
            call = self._calls.popleft()
            try:
                call()
            except Exception:
                log.exception("a call failed in a way that was not foreseen")
        if self.fresh:
            self.fresh = False
            if self._settled is not None:
                try:
                    self._settled()
                except Exception:
                    log.exception("the handler's settled() failed")
        if self.dirty:
            with self.lock:
                dirty, self.dirty = self.dirty, []
            for connection in dirty:
                connection.flush()

    def _write_along(self, lull: bool) -> None:
        """Write all that could wait when nothing else has come for a moment, or else what has waited for a whole spell.

        Most of it is gone by then: it left with the next message for the same link, which saves the system the larger
        part of what a message costs.
        """
        now = time.monotonic()
        if now < self._spell_ends and not lull:
            return
        self._spell_ends = now + SPELL_SECONDS
        overdue, self._overdue, self.patient = self._overdue, self.patient, []
        last = self.spell - 1
        if lull:
            overdue, self._overdue, last = overdue + self._overdue, [], self.spell
        self.spell += 1
        for connection in overdue:
            connection.let_go(last)

    def _patience(self) -> float | None:
        """Seconds that the next wait may take, after whatever ran out of time is gone; None for ever."""
        patience = None
        if self.opening or self.closing or self.resting:
            now = time.monotonic()
            for deadlines in (self.opening, self.closing, self.resting):
                deadlines.expire(now)
            due = min(self.opening.first(), self.closing.first(), self.resting.first())
            patience = None if due == float("inf") else max(0.0, due - now)
        if self._calls or self.fresh or self.dirty or (self.leaving and not self.connections):
            return 0.0
        if self.patient or self._overdue:
            return LULL_SECONDS if patience is None else min(patience, LULL_SECONDS)
        return patience


class Alarm:
    """A pair of sockets by which other threads wake the selector; select on Windows waits for sockets alone."""

    def __init__(self, poll: Poll) -> None:
        self._bell, self._ear = socket.socketpair()
        self._bell.setblocking(False)
        self._ear.setblocking(False)
        self._ringing = False
        poll.register(self._ear, self)

    def ring(self) -> None:
        # Set by the ringer after its work is queued and cleared before the reactor looks at the queues: work whose
        # ringer found it set is seen in the round that the earlier ring began.
        if not self._ringing:
            self._ringing = True
            try:
                self._bell.send(b"\0")
            except OSError:
                pass  # full: rung already; closed: the loop has ended

    def ready(self) -> None:
        self._ear.recv(64)
        self._ringing = False

    def abort(self) -> None:
        """The next ring mends it."""

    expire = abort

    def close(self) -> None:
        self._bell.close()
        self._ear.close()


class Acceptor:
    """The listening socket under a reactor."""

    def __init__(self, reactor: Reactor, listener: SocketListener) -> None:
        self._reactor = reactor
        self._listener = listener
        reactor.poll.register(listener.socket, self)

    def ready(self) -> None:
        reactor, listener = self._reactor, self._listener
        limits = reactor.limits
        most = min(limits.connections, MOST)
        for _ in range(ACCEPTS):
            try:
                sock, peer = listener.accept()
            except (BlockingIOError, InterruptedError):
                return
            except ConnectionError:
                continue  # gone before its turn came
            except OSError as error:
                log.warning("cannot take another connection for now: %s", error)
                reactor.poll.unregister(listener.socket)
                reactor.resting.set(self)
                return
            crowd = len(reactor.connections)
            place = home(peer[0], limits.counted)
            siblings = reactor.homes[place] if place else 0
            if crowd >= most + BUSY_SPARE or siblings >= limits.connections_each + EACH_SPARE:
                sock.close()
                continue
            try:
                connection = listener.welcome(reactor, sock, peer)
            except OSError:
                sock.close()  # reset between accept and now
                continue
            connection.home = place
            reactor.homes[place] += 1
            refusal = "all places are taken" if crowd >= most else ""
            if siblings >= limits.connections_each:
                refusal = "too many connections come from your address"
            connection.start(refusal)

    def abort(self) -> None:
        """The next connection may fare better."""

    def expire(self) -> None:
        """The rest is over: accept again."""
        if not self._reactor.leaving:
            self._reactor.poll.register(self._listener.socket, self)

    def close(self) -> None:
        self._reactor.resting.clear(self)
        try:
            self._reactor.poll.unregister(self._listener.socket)
        except KeyError:
            pass  # it was resting


class SocketListener(Listener):
    """A listener on a listening socket.

    socket: bound and listening. accept: takes one connection from it. welcome: makes the Connection of an accepted
    socket, with the codec of the way.
    """

    def __init__(
        self,
        url: str,
        listening: socket.socket,
        accept: Callable[[], tuple[socket.socket, tuple[str, int]]],
        welcome: Callable[[Reactor, socket.socket, tuple[str, int]], Connection],
        limits: Limits,
    ) -> None:
        self.url = url
        self.socket = listening
        self.accept = accept
        self.welcome = welcome
        self._limits = limits
        self._reactor: Reactor | None = None
        self._stopping = threading.Lock()
        self._stopped = False
        listening.setblocking(False)

    def start(self, handler: Handler) -> None:
        if self._reactor is not None or self._stopped:
            raise RuntimeError("a listener is started once")
        self._reactor = Reactor(handler, self._limits, f"listener {self.url}")
        self._acceptor = Acceptor(self._reactor, self)
        self._reactor.start()

    def stop(self) -> None:
        with self._stopping:
            first, self._stopped = not self._stopped, True
        if self._reactor is None:
            self.socket.close()
            return
        if first:
            self._reactor.soon(self._leave)
        self._reactor.join()

    def _leave(self) -> None:
        assert self._reactor is not None
        self._acceptor.close()
        self.socket.close()
        self._reactor.leave()


def carry(sock: socket.socket, codec: Codec, handler: Handler, limits: Limits, url: str) -> Link:
    """The link over a dialled socket, on a reactor of its own that ends with it."""
    reactor = Reactor(handler, limits, f"link {url}")
    connection = Connection(reactor, sock, codec, sock.getpeername())
    reactor.leaving = True
    reactor.soon(connection.start)
    reactor.start()
    return connection
