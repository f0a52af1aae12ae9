"""What differs between systems, each branch run here: what only Windows has is a stand-in."""

import ctypes
import io
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import types
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

import beside
import command_line
import main_server
from beside import Host
from communication import discovery, doctor
from communication.discovery import Beacon, Hosted
from communication.link import LinkError
from communication.ways import sockets
from master import store
from master.journal import Journal
from tests.contract.playouts import VARIANTS, playout
from tests.end_to_end.programs import PATIENCE, ROOT
from tests.master.test_history import written
from work.desktop import system_theme
from work.terminal import colours
from work.terminal.colours import VIRTUAL_TERMINAL, obeys

EXCLUSIVE = 0xDEAD
CODE_PAGES = ("cp1252", "gbk", "ascii")
"""What pipes speak on Windows in the west and in China, and what a terminal without a locale speaks."""


def on_windows(monkeypatch: pytest.MonkeyPatch, module: Any) -> None:
    """Let a module believe that it is on Windows."""
    monkeypatch.setattr(module, "sys", types.SimpleNamespace(**{**vars(sys), "platform": "win32"}))


# -- sockets -----------------------------------------------------------------------------------------------------------


class Told:
    """A socket that only notes which options it gets."""

    def __init__(self) -> None:
        self.options: list[int] = []

    def setsockopt(self, level: int, option: int, value: int) -> None:
        self.options.append(option)


def test_a_port_is_ones_own_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", EXCLUSIVE, raising=False)
    for platform, option in (("linux", socket.SO_REUSEADDR), ("darwin", socket.SO_REUSEADDR), ("win32", EXCLUSIVE)):
        monkeypatch.setattr(sockets, "sys", types.SimpleNamespace(platform=platform))
        told = Told()
        sockets.own(told)  # type: ignore[arg-type]
        assert told.options == [option]


