"""Chess by FIDE's Laws: `board` and `position` know the moves, `info` judges, `fen`, `san` and `pgn` read and write."""

from games.chess.game import Chess as Chess
