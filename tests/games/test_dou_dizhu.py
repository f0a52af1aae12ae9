"""Dou dizhu: every form of hand, what beats what, the bidding, the play, the score, and who sees what."""

import random
from typing import Any

import pytest

from games.dou_dizhu import DouDizhu, hands
from games.dou_dizhu import info as dou_dizhu_info
from games.dou_dizhu.hands import FORMS, RANKS, ROCKET_HAND, VALUE, Hand, holding, read, spoken, written
from games.dou_dizhu.info import CARDS, DouDizhuInfo, dealt, picked, ranks, sort
from games.game_info import Chance, NeedsTable, Outcome, view
from games.match import Match
from games.scene import Scene
from tests.games.mistakes import Mistake

GAME = DouDizhu()
PACK = "".join(rank * 4 for rank in RANKS[:13]) + "BR"


def match(deal: str = "", seed: int = 1) -> Match:
    found = Match(GAME, 3, GAME.chosen({"deal": deal}))
    found.begin(Chance(random.Random(seed).randrange))
    return found


def begun(deal: str = "", seed: int = 1) -> DouDizhuInfo:
    """A deal before the bidding."""
    state = match(deal, seed).info
    assert isinstance(state, DouDizhuInfo)
    return state


def info(*held: str, landlord: int = 0, now: int = 0, bid: int = 1) -> DouDizhuInfo:
    """A match in which the seats hold these cards, and the landlord has been found."""
    left = {rank: [card for card in CARDS if CARDS[card] == rank] for rank in RANKS}
    cards = [sort([left[rank].pop(0) for rank in hand]) for hand in held]
    return DouDizhuInfo(
        hands=cards, counts=[len(hand) for hand in cards], deals=1, bids=[bid], first=landlord,
        landlord=landlord, now=now, last=[None] * 3, plays=[0] * 3,
    )  # fmt: skip


def play(info: DouDizhuInfo, *moves: str) -> DouDizhuInfo:
    """Play on; each move is asserted to be legal."""
    for move in moves:
        (seat,) = info.turn()
        assert info.judge(seat, move) is None, f"seat {seat} may not do {move}"
        info.play(seat, move, Chance.none())
    return info


def code(info: DouDizhuInfo, seat: int, move: Any) -> str:
    refusal = info.judge(seat, move)
    return refusal.code if refusal else ""


# -- which cards make a hand -------------------------------------------------------------------------------------------

HANDS = {
    "single": "3 T 2 B R",
    "pair": "33 TT 22",
    "triple": "333 AAA 222",
    "triple with one": "3334 3444 222B AAAR 3222",
    "triple with a pair": "33344 33444 22233 AAA22",
    "straight": "34567 TJQKA 345678 9TJQK 3456789TJQKA",
    "pairs in a row": "334455 QQKKAA 33445566778899TTJJQQ",
    "triples in a row": "333444 KKKAAA 333444555 333444555666777888",
    "triples with singles": "33344456 3334445B 333444TT 33344455 33344422 333444555789 333444555778 333444555777 "
    "KKKAAA2R 3KKKAAA2 QQQKKKAAA222 3334445556667789 333444555666777889TJ 333444555666888A 56777888",
    "triples with pairs": "3334445566 333444TT22 55666777TT 333444555778899 33344455566677889922",
    "four with two": "333345 333344 33334B 2222AR 344445 3444K4",
    "four with two pairs": "33334455 33334422 2222AAKK 33555544",
    "bomb": "3333 2222 AAAA",
    "rocket": "BR RB",
}
"""For every form of hand, cards that make one."""

