"""The table of dou dizhu: the own hand in a fan, the others' backs, what each played last, and the three cards."""

from collections.abc import Sequence

from games.dou_dizhu.hands import VALUE, spoken
from games.dou_dizhu.info import CARDS, MOST_BID, ORDER, SEATS, DouDizhuInfo, ranks
from games.game_info import hidden
from games.scene import Control, Item, Point, Scene, button, card, fan, image, rect, spread, text

W, H = 12, 9.5
HAND, OWN = (6, 8.35), (1.45, 2.03)
"""Where the own hand lies, and the size of its cards."""
PLAYED, SMALL, BACK = (1, 1.4), (0.66, 0.93), (0.62, 0.87)
"""Sizes of played cards, of the landlord's three, and of backs."""
BID_LABELS = ("Bid 1", "Bid 2", "Bid 3")
FEW = 2
"""So many cards left, or fewer, are said in words."""
TRAY = (6, 6.88)
"""Where the lower edge of the buttons lies."""
PLATES = ((6, 9), (10.15, 1.75), (1.85, 1.75))
"""Plates from the seat at the bottom on; the next seat sits at the right, as is usual where the game comes from."""
LANDLORDS = ((1.2, 5.2), (9.3, 1.0), (1.0, 1.0))
STACKS = ((6, 8.35), (9.9, 2.95), (0.75, 2.95))
SAID = ((6, 4.4), (7.75, 1.75), (4.25, 1.75))
PLAYS = ((6, 4.4), (7.35, 2.95), (4.65, 2.95))
"""Where each seat's chip, its backs, its words and its played cards lie, in the same order."""
PAID = ((6, 6.15), *SAID[1:])
"""Where it is said what each seat has won."""
OPEN, ROW = ((6, 8.35), (10.25, 2.85), (1.75, 2.85)), 7
"""Where open cards of the other seats lie, and how many in a row."""
WIDE = 2.6
"""How wide the cards of one play may lie."""


def table(info: DouDizhuInfo, seat: int | None) -> Scene:
    """The table as that seat sees it; a watcher sits where seat 0 does, and sees backs."""
    own = seat or 0
    places = {(own + k) % SEATS: k for k in range(SEATS)}
    items: list[Item] = [*middle(info)]
    for other, k in places.items():
        items += chip(info, other, k) + (stack(info, other, k) if other != seat else [])
    for other, k in places.items():
        items += said(info, other, k) + paid(info, other, k)
    if seat is not None:
        items += fan(HAND, info.hands[seat], W - 1.6, OWN, id=f"{info.deals}")
    return Scene(
        w=W, h=H, back="felt", items=tuple(items), say=wanted(info),
        seats={other: PLATES[k] for other, k in places.items() if other != seat},
        sides=sides(info, seat), tray=TRAY, controls=() if seat is None or info.over else controls(info),
    )  # fmt: skip


def wanted(info: DouDizhuInfo) -> str:
    """What is to be done now."""
    if end := info.outcome():
        return end.why
    if info.landlord is None:
        return f"bid more than {info.bid}, or pass" if info.bid else "bid for the landlord's place, or pass"
    return "you lead: play what you like" if info.top is None else f"beat {spoken(info.lying)}, or pass"


def sides(info: DouDizhuInfo, seat: int | None) -> dict[int, str]:
    """What each seat is: landlord or farmer, and to the one who looks on which side."""
    if info.landlord is None:
        return {}
    if seat is None or seat == info.landlord:
        return {other: "landlord" if other == info.landlord else "farmer" for other in range(SEATS)}
    return {
        other: "against you two" if other == info.landlord else "you" if other == seat else "your partner"
        for other in range(SEATS)
    }


def controls(info: DouDizhuInfo) -> tuple[Control, ...]:
    """The buttons of who plays; they stay while others are in turn, so that nothing jumps."""
    if info.landlord is None:
        bids = [
            button(f"bid {points}", BID_LABELS[points - 1], plain=True, key=str(points))
            for points in range(1, MOST_BID + 1)
        ]
        return (button("pass", "Pass", plain=True, key="P"), *bids)
    return (button("pass", "Pass", plain=True, key="P"), button("play", "Play", takes=["picks"]))


# -- what lies where ---------------------------------------------------------------------------------------------------


