"""Check the style, the types and the arrows between the packages: all of them, even when the first one complains.

The types are looked at as each system has them, each with another of the versions of Python that the project is for: a
mistake in what only Windows runs is found on Linux. Each has a cache of its own, as one would throw away the other's.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

SYSTEMS = {"linux": "3.11", "win32": "3.13", "darwin": "3.12"}
"""Each system, and the version of Python that the types are checked for there."""

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    *(
        ("mypy", "--platform", system, "--python-version", version, "--cache-dir", f".mypy_cache/{system}")
        for system, version in SYSTEMS.items()
    ),
    ("lint-imports", "--no-logo"),
)


def main() -> int:
    """Run every check; 0 when all pass, 1 otherwise."""
    failed = []
    for check in CHECKS:
        print("$", *check, flush=True)
        if subprocess.run(check, cwd=ROOT).returncode:
            failed.append(" ".join(check[:3]))
    print("lint:", "failed: " + ", ".join(failed) if failed else "all fine")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
