"""Cards at a window: picked by click, by sweeping, by keys and by a hint, sorted, and played; who is what is said."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pygame
import pytest

from communication import messages as m
from games.dou_dizhu.info import DouDizhuInfo, ranks
from tests.work.desktop import hands
from tests.work.desktop.apps import alone
from tests.work.desktop.test_table_screen import Party, party
from work.desktop.buttons import Button
from work.desktop.fonts import Fonts
from work.desktop.table_layout import place_pill
from work.desktop.table_screen import TableScreen

__all__ = ["alone"]

DEAL = "BR34567TTJJQQKKAA/33344455566677788/889999TTJJQQKKAA2/222"


@contextmanager
def table(
    size: tuple[int, int] = (1280, 800), landlord: bool = True, clock: m.Clock | None = None
) -> Iterator[tuple[Party, TableScreen]]:
    """Anna with a set deal, and two friends; she has bid 3, or the next one has."""
    with party(size) as evening:
        screen = evening.open("dou_dizhu", "Mei", "Tom", seats=3, options={"deal": DEAL}, clock=clock)
        hands.click(screen, button(screen, "Bid 3" if landlord else "Pass"))
        evening.until(lambda: state(screen).bids)
        if not landlord:
            evening.steps(evening.friends[0], "bid 3")
        evening.until(lambda: state(screen).landlord is not None)
        yield evening, screen


def state(screen: TableScreen) -> DouDizhuInfo:
    assert isinstance(screen.table.info, DouDizhuInfo)
    return screen.table.info


def button(screen: TableScreen, words: str) -> Button:
    screen.arrange()
    found = [each for each in screen.tray.children if isinstance(each, Button) and words in (each.label, each.tip)]
    assert len(found) == 1, words
    return found[0]


def card(screen: TableScreen, pick: str) -> tuple[int, int]:
    """A point of a card of the own hand that no other card covers."""
    scene = screen.stage.scene
    assert scene
    (item,) = [item for item in scene.items if item.pick == pick]
    return screen.stage.pixel((item.at[0] - item.size[0] / 2 + 0.1, item.at[1]))


def picked(screen: TableScreen) -> str:
    return ranks(screen.stage.picks)


def test_clicks_pick_cards_and_the_button_says_what_they_are() -> None:
    with table() as (evening, screen):
        play = button(screen, "Play")
        assert play.off
        hands.click(screen, card(screen, "S10"))
        assert (play.label, play.off, screen.tray.says.text) == ("Play 1 card", "", "10")
        hands.click(screen, card(screen, "SJ"))
        assert play.label == "Play 2 cards"
        assert screen.tray.says.text == "These 2 cards do not go together"
        assert play.off.startswith("These 2 cards do not go together. Pairs, ")
        hands.click(screen, card(screen, "S10"))
        hands.click(screen, card(screen, "HJ"))
        assert screen.tray.says.text == "Pair of J"
        hands.click(screen, play)
        evening.until(lambda: state(screen).last[0] == ["SJ", "HJ"])
        assert picked(screen) == ""


def test_what_was_played_is_picked_no_longer_where_its_equal_goes_in_its_place() -> None:
    with table() as (evening, screen):
        hands.click(screen, card(screen, "HJ"))
        hands.click(screen, button(screen, "Play 1 card"))
        evening.until(lambda: state(screen).last[0] == ["SJ"])
        assert "HJ" in state(screen).hands[0]
        assert picked(screen) == ""


def test_sweeping_picks_and_puts_back() -> None:
    with table() as (_, screen):
        start, end = card(screen, "S7"), card(screen, "S3")
        for expected in ("34567", ""):
            hands.move(screen, start)
            hands.button(screen, pygame.MOUSEBUTTONDOWN, start)
            for x in range(start[0], end[0] + 1, 6):
                hands.move(screen, (x, start[1]), held=True)
            hands.button(screen, pygame.MOUSEBUTTONUP, end)
            assert picked(screen) == expected


def test_the_felt_and_escape_put_all_cards_back() -> None:
    with table() as (_, screen):
        hands.click(screen, card(screen, "S3"))
        assert picked(screen) == "3"
        hands.click(screen, screen.stage.pixel((6, 4.2)))
        assert picked(screen) == ""
        hands.click(screen, card(screen, "S3"))
        hands.key(screen, pygame.K_ESCAPE)
        assert picked(screen) == ""


def test_a_hint_goes_through_what_fits() -> None:
    with table() as (evening, screen):
        hands.click(screen, card(screen, "S3"))
        hands.key(screen, pygame.K_RETURN)
        evening.until(lambda: state(screen).last[0] == ["S3"])
        evening.steps(evening.friends[0], "8")
        evening.steps(evening.friends[1], "J")
        evening.until(lambda: screen.table.my_turn)
        seen = []
        for _ in range(6):
            hands.key(screen, pygame.K_h)
            seen.append(picked(screen))
        assert set(seen) <= {"Q", "K", "A", "2", "B", "R", "BR"}
        assert len(set(seen)) == 6, "each time another one"
        assert screen.tray.says.text.endswith(": beats J")


def test_keys_go_through_the_cards_pick_and_play() -> None:
    with table() as (evening, screen):
        hands.key(screen, pygame.K_LEFT)
        for _ in range(25):
            hands.key(screen, pygame.K_RIGHT)
        hands.key(screen, pygame.K_SPACE)
        assert picked(screen) == "3"
        hands.key(screen, pygame.K_LEFT)
        hands.key(screen, pygame.K_SPACE)
        assert picked(screen) == "34"
        hands.key(screen, pygame.K_SPACE)
        hands.key(screen, pygame.K_RETURN)
        evening.until(lambda: state(screen).last[0] == ["S3"])
        evening.steps(evening.friends[0], "8")
        evening.steps(evening.friends[1], "pass")
        evening.until(lambda: screen.table.my_turn)
        hands.key(screen, pygame.K_p)
        evening.until(lambda: state(screen).last[0] == [])


def test_the_own_cards_can_be_sorted_by_kind() -> None:
    with table() as (_, screen):

        def order() -> str:
            assert screen.stage.scene
            return "".join(item.pick[1:] for item in screen.stage.scene.items if item.pick)

        assert order().startswith("rb222AAKKQQ")
        hands.click(screen, button(screen, "Sort by kind"))
        assert order().startswith("222AAKKQQ")
        assert order().endswith("rb76543")
        hands.click(screen, card(screen, "*r"))
        assert picked(screen) == "R"
        hands.click(screen, button(screen, "Sort by rank"))
        assert order().startswith("rb222AAKKQQ")
        assert picked(screen) == "R", "what is picked stays picked"


def test_where_nothing_fits_the_hint_says_so() -> None:
    with table() as (evening, screen):
        for pick in ("*b", "*r"):
            hands.click(screen, card(screen, pick))
        hands.key(screen, pygame.K_RETURN)
        evening.until(lambda: state(screen).now == 1)
        for friend in evening.friends:
            evening.steps(friend, "pass")
        evening.until(lambda: screen.table.my_turn)
        hands.click(screen, card(screen, "S3"))
        hands.key(screen, pygame.K_RETURN)
        evening.until(lambda: state(screen).last[0] == ["S3"])
        evening.steps(evening.friends[0], "8")
        evening.steps(evening.friends[1], "2")
        evening.until(lambda: screen.table.my_turn)
        hands.click(screen, button(screen, "Hint"))
        assert screen.stage.moment.complaint
        assert "Nothing" in screen.stage.moment.complaint.text
        assert button(screen, "Play").off


def test_plates_say_who_is_with_whom_and_the_tray_lies_on_the_table() -> None:
    for size in ((1280, 800), (800, 600)):
        with table(size, landlord=False) as (_, screen):
            assert [row.facts.status for row in screen.seats[1:]] == ["thinking", "your partner"]
            assert screen.stage.frame.contains(screen.tray.rect)
            inside = [each.rect for each in screen.tray.children if isinstance(each, Button)]
            assert all(screen.stage.frame.contains(rect) for rect in inside)
            assert not any(a.colliderect(b) for k, a in enumerate(inside) for b in inside[:k])


def test_small_plates_keep_the_name_the_time_and_who_is_with_whom(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    render = Fonts.render

    def noted(fonts: Fonts, text: str, *more: Any) -> pygame.Surface:
        drawn.append(text)
        return render(fonts, text, *more)

    with table((800, 600), landlord=False, clock=m.Clock(main=600)) as (evening, screen):
        evening.anna.step()
        monkeypatch.setattr(Fonts, "render", noted)
        partner = screen.seats[2]
        partner.draw(evening.anna.app.window.surface)
        assert drawn == ["10:00", "Tom", "your partner"]
        assert partner.hint() == "Tom, your partner"


def test_the_own_sign_of_the_landlord_is_not_covered_by_large_buttons() -> None:
    with table((800, 600)) as (evening, screen):
        evening.anna.app.settings.text_size = "large"
        evening.anna.app.restyle()
        evening.anna.step()
        assert screen.stage.scene
        (chip,) = [item for item in screen.stage.scene.items if item.s == "Landlord"]
        button_rects = [each.rect for each in screen.tray.children if isinstance(each, Button)]
        x, y = screen.stage.pixel(chip.at)
        sign = pygame.Rect(x - 20, y - 6, 40, 12)
        assert sign.collidelist(button_rects) == -1


@pytest.mark.parametrize("size", [(1280, 800), (800, 600), (900, 650), (1920, 1080)])
def test_the_table_takes_the_room_that_it_has(size: tuple[int, int]) -> None:
    with table(size) as (_evening, screen):
        room, frame = screen.stage.rect, screen.stage.frame
        assert frame.w >= 0.93 * room.w or frame.h >= 0.93 * room.h
        assert frame.w * frame.h >= 0.8 * room.w * room.h
        screen.stage.stop_gliding()
        screen.rect = pygame.Rect(0, 0, 800, 600)
        screen.layout((800, 600))
        assert screen.stage.scene
        assert screen.stage.scene.w == 10
        assert not screen.stage.tick(0.0), "what lies elsewhere on another table does not glide there"


def test_a_line_that_is_cut_is_whole_on_hover() -> None:
    with table((800, 600)) as (evening, screen):
        evening.anna.step()
        assert screen.pill.hint() == ""
        screen.pill.text = "beat a straight of three pairs from 3 to 5, or pass"
        place_pill(screen)
        assert screen.pill.hint() == "Your turn: beat a straight of three pairs from 3 to 5, or pass"
        hands.move(screen, screen.pill.rect.center)
        assert screen.hover is screen.pill
