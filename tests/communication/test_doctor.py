"""The doctor: what it asked on each network, who answered, and what became of an address, on this machine alone."""

import errno
import queue
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import ifaddr
import pytest

import communication
from communication import doctor
from communication.discovery import Beacon, Hosted
from communication.doctor import Doctor, Report, examine, kind_of
from house import House

DEADLINE = 30.0
HOST = Hosted(name="Mei's laptop", port=8765, program="0.1.0", protocol=1)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No multicast, and a network of this machine alone."""
    monkeypatch.setattr(doctor, "Browser", NoBrowser)
    monkeypatch.setattr(doctor, "KNOCK", 1.0)
    monkeypatch.setattr(ifaddr, "get_adapters", lambda: [])


class NoBrowser:
    trouble = "no multicast in a test"

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass


@contextmanager
def free_port() -> Iterator[int]:
    """A port at which nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield sock.getsockname()[1]


def knocked(address: str) -> doctor.Knocked:
    report = examine(address, 0.01, [9])
    assert report.knocked is not None
    return report.knocked


def test_who_answers_is_found_and_counted() -> None:
    beacon = Beacon(lambda: HOST, [0], "127.0.0.1")
    assert beacon.start()
    report = examine(seconds=0.3, ports=[beacon.port])
    beacon.stop()
    assert [found.host for found in report.hosts] == [HOST]
    assert [(asked.target, asked.answers, asked.trouble) for asked in report.asked] == [("127.0.0.1", 1, "")]
    assert report.multicast == "no multicast in a test"
    assert report.knocked is None


def test_an_adapter_that_cannot_be_used_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = ifaddr.Adapter("tun0", "tun0", [ifaddr.IP("203.0.113.77", 24, "tun0")])
    monkeypatch.setattr(ifaddr, "get_adapters", lambda: [gone])
    asked = examine(seconds=0.01, ports=[9]).asked[1]
    assert (asked.adapter, asked.kind, asked.target) == ("tun0", "vpn", "203.0.113.255")
    assert asked.trouble


def test_a_host_at_an_address_is_known_as_one() -> None:
    house = House()
    try:
        url = house.listen("ws://127.0.0.1:0")
        assert (knocked(url).end, knocked(url).near) == ("host", True)
    finally:
        house.stop()


def test_nobody_at_an_address_is_told_from_a_stranger() -> None:
    with free_port() as port:
        assert knocked(f"ws://127.0.0.1:{port}").end == "refused"
    stranger = communication.listen("tcp://127.0.0.1:0")
    stranger.start(Deaf())
    try:
        assert knocked(stranger.url.replace("tcp://", "ws://")).end == "stranger"
    finally:
        stranger.stop()


class Deaf:
    def opened(self, link: communication.Link) -> None:
        pass

    def received(self, link: communication.Link, data: communication.link.Data) -> None:
        pass

    def closed(self, link: communication.Link, code: int, reason: str) -> None:
        pass


def test_a_name_that_nobody_has() -> None:
    assert knocked("ws://no-such-host.invalid:8765").end == "no_such_name"


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (TimeoutError("timed out"), "silent"),
        (OSError(113, "No route to host"), "unreachable"),
        (OSError(errno.ETIMEDOUT, ""), "silent"),
    ],
)
def test_what_the_system_says_is_understood(monkeypatch: pytest.MonkeyPatch, error: OSError, end: str) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(socket, "create_connection", refuse)
    told = knocked("ws://203.0.113.9:8765")
    assert (told.end, told.near) == (end, False)


def test_it_works_on_a_thread_of_its_own() -> None:
    told: queue.Queue[Report] = queue.Queue()
    Doctor(told.put).start()
    assert [asked.adapter for asked in told.get(timeout=DEADLINE).asked] == ["this computer"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Wi-Fi", ""), ("eth0", ""), ("en0", ""), ("tun0", "vpn"), ("WireGuard Tunnel", "vpn"), ("docker0", "virtual"),
     ("vEthernet (WSL)", "virtual"), ("Ethernet", "")],
)  # fmt: skip
def test_names_of_adapters_say_what_they_are(name: str, kind: str) -> None:
    assert kind_of(name) == kind
