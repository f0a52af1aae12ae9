"""What somebody means who types where a host is: the same in the window and on the command line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import main_client
import working
from communication.link import parse
from work.address import typed_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("192.168.1.20", "ws://192.168.1.20:8765"),
        (" 192.168.1.20:9000 ", "ws://192.168.1.20:9000"),
        ("ws://192.168.1.20", "ws://192.168.1.20:8765"),
        ("WSS://mei.local:1", "wss://mei.local:1"),
        ("tcp://mei-laptop:2/", "tcp://mei-laptop:2"),
        ("localhost", "ws://localhost:8765"),
        ("::1", "ws://[::1]:8765"),
        ("[::1]:9000", "ws://[::1]:9000"),
        ("fe80::1%eth0", "ws://[fe80::1%eth0]:8765"),
    ],
)
def test_an_address_is_made_whole(typed: str, meant: str) -> None:
    assert typed_address(typed) == meant
    assert main_client.options().parse_args([typed]).url == meant
    assert (
        working.options(["--work", "primes"], main_client.address)[0].parse_args([typed, "--work=primes"]).url == meant
    )


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "what is this", "http://mei", "memory://x", "mei:port", "mei:99999", "a..b", "mei/x", ":1", "a@b"],
)
def test_nonsense_is_answered_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match=r"192\.168\.1\.20") as wrong:
        typed_address(typed)
    assert str(wrong.value).endswith(".")
    with pytest.raises(SystemExit, match="2"):
        main_client.options().parse_args([typed])


@given(st.text(max_size=40))
def test_whatever_is_typed_is_an_address_or_refused(typed: str) -> None:
    try:
        url = typed_address(typed)
    except ValueError:
        return
    assert parse(url).port > 0
