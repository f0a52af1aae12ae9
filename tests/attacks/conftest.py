"""The town that most attacks are made on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attacks.town import Town


@pytest.fixture(scope="package")
def town() -> Iterator[Town]:
    town = Town()
    yield town
    town.close()
