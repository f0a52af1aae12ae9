"""Whether a terminal takes escape sequences (ECMA-48), by which letters get colours and a line is written anew."""

import os
import sys
from collections.abc import Mapping
from typing import TextIO

VIRTUAL_TERMINAL = 4
"""The mode ENABLE_VIRTUAL_TERMINAL_PROCESSING of a console of Windows, which is off when a program starts."""


def obeys(stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether this stream is a terminal that takes escape sequences; a console of Windows is told to."""
    if not stream.isatty() or environ.get("TERM") == "dumb":
        return False
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
        console = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
        known = kernel.GetConsoleMode(console, ctypes.byref(mode))
        return bool(known and kernel.SetConsoleMode(console, mode.value | VIRTUAL_TERMINAL))
    else:
        return True
