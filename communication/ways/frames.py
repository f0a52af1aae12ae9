"""The frames of RFC 6455 for both ends: messages to bytes and back, without any socket.

The protocol itself (fragments, control frames, limits, the closing handshake) is the core of the `websockets` package.
In front of it stands a short way for what nearly all frames are: whole, unfragmented text. It is open only while the
core has nothing half done, and then there is no core at all: one is made for the first unusual byte and dropped when it
is at rest again, which keeps an idle connection small.
"""

from __future__ import annotations

import codecs
import logging
import secrets
import time
from abc import abstractmethod
from collections.abc import Sequence

from websockets.exceptions import ProtocolError
from websockets.frames import Frame, Opcode, apply_mask  # type: ignore[attr-defined]  # the fast one where it is built
from websockets.protocol import OPEN, Protocol, Side

from communication.allowance import Allowance
from communication.link import CloseCode, Data, Limits
from communication.ways.connection import Codec

core_log = logging.getLogger("communication.ways.core")
core_log.setLevel(logging.WARNING)  # the core tells of every connection that comes and goes

TEXT, BINARY = 0x81, 0x82  # the first byte of a whole text or binary frame: FIN and opcode
MASKED = 0x80  # in the second byte: the payload is masked, as a client's must be and a server's must not
SHORT, LONG = 126, 127  # in the second byte: the length follows in 2 or in 8 bytes
HEADS = [bytes((TEXT, length)) for length in range(SHORT)]
"""The headers of short plain text, which most messages are."""
MESSAGES = (Opcode.TEXT, Opcode.BINARY)
NOT_TEXT = "text that is not UTF-8"
TOO_MANY = "too many pings, pongs or fragments"


class Core(Protocol):
    """The protocol core of an open connection, which counts what is no message, and tells when nothing is half done."""

    def __init__(self, side: Side, limit: int, allowance: Allowance) -> None:
        super().__init__(side, state=OPEN, max_size=limit, logger=core_log)
        self._allowance = allowance
        self._between_frames = True

    @property
    def at_rest(self) -> bool:
        """Is nothing half read, no fragment missing and no goodbye said?"""
        return self._between_frames and self.current_size is None and self.state is OPEN

    def receive_data(self, data: bytes | bytearray) -> None:
        self._between_frames = False
        super().receive_data(data)

    def recv_frame(self, frame: Frame) -> None:
        if frame.opcode is Opcode.CLOSE:
            # A goodbye may come between two fragments (RFC 6455 section 5.4); their message is given up.
            self.current_size = None
        elif not (frame.fin and frame.opcode in MESSAGES and self.state is OPEN) and not (
            self._allowance.spend(1, time.monotonic())
        ):
            self.fail(CloseCode.TOO_MANY, TOO_MANY)
            self.parser_exc = ProtocolError(TOO_MANY)  # as the core has it when the peer has broken a rule
            return
        super().recv_frame(frame)
        self._between_frames = not self.reader.buffer


class Frames(Codec):
    """Either end of an open WebSocket."""

    __slots__ = ("_allowance", "_check", "_core", "_limit", "_limits", "_parts", "_short")

    side: Side

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits
        self._limit = limits.message_bytes
        self._short = 6 + min(SHORT, self._limit + 1)  # bytes of a masked frame that are too many for the shortest form
        self._allowance: Allowance | None = None  # of frames that are no whole message, from the first one on
        self._core: Core | None = None
        self._parts: bytearray | None = None  # the fragments that came of a message
        self._check: codecs.IncrementalDecoder | None = None  # of their text, which may be cut inside a letter

    @abstractmethod
    def receive(self, data: bytes) -> Sequence[Data]:
        """The short way where it is open, then the core for what is left."""

    def _long_way(self, data: bytes, messages: list[Data]) -> list[Data]:
        """Let the core take the bytes; return the messages with those that they complete."""
        core = self._wake_core()
        core.receive_data(data)
        for frame in core.events_received():
            if isinstance(frame, Frame) and self.end is None:
                self._take(core, frame, messages)
        self._give_out(core)
        if core.at_rest:
            self._core = None
        return messages

    def close(self, code: int, reason: str) -> bytes:
        core = self._wake_core()
        if core.state is OPEN:
            core.send_close(code, reason)
        return b"".join(core.data_to_send())

    def _wake_core(self) -> Core:
        if self._core is None:
            if self._allowance is None:
                self._allowance = Allowance(self._limits.frames, self._limits.frames_per_second, time.monotonic())
            self._core = Core(self.side, self._limit, self._allowance)
        return self._core

    def _take(self, core: Core, frame: Frame, messages: list[Data]) -> None:
        """One frame that the core has found in order; whether text is UTF-8 it leaves to us."""
        try:
            if frame.opcode is Opcode.CONT:
                self._add(frame, messages)
            elif frame.opcode in (Opcode.TEXT, Opcode.BINARY):
                if frame.fin:
                    messages.append(str(frame.data, "utf-8") if frame.opcode is Opcode.TEXT else bytes(frame.data))
                else:
                    self._parts = bytearray()
                    if frame.opcode is Opcode.TEXT:
                        self._check = codecs.getincrementaldecoder("utf-8")()
                    self._add(frame, messages)
        except UnicodeDecodeError:
            core.fail(CloseCode.NOT_TEXT, NOT_TEXT)
            self.end = CloseCode.NOT_TEXT, NOT_TEXT

    def _add(self, frame: Frame, messages: list[Data]) -> None:
        """One fragment; text is checked as it comes, so nobody sends a megabyte to hear that its start was wrong."""
        assert self._parts is not None  # the core refuses a continuation of nothing
        if self._check is not None:
            self._check.decode(bytes(frame.data), frame.fin)
        self._parts += frame.data
        if frame.fin:
            messages.append(bytes(self._parts) if self._check is None else self._parts.decode())
            self._parts = self._check = None

    def _give_out(self, core: Core) -> None:
        """What the core wants to be sent, and whether the link has ended."""
        writes = core.data_to_send()
        if writes:
            self.news = True
            self.reply = b"".join(writes)
            self.finished = self.finished or not writes[-1]  # the core asks for a half-close by an empty write
        if self.end is None and core.close_sent is not None:
            last = core.close_sent if core.close_rcvd is None or core.parser_exc is not None else core.close_rcvd
            if core.close_rcvd is not None or core.parser_exc is not None:
                self.news = True
                self.end = int(last.code), last.reason


