"""A text field takes what hands and input methods give it, and shows where it is."""

import pygame
import pytest

from tests.work.desktop.hands import button, click, key, move, settle, write
from work.desktop.form import Form
from work.desktop.look import Look
from work.desktop.textfield import TextField


@pytest.fixture
def form(look: Look) -> Form:
    form = Form(look)
    form.rect = pygame.Rect(0, 0, 800, 600)
    return form


def put(form: Form, field: TextField) -> TextField:
    form.add(field)
    field.rect = pygame.Rect(20, 20, 200, 40)
    form.focus_on(field)
    return field


def test_writing_replacing_and_enter(form: Form) -> None:
    entered: list[str] = []
    changed: list[str] = []
    field = put(form, TextField("Anna", most=6, on_enter=entered.append, on_change=changed.append))
    field.select_all()
    write(form, "Mei Lin")
    assert field.text == "Mei Li"
    key(form, pygame.K_RETURN, text="\r")
    assert entered == ["Mei Li"]
    assert changed == ["M", "Me", "Mei", "Mei ", "Mei L", "Mei Li"]


def test_keys_move_select_and_delete(form: Form) -> None:
    field = put(form, TextField("one two"))
    key(form, pygame.K_HOME)
    key(form, pygame.K_RIGHT, mod=pygame.KMOD_SHIFT)
    key(form, pygame.K_DELETE)
    assert field.text == "ne two"
    key(form, pygame.K_END)
    key(form, pygame.K_BACKSPACE, mod=pygame.KMOD_CTRL)
    assert field.text == "ne "


def test_the_clipboard(form: Form) -> None:
    field = put(form, TextField("one two"))
    key(form, pygame.K_a, mod=pygame.KMOD_CTRL)
    key(form, pygame.K_x, mod=pygame.KMOD_CTRL)
    assert field.text == ""
    key(form, pygame.K_v, mod=pygame.KMOD_CTRL)
    key(form, pygame.K_v, mod=pygame.KMOD_META)  # Command on macOS
    assert field.text == "one twoone two"


def test_a_secret_is_neither_shown_nor_copied(form: Form, screen: pygame.Surface) -> None:
    pygame.scrap.put_text("before")
    field = put(form, TextField("password", secret=True))
    settle(form, screen)
    dots = pygame.image.tobytes(screen, "RGB")
    for command in (pygame.K_a, pygame.K_c, pygame.K_x):
        key(form, command, mod=pygame.KMOD_CTRL)
    assert pygame.scrap.get_text() == "before"
    field.text = "drowssap"
    settle(form, screen)
    assert pygame.image.tobytes(screen, "RGB") == dots


def test_half_written_text_of_an_input_method_is_shown_and_keeps_its_keys(form: Form, screen: pygame.Surface) -> None:
    entered: list[str] = []
    field = put(form, TextField("你", on_enter=entered.append))
    settle(form, screen)
    before = pygame.image.tobytes(screen, "RGB")
    form.event(pygame.event.Event(pygame.TEXTEDITING, text="hao", start=0, length=3))
    assert form.dirty
    settle(form, screen)
    assert pygame.image.tobytes(screen, "RGB") != before
    key(form, pygame.K_RETURN, text="\r")
    key(form, pygame.K_BACKSPACE)
    assert (field.text, entered) == ("你", [])
    form.event(pygame.event.Event(pygame.TEXTINPUT, text="好"))
    key(form, pygame.K_RETURN, text="\r")
    assert (field.text, entered) == ("你好", ["你好"])


def test_a_chinese_line_is_written_with_the_candidates_at_the_caret(
    form: Form, screen: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[pygame.Rect] = []
    monkeypatch.setattr(pygame.key, "set_text_input_rect", lambda rect: places.append(pygame.Rect(rect)))
    entered: list[str] = []
    field = put(form, TextField("好！再来", on_enter=entered.append))
    field.line.move_to(2)
    settle(form, screen)
    for pinyin, words in (("yi", "一"), ("ju", "局")):
        for count in range(1, len(pinyin) + 1):
            form.event(pygame.event.Event(pygame.TEXTEDITING, text=pinyin[:count], start=count, length=0))
            key(form, ord(pinyin[count - 1]), text="")
            settle(form, screen)
            assert places[-1].x > places[-2].x  # the list of characters goes along with what is written
            assert (places[-1].top, places[-1].bottom) == (field.rect.top, field.rect.bottom)
        key(form, pygame.K_BACKSPACE)
        key(form, pygame.K_RETURN, text="\r")
        assert not entered  # these keys were the input method's
        form.event(pygame.event.Event(pygame.TEXTINPUT, text=words))
        form.event(pygame.event.Event(pygame.TEXTEDITING, text="", start=0, length=0))
        settle(form, screen)
    assert field.text == "好！一局再来"
    key(form, pygame.K_RETURN, text="\r")
    assert entered == ["好！一局再来"]


def test_what_was_half_written_is_gone_with_the_focus(form: Form, screen: pygame.Surface) -> None:
    field = put(form, TextField("好"))
    form.event(pygame.event.Event(pygame.TEXTEDITING, text="hao", start=0, length=3))
    form.focus_on(None)
    form.focus_on(field)
    key(form, pygame.K_BACKSPACE)
    settle(form, screen)
    assert field.text == ""


def test_the_mouse_puts_the_caret_and_selects(form: Form, screen: pygame.Surface) -> None:
    field = put(form, TextField("iiii wwww"))
    settle(form, screen)
    left = field.rect.x + form.look.px(13)
    at = [left + form.look.fonts.width("iiii wwww"[:n]) for n in range(10)]
    move(form, (at[2], 40))
    button(form, pygame.MOUSEBUTTONDOWN, (at[2], 40))
    assert field.line.caret == 2
    move(form, (at[6], 40), held=True)
    button(form, pygame.MOUSEBUTTONUP, (at[6], 40))
    assert field.line.selected == "ii w"


def test_two_quick_clicks_select_a_word(form: Form, screen: pygame.Surface) -> None:
    field = put(form, TextField("iiii wwww"))
    settle(form, screen)
    for _ in range(2):
        click(form, (field.rect.x + 15, 40))
    assert field.line.selected == "iiii"


def test_the_caret_stays_in_sight_in_a_long_text(form: Form, screen: pygame.Surface) -> None:
    field = put(form, TextField("w" * 100))
    settle(form, screen)
    assert field._scroll > 0
    key(form, pygame.K_HOME)
    settle(form, screen)
    assert field._scroll == 0
    field.text = "w"
    settle(form, screen)
    assert field._scroll == 0


def test_a_wrong_entry_is_marked_until_it_is_changed(form: Form, screen: pygame.Surface) -> None:
    field = put(form, TextField("KITE"))
    field.wrong = True
    settle(form, screen)
    assert tuple(screen.get_at((field.rect.centerx, field.rect.y)))[:3] == (174, 49, 36)
    write(form, "S")
    assert not field.wrong
