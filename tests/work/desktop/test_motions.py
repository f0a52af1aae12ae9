"""What moves on a table holds nobody up: steps are seen at once, and touches mean what is there already."""

import pytest

from games import GAMES
from games.gomoku import GomokuInfo
from tests.work.desktop.stage_games import Cards, HandInfo, Screen
from work.desktop.motions import MOTIONS

pytestmark = pytest.mark.usefixtures("display")


def dealing() -> Screen:
    """A hand of three cards that is being dealt: of the last one nothing is to be seen yet."""
    screen = Screen(Cards(), HandInfo(cards=[]), motion="full")
    screen.info = HandInfo()
    screen.show()
    screen.draw(0.01)
    assert [shown.item.pick for shown in screen.stage.moment.shown if shown.item.pick and shown.opacity] == ["S3"]
    return screen


def test_a_click_on_a_card_that_is_still_dealt_picks_it() -> None:
    screen = dealing()
    screen.click("*r")
    assert screen.stage.picks == ("*r",)
    assert all(shown.opacity == 1 for shown in screen.stage.moment.shown), "a touch puts down what moves"


def test_keys_too_reach_what_is_still_on_its_way() -> None:
    screen = dealing()
    screen.stage.pick("H10")
    assert screen.stage.press(screen.game.scene(screen.info, 0).controls[0], {}) is None
    assert screen.moves == [("play", ("H10",))]


def test_a_deal_takes_its_time_and_then_all_is_still() -> None:
    screen, deal = dealing(), MOTIONS["held", "comes"]
    assert screen.form.tick(screen.now + (2 * deal.apart + deal.time - 1) / 1000)
    assert not screen.form.tick(screen.now + (2 * deal.apart + deal.time + 1) / 1000)


def test_the_own_step_is_seen_in_the_first_frame_after_the_click() -> None:
    screen = Screen(GAMES["gomoku"], GomokuInfo(), motion="full")
    x, y = screen.where((7, 7))
    wood = screen.surface.get_at((x + 14, y + 4))
    screen.click((7, 7))
    screen.play()
    screen.draw(0.001)
    stone = screen.surface.get_at((x + 14, y + 4))
    assert sum(stone[:3]) < sum(wood[:3]) - 150, "a black stone on wood"
    assert screen.stage.gliding


@pytest.mark.parametrize("motion", ["short", "off"])
def test_motion_that_is_short_or_off_holds_for_all_that_moves(motion: str) -> None:
    screen = Screen(Cards(), HandInfo(cards=[]), motion=motion)  # type: ignore[arg-type]
    screen.info = HandInfo()
    screen.show()
    screen.form.tick(screen.now)
    deal = MOTIONS["held", "comes"]
    length = (2 * deal.apart + deal.time) / 2000 if motion == "short" else 0.0
    assert screen.stage.gliding is (motion == "short")
    assert not screen.form.tick(screen.now + length + 0.001)