NO_HANDS = {
    "not one thing": "34 2B 2R 33B 3BR 22B 2222R 3344 33445",
    "too short": "3456 3344 TJQK 445 334455B",
    "with a hole": "34568 334466 334455667 333555 33355567",
    "past the ace": "JQKA2 KA2 A2345 23456 TJQKAB AA22KK KKAA22 AAA222 KKKAAA222 222333",
    "too many or too few wings": "33345 AAA22234 3334455 33344455B 333445 333455 33344456B 3334445567 333444556",
    "single wings and pairs": "3334455 333344556 33334455B 333344456 33344455566",
    "wings of the triples' own rank": "33344445 33334445",
    "both jokers as wings": "333BR 333444BR 3333BR 333444555BR6",
    "a bomb as wings": "333344445555 33344455566667777 333355556666 333344445",
    "a triple that makes the chain longer": "3334445556667778 QQQKKKAAATTTJJJ5",
    "fours with one, three, or what is one four": "33334 3333456 33334444 3333444455 33334555",
}
"""Cards that make no hand, by the reason."""


def test_every_form_of_hand_is_known() -> None:
    assert set(HANDS) == {form.name for form in FORMS} | {"rocket"}
    for name, cards in HANDS.items():
        for each in cards.split():
            hand = read(each)
            assert hand is not None, f"{each} is no hand"
            assert hand.form.name == name, f"{each} is {hand.form.name}"


def test_what_is_no_hand() -> None:
    for reason, cards in NO_HANDS.items():
        for each in cards.split():
            assert read(each) is None, f"{each} ({reason}) is {read(each)}"


def test_a_hand_is_told_by_its_core() -> None:
    for cards, length, low in (("3KKKAAA2", 2, "K"), ("344445", 1, "4"), ("56777888", 2, "7"), ("33444", 1, "4")):
        hand = read(cards)
        assert hand is not None
        assert (hand.length, RANKS[hand.low]) == (length, low)


# -- which beats which -------------------------------------------------------------------------------------------------


def beats(one: str, other: str) -> bool:
    a, b = read(one), read(other)
    assert a is not None
    assert b is not None
    return a.beats(b)


BEATEN = {
    "4": "3", "R": "B", "B": "2", "2": "A", "A": "K", "J": "T", "T": "9", "22": "AA", "444": "333", "222": "AAA",
    "3444": "333R", "33444": "33322", "45678": "34567", "TJQKA": "9TJQK", "445566": "334455", "444555": "333444",
    "33444555": "333444KR", "3344455566": "3334445577", "344445": "3333AK", "33444455": "3333AAKK", "3333": "AAKKQQ",
    "4444": "3333", "2222": "AAAA", "5555": "R", "BR": "2222",
}  # fmt: skip


def test_a_higher_hand_of_the_same_form_and_length_beats() -> None:
    for higher, lower in BEATEN.items():
        assert beats(higher, lower), f"{higher} on {lower}"
        assert not beats(lower, higher), f"{lower} on {higher}"


def test_no_hand_beats_itself_or_another_form() -> None:
    for cards in " ".join(HANDS.values()).split():
        assert not beats(cards, cards)
    for one, other in (("4", "33"), ("44", "3"), ("456789", "34567"), ("445566", "33445566"), ("444", "3335"),
                       ("33444", "3335"), ("344445", "33334455"), ("333345", "3"), ("33334455", "6666")):  # fmt: skip
        assert not beats(one, other), f"{one} on {other}"


def test_a_bomb_beats_all_but_higher_bombs_and_the_rocket() -> None:
    for cards in " ".join(HANDS.values()).split():
        hand, bomb, rocket = read(cards), read("3333"), read("BR")
        assert hand is not None
        assert bomb is not None
        assert rocket is not None
        assert bomb.beats(hand) == (hand.form.name not in ("bomb", "rocket"))
        assert rocket.beats(hand) == (hand != ROCKET_HAND)
        assert not hand.beats(rocket)


# -- the bidding -------------------------------------------------------------------------------------------------------


def test_a_deal_is_17_cards_each_and_three_that_nobody_sees() -> None:
    state = begun()
    assert sorted(card for cards in (*state.hands, state.under) for card in cards) == sorted(CARDS)
    assert [len(hand) for hand in state.hands] == state.counts == [17, 17, 17]
    assert all(hand == sort(hand) for hand in state.hands)
    assert state.moves(0) == ["pass", "bid 1", "bid 2", "bid 3"]


