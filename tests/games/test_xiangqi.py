import pytest

from games.game_info import Chance, Outcome
from games.match import Match
from games.scene import Item
from games.xiangqi import Xiangqi, table
from games.xiangqi.board import BEGIN, NAMES, POINTS, after, legal, read, written
from games.xiangqi.info import XiangqiInfo
from tests.games.xiangqi_mistakes import MISTAKES as MISTAKES

GAME = Xiangqi()


def at(position: str = "", **options: object) -> XiangqiInfo:
    """A match that begins in this position."""
    begun = XiangqiInfo()
    begun.setup(2, GAME.chosen({"position": position, **options}), Chance.none())
    return begun


def step(text: str) -> tuple[str, str]:
    return text[:2], text[2:]


def after_steps(match: XiangqiInfo, *steps: str) -> XiangqiInfo:
    """The state after these steps, each of which must be legal."""
    for text in steps:
        assert match.judge(match.seat, step(text)) is None, text
        match.play(match.seat, step(text), Chance.none())
    return match


def ways(position: str, start: str) -> set[str]:
    """Where the piece on a point may go."""
    match = at(position)
    return {end for here, end in match.moves(match.seat) if here == start}


def code(match: XiangqiInfo, move: object, seat: int | None = None) -> str:
    refusal = match.judge(match.seat if seat is None else seat, move)
    return refusal.code if refusal else ""


def count(position: str, depth: int, seat: int) -> int:
    """All ways to go on for so many steps."""
    if depth == 1:
        return sum(1 for _ in legal(position, seat))
    return sum(count(after(position, *ends), depth - 1, 1 - seat) for ends in legal(position, seat))


# -- how the pieces go -------------------------------------------------------------------------------------------------


def test_the_first_two_steps_can_be_made_in_as_many_ways_as_published() -> None:
    assert count(at().board, 1, 0) == 44
    assert count(at().board, 2, 0) == 1920


def test_the_first_three_steps_can_be_made_in_as_many_ways_as_published(request: pytest.FixtureRequest) -> None:
    assert count(at().board, 3, 0) == 79666


def test_red_begins_and_sides_alternate() -> None:
    match = at()
    assert list(match.turn()) == [0]
    assert code(match, ("e6", "e5"), 1) == "not_your_turn"
    assert list(after_steps(match, "h2e2").turn()) == [1]
    assert code(match, ("a3", "a4"), 0) == "not_your_turn"
    assert list(after_steps(match, "h9g7").turn()) == [0]


def test_a_general_goes_one_point_along_the_lines_of_its_palace() -> None:
    assert ways("3k5/9/9/9/9/9/9/9/4K4/9 w", "e1") == {"e2", "e0", "f1"}  # d1 faces the other general
    assert ways("4k4/9/9/9/9/9/9/5K3/9/9 w", "f2") == {"f1"}  # not out of the palace, not to the open file
    assert ways("3k5/9/9/9/9/9/9/9/9/4K4 b", "d9") == {"d8"}


def test_an_advisor_goes_one_point_aslant_in_its_palace() -> None:
    assert ways("3k5/9/9/9/9/9/9/9/4A4/5K3 w", "e1") == {"d0", "d2", "f2"}
    assert ways("3k5/9/9/9/9/9/9/5A3/9/5K3 w", "f2") == {"e1"}
    assert ways("3k5/4a4/9/9/9/9/9/9/9/5K3 b", "e8") == {"f9", "d7", "f7"}


def test_an_elephant_goes_two_points_aslant_stays_at_home_and_is_blocked() -> None:
    assert ways("3k5/9/9/9/9/9/9/4B4/9/5K3 w", "e2") == {"c0", "c4", "g0", "g4"}
    assert ways("3k5/9/9/9/9/9/3p5/4B4/5K3/9 w", "e2") == {"c0", "g4"}  # eyes: a soldier at d3, its own general at f1
    assert ways("3k5/9/9/9/9/2B6/9/9/9/5K3 w", "c4") == {"a2", "e2"}  # not over the river
    assert ways("3k5/9/9/9/6b2/9/9/9/9/5K3 b", "g5") == {"e7", "i7"}


