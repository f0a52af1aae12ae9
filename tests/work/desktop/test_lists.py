"""A list that only tells something is scrolled by the keyboard all the same."""

import pygame

from tests.work.desktop import hands
from work.desktop.buttons import Button
from work.desktop.form import Form
from work.desktop.lists import ScrollList
from work.desktop.look import Look
from work.desktop.panels import Label


def shown(look: Look, rows: ScrollList, screen: pygame.Surface) -> Form:
    form = Form(look)
    form.rect = pygame.Rect(0, 0, 400, 300)
    done = Button("Done", lambda: None)
    form.add(rows, done)
    done.rect = pygame.Rect(10, 200, 100, 40)
    rows.rect = pygame.Rect(10, 10, 200, 100)
    hands.settle(form, screen)
    return form


def test_what_is_longer_than_its_place_takes_the_keyboard(look: Look, screen: pygame.Surface) -> None:
    rows = ScrollList(*(Label(f"step {k}") for k in range(30)))
    form = shown(look, rows, screen)
    hands.key(form, pygame.K_TAB)
    assert form.focus is rows
    for code, offset in ((pygame.K_DOWN, 50), (pygame.K_UP, 0), (pygame.K_END, 500), (pygame.K_HOME, 0)):
        hands.key(form, code)
        assert rows.offset == offset
    hands.key(form, pygame.K_TAB)
    assert form.focus is not rows


def test_what_can_be_seen_whole_or_has_rows_to_press_does_not(look: Look, screen: pygame.Surface) -> None:
    for rows in (
        ScrollList(Label("one step")),
        ScrollList(*(Button(f"step {k}", lambda: None) for k in range(30))),
    ):
        shown(look, rows, screen)
        assert not rows.focusable