def test_each_seat_bids_once_and_more_than_those_before() -> None:
    state = play(begun(), "bid 1")
    assert state.moves(1) == ["pass", "bid 2", "bid 3"]
    assert code(state, 1, "bid 1") == "too_low"
    assert code(state, 1, "3") == "bidding"
    play(state, "pass", "pass")
    assert (state.landlord, state.bid) == (0, 1)
    assert code(state, 0, "bid 3") == "no_bidding"


def test_three_points_end_the_bidding() -> None:
    state = play(begun(), "pass", "bid 3")
    assert (state.landlord, state.now) == (1, 1)


def test_who_bid_most_is_the_landlord_takes_the_three_cards_and_leads() -> None:
    state = begun()
    under = list(state.under)
    play(state, "bid 1", "bid 2", "pass")
    assert (state.landlord, state.now, state.counts) == (1, 1, [17, 20, 17])
    assert state.bottom == under
    assert set(under) <= set(state.hands[1])
    assert len(state.hands[1]) == 20
    assert code(state, 1, "pass") == "must_lead"


def test_when_nobody_bids_new_cards_are_dealt_and_the_next_seat_begins() -> None:
    state = begun()
    before = [list(hand) for hand in state.hands]
    chance = Chance(random.Random(5).randrange)
    for seat in (0, 1, 2):
        assert chance.record == ()
        state.play(seat, "pass", chance)
    assert chance.record
    assert state.hands != before
    assert (state.deals, state.first, state.now, state.bids, state.landlord) == (2, 1, 1, [], None)
    play(state, "pass", "bid 1", "pass")
    assert state.landlord == 2


# -- the play ----------------------------------------------------------------------------------------------------------


def test_the_table_has_to_be_beaten_or_passed_on() -> None:
    state = play(info("3344", "5566", "7788"), "33")
    assert state.moves(1) == ["pass", "55", "66"]
    assert code(state, 1, "5") == "does_not_fit"
    assert code(state, 1, "77") == "not_yours"
    play(state, "66")
    assert code(state, 2, "7788") == "no_hand"
    play(state, "pass")
    assert code(state, 0, "44") == "too_low"


def test_after_two_passes_the_last_who_played_leads() -> None:
    state = play(info("3344", "5566", "7788"), "33", "55", "pass", "pass")
    assert list(state.turn()) == [1]
    assert code(state, 1, "pass") == "must_lead"
    assert state.moves(1) == ["6", "66"]
    play(state, "6")
    assert state.last == [None, ["S6"], None], "the round before is taken away"


def test_one_pass_does_not_keep_a_seat_out_of_the_round() -> None:
    state = play(info("37K", "48A", "59Q"), "3", "4", "pass", "7", "8")
    assert code(state, 2, "9") == ""


def test_cards_are_named_in_their_order() -> None:
    state = info("34567", "5", "7")
    assert code(state, 0, "34567") == ""
    for odd in ("76543", "3 4 5 6 7", "", "10", "x", "3" * 30, ("3",), 3, None):
        assert code(state, 0, odd) == "not_legal", odd


def test_cards_of_the_rank_leave_the_hand() -> None:
    state = info("3334", "5", "7")
    assert state.hands[0] == ["S4", "S3", "H3", "C3"]
    play(state, "33")
    assert (state.hands[0], state.last[0], state.counts) == (["S4", "C3"], ["S3", "H3"], [2, 1, 1])
    assert picked(["S4", "D3", "C3"], "34") == ["S4", "D3"]


# -- the score ---------------------------------------------------------------------------------------------------------


def test_the_landlord_is_paid_by_both_or_pays_both() -> None:
    assert play(info("3", "44", "5", bid=2), "3").outcome() == Outcome(
        (1, 2, 2), "the landlord has played all cards, spring", (8.0, -4.0, -4.0)
    )
    lost = play(info("33", "4", "55", bid=3), "3", "4").outcome()
    assert lost == Outcome((2, 1, 1), "a farmer has played all cards, spring", (-12.0, 6.0, 6.0))


def scores(*moves: str, hands: tuple[str, str, str], bid: int = 1) -> tuple[float, ...] | None:
    end = play(info(*hands, bid=bid), *moves).outcome()
    assert end is not None
    return end.scores


