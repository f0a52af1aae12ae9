"""What a journal holds, as records; and the journal that holds nothing."""

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from communication.messages import Absence, Away, Clock, Offering
from communication.runner import NotKept
from communication.written import MatchRecord, OverRecord, StepRecord
from games.steps import Step

WAITING, PLAYING, OVER = "waiting", "playing", "over"
"""The states of a room."""

Chat: TypeAlias = tuple[tuple[int, str, str], ...]
"""Lines of chat: number, name, text."""


class JournalError(NotKept):
    """The journal cannot be opened or written; the text is one sentence for people."""


class WishRecord(msgspec.Struct, frozen=True):
    """What somebody on the wait list waits for."""

    game: str
    version: int
    seats: int
    options: dict[str, str | int | bool]
    clock: Clock | None = None
    away: Away | None = None


class PersonRecord(msgspec.Struct, frozen=True):
    """Somebody the server knows, beside the hash of their key; `house` bots die with their server."""

    name: str
    bot: bool
    house: bool
    wish: WishRecord | None = None


class RoomRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A room but for its steps; people are named by the hashes of their keys, in hex.

    `left` are the seconds of each seat when they were last told: what has run since then is given back; and so it is
    with those in `absent`. `begins` is the match, and the number of its step, from which the room will go on. `offers`
    is the number of the offer made last, `coming` how many bots were on their way to free seats.
    """

    code: str
    game: str
    version: int
    options: dict[str, str | int | bool]
    private: bool
    state: str
    round: int
    match: int | None
    seats: tuple[str | None, ...]
    watchers: tuple[str, ...]
    again: tuple[int, ...]
    chat: Chat
    away: Away
    clock: Clock | None = None
    left: tuple[float, ...] = ()
    paused: bool = False
    offer: Offering | None = None
    absent: tuple[Absence, ...] = ()
    barred: tuple[str, ...] = ()
    begins: tuple[int, int] | None = None
    wanting: tuple[str, ...] = ()
    offers: int = 0
    coming: int = 0


class Kept(msgspec.Struct, frozen=True):
    """A match as the journal holds it: what it is about, its steps, and how it ended, if it did."""

    id: int
    about: MatchRecord
    steps: list[StepRecord]
    over: OverRecord | None


class Undone(msgspec.Struct):
    """What a round that could not be written had changed, as it was before it; None: it was not there."""

    rooms: dict[str, tuple[RoomRecord, Kept | None] | None]
    people: dict[bytes, PersonRecord | None]


class Ledger:
    """What the master layer needs of a journal, and all that numbers of matches need; by itself it writes nothing."""

    broken = ""
    """The sentence that says why nothing can be written just now; "" while all is well."""

    def __init__(self) -> None:
        self._next_match = 1

    def begin(self, about: MatchRecord) -> int:
        """Note that a match begins; gives its number."""
        number, self._next_match = self._next_match, self._next_match + 1
        return number

    def step(self, match: int, step: Step) -> None:
        """Note a step."""

    def over(self, match: int, over: OverRecord) -> None:
        """Note how a match ended."""

    def room(self, record: RoomRecord) -> None:
        """Note how a room stands now."""

    def no_room(self, code: str) -> None:
        """Note that a room has closed."""

    def person(self, key_hash: bytes, record: PersonRecord) -> None:
        """Note how somebody stands now."""

    def no_person(self, key_hash: bytes) -> None:
        """Forget somebody."""

    def lobby(self, chat: Chat) -> None:
        """Note what was said in the lobby."""

    def commit(self) -> None:
        """Write what was noted. JournalError when that fails: then all that was noted is given up.

        While the journal is broken only a round with steps fails; whatever else was noted waits.
        """

    def undone(self) -> Undone:
        """What the round that failed had changed, as the journal holds it; once, after the failure."""
        return Undone({}, {})

    def mend(self) -> None:
        """Try whether the journal can be written again, and write what waits; `broken` tells."""

    def close(self) -> None:
        """Write what is left and let go."""

    def people(self) -> Iterator[tuple[bytes, PersonRecord]]:
        """Everybody known when the journal was opened."""
        return iter(())

    def rooms(self) -> Iterator[tuple[RoomRecord, "Kept | None"]]:
        """Every room that was open, with its match; one that cannot be read is set aside."""
        return iter(())

    def chat(self) -> Chat:
        """What was said in the lobby."""
        return ()

    def finished(self, most: int) -> list[Kept]:
        """The last so many matches that are over, oldest first, without their steps."""
        return []

    def kept(self, match: int) -> Kept | None:
        """A match whole; None where there is none, or none that can be read."""
        return None

    def set_aside(self, code: str, why: str) -> None:
        """Take a room that cannot be played on out of the way, without deleting it."""


class NoJournal(Ledger):
    """Keeps nothing: for a server whose tables need not outlive it, and for tests."""
