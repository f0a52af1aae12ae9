"""Positions that no play has led to, beside engines: pieces anywhere, castling and en passant where they can be."""

import random

from games.chess.fen import fen, read_fen
from games.xiangqi.board import EMPTY, HOPS, NAMES, OWN, POINTS, in_check, legal, reach, written
from tests.truth.of_chess import chess
from tests.truth.of_xiangqi import name, pyffish

POSITIONS = 150


def any_chess(draws: random.Random) -> str:
    """A position that python-chess calls possible: a pawn has just gone two, kings and rooks are often at home."""
    while True:
        board = chess.Board(None)
        home = draws.random() < 0.5
        squares = draws.sample(range(64), draws.randint(4, 14))
        kings = (chess.E1, chess.E8) if home else (squares.pop(), squares.pop())
        for square in squares:
            kinds = [2, 3, 4, 5] if square // 8 in (0, 7) else [1, 1, 1, 2, 3, 4, 5]
            board.set_piece_at(square, chess.Piece(draws.choice(kinds), draws.random() < 0.5))
        for corner in (chess.A1, chess.H1, chess.A8, chess.H8) if home else ():
            board.set_piece_at(corner, chess.Piece(chess.ROOK, corner < 8))
        board.turn = draws.random() < 0.5
        go_two(board, draws.randrange(8))
        for king, side in zip(kings, (True, False), strict=True):
            board.set_piece_at(king, chess.Piece(chess.KING, side))
        board.castling_rights = board.rooks & (chess.BB_RANK_1 | chess.BB_RANK_8)
        board.castling_rights = board.clean_castling_rights()
        if board.is_valid():
            return str(board.fen())


def go_two(board: "chess.Board", file: int) -> None:
    """A pawn of the side that is not to move has just gone two squares on this file, past a pawn of the other."""
    start, over, end = (chess.square(file, row) for row in ((6, 5, 4) if board.turn else (1, 2, 3)))
    for square in (start, over):
        board.remove_piece_at(square)
    board.set_piece_at(end, chess.Piece(chess.PAWN, not board.turn))
    board.set_piece_at(end - 1 if file else end + 1, chess.Piece(chess.PAWN, board.turn))
    board.ep_square = over


def test_chess() -> None:
    draws, passing = random.Random(67), 0
    for _ in range(POSITIONS):
        text = any_chess(draws)
        ours, theirs = read_fen(text, free=False), chess.Board(text)
        assert {"".join(move) for move in ours.legal()} == {move.uci() for move in theirs.legal_moves}, text
        assert fen(ours) == text
        for side in (0, 1):
            assert ours.can_mate(side) != theirs.has_insufficient_material(side == 0), text
        passing += theirs.has_legal_en_passant()
    assert passing > POSITIONS // 10


def any_xiangqi(draws: random.Random) -> tuple[str, int]:
    """A position whose pieces stand where they can come, and who is in turn."""
    while True:
        board, seat = [EMPTY] * len(POINTS), draws.randrange(2)
        for piece, most in zip("".join(OWN), (1, 2, 2, 2, 2, 2, 5) * 2, strict=True):
            places = sorted(reach(piece)) if piece in HOPS else range(len(POINTS))
            for point in draws.sample(places, 1 if most == 1 else draws.randint(0, most)):
                board[point] = piece
        position = "".join(board)
        if position.count("K") == position.count("k") == 1 and not in_check(position, 1 - seat):
            return position, seat


def test_xiangqi() -> None:
    draws, checks = random.Random(67), 0
    for _ in range(POSITIONS):
        board, seat = any_xiangqi(draws)
        text = written(board, seat)
        moves = {name((NAMES[start], NAMES[end])) for start, end in legal(board, seat)}
        assert moves == set(pyffish.legal_moves("xiangqi", text, [])), text
        assert in_check(board, seat) == pyffish.gives_check("xiangqi", text, []), text
        checks += in_check(board, seat)
    assert checks > POSITIONS // 10
