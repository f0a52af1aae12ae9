"""wss://: certificates that are no good, peers that speak no TLS, and handshakes that stop half-way."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

import communication
from communication import Limits, LinkError, Listener
from tests.communication.handlers import PATIENCE, Echo, Recorder

TLS = Path(__file__).parent / "tls"
CERTIFICATE, KEY = str(TLS / "certificate.pem"), str(TLS / "key.pem")


@pytest.fixture
def listener() -> Iterator[Listener]:
    limits = Limits(handshake_seconds=0.3, close_seconds=0.3)
    listener = communication.listen("wss://127.0.0.1:0", limits, tls=(CERTIFICATE, KEY))
    listener.start(Echo())
    yield listener
    listener.stop()


def connect(listener: Listener) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(listener.url.rpartition(":")[2])), PATIENCE)


@pytest.mark.parametrize(
    ("certificate", "key", "sentence"),
    [
        ("missing.pem", KEY, "cannot be read: No such file"),
        (CERTIFICATE, "missing.pem", "cannot be read: No such file"),
        (__file__, KEY, "cannot be used"),
        (CERTIFICATE, __file__, "cannot be used"),
        (CERTIFICATE, CERTIFICATE, "cannot be used"),
        (KEY, CERTIFICATE, "cannot be used"),
    ],
)
def test_a_bad_certificate_is_no_start(certificate: str, key: str, sentence: str) -> None:
    with pytest.raises(LinkError, match=sentence) as caught:
        communication.listen("wss://127.0.0.1:0", tls=(certificate, key))
    assert certificate in str(caught.value)


def test_there_is_no_wss_without_a_certificate_and_none_for_the_other_ways() -> None:
    for url, tls in (
        ("wss://127.0.0.1:0", None),
        ("ws://127.0.0.1:0", (CERTIFICATE, KEY)),
        ("tcp://127.0.0.1:0", ("", "")),
    ):
        with pytest.raises(ValueError, match="wss://"):
            communication.listen(url, tls=tls)
    with pytest.raises(ValueError, match="wss://"):
        communication.dial("ws://127.0.0.1:1", Recorder(), ca=CERTIFICATE)


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(listener: Listener) -> None:
    with pytest.raises(LinkError, match="not to be trusted"):
        communication.dial(listener.url, Recorder())
    with pytest.raises(LinkError, match="cannot be used"):
        communication.dial(listener.url, Recorder(), ca="missing.pem")


def test_a_certificate_for_another_name_is_not_trusted(listener: Listener) -> None:
    url = listener.url.replace("127.0.0.1", "127.0.0.2")
    elsewhere = communication.listen(url.rpartition(":")[0] + ":0", tls=(CERTIFICATE, KEY))
    elsewhere.start(Echo())
    with pytest.raises(LinkError, match="not to be trusted"):
        communication.dial(elsewhere.url, Recorder(), ca=CERTIFICATE)
    elsewhere.stop()


def test_neither_side_ever_falls_back_to_plain_text(listener: Listener) -> None:
    with pytest.raises(LinkError, match="does not speak WebSocket"):
        communication.dial(listener.url.replace("wss", "ws"), Recorder())
    plain = communication.listen("ws://127.0.0.1:0")
    plain.start(Echo())
    with pytest.raises(LinkError, match="does not speak TLS"):
        communication.dial(plain.url.replace("ws", "wss"), Recorder(), ca=CERTIFICATE)
    plain.stop()


def test_who_stops_in_the_handshake_is_dropped_and_holds_up_nobody(listener: Listener) -> None:
    silent, garbage = connect(listener), connect(listener)
    garbage.sendall(b"GET / HTTP/1.1\r\n\r\n")
    handler = Recorder()
    link = communication.dial(listener.url, handler, ca=CERTIFICATE)
    link.send("hello")
    assert handler.messages(1) == ["hello"]
    assert silent.recv(100) == b""
    silent.close()
    garbage.close()
    late = connect(listener)
    listener.stop()  # though this one has not even begun
    late.close()


def test_megabytes_pass_both_ways(listener: Listener) -> None:
    handler = Recorder()
    link = communication.dial(listener.url, handler, ca=CERTIFICATE)
    for size in (1 << 20, 1, 1 << 19):
        link.send(b"x" * size)
        assert handler.messages(1)[0] == b"x" * size
        handler.heard.clear()
