"""Chess: the hard rules one by one, from positions made for them; what it looks like and how it is written."""

from collections.abc import Iterator
from typing import Any

from games.chess import game, info, position
from games.chess.board import attacked
from games.chess.fen import fen, read_fen, rights, start_960
from games.chess.game import Chess
from games.chess.info import CLAIM, ChessInfo
from games.chess.position import Position
from games.chess.san import read_moves, read_san, san
from games.game_info import Chance, Outcome
from games.match import Match
from tests.games.mistakes import Mistake

GAME = Chess()
NONE = Chance.none()
KIWIPETE = "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 0 1"
BACK_AND_FORTH = (("g1", "f3"), ("g8", "f6"), ("f3", "g1"), ("f6", "g8"))


def begun(text: str = "", variant: str = "standard") -> ChessInfo:
    made = ChessInfo()
    made.setup(2, GAME.chosen({"position": text, "variant": variant}), NONE)
    return made


def play(state: ChessInfo, *moves: Any) -> ChessInfo:
    for move in moves:
        seat = state.position.side
        assert state.judge(seat, move) is None, move
        state.play(seat, move, NONE)
    return state


def ends(text: str, start: str, variant: str = "standard") -> set[str]:
    """Where the piece on a square may go, with what a pawn becomes behind the square."""
    state = begun(text, variant)
    moves = [move for move in state.moves(state.position.side) if move[0] == start]
    assert all(state.judge(state.position.side, move) is None for move in moves)
    return {"".join(move[1:]) for move in moves}


def refused(state: ChessInfo, move: Any) -> str:
    refusal = state.judge(state.position.side, move)
    return refusal.code if refusal else ""


def why(state: ChessInfo) -> str:
    outcome = state.outcome()
    return outcome.why if outcome else ""


def perft(at: Position, depth: int) -> int:
    """How many ways of so many moves there are."""
    moves = list(at.legal())
    return len(moves) if depth == 1 else sum(perft(at.after(move), depth - 1) for move in moves)


# -- counts that others have published ---------------------------------------------------------------------------------


def test_as_many_moves_as_everybody_counts() -> None:
    for text, counts in COUNTS.items():
        at = begun(text, "chess960" if "H" in text else "standard").position
        assert tuple(perft(at, depth) for depth in range(1, len(counts) + 1)) == counts, text


COUNTS = {
    "": (20, 400),
    KIWIPETE: (48, 2039),
    "8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - - 0 1": (14, 191, 2812),
    "r3k2r/Pppp1ppp/1b3nbN/nP6/BBP1P3/q4N2/Pp1P2PP/R2Q1RK1 w kq - 0 1": (6, 264),
    "rnbq1k1r/pp1Pbppp/2p5/8/2B5/8/PPP1NnPP/RNBQK2R w KQ - 1 8": (44, 1486),
    "r4rk1/1pp1qppp/p1np1n2/2b1p1B1/2B1P1b1/P1NP1N2/1PP1QPPP/R4RK1 w - - 0 10": (46, 2079),
    "bqnb1rkr/pp3ppp/3ppn2/2p5/5P2/P2P4/NPP1P1PP/BQ1BNRKR w HFhf - 2 9": (21, 528),
}
"""The usual test positions (chessprogramming.org, "Perft Results" and "Chess960 Perft Results")."""

# -- how pieces move ---------------------------------------------------------------------------------------------------


