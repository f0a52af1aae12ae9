"""Make the programs' icon in the forms that systems want: `python -m tools.icon FOLDER`.

Its source is `work/desktop/assets/art/roundtable.svg`. Windows takes an .ico, macOS an .icns, Linux a .png; the first
two are containers of PNG pictures in several sizes.
"""

from __future__ import annotations

import argparse
import os
import struct
from io import BytesIO
from pathlib import Path

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "work" / "desktop" / "assets" / "art" / "roundtable.svg"
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_SIZES = {b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}
"""Type of each picture in an .icns: its size."""
PNG_SIZE = 512


def png(size: int) -> bytes:
    """The icon as a PNG of this size."""
    out = BytesIO()
    pygame.image.save(pygame.image.load_sized_svg(BytesIO(SOURCE.read_bytes()), (size, size)), out, "icon.png")
    return out.getvalue()


def ico() -> bytes:
    """The icon for Windows: a table of the pictures (a side of 256 is written as 0), and then these."""
    pictures = [png(size) for size in ICO_SIZES]
    offset = 6 + 16 * len(pictures)
    table = b""
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + table + b"".join(pictures)


def icns() -> bytes:
    """The icon for macOS: each picture with its type and length before it."""
    parts = [(kind, png(size)) for kind, size in ICNS_SIZES.items()]
    body = b"".join(kind + struct.pack(">I", 8 + len(picture)) + picture for kind, picture in parts)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def make(folder: Path) -> dict[str, Path]:
    """Write all three into a folder, made if need be: the system's name (as in sys.platform) -> file."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {"win32": (folder / "roundtable.ico", ico()), "darwin": (folder / "roundtable.icns", icns())}
    made["linux"] = (folder / "roundtable.png", png(PNG_SIZE))
    for path, data in made.values():
        path.write_bytes(data)
    return {system: path for system, (path, _) in made.items()}


def main() -> None:
    """Write the icons into the folder that the command line names."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    options.add_argument("folder", type=Path)
    for path in make(options.parse_args().folder).values():
        print(f"{path.stat().st_size:7} bytes  {path}")


if __name__ == "__main__":
    main()
