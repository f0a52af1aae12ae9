"""Random matches of every game on the shelf, and what else the contract suite tries them with.

`ROUNDTABLE_MATCHES` says how many random matches are played of each variant (a number of seats with options).
"""

import math
import os
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from games import GAMES, touch
from games.game import Game, Option, TextOption
from games.game_info import Chance, GameInfo, Move, Refusal, copy, view
from games.match import Match
from games.scene import Control, Scene
from games.steps import Step

MATCHES = int(os.environ.get("ROUNDTABLE_MATCHES", "2"))
MOST_STEPS = 2000
"""A match of random steps that is longer has no end."""


@dataclass(frozen=True)
class Variant:
    """One way to open a table: a game, so many seats, these options."""

    game: Game[Any]
    seats: int
    options: Mapping[str, Any]

    def __str__(self) -> str:
        options = self.game.options
        changed = (f"{k}={shortened(options[k], v)}" for k, v in self.options.items() if v != options[k].default)
        return "-".join((self.game.name, str(self.seats), *changed))


def shortened(option: Option | TextOption, value: Any) -> Any:
    """The value as a file's name can hold it: the number of an example where it is a text."""
    return value if isinstance(option, Option) else option.values.index(value)


@dataclass(frozen=True)
class Play:
    """A random match: `states[k]` is the whole state after step k, `match` the match at its end."""

    variant: Variant
    seed: int
    match: Match
    states: tuple[GameInfo, ...]

    @property
    def game(self) -> Game[Any]:
        return self.variant.game

    @property
    def seats(self) -> range:
        return range(self.variant.seats)

    @property
    def viewers(self) -> tuple[int | None, ...]:
        """Everybody who looks at the table: each seat, and a watcher."""
        return (*self.seats, None)

    def steps(self) -> Iterator[tuple[GameInfo, Step, GameInfo]]:
        """Every step of a seat, with the state before and after it."""
        for step in self.match.steps[1:]:
            yield self.states[step.n - 1], step, self.states[step.n]

    def rng(self) -> random.Random:
        """Randomness for a test, the same every time."""
        return random.Random(f"{self.variant} {self.seed}")

    def some(self, most: int) -> list[tuple[int, GameInfo]]:
        """At most so many of the states, each after its number: the first, the last and others in between, evenly."""
        last = len(self.states) - 1
        numbers = range(last + 1) if last < most else [round(k * last / (most - 1)) for k in range(most)]
        return [(n, self.states[n]) for n in numbers]


def variants(game: Game[Any]) -> list[Variant]:
    """Every number of seats at least once, and every value of every option at least once."""
    found = [Variant(game, seats, game.chosen({})) for seats in game.seats]
    for name, option in game.options.items():
        for k, value in enumerate(v for v in option.values if v != option.default):
            found.append(Variant(game, game.seats[k % len(game.seats)], game.chosen({name: value})))
    return found


VARIANTS = [variant for game in GAMES.values() for variant in variants(game)]
PLAYS = [(variant, seed) for variant in VARIANTS for seed in range(MATCHES)]


@cache
def _played(game: Game[Any], index: int, seed: int) -> Play:
    return playout(variants(game)[index], seed)


def cached(variant: Variant, seed: int) -> Play:
    """The random match of a variant; played once for all tests."""
    return _played(variant.game, variants(variant.game).index(variant), seed)


def playout(variant: Variant, seed: int) -> Play:
    """Play a match of random legal steps to its end; AssertionError where it has none."""
    rng = random.Random(f"{variant.game.name} {seed}")
    match = Match(variant.game, variant.seats, variant.options)
    match.begin(Chance(rng.randrange))
    states = [copy(match.info)]
    while match.turn:
        assert match.n < MOST_STEPS, f"{variant} does not end"
        seat = rng.choice(sorted(match.turn))
        move = random_move(variant.game, match.info, seat, rng)
        step = match.play(seat, move, Chance(rng.randrange))
        assert not isinstance(step, Refusal), f"{variant} failed with {move!r} of seat {seat}"
        states.append(copy(match.info))
    return Play(variant, seed, match, tuple(states))


def random_move(game: Game[Any], info: GameInfo, seat: int, rng: random.Random) -> Move:
    """A legal move: one that is listed, or where they are too many one that the controls of the table can send."""
    moves = info.moves(seat)
    if moves is not None:
        return rng.choice(list(moves))
    scene = game.scene(view(info, seat), seat)
    for _ in range(10_000):
        move = random_press(scene, rng)
        if info.judge(seat, move) is None:
            return move
    raise AssertionError(f"{game.name} lists no moves, and no legal one was found with its controls")


def random_press(scene: Scene, rng: random.Random) -> Move:
    """What a random button sends with random values."""
    button = rng.choice([c for c in scene.controls if c.kind == "button"])
    values = {c.name: random_value(c, rng) for c in scene.controls if c.kind != "button"}
    return touch.press(button, [p for p in picks(scene) if rng.random() < 0.5], values)


def random_value(control: Control, rng: random.Random) -> Any:
    if control.kind == "number":
        return rng.randint(control.low, control.high)
    if control.kind == "choice":
        return rng.choice(control.options)[0]
    return "".join(rng.choices("abc ", k=rng.randint(0, min(control.most, 10))))


def picks(scene: Scene) -> list[Any]:
    """What can be switched on and off, in the order of the scene."""
    return [item.pick for item in scene.items if item.pick is not None]


