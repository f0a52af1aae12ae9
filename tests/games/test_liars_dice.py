"""Liar's dice: what a bid must be, what a challenge costs, who goes out, and what each seat may see.

The examples come from the rule texts: Wikipedia, Liar's dice (bidding), and dice-play.com, Dudo (the challenge).
"""

from typing import Any

import pytest

from games.game_info import Chance, GameInfo, NeedsTable, Outcome, Refusal, copy, view
from games.liars_dice import Bid, LiarsDice, LiarsDiceInfo
from games.match import Match, predicted
from games.scene import Scene
from tests.games.mistakes import Mistake

GAME = LiarsDice()
LOW = Chance(lambda n: 0)
"""Every die shows a one."""


def table(*hands: str, ones: str = "wild", now: int = 0) -> LiarsDiceInfo:
    """A table where these dice lie, one word a seat; "" is a seat that has none left."""
    info = LiarsDiceInfo()
    info.setup(len(hands), {"ones": ones}, LOW)
    info.dice = [[int(face) for face in hand] for hand in hands]
    info.counts = [len(hand) for hand in hands]
    info.out = [seat for seat, hand in enumerate(hands) if not hand]
    info.now = now
    return info


def bid(info: LiarsDiceInfo, count: int, face: int) -> LiarsDiceInfo:
    """The same table after whoever is in turn has bid."""
    assert info.judge(info.now, ("bid", count, face)) is None
    info.play(info.now, ("bid", count, face), LOW)
    return info


def called(info: LiarsDiceInfo, chance: Chance = LOW) -> LiarsDiceInfo:
    """The same table after whoever is in turn has called the last bidder a liar."""
    assert info.judge(info.now, "liar") is None
    info.play(info.now, "liar", chance)
    return info


def code(info: GameInfo, seat: int, move: Any) -> str | None:
    refusal = info.judge(seat, move)
    return refusal.code if refusal else None


# -- bids --------------------------------------------------------------------------------------------------------------

RAISES = (
    # the standing bid, the next one, whether it is higher
    ((7, 2), (8, 2), True),  # the example of the rule text: at least eight twos or seven threes
    ((7, 2), (7, 3), True),
    ((7, 2), (7, 2), False),
    ((7, 2), (6, 6), False),
    ((3, 3), (3, 4), True),
    ((3, 3), (4, 2), True),  # more dice, so the face may be a lower one
    ((3, 3), (2, 6), False),
    ((3, 3), (3, 2), False),
    ((3, 3), (3, 1), False),
    ((3, 6), (4, 1), True),  # one comes before two, even where ones are wild
    ((3, 1), (3, 2), True),
)


def test_a_bid_names_more_dice_or_as_many_of_a_higher_face() -> None:
    for standing, following, higher in RAISES:
        info = bid(table("12345", "12345", "12345"), *standing)
        assert code(info, 1, ("bid", *following)) == (None if higher else "too_low"), (standing, following)
        assert (("bid", *following) in list(info.moves(1) or ())) == higher


def test_no_bid_goes_beyond_the_dice_on_the_table() -> None:
    info = table("12345", "123")
    refusal = info.judge(0, ("bid", 9, 2))
    assert refusal is not None
    assert refusal.text == "There are only 8 dice on the table. Bid fewer."
    assert code(info, 0, ("bid", 8, 6)) is None
    assert len(list(info.moves(0) or ())) == 48


def test_after_the_highest_bid_one_can_only_call() -> None:
    assert list(bid(table("12345", "123"), 8, 6).moves(1) or ()) == ["liar"]


def test_the_first_of_a_round_must_bid() -> None:
    info = table("12345", "12345")
    assert code(info, 0, "liar") == "no_bid"
    assert "liar" not in list(info.moves(0) or ())
    assert code(called(bid(info, 1, 2)), 1, "liar") == "no_bid"


def test_what_is_no_bid_is_refused() -> None:
    info = bid(table("12345", "12345"), 2, 3)
    for wrong in (
        ("bid", 0, 3), ("bid", 3, 0), ("bid", 3, 7), ("bid", True, 3), ("bid", 3.0, 3), ("bid", 3), ("raise", 3, 3),
        ["bid", 3, 3], "Liar", ("liar",), None, ("bid", "3", 3), ("bid", -3, 3),
    ):  # fmt: skip
        assert code(info, 1, wrong) == "not_legal", wrong


def test_only_the_seat_in_turn_acts_and_the_turn_goes_round() -> None:
    info = table("12345", "", "12345", now=0)
    assert code(info, 2, ("bid", 1, 2)) == "not_your_turn"
    assert list(bid(info, 1, 2).turn()) == [2], "a seat without dice is passed over"
    assert list(bid(info, 1, 3).turn()) == [0]


# -- the challenge -----------------------------------------------------------------------------------------------------


def test_ones_count_for_any_face() -> None:
    info = called(bid(table("33331", "11222"), 7, 3))  # the rule text: four threes and three ones are seven threes
    assert info.last is not None
    assert (info.last.there, info.last.loser) == (7, 1), "the bid was true: the caller loses"
    assert info.counts == [5, 4]


