"""The server program is killed at any moment and started again: nothing that was announced is lost.

Bots play through it with clients like everybody's, which come back by themselves; guests look at what comes back.
"""

import random
import secrets
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from communication import messages as m
from communication.client import Client
from communication.runner import Runner
from games import GAMES
from games.game_info import Move
from master import history, store
from master.journal import Reader
from master.keeping import steps_of
from tests.end_to_end.programs import WINDOWS, ServerProgram
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Guest, News, login, newest, step, wish
from work.bots.bot import Bot
from work.table import Table

TICK = 0.02
BACK = 3.0
"""Seconds after "listening" in which the next step is made at every table."""

Acked = tuple[int, int, int | None]


class Host:
    """A server program on a port and a folder of its own, which can be killed and started again."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = str(probe.getsockname()[1])
        self.folder = folder
        self.arguments = ("--data", str(folder), "--port", port, *arguments)
        self.start()

    def start(self) -> float:
        """Start it, and give the time at which it listened."""
        self.program = ServerProgram(*self.arguments)
        self.url = self.program.url
        assert self.url, self.program.end()
        return time.monotonic()

    def kill(self) -> None:
        """End it without a word, as a crash does (kill -9)."""
        with self.program:
            self.program.process.kill()
            self.program.process.wait()

    def again(self) -> float:
        """Kill it, and start it again."""
        self.kill()
        return self.start()

    def stop(self) -> tuple[int, float]:
        """Ask it to stop: exit status, and the seconds that took."""
        began = time.monotonic()
        with self.program:
            status, _, errors = self.program.interrupt(signal.SIGTERM)
        assert errors == ""
        return status, time.monotonic() - began


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    host = Host(tmp_path, "--limit", "grace=20")
    yield host
    host.kill()


class Wanderer(Bot):
    """A bot that wants every rematch, writes down each step that was announced to it, and can be waited for."""

    def __init__(self, name: str, seed: int) -> None:
        self.news = News()
        client = Client(Runner(commit=self.news.tell), name, secrets.token_hex(16), bot=True)
        super().__init__(client, think=0.03, draws=random.Random(seed))
        self.acked: list[Acked] = []
        self.states: list[str] = []
        self.waits: list[m.Waiting] = []

    def connection(self, state: str, text: str) -> None:
        self.states.append(state)

    def waiting(self, message: m.Waiting) -> None:
        self.waits.append(message)

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        self.acked.append((table.round, table.n, seat))
        super().stepped(table, seat, move)

    def ended(self, table: Table) -> None:
        self.client.request(m.Again(room=table.code))

    def ask(self, message: m.Request) -> None:
        """Ask the server for something, whatever the answer."""
        self.client.runner.call(lambda: (self.client.request(message), None)[1])

    def reaches(self, state: str) -> None:
        """Wait until the client is in this state."""
        self.news.until(lambda: self.client.state == state, f"{self.client.name} {state}")


@contextmanager
def alive(*wanderers: Wanderer) -> Iterator[None]:
    """Let the time of these clients pass."""
    stop = threading.Event()

    def keep_time() -> None:
        while not stop.wait(TICK):
            now = time.monotonic()
            for each in wanderers:
                each.client.runner.post(each.client.task, now)
                each.client.runner.call(each.task, now)

    clock = threading.Thread(target=keep_time)
    clock.start()
    try:
        yield
    finally:
        stop.set()
        clock.join()
        for each in wanderers:
            each.client.runner.call(each.client.disconnect)


def arrive(host: Host, *wanderers: Wanderer) -> None:
    for each in wanderers:
        each.client.runner.call(each.client.connect, host.url)
        each.reaches("in")


def count(wanderers: list[Wanderer]) -> int:
    return sum(len(each.acked) for each in wanderers)


def goes_on(wanderers: list[Wanderer], steps: int) -> None:
    """Wait until so many steps have been announced to these."""
    wanderers[0].news.until(lambda: count(wanderers) >= steps, f"{steps} steps")


def test_killed_again_and_again_no_announced_step_is_lost_and_none_is_doubled(host: Host) -> None:
    draws = random.Random(4)
    tables = {GOMOKU: 2, DICE: 3, SHIPS: 2}
    groups = {game: [Wanderer(f"{game[:4]} {n}", seed=n) for n in range(seats)] for game, seats in tables.items()}
    everybody = [each for group in groups.values() for each in group]
    slowest = 0.0
    with alive(*everybody):
        arrive(host, *everybody)
        for game, group in groups.items():
            for each in group:
                each.ask(wish(m.Match, game, len(group)))
        for _ in range(4):
            goes_on(everybody, count(everybody) + draws.randint(20, 120))
            host.kill()
            for each in everybody:
                each.reaches("away")
            before = {game: count(group) for game, group in groups.items()}
            listened = host.start()
            for game, group in groups.items():
                goes_on(group, before[game] + 1)
                slowest = max(slowest, time.monotonic() - listened)
        assert slowest < BACK
        for each in everybody:
            each.reaches("in")
            assert "out" not in each.states
        status, _ = host.stop()
        assert status == 0
    with closing(store.reading(host.folder)) as db:
        reader = Reader(db)
        assert list(history.verified(reader, GAMES)) == []
        kept = list(reader.matches())
    host.start()
    for each in everybody:
        (table,) = each.tables.values()
        rounds = [match for match in kept if match.about.room == table.code]
        assert len(each.acked) == len(set(each.acked)), "doubled"
        for number, n, seat in each.acked:
            assert rounds[number - 1].steps[n].seat == seat, "lost"
        if table.match is not None and table.round == len(rounds):
            mine = [(s.n, s.seat, s.move) for s in table.match.steps]
            theirs = [(s.n, s.seat, s.move) for s in steps_of(rounds[-1])]
            assert mine == theirs[: len(mine)]


KEYS = {name: secrets.token_hex(16) for name in ("Anna", "Ben", "Cleo")}


def come(host: Host, name: str) -> Guest:
    """Somebody logs in, or comes back, and has heard all there is to hear."""
    guest = Guest(host.url)
    guest.does(login(name, KEYS[name]))
    return guest.caught_up()


def seated(host: Host, game: str, **fields: Any) -> tuple[Guest, Guest, str]:
    anna, ben = come(host, "Anna"), come(host, "Ben")
    anna.does(wish(m.Open, game, **fields))
    code = newest(anna).room
    ben.does(m.Join(room=code))
    anna.hears(m.Start)
    return anna, ben, code


def test_seats_chat_and_wishes_for_a_rematch_are_as_they_were_announced(host: Host) -> None:
    anna, ben, code = seated(host, TIC, private=True)
    cleo = come(host, "Cleo")
    cleo.does(m.Join(room=code, watch=True), m.Say(text="Hello, all"), m.Say(room=code, text="Good luck"))
    anna.does(step(code, 1, 4), m.Resign(room=code), m.Again(room=code))
    cleo.does(m.Again(room=code))
    ben.caught_up()
    before = newest(ben)
    assert (before.again, before.wanting) == ((0,), ("Cleo",))
    host.again()
    anna, ben, cleo = (come(host, name) for name in ("Anna", "Ben", "Cleo"))
    for guest in (anna, ben, cleo):
        assert guest.all(m.Welcome)[0].rooms == (code,)
        assert [said.text for said in guest.all(m.Said, room=code)] == ["Good luck"]
        assert guest.hears(m.Over).ranks == (2, 1)
    assert newest(ben) == before
    assert (newest(anna).seat, newest(ben).seat, newest(cleo).seat) == (0, 1, None)
    cleo.does(m.Look(follow=True))
    assert [said.text for said in cleo.all(m.Said, room="")] == ["Hello, all"]
    ben.does(m.Again(room=code))
    assert anna.hears(m.Start, round=2).n == 0
    assert newest(anna).seat == 1
    ben.does(step(code, 1, 0))


def test_a_step_that_is_sent_again_after_the_crash_is_known_and_not_played_twice(host: Host) -> None:
    anna, _, code = seated(host, GOMOKU)
    anna.does(step(code, 1, (7, 7)))
    host.again()
    anna, ben = come(host, "Anna"), come(host, "Ben")
    anna.does(step(code, 1, (7, 7)))
    assert anna.code(step(code, 2, (8, 8))) == "not_your_turn"
    ben.does(step(code, 2, (8, 8)))
    assert anna.hears(m.Stepped, n=2).seat == 1


def test_who_waits_for_a_game_waits_on_without_doing_anything(host: Host) -> None:
    wanderer = Wanderer("Anna", seed=1)
    with alive(wanderer):
        arrive(host, wanderer)
        wanderer.ask(wish(m.Match, SHIPS))
        wanderer.news.until(lambda: wanderer.waits)
        wanderer.waits.clear()
        host.again()
        wanderer.news.until(lambda: wanderer.waits, "waiting")
        assert (wanderer.waits[-1].game, wanderer.waits[-1].have, wanderer.waits[-1].need) == (SHIPS, 1, 2)
        ben = come(host, "Ben")
        ben.does(wish(m.Match, SHIPS))
        wanderer.news.until(lambda: wanderer.tables)
        assert ben.hears(m.Start).n == 0


def test_who_does_not_come_back_loses_the_seat_when_the_time_is_up(tmp_path: Path) -> None:
    host = Host(tmp_path, "--away", "forfeit:1")
    with ExitStack() as stack:
        stack.callback(host.kill)
        seated(host, TIC)
        host.again()
        ben = come(host, "Ben")
        assert ben.hears(m.Over).why == "Anna was away for too long"


def test_a_new_bot_sits_down_where_one_of_the_house_sat(host: Host) -> None:
    anna = come(host, "Anna")
    anna.does(wish(m.Open, TIC, bots=1))
    anna.hears(m.Start)
    code = newest(anna).room
    anna.does(step(code, 1, 4))
    host.again()
    anna = come(host, "Anna")
    at = anna.hears(m.Start).n
    anna.hears(m.Stepped if at == 1 else m.Start)
    played = [s for start in anna.all(m.Start) for s in start.steps if s.seat == 1]
    assert played or anna.hears(m.Stepped).seat == 1


def test_asked_to_stop_it_says_so_ends_soon_and_those_told_come_back_by_themselves(host: Host) -> None:
    wanderers = [Wanderer(name, seed=n) for n, name in enumerate(("Anna", "Ben"))]
    with alive(*wanderers):
        arrive(host, *wanderers)
        for each in wanderers:
            each.ask(wish(m.Match, GOMOKU))
        goes_on(wanderers, 10)
        guest = come(host, "Cleo")
        status, took = host.stop()
        assert (status, guest.hears(m.Bye).code, guest.hears(m.Bye).back) == (0, "stopping", True)
        assert took < 2.0
        assert not (host.folder / (store.FILE + "-wal")).exists()
        with closing(store.reading(host.folder)) as db:
            assert db.execute("SELECT count(*) FROM rounds").fetchone() == (0,)
        steps = count(wanderers)
        host.start()
        goes_on(wanderers, steps + 10)
        for each in wanderers:
            assert each.states == ["in", "away", "in"]


@pytest.mark.skipif(WINDOWS, reason="there is no Ctrl-C to send to one process alone")
def test_ctrl_c_stops_it_as_well(host: Host) -> None:
    guest = come(host, "Anna")
    with host.program:
        assert host.program.interrupt(signal.SIGINT)[0] == 0
    assert guest.hears(m.Bye).back
    host.start()
