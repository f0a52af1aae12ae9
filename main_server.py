"""The server program: options, wiring, and an orderly stop."""

import argparse
import dataclasses
import gc
import logging
import logging.handlers
import os
import signal
import sys
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from beside import Beside
from command_line import VERSION, Parser, failed, open_console, port, printed, unprinted, unwritable
from communication.away import USUAL, read
from communication.discovery import addresses
from communication.link import PORT, Limits, LinkError
from communication.messages import Away
from communication.rules import Rules
from games import GAMES
from house import LIMITS, House
from master import history
from master.journal import Journal, Reader
from master.records import JournalError, Ledger, NoJournal
from master.store import reading
from work.shelf import SHELF

T = TypeVar("T", Limits, Rules)

STOPPING = [signal.SIGINT, signal.SIGTERM]
"""Signals at which the server stops orderly; on Windows SIGTERM never comes, but Ctrl-Break and a closed console do."""
if sys.platform == "win32":
    STOPPING.append(signal.SIGBREAK)

OPEN_MAX = 10_240
"""Open files that macOS allows where it says that there is no limit: some versions and settings allow more."""
SPARE_DESCRIPTORS = 300
"""Files and sockets of this program beside its connections, those included that are only told that it is full."""

log = logging.getLogger("roundtable")


def data_folder(given: str) -> Path | None:
    """The folder for what the server keeps, made if need be; None for ":memory:". OSError when it cannot be written."""
    if given == ":memory:":
        return None
    folder = Path(given) if given else Path(platformdirs.user_data_dir("roundtable", appauthor=False)) / "server"
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".probe-{os.getpid()}"
    probe.write_bytes(b"")
    probe.unlink()
    return folder


def set_up_log(level: str, folder: Path | None) -> None:
    """Log to standard error, and to a file in the data folder that is kept under 1 MB."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    if folder is not None:
        path = folder / "server.log"
        handlers.append(logging.handlers.RotatingFileHandler(path, maxBytes=500_000, backupCount=1, encoding="utf-8"))
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=level.upper(), handlers=handlers, format=form, force=True)


def options() -> argparse.ArgumentParser:
    """The command line."""
    parser = Parser(prog="main_server", description="Hosts table games for friends on a LAN.")
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (default: all of them)")
    parser.add_argument("--port", type=port, default=PORT, help=f"port; 0 takes a free one (default: {PORT})")
    parser.add_argument("--any-port", action="store_true", help="where that port is taken, take a free one")
    parser.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)  # see Beside
    parser.add_argument("--name", default="", help="what friends see in their list (default: this computer's name)")
    parser.add_argument("--data", default="", metavar="DIR", help='folder for what is kept; ":memory:" keeps nothing')
    parser.add_argument("--password", default="", metavar="PW", help="let in only who knows it")
    parser.add_argument("--tcp-port", type=port, default=None, metavar="N", help="listen for plain TCP links too")
    parser.add_argument("--no-discovery", action="store_true", help="do not answer programs that look for hosts")
    parser.add_argument("--tls-cert", metavar="F", help="certificate chain (PEM): listen on wss:// instead of ws://")
    parser.add_argument("--tls-key", metavar="F", help="private key (PEM) of the certificate")
    parser.add_argument(
        "--limit", type=limit, action="append", default=[], metavar="NAME=N", help="set a limit (see docs/limits.md)"
    )
    levels = ("debug", "info", "warning", "error")
    parser.add_argument(
        "--log-level", default="warning", choices=levels, metavar="L", help=f"{' | '.join(levels)} (default: warning)"
    )
    parser.add_argument(
        "--away",
        type=away,
        default=USUAL,
        metavar="RULE",
        help="for players who are away: wait | pause | bot[:SECONDS] | forfeit[:SECONDS] (default: "
        f"{USUAL.rule}:{USUAL.seconds}); a table may choose another rule",
    )
    past = parser.add_mutually_exclusive_group()
    past.add_argument("--history", action="store_true", help="list the matches that were played here, and exit")
    past.add_argument("--export", metavar="ROOM", help="print a match (its room or number) as JSON lines, and exit")
    past.add_argument("--import", dest="bring", metavar="FILE", help='take in exported matches ("-": what is typed)')
    past.add_argument("--verify", action="store_true", help="play all matches again and say what differs, and exit")
    parser.add_argument("--list-games", action="store_true", help="print the games, one name a line, and exit")
    parser.add_argument("--version", action="version", version=f"Roundtable {VERSION}")
    return parser


def away(text: str) -> Away:
    """A house rule of the command line."""
    try:
        return read(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def limit(text: str) -> tuple[str, int | float]:
    """A limit of the command line, such as rooms_each=4."""
    name, _, value = text.partition("=")
    defaults = dataclasses.asdict(LIMITS) | dataclasses.asdict(Rules())
    if name not in defaults:
        raise argparse.ArgumentTypeError(f"{name!r} is not a limit; docs/limits.md lists them")
    number: int | float
    try:
        number = float(value) if isinstance(defaults[name], float) else int(value)
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{name} is a number above 0, such as {name}=5, and not {value!r}")
    return name, number


def chosen(limits: T, given: Iterable[tuple[str, int | float]]) -> T:
    """The limits with those given in place of the defaults."""
    known = dataclasses.asdict(limits)
    wanted: dict[str, Any] = {name: number for name, number in given if name in known}
    return dataclasses.replace(limits, **wanted)


def with_descriptors(limits: Limits) -> Limits:
    """Raise this process's limit of open files to what the connections need; where that cannot be, fewer connections.

    So the last ones are told that all places are taken, instead of waiting for a descriptor.
    """
    wanted = limits.connections + SPARE_DESCRIPTORS
    allowed = open_files(wanted)
    if allowed >= wanted:
        return limits
    log.warning("this system allows %d open files, so there are fewer connections", allowed)
    return dataclasses.replace(limits, connections=max(1, allowed - SPARE_DESCRIPTORS))


def open_files(wanted: int) -> int:
    """Let this process open so many files, as far as the system allows; gives how many. Windows has no such limit."""
    if sys.platform == "win32":
        return wanted
    else:
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft == resource.RLIM_INFINITY or soft >= wanted:
            return wanted
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        for allowed in (most, min(most, OPEN_MAX)):
            try:
                resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
                return allowed
            except (OSError, ValueError):
                pass  # macOS allows less than it says
        return soft


def spare_the_collector() -> None:
    """Have Python look for cycles rarely, and never among what was loaded at the start.

    A round of many messages makes some thousand objects that are gone at its end, none of them in a cycle: at the stock
    threshold of 700 the search took some 3 % of a full server's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def main(arguments: list[str] | None = None) -> int:
    """Run the server until it is told to stop, or tell about past matches; gives the exit status."""
    parser = options()
    given = parser.parse_args(arguments)
    looks_back = given.history or given.export or given.bring or given.verify
    open_console("utf-8" if looks_back or given.beside else None)  # names may be in any script, whatever it speaks
    if given.list_games:
        return printed(parser.prog, GAMES)
    if bool(given.tls_cert) != bool(given.tls_key):
        parser.error("--tls-cert and --tls-key go together")
    try:
        folder = data_folder(given.data)
        if not looks_back:
            set_up_log(given.log_level, folder)
    except OSError as error:
        return failed(parser.prog, unwritable(error))
    try:
        if looks_back:
            return printed(parser.prog, *look_back(given, folder))
        journal = Journal(folder) if folder is not None else NoJournal()
    except (JournalError, ValueError) as error:
        return failed(parser.prog, str(error))
    return serve(given, journal)