@pytest.fixture
def windows_sockets(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """UDP sockets as on Windows: the first reads say that an earlier datagram found nobody. The options they got."""
    options: list[int] = []

    class Socket(socket.socket):
        resets = 3

        def setsockopt(self, *what: Any) -> None:
            options.append(what[1])
            if what[1] != EXCLUSIVE:
                super().setsockopt(*what)

        def _reset(self) -> None:
            if self.type == socket.SOCK_DGRAM and self.resets:
                self.resets -= 1
                raise ConnectionResetError(10054, "An existing connection was forcibly closed by the remote host")

        def recv(self, *size: Any) -> bytes:
            self._reset()
            return super().recv(*size)

        def recvfrom(self, *size: Any) -> tuple[bytes, Any]:
            self._reset()
            return super().recvfrom(*size)

    monkeypatch.setattr(socket, "socket", Socket)
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", EXCLUSIVE, raising=False)
    on_windows(monkeypatch, discovery)
    return options


def test_a_beacon_is_found_although_windows_tells_of_ports_where_nobody_is(windows_sockets: list[int]) -> None:
    beacon = Beacon(lambda: Hosted(name="Mei", port=8765, program="1", protocol=1), [0], "127.0.0.1")
    assert beacon.start()
    try:
        assert EXCLUSIVE in windows_sockets
        assert doctor._answers("127.0.0.1", (9, beacon.port))
        assert [found.host.name for found in discovery.look(3.0, [beacon.port], lambda: ["127.0.0.1"])] == ["Mei"]
    finally:
        beacon.stop()


# -- files that are open -----------------------------------------------------------------------------------------------


@pytest.fixture
def files_stay_while_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where a file cannot be moved that somebody, this program itself included, has open."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("it cannot be told here which files are open")
    replace = Path.replace

    def moved(self: Path, target: Path) -> Path:
        opened = {os.path.realpath(file) for file in Path("/proc/self/fd").iterdir()}
        if {os.path.realpath(self), os.path.realpath(target)} & opened:
            raise PermissionError(13, "The process cannot access the file because it is being used", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", moved)


@pytest.mark.usefixtures("files_stay_while_open")
@pytest.mark.parametrize("content", [b"", b"This is no database. " * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_journal_is_closed_before_it_is_moved_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / store.FILE).write_bytes(content)
    Journal(tmp_path).close()
    assert [aside.read_bytes() for aside in tmp_path.glob("*.damaged-*")] == [content]


def test_a_damaged_journal_is_saved_in_a_folder_that_is_named_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Journal(tmp_path)) as journal:
        written(journal, playout(VARIANTS[0], 1).match, "BABA")
    with closing(sqlite3.connect(tmp_path / store.FILE, isolation_level=None)) as db:
        db.execute("DELETE FROM meta")
    monkeypatch.chdir(tmp_path.parent)
    with closing(Journal(Path(tmp_path.name))) as journal:
        assert [kept.about.room for kept in journal.read.matches()] == ["BABA"]


def test_open_files_are_not_counted_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    on_windows(monkeypatch, main_server)
    monkeypatch.setitem(sys.modules, "resource", None)  # to import it fails
    assert main_server.open_files(50_000) == 50_000


# -- consoles ----------------------------------------------------------------------------------------------------------


class Console:
    """A console of Windows: the mode that it has, None where the stream is none."""

    def __init__(self, mode: int | None, obeys: bool = True) -> None:
        self.mode = mode
        self.obeys = obeys
        self.kernel32 = self

    def GetConsoleMode(self, console: ctypes.c_void_p, mode: Any) -> int:
        assert console.value == 77
        if self.mode is not None:
            mode._obj.value = self.mode
        return self.mode is not None

    def SetConsoleMode(self, console: ctypes.c_void_p, mode: int) -> int:
        if self.obeys:
            self.mode = mode
        return self.obeys


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


@pytest.mark.parametrize(
    ("console", "told"), [(Console(3), True), (Console(3, obeys=False), False), (Console(None), False)]
)
def test_a_console_of_windows_is_told_to_take_colours(
    monkeypatch: pytest.MonkeyPatch, console: Console, told: bool
) -> None:
    on_windows(monkeypatch, colours)
    monkeypatch.setattr(ctypes, "windll", console, raising=False)
    monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(get_osfhandle=lambda number: 76 + number))
    assert obeys(Screen(), {}) is told
    assert console.mode == (3 | VIRTUAL_TERMINAL if told else 3 if console.mode else None)
    assert not obeys(io.StringIO(), {})
    assert not obeys(Screen(), {"TERM": "dumb"})


def test_a_program_without_a_console_says_nothing_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under pythonw.exe, where all three streams are None."""
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)
    command_line.open_console()
    assert command_line.printed("main_client", ["tic_tac_toe"]) == 0
    assert command_line.failed("main_client", "nobody hears this") == 2


def program(code_page: str, main: str, *arguments: str, typed: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run a program to its end in a console that speaks a code page; nothing may go wrong in it."""
    done = subprocess.run(
        [sys.executable, str(ROOT / main), *arguments],
        input=typed,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": code_page},
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    return done


@pytest.mark.parametrize("code_page", CODE_PAGES)
def test_letters_that_a_console_lacks_or_sends_wrongly_do_not_end_the_table(code_page: str) -> None:
    words = ("--text", "--language", "zh", "--data", ":memory:", "--name", "Anna")
    done = program(code_page, "main_client.py", *words, typed=b"help\nsay \xff\xfe\x81 \xd6\xd0\nquit\n")
    assert done.returncode == 0
    assert b"Anna" in done.stdout
    assert ("本列表".encode("gbk") in done.stdout) == (code_page == "gbk")


# -- the server beside a window ----------------------------------------------------------------------------------------


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What processes were started with; none really is."""
    calls: list[dict[str, Any]] = []

    def popen(command: list[str], **options: Any) -> None:
        calls.append({"command": command, **options})
        raise OSError(2, "not in a test")

    monkeypatch.setattr(subprocess, "Popen", popen)
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 1, raising=False)
    monkeypatch.setattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 2, raising=False)
    return calls


def test_the_server_beside_a_window_is_apart_from_it_on_every_system(
    monkeypatch: pytest.MonkeyPatch, started: list[dict[str, Any]]
) -> None:
    for platform, frozen in (("win32", True), ("darwin", False)):
        pretended = {**vars(sys), "platform": platform, "frozen": frozen}
        monkeypatch.setattr(beside, "sys", types.SimpleNamespace(**pretended))
        with pytest.raises(LinkError, match="the server does not start: not in a test"):
            Host(0, None).start()
    windows, mac = started
    assert (windows["creationflags"], "start_new_session" in windows) == (3, False)
    assert windows["command"][1] == beside.SERVE
    assert (mac["start_new_session"], "creationflags" in mac) == (True, False)
    assert mac["command"][1].endswith("main_server.py")
    assert all(call["env"]["PYINSTALLER_RESET_ENVIRONMENT"] == "1" for call in started)


def test_the_server_beside_a_window_speaks_utf_8_whatever_the_console_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """So the sentence that says why it cannot start can be shown."""
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    host = Host(0, None)
    host._options += ["--tls-cert=雨.pem", "--tls-key=雨.pem"]
    with pytest.raises(LinkError, match=r"雨\.pem"):
        host.start()


# -- signals, the desktop's theme --------------------------------------------------------------------------------------


def test_the_server_stops_orderly_at_what_its_system_sends() -> None:
    assert set(main_server.STOPPING) == {signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGBREAK", signal.SIGINT)}


class Registry:
    """The part of winreg that is asked; None where the value is missing."""

    HKEY_CURRENT_USER = 1

    def __init__(self, light: int | None) -> None:
        self.light = light

    def OpenKey(self, root: int, path: str) -> "closing[Any]":
        return closing(types.SimpleNamespace(close=lambda: None))

    def QueryValueEx(self, key: object, name: str) -> tuple[int, int]:
        if self.light is None:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return self.light, 4


@pytest.mark.parametrize(("light", "theme"), [(0, "dark"), (1, "light"), (None, "light")])
def test_the_theme_of_windows_is_in_its_registry(
    monkeypatch: pytest.MonkeyPatch, light: int | None, theme: str
) -> None:
    on_windows(monkeypatch, system_theme)
    monkeypatch.setitem(sys.modules, "winreg", Registry(light))
    assert system_theme.system_theme() == theme


def asked(said: str) -> Callable[..., Any]:
    """A system that answers so when it is asked for its theme."""
    return lambda command, **_: subprocess.CompletedProcess(command, 0, said, "")


@pytest.mark.parametrize(("platform", "said"), [("darwin", "Dark\n"), ("freebsd14", "'prefer-dark'\n")])
def test_the_theme_of_other_systems_is_asked_for(monkeypatch: pytest.MonkeyPatch, platform: str, said: str) -> None:
    monkeypatch.setattr(system_theme, "sys", types.SimpleNamespace(platform=platform))
    monkeypatch.setattr(subprocess, "run", asked(said))
    assert system_theme.system_theme() == "dark"


# -- pipes -------------------------------------------------------------------------------------------------------------


def test_who_reads_only_the_head_of_a_match_is_no_fault_of_the_data_folder(tmp_path: Path) -> None:
    with closing(Journal(tmp_path)) as journal:
        for k in range(3):
            written(journal, playout(VARIANTS[0], k).match, "BABA")
    command = [sys.executable, str(ROOT / "main_server.py"), "--data", str(tmp_path), "--export", "BABA"]
    reader, writer = os.pipe()
    os.close(reader)  # so nothing of it is ever read
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, timeout=PATIENCE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@contextmanager
def unread(main: str, *arguments: str, after: int = 0) -> "Iterator[subprocess.Popen[bytes]]":
    """A program of whose output only so many lines are read; it writes as it does where nothing else is said."""
    reader, writer = os.pipe()
    hidden = ("PYTHONUNBUFFERED", "DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    command = [sys.executable, str(ROOT / main), *arguments]
    given = {"stdin": subprocess.DEVNULL, "stdout": writer, "stderr": subprocess.PIPE, "env": environment}
    with open(reader, "rb", buffering=0) as output, subprocess.Popen(command, **given) as client:  # type: ignore[call-overload]
        os.close(writer)
        for _ in range(after):
            assert output.readline()
        output.close()
        try:
            yield client
        finally:
            client.kill()


@pytest.mark.parametrize(
    ("words", "after"),
    [("main_client.py --help", 0), ("main_client.py --version", 0), ("main_client.py --list-games", 2),
     ("main_client.py --work primes --help", 0), ("main_server.py --help", 2), ("main_server.py --version", 0),
     ("main_client.py --data :memory: --port 0", 0), ("main_client.py --data :memory: --port 0", 3)],
)  # fmt: skip
def test_a_program_of_which_only_the_head_is_read_ends_quietly(words: str, after: int) -> None:
    with unread(*words.split(), after=after) as client:
        assert client.wait(PATIENCE) == 0
        assert client.stderr is not None
        assert client.stderr.read() == b""


def test_a_server_of_which_nobody_reads_anything_serves() -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    options = ("--host", "127.0.0.1", "--port", str(port), "--no-discovery", "--data", ":memory:")
    with unread("main_server.py", *options) as server:
        deadline = time.monotonic() + PATIENCE
        while (port_taken := ("127.0.0.1", port)) not in discovery.reachable([port_taken]):
            assert server.poll() is None
            assert time.monotonic() < deadline


def test_a_table_in_a_terminal_ends_where_nobody_reads_it() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, str(ROOT / "main_client.py"), "--text", "--data", ":memory:", "--name", "Anna"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=writer, stderr=subprocess.PIPE) as client:
        os.close(writer)
        assert client.wait(PATIENCE) == 0
        assert client.stderr is not None
        assert client.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_told_where_a_match_is_printed(tmp_path: Path) -> None:
    with closing(Journal(tmp_path)) as journal:
        written(journal, playout(VARIANTS[0], 1).match, "BABA")
    command = [sys.executable, str(ROOT / "main_server.py"), "--data", str(tmp_path), "--export", "BABA"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"main_server: this cannot be printed: ")
