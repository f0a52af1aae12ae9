"""A window that nobody sees: SDL's dummy drivers."""

import os
from collections.abc import Iterator

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame
import pytest

from work.desktop.look import Look
from work.desktop.theme import Theme


@pytest.fixture
def display() -> Iterator[None]:
    """What pictures and letters need, where a test makes no window of its own."""
    pygame.display.init()
    pygame.font.init()
    yield
    pygame.display.quit()


@pytest.fixture
def screen() -> pygame.Surface:
    pygame.display.init()
    pygame.font.init()
    return pygame.display.set_mode((1280, 800))


@pytest.fixture
def look(screen: pygame.Surface) -> Look:
    screen.fill("#000000")
    return Look(Theme("light"))
