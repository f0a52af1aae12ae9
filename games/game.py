"""A game as people see it: its names, its options, and its table as a scene."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from games import touch
from games.game_info import GameInfo, Move
from games.scene import Scene, Tag

Info = TypeVar("Info", bound=GameInfo)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that whoever opens a table makes: its label and value -> words; the first value is the default."""

    label: str
    choices: Mapping[Any, str]

    @property
    def default(self) -> Any:
        """The value taken where nothing was chosen."""
        return next(iter(self.choices))


class Game(Generic[Info]):
    """Base of every game on the shelf; one object of each subclass serves all matches and holds no state."""

    name: ClassVar[str]
    """Stable word for programs and command lines: lower case, `_` for spaces."""
    title: ClassVar[str]
    version: ClassVar[int] = 1
    """Raised whenever rules, options or the fields of the game_info change; room and client must agree."""
    seats: ClassVar[range]
    info: ClassVar[type[GameInfo]]
    options: ClassVar[Mapping[str, Option]] = {}
    summary: ClassVar[str]
    """One sentence for somebody who does not know the game."""
    rules: ClassVar[str]
    """The rule text that the game follows, named so that one can find it."""
    sides: ClassVar[Sequence[str]] = ()
    """What each seat is called where seats differ ("black", "white")."""
    replaces: ClassVar[bool] = False
    """Whether somebody who leaves is replaced by a bot; otherwise the match is forfeited."""
    example: ClassVar[Sequence[Move]] = ()
    """Steps played from the start for the picture on the game's tile; empty: a few random ones."""

    def scene(self, info: Info, seat: int | None) -> Scene:
        """What the table looks like from that seat (None: a watcher); a pure function of what the seat may see."""
        raise NotImplementedError

    def read(self, info: Info, seat: int, touches: Sequence[Tag]) -> Move | None:
        """The move that the tags touched so far spell, or None while they spell none."""
        return touch.read(info, seat, self.scene(info, seat), touches)

    def words(self, before: Info, seat: int, move: Move) -> str:
        """A step in words for the list of steps; `before` is the state it was made in."""
        return " ".join(map(str, move)) if type(move) is tuple else str(move)

    def chosen(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """All options with their values, defaults filled in; ValueError names what is not on offer."""
        unknown = [name for name in options if name not in self.options]
        if unknown:
            raise ValueError(f"{self.title} has no option {unknown[0]!r}.")
        values = {name: options.get(name, option.default) for name, option in self.options.items()}
        for name, value in values.items():
            if not any(type(value) is type(known) and value == known for known in self.options[name].choices):
                allowed = ", ".join(map(str, self.options[name].choices))
                raise ValueError(f"{self.options[name].label}: {value!r} is not one of {allowed}.")
        return values

    def seating(self) -> str:
        """How many can play, in words: "2" or "2-6"."""
        first, last = self.seats[0], self.seats[-1]
        return str(first) if first == last else f"{first}-{last}"
