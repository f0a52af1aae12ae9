"""The ways ws:// and wss://: RFC 6455, on websocket-server for listening and websocket-client for dialling.

Of those two packages we use what opens a connection; after the opening handshake each connection belongs to a reactor,
and `frames.py` says what its bytes mean. A browser that comes without a WebSocket gets a page that says what this is.
"""

from __future__ import annotations

import html
import ipaddress
import logging
import socket
import time
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

import websocket
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

from communication.link import Address, Data, Handler, Limits, Link, LinkError, Listener
from communication.ways.connection import Codec, Connection
from communication.ways.frames import ClientFrames, ServerFrames, core_log
from communication.ways.reactor import Reactor, SocketListener, carry
from communication.ways.sockets import bind, connect, nobody, own, url_of
from communication.ways.tls import server_context, wrap_accepted, wrap_dialled

# The import of websocket-server gives the root logger a handler; which logs go where is the program's choice.
_handlers = logging.root.handlers[:]
from websocket_server import WebsocketServer  # noqa: E402

logging.root.handlers[:] = _handlers

PORTS = {"ws": 80, "wss": 443}
END_OF_HEAD = b"\r\n\r\n"

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Roundtable</title>
<style>body {{ font: 1.1em/1.6 sans-serif; max-width: 34em; margin: 3em auto; padding: 0 1em }}</style>
<h1>Roundtable</h1>
<p>A host for table games is running here. It is joined with the game's own program, not with a browser:</p>
<ol>
<li>Start Roundtable on your computer.</li>
<li>Give it this address: <strong>{url}</strong></li>
</ol>
</html>
"""


class Doorkeeper(WebsocketServer):
    """websocket-server's server, which here only listens: whom it lets in a reactor looks after, not a thread each."""

    allow_reuse_address = False  # `own` does what is right on each system

    def __init__(self, family: socket.AddressFamily, place: tuple[str, int], backlog: int) -> None:
        self.address_family = family
        self.request_queue_size = backlog
        super().__init__(*place, loglevel=logging.WARNING)  # type: ignore[no-untyped-call]

    def server_bind(self) -> None:
        own(self.socket)
        super().server_bind()


def listen(address: Address, limits: Limits, tls: tuple[str, str] | None, origins: Collection[str]) -> Listener:
    """See communication.listen."""
    if (address.scheme == "wss") != (tls is not None):
        raise ValueError("wss:// needs a certificate and its key, and ws:// takes none")
    context = None if tls is None else server_context(*tls)

    def welcome(reactor: Reactor, sock: socket.socket, peer: tuple[str, int]) -> Connection:
        if context is not None:
            sock = wrap_accepted(context, sock)
        return Connection(reactor, sock, Greeting(address.scheme, limits, origins), peer)

    door = bind(address, lambda family, place: Doorkeeper(family, place, limits.backlog))
    url = url_of(address.scheme, address.host, door.socket)
    return SocketListener(url, door.socket, door.get_request, welcome, limits)


def dial(address: Address, handler: Handler, limits: Limits, timeout: float, ca: str | None) -> Link:
    """See communication.dial. Always directly: a proxy does not lead into one's own network."""
    if ca is not None and address.scheme != "wss":
        raise ValueError("ws:// is not encrypted: whom to trust is for wss://")
    deadline = time.monotonic() + timeout
    sock = connect(address, address.port or PORTS[address.scheme], deadline)
    try:
        if address.scheme == "wss":
            sock = wrap_dialled(sock, address, deadline, ca)
        _shake_hands(sock, address, deadline)
    except BaseException:
        sock.close()
        raise
    return carry(sock, ClientFrames(limits), handler, limits, address.text)


def _shake_hands(sock: socket.socket, address: Address, deadline: float) -> None:
    """The client's opening handshake on a connected socket; LinkError when the other side does not play along."""
    try:
        websocket.WebSocket().connect(  # type: ignore[no-untyped-call]
            address.text,
            socket=Hurried(sock, deadline),
            suppress_origin=True,  # we are no web page
            redirect_limit=0,
        )
    except websocket.WebSocketTimeoutException:
        raise LinkError(nobody(address)) from None
    except websocket.WebSocketBadStatusException as error:
        raise LinkError(f"{address.text} answers, but lets nobody in (HTTP status {error.status_code})") from None
    except (websocket.WebSocketException, OSError, ValueError) as error:
        raise LinkError(f"what answers at {address.text} does not speak WebSocket") from error


