"""What a step costs the server: run `python -m bench.steps`, or with `--help`. Prints tables, and ratios to the floor.

Rooms of two play gomoku over ws on this machine, each player as soon as it is in turn, until the board is full, and
then again. The server has one core to itself and this driver another, where that can be arranged. The floor passes
messages of a step's size from end to end and does nothing else: once in C, where a compiler is at hand, and once in
Python. Processor time and memory can be read on Linux alone; elsewhere their columns are empty.

Compare figures of one run only, and best those that take turns, as these do: the same work costs a quarter more or less
as the machine does other things beside.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.drive import SETTLE, Load, greeted, now, seat
from bench.process import MEASURABLE, Process, more_descriptors

HERE = Path(__file__).resolve().parent
OURS = (
    sys.executable, str(HERE.parent / "main_server.py"), "--host", "127.0.0.1", "--port", "{port}",
    "--data", ":memory:", "--no-discovery",
)  # fmt: skip
KEEPING = tuple("{data}" if part == ":memory:" else part for part in OURS)
NAME, KEPT, IN_C, IN_PYTHON = "Roundtable", "with a journal", "relay in C", "relay in Python"
IDLE_AT_ONCE = 100
SPARE = 100
"""Descriptors that are left for other things than connections."""


@dataclass
class Figures:
    """What the runs of one server with so many rooms have given."""

    cpu: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    median: list[float] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    faults: int = 0


def run(command: tuple[str, ...], rooms: int, given: argparse.Namespace, figures: Figures) -> None:
    """Start the server, with a data folder of its own where it has one, let the rooms play, note what it cost."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data,
        Process(*(part.replace("{data}", data) for part in command)) as server,
    ):
        before = server.memory()
        load = Load(given.think / 1000)
        players = seat(load, server.port, rooms, command not in (OURS, KEEPING))
        for n, player in enumerate(players):
            player.begin()
            if load.think and n % 2:  # so that rooms do not all step at the same moment
                load.run(load.think / rooms)
        load.run(SETTLE)
        load.recording = True
        cpu, began = server.cpu(), now()
        load.run(given.seconds)
        cpu, took = server.cpu() - cpu, now() - began
        figures.memory.append((server.memory() - before) / rooms)
    figures.faults += load.faults
    if not load.steps:
        raise SystemExit("no step was made")
    delays = sorted(load.delays)
    figures.cpu.append(cpu / load.steps * 1e6)
    figures.rate.append(load.steps / took)
    figures.median.append(delays[len(delays) // 2] * 1000)
    figures.slow.append(delays[len(delays) * 99 // 100] * 1000)
    load.poll.close()
    for player in players:
        player.sock.close()


def compiled(folder: str) -> tuple[str, ...] | None:
    """The command of the relay in C; None where no compiler is at hand, or no epoll."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    built = Path(folder, "floor")
    if compiler is None or not MEASURABLE:
        return None
    done = subprocess.run([compiler, "-O2", "-o", str(built), str(HERE / "floor.c")], check=False)
    return (str(built), "{port}") if done.returncode == 0 else None


def table(given: argparse.Namespace, folder: str) -> None:
    """Measure all servers with all numbers of rooms, taking turns, and print a line for each."""
    commands = {
        NAME: OURS,
        **({KEPT: KEEPING} if given.data else {}),
        IN_PYTHON: (sys.executable, "-m", "bench.relay", "{port}"),
    }
    if command := compiled(folder):
        commands[IN_C] = command
    else:
        print("No C compiler here (or no epoll): the floor is the relay in Python alone.")
    floor = IN_C if IN_C in commands else IN_PYTHON
    print("CPU is processor time of the server, in microseconds a step; delay from a step to the other player.")
    print(
        f"{'':16}{'rooms':>6}{'CPU':>8}{'/ floor':>8}{'steps/s':>9}{'delay ms':>10}{'99 of 100':>11}{'KB a room':>11}"
    )
    for rooms in given.rooms:
        all_figures = {name: Figures() for name in commands}
        for _ in range(given.repeats):
            for name, command in commands.items():
                run(command, rooms, given, all_figures[name])
        base = statistics.median(all_figures[floor].cpu)
        for name, figures in all_figures.items():
            cpu, memory = statistics.median(figures.cpu), statistics.median(figures.memory)
            print(
                f"{name:16}{rooms:6}{shown(cpu, '8.1f')}{shown(cpu / base, '8.2f')}"
                f"{statistics.median(figures.rate):9.0f}{statistics.median(figures.median):10.3f}"
                f"{statistics.median(figures.slow):11.3f}{shown(memory, '11.1f')}"
                + (f"   {figures.faults} faults" if figures.faults else ""),
                flush=True,
            )


def shown(value: float, form: str) -> str:
    """A figure, or blanks of the same width where it could not be had."""
    text = format(value, form)
    return text if value == value else "-".rjust(len(text))


def idle(most: int, seconds: float) -> None:
    """Open many connections that say nothing; what they take, and whether a room beside them suffers."""
    with Process(*OURS) as server, ExitStack() as stack:
        load = Load()
        for player in seat(load, server.port, 1, bare=False):
            player.begin()
        load.run(SETTLE)

        def delay() -> float:
            load.delays = type(load.delays)("d")
            load.recording = True
            load.run(seconds)
            load.recording = False
            return statistics.median(load.delays) * 1000

        alone, before = delay(), server.memory()
        began = now()
        for n in range(most):
            stack.enter_context(greeted(server.port))
            if n % IDLE_AT_ONCE == 0:
                load.run(0.0)
        took, cost = now() - began, server.memory() - before
        print(
            f"{most} idle connections: opened in {took:.1f} s, {shown(cost / 1024, '.1f')} MB; "
            f"the delay of a step beside them {delay():.3f} ms, before {alone:.3f} ms"
        )


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.steps", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rooms", type=int, nargs="+", default=[1, 50, 500, 2000])
    parser.add_argument("--repeats", type=int, default=3, help="runs of each, of which the median is shown")
    parser.add_argument("--seconds", type=float, default=2.0, help="that are measured in each run")
    parser.add_argument("--think", type=float, default=0.0, metavar="MS", help="a player waits so long before it steps")
    parser.add_argument("--data", action="store_true", help="also measure the server with its journal on disk")
    parser.add_argument(
        "--idle", type=int, nargs="?", const=10_000, metavar="N", help="measure idle connections instead"
    )
    return parser.parse_args()


def main() -> None:
    """Measure what was asked for, as far as the descriptors of this machine go."""
    given = arguments()
    most = more_descriptors() - SPARE
    if not MEASURABLE:
        print("Processor time and memory of the server cannot be read on this system.")
    if given.idle is not None:
        idle(min(given.idle, most), given.seconds)
        return
    for rooms in [rooms for rooms in given.rooms if 2 * rooms > most]:
        print(f"{rooms} rooms need {2 * rooms} descriptors, and this machine gives {most}: left out.")
        given.rooms.remove(rooms)
    with tempfile.TemporaryDirectory() as folder:
        table(given, folder)


if __name__ == "__main__":
    main()
