"""Every message on the wire: this page is the protocol.

A message is one JSON object whose `type` names it. What a client sends may carry an `id`; then its answer is `ok` or
`refused` with that id, after whatever else it brings about. Without an id, only a refusal is answered; nothing is ever
refused in silence. A room is named by its code everywhere.
"""

from typing import Any, TypeAlias

import msgspec

from communication.codes import BYES as BYES
from communication.codes import CLOSES as CLOSES
from communication.codes import CODES as CODES
from communication.parts import Absence as Absence
from communication.parts import Away as Away
from communication.parts import Card as Card
from communication.parts import Clock as Clock
from communication.parts import Finished as Finished
from communication.parts import InRoom as InRoom
from communication.parts import Message as Message
from communication.parts import Offering as Offering
from communication.parts import Options as Options
from communication.parts import Person as Person
from communication.parts import Played as Played
from communication.parts import Queue as Queue
from communication.parts import Request as Request
from communication.parts import Wanted as Wanted
from communication.parts import Word as Word
from communication.unreadable import UNREADABLE, unreadable
from communication.unreadable import BadMessage as BadMessage
from communication.written import MatchRecord, OverRecord, StepRecord

PROTOCOL = 3
"""Raised when a message changes so that an older program would misread it."""


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
    """Apply for a game: wait until enough have applied for the same in all fields. Brings `waiting`.

    `away` says what is done for players who are away; null: what the host likes.
    """

    game: Word
    version: int
    seats: int
    options: Options = {}
    clock: Clock | None = None
    away: Away | None = None


class Unmatch(Request):
    """Wait no longer."""


class Open(Request):
    """Open a room and take the seat of this number (from 0); `bots` fills so many others; `away` as in `match`.

    Brings `table`. With a `match` that is over, and that one may look at, it begins where that one was after its step
    `n`, with the chance drawn until then; game, version, seats and options must be those of that match.
    """

    game: Word
    version: int
    seats: int
    options: Options = {}
    clock: Clock | None = None
    away: Away | None = None
    bots: int = 0
    private: bool = False
    seat: int = 0
    match: int | None = None
    n: int = 0


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


class Offer(InRoom):
    """Propose something to all others with a seat: `undo`, `draw`, `pause`, `save`; or `resume`, which is done at once.

    After `save` the match rests as after `pause`, until another evening; it goes on when everybody is there again.
    While no match is on: `game`, to play that one here. An offer stands until all have agreed or one has not, and until
    the next step. Brings `table`, and what was agreed on.
    """

    what: Word
    game: Wanted | None = None


class Reply(InRoom):
    """Agree to the offer of that number, or not; for its maker, not means to withdraw it."""

    offer: int
    yes: bool


class Again(InRoom):
    """Want another match, seats moved on by one; it begins when all seats want it. Who watches wants a seat by it."""


class Give(InRoom):
    """After a match, give one's seat to somebody who watches and wants to play, and watch. Brings `table`."""

    name: str


class Say(Request):
    """A line of chat, to a room or (empty) to the lobby."""

    text: str
    room: Word = ""


class History(Request):
    """Ask which finished matches one may look at: those at which one was, and with `mine` False all that were open.

    The newest come first; `before` a number, the next older ones. Brings `past`.
    """

    mine: bool = False
    before: int | None = None


class Replay(Request):
    """Ask for a finished match whole, with everything that was hidden while it was played. Brings `record`."""

    match: int


class Sync(InRoom):
    """Ask for the steps after number `n`; for the whole match where that is not possible (-1)."""

    n: int = -1


class Fetch(InRoom):
    """Ask for what a work has brought, from number `first` on, as much as fits. Brings `results`."""

    first: int = 0


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
    """Logged in under this name; what the server is called, its games (name -> version), the rooms one is still in.

    `away` is what this host likes to be done for players who are away.
    """

    name: str
    server: str
    protocol: int
    program: str
    games: dict[str, int]
    rooms: tuple[str, ...] = ()
    away: Away | None = None


class Lobby(Message):
    """Who is here, the open tables, who waits, and how many matches people have won since the server started."""

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
    """All about a room but its match, for everybody in it; `seat` is the receiver's, `trouble` why the match waits.

    `away` is the house rule for players who are away, `absent` says who is. `wanting` are those who watch and want to
    play, in the order in which they said so. `began` is when the match began, in seconds since 1970; `begins` the step
    of an earlier match from which it is to go on, 0 for a match from the start.
    """

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
    clock: Clock | None = None
    paused: bool = False
    offer: Offering | None = None
    away: Away | None = None
    absent: tuple[Absence, ...] = ()
    begins: int = 0
    began: float = 0.0
    wanting: tuple[str, ...] = ()


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


class Times(Message):
    """The seconds that each seat has left; those of the seats in `runs` go down from now on."""

    room: str
    left: tuple[float, ...]
    runs: tuple[int, ...] = ()


class Over(Message):
    """The match has ended: ranks by seat (1 is best), why, scores if the game has them, the number to look at it by."""

    room: str
    ranks: tuple[int, ...]
    why: str
    scores: tuple[float, ...] | None = None
    match: int | None = None


class Said(Message):
    """A line of chat from a room or (empty) the lobby, numbered there; `old` when it was said before."""

    name: str
    text: str
    room: str = ""
    n: int = 0
    old: bool = False


class Results(Message):
    """What a work has brought from number `first` on; no `rows` where that is all."""

    room: str
    first: int
    rows: tuple[Any, ...] = ()


class Past(Message):
    """Finished matches, the newest first; `more` when there are older ones."""

    matches: tuple[Finished, ...]
    more: bool = False


class Record(Message):
    """A finished match whole, as it is written down."""

    match: int
    about: MatchRecord
    steps: tuple[StepRecord, ...]
    over: OverRecord


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
    Login | Beat | Look | Match | Unmatch | Open | Join | Leave | Step | Resign | Offer | Reply | Again | Give | Say
    | Sync | Fetch | History | Replay
)  # fmt: skip
ToClient: TypeAlias = (
    Ok | Refused | Welcome | Lobby | Waiting | Table | Start | Stepped | Viewed | Times | Over | Said | Results | Past
    | Record | Closed | Bye
)  # fmt: skip

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
        raise unreadable(data, error) from None
    return message


def to_client(data: str | bytes) -> ToClient:
    """The message that a server sent; BadMessage says what is wrong with it."""
    try:
        message: ToClient = _to_client.decode(data)
    except UNREADABLE as error:
        raise unreadable(data, error) from None
    return message