def test_castling_takes_all_its_conditions() -> None:
    free = "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1"
    assert {"g1", "c1"} <= ends(free, "e1")
    for text, still in {
        "r3k2r/8/8/8/8/8/8/R3K2R w Qkq - 0 1": {"c1"},  # the right is gone
        "r3k2r/8/8/8/8/8/8/RN2K1NR w KQkq - 0 1": set(),  # something stands between, also where only the rook passes
        "r3k2r/4r3/8/8/8/8/8/R3K2R w KQkq - 0 1": set(),  # out of check
        "r3k2r/5r2/8/8/8/8/8/R3K2R w KQkq - 0 1": {"c1"},  # through check
        "r3k2r/6r1/8/8/8/8/8/R3K2R w KQkq - 0 1": {"c1"},  # into check
        "r3k2r/8/8/8/8/8/7p/R3K2R w KQkq - 0 1": {"c1"},  # a pawn attacks g1
        "r3k2r/1r6/8/8/8/8/8/R3K2R w KQkq - 0 1": {"c1", "g1"},  # b1 may be attacked
        "r3k2r/r6r/8/8/8/8/8/R3K2R w KQkq - 0 1": {"c1", "g1"},  # so may the rooks
    }.items():
        assert ends(text, "e1") & {"g1", "c1"} == still, text


def test_castling_puts_both_where_they_belong() -> None:
    for move, row in ((("e1", "g1"), "R4RK1"), (("e1", "c1"), "2KR3R")):
        state = play(begun("r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1"), move)
        assert fen(state.position) == f"r3k2r/8/8/8/8/8/8/{row} b kq - 1 1"
    black = play(begun("r3k2r/8/8/8/8/8/8/R3K2R b KQkq - 0 1"), ("e8", "c8"))
    assert fen(black.position) == "2kr3r/8/8/8/8/8/8/R3K2R w KQ - 1 2"


def test_who_has_moved_castles_no_more() -> None:
    state = begun("r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1")
    play(state, ("a1", "a2"), ("a8", "a7"), ("a2", "a1"), ("a7", "a8"))
    assert rights(state.position) == "Kk"
    play(state, ("e1", "e2"), ("e8", "e7"), ("e2", "e1"), ("e7", "e8"))
    assert rights(state.position) == "-"
    captured = play(begun("r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1"), ("a1", "a8"))
    assert rights(captured.position) == "Kk"


def test_en_passant_is_for_the_next_move_only() -> None:
    state = play(begun("4k3/8/8/8/4p3/8/3P4/4K3 w - - 0 1"), ("d2", "d4"))
    assert "d3" in {move[1] for move in state.moves(1) if move[0] == "e4"}
    passed = play(state, ("e8", "e7"), ("e1", "e2"))
    assert {move[1] for move in passed.moves(1) if move[0] == "e4"} == {"e3"}
    taken = play(begun("4k3/8/8/8/3Pp3/8/8/4K3 b - d3 0 1"), ("e4", "d3"))
    assert fen(taken.position) == "4k3/8/8/8/8/3p4/8/4K3 w - - 0 2"
    assert taken.taken == ["P"]
    white = play(begun("4k3/8/8/3pP3/8/8/8/4K3 w - d6 0 1"), ("e5", "d6"))
    assert fen(white.position) == "4k3/8/3P4/8/8/8/8/4K3 b - - 0 1"


def test_en_passant_must_not_uncover_the_king() -> None:
    assert ends("8/8/8/8/k2Pp2Q/8/8/3K4 b - d3 0 1", "e4") == {"e3"}  # both pawns leave the row at once
    assert ends("8/8/8/8/k2Pp3/8/8/3K4 b - d3 0 1", "e4") == {"e3", "d3"}
    assert ends("8/1k6/8/8/3Pp3/8/6B1/3K4 b - d3 0 1", "e4") == set()  # pinned on the diagonal
    assert begun("8/8/8/8/k2Pp2Q/8/8/3K4 b - d3 0 1").position.passant == -1


def test_en_passant_meets_a_check_of_the_pawn() -> None:
    state = begun("8/8/8/2k5/3Pp3/8/8/4K3 b - d3 0 1")
    assert ("e4", "d3") in state.moves(1)
    assert ("e4", "e3") not in state.moves(1)


