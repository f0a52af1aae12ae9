"""Every seeded mistake of every game on the shelf is noticed by that game's own tests."""

import importlib
from importlib.util import find_spec
from types import ModuleType

import pytest

from games import GAMES
from tests.games.mistakes import Mistake, checks, made, notice, noticed

MODULES = {
    name: importlib.import_module(f"tests.games.test_{name}")
    for name in GAMES
    if find_spec(f"tests.games.test_{name}")  # tests/contract/test_shelf.py fails where one is missing
}
SEEDED = [(MODULES[name], mistake) for name in MODULES for mistake in MODULES[name].MISTAKES]


@pytest.mark.parametrize(
    ("module", "mistake"), SEEDED, ids=[f"{m.__name__.split('_', 1)[1]}: {s.name}" for m, s in SEEDED]
)
def test_a_seeded_mistake_is_noticed(module: ModuleType, mistake: Mistake) -> None:
    assert noticed(mistake, module), f"no test in {module.__name__} fails when {mistake.name}"


@pytest.mark.parametrize("name", MODULES)
def test_without_a_mistake_nothing_is_noticed(name: str) -> None:
    assert [check.__name__ for check in checks(MODULES[name]) if notice(check)] == []


class Right:
    def one(self) -> int:
        return 1


class Heir(Right):
    pass


@pytest.mark.parametrize("target", [Right, Heir])
def test_a_mistake_is_made_only_for_a_while(target: type[Right]) -> None:
    with made(Mistake("it is two", target, "one", lambda self: 2)):
        assert target().one() == 2
    assert target().one() == 1
    assert "one" not in vars(Heir)


def test_an_error_that_is_no_assertion_proves_nothing() -> None:
    def stumble() -> None:
        raise TypeError("the mistake itself is broken")

    assert not notice(stumble)
