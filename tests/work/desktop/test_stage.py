"""The stage: touches become moves, refusals are shown where one touched, and only what has changed is drawn."""

from typing import Any

import pygame
import pytest

from games import GAMES
from games.example import example_match
from games.game import Game
from games.tic_tac_toe import TicTacToe, TicTacToeInfo
from tests.work.desktop.stage_games import Cards, HandInfo, Screen, Walk, WalkInfo
from work.desktop.look import Look
from work.desktop.theme import Theme

UP, DOWN = pygame.MOUSEBUTTONUP, pygame.MOUSEBUTTONDOWN


pytestmark = pytest.mark.usefixtures("display")


def count(surface: pygame.Surface, colour: str) -> int:
    """How many pixels have about this colour."""
    return pygame.transform.threshold(None, surface, colour, (20, 20, 20), None, 0)


# -- touches -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GAMES)
@pytest.mark.parametrize("size", [(928, 700), (544, 560), (300, 200)])
def test_every_place_is_found_where_it_is_drawn(name: str, size: tuple[int, int]) -> None:
    game = GAMES[name]
    screen = Screen(game, example_match(game).info, size=size)
    scene, view = screen.stage.scene, screen.stage.view
    assert scene
    assert view
    for tag, at in scene.places().items():
        x, y = view.layout.pixel(at)
        assert view.layout.area.collidepoint(x, y)
        assert view.layout.table((x, y)) == pytest.approx(at)
        assert (spot := screen.stage._spot_at((round(x), round(y))))
        assert spot.tag == tag


def test_the_seat_opposite_sees_all_places_turned_by_half() -> None:
    game = Walk()
    a1 = Screen(game).where("a1")
    game.flip = True
    screen = Screen(game)
    b3 = next(at for tag, at in game.scene(WalkInfo(), 0).places().items() if tag == "b3")
    assert screen.stage.pixel(b3) == a1
    screen.click("a1")
    screen.click("a2")
    assert screen.moves == [("a1", "a2")]


def test_a_click_sends_the_move_and_a_second_click_waits_for_the_answer() -> None:
    screen = Screen(TicTacToe())
    screen.click(4)
    assert screen.moves == [4]
    screen.play()
    assert screen.info.cells[4] == "X"  # type: ignore[attr-defined]
    screen.click(0)
    assert screen.moves == []
    assert screen.refused == [("It is not your turn.", 0)]


def test_two_touches_and_a_menu_spell_a_move() -> None:
    screen = Screen(Walk())
    screen.click("a1")
    assert screen.moves == []
    screen.click("a2")
    assert screen.moves == [("a1", "a2")]
    screen.play()
    screen.click("a2")
    screen.click("a3")
    assert screen.stage.options == [("q", "Queen"), ("n", "Knight")]
    menu = screen.stage.moment.menu
    assert menu
    assert screen.stage.rect.contains(menu.rows[1])
    screen.button(DOWN, menu.rows[1].center)
    screen.button(UP, menu.rows[1].center)
    assert screen.moves == [("a2", "a3", "n")]
    assert screen.stage.moment.menu is None


def test_a_click_beside_the_menu_forgets_it() -> None:
    screen = Screen(Walk(), WalkInfo("a2"))
    screen.click("a2")
    screen.click("a3")
    screen.click("b1")
    assert screen.stage.options == []
    assert screen.moves == []


def test_a_drag_is_two_touches() -> None:
    screen = Screen(Walk())
    screen.drag("a1", "a2")
    assert screen.moves == [("a1", "a2")]


def test_a_drag_to_a_wrong_place_is_refused_there_and_one_to_nowhere_forgets() -> None:
    screen = Screen(Walk())
    screen.drag("a1", "b3")
    assert screen.refused == [("Not so. ('a1', 'b3') does not go.", "b3")]
    screen.button(DOWN, screen.where("a1"))
    screen.point((2, 2))
    screen.button(UP, (2, 2))
    assert screen.moves == []
    assert screen.stage.moment.held is None


