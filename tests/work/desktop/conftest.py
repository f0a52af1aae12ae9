"""A window that nobody sees: SDL's dummy drivers."""

import os
from collections.abc import Iterator
from functools import lru_cache

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame
import pytest

from work.desktop import look as look_module
from work.desktop.fonts import Fonts
from work.desktop.look import Look
from work.desktop.paint import Paint
from work.desktop.theme import Theme


@lru_cache(maxsize=8)
def fonts(theme: Theme) -> Fonts:
    """The text of a theme, for as long as pygame keeps its fonts."""
    pygame.register_quit(fonts.cache_clear)
    return Fonts(theme)


@pytest.fixture(scope="package", autouse=True)
def drawn_once() -> Iterator[None]:
    """What is drawn for a theme is drawn once for all tests, as a window that stays open does it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(look_module, "Paint", lru_cache(maxsize=8)(Paint))
        patch.setattr(look_module, "Fonts", fonts)
        yield


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
