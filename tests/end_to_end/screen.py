"""Real windows on screens that nobody sees: Xvfb shows the client program, xdotool is the hand, import the eye."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

os.environ["SDL_VIDEODRIVER"] = "dummy"  # for this process; the windows get a driver of their own
os.environ["SDL_AUDIODRIVER"] = "dummy"

import msgspec
import pygame

from work.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (sys.executable, "main_client.py")
"""How the client is started from its source."""
TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"}
"""What is called here, and Debian's package of it."""
DEADLINE = 25.0
"""Seconds for anything that is waited for; on a machine with time to spare nothing takes two."""
ALIKE, CLOSE = 0.995, (24, 24, 24)
"""Two pictures are the same where this share of their pixels differs by no more than so much in each colour."""


def missing() -> str:
    """What must be installed before windows can be tested here; "" where nothing is missing."""
    packages = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    return f"real windows need: apt-get install {' '.join(packages)}" if packages else ""


class Display:
    """An X server without a screen; `settings` are what the one window on it finds in its data folder."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        options = ["-displayfd", "1", "-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp", "-noreset"]
        self.server = subprocess.Popen(["Xvfb", *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        impatience = Timer(DEADLINE, self.server.kill)
        impatience.start()
        assert self.server.stdout
        number = self.server.stdout.readline().strip()
        impatience.cancel()
        if not number:
            self.stop()
            raise RuntimeError("Xvfb did not start")
        hidden = ("WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
        self.environment = {name: value for name, value in os.environ.items() if name not in hidden}
        self.environment["DISPLAY"] = f":{number}"

    def stop(self) -> None:
        end(self.server)

    def xdotool(self, *words: object) -> str:
        """Let xdotool do something here; gives what it wrote."""
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(command, env=self.environment, timeout=DEADLINE, check=True, stdout=subprocess.PIPE)
        return done.stdout.decode()

    def picture(self) -> pygame.Surface:
        """All that is on the screen now, but for the pointer."""
        command = ["import", "-window", "root", "-depth", "8", "rgb:-"]
        done = subprocess.run(command, env=self.environment, timeout=DEADLINE, check=True, stdout=subprocess.PIPE)
        return pygame.image.frombytes(done.stdout, self.size, "RGB")


class Window:
    """The client program in a window that fills a display of its own."""

    def __init__(
        self, display: Display, folder: Path, settings: Settings, *arguments: str, program: Sequence[str] = SOURCE
    ) -> None:
        self.display, self.folder = display, folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "client.json").write_bytes(msgspec.json.encode(settings))
        command = [*program, *arguments, "--data", str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=display.environment, stdin=subprocess.DEVNULL)
        try:
            found = display.xdotool("search", "--sync", "--onlyvisible", "--pid", self.process.pid)
        except BaseException:
            self.close()
            raise
        self.id = found.split()[0]
        display.xdotool("windowfocus", self.id)

    def close(self) -> int:
        """Close the window as its frame would do it; gives the program's exit status."""
        return end(self.process)

    def shows(self, expected: pygame.Surface, area: pygame.Rect) -> bool:
        """Whether an area of the window looks as it does in an expected picture; waits until it does.

        Where it never does, both pictures are left in the data folder.
        """
        until = time.monotonic() + DEADLINE
        while not alike(seen := self.display.picture(), expected, area):
            if time.monotonic() > until:
                pygame.image.save(seen, self.folder / "seen.png")
                pygame.image.save(expected, self.folder / "expected.png")
                return False
        return True

    def move(self, at: tuple[int, int]) -> None:
        self.display.xdotool("mousemove", *at)

    def click(self, at: tuple[int, int]) -> None:
        self.display.xdotool("mousemove", *at, "click", 1)

    def hold(self, at: tuple[int, int]) -> None:
        """Press the button there; it stays down until `let_go`."""
        self.display.xdotool("mousemove", *at, "mousedown", 1)

    def let_go(self) -> None:
        self.display.xdotool("mouseup", 1)

    def key(self, *names: str) -> None:
        self.display.xdotool("key", "--delay", 20, *names)

    def write(self, text: str) -> None:
        self.display.xdotool("type", "--delay", 20, text)


def alike(one: pygame.Surface, other: pygame.Surface, area: pygame.Rect) -> bool:
    """Whether two pictures show the same in an area."""
    pieces = [picture.subsurface(area).convert(24) for picture in (one, other)]
    same = pygame.mask.from_threshold(pieces[0], (0, 0, 0), (*CLOSE, 255), pieces[1]).count()
    return same >= ALIKE * area.w * area.h


def end(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> int:
    """Ask a process to end, insist where it does not, and give its exit status."""
    process.terminate()
    try:
        status = process.wait(DEADLINE)
    except subprocess.TimeoutExpired:
        process.kill()
        status = process.wait()
    if process.stdout:
        process.stdout.close()
    return status


@contextmanager
def opened(folder: Path, settings: Settings, *arguments: str, program: Sequence[str] = SOURCE) -> Iterator[Window]:
    """A window of the client program that begins with these settings, closed with its display whatever happens."""
    display = Display(settings.size)
    try:
        window = Window(display, folder, settings, *arguments, program=program)
        try:
            yield window
        finally:
            window.close()
    finally:
        display.stop()