_latest: tuple[Data, bytes] = "", bytes((TEXT, 0))
"""The message that a server encoded last, and its frame: who tells a whole room the same object has it encoded once.

It belongs to the module, for a class that changes makes Python look up all its methods anew.
"""


class ServerFrames(Frames):
    """The server's end: takes masked frames, sends plain ones, which many links can share."""

    __slots__ = ()

    side = Side.SERVER

    def encode(self, data: Data) -> bytes:
        global _latest
        known, frame = _latest
        if known is data:
            return frame
        first, payload = _payload(data)
        length = len(payload)
        frame = (HEADS[length] if length < SHORT and first == TEXT else _head(first, length, 0)) + payload
        _latest = data, frame
        return frame

    def receive(self, data: bytes) -> Sequence[Data]:
        have = len(data)
        if self._core is None and 6 <= have < self._short and data[0] == TEXT and data[1] == MASKED + have - 6:
            try:
                return (apply_mask(data[6:], data[2:6]).decode(),)  # one short message, as nearly always
            except UnicodeDecodeError:
                return self._long_way(data, [])
        messages: list[Data] = []
        if self._core is not None:
            return self._long_way(data, messages)
        at = 0
        while have - at >= 6 and data[at] == TEXT:
            length = data[at + 1] - MASKED
            begin = at + 6
            if length == SHORT and have >= at + 8:
                length = (data[at + 2] << 8) | data[at + 3]
                begin = at + 8
            elif not 0 <= length < SHORT:
                break
            end = begin + length
            if end > have or length > self._limit:
                break
            try:
                messages.append(apply_mask(data[begin:end], data[begin - 4 : begin]).decode())
            except UnicodeDecodeError:
                break  # the core has the means to complain
            at = end
        return messages if at == have else self._long_way(data[at:], messages)


class ClientFrames(Frames):
    """The client's end: takes plain frames, sends each under a mask of its own."""

    __slots__ = ()

    side = Side.CLIENT

    def encode(self, data: Data) -> bytes:
        first, payload = _payload(data)
        mask = secrets.token_bytes(4)
        return _head(first, len(payload), MASKED) + mask + apply_mask(payload, mask)

    def receive(self, data: bytes) -> Sequence[Data]:
        messages: list[Data] = []
        if self._core is not None:
            return self._long_way(data, messages)
        at, have = 0, len(data)
        while have - at >= 2 and data[at] == TEXT:
            length = data[at + 1]
            begin = at + 2
            if length == SHORT and have >= at + 4:
                length = (data[at + 2] << 8) | data[at + 3]
                begin = at + 4
            elif length >= SHORT:
                break
            end = begin + length
            if end > have or length > self._limit:
                break
            try:
                messages.append(data[begin:end].decode())
            except UnicodeDecodeError:
                break
            at = end
        return messages if at == have else self._long_way(data[at:], messages)


def _payload(data: Data) -> tuple[int, bytes]:
    """The first byte of the frame and the payload of a message."""
    if isinstance(data, str):
        return TEXT, data.encode()
    if isinstance(data, bytes):
        return BINARY, data
    raise TypeError(f"a message is str or bytes, not {type(data).__name__}")


def _head(first: int, length: int, masked: int) -> bytes:
    """The header of a whole frame up to the mask."""
    if length < SHORT:
        return bytes((first, masked | length))
    if length < 1 << 16:
        return bytes((first, masked | SHORT)) + length.to_bytes(2)
    return bytes((first, masked | LONG)) + length.to_bytes(8)
