"""Files to open: which path somebody means who types or pastes one, and what it may become."""

import os
from itertools import islice, takewhile
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from work.replay import SUFFIX

MATCHES = (SUFFIX, ".pgn")
"""What the names of files end with that a match may be in."""
MOST_LOOKED_AT = 5000
"""Entries of one folder that are looked at; more would keep the window waiting."""


def meant(typed: str) -> Path:
    """The path that is meant: `~` is one's own folder, and quotes or `file://` come along when one copies a file."""
    text = typed.strip().strip("\"'")
    if text.startswith("file:"):
        text = url2pathname(urlsplit(text).path)
    try:
        return Path(text).expanduser()
    except RuntimeError:  # nobody knows whose folder that is
        return Path(text)


def completions(typed: str) -> list[Path]:
    """The folders and matches that a typed path may become, folders first; what lies inside where it is a folder."""
    path = meant(typed)
    try:
        folder, begins = (path, "") if path.is_dir() else (path.parent, path.name.casefold())
        with os.scandir(folder) as entries:
            found = [
                (not entry.is_dir(), entry.name)
                for entry in islice(entries, MOST_LOOKED_AT)
                if entry.name.casefold().startswith(begins)
                and (begins.startswith(".") or not entry.name.startswith("."))
                and (entry.is_dir() or entry.name.casefold().endswith(MATCHES))
            ]
    except (OSError, ValueError):  # no such folder, none that may be read, or no path at all
        return []
    return [folder / name for _is_file, name in sorted(found, key=lambda one: (one[0], one[1].casefold()))]


def gone_on(typed: str) -> str:
    """The path as far as all that it may become have it in common, with a separator behind a folder."""
    found = completions(typed)
    if len(found) == 1:
        return as_typed(found[0])
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*(str(path) for path in found), strict=False))
    common = "".join(letters[0] for letters in alike)
    return common if len(common) > len(str(meant(typed))) else typed


def as_typed(path: Path) -> str:
    """A path as one would type it to go on from there."""
    return f"{path}{os.sep}" if os.path.isdir(path) else str(path)