def test_a_horse_goes_to_eight_points_and_each_neighbour_hobbles_two() -> None:
    every = {"d6", "f6", "c5", "g5", "c3", "g3", "d2", "f2"}
    assert ways("3k5/9/9/9/9/4N4/9/9/9/5K3 w", "e4") == every
    for leg, lost in (("e5", {"d6", "f6"}), ("e3", {"d2", "f2"}), ("d4", {"c5", "c3"}), ("f4", {"g5", "g3"})):
        hobbled = list(read("3k5/9/9/9/9/4N4/9/9/9/5K3 w")[0])
        hobbled[POINTS[leg]] = "p"
        match = at(written("".join(hobbled), 0))
        assert {end for start, end in match.moves(0) if start == "e4"} == every - lost, leg
    assert ways("3k5/9/9/9/9/9/9/9/7N1/5K3 w", "h1") == {"f2", "g3", "i3"}


def test_a_chariot_goes_along_the_lines_up_to_what_it_takes() -> None:
    assert ways("3k5/9/4c4/9/9/2P1R1n2/9/9/9/5K3 w", "e4") == {
        "e5", "e6", "e7", "e3", "e2", "e1", "e0", "d4", "f4", "g4",
    }  # fmt: skip


def test_a_cannon_goes_like_a_chariot_and_takes_over_exactly_one_piece() -> None:
    open_points = {"e5", "e6", "e3", "e2", "e1", "e0", "d4", "c4", "b4", "a4", "f4"}
    # Ahead a screen and behind it a horse; beside it a screen with two pieces behind it, of which the first is its own.
    assert ways("3k5/4n4/4r4/9/9/4C1pNr/9/9/9/5K3 w", "e4") == open_points | {"e8"}
    assert ways("3k5/4n4/4r4/4P4/9/4C1p1r/9/9/9/5K3 w", "e4") == open_points - {"e6"} | {"e7", "i4"}


def test_a_soldier_goes_ahead_and_beyond_the_river_aside_but_never_back() -> None:
    assert ways("3k5/9/9/9/9/9/2P6/9/9/5K3 w", "c3") == {"c4"}
    assert ways("3k5/9/9/9/9/2P6/9/9/9/5K3 w", "c4") == {"c5"}
    assert ways("3k5/9/9/9/2P6/9/9/9/9/5K3 w", "c5") == {"c6", "b5", "d5"}
    assert ways("P2k5/9/9/9/9/9/9/9/9/5K3 w", "a9") == {"b9"}
    assert ways("3k5/9/9/2p6/9/9/9/9/9/5K3 b", "c6") == {"c5"}
    assert ways("3k5/9/9/9/9/2p6/9/9/9/5K3 b", "c4") == {"c3", "b4", "d4"}


def test_nothing_takes_its_own_side() -> None:
    match = at()
    for start, end in ((s, e) for s in "abcdefghi" for e in "abcdefghi"):
        assert code(match, (f"{start}0", f"{end}0")) in ("taken", "no_piece", "not_so")
    assert code(match, ("a0", "b0")) == "taken"


# -- check -------------------------------------------------------------------------------------------------------------


