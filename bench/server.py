"""The real server as a process that can be killed at any moment and started again."""

import subprocess
import sys
import threading
import time
from pathlib import Path
from socket import create_server
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0
"""Seconds that it may take to stop."""


class ServerProcess:
    """The real server on a port of this machine, with a journal in a folder; it can be killed and started again."""

    def __init__(self, folder: Path, mistake: str = "") -> None:
        with create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        program = ["-m", "bench.mistakes", mistake] if mistake else ["main_server.py"]
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--data", str(folder), "--no-discovery"]
        self._command = [sys.executable, *program, *options]
        self.listening = 0.0
        """Since when, by the monotonic clock; 0 while it does not."""
        self.starts: list[float] = []
        """Seconds from each start of the process to its listening."""
        self.start()

    def start(self) -> None:
        """Start the process; a thread notes when it listens."""
        self.listening, began = 0.0, time.monotonic()
        self._process = subprocess.Popen(self._command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        threading.Thread(target=self._listen, args=(self._process, began), daemon=True).start()

    def _listen(self, process: "subprocess.Popen[bytes]", began: float) -> None:
        output: IO[bytes] | None = process.stdout
        if output is None:
            return
        if output.readline().startswith(b"listening") and process is self._process:
            self.listening = time.monotonic()
            self.starts.append(self.listening - began)
        output.close()

    def kill(self) -> None:
        """End it with no warning."""
        self._process.kill()
        self._process.wait()
        self.listening = 0.0

    def stop(self) -> tuple[int, float]:
        """Ask it to stop: its exit status, and how many seconds it took."""
        began = time.monotonic()
        self._process.terminate()
        try:
            status = self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            status = -1
        return status, time.monotonic() - began
