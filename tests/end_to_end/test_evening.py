"""The first ten minutes, with three real windows on one machine, from a double-click to a replay."""

import os
from pathlib import Path

import pytest

from tests.end_to_end.evening import FirstTenMinutes
from tests.end_to_end.screen import missing


def test_the_first_ten_minutes(tmp_path: Path) -> None:
    if why := missing():
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    FirstTenMinutes(tmp_path).play()