def test_pawns_go_their_own_way() -> None:
    assert ends("4k3/8/8/8/8/3p1p2/4P3/4K3 w - - 0 1", "e2") == {"e3", "e4", "d3", "f3"}
    assert ends("4k3/8/8/8/4p3/8/4P3/4K3 w - - 0 1", "e2") == {"e3"}
    assert ends("4k3/8/8/8/8/4p3/4P3/4K3 w - - 0 1", "e2") == set()
    assert ends("4k3/8/8/8/8/4P3/8/4K3 w - - 0 1", "e3") == {"e4"}
    assert ends("4k3/4p3/8/8/8/8/8/4K3 b - - 0 1", "e7") == {"e6", "e5"}


def test_a_pawn_becomes_what_is_chosen() -> None:
    text = "3rk3/P3P3/8/8/8/8/8/4K3 w - - 0 1"
    assert ends(text, "a7") == {"a8q", "a8r", "a8b", "a8n"}
    assert ends(text, "e7") == {"d8q", "d8r", "d8b", "d8n"}
    for letter in "qrbn":
        state = play(begun(text), ("a7", "a8", letter))
        assert state.position.board[0] == letter.upper()
    black = play(begun("4k3/8/8/8/8/8/p7/4K3 b - - 0 1"), ("a2", "a1", "n"))
    assert black.position.board[56] == "n"
    assert refused(begun(text), ("a7", "a8")) == "promotes"
    assert refused(begun(text), ("a7", "a8", "k")) == "promotes"
    assert refused(begun(text), ("e1", "e2", "q")) == "no_move"


def test_a_pinned_piece_stays_on_its_line() -> None:
    assert ends("4r2k/8/8/8/8/4R3/8/4K3 w - - 0 1", "e3") == {"e2", "e4", "e5", "e6", "e7", "e8"}
    assert ends("4r2k/8/8/8/8/4N3/8/4K3 w - - 0 1", "e3") == set()
    assert ends("7k/8/8/b7/8/2P5/8/4K3 w - - 0 1", "c3") == set()
    assert ends("7k/8/8/8/1b6/2P5/8/4K3 w - - 0 1", "c3") == {"b4"}


def test_a_check_is_met_and_a_double_check_only_by_the_king() -> None:
    assert ends("4r2k/8/8/8/8/8/3B4/4K3 w - - 0 1", "d2") == {"e3"}
    double = begun("4r2k/8/8/8/8/5n2/3B4/4K1N1 w - - 0 1")
    assert {move[0] for move in double.moves(0)} == {"e1"}
    along = begun("4r2k/8/8/8/4K3/8/8/8 w - - 0 1")
    assert not {"e3", "e5"} & {move[1] for move in along.moves(0)}


def test_kings_keep_apart() -> None:
    assert ends("8/8/8/3k4/8/3K4/P7/8 w - - 0 1", "d3") == {"c3", "e3", "c2", "d2", "e2"}


# -- how a match ends --------------------------------------------------------------------------------------------------


def test_mate_and_stalemate() -> None:
    fool = play(begun(), ("f2", "f3"), ("e7", "e5"), ("g2", "g4"), ("d8", "h4"))
    assert fool.outcome() == Outcome.win(1, 2, "checkmate")
    assert not fool.turn()
    assert list(fool.moves(0)) == []
    smothered = play(begun("6rk/6pp/8/6N1/8/8/8/K7 w - - 0 1"), ("g5", "f7"))
    assert smothered.outcome() == Outcome.win(0, 2, "checkmate")
    still = play(begun("7k/8/6Q1/5K2/8/8/8/8 w - - 0 1"), ("g6", "f7"))
    assert still.outcome() == Outcome.draw(2, "stalemate")


def test_dead_positions() -> None:
    dead = ("4k3/8/8/8/8/8/8/4K3", "4k3/8/8/8/8/8/8/4KN2", "4kb2/8/8/8/8/8/8/4K3", "2b1k3/8/8/8/8/8/8/4KB2")
    alive = ("4k3/8/8/8/8/8/4P3/4K3", "4kn2/8/8/8/8/8/8/4KN2", "4kb2/8/8/8/8/8/8/4KB2", "4k3/8/8/8/8/8/8/3NKN2",
             "4k3/8/8/8/8/8/8/3QK3", "4k3/8/8/8/8/8/8/4KBN1", "4k3/8/8/8/8/8/8/2B1KB2")  # fmt: skip
    for text, is_dead in (*((text, True) for text in dead), *((text, False) for text in alive)):
        at = read_fen(f"{text} w - - 0 1", free=False)
        assert (not at.can_mate(0) and not at.can_mate(1)) == is_dead, text
    state = play(begun("4k3/8/8/8/8/8/3p4/4K3 w - - 0 1"), ("e1", "d2"))
    assert state.outcome() == Outcome.draw(2, "neither side can mate any more")


