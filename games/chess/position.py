"""A position of chess: its legal moves, and the position after a move.

A move is a tuple of names: `("e2", "e4")`, `("e7", "e8", "q")`. Castling is the king's two steps, `("e1", "g1")`; in
Chess960, where these may be a move of the king alone or none, it is the king onto its own rook, `("e1", "h1")`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from games.chess.board import (
    EMPTY,
    HITS,
    LEAPS,
    LIGHT,
    PAIRS,
    PIECES,
    PROMOTES,
    SLIDES,
    SQUARE,
    UP,
    Board,
    Squares,
    attacked,
    threats,
)

Move: TypeAlias = tuple[str, ...]

START = "rnbqkbnr" + "p" * 8 + EMPTY * 32 + "P" * 8 + "RNBQKBNR"
ROOKS, KINGS = (0, 7, 56, 63), (4, 60)
EVERYWHERE = frozenset(range(64))
KING_SIDE, QUEEN_SIDE = (6, 5), (2, 3)
"""The columns on which king and rook stand after castling."""


@dataclass(slots=True)
class Position:
    """All that decides what may be played: the board, the side to move, and what the past allows.

    `rooks` are the squares of the rooks that may still castle, in ascending order. `passant` is the square over which a
    pawn has just gone, where it can be captured there by a legal move; else -1. `quiet` counts the moves of both sides
    since a capture or a pawn's move, `number` is the number of White's next or Black's present move. `free` says that
    castling is that of Chess960.
    """

    board: Board = field(default_factory=lambda: list(START))
    side: int = 0
    rooks: list[int] = field(default_factory=lambda: list(ROOKS))
    passant: int = -1
    quiet: int = 0
    number: int = 1
    free: bool = False

    @property
    def key(self) -> str:
        """What two positions share where they are the same to the laws on repetition (9.2.3)."""
        return f"{''.join(self.board)}{self.side}{self.rooks}{self.passant}"

    @property
    def king(self) -> int:
        """The square of the king of the side to move."""
        return self.board.index(PIECES[self.side][5])

    @property
    def in_check(self) -> bool:
        """Whether the side to move is in check."""
        return attacked(self.board, self.king, 1 - self.side)

    @property
    def can_move(self) -> bool:
        """Whether the side to move has a legal move."""
        return next(self.legal(), None) is not None

    def can_mate(self, side: int) -> bool:
        """Whether that side has what it takes to mate at all, by whatever moves of both sides.

        A king alone has not, nor with one knight unless a piece of the other side but a queen stands in its own king's
        way, nor with bishops where all bishops go on squares of one colour and there is no knight and no pawn.
        """
        own, other = ({piece.upper() for piece in self.board if piece in PIECES[s][:5]} for s in (side, 1 - side))
        if own & set("PRQ"):
            return True
        if "N" in own:
            men = sum(piece in PIECES[side] for piece in self.board)
            return men > 2 or bool(other & set("PNBR"))
        if "B" in own:
            squares = [square for square, piece in enumerate(self.board) if piece in "Bb"]
            return len({square in LIGHT for square in squares}) > 1 or bool(other & set("PN"))
        return False

    # -- legal moves -------------------------------------------------------------------------------------------------

    def legal(self) -> Iterator[Move]:
        """All legal moves, in the order of the squares from which they are made."""
        board, own, king = self.board, PIECES[self.side], self.king
        checks, pins = threats(board, king, 1 - self.side)
        for start, piece in enumerate(board):
            if piece in own:
                yield from self._of(start, checks, pins)

    def legal_from(self, start: int) -> Iterator[Move]:
        """The legal moves of the piece on one square; none where it is not one of the side to move."""
        if self.board[start] in PIECES[self.side]:
            yield from self._of(start, *threats(self.board, self.king, 1 - self.side))

    def reach(self, start: int) -> Iterator[Move]:
        """Where the piece of the side to move on this square could go if its king could not be in check."""
        own = PIECES[self.side]
        if self.board[start] == own[5]:
            return (PAIRS[start][end] for end in LEAPS[own[5]][start] if self.board[end] not in own)
        return self._of(start, [], {})

    def _of(self, start: int, checks: list[Squares], pins: dict[int, Squares]) -> Iterator[Move]:
        board, own = self.board, PIECES[self.side]
        piece, pairs = board[start], PAIRS[start]
        if piece == own[5]:
            yield from self._steps_of_king(start)
            if not checks:
                yield from self._castling(start)
            return
        if len(checks) > 1:
            return
        allowed = set(pins[start]) if start in pins else EVERYWHERE
        if checks:
            allowed = allowed.intersection(checks[0])
            if not allowed and piece != own[0]:
                return
        if piece == own[0]:
            yield from self._steps_of_pawn(start, allowed)
        elif piece == own[1]:
            for end in LEAPS[piece][start]:
                if board[end] not in own and end in allowed:
                    yield pairs[end]
        else:
            for ray in SLIDES[piece][start]:
                for end in ray:
                    other = board[end]
                    if other == EMPTY:
                        if end in allowed:
                            yield pairs[end]
                        continue
                    if other not in own and end in allowed:
                        yield pairs[end]
                    break

    def _steps_of_pawn(self, start: int, allowed: set[int] | frozenset[int]) -> Iterator[Move]:
        board, foe, up = self.board, PIECES[1 - self.side], 8 * UP[self.side]
        ends = [end for end in HITS[self.side][start] if board[end] in foe]
        if board[start + up] == EMPTY:
            ends.append(start + up)
            if start // 8 == (1 if up > 0 else 6) and board[start + 2 * up] == EMPTY:
                ends.append(start + 2 * up)
        for end in ends:
            if end in allowed:
                pair = PAIRS[start][end]
                if 8 <= end < 56:
                    yield pair
                else:
                    yield from ((*pair, letter) for letter in PROMOTES)
        if self.passant >= 0 and self.passant in HITS[self.side][start] and self._may_pass(start, self.passant):
            yield PAIRS[start][self.passant]

    def _may_pass(self, start: int, end: int) -> bool:
        """Whether capturing en passant leaves no check: two pawns leave their squares at once, so it is tried out."""
        board = self.board.copy()
        board[end], board[start], board[end - 8 * UP[self.side]] = board[start], EMPTY, EMPTY
        return not attacked(board, self.king, 1 - self.side)

    def _steps_of_king(self, start: int) -> Iterator[Move]:
        board, own = self.board, PIECES[self.side]
        ends = [end for end in LEAPS[own[5]][start] if board[end] not in own]
        if ends:
            without = board.copy()
            without[start] = EMPTY  # a king that steps back along a line of attack stays in it
            for end in ends:
                if not attacked(without, end, 1 - self.side):
                    yield PAIRS[start][end]

    def _castling(self, king: int) -> Iterator[Move]:
        """Castling of a king that is not in check (3.8.2)."""
        row = king - king % 8
        for rook in self.rooks:
            if rook - rook % 8 != row:
                continue
            king_to, rook_to = (row + column for column in (KING_SIDE if rook > king else QUEEN_SIDE))
            needed = range(min(king, rook, king_to, rook_to), max(king, rook, king_to, rook_to) + 1)
            if any(self.board[square] != EMPTY for square in needed if square not in (king, rook)):
                continue
            board, foe = self.board.copy(), 1 - self.side
            board[king] = EMPTY
            if any(attacked(board, square, foe) for square in range(min(king, king_to), max(king, king_to) + 1)):
                continue
            board[rook], board[rook_to] = EMPTY, PIECES[self.side][3]  # where it stood it may have covered its king
            if not (self.free and attacked(board, king_to, foe)):
                yield PAIRS[king][rook if self.free else king_to]

    # -- after a move ------------------------------------------------------------------------------------------------

    def after(self, move: Move) -> "Position":
        """The position after a legal move; this one stays as it is."""
        start, end = SQUARE[move[0]], SQUARE[move[1]]
        board, side, up = self.board.copy(), self.side, 8 * UP[self.side]
        piece, taken = board[start], board[end]
        rook = self.castles(start, end)
        pawn = piece == PIECES[side][0]
        board[start] = EMPTY
        if rook >= 0:
            row = start - start % 8
            king_to, rook_to = KING_SIDE if rook > start else QUEEN_SIDE
            board[rook] = EMPTY
            board[row + king_to], board[row + rook_to] = piece, PIECES[side][3]
            taken = EMPTY
        else:
            board[end] = piece if len(move) < 3 else PIECES[side][" nbrq".index(move[2])]
            if pawn and end == self.passant:
                board[end - up] = EMPTY
        rooks = self.rooks
        if rooks:
            king = piece == PIECES[side][5]
            own = start - start % 8
            rooks = [r for r in rooks if r != start and r != end and not (king and r - r % 8 == own)]
        quiet = 0 if pawn or taken != EMPTY else self.quiet + 1
        after = Position(board, 1 - side, rooks, -1, quiet, self.number + side, self.free)
        if pawn and end - start == 2 * up:
            after.let_pass(start + up)
        return after

    def taken(self, move: Move) -> str:
        """The letter of the piece that a legal move captures; "" for none."""
        start, end = SQUARE[move[0]], SQUARE[move[1]]
        foe = PIECES[1 - self.side]
        if self.board[end] in foe:
            return self.board[end]
        return foe[0] if end == self.passant and self.board[start] == PIECES[self.side][0] else ""

    def castles(self, start: int, end: int) -> int:
        """The square of the rook with which a legal move from here to there castles; -1 if it does not."""
        if self.board[start] != PIECES[self.side][5]:
            return -1
        if self.free:
            return end if self.board[end] == PIECES[self.side][3] else -1
        return {2: end + 1, -2: end - 2}.get(end - start, -1) if start in KINGS else -1

    def let_pass(self, square: int) -> None:
        """Note that a pawn has just gone over this square, if it can be captured there."""
        pawn = PIECES[self.side][0]
        if any(self.board[start] == pawn and self._may_pass(start, square) for start in HITS[1 - self.side][square]):
            self.passant = square
