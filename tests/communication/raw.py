"""A peer made of a plain socket, which says whatever bytes a test wants it to say."""

from __future__ import annotations

import socket

from tests.communication.handlers import PATIENCE

KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # the example of RFC 6455 section 1.3, whose answer is known
ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
TEXT, BINARY, CONT, CLOSE, PING, PONG, FIN = 1, 2, 0, 8, 9, 10, 0x80
MASK = bytes.fromhex("37fa213d")


class Raw:
    """A peer made of a plain socket."""

    def __init__(self, url: str) -> None:
        self.port = int(url.rpartition(":")[2])
        self.sock = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        self.rest = b""

    def send(self, data: bytes) -> Raw:
        self.sock.sendall(data)
        return self

    def request(self, *headers: str, line: str = "GET / HTTP/1.1", upgrade: bool = True) -> Raw:
        lines = [line, f"Host: 127.0.0.1:{self.port}"]
        if upgrade:
            lines += ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
            lines += [f"Sec-WebSocket-Key: {KEY}"]
        return self.send("\r\n".join([*lines, *headers, "", ""]).encode())

    def shake(self) -> Raw:
        self.request()
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.sock.recv(1000)
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 ")
        assert f"Sec-WebSocket-Accept: {ACCEPT}".encode() in head
        return self

    def until_end(self) -> bytes:
        """Everything up to the end of the stream."""
        data = self.rest
        try:
            while more := self.sock.recv(1 << 16):
                data += more
        except ConnectionResetError:
            pass
        return data

    def close_code(self) -> int:
        """The code in the last frame before the end of the stream."""
        frames = unframe(self.until_end())
        first, payload = frames[-1]
        assert first == FIN | CLOSE
        return int.from_bytes(payload[:2])

    def frames(self, number: int) -> list[tuple[int, bytes]]:
        """The next frames, once there are so many."""
        while len(found := unframe(self.rest)) < number:
            more = self.sock.recv(1 << 16)
            assert more, f"the stream ended after {found}"
            self.rest += more
        assert len(found) == number
        self.rest = b""
        return found


def frame(first: int, payload: bytes, length: bytes | None = None) -> bytes:
    """A masked frame, with another length field than its own where a test wants to lie."""
    size = len(payload)
    if length is None:
        short = b"\x7e" + size.to_bytes(2) if size < 1 << 16 else b"\x7f" + size.to_bytes(8)
        length = bytes([size]) if size < 126 else short
    key = (MASK * (size // 4 + 1))[:size]
    masked = (int.from_bytes(payload) ^ int.from_bytes(key)).to_bytes(size)
    return bytes([first, length[0] | 0x80]) + length[1:] + MASK + masked


def unframe(data: bytes) -> list[tuple[int, bytes]]:
    """The whole frames of a server at the beginning of data."""
    return take_frames(data)[0]


def take_frames(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The whole frames of a server at the beginning of data, and what is left of it."""
    found, at = [], 0
    while len(data) >= at + 2:
        assert data[at + 1] < 0x80, "a server must not mask"
        size, begin = data[at + 1], at + 2
        if size >= 126:
            begin += 2 if size == 126 else 8
            size = int.from_bytes(data[at + 2 : begin])
        if len(data) < begin + size:
            break
        found.append((data[at], data[begin : begin + size]))
        at = begin + size
    return found, data[at:]
