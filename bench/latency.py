"""What a step costs on its way: run `python -m bench.latency`. Prints each figure with its target.

A server runs as a process of its own; two players made of code sit at one table of gomoku over ws on this machine. A
step's time is from the moment its player makes it to the moment the other player's table has it.
"""

import secrets
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from bench.process import processor_seconds
from communication import messages as m
from communication.client import Client
from communication.model import Answer
from communication.runner import Runner
from games import GAMES
from games.game_info import Move, Refusal
from work.bots.bot import Bot
from work.table import Table

ROOT = Path(__file__).resolve().parent.parent
STARTS, STEPS, WARMING_UP = 5, 1000, 50
GAME = "gomoku"
PATIENCE = 120.0
EXECUTABLES = {"roundtable-server": 12, "roundtable": 25}
"""Name -> most megabytes."""


class Stopwatch:
    """Seconds that steps took from one player to the other; one step is on its way at a time."""

    def __init__(self) -> None:
        self.sent = 0.0
        self.took: list[float] = []
        self.done = threading.Event()

    def start(self) -> None:
        """A step leaves."""
        self.sent = time.perf_counter()

    def stop(self) -> None:
        """It has arrived."""
        self.took.append(time.perf_counter() - self.sent)
        if len(self.took) == WARMING_UP + STEPS:
            self.done.set()


class Player(Bot):
    """Plays match after match, and stops the time."""

    def __init__(self, name: str, url: str, watch: Stopwatch) -> None:
        super().__init__(Client(Runner(), name, secrets.token_hex(16), bot=True))
        self.watch = watch
        self.runner.call(self.client.connect, url)

    def connection(self, state: str, text: str) -> None:
        if state == "in":
            self.client.request(m.Match(game=GAME, version=GAMES[GAME].version, seats=2), self._matched)

    def _matched(self, answer: Answer) -> None:
        if answer is not None:
            raise SystemExit(f"no match: {answer}")

    def step(self, table: Table, move: Move) -> Refusal | None:
        if self.watch.done.is_set():
            return None
        self.watch.start()
        return super().step(table, move)

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        if seat != table.seat:
            self.watch.stop()
        super().stepped(table, seat, move)

    def ended(self, table: Table) -> None:
        self.client.request(m.Again(room=table.code))


def server() -> tuple["subprocess.Popen[str]", str, float]:
    """Start a server: its process, its address, and the seconds until it listened."""
    options = ["--host", "127.0.0.1", "--port", "0", "--no-discovery", "--data", ":memory:"]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "main_server.py"), *options], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    return process, line.removeprefix("listening on ").strip(), time.perf_counter() - start


def started() -> None:
    """How long a server takes until it listens."""
    seconds = []
    for _ in range(STARTS):
        process, _, took = server()
        process.terminate()
        process.wait()
        seconds.append(took)
    print(f"server start to listening    {statistics.median(seconds):8.2f} s   target 0.5 s")


def stepped() -> None:
    """How long a step takes to the other player, and what it costs the server."""
    process, url, _ = server()
    try:
        watch = Stopwatch()
        before = processor_seconds(process.pid)
        players = [Player(name, url, watch) for name in ("Ada", "Basil")]
        if not watch.done.wait(PATIENCE):
            raise SystemExit("the players did not come to an end")
        after = processor_seconds(process.pid)
        for player in players:
            player.runner.call(player.client.disconnect, True)
    finally:
        process.terminate()
        process.wait()
    took = sorted(seconds * 1000 for seconds in watch.took[WARMING_UP:])
    print(f"step to the other, median    {statistics.median(took):8.2f} ms  target 5 ms ({len(took)} steps)")
    print(f"step to the other, 99 of 100 {took[len(took) * 99 // 100]:8.2f} ms")
    if after > before:  # neither is where it cannot be read
        print(f"server, processor            {(after - before) / len(watch.took) * 1e6:8.0f} ms  for 1000 steps")


def built() -> None:
    """How large the executables are, where they have been built."""
    for name, most in EXECUTABLES.items():
        for path in (ROOT / "dist" / name, ROOT / "dist" / f"{name}.exe"):
            if path.is_file():
                print(f"{name:<28} {path.stat().st_size / 1e6:8.1f} MB  target {most} MB")


if __name__ == "__main__":
    started()
    stepped()
    built()
