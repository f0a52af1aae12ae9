"""Mouse and keyboard reach the right widget, and only what changed is drawn again."""

import pygame
import pytest

from tests.work.desktop.hands import button, click, key, move, settle, wheel, write
from work.desktop.buttons import Button, HoldButton
from work.desktop.choices import Choice, Number
from work.desktop.form import Form
from work.desktop.lists import ScrollList
from work.desktop.look import Look
from work.desktop.notices import Notice
from work.desktop.panels import Label, Panel, Said, Words
from work.desktop.textfield import TextField
from work.desktop.widgets import Group, Widget, place_row

ROOM = pygame.Rect(0, 0, 800, 600)


@pytest.fixture
def form(look: Look) -> Form:
    form = Form(look)
    form.rect = ROOM.copy()
    return form


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, *_: object) -> None:
        self.count += 1


def put(form: Form, *widgets: Widget) -> None:
    """Add widgets under each other."""
    form.add(*widgets)
    for number, widget in enumerate(widgets):
        widget.rect = pygame.Rect(20, 20 + 60 * number, 200, 40)


# -- buttons -----------------------------------------------------------------------------------------------------------


def test_a_click_presses_when_the_button_comes_up_on_the_same_widget(form: Form) -> None:
    act = Counter()
    one = Button("Join", act)
    put(form, one)
    move(form, one.rect.center)
    button(form, pygame.MOUSEBUTTONDOWN, one.rect.center)
    assert (one.down, act.count) == (True, 0)
    button(form, pygame.MOUSEBUTTONUP, one.rect.center)
    assert (one.down, act.count) == (False, 1)
    button(form, pygame.MOUSEBUTTONDOWN, one.rect.center)
    button(form, pygame.MOUSEBUTTONUP, (500, 500))  # thought better of it
    assert (one.down, act.count) == (False, 1)


@pytest.mark.parametrize("code", [pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE])
def test_enter_and_space_press_the_focused_button_once_however_long_they_are_held(form: Form, code: int) -> None:
    act = Counter()
    put(form, Button("Join", act))
    form.focus_next()
    for _ in range(5):
        key(form, code, text="\r", up=False)
    assert act.count == 1
    form.event(pygame.event.Event(pygame.KEYUP, key=code, mod=0))
    key(form, code)
    assert act.count == 2


def test_a_button_that_is_off_cannot_be_pressed_and_says_why(form: Form, screen: pygame.Surface) -> None:
    act = Counter()
    off = Button("Bid", act, key="B", off="It is Mei's turn", tip="Bid higher")
    put(form, off, Button("Liar!", act))
    click(form, off)
    key(form, pygame.K_b, text="b")
    form.focus_next()
    assert act.count == 0
    assert form.focus is form.children[1]
    assert off.hint() == "It is Mei's turn"
    off.off = ""
    assert off.hint() == "Bid higher"
    key(form, pygame.K_b, text="b")
    assert act.count == 1


def test_a_tip_shows_after_a_while_and_goes_with_the_pointer(form: Form) -> None:
    one = Button("", Counter(), icon="gear", tip="Settings")
    put(form, one)
    move(form, one.rect.center)
    form.tick(10.0)
    assert not form._tip.visible
    form.tick(10.5)
    assert form._tip.visible
    assert form.rect.contains(form._tip.rect)
    assert form._tip.rect.top > one.rect.bottom
    move(form, (700, 500))
    assert not form._tip.visible


def test_a_tip_goes_with_what_it_belongs_to(form: Form) -> None:
    one = Button("", Counter(), icon="gear", tip="Settings")
    put(form, one)
    move(form, one.rect.center)
    form.tick(0)
    form.tick(1)
    assert form._tip.visible
    one.visible = False
    form.tick(2)
    assert not form._tip.visible
    assert form.hover is None


def test_a_tip_stands_above_where_it_would_hide_what_lies_beneath(form: Form) -> None:
    one = Button("", Counter(), icon="gear", tip="Settings")
    one.tip_above = True
    put(form, one)
    one.rect = one.rect.move(0, 200)
    move(form, one.rect.center)
    form.tick(10.0)
    form.tick(10.5)
    assert form._tip.rect.bottom < one.rect.top


def test_shortcuts_work_unless_the_letter_is_being_written(form: Form) -> None:
    act = Counter()
    field = TextField()
    put(form, field, Button("Allow", act, key="Y"))
    key(form, pygame.K_y, text="y")
    assert act.count == 1
    form.focus_on(field)
    write(form, "yes")
    assert (act.count, field.text) == (1, "yes")
    key(form, pygame.K_y, mod=pygame.KMOD_CTRL)
    assert act.count == 1


