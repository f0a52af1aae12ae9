"""What messages are made of: their bases, words, options, people, tables in the lobby, clocks, offers, steps."""

from typing import Annotated, Any, TypeAlias

import msgspec

Word: TypeAlias = Annotated[str, msgspec.Meta(max_length=64)]
"""A code, or a name that programs give: short, so that it can be quoted in an answer."""

OptionText: TypeAlias = Annotated[str, msgspec.Meta(max_length=400)]
"""What somebody chose for an option: a word, or a line such as a position on a board."""

Options: TypeAlias = dict[Word, OptionText | int | bool]


class Message(msgspec.Struct, omit_defaults=True, tag_field="type", tag=str.lower):
    """Base of all messages."""


class Request(Message, kw_only=True):
    """Base of what a client sends; `id` is the sender's own number for it."""

    id: int | None = None


class InRoom(Request):
    """Base of what a client sends to a room that it is in."""

    room: Word


class Clock(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """How long players may think, in seconds: `step` for each step, or `main` for all and `more` after each step."""

    step: int = 0
    main: int = 0
    more: int = 0


class Away(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """What is done for players who are away: `rule` is wait, pause, bot or forfeit; `seconds` of their turns before."""

    rule: Word
    seconds: int = 0


class Absence(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """A player who has been away for `gone` seconds; the rule acts in `left`, which go down where it `counts`.

    `bot` is who plays for them.
    """

    seat: int
    gone: float
    left: float = 0.0
    counts: bool = False
    bot: str = ""


class Wanted(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """A game as somebody wants to play it."""

    game: Word
    version: int
    seats: int
    options: Options = {}
    clock: Clock | None = None


class Offering(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """An offer that stands while step `at` is the last one; `first` is the step from which all would be taken back.

    `game` is what would be played here.
    """

    number: int
    what: str
    seat: int
    at: int
    agreed: tuple[int, ...]
    first: int = 0
    game: Wanted | None = None


UNLISTED = "-"
"""Instead of the code of a room that the lobby does not list, such as a private one."""


class Person(msgspec.Struct, omit_defaults=True, frozen=True):
    """Somebody in the lobby or at a table; `away` while their connection is lost; `at` is the room they are in, "-" one
    that is not listed. `gone` tells in the lobby for how many seconds they have been away.
    """

    name: str
    bot: bool = False
    away: bool = False
    at: str = ""
    gone: int = 0


class Card(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """An open table as the lobby lists it; `people` has None for each free seat.

    `begins` is the step of an earlier match from which it is to go on; 0 for a match from the start.
    `progress` says how far a work is; `paused` that the match or the work rests.
    """

    room: str
    game: str
    state: str
    options: Options
    people: tuple[Person | None, ...]
    watchers: int = 0
    clock: Clock | None = None
    begins: int = 0
    progress: str = ""
    paused: bool = False


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """People who wait for the same game."""

    game: str
    seats: int
    options: Options
    names: tuple[str, ...]
    clock: Clock | None = None
    away: Away | None = None


class Played(msgspec.Struct, omit_defaults=True, frozen=True, array_like=True):
    """A step in a list of steps: number, seat (null is the table), move, chance drawn."""

    n: int
    seat: int | None
    move: Any
    chance: tuple[int, ...] = ()


class Finished(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """A match that is over: who played there by seat, when it began, how long it took, its steps, and how it ended."""

    match: int
    game: str
    names: tuple[str, ...]
    at: float
    seconds: float
    steps: int
    ranks: tuple[int, ...]
    why: str
    private: bool = False
