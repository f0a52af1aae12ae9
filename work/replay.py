"""Replay: a match that is over, to be looked at step by step, from any seat or with everything open."""

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

from communication.written import Written, lines, moment_of, noted, read
from games import notation
from games.game import Game
from games.game_info import GameInfo, Move, copy, secrets_of, view
from games.match import DRAW, TIMEOUT, UNDO, Match, as_move
from games.scene import Scene, marked
from games.steps import Step
from work.clocks import face
from work.language import N_, _, spoken
from work.replay_times import times
from work.table import Line
from work.table import written as written_line

log = logging.getLogger(__name__)

MARKS_EVERY = 10
"""Steps between two positions that are kept: so many are played again at most to see another one."""
ORDINARY = 3
"""What happens at more than one of so many steps is nothing to mark."""
LONG_THOUGHT = 20.0
"""Seconds from which on the longest thought of a match is marked."""

Kind: TypeAlias = Literal["own", "first", "again", "strong", "check", "taken", "chance", "undo", "thought", "end"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A step worth going to: its number, what it is, and in words."""

    n: int
    kind: Kind
    words: str
    step: Line | None = None
    """The step itself, where that says it."""

    @property
    def said(self) -> str:
        """The same in the player's language, and in the notation that the game has there."""
        said = self.step.said if self.step is not None and self.step.words == self.words else spoken(self.words)
        return _("{moment} (first)").format(moment=said) if self.kind == "first" else said


class Replay:
    """A match as it was written down. `number` is what its host knows it by; None for one from a file.

    ValueError where this program cannot play it: another version of the game, or steps that do not fit.
    """

    def __init__(self, written: Written, shelf: Mapping[str, Game[Any]], number: int | None = None) -> None:
        about = written.about
        game = shelf.get(about.game)
        if game is None or game.version != about.version:
            have = f"version {game.version}" if game else "no such game"
            title = game.title if game else about.game
            raise ValueError(f"This match is {title}, version {about.version}; your program has {have}.")
        if about.seats not in game.seats or len(about.names) != about.seats or not written.steps:
            raise ValueError("This is not a whole match.")
        self.written, self.about, self.over, self.number = written, about, written.over, number
        self.game = game
        self.options = game.chosen(about.options)
        self.names = self.over.names if self.over is not None and self.over.names else about.names
        self.steps = [Step(one.n, one.seat, as_move(one.move), tuple(one.chance)) for one in written.steps]
        self.secret = bool(secrets_of(game.info))
        self.lines: list[Line] = []
        self.moments: list[Moment] = []
        self._marks: list[Match] = []
        self._turns: list[Collection[int]] = []
        self._look_through()
        self.times = times(written, self._turns)
        """Seconds by seat after each step, left or used (see `replay_times`); empty where they are not known."""
        self.weighed = self._weigh(self._marks[0].info) is not None
        """Whether one can say who stands better."""

    @property
    def last(self) -> int:
        """The number of the last step."""
        return len(self.steps) - 1

    @property
    def seconds(self) -> float:
        """How long the match took; 0 where that is not known."""
        return max(0.0, self.over.at - self.about.at) if self.over is not None else 0.0

    def at(self, n: int) -> Match:
        """The match as it was after step n."""
        match = self._marks[n // MARKS_EVERY].fork()
        for step in self.steps[match.n + 1 : n + 1]:
            match.apply(step)
        return match

    def shown(self, info: GameInfo, seat: int | None) -> GameInfo:
        """What a seat saw of a position; None is everybody now, for whom everything is open."""
        return info if seat is None or not self.secret else view(info, seat)

    def scene(self, match: Match, seat: int | None, *, tall: bool = False) -> Scene:
        """What the table looked like from that seat; `tall` for a place that is not much wider than high."""
        scene = (self.game.tall_scene if tall else self.game.scene)(self.shown(match.info, seat), seat)
        return marked(scene, self.steps[match.n].move)

    def balance(self, match: Match) -> float:
        """Who stands better in this match as it is: 1 seat 0, -1 the other one, 0 nobody; see `Game.balance`."""
        if match.outcome is not None:
            return 0.0 if match.outcome.drawn else 1.0 if 0 in match.outcome.winners else -1.0
        return self._weigh(match.info) or 0.0

    def balances(self) -> Iterator[float]:
        """The balance after every step, from the beginning on; each is worked out when it is asked for."""
        match = Match(self.game, self.about.seats, self.options)
        for step in self.steps:
            match.apply(step)
            yield self.balance(match)

    def thought(self, n: int) -> float:
        """The seconds between step n and the one before; 0 where they are not known."""
        if n < 1 or not self.written.steps[n].at or not self.written.steps[n - 1].at:
            return 0.0
        return max(0.0, self.written.steps[n].at - self.written.steps[n - 1].at)

    def line(self, n: int) -> Line | None:
        """Step n in words; None for the beginning."""
        return self.lines[n - 1] if n else None

    def moment(self, n: int, way: int) -> int:
        """The step of the next moment after step n, or before it; the last or first step where there is none."""
        if way > 0:
            return min((moment.n for moment in self.moments if moment.n > n), default=self.last)
        return max((moment.n for moment in self.moments if moment.n < n), default=0)

    def text(self) -> str:
        """The match as text: as its game writes matches down, where it has a notation of its own."""
        match = self.at(self.last)
        told = self.game.notation(match, self.names)
        if type(self.game).notation is not Game.notation:
            return told
        when = moment_of(self.about.at, "%Y-%m-%d %H:%M")
        return f"{self.game.title}: {' - '.join(self.names)}, {when}\n{told}"

    def save(self, folder: Path) -> Path:
        """Write the match into a new file in a folder, made if need be, and give its path. OSError: it cannot be."""
        folder.mkdir(parents=True, exist_ok=True)
        when = moment_of(self.about.at, "%Y-%m-%d %H.%M")
        name = "".join(c for c in f"{when} {self.game.title} {' - '.join(self.names)}" if c.isalnum() or c in " .-'")
        path = folder / f"{name[:100].strip()}{SUFFIX}"
        path.write_text("\n".join(lines(self.written)) + "\n", encoding="utf-8")
        return path

    def _look_through(self) -> None:
        """Play the match once: keep positions on the way, put every step in words, and find the moments."""
        match, scene, found = Match(self.game, self.about.seats, self.options), None, list[Moment]()
        for step in self.steps:
            before = copy(match.info) if step.n else match.info
            match.apply(step)
            self._turns.append(match.turn)
            if step.n % MARKS_EVERY == 0:
                self._marks.append(match.fork())
            after = self.game.scene(match.info, None)
            if scene is not None:
                line = self._line(before, step)
                self.lines.append(line)
                marks = self._found(before, step, line, scene, after)
                found += [Moment(step.n, kind, words, line) for kind, words in marks]
            scene = after
        found = list(_told_apart(found))
        often = Counter(moment.kind for moment in found)
        kept = [moment for moment in found if often[moment.kind] * ORDINARY <= max(self.last, ORDINARY)]
        self.moments = sorted([*kept, *self._ends(match)], key=lambda moment: moment.n)

    def _found(self, before: GameInfo, step: Step, line: Line, scene: Scene, after: Scene) -> list[tuple[Kind, str]]:
        """What makes a step worth a mark, as its game says, and as can be seen on the table."""
        if step.seat is None:
            return [("undo", line.words)] if step.move[0] == UNDO else []
        if words := self._own(before, step.seat, step.move):
            return [("strong" if words.endswith("!") else "own", words)]
        if _checks(after) > _checks(scene):
            return [("check", line.words)]
        if _pieces(after) < _pieces(scene):
            return [("taken", line.words)]
        return [("chance", line.words)] if step.chance else []

    def _own(self, before: GameInfo, seat: int, move: Move) -> str:
        """What the game itself says that makes the step worth a mark."""
        try:
            return self.game.moment(before, seat, move)
        except Exception:
            log.exception("%s cannot tell whether %r is a moment", self.game.name, move)
            return ""

    def _weigh(self, info: GameInfo) -> float | None:
        """What the game says of who stands better; None where it cannot tell."""
        try:
            return self.game.balance(info)
        except Exception:
            log.exception("%s cannot tell who stands better", self.game.name)
            return None

    def _ends(self, match: Match) -> list[Moment]:
        """The longest thought, where it was long, and the end."""
        longest = max(range(1, self.last + 1), key=self.thought, default=0)
        found = []
        if (seconds := self.thought(longest)) >= LONG_THOUGHT:
            found.append(Moment(longest, "thought", _("{time} to think").format(time=face(round(seconds)))))
        if match.outcome is not None:
            found = [moment for moment in found if moment.n != self.last]
            found.append(Moment(self.last, "end", match.outcome.why))
        return found

    def _line(self, before: GameInfo, step: Step) -> Line:
        if step.seat is not None:
            return written_line(self.game, before, step.n, step.seat, step.move)
        word = step.move[0]
        if word == UNDO:
            return Line(step.n, None, _("step {number} taken back").format(number=step.move[1]))
        return Line(step.n, None, {DRAW: N_("draw agreed"), TIMEOUT: N_("time is up")}.get(word, step.move[-1]))


def _told_apart(moments: Sequence[Moment]) -> Iterator[Moment]:
    """The moments, but of what a game tells of several places ("F8: an open three") the first apart from the others."""
    sorts = [moment.words.partition(": ")[2] if moment.kind == "own" else "" for moment in moments]
    for k, (moment, sort) in enumerate(zip(moments, sorts, strict=True)):
        if sort and sorts.count(sort) > 1:
            yield replace(moment, kind="first" if sorts.index(sort) == k else "again")
        else:
            yield moment


SUFFIX = ".jsonl"
"""What the names of saved matches end with."""


def opened(path: Path, shelf: Mapping[str, Game[Any]]) -> Replay:
    """The first match in a file; ValueError says in a sentence why there is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path.name} cannot be read: {error.strerror}.") from None
    try:
        written = read(data.splitlines())[0] if path.suffix == SUFFIX else _noted(data, shelf)
    except ValueError:
        raise ValueError(f"{path.name} is not a match that was saved.") from None
    return Replay(written, shelf)


def _noted(data: bytes, shelf: Mapping[str, Game[Any]]) -> Written:
    """The first match in a text that is in the notation of its game."""
    match, names = notation.read(data.decode("utf-8", "replace"), shelf.values())[0]
    return noted(match.game.name, match.game.version, match.options, names, *match.record())


def _checks(scene: Scene) -> int:
    return sum(item.mark == "check" for item in scene.items)


def _pieces(scene: Scene) -> int:
    """The pieces that lie on a table: what glides, but for cards, which come and go all the time."""
    return sum(bool(item.id or item.kin) and item.kind != "card" for item in scene.items)
