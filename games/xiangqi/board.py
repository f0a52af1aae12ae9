"""The board of xiangqi: where each piece may go, who is in check, and positions as text.

A position is a string of 90 letters, row by row from Black's back rank at the top left, so that it is quick to copy and
to compare: capitals are Red's pieces, small letters Black's, "." is an empty point. The letters are those of positions
as text (FEN): K general, A advisor, B elephant, N horse, R chariot, C cannon, P soldier.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

COLUMNS, ROWS = 9, 10
RED, BLACK = 0, 1
EMPTY = "."
OWN = ("KABNRCP", "kabnrcp")
"""The pieces of each seat."""
BEGIN = "rnbakabnr/9/1c5c1/p1p1p1p1p/9/9/P1P1P1P1P/1C5C1/9/RNBAKABNR w"
"""The position in which every match begins, as text."""

NAMES = tuple(f"{file}{9 - row}" for row in range(ROWS) for file in "abcdefghi")
"""What each point is called: files a to i from Red's left, ranks 0 to 9 from Red's back rank (ICCS)."""
POINTS = {name: point for point, name in enumerate(NAMES)}

STRAIGHT = ((-1, 0), (1, 0), (0, -1), (0, 1))
ASLANT = ((-1, -1), (-1, 1), (1, -1), (1, 1))
FORWARD = (-1, 1)
"""Which way rows count for each seat's soldiers."""

Hops = tuple[tuple[tuple[int, int], ...], ...]
"""For each point where a piece goes from there: the point that must be empty on the way (-1: none), and the end."""


def _point(row: int, column: int) -> int:
    """Index of a point, or -1 beside the board."""
    return row * COLUMNS + column if 0 <= row < ROWS and 0 <= column < COLUMNS else -1


def _palace(seat: int, point: int) -> bool:
    row, column = divmod(point, COLUMNS)
    return 3 <= column <= 5 and (row >= 7 if seat == RED else row <= 2)


def _home(seat: int, point: int) -> bool:
    """Whether a point lies on the seat's own side of the river."""
    return (point >= 45) == (seat == RED)


def _hops(seat: int, kind: str) -> Hops:
    return tuple(tuple(_hops_from(seat, kind, *divmod(point, COLUMNS))) for point in range(ROWS * COLUMNS))


def _hops_from(seat: int, kind: str, row: int, column: int) -> Iterator[tuple[int, int]]:
    here = _point(row, column)
    if kind in "KA":
        for down, right in STRAIGHT if kind == "K" else ASLANT:
            end = _point(row + down, column + right)
            if end >= 0 and _palace(seat, end):
                yield -1, end
    elif kind == "B":
        for down, right in ASLANT:
            end = _point(row + 2 * down, column + 2 * right)
            if end >= 0 and _home(seat, end):
                yield _point(row + down, column + right), end
    elif kind == "N":
        for down, right in STRAIGHT:
            for side in (-1, 1):
                end = _point(row + 2 * down + side * right, column + 2 * right + side * down)
                if end >= 0:
                    yield _point(row + down, column + right), end
    else:
        ways = ((FORWARD[seat], 0),) if _home(seat, here) else ((FORWARD[seat], 0), (0, -1), (0, 1))
        for down, right in ways:
            end = _point(row + down, column + right)
            if end >= 0:
                yield -1, end


def _rays(point: int) -> tuple[tuple[int, ...], ...]:
    row, column = divmod(point, COLUMNS)
    lines = ([_point(row + down * k, column + right * k) for k in range(1, ROWS)] for down, right in STRAIGHT)
    return tuple(tuple(takewhile(lambda other: other >= 0, line)) for line in lines)


def _attackers(hops: Hops) -> Hops:
    """The other way round: for each point, what must be empty and from where such a piece attacks it."""
    return tuple(
        tuple((leg, start) for start, ways in enumerate(hops) for leg, end in ways if end == point)
        for point in range(ROWS * COLUMNS)
    )


RAYS = tuple(map(_rays, range(ROWS * COLUMNS)))
"""For each point the points in the four straight directions, nearest first."""
HOPS = {kind.lower() if seat else kind: _hops(seat, kind) for seat in (RED, BLACK) for kind in "KABNP"}
HORSES = _attackers(HOPS["N"])
SOLDIERS = (_attackers(HOPS["p"]), _attackers(HOPS["P"]))
"""From where a soldier of the other attacks a point of this seat."""
NEAR = tuple(
    frozenset((point, *(p for ray in rays for p in ray), *(leg for leg, _ in HORSES[point])))
    for point, rays in enumerate(RAYS)
)
"""For each point what matters to a general there: its lines, and the points where horses that attack it are hobbled."""
EVERYWHERE = frozenset(range(ROWS * COLUMNS))


def ends(board: str, start: int) -> list[int]:
    """Where the piece on a point may go by its own way of going, whatever becomes of its general."""
    piece = board[start]
    own = OWN[piece.islower()]
    if piece in HOPS:
        return [end for leg, end in HOPS[piece][start] if (leg < 0 or board[leg] == EMPTY) and board[end] not in own]
    found = []
    for ray in RAYS[start]:
        way = iter(ray)
        for end in way:
            if board[end] != EMPTY:
                break
            found.append(end)
        else:
            continue
        if piece in "Cc":  # the first piece is the screen; what comes behind it can be taken
            end = next((end for end in way if board[end] != EMPTY), start)
        if board[end] not in own:
            found.append(end)
    return found


