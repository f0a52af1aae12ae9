from collections.abc import Callable, Iterable, Mapping
from functools import partial

from games import gomoku
from games.game_info import Chance, Outcome
from games.gomoku import DIRECTIONS, Gomoku, GomokuInfo, column
from games.match import Match
from games.scene import Item
from tests.games.mistakes import Mistake

GAME = Gomoku()
Points = Iterable[tuple[int, int]]
Lines = Callable[[bytearray], tuple[bytearray, ...]]


def begun(size: int = 15, five: str = "or_more") -> GomokuInfo:
    info = GomokuInfo()
    info.setup(2, {"size": size, "five": five}, Chance.none())
    return info


def placed(stones: Mapping[int, Points], size: int = 15, five: str = "or_more") -> GomokuInfo:
    """A board with stones of each seat, of which none has won yet."""
    info = begun(size, five)
    for seat, points in stones.items():
        for r, c in points:
            info.board[r * size + c] = seat + 1
            info.stones += 1
    return info


def after(info: GomokuInfo, seat: int, point: tuple[int, int]) -> Outcome | None:
    info.play(seat, point, Chance.none())
    return info.outcome()


def row(length: int, at: tuple[int, int], way: tuple[int, int]) -> list[tuple[int, int]]:
    return [(at[0] + way[0] * k, at[1] + way[1] * k) for k in range(length)]


def won(info: GomokuInfo) -> set[tuple[int, int]]:
    return {divmod(point, info.size) for point in info.won}


def won_by(seat: int, line: list[tuple[int, int]], size: int = 15) -> Outcome:
    """The outcome that says who has won with which row."""
    (top, left), (bottom, right) = min(line), max(line)
    count = "five" if len(line) == 5 else "more than five"
    ends = f"{chr(65 + left)}{size - top} to {chr(65 + right)}{size - bottom}"
    return Outcome.win(seat, 2, f"{count} in a row, {ends}")


def test_sides_alternate_and_black_begins() -> None:
    match = Match(GAME, 2, GAME.chosen({}))
    match.begin(Chance.none())
    for n, point in enumerate([(0, 0), (14, 14), (0, 14), (14, 0)]):
        assert list(match.turn) == [n % 2]
        assert match.judge(1 - n % 2, point) is not None
        assert match.judge(n % 2, point) is None
        match.play(n % 2, point, Chance.none())
    info = match.info
    assert isinstance(info, GomokuInfo)
    assert [info.board[k] for k in (0, 14, 210, 224)] == [1, 1, 2, 2]


def test_five_win_in_every_direction_for_both_sides_whichever_stone_is_last() -> None:
    for seat in (0, 1):
        for way in DIRECTIONS:
            line = row(5, (5, 7), way)
            for last in line:
                info = placed({seat: [point for point in line if point != last]})
                assert after(info, seat, last) == won_by(seat, line)
                assert won(info) == set(line)
                assert not info.turn()


def test_the_four_directions_are_all_there_are() -> None:
    both = [*DIRECTIONS, *((-down, -right) for down, right in DIRECTIONS)]
    assert sorted(both) == [(r, c) for r in (-1, 0, 1) for c in (-1, 0, 1) if (r, c) != (0, 0)]


def test_four_or_a_gap_or_a_stone_of_the_other_do_not_win() -> None:
    for way in DIRECTIONS:
        line = row(6, (5, 7), way)
        assert after(placed({0: line[:3]}), 0, line[3]) is None
        assert after(placed({0: line[:4]}), 0, line[5]) is None
        assert after(placed({0: [*line[:2], *line[3:5]], 1: [line[2]]}), 0, line[5]) is None


def test_a_row_does_not_go_on_over_the_edge() -> None:
    for size in (15, 19):
        for line in (
            [(3, size - 2), (3, size - 1), (4, 0), (4, 1), (4, 2)],
            [(size - 1, 4), (size - 2, 4), (0, 4), (1, 4), (2, 4)],
            [(2, size - 2), (3, size - 1), (5, 0), (6, 1), (7, 2)],
            [(5, 1), (6, 0), (6, size - 1), (7, size - 2), (8, size - 3)],
        ):
            for last in line:
                assert after(placed({0: [p for p in line if p != last]}, size), 0, last) is None


