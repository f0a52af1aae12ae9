"""Matches that are over, in a terminal: listed, gone through step by step, from any seat, and gone on with."""

import pytest

from tests.kit import Place
from tests.work.terminal.test_player import Typist, table


def finished(anna: Typist, bob: Typist) -> None:
    """A match of tic-tac-toe that Anna wins, and both leave."""
    for k, step in enumerate(("4", "0", "1", "2", "7")):
        (anna, bob)[k % 2].reads("It is your turn")
        (anna, bob)[k % 2].types(step)
    for typist in (anna, bob):
        typist.reads("The match is over")
        typist.types("leave").reads("You have left")


def test_a_match_is_listed_and_gone_through() -> None:
    with table("tic-tac-toe", "Anna", "Bob") as (anna, bob):
        finished(anna, bob)
        anna.types("replay")
        line = anna.reads("Anna against Bob", "Anna won, three in a row").splitlines()[0]
        number = line.split()[0]
        anna.types(f"replay {number}").reads("go through the match")
        anna.reads("step 0 of 5.")
        anna.types("").reads("step 1 of 5. Anna: ")
        anna.types("next").reads("step 2 of 5. Bob: ")
        anna.types("back").reads("step 1 of 5. Anna: ")
        anna.types("last").reads("step 5 of 5. ", "Anna won, three in a row")
        anna.types("99").reads("step 5 of 5")
        anna.types("3").reads("step 3 of 5")
        anna.types("first").reads("step 0 of 5")
        anna.types("moments").reads("three in a row")
        anna.types("text").reads("Tic-tac-toe: Anna - Bob")
        anna.types("seat bob").reads("step 0 of 5")
        anna.types("close").reads("The replay is closed.")
        anna.types("next").reads('"next" is not a command')


def test_from_a_step_one_plays_on_against_bots() -> None:
    with Place(bots=True) as place:
        anna = Typist("Anna").connect(place.url)
        anna.reads("Here:")
        anna.types("solo tic-tac-toe").reads("It is your turn")
        anna.types("4").reads("It is your turn")
        anna.types("resign").reads("The match is over")
        anna.types("leave").reads("You have left")
        anna.types("replay 1").reads("go through the match")
        anna.types("1").reads("step 1 of")
        anna.types("on").reads("The replay is closed.")
        anna.reads("You sit at table")
        anna.reads("It is your turn")
        assert anna.player.table is not None
        assert [line.seat for line in anna.player.table.lines[:2]] == [0, 1]
        assert anna.quits() == 0


@pytest.mark.parametrize("typed", ["replay 99", "replay 99999999999999999999", "replay it", "replay -1"])
def test_what_is_no_match_is_said_in_words(typed: str) -> None:
    with Place() as place:
        anna = Typist("Anna").connect(place.url)
        anna.reads("Here:")
        anna.types("replay").reads("No match is over yet.")
        anna.types(typed)
        anna.reads("There is no such match" if typed == "replay 99" else '"replay" lists the matches')
        assert anna.quits() == 0


def test_a_table_is_saved_by_typing() -> None:
    with table("gomoku", "Anna", "Bob") as (anna, bob):
        anna.reads("It is your turn")
        anna.types("save").reads("You ask to save the table for another evening.")
        bob.reads("Anna asks to save the table for another evening.")
        bob.types("yes")
        anna.reads("The match is paused.")
        anna.types("pause").reads("The match goes on.")