def after(board: str, start: int, end: int) -> str:
    """The position when the piece on one point has gone to another."""
    if start < end:
        return f"{board[:start]}.{board[start + 1 : end]}{board[start]}{board[end + 1 :]}"
    return f"{board[:end]}{board[start]}{board[end + 1 : start]}.{board[start + 1 :]}"


def in_check(board: str, seat: int) -> bool:
    """Whether the general of a seat is attacked, or faces the other on an open file."""
    other = OWN[1 - seat]
    king, horse, rook, cannon, soldier = other[0], other[3], other[4], other[5], other[6]
    here = board.index(OWN[seat][0])
    for ray in RAYS[here]:
        way = iter(ray)
        for point in way:
            if board[point] != EMPTY:
                if board[point] == rook or board[point] == king:
                    return True
                break
        for point in way:
            if board[point] != EMPTY:
                if board[point] == cannon:
                    return True
                break
    for leg, point in HORSES[here]:
        if board[point] == horse and board[leg] == EMPTY:
            return True
    return any(board[point] == soldier for _, point in SOLDIERS[seat][here])


def legal(board: str, seat: int) -> Iterator[tuple[int, int]]:
    """All legal steps of a seat, as start and end."""
    own = OWN[seat]
    near = EVERYWHERE if in_check(board, seat) else NEAR[board.index(own[0])]
    for start, piece in enumerate(board):
        if piece in own:
            for end in ends(board, start):
                if (start not in near and end not in near) or not in_check(after(board, start, end), seat):
                    yield start, end


# -- positions as text -------------------------------------------------------------------------------------------------


def read(text: str) -> tuple[str, int, int]:
    """The position of a text (FEN), who is in turn, and the steps since something was taken.

    The ranks come from Black's back rank on, then "w" (Red) or "b" is in turn; the fifth word counts steps without a
    capture. ValueError says, in a sentence for people, why there can be no such position.
    """
    words = text.split()
    if not words or len(words) > 6:
        raise ValueError("A position is a line such as 3k5/9/9/9/9/9/9/9/9/4K4 w.")
    board = _board(words[0])
    turn = words[1] if len(words) > 1 else "w"
    if turn not in ("w", "r", "b"):
        raise ValueError('After the ranks comes who is in turn: "w" is Red, "b" is Black.')
    seat = BLACK if turn == "b" else RED
    for owner, name in ((RED, "Red"), (BLACK, "Black")):
        _check_pieces(board, owner, name)
    if in_check(board, 1 - seat):
        raise ValueError("Who is not in turn is in check, so the general could be taken.")
    quiet = words[4] if len(words) > 4 else "0"
    if not quiet.isdecimal() or len(quiet) > 3:
        raise ValueError("The fifth word counts the steps since something was taken.")
    return board, seat, int(quiet)


def written(board: str, seat: int, quiet: int = 0, number: int = 1) -> str:
    """The text of a position (FEN); `number` counts Red's steps."""
    rows = (board[k : k + COLUMNS] for k in range(0, len(board), COLUMNS))
    ranks = "/".join("".join(str(len(run)) if run[0] == EMPTY else run for run in _runs(row)) for row in rows)
    return f"{ranks} {'wb'[seat]} - - {quiet} {number}"


def _runs(row: str) -> list[str]:
    return re.findall(r"\.+|[A-Za-z]", row)


def _board(text: str) -> str:
    ranks = text.split("/")
    if len(ranks) != ROWS:
        raise ValueError(f"There are {len(ranks)} ranks; a board has {ROWS}.")
    rows = []
    for number, rank in zip(range(ROWS - 1, -1, -1), ranks, strict=True):
        strange = rank.translate(str.maketrans("", "", "123456789" + "".join(OWN)))
        if strange:
            raise ValueError(f"Rank {number}: {strange[0]!r} is no piece. Pieces are {', '.join(OWN[RED])}.")
        row = "".join(EMPTY * int(letter) if letter.isdecimal() else letter for letter in rank)
        if len(row) != COLUMNS:
            raise ValueError(f"Rank {number} has {len(row)} points; a board has {COLUMNS}.")
        rows.append(row)
    return "".join(rows)


def _check_pieces(board: str, seat: int, name: str) -> None:
    """Refuse pieces that are too many, or stand where they can never come."""
    for piece, kind, most in zip(OWN[seat], OWN[RED], (1, 2, 2, 2, 2, 2, 5), strict=True):
        there = [point for point, other in enumerate(board) if other == piece]
        if kind == "K" and len(there) != 1:
            raise ValueError(f"{name} must have one general ({piece}).")
        if len(there) > most:
            raise ValueError(f"{name} has {len(there)} pieces {piece!r}; there are {most} at most.")
        for point in there:
            if piece in HOPS and point not in reach(piece):
                raise ValueError(f"{name}'s piece {piece!r} can never come to {NAMES[point]}.")


@cache
def reach(piece: str) -> frozenset[int]:
    """All points to which a piece can ever come from where it stands at the beginning."""
    seen = {point for point, other in enumerate(_board(BEGIN.split()[0])) if other == piece}
    ahead = list(seen)
    while ahead:
        new = {end for _, end in HOPS[piece][ahead.pop()]} - seen
        seen |= new
        ahead += new
    return frozenset(seen)
