"""The built programs, which friends double-click, play as the source does and stay small."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from threading import Timer

import pygame
import pytest

from command_line import VERSION
from master.records import JournalError
from master.store import hold
from tests.end_to_end.test_windows import BLACK, WHITE, Evening, ended, sit_down, step
from tools import icon

ROOT = Path(__file__).resolve().parents[2]
SUFFIX = ".exe" if sys.platform == "win32" else ""
MOST = {"roundtable-server": 12_000_000, "roundtable": 25_000_000}
SOURCES = {"roundtable-server": "main_server.py", "roundtable": "main_client.py"}
DEADLINE = 60  # seconds for anything that a program is waited for


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which everything was built, once for all tests here."""
    dist = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "tools/build.py", "--dist", str(dist)], cwd=ROOT, check=True)
    return dist


@pytest.fixture
def server(built: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The built server, running, and the address it listens at."""
    options = ["--host", "127.0.0.1", "--port", "0", "--no-discovery", "--data", ":memory:"]
    command = [str(built / f"roundtable-server{SUFFIX}"), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        impatience = Timer(DEADLINE, process.kill)
        impatience.start()
        try:
            assert process.stdout
            line = process.stdout.readline()
            impatience.cancel()
            assert line.startswith("listening on ws://127.0.0.1:")
            yield process, line.split()[-1]
        finally:
            impatience.cancel()
            process.kill()


def output(*command: str | Path) -> str:
    """What a program writes until it ends well."""
    run = subprocess.run([*map(str, command)], stdout=subprocess.PIPE, text=True, timeout=DEADLINE, cwd=ROOT)
    assert run.returncode == 0
    return run.stdout


def contents(program: Path) -> str:
    """The list of all files and modules inside a built program."""
    return output(sys.executable, "-m", "PyInstaller.utils.cliutils.archive_viewer", "--list", "--recursive", program)


@pytest.mark.parametrize("name", ["roundtable-server", "roundtable"])
def test_the_same_games_as_the_source(built: Path, name: str) -> None:
    games = output(sys.executable, SOURCES[name], "--list-games")
    assert games.strip()
    assert output(built / f"{name}{SUFFIX}", "--list-games") == games
    assert output(built / f"{name}-folder" / f"{name}{SUFFIX}", "--list-games") == games


def test_two_built_clients_play_at_the_built_server(
    built: Path, server: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, url = server
    clients = [
        subprocess.Popen(
            [
                built / f"roundtable{SUFFIX}",
                url,
                "--bot",
                "--name",
                name,
                "--game",
                "gomoku",
                "--data",
                tmp_path / name,
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("Anna", "Ben")
    ]
    try:
        for client in clients:
            words, _ = client.communicate(timeout=DEADLINE)
            assert words.splitlines()[-1].startswith("outcome: ")
            assert client.returncode == 0
    finally:
        for client in clients:
            client.kill()
            client.communicate()
    if sys.platform != "win32":  # there terminate() is a kill, and nothing can be said on the way out
        process.terminate()
        assert process.wait(DEADLINE) == 0


@pytest.mark.usefixtures("windows")
def test_two_people_play_a_match_through_windows_of_the_built_client(built: Path, tmp_path: Path) -> None:
    program = [str(built / "roundtable-folder" / f"roundtable{SUFFIX}")]
    with ExitStack() as stack:
        evening = Evening(stack, tmp_path, program)
        black, white = sit_down(evening)
        step(evening, black, BLACK[0])
        for put, answer in zip(BLACK[1:], WHITE, strict=True):
            step(evening, white, answer)
            step(evening, black, put)
        ended(evening, black, "five")
        assert white.window.close() == 0
        assert black.window.close() == 0


def test_the_built_client_hosts_by_itself(built: Path, tmp_path: Path) -> None:
    """It starts itself once more as the server, in both forms; and that ends when nobody is left."""
    for form in (built / f"roundtable{SUFFIX}", built / "roundtable-folder" / f"roundtable{SUFFIX}"):
        options = ["--host", "--text", "--port", "0", "--name", "Anna", "--data", str(tmp_path / form.parent.name)]
        run = subprocess.run([form, *options], input="quit\n", stdout=subprocess.PIPE, text=True, timeout=DEADLINE)
        assert run.returncode == 0
        assert "Anna" in run.stdout
        (journal,) = (tmp_path / form.parent.name).rglob("journal.db")
        until_free(journal.parent)


def until_free(folder: Path) -> None:
    """Wait until no server holds a data folder any more."""
    deadline = time.monotonic() + DEADLINE
    while True:
        try:
            hold(folder).close()
            return
        except JournalError:
            assert time.monotonic() < deadline
            threading.Event().wait(0.1)


def test_each_program_says_its_version_to_windows() -> None:
    """The file is read on Windows alone, so it is read here as what it is: an expression."""
    pytest.importorskip("PyInstaller")
    from tools.frozen import version_file

    told: dict[str, object] = {}

    def taken(name: str) -> Callable[..., object]:
        def take(*parts: object, **facts: object) -> object:
            told.update({f"{name} {key}": value for key, value in facts.items()})
            if name == "StringStruct":
                told[str(parts[0])] = parts[1]
            return parts

        return take

    names = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    eval(version_file("roundtable", "Table games"), {name: taken(name) for name in names})
    assert told["FixedFileInfo filevers"] == (*map(int, VERSION.split(".")), 0)
    assert (told["ProductVersion"], told["FileDescription"]) == (VERSION, "Table games")


def test_the_icon_has_every_form_and_size(tmp_path: Path) -> None:
    made = icon.make(tmp_path)
    windows = made["win32"].read_bytes()
    count = struct.unpack("<HHH", windows[:6])[2]
    assert count == len(icon.ICO_SIZES)
    for number, side in enumerate(icon.ICO_SIZES):
        length, offset = struct.unpack("<II", windows[6 + 16 * number + 8 : 6 + 16 * number + 16])
        assert pygame.image.load(BytesIO(windows[offset : offset + length])).get_size() == (side, side)
    mac = made["darwin"].read_bytes()
    assert (mac[:4], struct.unpack(">I", mac[4:8])[0]) == (b"icns", len(mac))
    assert pygame.image.load(made["linux"]).get_size() == (icon.PNG_SIZE, icon.PNG_SIZE)


def test_pygame_is_in_the_client_alone(built: Path) -> None:
    assert "pygame" in contents(built / f"roundtable{SUFFIX}")
    assert "pygame" not in contents(built / f"roundtable-server{SUFFIX}")


def test_all_that_the_window_draws_with_is_in_the_client(built: Path) -> None:
    listed = contents(built / f"roundtable{SUFFIX}").replace("\\", "/")
    needed = [path.relative_to(ROOT).as_posix() for path in (ROOT / "work/desktop/assets").rglob("*") if path.is_file()]
    assert needed
    assert [name for name in needed if name not in listed] == []


@pytest.mark.parametrize(("name", "most"), MOST.items())
def test_small_enough_to_hand_around(built: Path, name: str, most: int) -> None:
    assert (built / f"{name}{SUFFIX}").stat().st_size <= most
