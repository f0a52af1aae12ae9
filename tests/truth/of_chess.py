"""Referees of chess: python-chess and OpenSpiel."""

import random
from typing import Any

from games.chess.fen import fen
from games.chess.info import CLAIM, ChessInfo
from games.chess.san import san
from games.game_info import Move
from games.match import Match
from tests.truth.referees import Explained, Referee, engine, same

chess = engine("chess")
pyspiel = engine("pyspiel")

KIWIPETE = "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 0 1"
PAWNS = "8/PPP4k/8/8/8/8/4Kppp/8 w - - 0 1"


class WithoutClaims(Referee):
    """Chooses no claims, so that matches become long; whether there are any is compared all the same."""

    def choose(self, match: Match, draws: random.Random) -> tuple[int, Move]:
        seat = min(match.turn)
        return seat, draws.choice(
            [move for move in match.info.moves(seat) or () if move[-1] != CLAIM and move != CLAIM]
        )


class PythonChess(WithoutClaims):
    """All there is: moves, their notation, FEN, whether a draw may be claimed, who can mate, how it ends; Chess960."""

    title = f"python-chess {chess.__version__}"
    options = ({}, {"variant": "chess960"}, {"position": KIWIPETE}, {"position": PAWNS})

    def __init__(self, match: Match) -> None:
        info = chess_info(match)
        self.board: Any = chess.Board(fen(info.position), chess960=info.position.free)

    def compare(self, match: Match) -> None:
        info, board = chess_info(match), self.board
        where = board.fen()
        same("FEN", fen(info.position), where, where)
        result = board.outcome()
        same("over", match.outcome is not None, result is not None, where)
        for side in (0, 1):
            same("can mate", info.position.can_mate(side), not board.has_insufficient_material(side == 0), where)
        if match.outcome is not None:
            winner = None if match.outcome.drawn else match.outcome.winners[0] == 0
            same("winner", winner, result.winner, where)
            return
        moves = list(info.moves(info.position.side))
        claims = [move for move in moves if move[-1] == CLAIM or move == CLAIM]
        legal = list(info.position.legal())
        same("moves and claims", len(moves), len(legal) + len(claims), where)
        same("moves", {"".join(move) for move in legal}, {move.uci() for move in board.legal_moves}, where)
        same("claim", bool(claims), board.can_claim_draw(), where)
        first = legal[0]
        same("notation", san(info.position, first), board.san(chess.Move.from_uci("".join(first))), where)

    def play(self, seat: int, move: Move) -> None:
        self.board.push_uci("".join(move))


class OpenSpiel(WithoutClaims):
    """Moves and results; its first player is Black, and it draws at the third repetition or fifty moves by itself."""

    title = "OpenSpiel chess"
    options = ({}, {"position": KIWIPETE}, {"position": PAWNS})

    def __init__(self, match: Match) -> None:
        self.state: Any = pyspiel.load_game("chess").new_initial_state(fen(chess_info(match).position))

    def compare(self, match: Match) -> None:
        info, state = chess_info(match), self.state
        where = fen(info.position)
        if state.is_terminal() and match.outcome is None and info.may_claim and not any(state.returns()):
            raise Explained("draws by itself what may be claimed with us")
        if match.outcome is not None and not state.is_terminal() and info.end == "dead":
            raise Explained("goes on without what it takes to mate")
        same("over", match.outcome is not None, state.is_terminal(), where)
        if match.outcome is not None:
            ranks = match.outcome.ranks
            same("result", [float(ranks[0] - ranks[1]), float(ranks[1] - ranks[0])], list(state.returns()), where)
            return
        ours = {"".join(move) for move in info.position.legal()}
        same("moves", ours, {self.lan(action) for action in state.legal_actions()}, where)

    def play(self, seat: int, move: Move) -> None:
        self.state.apply_action({self.lan(action): action for action in self.state.legal_actions()}["".join(move)])

    def lan(self, action: int) -> str:
        """An action as the names of its squares."""
        return str(pyspiel.chess.action_to_move(action, self.state.board()).to_lan())


def chess_info(match: Match) -> ChessInfo:
    """The state of a match of chess."""
    assert isinstance(match.info, ChessInfo)
    return match.info
