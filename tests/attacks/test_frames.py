"""Attacks with frames on a connection whose handshake was in order."""

from __future__ import annotations

from itertools import repeat
from typing import Any

import pytest

from communication.messages import PROTOCOL
from tests.attacks.test_handshakes import flood
from tests.attacks.town import Person, Town, text
from tests.communication.raw import BINARY, CLOSE, CONT, FIN, MASK, PING, PONG, TEXT, Raw, frame, unframe

HUGE = [(1 << 34), (1 << 63), (1 << 64) - 1, (1 << 32)]
BEAT = b'{"type":"beat"}'


def ends_with(town: Town, *frames: bytes) -> int:
    """Say this after a handshake, and give the code of the server's goodbye."""
    peer = Raw(town.url).shake()
    with peer.sock:
        for data in frames:
            flood(peer, data)
        return peer.close_code()


@pytest.mark.parametrize("length", HUGE)
@pytest.mark.parametrize("opcode", [TEXT, BINARY, CONT, PING])
def test_declared_lengths_of_16_gib_and_more(town: Town, length: int, opcode: int) -> None:
    said = frame(FIN | opcode, b"x" * 1000, b"\x7f" + length.to_bytes(8))
    with town.watched():
        codes = {ends_with(town, said) for _ in range(10)}
    assert codes <= {1002, 1009}  # too big, or already no frame that may come here


def test_ten_thousand_tiny_fragments(town: Town) -> None:
    with town.watched():
        for kind in (TEXT, BINARY):
            code = ends_with(town, frame(kind, b"x"), frame(CONT, b"x") * 10_000, frame(FIN | CONT, b"x"))
            assert code == 1008


def test_ten_thousand_empty_fragments(town: Town) -> None:
    with town.watched():
        assert ends_with(town, frame(TEXT, b""), frame(CONT, b"") * 10_000) == 1008


def test_a_message_of_a_few_fragments_is_nothing_unusual(town: Town) -> None:
    with town.watched():
        person = Person(town.url)
        said = b'{"type":"beat","id":8}'
        parts = [frame(CONT, said[at : at + 1]) for at in range(1, len(said))]
        for _ in range(20):
            person.send(frame(TEXT, said[:1]) + b"".join(parts) + frame(FIN | CONT, b""))
            assert person.hear(id=8)["type"] == "ok"
        person.sock.close()


def test_an_endless_fragmented_message(town: Town) -> None:
    piece = frame(CONT, b"x" * 60_000)
    with town.watched():
        for kind in (TEXT, BINARY):
            assert ends_with(town, frame(kind, b"x"), *repeat(piece, 1000)) == 1009


@pytest.mark.parametrize("opcode", [PING, PONG])
def test_floods_of_pings(town: Town, opcode: int) -> None:
    with town.watched():
        for payload in (b"", b"x" * 125):
            assert ends_with(town, *repeat(frame(FIN | opcode, payload) * 1000, 100)) == 1008


def test_a_flood_of_pings_from_many(town: Town) -> None:
    flood_of_pings = frame(FIN | PING, b"") * 20_000
    with town.watched():
        peers = [Raw(town.url).shake() for _ in range(50)]
        for peer in peers:
            flood(peer, flood_of_pings)
        assert {peer.close_code() for peer in peers} == {1008}
        for peer in peers:
            peer.sock.close()


def test_a_ping_now_and_then_is_answered(town: Town) -> None:
    with town.watched():
        peer = Raw(town.url).shake()
        for number in range(100):
            peer.send(frame(FIN | PING, b"%d" % number))
            assert peer.frames(1) == [(FIN | PONG, b"%d" % number)]
        peer.sock.close()


@pytest.mark.parametrize("opcode", [PING, PONG, CLOSE])
def test_oversized_and_fragmented_control_frames(town: Town, opcode: int) -> None:
    with town.watched():
        for _ in range(10):
            assert ends_with(town, frame(FIN | opcode, b"x" * 126)) == 1002
            assert ends_with(town, frame(FIN | opcode, b"x" * 60_000)) == 1002
            assert ends_with(town, frame(opcode, b"x")) == 1002
            assert ends_with(town, frame(TEXT, b"a"), frame(opcode, b"x"), frame(FIN | CONT, b"b")) == 1002


def test_unmasked_frames(town: Town) -> None:
    with town.watched():
        for first in (FIN | TEXT, FIN | BINARY, FIN | PING, FIN | CLOSE):
            assert ends_with(town, bytes([first, len(BEAT)]) + BEAT) == 1002


def test_bytes_that_hide_a_frame_in_a_payload(town: Town) -> None:
    """The payload is, byte for byte, a masked frame: who loses count of the stream would take it for a message."""
    hidden = text(type="open", game="gomoku", version=1, seats=2, id=66)
    as_sent = bytes(byte ^ MASK[at % 4] for at, byte in enumerate(hidden))  # so that on the wire it is the frame
    with town.watched():
        for size in (len(hidden), 60_000):
            person = Person(town.url)
            payload = (as_sent + b"\0" * size)[:size]
            person.send(frame(FIN | BINARY, payload) + frame(BINARY, payload) + frame(FIN | CONT, b""))
            person.say(type="beat", id=8)
            answers: list[dict[str, Any]] = []
            while not answers or answers[-1].get("id") != 8:
                answers.append(person.hear())
            assert all(answer["type"] in ("refused", "ok") and answer.get("id") != 66 for answer in answers)
            person.sock.close()


def test_a_frame_hidden_behind_a_broken_one(town: Town) -> None:
    with town.watched():
        hidden = text(type="login", name="Anna", key="k" * 20, protocol=PROTOCOL)
        for first in (FIN | 3, FIN | 11, FIN | TEXT | 0x70):
            peer = Raw(town.url).shake().send(frame(first, hidden) + hidden)
            frames = unframe(peer.until_end())
            assert [f for f, _ in frames] == [FIN | CLOSE]
            peer.sock.close()


@pytest.mark.parametrize(
    "wrong", [b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xe2\x82", b"\xf0\x9f\x8e"]
)
def test_invalid_utf8(town: Town, wrong: bytes) -> None:
    with town.watched():
        assert ends_with(town, frame(FIN | TEXT, b'{"type":"beat"}' + wrong)) == 1007
        assert ends_with(town, frame(TEXT, wrong), frame(FIN | CONT, b"")) == 1007
        assert ends_with(town, frame(FIN | CLOSE, b"\x03\xe8" + wrong)) == 1007


def test_a_frame_a_byte_at_a_time_from_many(town: Town) -> None:
    with town.watched():
        people = [Person(town.url) for _ in range(20)]
        for byte in text(type="beat", id=8):
            for person in people:
                person.send(bytes([byte]))
        for person in people:
            assert person.hear(id=8)["type"] == "ok"
            person.sock.close()


def test_messages_over_the_limit(town: Town) -> None:
    with town.watched():
        for kind in (TEXT, BINARY):
            assert ends_with(town, frame(FIN | kind, b"x" * (1 << 20) + b"x")) == 1009
