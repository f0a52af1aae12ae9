"""What tests of real windows need."""

import os

import pytest

from tests.end_to_end.screen import missing


@pytest.fixture
def windows() -> None:
    """The tools that show windows and work them; without them a test is skipped, on a machine of checks it fails."""
    if why := missing():
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
