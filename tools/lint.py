"""Check the style, the types and the arrows between the packages: all four, even when the first one complains."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "--strict"),
    ("lint-imports", "--no-logo"),
)


def main() -> int:
    """Run every check; 0 when all pass, 1 otherwise."""
    failed = []
    for check in CHECKS:
        print("$", *check, flush=True)
        if subprocess.run(check, cwd=ROOT).returncode:
            failed.append(check[0])
    print("lint:", "failed: " + ", ".join(failed) if failed else "all fine")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
