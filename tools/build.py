"""Build the executables of server and client into `dist/`: each as one file and as a folder."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPECS = ("main_server.spec", "main_client.spec")


def size(path: Path) -> int:
    """Bytes in a file, or in everything within a folder; a link counts for nothing."""
    return sum(part.stat().st_size for part in [path, *path.rglob("*")] if part.is_file() and not part.is_symlink())


def main() -> int:
    """Run PyInstaller over both specs and list what came out; the exit status is PyInstaller's."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--dist", type=Path, default=ROOT / "dist", help="the folder to build into")
    dist: Path = options.parse_args().dist.resolve()
    for spec in SPECS:
        with tempfile.TemporaryDirectory() as scratch:
            command = ["-m", "PyInstaller", "--noconfirm", "--log-level=ERROR", f"--distpath={dist}"]
            built = subprocess.run([sys.executable, *command, f"--workpath={scratch}", spec], cwd=ROOT)
        if built.returncode:
            return built.returncode
    for made in sorted(dist.iterdir()):
        print(f"{size(made) / 1e6:6.1f} MB  {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