def test_without_spring_or_bombs_the_bid_counts_once() -> None:
    assert scores("3", "4", "pass", "6", "pass", "pass", "7", hands=("367", "45", "55"), bid=3) == (6, -3, -3)


def test_every_bomb_and_the_rocket_double() -> None:
    hands = ("37BR", "44445", "66668")
    assert scores("3", "4444", "6666", "BR", "pass", "pass", "7", hands=hands) == (16, -8, -8)
    hands = ("357BR", "56", "6668")
    assert scores("BR", "pass", "pass", "3", "5", "pass", "7", "pass", "pass", "5", hands=hands) == (4, -2, -2)


def test_a_bomb_that_stays_in_the_hand_does_not_count() -> None:
    assert scores("3", "5", "pass", "pass", "5", hands=("34444", "55", "6")) == (-4, 2, 2), "anti-spring"
    assert scores("3", "5", "6", "7", "pass", "pass", "8", hands=("378", "59999", "66")) == (2, -1, -1)


def test_spring_needs_two_farmers_without_a_play_and_anti_spring_a_landlord_with_one() -> None:
    assert scores("3", "pass", "pass", "4", hands=("34", "55", "66")) == (4, -2, -2)
    assert scores("3", "5", "pass", "6", "pass", "pass", "7", hands=("367", "55", "66")) == (2, -1, -1)
    assert scores("3", "4", "5", "pass", "pass", "5", hands=("39", "48", "55")) == (-4, 2, 2)
    assert scores("3", "4", "5", "9", "pass", "pass", "3", "4", hands=("3339", "44", "558")) == (-2, 1, 1)


def test_a_team_loses_when_one_of_it_is_taken_out() -> None:
    state = play(info("3344", "5566", "7788", bid=2), "33")
    assert state.lost(0, 3, "out of time").ranks == (2, 1, 1)
    assert state.lost(2, 3, "out of time") == Outcome((1, 2, 2), "out of time", (4.0, -2.0, -2.0))
    assert begun().lost(1, 3, "out of time") == Outcome((1, 2, 1), "out of time")
    whole = match()
    whole.play(0, "bid 3", Chance.none())
    whole.forfeit(2, "out of time")
    assert whole.outcome is not None
    assert whole.outcome.ranks == (1, 2, 2)


# -- who sees what -----------------------------------------------------------------------------------------------------


def test_everybody_sees_own_cards_and_the_three_once_there_is_a_landlord() -> None:
    state = begun()
    seen = view(state, 1)
    assert seen.hands[1] == state.hands[1]
    for hidden in (lambda: seen.hands[0][0], lambda: list(seen.under)):
        with pytest.raises(NeedsTable):
            hidden()
    play(state, "bid 3")
    assert view(state, None).bottom == state.bottom != []


def test_what_was_left_is_shown_at_the_end() -> None:
    state = play(info("33", "44", "55"), "33")
    assert view(state, None).left == [[], ["S4", "H4"], ["S5", "H5"]]


# -- in words ----------------------------------------------------------------------------------------------------------


def test_hands_in_words() -> None:
    for cards, words in (
        ("T", "10"), ("B", "black joker"), ("QQ", "pair of Q"), ("777", "triple 7"), ("4777", "triple 7 with 4"),
        ("77744", "triple 7 with pair of 4"), ("34567", "straight 3 to 7"), ("TTJJQQ", "pairs 10 to Q"),
        ("333444", "triples 3 to 4"), ("3334449R", "triples 3 to 4 with 9 and red joker"),
        ("3333JJ", "four 3 with J J"),
        ("3334445577", "triples 3 to 4 with pairs of 5 7"), ("33334477", "four 3 with pairs of 4 7"),
        ("3333", "bomb of 3"), ("BR", "rocket"),
    ):  # fmt: skip
        assert spoken(cards) == words


# -- the table ---------------------------------------------------------------------------------------------------------


def scene(state: DouDizhuInfo, seat: int | None) -> Scene:
    return GAME.scene(view(state, seat), seat)


