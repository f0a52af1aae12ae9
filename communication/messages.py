"""Every message on the wire: this page is the protocol.

A message is one JSON object whose `type` names it. What a client sends may carry an `id`; then its answer is `ok` or
`refused` with that id, after whatever else it brings about. Without an id, only a refusal is answered; nothing is ever
refused in silence. A room is named by its code everywhere.
"""

from typing import Annotated, Any, TypeAlias

import msgspec

PROTOCOL = 1
"""Raised when a message changes so that an older program would misread it."""

Word: TypeAlias = Annotated[str, msgspec.Meta(max_length=64)]
"""A code, or a name that programs give: short, so that it can be quoted in an answer."""

Options: TypeAlias = dict[Word, Word | int | bool]


class BadMessage(ValueError):
    """What arrived is not a message of this protocol; `id` is the sender's where it could be read."""

    def __init__(self, text: str, id: int | None) -> None:
        super().__init__(text)
        self.id = id


class Message(msgspec.Struct, omit_defaults=True, tag_field="type", tag=str.lower):
    """Base of all messages."""


class Request(Message, kw_only=True):
    """Base of what a client sends; `id` is the sender's own number for it."""

    id: int | None = None


class InRoom(Request):
    """Base of what a client sends to a room that it is in."""

    room: Word


# -- client to server --------------------------------------------------------------------------------------------------


class Login(Request):
    """Come in with a name and a random key that the client keeps; the same key is the same person. Brings `welcome`."""

    name: str
    key: str
    protocol: int
    program: Word = ""
    password: str = ""
    bot: bool = False


class Beat(Request):
    """A sign of life, sent every few seconds."""


class Look(Request):
    """Ask for the lobby; with `follow` also whenever it changes, until the next `look`. Brings `lobby`."""

    follow: bool = False


class Match(Request):
    """Apply for a game: wait until enough have applied for the same game, seats and options. Brings `waiting`."""

    game: Word
    version: int
    seats: int
    options: Options = {}


class Unmatch(Request):
    """Wait no longer."""


class Open(Request):
    """Open a room and take its first seat; `bots` fills so many seats. Brings `table`."""

    game: Word
    version: int
    seats: int
    options: Options = {}
    bots: int = 0
    private: bool = False


class Join(Request):
    """Enter a room: take a free seat, or `watch`. Brings `table`."""

    room: Word
    watch: bool = False


class Leave(InRoom):
    """Go out of a room for good; in the middle of a match the seat is forfeited or given to a bot."""


class Step(InRoom):
    """Make a step; `n` is the number that it would get. Brings `stepped` or `viewed`."""

    n: int
    move: Any


class Resign(InRoom):
    """Give the match up."""


class Again(InRoom):
    """Want another match with the same people, seats moved on by one; it begins when all want it."""


class Say(Request):
    """A line of chat, to a room or (empty) to the lobby."""

    text: str
    room: Word = ""


class Sync(InRoom):
    """Ask for the steps after number `n`; for the whole match where that is not possible (-1)."""

    n: int = -1


# -- server to client --------------------------------------------------------------------------------------------------


class Ok(Message):
    """Done as asked."""

    id: int | None = None


class Refused(Message):
    """Not done, nothing changed: a stable code for programs, a sentence for people."""

    code: str
    text: str
    id: int | None = None
    room: str = ""


class Welcome(Message):
    """Logged in under this name; what the server is called, its games (name -> version), the rooms one is still in."""

    name: str
    server: str
    protocol: int
    program: str
    games: dict[str, int]
    rooms: tuple[str, ...] = ()


class Person(msgspec.Struct, omit_defaults=True, frozen=True):
    """Somebody in the lobby or at a table; `away` while their connection is lost; `at` is the room they are in."""

    name: str
    bot: bool = False
    away: bool = False
    at: str = ""


