"""Finding hosts by multicast DNS: what an announcement says a browser reads; where it does not work, that is all."""

import queue
from collections.abc import Mapping

import pytest
import zeroconf

from communication.discovery import Found, Hosted
from communication.multicast import SERVICE, Announcement, Browser, found_in

DEADLINE = 15.0
HOST = Hosted(name="Anna's 电脑", port=8765, program="0.1.0", protocol=3, password=True)
FACTS = {"id": "0123456789", "name": "Mei", "scheme": "ws", "program": "0.1.0", "protocol": "3", "password": ""}


def info(facts: Mapping[str, str], *places: str, port: int = 8765) -> zeroconf.ServiceInfo:
    name = f"x.{SERVICE}"
    return zeroconf.ServiceInfo(SERVICE, name, port=port, parsed_addresses=list(places), properties=dict(facts))


def test_a_host_that_is_announced_is_found() -> None:
    found: queue.Queue[Found] = queue.Queue()
    announcement = Announcement("fedcba9876543210", lambda: HOST)

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
    assert (one.host, one.delay) == (HOST, None)
    assert one.url.startswith("ws://")
    browser.stop()


def test_what_is_told_is_read() -> None:
    one = found_in(info(FACTS, "127.0.0.1", "192.168.1.7"))
    host = Hosted(name="Mei", port=8765, program="0.1.0", protocol=3)
    assert one == Found("0123456789", "ws://192.168.1.7:8765", host, None)


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
    assert found_in(info({**FACTS, **wrong}, "192.168.1.7")) is None
    assert found_in(info({}, "192.168.1.7")) is None
    assert found_in(info(FACTS)) is None
    assert found_in(info(FACTS, "192.168.1.7", port=0)) is None


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
