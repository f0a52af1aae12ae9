"""Options: a choice of values, and a line of text that only the game understands; a whole match as text."""

import logging
import re
from collections.abc import Mapping
from typing import Any

import pytest

from communication import messages as m
from games import GAMES
from games.game import LONGEST_TEXT, Option, TextOption
from games.game_info import Chance
from games.match import Match
from games.tic_tac_toe import TicTacToe

NONE = Chance.none()


class Lined(TicTacToe):
    """Tic-tac-toe that begins with the marks of a text such as "XO..X....", on a table of wood or glass."""

    options = {
        "start": TextOption("Start", "nine of X, O and .", "from marks on the table", 9, ("XO.......",)),
        "of": Option("Table", {"wood": "a table of wood", "glass": "a table of glass"}),
    }

    def check(self, options: Mapping[str, Any]) -> None:
        start = options["start"]
        if start == "fault":
            raise KeyError(start)
        if start and (len(start) != 9 or set(start) - set("XO.")):
            raise ValueError("The start has to be nine of X, O and dots.")
        if start and options["of"] == "glass":
            raise ValueError("Nothing can be written on glass.")


GAME = Lined()


def test_what_is_not_chosen_has_its_default() -> None:
    assert GAME.chosen({}) == {"start": "", "of": "wood"}
    assert GAME.chosen({"start": "XO......."}) == {"start": "XO.......", "of": "wood"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"colour": 1}, "Tic-tac-toe has no option 'colour'."),
        ({"of": "stone"}, "Table: 'stone' is not one of wood, glass."),
        ({"start": 7}, "Start: please write one line of text."),
        ({"start": "XO\n"}, "Start: please write one line of text."),
        ({"start": "XOXOXOXOXO"}, "Start: that is longer than 9 characters."),
        ({"start": "XOXO"}, "The start has to be nine of X, O and dots."),
        ({"start": ".........", "of": "glass"}, "Nothing can be written on glass."),
    ],
)
def test_a_refusal_is_a_sentence(options: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(says)}$"):
        GAME.chosen(options)


def test_a_game_that_fails_on_a_text_refuses_it(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match=r"^Tic-tac-toe cannot be played with these options\.$"):
        GAME.chosen({"start": "fault"})
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_what_is_typed_is_read() -> None:
    size = GAMES["gomoku"].options["size"]
    assert (size.read("19"), GAME.options["of"].read("Glass"), GAME.options["start"].read("XoX")) == (
        19,
        "glass",
        "XoX",
    )
    with pytest.raises(ValueError, match=r"^Board: please choose one of 15, 19\.$"):
        size.read("")
    assert size.typed() == {"15": "15 x 15", "19": "19 x 19"}
    assert GAME.options["start"].typed() == {'"..."': "nine of X, O and ."}


def test_a_value_has_words() -> None:
    start, of = GAME.options.values()
    assert [start.words(""), start.words("X........"), of.words("wood"), of.words("sand")] == [
        "", "from marks on the table", "a table of wood", "",
    ]  # fmt: skip


def test_the_longest_text_fits_into_a_message() -> None:
    wish = m.Open(game="x", version=1, seats=2, options={"start": "é" * LONGEST_TEXT})
    assert m.to_server(m.encode(wish)) == wish
    with pytest.raises(m.BadMessage):
        m.to_server(m.encode(m.Open(game="x", version=1, seats=2, options={"start": "x" * (LONGEST_TEXT + 1)})))


def test_a_match_is_told_as_it_stands() -> None:
    game = GAMES["tic_tac_toe"]
    match = Match(game, 2, {})
    match.begin(NONE)
    for n, cell in enumerate((4, 0, 2, 8)):
        match.play(n % 2, cell, NONE)
    match.undo(4)
    match.play(1, 6, NONE)
    assert game.notation(match) == "1. b2\n2. a3\n3. c3\n4. a1"
    match.forfeit(0)
    assert game.notation(match).splitlines()[-1] == "the other side gave up"
    assert game.words_in("zh", match.info, 0, 3) == game.words(match.info, 0, 3)
