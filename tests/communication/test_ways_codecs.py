"""What turns bytes into messages and back, without sockets: every cut of the bytes, and every nonsense in them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communication.link import Data, Limits
from communication.ways.connection import Codec
from communication.ways.frames import ClientFrames, ServerFrames
from communication.ways.tcp import TcpCodec

LIMIT = 70_000
LIMITS = Limits(message_bytes=LIMIT)
PAIRS: list[tuple[Callable[[Limits], Codec], Callable[[Limits], Codec]]] = [
    (ClientFrames, ServerFrames),
    (ServerFrames, ClientFrames),
    (TcpCodec, TcpCodec),
]
MESSAGES = st.lists(
    st.text(max_size=200)
    | st.binary(max_size=200)
    | st.integers(0, LIMIT).map(lambda size: "x" * size)
    | st.integers(0, LIMIT).map(lambda size: b"\xff" * size),
    max_size=6,
)


def feed(codec: Codec, pieces: list[bytes]) -> list[Data]:
    return [message for piece in pieces for message in codec.receive(piece)]


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[begin:end] for begin, end in pairwise(edges)]


@pytest.mark.parametrize(("sender", "receiver"), PAIRS)
@given(messages=MESSAGES, places=st.lists(st.integers(0, 10**6), max_size=12))
def test_messages_survive_every_cut(
    sender: Callable[[Limits], Codec], receiver: Callable[[Limits], Codec], messages: list[Data], places: list[int]
) -> None:
    one, other = sender(LIMITS), receiver(LIMITS)
    wire = b"".join(one.encode(message) for message in messages)
    assert feed(other, cut(wire, places)) == messages
    assert other.end is None


@pytest.mark.parametrize(("sender", "receiver"), PAIRS)
def test_messages_survive_coming_byte_by_byte_until_the_goodbye(
    sender: Callable[[Limits], Codec], receiver: Callable[[Limits], Codec]
) -> None:
    one, other = sender(LIMITS), receiver(LIMITS)
    messages: list[Data] = ["", b"", "a", "\u68cb" * 60, b"\0" * 300, "z"]
    wire = b"".join(one.encode(message) for message in messages) + one.close(4000, "bye")
    assert feed(other, [wire[at : at + 1] for at in range(len(wire))]) == messages
    assert other.end == (4000, "bye")
    assert other.news


@pytest.mark.parametrize("make", [ServerFrames, ClientFrames, TcpCodec])
@given(pieces=st.lists(st.binary(max_size=300), max_size=10))
def test_nonsense_gives_messages_or_an_end_and_never_an_exception(
    make: Callable[[Limits], Codec], pieces: list[bytes]
) -> None:
    codec = make(LIMITS)
    for message in feed(codec, pieces):
        assert isinstance(message, (str, bytes))
    if codec.end is not None:
        assert codec.news
        assert codec.receive(b"more") == []


@pytest.mark.parametrize("make", [ServerFrames, TcpCodec])
def test_one_message_to_many_is_encoded_once(make: Callable[[Limits], Codec]) -> None:
    codecs = [make(LIMITS) for _ in range(3)]
    message = "to all of you"
    frames = [codec.encode(message) for codec in codecs]
    assert frames[0] is frames[1] is frames[2]
    assert codecs[0].encode("another") != frames[0]


def test_no_two_frames_of_a_client_have_one_mask() -> None:
    codec = ClientFrames(LIMITS)
    assert len({codec.encode("the same") for _ in range(20)}) == 20


def test_an_idle_connection_holds_no_protocol_core() -> None:
    client, server = ClientFrames(LIMITS), ServerFrames(LIMITS)
    wire = client.encode(b"binary goes through the core") + client.encode("text")
    for at in range(len(wire)):
        server.receive(wire[at : at + 1])
    assert server._core is None


@pytest.mark.parametrize(
    ("wire", "code"),
    [
        (b"\0\1\x11\x71T", 1009),  # one byte above the limit: refused by its length, before the bytes come
        (b"\xff\xff\xff\xffT", 1009),
        (b"GET / HTTP/1.1\r\n", 1009),
        (b"\x16\x03\x01\x02\0\1", 1009),  # the beginning of TLS
        (b"\0\0\0\1X.", 1002),
        (b"\0\0\0\2T\xc3\x28", 1007),
        (b"\0\0\0\0C", 1002),
        (b"\0\0\0\1C\x03", 1002),
        (b"\0\0\0\2C\x03\xed", 1002),  # 1005 must not be sent
        (b"\0\0\0\3C\x03\xe8\xff", 1007),
        (b"\0\0\0\x7eC\x03\xe8" + b"r" * 124, 1002),
    ],
)
def test_tcp_ends_what_breaks_its_rules(wire: bytes, code: int) -> None:
    codec = TcpCodec(LIMITS)
    assert feed(codec, [TcpCodec(LIMITS).encode("fine"), wire]) == ["fine"]
    assert codec.end is not None
    assert codec.end[0] == code
    assert codec.finished
    assert codec.reply[4:5] == b"C"
    assert int.from_bytes(codec.reply[5:7]) == code
