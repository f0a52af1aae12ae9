"""Beacons and seekers on this machine alone: real UDP sockets on 127.0.0.1, any free port."""

import logging
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import ifaddr
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communication.discovery import (
    MAGIC,
    MOST_PLAYING,
    PROBE_BYTES,
    Beacon,
    Found,
    Hosted,
    Playing,
    Probe,
    Response,
    Seeker,
    addresses,
    look,
    networks,
)

DEADLINE = 10.0
HOST = Hosted(name="Anna's 电脑", port=8765, program="0.1.0", protocol=1, people=3, tables=1)


def here() -> list[str]:
    return ["127.0.0.1"]


@contextmanager
def beacon(describe: Callable[[], Hosted] = lambda: HOST) -> Iterator[Beacon]:
    one = Beacon(describe, [0], host="127.0.0.1")
    assert one.start()
    yield one
    one.stop()


@contextmanager
def seeking(port: int, every: float = 0.02) -> Iterator["queue.Queue[Found]"]:
    found: queue.Queue[Found] = queue.Queue()
    seeker = Seeker(found.put, [port], every, here)
    assert seeker.start()
    yield found
    seeker.stop()


def padded(token: int) -> bytes:
    return (MAGIC + msgspec.json.encode(Probe(token))).ljust(PROBE_BYTES)


@contextmanager
def peer() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(DEADLINE)
        yield sock


def test_a_seeker_finds_a_beacon_with_all_that_it_says() -> None:
    with beacon() as one, seeking(one.port) as found:
        first = found.get(timeout=DEADLINE)
    assert first.host == HOST
    assert first.url == "ws://127.0.0.1:8765"
    assert first.id == one.id
    assert first.delay is not None
    assert 0 <= first.delay < DEADLINE


def test_it_asks_again_and_hears_what_has_changed() -> None:
    people = iter(range(1000))
    with beacon(lambda: msgspec.structs.replace(HOST, people=next(people))) as one, seeking(one.port) as found:
        counts = [found.get(timeout=DEADLINE).host.people for _ in range(3)]
    assert counts == sorted(set(counts))


def test_a_host_that_starts_later_is_found() -> None:
    with peer() as sock:
        port = sock.getsockname()[1]
        with seeking(port) as found:
            sock.recv(2048)  # a question that nobody answers
            sock.close()
            one = Beacon(lambda: HOST, [port], "127.0.0.1")
            assert one.start()
            assert found.get(timeout=DEADLINE).id == one.id
            one.stop()


def test_look_collects_for_a_while() -> None:
    with beacon() as one:
        assert [found.id for found in look(0.2, [one.port], here)] == [one.id]
    with peer() as deaf:
        assert look(0.05, [deaf.getsockname()[1]], here) == []


def test_words_of_a_host_are_cut_and_cleaned() -> None:
    wild = msgspec.structs.replace(HOST, name="x\x1b[31m\u202e" + "长" * 200, program="v" * 99, scheme="wss")
    with beacon(lambda: wild) as one, seeking(one.port) as found:
        first = found.get(timeout=DEADLINE)
    assert first.host.name == ("x[31m" + "长" * 200)[:60]
    assert first.host.program == "v" * 20
    assert first.url == "wss://127.0.0.1:8765"


def test_a_port_in_use_is_logged_and_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    with beacon() as one:
        second = Beacon(lambda: HOST, [one.port], "127.0.0.1")
        with caplog.at_level(logging.WARNING):
            assert not second.start()
        assert f"UDP port {one.port}" in caplog.text
        second.stop()
        with seeking(one.port) as found:
            assert found.get(timeout=DEADLINE).id == one.id


def test_several_hosts_of_one_machine_are_all_found() -> None:
    with peer() as one, peer() as other:
        ports = sorted(sock.getsockname()[1] for sock in (one, other))
    beacons = [Beacon(lambda: HOST, ports, "127.0.0.1") for _ in ports]
    assert all(beacon.start() for beacon in beacons)
    assert {beacon.port for beacon in beacons} == set(ports)
    found = look(0.3, ports, here)
    assert {one.id for one in found} == {beacon.id for beacon in beacons}
    for beacon in beacons:
        beacon.stop()


def test_a_host_tells_as_many_of_its_tables_as_the_question_has_room_for() -> None:
    many = tuple(Playing("桌" * 60, k, 6) for k in range(MOST_PLAYING))
    with beacon(lambda: msgspec.structs.replace(HOST, playing=many)) as one, seeking(one.port) as found:
        playing = found.get(timeout=DEADLINE).host.playing
    assert 0 < len(playing) < MOST_PLAYING
    assert playing == many[: len(playing)]


def test_a_host_elsewhere_is_asked_by_its_address_but_never_by_a_name() -> None:
    seeker = Seeker(lambda found: None, [9], also=["10.1.2.3", "mei-laptop", "::1", ""])
    assert seeker._also == ["10.1.2.3"]
    seeker.stop()


def test_stop_joins_may_be_repeated_and_come_before_start() -> None:
    before = set(threading.enumerate())
    for one in (Beacon(lambda: HOST, [0], "127.0.0.1"), Seeker(lambda found: None, [9], targets=here)):
        assert one.start()
        one.stop()
        one.stop()
    assert set(threading.enumerate()) == before
    never = Beacon(lambda: HOST, [0])
    never.stop()
    never.stop()


