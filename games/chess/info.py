"""The state of a match of chess and its judge: whose turn, what is legal, and how a match ends."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from games.chess.board import PIECES, SQUARE
from games.chess.fen import STARTS, read_fen, start_960
from games.chess.position import Move, Position
from games.chess.san import read_moves
from games.game_info import Chance, GameInfo, Outcome, Refusal

CLAIM = "claim"
TURNS = ((0,), (1,))
FIFTY, SEVENTY_FIVE = 100, 150
"""Moves of both sides without a capture or a pawn's: when a draw may be claimed, and when it is one (9.3, 9.6.2)."""
THREEFOLD, FIVEFOLD = 3, 5

NO_MOVE = Refusal("no_move", "Choose one of your pieces, then where it goes.")
NOT_YOURS = Refusal("not_yours", "There is no piece of yours on this square. Choose one of your pieces.")
OWN_PIECE = Refusal("own_piece", "Your own piece stands there. Choose another square.")
STUCK = Refusal("stuck", "This piece cannot move now. Choose another one.")
IN_CHECK = Refusal("in_check", "Your king is in check. Move it, capture the piece that attacks it, or put one between.")
INTO_CHECK = Refusal("into_check", "Your king would be in check. Choose a move after which nothing attacks it.")
BECOMES = Refusal("promotes", "Say what the pawn becomes: a queen, a rook, a bishop or a knight.")
NO_CLAIM = Refusal(
    "no_claim",
    "A draw cannot be claimed here. It takes the same position for the third time, or fifty moves of each side without "
    "a capture or a pawn's move.",
)
NO_CASTLING = Refusal(
    "no_castling",
    "You cannot castle like this now. King and rook must not have moved, nothing may stand between them, and no square "
    "that the king leaves, crosses or reaches may be attacked.",
)
WRONG_WAY = {
    "P": Refusal("wrong_way", "A pawn cannot go there. It goes straight ahead, and captures one square aslant."),
    "N": Refusal("wrong_way", "A knight cannot go there. It goes two squares straight and one aside."),
    "B": Refusal("wrong_way", "A bishop cannot go there. It goes aslant, up to what stands in its way."),
    "R": Refusal("wrong_way", "A rook cannot go there. It goes straight, up to what stands in its way."),
    "Q": Refusal("wrong_way", "A queen cannot go there. It goes straight or aslant, up to what stands in its way."),
    "K": Refusal("wrong_way", "A king cannot go there. It goes one square in any direction."),
}

ENDS = {
    "mate": "checkmate",
    "stalemate": "stalemate",
    "dead": "neither side can mate any more",
    "threefold": "threefold repetition, claimed",
    "fivefold": "fivefold repetition",
    "fifty": "fifty moves without progress, claimed",
    "seventy_five": "75 moves without progress",
}
"""Why a match is over, in words."""


