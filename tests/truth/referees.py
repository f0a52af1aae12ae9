"""What a referee is, who there is, and matches played beside them."""

import importlib
import os
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest

from games import GAMES
from games.game_info import Chance, Move
from games.match import Match

REFEREES: dict[str, tuple[str, ...]] = {
    "dou_dizhu": ("tests.truth.of_dou_dizhu:RLCard", "tests.truth.of_dou_dizhu:OpenSpiel"),
    "chess": ("tests.truth.of_chess:PythonChess", "tests.truth.of_chess:OpenSpiel"),
    "xiangqi": ("tests.truth.of_xiangqi:FairyStockfish", "tests.truth.of_xiangqi:OpenSpiel"),
}
"""The referees of each game, as module and class; their engines are imported when they are called."""


class Differs(Exception):
    """The engine says something else than we do; the text says what, and where."""


class Explained(Exception):
    """The engine's rules are known to part from ours here; the text says why, in a few words that can be counted."""


class Referee:
    """Somebody else's engine, following one match that has just begun. Made anew for each match."""

    title: ClassVar[str]
    """The engine with its version."""
    package: ClassVar[str]
    """What is imported."""
    options: ClassVar[Sequence[Mapping[str, Any]]] = ({},)
    """The options that the engine understands; matches take them in turn."""

    def __init__(self, match: Match) -> None:
        """Set the engine up where the match stands."""

    def compare(self, match: Match) -> None:
        """Hold the state against the engine's: `Differs` where they are not the same, `Explained` where that is known.

        Called at every state, the last one included: legal steps, whose turn it is, whether it is over and who has won.
        """
        raise NotImplementedError

    def play(self, seat: int, move: Move) -> None:
        """Make the same step."""
        raise NotImplementedError

    def choose(self, match: Match, draws: random.Random) -> tuple[int, Move]:
        """The next step: whose, and which; by default any legal one."""
        seat = draws.choice(sorted(match.turn))
        return seat, draws.choice(list(match.info.moves(seat) or ()))


@dataclass
class Report:
    """What came of some matches: how many, with how many steps, how they ended, and what was explained."""

    title: str
    plies: int = 0
    matches: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    explained: Counter[str] = field(default_factory=Counter)


def referees(game: str) -> list[type[Referee]]:
    """The referees of a game; a test is skipped where an engine is not installed, but not in CI."""
    found = []
    for where in REFEREES[game]:
        module, name = where.split(":")
        found.append(getattr(importlib.import_module(module), name))
    return found


def engine(package: str) -> Any:
    """Import an engine; where it is missing the test is skipped, in CI it fails, but on Windows, which lacks some."""
    if os.environ.get("CI") and sys.platform != "win32":
        return importlib.import_module(package)
    return pytest.importorskip(package)


def lockstep(game: str, referee: type[Referee], plies: int, seed: int = 1) -> Report:
    """Play random matches beside a referee until so many steps are made; `Differs` at the first difference."""
    draws, report = random.Random(f"{game} {referee.title} {seed}"), Report(referee.title)
    while report.plies < plies:
        options = GAMES[game].chosen(referee.options[report.matches % len(referee.options)])
        match = Match(GAMES[game], GAMES[game].seats[0], options)
        match.begin(Chance(draws.randrange))
        report.matches += 1
        try:
            report.plies += followed(match, referee(match), draws)
        except Explained as known:
            report.explained[str(known)] += 1
            report.plies += match.n
        else:
            report.ends[match.outcome.why if match.outcome else ""] += 1
    return report


def followed(match: Match, referee: Referee, draws: random.Random) -> int:
    """Play one match to its end beside a referee; returns how many steps it took."""
    referee.compare(match)
    while match.turn:
        seat, move = referee.choose(match, draws)
        match.play(seat, move, Chance(draws.randrange))
        referee.play(seat, move)
        referee.compare(match)
    return match.n


def same(what: str, ours: object, theirs: object, where: object) -> None:
    """Raise `Differs` where two things are not equal; of two sets, it says what only one has."""
    if ours != theirs:
        if isinstance(ours, set | frozenset) and isinstance(theirs, set | frozenset):
            ours, theirs = ours - theirs, theirs - ours
        raise Differs(f"{what} at {where}: only ours {ours}, only theirs {theirs}")
