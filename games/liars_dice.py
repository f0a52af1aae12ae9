"""Liar's dice: everybody throws in secret and bids on what lies on the whole table, until somebody says "liar"."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from games.game import Game, Option, Sound
from games.game_info import NOT_LISTED, Chance, GameInfo, Move, Outcome, Refusal, hidden, secret, whole
from games.scene import Control, Item, Point, Scene, Tag, button, choice, die, number, rect, text
from games.touch import Press

DICE = 5
"""Dice of a seat at the beginning."""
FACES = ("one", "two", "three", "four", "five", "six")

NO_BID = Refusal("no_bid", "There is no bid to call yet. Bid first.")


@dataclass(frozen=True)
class Bid:
    """What a seat said: on the whole table lie at least `count` dice that show `face`."""

    seat: int
    count: int
    face: int


@dataclass(frozen=True)
class Challenge:
    """How a round ended: the last bid, who called it, all dice by seat, how many there were, and who lost a die."""

    bid: Bid
    caller: int
    dice: list[list[int]]
    there: int
    loser: int


@dataclass
class LiarsDiceInfo(GameInfo):
    """Dice by seat, the bids of this round in order, and how the round before it ended.

    `counts` is how many dice each seat has left, `out` the seats that have none, the first to go first.
    """

    wild: bool = True
    counts: list[int] = field(default_factory=list)
    dice: list[list[int]] = secret("owner")
    bids: list[Bid] = field(default_factory=list)
    now: int = 0
    round: int = 0
    out: list[int] = field(default_factory=list)
    last: Challenge | None = None

    def setup(self, seats: int, options: Mapping[str, Any], chance: Chance) -> None:
        self.wild = options["ones"] == "wild"
        self.counts = [DICE] * seats
        self.throw(chance)

    def turn(self) -> Collection[int]:
        return () if self.outcome() else (self.now,)

    def moves(self, seat: int) -> Iterable[Move]:
        if seat not in self.turn():
            return []
        bids = [("bid", count, face) for count in range(1, self.total() + 1) for face in range(1, 7)]
        if not self.bids:
            return bids
        bid = self.bids[-1]
        return ["liar", *bids[(bid.count - 1) * 6 + bid.face :]]

    def judge(self, seat: int, move: Move) -> Refusal | None:
        if refusal := self.untimely(seat):
            return refusal
        bid = self.bids[-1] if self.bids else None
        if type(move) is str and move == "liar":
            return None if bid else NO_BID
        if type(move) is not tuple or len(move) != 3 or type(move[0]) is not str or move[0] != "bid":
            return NOT_LISTED
        _, count, face = move
        if type(count) is not int or count < 1 or not whole(face, 1, 6):
            return NOT_LISTED
        if count > self.total():
            return Refusal("too_many", f"There are only {self.total()} dice on the table. Bid fewer.")
        if bid and (count, face) <= (bid.count, bid.face):
            return Refusal(
                "too_low", f"Bid more than {spoken(bid.count, bid.face)}. Take more dice, or as many of a higher face."
            )
        return None

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        if move == "liar":
            self.challenge(seat, chance)
        else:
            self.bids.append(Bid(seat, move[1], move[2]))
            self.now = self.after(seat)

    def challenge(self, caller: int, chance: Chance) -> None:
        """Show all dice and count: the loser gives up a die and begins the next round."""
        bid = self.bids[-1]
        there = sum(self.counting(bid.face, shown) for hand in self.dice for shown in hand)
        loser = caller if there >= bid.count else bid.seat
        self.last = Challenge(bid, caller, self.dice, there, loser)
        self.bids = []
        self.counts[loser] -= 1
        if self.counts[loser] == 0:
            self.out.append(loser)
        self.now = loser if self.counts[loser] else self.after(loser)
        if self.outcome() is None:
            self.throw(chance)

    def throw(self, chance: Chance) -> None:
        """Begin a round: everybody throws the dice that are left."""
        self.round += 1
        self.dice = [sorted(chance.roll() for _ in range(count)) for count in self.counts]

    def outcome(self) -> Outcome | None:
        seats = len(self.counts)
        if len(self.out) < seats - 1:
            return None
        gone = {seat: seats - k for k, seat in enumerate(self.out)}
        return Outcome(tuple(gone.get(seat, 1) for seat in range(seats)), "the last one with dice")

    def counting(self, face: int, shown: int) -> bool:
        """Whether a die that shows `shown` counts for a bid on `face`; a bid on ones is met by ones alone."""
        return shown == face or (self.wild and shown == 1)

    def total(self) -> int:
        """How many dice are on the table."""
        return sum(self.counts)

    def after(self, seat: int) -> int:
        """The next seat that still has dice."""
        seats = len(self.counts)
        return next(other for k in range(1, seats + 1) if self.counts[other := (seat + k) % seats])


class LiarsDice(Game[LiarsDiceInfo]):
    """Bids on hidden dice."""

    name, title, seats, info = "liars_dice", "Liar's dice", range(2, 7), LiarsDiceInfo
    summary = "Bid on what lies under all cups together, or call the last bidder a liar; who is wrong loses a die."
    rules = (
        "Liar's dice with a hand of dice for each player, as in Wikipedia's article: a bid names more dice of any face "
        "or as many of a higher one (the first of its bidding rules), and ones are wild; a bid on ones, the lowest "
        "face, is met by ones alone. As in Dudo (dice-play.com) the loser of a challenge gives up a die and begins the "
        "next round, and the last one with dice wins."
    )
    help = (
        "Everybody throws dice that nobody else sees. In turn each says how many dice of one face lie there, all hands "
        "together, for instance three fives. A bid is always higher than the one before: more dice, or as many of a "
        "higher face. Ones count as every face, unless the table plays them plain.",
        "Whoever does not believe the bid before theirs says so instead. All dice are shown then: if there are as "
        "many, who doubted loses a die; if there are fewer, who bid does. Then all throw again. Who has the last dice "
        "wins.",
    )
    options = {"ones": Option("Ones", {"wild": "ones are wild", "plain": "ones are plain"})}
    replaces = True
    weighs = "by the dice that are left"
    example = (("bid", 2, 3), ("bid", 3, 3), ("bid", 3, 5), ("bid", 4, 5), "liar", ("bid", 2, 2), ("bid", 3, 4))

    def scene(self, info: LiarsDiceInfo, seat: int | None) -> Scene:
        seats, end = len(info.counts), info.outcome()
        around = {other: place((other - (seat or 0)) % seats, seats) for other in range(seats) if other != seat}
        cups = [item for other, at in around.items() for item in cup(info, other, at)]
        said = [item for other, (x, y) in around.items() for item in bubble(info, other, (x + 1.1, y + BELOW))]
        own = [] if seat is None else hand(info, seat)
        return Scene(
            w=W, h=H, back="felt", items=(*cups, *said, *middle(info, seat), *review(info), *own), seats=around,
            controls=controls(info, seat) if end is None else (),
            say=end.why if end else "bid higher, or call a liar" if info.bids else "make the first bid",
        )  # fmt: skip

    def press(
        self, info: LiarsDiceInfo, seat: int, button: Control, picks: Sequence[Tag], values: Mapping[str, Any]
    ) -> Press:
        pressed = super().press(info, seat, button, picks, values)
        return pressed if button.name != "bid" else Press(pressed.move, label=f"Bid {spoken(*pressed.move[1:])}")

    def advise(self, info: LiarsDiceInfo, seat: int) -> Sequence[Move]:
        return advice(info, seat)

    def sound(self, move: Move) -> Sound:
        return "dice" if move == "liar" else "step"  # all show their dice, and throw again

    def words(self, before: LiarsDiceInfo, seat: int, move: Move) -> str:
        return "calls liar" if move == "liar" else f"bids {spoken(move[1], move[2])}"

    def balance(self, info: LiarsDiceInfo) -> float | None:
        return (info.counts[0] - info.counts[1]) / DICE if len(info.counts) == 2 else None


def spoken(count: int, face: int) -> str:
    """A bid in words."""
    return f"{count} × {FACES[face - 1]}"


# -- what is worth doing -----------------------------------------------------------------------------------------------

SAFE, UNLIKELY = 0.6, 0.25
"""A bid is safe that is true so often; a bid that is not even so likely is called."""


def advice(info: LiarsDiceInfo, seat: int) -> list[Move]:
    """The steps by how sound they are, from one's own dice alone: call what is unlikely, else bid what one holds."""
    bid = info.bids[-1] if info.bids else None
    doubt = 1 - likely(info, seat, bid.count, bid.face) if bid else 0.0
    bids = {move: likely(info, seat, *move[1:]) for move in info.moves(seat) if move != "liar"}
    own = {face: sum(info.counting(face, shown) for shown in info.dice[seat]) for face in range(1, 7)}
    safe = sorted((move for move in bids if bids[move] >= SAFE), key=lambda move: (-own[move[2]], move[1]))
    rest = sorted((move for move in bids if bids[move] < SAFE), key=bids.__getitem__, reverse=True)
    at = 0 if doubt > 1 - UNLIKELY else len(safe) + sum(bids[move] > doubt for move in rest)
    found = [*safe, *rest]
    return [*found[:at], "liar", *found[at:]] if bid else found


