"""What is worth playing in dou dizhu: few plays for the cards that are left, low cards first, bombs late.

A rule of thumb for bots and hints, no search: every play is weighed by what it leaves in the hand.
"""

from collections.abc import Sequence

from games.dou_dizhu.hands import CHAIN_END, JOKERS, ROCKET, VALUE, holding, read
from games.dou_dizhu.info import DouDizhuInfo, ranks

TURN = 3.0
"""What one more play that the rest of a hand needs weighs; the other weights are in the same measure."""
BOMB_COSTS, BOMB_LATE = 7.0, 2.0
"""What a bomb weighs, also with wings, first and where an enemy has few cards left."""
FEW = 5
"""So many cards, or fewer, make a player dangerous."""
WORTH = {"R": 4, "B": 3, "2": 2, "A": 0.5}
BID_FROM = ((9.0, "bid 3"), (7.0, "bid 2"), (5.0, "bid 1"))
"""How much a hand must be worth for each bid: jokers, twos, aces and bombs count."""


def advice(info: DouDizhuInfo, seat: int) -> list[str]:
    """Legal moves of the seat in turn, the best one first; where that is to pass, what could be played follows."""
    moves = [move for move in info.moves(seat) or () if move != "pass"]
    if info.landlord is None:
        return [bid(ranks(info.hands[seat]), moves)]
    held = holding(ranks(info.hands[seat]))
    weights = {move: weight(info, seat, held, move) for move in moves}
    plays = sorted(moves, key=weights.__getitem__)
    if info.top is not None and (not plays or passing(info, seat, held) < weights[plays[0]]):
        return ["pass", *plays]
    return plays


def bid(cards: str, moves: Sequence[str]) -> str:
    """The highest bid that the cards are worth, if it can still be made."""
    worth = sum(WORTH.get(rank, 0.0) for rank in cards) + 4 * holding(cards).count(4) + 2 * cards.endswith("BR")
    return next((move for least, move in BID_FROM if worth >= least and move in moves), "pass")


def weight(info: DouDizhuInfo, seat: int, held: Sequence[int], move: str) -> float:
    """What a play costs: the plays that the rest needs, high cards and bombs given away; less is better."""
    rest = [have - gone for have, gone in zip(held, holding(move), strict=True)]
    hand = read(move)
    if hand is None or not any(rest):
        return -100.0
    enemies, left = fewest(info, seat), turns(rest)
    cost = TURN * left + hand.low / 4 + (0 if info.top is not None else -len(move) / 8)
    if hand.form.core == 4 or hand.form is ROCKET:
        cost += BOMB_LATE if enemies <= FEW or left <= 1 else BOMB_COSTS
    if info.top is None and enemies == len(move) <= 2:
        cost += len(VALUE) - hand.low  # an enemy goes out on it, unless it is high
    if is_partner(info, seat, info.top):
        cost += TURN if hand.low >= VALUE["K"] or left > 1 else 0
    return cost


def passing(info: DouDizhuInfo, seat: int, held: Sequence[int]) -> float:
    """What it costs to pass: nothing gets less, and an enemy may go on."""
    cost = TURN * turns(held)
    if is_partner(info, seat, info.top):
        return cost - TURN
    return cost + (3 * TURN if fewest(info, seat) <= 2 else TURN if fewest(info, seat) <= FEW else 0.5)


def is_partner(info: DouDizhuInfo, seat: int, other: int | None) -> bool:
    """Whether two seats are the two farmers."""
    return other is not None and info.landlord not in (seat, other)


def fewest(info: DouDizhuInfo, seat: int) -> int:
    """The cards of the enemy who has fewest left."""
    return min(count for other, count in enumerate(info.counts) if other != seat and not is_partner(info, seat, other))


def turns(held: Sequence[int]) -> int:
    """About how many plays it takes to be rid of these cards: the better of two ways to sort them."""
    return min(_sorted(held, straights_first=True), _sorted(held, straights_first=False))


def _sorted(held: Sequence[int], straights_first: bool) -> int:
    left, plays, triples = list(held), 0, 0
    if all(left[joker] for joker in JOKERS):
        plays += 1
        for joker in JOKERS:
            left[joker] = 0
    for rank, count in enumerate(left):
        if count == 4:
            plays, left[rank] = plays + 1, 0
    takes = ((1, 5), (3, 1), (2, 3)) if straights_first else ((3, 1), (2, 3), (1, 5))
    for equal, shortest in takes:
        for low, length in _runs(left, equal, shortest):
            plays += 1
            triples += length if equal == 3 else 0
            for rank in range(low, low + length):
                left[rank] -= equal
    loose = sum(1 for count in left if count)
    return plays + loose - min(triples, loose)


def _runs(held: Sequence[int], equal: int, shortest: int) -> list[tuple[int, int]]:
    """Chains of so many equal cards, each as long as it can be: where it begins, and its length."""
    runs, low = [], 0
    for rank in range(CHAIN_END + 1):
        if rank == CHAIN_END or held[rank] < equal:
            if rank - low >= shortest:
                runs.append((low, rank - low))
            low = rank + 1
    if equal == 3 and held[CHAIN_END] == equal:
        runs.append((CHAIN_END, 1))
    return runs
