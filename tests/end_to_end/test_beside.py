"""The server beside a client's window: it starts by itself, outlives the window for friends, and is never left over."""

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

import beside
from beside import LINGER, Beside, Host
from communication import messages as m
from communication.link import LinkError, parse
from house import House
from master.store import LOCK
from tests.kit import Guest, login, wish

DEADLINE = 30.0
GOMOKU = "gomoku"


@contextmanager
def hosting(folder: Path | None = None, port: int | None = 0) -> Iterator[Host]:
    host = Host(port, folder)
    host._options.append("--no-discovery")
    try:
        yield host
    finally:
        host.end()
        if host._process is not None:
            host._process.wait(DEADLINE)


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)


def ended(host: Host) -> bool:
    return host._process is not None and host._process.poll() == 0


def test_it_starts_once_and_says_who_is_there() -> None:
    with hosting() as host:
        url = host.start("Anna's table")
        assert url.startswith("ws://127.0.0.1:")
        assert host.start() == url
        assert host.people == 0
        anna, mei = Guest(url), Guest(url)
        anna.does(login("Anna"))
        assert anna.hears(m.Welcome).server == "Anna's table"
        mei.does(login("Mei"))
        until(lambda: host.people == 2)
        mei.link.close()
        until(lambda: host.people == 1)


def test_a_house_is_found_from_when_it_may_be_and_tells_of_no_private_table(monkeypatch: pytest.MonkeyPatch) -> None:
    beacon = mock.Mock()
    monkeypatch.setattr("house.Beacon", beacon)
    monkeypatch.setattr("house.Announcement", mock.Mock())
    home = House("Anna's table")
    try:
        url = home.listen("ws://127.0.0.1:0")
        assert not beacon.called
        home.be_found()
        home.be_found()
        beacon.return_value.start.assert_called_once()
        (describe,) = beacon.call_args.args
        guest = Guest(url)
        guest.does(login("Anna"))
        guest.does(wish(m.Open, GOMOKU, bots=1, private=True))
        assert (describe().port, describe().tables, describe().playing) == (parse(url).port, 0, ())
        guest.does(wish(m.Open, GOMOKU, bots=1))
        assert (describe().tables, len(describe().playing)) == (1, 1)
    finally:
        home.stop()


def test_where_the_window_closes_friends_play_on_until_the_last_one_leaves() -> None:
    with hosting() as host:
        url = host.start()
        anna, mei = Guest(url), Guest(url)
        anna.does(login("Anna"))
        mei.does(login("Mei"))
        until(lambda: host.people == 2)
        host.leave()
        anna.link.close()
        until(lambda: host.people == 1)
        mei.does(m.Look(follow=True))
        assert not ended(host)
        mei.link.close()
        until(lambda: ended(host))


def test_where_nobody_is_it_ends_with_the_window() -> None:
    with hosting() as host:
        host.start()
        host.leave()
        until(lambda: ended(host))
        assert (host.url, host.people) == ("", 0)


def test_everything_ends_for_everybody() -> None:
    with hosting() as host:
        guest = Guest(host.start())
        guest.does(login("Mei"))
        host.end()
        assert guest.hears(m.Bye).code == "stopping"
        until(lambda: ended(host))


def test_a_new_one_is_started_where_the_old_one_has_ended() -> None:
    with hosting() as host:
        host.start()
        host.end()
        until(lambda: not host.url)
        assert Guest(host.start()).ask(login("Anna")) is None


def test_tables_are_kept_in_the_players_folder_where_nobody_else_uses_it(tmp_path: Path) -> None:
    with hosting(tmp_path) as one, hosting(tmp_path) as other:
        one.start()
        assert (tmp_path / "server" / LOCK).exists()
        assert Guest(other.start()).ask(login("Anna")) is None


def test_another_port_is_taken_but_not_where_one_was_asked_for() -> None:
    with hosting() as first:
        taken = parse(first.start()).port
        with hosting(port=taken) as second, pytest.raises(LinkError, match=str(taken)):
            second.start()
        with hosting() as third:
            third._options[:1] = [f"--port={taken}", "--any-port"]
            assert parse(third.start()).port != taken


def test_what_becomes_of_it_is_told_to_whoever_waits() -> None:
    told: queue.Queue[tuple[str, str]] = queue.Queue()
    with hosting() as host:
        host.begin(lambda url, why: told.put((url, why)))
        url, why = told.get(timeout=DEADLINE)
        assert (url, why) == (host.url, "")
    with hosting() as host:
        host._options.append("--nonsense")
        host.begin(lambda url, why: told.put((url, why)))
        url, why = told.get(timeout=DEADLINE)
        assert url == ""
        assert "--nonsense" in why


# -- when it stops -----------------------------------------------------------------------------------------------------


class Lonely:
    """A server without a client's program: `say` is what its client says, `go` that it has gone."""

    def __init__(self) -> None:
        source, self.pipe = os.pipe()
        self.people = 1
        self.stop = threading.Event()
        self.opened = 0
        self.beside = Beside(lambda: self.people, self._open, self.stop, source)

    def _open(self) -> None:
        self.opened += 1

    def go(self, word: bytes = b"") -> None:
        os.write(self.pipe, word)
        os.close(self.pipe)
        until(lambda: self.beside._gone)

    def stops(self, now: float) -> bool:
        self.beside.look(now)
        return self.stop.is_set()


def test_a_client_that_crashed_may_come_back_for_a_while(capsys: pytest.CaptureFixture[str]) -> None:
    lonely = Lonely()
    lonely.go()
    assert not lonely.stops(1000.0)
    lonely.people = 0
    assert not lonely.stops(1001.0)
    assert not lonely.stops(1000.0 + LINGER)
    lonely.people = 1
    assert not lonely.stops(5000.0)
    lonely.people = 0
    assert not lonely.stops(6000.0)
    assert lonely.stops(6000.0 + LINGER)
    assert capsys.readouterr().out == "people 1\npeople 0\npeople 1\npeople 0\n"


def test_a_client_that_is_there_may_be_alone_as_long_as_it_likes() -> None:
    lonely = Lonely()
    lonely.people = 0
    assert not lonely.stops(1000.0)
    assert not lonely.stops(1000.0 + 10 * LINGER)
    lonely.go(b"bye\n")
    assert lonely.stops(1000.0 + 10 * LINGER)


def test_a_client_says_when_everything_is_to_end() -> None:
    lonely = Lonely()
    lonely.go(b"stop\n")
    assert lonely.stop.is_set()


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_friends_find_it_once_its_client_says_so(end: bytes) -> None:
    lonely = Lonely()
    lonely.beside.look(1000.0)
    assert lonely.opened == 0
    os.write(lonely.pipe, b"op")
    os.write(lonely.pipe, b"en" + end)
    until(lambda: lonely.beside._opens)
    lonely.beside.look(1001.0)
    lonely.beside.look(1002.0)
    assert lonely.opened == 1
    lonely.go(b"bye" + end)
    lonely.people = 0
    assert lonely.stops(1003.0)


def test_it_looks_until_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "BREATH", 0.01)
    lonely = Lonely()
    lonely.people = 0
    watching = threading.Thread(target=lonely.beside.watch)
    watching.start()
    lonely.go(b"bye\n")
    watching.join(DEADLINE)
    assert not watching.is_alive()
