"""The state of dou dizhu and its judge: the deal, the bidding, the play, and the score."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from games.dou_dizhu.hands import BOMB, RANKS, ROCKET, VALUE, Hand, holding, playable, read, spoken, written
from games.game_info import NOT_LISTED, Chance, GameInfo, Move, Outcome, Refusal, secret

SEATS, DEALT, BOTTOM, MOST_BID = 3, 17, 3, 3
BIDS = {f"bid {points}": points for points in range(1, MOST_BID + 1)}

CARDS = {"*r": "R", "*b": "B"} | {
    f"{suit}{rank.replace('T', '10')}": rank for rank in reversed(RANKS[:13]) for suit in "SHCD"
}
"""The pack as cards look, each with its rank, the highest first."""
ORDER = {card: k for k, card in enumerate(CARDS)}

LEAD = Refusal("must_lead", "You lead, so you cannot pass. Play what you like.")
BID_FIRST = Refusal("bidding", "The landlord has not been found yet. Bid, or pass.")
TOO_LATE = Refusal("no_bidding", "The landlord has been found already.")
NOT_YOURS = Refusal("not_yours", "You do not have these cards.")


@dataclass
class DouDizhuInfo(GameInfo):
    """Cards by seat, the bids so far, and what lies on the table.

    `hands` are sorted, the highest card first; `under` are the three cards that nobody sees until there is a landlord,
    then they are `bottom`. `bids` begin with seat `first`, 0 is a pass. `last` is what each seat played in this round
    of the table: cards, nothing where it passed, None where it did not act yet. `top` is the seat whose cards have to
    be beaten, None where the one in turn leads. `plays` counts how often each seat has played cards, `bombs` the bombs
    and the rocket; `left` are all hands once the match is over.
    """

    hands: list[list[str]] = secret("owner")
    under: list[str] = secret("nobody")
    counts: list[int] = field(default_factory=list)
    bottom: list[str] = field(default_factory=list)
    deals: int = 0
    first: int = 0
    bids: list[int] = field(default_factory=list)
    landlord: int | None = None
    now: int = 0
    last: list[list[str] | None] = field(default_factory=list)
    top: int | None = None
    plays: list[int] = field(default_factory=list)
    bombs: int = 0
    left: list[list[str]] = field(default_factory=list)

    def setup(self, seats: int, options: Mapping[str, Any], chance: Chance) -> None:
        self.deal(dealt(options["deal"]) if options["deal"] else chance.shuffle(CARDS))

    def deal(self, pack: Sequence[str]) -> None:
        """Give 17 cards to each seat and lay three aside; then the bidding begins."""
        self.deals += 1
        self.hands = [sort(pack[DEALT * seat : DEALT * (seat + 1)]) for seat in range(SEATS)]
        self.under = sort(pack[DEALT * SEATS :])
        self.counts, self.plays = [DEALT] * SEATS, [0] * SEATS
        self.last, self.bids = [None] * SEATS, []
        self.now = self.first

    def turn(self) -> Collection[int]:
        return () if self.over else (self.now,)

    @property
    def over(self) -> bool:
        """Whether somebody is rid of all cards."""
        return 0 in self.counts

    @property
    def bid(self) -> int:
        """The highest bid of this deal."""
        return max(self.bids, default=0)

    @property
    def table(self) -> Hand | None:
        """The hand that has to be beaten; None where the one in turn leads."""
        return None if self.top is None else read(self.lying)

    @property
    def lying(self) -> str:
        """The cards that have to be beaten, by rank."""
        return "" if self.top is None else ranks(self.last[self.top] or ())

    def moves(self, seat: int) -> Iterable[Move]:
        if seat not in self.turn():
            return []
        if self.landlord is None:
            return ["pass", *(bid for bid, points in BIDS.items() if points > self.bid)]
        plays = playable(holding(ranks(self.hands[seat])), self.table)
        return plays if self.top is None else ["pass", *plays]

    def judge(self, seat: int, move: Move) -> Refusal | None:
        if refusal := self.untimely(seat):
            return refusal
        if type(move) is not str:
            return NOT_LISTED
        if move == "pass":
            return LEAD if self.landlord is not None and self.top is None else None
        if move in BIDS:
            return self.judge_bid(BIDS[move])
        if not 0 < len(move) <= DEALT + BOTTOM or not set(move) <= VALUE.keys():
            return NOT_LISTED
        wanted = holding(move)
        if written(wanted) != move:
            return NOT_LISTED
        if self.landlord is None:
            return BID_FIRST
        held = holding(ranks(self.hands[seat]))
        if any(want > have for want, have in zip(wanted, held, strict=True)):
            return NOT_YOURS
        return self.judge_hand(move)

    def judge_bid(self, points: int) -> Refusal | None:
        """Why these points cannot be bid now."""
        if self.landlord is not None:
            return TOO_LATE
        return None if points > self.bid else Refusal("too_low", f"Bid more than {self.bid}, or pass.")

    def judge_hand(self, cards: str) -> Refusal | None:
        """Why these cards of one's own cannot be played now."""
        hand, on = read(cards), self.table
        if hand is None:
            count = len(cards)
            wrong = f"These {count} cards do not go together. Pairs, triples and straights do, for instance."
            return Refusal("no_hand", wrong)
        if on is None or hand.beats(on):
            return None
        if (hand.form, hand.length) == (on.form, on.length):
            return Refusal("too_low", f"That is not higher than {spoken(self.lying)}. Choose higher cards, or pass.")
        return Refusal(
            "does_not_fit", f"That cannot be played on {spoken(self.lying)}. Choose a hand of the same kind, or pass."
        )

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        if self.landlord is None:
            self.bids.append(BIDS.get(move, 0))
            self.now = following(seat)
            if self.bid == MOST_BID or len(self.bids) == SEATS:
                self.settle(chance)
        elif move == "pass":
            self.last[seat] = []
            self.now = following(seat)
            if self.now == self.top:
                self.top = None
        else:
            self.put_down(seat, move)

    def settle(self, chance: Chance) -> None:
        """End the bidding: who bid most is the landlord, takes the three cards and leads; nobody did: deal anew."""
        if not self.bid:
            self.first = following(self.first)
            self.deal(chance.shuffle(CARDS))
            return
        self.landlord = self.now = (self.first + self.bids.index(self.bid)) % SEATS
        self.bottom = list(self.under)
        self.under = []
        self.hands[self.landlord] = sort([*self.hands[self.landlord], *self.bottom])
        self.counts[self.landlord] += BOTTOM

    def put_down(self, seat: int, move: str) -> None:
        """Play cards of these ranks; which suits go first is only looks."""
        if self.top is None:
            self.last = [None] * SEATS
        chosen = picked(self.hands[seat], move)
        self.hands[seat] = [card for card in self.hands[seat] if card not in chosen]
        self.counts[seat] -= len(chosen)
        self.last[seat], self.top, self.now = chosen, seat, following(seat)
        self.plays[seat] += 1
        hand = read(move)
        self.bombs += hand is not None and hand.form in (BOMB, ROCKET)
        if self.over:
            self.left = [list(hand) for hand in self.hands]

    @property
    def spring(self) -> bool:
        """Whether the farmers never played a card, or the landlord only once and lost: either doubles the score."""
        farmers = sum(plays for seat, plays in enumerate(self.plays) if seat != self.landlord)
        landlord = sum(self.plays) - farmers
        return self.over and (not farmers or (landlord == 1 and self.counts[self.landlord or 0] > 0))

    def outcome(self) -> Outcome | None:
        if not self.over:
            return None
        alone = self.counts.index(0) == self.landlord
        why = "the landlord has played all cards" if alone else "a farmer has played all cards"
        return self.ended(alone, why=f"{why}, spring" if self.spring else why)

    def ended(self, alone: bool, why: str) -> Outcome:
        """The outcome where the landlord has won alone, or lost to both others."""
        stake = self.bid << (self.bombs + self.spring)
        mine = (1 if alone else 2, 2 * stake if alone else -2 * stake)
        theirs = (2 if alone else 1, -stake if alone else stake)
        pairs = [mine if seat == self.landlord else theirs for seat in range(SEATS)]
        return Outcome(tuple(rank for rank, _ in pairs), why, tuple(float(score) for _, score in pairs))

    def lost(self, seat: int, seats: int, why: str) -> Outcome:
        if self.landlord is None:
            return super().lost(seat, seats, why)
        return self.ended(seat != self.landlord, why)