def test_the_third_repetition_is_claimed_after_the_move_or_with_it() -> None:
    state = play(begun(), *BACK_AND_FORTH, *BACK_AND_FORTH[:3])
    with_it = ("f6", "g8", CLAIM)
    assert with_it in state.moves(1)
    assert refused(state, CLAIM) == "no_claim"
    assert refused(state, ("b8", "c6", CLAIM)) == "no_claim"
    claimed = play(begun(), *BACK_AND_FORTH, *BACK_AND_FORTH[:3], with_it)
    assert claimed.outcome() == Outcome.draw(2, "threefold repetition, claimed")
    assert fen(claimed.position).startswith("rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w")
    after = play(state, ("f6", "g8"))
    assert CLAIM in after.moves(0)
    assert after.turn() == (0,)
    assert why(play(after, CLAIM)) == "threefold repetition, claimed"


def test_the_fifth_repetition_ends_the_match() -> None:
    state = play(begun(), *(BACK_AND_FORTH * 4)[:-1])
    assert state.turn() == (1,)
    assert play(state, BACK_AND_FORTH[-1]).outcome() == Outcome.draw(2, "fivefold repetition")


def test_a_position_is_the_same_only_with_the_same_rights() -> None:
    castles = begun("r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1")
    shuffle = (("a1", "b1"), ("a8", "b8"), ("b1", "a1"), ("b8", "a8"))
    play(castles, *shuffle, *shuffle)
    assert refused(castles, CLAIM) == "no_claim"  # the first time White and Black could still castle on that side
    assert not refused(play(castles, *shuffle), CLAIM)
    passant = play(begun("4k3/8/8/8/4p3/8/3P4/4K3 w - - 0 1"), ("d2", "d4"))
    turns = (("e8", "e7"), ("e1", "e2"), ("e7", "e8"), ("e2", "e1"))
    play(passant, *turns, *turns)
    assert refused(passant, CLAIM) == "no_claim"  # the first time the pawn could be captured in passing
    pinned = play(begun("8/8/8/8/k3p2Q/8/3P4/3K4 w - - 0 1"), ("d2", "d4"))
    turns = (("a4", "a5"), ("d1", "d2"), ("a5", "a4"), ("d2", "d1"))
    play(pinned, *turns, *turns)
    assert not refused(pinned, CLAIM)  # here it never could


def test_fifty_moves_are_claimed_and_seventy_five_end_the_match() -> None:
    rook = "4k3/8/8/8/8/8/4P3/R3K3 w - - {} 80"
    assert refused(begun(rook.format(99)), CLAIM) == "no_claim"
    assert refused(begun(rook.format(98)), ("a1", "a2", CLAIM)) == "no_claim"
    with_it = play(begun(rook.format(99)), ("a1", "a2", CLAIM))
    assert with_it.outcome() == Outcome.draw(2, "fifty moves without progress, claimed")
    assert refused(begun(rook.format(99)), ("e2", "e3", CLAIM)) == "no_claim"
    assert why(play(begun(rook.format(100)), CLAIM)) == "fifty moves without progress, claimed"
    assert play(begun(rook.format(100)), ("e2", "e4")).position.quiet == 0
    assert why(play(begun(rook.format(149)), ("a1", "a2"))) == "75 moves without progress"
    assert play(begun(rook.format(149)), ("e2", "e4")).turn() == (1,)
    mate = play(begun("7k/8/6K1/8/8/8/8/R7 w - - 149 90"), ("a1", "a8"))
    assert mate.outcome() == Outcome.win(0, 2, "checkmate")


