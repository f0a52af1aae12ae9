"""Positions as text: Forsyth-Edwards notation (PGN standard, 16.1), and the 960 beginnings of Chess960.

Castling rights are read and written as in X-FEN: "K" and "Q" are the outermost rook of that side, and where a rook
nearer to the king may castle, its file's letter stands instead ("HAha" is understood too).
"""

import re

from games.chess.board import EMPTY, NAMES, PIECES, SQUARE, UP, attacked
from games.chess.position import Position

FEN = re.compile(r"([1-8a-zA-Z/]+) ([wb]) ([a-zA-Z]{1,4}|-) ([a-h][36]|-)(?: (\d{1,3}) ([1-9]\d{0,3}))?")
SIDES = "wb"
FILES = "abcdefgh"
STARTS = 960
KNIGHTS = tuple((left, right) for left in range(5) for right in range(left + 1, 5))
"""Where the two knights of a Chess960 beginning stand among the five places left, in the order of its numbers."""


def fen(position: Position) -> str:
    """The position in Forsyth-Edwards notation; a square of en passant is named where such a capture is legal."""
    rows = ["".join(position.board[row * 8 : row * 8 + 8]) for row in range(8)]
    placed = re.sub(r"\.+", lambda empty: str(len(empty[0])), "/".join(rows))
    passant = "-" if position.passant < 0 else NAMES[position.passant]
    return f"{placed} {SIDES[position.side]} {rights(position)} {passant} {position.quiet} {position.number}"


def rights(position: Position) -> str:
    """Who may still castle, as in X-FEN."""
    letters = ""
    for side in (0, 1):
        back = row_of(side)
        king = position.board.index(PIECES[side][5])
        for rook in sorted((rook for rook in position.rooks if rook - rook % 8 == back), reverse=True):
            outer = outermost(position, side, rook > king) == rook
            letter = ("K" if rook > king else "Q") if outer else FILES[rook % 8].upper()
            letters += letter if side == 0 else letter.lower()
    return letters or "-"


def row_of(side: int) -> int:
    """The first square of the row on which that side's king begins."""
    return 0 if side else 56


def outermost(position: Position, side: int, right: bool) -> int:
    """The square of the rook farthest from the king on one side of it, in the row where it began; -1: none."""
    back, (rook, king) = row_of(side), (PIECES[side][3], PIECES[side][5])
    row = position.board[back : back + 8]
    if king not in row:
        return -1
    places = [k for k, piece in enumerate(row) if piece == rook and (k > row.index(king)) == right]
    return back + (max(places) if right else min(places)) if places else -1


def read_fen(text: str, free: bool) -> Position:
    """The position that a FEN describes, castling as in Chess960 if `free`; ValueError says what is wrong with it."""
    found = FEN.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError("A FEN looks like this: 4k3/8/8/8/8/8/4P3/4K3 w - - 0 1.")
    placed, side, castling, passant, quiet, number = found.groups()
    position = Position(_placed(placed), SIDES.index(side), [], -1, int(quiet or 0), int(number or 1), free)
    _check(position)
    for letter in castling if castling != "-" else "":
        position.rooks.append(_rook(position, letter))
    position.rooks = sorted(set(position.rooks))
    if passant != "-":
        _let_pass(position, SQUARE[passant])
    return position


def _placed(rows: str) -> list[str]:
    board = list(re.sub(r"\d", lambda count: EMPTY * int(count[0]), rows.replace("/", "")))
    whole = [len(re.sub(r"\d", lambda count: EMPTY * int(count[0]), row)) for row in rows.split("/")]
    if whole != [8] * 8:
        raise ValueError("The board has to have eight rows of eight squares.")
    if unknown := set(board) - set(EMPTY.join(PIECES)):
        raise ValueError(f'There is no piece "{min(unknown)}"; pieces are K, Q, R, B, N and P.')
    return board


def _check(position: Position) -> None:
    board = position.board
    for name, pieces in zip(("White", "Black"), PIECES, strict=True):
        if board.count(pieces[5]) != 1:
            raise ValueError(f"{name} has to have one king.")
        if board.count(pieces[0]) > 8 or sum(board.count(piece) for piece in pieces) > 16:
            raise ValueError(f"{name} has more pieces than there are in a game.")
    if {"P", "p"} & {*board[:8], *board[56:]}:
        raise ValueError("A pawn cannot stand on the first or the last row.")
    if attacked(board, board.index(PIECES[1 - position.side][5]), position.side):
        raise ValueError("The side that is not to move cannot be in check.")


def _rook(position: Position, letter: str) -> int:
    """The square of the rook that may castle by this letter of a FEN."""
    side = int(letter.islower())
    back, board = row_of(side), position.board
    king = board.index(PIECES[side][5])
    if letter in "KQkq":
        rook = outermost(position, side, letter in "Kk")
    else:
        rook = back + FILES.find(letter.lower()) if letter.lower() in FILES else -1
        rook = rook if rook >= 0 and board[rook] == PIECES[side][3] and king - king % 8 == back else -1
    if rook < 0:
        raise ValueError(f'Castling "{letter}" is not possible: king and rook do not stand as they began.')
    if not position.free and not (king % 8 == 4 and rook % 8 in (0, 7)):
        raise ValueError(f'Castling "{letter}" is from other squares than usual; that is Chess960.')
    return rook


def _let_pass(position: Position, square: int) -> None:
    board, up = position.board, 8 * UP[1 - position.side]
    gone = square + up if 0 <= square + up < 64 else square
    if (
        square // 8 != (5 if position.side else 2)
        or board[gone] != PIECES[1 - position.side][0]
        or board[square] != EMPTY
        or board[square - up] != EMPTY
    ):
        raise ValueError(f"No pawn has just gone over {NAMES[square]}.")
    position.let_pass(square)


# -- Chess960 ----------------------------------------------------------------------------------------------------------


def start_960(number: int) -> Position:
    """One of the 960 beginnings of Chess960 by its number from 0 to 959, as Reinhard Scharnagl counts; 518 is usual."""
    row = [""] * 8
    number, light = divmod(number, 4)
    number, dark = divmod(number, 4)
    knights, queen = divmod(number, 6)
    row[2 * light + 1] = row[2 * dark] = "b"
    row[[k for k in range(8) if not row[k]][queen]] = "q"
    left = [k for k in range(8) if not row[k]]
    for place in KNIGHTS[knights]:
        row[left[place]] = "n"
    rook, king, other = (k for k in range(8) if not row[k])
    row[rook], row[king], row[other] = "rkr"
    pieces = "".join(row)
    board = list(pieces + "p" * 8 + EMPTY * 32 + "P" * 8 + pieces.upper())
    return Position(board, rooks=[rook, other, 56 + rook, 56 + other], free=True)
