"""The tray of liar's dice: faces are chosen as dice, and the button names the bid."""

import pygame

from tests.work.desktop import hands
from tests.work.desktop.apps import alone
from tests.work.desktop.test_table_screen import party
from work.desktop.buttons import Button
from work.desktop.dice_choice import DiceChoice

__all__ = ["alone"]


def test_a_face_is_chosen_by_click_and_by_keys_and_the_button_says_the_bid() -> None:
    with party() as evening:
        screen = evening.open("liars_dice", "Mei", "Tom", seats=3)
        screen.arrange()
        (faces,) = [each for each in screen.tray.children if isinstance(each, DiceChoice)]
        bid = next(each for each in screen.tray.children if isinstance(each, Button))
        assert (faces.value, bid.label) == (2, "Bid 1 × two")
        hands.click(screen, faces.parts()[4].center)
        assert (faces.value, bid.label) == (5, "Bid 1 × five")
        hands.key(screen, pygame.K_RIGHT)
        assert (faces.value, bid.label) == (6, "Bid 1 × six")
        assert all(screen.tray.rect.contains(part) for part in faces.parts())
        hands.key(screen, pygame.K_b)
        evening.until(lambda: screen.table.n == 1)
        assert screen.table.lines[-1].words == "bids 1 × six"


def test_arrows_make_the_bid_where_the_table_has_no_places() -> None:
    with party() as evening:
        screen = evening.open("liars_dice", "Mei", "Tom", seats=3)
        bid = next(each for each in screen.tray.children if isinstance(each, Button))
        for arrow in (pygame.K_UP, pygame.K_UP, pygame.K_DOWN, pygame.K_RIGHT):
            hands.key(screen, arrow)
        assert bid.label == "Bid 2 × three"
        hands.key(screen, pygame.K_b)
        evening.until(lambda: screen.table.n == 1)
        assert screen.table.lines[-1].words == "bids 2 × three"
