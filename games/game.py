"""A game as people see it: its names, its options, and its table as a scene."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

from games import touch
from games.game_info import GameInfo, Move
from games.scene import Control, Scene, Tag
from games.touch import Press

if TYPE_CHECKING:
    from games.match import Match

log = logging.getLogger(__name__)

Info = TypeVar("Info", bound=GameInfo)

Sound: TypeAlias = Literal["step", "card", "dice"]
LONGEST_TEXT = 400
"""Characters that a text option may have at most: the lobby shows a table's options to everybody."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that whoever opens a table makes: its label and value -> words; the first value is the default."""

    label: str
    choices: Mapping[Any, str]

    @property
    def default(self) -> Any:
        """The value taken where nothing was chosen."""
        return next(iter(self.choices))

    @property
    def values(self) -> Sequence[Any]:
        """The values that tests play."""
        return tuple(self.choices)

    def refusal(self, value: Any) -> str:
        """Why this cannot be the value, in a sentence; "" where it can."""
        if any(type(value) is type(known) and value == known for known in self.choices):
            return ""
        return f"{self.label}: {value!r} is not one of {', '.join(map(str, self.choices))}."

    def read(self, typed: str) -> Any:
        """The value that somebody types in a line; ValueError says what one can type."""
        for value in self.choices:
            if str(value).casefold() == typed.casefold():
                return value
        raise ValueError(f"{self.label}: please choose one of {', '.join(map(str, self.choices))}.")

    def typed(self) -> Mapping[str, str]:
        """What can be typed for it, with what that means."""
        return {str(value): words for value, words in self.choices.items()}

    def words(self, value: Any) -> str:
        """The value in words; "" for one that it does not have."""
        return self.choices.get(value, "")


