"""The way memory://NAME: two ends in one process, for solo play and for tests.

Threads are as with sockets, so that nothing works here which would not work over a network: one calls a listener's
handler, and one the handler of each dialled link. A message is put into the mailbox of the other end's thread.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections import deque
from collections.abc import Callable, Collection

from communication.link import (
    MESSAGE_COST,
    Address,
    CloseCode,
    Data,
    Handler,
    Limits,
    Link,
    LinkError,
    Listener,
    farewell,
)

log = logging.getLogger(__name__)


_listeners: dict[str, MemoryListener] = {}
_lock = threading.Lock()  # guards _listeners
_numbers = itertools.count(1)


def listen(address: Address, limits: Limits, tls: tuple[str, str] | None, origins: Collection[str]) -> Listener:
    """See communication.listen; memory:// and memory://NAME:0 give a fresh name. There are no web pages here."""
    if tls is not None:
        raise ValueError("memory:// is not encrypted: a certificate is for wss://")
    name = _name(address)
    with _lock:
        if not name or name.endswith(":0"):
            name = f"{name.removesuffix(':0') or 'table'}-{next(_numbers)}"
        if name in _listeners:
            raise LinkError(f"memory://{name} is already in use")
        listener = _listeners[name] = MemoryListener(name, limits)
    return listener


def dial(address: Address, handler: Handler, limits: Limits, timeout: float, ca: str | None) -> Link:
    """See communication.dial; there is nothing to wait for."""
    if ca is not None:
        raise ValueError("memory:// is not encrypted: whom to trust is for wss://")
    with _lock:
        listener = _listeners.get(_name(address))
    mailbox = Mailbox(handler, f"link {address.text}", lasting=False)
    link = listener.admit(mailbox, limits) if listener is not None else None
    if link is None:
        raise LinkError(f"nobody answers at {address.text}")
    mailbox.start()
    return link


def _name(address: Address) -> str:
    """What a url of this way names."""
    return address.text.partition("://")[2].rstrip("/")


class MemoryListener(Listener):
    """A name under which others in this process can dial."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.url = f"memory://{name}"
        self._name = name
        self._limits = limits
        self._mailbox: Mailbox | None = None
        self._stopped = False

    def start(self, handler: Handler) -> None:
        with _lock:
            if self._mailbox is not None or self._stopped:
                raise RuntimeError("a listener is started once")
            self._mailbox = Mailbox(handler, f"listener {self.url}", lasting=True)
        self._mailbox.start()

    def admit(self, mailbox: Mailbox, limits: Limits) -> MemoryLink | None:
        """A new link for that mailbox with this listener; None before start and after stop."""
        with _lock:
            if self._mailbox is None or self._stopped:
                return None
            if len(self._mailbox.links) >= self._limits.connections:
                raise LinkError(f"{self.url} answers, but lets nobody in: all places are taken")
            number, lock = next(_numbers), threading.Lock()
            ours = MemoryLink(self._mailbox, self._limits, lock, f"{self.url}#{number}")
            theirs = MemoryLink(mailbox, limits, lock, self.url)
            ours.join(theirs)
            return theirs

    def stop(self) -> None:
        with _lock:
            self._stopped = True
            if _listeners.get(self._name) is self:
                del _listeners[self._name]
        if self._mailbox is not None:
            for link in list(self._mailbox.links):
                link.close(CloseCode.GOING_AWAY, "the server stops")
            self._mailbox.finish()


class Mailbox:
    """A thread that calls one handler; unless it is a lasting one, it ends with the last of its links."""

    def __init__(self, handler: Handler, name: str, *, lasting: bool) -> None:
        self.handler = handler
        self.links: set[MemoryLink] = set()  # from `join` until the handler has heard `closed`
        self._settled: Callable[[], None] | None = getattr(handler, "settled", None)
        self._lasting = lasting
        self._letters: deque[Callable[[], None]] = deque()
        self._arrival = threading.Condition()
        self._over = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def put(self, letter: Callable[[], None]) -> None:
        """Have this called on the mailbox's thread, after all that was put before; from any thread."""
        with self._arrival:
            self._letters.append(letter)
            self._arrival.notify()

    def forget(self, link: MemoryLink) -> None:
        """On the mailbox's thread: this link is over."""
        self.links.discard(link)
        if not self._lasting and not self.links:
            self._over = True

    def finish(self) -> None:
        """End the thread after what has been put so far, and wait for it, unless this is it."""
        self.put(self._end)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _end(self) -> None:
        self._over = True

    def _run(self) -> None:
        while not self._over:
            with self._arrival:
                while not self._letters:
                    self._arrival.wait()
                batch, self._letters = self._letters, deque()
            for letter in batch:
                self._call(letter)
            if self._settled is not None:
                self._call(self._settled)

    def _call(self, letter: Callable[[], None]) -> None:
        try:
            letter()
        except Exception:
            log.exception("a handler failed")


class MemoryLink(Link):
    """One end; the lock is shared by both ends and guards their flags and counts."""

    __slots__ = ("_deaf", "_limits", "_lock", "_mailbox", "_mute", "_peer", "_waiting", "address", "owner")

    def __init__(self, mailbox: Mailbox, limits: Limits, lock: threading.Lock, address: str) -> None:
        self.owner = None
        self.address = address
        self._mailbox = mailbox
        self._limits = limits
        self._lock = lock
        self._peer: MemoryLink
        self._mute = False  # either end has closed: nothing more is sent
        self._deaf = False  # this end has closed: nothing more is received
        self._waiting = 0  # bytes sent to this end and not yet handed over

    def join(self, peer: MemoryLink) -> None:
        """Make these two the ends of one link, and let both handlers hear `opened`."""
        self._peer, peer._peer = peer, self
        for end in (self, peer):
            end._mailbox.links.add(end)
            end._mailbox.put(end._open)

    def send(self, data: Data) -> None:
        if not isinstance(data, (str, bytes)):
            raise TypeError(f"a message is str or bytes, not {type(data).__name__}")
        size = len(data.encode() if isinstance(data, str) else data)
        peer = self._peer
        with self._lock:
            if self._mute:
                return
            full = peer._waiting > self._limits.queue_bytes
            peer._waiting += size + MESSAGE_COST
            peer._mailbox.put(lambda: peer._receive(data, size))
        if full:
            self.close(CloseCode.TOO_SLOW, "you read too slowly")

    def close(self, code: int = CloseCode.NORMAL, reason: str = "") -> None:
        last = farewell(code, reason)
        with self._lock:
            if self._mute:
                return
            self._mute = self._peer._mute = self._deaf = True
            for end in (self, self._peer):
                end._mailbox.put(lambda end=end: end._close(*last))  # type: ignore[misc]

    # On the mailbox's thread

    def _open(self) -> None:
        self._guard(lambda: self._mailbox.handler.opened(self))

    def _receive(self, data: Data, size: int) -> None:
        with self._lock:
            self._waiting -= size + MESSAGE_COST
            if self._deaf:
                return
        if size > self._limits.message_bytes:
            self.close(CloseCode.TOO_BIG, f"a message has at most {self._limits.message_bytes} bytes")
            return
        self._guard(lambda: self._mailbox.handler.received(self, data))

    def _close(self, code: int, reason: str) -> None:
        self._mailbox.forget(self)
        self._mailbox.handler.closed(self, code, reason)

    def _guard(self, call: Callable[[], None]) -> None:
        try:
            call()
        except Exception:
            log.exception("the handler failed on the link with %s", self.address)
            self.close(CloseCode.FAULT, "internal error")