def test_holding_long_enough_resigns_and_less_does_not(form: Form) -> None:
    act = Counter()
    hold = HoldButton("Resign", act)
    put(form, hold)
    button(form, pygame.MOUSEBUTTONDOWN, hold.rect.center)
    assert form.tick(5.0)
    form.tick(5.7)
    assert 0.8 < hold.held < 1
    button(form, pygame.MOUSEBUTTONUP, hold.rect.center)
    assert (act.count, hold.held) == (0, 0)
    button(form, pygame.MOUSEBUTTONDOWN, hold.rect.center)
    form.tick(6.0)
    assert not form.tick(6.9)
    assert act.count == 1
    button(form, pygame.MOUSEBUTTONUP, hold.rect.center)
    assert act.count == 1


def test_enter_twice_resigns_but_not_enter_held_nor_once_and_later_again(form: Form) -> None:
    act = Counter()
    put(form, HoldButton("Resign", act), Button("Draw", Counter()))
    form.focus_next()
    for _ in range(6):
        key(form, pygame.K_RETURN, up=False)
    assert act.count == 0
    key(form, pygame.K_TAB)
    key(form, pygame.K_TAB)
    form.event(pygame.event.Event(pygame.KEYUP, key=pygame.K_RETURN, mod=0))
    key(form, pygame.K_RETURN)
    assert act.count == 0
    key(form, pygame.K_RETURN)
    assert act.count == 1


def test_a_long_label_is_cut_to_its_button(form: Form, screen: pygame.Surface) -> None:
    one = Button("A label much longer than its button", Counter())
    put(form, one)
    one.rect = pygame.Rect(20, 20, 100, 40)
    settle(form, screen)
    outside = screen.subsurface((125, 20, 100, 40))
    assert pygame.transform.average_color(outside)[:3] == (239, 232, 219)


# -- focus -------------------------------------------------------------------------------------------------------------


def test_tab_goes_round_in_the_order_of_the_widgets_and_shift_tab_back(form: Form) -> None:
    first, field, last, hidden = Button("1", Counter()), TextField(), Number(1, 0, 5), Button("4", Counter())
    put(form, first, Label("only words"), Group(field), last, hidden)
    hidden.visible = False
    order = []
    for _ in range(4):
        key(form, pygame.K_TAB, text="\t")
        order.append(form.focus)
    assert order == [first, field, last, first]
    key(form, pygame.K_TAB, mod=pygame.KMOD_SHIFT)
    assert form.focus is last


def test_the_ring_shows_for_the_keyboard_and_not_for_the_mouse(form: Form, screen: pygame.Surface) -> None:
    one = Button("Join", Counter())
    put(form, one)

    def ring_is_drawn() -> bool:
        settle(form, screen)
        return tuple(screen.get_at((one.rect.centerx, one.rect.top - 4)))[:3] == (18, 87, 214)

    key(form, pygame.K_TAB)
    assert ring_is_drawn()
    click(form, one)
    assert form.focus is one
    assert not ring_is_drawn()


def test_a_widget_that_leaves_loses_focus_pointer_and_press(form: Form) -> None:
    act = Counter()
    one = Button("Join", act)
    group = Group(one)
    put(form, group)
    one.rect = pygame.Rect(20, 20, 100, 40)
    button(form, pygame.MOUSEBUTTONDOWN, one.rect.center)
    assert form.focus is form.hover is one
    form.remove(group)
    assert form.focus is form.hover is None
    button(form, pygame.MOUSEBUTTONUP, (30, 30))
    assert act.count == 0


def test_what_lies_on_top_alone_gets_events_and_escape_closes_it(form: Form) -> None:
    below, above = Counter(), Counter()
    under = Button("Below", below, key="B")
    put(form, under)
    form.focus_on(under)
    over = Button("Above", above)
    panel = Panel(over)
    form.open(panel)
    panel.rect = pygame.Rect(300, 300, 200, 200)
    over.rect = pygame.Rect(320, 320, 100, 40)
    click(form, under)
    key(form, pygame.K_b, text="b")
    key(form, pygame.K_TAB)
    assert form.focus is over
    click(form, over)
    assert (below.count, above.count) == (0, 1)
    key(form, pygame.K_ESCAPE)
    assert form.over is None
    assert form.focus is under


