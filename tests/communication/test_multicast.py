"""Finding hosts by multicast DNS: what an announcement says a browser reads; where it does not work, that is all."""

import queue
import socket
from collections.abc import Mapping

import msgspec
import pytest
import zeroconf

from communication.discovery import Beacon, Found, Hosted, Seeker, reachable
from communication.link import at
from communication.multicast import SERVICE, Announcement, Browser, found_in

DEADLINE = 15.0
HOST = Hosted(name="Anna's 电脑", port=8765, program="0.1.0", protocol=3, password=True)
FACTS = {"id": "0123456789", "name": "Mei", "scheme": "ws", "program": "0.1.0", "protocol": "3", "password": ""}


def info(facts: Mapping[str, str], *places: str, port: int = 8765) -> zeroconf.ServiceInfo:
    name = f"x.{SERVICE}"
    return zeroconf.ServiceInfo(SERVICE, name, port=port, parsed_addresses=list(places), properties=dict(facts))


def test_a_host_that_is_announced_is_found() -> None:
    found: queue.Queue[Found] = queue.Queue()
    server = socket.create_server(("", 0))
    host = msgspec.structs.replace(HOST, port=server.getsockname()[1])
    announcement = Announcement("fedcba9876543210", lambda: host)

    def hear(one: Found) -> None:
        if one.id == announcement._id:
            found.put(one)

    browser = Browser(hear, every=0.05)
    browser.start()
    announcement.start()
    try:
        one = found.get(timeout=DEADLINE)
    except queue.Empty:
        pytest.skip(f"no multicast here: {announcement.trouble or browser.trouble or 'nothing comes back'}")
    finally:
        announcement.stop()
        browser.stop()
        server.close()
    assert (one.host, one.delay) == (host, None)
    assert one.url.startswith("ws://")
    browser.stop()


def test_what_is_told_is_read() -> None:
    one = found_in(info(FACTS, "127.0.0.1", "192.168.1.7"))
    host = Hosted(name="Mei", port=8765, program="0.1.0", protocol=3)
    assert one == [Found("0123456789", "ws://192.168.1.7:8765", host, None)]


def test_a_host_with_several_addresses_is_told_of_with_each() -> None:
    found = found_in(info(FACTS, "192.168.56.1", "10.0.0.7"))
    assert [one.url for one in found] == ["ws://192.168.56.1:8765", "ws://10.0.0.7:8765"]
    assert {one.id for one in found} == {"0123456789"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "short"},
        {"id": "x" * 65},
        {"protocol": "three"},
        {"protocol": "-1"},
        {"scheme": "http"},
        {"name": "n" * 61},
        {"program": "p" * 21},
    ],
)
def test_nonsense_is_nobody(wrong: dict[str, str]) -> None:
    assert found_in(info({**FACTS, **wrong}, "192.168.1.7")) == []
    assert found_in(info({}, "192.168.1.7")) == []
    assert found_in(info(FACTS)) == []
    assert found_in(info(FACTS, "192.168.1.7", port=0)) == []


def test_where_multicast_does_not_work_it_says_so_and_harms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def blocked(**_: object) -> None:
        raise OSError(19, "No such device")

    monkeypatch.setattr(zeroconf, "Zeroconf", blocked)
    browser = Browser(lambda one: None)
    browser.start()
    browser._thread.join(DEADLINE)
    assert "No such device" in browser.trouble
    browser.stop()
    Browser(lambda one: None).stop()


# -- announced, but gone -----------------------------------------------------------------------------------------------


def announced(port: int, *places: str) -> list[Found]:
    host = Hosted(name="Mei", port=port, program="0.1.0", protocol=3)
    return [Found("0123456789", f"ws://{at(place, port)}", host, None) for place in places]


def test_a_host_that_is_announced_is_told_of_as_long_as_it_can_be_reached() -> None:
    told: list[str] = []
    browser = Browser(lambda found: told.append(found.url))
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        browser._heard("x", announced(port, "127.0.0.9", "127.0.0.1"))
        assert told == [f"ws://127.0.0.1:{port}"]  # where it listens, and at once
        browser._ask()
        assert len(told) == 2
    browser._ask()
    assert len(told) == 2  # it crashed: its announcement still stands, and nobody is told of it
    with socket.create_server(("127.0.0.1", port)):
        browser._ask()
        assert len(told) == 3
        browser._heard("x", [])
        browser._ask()
        assert len(told) == 3


def test_a_host_that_had_crashed_before_one_looked_is_never_told_of() -> None:
    told: list[str] = []
    browser = Browser(lambda found: told.append(found.url))
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        browser._heard("x", announced(mute.getsockname()[1], "127.0.0.1"))
        browser._ask()
    assert told == []


def test_the_seeker_asks_a_host_that_is_announced_and_hears_it() -> None:
    heard: queue.Queue[Found] = queue.Queue()
    beacon = Beacon(lambda: HOST, [0], host="127.0.0.1")
    assert beacon.start()
    seeker = Seeker(heard.put, [beacon.port], 0.02, targets=list)
    assert seeker.start()
    browser = Browser(lambda found: None, seeker=seeker)
    try:
        assert not seeker.hears(beacon.id)
        browser._heard("x", announced(8765, "127.0.0.1"))
        found = heard.get(timeout=DEADLINE)
        assert found.delay is not None
        assert found.host == HOST
        assert seeker.hears(beacon.id)
    finally:
        seeker.stop()
        beacon.stop()


def test_a_host_that_the_seeker_hears_is_not_asked_again() -> None:
    told: list[str] = []

    class Hears(Seeker):
        def hears(self, id: str) -> bool:
            return id == "0123456789"

    with socket.create_server(("127.0.0.1", 0)) as server:
        browser = Browser(lambda found: told.append(found.url), seeker=Hears(lambda found: None))
        browser._heard("x", announced(server.getsockname()[1], "127.0.0.1"))
        browser._ask()
        assert len(told) == 1


def test_no_more_hosts_are_kept_apart_than_a_network_may_have() -> None:
    browser = Browser(lambda found: None)
    for number in range(300):
        browser._heard(str(number), announced(1, "127.0.0.1"))
    assert len(browser._known) == 256


def test_who_listens_can_be_reached_and_nobody_else() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        here, nobody = server.getsockname(), mute.getsockname()
        assert reachable([here, nobody]) == {here}
