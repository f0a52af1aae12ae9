"""The state of a match of xiangqi and its judge: whose turn, what is legal, and how a match ends."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from games.game_info import Chance, GameInfo, Move, Outcome, Refusal
from games.xiangqi.board import BEGIN, EMPTY, NAMES, OWN, POINTS, RED, after, ends, in_check, legal, read

TURNS = ((0,), (1,))
CHECKS_COUNTED = 10
"""Checks of a side, and the answers to them, that count towards the limit of steps without a capture."""
SAME = 3
"""So often the same position stands before the match is judged."""

ENDS = {
    "mate": "checkmate",
    "stuck": "no legal step left",
    "perpetual": "perpetual check",
    "repeated": "the same position three times",
}
"""How a match may have ended, and in words; beside these there is "quiet", the limit of steps without a capture."""

OFF_BOARD = Refusal("off_board", "That is not a point of the board.")
NOTHING = Refusal("no_piece", "There is no piece here. Choose one of yours.")
NOT_YOURS = Refusal("not_yours", "That is a piece of the other side. Choose one of yours.")
HALF = Refusal("no_goal", "Say where this piece goes.")
STUCK = Refusal("stuck", "This piece cannot go anywhere now. Choose another one.")
TAKEN = Refusal("taken", "One of your own pieces stands here. Choose another point.")
BARRED = {
    "K": Refusal("not_so", "A general goes one point along the lines. It stays in the palace."),
    "A": Refusal("not_so", "An advisor goes one point aslant. It stays in the palace."),
    "B": Refusal(
        "not_so",
        "An elephant goes two points aslant. A piece between blocks it, and it does not cross the river.",
    ),
    "N": Refusal("not_so", "A horse goes one point straight and one aslant. A piece right beside it hobbles it."),
    "R": Refusal("not_so", "A chariot goes along the lines. It does not jump."),
    "C": Refusal("not_so", "A cannon goes like a chariot. To take, it jumps over exactly one piece."),
    "P": Refusal("not_so", "A soldier goes one point ahead. Beyond the river it may also go one point aside."),
}
IN_CHECK = Refusal("in_check", "Your general would be in check. Choose a step after which nothing attacks it.")
FACING = Refusal("facing", "The two generals would face each other. Leave a piece between them.")


@dataclass
class XiangqiInfo(GameInfo):
    """The position (see `board`), whose turn it is, and what the rules on draws must remember.

    `past` are the positions since the last step that cannot be undone (a capture, a soldier's step ahead), the present
    one last; `quiet` counts steps since a capture, `checks` those of each side that gave check. `last` are start and
    end of the newest step, `taken` the pieces that were taken. `over` is how the match ended (see
    `ENDS`) and `winner` the seat that won, or -1 in a draw.
    """

    board: str = read(BEGIN)[0]
    seat: int = RED
    check: bool = False
    last: list[int] = field(default_factory=list)
    taken: str = ""
    quiet: int = 0
    checks: list[int] = field(default_factory=lambda: [0, 0])
    past: list[str] = field(default_factory=list)
    over: str = ""
    winner: int = -1
    most_quiet: int = 60
    perpetual: bool = True
    symbols: bool = False

    def setup(self, seats: int, options: Mapping[str, Any], chance: Chance) -> None:
        self.most_quiet = options["limit"]
        self.perpetual = options["repetition"] == "check_loses"
        self.symbols = options["pieces"] == "symbols"
        if options["position"]:
            self.board, self.seat, self.quiet = read(options["position"])
            self.check = in_check(self.board, self.seat)
        self.past = [self.board]

    def turn(self) -> Collection[int]:
        return () if self.over else TURNS[self.seat]

    def moves(self, seat: int) -> Iterable[Move]:
        if self.over or seat != self.seat:
            return []
        return [(NAMES[start], NAMES[end]) for start, end in legal(self.board, seat)]

    def judge(self, seat: int, move: Move) -> Refusal | None:
        if self.over or seat != self.seat:
            return self.untimely(seat)
        names = move if type(move) is tuple else (move,)
        if not 1 <= len(names) <= 2 or not all(type(name) is str and name in POINTS for name in names):
            return OFF_BOARD
        board, start, end = self.board, POINTS[names[0]], POINTS[names[-1]]
        piece = board[start]
        if piece not in OWN[seat]:
            return NOTHING if piece == EMPTY else NOT_YOURS
        if type(move) is not tuple or len(move) != 2:
            return HALF if any(start == other for other, _ in legal(board, seat)) else STUCK
        if end not in ends(board, start):
            return TAKEN if board[end] in OWN[seat] else BARRED[piece.upper()]
        then = after(board, start, end)
        return (FACING if facing(then) else IN_CHECK) if in_check(then, seat) else None

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        start, end = POINTS[move[0]], POINTS[move[1]]
        piece, taken, answered = self.board[start], self.board[end], self.check
        other = 1 - seat
        self.board = board = after(self.board, start, end)
        self.seat, self.last, self.check = other, [start, end], in_check(board, other)
        if taken != EMPTY:
            self.taken += taken
            self.quiet, self.checks = 0, [0, 0]
        else:
            self._count(seat, answered)
        if taken != EMPTY or (piece in "Pp" and abs(end - start) > 1):
            self.past.clear()
        self.past.append(board)
        self._end(seat)

    def _count(self, seat: int, answered: bool) -> None:
        """Count a step without a capture: checks beyond the tenth of a side, and the answers to them, are left out."""
        self.checks[seat] += self.check
        more = (self.check and self.checks[seat] > CHECKS_COUNTED) or (
            answered and self.checks[1 - seat] > CHECKS_COUNTED
        )
        self.quiet += not more

    def _end(self, seat: int) -> None:
        """See whether the step of this seat ended the match."""
        if next(legal(self.board, 1 - seat), None) is None:
            self.over, self.winner = "mate" if self.check else "stuck", seat
        elif first := self._first_of_three():
            self._judge_repetition(seat, self.past[first:])
        elif self.quiet >= 2 * self.most_quiet:
            self.over = "quiet"

    def _first_of_three(self) -> int:
        """Index in `past` behind the first of three equal positions with the same side in turn; 0 without three."""
        past = self.past
        same = [n for n in range(len(past) - 1, -1, -2) if past[n] == past[-1]]
        return same[SAME - 1] + 1 if len(same) >= SAME else 0

    def _judge_repetition(self, seat: int, made: list[str]) -> None:
        """Judge the steps of a repetition by the positions that they made, of which the last is by this seat."""
        other = 1 - seat
        checking = all(in_check(board, other) for board in made[::-2])
        checked = all(in_check(board, seat) for board in made[-2::-2])
        if self.perpetual and checking != checked:
            self.over, self.winner = "perpetual", other if checking else seat
        else:
            self.over = "repeated"

    def outcome(self) -> Outcome | None:
        if not self.over:
            return None
        why = f"{self.most_quiet} steps each without a capture" if self.over == "quiet" else ENDS[self.over]
        return Outcome.draw(2, why) if self.winner < 0 else Outcome.win(self.winner, 2, why)


def facing(board: str) -> bool:
    """Whether the generals look at each other along an open file."""
    red, black = board.index("K"), board.index("k")
    return (red - black) % 9 == 0 and not board[black + 9 : red : 9].strip(EMPTY)
