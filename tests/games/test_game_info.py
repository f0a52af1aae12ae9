import copy as copies
import itertools
import pickle
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.game_info import (
    HIDDEN,
    MATCH_OVER,
    NOT_LISTED,
    NOT_YOUR_TURN,
    Chance,
    GameInfo,
    Move,
    NeedsTable,
    Outcome,
    alike,
    copy,
    digest,
    dump,
    listed,
    load,
    secret,
    secrets_of,
    view,
    whole,
)

# -- chance ------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 100), max_size=20), st.randoms())
def test_chance_records_what_it_drew_and_a_replay_draws_it_again(sizes: list[int], rng: Any) -> None:
    chance = Chance(rng.randrange)
    drawn = [chance.below(n) for n in sizes]
    assert chance.record == tuple(drawn)
    assert all(0 <= value < n for value, n in zip(drawn, sizes, strict=True))
    again = Chance.replay(chance.record)
    assert [again.below(n) for n in sizes] == drawn
    assert again.record == chance.record


def test_a_replay_that_does_not_fit_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Chance.replay([]).below(2)
    with pytest.raises(ValueError, match="does not fit"):
        Chance.replay([6]).roll(6)
    with pytest.raises(ValueError, match="does not fit"):
        Chance.replay([-1]).roll(6)


def test_a_client_has_no_chance() -> None:
    chance = Chance.none()
    for draw in (chance.roll, lambda: chance.below(1), lambda: chance.choice("ab"), lambda: chance.shuffle([1, 2])):
        with pytest.raises(NeedsTable):
            draw()
    assert chance.record == ()
    assert chance.shuffle([1]) == [1]


def test_the_room_draws_from_the_operating_system() -> None:
    chance = Chance()
    assert {chance.roll(2) for _ in range(200)} == {1, 2}
    assert len(chance.record) == 200


def test_a_roll_counts_from_one() -> None:
    assert [Chance.replay([k]).roll() for k in range(6)] == [1, 2, 3, 4, 5, 6]
    assert [Chance.replay([k]).choice("abc") for k in range(3)] == ["a", "b", "c"]


def test_each_order_of_a_shuffle_comes_from_exactly_one_record() -> None:
    orders = Counter(
        tuple(Chance.replay(record).shuffle("abcd")) for record in itertools.product(range(4), range(3), range(2))
    )
    assert set(orders) == set(itertools.permutations("abcd"))
    assert set(orders.values()) == {1}


@given(st.lists(st.integers()), st.randoms())
def test_a_shuffle_keeps_the_cards_and_leaves_the_old_list_alone(cards: list[int], rng: Any) -> None:
    before = list(cards)
    assert sorted(Chance(rng.randrange).shuffle(cards)) == sorted(cards)
    assert cards == before


# -- what is hidden ----------------------------------------------------------------------------------------------------

USES: dict[str, Callable[[Any], object]] = {
    "attribute": lambda h: h.x, "set attribute": lambda h: setattr(h, "x", 1), "item": lambda h: h[0],
    "in": lambda h: 1 in h, "call": lambda h: h(), "==": lambda h: h == 1, "== itself": lambda h: h == h,
    "!=": lambda h: h != 1, "<": lambda h: h < 1, ">": lambda h: h > 1, "<=": lambda h: h <= 1, ">=": lambda h: h >= 1,
    "+": lambda h: h + 1, "1 +": lambda h: 1 + h, "-": lambda h: h - 1, "1 -": lambda h: 1 - h, "*": lambda h: h * 2,
    "2 *": lambda h: 2 * h, "/": lambda h: h / 2, "//": lambda h: h // 2, "%": lambda h: h % 2, "&": lambda h: h & 1,
    "negative": lambda h: -h, "abs": abs, "round": round, "len": len, "list": list, "if": bool, "int": int, "str": str,
    "float": float, "format": lambda h: f"{h}", "hash": hash, "index": lambda h: [1][h], "max": max, "sorted": sorted,
    "sum": sum, "unpack": lambda h: [*h], "reversed": reversed,
}  # fmt: skip


