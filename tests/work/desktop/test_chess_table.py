"""Chess at a table in a window: what a menu pictures, a draw claimed with a move, what lies beside a name, and help."""

from collections.abc import Iterator
from contextlib import contextmanager

import pygame
import pytest

from communication import messages as m
from games.chess.info import CLAIM, ChessInfo
from games.scene import disc
from tests.work.desktop import hands
from tests.work.desktop.apps import Opened, alone, house
from work.desktop.help_sheet import HelpSheet
from work.desktop.look import Look
from work.desktop.stage_layout import Spot
from work.desktop.stage_signs import Signs
from work.desktop.table_screen import TableScreen
from work.desktop.theme import Theme, ThemeName

__all__ = ["alone"]

PAWNS = "r1b5/PPP3pk/8/8/8/8/4Kppp/8 w - - 0 1"


@contextmanager
def at_a_table(position: str = "", size: tuple[int, int] = (1280, 800)) -> Iterator[tuple[Opened, TableScreen]]:
    """Anna has White; the other side is played by the test, as the server would announce it."""
    with house() as (_, url), Opened(url, size=size) as anna, Opened(url, "Mei") as mei:
        anna.lobby(mei)
        mei.lobby(anna)
        anna.app.request(m.Open(game="chess", version=1, seats=2, options={"position": position}))
        screen = anna.table(mei)
        mei.app.request(m.Join(room=screen.table.code))
        other = mei.table(anna)
        anna.until(lambda: screen.table.info is not None and other.table.info is not None, mei)
        screen.stage.stop_gliding()
        yield anna, screen


def point(screen: TableScreen, square: str) -> tuple[int, int]:
    assert screen.stage.scene is not None
    return screen.stage.pixel(screen.stage.scene.places()[square])


def drag(screen: TableScreen, start: str, end: str) -> None:
    hands.button(screen, pygame.MOUSEBUTTONDOWN, point(screen, start))
    hands.move(screen, point(screen, end), held=True)
    hands.button(screen, pygame.MOUSEBUTTONUP, point(screen, end))


def go(anna: Opened, screen: TableScreen, square: str) -> None:
    """Let the arrows lead the frame to a square, as somebody does who looks where it is."""
    goal = point(screen, square)
    for _ in range(20):
        focus = screen.stage._focus
        if focus is not None and focus.tag == square:
            return
        x, y = screen.stage.pixel(focus.at) if focus is not None else goal
        across, down = goal[0] - x, goal[1] - y
        if abs(across) > abs(down):
            anna.press(pygame.K_RIGHT if across > 0 else pygame.K_LEFT)
        else:
            anna.press(pygame.K_DOWN if down > 0 else pygame.K_UP)
    raise AssertionError(f"the arrows do not lead to {square}")


def test_a_match_can_be_played_with_keys_alone() -> None:
    with at_a_table("6k1/1P3ppp/8/8/8/8/6PP/6K1 w - - 0 1") as (anna, screen):
        for square in ("b7", "b8"):
            go(anna, screen, square)
            anna.press(pygame.K_RETURN)
        assert screen.stage.moment.menu is not None
        anna.press(pygame.K_SPACE)
        anna.until(lambda: screen.table.outcome is not None)
        assert screen.table.outcome is not None
        assert (screen.table.outcome.winners, screen.table.outcome.why) == ((0,), "checkmate")


def test_keys_find_every_square_that_may_be_touched() -> None:
    with at_a_table() as (anna, screen):
        for square in ("a2", "h2", "b1", "g1", "e2"):
            go(anna, screen, square)
        anna.press(pygame.K_RETURN)
        go(anna, screen, "e4")
        anna.press(pygame.K_ESCAPE)
        assert screen.stage.moment.held is None
        go(anna, screen, "g1")
        anna.press(pygame.K_RETURN)
        go(anna, screen, "f3")
        anna.press(pygame.K_RETURN)
        anna.until(lambda: screen.table.n == 1)


