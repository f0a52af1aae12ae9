"""What arrives and is not a message: why, in a sentence, and the number under which its sender waits for an answer."""

import msgspec

LONGEST_REASON = 200
"""Characters of a reason, which may quote what was sent."""
UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)
"""What reading a message may raise."""


class BadMessage(ValueError):
    """What arrived is not a message of this protocol; `id` is the sender's where it could be read."""

    def __init__(self, text: str, id: int | None) -> None:
        super().__init__(text)
        self.id = id


class _Id(msgspec.Struct):
    id: int | None = None


_id_decoder = msgspec.json.Decoder(_Id)


def unreadable(data: str | bytes, error: Exception) -> BadMessage:
    """What is to be said of this, which could not be read because of the error."""
    reason = "".join(filter(str.isprintable, str(error)[:LONGEST_REASON]))  # it may quote what was sent
    return BadMessage(f"This is not a message that can be read: {reason}.", _sender_id(data))


def _sender_id(data: str | bytes) -> int | None:
    try:
        return _id_decoder.decode(data).id
    except UNREADABLE:
        return None