def test_the_same_place_again_and_escape_forget() -> None:
    screen = Screen(Walk())
    screen.click("a1")
    assert screen.stage.moment.held
    screen.click("a1")
    assert screen.stage.moment.held is None
    screen.click("a1")
    assert screen.key(pygame.K_ESCAPE)
    assert screen.stage.moment.held is None
    assert not screen.key(pygame.K_ESCAPE)
    screen.click("a2")
    assert screen.moves == []


def test_what_is_held_stays_in_the_hand_when_nothing_new_is_shown() -> None:
    screen = Screen(Walk())
    screen.button(DOWN, screen.where("a1"))
    screen.show()
    screen.point(screen.where("a2"))
    screen.show()
    screen.button(UP, screen.where("a2"))
    assert screen.moves == [("a1", "a2")]


def test_a_move_that_nothing_carries_is_offered_as_a_button() -> None:
    screen = Screen(Walk())
    assert screen.stage.loose() == [("pass", "Pass")]
    screen.stage.touch("pass")
    assert screen.moves == ["pass"]


def test_what_cannot_be_listed_is_asked_of_the_judge() -> None:
    screen = Screen(Cards())
    screen.click("pile")
    assert screen.refused == [("Pick one or two cards.", "pile")]
    screen.click("deck")
    assert screen.moves == ["deck"]


def test_picks_are_switched_on_and_off_lie_higher_and_travel_with_a_button() -> None:
    screen = Screen(Cards())
    scene = screen.stage.scene
    assert scene
    play = scene.controls[0]
    assert screen.stage.refusal(play, {})
    assert screen.stage.press(play, {})
    low = {shown.item.pick: shown.at[1] for shown in screen.stage.moment.shown}
    screen.click("*r")
    screen.click("S3")
    high = {shown.item.pick: shown.at[1] for shown in screen.stage.moment.shown}
    assert [name for name in low if high[name] < low[name]] == ["S3", "*r"]
    assert screen.stage.picks == ("S3", "*r")
    assert screen.stage.refusal(play, {}) is None
    screen.click("S3")
    assert screen.stage.press(play, {}) is None
    assert screen.moves == [("play", ("*r",))]
    screen.info = HandInfo(["S3", "H10"])
    screen.show()
    assert screen.stage.picks == ()


def test_a_stroke_over_a_pad_is_a_move_in_table_units() -> None:
    screen = Screen(Cards())
    x, y = screen.where("sheet")
    screen.button(DOWN, (x, y))
    for k in (10, 20):
        screen.point((x + k, y))
    screen.button(UP, (x + 20, y))
    [(tag, points)] = screen.moves
    assert tag == "sheet"
    assert points[0] == (6.5, 1.5)
    assert points[2][0] > points[1][0] > 6.5
    screen.moves.clear()
    screen.button(DOWN, (x, y))
    screen.button(UP, (x, y))
    assert screen.moves == []
    assert screen.stage.moment.complaint


@pytest.mark.parametrize(("seat", "may_touch"), [(None, True), (0, False)])
def test_who_only_looks_touches_nothing(seat: int | None, may_touch: bool) -> None:
    screen = Screen(TicTacToe(), seat=seat, may_touch=may_touch)
    screen.click(4)
    screen.key(pygame.K_RIGHT)
    screen.key(pygame.K_RETURN)
    assert (screen.moves, screen.refused, screen.stage.moment.hover) == ([], [], None)


# -- keyboard ----------------------------------------------------------------------------------------------------------


