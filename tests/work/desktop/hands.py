"""A player's hands: events as pygame would send them."""

import pygame

from work.desktop.form import Form
from work.desktop.widgets import Widget


def key(form: Form, code: int, *, mod: int = 0, text: str = "", up: bool = True) -> bool:
    """Press a key and let it go; a letter also arrives as text, as SDL does it."""
    used = form.event(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=text, scancode=0))
    if text and text.isprintable() and not mod & pygame.KMOD_CTRL:
        form.event(pygame.event.Event(pygame.TEXTINPUT, text=text))
    if up:
        form.event(pygame.event.Event(pygame.KEYUP, key=code, mod=mod, unicode=text, scancode=0))
    return used


def write(form: Form, text: str) -> None:
    for letter in text:
        key(form, ord(letter.lower()), text=letter)


def move(form: Form, place: tuple[int, int], held: bool = False) -> bool:
    buttons = (1 if held else 0, 0, 0)
    return form.event(pygame.event.Event(pygame.MOUSEMOTION, pos=place, rel=(5, 0), buttons=buttons))


def button(form: Form, kind: int, place: tuple[int, int]) -> bool:
    return form.event(pygame.event.Event(kind, pos=place, button=1))


def click(form: Form, target: Widget | tuple[int, int]) -> None:
    place = target.rect.center if isinstance(target, Widget) else target
    move(form, place)
    button(form, pygame.MOUSEBUTTONDOWN, place)
    button(form, pygame.MOUSEBUTTONUP, place)


def wheel(form: Form, place: tuple[int, int], up: int) -> bool:
    move(form, place)
    return form.event(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=up, flipped=False))


def settle(form: Form, surface: pygame.Surface) -> None:
    """Draw what is dirty, as the window does."""
    form.arrange()
    form.dirty = []
    form.draw(surface)
