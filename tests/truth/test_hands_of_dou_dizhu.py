"""Every hand that RLCard's table knows is read as the form that it has there, and beats what it beats there."""

import random

from games.dou_dizhu.hands import read
from tests.truth.referees import engine

utils = engine("rlcard.games.doudizhu.utils")

NAMES = {
    "solo": "single",
    "pair": "pair",
    "trio": "triple",
    "trio_solo": "triple with one",
    "trio_pair": "triple with a pair",
    "solo_chain": "straight",
    "pair_chain": "pairs in a row",
    "trio_chain": "triples in a row",
    "trio_solo_chain": "triples with singles",
    "trio_pair_chain": "triples with pairs",
    "four_two_solo": "four with two",
    "four_two_pair": "four with two pairs",
    "bomb": "bomb",
    "rocket": "rocket",
}
"""RLCard's names for the forms; at a chain's its length follows."""


def table() -> dict[str, tuple[str, int, int]]:
    """RLCard's hands with the name of their form as ours, the length of a chain (else 0), and how they rank in it."""
    found = {}
    for cards, ((name, weight),) in utils.CARD_TYPE[0].items():
        form, _, length = name.rpartition("_")
        found[cards] = (NAMES[form], int(length), int(weight)) if length.isdecimal() else (NAMES[name], 0, int(weight))
    return found


def test_every_hand_of_the_table_is_read_as_what_it_is() -> None:
    known = table()
    assert len(known) == 27_471
    for cards, (name, length, _) in known.items():
        hand = read(cards)
        assert hand is not None, cards
        assert hand.form.name == name, cards
        assert not length or hand.length == length, cards


def test_of_two_hands_the_same_one_is_higher() -> None:
    known, draws = table(), random.Random(1)
    by_form: dict[tuple[str, int], list[str]] = {}
    for cards, (name, length, _) in known.items():
        by_form.setdefault((name, length), []).append(cards)
    for hands in by_form.values():
        for _ in range(200):
            one, other = draws.choice(hands), draws.choice(hands)
            a, b = read(one), read(other)
            assert a is not None
            assert b is not None
            assert a.beats(b) == (known[one][2] > known[other][2]), f"{one} on {other}"