def test_a_whole_game_with_the_keyboard_alone() -> None:
    game, info = TicTacToe(), TicTacToeInfo()
    screen = Screen(game, info)
    for cell in (4, 0, 2, 6, 3, 5, 1, 7, 8):
        screen.seat = min(info.turn())
        screen.show()
        for _ in range(20):  # as people do it: towards the goal, row by row and column by column
            focus = screen.stage._focus
            if focus and focus.tag == cell:
                break
            here = focus.tag if focus else -1
            if here < 0:
                screen.key(pygame.K_UP)
            elif here // 3 != cell // 3:
                screen.key(pygame.K_DOWN if here < cell else pygame.K_UP)
            else:
                screen.key(pygame.K_RIGHT if here < cell else pygame.K_LEFT)
        screen.key(pygame.K_SPACE if cell % 2 else pygame.K_RETURN)
        assert screen.moves == [cell]
        screen.play()
    assert info.outcome()


def test_arrows_and_enter_choose_from_the_menu() -> None:
    screen = Screen(Walk(), WalkInfo("a2"))
    screen.click("a2")
    screen.click("a3")
    screen.key(pygame.K_DOWN)
    screen.key(pygame.K_RETURN)
    assert screen.moves == [("a2", "a3", "n")]


def test_the_frame_of_the_keyboard_goes_when_the_mouse_is_used() -> None:
    screen = Screen(TicTacToe())
    assert not screen.key(pygame.K_RETURN)
    screen.key(pygame.K_LEFT)
    assert screen.stage.moment.focus
    screen.click(4)
    assert screen.stage.moment.focus is None


# -- what is to be seen ------------------------------------------------------------------------------------------------


def test_a_refusal_is_shown_at_the_place_touched_and_goes_after_a_while() -> None:
    screen = Screen(TicTacToe(), TicTacToeInfo(["X", "O", *[""] * 7]), motion="full")
    screen.click(0)
    assert screen.refused == [("This place is taken. Choose another one.", 0)]
    complaint = screen.stage.moment.complaint
    assert complaint
    assert complaint.spot
    assert complaint.spot.tag == 0
    shake = set()
    for _ in range(16):
        screen.draw(0.01)
        shake.add(complaint.shift)
    assert min(shake) < 0 < max(shake)
    screen.draw(1)
    assert complaint.opacity == 1
    red = count(screen.surface, screen.form.look.theme.colours.refused)
    screen.draw(1)
    assert screen.stage.moment.complaint
    screen.draw(1)
    assert screen.stage.moment.complaint is None
    assert red > count(screen.surface, screen.form.look.theme.colours.refused) + 200


def test_a_refusal_of_the_room_is_shown_at_the_last_touch_or_where_it_says() -> None:
    screen = Screen(TicTacToe())
    screen.click(4)
    screen.stage.refuse("Somebody was faster.")
    assert screen.stage.moment.complaint
    assert screen.stage.moment.complaint.spot == screen.stage._by_tag[4]
    screen.stage.refuse("Not there.", 8)
    assert screen.stage.moment.complaint.spot == screen.stage._by_tag[8]
    screen.click(7)
    assert screen.stage.moment.complaint is None


@pytest.mark.parametrize("place", range(9))
def test_the_bubble_stays_on_the_stage(place: int) -> None:
    screen = Screen(TicTacToe(), size=(420, 420))
    screen.stage.refuse("A long sentence that takes two lines at the least. And a hint what would help.", place)
    bubble = screen.stage.view.pictures[-1].rect if screen.stage.view else None
    assert bubble
    shadow = 4 * screen.form.look.theme.shadow(2).blur  # which may lie beyond, two blurs on each side
    assert screen.stage.rect.contains(bubble.inflate(-shadow, -shadow))


def test_the_pointer_shows_what_a_touch_would_put_there() -> None:
    screen = Screen(TicTacToe())
    screen.point(screen.where(4))
    assert screen.stage.moment.hover
    assert [item.s for item in screen.stage.moment.ghost] == ["X"]
    assert screen.stage.cursor == pygame.SYSTEM_CURSOR_HAND
    screen.point((1, 1))
    assert screen.stage.moment.hover is None
    assert screen.stage.moment.ghost == ()
    assert screen.stage.cursor == pygame.SYSTEM_CURSOR_ARROW


