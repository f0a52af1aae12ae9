"""A server in a process of its own: its processor time and memory, from /proc, and the core that it runs on."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

READY_SECONDS = 15.0
MEASURABLE = Path("/proc/self/stat").exists()
"""Elsewhere than on Linux neither processor time nor memory of another process can be read with Python alone."""

_CORES: list[int] = []
if sys.platform == "linux":
    _CORES = sorted(os.sched_getaffinity(0))


class Process:
    """A server on a free port of this machine, on a core of its own where there are two; for `with`.

    command: words, `{port}` stands for the port. The calling thread goes to the other core.
    """

    def __init__(self, *command: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        words = [word.replace("{port}", str(self.port)) for word in command]
        _pin(0)  # which the process inherits
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _pin(-1)

    def __enter__(self) -> "Process":
        give_up = time.monotonic() + READY_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1.0).close()
                time.sleep(0.3)  # what it still does after its start is not what is measured
                return self
            except OSError:
                if time.monotonic() > give_up or self._process.poll() is not None:
                    self.__exit__(None, None, None)
                    raise SystemExit("the server did not start") from None
                time.sleep(0.02)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        try:
            self._process.wait(5.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def cpu(self) -> float:
        """Seconds of processor time so far; NaN where that cannot be read."""
        return processor_seconds(self._process.pid)

    def memory(self) -> float:
        """KB of memory in use; NaN where that cannot be read."""
        if not MEASURABLE:
            return float("nan")
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return float(status.partition("VmRSS:")[2].split()[0])


def processor_seconds(pid: int) -> float:
    """Seconds of processor time of a process so far, system calls included; NaN where they cannot be read."""
    if sys.platform == "linux" and MEASURABLE:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return float("nan")


def _pin(core: int) -> None:
    if sys.platform == "linux" and len(_CORES) > 1:
        os.sched_setaffinity(0, {_CORES[core]})


def more_descriptors() -> int:
    """Let this process and its children have as many descriptors as the system allows; how many that is."""
    if sys.platform == "win32":
        return 500  # CPython waits for no more than 512 sockets there
    else:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        most = min(hard, 1 << 20) if hard != resource.RLIM_INFINITY else 1 << 20
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return most