def test_one_die_too_few_and_the_bidder_loses() -> None:
    info = called(bid(table("33331", "12222"), 7, 3))
    assert info.last is not None
    assert (info.last.there, info.last.loser) == (6, 0)
    assert info.counts == [4, 5]


def test_more_than_bid_is_true_as_well() -> None:
    assert called(bid(table("33331", "12222"), 2, 3)).counts == [5, 4]


def test_a_bid_on_ones_is_met_by_ones_alone() -> None:
    info = called(bid(table("33331", "11222"), 4, 1))
    assert info.last is not None
    assert (info.last.there, info.last.loser) == (3, 0)


def test_plain_ones_are_only_ones() -> None:
    info = called(bid(table("33331", "11222", ones="plain"), 5, 3))
    assert info.last is not None
    assert (info.last.there, info.last.loser) == (4, 0)


def test_the_bidder_answers_for_the_bid_and_not_the_seat_before() -> None:
    info = bid(bid(table("22222", "33333", "44444"), 1, 2), 6, 3)
    assert called(info).counts == [5, 4, 5]


def test_the_loser_begins_the_next_round() -> None:
    assert list(called(bid(table("222", "333", "444"), 9, 2)).turn()) == [0], "the bidder lost"
    assert list(called(bid(table("222", "333", "444"), 1, 2)).turn()) == [1], "the caller lost"


def test_who_is_out_is_followed_by_the_next_seat_with_dice() -> None:
    info = called(bid(table("222", "3", "", "55"), 1, 2))
    assert info.counts == [3, 0, 0, 2]
    assert info.out == [2, 1]
    assert list(info.turn()) == [3]


def test_a_round_is_a_new_throw_of_all_dice_that_are_left() -> None:
    rolls = [5, 0, 3, 2, 2, 4, 1]
    chance = Chance(lambda n: rolls.pop(0) if rolls else 0)
    info = called(bid(table("222", "33", "444"), 8, 2), chance)
    assert info.dice == [[1, 6], [3, 4], [2, 3, 5]], "each seat's dice, the smallest first"
    assert len(chance.record) == 7
    assert info.bids == []


def test_a_match_begins_with_five_dice_a_seat() -> None:
    for seats in GAME.seats:
        match = Match(GAME, seats, GAME.chosen({}))
        step = match.begin(Chance())
        assert isinstance(match.info, LiarsDiceInfo)
        assert [len(hand) for hand in match.info.dice] == match.info.counts == [5] * seats
        assert len(step.chance) == 5 * seats


# -- the end -----------------------------------------------------------------------------------------------------------


def test_the_last_one_with_dice_wins_and_the_others_rank_by_how_long_they_stayed() -> None:
    info = table("22", "3", "4", "5")
    info = called(bid(info, 1, 2))  # seat 1 calls a true bid and is out
    assert info.outcome() is None
    info.dice = [[2, 2], [], [4], [5]]
    called(bid(info, 4, 6))  # seat 2 bids, is called, and is out
    info.dice = [[2, 2], [], [], [5]]
    assert list(info.turn()) == [3]
    called(bid(info, 3, 6))  # seat 3 as well
    assert info.outcome() == Outcome((1, 4, 3, 2), "the last one with dice")
    assert list(info.turn()) == []
    assert code(info, 0, ("bid", 1, 2)) == "match_over"


def test_there_is_no_throw_after_the_end() -> None:
    chance = Chance(lambda n: 0)
    info = called(bid(table("2", "3"), 2, 6), chance)
    assert info.outcome() is not None
    assert chance.record == ()


# -- who sees what -----------------------------------------------------------------------------------------------------


def test_dice_are_seen_by_their_owner_until_a_challenge_shows_them() -> None:
    info = bid(table("234", "555"), 2, 5)
    with pytest.raises(NeedsTable):
        view(info, 0).dice[1][0]
    assert view(info, 1).dice[1] == [5, 5, 5]
    called(info)
    for seat in (0, 1, None):
        last = view(info, seat).last
        assert last is not None
        assert last.dice == [[2, 3, 4], [5, 5, 5]]
        assert (last.bid, last.caller, last.there, last.loser) == (Bid(0, 2, 5), 1, 3, 1)
    with pytest.raises(NeedsTable):
        view(info, None).dice[0][0]


def test_a_client_foresees_a_bid_and_not_a_challenge() -> None:
    info = bid(table("234", "555"), 2, 5)
    assert predicted(view(info, 1), 1, ("bid", 3, 5)) == view(bid(copy(info), 3, 5), 1)
    with pytest.raises(NeedsTable):
        predicted(view(info, 1), 1, "liar")


# -- the table ---------------------------------------------------------------------------------------------------------


def scene(info: LiarsDiceInfo, seat: int | None) -> Scene:
    return GAME.scene(view(info, seat), seat)