class Hurried:
    """A socket with one deadline for all that websocket-client does on it, which sets a time for each step only."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def recv(self, size: int) -> bytes:
        return self._in_time().recv(size)

    def send(self, data: bytes) -> int:
        return self._in_time().send(data)

    def gettimeout(self) -> float | None:
        return self._in_time().gettimeout()

    def close(self) -> None:
        self._sock.close()

    def fileno(self) -> int:
        return self._sock.fileno()

    def _in_time(self) -> socket.socket:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self._sock.settimeout(left)
        return self._sock


class Greeting(Codec):
    """The server's opening handshake: a request in, an answer out; with 101 the frames follow."""

    __slots__ = ("_head", "_limits", "_origins", "_scheme")

    opening = True

    def __init__(self, scheme: str, limits: Limits, origins: Collection[str]) -> None:
        super().__init__()
        self._scheme = scheme
        self._limits = limits
        self._origins = origins
        self._head = b""

    def encode(self, data: Data) -> bytes:
        raise RuntimeError("no message can be sent before the handshake is done")

    def close(self, code: int, reason: str) -> bytes:
        """Refuse whoever asks: 503, with the reason for people."""
        if self.finished:
            return b""
        self._answer(self._core().reject(503, f"Not now: {reason}.\n"))
        answer, self.reply = self.reply, b""
        return answer

    def receive(self, data: bytes) -> Sequence[Data]:
        if self.finished:
            return ()
        self._head += data
        head, end, rest = self._head.partition(END_OF_HEAD)
        if len(head) > self._limits.head_bytes:
            self._answer(self._core().reject(431, "The request is too long.\n"))
        elif end:
            self._greet(head + end, rest)
        elif not self._head[:1].isupper():
            # No request begins like this; most likely someone tries wss:// on a ws:// port and would wait for ever.
            self._answer(self._core().reject(400, "This is no HTTP request.\n"))
        return ()

    def _core(self) -> ServerProtocol:
        return ServerProtocol(max_size=self._limits.message_bytes, logger=core_log)

    def _greet(self, head: bytes, rest: bytes) -> None:
        core = self._core()
        core.receive_data(head)
        requests = core.events_received()
        if not requests:
            # The core has an answer of its own for lines that are too long, and none for what is no request at all.
            self.reply = b"".join(core.data_to_send())
            if self.reply:
                self._finish()
            else:
                self._answer(self._core().reject(400, "This is no HTTP request.\n"))
            return
        request = requests[0]
        assert isinstance(request, Request)
        response = self._judge(core, request)
        if response.status_code == 101:
            self.reply = response.serialize()
            self.successor = ServerFrames(self._limits), rest
            self.news = True
        else:
            self._answer(response)

    def _judge(self, core: ServerProtocol, request: Request) -> Response:
        """The answer to a request."""
        if "Upgrade" not in request.headers and request.method in ("GET", "HEAD"):
            if request.path != "/":
                return core.reject(404, "There is nothing here but the table itself.\n")
            host = (request.headers.get_all("Host") or ["this address"])[0]
            response = core.reject(200, PAGE.format(url=html.escape(f"{self._scheme}://{host}")))
            response.headers["Content-Type"] = "text/html; charset=utf-8"
            return response
        pages = request.headers.get_all("Origin")
        if pages and not all(self._may_connect(page, request.headers.get_all("Host")) for page in pages):
            return core.reject(403, "A page of another site may not connect to this table.\n")
        return core.accept(request)

    def _may_connect(self, page: str, hosts: list[str]) -> bool:
        """May a web page of this origin connect? Listed ones may, and this host's own.

        That the page and this host go by the same name proves nothing: anyone can let a name of theirs point here
        (DNS rebinding). So only an address, or a name that this machine itself answers to, is believed.
        """
        if page in self._origins:
            return True
        try:
            parts = urlsplit(page)
        except ValueError:
            return False
        return [parts.netloc.lower()] == [host.lower() for host in hosts] and _is_own(parts.hostname or "")

    def _answer(self, response: Response) -> None:
        del response.headers["Content-Length"]
        response.headers["Content-Length"] = str(len(response.body))
        self.reply = response.serialize()
        self._finish()

    def _finish(self) -> None:
        self.end = 1002, "no WebSocket handshake"
        self.finished = True
        self.news = True


def _is_own(host: str) -> bool:
    """Is this an address, or a name of this very machine?"""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host in ("localhost", socket.gethostname().lower())
    return True
