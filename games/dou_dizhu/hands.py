"""Hands of dou dizhu: which cards make one, which beats which, and all that a holding can play.

Cards are written by rank alone, the lowest first, such as "33344456": suits mean nothing in this game. T is the 10, B
the black joker and R the red one. A holding is how many cards there are of each rank, the lowest first.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

RANKS = "3456789TJQKA2BR"
VALUE = {rank: k for k, rank in enumerate(RANKS)}
CHAIN_END = VALUE["A"] + 1
"""A chain ends with the ace at the latest: neither a two nor a joker stands in one."""
JOKERS = (VALUE["B"], VALUE["R"])


class Form(NamedTuple):
    """A form of hand: `core` equal cards in as many ranks in a row as `chain` allows, and for each of them wings.

    `wings` is how many, `wing` how many equal cards each of them has.
    """

    name: str
    core: int
    chain: range
    wings: int = 0
    wing: int = 0

    def cards(self, length: int) -> int:
        """How many cards such a hand has in all."""
        return length * (self.core + self.wings * self.wing)


ALONE = range(1, 2)
BOMB = Form("bomb", 4, ALONE)
ROCKET = Form("rocket", 1, range(2, 3))
FORMS = (
    Form("single", 1, ALONE),
    Form("pair", 2, ALONE),
    Form("triple", 3, ALONE),
    Form("triple with one", 3, ALONE, 1, 1),
    Form("triple with a pair", 3, ALONE, 1, 2),
    Form("straight", 1, range(5, 13)),
    Form("pairs in a row", 2, range(3, 11)),
    Form("triples in a row", 3, range(2, 7)),
    Form("triples with singles", 3, range(2, 6), 1, 1),
    Form("triples with pairs", 3, range(2, 5), 1, 2),
    Form("four with two", 4, ALONE, 2, 1),
    Form("four with two pairs", 4, ALONE, 2, 2),
    BOMB,
)
"""All forms but the rocket, which is no set of equal cards; 20 cards, the most that anybody holds, end the chains."""


class Hand(NamedTuple):
    """Cards played together: their form, how many ranks are in a row, and the lowest of these."""

    form: Form
    length: int
    low: int

    def beats(self, other: "Hand") -> bool:
        """Whether this hand may be played on the other: higher of the same form and length, a bomb, or the rocket."""
        if self.form is ROCKET or other.form is ROCKET:
            return other.form is not ROCKET
        if (self.form, self.length) == (other.form, other.length):
            return self.low > other.low
        return self.form is BOMB


ROCKET_HAND = Hand(ROCKET, 2, JOKERS[0])


def holding(cards: Iterable[str]) -> list[int]:
    """How many cards there are of each rank."""
    held = [0] * len(RANKS)
    for rank in cards:
        held[VALUE[rank]] += 1
    return held


def written(held: Sequence[int]) -> str:
    """The cards of a holding, the lowest first."""
    return "".join(rank * count for rank, count in zip(RANKS, held, strict=True))


def read(cards: str) -> Hand | None:
    """The one hand that these cards make together, or None; they may come in any order."""
    held = holding(cards)
    for form in FORMS:
        for length in form.chain:
            if form.cards(length) == len(cards):
                for low in range(_ends(length)):
                    if _is_core(held, form, length, low):
                        return Hand(form, length, low)
    return ROCKET_HAND if written(held) == "BR" else None


def _ends(length: int) -> int:
    """Behind the highest rank with which so many in a row may begin."""
    return len(RANKS) if length == 1 else CHAIN_END - length + 1


def _is_core(held: Sequence[int], form: Form, length: int, low: int) -> bool:
    """Whether the ranks from `low` on are the core of a hand that all cards of the holding make."""
    if any(held[rank] != form.core for rank in range(low, low + length)):
        return False
    wings = [(rank, count) for rank, count in enumerate(held) if count and not low <= rank < low + length]
    if form.wing != 1:
        return all(count == form.wing for _, count in wings)
    return all(count <= _most(rank, low, length) for rank, count in wings) and not all(held[r] for r in JOKERS)


def _most(rank: int, low: int, length: int) -> int:
    """How many single wings may be of this rank: no whole bomb, and no triple that would make the chain longer."""
    return 2 if rank in (low - 1, low + length) and rank < CHAIN_END else 3


def playable(held: Sequence[int], on: Hand | None = None) -> list[str]:
    """All that a holding can play: anything to lead with, or what beats the hand that lies on the table."""
    if on is None:
        hands = [cards for form in FORMS for length in form.chain for cards in _hands(held, form, length, 0)]
    elif on.form is ROCKET:
        return []
    else:
        hands = list(_hands(held, on.form, on.length, on.low + 1))
        if on.form is not BOMB:
            hands += _hands(held, BOMB, 1, 0)
    if all(held[rank] for rank in JOKERS):
        hands.append("BR")
    return hands


def _hands(held: Sequence[int], form: Form, length: int, lowest: int) -> Iterator[str]:
    """The hands of one form and length whose core begins with `lowest` or higher."""
    core = form.core
    for low in range(lowest, _ends(length)):
        if held[low] < core or min(held[low : low + length]) < core:
            continue
        middle = "".join([rank * core for rank in RANKS[low : low + length]])
        if not form.wings:
            yield middle
            continue
        for below, above in _wings(held, form, length, low):
            yield below + middle + above


def _wings(held: Sequence[int], form: Form, length: int, low: int) -> Iterator[tuple[str, str]]:
    """All wings for the ranks from `low` on: those below the core, and those above."""
    others = [rank for rank, count in enumerate(held) if count >= form.wing and not low <= rank < low + length]
    if form.wing == 1:
        others = [rank for rank in others for _ in range(min(held[rank], _most(rank, low, length)))]
    for wings in dict.fromkeys(combinations(others, form.wings * length)):
        if wings[-2:] != JOKERS:
            below = "".join([RANKS[rank] * form.wing for rank in wings if rank < low])
            yield below, "".join([RANKS[rank] * form.wing for rank in wings if rank > low])


# -- in words ----------------------------------------------------------------------------------------------------------


def named(rank: str) -> str:
    """A card in words."""
    return {"T": "10", "B": "black joker", "R": "red joker"}.get(rank, rank)


def listed(cards: str) -> str:
    """Some cards in words, one after the other; only the last of them may be a joker."""
    rest = " ".join(map(named, cards[:-1]))
    if not rest:
        return named(cards)
    if cards[-1] in "BR":
        return f"{rest} and red joker" if cards[-1] == "R" else f"{rest} and black joker"
    return f"{rest} {named(cards[-1])}"


def spoken(cards: str) -> str:
    """A hand in words, such as "straight 3 to 7"."""
    hand = read(cards)
    if hand is None:
        return listed(cards)
    core = RANKS[hand.low : hand.low + hand.length]
    first, last = named(core[0]), named(core[-1])
    wings = listed("".join([rank for rank in cards if rank not in core][:: hand.form.wing or 1]))
    return {
        "single": first,
        "pair": f"pair of {first}",
        "triple": f"triple {first}",
        "triple with one": f"triple {first} with {wings}",
        "triple with a pair": f"triple {first} with pair of {wings}",
        "straight": f"straight {first} to {last}",
        "pairs in a row": f"pairs {first} to {last}",
        "triples in a row": f"triples {first} to {last}",
        "triples with singles": f"triples {first} to {last} with {wings}",
        "triples with pairs": f"triples {first} to {last} with pairs of {wings}",
        "four with two": f"four {first} with {wings}",
        "four with two pairs": f"four {first} with pairs of {wings}",
        "bomb": f"bomb of {first}",
        "rocket": "rocket",
    }[hand.form.name]
