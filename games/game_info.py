"""The state of a game and its judge, pure: no input, output, clock, thread or randomness of its own.

The room holds one game_info and judges every step with it; each client holds a copy of the same class, as far as its
seat may see it. What a seat may not see is `HIDDEN` there.
"""

import secrets
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, ClassVar, Literal, Self, TypeVar, get_args, get_type_hints

import msgspec

Move = Any
"""A step's content: `None`, int, finite float, str, or a tuple of these (nested at will). Never a bool."""

T = TypeVar("T")
Info = TypeVar("Info", bound="GameInfo")


class NeedsTable(Exception):
    """Only the room knows this: something hidden was used, or chance was asked for, at a client."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step is not legal: a stable `code` for programs and words for people.

    The first sentence says what is wrong, and is shown as a heading; a second one, where there is one, what helps.
    """

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a match ended: `ranks[seat]` from 1 (best; equal ranks are ties), why, and scores where the game has them."""

    ranks: tuple[int, ...]
    why: str
    scores: tuple[float, ...] | None = None

    @classmethod
    def win(cls, seat: int, seats: int, why: str) -> Self:
        """Outcome in which one seat wins and all others share the second rank."""
        return cls(tuple(1 if s == seat else 2 for s in range(seats)), why)

    @classmethod
    def lose(cls, seat: int, seats: int, why: str) -> Self:
        """Outcome in which one seat loses and all others share the first rank."""
        return cls(tuple(2 if s == seat else 1 for s in range(seats)), why)

    @classmethod
    def draw(cls, seats: int, why: str) -> Self:
        """Outcome in which all seats share the first rank."""
        return cls((1,) * seats, why)

    @property
    def winners(self) -> tuple[int, ...]:
        """The seats of the first rank; all of them in a draw."""
        return tuple(seat for seat, rank in enumerate(self.ranks) if rank == 1)

    @property
    def drawn(self) -> bool:
        """Whether nobody came before anybody else."""
        return len(set(self.ranks)) == 1


class Chance(msgspec.Struct):
    """Where dice and shuffles come from; every draw is kept in `record`, so that a replay can feed it back.

    `draw(n)` gives a number from 0 to n - 1. In a room it is the operating system's randomness.
    """

    draw: Callable[[int], int] = secrets.randbelow
    record: tuple[int, ...] = ()

    @classmethod
    def replay(cls, record: Iterable[int]) -> Self:
        """Chance that gives what was recorded; ValueError where the record does not fit."""
        left = iter(record)

        def draw(n: int) -> int:
            value = next(left, -1)
            if not 0 <= value < n:
                raise ValueError(f"the record of chance does not fit: {value} is not below {n}")
            return value

        return cls(draw)

    @classmethod
    def none(cls) -> Self:
        """Chance of a client that predicts: every draw raises `NeedsTable`."""

        def draw(n: int) -> int:
            raise NeedsTable("only the room may draw")

        return cls(draw)

    def below(self, n: int) -> int:
        """Draw a number from 0 to n - 1."""
        value = self.draw(n)
        self.record += (value,)
        return value

    def roll(self, sides: int = 6) -> int:
        """Throw one die: a number from 1 to `sides`."""
        return self.below(sides) + 1

    def choice(self, options: Sequence[T]) -> T:
        """Draw one of the options."""
        return options[self.below(len(options))]

    def shuffle(self, cards: Iterable[T]) -> list[T]:
        """Return the cards in a new list, in an order drawn evenly (Fisher and Yates)."""
        deck = list(cards)
        for last in range(len(deck) - 1, 0, -1):
            other = self.below(last + 1)
            deck[last], deck[other] = deck[other], deck[last]
        return deck


class Hidden:
    """What stands where a seat may not look: any use of it but `is HIDDEN` raises `NeedsTable`."""

    __slots__ = ()

    def _refuse(self, *_: object) -> Any:
        raise NeedsTable("this is hidden from here")

    __getattr__ = __setattr__ = __getitem__ = __setitem__ = __delitem__ = __contains__ = __call__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __neg__ = __abs__ = __round__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __and__ = __rand__ = __or__ = __ror__ = _refuse
    __len__ = __iter__ = __reversed__ = __bool__ = __int__ = __float__ = __index__ = __str__ = _refuse
    __hash__ = _refuse

    def __repr__(self) -> str:
        return "HIDDEN"

    def __copy__(self) -> "Hidden":
        return self

    def __deepcopy__(self, memo: object) -> "Hidden":
        return self

    def __reduce__(self) -> str:
        return "HIDDEN"


HIDDEN = Hidden()


def hidden(value: object) -> bool:
    """Whether this is hidden from who looks; the one question that may be asked of it."""
    return value is HIDDEN


def secret(who: Literal["owner", "nobody"], empty: Callable[[], Any] = list) -> Any:
    """Declare a field that not everybody sees; it begins as an empty list, or as whatever `empty` makes.

    "owner": a list by seat, of which each seat sees its own entry only. "nobody": only the room sees it.
    """
    return field(default_factory=empty, metadata={"secret": who})


class GameInfo:
    """Base of every game_info; a subclass is a `@dataclass` whose fields, all with defaults, are the whole state.

    Everything is deterministic given the steps and the chance drawn. Seats count from 0. The room calls `judge` before
    `play`; only code of the game runs in between, on one thread.
    """

    __slots__ = ()  # so that a game may have slots: where many rooms are at play, what lies together is found sooner

    open_seats: ClassVar[bool] = False
    """Whether seats may be empty: the match begins with the first member, others come and go (`given_up`)."""

    def setup(self, seats: int, options: Mapping[str, Any], chance: Chance) -> None:
        """Prepare the beginning of a match for so many seats; `options` holds a value for each declared option.

        By default nothing is to be done: the fields' defaults are the beginning.
        """

    def turn(self) -> Collection[int]:
        """Seats that may act now; several act simultaneously; empty exactly when the match is over."""
        raise NotImplementedError

    def moves(self, seat: int) -> Iterable[Move] | None:
        """List what that seat may do now: nothing when it is not in turn, None when there are too many to list."""
        raise NotImplementedError

    def judge(self, seat: int, move: Move) -> Refusal | None:
        """Say why the step is not legal, or None; never raises and changes nothing, whatever `move` is."""
        return self.untimely(seat) or (None if listed(move, self.moves(seat) or ()) else NOT_LISTED)

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        """Carry out a step that `judge` accepted."""
        raise NotImplementedError

    def outcome(self) -> Outcome | None:
        """How the match ended, or None while it goes on."""
        raise NotImplementedError

    def lost(self, seat: int, seats: int, why: str) -> Outcome:
        """How the match ends when that seat resigns, leaves or has no time left: by default it comes last."""
        return Outcome.lose(seat, seats, why)

    def timeout(self) -> float | None:
        """Seconds after which the table acts by itself in this state, by `time_out`; None: it waits."""
        return None

    def time_out(self, chance: Chance) -> None:
        """Carry out what the table does by itself when `timeout` is over; a game that has time-outs says what."""
        raise NotImplementedError

    def hides(self, seat: int, move: Move) -> bool:
        """Whether the content of this step, asked before it is played, is nobody's business but that seat's.

        What the others see after a hidden step must not depend on its content: it may be taken back.
        """
        return False

    def given_up(self, seat: int) -> None:
        """Carry out that somebody gave this seat up, where seats are open; it may be taken again."""

    def sent_away(self) -> Collection[int]:
        """Seats whose members the room shall send away for good, where seats are open."""
        return ()

    def progress(self) -> str:
        """How far it is, in a few words for the lobby; "" where there is nothing to say."""
        return ""

    def results(self, first: int) -> Sequence[Any]:
        """What has been brought so far, from number `first` on, as JSON values; no more than fits in a message.

        Anybody at the table may ask for it, again and again until nothing is left: for what is too much for a view.
        """
        return ()

    def untimely(self, seat: int) -> Refusal | None:
        """Refusal for a seat that is not in turn, or None; the first line of a `judge` of one's own."""
        turn = self.turn()
        if seat in turn:
            return None
        return NOT_YOUR_TURN if turn else MATCH_OVER


