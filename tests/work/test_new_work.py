"""docs/new-work.md is followed word for word, in a copy of the project, and works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.end_to_end.programs import PATIENCE, ROOT

PAGE = (ROOT / "docs" / "new-work.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(?:python)?\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_the_page_can_be_followed_word_for_word(tmp_path: Path) -> None:
    code, shelf, commands, said = BLOCKS
    for name in ("communication", "games", "master", "work"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "assets"))
    for path in ROOT.glob("*.py"):
        shutil.copy(path, tmp_path)
    (tmp_path / "work" / "collatz.py").write_text(code, encoding="utf-8")
    imported, entered = filter(None, shelf.splitlines())
    before = (tmp_path / "work" / "shelf.py").read_text(encoding="utf-8").splitlines()
    after = [entered if line.startswith("WORKS") else line for line in before]
    after.insert(after.index("from work.labour import Work"), imported)
    (tmp_path / "work" / "shelf.py").write_text("\n".join(after) + "\n", encoding="utf-8")
    server_words, client_words = (line.split()[1:] for line in commands.splitlines())
    server_words[server_words.index("8765")] = "0"  # any free port, for this may be taken here
    server = subprocess.Popen(
        [sys.executable, *server_words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert server.stdout is not None
        url = server.stdout.readline().split()[-1]
        words = [url if word.startswith("ws://") else word for word in client_words]
        run = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
    finally:
        server.kill()
        server.communicate()
    assert run.stdout.splitlines()[0].startswith("Longest way down in room ")
    assert run.stdout.endswith(said)


def test_the_smallest_work_stays_small() -> None:
    assert (ROOT / "work" / "primes.py").read_text(encoding="utf-8").count("\n") <= 60