@dataclass
class ChessInfo(GameInfo):
    """The position, and `seen`: the keys of all positions since the last capture or pawn's move, the present one last.

    `last` names the two squares of the last move, `taken` has the letters of all pieces captured since the beginning.
    `end` is a key of `ENDS`, "" while the match goes on; `winner` is the seat that has won it, -1 for a draw. Moves
    are those of a `Position`, `"claim"` (a draw, for the position as it is), and a move with "claim" behind it (a draw,
    for the position that this move would bring about).
    """

    position: Position = field(default_factory=Position)
    seen: list[str] = field(default_factory=lambda: [Position().key])
    end: str = ""
    winner: int = -1
    last: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def setup(self, seats: int, options: Mapping[str, Any], chance: Chance) -> None:
        free = options["variant"] == "chess960"
        text = options["position"]
        if free and not text:
            text = str(chance.below(STARTS))
        self.begin(text, free)

    def begin(self, text: str, free: bool) -> None:
        """Begin as a text says (see `beginning`); ValueError where it is none, or nothing is left to play."""
        self.position, moves = beginning(text, free)
        self.seen = [self.position.key]
        self._look()
        for move in moves:
            if self.end:
                break
            self._go(move)
        if self.end:
            raise ValueError(f"The match would be over before it begins: {ENDS[self.end]}.")

    def turn(self) -> Collection[int]:
        return () if self.end else TURNS[self.position.side]

    def moves(self, seat: int) -> Iterable[Move | str]:
        if seat not in self.turn():
            return []
        legal: list[Move | str] = [*self.position.legal()]
        if self.may_claim:
            return [*legal, CLAIM]
        return legal + [(*move, CLAIM) for move in self._would_draw(legal)]

    def judge(self, seat: int, move: Any) -> Refusal | None:
        if seat not in self.turn():
            return self.untimely(seat)
        if type(move) is str:
            if move == CLAIM:
                return None if self.may_claim else NO_CLAIM
            return NO_MOVE if move not in SQUARE else self._why(SQUARE[move], None)
        if type(move) is not tuple or not 2 <= len(move) <= 4 or any(type(part) is not str for part in move):
            return NO_MOVE
        claims = len(move) > 2 and move[-1] == CLAIM
        step = move[:-1] if claims else move
        if step[0] not in SQUARE or step[1] not in SQUARE:
            return NO_MOVE
        if step not in self.position.legal_from(SQUARE[step[0]]):
            return self._why(SQUARE[step[0]], step)
        return NO_CLAIM if claims and (self.may_claim or not list(self._would_draw([step]))) else None

    def _why(self, start: int, move: Move | None) -> Refusal:
        """Why a move from this square, or any at all, is not legal."""
        position = self.position
        board, own = position.board, PIECES[position.side]
        piece = board[start]
        if piece not in own:
            return NOT_YOURS
        if move is None:
            return NO_MOVE if any(position.legal_from(start)) else IN_CHECK if position.in_check else STUCK
        end = SQUARE[move[1]]
        if position.castles(start, end) >= 0:
            return NO_CASTLING
        if board[end] in own:
            return OWN_PIECE
        if not any(other[1] == move[1] for other in position.reach(start)):
            return WRONG_WAY[piece.upper()]
        if any(other[1] == move[1] for other in position.legal_from(start)):
            return BECOMES if piece == own[0] and end // 8 in (0, 7) else NO_MOVE
        return IN_CHECK if position.in_check and piece != own[5] else INTO_CHECK

    # -- draws by claim ----------------------------------------------------------------------------------------------

    @property
    def may_claim(self) -> bool:
        """Whether the side to move may claim a draw for the position as it is (9.2.1.2, 9.3.2)."""
        return self.position.quiet >= FIFTY or self.seen.count(self.seen[-1]) >= THREEFOLD

    def _would_draw(self, moves: Iterable[Any]) -> Iterator[Move]:
        """Those of the legal moves with which a draw may be claimed, as they would bring it about (9.2.1.1, 9.3.1)."""
        fifty = self.position.quiet >= FIFTY - 1
        if not fifty and len(set(self.seen)) == len(self.seen):
            return
        for move in moves:
            after = self.position.after(move)
            if after.quiet and (fifty or self.seen.count(after.key) >= THREEFOLD - 1) and after.can_move:
                yield move

    # -- playing -----------------------------------------------------------------------------------------------------

    def play(self, seat: int, move: Any, chance: Chance) -> None:
        claims = move[-1] == CLAIM or move == CLAIM
        if move != CLAIM:
            self._go(move[:-1] if claims else move)
        if claims:
            by_count = self.position.quiet >= FIFTY
            self.end = "fifty" if by_count else "threefold"

    def _go(self, move: Move) -> None:
        if taken := self.position.taken(move):
            self.taken = [*self.taken, taken]
        self.last = [*move[:2]]
        self.position = position = self.position.after(move)
        self.seen = [*(self.seen if position.quiet else ()), position.key]
        self._look()

    def _look(self) -> None:
        """See whether the match is over (5.1.1, 5.2.1, 5.2.2, 9.6)."""
        position = self.position
        if not position.can_move:
            self.end = "mate" if position.in_check else "stalemate"
            self.winner = 1 - position.side if position.in_check else -1
        elif not position.can_mate(0) and not position.can_mate(1):
            self.end = "dead"
        elif self.seen.count(self.seen[-1]) >= FIVEFOLD:
            self.end = "fivefold"
        elif position.quiet >= SEVENTY_FIVE:
            self.end = "seventy_five"

    def outcome(self) -> Outcome | None:
        if not self.end:
            return None
        why = ENDS[self.end]
        return Outcome.draw(2, why) if self.winner < 0 else Outcome.win(self.winner, 2, why)

    def lost(self, seat: int, seats: int, why: str) -> Outcome:
        """Who gives up or has no time left only draws against a side that has nothing to mate with (5.1.2, 6.9)."""
        if self.position.can_mate(1 - seat):
            return Outcome.lose(seat, seats, why)
        return Outcome.draw(seats, f"{why}, but nothing is left to mate with")


def beginning(text: str, free: bool) -> tuple[Position, list[Move]]:
    """The position and the moves from it on that a text names; ValueError says in a sentence what is wrong with it.

    It is a FEN, moves from the usual beginning, or the number of one of Chess960's beginnings; "" is the usual one.
    `free` is Chess960.
    """
    text = text.strip()
    if text.isascii() and text.isdecimal():
        if not free:
            raise ValueError("Only the beginnings of Chess960 have numbers.")
        if len(text) > 3 or int(text) >= STARTS:
            raise ValueError(f"The beginnings of Chess960 have numbers from 0 to {STARTS - 1}.")
        return start_960(int(text)), []
    if "/" in text.split(" ", 1)[0]:
        return read_fen(text, free), []
    position = Position(free=free)
    return position, read_moves(position, text)
