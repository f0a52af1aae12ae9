"""Moves in words: standard algebraic notation (FIDE's Laws, appendix C; PGN standard, 8.2.3)."""

import re

from games.chess.board import EMPTY, NAMES, PIECES, SQUARE
from games.chess.position import Move, Position

SAN = re.compile(r"([KQRBN]?)([a-h]?)([1-8]?)x?([a-h][1-8])(?:=?([QRBN]))?")
CASTLES = {"O-O": True, "O-O-O": False}
NOTES = re.compile(r"\{[^}]*\}|;[^\n]*|\$\d+|\d+\.+|\.\.\.")
VARIATION = re.compile(r"\([^()]*\)")
RESULTS = ("1-0", "0-1", "1/2-1/2", "*")


def san(position: Position, move: Move) -> str:
    """A legal move as people write it: "e4", "Nbd2", "exd8=Q+", "O-O", "Qxf7#"."""
    start, end = SQUARE[move[0]], SQUARE[move[1]]
    piece = position.board[start].upper()
    rook = position.castles(start, end)
    after = position.after(move)
    if rook >= 0:
        text = "O-O" if rook > start else "O-O-O"
    elif piece == "P":
        taken = f"{move[0][0]}x" if start % 8 != end % 8 else ""
        text = taken + move[1] + (f"={move[2].upper()}" if len(move) > 2 else "")
    else:
        taken = "x" if position.board[end] != EMPTY else ""
        text = piece + _which(position, start, end) + taken + move[1]
    if not after.in_check:
        return text
    return text + ("+" if after.can_move else "#")


def _which(position: Position, start: int, end: int) -> str:
    """What tells a piece from its like that could go there as well: its file, else its rank, else both."""
    piece, name = position.board[start], NAMES[start]
    like = [
        NAMES[other]
        for other, letter in enumerate(position.board)
        if letter == piece and other != start and any(move[1] == NAMES[end] for move in position.legal_from(other))
    ]
    if not like:
        return ""
    if all(other[0] != name[0] for other in like):
        return name[0]
    return name if any(other[1] == name[1] for other in like) else name[1]


def read_san(position: Position, text: str) -> Move:
    """The legal move that somebody has written, strictly or not quite; ValueError where it is none or not clear."""
    word = text.rstrip("+#!?").replace("0-0", "O-O").replace("0-O", "O-O")
    legal = list(position.legal())
    fitting = [move for move in legal if "".join(move) == word.lower()]
    if not fitting and word in CASTLES:
        fitting = [move for move in legal if CASTLES[word] is _castled(position, move)]
    elif not fitting and (found := SAN.fullmatch(word)):
        piece, file, rank, end, becomes = found.groups()
        letter = PIECES[position.side]["PNBRQK".index(piece or "P")]
        fitting = [
            move
            for move in legal
            if move[1:] == ((end, becomes.lower()) if becomes else (end,))
            and position.board[SQUARE[move[0]]] == letter
            and move[0].startswith(file)
            and move[0].endswith(rank)
            and _castled(position, move) is None
        ]
    if len(fitting) != 1:
        side, word = "Black" if position.side else "White", text[:12]
        if fitting:
            raise ValueError(f'Move {position.number} of {side}, "{word}", could be more than one.')
        raise ValueError(f'Move {position.number} of {side}, "{word}", is not legal.')
    return fitting[0]


def _castled(position: Position, move: Move) -> bool | None:
    """Whether a legal move castles on the king's side; None where it does not castle."""
    start = SQUARE[move[0]]
    rook = position.castles(start, SQUARE[move[1]])
    return None if rook < 0 else rook > start


def read_moves(position: Position, text: str) -> list[Move]:
    """The moves of a game written down, from a position on; numbers, comments and variations are passed over."""
    text = NOTES.sub(" ", text)
    while "(" in text:
        shorter = VARIATION.sub(" ", text)
        if shorter == text:
            raise ValueError("A variation in brackets has no end.")
        text = shorter
    moves = []
    for word in text.split():
        if word in RESULTS:
            break
        moves.append(read_san(position, word))
        position = position.after(moves[-1])
    return moves