def test_the_coordinates_of_the_place_under_the_pointer_are_bold() -> None:
    screen = Screen(GAMES["gomoku"])
    view = screen.stage.view
    assert view
    before = len(view.pictures)
    screen.point(screen.where((7, 4)))
    changed = [picture.rect for picture in view.pictures[before:]]
    assert sum(rect.collidepoint(screen.stage.pixel((5, 15.6))) for rect in changed) == 1
    assert sum(rect.collidepoint(screen.stage.pixel((0.4, 8))) for rect in changed) == 1


def test_words_of_a_thing_are_shown_where_the_pointer_rests() -> None:
    screen = Screen(Cards())
    screen.point(screen.where("deck"))
    screen.draw(0)
    before = screen.surface.copy()
    assert screen.draw(1)
    assert before.get_buffer().raw != screen.surface.get_buffer().raw
    screen.point(screen.where("pile"))
    screen.point((1, 1))
    screen.draw(1)
    assert screen.draw(1) == []


def test_dots_show_where_what_is_held_may_go() -> None:
    screen = Screen(Walk())
    assert screen.stage.moment.next == []
    screen.click("a1")
    assert [spot.tag for spot in screen.stage.moment.next] == ["a2"]


@pytest.mark.parametrize("name", GAMES)
def test_nothing_is_drawn_when_nothing_has_changed(name: str) -> None:
    game: Game[Any] = GAMES[name]
    screen = Screen(game, example_match(game).info, motion="full")
    screen.draw()
    assert screen.draw() == []
    screen.show()
    assert screen.draw() == []


def test_a_step_draws_its_place_alone_and_comes_to_rest() -> None:
    screen = Screen(TicTacToe(), motion="full")
    screen.click(0)
    screen.draw()
    screen.play()
    dirty = screen.draw(0)
    first = screen.where(0)
    assert all(not rect.collidepoint(screen.where(8)) for rect in dirty)
    assert any(rect.collidepoint(first) for rect in dirty)
    for _ in range(3):
        screen.draw(1)
    assert screen.draw() == []


def test_what_is_drawn_piece_by_piece_is_what_is_drawn_at_once() -> None:
    screen = Screen(Walk(), motion="full")
    screen.click("a1")
    screen.draw(0.05)
    screen.click("a2")
    screen.play()
    for _ in range(12):
        screen.draw(0.05)
    apart = screen.surface.copy()
    screen.form.changed()
    screen.draw(0)
    assert screen.surface.get_buffer().raw == apart.get_buffer().raw


def test_another_size_does_not_stop_what_glides() -> None:
    screen = Screen(Walk(), motion="full")
    screen.click("a1")
    screen.click("a2")
    screen.play()
    screen.draw(0)
    screen.stage.layout(pygame.Rect(0, 0, 500, 600))
    screen.draw(0.05)
    assert [shown.moving for shown in screen.stage.moment.shown] == [True]


def test_the_mark_of_the_last_step_is_to_be_seen() -> None:
    game = GAMES["gomoku"]
    match = example_match(game)
    screen = Screen(game, match.info)
    last = next(item for item in game.scene(match.info, 0).items if item.mark == "last")
    x, y = screen.stage.pixel(last.at)
    around = screen.surface.subsurface(pygame.Rect(x - 12, y - 12, 24, 24))
    colours = screen.form.look.theme.colours
    red = colours.last_on_white if last.fill == "white" else colours.last_on_black
    assert count(around, red) > 20


def test_another_look_is_taken_over_when_it_is_drawn() -> None:
    screen = Screen(TicTacToe())
    before = screen.surface.get_at((464, 350))
    screen.form.look = Look(Theme("dark"))
    screen.draw()
    assert screen.surface.get_at((464, 350)) != before
