"""What the two PyInstaller specs share: one analysed program becomes a single file and a folder."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from PyInstaller.building.api import COLLECT, EXE, PYZ
from PyInstaller.building.build_main import Analysis

from command_line import VERSION
from tools.icon import make

STRIP = sys.platform.startswith("linux")
"""Symbols serve only debuggers and are a third of the size on Linux; elsewhere stripping breaks libraries."""

NEVER_NEEDED = [
    "attr", "numpy", "readline", "setuptools", "tkinter", "yaml",
    "_pydecimal", "multiprocessing", "pydoc_data", "smtplib", "xmlrpc",
]  # fmt: skip
"""What PyInstaller would take along because something could use it: other packages, and parts of Python that only a
process pool, a log sent by mail, interactive help, or a Python without its C modules would import."""

SOURCES = (".c", ".h", ".pxd", ".pyi", ".pyx")
"""Ends of files that some packages bring along for compilers and editors, some of them several megabytes."""


VERSION_FILE = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('FileDescription', '{about}'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', '{name}'),
      StringStruct('OriginalFilename', '{name}.exe'),
      StringStruct('ProductName', 'Roundtable'),
      StringStruct('ProductVersion', '{version}'),
    ])]),
    VarFileInfo([VarStruct('Translation', [0x409, 1200])]),
  ],
)
"""
"""What Windows shows in a program's properties, in the form that PyInstaller reads."""


def version_file(name: str, about: str) -> str:
    """The text of the file with a program's version, for Windows."""
    numbers = (*map(int, VERSION.split(".")), 0)
    return VERSION_FILE.format(numbers=numbers, name=name, about=about, version=VERSION)


def both_forms(program: Analysis, name: str, about: str, **options: Any) -> None:
    """Make NAME, one file to hand around, and NAME-folder/NAME, which starts faster and worries no virus scanner.

    `about` says what the program is, in a line without quotes; `options` are PyInstaller's for an executable, for
    instance `hide_console`.
    """
    made = Path(tempfile.mkdtemp(prefix="roundtable-build-"))
    version = made / "version.txt"
    version.write_text(version_file(name, about), encoding="utf-8")
    icons = make(made)
    icon = str(icons.get(sys.platform, icons["linux"]))
    program.datas = [data for data in program.datas if not data[0].endswith(SOURCES)]
    modules = PYZ(program.pure)
    options = {"name": name, "strip": STRIP, "upx": False, "icon": icon, "version": str(version), **options}
    EXE(modules, program.scripts, program.binaries, program.datas, **options)
    starter = EXE(modules, program.scripts, exclude_binaries=True, **options)
    COLLECT(starter, program.binaries, program.datas, name=f"{name}-folder", strip=STRIP, upx=False)
