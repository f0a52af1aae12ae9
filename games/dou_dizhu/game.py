"""The game of dou dizhu as people see it."""

from collections.abc import Mapping, Sequence
from typing import Any

from games.dou_dizhu.advice import advice
from games.dou_dizhu.hands import read, spoken
from games.dou_dizhu.info import BIDS, DouDizhuInfo, dealt, picked, ranks, sort
from games.dou_dizhu.table import TALL, by_kind, table
from games.game import Game, Order, Sound, TextOption
from games.game_info import Chance, Move
from games.scene import Control, Scene, Tag
from games.touch import Press

SAID = {"bid 1": "bids 1", "bid 2": "bids 2", "bid 3": "bids 3"}
"""Bids in words; whole ones, for "bids ..." is said of dice too, and otherwise in some languages."""


class DouDizhu(Game[DouDizhuInfo]):
    """The landlord alone against two farmers."""

    name, title, seats, info = "dou_dizhu", "Dou dizhu", range(3, 4), DouDizhuInfo
    summary = "Bid to play alone as the landlord, and be rid of all cards before the two farmers are."
    rules = (
        "Dou dizhu as in Baidu Baike's article 斗地主, with bids in points: each seat bids once in turn, 1 to 3 points "
        "and more than those before, or passes. 3 ends the bidding; where all pass, new cards are dealt and the next "
        "seat begins. Bombs, the rocket, spring and anti-spring each double the score. Pagat's page has the same forms "
        "of hands. Where texts differ this holds: single wings may be equal (two or three of a rank, so the two with "
        "a four may be a pair), but no whole bomb, nor a triple that would make the chain longer; pairs as wings all "
        "differ; both jokers are never wings of one hand. These are the hands of RLCard's table."
    )
    help = (
        "Everybody gets 17 cards and bids for the landlord's place, 1 to 3 points or nothing. Who bids most is the "
        "landlord, takes the three cards that are left, and plays alone against the other two, the farmers.",
        "The landlord leads with any hand. The next players beat it with a higher hand of the same form and the same "
        "number of cards, or pass. When two have passed, the third leads again. Who is first rid of all cards wins, "
        "a farmer also for the other one.",
        "From low to high: 3 4 5 6 7 8 9 10 J Q K A 2, black joker, red joker. Suits mean nothing.",
        "Hands: single cards, pairs, triples; a triple with a single card or with a pair; straights of five and more, "
        "three and more pairs in a row, two and more triples in a row, also with a single card or a pair for each "
        "triple; a four with two single cards or with two pairs. Twos and jokers stand in no straight or row.",
        "A bomb, four of a kind, beats everything but a higher bomb and the rocket. The rocket, both jokers, beats "
        "all. Each of them doubles the score, and so does a win in which the farmers never played, or the landlord "
        "only once.",
        "Click cards or sweep over them, then press the button at the right. With the keyboard: Space picks, Enter "
        "plays, H gives a hint, another one each time, P passes.",
    )
    options = {
        "deal": TextOption(
            "Deal",
            "17/17/17/3 cards by rank, T is the 10, B and R are the jokers",
            "a set deal",
            examples=("R22AAKKQQJJTT9876/B22AKQJT998877665/AKQJT987654444333/553",),
        )
    }
    replaces = True
    orders = (Order(label="Sort by rank", sort=sort), Order(label="Sort by kind", sort=by_kind))
    example = ("bid 1", "bid 2", "pass", "56789", "6789T", "pass", "89TJQ")

    def check(self, options: Mapping[str, Any]) -> None:
        if options["deal"]:
            dealt(options["deal"])

    def scene(self, info: DouDizhuInfo, seat: int | None) -> Scene:
        return table(info, seat)

    def tall_scene(self, info: DouDizhuInfo, seat: int | None) -> Scene:
        return table(info, seat, TALL)

    def press(
        self, info: DouDizhuInfo, seat: int, button: Control, picks: Sequence[Tag], values: Mapping[str, Any]
    ) -> Press:
        if "picks" not in button.takes:
            return super().press(info, seat, button, picks, values)
        cards, count = ranks(picks), len(picks)
        if not cards:
            return Press(cards, label="Play")
        label = "Play 1 card" if count == 1 else f"Play {count} cards"
        if read(cards) is None:
            return Press(cards, label=label)
        if info.top is None:
            return Press(cards, label=label, says=spoken(cards))
        return Press(cards, label=label, says=f"{spoken(cards)}: beats {spoken(info.lying)}")

    def picks(self, info: DouDizhuInfo, seat: int, move: Move) -> Sequence[Tag]:
        return () if move == "pass" or move in BIDS else picked(info.hands[seat], move)

    def advise(self, info: DouDizhuInfo, seat: int) -> Sequence[Move]:
        return advice(info, seat)

    def sound(self, move: Move) -> Sound:
        return "step" if move in ("pass", *BIDS) else "card"

    def words(self, before: DouDizhuInfo, seat: int, move: Move) -> str:
        if move == "pass":
            return "passes"
        return SAID[move] if move in BIDS else f"plays {spoken(move)}"

    def moment(self, before: DouDizhuInfo, seat: int, move: Move) -> str:
        if move == "pass" or move in BIDS:
            return ""
        words, bombs = self.words(before, seat, move), before.bombs
        before.play(seat, move, Chance.none())
        return words if before.bombs > bombs else ""