def test_every_attacker_gives_check() -> None:
    for position, checked in (
        ("3k5/9/9/9/9/9/9/9/9/3R1K3 b", True), ("3k5/9/9/3n5/9/9/9/9/9/3R1K3 b", False),
        ("3k5/9/9/3n5/9/9/9/9/9/3C1K3 b", True), ("3k5/9/9/9/9/9/9/9/9/3C1K3 b", False),
        ("3k5/3n5/9/3c5/9/9/9/9/9/3C1K3 b", False), ("3k5/9/2N6/9/9/9/9/9/9/5K3 b", True),
        ("3k5/2n6/2N6/9/9/9/9/9/9/5K3 b", False), ("3k5/9/2Nr5/9/9/9/9/9/9/5K3 b", True),
        ("3k5/1N7/9/9/9/9/9/9/9/5K3 b", True), ("3k5/1Nn6/9/9/9/9/9/9/9/5K3 b", False),
        ("3k5/3P5/9/9/9/9/9/9/9/5K3 b", True), ("2Pk5/9/9/9/9/9/9/9/9/5K3 b", True),
        ("9/3k5/9/9/9/9/9/9/9/5K3 b", False), ("3P5/3k5/9/9/9/9/9/9/9/5K3 b", False),
        ("4k4/9/9/9/9/9/9/9/4p4/4K4 w", True), ("5k3/9/9/9/9/9/9/9/9/3pK4 w", True),
        ("4k4/9/9/9/9/4p4/9/4c4/4A4/4K4 w", True), ("5k3/9/9/9/9/9/9/5n3/9/4K4 w", True),
        ("5k3/9/9/9/9/9/9/5n3/5p3/4K4 w", False),
    ):  # fmt: skip
        assert at(position).check is checked, position


def test_the_generals_never_face_each_other() -> None:
    assert code(at("4k4/9/9/9/9/9/9/9/9/3K5 w"), ("d0", "e0")) == "facing"
    between = at("4k4/9/9/9/4N4/9/9/9/9/4K4 w")
    assert {end for start, end in between.moves(0) if start == "e5"} == set()
    assert code(between, ("e5", "f7")) == "facing"
    assert ways("4k4/9/9/4p4/4R4/9/9/9/9/4K4 w", "e5") >= {"a5", "i5"}  # another piece still stands between


def test_no_step_leaves_the_own_general_in_check() -> None:
    for position, wrong in (
        ("3k5/9/9/9/4r4/9/9/9/4N4/4K4 w", "e1g2"),  # stood between
        ("3k5/9/9/9/4c4/9/R8/9/9/4K4 w", "a3e3"),  # becomes the cannon's screen
        ("3k5/9/9/9/4c4/9/4P4/9/4R4/4K4 w", "e1d1"),  # leaves one screen of two
        ("5k3/9/9/9/9/9/9/5n3/5R3/4K4 w", "f1a1"),  # no longer hobbles the horse
        ("3k5/9/9/9/4r4/9/9/9/9/5K3 w", "f0e0"),  # steps into check
        ("3k5/9/9/9/4r4/9/9/9/9/R3K4 w", "a0a1"),  # stays in check
        ("4k4/9/9/4R4/9/9/9/9/9/3K5 b", "e9e8"),
    ):
        assert code(at(position), step(wrong)) == "in_check", wrong
        assert step(wrong) not in at(position).moves(at(position).seat)


def test_whoever_has_no_legal_step_loses() -> None:
    mate = after_steps(at("3k5/R8/1R7/9/9/9/9/9/9/4K4 w"), "b7b9")
    assert mate.outcome() == Outcome.win(0, 2, "checkmate")
    stalemate = after_steps(at("3k5/9/R8/9/9/9/9/9/9/4K4 w"), "a7a8")
    assert not stalemate.check
    assert stalemate.outcome() == Outcome.win(0, 2, "no legal step left")
    black = after_steps(at("4k4/9/9/9/9/9/9/r8/9/3K5 b"), "a2a1")
    assert black.outcome() == Outcome.win(1, 2, "no legal step left")
    assert not black.turn()
    assert list(black.moves(0)) == []
    assert code(black, ("d0", "d1"), 0) == "match_over"


# -- draws and repetition ----------------------------------------------------------------------------------------------

LONE = "3k5/9/9/9/9/9/9/9/9/R4K3 w"
CHECKING = ("a0d0", "d9e9", "d0e0", "e9d9", "e0d0", "d9e9", "d0e0", "e9d9")
MUTUAL = "3r5/5k3/3c5/9/9/3r5/1C7/9/5C3/3K1R3 w", ("f1d1", "d4f4", "d1f1", "f4d4")
"""A step of each side answers a check by another, and so on for ever."""


