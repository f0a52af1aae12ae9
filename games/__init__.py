"""Games: one file or folder a game, with its rules and its table; the shelf `GAMES` names them all."""

from typing import Any

from games.battleship import Battleship
from games.chess import Chess
from games.dou_dizhu import DouDizhu
from games.game import Game
from games.gomoku import Gomoku
from games.liars_dice import LiarsDice
from games.tic_tac_toe import TicTacToe
from games.xiangqi import Xiangqi

GAMES: dict[str, Game[Any]] = {
    game.name: game
    for game in (
        TicTacToe(),
        Gomoku(),
        Chess(),
        LiarsDice(),
        Battleship(),
        Xiangqi(),
        DouDizhu(),
    )
}  # fmt: skip
"""Every game that can be played, by its name; to add one, add a line."""