def likely(info: LiarsDiceInfo, seat: int, count: int, face: int) -> float:
    """How likely a bid is true, to somebody who sees the dice of one seat."""
    need = count - sum(info.counting(face, shown) for shown in info.dice[seat])
    unseen, part = info.total() - info.counts[seat], sum(info.counting(face, shown) for shown in range(1, 7)) / 6
    return sum(
        math.comb(unseen, hits) * part**hits * (1 - part) ** (unseen - hits) for hits in range(max(0, need), unseen + 1)
    )


# -- the table ---------------------------------------------------------------------------------------------------------

W, H = 16, 10.8
X, Y = 8, 4.3
"""The middle of the table, where the standing bid lies."""
HAND = 9.3
"""The height at which the own dice lie."""
BELOW = 1.0
"""How far below the middle of a plate the row lies that says what the seat has and what it said."""
ROW = 15
"""Dice in one row of the review of the last round."""


def place(k: int, seats: int) -> Point:
    """The plate of the k-th seat from the one at the bottom; the order goes on clockwise."""
    angle = math.radians(90 + 360 * k / seats)
    return (round(X + 5.8 * math.cos(angle), 3), round(Y + 3.3 * math.sin(angle), 3) if k else 9.1)


def cup(info: LiarsDiceInfo, seat: int, at: Point) -> list[Item]:
    """How many dice another seat has left and has lost, below its plate; what they show where that is not hidden."""
    (x, y), have, dice = at, info.counts[seat], info.dice[seat]
    if not hidden(dice) and dice:
        return [die((x - 1.5 + 0.5 * k, y + BELOW), face, 0.44, tip=left(have)) for k, face in enumerate(dice)]
    return [
        rect((x - 1.6 + 0.42 * k, y + BELOW), (0.33, 0.33), r=0.07, edge="paper", width=0.03,
             fill="paper" if k < have else "", tip=left(have))
        for k in range(DICE)
    ]  # fmt: skip


