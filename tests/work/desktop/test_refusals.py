"""What a refusal says at the table: what is wrong, and beneath it what helps, in both languages."""

from collections.abc import Iterator, Sequence

import pytest

from games import GAMES
from games.game_info import Chance, Move
from games.match import Match
from work.desktop.stage_signs import parted
from work.language import spoken, use

DEAL = {"deal": "R22AAKKQQJJTT9876/B22AKQJT998877665/AKQJT987654444333/553"}
WRONG: Sequence[tuple[str, Sequence[Move], Move, str, str]] = (
    ("tic_tac_toe", (4,), 4, "That is not possible now", "Choose another place."),
    ("gomoku", ((7, 7),), (7, 7), "H8 is taken", "Choose a free crossing."),
    ("battleship", (), ((0, 0), (0, 1)), "That is no place for the carrier", "It takes 5 cells in one row or column."),
    ("battleship", (), ("fire", 0, 0), "Place your whole fleet first",
     "Touch both ends of the next ship, on your own sea."),
    ("liars_dice", (), "liar", "There is no bid to call yet", "Bid first."),
    ("liars_dice", (("bid", 2, 3),), ("bid", 2, 2), "Bid more than 2 × three",
     "Take more dice, or as many of a higher face."),
    ("chess", (), ("g1", "g3"), "A knight cannot go there", "It goes two squares straight and one aside."),
    ("chess", (), "e4", "There is no piece of yours on this square", "Choose one of your pieces."),
    ("xiangqi", (), "e9", "That is a piece of the other side", "Choose one of yours."),
    ("xiangqi", (), ("a0", "b1"), "A chariot goes along the lines", "It does not jump."),
    ("dou_dizhu", ("bid 3",), "TJ", "These 2 cards do not go together",
     "Pairs, triples and straights do, for instance."),
    ("dou_dizhu", ("bid 3",), "pass", "You lead, so you cannot pass", "Play what you like."),
)  # fmt: skip


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    use("en")


@pytest.mark.parametrize(("name", "steps", "move", "wrong", "helps"), WRONG)
def test_a_wrong_step_is_told_with_what_helps(
    name: str, steps: Sequence[Move], move: Move, wrong: str, helps: str
) -> None:
    game = GAMES[name]
    match = Match(game, game.seats[0], game.chosen(DEAL if name == "dou_dizhu" else {}))
    match.begin(Chance())
    for step in steps:
        match.play(min(match.turn), step, Chance())
    refusal = match.info.judge(min(match.turn), move)
    assert refusal is not None
    assert parted(spoken(refusal.text)) == (wrong, helps)
    use("zh")
    chinese = parted(spoken(refusal.text))
    assert all(chinese)
    assert not set(chinese) & {wrong, helps}
    assert not chinese[0].endswith("。")


def test_every_game_helps() -> None:
    assert {name for name, *_rest in WRONG} == set(GAMES)
