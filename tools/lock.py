"""Write Pipfile.lock anew, without the address of any package index in it.

`pipenv lock` notes the index that it asked, which may be one machine's own. Without it the lock says only which files
are right (by their hashes), and `pipenv sync` asks whatever index its user has set up.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "Pipfile.lock"


def without_index(lock: dict[str, Any]) -> dict[str, Any]:
    """The same lock without the indexes, neither in its head nor beside a package."""
    slim: dict[str, Any] = {"_meta": {**lock["_meta"], "sources": []}}
    for category, packages in lock.items():
        if category != "_meta":
            slim[category] = {
                name: {key: value for key, value in package.items() if key != "index"}
                for name, package in packages.items()
            }
    return slim


def stock_settings() -> dict[str, str]:
    """The environment without this machine's own settings of pip's indexes.

    pipenv mixes them into the hash by which it knows whether Pipfile has changed since; made without them, the hash is
    right wherever pip is set up as it comes. PIPENV_PYPI_MIRROR still names another index to ask.
    """
    own = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL")
    return {name: value for name, value in os.environ.items() if name not in own} | {"PIP_CONFIG_FILE": os.devnull}


def main() -> int:
    """Run `pipenv lock`, strip the lock, and let `pipenv verify` agree; the exit status is pipenv's."""
    own = [str(ROOT / ".pipenv" / folder) for folder in ("bin", "Scripts")]
    pipenv = shutil.which("pipenv", path=os.pathsep.join([*own, os.environ.get("PATH", "")]))
    if pipenv is None:
        print("pipenv was not found; README.md says how to install it.", file=sys.stderr)
        return 2
    locked = subprocess.run([pipenv, "lock"], cwd=ROOT, env=stock_settings())
    if locked.returncode:
        return locked.returncode
    lock = without_index(json.loads(LOCK.read_text(encoding="utf-8")))
    LOCK.write_text(json.dumps(lock, indent=4, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    return subprocess.run([pipenv, "verify"], cwd=ROOT, env=stock_settings()).returncode


if __name__ == "__main__":
    sys.exit(main())