def bubble(info: LiarsDiceInfo, seat: int, at: Point) -> list[Item]:
    """What a seat said last; what ended the last round stands there until somebody bids again."""
    (x, y), id = at, f"said{seat}"
    ended = [info.last.bid] if info.last else []
    if info.last and not info.bids and info.last.caller == seat:
        return [rect(at, (1.5, 0.72), r=0.18, fill="red", id=id), text(at, "Liar!", 0.42, ink="paper")]
    bids = info.bids or ended
    bid = next((bid for bid in reversed(bids) if bid.seat == seat), None)
    if bid is None:
        return [] if info.counts[seat] else [text(at, "out", 0.42, ink="paper")]
    return [
        rect(at, (1.5, 0.72), r=0.18, fill="paper", id=id, mark="last" if bid is bids[-1] else ""),
        text((x - 0.25, y), f"{bid.count} ×", 0.42 if bid.count < 10 else 0.36, ink="ink"),
        die((x + 0.44, y), bid.face, 0.46),
    ]


def left(have: int) -> str:
    """How many dice a seat has left, in words."""
    return "out" if not have else "1 die" if have == 1 else f"{have} dice"


def middle(info: LiarsDiceInfo, seat: int | None) -> list[Item]:
    """The standing bid in large; between two rounds how many there were, at first how many were thrown."""
    bid, last = (info.bids[-1] if info.bids else None), info.last
    if bid:
        count, face, above = bid.count, bid.face, "on the table at least"
        own = info.dice[seat] if seat is not None else []
        below = f"you see {sum(info.counting(face, shown) for shown in own) or 'none'} of them" if own else ""
    elif last:
        count, face, above = last.there, last.bid.face, "on the table there were"
        below = f"the bid of {last.bid.count} was " + ("true" if last.there >= last.bid.count else "a lie")
    else:
        return [text((X, Y), f"{info.total()} dice are thrown", 0.6, ink="paper")]
    return [
        text((X, Y - 1.05), above, 0.42, ink="paper"),
        text((X - (0.75 if count < 10 else 1), Y), f"{count} ×", 1.2, ink="paper"),
        die((X + 0.95, Y), face, 1.15),
        *([text((X, Y + 1.05), below, 0.4, ink="paper")] if below else []),
    ]


