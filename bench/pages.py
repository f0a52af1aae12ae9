"""A web server for crawls: a folder's files, each answer after a pause. Run `python -m bench.pages FOLDER SECONDS`.

It says its address, and at its end, when its input is closed, as JSON how often each path was asked for.
"""

import json
import sys
import threading
import time
from collections import Counter
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


class Handler(SimpleHTTPRequestHandler):
    """Answers late, and counts what is asked for."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".py": "text/plain"}
    asked: Counter[str] = Counter()
    pause = 0.0

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        time.sleep(self.pause)
        super().do_GET()

    def do_HEAD(self) -> None:
        self.asked[self.path] += 1
        super().do_HEAD()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Minds no client that goes in the middle of an answer."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


def main() -> None:
    """Serve until the input ends."""
    Handler.pause = float(sys.argv[2])
    server = Server(("127.0.0.1", 0), partial(Handler, directory=sys.argv[1]))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    sys.stdin.read()
    server.shutdown()
    print(json.dumps(Handler.asked), flush=True)


if __name__ == "__main__":
    main()