@pytest.mark.parametrize("use", USES)
def test_whatever_is_done_with_what_is_hidden_needs_the_table(use: str) -> None:
    with pytest.raises(NeedsTable):
        USES[use](HIDDEN)


def test_what_is_hidden_stays_itself_when_copied() -> None:
    assert copies.copy(HIDDEN) is HIDDEN
    assert copies.deepcopy([HIDDEN])[0] is HIDDEN
    assert pickle.loads(pickle.dumps(HIDDEN)) is HIDDEN
    assert repr([HIDDEN]) == "[HIDDEN]"


# -- the state as data -------------------------------------------------------------------------------------------------


@dataclass
class Pair:
    left: int
    right: tuple[int, str]


@dataclass
class HandsInfo(GameInfo):
    """Seats show cards of their hands in turn."""

    open: list[str] = field(default_factory=list)
    points: dict[int, int] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    best: Pair | None = None
    hands: list[list[str]] = secret("owner")
    bids: list[int | None] = secret("owner")
    deck: list[str] = secret("nobody")

    def turn(self) -> tuple[int, ...]:
        return (len(self.open) % len(self.hands),) if len(self.open) < 3 else ()

    def moves(self, seat: int) -> Iterable[Move]:
        return self.hands[seat] if seat in self.turn() else ()


def dealt() -> HandsInfo:
    return HandsInfo(
        ["S2"], {0: 3, 1: 4}, [Pair(1, (2, "x"))], Pair(3, (4, "y")), [["S3", "S4"], ["H3"], []], [5, None, 6], ["C9"]
    )


def test_the_secret_fields_are_known() -> None:
    assert secrets_of(HandsInfo) == {"hands": "owner", "bids": "owner", "deck": "nobody"}
    assert HandsInfo().hands == HandsInfo().deck == []


@pytest.mark.parametrize("seat", [0, 1, 2, None])
def test_a_view_hides_what_belongs_to_others_or_nobody(seat: int | None) -> None:
    whole_state = dealt()
    seen = view(whole_state, seat)
    assert type(seen) is HandsInfo
    assert (seen.open, seen.points, seen.pairs, seen.best) == (
        ["S2"],
        {0: 3, 1: 4},
        [Pair(1, (2, "x"))],
        Pair(3, (4, "y")),
    )
    assert seen.deck is HIDDEN
    for owner in range(3):
        if owner == seat:
            assert seen.hands[owner] == whole_state.hands[owner]
            assert seen.bids[owner] == whole_state.bids[owner]
        else:
            assert seen.hands[owner] is HIDDEN
            assert seen.bids[owner] is HIDDEN
    assert whole_state == dealt()


@pytest.mark.parametrize("seat", [0, 1, 2, None])
def test_nothing_that_is_hidden_is_in_the_json_of_a_view(seat: int | None) -> None:
    text = msgspec.json.encode(dump(view(dealt(), seat))).decode()
    assert [card in text for card in ("S3", "H3", "C9")] == [seat == 0, seat == 1, False]


def test_a_view_of_a_view_shows_no_more() -> None:
    seen = view(dealt(), 0)
    assert dump(view(seen, 0)) == dump(seen)
    nobody = view(seen, 1)
    assert all(hand is HIDDEN for hand in nobody.hands)
    hidden = view(dealt(), None)
    hidden.hands = HIDDEN  # type: ignore[assignment]
    assert view(hidden, 0).hands is HIDDEN


@pytest.mark.parametrize("seat", [0, 2, None])
def test_state_and_views_come_back_from_json(seat: int | None) -> None:
    state = dealt()
    back = load(HandsInfo, msgspec.json.decode(msgspec.json.encode(dump(state))))
    assert back == state
    assert type(back.pairs[0]) is Pair
    assert type(back.pairs[0].right) is tuple
    seen = view(state, seat)
    again = load(HandsInfo, msgspec.json.decode(msgspec.json.encode(dump(seen))))
    assert dump(again) == dump(seen)
    assert again.deck is HIDDEN
    assert digest(again) == digest(seen)