def serve(given: argparse.Namespace, journal: Ledger) -> int:
    """Run the server until Ctrl-C or SIGTERM; gives the exit status."""
    stop = threading.Event()
    for signal_number in STOPPING:
        signal.signal(signal_number, lambda *_: stop.set())
    spare_the_collector()
    house = House(
        given.name,
        given.password,
        discoverable=not given.no_discovery and not given.beside,
        limits=with_descriptors(chosen(LIMITS, given.limit)),
        rules=chosen(Rules(), given.limit),
        journal=journal,
        away=given.away,
    )
    try:
        url = listen(house, given)
    except (LinkError, ValueError) as error:
        house.stop()
        return failed("main_server", str(error))
    unprinted(filter(None, (f"listening on {url}", invitation(url))))  # read or not, it serves
    if given.beside:
        Beside(house.people, (lambda: None) if given.no_discovery else house.be_found, stop).watch()
    while not stop.wait(1.0):
        pass  # on Windows Ctrl-C does not end a wait without end
    house.stop()
    return 0


def listen(house: House, given: argparse.Namespace) -> str:
    """Let the house be reached as the command line says; gives its address. LinkError or ValueError: it cannot be."""
    tls = (given.tls_cert, given.tls_key) if given.tls_cert else None
    place = f"{'wss' if tls else 'ws'}://{bracketed(given.host)}"
    try:
        url = house.listen(f"{place}:{given.port}", tls)
    except LinkError:
        if not given.any_port:
            raise
        url = house.listen(f"{place}:0", tls)
    if given.tcp_port is not None:
        house.listen(f"tcp://{bracketed(given.host)}:{given.tcp_port}")
    return url


def look_back(given: argparse.Namespace, folder: Path | None) -> tuple[Iterable[str], int]:
    """What was asked about past matches, in lines, and the exit status. JournalError or ValueError: it cannot be."""
    if folder is None:
        raise ValueError("nothing is kept in memory; --data names the folder of a journal")
    if given.bring:
        try:
            data = sys.stdin.buffer.read() if given.bring == "-" else Path(given.bring).read_bytes()
        except OSError as error:
            raise ValueError(f"{given.bring} cannot be read: {error.strerror}") from error
        brought = history.imported(data, GAMES)
        with closing(Journal(folder)) as journal:
            return [f"match {number}" for number in journal.bring(brought)], 0
    with closing(reading(folder)) as db:
        reader = Reader(db)
        if given.verify:
            found = list(history.verified(reader, SHELF))
            return [*found, f"{len(reader.numbers())} matches, {len(found)} faults"], 1 if found else 0
        if given.export:
            return list(history.exported(history.chosen(reader, given.export))), 0
        return list(history.listing(reader)), 0


def invitation(url: str) -> str:
    """The line that tells friends where to join; "" where the server does not listen on all addresses, or has none."""
    own = addresses()
    return f"friends on your network join at {url.replace('0.0.0.0', own[0])}" if own and "0.0.0.0" in url else ""


def bracketed(host: str) -> str:
    """The host as a url wants it: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


if __name__ == "__main__":
    sys.exit(main())
