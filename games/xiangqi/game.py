"""Xiangqi as people see it: its options, its table and its words."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from games.game import Game, Option, TextOption
from games.game_info import Move
from games.match import Match
from games.scene import Scene
from games.xiangqi.board import BEGIN, EMPTY, OWN, POINTS, RED, legal, read, written
from games.xiangqi.info import XiangqiInfo
from games.xiangqi.notation import chinese, wxf
from games.xiangqi.table import table

WORTH = {"K": 0.0, "A": 2.0, "B": 2.0, "N": 4.0, "R": 9.0, "C": 4.5, "P": 1.0}
"""What pieces are worth, in soldiers; a soldier beyond the river counts twice (Wikipedia, "Xiangqi")."""
RIVER = 45
"""The first point on Red's side of the river."""
DECISIVE = 3.5
"""Soldiers by which one side is so far ahead that it wins most matches."""


class Xiangqi(Game[XiangqiInfo]):
    """Chinese chess."""

    name, title, seats, info = "xiangqi", "Xiangqi", range(2, 3), XiangqiInfo
    summary = "Chinese chess: lead horses, chariots and cannons over the river and trap the other general."
    rules = (
        "Asian Xiangqi Rules as the World Xiangqi Federation publishes them, for pieces, mate, stalemate and "
        "perpetual check, and the limit of sixty steps as Chinese tournaments count it: a draw when each side has "
        "made 60 steps without a capture, of which at most ten checks of a side, and the answers to them, count. The "
        "same position with the same side in turn for the third time ends the match: who gave check with every step "
        "since the first time loses; where both did or neither, it is a draw. Perpetual chases are not judged."
    )
    help = (
        "The general (帥 將) and the advisors (仕 士) stay in the palace with the crossed lines: the general goes "
        "one point along the lines, an advisor one point aslant. An elephant (相 象) goes two points aslant on its "
        "own side of the river, unless a piece stands between.",
        "A chariot (俥 車) goes along the lines as far as nothing is in its way. A cannon (炮 砲) goes likewise, but "
        "to take it jumps over exactly one piece. A horse (傌 馬) goes one point straight and then one aslant, "
        "unless a piece right beside it, on the straight point, hobbles it.",
        "A soldier (兵 卒) goes one point ahead, and beyond the river also aside, never back. All pieces but the "
        "cannon take as they go.",
        "Whose general is attacked is in check and has to end that. The two generals may not face each other on an "
        "open file. Who has no legal step left loses, in check or not.",
        "It is a draw when both sides agree, after so many steps without a capture as the table says, and when the "
        "same position comes for the third time; but who brought that about by giving check with every step loses.",
        "Steps are written with the piece (K, A, E, H, R, C, P), its file counted from its owner's right, + ahead, - "
        "back or = aside, and the points that it goes or the file that it comes to: C2=5.",
    )
    sides = ("red", "black")
    weighs = "by what is left on the board"
    options = {
        "limit": Option(
            "Draw without a capture",
            {
                60: "draw after 60 steps each without a capture",
                40: "draw after 40 steps each without a capture",
            },
        ),
        "repetition": Option(
            "The same position three times",
            {"check_loses": "perpetual check loses", "draw": "any repetition is a draw"},
        ),
        "pieces": Option("Pieces", {"characters": "Chinese characters", "symbols": "Western symbols"}),
        "position": TextOption(
            "Position",
            hint="a position as text (FEN)",
            says="from a given position",
            most=120,
            examples=("4kaR2/4a4/9/9/9/4p4/9/9/4K4/9 b", "2bak4/9/3ab4/9/2n1r4/4R1N2/9/4B4/4A4/3AK1B2 w"),
        ),
    }
    example = (
        ("h2", "e2"), ("h9", "g7"), ("h0", "g2"), ("i9", "h9"), ("i0", "h0"), ("b9", "c7"), ("g3", "g4"), ("c6", "c5"),
        ("h0", "h6"), ("b7", "a7"), ("b0", "c2"), ("a9", "b9"), ("h6", "g6"), ("b9", "b5"), ("b2", "a2"),
    )  # fmt: skip

    def check(self, options: Mapping[str, Any]) -> None:
        if options["position"]:
            board, seat, quiet = read(options["position"])
            if next(legal(board, seat), None) is None:
                raise ValueError("Who is in turn has no legal step there, so the match would be over.")
            if quiet >= 2 * options["limit"]:
                raise ValueError("There have been so many steps without a capture that the match would be over.")

    def scene(self, info: XiangqiInfo, seat: int | None) -> Scene:
        return table(info, seat)

    def words(self, before: XiangqiInfo, seat: int, move: Move) -> str:
        return wxf(before.board, POINTS[move[0]], POINTS[move[1]])

    def words_in(self, language: str, before: XiangqiInfo, seat: int, move: Move) -> str:
        """Chinese readers get the notation of Chinese books: 炮二平五."""
        if not language.startswith("zh"):
            return self.words(before, seat, move)
        return chinese(before.board, POINTS[move[0]], POINTS[move[1]])

    def balance(self, info: XiangqiInfo) -> float:
        worth = [0.0, 0.0]
        for point, piece in enumerate(info.board):
            if piece != EMPTY:
                crossed = (piece == "P" and point < RIVER) or (piece == "p" and point >= RIVER)
                worth[piece not in OWN[RED]] += WORTH[piece.upper()] * (2 if crossed else 1)
        return math.tanh((worth[0] - worth[1]) / DECISIVE)

    def notation(self, match: Match, names: Sequence[str] = ()) -> str:
        """The match in the portable notation of games (PGN) as programs for xiangqi read it."""
        board, seat, quiet = read(match.options["position"] or BEGIN)
        result = "*"
        if match.outcome:
            result = "1/2-1/2" if match.outcome.drawn else "1-0" if match.outcome.winners == (RED,) else "0-1"
        tags = {"Game": "Chinese Chess", "Result": result, "Format": "WXF", "FEN": written(board, seat, quiet)}
        lines = [f'[{name} "{value}"]' for name, value in tags.items()]
        words = ["..."] * seat + [words for _, words in match.told()]
        lines += [f"{n // 2 + 1}. {' '.join(words[n : n + 2])}" for n in range(0, len(words), 2)]
        return "\n".join([*lines, result])