def middle(info: DouDizhuInfo) -> list[Item]:
    """The three cards, and what the match is about."""
    if not info.deals:
        return [text((6, 0.9), "no cards yet", 0.3)]
    looks = info.bottom or [""] * 3
    stake = f"bid {info.bid}" + (f" × {1 << info.bombs}" if info.bombs else "")
    return [
        text((6, 0.28), "the landlord's three cards", 0.22),
        *(
            card((6 + 0.78 * (k - 1), 0.95), look, SMALL, id=f"under{info.deals}-{k}")
            for k, look in enumerate(looks)
        ),
        *([text((7.8, 0.95), stake, 0.24)] if info.bid else []),
    ]  # fmt: skip


def chip(info: DouDizhuInfo, seat: int, k: int) -> list[Item]:
    """The landlord's mark."""
    if seat != info.landlord:
        return []
    x, y = LANDLORDS[k]
    return [
        rect((x, y), (1.7, 0.44), r=0.22, fill="gold"),
        image((x - 0.58, y), "crown", (0.26, 0.26), s="♛", ink="ink"),
        text((x + 0.16, y), "Landlord", 0.22, ink="ink"),
    ]


def stack(info: DouDizhuInfo, seat: int, k: int) -> list[Item]:
    """How many cards another seat has, as backs and in figures; the cards themselves where they may be seen."""
    (x, y), have = STACKS[k], info.counts[seat] if info.counts else 0
    if not have:
        return []
    cards = info.left[seat] if info.over else info.hands[seat]
    if not hidden(cards):
        return shown(cards, k)
    backs = [card((x + 0.07 * n, y), "", BACK) for n in range(min(have, 4))]
    words = "1 card left" if have == 1 else f"{have} cards left"
    few = [
        rect((x + 0.75, y + 0.8), (1.6, 0.42), r=0.21, fill="gold"),
        text((x + 0.75, y + 0.8), words, 0.24, ink="ink"),
    ]
    return [
        *backs,
        text((x + 0.95, y - 0.1), str(have), 0.44),
        text((x + 0.95, y + 0.27), "cards" if have > 1 else "card", 0.22),
        *(few if have <= FEW else ()),
    ]


def shown(cards: Sequence[str], k: int) -> list[Item]:
    """The open cards of another seat: in one row at the bottom, else in rows beneath its plate."""
    if k == 0:
        return spread(HAND, cards, W - 1.6, OWN)
    rows = [cards[start : start + ROW] for start in range(0, len(cards), ROW)]
    x, y = OPEN[k]
    return [item for r, row in enumerate(rows) for item in spread((x, y + 0.6 * r), row, 3.0, SMALL)]


def said(info: DouDizhuInfo, seat: int, k: int) -> list[Item]:
    """What a seat bid, or what it played last: its cards with their name, or that it passed."""
    if info.landlord is None:
        at = (seat - info.first) % SEATS
        return bubble(SAID[k], s=words_of_bid(info.bids[at])) if at < len(info.bids) else []
    last = info.last[seat]
    if last is None:
        return []
    if not last:
        return [] if info.over else bubble(SAID[k], s="Pass")
    x, y = PLAYS[k]
    top = "last" if seat == info.top else ""
    cards = [
        card(item.at, item.look, PLAYED, id=f"{info.deals}{item.look}", came=STACKS[k] if k else None, mark=top)
        for item in spread((x, y), arranged(last), WIDE, PLAYED)
    ]  # fmt: skip
    return [text((x, y - 0.9), spoken(ranks(last)), 0.24), *cards]


def words_of_bid(points: int) -> str:
    """A bid as it is called out."""
    return "Pass" if not points else "1 point" if points == 1 else f"{points} points"


def paid(info: DouDizhuInfo, seat: int, k: int) -> list[Item]:
    """What a seat has won or lost, once the match is over."""
    end = info.outcome()
    return bubble(PAID[k], s=f"{end.scores[seat]:+g}") if end and end.scores else []


def bubble(at: Point, s: str) -> list[Item]:
    """What somebody says."""
    return [rect(at, (0.55 + 0.15 * len(s), 0.52), r=0.16, fill="paper"), text(at, s, 0.25, ink="ink")]


def arranged(cards: Sequence[str]) -> list[str]:
    """Played cards as one lays them down: what there is most of first, then from low to high."""
    kinds = [CARDS[look] for look in cards]
    return sorted(cards, key=lambda look: (-kinds.count(CARDS[look]), VALUE[CARDS[look]]))


def by_kind(cards: Sequence[str]) -> list[str]:
    """A hand with bombs at the left, then triples, pairs and single cards; of each the highest first."""
    kinds = [CARDS[look] for look in cards]
    return sorted(cards, key=lambda look: (-kinds.count(CARDS[look]), ORDER[look]))
