"""Seeded mistakes: each game's tests must notice when its rules are made wrong on purpose.

A test module of a game holds a table of them, tests/games/test_NAME.py:

    MISTAKES = (
        Mistake("a taken cell may be marked again", TicTacToeInfo, "judge", lambda self, seat, move: None),
        ...
    )

Each replaces one attribute of the game_info (or of the game, or of the game's module). The checks are all functions
`test_...` of the module that take no arguments; at least one of them must fail with an AssertionError. Nothing is to be
listed elsewhere: tests/games/test_mistakes.py finds the module by the game's name.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

FEWEST = 5
"""Seeded mistakes that every game has at least."""


@dataclass(frozen=True)
class Mistake:
    """What is wrong, in words, and the attribute of a class or module that is replaced by something wrong."""

    name: str
    target: Any
    attribute: str
    wrong: Any


@contextmanager
def made(mistake: Mistake) -> Iterator[None]:
    """Make the mistake for a while."""
    own = mistake.attribute in vars(mistake.target)
    right = inspect.getattr_static(mistake.target, mistake.attribute)
    setattr(mistake.target, mistake.attribute, mistake.wrong)
    try:
        yield
    finally:
        if own:
            setattr(mistake.target, mistake.attribute, right)
        else:
            delattr(mistake.target, mistake.attribute)


def checks(module: ModuleType) -> list[Callable[[], None]]:
    """The test functions of a module that take no arguments."""
    return [
        found
        for name, found in vars(module).items()
        if name.startswith("test_") and inspect.isfunction(found) and not inspect.signature(found).parameters
    ]


def notice(check: Callable[[], None]) -> bool:
    """Whether the check says that something is wrong; whatever else it stumbles over is no proof."""
    try:
        check()
    except (AssertionError, pytest.fail.Exception):
        return True
    except Exception:
        return False
    return False


def noticed(mistake: Mistake, module: ModuleType) -> list[str]:
    """The names of the checks that fail while the mistake is made."""
    with made(mistake):
        return [check.__name__ for check in checks(module) if notice(check)]