NOT_YOUR_TURN = Refusal("not_your_turn", "It is not your turn.")
MATCH_OVER = Refusal("match_over", "This match is over.")
NOT_LISTED = Refusal("not_legal", "That is not possible now. Choose another place.")


def listed(move: Move, moves: Iterable[Move]) -> bool:
    """Whether the move is among the moves, type for type: True is not 1, and 1.0 is not 1."""
    return any(alike(move, other) for other in moves)


def alike(a: Move, b: Move) -> bool:
    """Whether two moves are equal in value and in the type of every part."""
    if type(a) is not type(b):
        return False
    if type(a) is tuple:
        return len(a) == len(b) and all(map(alike, a, b))
    return bool(a == b)


def whole(value: object, low: int, high: int) -> bool:
    """Whether the value is an int (not a bool) from `low` to `high`, both included."""
    return type(value) is int and low <= value <= high


# -- the state as JSON, and what a seat sees of it ---------------------------------------------------------------------

_MASK = {"hidden": True}


def dump(info: GameInfo) -> dict[str, Any]:
    """The whole state as JSON values; hidden places are marked so that `load` puts them back."""
    state: dict[str, Any] = msgspec.to_builtins(info, enc_hook=_mask, str_keys=True)
    return state


def load(cls: type[Info], state: Mapping[str, Any]) -> Info:
    """Make a game_info from what `dump` gave; raises `msgspec.ValidationError` where the state does not fit."""
    info = cls()
    for name, kind in _kinds(cls).items():  # type: ignore[arg-type]  # the class has a hash, whatever its objects have
        if name not in state:
            raise msgspec.ValidationError(f"the state lacks {name}")
        setattr(info, name, _restored(state[name], kind))
    return info


