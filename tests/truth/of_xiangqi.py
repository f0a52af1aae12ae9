"""Referees of xiangqi: Fairy-Stockfish (pyffish) and OpenSpiel."""

import random
from typing import Any

from games.game_info import Move
from games.match import Match
from games.xiangqi.board import COLUMNS, POINTS, after, in_check, written
from games.xiangqi.info import XiangqiInfo
from games.xiangqi.notation import wxf
from tests.truth.referees import Explained, Referee, engine, same

pyffish = engine("pyffish")
pyspiel = engine("pyspiel")

pyffish.load_variant_config("[sixty:xiangqi]\nnMoveRule = 60\n[chaseless:sixty]\nchasingRule = none\n")
CHASES, OURS = "sixty", "chaseless"
"""Xiangqi as pyffish knows it, with sixty steps instead of fifty, and the same without its rule on perpetual chases."""
FEW = "3ak4/4a4/9/9/9/r8/7c1/R3B4/4A4/2BAK3C w"
BOTH_CHECK = "3r5/5k3/3c5/9/9/3r5/1C7/9/5C3/3K1R3 w"

LONGEST = 500
"""Steps after which OpenSpiel draws."""


class Restless(Referee):
    """Goes back and forth and gives check more often than chance would, so that positions come again."""

    def __init__(self, match: Match) -> None:
        self.made: list[Move] = []
        self.back, self.checks = 0.0, 0.0

    def choose(self, match: Match, draws: random.Random) -> tuple[int, Move]:
        info = state(match)
        if not self.made:
            self.back, self.checks = draws.choice((0.0, 0.3, 0.8)), draws.choice((0.0, 0.5, 0.95))
        moves = list(info.moves(info.seat))
        if draws.random() < self.checks:
            boards = ((move, after(info.board, POINTS[move[0]], POINTS[move[1]])) for move in moves)
            moves = [move for move, board in boards if in_check(board, 1 - info.seat)] or moves
        if len(self.made) > 1 and draws.random() < self.back and self.made[-2][::-1] in moves:
            return info.seat, self.made[-2][::-1]
        return info.seat, draws.choice(moves)

    def play(self, seat: int, move: Move) -> None:
        self.made.append(move)


class FairyStockfish(Restless):
    """All there is: moves, check, positions as text, notation, mate, stalemate, perpetual check, repetition, limit."""

    title = f"pyffish {'.'.join(map(str, pyffish.version()))}"
    options = ({}, {"position": FEW}, {"position": BOTH_CHECK}, {})

    def __init__(self, match: Match) -> None:
        super().__init__(match)
        info = state(match)
        self.now = self.since = written(info.board, info.seat)
        self.steps: list[str] = []

    def compare(self, match: Match) -> None:
        info, now = state(match), self.now
        same("position", written(info.board, info.seat).split()[:2], now.split()[:2], now)
        same("check", info.check, pyffish.gives_check(OURS, now, []), now)
        theirs = set(pyffish.legal_moves(OURS, now, []))
        ended, value = pyffish.is_optional_game_end(OURS, self.since, self.steps)
        if not theirs:
            ended, value = True, pyffish.game_result(OURS, now, [])
        if ended and not match.outcome and value == 0 and info.quiet < 2 * info.most_quiet <= int(now.split()[4]):
            raise Explained("counts all checks towards the sixty steps")
        same("over", info.over != "", ended, f"{self.since} {' '.join(self.steps)}")
        if match.outcome:
            winner = -1 if value == 0 else info.seat if value > 0 else 1 - info.seat
            same("winner", info.winner, winner, f"{self.since} {' '.join(self.steps)}")
            if info.over == "repeated" and pyffish.is_optional_game_end(CHASES, self.since, self.steps)[1]:
                raise Explained("a draw but for its rule on perpetual chases")
            return
        moves = {name(move): move for move in info.moves(info.seat)}
        same("moves", set(moves), theirs, now)
        text, move = next(iter(moves.items()))
        words = wxf(info.board, POINTS[move[0]], POINTS[move[1]])
        if words[0].isalpha() and words[1].isdigit():  # pyffish does not tell tandem pieces apart
            san = pyffish.get_san(OURS, now, text, False, pyffish.NOTATION_XIANGQI_WXF)
            same("notation", words, san.upper(), now)

    def play(self, seat: int, move: Move) -> None:
        super().play(seat, move)
        self.now = pyffish.get_fen(OURS, self.now, [name(move)])
        self.steps.append(name(move))
        if self.now.split()[4] == "0":  # a capture: what was before does not matter to later positions
            self.since, self.steps = self.now, []


class OpenSpiel(Restless):
    """Moves, mate and stalemate; it knows no draw but that after 500 steps."""

    title = "OpenSpiel xiangqi"

    def __init__(self, match: Match) -> None:
        super().__init__(match)
        self.state: Any = pyspiel.load_game("xiangqi").new_initial_state()

    def compare(self, match: Match) -> None:
        info, spiel = state(match), self.state
        where = written(info.board, info.seat)
        if match.outcome and info.over not in ("mate", "stuck") and spiel.legal_actions():
            raise Explained(f"has no rule for: {match.outcome.why}")
        if spiel.is_terminal() and not match.outcome and match.n >= LONGEST and not any(spiel.returns()):
            raise Explained(f"draws after {LONGEST} steps")
        same("over", match.outcome is not None, spiel.is_terminal(), where)
        if match.outcome:
            same("result", [1.0, -1.0] if info.winner == 0 else [-1.0, 1.0], list(spiel.returns()), where)
            return
        same("moves", {place(info, move) for move in info.moves(info.seat)}, set(self.actions()), where)

    def play(self, seat: int, move: Move) -> None:
        super().play(seat, move)
        rows = tuple(divmod(POINTS[point], COLUMNS) for point in move)
        self.state.apply_action({text[1:]: action for text, action in self.actions().items()}[spiel_text(*rows)])

    def actions(self) -> dict[str, int]:
        """The legal actions by what they are called."""
        return {self.state.action_to_string(action): action for action in self.state.legal_actions()}


def state(match: Match) -> XiangqiInfo:
    """The state of a match of xiangqi."""
    assert isinstance(match.info, XiangqiInfo)
    return match.info


def name(move: Move) -> str:
    """A step as pyffish calls it, which counts ranks from 1."""
    return "".join(f"{point[0]}{int(point[1]) + 1}" for point in move)


def place(info: XiangqiInfo, move: Move) -> str:
    """A step as OpenSpiel calls it."""
    start, end = (POINTS[point] for point in move)
    letter = info.board[start].translate(str.maketrans("KBNPkbnp", "GEHSgehs"))
    return letter + spiel_text(divmod(start, COLUMNS), divmod(end, COLUMNS))


def spiel_text(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Start and end as OpenSpiel writes them, as rows from Black's side and columns."""
    return f"({start[0]},{start[1]})-({end[0]},{end[1]})"
