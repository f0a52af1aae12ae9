"""Chess as people see it: its options, its board, its help, and its moves in words."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from games.chess.board import NAMES, PIECES
from games.chess.info import CLAIM, ENDS, ChessInfo
from games.chess.pgn import pgn, read_pgn, replayed
from games.chess.san import san
from games.game import Game, Option, TextOption
from games.game_info import Move
from games.scene import Item, Point, Scene, button, grid, image, rect, text

if TYPE_CHECKING:
    from games.match import Match

EDGE = 0.55
"""Table units between the board and the edge of the table, where the coordinates stand."""
SIZE = 8 + 2 * EDGE
SIGNS = dict(zip("KQRBNPkqrbnp", "♔♕♖♗♘♙♚♛♜♝♞♟", strict=True))
WORTH = {"P": 1, "N": 3, "B": 3, "R": 5, "Q": 9}
DECISIVE = 3.5
"""Pawns by which one side is so far ahead that it wins most matches. Of the matches of good programs the side with P
pawns more has won 1 / (1 + 10 ** (-P / 4)) (chessprogramming.org, "Pawn Advantage, Win Percentage, and Elo"); from -1
to 1 that is tanh(P / 3.5)."""
NAMES_OF: dict[str | int, str] = {
    "q": "queen",
    "r": "rook",
    "b": "bishop",
    "n": "knight",
    CLAIM: "and claim a draw",
}
CHINESE = str.maketrans("KQRBN", "王后车象马")
TAGS = tuple(NAMES[row * 8 : row * 8 + 8] for row in range(8))

KIWIPETE = "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 0 1"
PAWNS = "8/PPP4k/8/8/8/8/4Kppp/8 w - - 0 1"


class Chess(Game[ChessInfo]):
    """Two armies of sixteen, and a king that must not be taken."""

    name, title, seats, info = "chess", "Chess", range(2, 3), ChessInfo
    summary = "Attack the other king so that it cannot escape; each kind of piece moves in its own way."
    rules = (
        "Chess by the FIDE Laws taking effect from 1 January 2023 (articles 1 to 5 and 9; Chess960 by guidelines II). "
        "A draw by the third repetition or by fifty moves is claimed with a button, or together with the move that "
        "brings it about; the fifth repetition and 75 moves end the match by themselves. Of dead positions those are "
        "recognised in which neither side has what it takes to mate: kings alone, with one knight, or with bishops "
        "that all go on squares of one colour."
    )
    help = (
        "The rook moves in straight lines, the bishop diagonally, the queen both ways, the king one square in any "
        "direction. The knight goes two squares straight and one aside, and alone jumps over others. A piece captures "
        "what stands where it goes.",
        "A pawn goes one square ahead, from its first place also two, and captures one square diagonally ahead. If it "
        "has just gone two squares, a pawn beside it may capture it as if it had gone one. On the last row it becomes "
        "a queen, a rook, a bishop or a knight.",
        "Castling: once, a king that has not moved goes two squares towards a rook that has not moved either, and the "
        "rook goes to its other side. Nothing may stand between them, and the king may not leave, cross or reach an "
        "attacked square. In Chess960 you touch the king and then its rook.",
        "A king that is attacked is in check, and the next move has to end that. If none does, it is checkmate, and "
        "the match is lost. If a side that is not in check has no legal move, it is stalemate, a draw.",
        "Other draws: both sides agree; neither side can mate any more; you claim it when the same position comes for "
        "the third time, or after fifty moves without a capture and without a pawn's move. At the fifth time, or after "
        "75 such moves, the match ends by itself.",
    )
    sides = ("white", "black")
    weighs = "by what is left on the board"
    options = {
        "variant": Option("Variant", {"standard": "standard", "chess960": "Chess960"}),
        "position": TextOption(
            "Position",
            "a FEN, moves such as 1. e4 e5, or the number of a Chess960 beginning",
            "from a position of its own",
            examples=(KIWIPETE, PAWNS, "1. e4 e5 2. Nf3 Nc6 3. Bb5 a6"),
        ),
    }
    example = (
        ("e2", "e4"), ("c7", "c5"), ("g1", "f3"), ("d7", "d6"), ("d2", "d4"), ("c5", "d4"), ("f3", "d4"), ("g8", "f6"),
        ("b1", "c3"), ("a7", "a6"), ("c1", "g5"), ("e7", "e6"), ("f2", "f4"), ("d8", "b6"),
    )  # fmt: skip

    def check(self, options: Mapping[str, Any]) -> None:
        if options["position"]:
            ChessInfo().begin(options["position"], options["variant"] == "chess960")

    def scene(self, info: ChessInfo, seat: int | None) -> Scene:
        position, in_check = info.position, info.position.in_check
        pieces = [
            piece(letter, at(square), kin=letter, tag=NAMES[square],
                  mark="check" if in_check and square == position.king else "")
            for square, letter in enumerate(position.board) if letter != "."
        ]  # fmt: skip
        steps = [rect(at(NAMES.index(name)), (1, 1), mark="last") for name in info.last]
        turned, side = seat == 1, self.sides[position.side]
        return Scene(
            w=SIZE, h=SIZE, flip=turned, beside={0: captured(info, 0), 1: captured(info, 1)},
            faces={letter.lower(): piece(letter, (0, 0)) for letter in PIECES[position.side][1:5]},
            items=(*BOARD[turned], *steps, *pieces), names=NAMES_OF,
            controls=(button(CLAIM, "Claim a draw"),) if not info.end and info.may_claim else (),
            say=ENDS[info.end] if info.end else f"{side} is in check" if in_check else f"move a {side} piece",
        )  # fmt: skip

    def words(self, before: ChessInfo, seat: int, move: Move) -> str:
        if move == CLAIM:
            return "claims a draw"
        if move[-1] == CLAIM:
            return f"{san(before.position, move[:-1])}, claims a draw"
        return san(before.position, move)

    def words_in(self, language: str, before: ChessInfo, seat: int, move: Move) -> str:
        words = self.words(before, seat, move)
        return words.translate(CHINESE) if language == "zh" and CLAIM not in words else words

    def balance(self, info: ChessInfo) -> float:
        white, black = worth(info)
        return math.tanh((white - black) / DECISIVE)

    def notation(self, match: "Match", names: Sequence[str] = ()) -> str:
        return pgn(match, names)

    def read_notation(self, text: str) -> "Sequence[tuple[Match, Sequence[str]]]":
        return [(replayed(self, written), written.names) for written in read_pgn(text)]


def at(square: int) -> Point:
    """Where the middle of a square lies on the table."""
    return EDGE + 0.5 + square % 8, EDGE + 0.5 + square // 8


def piece(letter: str, place: Point, **more: Any) -> Item:
    """A piece by its letter in a FEN."""
    side = "w" if letter.isupper() else "b"
    return image(place, f"chess-{side}{letter.upper()}", (1, 1), s=SIGNS[letter], **more)


def worth(info: ChessInfo) -> list[int]:
    """What the pieces of each side are worth, in pawns."""
    return [sum(WORTH.get(piece.upper(), 0) for piece in info.position.board if piece in own) for own in PIECES]


def captured(info: ChessInfo, seat: int) -> tuple[Item, ...]:
    """What a side has captured, pawns first, and by how much its pieces are worth more than the other's."""
    foe = PIECES[1 - seat]
    items: list[Item] = []
    x, before = -0.1, ""
    for letter in sorted((letter for letter in info.taken if letter in foe), key=foe.index):
        x += 0.42 if letter == before else 0.8 if before else 0.6
        items.append(piece(letter, (x, 0.5)))
        before = letter
    own = worth(info)
    if (more := own[seat] - own[1 - seat]) > 0:
        items.append(text((x + 1.1, 0.5), f"+{more}", 0.75))
    return tuple(items)


def board(turned: bool) -> tuple[Item, ...]:
    """The squares with their coordinates, which are at the left and below also where the board is turned."""
    left, below = (SIZE - EDGE / 2, EDGE / 2) if turned else (EDGE / 2, SIZE - EDGE / 2)
    files = [text((EDGE + 0.5 + k, below), "abcdefgh"[k], 0.28) for k in range(8)]
    ranks = [text((left, EDGE + 0.5 + k), "87654321"[k], 0.28) for k in range(8)]
    return grid((EDGE + 0.5, EDGE + 0.5), 8, 8, look="checker", tag=TAGS), *files, *ranks


BOARD = (board(turned=False), board(turned=True))