def copy(info: Info) -> Info:
    """An independent copy of the state."""
    return load(type(info), dump(info))


def view(info: Info, seat: int | None) -> Info:
    """A copy with `HIDDEN` wherever that seat may not look; None is a watcher, who owns nothing."""
    return load(type(info), seen(info, seat))


def seen(info: GameInfo, seat: int | None) -> dict[str, Any]:
    """What `dump` gives of the view of a seat; what it may not see is not even looked at, however much that is."""
    state = {}
    for f in fields(info):  # type: ignore[arg-type]
        value, who = getattr(info, f.name), f.metadata.get("secret")
        if who == "nobody":
            value = HIDDEN
        elif who == "owner" and value is not HIDDEN:
            value = [entry if owner == seat else HIDDEN for owner, entry in enumerate(value)]
        state[f.name] = msgspec.to_builtins(value, enc_hook=_mask, str_keys=True)
    return state


def secrets_of(cls: type[GameInfo]) -> dict[str, str]:
    """The secret fields of a game_info class: name -> "owner" or "nobody"; empty for open games."""
    return {f.name: f.metadata["secret"] for f in fields(cls) if "secret" in f.metadata}  # type: ignore[arg-type]


def digest(info: GameInfo) -> int:
    """A short sum of the state, equal for equal states, by which a copy notices that it has drifted (CRC-32)."""
    return zlib.crc32(msgspec.json.encode(dump(info), order="deterministic"))


def _mask(value: object) -> Any:
    if value is HIDDEN:
        return _MASK
    raise NotImplementedError(f"{type(value).__name__} is not JSON")


@cache
def _kinds(cls: type[GameInfo]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {f.name: hints[f.name] for f in fields(cls)}  # type: ignore[arg-type]


def _restored(value: Any, kind: Any) -> Any:
    if value == _MASK:
        return HIDDEN
    if type(value) is list and _MASK in value:
        entry = (get_args(kind) or (Any,))[0]
        return [_restored(v, entry) for v in value]
    return msgspec.convert(value, kind, str_keys=True)