def words(shown: Scene) -> list[str]:
    return [item.s for item in shown.items if item.kind == "text"]


def test_the_own_hand_lies_in_a_fan_and_others_show_backs_and_a_number() -> None:
    state = play(begun(), "bid 3")
    shown = scene(state, 0)
    assert [item.pick for item in shown.items if item.pick] == state.hands[0]
    assert all(0.7 <= item.at[0] <= shown.w - 0.7 for item in shown.items if item.pick)
    assert words(shown).count("17") == 2
    assert "20" in words(scene(state, 2))
    assert not [item for item in scene(state, None).items if item.pick]


def test_the_next_seat_sits_at_the_right() -> None:
    for seat in range(3):
        places = scene(begun(), seat).seats
        assert places[(seat + 1) % 3][0] > places[(seat + 2) % 3][0]
        assert seat not in places


def test_the_three_cards_are_seen_by_all_once_there_is_a_landlord() -> None:
    state = begun()
    under = list(state.under)
    assert not [item for item in scene(state, None).items if item.look]
    play(state, "pass", "bid 3")
    for seat in (0, 1, 2, None):
        assert [item.look for item in scene(state, seat).items if item.id.startswith("under")] == under


def test_seats_are_named_as_they_are_to_who_looks() -> None:
    state = play(begun(), "bid 3")
    assert scene(state, 0).sides == {0: "landlord", 1: "farmer", 2: "farmer"}
    assert scene(state, 2).sides == {0: "against you two", 1: "your partner", 2: "you"}
    assert scene(begun(), 2).sides == {}


def test_few_cards_are_said_in_words() -> None:
    shown = scene(info("3344", "5", "66"), 0)
    assert {"1 card left", "2 cards left"} <= set(words(shown))


def test_the_last_play_of_each_seat_lies_before_it_core_first() -> None:
    state = play(info("34445", "5577", "6688"), "3444", "pass")
    shown = scene(state, 2)
    played = [item for item in shown.items if item.mark == "last"]
    assert [CARDS[item.look] for item in played] == ["4", "4", "4", "3"]
    assert {"triple 4 with 3", "Pass"} <= set(words(shown))
    assert all(item.came for item in played), "they come from where the others hold them"


def test_open_hands_and_scores_at_the_end_and_in_a_replay() -> None:
    state = play(info("3", "44", "5", bid=2), "3")
    shown = scene(state, 0)
    assert {"+8", "-4"} <= set(words(shown))
    assert {"S4", "H4", "S5"} <= {item.look for item in shown.items}
    whole = GAME.scene(begun(), None)
    assert {item.look for item in whole.items if item.kind == "card"} >= set(begun().hands[2])


def test_the_button_counts_the_cards_and_says_what_they_beat() -> None:
    state = play(info("3344", "5566", "7788"), "33")
    seen, (_, button) = view(state, 1), scene(state, 1).controls
    for picks, label, says in (
        ((), "Play", ""),
        (("S5",), "Play 1 card", "5: beats pair of 3"),
        (("H5", "S5"), "Play 2 cards", "pair of 5: beats pair of 3"),
        (("S5", "S6"), "Play 2 cards", ""),
    ):
        pressed = GAME.press(seen, 1, button, picks, {})
        assert (pressed.move, pressed.label, pressed.says) == (ranks(picks), label, says)
    assert GAME.picks(seen, 1, "55") == ["S5", "H5"]
    assert GAME.picks(seen, 1, "pass") == ()


# -- what is worth playing ---------------------------------------------------------------------------------------------


def advice(state: DouDizhuInfo) -> str:
    (seat,) = state.turn()
    return str(GAME.advise(view(state, seat), seat)[0])


def test_advice_is_sound() -> None:
    assert advice(info("34567", "58", "99")) == "34567", "out at once"
    assert advice(info("3KK", "9999", "T2")) == "3", "the low one first"
    assert advice(play(info("4466", "58", "99"), "44")) == "pass", "nothing fits"
    assert advice(play(info("39", "5", "78", landlord=2, now=0), "9")) == "pass", "the partner has the table"
    assert advice(play(info("39", "TT22", "78"), "9")) in ("T", "2")
    assert advice(play(info("39", "4444567", "78"), "9")) == "4444", "the landlord has one card left"


