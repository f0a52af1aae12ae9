"""wss:// with the programs themselves: a match under TLS, and no start and no plain text where TLS cannot be had."""

from __future__ import annotations

import os
import ssl
import sys
from pathlib import Path

import pytest

from tests.communication.raw import Raw
from tests.end_to_end.programs import Program, ServerProgram, run
from tests.kit import GOMOKU

TLS = Path(__file__).parent.parent / "communication" / "tls"
CERTIFICATE, KEY = str(TLS / "certificate.pem"), str(TLS / "key.pem")  # made for these tests, good for 127.0.0.1
HOST = "--tls-cert", CERTIFICATE, "--tls-key", KEY


def bot(url: str, *arguments: str) -> Program:
    return Program("main_client.py", url, "--bot", "--game", GOMOKU, *arguments)


def test_two_bots_play_a_match_under_tls() -> None:
    with ServerProgram(*HOST) as server:
        assert server.url.startswith("wss://127.0.0.1:")
        with bot(server.url, "--name", "Ada", "--ca", CERTIFICATE) as ada, bot(server.url, "--ca", CERTIFICATE) as ben:
            ends = [ada.end(), ben.end()]
        assert [(status, errors) for status, _, errors in ends] == [(0, ""), (0, "")]
        assert ends[0][1] == ends[1][1]
        assert ends[0][1].startswith("outcome: ")
        status, _, errors = server.interrupt()
        assert (status, errors) == (0, "") or sys.platform == "win32"


def test_a_client_that_does_not_trust_the_certificate_does_not_play() -> None:
    with ServerProgram(*HOST) as server:
        status, output, errors = bot(server.url).end()
        assert (status, output) == (2, "")
        assert "is not to be trusted" in errors
        assert errors.count("\n") == 1
        status, output, errors = bot(server.url, "--ca", "missing.pem").end()
        assert (status, output) == (2, "")
        assert "missing.pem cannot be used" in errors


def test_nothing_is_said_in_plain_text_on_a_port_with_tls() -> None:
    with ServerProgram(*HOST) as server:
        for peer in (Raw(server.url).request(), Raw(server.url).request(upgrade=False), Raw(server.url).send(b"hello")):
            answer = peer.until_end()
            assert answer == b"" or answer[:1] == b"\x15"  # nothing, or an alert of TLS
            peer.sock.close()
        status, output, errors = bot(server.url.replace("wss:", "ws:")).end()
        assert (status, output) == (2, "")
        assert "does not speak WebSocket" in errors


def test_a_page_under_tls_says_how_to_join() -> None:
    with ServerProgram(*HOST) as server:
        context = ssl.create_default_context(cafile=CERTIFICATE)
        peer = Raw(server.url)
        peer.sock = context.wrap_socket(peer.sock, server_hostname="127.0.0.1")
        page = peer.request(upgrade=False).until_end()
        assert page.startswith(b"HTTP/1.1 200 ")
        assert server.url.encode() in page
        peer.sock.close()


@pytest.mark.parametrize(
    ("certificate", "key", "why"),
    [
        ("missing.pem", KEY, "cannot be read: No such file or directory"),
        (CERTIFICATE, "missing.pem", "cannot be read: No such file or directory"),
        ("EMPTY", KEY, "cannot be used"),
        (CERTIFICATE, "EMPTY", "cannot be used"),
        (KEY, CERTIFICATE, "cannot be used"),
        (CERTIFICATE, "OTHER", "cannot be used"),
        (os.curdir, KEY, "cannot be"),
    ],
)
def test_a_bad_certificate_is_told_in_one_line_and_nothing_is_started(
    tmp_path: Path, certificate: str, key: str, why: str
) -> None:
    (tmp_path / "empty.pem").write_text("")
    files = {"EMPTY": str(tmp_path / "empty.pem"), "OTHER": str(TLS / "other_key.pem")}
    tls = "--tls-cert", files.get(certificate, certificate), "--tls-key", files.get(key, key)
    options = "--host", "127.0.0.1", "--port", "0", "--no-discovery", "--data", ":memory:"
    status, output, errors = run("main_server.py", *options, *tls)
    assert (status, output) == (2, "")
    assert errors.startswith("main_server: the certificate ")
    assert why in errors
    assert errors.count("\n") == 1
