"""Who stands better: what each game goes by, and that whoever stands better wins more often than not."""

import random
from typing import Any

import pytest

from games import GAMES
from games.battleship import Battleship, BattleshipInfo
from games.chess.game import Chess
from games.chess.info import ChessInfo
from games.game import Game
from games.game_info import Chance
from games.gomoku import Gomoku, GomokuInfo
from games.liars_dice import LiarsDice, LiarsDiceInfo
from games.match import Match
from games.xiangqi import Xiangqi
from games.xiangqi.info import XiangqiInfo

NONE = Chance.none()


def gomoku(*points: tuple[int, int]) -> float:
    """The balance after these points, the first of which is black's."""
    info = GomokuInfo()
    info.setup(2, Gomoku().chosen({}), NONE)
    for n, point in enumerate(points):
        info.play(n % 2, point, NONE)
    return Gomoku().balance(info)


def test_gomoku_goes_by_the_rows_of_five_that_are_open() -> None:
    three = [(7, 5), (0, 0), (7, 6), (0, 14), (7, 7), (14, 0)]
    assert gomoku() == 0
    assert 0 < gomoku(*three[:5]) < gomoku(*three, (7, 8))
    blocked = gomoku(*three, (7, 8), (7, 4), (14, 14), (7, 9))
    assert blocked < gomoku(*three, (7, 8))


def test_gomoku_is_the_same_for_both_sides() -> None:
    points = [(7, 7), (3, 3), (7, 8), (3, 4), (8, 7), (4, 3)]
    swapped = [points[n ^ 1] for n in range(len(points))]
    assert gomoku(*points) == pytest.approx(-gomoku(*swapped))


def chess(position: str) -> float:
    info = ChessInfo()
    info.begin(position, free=False)
    return Chess().balance(info)


def test_chess_goes_by_what_is_left_and_a_pawn_is_what_it_is_in_the_long_run() -> None:
    assert chess("") == 0
    pawn_more = chess("rnbqkbnr/ppppppp1/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1")
    assert (1 + pawn_more) / 2 == pytest.approx(0.64, abs=0.005)  # 1 / (1 + 10 ** -0.25)
    assert chess("rnb1kbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1") > 0.9
    assert chess("rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/1NBQKBNR w Kkq - 0 1") < -0.5


def xiangqi(position: str) -> float:
    info = XiangqiInfo()
    info.setup(2, Xiangqi().chosen({"position": position}), NONE)
    return Xiangqi().balance(info)


def test_xiangqi_goes_by_what_is_left_and_a_soldier_beyond_the_river_counts_twice() -> None:
    assert xiangqi("") == 0
    home, beyond = xiangqi("4k4/9/9/9/9/9/P8/9/9/3K5 w"), xiangqi("4k4/9/9/9/P8/9/9/9/9/3K5 w")
    assert 0 < home < beyond
    assert xiangqi("4k4/9/9/9/9/p8/9/9/9/3K5 w") == pytest.approx(-beyond)
    assert xiangqi("4k4/9/9/9/9/9/9/r8/9/3K5 w") < -0.9


def test_battleship_goes_by_what_is_afloat() -> None:
    info = BattleshipInfo(shots=[[(0, 0, -1), (0, 1, 2)], [(0, 0, 1), (0, 1, 1), (0, 2, 1)]])
    assert Battleship().balance(info) == pytest.approx(2 / 17)


def test_liars_dice_goes_by_the_dice_of_two_and_says_nothing_of_more() -> None:
    assert LiarsDice().balance(LiarsDiceInfo(counts=[5, 3])) == pytest.approx(0.4)
    assert LiarsDice().balance(LiarsDiceInfo(counts=[1, 3])) == pytest.approx(-0.4)
    assert LiarsDice().balance(LiarsDiceInfo(counts=[5, 3, 1])) is None


@pytest.mark.parametrize(("name", "matches"), [("gomoku", 200), ("battleship", 40), ("liars_dice", 100)])
def test_who_stands_better_at_two_thirds_of_a_match_wins_more_often_than_not(name: str, matches: int) -> None:
    right = wrong = 0
    for seed in range(matches):
        match = played(GAMES[name], random.Random(seed))
        then = Match.replay(match.game, 2, match.options, match.steps[: match.n * 2 // 3 + 1])
        balance = match.game.balance(then.info)
        if balance and match.outcome is not None and not match.outcome.drawn:
            won = (balance > 0) == (0 in match.outcome.winners)
            right, wrong = right + won, wrong + (not won)
    assert right > wrong * 1.2, f"{right} right, {wrong} wrong"


def played(game: Game[Any], rng: random.Random) -> Match:
    """A match of random steps; in gomoku beside a stone, since all over the board nobody plays for anything."""
    match = Match(game, 2, game.chosen({}))
    match.begin(Chance(rng.randrange))
    while match.turn:
        seat = rng.choice(sorted(match.turn))
        moves = list(match.info.moves(seat) or ())
        move = rng.choice(moves)
        while isinstance(match.info, GomokuInfo) and match.n and not beside_a_stone(match.info, *move):
            move = rng.choice(moves)
        match.play(seat, move, Chance(rng.randrange))
    return match


def beside_a_stone(info: GomokuInfo, row: int, column: int) -> bool:
    near = [(row + y, column + x) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return any(info.board[r * 15 + c] for r, c in near if 0 <= r < 15 and 0 <= c < 15)