@pytest.mark.parametrize(
    "change",
    [
        {"open": "S2"}, {"open": [1]}, {"points": {"a": 1}}, {"points": []}, {"pairs": [{"left": 1}]}, {"best": 1},
        {"hands": [["S3"], 1, []]}, {"hands": 0}, {"deck": None}, {"bids": ["5", None, 6]},
    ],
)  # fmt: skip
def test_a_state_that_does_not_fit_is_a_validation_error(change: dict[str, Any]) -> None:
    state = dump(dealt())
    with pytest.raises(msgspec.ValidationError):
        load(HandsInfo, state | change)
    del state[next(iter(change))]
    with pytest.raises(msgspec.ValidationError, match="lacks"):
        load(HandsInfo, state)


def test_a_copy_is_equal_and_independent() -> None:
    state = dealt()
    other = copy(state)
    assert other == state
    assert other is not state
    other.hands[0].pop()
    other.pairs[0].left = 9
    other.points[0] = 9
    assert state == dealt()


def test_the_digest_is_equal_exactly_for_equal_states() -> None:
    state = dealt()
    assert digest(state) == digest(copy(state))
    state.points = {1: 4, 0: 3}
    assert digest(state) == digest(dealt())
    changes: dict[str, Any] = {"open": [], "points": {0: 3}, "best": None, "hands": [["S4", "S3"], ["H3"], []]}
    for name, value in changes.items():
        other = dealt()
        setattr(other, name, value)
        assert digest(other) != digest(dealt()), name


# -- judging by the list -----------------------------------------------------------------------------------------------


def test_by_default_what_is_listed_is_legal() -> None:
    state = dealt()
    assert state.judge(1, "H3") is None
    assert state.judge(1, "S3") == NOT_LISTED
    assert state.judge(0, "S3") == NOT_YOUR_TURN
    state.open *= 3
    assert state.judge(1, "H3") == MATCH_OVER
    assert state.timeout() is None
    assert state.hides(0, "S3") is False


SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([0.0, 1.0, -0.0, 2.0, "", "1"])
VALUES = st.recursive(SCALARS, lambda parts: st.lists(parts, max_size=3).map(tuple))


def shape(value: Any) -> Any:
    return [shape(part) for part in value] if type(value) is tuple else type(value)


@given(VALUES, VALUES)
def test_alike_is_equality_of_value_and_type(a: Any, b: Any) -> None:
    assert alike(a, b) == (a == b and shape(a) == shape(b))
    assert alike(b, a) == alike(a, b)
    assert alike(a, a)


def test_listed_compares_type_for_type() -> None:
    assert listed((0, 1), [(1, 0), (0, 1)])
    for wrong in ((False, True), (0, 1.0), [0, 1], (0,), (0, 1, 2), None, 0, "01"):
        assert not listed(wrong, [(1, 0), (0, 1)])


def test_whole_takes_whole_numbers_within_bounds() -> None:
    assert [n for n in range(-5, 15) if whole(n, 0, 9)] == list(range(10))
    for wrong in (True, False, 1.0, "1", None, (1,), [1], float("nan"), 10**40):
        assert not whole(wrong, 0, 9)


# -- outcomes ----------------------------------------------------------------------------------------------------------


def test_outcomes_rank_the_seats() -> None:
    assert Outcome.win(1, 3, "x") == Outcome((2, 1, 2), "x")
    assert Outcome.lose(1, 3, "x") == Outcome((1, 2, 1), "x")
    assert Outcome.draw(3, "x") == Outcome((1, 1, 1), "x")
    assert [Outcome.win(1, 3, "x").winners, Outcome.lose(1, 3, "x").winners] == [(1,), (0, 2)]
    assert [Outcome.draw(2, "x").drawn, Outcome.win(0, 2, "x").drawn] == [True, False]