@pytest.mark.parametrize("by_keyboard", [True, False])
def test_what_the_keyboard_opened_shows_its_ring_and_so_does_the_way_back(form: Form, by_keyboard: bool) -> None:
    under, over = Button("Below", int), Button("Above", int)
    put(form, under)
    form.focus_on(under, by_keyboard)
    form.open(Panel(over))
    assert (form.focus, form.by_keyboard) == (over, by_keyboard)
    form.close()
    assert (form.focus, form.by_keyboard) == (under, by_keyboard)


# -- drawing only what changed -----------------------------------------------------------------------------------------


def test_only_a_change_makes_something_dirty_and_only_near_it(form: Form, screen: pygame.Surface) -> None:
    one, other = Button("Join", Counter()), Label("waiting")
    put(form, one, other)
    settle(form, screen)
    form.tick(1.0)
    assert form.dirty == []
    one.label = "Join"
    one.rect = one.rect.copy()
    assert form.dirty == []
    one.label = "Leave"
    assert form.dirty
    assert not any(area.colliderect(other.rect) for area in form.dirty)
    assert any(area.contains(one.rect) for area in form.dirty)


def test_moving_dirties_the_old_place_and_the_new_one(form: Form, screen: pygame.Surface) -> None:
    one = Label("here")
    put(form, one)
    settle(form, screen)
    before = one.rect.copy()
    one.rect = pygame.Rect(500, 400, 100, 20)
    for place in (before, one.rect):
        assert any(area.contains(place) for area in form.dirty)


def test_hover_is_a_change_once(form: Form, screen: pygame.Surface) -> None:
    one = Button("Join", Counter())
    put(form, one)
    settle(form, screen)
    move(form, one.rect.center)
    assert form.dirty
    settle(form, screen)
    move(form, (one.rect.x + 5, one.rect.y + 5))
    assert form.dirty == []


# -- choices, numbers, lists -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["segments", "pills"])
def test_one_of_several_is_chosen_by_mouse_and_arrows(form: Form, style: str) -> None:
    seen: list[object] = []
    choice = Choice([(1, "one"), ("b", "two"), (None, "three")], 1, seen.append, style=style)  # type: ignore[arg-type]
    put(form, choice)
    choice.rect = pygame.Rect(20, 20, 400, 34)
    click(form, choice.parts()[1].center)
    key(form, pygame.K_RIGHT)
    key(form, pygame.K_RIGHT)
    assert seen == ["b", None]
    key(form, pygame.K_LEFT)
    assert choice.value == "b"
    click(form, choice.parts()[1].center)
    assert seen == ["b", None, "b"]


def test_pills_wrap_where_there_is_no_room(form: Form) -> None:
    choice = Choice([(n, f"choice number {n}") for n in range(6)], 0, style="pills")
    put(form, choice)
    choice.rect = pygame.Rect(20, 20, 300, choice.height(300))
    assert all(choice.rect.contains(part) for part in choice.parts())
    assert len({part.y for part in choice.parts()}) > 1


def test_a_number_stays_within_its_bounds(form: Form) -> None:
    seen: list[int] = []
    number = Number(2, 1, 3, seen.append)
    put(form, number)
    minus, plus = number.parts()
    for place in (plus, plus, minus):
        click(form, place.center)
    assert (number.value, seen) == (2, [3, 2])
    for code in (pygame.K_END, pygame.K_UP, pygame.K_HOME, pygame.K_LEFT):
        key(form, code)
    assert (number.value, seen) == (1, [3, 2, 3, 1])


def rows(count: int) -> list[Button]:
    return [Button(f"row {n}", Counter()) for n in range(count)]


def test_a_list_scrolls_by_wheel_and_shows_the_row_with_the_focus(form: Form, screen: pygame.Surface) -> None:
    parts = rows(20)
    scroll = ScrollList(*parts, gap=4)
    form.add(scroll)
    scroll.rect = pygame.Rect(20, 20, 300, 200)
    settle(form, screen)
    assert scroll.bar() is not None
    assert parts[0].rect.y == 20
    wheel(form, (50, 50), -1)
    settle(form, screen)
    assert parts[0].rect.y < 20
    click(form, (50, 400))  # rows below the list's edge are not there
    assert form.focus is None
    form.focus_on(parts[19])
    settle(form, screen)
    assert scroll.rect.contains(parts[19].rect)
    for _ in range(19):
        key(form, pygame.K_UP)
    assert form.focus is parts[0]
    settle(form, screen)
    assert scroll.rect.contains(parts[0].rect)