def following(seat: int) -> int:
    """The seat that acts next."""
    return (seat + 1) % SEATS


def sort(cards: Iterable[str]) -> list[str]:
    """Cards in the order of a hand, the highest first."""
    return sorted(cards, key=ORDER.__getitem__)


def ranks(cards: Iterable[str]) -> str:
    """The ranks of cards, the lowest first."""
    return "".join(sorted((CARDS[card] for card in cards), key=VALUE.__getitem__))


def picked(cards: Iterable[str], move: str) -> list[str]:
    """Cards of a hand that have these ranks; of equal ones those that come first."""
    wanted, chosen = holding(move), []
    for card in cards:
        rank = VALUE[CARDS[card]]
        if wanted[rank]:
            wanted[rank] -= 1
            chosen.append(card)
    return chosen


def dealt(text: str) -> list[str]:
    """The pack as a line of text deals it; ValueError says what is wrong with the line.

    The line names the cards of the three seats and the three under them by rank, with "/" between: RB22.../.../.../AKQ.
    """
    parts = text.upper().replace("10", "T").replace(" ", "").split("/")
    if [len(part) for part in parts] != [DEALT, DEALT, DEALT, BOTTOM]:
        raise ValueError("Deal: please write 17/17/17/3 cards, such as 3456789TJQKA2BR and so on.")
    pack = []
    left = {rank: [card for card in CARDS if CARDS[card] == rank] for rank in RANKS}
    for rank in "".join(parts):
        if rank not in left:
            raise ValueError("Deal: cards are written 3 4 5 6 7 8 9 T J Q K A 2 B R.")
        if not left[rank]:
            raise ValueError(f"Deal: there are too many cards of rank {rank}.")
        pack.append(left[rank].pop(0))
    return pack
