"""Keep the catalogues of `work/languages` up to date: `python -m tools.languages`.

It finds every sentence that the client shows (`_`, `ngettext`, `N_`) and all that games and servers say (told.py), puts
new ones into each catalogue, to be translated there, and takes away those that nobody says any more. With `--check` it
changes nothing, and says what is missing.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tools.told import ROOT, sources, told
from work.language import FOLDER, LANGUAGES, OURS, Entry, entries, placeholders

MARKS = ("_", "N_", "ngettext")
STYLE = {
    "zh": re.compile(
        r"您|\.\.\.|……|[\u4e00-\u9fff][,;:!?]|(?<=[\u4e00-\u9fff]) (?=[“（])|(?<=[”）]) (?=[\u4e00-\u9fff])"
    )
}
"""What no translation holds: another you than 你, another ellipsis than …, half-width signs, or spaces by wide ones."""


def said() -> Catalog:
    """Every sentence that must be in each catalogue, with the files that say it."""
    catalog = Catalog()
    for path in sources(OURS):
        for line, *sentences in marked(path):
            catalog.add(tuple(sentences) if len(sentences) > 1 else sentences[0], locations=[(named(path), line)])
    for one in told():
        catalog.add(one.text, locations=[(one.file, one.line)])
    return catalog


def marked(path: Path) -> Iterator[tuple[int, str] | tuple[int, str, str]]:
    """The sentences of a file that are marked: their lines, and the sentence; for one thing and for several."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            count = 2 if node.func.id == "ngettext" else 1
            texts = [arg.value for arg in node.args[:count] if isinstance(arg, ast.Constant)]
            if len(texts) == count:
                yield node.lineno, *texts  # type: ignore[misc]


def named(path: Path) -> str:
    """A file as catalogues name it."""
    return path.relative_to(ROOT).as_posix()


def updated(old: str) -> str:
    """A catalogue with everything that is said now, and nothing else; what was translated stays."""
    catalog = read_po(BytesIO(old.encode()))
    catalog.update(said(), no_fuzzy_matching=True)
    out = BytesIO()
    write_po(out, catalog, 120, omit_header=True, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    head = old.partition("\n\n")[0]
    return f"{head}\n\n{out.getvalue().decode()}"


def missing(text: str, code: str = "") -> list[str]:
    """The sentences of a catalogue that nobody has translated, or with other placeholders, or in another style."""
    style = STYLE.get(code)
    every = [entry for entry in entries(text) if entry.english]
    return [one.english for one in every if not fits(one) or (style and style.search(one.words))]


def fits(entry: Entry) -> bool:
    """Whether a sentence is translated, with nothing filled in that the English has not, and nothing left out.

    Where the English for one thing does not count it, the words must: they are for several as well.
    """
    names = set(placeholders(entry.english)) | set(placeholders(entry.several))
    return bool(entry.words) and set(placeholders(entry.words)) == names


def main() -> int:
    """Update every catalogue, or check it; the exit status is 1 where something is to be translated."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    options.add_argument("--check", action="store_true", help="change nothing, only say what is missing")
    only_check = options.parse_args().check
    wrong = 0
    for code in sorted(LANGUAGES.keys() - {"en"}):
        file = FOLDER / f"{code}.po"
        old = file.read_text(encoding="utf-8")
        new = updated(old)
        if new != old and only_check:
            print(f"{named(file)} is not what is said now; run python -m tools.languages")
            wrong += 1
        elif new != old:
            file.write_text(new, encoding="utf-8", newline="\n")
        for sentence in missing(new, code):
            print(f"{named(file)}: {sentence}")
            wrong += 1
    print(f"{wrong} to translate" if wrong else "every sentence is translated")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