def can_press(button: Control, scene: Scene, move: Move) -> bool:
    """Whether the button can send exactly this move, with values that its controls can take."""
    if button.kind != "button":
        return False
    if not button.takes:
        return type(move) is str and move == button.name
    if type(move) is not tuple or len(move) != 1 + len(button.takes) or move[0] != button.name:
        return False
    controls = {c.name: c for c in scene.controls}
    return all(
        in_order(part, picks(scene)) if name == "picks" else can_take(controls[name], part)
        for name, part in zip(button.takes, move[1:], strict=True)
    )


def can_take(control: Control, value: Any) -> bool:
    if control.kind == "number":
        return type(value) is int and control.low <= value <= control.high
    if control.kind == "choice":
        return typed(value) in {typed(known) for known, _ in control.options}
    return type(value) is str and len(value) <= control.most


def in_order(chosen: Any, all_picks: list[Any]) -> bool:
    """Whether `chosen` is a tuple of picks in the order of the scene."""
    rest = iter(map(typed, all_picks))
    return type(chosen) is tuple and all(typed(part) in rest for part in chosen)


def typed(value: Any) -> Any:
    """A key that is equal only for values of equal type, part for part: True is not 1, and 1.0 is not 1."""
    return (tuple, tuple(map(typed, value))) if type(value) is tuple else (type(value), value)


# -- garbage -----------------------------------------------------------------------------------------------------------


class Hostile:
    """Cannot be compared, counted, hashed or printed."""

    def _refuse(self, *_: object) -> Any:
        raise RuntimeError("do not touch me")

    __eq__ = __ne__ = __lt__ = __len__ = __iter__ = __bool__ = __getitem__ = __str__ = __repr__ = _refuse
    __hash__ = _refuse


def nested(kind: type, depth: int) -> Any:
    value: Any = kind()
    for _ in range(depth):
        value = kind((value,))
    return value


NEVER: tuple[Any, ...] = (
    True, False, math.nan, math.inf, -math.inf, 1j, b"", b"x", bytearray(b"x"), [], [0], [0, 0], [[0, 0]], {}, {"a": 1},
    {0: 0}, {1, 2}, frozenset((1,)), range(3), iter(()), object(), Hostile(), Hostile, len, ..., NotImplemented,
    nested(list, 1000), [nested(tuple, 1000)], (True,), (False, True), (True, False), ([0], [0]), ((0, 0), {}),
    (math.nan, math.nan), (Hostile(), 0), (0, Hostile()), (None, []), ("place", []), ("bid", True, True), ({}, {}, {}),
)  # fmt: skip
"""What no move may ever be: none of these, nor anything that holds them, comes out of JSON as a move."""

ODD: tuple[Any, ...] = (
    None, -1, 10**40, -(10**40), 2**53, 2**63, 10**6, 0.5, 1.0, 0.0, -0.0, 1e308, "", " ", "0", "1", "x" * 100_000,
    "\0", "\ud800", "\u202e", "None", "pass", "start", (), ("start",), ("forfeit", 0), (None,), (None, None), ("",),
    ("", ""), (0,), (-1, -1), (-1, 0), (0, -1), (0, 10**40), (10**40, 0), (1.0, 1.0), (0, 1.0), (0, 0, 0), (0, 0, 0, 0),
    ((0, 0),), ((0, 0), (0, 0)), (0, (0, 0)), ("0", "0"), (0, "0"), "00", (0,) * 1000, nested(tuple, 1000),
    (nested(tuple, 1000), 0),
)  # fmt: skip
"""Odd values of the right types: refused wherever they are not a legal move."""

INSTEAD: tuple[Any, ...] = (None, True, False, -1, 10**40, math.nan, 0.5, "", "x", (), (0,), [], {})


def distorted(move: Move) -> Iterator[Any]:
    """The move with something wrong: its type, its length, or one part replaced."""
    yield from (str(move), [move], (move,), (move, move))
    if type(move) is int:
        yield from (float(move), bool(move), -move, move + 1, move + 10**6)
    elif type(move) is str:
        yield from (move.upper(), move + " ", " " + move, move[:-1], move.encode())
    elif type(move) is tuple:
        yield from (list(move), (*move, 0), (*move, None), move[:-1], move[1:], (), move[::-1])
        for k, part in enumerate(move):
            for other in (*INSTEAD, *(distorted(part) if type(part) is not tuple or part else ())):
                yield (*move[:k], other, *move[k + 1 :])


def garbage(moves: Iterable[Move] | None, rng: random.Random, most: int = 8) -> list[Any]:
    """Values that must be refused where these moves (None: nobody knows which) are the legal ones."""
    if moves is None:
        return list(NEVER)
    known = list(moves)
    legal = set(map(typed, known))
    wrong = [wrong for move in rng.sample(known, min(most, len(known))) for wrong in distorted(move)]
    keyed = [*KEYED, *((value, key(value)) for value in wrong)]
    return [*NEVER, *(value for value, its in keyed if not is_in(its, legal))]


def key(value: Any) -> Any:
    """What is looked up among the legal moves; a set, which none of them is, where there is no key."""
    try:
        return typed(value)
    except RecursionError:  # a thousand tuples
        return set()


def is_in(its: Any, legal: set[Any]) -> bool:
    try:
        return its in legal
    except TypeError:  # a list or a dict inside: never a move
        return False


KEYED = [(value, key(value)) for value in ODD]
