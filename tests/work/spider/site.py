"""A web site of the tests' own that misbehaves on demand, on 127.0.0.1 and any free port."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

HTML = "text/html; charset=utf-8"


@dataclass
class Reply:
    """What the site says to one request: the body in parts, between which it may pause."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = HTML
    parts: Iterable[bytes] = ()
    pause: float = 0.0
    """Seconds before each part."""


def html(*links: str, title: str = "A page", head: str = "", body: str = "") -> Reply:
    """A page with these links."""
    places = "".join(f'<a href="{link}">there</a> ' for link in links)
    return Reply(body=f"<html><head><title>{title}</title>{head}</head><body>{places}{body}</body></html>".encode())


def moved(to: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status, headers={"Location": to})


class Site:
    """Serves what `pages` says for each path (with its query): a reply, or a function of how often it was asked for.

    `asked` counts the requests for each path. What it does not have is 404, robots.txt too.
    """

    def __init__(self, pages: Mapping[str, Reply | Callable[[int], Reply]] | None = None) -> None:
        self.pages: dict[str, Reply | Callable[[int], Reply]] = dict(pages or {})
        self.default: Callable[[str], Reply] = lambda path: Reply(404, b"nothing here")
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.closing = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                pass  # a client that hangs up on a body that never ends

        self._server = Server(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def at(self, path: str) -> str:
        """The address of a path."""
        return self.root + path

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        self.asked[path] += 1
        self.agents.add(handler.headers.get("User-Agent", ""))
        page = self.pages.get(path) or self.default(path)
        reply = page(self.asked[path]) if callable(page) else page
        handler.send_response(reply.status)
        handler.send_header("Content-Type", reply.kind)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if reply.parts:
            handler.send_header("Connection", "close")
            handler.close_connection = True
        elif "Content-Length" not in reply.headers:
            handler.send_header("Content-Length", str(len(reply.body)))
        handler.end_headers()
        handler.wfile.write(reply.body)
        for part in reply.parts:
            if self.closing.wait(reply.pause):
                break
            handler.wfile.write(part)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
