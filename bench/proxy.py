"""A bad network on this machine: cables between clients and a server that can be cut, stalled and made slow.

Each client has a `Cable` of its own, which is an address to dial; whatever is dialled there is carried on to the
server. One thread carries everything; the methods of a cable may be called from any other.
"""

import errno
import functools
import heapq
import selectors
import socket
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType

UP, DOWN = "up", "down"
"""To the server, and from it."""
CHUNK = 1 << 16
AGAIN = 0.01
"""Seconds until what a full socket did not take is tried again."""
_ABORT = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""SO_LINGER with no time to linger: closing resets the connection."""
_UNDER_WAY = {errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK)}


class Stream:
    """One direction of a pair: what was read and waits for its time; None among it is the end of the stream."""

    __slots__ = ("delay", "ended", "held", "source", "target", "waiting")

    def __init__(self, source: socket.socket, target: socket.socket) -> None:
        self.source = source
        self.target = target
        self.waiting: deque[tuple[float, bytes | None]] = deque()
        self.delay = self.held = 0.0
        self.ended = False


class Pair:
    """A connection of a client and the one to the server that carries it on."""

    def __init__(self, cable: "Cable", near: socket.socket, far: socket.socket) -> None:
        self.cable = cable
        self.near, self.far = near, far
        self.ways = {UP: Stream(near, far), DOWN: Stream(far, near)}


class Cable:
    """The way of one client to the server; dial `url`. Whatever goes wrong here happens to this client alone."""

    def __init__(self, proxy: "Proxy") -> None:
        self._proxy = proxy
        self.dead_until = 0.0
        self.sock = socket.create_server(("127.0.0.1", 0))
        self.sock.setblocking(False)
        self.url = f"ws://127.0.0.1:{self.sock.getsockname()[1]}"
        self.pairs: set[Pair] = set()

    def cut(self, reset: bool) -> None:
        """End every connection, both ends at once: by a reset, or in an orderly way but without a goodbye."""

        def act() -> None:
            for pair in list(self.pairs):
                self._proxy.drop(pair, reset)

        self._proxy.call(act)

    def hold(self, seconds: float, *ways: str) -> None:
        """Take what the connections that are there say and forward nothing for so long; new ones are well."""

        def act() -> None:
            until = time.monotonic() + seconds
            for pair in self.pairs:
                for way in ways:
                    pair.ways[way].held = until

        self._proxy.call(act)

    def die(self, seconds: float) -> None:
        """Forward nothing for so long, on new connections neither."""

        def act() -> None:
            self.dead_until = time.monotonic() + seconds

        self._proxy.call(act)

    def slow(self, seconds: float) -> None:
        """Let everything on the connections that are there take so much longer each way."""

        def act() -> None:
            for pair in self.pairs:
                for stream in pair.ways.values():
                    stream.delay = seconds

        self._proxy.call(act)


class Proxy:
    """Carries what is said on its cables to the port of the server and back; for `with`."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._selector = selectors.DefaultSelector()
        self._acts: deque[Callable[[], object]] = deque()
        self._due: list[tuple[float, int, Stream, Pair]] = []
        self._count = 0
        self._wake, self._woken = socket.socketpair()
        self._woken.setblocking(False)
        self._selector.register(self._woken, selectors.EVENT_READ, self._wake_up)
        self._stopping = False
        self._cables: list[Cable] = []
        self._thread = threading.Thread(target=self._run, name="bad-network", daemon=True)

    def __enter__(self) -> "Proxy":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        def stop() -> None:
            self._stopping = True

        self.call(stop)
        self._thread.join()
        for cable in self._cables:
            cable.sock.close()
            for pair in list(cable.pairs):
                self.drop(pair, reset=True)
        self._selector.close()
        self._wake.close()
        self._woken.close()

    def cable(self) -> Cable:
        """A new cable."""
        cable = Cable(self)
        self._cables.append(cable)
        self.call(lambda: self._selector.register(cable.sock, selectors.EVENT_READ, lambda: self._accept(cable)))
        return cable

    def call(self, act: Callable[[], object]) -> None:
        """Let the proxy's thread do this soon; any thread."""
        self._acts.append(act)
        self._wake.send(b"!")

    # -- the proxy's thread --------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping:
            wait = max(0.0, self._due[0][0] - time.monotonic()) if self._due else None
            for key, _ in self._selector.select(wait):
                if key.fileobj in self._selector.get_map():  # another one's act may have closed it
                    key.data()
            while self._acts:
                self._acts.popleft()()
            now = time.monotonic()
            while self._due and self._due[0][0] <= now:
                _, _, stream, pair = heapq.heappop(self._due)
                self._pass_on(pair, stream, now)

    def _wake_up(self) -> None:
        try:
            self._woken.recv(CHUNK)
        except BlockingIOError:
            pass

    def _accept(self, cable: Cable) -> None:
        try:
            near, _ = cable.sock.accept()
        except OSError:
            return
        far = socket.socket()
        for sock in (near, far):
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pair = Pair(cable, near, far)
        cable.pairs.add(pair)
        if far.connect_ex(self._target) not in _UNDER_WAY | {0}:
            self.drop(pair, reset=True)
            return
        self._selector.register(far, selectors.EVENT_WRITE, lambda: self._connected(pair))

    def _connected(self, pair: Pair) -> None:
        if pair.far.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self.drop(pair, reset=True)  # no server is there just now
            return
        self._selector.unregister(pair.far)
        for stream in pair.ways.values():
            self._selector.register(stream.source, selectors.EVENT_READ, functools.partial(self._read, pair, stream))

    def _read(self, pair: Pair, stream: Stream) -> None:
        try:
            data = stream.source.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        now = time.monotonic()
        if not data:
            self._selector.unregister(stream.source)
        stream.waiting.append((now + stream.delay, data or None))
        self._pass_on(pair, stream, now)

    def _pass_on(self, pair: Pair, stream: Stream, now: float) -> None:
        """Forward what is due; while something is not, look again when it is."""
        if pair not in pair.cable.pairs:
            return
        held = max(stream.held, pair.cable.dead_until)
        while stream.waiting:
            due, data = stream.waiting[0]
            due = max(due, held)
            if due <= now:
                sent = self._send(pair, stream, data)
                if sent < 0:
                    return
                stream.waiting.popleft()
                if data is None or sent == len(data):
                    continue
                due = now + AGAIN
                stream.waiting.appendleft((due, data[sent:]))
            self._count += 1
            heapq.heappush(self._due, (due, self._count, stream, pair))
            return

    def _send(self, pair: Pair, stream: Stream, data: bytes | None) -> int:
        """Send or end; how many bytes were taken, -1 when the pair is gone by that."""
        try:
            if data is not None:
                return stream.target.send(data)
            stream.ended = True
            stream.target.shutdown(socket.SHUT_WR)
            if all(other.ended for other in pair.ways.values()):
                self.drop(pair, reset=False)
                return -1
            return 0
        except BlockingIOError:
            return 0
        except OSError:
            self.drop(pair, reset=True)
            return -1

    def drop(self, pair: Pair, reset: bool) -> None:
        """Close both ends of a pair."""
        pair.cable.pairs.discard(pair)
        for sock in (pair.near, pair.far):
            if sock in self._selector.get_map():
                self._selector.unregister(sock)
            if reset:
                try:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)
                except OSError:
                    pass
            sock.close()
