"""A match: one game_info and the steps that led to it. Journal, replay, prediction and return all are these steps."""

import logging
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from math import isfinite
from typing import Any

from games.game import Game
from games.game_info import MATCH_OVER, Chance, GameInfo, Move, Outcome, Refusal, copy, whole
from games.steps import Step, Steps

log = logging.getLogger(__name__)

START, FORFEIT, DRAW, UNDO, TIMEOUT, LEFT = "start", "forfeit", "draw", "undo", "timeout", "left"
ENDS = (FORFEIT, DRAW)
"""The table's own steps after which a match is over whatever the game says."""
MOST_PARTS, LONGEST, DEEPEST, LARGEST = 2000, 2000, 6, 2**53
"""Bounds of a move: parts in all, characters of a string, nesting, and the largest int that JSON keeps exactly."""
SHARED_MOVES = 4096
"""Small moves kept to be shared; some more than the points of all boards."""


class Match:
    """A game being played or looked at again; everything that happens to it is a step.

    `n` is the number of the last step, -1 before the start; `turn` holds the seats that may act.
    Steps are only ever added: what was taken back stays in the list, with the step that took it back behind it.
    """

    __slots__ = ("game", "info", "n", "options", "outcome", "seats", "steps", "turn")

    def __init__(self, game: Game[Any], seats: int, options: Mapping[str, Any]) -> None:
        self.game = game
        self.seats = seats
        self.options = dict(options)
        self.steps = Steps()
        self.n = -1
        self.info: GameInfo = game.info()
        self.outcome: Outcome | None = None
        self.turn: Collection[int] = ()

    @classmethod
    def replay(cls, game: Game[Any], seats: int, options: Mapping[str, Any], steps: Iterable[Step]) -> "Match":
        """Play recorded steps again; ValueError where a step does not fit."""
        match = cls(game, seats, options)
        for step in steps:
            match.apply(step)
        return match

    def fork(self) -> "Match":
        """Another match that is as far as this one, and goes on by itself."""
        other = Match(self.game, self.seats, self.options)
        for step in self.steps:
            other.steps.add(step.seat, step.move, step.chance)
        other.info, other.n, other.outcome, other.turn = copy(self.info), self.n, self.outcome, self.turn
        return other

    def begin(self, chance: Chance) -> Step:
        """Set the game up: step 0."""
        return self._take(None, (START,), chance)

    def judge(self, seat: int, move: Move) -> Refusal | None:
        """Say why a seat may not make this step, or None."""
        if self.outcome is not None:
            return MATCH_OVER
        try:
            return self.info.judge(seat, move)
        except Exception:
            log.exception("judge of %s failed on %r", self.game.name, move)
            return BROKEN

    def play(self, seat: int, move: Move, chance: Chance) -> Step | Refusal:
        """Carry out a judged step; where the game itself fails, the state is put back and the step refused."""
        try:
            info = self.info
            info.play(seat, move, chance)
            outcome = self.outcome = info.outcome()
            self.turn = () if outcome else info.turn()
        except Exception:
            return self._broken(move)
        self.n += 1
        return self.steps.add(seat, move, chance.record)

    def _broken(self, move: Move) -> Refusal:
        log.exception("play of %s failed on %r", self.game.name, move)
        self._rebuild()
        return BROKEN

    def forfeit(self, seat: int, why: str = "the other side gave up") -> Step:
        """Take a seat out: it comes last, and the match is over."""
        return self._take(None, (FORFEIT, seat, why), Chance.none())

    def draw(self) -> Step:
        """End the match with nobody before anybody else, as agreed."""
        return self._take(None, (DRAW,), Chance.none())

    def undo(self, n: int) -> Step:
        """Take back step n of a seat, which stands, and all after it; `games.undo` says whether that is safe."""
        return self._take(None, (UNDO, n), Chance.none())

    def leave(self, seat: int) -> Step | Refusal:
        """Let a game with open seats know that one was given up."""
        return self._acted((LEFT, seat), Chance.none())

    def time_out(self, chance: Chance) -> Step | Refusal:
        """Let the game do what it does when its `timeout` is over."""
        return self._acted((TIMEOUT,), chance)

    def _acted(self, move: Move, chance: Chance) -> Step | Refusal:
        try:
            return self._take(None, move, chance)
        except Exception:
            return self._broken(move)

    def record(self) -> tuple[list[tuple[int, int | None, Move, tuple[int, ...]]], tuple[Any, ...] | None]:
        """All that has to be written down: each step's number, seat, move and chance, and the ranks, why and scores."""
        steps = [(step.n, step.seat, step.move, step.chance) for step in self.steps]
        return steps, (self.outcome.ranks, self.outcome.why, self.outcome.scores) if self.outcome else None

    def told(self) -> list[tuple[Step, str]]:
        """The steps of seats that stand, each with its words."""
        told, past = [], Match(self.game, self.seats, self.options)
        for step in standing(self.steps):
            if step.seat is not None:
                told.append((step, self.game.words(past.info, step.seat, step.move)))
            past._carry_out(step.seat, step.move, Chance.replay(step.chance))
        return told

    def apply(self, step: Step) -> None:
        """Take in a step that a room announced or a journal holds; ValueError, and no change, where it does not fit."""
        if step.n != self.n + 1:
            raise ValueError(f"step {step.n} does not follow step {self.n}")
        if step.seat is None:
            if not self._is_of_the_table(step.move):
                raise ValueError(f"step {step.n} is not one that the table makes")
        elif self.n < 0:
            raise ValueError("a match begins with a step of the table")
        elif refusal := self.judge(step.seat, step.move):
            raise ValueError(f"step {step.n} is not legal: {refusal.text}")
        try:
            drawn = self._take(step.seat, step.move, Chance.replay(step.chance)).chance
        except Exception as error:
            self._rebuild()
            raise ValueError(f"step {step.n} cannot be played: {error}") from error
        if drawn != tuple(step.chance):
            self.steps.drop()
            self.n -= 1
            self._rebuild()
            raise ValueError(f"step {step.n} has more chance on record than was drawn")

    def _is_of_the_table(self, move: Move) -> bool:
        if self.n < 0:
            return bool(move == (START,))
        if type(move) is not tuple or not move or self.outcome is not None:
            return False
        word, rest = move[0], move[1:]
        if word == FORFEIT:
            return len(rest) == 2 and whole(rest[0], 0, self.seats - 1) and type(rest[1]) is str
        if word == UNDO:
            own = (step.n for step in standing(self.steps) if step.seat is not None)
            return len(rest) == 1 and type(rest[0]) is int and rest[0] in own
        if word == TIMEOUT:
            return not rest and self.info.timeout() is not None
        if word == LEFT:
            return self.info.open_seats and len(rest) == 1 and whole(rest[0], 0, self.seats - 1)
        return bool(word == DRAW) and not rest

    def _take(self, seat: int | None, move: Move, chance: Chance) -> Step:
        self._carry_out(seat, move, chance)
        self.n += 1
        return self.steps.add(seat, move, chance.record)

    def _carry_out(self, seat: int | None, move: Move, chance: Chance) -> None:
        outcome = None
        if seat is not None:
            self.info.play(seat, move, chance)
        elif move[0] == START:
            self.info.setup(self.seats, self.options, chance)
        elif move[0] == UNDO:
            self._stand(step for step in standing(self.steps) if step.n < move[1])
        elif move[0] == TIMEOUT:
            self.info.time_out(chance)
        elif move[0] == LEFT:
            self.info.given_up(move[1])
        else:
            draw = move[0] == DRAW
            outcome = Outcome.draw(self.seats, "agreed") if draw else self.info.lost(move[1], self.seats, move[2])
        self.outcome = outcome or self.info.outcome()
        self.turn = () if self.outcome else self.info.turn()

    def _stand(self, steps: Iterable[Step]) -> None:
        """Put the state to what these steps lead to."""
        self.info, self.outcome, self.turn = self.game.info(), None, ()
        for step in steps:
            self._carry_out(step.seat, step.move, Chance.replay(step.chance))

    def _rebuild(self) -> None:
        self._stand(standing(self.steps))


