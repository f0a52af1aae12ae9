import ast
import inspect
import textwrap

from games.game_info import Chance, Outcome
from games.match import Match
from games.tic_tac_toe import LINES, TicTacToe, TicTacToeInfo
from tests.games.mistakes import Mistake

GAME = TicTacToe()


def played(*cells: int) -> Match:
    match = Match(GAME, 2, {})
    match.begin(Chance.none())
    for cell in cells:
        (seat,) = match.turn
        assert match.judge(seat, cell) is None
        match.play(seat, cell, Chance.none())
    return match


def test_sides_alternate_and_x_begins() -> None:
    for n in range(4):
        assert list(played(*range(n)).turn) == [n % 2]


def test_every_line_wins_for_either_side() -> None:
    for line in LINES:
        others = [cell for cell in range(9) if cell not in line]
        match = played(line[0], others[0], line[1], others[1], line[2])
        assert match.outcome == Outcome((1, 2), "three in a row")
        info = TicTacToeInfo(["O" if cell in line else "" for cell in range(9)])
        assert info.outcome() == Outcome((2, 1), "three in a row")


def test_the_lines_are_the_rows_columns_and_diagonals() -> None:
    ways = {(0, 1), (1, 0), (1, 1), (1, -1)}
    places = {
        tuple(sorted((r + k * down) * 3 + c + k * right for k in range(3)))
        for r in range(3) for c in range(3) for down, right in ways
        if 0 <= r + 2 * down < 3 and 0 <= c + 2 * right < 3
    }  # fmt: skip
    assert {tuple(sorted(line)) for line in LINES} == places


def test_a_taken_cell_is_refused() -> None:
    match = played(4)
    assert match.judge(1, 4) is not None
    assert match.judge(1, 9) is not None
    assert match.judge(1, 0) is None
    assert list(match.info.moves(1) or ()) == [0, 1, 2, 3, 5, 6, 7, 8]


def test_nobody_plays_out_of_turn() -> None:
    match = played(4)
    refusal = match.judge(0, 0)
    assert refusal is not None
    assert refusal.code == "not_your_turn"


def test_a_full_board_without_a_line_is_a_draw() -> None:
    match = played(0, 1, 2, 4, 3, 5, 7, 6, 8)
    assert match.outcome == Outcome((1, 1), "all cells are taken")
    assert not match.turn


def test_a_line_on_the_last_cell_wins() -> None:
    assert played(0, 1, 2, 3, 4, 5, 7, 6, 8).outcome == Outcome((1, 2), "three in a row")


def test_the_line_that_won_is_marked() -> None:
    scene = GAME.scene(played(0, 3, 1, 4, 2).info, 0)  # type: ignore[arg-type]
    assert [item.tag for item in scene.items if item.mark == "win"] == [0, 1, 2]


def lines_of(thing: object) -> int:
    """Lines of code, without blank ones and docstrings."""
    source = textwrap.dedent(inspect.getsource(thing))  # type: ignore[arg-type]
    docstrings = {
        number
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None
        for number in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    }
    return sum(bool(line.strip()) and number not in docstrings for number, line in enumerate(source.splitlines(), 1))


def test_it_is_short_enough_to_be_copied() -> None:
    assert lines_of(TicTacToeInfo) <= 15
    assert lines_of(TicTacToe.scene) <= 10


def always_x(self: TicTacToeInfo, seat: int, move: int, chance: Chance) -> None:
    self.cells[move] = "X"


def any_cell(self: TicTacToeInfo, seat: int) -> list[int]:
    return list(range(9)) if seat in self.turn() else []


def o_begins(self: TicTacToeInfo) -> tuple[int, ...]:
    return () if self.outcome() else (1 - sum(map(bool, self.cells)) % 2,)


def no_draw(self: TicTacToeInfo) -> Outcome | None:
    return Outcome.win("XO".index(self.cells[row[0]]), 2, "three in a row") if (row := self.row()) else None


def draw_first(self: TicTacToeInfo) -> Outcome | None:
    return Outcome.draw(2, "all cells are taken") if all(self.cells) else no_draw(self)


def other_wins(self: TicTacToeInfo) -> Outcome | None:
    outcome = RIGHT_OUTCOME(self)
    return outcome and Outcome(outcome.ranks[::-1], outcome.why)


RIGHT_OUTCOME = TicTacToeInfo.outcome

MISTAKES = (
    Mistake("both sides mark X", TicTacToeInfo, "play", always_x),
    Mistake("a taken cell may be marked again", TicTacToeInfo, "moves", any_cell),
    Mistake("everything is legal", TicTacToeInfo, "judge", lambda self, seat, move: None),
    Mistake("X is always in turn", TicTacToeInfo, "turn", lambda self: () if self.outcome() else (0,)),
    Mistake("O begins", TicTacToeInfo, "turn", o_begins),
    Mistake("a full board goes on", TicTacToeInfo, "outcome", no_draw),
    Mistake("a line on the last cell is a draw", TicTacToeInfo, "outcome", draw_first),
    Mistake("the one who has the line loses", TicTacToeInfo, "outcome", other_wins),
    Mistake("lines are not seen", TicTacToeInfo, "row", lambda self: ()),
)
