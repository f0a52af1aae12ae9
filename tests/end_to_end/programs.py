"""The programs as people run them: processes with a command line, an output and an exit status."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Self

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds after which a program that is waited for is ended."""
WINDOWS = sys.platform == "win32"


class Program:
    """A running program of ours."""

    def __init__(self, main: str, *arguments: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / main), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**environment, "PYTHONIOENCODING": "utf-8"},
        )
        self._impatience = Timer(PATIENCE, self.process.kill)
        self._impatience.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.communicate()
        self._impatience.cancel()

    def line(self) -> str:
        """The next line of its output."""
        output: IO[str] | None = self.process.stdout
        assert output is not None
        return output.readline().rstrip("\n")

    def end(self) -> tuple[int, str, str]:
        """Wait for its end: exit status, output and errors."""
        output, errors = self.process.communicate()
        self._impatience.cancel()
        return self.process.returncode, output, errors

    def interrupt(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Ask it to stop, and wait for its end."""
        self.process.send_signal(number)
        return self.end()


class ServerProgram(Program):
    """A server that listens; `url` is where."""

    def __init__(self, *arguments: str) -> None:
        super().__init__(
            "main_server.py", "--host", "127.0.0.1", "--port", "0", "--no-discovery", "--data", ":memory:", *arguments
        )
        self.first = self.line()
        self.url = self.first.removeprefix("listening on ")


def run(main: str, *arguments: str) -> tuple[int, str, str]:
    """Run a program to its end: exit status, output and errors."""
    with Program(main, *arguments) as program:
        return program.end()