def test_sixty_steps_each_without_a_capture_are_a_draw() -> None:
    for limit in (60, 40):
        match = after_steps(at(f"{LONE} - - {2 * limit - 2} 9", limit=limit), "a0a1")
        assert match.outcome() is None
        end = after_steps(match, "d9d8").outcome()
        assert end == Outcome.draw(2, f"{limit} steps each without a capture")


def test_a_capture_begins_the_count_anew_and_a_soldiers_step_does_not() -> None:
    capture = "3k5/9/9/9/9/9/p8/9/9/R4K3 w - - 119 60"
    assert after_steps(at(capture), "a0a3").quiet == 0
    assert after_steps(at("3k5/9/9/9/9/9/P8/9/9/R4K3 w - - 30 60"), "a3a4").quiet == 31
    assert after_steps(at(), "h2e2", "h9g7").quiet == 2


def test_mate_with_the_last_step_that_counts_wins() -> None:
    match = after_steps(at("3k5/R8/1R7/9/9/9/9/9/9/4K4 w - - 119 60"), "b7b9")
    assert match.outcome() == Outcome.win(0, 2, "checkmate")


def test_only_ten_checks_of_a_side_and_the_answers_to_them_count() -> None:
    match = at(f"{LONE} - - 50 9")
    match.checks = [9, 0]
    assert after_steps(match, "a0d0").quiet == 51
    assert after_steps(match, "d9e9").quiet == 52
    assert match.checks == [10, 0]
    assert after_steps(match, "d0e0").quiet == 52
    assert after_steps(match, "e9d9").quiet == 52
    assert after_steps(match, "e0e1").quiet == 53
    assert after_steps(match, "d9d8").quiet == 54
    again = at("3k5/9/9/9/9/9/p8/9/9/R4K3 w")
    again.checks = [11, 2]
    assert after_steps(again, "a0a3").checks == [0, 0]


def test_the_same_position_three_times_is_a_draw() -> None:
    there_and_back = ("a0a1", "d9d8", "a1a0", "d8d9")
    match = after_steps(at(LONE), *there_and_back, *there_and_back[:3])
    assert match.outcome() is None
    assert after_steps(match, "d8d9").outcome() == Outcome.draw(2, "the same position three times")


def test_the_same_board_with_the_other_side_in_turn_is_another_position() -> None:
    triangle = ("a0a1", "d9e9", "a1a2", "e9e8", "a2a0", "e8d8", "a0a1", "d8d9", "a1a0")
    match = after_steps(at(LONE), *triangle, "d9d8", "a0a1", "d8d9", "a1a0")
    assert match.past.count(match.board) == 3
    assert match.outcome() is None


def test_whoever_checks_perpetually_loses() -> None:
    match = after_steps(at(LONE), *CHECKING)
    assert match.outcome() is None
    assert after_steps(match, "e0d0").outcome() == Outcome.win(1, 2, "perpetual check")
    black = ("a9f9", "f0e0", "f9e9", "e0f0", "e9f9", "f0e0", "f9e9", "e0f0", "e9f9")
    assert after_steps(at("r8/3k5/9/9/9/9/9/9/9/5K3 b"), *black).outcome() == Outcome.win(0, 2, "perpetual check")


def test_whoever_checks_perpetually_loses_when_the_answer_completes_the_repetition() -> None:
    match = after_steps(at("4k4/9/9/9/9/9/9/9/9/3R1K3 w"), *CHECKING[2:], "e0d0")
    assert match.outcome() is None
    assert after_steps(match, "d9e9").outcome() == Outcome.win(1, 2, "perpetual check")


def test_checks_between_which_there_is_a_quiet_step_are_no_perpetual_check() -> None:
    now_and_then = ("a0d0", "d9e9", "d0a0", "e9d9")
    match = after_steps(at(LONE), *now_and_then, *now_and_then)
    assert match.outcome() == Outcome.draw(2, "the same position three times")


def test_checks_before_the_first_of_the_three_positions_do_not_matter() -> None:
    quiet = ("e0e1", "d9d8", "e1e0", "d8d9")
    match = after_steps(at(LONE), *CHECKING[:4], *quiet, *quiet)
    assert match.outcome() == Outcome.draw(2, "the same position three times")


