"""What the two PyInstaller specs share: one analysed program becomes a single file and a folder."""

from __future__ import annotations

import sys
from typing import Any

from PyInstaller.building.api import COLLECT, EXE, PYZ
from PyInstaller.building.build_main import Analysis

STRIP = sys.platform.startswith("linux")
"""Symbols serve only debuggers and are a third of the size on Linux; elsewhere stripping breaks libraries."""

NEVER_NEEDED = ["numpy", "setuptools", "tkinter"]
"""Large packages that PyInstaller would take along because something could use them."""


def both_forms(program: Analysis, name: str, **options: Any) -> None:
    """Make NAME, one file to hand around, and NAME-folder/NAME, which starts faster and worries no virus scanner.

    `options` are PyInstaller's for an executable, for instance `hide_console`.
    """
    modules = PYZ(program.pure)
    options = {"name": name, "strip": STRIP, "upx": False, **options}
    EXE(modules, program.scripts, program.binaries, program.datas, **options)
    starter = EXE(modules, program.scripts, exclude_binaries=True, **options)
    COLLECT(starter, program.binaries, program.datas, name=f"{name}-folder", strip=STRIP, upx=False)