def test_a_seeker_may_be_stopped_by_what_it_calls() -> None:
    stopped = threading.Event()
    with beacon() as one:

        def on_found(found: Found) -> None:
            seeker.stop()
            stopped.set()

        seeker = Seeker(on_found, [one.port], targets=here)
        assert seeker.start()
        assert stopped.wait(DEADLINE)
        seeker.stop()


def test_a_fault_of_the_listener_is_logged_and_the_search_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    calls: queue.Queue[int] = queue.Queue()

    def on_found(found: Found) -> None:
        calls.put(1)
        raise RuntimeError("the window is gone")

    with beacon() as one:
        seeker = Seeker(on_found, [one.port], 0.02, here)
        assert seeker.start()
        for _ in range(2):
            calls.get(timeout=DEADLINE)
        seeker.stop()
    assert "the window is gone" in caplog.text


GARBAGE: list[Any] = [
    b"",
    b"hello",
    MAGIC,
    MAGIC + b"{",
    MAGIC + b"[" * 1500,
    MAGIC + b'{"token": "1"}',
    MAGIC + b'{"token": 1.5}',
    MAGIC + b"\xff\xfe",
    MAGIC.replace(b"1", b"2") + msgspec.json.encode(Probe(1)),
    MAGIC + msgspec.json.encode(Probe(1)),  # shorter than its answer
]


@pytest.mark.parametrize("data", GARBAGE)
def test_a_beacon_ignores_garbage(data: bytes) -> None:
    with beacon() as one, peer() as sock:
        sock.sendto(data, ("127.0.0.1", one.port))
        sock.sendto(padded(77), ("127.0.0.1", one.port))
        answer = sock.recv(2048)
    assert msgspec.json.decode(answer[len(MAGIC) :], type=Response).token == 77
    assert len(answer) <= PROBE_BYTES


BAD_HOSTS: list[dict[str, Any]] = [
    {"port": 0},
    {"port": 70000},
    {"port": "8765"},
    {"port": True},
    {"scheme": "http"},
    {"name": 5},
    {"name": "n" * 61},
    {"people": -1},
    {"people": 10**30},
    {"protocol": None},
]


def test_a_seeker_ignores_garbage_and_answers_to_nobodys_question() -> None:
    with peer() as sock, seeking(sock.getsockname()[1]) as found:
        data, asker = sock.recvfrom(2048)
        assert len(data) == PROBE_BYTES
        token = msgspec.json.decode(data[len(MAGIC) :], type=Probe).token
        good = msgspec.to_builtins(Response(token, "0123456789", HOST))
        for bad in BAD_HOSTS:
            sock.sendto(MAGIC + msgspec.json.encode(good | {"host": good["host"] | bad}), asker)
        for other in (good | {"id": "short"}, good | {"token": token + 1}, good | {"host": None}):
            sock.sendto(MAGIC + msgspec.json.encode(other), asker)
        for garbage in GARBAGE:
            sock.sendto(garbage, asker)
        sock.sendto(MAGIC + msgspec.json.encode(good), asker)
        assert found.get(timeout=DEADLINE).host == HOST
        assert found.empty()


@given(st.binary(max_size=300), st.booleans())
def test_no_datagram_raises(data: bytes, magic: bool) -> None:
    seeker = Seeker(lambda found: pytest.fail("found a host in garbage"), [9], targets=here)
    with peer() as sock, peer() as sender:
        sender.sendto((MAGIC if magic else b"") + data, sock.getsockname())
        seeker._hear(sock)
    seeker.stop()


def test_an_address_in_the_network_is_better_than_this_machines_own() -> None:
    seeker = Seeker(lambda found: None, [9], every=1.0)
    try:
        assert seeker._place("a", "127.0.0.1", 0.0) == "127.0.0.1"
        assert seeker._place("a", "192.168.1.7", 0.1) == "192.168.1.7"
        assert seeker._place("a", "127.0.0.1", 0.2) == "192.168.1.7"
        assert seeker._place("a", "10.0.0.7", 0.3) == "192.168.1.7"
        assert seeker._place("a", "10.0.0.7", 9.0) == "10.0.0.7", "an address that answers no more is let go"
        for k in range(300):
            seeker._place(str(k), "192.168.1.8", 9.0)
        assert seeker._place("one too many", "192.168.1.9", 9.0) == ""
    finally:
        seeker.stop()


def test_every_network_is_asked_once() -> None:
    places = networks()
    assert {"127.0.0.1", "255.255.255.255"} <= set(places)
    assert len(set(places)) == len(places)


def test_a_host_tells_the_address_that_a_home_most_likely_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    ips = ["172.17.0.1", "127.0.0.1", "10.0.0.4", "169.254.3.3", "192.168.1.20", "8.8.8.8"]
    adapters = [ifaddr.Adapter("one", "one", [ifaddr.IP(ip, 24, "one") for ip in ips])]
    monkeypatch.setattr(ifaddr, "get_adapters", lambda: adapters)
    assert addresses() == ["192.168.1.20", "10.0.0.4", "172.17.0.1", "8.8.8.8"]
