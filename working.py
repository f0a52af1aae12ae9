"""The command line of works: open a room that gives out work, join one, or look on; then do it until all is done."""

import argparse
import secrets
import shutil
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

from command_line import GOODBYE, TICK, Parser, failed, unprinted
from communication import messages as m
from communication.client import Client
from communication.runner import Runner
from work.labour import Labourer, Work, WorkInfo
from work.language import LANGUAGES, N_, _, of_system, spoken, use
from work.shelf import WORKS
from work.table import Table
from work.terminal.colours import obeys

SEATS = 16
"""Seats of a room that is opened here: as many workers may come, where the work has so many."""
EVERY = 5.0
"""Seconds between two lines on how far it is, where no bar can be drawn."""


def wanted(words: Sequence[str]) -> bool:
    """Whether a command line is about a work."""
    return any(word == "--work" or word.startswith("--work=") for word in words)


def options(words: Sequence[str], address: Callable[[str], str]) -> tuple[argparse.ArgumentParser, Work[Any]]:
    """The command line of the work that these words name, and that work."""
    first = Parser(prog="main_client", add_help=False, allow_abbrev=False)
    first.add_argument("--work", choices=WORKS, required=True)
    work = WORKS[first.parse_known_args(words)[0].work]
    parser = Parser(prog="main_client", description=f"{work.title}. {work.summary}", allow_abbrev=False)
    parser.add_argument("url", type=address, metavar="URL", help="the server, such as 192.168.1.7 or wss://mei:9000")
    parser.add_argument("--work", choices=WORKS, required=True, help="what to work at")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--join", metavar="CODE", help="work in the room of this code (default: open one)")
    where.add_argument("--watch", metavar="CODE", help="look on there until it is done")
    parser.add_argument("--private", action="store_true", help="do not list the room that is opened")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="write the results there when all is done")
    parser.add_argument("--name", default="", help="what this worker is called (default: made up)")
    parser.add_argument("--password", default="", metavar="PW", help="the server's password, where there is one")
    parser.add_argument("--ca", metavar="F", help="whom to trust at wss:// (PEM), such as a host's own certificate")
    parser.add_argument("--language", choices=LANGUAGES, help="what is said to you (default: the computer's)")
    work.arguments(parser)
    return parser, work


def main(words: Sequence[str], address: Callable[[str], str], version: str) -> int:
    """Work until all is done; gives the exit status."""
    parser, work = options(words, address)
    given = parser.parse_args(words)
    use(given.language or of_system())
    given.name = given.name or f"worker {secrets.token_hex(2)}"
    key = secrets.token_hex(16)
    client = Client(Runner(), given.name, key, program=version, password=given.password, bot=True, ca=given.ca)
    try:
        go, hands = _room(given, work), work.worker(given, client.runner.call)
        if given.out is not None:
            given.out.mkdir(parents=True, exist_ok=True)
    except ValueError as error:
        parser.error(str(error))
    except OSError as error:
        return failed(parser.prog, f"the folder for the results cannot be written: {error.strerror}")
    changed = threading.Event()
    labourer = Labourer(client, WORKS, go, hands, changed.set, keep=given.out is not None)
    client.runner.call(client.connect, given.url)
    told = Told(work)
    try:
        while not labourer.gone and not labourer.complete:
            changed.wait(TICK)
            changed.clear()
            client.runner.call(client.task, time.monotonic())
            told.look(labourer.table)
    except KeyboardInterrupt:
        labourer.gone = N_("Interrupted.")
    status = _end(given, work, labourer, told)
    client.runner.call(client.disconnect, True)
    deadline = time.monotonic() + GOODBYE
    while client.state != "out" and time.monotonic() < deadline:
        changed.wait(TICK)
        changed.clear()
    return status


def _room(given: argparse.Namespace, work: Work[Any]) -> m.Open | m.Join:
    """The request that leads to the room."""
    if given.join or given.watch:
        return m.Join(room=given.join or given.watch, watch=bool(given.watch))
    seats = min(SEATS, work.seats[-1])
    return m.Open(game=work.name, version=work.version, seats=seats, options=work.wished(given), private=given.private)


def _end(given: argparse.Namespace, work: Work[Any], labourer: Labourer, told: "Told") -> int:
    """Say how it went, and write the results."""
    told.end()
    table = labourer.table
    if not labourer.complete or table is None or table.info is None:
        return failed("main_client", spoken(labourer.gone))
    unprinted([_("The work is done: {how}.").format(how=spoken(table.outcome.why if table.outcome else ""))])
    if given.out is not None:
        try:
            for name in work.write(labourer.rows, table.info, given.out):
                unprinted([_("Written: {file}").format(file=given.out / name)])
        except OSError as error:
            why = _("the results cannot be written: {why}: {file}")
            return failed("main_client", why.format(why=error.strerror, file=error.filename))
    return 0


class Told:
    """Tells how far it is, as far as somebody reads it: as a bar in a terminal, else as a line now and then."""

    def __init__(self, work: Work[Any], now: Callable[[], float] = time.monotonic) -> None:
        self._work, self._now = work, now
        self._bar = obeys(sys.stdout)
        self._began = self._due = self._now()
        self._said = ""

    def look(self, table: Table | None) -> None:
        """Tell what is new at the table, if it is time."""
        if table is None or table.info is None:
            return
        if not self._said:
            says = _("{work} in room {code}; others join with --join {code}")
            unprinted([says.format(work=spoken(self._work.title), code=table.code)])
        now = self._now()
        if now < self._due and self._said:
            return
        self._due = now + (0.2 if self._bar else EVERY)
        done, known = cast(WorkInfo, table.info).amount()
        here = sum(person is not None for person in table.about.people)
        pace = _("{count} a second").format(count=f"{done / max(now - self._began, 1e-9):.1f}")
        line = _("{progress}, {pace}, {count} here").format(
            progress=spoken(table.info.progress()), pace=_("paused") if table.about.paused else pace, count=here
        )
        if line == self._said:
            return
        self._said = line
        if self._bar:
            width = max(10, min(30, shutil.get_terminal_size().columns - len(line) - 5))
            full = round(width * done / max(known, 1))
            line = f"\r[{'#' * full}{'.' * (width - full)}] {line}"
        unprinted([f"{line}\x1b[K" if self._bar else line], end="" if self._bar else "\n")

    def end(self) -> None:
        """Leave the bar's line."""
        if self._bar and self._said:
            unprinted([""])
