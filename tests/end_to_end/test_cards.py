"""Somebody at a real window plays dou dizhu against two bots of a real server: picks, hints, passes, to the end."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from games.dou_dizhu.info import DouDizhuInfo, ranks
from tests.end_to_end.screen import opened
from tests.end_to_end.twin import Person, tapped_house
from work.settings import Settings

pytestmark = pytest.mark.usefixtures("windows")


def state(person: Person) -> DouDizhuInfo:
    info = person.twin.table.info
    assert isinstance(info, DouDizhuInfo)
    return info


def wait(person: Person) -> bool:
    """Wait for one's turn; False when the match is over."""
    person.until(lambda who: who.twin.table.my_turn or who.twin.table.outcome, "my turn, or the end")
    return person.twin.table.outcome is None


def stepped(person: Person, n: int) -> None:
    """Wait until there is a step after this one."""
    person.until(lambda who: who.twin.table.n > n, "the step is made")


def click_card(person: Person, card: str) -> None:
    """Click the part of a card of the own fan that no other card covers."""
    scene = person.screen.stage.scene
    assert scene
    (item,) = [item for item in scene.items if item.pick == card]
    person.click(person.screen.stage.pixel((item.at[0] - item.size[0] / 2 + 0.15, item.at[1])))


def play(person: Person) -> None:
    """Press the main button; the cards that are picked leave the hand."""
    picked, n = person.screen.stage.picks, person.twin.table.n
    held, seat = state(person).hands[person.twin.table.seat or 0], person.twin.table.seat
    person.press("Play 1 card" if len(picked) == 1 else f"Play {len(picked)} cards")
    stepped(person, n)
    assert seat is not None
    assert ranks(state(person).hands[seat]) == ranks(card for card in held if card not in picked)


def test_a_window_plays_a_match_of_cards_with_two_bots(tmp_path: Path) -> None:
    with ExitStack() as stack:
        house, tap = tapped_house("Mei's laptop", think=0.1)
        stack.callback(house.stop)
        settings = Settings(name="Anna", size=(1280, 800), sound=False)
        url = house.listen("ws://127.0.0.1:0")
        window = stack.enter_context(opened(tmp_path / "anna", settings, url, "--name", "Anna"))
        anna = Person(tap, window, settings)
        anna.until(lambda who: who.twin.lobby.people, "in the lobby")
        anna.press("Dou dizhu")
        anna.press("Play against bots")
        anna.until(lambda who: who.twin.at_table and who.twin.table.info, "the match begins")
        passed = played = 0
        while wait(anna):
            n = anna.twin.table.n
            info = state(anna)
            if info.landlord is None:
                anna.press("Bid 3")
            elif info.top is None:
                lowest = info.hands[anna.twin.table.seat or 0][-1]
                click_card(anna, lowest)
                assert anna.screen.stage.picks == (lowest,)
                anna.sees(anna.screen.stage.frame)
                play(anna)
                played += 1
            elif not passed or not anna.screen.stage.hand or not anna.screen.stage.hand.advice():
                anna.press("Pass")
                passed += 1
            else:
                anna.press("Hint")
                anna.sees(anna.screen.tray.says)
                play(anna)
                played += 1
            stepped(anna, n)
        assert played
        assert passed
        outcome = anna.twin.table.outcome
        assert outcome
        assert outcome.scores
        assert sum(outcome.scores) == 0
        anna.sees(anna.screen.pill)
        anna.sees(anna.screen.stage.frame)
        assert window.close() == 0
