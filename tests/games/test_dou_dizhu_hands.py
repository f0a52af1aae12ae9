"""Hands of dou dizhu, for any cards: what is listed, what makes a hand, and what beats what always agree."""

import random

from hypothesis import given
from hypothesis import strategies as st

from games.dou_dizhu.hands import RANKS, holding, playable, read, written

PACK = "".join(rank * 4 for rank in RANKS[:13]) + "BR"

holdings = st.permutations(PACK).flatmap(lambda pack: st.integers(1, 20).map(lambda n: written(holding(pack[:n]))))


@given(holdings)
def test_all_that_a_holding_can_play_and_nothing_else_makes_a_hand(cards: str) -> None:
    plays = playable(holding(cards))
    assert len(set(plays)) == len(plays)
    for each in plays:
        assert read(each) is not None
        assert each == written(holding(each))
        assert all(each.count(rank) <= cards.count(rank) for rank in each)


@given(holdings, st.data())
def test_cards_make_a_hand_just_when_they_are_listed(cards: str, data: st.DataObject) -> None:
    plays = playable(holding(cards))
    near = data.draw(st.sampled_from(plays)) + data.draw(st.sampled_from(cards)) * data.draw(st.integers(0, 2))
    near = near[data.draw(st.integers(0, 2)) :]
    if near and all(near.count(rank) <= cards.count(rank) for rank in near):
        assert (written(holding(near)) in plays) == (read(near) is not None)


@given(holdings, holdings)
def test_what_is_listed_on_a_hand_beats_it_and_nothing_else_does(cards: str, other: str) -> None:
    lying = read(random.Random(cards + other).choice(playable(holding(other))))
    listed = set(playable(holding(cards), lying))
    for each in playable(holding(cards)):
        hand = read(each)
        assert hand is not None
        assert lying is not None
        assert (each in listed) == hand.beats(lying)