def test_five_win_along_every_edge_and_in_every_corner() -> None:
    for size in (15, 19):
        most = size - 1
        for line in (
            row(5, (0, 0), (0, 1)), row(5, (most, most), (0, -1)), row(5, (0, most), (1, 0)),
            row(5, (most, 0), (-1, 0)), row(5, (0, 0), (1, 1)), row(5, (0, most), (1, -1)),
            row(5, (most, 0), (-1, 1)), row(5, (most, most), (-1, -1)),
        ):  # fmt: skip
            assert after(placed({1: line[:4]}, size), 1, line[4]) == won_by(1, line, size)


def test_more_than_five_win_except_under_exactly_five() -> None:
    for way in DIRECTIONS:
        for length in (6, 7, 9):
            line = row(length, (5, 9), way)
            last = line[4]
            rest = [point for point in line if point != last]
            assert after(placed({0: rest}, 19), 0, last) == won_by(0, line, 19)
            assert after(placed({0: rest}, 19, five="exactly"), 0, last) is None
            assert after(placed({1: rest}, 19, five="exactly"), 1, last) is None


def test_a_long_row_under_exactly_five_stays_without_a_win_however_it_grows() -> None:
    line = row(12, (7, 1), (0, 1))
    info = placed({0: [point for point in line if point != line[6]]}, five="exactly")
    assert after(info, 0, line[6]) is None
    assert after(info, 0, (7, 13)) is None


def test_exactly_five_win_under_exactly_five_even_beside_a_longer_row() -> None:
    across, down = row(6, (7, 3), (0, 1)), row(5, (5, 6), (1, 0))
    info = placed({0: [point for point in {*across, *down} if point != (7, 6)]}, five="exactly")
    assert after(info, 0, (7, 6)) == won_by(0, down)
    assert won(info) == set(down)


def test_two_rows_at_once_are_both_marked() -> None:
    across, down = row(5, (7, 4), (0, 1)), row(5, (5, 6), (1, 0))
    info = placed({0: [point for point in {*across, *down} if point != (7, 6)]})
    assert after(info, 0, (7, 6)) == won_by(0, across)  # and the first one is named
    assert won(info) == {*across, *down}


def test_fours_and_open_threes_are_moments() -> None:
    line = row(5, (7, 3), (0, 1))
    for own, others, says in (
        (line[:2], [], "F8: an open three"),
        (line[:2], [(7, 2)], ""),
        ([*line[:2], (5, 5), (6, 5)], [], "F8: an open three"),
        ([line[0], line[1], line[3]], [], "F8: an open four!"),
        ([line[0], line[1], line[3]], [(7, 2)], "F8: a four"),
        ([line[0], line[1], line[3]], [(7, 2), (7, 7)], ""),
        ([line[0], line[1], line[3], line[4]], [], ""),  # it wins: that is the end
    ):
        assert GAME.moment(placed({0: own, 1: others}), 0, line[2]) == says