class Card(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """An open table as the lobby lists it; `people` has None for each free seat."""

    room: str
    game: str
    state: str
    options: Options
    people: tuple[Person | None, ...]
    watchers: int = 0


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """People who wait for the same game."""

    game: str
    seats: int
    options: Options
    names: tuple[str, ...]


class Lobby(Message):
    """Who is here, the open tables, who waits, and who has won how many matches since the server started."""

    people: tuple[Person, ...]
    tables: tuple[Card, ...]
    queues: tuple[Queue, ...]
    wins: dict[str, int] = {}
    matches: int = 0


class Waiting(Message):
    """On the wait list: `have` of `need` are there; `need` 0: no longer waiting."""

    game: str
    have: int
    need: int


class Table(Message):
    """All about a room but its match, for everybody in it; `seat` is the receiver's, `trouble` why the match waits."""

    room: str
    game: str
    version: int
    options: Options
    state: str
    people: tuple[Person | None, ...]
    watchers: tuple[str, ...] = ()
    seat: int | None = None
    private: bool = False
    again: tuple[int, ...] = ()
    trouble: str = ""


class Played(msgspec.Struct, omit_defaults=True, frozen=True, array_like=True):
    """A step in a list of steps: number, seat (null is the table), move, chance drawn."""

    n: int
    seat: int | None
    move: Any
    chance: tuple[int, ...] = ()


class Start(Message):
    """A match begins, or is given whole: the steps of an open game, or what the receiver may see of a secret one."""

    room: str
    round: int
    n: int
    steps: tuple[Played, ...] = ()
    view: dict[str, Any] | None = None


class Stepped(Message):
    """A step of an open game, the same for everybody; `digest` sums up the state after it, now and then."""

    room: str
    n: int
    seat: int | None
    move: Any
    chance: tuple[int, ...] = ()
    digest: int | None = None


class Viewed(Message):
    """A step of a game with secrets: what the receiver sees after it; `hidden` where the move is not theirs to know."""

    room: str
    n: int
    seat: int | None
    move: Any
    view: dict[str, Any]
    hidden: bool = False


class Over(Message):
    """The match has ended: ranks by seat (1 is best), why, and scores where the game has them."""

    room: str
    ranks: tuple[int, ...]
    why: str
    scores: tuple[float, ...] | None = None


class Said(Message):
    """A line of chat from a room or (empty) the lobby, numbered there; `old` when it was said before."""

    name: str
    text: str
    room: str = ""
    n: int = 0
    old: bool = False


class Closed(Message):
    """The receiver is no longer in this room."""

    room: str
    code: str
    text: str


class Bye(Message):
    """The server ends this connection, and why; `back` when it is worth trying again."""

    code: str
    text: str
    back: bool = False


ToServer: TypeAlias = (
    Login | Beat | Look | Match | Unmatch | Open | Join | Leave | Step | Resign | Again | Say | Sync
)  # fmt: skip
ToClient: TypeAlias = (
    Ok | Refused | Welcome | Lobby | Waiting | Table | Start | Stepped | Viewed | Over | Said | Closed | Bye
)  # fmt: skip

CODES = {
    "malformed": "not a message of this protocol",
    "not_logged_in": "log in first",
    "already_logged_in": "this connection is logged in",
    "other_version": "program and server do not speak the same version of the protocol or of a game",
    "too_fast": "this connection has sent too much in a short time",
    "server_full": "as many people or rooms as this server holds",
    "wrong_password": "the server wants a password, and this is not it",
    "bad_key": "the key is not 16 to 200 letters and digits",
    "bad_name": "the name is empty, too long, or holds characters that cannot be shown",
    "bad_text": "the line is empty or too long",
    "unknown_game": "the server has no such game",
    "bad_seats": "the game is not for so many",
    "bad_options": "an option that the game does not have, or a value it does not offer",
    "too_many_rooms": "this person is in as many rooms as one may be",
    "no_bots": "this server has no bots, or not for so many seats",
    "too_many_waiting": "as many people are on the wait list as it holds",
    "not_waiting": "this person is not on a wait list",
    "unknown_room": "no room has this code, or it has closed",
    "not_in_room": "this person is not in that room",
    "already_there": "this person has a seat or watches there already",
    "too_many_watchers": "as many watch this room as may",
    "room_full": "every seat is taken; one may watch",
    "not_seated": "only somebody with a seat may do that",
    "not_started": "the match has not begun",
    "not_over": "the match is not over",
    "match_over": "the match is over",
    "wrong_number": "the step's number is not the next one",
    "not_your_turn": "another seat is in turn",
    "not_legal": "the rules do not allow that step now",
    "bad_move": "a move is made of numbers, words and lists of them",
    "not_kept": "the host cannot write its journal, and plays nothing that it cannot keep",
    "game_failed": "the game itself failed on the step; it was taken back",
    "server_failed": "the server itself failed on the message; its log says how",
}
"""Every code that a server refuses with, and what it means; games add their own for steps."""

BYES = {
    "elsewhere": "the same key has logged in from another place",
    "silent": "nothing was heard from this client for too long",
    "too_fast": "this client went on sending after it had been refused for sending too much",
    "stopping": "the server is going down",
}
"""Every code of `bye`."""

LONGEST_REASON = 200
UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)

_encode = msgspec.json.Encoder().encode
_to_server = msgspec.json.Decoder(ToServer)
_to_client = msgspec.json.Decoder(ToClient)


def encode(message: Message) -> str:
    """The message as JSON text, ready to send."""
    return _encode(message).decode()


def to_server(data: str | bytes) -> ToServer:
    """The message that a client sent; BadMessage says what is wrong with it."""
    try:
        message: ToServer = _to_server.decode(data)
    except UNREADABLE as error:
        raise _bad(data, error) from None
    return message


def to_client(data: str | bytes) -> ToClient:
    """The message that a server sent; BadMessage says what is wrong with it."""
    try:
        message: ToClient = _to_client.decode(data)
    except UNREADABLE as error:
        raise _bad(data, error) from None
    return message


def _bad(data: str | bytes, error: Exception) -> BadMessage:
    reason = "".join(filter(str.isprintable, str(error)[:LONGEST_REASON]))  # it may quote what was sent
    return BadMessage(f"This is not a message that can be read: {reason}.", _sender_id(data))


class _Id(msgspec.Struct):
    id: int | None = None


_id_decoder = msgspec.json.Decoder(_Id)


def _sender_id(data: str | bytes) -> int | None:
    try:
        return _id_decoder.decode(data).id
    except UNREADABLE:
        return None
