"""The squares of a chess board, what each piece reaches from each of them, and whether a square is attacked.

A board is a list of 64 letters, row by row from a8 to h1 as in a FEN: "P" to "K" are White's, "p" to "k" Black's, "."
is an empty square. Squares are numbers from 0 to 63 inside this package and names such as "e4" in moves.
"""

from collections.abc import Sequence

Board = list[str]
Squares = tuple[int, ...]

NAMES = tuple(f"{file}{rank}" for rank in "87654321" for file in "abcdefgh")
SQUARE = {name: square for square, name in enumerate(NAMES)}
PAIRS = tuple(tuple((start, end) for end in NAMES) for start in NAMES)
"""The move from each square to each other, made once: a match names the same few thousand again and again."""

WHITE, BLACK = 0, 1
EMPTY = "."
PIECES = ("PNBRQK", "pnbrqk")
"""The letters of each side."""
LETTERS = tuple(map(tuple, PIECES))
PROMOTES = "qrbn"
STRAIGHT = ((-1, 0), (1, 0), (0, -1), (0, 1))
DIAGONAL = ((-1, -1), (-1, 1), (1, -1), (1, 1))
JUMPS = ((-2, -1), (-2, 1), (-1, -2), (-1, 2), (1, -2), (1, 2), (2, -1), (2, 1))
UP = (-1, 1)
"""Where each side's pawns go, in rows."""


def _to(square: int, down: int, right: int) -> Squares:
    row, column = square // 8 + down, square % 8 + right
    return (row * 8 + column,) if 0 <= row < 8 and 0 <= column < 8 else ()


def _steps(ways: Sequence[tuple[int, int]]) -> tuple[Squares, ...]:
    return tuple(tuple(end for way in ways for end in _to(square, *way)) for square in range(64))


def _rays(square: int, ways: Sequence[tuple[int, int]]) -> tuple[Squares, ...]:
    rays = [tuple(end for k in range(1, 8) for end in _to(square, down * k, right * k)) for down, right in ways]
    return tuple(ray for ray in rays if ray)


KNIGHT = _steps(JUMPS)
KING = _steps(STRAIGHT + DIAGONAL)
HITS = tuple(_steps([(up, -1), (up, 1)]) for up in UP)
"""By side and square: what a pawn there attacks."""
ROOK = tuple(_rays(square, STRAIGHT) for square in range(64))
BISHOP = tuple(_rays(square, DIAGONAL) for square in range(64))
SLIDES = {
    letter: rays
    for letters, rays in (
        ("Rr", ROOK),
        ("Bb", BISHOP),
        ("Qq", tuple(r + b for r, b in zip(ROOK, BISHOP, strict=True))),
    )
    for letter in letters
}
"""By letter and square: the rays along which a piece slides."""
LEAPS = {"N": KNIGHT, "n": KNIGHT, "K": KING, "k": KING}
LIGHT = frozenset(square for square in range(64) if (square // 8 + square % 8) % 2 == 0)


def attacked(board: Board, square: int, by: int) -> bool:
    """Whether any piece of that side attacks the square."""
    pawn, knight, bishop, rook, queen, king = LETTERS[by]
    for start in HITS[1 - by][square]:
        if board[start] == pawn:
            return True
    for start in KNIGHT[square]:
        if board[start] == knight:
            return True
    for start in KING[square]:
        if board[start] == king:
            return True
    for rays, slider in ((ROOK[square], rook), (BISHOP[square], bishop)):
        for ray in rays:
            for start in ray:
                piece = board[start]
                if piece != EMPTY:
                    if piece in (slider, queen):
                        return True
                    break
    return False


def threats(board: Board, king: int, by: int) -> tuple[list[Squares], dict[int, Squares]]:
    """What threatens the king on that square: the lines of all checks, and the lines of all pins by the pinned square.

    A line holds the squares from beside the king to the attacker, which it includes: where a check is met, and where a
    pinned piece may go.
    """
    pawn, knight, bishop, rook, queen, _ = LETTERS[by]
    own = PIECES[1 - by]
    checks: list[Squares] = [(start,) for start in HITS[1 - by][king] if board[start] == pawn]
    checks += [(start,) for start in KNIGHT[king] if board[start] == knight]
    pins: dict[int, Squares] = {}
    for rays, slider in ((ROOK[king], rook), (BISHOP[king], bishop)):
        for ray in rays:
            pinned = -1
            for k, start in enumerate(ray):
                piece = board[start]
                if piece == EMPTY:
                    continue
                if piece in own:
                    if pinned >= 0:
                        break
                    pinned = start
                    continue
                if piece in (slider, queen):
                    if pinned < 0:
                        checks.append(ray[: k + 1])
                    else:
                        pins[pinned] = ray[: k + 1]
                break
    return checks, pins