def test_who_gives_up_draws_where_nothing_is_left_to_mate_with() -> None:
    for text, drawn in {"4k3/8/8/8/8/8/8/4KQ2 w - - 0 1": (1, 1), "4k3/8/8/8/8/8/8/4KQ1r w - - 0 1": (2, 1)}.items():
        match = Match(GAME, 2, GAME.chosen({"position": text}))
        match.begin(NONE)
        match.forfeit(0, "time is up")
        assert match.outcome is not None
        assert match.outcome.ranks == drawn
        assert match.outcome.why.startswith("time is up")


# -- what is said ------------------------------------------------------------------------------------------------------


def test_a_refusal_says_what_is_wrong() -> None:
    start = begun()
    for move, code in {
        "e4": "not_yours", "e7": "not_yours", "a1": "stuck", "e2": "no_move", "z9": "no_move",
        ("e2", "e5"): "wrong_way",
        ("a1", "a2"): "own_piece", ("e4", "e5"): "not_yours", ("e1", "g1"): "no_castling", ("b1", "d2"): "own_piece",
        (): "no_move", ("e2",): "no_move", ("e2", "z9"): "no_move", ("e2", 4): "no_move", 4: "no_move", None: "no_move",
        ("e2", "e4", "q"): "no_move", ("e2", "e4", CLAIM): "no_claim",
    }.items():  # fmt: skip
        assert refused(start, move) == code, move
    check = begun("4r2k/8/8/8/8/8/3B4/R3K3 w - - 0 1")
    assert refused(check, ("a1", "a2")) == "in_check"
    assert refused(check, "a1") == "in_check"
    assert refused(check, ("e1", "e2")) == "into_check"
    assert refused(begun("4r2k/8/8/8/8/4N3/8/4K3 w - - 0 1"), ("e3", "c4")) == "into_check"
    refusal = start.judge(1, ("e7", "e5"))
    assert refusal is not None
    assert refusal.code == "not_your_turn"


def test_bad_positions_are_refused_in_words() -> None:
    for text, says in {
        "4k3/8/8/8/8/8/8/4K3 w": "A FEN looks like this",
        "4k3/8/8/8/8/8/4K3 w - - 0 1": "The board has to have eight rows",
        "4k4/8/8/8/8/8/8/4K3 w - - 0 1": "The board has to have eight rows",
        "4k3/8/8/8/8/8/4X3/4K3 w - - 0 1": 'There is no piece "X"',
        "4k3/8/8/8/8/8/8/8 w - - 0 1": "White has to have one king",
        "4k2P/8/8/8/8/8/8/4K3 w - - 0 1": "A pawn cannot stand",
        "4k3/8/8/8/8/8/4R3/4K3 w - - 0 1": "The side that is not to move",
        "4k3/8/8/8/8/8/4P3/4K3 w K - 0 1": 'Castling "K" is not possible',
        "4k3/8/8/8/8/8/4P3/1R2K3 w Q - 0 1": 'Castling "Q" is from other squares',
        "4k3/8/8/8/8/8/4P3/4K3 w - e3 0 1": "No pawn has just gone over e3",
        "4k3/8/8/8/8/8/8/4K3 w - - 0 1": "The match would be over before it begins: neither",
        "4k3/8/8/8/8/8/4P3/4K3 w - - 150 90": "The match would be over before it begins: 75",
        "PPPPPPPP/PPPPPPPP/PPP5/8/8/8/8/k3K3 w - - 0 1": "White has more pieces",
        "518": "Only the beginnings of Chess960",
        "1. e4 e5 2. Ke3": 'Move 2 of White, "Ke3", is not legal.',
        "1. f3 e5 2. g4 Qh4# 3. e4": 'Move 3 of White, "e4", is not legal.',
        "1. f3 e5 2. g4 Qh4#": "The match would be over before it begins: checkmate",
        "(1. e4": "A variation in brackets has no end",
    }.items():
        assert said(text).startswith(says), text
    assert said("960", "chess960").startswith("The beginnings of Chess960 have numbers from 0 to 959")


