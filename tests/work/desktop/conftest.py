"""A window that nobody sees: SDL's dummy drivers."""

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

from collections.abc import Iterator

import pygame
import pytest

from work.desktop.look import Look
from work.desktop.theme import Theme


@pytest.fixture(scope="session")
def screen() -> Iterator[pygame.Surface]:
    pygame.display.init()
    pygame.font.init()
    yield pygame.display.set_mode((1280, 800))
    pygame.quit()


@pytest.fixture
def look(screen: pygame.Surface) -> Look:
    screen.fill("#000000")
    return Look(Theme("light"))