def test_bids_go_with_the_hand() -> None:
    for cards, expected in (("BR22AA3456789TJ34", "bid 3"), ("3344556789TTJQK67", "pass")):
        rest = list(PACK)
        for rank in cards:
            rest.remove(rank)
        others = ("".join(rest[:17]), "".join(rest[17:34]), "".join(rest[34:]))
        assert advice(begun("/".join((cards, *others)))) == expected


# -- a deal of one's own -----------------------------------------------------------------------------------------------

DEAL = GAME.options["deal"].values[1]


def test_a_deal_can_be_written() -> None:
    state = begun(DEAL)
    assert [ranks(hand) for hand in state.hands] == [written(holding(part)) for part in DEAL.split("/")[:3]]
    assert ranks(state.under) == "355"
    assert sorted(dealt(DEAL.lower().replace("t", "10").replace("/", " / "))) == sorted(CARDS)


def test_a_deal_must_be_whole() -> None:
    for wrong, why in ((DEAL[1:], "17/17/17/3"), (DEAL.replace("R", "X"), "are written"), ("3" * 17 + "/" +
                       DEAL.split("/", 1)[1], "too many cards of rank 3"), ("/".join(["3"] * 4), "17/17")):  # fmt: skip
        with pytest.raises(ValueError, match=why):
            GAME.chosen({"deal": wrong})


# -- seeded mistakes ---------------------------------------------------------------------------------------------------

_play, _beats = DouDizhuInfo.play, Hand.beats


def _always_dealt_to_seat_0(self: DouDizhuInfo, chance: Chance) -> None:
    self.landlord = self.now = 0
    self.bottom, self.under = list(self.under), []
    self.hands[0] = sort([*self.hands[0], *self.bottom])
    self.counts[0] += 3


MISTAKES = (
    Mistake("chains go on to the two", hands, "CHAIN_END", VALUE["2"] + 1),
    Mistake("a bomb beats the rocket", Hand, "beats",
            lambda self, other: (self.form is hands.BOMB and other.form is not hands.BOMB) or _beats(self, other)),
    Mistake("a bomb beats nothing but bombs", Hand, "beats",
            lambda self, other: (self.form, self.length) == (other.form, other.length) and self.low > other.low),
    Mistake("a longer chain beats", Hand, "beats",
            lambda self, other: (self.form == other.form and self.length > other.length) or _beats(self, other)),
    Mistake("a whole bomb may be wings", hands, "_most", lambda rank, low, length: 4),
    Mistake("wings must all differ", hands, "_most", lambda rank, low, length: 1),
    Mistake("both jokers may be wings", hands, "JOKERS", (VALUE["4"], VALUE["R"])),
    Mistake("suits have an order", dou_dizhu_info, "picked", lambda cards, move: list(reversed(picked(cards, move)))),
    Mistake("a bid need not be higher", DouDizhuInfo, "judge_bid", lambda self, points: None),
    Mistake("the first seat is always the landlord", DouDizhuInfo, "settle", _always_dealt_to_seat_0),
    Mistake("nobody bids higher than two", dou_dizhu_info, "MOST_BID", 2),
    Mistake("bombs do not double", DouDizhuInfo, "bombs", property(lambda self: 0, lambda self, value: None)),
    Mistake("there is no spring", DouDizhuInfo, "spring", False),
    Mistake("spring needs only that the landlord wins", DouDizhuInfo, "spring",
            property(lambda self: self.counts[self.landlord] == 0)),
    Mistake("the leader may pass", dou_dizhu_info, "LEAD", None),
    Mistake("only the one who is out wins", DouDizhuInfo, "ended",
            lambda self, alone, why: Outcome.win(self.counts.index(0), 3, why)),
    Mistake("the seats go the other way", dou_dizhu_info, "following", lambda seat: (seat - 1) % 3),
)  # fmt: skip