def said(text: str, variant: str = "standard") -> str:
    try:
        GAME.chosen({"position": text, "variant": variant})
    except ValueError as error:
        return str(error)
    return ""


def test_a_position_is_written_as_it_is_read() -> None:
    for text in COUNTS:
        if text:
            assert fen(read_fen(text, free="H" in text)) == text.replace("HFhf", "KQkq")
    inner = "rr2k3/8/8/8/8/8/8/RR2K3 w Bb - 0 1"
    assert fen(read_fen(inner, free=True)) == inner
    assert fen(read_fen(inner.replace("Bb", "AQq"), free=True)) == inner.replace("Bb", "Qq")


def test_chess960_begins_as_its_number_says() -> None:
    rows = {0: "bbqnnrkr", 518: "rnbqkbnr", 959: "rkrnnqbb", 534: "rnbkqbnr"}
    for number, row in rows.items():
        assert "".join(start_960(number).board[:8]) == row
    every = {"".join(start_960(number).board[:8]) for number in range(960)}
    assert len(every) == 960
    for row in every:
        assert sorted(row) == sorted("rnbqkbnr")
        assert row.index("r") < row.index("k") < row.rindex("r")
        assert (row.index("b") + row.rindex("b")) % 2 == 1
    drawn = ChessInfo()
    drawn.setup(2, GAME.chosen({"variant": "chess960"}), Chance.replay([959]))
    assert fen(drawn.position).startswith("rkrnnqbb")


def test_chess960_castles_to_the_usual_squares() -> None:
    near = "4k3/8/8/8/8/8/8/1R3KR1 w GB - 0 1"
    assert {"g1", "b1"} <= ends(near, "f1", "chess960")
    assert fen(play(begun(near, "chess960"), ("f1", "g1")).position).startswith("4k3/8/8/8/8/8/8/1R3RK1 b")
    assert fen(play(begun(near, "chess960"), ("f1", "b1")).position).startswith("4k3/8/8/8/8/8/8/2KR2R1 b")
    uncovered = "4k3/8/8/8/8/8/8/rR3K2 w B - 0 1"  # the rook leaves, and a1 looks along the row
    assert "b1" not in ends(uncovered, "f1", "chess960")


def test_moves_are_written_as_people_write_them() -> None:
    for text, move, words in (
        ("", ("e2", "e4"), "e4"), ("", ("g1", "f3"), "Nf3"), (KIWIPETE, ("e1", "g1"), "O-O"),
        (KIWIPETE, ("e1", "c1"), "O-O-O"), (KIWIPETE, ("f3", "f6"), "Qxf6"), (KIWIPETE, ("d5", "e6"), "dxe6"),
        ("3rk3/P3P3/8/8/8/8/8/4K3 w - - 0 1", ("e7", "d8", "q"), "exd8=Q+"),
        ("4k3/8/8/8/4p3/8/3P4/4K2N w - - 0 1", ("h1", "f2"), "Nf2"),
        ("4k3/8/8/8/8/8/8/N3K2N w - - 0 1", ("a1", "c2"), "Nc2"),
        ("4k3/8/8/8/8/8/8/R3K2R w - - 0 1", ("a1", "d1"), "Rd1"),
        ("4k3/8/8/8/8/4K3/8/R6R w - - 0 1", ("a1", "d1"), "Rad1"),
        ("R7/8/4k3/8/8/4K3/8/R7 w - - 0 1", ("a1", "a4"), "R1a4"),
        ("1k6/8/8/8/Q6Q/8/8/K7 w - - 0 1", ("h4", "e4"), "Qhe4"),
        ("1k6/8/8/8/Q6Q/8/8/K6Q w - - 0 1", ("h4", "e4"), "Qh4e4"),
        ("7k/8/6K1/8/8/8/8/R7 w - - 0 1", ("a1", "a8"), "Ra8#"),
    ):  # fmt: skip
        at = begun(text).position
        assert san(at, move) == words
        assert read_san(at, words) == move
    state = begun(KIWIPETE)
    assert GAME.words_in("zh", state, 0, ("f3", "f6")) == "后xf6"
    assert GAME.words_in("zh", state, 0, ("d5", "e6")) == "dxe6"
    assert GAME.words(state, 0, CLAIM) == "claims a draw"


