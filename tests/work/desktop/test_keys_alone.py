"""Every game can be played with the keyboard alone; chess, xiangqi and cards have such tests beside their tables."""

from functools import partial

import pygame
import pytest

from games import GAMES
from tests.work.desktop.apps import Opened, alone, house
from work.desktop.table_screen import TableScreen

__all__ = ["alone"]


def begun(anna: Opened, game: str) -> TableScreen:
    """A table against a bot, begun with keys: the lobby's tiles have the keyboard at first."""
    lobby = anna.lobby()
    anna.press(*[pygame.K_RIGHT] * list(GAMES).index(game), pygame.K_TAB, pygame.K_RETURN)
    anna.until(lambda: anna.app.screen is not lobby)
    screen = anna.table()
    anna.until(lambda: screen.table.info is not None and screen.table.my_turn)
    return screen


def own_steps(screen: TableScreen) -> list[str]:
    return [line.words for line in screen.table.lines if line.seat == screen.table.seat]


def placed_so_many(screen: TableScreen, count: int) -> bool:
    return len(own_steps(screen)) == count


@pytest.mark.parametrize(
    ("game", "keys"),
    [
        ("tic_tac_toe", (pygame.K_RIGHT, pygame.K_RETURN)),
        ("gomoku", (pygame.K_RIGHT, pygame.K_DOWN, pygame.K_SPACE)),
        ("liars_dice", (pygame.K_b,)),
    ],
)
def test_a_step_needs_no_mouse(game: str, keys: tuple[int, ...]) -> None:
    with house() as (_, url), Opened(url, size=(800, 600)) as anna:
        screen = begun(anna, game)
        anna.press(*keys)
        anna.until(lambda: own_steps(screen))


def test_ships_are_placed_and_shots_fired_with_keys() -> None:
    with house() as (_, url), Opened(url, size=(800, 600)) as anna:
        screen = begun(anna, "battleship")
        anna.press(*[pygame.K_LEFT] * 12, *[pygame.K_UP] * 12)
        for placed, length in enumerate((5, 4, 3, 3, 2), 1):
            anna.press(pygame.K_RETURN, *[pygame.K_RIGHT] * (length - 1), pygame.K_RETURN)
            anna.until(partial(placed_so_many, screen, placed))
            anna.press(pygame.K_DOWN, *[pygame.K_LEFT] * 12)
        anna.until(lambda: screen.table.my_turn)
        anna.press(*[pygame.K_RIGHT] * 14, pygame.K_RETURN)
        anna.until(lambda: own_steps(screen)[-1].startswith("fires"))
