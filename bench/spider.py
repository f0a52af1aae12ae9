"""Crawls of a real tree of pages: how fast, how complete, and what troubles do. Run `python -m bench.spider FOLDER`.

FOLDER holds the pages, such as those of Debian's package python3.11-doc. They are served on this machine with a pause
before each answer, and crawled by workers that are processes of their own. First by one and by three, in turn: how much
faster? Then again by three, of which one is killed and another cut off, while the server is killed and started again:
is the result the same? At last, where wget is there, by that: does it find the same pages? Exit status 1 when something
is not as it should be.
"""

import argparse
import contextlib
import json
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import msgspec

from bench.proxy import Proxy
from bench.server import ROOT, ServerProcess
from command_line import VERSION
from communication import messages as m
from communication.client import Client
from communication.runner import Runner
from work.labour import Labourer
from work.shelf import WORKS
from work.spider.job import terms
from work.spider.results import NAMES

TICK = 0.02
PATIENCE = 300.0
"""Seconds after which a crawl counts as stuck."""
FASTER = 2.2
"""How many times as fast as one worker three must be."""
ROBOTS = "/robots.txt"
"""What each worker asks for."""
TREE = "http://tree/"
"""Stands for the address of the pages where links are only counted."""
PASSING = ("time", "worker", "sure")
"""What of a result may differ from crawl to crawl."""


class Pages:
    """The web server as a process; `url` is its address, and `asked` counts requests by path once it has ended."""

    def __init__(self, folder: Path, pause: float) -> None:
        words = [sys.executable, "-m", "bench.pages", str(folder), str(pause)]
        self.process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip() if self.process.stdout else ""
        self.asked: dict[str, int] = {}

    def end(self) -> None:
        self.asked = json.loads(self.process.communicate("")[0])


class Crew:
    """A server with a room, workers behind cables, and somebody who opens, holds, watches and takes the results."""

    def __init__(self, start: str, workers: int, check: int, proxy: Proxy, server: ServerProcess) -> None:
        self.server = server
        self.cables = [proxy.cable() for _ in range(workers)]
        client = Client(Runner(), "director", secrets.token_hex(16), program=VERSION, bot=True)
        wish: m.Options = {"start": start, "terms": terms(delay=0.0, parallel=32, check=check, lan=True)}
        go = m.Open(game="spider", version=WORKS["spider"].version, seats=8, options=wish)
        self.director = Labourer(client, WORKS, go, lambda info: _never, keep=True, idle=True)
        self.wait(lambda: server.listening, "the server")
        client.runner.call(client.connect, f"ws://127.0.0.1:{server.port}")
        self.wait(lambda: self.director.table is not None and self.director.table.info is not None, "the room")
        self.pause("pause")
        self.workers = [self._worker(k, cable.url) for k, cable in enumerate(self.cables)]
        self.wait(lambda: sum(person is not None for person in self.about.people) > workers, "the workers")

    @property
    def about(self) -> m.Table:
        """The room as it stands."""
        assert self.director.table is not None
        return self.director.table.about

    @property
    def done(self) -> int:
        """Pages so far."""
        info: Any = self.director.table.info if self.director.table else None
        return info.done if info is not None else 0

    def pause(self, what: str) -> None:
        """Hold the work, or let it go on."""

        def ask() -> None:
            self.director.client.request(m.Offer(room=self.about.room, what=what))

        self.director.runner.call(ask)
        self.wait(lambda: self.about.paused == (what == "pause"), what)

    def _worker(self, k: int, url: str) -> "subprocess.Popen[bytes]":
        words = ["--work", "spider", "--join", self.about.room, "--lan", "--name", f"worker {k}"]
        command = [sys.executable, "main_client.py", url, *words]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait(self, true: Callable[[], object], what: str) -> None:
        """Wait until something is true; SystemExit when that takes too long."""
        client, give_up = self.director.client, time.monotonic() + PATIENCE
        while not true():
            time.sleep(TICK)
            client.runner.call(client.task, time.monotonic())
            if time.monotonic() > give_up or self.director.gone:
                raise SystemExit(f"waited in vain for {what}; {self.director.gone}")

    def end(self) -> None:
        """Wait until the workers have ended; end those that do not."""
        for worker in self.workers:
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.wait(10)
            worker.kill()
            worker.wait()
        client = self.director.client
        client.runner.call(client.disconnect, True)


def _never(piece: Any, since: float) -> tuple[()]:
    return ()


class Crawl:
    """One crawl to its end. `seconds` and `cpu` are those it took, of all processes together; `lines` its results."""

    def __init__(self, folder: Path, pause: float, workers: int, check: int = 0, troubles: bool = False) -> None:
        before = _children()
        pages = Pages(folder, pause)
        with tempfile.TemporaryDirectory() as data:
            server = ServerProcess(Path(data))
            with Proxy(server.port) as proxy:
                crew = Crew(f"{pages.url}index.html", workers, check, proxy, server)
                began = time.monotonic()
                crew.pause("resume")
                if troubles:
                    _trouble(crew)
                crew.wait(lambda: crew.director.table and crew.director.table.outcome, "the end")
                self.seconds = time.monotonic() - began
                crew.wait(lambda: crew.director.complete, "the results")
                crew.end()
            server.stop()
        pages.end()
        self.cpu = _children() - before
        self.asked = pages.asked
        self.rows = [dict(zip(NAMES, row, strict=True)) for row in crew.director.rows]
        root = len(pages.url)
        self.paths = {row["address"][root:] for row in self.rows}
        self.links = sum(len(row["links"]) for row in self.rows)
        self.anchors = sum(row["anchors"] for row in self.rows)
        self.lines = sorted(_line(row, pages.url) for row in self.rows)

    def said(self) -> str:
        """The figures in a line."""
        return (
            f"{len(self.rows)} pages, {self.anchors} anchors, {self.seconds:.1f} s, {self.cpu:.1f} s of processor time"
        )