@dataclass(frozen=True, slots=True)
class TextOption:
    """A line of text that whoever opens a table may write, such as a position; "", the default, leaves it unset.

    `hint` says what to write and `says`, in words, what such a table is; at most `most` characters, `LONGEST_TEXT` of
    them at the highest. What the text means only the game knows: its `check` refuses. Tests play the `examples`.
    """

    label: str
    hint: str
    says: str
    most: int = LONGEST_TEXT
    examples: Sequence[str] = ()

    @property
    def default(self) -> str:
        """The value taken where nothing was written."""
        return ""

    @property
    def values(self) -> Sequence[str]:
        """The values that tests play."""
        return ("", *self.examples)

    def refusal(self, value: Any) -> str:
        """Why this cannot be the value, whatever it means, in a sentence; "" where it can."""
        if type(value) is not str or not value.isprintable():
            return f"{self.label}: please write one line of text."
        return f"{self.label}: that is longer than {self.most} characters." if len(value) > self.most else ""

    def read(self, typed: str) -> str:
        """The value that somebody types in a line."""
        return typed

    def typed(self) -> Mapping[str, str]:
        """What can be typed for it, with what that means."""
        return {'"..."': self.hint}

    def words(self, value: Any) -> str:
        """The value in words."""
        return self.says if value else ""


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort what a seat holds: what a button for it says, and the picks as they lie then."""

    label: str
    sort: Callable[[Sequence[Tag]], Sequence[Tag]]


class Game(Generic[Info]):
    """Base of every game on the shelf; one object of each subclass serves all matches and holds no state."""

    name: ClassVar[str]
    """Stable word for programs and command lines: lower case, `_` for spaces."""
    title: ClassVar[str]
    version: ClassVar[int] = 1
    """Raised whenever rules, options or the fields of the game_info change; room and client must agree."""
    seats: ClassVar[range]
    info: ClassVar[type[GameInfo]]
    options: ClassVar[Mapping[str, Option | TextOption]] = {}
    summary: ClassVar[str]
    """One sentence for somebody who does not know the game."""
    rules: ClassVar[str]
    """The rule text that the game follows, named so that one can find it."""
    help: ClassVar[Sequence[str]] = ()
    """How it is played, in a few paragraphs that fit on a screen, for somebody who has never seen it."""
    sides: ClassVar[Sequence[str]] = ()
    """What each seat is called where seats differ ("black", "white")."""
    replaces: ClassVar[bool] = False
    """Whether somebody who leaves is replaced by a bot; otherwise the match is forfeited."""
    orders: ClassVar[Sequence[Order]] = ()
    """Ways to sort what can be picked, the scene's own first; who looks takes which they like."""
    weighs: ClassVar[str] = ""
    """What `balance` goes by, in words ("by what is left on the board"); "" where it says nothing."""
    example: ClassVar[Sequence[Move]] = ()
    """Steps played from the start for the picture on the game's tile; empty: a few random ones."""

    def scene(self, info: Info, seat: int | None) -> Scene:
        """What the table looks like from that seat (None: a watcher); a pure function of what the seat may see."""
        raise NotImplementedError

    def tall_scene(self, info: Info, seat: int | None) -> Scene:
        """The same table for a place that is not much wider than high, where a game lays it out otherwise there."""
        return self.scene(info, seat)

    def read(self, info: Info, seat: int, touches: Sequence[Tag]) -> Move | None:
        """The move that the tags touched so far spell, or None while they spell none."""
        return touch.read(info, seat, self.scene(info, seat), touches)

    def press(self, info: Info, seat: int, button: Control, picks: Sequence[Tag], values: Mapping[str, Any]) -> Press:
        """What a button would send, with what is picked and the values of the other controls, and how it says so.

        A game overrides it where its moves are not made of picks as they are, or where a label should tell more.
        """
        return Press(touch.press(button, picks, values), button.label)

    def picks(self, info: Info, seat: int, move: Move) -> Sequence[Tag]:
        """What has to be picked so that a button sends this move; nothing for a move that takes no picks."""
        return ()

    def advise(self, info: Info, seat: int) -> Sequence[Move]:
        """Legal moves worth making, the best one first; nothing where the game has no opinion.

        Bots make the first, and a hint shows one after the other. `info` is what that seat may see.
        """
        return ()

    def words(self, before: Info, seat: int, move: Move) -> str:
        """A step in words for the list of steps; `before` is the state it was made in."""
        return " ".join(map(str, move)) if type(move) is tuple else str(move)

    def words_in(self, language: str, before: Info, seat: int, move: Move) -> str:
        """A step in words for readers of a language ("en", "zh"); a game says here what it writes otherwise there."""
        return self.words(before, seat, move)

    def sound(self, move: Move) -> Sound:
        """What a step sounds like where it is made: something put down, cards, or dice that are thrown."""
        return "step"

    def moment(self, before: Info, seat: int, move: Move) -> str:
        """What makes a step worth going to when a match is looked at again, in a few words; "" for most steps.

        Words that end with "!" are for a step that all but decides the match; of what is told of several places
        ("F8: an open three") the first stands apart. `before` is a copy of the state it was made in, which may be
        changed.
        """
        return ""

    def balance(self, info: Info) -> float | None:
        """How much better seat 0 stands than the other seat, from -1 (it is lost) to 1 (it is won); None: nobody knows.

        A game says so only where whoever it thinks better wins more often than not, and names in `weighs` what it goes
        by. `info` is the whole state of a match that is not over.
        """
        return None

    def notation(self, match: "Match", names: Sequence[str] = ()) -> str:
        """A whole match as text, for people to keep and to take elsewhere; by default a line for each step.

        `names` are those of the people by seat, where they are known and the text has a place for them.
        """
        steps = [f"{n}. {words}" for n, (_, words) in enumerate(match.told(), 1)]
        return "\n".join([*steps, *([match.outcome.why] if match.outcome else [])])

    def read_notation(self, text: str) -> "Sequence[tuple[Match, Sequence[str]]]":
        """The matches in a text such as `notation` gives, each with the names by seat; none where it is no such text.

        ValueError says in a sentence what is wrong with a text that looks like one.
        """
        return ()

    def chosen(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """All options with their values, defaults filled in; ValueError says in a sentence what is not possible."""
        unknown = [name for name in options if name not in self.options]
        if unknown:
            raise ValueError(f"{self.title} has no option {unknown[0]!r}.")
        values = {name: options.get(name, option.default) for name, option in self.options.items()}
        for name, value in values.items():
            if refusal := self.options[name].refusal(value):
                raise ValueError(refusal)
        try:
            self.check(values)
        except ValueError:
            raise
        except Exception:
            log.exception("%s could not check %r", self.name, values)
            raise ValueError(f"{self.title} cannot be played with these options.") from None
        return values

    def check(self, options: Mapping[str, Any]) -> None:
        """Raise ValueError with a sentence for people where a text means nothing, or options do not go together.

        Each option by itself is possible already. Texts come from anybody, so nothing else may be raised.
        """

    def seating(self) -> str:
        """How many can play, in words: "2" or "2-6"."""
        first, last = self.seats[0], self.seats[-1]
        return str(first) if first == last else f"{first}-{last}"