def test_a_full_board_without_five_is_a_draw() -> None:
    # Pairs of columns shifted by two rows: no row in any direction is longer than four.
    for size in (15, 19):
        seats = {(r, c): (r // 2 + c) % 2 for r in range(size) for c in range(size)}
        last = (size - 1, size - 1)
        split = {seat: [p for p, s in seats.items() if s == seat and p != last] for seat in (0, 1)}
        info = placed(split, size)
        assert list(info.turn()) == [0]
        assert list(info.moves(0)) == [last]
        assert after(info, 0, last) == Outcome.draw(2, "the board is full")
        assert not info.turn()


def test_five_on_the_last_point_win() -> None:
    size = 15
    seats = {(r, c): (r // 2 + c) % 2 for r in range(size) for c in range(size)}
    seats.update(dict.fromkeys(row(5, (14, 10), (0, 1)), 0))
    split = {seat: [p for p, s in seats.items() if s == seat and p != (14, 14)] for seat in (0, 1)}
    assert after(placed(split), 0, (14, 14)) == won_by(0, row(6, (14, 9), (0, 1)))


def test_refusals_have_a_code_for_each_reason() -> None:
    info = placed({0: [(7, 7)]})
    for seat, move, code in (
        (0, (0, 0), "not_your_turn"), (1, (7, 7), "taken"), (1, (15, 0), "off_board"), (1, (0, -1), "off_board"),
        (1, (0, 15), "off_board"), (1, 112, "off_board"), (1, (7.0, 8), "off_board"), (1, (True, 0), "off_board"),
        (1, [0, 0], "off_board"), (1, (0, 0, 0), "off_board"), (1, None, "off_board"),
    ):  # fmt: skip
        refusal = info.judge(seat, move)
        assert refusal is not None
        assert refusal.code == code
    over = placed({0: row(4, (3, 3), (0, 1))})
    after(over, 0, (3, 7))
    refusal = over.judge(1, (0, 0))
    assert refusal is not None
    assert refusal.code == "match_over"


def test_the_board_has_the_size_that_was_chosen() -> None:
    for size in (15, 19):
        info = begun(size)
        assert len(list(info.moves(0))) == size * size
        assert info.judge(0, (size - 1, size - 1)) is None
        assert info.judge(0, (size, 0)) is not None


def stones(info: GomokuInfo) -> list[Item]:
    return [item for item in GAME.scene(info, 0).items if item.fill in ("black", "white")]


def test_the_table_marks_the_last_stone_and_then_the_five() -> None:
    line = row(5, (7, 3), (0, 1))
    info = placed({0: line[:3], 1: [(0, 0)]})
    after(info, 0, line[3])
    assert [(item.id, item.at) for item in stones(info) if item.mark == "last"] == [("G8", (7, 8))]
    after(info, 0, line[4])
    assert {item.id for item in stones(info) if item.mark == "win"} == {"D8", "E8", "F8", "G8", "H8"}
    assert [item.fill for item in stones(info)] == ["white"] + ["black"] * 5


def test_points_are_called_by_column_letter_and_row_from_the_bottom() -> None:
    assert GAME.words(begun(), 0, (6, 5)) == "F9"
    assert GAME.words(begun(), 0, (14, 0)) == "A1"
    assert GAME.words(begun(19), 0, (0, 18)) == "S19"
    scene = GAME.scene(begun(), 0)
    labels = {item.s: item.at for item in scene.items if item.kind == "text"}
    places = scene.places()
    assert labels["A"][0] == places[14, 0][0]
    assert labels["1"][1] == places[14, 0][1]
    assert labels["O"][0] == places[0, 14][0]
    assert labels["15"][1] == places[0, 14][1]


def test_the_table_says_what_is_to_be_done() -> None:
    info = begun()
    assert GAME.scene(info, None).say == "place a black stone"
    after(info, 0, (7, 7))
    assert GAME.scene(info, None).say == "place a white stone"


def test_star_points_lie_where_they_do_on_real_boards() -> None:
    for size, stars in (
        (15, {"D4", "D12", "L4", "L12", "H8"}),
        (19, {c + r for c in "DJP" for r in ("4", "10", "16")}),
    ):
        dots = [item.at for item in GAME.scene(begun(size), 0).items if item.kind == "disc"]
        assert {f"{column(int(x) - 1)}{size + 1 - int(y)}" for x, y in dots} == stars


# -- seeded mistakes ---------------------------------------------------------------------------------------------------

PLAY, SETUP, JUDGE, TURN = GomokuInfo.play, GomokuInfo.setup, GomokuInfo.judge, GomokuInfo.turn
LINES = gomoku.lines


def always_exact(self: GomokuInfo, *arguments: object) -> None:
    SETUP(self, *arguments)  # type: ignore[arg-type]
    self.exact = True


def never_exact(self: GomokuInfo, *arguments: object) -> None:
    SETUP(self, *arguments)  # type: ignore[arg-type]
    self.exact = False


def always_black(self: GomokuInfo, seat: int, move: tuple[int, int], chance: Chance) -> None:
    PLAY(self, 0, move, chance)


def taken_is_free(self: GomokuInfo, seat: int, move: object) -> object:
    refusal = JUDGE(self, seat, move)
    return None if refusal and refusal.code == "taken" else refusal


def loose_types(self: GomokuInfo, seat: int, move: object) -> object:
    return JUDGE(self, seat, tuple(map(int, move)) if type(move) is tuple else move)


def four_is_enough(self: GomokuInfo, seat: int, move: tuple[int, int], chance: Chance) -> None:
    PLAY(self, seat, move, chance)
    row, column = move
    if column >= 3 and all(self.board[row * self.size + column - k] == seat + 1 for k in range(4)):
        self.won = self.won or (self.last,)


def around_the_edge(self: GomokuInfo, seat: int, move: tuple[int, int], chance: Chance) -> None:
    PLAY(self, seat, move, chance)
    for start in range(self.last - 4, self.last + 1):
        if start >= 0 and self.board[start : start + 5] == bytes([seat + 1] * 5):
            self.won = tuple(range(start, start + 5))


def no_draw(self: GomokuInfo) -> Outcome | None:
    return Outcome.win(self.board[self.last] - 1, 2, self.row()) if self.won else None


def draw_first(self: GomokuInfo) -> Outcome | None:
    return Outcome.draw(2, "the board is full") if self.stones == len(self.board) else no_draw(self)


def black_wins(self: GomokuInfo) -> Outcome | None:
    return Outcome.win(0, 2, self.row()) if self.won else draw_first(self)


def other_way_up(self: Gomoku, before: GomokuInfo, seat: int, move: tuple[int, int]) -> str:
    return f"{column(move[1])}{move[0] + 1}"


def rays_of(directions: Iterable[tuple[int, int]], far: int) -> object:
    def rays(size: int) -> list[list[tuple[list[int], list[int]]]]:
        def ray(r: int, c: int, down: int, right: int) -> list[int]:
            places = [(r + down * k, c + right * k) for k in range(1, far + 1)]
            return [y * size + x for y, x in places if 0 <= y < size and 0 <= x < size]

        ways = list(directions)
        return [
            [(ray(r, c, *way), ray(r, c, -way[0], -way[1])) for way in ways] for r in range(size) for c in range(size)
        ]

    return rays


def lines_without(direction: int) -> object:
    def blind(cut: Lines, board: bytearray) -> tuple[bytearray, ...]:
        return tuple(bytearray() if n == direction else line for n, line in enumerate(cut(board)))

    def lines(size: int) -> list[Lines]:
        return [partial(blind, cut) for cut in LINES(size)]

    return lines


MISTAKES = (
    Mistake("more than five win under exactly five", GomokuInfo, "setup", never_exact),
    Mistake("more than five never win", GomokuInfo, "setup", always_exact),
    *(
        Mistake(f"rows {way} are not seen", gomoku, "lines", lines_without(direction))
        for direction, way in enumerate(DIRECTIONS)
    ),
    Mistake("a row is followed only three points far", gomoku, "rays", rays_of(DIRECTIONS, 3)),
    Mistake("an overline is taken for a five, four points away", gomoku, "rays", rays_of(DIRECTIONS, 4)),
    Mistake("four are enough", GomokuInfo, "play", four_is_enough),
    Mistake("a row goes on over the edge", GomokuInfo, "play", around_the_edge),
    Mistake("all stones are black", GomokuInfo, "play", always_black),
    Mistake("a taken point may be taken again", GomokuInfo, "judge", taken_is_free),
    Mistake("numbers of other types are taken", GomokuInfo, "judge", loose_types),
    Mistake("everything is legal", GomokuInfo, "judge", lambda self, seat, move: None),
    Mistake("black is always in turn", GomokuInfo, "turn", lambda self: TURN(self) and (0,)),
    Mistake("the match goes on after five", GomokuInfo, "turn", lambda self: (self.stones % 2,)),
    Mistake("a full board goes on", GomokuInfo, "outcome", no_draw),
    Mistake("five on the last point are a draw", GomokuInfo, "outcome", draw_first),
    Mistake("black wins whoever has five", GomokuInfo, "outcome", black_wins),
    Mistake("rows are counted from the top", Gomoku, "words", other_way_up),
)