def _line(row: dict[str, Any], root: str) -> bytes:
    """A result without what may differ, and without the port that the pages happened to have."""
    lasting = {name: value for name, value in row.items() if name not in (*PASSING, "seal")}
    return msgspec.json.encode(lasting, order="sorted").replace(root.encode(), b"/")


def _trouble(crew: Crew) -> None:
    """Kill one worker, cut another off for longer than silence lasts, kill the server and start it again."""
    crew.wait(lambda: crew.done > 100, "100 pages")
    crew.workers[1].kill()
    crew.wait(lambda: crew.done > 180, "180 pages")
    crew.cables[2].die(12.0)
    crew.wait(lambda: crew.done > 260, "260 pages")
    crew.server.kill()
    time.sleep(1.0)
    crew.server.start()
    crew.wait(lambda: crew.server.listening, "the server")


def _children() -> float:
    """Seconds of processor time of all children that have ended; 0 where that cannot be read."""
    if sys.platform == "win32":
        return 0.0
    else:
        import resource

        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime


class Anchors(HTMLParser):
    """Counts links with Python's own parser: all, and those `within` the tree, whatever its root is."""

    def __init__(self) -> None:
        super().__init__()
        self.count = self.within = 0
        self.page = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        link = dict(attributes).get("href") if tag in ("a", "area") else None
        self.count += link is not None
        self.within += link is not None and urljoin(TREE + self.page, link).startswith(TREE)


def wget(folder: Path) -> set[str]:
    """The paths that wget asks for when it follows everything."""
    pages = Pages(folder, 0.0)
    words = ["wget", "--recursive", "--level=inf", "--spider", "--quiet", "-e", "robots=off", f"{pages.url}index.html"]
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(words, cwd=scratch, check=False)
    pages.end()
    return {path.partition("?")[0].lstrip("/") for path in pages.asked}


def held_against_others(folder: Path, one: Crawl) -> list[str]:
    """What Python's own parser, and wget where there is one, find otherwise than a crawl."""
    differs = []
    read = Anchors()
    for path in one.paths:
        if path.endswith(".html") and (folder / path).is_file():
            read.page = path
            read.feed((folder / path).read_text(encoding="utf-8"))
    print(f"python's parser: {read.count} anchors on the same pages, {read.within} of them within the tree")
    if read.count != one.anchors:
        differs.append("Python's parser counts other anchors")
    if shutil.which("wget"):
        found = wget(folder)
        more, less = sorted(found - one.paths), sorted(one.paths - found)
        print(f"wget:            {len(found)} paths; {len(more)} that the spider has not: {_kinds(more)}")
        print(f"                 {len(less)} that wget has not: {', '.join(less[:5])}")
        if less or any(path.endswith(".html") for path in more):
            differs.append("wget finds other pages")
    return differs


def main() -> int:
    """Crawl, and say what came of it; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the pages; the first is index.html")
    parser.add_argument("--times", type=int, default=3, help="crawls by one and by three, in turn; the quickest count")
    parser.add_argument("--pause", type=float, default=0.02, help="seconds before each answer of the web server")
    given = parser.parse_args()
    wrong = []
    crawls: dict[int, list[Crawl]] = {1: [], 3: []}
    for _ in range(given.times):
        for workers, done in crawls.items():
            crawl = Crawl(given.folder, given.pause, workers)
            print(f"{workers} working:       {crawl.said()}", flush=True)
            wrong += [f"{path} was fetched {n} times" for path, n in crawl.asked.items() if n > 1 and path != ROBOTS]
            done.append(crawl)
            if crawl.lines != crawls[1][0].lines:
                wrong.append(f"{workers} find something else than the first")
    one, three = (min(done, key=lambda crawl: crawl.seconds) for done in crawls.values())
    faster = one.seconds / three.seconds
    print(f"the quickest:    {one.seconds:.1f} s and {three.seconds:.1f} s: three are {faster:.2f} times as fast")
    if faster < FASTER:
        wrong.append(f"three workers are not {FASTER} times as fast")
    troubled = Crawl(given.folder, given.pause, 3, check=20, troubles=True)
    print(f"with troubles:   {troubled.said()}", flush=True)
    if troubled.lines != one.lines:
        wrong.append("with troubles something else is found")
    wrong += held_against_others(given.folder, one)
    print("\n".join(wrong) or "all is as it should be")
    return 1 if wrong else 0


def _kinds(paths: list[str]) -> str:
    kinds = sorted({path.rpartition(".")[2] for path in paths})
    return ", ".join(f"{sum(path.endswith('.' + kind) for path in paths)} .{kind}" for kind in kinds)


if __name__ == "__main__":
    sys.exit(main())
