"""Both programs as real processes: a server, and players made of code who play each game to its end."""

from __future__ import annotations

import re
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest

import communication
from command_line import VERSION
from communication import messages as m
from communication.away import USUAL
from communication.discovery import addresses
from games import GAMES
from tests.end_to_end.programs import WINDOWS, Program, ServerProgram, run
from tests.kit import GOMOKU, TIC, Guest, login

SERVER, CLIENT = "main_server.py", "main_client.py"


@pytest.mark.parametrize("game", GAMES)
def test_as_few_clients_as_can_play_to_the_end_at_a_server(game: str) -> None:
    names = ("Anna", "Ben", "Cleo", "Dan")[: GAMES[game].seats[0]]
    with ServerProgram() as server, ExitStack() as stack:
        arguments = (server.url, "--bot", "--game", game, "--name")
        clients = [stack.enter_context(Program(CLIENT, *arguments, name)) for name in names]
        ends = [client.end() for client in clients]
        assert [(status, errors) for status, _, errors in ends] == [(0, "")] * len(names)
        outcomes = {output.splitlines()[-1] for _, output, _ in ends}
        assert len(outcomes) == 1
        assert re.fullmatch(r"outcome: (\w+ wins|\w+ and \w+ win|draw), .+", outcomes.pop())


def test_as_many_as_are_asked_for_play() -> None:
    with ServerProgram() as server:
        arguments = (server.url, "--bot", "--game", "liars_dice", "--seats", "3", "--name")
        with (
            Program(CLIENT, *arguments, "Anna") as anna,
            Program(CLIENT, *arguments, "Ben") as ben,
            Program(CLIENT, *arguments, "Ben") as other,
        ):
            outcomes = {program.end()[:2] for program in (anna, ben, other)}
        assert len(outcomes) == 1
        assert outcomes.pop()[0] == 0


def test_the_first_line_says_where_the_server_listens() -> None:
    with ServerProgram() as server:
        assert re.fullmatch(r"listening on ws://127\.0\.0\.1:\d+", server.first)
        assert Guest(server.url).ask(login("Anna")) is None


@pytest.mark.skipif(not addresses(), reason="this machine is in no network")
def test_the_second_line_says_where_friends_join() -> None:
    with ServerProgram("--host", "0.0.0.0") as server:
        port = server.url.rpartition(":")[2]
        assert server.line() == f"friends on your network join at ws://{addresses()[0]}:{port}"
        assert Guest(f"ws://{addresses()[0]}:{port}").ask(login("Anna")) is None


@pytest.mark.skipif(WINDOWS, reason="there a signal is a kill")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_stops_orderly(number: int) -> None:
    with ServerProgram() as server:
        guest = Guest(server.url)
        assert guest.ask(login("Anna")) is None
        assert server.interrupt(number) == (0, "", "")
        guest.ended()
        assert guest.hears(m.Bye).code == "stopping"


@pytest.mark.parametrize("main", [SERVER, CLIENT])
def test_the_games_and_the_version_are_printed(main: str) -> None:
    assert run(main, "--list-games") == (0, "".join(f"{name}\n" for name in GAMES), "")
    assert run(main, "--version") == (0, f"Roundtable {VERSION}\n", "")


def test_name_and_password_of_the_server() -> None:
    with ServerProgram("--name", "Kitchen table", "--password", "sesame") as server:
        guest = Guest(server.url)
        assert guest.code(login("Anna")) == "wrong_password"
        assert guest.ask(login("Anna", password="sesame")) is None
        assert guest.hears(m.Welcome).server == "Kitchen table"
        status, output, errors = run(CLIENT, server.url, "--bot", "--game", TIC)
        assert (status, output) == (2, "")
        assert re.fullmatch(r"main_client: .*password.*\n", errors)
        bare = server.url.removeprefix("ws://")
        arguments = (CLIENT, bare, "--bot", "--game", TIC, "--password", "sesame")
        with Program(*arguments) as one, Program(*arguments) as other:
            assert [program.end()[0] for program in (one, other)] == [0, 0]


def test_the_doctor_tells_in_a_terminal_whether_a_host_can_be_joined() -> None:
    with ServerProgram() as server:
        status, output, errors = run(CLIENT, "--doctor", server.url, "--language", "en")
        assert (status, errors) == (0, "")
        assert f"A host answers at {server.url}: you can join it." in output
        server.process.kill()
        server.end()
        status, output, _ = run(CLIENT, "--doctor", server.url, "--language", "en")
    assert "nobody hosts at this port" in output
    assert output.startswith(f"Roundtable {VERSION}")


def test_a_server_is_reached_by_plain_tcp_too() -> None:
    free = communication.listen("tcp://127.0.0.1:0")
    free.stop()
    with ServerProgram("--tcp-port", free.url.rpartition(":")[2]) as server:
        assert server.first.startswith("listening on ws://")
        assert Guest(free.url).ask(login("Anna")) is None


def test_what_is_kept_is_where_it_was_asked_to_be(tmp_path: Path) -> None:
    folder = tmp_path / "kept" / "here"
    with ServerProgram("--data", str(folder)) as server:
        assert server.first.startswith("listening")
        assert folder.is_dir()


def test_a_server_that_is_killed_and_back_finds_its_players_again() -> None:
    """Without a journal the match is lost; but the players come back, match again and finish."""
    with ServerProgram() as server:
        url, port = server.url, server.url.rpartition(":")[2]
        client = Program(CLIENT, url, "--bot", "--game", GOMOKU, "--name", "Anna")
        guest = Guest(url)
        guest.does(login("Ben"), m.Look(follow=True))
        guest.hears(
            m.Lobby,
            queues=(
                m.Queue(game=GOMOKU, seats=2, options={"size": 15, "five": "or_more"}, names=("Anna",), away=USUAL),
            ),
        )
        server.process.kill()
        server.end()
    with client, ServerProgram("--port", port) as server:
        assert server.url == url
        with Program(CLIENT, url, "--bot", "--game", GOMOKU, "--name", "Ben") as ben:
            assert ben.end()[0] == 0
        status, output, _ = client.end()
        assert status == 0
        assert output.splitlines()[-1].startswith("outcome: ")
