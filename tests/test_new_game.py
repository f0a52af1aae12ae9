"""The example of docs/new-game.md is true: its game is playable, its tests pass, and they notice its mistakes."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from games.example import example_match
from tests.contract.playouts import playout, variants
from tests.games import mistakes
from work.terminal.scene import draw

PAGE = Path(__file__).parents[1] / "docs" / "new-game.md"
RULES, TABLE, IMPORT, TESTS = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def loaded(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, text: str) -> ModuleType:
    """A module of this text, as if it lay in its place."""
    path = folder / f"{name}.py"
    path.write_text(text, "utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


def test_the_example_of_the_page_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert IMPORT == "from games.nim import Nim\n"
    game = loaded(monkeypatch, tmp_path, "games.nim", f"{RULES}\n\n{TABLE}").Nim()
    assert len(variants(game)) == 2
    for variant in variants(game):
        play = playout(variant, 1)
        assert play.match.outcome is not None
    scene = game.scene(example_match(game).info, 0)
    assert draw(scene).count("●") == 8

    tests = loaded(monkeypatch, tmp_path, "tests.games.test_nim", TESTS)
    checks = mistakes.checks(tests)
    assert len(checks) >= 5
    for check in checks:
        check()
    assert len(tests.MISTAKES) >= mistakes.FEWEST
    for mistake in tests.MISTAKES:
        assert mistakes.noticed(mistake, tests), mistake.name