def test_a_list_that_fits_has_no_bar_and_lets_the_wheel_pass(form: Form, screen: pygame.Surface) -> None:
    scroll = ScrollList(*rows(2))
    form.add(scroll)
    scroll.rect = pygame.Rect(20, 20, 300, 200)
    settle(form, screen)
    assert scroll.bar() is None
    assert not wheel(form, (50, 50), -1)


def test_the_bar_can_be_dragged_to_the_end(form: Form, screen: pygame.Surface) -> None:
    parts = rows(20)
    scroll = ScrollList(*parts)
    form.add(scroll)
    scroll.rect = pygame.Rect(20, 20, 300, 200)
    settle(form, screen)
    bar = scroll.bar()
    assert bar is not None
    button(form, pygame.MOUSEBUTTONDOWN, bar.center)
    move(form, (bar.centerx, 600), held=True)
    button(form, pygame.MOUSEBUTTONUP, (bar.centerx, 600))
    settle(form, screen)
    assert parts[-1].rect.bottom == scroll.rect.bottom


def test_a_chat_stays_at_its_end_unless_one_reads_what_was_before(form: Form, screen: pygame.Surface) -> None:
    def line(number: int) -> Said:
        return Said([Words("Mei", bold=True), Words(f"line {number}, and then some more words")], seat=1)

    scroll = ScrollList(*(line(n) for n in range(30)), at_end=True)
    form.add(scroll)
    scroll.rect = pygame.Rect(20, 20, 200, 200)
    settle(form, screen)
    scroll.add(line(30))
    settle(form, screen)
    assert scroll.children[-1].rect.bottom == scroll.rect.bottom
    wheel(form, (50, 50), 3)
    settle(form, screen)
    reading = scroll.offset
    scroll.add(line(31))
    settle(form, screen)
    assert scroll.offset == reading


# -- words -------------------------------------------------------------------------------------------------------------


def test_a_chat_line_keeps_all_words_within_its_width(form: Form) -> None:
    said = Said([Words("Mei", bold=True), Words("a long line with 中文字 and " + "w" * 60)], seat=1)
    form.add(said)
    for width in (60, 120, 300, 900):
        lines = said._lines(width)
        text = "".join(part.text for line in lines for _, part in line)
        assert text.replace(" ", "") == "Meialonglinewith中文字and" + "w" * 60
        for line in lines:
            for x, part in line:
                assert x + form.look.fonts.width(part.text, "list", part.bold) <= width
    assert said.height(60) > said.height(900)


def test_a_label_that_is_cut_tells_the_whole_on_hover(form: Form) -> None:
    label = Label("A very long name indeed", "name")
    put(form, label)
    assert not label.touchable
    label.rect = pygame.Rect(20, 20, 60, 20)
    assert label.touchable
    assert label.hint() == "A very long name indeed"


def test_a_notice_puts_its_buttons_inside_whatever_its_width(form: Form, screen: pygame.Surface) -> None:
    notice = Notice(
        "info", "undo", "Mei asks to take back her step", "The clock runs on.", [Button("Keep it", Counter())]
    )
    form.add(notice)
    heights = []
    for width in (248, 336, 700):
        notice.rect = pygame.Rect(20, 20, width, notice.height(width))
        settle(form, screen)
        assert notice.rect.contains(notice.children[0].rect)
        heights.append(notice.rect.h)
    assert heights[0] > heights[1] > heights[2]


def test_a_row_gives_the_rest_to_the_one_that_stretches(form: Form) -> None:
    parts = [Button("Pass", Counter()), Label("cards"), Button("Play", Counter())]
    form.add(*parts)
    place_row(pygame.Rect(0, 0, 500, 40), *parts, gap=8, stretch=parts[1])
    assert parts[0].rect.x == 0
    assert parts[2].rect.right == 500
    assert parts[1].rect.w == 500 - 16 - parts[0].rect.w - parts[2].rect.w
    place_row(pygame.Rect(0, 0, 900, 40), *parts, gap=8, align="right")
    assert parts[2].rect.right == 900


def test_a_toast_goes_by_itself(form: Form, screen: pygame.Surface) -> None:
    form.say("Saved", "good")
    form.tick(1.0)
    settle(form, screen)
    form.tick(2.0)
    assert form._toast.visible
    form.tick(4.0)
    assert not form._toast.visible
    assert form.dirty


def test_a_widget_outside_of_any_screen_says_so() -> None:
    with pytest.raises(RuntimeError, match="before it was added"):
        Button("Join", Counter()).size()