def test_perpetual_check_of_both_sides_is_a_draw() -> None:
    position, steps = MUTUAL
    match = after_steps(at(position), *steps, *steps)
    assert match.outcome() == Outcome.draw(2, "the same position three times")


def test_any_repetition_is_a_draw_where_that_was_chosen() -> None:
    match = after_steps(at(LONE, repetition="draw"), *CHECKING, "e0d0")
    assert match.outcome() == Outcome.draw(2, "the same position three times")


def test_only_what_can_come_again_is_remembered() -> None:
    match = after_steps(at(), "h2e2", "h9g7")
    assert len(match.past) == 3
    assert len(after_steps(match, "e2e6").past) == 1  # a capture
    assert len(after_steps(match, "g7e6", "c3c4").past) == 1  # a soldier's step ahead
    aside = after_steps(at("3k5/9/9/9/2P6/9/9/9/9/5K3 w"), "c5d5")
    assert len(aside.past) == 2


# -- refusals ----------------------------------------------------------------------------------------------------------


def test_refusals_have_a_code_for_each_reason() -> None:
    match = at()
    for move, expected in (
        (("e1", "e2"), "no_piece"), (("e9", "e8"), "not_yours"), (("a0", "a3"), "taken"), (("a0", "b1"), "not_so"),
        ("e1", "no_piece"), ("e9", "not_yours"), ("a0", "no_goal"), (("j1", "a0"), "off_board"), (4, "off_board"),
        (("a0",), "no_goal"), (("a0", "a1", "a2"), "off_board"), (("a0", 1), "off_board"), ((), "off_board"),
        (["a0", "a1"], "off_board"), (("a0", "a10"), "off_board"), (("A0", "a1"), "off_board"), (None, "off_board"),
    ):  # fmt: skip
        assert code(match, move) == expected, move
    assert code(at("4k4/9/9/9/4N4/9/9/9/9/4K4 w"), "e5") == "stuck"


def test_a_refusal_says_how_the_piece_goes() -> None:
    for move, word in (("a0b1", "chariot"), ("b0b1", "horse"), ("c0c1", "elephant"), ("d0d1", "advisor"),
                       ("e0e2", "general"), ("h2h8", "cannon"), ("e3f3", "soldier")):  # fmt: skip
        refusal = at().judge(0, step(move))
        assert refusal is not None
        assert word in refusal.text


# -- positions as text -------------------------------------------------------------------------------------------------


def test_a_position_comes_back_from_its_text() -> None:
    text = "2bak4/9/3ab4/9/2n1r4/4R1N2/9/4B4/4A4/3AK1B2 b - - 17 1"
    assert written(*read(text)) == text
    match = at(text)
    assert (match.seat, match.quiet) == (1, 17)
    assert match.board[POINTS["e5"]] == "r"
    assert at("").board == read(BEGIN)[0]


