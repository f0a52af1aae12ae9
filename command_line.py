"""What the command lines of both programs have in common."""

import argparse
import sys
from typing import NoReturn

VERSION = "0.1.0"
TICK = 0.1
"""Seconds between two looks at the clock: how exact time-outs and the thinking of bots are."""


class Parser(argparse.ArgumentParser):
    """A command line that tells a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (--help shows what there is)\n")


def port(text: str) -> int:
    """A port number of the command line."""
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: it is a number from 0 to 65535")
    return int(text)


def failed(program: str, why: str) -> int:
    """Say in one line why the program cannot go on; gives its exit status."""
    print(f"{program}: {why}", file=sys.stderr)
    return 2


def unwritable(error: OSError) -> str:
    """Why the data folder is none, in a sentence."""
    return f"the data folder cannot be written: {error.strerror}: {error.filename}"