def standing(steps: Iterable[Step]) -> list[Step]:
    """The steps that were not taken back: those that lead to the state as it is."""
    kept: list[Step] = []
    for step in steps:
        if step.seat is None and step.move[0] == UNDO:
            while kept[-1].n >= step.move[1]:
                kept.pop()
        else:
            kept.append(step)
    return kept


BROKEN = Refusal("game_failed", "The game made a mistake with this step, so it was not played.")


def predicted(info: GameInfo, seat: int, move: Move) -> GameInfo:
    """The state after a step as far as a client can know it; raises `NeedsTable` where only the room can."""
    after = copy(info)
    after.play(seat, move, Chance.none())
    return after


def as_move(value: Any) -> Move:
    """A move from JSON values: lists become tuples; ValueError for what no move may hold."""
    if type(value) is list and len(value) <= 4:  # most moves are a few whole numbers: no need for the walk
        try:
            return _shared(*value)
        except TypeError:
            pass
    return _converted(value, 0, [MOST_PARTS])


@lru_cache(SHARED_MOVES, typed=True)
def _shared(*parts: int) -> tuple[int, ...]:
    """One tuple for all equal ones: many boards have the same points, and steps fill most of a room's memory.

    TypeError for what is not made of whole numbers.
    """
    if all(whole(part, -LARGEST, LARGEST) for part in parts):
        return parts
    raise TypeError("not made of whole numbers")


def _converted(part: Any, depth: int, left: list[int]) -> Move:
    """`left` counts down how many parts the whole move may still have."""
    left[0] -= 1
    if left[0] < 0:
        raise ValueError("too many parts")
    if type(part) is list or type(part) is tuple:
        if depth == DEEPEST:
            raise ValueError("nested too deep")
        return tuple([_converted(p, depth + 1, left) for p in part])
    if part is None or (type(part) is int and -LARGEST <= part <= LARGEST):
        return part
    if type(part) is str and len(part) <= LONGEST:
        return part
    if type(part) is float and isfinite(part):
        return part
    raise ValueError("a move is made of numbers, words and lists of them")
