"""Whole matches of chess as PGN: read by python-chess, and by ourselves, they are what was played."""

import io
from typing import Any

import pytest

from games import GAMES
from games.chess.fen import fen
from tests.contract.playouts import Variant, playout, variants
from tests.truth.of_chess import chess_info
from tests.truth.referees import engine

GAME = GAMES["chess"]


@pytest.mark.parametrize("variant", variants(GAME), ids=str)
def test_a_match_in_pgn_is_read_by_others(variant: Variant) -> None:
    reader: Any = engine("chess.pgn")
    for seed in range(2):
        match = playout(variant, seed).match
        text = GAME.notation(match, ("Anna", "Mei"))
        game = reader.read_game(io.StringIO(text))
        assert not game.errors
        assert game.end().board().fen() == fen(chess_info(match).position)
        assert (game.headers["White"], game.headers["Black"]) == ("Anna", "Mei")
        ((again, names),) = GAME.read_notation(text)
        assert chess_info(again).position == chess_info(match).position
        assert tuple(names) == ("Anna", "Mei")
        assert again.outcome is not None
        assert match.outcome is not None
        assert again.outcome.ranks == match.outcome.ranks
