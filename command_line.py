"""What the command lines of both programs have in common."""

import argparse
import errno
import io
import os
import sys
from collections.abc import Iterable
from typing import NoReturn

VERSION = "0.1.0"
TICK = 0.1
"""Seconds between two looks at the clock: how exact time-outs and the thinking of bots are."""
GOODBYE = 2.0
"""Seconds that a goodbye may take before a program ends regardless."""


class Parser(argparse.ArgumentParser):
    """A command line that tells a mistake in one line, and ends quietly where nobody reads its help to the end."""

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        if message:
            self._print_message(message, sys.stderr)
        sys.exit(printed(self.prog, (), status))

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (--help shows what there is)\n")


def port(text: str) -> int:
    """A port number of the command line."""
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: it is a number from 0 to 65535")
    return int(text)


def open_console(encoding: str | None = None) -> None:
    """Let no letter end this program: what the console cannot show, or has sent wrongly, becomes a sign in its place.

    Pipes on Windows speak the code page of the country; `encoding` is what is spoken instead of that.
    """
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):  # a program without a console has none of the three
            stream.reconfigure(encoding=encoding, errors=errors)


def printed(program: str, lines: Iterable[str], status: int = 0) -> int:
    """Print lines, as far as somebody reads them; gives the exit status."""
    why = unprinted(lines)
    return failed(program, why) if why else status


def unprinted(lines: Iterable[str], end: str = "\n") -> str | None:
    """Print lines at once; gives why that cannot be, and None where all are printed.

    It is "" where nobody reads any more: `| head` goes early, and that is no fault. Else it is a sentence. Either way
    nothing is printed from then on.
    """
    try:
        for line in lines:
            print(line, end=end)
        print(end="", flush=True)
    except OSError as error:
        # Else Python would print what is left when it ends, and complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        gone = error.errno in (errno.EPIPE, errno.EINVAL)  # the latter is what Windows says
        return "" if gone else f"this cannot be printed: {error.strerror}"
    return None


def failed(program: str, why: str) -> int:
    """Say in one line why the program cannot go on; gives its exit status."""
    print(f"{program}: {why}", file=sys.stderr)
    return 2


def unwritable(error: OSError) -> str:
    """Why the data folder is none, in a sentence."""
    return f"the data folder cannot be written: {error.strerror}: {error.filename}"
