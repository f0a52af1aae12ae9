"""Says everything back: what the public Autobahn|Testsuite tries our WebSockets against; see docs/autobahn.md.

`python -m bench.echo` listens for its fuzzing client. `python -m bench.echo --dial ws://127.0.0.1:9001` dials its
fuzzing server once for each case, and asks it for its report.
"""

import argparse
import json
import threading
from collections import Counter
from urllib.parse import urlsplit

from communication import Limits, Link, listen
from communication.link import Address, Data
from communication.ways import websocket

AGENT = "roundtable"
PATIENCE = 60.0
"""Seconds for one case; the longest sends 1000 messages of 16 KB."""


class Echo:
    """Says back what it hears."""

    def opened(self, link: Link) -> None:
        """Nothing to say yet."""

    def received(self, link: Link, data: Data) -> None:
        """Say it back."""
        link.send(data)

    def closed(self, link: Link, code: int, reason: str) -> None:
        """That was all."""


class Visitor(Echo):
    """Notes what it hears, and says it back where that is wanted."""

    def __init__(self, echoing: bool) -> None:
        self.heard: list[Data] = []
        self.over = threading.Event()
        self._echoing = echoing

    def received(self, link: Link, data: Data) -> None:
        """Note it."""
        self.heard.append(data)
        if self._echoing:
            super().received(link, data)

    def closed(self, link: Link, code: int, reason: str) -> None:
        """That was all."""
        self.over.set()


def visit(server: str, page: str, echoing: bool = False) -> list[Data]:
    """Dial a page of the fuzzing server, stay until it closes, and give what it said.

    Our own addresses have no pages, so this calls the way itself.
    """
    place, visitor = urlsplit(server), Visitor(echoing)
    address = Address(place.scheme, place.hostname or "", place.port or 0, f"{server.rstrip('/')}/{page}")
    link = websocket.dial(address, visitor, Limits(), PATIENCE, None)
    if not visitor.over.wait(PATIENCE):
        link.close()
    return visitor.heard


def main() -> None:
    """Listen, or dial; until it is over."""
    parser = argparse.ArgumentParser(prog="python -m bench.echo", description="Says everything back.")
    parser.add_argument("--listen", default="ws://127.0.0.1:9001", metavar="URL", help="where (default: %(default)s)")
    parser.add_argument("--dial", metavar="URL", help="a fuzzing server to dial instead")
    given = parser.parse_args()
    if given.dial is None:
        listener = listen(given.listen)
        listener.start(Echo())
        print(f"listening on {listener.url}", flush=True)
        threading.Event().wait()
    else:
        verdicts: Counter[str] = Counter()
        for case in range(1, int(visit(given.dial, "getCaseCount")[0]) + 1):
            visit(given.dial, f"runCase?case={case}&agent={AGENT}", echoing=True)
            (status,) = visit(given.dial, f"getCaseStatus?case={case}&agent={AGENT}")
            verdicts[json.loads(status)["behavior"]] += 1
        visit(given.dial, f"updateReports?agent={AGENT}")
        print(", ".join(f"{verdict}: {number}" for verdict, number in verdicts.items()))


if __name__ == "__main__":
    main()