def test_what_is_written_loosely_is_read_all_the_same() -> None:
    at = begun(KIWIPETE).position
    for words in ("0-0", "e1g1", "O-O!"):
        assert read_san(at, words) == ("e1", "g1")
    assert read_san(at, "Qf3f6") == ("f3", "f6")
    moves = read_moves(
        Position(), "1.e4 {best by test} e5 (1... c5 2. Nf3 (2. c3)) 2. Nf3 $1 Nc6 ; a line\n 3.Bb5 1-0 a6"
    )
    assert ["".join(move) for move in moves] == ["e2e4", "e7e5", "g1f3", "b8c6", "f1b5"]


def test_a_match_is_written_in_pgn_and_read_again() -> None:
    for options, moves in (
        ({}, (("e2", "e4"), ("e7", "e5"), ("g1", "f3"))),
        ({"position": "1. e4 c5"}, (("g1", "f3"),)),
        ({"position": KIWIPETE.replace(" w ", " b ")}, (("e8", "g8"), ("e1", "c1"))),
        ({"position": "959", "variant": "chess960"}, (("e2", "e4"),)),
    ):
        match = Match(GAME, 2, GAME.chosen(options))
        match.begin(NONE)
        for move in moves:
            match.play(min(match.turn), move, NONE)
        match.draw()
        text = GAME.notation(match, ('Anna "Q"', "Mei"))
        assert '[White "Anna \\"Q\\""]\n[Black "Mei"]' in text
        assert '[Result "1/2-1/2"]' in text
        assert max(map(len, text.splitlines())) <= 80
        ((again, names),) = GAME.read_notation(text)
        assert names == ('Anna "Q"', "Mei")
        assert isinstance(match.info, ChessInfo)
        assert isinstance(again.info, ChessInfo)
        assert again.info.position == match.info.position
        assert again.outcome == match.outcome


def test_what_is_read_as_pgn() -> None:
    head = '[Event "?"]\n[White "A"]\n[Black "B"]\n'
    won, open_ = GAME.read_notation(f"{head}\n1. e4 e5 1-0\n\n{head}\n1. d4 *\n")
    assert won[0].outcome == Outcome.lose(1, 2, "the other side gave up")
    assert open_[0].outcome is None
    lichess = f'{head}[Variant "From Position"]\n[FEN "{KIWIPETE}"]\n\n1. O-O {{ [%clk 0:10:00] }} 1... O-O-O *\n'
    ((castled, _),) = GAME.read_notation(lichess)
    assert isinstance(castled.info, ChessInfo)
    assert fen(castled.info.position).startswith("2kr3r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R4RK1 w")
    assert GAME.read_notation("1. e4 e5") == []
    assert GAME.read_notation("") == []
    for text, says in {
        f"{head}\n1. e5": "Move 1 of White",
        f'{head}[FEN "8/8"]\n\n*': "A FEN looks like this",
        f'{head}[Variant "Atomic"]\n\n1. e4': "This is a game of another kind",
        f'{head}[Game "Chinese Chess"]\n\n1. e4': "This is a game of another kind",
        f'{head}[FEN "4k3/8/8/8/8/8/4P3/R3K3 w - - 149 90"]\n\n90. Ra2 Kd8': "There are moves after the end",
    }.items():
        assert unreadable(text).startswith(says), text


def unreadable(text: str) -> str:
    try:
        GAME.read_notation(text)
    except ValueError as error:
        return str(error)
    return ""


