"""Tic-tac-toe: the game to copy when you write your own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from games.game import Game
from games.game_info import Chance, GameInfo, Move, Outcome
from games.scene import Scene, disc, grid

LINES = ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))


@dataclass
class TicTacToeInfo(GameInfo):
    """Nine cells, row by row, each "X", "O" or empty."""

    cells: list[str] = field(default_factory=lambda: [""] * 9)

    def turn(self) -> Collection[int]:
        return () if self.outcome() else (sum(map(bool, self.cells)) % 2,)

    def moves(self, seat: int) -> Iterable[Move]:
        return [cell for cell, mark in enumerate(self.cells) if not mark] if seat in self.turn() else []

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        self.cells[move] = "XO"[seat]

    def row(self) -> tuple[int, ...]:
        return next((row for row in LINES if "".join(self.cells[c] for c in row) in ("XXX", "OOO")), ())

    def outcome(self) -> Outcome | None:
        if row := self.row():
            return Outcome.win("XO".index(self.cells[row[0]]), 2, "three in a row")
        return Outcome.draw(2, "all cells are taken") if all(self.cells) else None


class TicTacToe(Game[TicTacToeInfo]):
    """Three in a row on nine cells."""

    name, title, seats, info = "tic_tac_toe", "Tic-tac-toe", range(2, 3), TicTacToeInfo
    summary = "Take turns to mark a cell; three of your marks in a row win."
    rules = "Tic-tac-toe, the pencil and paper game on 3 x 3 cells"
    sides = ("X", "O")
    example = (4, 0, 2, 6, 3)

    def scene(self, info: TicTacToeInfo, seat: int | None) -> Scene:
        board = grid((0.5, 0.5), 3, 3, tag=((0, 1, 2), (3, 4, 5), (6, 7, 8)))
        marks = [
            disc((c % 3 + 0.5, c // 3 + 0.5), 0.36, s=s, fill="red" if s == "X" else "blue", tag=c,
                 mark="win" if c in info.row() else "")
            for c, s in enumerate(info.cells) if s
        ]  # fmt: skip
        return Scene(w=3, h=3, items=(board, *marks), say="place your mark")

    def words(self, before: TicTacToeInfo, seat: int, move: Move) -> str:
        return "abc"[move % 3] + "321"[move // 3]
