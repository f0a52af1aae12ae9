"""How many ways of so many moves there are in chess, as others have counted; `python -m bench.rules --deep` goes on."""

import pytest

from tests.games.test_chess import KIWIPETE, begun, perft

COUNTS = {
    "": (3, 8902),
    KIWIPETE: (3, 97_862),
    "8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - - 0 1": (4, 43_238),
    "r3k2r/Pppp1ppp/1b3nbN/nP6/BBP1P3/q4N2/Pp1P2PP/R2Q1RK1 w kq - 0 1": (3, 9467),
    "rnbq1k1r/pp1Pbppp/2p5/8/2B5/8/PPP1NnPP/RNBQK2R w KQ - 1 8": (3, 62_379),
    "r4rk1/1pp1qppp/p1np1n2/2b1p1B1/2B1P1b1/P1NP1N2/1PP1QPPP/R4RK1 w - - 0 10": (3, 89_890),
    "bqnb1rkr/pp3ppp/3ppn2/2p5/5P2/P2P4/NPP1P1PP/BQ1BNRKR w HFhf - 2 9": (3, 12_189),
    "2nnrbkr/p1qppppp/8/1ppb4/6PP/3PP3/PPP2P2/BQNNRBKR w HEhe - 1 9": (3, 18_002),
}
"""chessprogramming.org, "Perft Results" (the initial position and positions 2 to 6) and "Chess960 Perft Results"."""


@pytest.mark.parametrize("text", COUNTS)
def test_as_many_moves_as_everybody_counts_deeper(text: str) -> None:
    depth, count = COUNTS[text]
    assert perft(begun(text, "chess960" if "H" in text else "standard").position, depth) == count