def review(info: LiarsDiceInfo) -> list[Item]:
    """The dice of the last round, those that counted marked, and how many there were for its last bid."""
    if not (last := info.last):
        return []
    bid, dice = last.bid, [shown for hand in last.dice for shown in hand]
    rows = [dice[start : start + ROW] for start in range(0, len(dice), ROW)]
    words = f"last round: {spoken(bid.count, bid.face)}, there were {last.there}"
    return [
        text((X, Y + 2.95), words, 0.36, ink="paper"),
        *(
            die((X + 0.5 * (k - (len(row) - 1) / 2), Y + 3.45 + 0.5 * r), shown, 0.4,
                mark="chosen" if info.counting(bid.face, shown) else "")
            for r, row in enumerate(rows) for k, shown in enumerate(row)
        ),
    ]  # fmt: skip


def hand(info: LiarsDiceInfo, seat: int) -> list[Item]:
    """The own dice, those marked that count for the standing bid, with what one said last beside them."""
    if seat in info.out:
        return [text((X, HAND), "you are out of dice", 0.5, ink="paper")]
    dice, face = info.dice[seat], info.bids[-1].face if info.bids else None
    return [
        *(
            die((X + 1.25 * (k - (len(dice) - 1) / 2), HAND), shown, id=f"die{info.round}-{k}",
                mark="chosen" if face and info.counting(face, shown) else "")
            for k, shown in enumerate(dice)
        ),
        *bubble(info, seat, (X + 4.4, HAND)),
    ]  # fmt: skip


def controls(info: LiarsDiceInfo, seat: int | None) -> tuple[Control, ...]:
    """The tray of a seat that is in the game; it stays when others are in turn, so that nothing jumps."""
    if seat is None or seat in info.out:
        return ()
    count, face = lowest(info)
    return (
        number("count", "How many", info.bids[-1].count if info.bids else 1, info.total(), count),
        choice("face", "Of which", [(k, str(k)) for k in range(1, 7)], face, look="die"),
        button("bid", "Bid", takes=("count", "face"), key="B"),
        button("liar", "Liar!", danger=True, key="L"),
    )


def lowest(info: LiarsDiceInfo) -> tuple[int, int]:
    """The bid that the tray proposes: as little more as can be, but ones are not proposed, since few would bid them."""
    if not info.bids:
        return 1, 2
    bid = info.bids[-1]
    if bid.face < 6:
        return bid.count, bid.face + 1
    return min(bid.count + 1, info.total()), 2
