"""Whatever can be pressed can be reached by Tab, and is seen to have the keyboard."""

from collections.abc import Callable

import pygame
import pytest

from tests.work.desktop.apps import Opened, alone, house
from work.desktop.form import Form
from work.desktop.settings_pages import PAGES
from work.desktop.widgets import Group, Widget

__all__ = ["alone"]


def pressable(form: Form) -> list[Widget]:
    """All that takes a click now: what has a method of its own for events and holds nothing."""
    return [
        widget
        for widget in form._active().walk()
        if type(widget).event is not Widget.event and not isinstance(widget, Group) and widget.usable
    ]


def walk(opened: Opened) -> list[Widget]:
    """Press Tab until the focus comes back to where it began; gives all that had it."""
    form = opened.app.screen
    seen: list[Widget] = []
    for _ in range(200):
        opened.press(pygame.K_TAB)
        if form.focus in seen:
            return seen
        assert form.focus is not None
        seen.append(form.focus)
    raise AssertionError("Tab does not come round")


def rings(opened: Opened, widget: Widget) -> bool:
    """Whether the colour of the focus is to be seen in or round this widget while the keyboard is at it."""
    form = opened.app.screen
    form.focus_on(widget, by_keyboard=True)
    widget.reveal()
    form.changed()
    opened.step()
    area = widget.outside().clip(form.rect)
    colours = form.look.theme.colours
    picture = opened.app.window.surface.subsurface(area).convert(24)
    return any(
        pygame.mask.from_threshold(picture, pygame.Color(colour), (2, 2, 2, 255)).count() > 60
        for colour in (colours.focus, colours.board_focus)
    )


def check(opened: Opened) -> None:
    reached = walk(opened)
    assert reached
    missed = [widget for widget in pressable(opened.app.screen) if widget not in reached]
    assert missed == []
    for widget in reached:
        assert rings(opened, widget), widget


@pytest.mark.parametrize("size", [(800, 600), (1280, 800)])
def test_the_first_screen_and_its_sheets(size: tuple[int, int]) -> None:
    with Opened(size=size) as anna:
        first = anna.first()
        check(anna)
        first._choose_game()
        check(anna)
        anna.press(pygame.K_ESCAPE)
        first._fail("Nobody answers there")
        check(anna)


@pytest.mark.parametrize("size", [(800, 600), (1280, 800)])
@pytest.mark.parametrize("page", [page for page, _ in PAGES])
def test_the_settings(size: tuple[int, int], page: str) -> None:
    with Opened(size=size) as anna:
        anna.app.screen.open_settings(page)
        check(anna)


@pytest.mark.parametrize("size", [(800, 600), (1280, 800)])
def test_the_lobby_and_a_new_table(size: tuple[int, int]) -> None:
    with house() as (_, url), Opened(url, size=size) as anna:
        lobby = anna.lobby()
        check(anna)
        lobby._choose(lobby.tiles[0].game)
        check(anna)


@pytest.mark.parametrize("size", [(800, 600), (1280, 800)])
@pytest.mark.parametrize("game", ["gomoku", "liars_dice"])
def test_a_table(size: tuple[int, int], game: str) -> None:
    with house() as (_, url), Opened(url, size=size) as anna:
        lobby = anna.lobby()
        (tile,) = [tile for tile in lobby.tiles if tile.game.name == game]
        lobby._choose(tile.game)
        over: Callable[[], object] = lobby.over._against_bots  # type: ignore[union-attr]
        over()
        table = anna.table()
        anna.until(lambda: table.table.info is not None and table.table.my_turn)
        check(anna)
        table.acts.ask_to_leave()
        check(anna)
