"""The way tcp://: each message with its length in front, nothing else.

A frame is 4 bytes of length (big-endian, of the payload), one byte of kind, and the payload. Kinds: T text in UTF-8,
B binary, C close with 2 bytes of code and a reason in UTF-8. After C a side sends nothing and half-closes.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Collection, Sequence

from communication.link import Address, CloseCode, Data, Handler, Limits, Link, Listener, farewell
from communication.ways.connection import Codec, Connection
from communication.ways.reactor import Reactor, SocketListener, carry
from communication.ways.sockets import bind, connect, own, url_of

TEXT, BINARY, CLOSE = b"TBC"
HEAD = 5  # bytes before the payload
FAREWELL = 2 + 123  # bytes of the longest close payload


def listen(address: Address, limits: Limits, tls: tuple[str, str] | None, origins: Collection[str]) -> Listener:
    """See communication.listen; there are no web pages here, so origins say nothing."""
    if tls is not None:
        raise ValueError("tcp:// is not encrypted: a certificate is for wss://")

    def welcome(reactor: Reactor, sock: socket.socket, peer: tuple[str, int]) -> Connection:
        return Connection(reactor, sock, TcpCodec(limits), peer)

    def take(family: socket.AddressFamily, place: tuple[str, int]) -> socket.socket:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            own(sock)
            sock.bind(place)
            sock.listen(limits.backlog)
        except OSError:
            sock.close()
            raise
        return sock

    sock = bind(address, take)
    return SocketListener(url_of("tcp", address.host, sock), sock, sock.accept, welcome, limits)


def dial(address: Address, handler: Handler, limits: Limits, timeout: float, ca: str | None) -> Link:
    """See communication.dial; there is no handshake, so whoever accepts the connection has answered."""
    if ca is not None:
        raise ValueError("tcp:// is not encrypted: whom to trust is for wss://")
    sock = connect(address, address.port, time.monotonic() + timeout)
    return carry(sock, TcpCodec(limits), handler, limits, address.text)


class TcpCodec(Codec):
    """Either end."""

    __slots__ = ("_buffer", "_limit")

    last: tuple[Data, bytes] = ("", b"\0\0\0\0T")
    """The message encoded last and its frame: who tells a whole room the same object has it encoded once."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limit = limits.message_bytes
        self._buffer: bytearray | None = None  # the beginning of a frame whose rest has not come

    def encode(self, data: Data) -> bytes:
        known, frame = TcpCodec.last
        if known is data:
            return frame
        if isinstance(data, str):
            frame = _frame(TEXT, data.encode())
        elif isinstance(data, bytes):
            frame = _frame(BINARY, data)
        else:
            raise TypeError(f"a message is str or bytes, not {type(data).__name__}")
        TcpCodec.last = data, frame
        return frame

    def close(self, code: int, reason: str) -> bytes:
        if self.finished:
            return b""
        self.finished = True
        return _frame(CLOSE, code.to_bytes(2) + reason.encode())

    def receive(self, data: bytes) -> Sequence[Data]:
        messages: list[Data] = []
        if self.end is not None:
            return messages
        have: bytes | bytearray = data
        if self._buffer is not None:
            self._buffer += data
            have = self._buffer
        begin = 0
        while len(have) - begin >= HEAD and self.end is None:
            length = int.from_bytes(have[begin : begin + 4])
            if length > self._limit:
                self._break(CloseCode.TOO_BIG, f"a message has at most {self._limit} bytes")
                return messages
            end = begin + HEAD + length
            if end > len(have):
                break
            self._take(have[begin + 4], bytes(have[begin + HEAD : end]), messages)
            begin = end
        self._buffer = bytearray(have[begin:]) if begin < len(have) and self.end is None else None
        return messages

    def _take(self, kind: int, payload: bytes, messages: list[Data]) -> None:
        try:
            if kind == TEXT:
                messages.append(payload.decode())
            elif kind == BINARY:
                messages.append(payload)
            elif kind == CLOSE and 2 <= len(payload) <= FAREWELL:
                self._end(*farewell(int.from_bytes(payload[:2]), payload[2:].decode()))
            else:
                self._break(CloseCode.PROTOCOL_ERROR, "this is no frame of tcp://")
        except UnicodeDecodeError:
            self._break(CloseCode.NOT_TEXT, "text that is not UTF-8")
        except ValueError:
            self._break(CloseCode.PROTOCOL_ERROR, "a close code that may not be sent")

    def _break(self, code: int, reason: str) -> None:
        """The peer has broken a rule: tell it, and take no more."""
        self.reply = self.close(code, reason)
        self._end(code, reason)

    def _end(self, code: int, reason: str) -> None:
        self.end = int(code), reason
        self.finished = True
        self.news = True


def _frame(kind: int, payload: bytes) -> bytes:
    return len(payload).to_bytes(4) + bytes((kind,)) + payload
