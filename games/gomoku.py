"""Gomoku: five stones in a row on the points of a board."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from operator import itemgetter
from typing import Any

from games.game import Game, Option
from games.game_info import Chance, GameInfo, Move, Outcome, Refusal
from games.scene import Scene, disc, grid, text

BLACK, WHITE = 1, 2
FIVE = (b"", bytes([BLACK] * 5), bytes([WHITE] * 5))
BETWEEN = b"|"
"""What stands between lines that are looked at together; no stone."""
TURNS = ((0,), (1,))
DIRECTIONS = ((0, 1), (1, 0), (1, 1), (1, -1))
OPEN = (0, 1, 10, 100, 1_000, 10_000)
"""What five points in a row, in which the other side has no stone, are worth to a side by the stones it has there."""
EARLY = 200
"""Worth of both sides together up to which an advantage is none to speak of."""
STARS = {15: (3, 7, 11), 19: (3, 9, 15)}

OFF_BOARD = Refusal("off_board", "That is not a point of the board.")


@dataclass(slots=True)
class GomokuInfo(GameInfo):
    """The points row by row from the top left, each 0 (empty), 1 (black) or 2 (white).

    `last` is the index of the newest stone (-1: none), `won` the indexes of the winning row or rows.
    """

    size: int = 15
    exact: bool = False
    board: bytearray = field(default_factory=lambda: bytearray(225))
    stones: int = 0
    last: int = -1
    won: tuple[int, ...] = ()

    def setup(self, seats: int, options: Mapping[str, Any], chance: Chance) -> None:
        self.size = options["size"]
        self.exact = options["five"] == "exactly"
        self.board = bytearray(self.size**2)

    def turn(self) -> Collection[int]:
        return () if self.won or self.stones == len(self.board) else TURNS[self.stones % 2]

    def moves(self, seat: int) -> Iterable[Move]:
        if seat not in self.turn():
            return []
        return [divmod(point, self.size) for point, stone in enumerate(self.board) if not stone]

    def judge(self, seat: int, move: Move) -> Refusal | None:
        if seat != self.stones % 2 or self.won or self.stones == len(self.board):
            return self.untimely(seat)
        size = self.size
        if type(move) is not tuple or len(move) != 2:
            return OFF_BOARD
        row, column = move
        if type(row) is not int or type(column) is not int or not (0 <= row < size and 0 <= column < size):
            return OFF_BOARD
        return self._taken(row * size + column) if self.board[row * size + column] else None

    def _taken(self, point: int) -> Refusal:
        return Refusal("taken", f"{named(point, self.size)} is taken. Choose a free crossing.")

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        board = self.board
        self.last = point = move[0] * self.size + move[1]
        board[point] = stone = seat + 1
        self.stones += 1
        if FIVE[stone] in BETWEEN.join(lines(self.size)[point](board)):
            for way, back in rays(self.size)[point]:
                row = [point, *self._same(way, stone), *self._same(back, stone)]
                if len(row) == 5 or (len(row) > 5 and not self.exact):
                    self.won += tuple(row)

    def _same(self, ray: list[int], stone: int) -> Iterable[int]:
        return takewhile(lambda other: self.board[other] == stone, ray)

    def outcome(self) -> Outcome | None:
        if self.won:
            return Outcome.win(self.board[self.last] - 1, 2, self.row())
        return Outcome.draw(2, "the board is full") if self.stones == len(self.board) else None

    def row(self) -> str:
        """The winning row in words, with its ends; where a stone makes two rows, the first one."""
        twice = self.won.index(self.last, 1) if self.last in self.won[1:] else None
        row = sorted(self.won[:twice])
        first, last = named(row[0], self.size), named(row[-1], self.size)
        return f"five in a row, {first} to {last}" if len(row) == 5 else f"more than five in a row, {first} to {last}"

    def threat(self, stone: int) -> str:
        """What the newest stone, which has not won, threatens: a five with the next one, or a four that none can stop.

        The words tell the strongest row; "" where it is less than three with both ends open.
        """
        found = ""
        for way, back in rays(self.size)[self.last]:
            ends = [list(self._same(ray, stone)) for ray in (way, back)]
            free = [len(same) < len(ray) and not self.board[ray[len(same)]]
                    for ray, same in zip((way, back), ends, strict=True)]  # fmt: skip
            row = 1 + len(ends[0]) + len(ends[1])
            if row == 4 and any(free):
                return "an open four!" if all(free) else "a four"
            if row == 3 and all(free):
                found = "an open three"
        return found


@cache
def lines(size: int) -> list[Callable[[bytearray], tuple[bytearray, ...]]]:
    """For each point what takes four lines from a board, one in each direction: all fives through that point lie there.

    They reach four points far. To look for a five in all of them at once costs a third of following each line.
    """

    def part(row: int, column: int, down: int, right: int) -> slice:
        here = [k for k in range(-4, 5) if 0 <= row + down * k < size and 0 <= column + right * k < size]
        first, last = ((row + down * k) * size + column + right * k for k in (here[0], here[-1]))
        return slice(first, last + 1, down * size + right)

    points = [(row, column) for row in range(size) for column in range(size)]
    return [itemgetter(*(part(*point, *way) for way in DIRECTIONS)) for point in points]


@cache
def rays(size: int) -> list[list[tuple[list[int], list[int]]]]:
    """For each point and direction the next five points forwards and backwards: what can make or spoil a five."""

    def ray(row: int, column: int, down: int, right: int) -> list[int]:
        places = [(row + down * k, column + right * k) for k in range(1, 6)]
        return [r * size + c for r, c in places if 0 <= r < size and 0 <= c < size]

    return [
        [(ray(row, column, down, right), ray(row, column, -down, -right)) for down, right in DIRECTIONS]
        for row in range(size)
        for column in range(size)
    ]


@cache
def fives(size: int) -> list[slice]:
    """Every five points in a row, as parts of the board."""
    return [
        slice(row * size + column, (row + 4 * down) * size + column + 4 * right + 1, down * size + right)
        for row in range(size) for column in range(size) for down, right in DIRECTIONS
        if row + 4 * down < size and 0 <= column + 4 * right < size
    ]  # fmt: skip


class Gomoku(Game[GomokuInfo]):
    """Five in a row on the points of a board."""

    name, title, seats, info = "gomoku", "Gomoku", range(2, 3), GomokuInfo
    version = 2
    summary = "Take turns to place a stone; five of your stones in a row win."
    rules = (
        "Freestyle gomoku (five or more in a row win), without an opening rule; with the option, standard gomoku, "
        "in which only exactly five win, for both sides. Black begins."
    )
    help = (
        "Black begins. In turn each places a stone on a free crossing, and stones stay where they are. Who has five in "
        "a row first wins: across, down or aslant.",
        "Look out for three in a row with both ends open. If you do not close one end at once, it becomes four, and "
        "four with both ends open cannot be stopped any more.",
    )
    sides = ("black", "white")
    weighs = "by the rows of five that are still open"
    options = {
        "size": Option("Board", {15: "15 x 15", 19: "19 x 19"}),
        "five": Option("To win", {"or_more": "five or more in a row", "exactly": "exactly five in a row"}),
    }
    example = (
        (7, 7), (6, 8), (7, 8), (7, 6), (6, 7), (5, 7), (8, 7), (9, 7), (7, 9), (7, 10), (5, 6), (4, 5), (8, 6),
        (8, 5), (5, 9), (6, 5),
    )  # fmt: skip

    def scene(self, info: GomokuInfo, seat: int | None) -> Scene:
        size = info.size
        ground = [grid((1, 1), size, size, look="points", tag="rc")]
        ground += [disc((c + 1, r + 1), 0.09, fill="line") for r in STARS[size] for c in STARS[size]
                   if size == 19 or (r == 7) == (c == 7)]  # fmt: skip
        ground += [text((k + 1, size + 0.6), column(k), 0.3) for k in range(size)]
        ground += [text((0.4, k + 1), str(size - k), 0.3) for k in range(size)]
        stones = [
            disc((c + 1, r + 1), 0.455, fill=self.sides[stone - 1], id=named(point, size),
                 mark="win" if point in info.won else "last" if point == info.last else "")
            for point, stone in enumerate(info.board) if stone for r, c in [divmod(point, size)]
        ]  # fmt: skip
        end = info.outcome()
        say = end.why if end else f"place a {self.sides[info.stones % 2]} stone"
        return Scene(w=size + 1, h=size + 1, items=(*ground, *stones), say=say)

    def words(self, before: GomokuInfo, seat: int, move: Move) -> str:
        return named(move[0] * before.size + move[1], before.size)

    def moment(self, before: GomokuInfo, seat: int, move: Move) -> str:
        before.play(seat, move, Chance.none())
        threat = "" if before.won else before.threat(seat + 1)
        return f"{named(before.last, before.size)}: {threat}" if threat else ""

    def balance(self, info: GomokuInfo) -> float:
        worth = [0, 0]
        for part in fives(info.size):
            row = info.board[part]
            black, white = row.count(BLACK), row.count(WHITE)
            if not (black and white):
                worth[0] += OPEN[black]
                worth[1] += OPEN[white]
        return (worth[0] - worth[1]) / (sum(worth) + EARLY)


def named(point: int, size: int) -> str:
    """The name of a point, such as H8; A1 is at the bottom left."""
    row, index = divmod(point, size)
    return f"{column(index)}{size - row}"


def column(index: int) -> str:
    """The letter of a column, from A at the left."""
    return chr(ord("A") + index)