def test_a_pawn_dragged_to_the_last_row_asks_what_it_becomes() -> None:
    with at_a_table(PAWNS) as (anna, screen):
        drag(screen, "b7", "a8")
        menu = screen.stage.moment.menu
        assert menu is not None
        assert [words for _, words in screen.stage.options] == ["queen", "rook", "bishop", "knight"]
        assert screen.stage.scene is not None
        assert set(screen.stage.scene.faces) == {"q", "r", "b", "n"}
        assert not menu.rect.collidepoint(point(screen, "a8"))  # the place itself stays in sight
        anna.press(pygame.K_DOWN, pygame.K_DOWN, pygame.K_DOWN, pygame.K_RETURN)
        anna.until(lambda: screen.table.n == 1)
        info = screen.table.info
        assert isinstance(info, ChessInfo)
        assert info.position.board[0] == "N"
        assert [item.look for item in screen.seats[0].beside] == ["chess-bR"]
        assert [item.s for item in screen.seats[1].beside] == ["+2"]


def test_what_was_captured_is_drawn_beside_the_name() -> None:
    with at_a_table(PAWNS) as (anna, screen):
        row = screen.seats[0]
        before, after = pygame.Surface((1280, 800)), pygame.Surface((1280, 800))
        screen.draw(before)
        drag(screen, "b7", "a8")
        anna.press(pygame.K_RETURN)
        anna.until(lambda: screen.table.n == 1)
        screen.draw(after)
        light = pygame.Color(screen.look.theme.colours.square_light)
        end = row.rect.inflate(-40, -20)

        def bright(surface: pygame.Surface) -> int:
            return sum(
                surface.get_at((x, y)) == light for x in range(end.x, end.right) for y in range(end.y, end.bottom)
            )

        assert bright(before) == 0
        assert bright(after) > 50


def test_a_draw_can_be_claimed_with_the_move_that_brings_it_about() -> None:
    rook = "4k3/8/8/8/8/8/4P3/R3K3 w - - 99 80"
    for key, ends in ((pygame.K_RETURN, ""), (pygame.K_DOWN, "fifty")):
        with at_a_table(rook) as (anna, screen):
            hands.click(screen, point(screen, "a1"))
            hands.click(screen, point(screen, "a2"))
            assert [words for _, words in screen.stage.options] == ["Only this step", "and claim a draw"]
            assert [tag for tag, _ in screen.stage.options] == ["a2", CLAIM]
            anna.press(key, pygame.K_RETURN)
            anna.until(lambda: screen.table.n >= 1)
            assert isinstance(screen.table.info, ChessInfo)
            assert screen.table.info.end == ends


def test_a_draw_is_claimed_with_a_button_where_the_position_has_come_three_times() -> None:
    with at_a_table("4k3/8/8/8/8/8/4P3/R3K3 w - - 100 80") as (anna, screen):
        assert screen.tray.visible
        anna.step()
        (claim,) = (child for child in screen.tray.children if getattr(child, "label", "") == "Claim a draw")
        hands.click(screen, claim)
        anna.until(lambda: screen.table.outcome is not None)
        assert screen.table.outcome is not None
        assert screen.table.outcome.drawn


def test_f1_says_how_to_play() -> None:
    for size in ((1280, 800), (800, 600)):
        with at_a_table(size=size) as (anna, screen):
            anna.press(pygame.K_F1)
            assert isinstance(screen.over, HelpSheet)
            anna.step()
            assert screen.rect.contains(screen.over.rect)
            anna.press(pygame.K_ESCAPE)
            assert screen.over is None
            hands.click(screen, screen.bar.help)
            assert isinstance(screen.over, HelpSheet)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_one_may_take_has_a_ring_with_a_light_edge(screen: pygame.Surface, name: ThemeName) -> None:
    theme = Theme(name)
    ring = Signs(Look(theme), 50, "wood").take(Spot("e5", (0, 0), disc((0, 0), 0.5)))
    width, row = ring.get_width(), ring.get_height() // 2
    seen = [ring.get_at((x, y)) for x in range(width // 6) for y in range(row // 2, 2 * row - row // 2)]
    for role in ("halo", "legal"):
        assert any(pixel == pygame.Color(theme.colour(role)) for pixel in seen), role
