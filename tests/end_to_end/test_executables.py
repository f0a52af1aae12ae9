"""The built programs, which friends double-click, play as the source does and stay small."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

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