def proposed(info: LiarsDiceInfo, seat: int) -> tuple[Any, ...]:
    values = {control.name: control.value for control in scene(info, seat).controls}
    return ("bid", values["count"], values["face"])


def test_the_tray_proposes_the_smallest_legal_bid() -> None:
    info = table("234", "555")
    assert proposed(info, 0) == ("bid", 1, 2)
    assert proposed(bid(info, 1, 2), 1) == ("bid", 1, 3)
    assert proposed(bid(info, 1, 6), 0) == ("bid", 2, 2), "ones are not proposed"
    for count, face in ((2, 2), (3, 6), (6, 5)):
        seat = bid(info, count, face).now
        assert info.judge(seat, proposed(info, seat)) is None


def test_the_tray_stays_while_others_are_in_turn_and_is_only_for_those_with_dice() -> None:
    info = bid(table("234", "555", ""), 2, 5)
    assert [c.name for c in scene(info, 0).controls] == [c.name for c in scene(info, 1).controls] != []
    assert scene(info, 2).controls == scene(info, None).controls == ()


def test_own_dice_that_count_for_the_bid_are_marked() -> None:
    info = bid(table("12345", "55"), 2, 5)
    own = {item.look: item.mark for item in scene(info, 0).items if item.id.startswith("die")}
    assert own == {"die1": "chosen", "die2": "", "die3": "", "die4": "", "die5": "chosen"}


def test_nobody_sees_another_seats_dice_on_the_table() -> None:
    info = table("12345", "66666", "44444")
    assert [i.look for i in scene(info, 0).items if i.kind == "image"] == ["die1", "die2", "die3", "die4", "die5"]
    assert [i.look for i in scene(info, None).items if i.kind == "image"] == []


def test_plates_lie_on_the_table_apart_from_each_other() -> None:
    for seats in GAME.seats:
        info = table(*["12345"] * seats)
        for seat in (*range(seats), None):
            shown = scene(info, seat)
            assert set(shown.seats) == set(range(seats)) - {seat}
            places = list(shown.seats.values())
            assert all(1.8 <= x <= shown.w - 1.8 and 0.5 <= y <= shown.h - 0.5 for x, y in places)
            assert all(
                abs(a[0] - b[0]) >= 3.6 or abs(a[1] - b[1]) >= 1.6 for n, a in enumerate(places) for b in places[:n]
            )


def test_the_next_seat_sits_at_the_left() -> None:
    shown = scene(table(*["12345"] * 4), 1)
    assert min(shown.seats, key=lambda seat: shown.seats[seat][0]) == 2
    assert max(shown.seats, key=lambda seat: shown.seats[seat][0]) == 0


def test_the_result_of_the_last_round_is_said_in_words() -> None:
    info = called(bid(table("33331", "12222"), 7, 3))
    said = [item.s for item in scene(info, None).items if item.kind == "text"]
    assert "last round: 7 × three, there were 6" in said
    assert "the bid of 7 was a lie" in said
    assert "Liar!" in said


def test_steps_in_words() -> None:
    info = table("234", "555")
    assert GAME.words(info, 0, ("bid", 5, 3)) == "bids 5 × three"
    assert GAME.words(info, 0, "liar") == "calls liar"


# -- seeded mistakes ---------------------------------------------------------------------------------------------------


def _bidder_always_loses(self: LiarsDiceInfo, caller: int, chance: Chance) -> None:
    self.counts[self.bids[-1].seat] -= 1
    self.now = self.bids[-1].seat
    self.throw(chance)


_right_judge = LiarsDiceInfo.judge


def _judge_without_order(self: LiarsDiceInfo, seat: int, move: Any) -> Refusal | None:
    refusal = _right_judge(self, seat, move)
    return None if refusal and refusal.code == "too_low" else refusal


MISTAKES = (
    Mistake("ones are never wild", LiarsDiceInfo, "counting", lambda self, face, shown: shown == face),
    Mistake("ones are always wild", LiarsDiceInfo, "counting", lambda self, face, shown: shown in (face, 1)),
    Mistake("faces count for ones", LiarsDiceInfo, "counting", lambda self, face, shown: shown == face or face == 1),
    Mistake("a seat without dice is not passed over", LiarsDiceInfo, "after",
            lambda self, seat: (seat + 1) % len(self.counts)),
    Mistake("the bidder always loses", LiarsDiceInfo, "challenge", _bidder_always_loses),
    Mistake("a bid need not be higher", LiarsDiceInfo, "judge", _judge_without_order),
    Mistake("more dice than there are may be bid", LiarsDiceInfo, "total", lambda self: 5 * len(self.counts)),
    Mistake("everybody throws five dice for ever", LiarsDiceInfo, "throw",
            lambda self, chance: setattr(self, "dice", [[chance.roll() for _ in range(5)] for _ in self.counts])),
    Mistake("all who are out share the last rank", LiarsDiceInfo, "outcome",
            lambda self: Outcome.win(self.now, len(self.counts), "the last one with dice")
            if len(self.out) == len(self.counts) - 1 else None),
)  # fmt: skip