def test_impossible_positions_are_refused_in_a_sentence() -> None:
    lone = "/9/9/9/9/9/9/9/4K4 w"
    for text, part in (
        (" ", "A position is a line"), ("4k4/9 w", "There are 2 ranks"), ("4k5/9" + lone, "Rank 9 has 10 points"),
        ("4k3/9" + lone, "Rank 9 has 8 points"), ("4kx3/9" + lone, "'x' is no piece"), ("9/9" + lone, "one general"),
        ("3kk4/9" + lone, "one general"), ("rrrk5/9" + lone, "3 pieces 'r'"), ("k8/9" + lone, "can never come to a9"),
        ("3k1a3/5a3" + lone, "can never come to f8"), ("3kb4/9" + lone, "can never come to e9"),
        ("3k4p/9" + lone, "can never come to i9"), ("4k4/9" + lone, "not in turn is in check"),
        ("3kR4/9" + lone, "not in turn is in check"), ("3k5/9" + lone[:-1] + "x", "who is in turn"),
        ("3k5/9" + lone + " - - x", "fifth word"), ("3k5/9" + lone + " - - 120", "would be over"),
        ("3k5/R8" + lone[:-1] + "b", "no legal step"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"^[A-Z].*\.$") as told:
            GAME.chosen({"position": text})
        assert part in str(told.value), text


# -- words -------------------------------------------------------------------------------------------------------------


def words(position: str, text: str) -> tuple[str, str]:
    before = at(position)
    assert code(before, step(text)) == "", text
    return GAME.words(before, before.seat, step(text)), GAME.words_in("zh-CN", before, before.seat, step(text))


def test_steps_are_worded_as_the_federation_and_as_chinese_books_do() -> None:
    for text, expected in (
        ("h2e2", ("C2=5", "炮二平五")), ("h0g2", ("H2+3", "马二进三")), ("b2b9", ("C8+7", "炮八进七")),
        ("c0e2", ("E7+5", "相七进五")), ("d0e1", ("A6+5", "仕六进五")), ("e0e1", ("K5+1", "帅五进一")),
        ("a0a2", ("R9+2", "车九进二")), ("g3g4", ("P3+1", "兵三进一")),
    ):  # fmt: skip
        assert words("", text) == expected
    first = f"{BEGIN[:-1]}b"
    for text, expected in (
        ("h7e7", ("C8=5", "炮8平5")), ("b9c7", ("H2+3", "马2进3")), ("c9e7", ("E3+5", "象3进5")),
        ("f9e8", ("A6+5", "士6进5")), ("e9e8", ("K5+1", "将5进1")), ("i9i8", ("R9+1", "车9进1")),
        ("c6c5", ("P3+1", "卒3进1")), ("b7b8", ("C2-1", "炮2退1")),
    ):  # fmt: skip
        assert words(first, text) == expected
    assert words("3k5/9/9/9/9/9/9/4B4/9/2B2K3 w", "e2c4") == ("E5+7", "相五进七")
    assert words("3k5/9/9/9/9/2B6/9/9/9/2B2K3 w", "c4e2") == ("E7-5", "相七退五")
    assert words("3k5/9/9/9/9/2B6/9/9/9/2B2K3 w", "c0e2") == ("E7+5", "相七进五")
    assert GAME.words_in("en", at(), 0, ("h2", "e2")) == "C2=5"


def test_equal_pieces_on_one_file_are_told_apart_as_front_and_rear() -> None:
    red, black = "3k5/9/4C4/9/9/4C4/9/9/9/5K3 w", "3k5/9/4r4/9/9/4r4/9/9/9/5K3 b"
    assert words(red, "e7e8") == ("C++1", "前炮进一")
    assert words(red, "e4d4") == ("C-=6", "后炮平六")
    assert words(black, "e4e0") == ("R++4", "前车进4")
    assert words(black, "e7a7") == ("R-=1", "后车平1")
    front, rear = "3k5/9/9/9/4N4/9/9/4N4/9/5K3 w", "e2f4"
    assert words(front, rear) == ("H-+4", "后马进四")
    assert words(front, "e5c4") == ("H+-7", "前马退七")


def test_tandem_soldiers_are_told_apart_as_the_federation_says() -> None:
    def soldiers(*points: str) -> str:
        ranks = list("." * 90)
        for point in (*points, "d0K", "e9k"):
            ranks[POINTS[point[:2]]] = point[2:] or "P"
        return written("".join(ranks), 0)

    file = ("g9", "g8", "g7", "g6", "g5")
    for many, federation, chinese_words in (
        (2, ("P+", "P-"), "前后"), (3, ("P+", "P3", "P-"), "前中后"), (4, ("++", "P+", "P-", "--"), "一二三四"),
        (5, ("++", "P+", "P3", "P-", "--"), "一二三四五"),
    ):  # fmt: skip
        for start, name, place in zip(file[:many], federation, chinese_words, strict=True):
            told = words(soldiers(*file[:many]), f"{start}h{start[1]}")
            assert told == (f"{name}=2", f"{place}兵平二")
    both = soldiers("g8", "g7", "g6", "c8", "c7")
    for text, expected in (
        ("g8f8", ("3+=4", "前三平四")), ("g7f7", ("33=4", "中三平四")), ("g6f6", ("3-=4", "后三平四")),
        ("c8d8", ("7+=6", "前七平六")), ("c7d7", ("7-=6", "后七平六")),
    ):  # fmt: skip
        assert words(both, text) == expected
    assert words("4k4/9/9/9/9/9/2p6/2p6/9/3K5 b", "c2c1") == ("P++1", "前卒进1")


def test_a_match_can_be_kept_as_text() -> None:
    match = Match(GAME, 2, GAME.chosen({"position": "3k5/9/R8/9/9/9/9/9/9/4K4 b"}))
    match.begin(Chance.none())
    for move in ("d9d8", "a7a8", "d8d9", "a8a7", "d9d8"):
        match.play(min(match.turn), step(move), Chance.none())
    told = GAME.notation(match).splitlines()
    assert told[0] == '[Game "Chinese Chess"]'
    assert '[FEN "3k5/9/R8/9/9/9/9/9/9/4K4 b - - 0 1"]' in told
    assert told[-4:] == ["1. ... K4+1", "2. R9+1 K4-1", "3. R9-1 K4+1", "*"]
    match.forfeit(0)
    assert GAME.notation(match).splitlines()[-1] == "0-1"


# -- the table ---------------------------------------------------------------------------------------------------------


def pieces(match: XiangqiInfo, seat: int | None = 0) -> dict[str, Item]:
    return {item.tag: item for item in GAME.scene(match, seat).items if item.kind == "disc" and item.tag}


def test_the_table_shows_the_pieces_of_each_side_with_characters_of_their_own() -> None:
    there = pieces(at())
    assert "".join(there[name].s for name in NAMES[:9]) == "車馬象士將士象馬車"
    assert "".join(there[name].s for name in NAMES[-9:]) == "俥傌相仕帥仕相傌俥"
    assert {there[name].s for name in ("b7", "b2", "a6", "a3")} == {"砲", "炮", "卒", "兵"}
    assert there["h2"].tip == "cannon"
    western = pieces(at(pieces="symbols"))
    assert "".join(western[name].s for name in NAMES[-9:]) == "RHEAKAEHR"
    assert western["e9"].s == "k"
    assert not {item.s for item in there.values() if item.tag[1] > "4"} & {
        item.s for item in there.values() if item.tag[1] < "5"
    }


def test_the_table_shows_the_last_step_check_and_what_was_taken() -> None:
    match = after_steps(at("3k5/9/9/9/9/9/9/9/9/R4K3 w"), "a0d0")
    there = pieces(match)
    assert (there["d0"].mark, there["d9"].mark) == ("last", "check")
    assert GAME.scene(match, 0).say == "black is in check"
    start = {item.at for item in GAME.scene(match, 0).items if item.edge == "red" and not item.s}
    assert start == {GAME.scene(match, 0).places()["a0"]}
    match = after_steps(at(), "b2b9", "a9b9")
    taken = [item for item in GAME.scene(match, 1).items if item.kind == "disc" and item.s and not item.tag]
    assert sorted(item.s for item in taken) == ["炮", "馬"]
    assert [item.at[1] > table.HIGH / 2 for item in taken if item.s == "馬"] == [True]  # red took it


def test_who_plays_black_sees_the_board_from_the_other_side() -> None:
    assert [GAME.scene(at(), seat).flip for seat in (0, 1, None)] == [False, True, False]


def test_every_point_can_be_touched_and_files_are_counted_from_both_sides() -> None:
    scene = GAME.scene(at(), 0)
    places = scene.places()
    assert set(places) == set(POINTS)
    numbers = {(item.at[0], item.at[1] < 1): item.s for item in scene.items if item.kind == "text" and item.s.isdigit()}
    assert numbers[places["i0"][0], False] == numbers[places["a9"][0], True] == "1"
    assert [item.s for item in scene.items if item.kind == "text" and not item.s.isdigit()] == list("楚河漢界")
