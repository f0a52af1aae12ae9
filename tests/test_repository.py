"""What holds for the repository as a whole: what is installed, how it is run, and where things may stand."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tools import languages
from tools.lock import without_index
from work.language import FOLDER, LANGUAGES, entries

ROOT = Path(__file__).resolve().parent.parent
PIPFILE = tomllib.loads((ROOT / "Pipfile").read_text(encoding="utf-8"))
LOCK_TEXT = (ROOT / "Pipfile.lock").read_text(encoding="utf-8")
LOCK = json.loads(LOCK_TEXT)
CATEGORIES = {
    "packages": "default",
    "dev-packages": "develop",
    "build": "build",
    "truth": "truth",
}  # in Pipfile: in its lock
PACKAGES = ("communication", "games", "master", "work")
MADE = {"build", "dist"}  # folders that the project makes itself and does not keep
KEPT = {".ci", ".gitattributes", ".gitignore"}  # the hidden ones that it does keep
MOST_LINES = 400  # of a source, which is to be read in one sitting
MOST_LINES_OF_TESTS = 600  # a file of tests is a list, in which one looks things up


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the project, by its path from here; hidden folders hold what tools leave behind."""
    for top in ROOT.iterdir():
        if top.name in MADE or (top.name.startswith(".") and top.name not in KEPT):
            continue
        for path in [top, *top.rglob("*")]:
            try:
                if path.is_file() and "__pycache__" not in path.parts:
                    yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                pass  # a picture, a font


def pins() -> Iterator[tuple[str, str, Any]]:
    """Category in the lock, name and wish of every package that Pipfile names."""
    for section, category in CATEGORIES.items():
        for name, wish in PIPFILE[section].items():
            yield category, name, wish


# What is installed


def test_the_lock_names_no_place_that_packages_come_from() -> None:
    assert not re.search(r"https?:|file:|\\|(?<!\w)/", LOCK_TEXT)
    assert LOCK["_meta"]["sources"] == []


def test_the_lock_knows_the_one_right_version_and_its_hashes_for_every_package() -> None:
    for category in CATEGORIES.values():
        for name, package in LOCK[category].items():
            assert re.fullmatch(r"==[\w.]+", package["version"]), name
            assert package["hashes"], name
            assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in package["hashes"]), name


@pytest.mark.parametrize(("category", "name", "wish"), list(pins()))
def test_pipfile_and_lock_agree_on_an_exact_version(category: str, name: str, wish: Any) -> None:
    version = wish if isinstance(wish, str) else wish["version"]
    assert re.fullmatch(r"==[\w.]+", version)
    assert LOCK[category][name]["version"] == version


def imports(path: Path) -> set[str]:
    """The top packages that a source file imports, wherever in the file that is."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_everything_that_is_imported_is_in_pipfile() -> None:
    """A program may import only what a player installs; tests and tools may import all that Pipfile names."""
    ours = {path.stem for path in ROOT.iterdir()}
    providers = {name: {package.casefold() for package in found} for name, found in packages_distributions().items()}
    programs = set(PIPFILE["packages"])
    everything = {name for _, name, _ in pins()}
    strangers = [
        f"{path}: {name}"
        for path, _ in texts()
        if path.suffix == ".py"
        for name in imports(path) - sys.stdlib_module_names - ours
        if not providers.get(name, set()) & (everything if path.parts[0] in {"tests", "tools"} else programs)
    ]
    assert strangers == []


def test_pipfile_leaves_index_and_python_to_the_user() -> None:
    assert not {"source", "requires"} & PIPFILE.keys()


def test_locking_takes_the_index_away_and_nothing_else() -> None:
    package = {"hashes": ["sha256:0"], "markers": "python_version >= '3.9'", "version": "==1.0"}
    head = {"hash": {"sha256": "0"}, "sources": [{"name": "own", "url": "somewhere"}]}
    lock = {"_meta": head, "default": {"thing": {**package, "index": "own"}}}
    assert without_index(lock) == {"_meta": {**head, "sources": []}, "default": {"thing": package}}


# How it is run


@pytest.mark.parametrize(("name", "command"), PIPFILE["scripts"].items())
def test_every_script_of_pipfile_starts_something_that_is_there(name: str, command: str) -> None:
    program, first, *rest = command.split()
    assert program == "python", name
    assert importlib.util.find_spec(rest[0]) if first == "-m" else (ROOT / first).is_file()


def test_ci_runs_the_two_commands_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ci = [line.strip() for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()]
    commands = re.findall(r"^python3 -m venv .+$", readme, re.MULTILINE)
    assert [command.split()[-1] for command in commands] == ["play", "test"]
    assert [line for line in ci if line.startswith("python3 -m venv")] == commands


def test_every_script_that_the_readme_names_is_in_pipfile() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"pipenv run (\w+)", readme)) == PIPFILE["scripts"].keys()


# Where things may stand


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    place = re.compile(r"(?<![\w.)/])/(?:home|root|tmp|work|Users)/|[A-Z]:\\+Users")
    found = [f"{path}: {line}" for path, text in texts() for line in text.splitlines() if place.search(line)]
    assert not found


def test_no_file_holds_both_sides_of_a_merge() -> None:
    marks = tuple(mark * 7 + " " for mark in "<>")
    assert not [str(path) for path, text in texts() if any(line.startswith(marks) for line in text.splitlines())]


def test_every_source_can_be_read_in_one_sitting() -> None:
    lengths = {path: text.count("\n") for path, text in texts() if path.suffix in {".py", ".spec"}}
    most = {path: MOST_LINES_OF_TESTS if path.parts[0] == "tests" else MOST_LINES for path in lengths}
    assert {path: length for path, length in lengths.items() if length > most[path]} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_of_sources_is_a_package(package: str) -> None:
    """PyInstaller, mypy and the check of the arrows would pass over one that is not, and say nothing."""
    folders = {path.parent for path in (ROOT / package).rglob("*.py")}
    assert folders
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("main", ["main_server", "main_client"])
def test_starting_a_program_loads_nothing_of_the_window(main: str) -> None:
    """The server has none, and the client must start where there is no screen."""
    script = f"import sys, {main}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    loaded = run.stdout.split()
    assert main in loaded
    assert [name for name in loaded if re.match(r"(pygame|work\.desktop)(\.|$)", name)] == []


# What is said


@pytest.mark.parametrize("code", sorted(LANGUAGES.keys() - {"en"}))
def test_everything_that_is_said_is_translated(code: str) -> None:
    """English sentences are the keys: a new or a changed one has to be translated, one that is gone has to go."""
    old = (FOLDER / f"{code}.po").read_text(encoding="utf-8")
    new = languages.updated(old)
    known = {entry.english for entry in entries(old)}
    now = {entry.english for entry in entries(new)}
    wrong = [f"new: {text}" for text in now - known] + [f"nobody says any more: {text}" for text in known - now]
    wrong += [
        f"to be translated, with the same placeholders and as the file's head says: {text}"
        for text in languages.missing(old, code)
    ]
    advice = f"run `python -m tools.languages` and translate in work/languages/{code}.po what it lists"
    assert not wrong, "\n  ".join([advice, *sorted(wrong)])