def test_the_table_is_turned_and_marked() -> None:
    state = play(begun(), ("f2", "f3"), ("e7", "e5"), ("g2", "g4"))
    white, black = GAME.scene(state, 0), GAME.scene(state, 1)
    assert (white.flip, black.flip) == (False, True)
    assert sum(item.kind == "image" for item in white.items) == 32
    assert [item.at for item in white.items if item.mark == "last"] == [(7.05, 7.05), (7.05, 5.05)]
    assert not [item for item in white.items if item.mark == "check"]
    play(state, ("d8", "h4"))
    assert [item.tag for item in GAME.scene(state, 0).items if item.mark == "check"] == ["e1"]
    assert GAME.scene(state, 0).say == "checkmate"
    assert white.places()["e4"] == (5.05, 5.05)
    claimable = play(begun(), *BACK_AND_FORTH, *BACK_AND_FORTH)
    assert [button.name for button in GAME.scene(claimable, 0).controls] == [CLAIM]


# -- mistakes ----------------------------------------------------------------------------------------------------------

RIGHT_AFTER, RIGHT_LEGAL, RIGHT_KEY = Position.after, Position.legal, Position.key


def never_castles(self: Position, king: int) -> Iterator[Any]:
    yield from ()


def keeps_rights(self: Position, move: Any) -> Position:
    after = RIGHT_AFTER(self, move)
    after.rooks = self.rooks
    return after


def never_passes(self: Position, square: int) -> None:
    pass


def always_passes(self: Position, square: int) -> None:
    self.passant = square


def counts_on(self: Position, move: Any) -> Position:
    after = RIGHT_AFTER(self, move)
    after.quiet = self.quiet + 1
    return after


def only_queens(self: Position) -> Iterator[Any]:
    return (move for move in RIGHT_LEGAL(self) if len(move) < 3 or move[2] == "q")


def blind_to(kind: str) -> Any:
    def blind(squares: Any, square: int, by: int) -> bool:
        return attacked([piece if piece.upper() != kind else "." for piece in squares], square, by)

    return blind


MISTAKES = (
    Mistake("nobody castles", Position, "_castling", never_castles),
    Mistake("castling is possible for ever", Position, "after", keeps_rights),
    Mistake("nothing is captured in passing", Position, "let_pass", never_passes),
    Mistake("a capture in passing may uncover the king", Position, "_may_pass", lambda self, start, end: True),
    Mistake("whatever has gone two steps counts as capturable", Position, "let_pass", always_passes),
    Mistake("captures and pawns' moves do not count anew", Position, "after", counts_on),
    Mistake("pawns only become queens", Position, "legal", only_queens),
    *(Mistake(f"a {kind} attacks nothing", position, "attacked", blind_to(kind)) for kind in "PNBRQK"),
    Mistake("no check has to be met, no pin holds", position, "threats", lambda squares, king, by: ([], {})),
    Mistake("rights make no difference to repetition", Position, "key", property(lambda self: "".join(self.board))),
    Mistake("two times are three", info, "THREEFOLD", 2),
    Mistake("four times are five", info, "FIVEFOLD", 4),
    Mistake("forty-nine moves are fifty", info, "FIFTY", 98),
    Mistake("seventy-five moves do not end it", info, "SEVENTY_FIVE", 1000),
    Mistake("every king can mate", Position, "can_mate", lambda self, side: True),
    Mistake(
        "no knight can mate",
        Position,
        "can_mate",
        lambda self, side: not set("PRQ").isdisjoint("".join(self.board).upper()),
    ),
    Mistake("stalemate is mate", Position, "in_check", property(lambda self: True)),
    Mistake("everything is legal", ChessInfo, "judge", lambda self, seat, move: None),
    Mistake("a draw may always be claimed", ChessInfo, "may_claim", property(lambda self: True)),
    Mistake("Black begins", ChessInfo, "turn", lambda self: () if self.end else (1 - self.position.side,)),
    Mistake(
        "the last step is marked at its mirror", game, "at", lambda square: (square % 8 + 1.05, 8.05 - square // 8)
    ),
)
