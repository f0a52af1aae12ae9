"""The first ten minutes, with three real windows on one machine, from a double-click to a replay."""

from pathlib import Path

import pytest

from tests.end_to_end.evening import FirstTenMinutes


@pytest.mark.usefixtures("windows")
def test_the_first_ten_minutes(tmp_path: Path) -> None:
    FirstTenMinutes(tmp_path).play()
