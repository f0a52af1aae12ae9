"""The table of dou dizhu: the own hand in a fan, the others' backs, what each played last, and the three cards."""

from collections.abc import Sequence
from dataclasses import dataclass

from games.dou_dizhu.hands import VALUE, spoken
from games.dou_dizhu.info import CARDS, MOST_BID, ORDER, SEATS, DouDizhuInfo, ranks
from games.game_info import hidden
from games.scene import Control, Item, Point, Scene, button, card, fan, image, rect, spread, text

BID_LABELS = ("Bid 1", "Bid 2", "Bid 3")
FEW = 2
"""So many cards left, or fewer, are said in words."""
Three = tuple[Point, Point, Point]
"""A place for each seat from the bottom on; the next sits at the right, as is usual where the game comes from."""


@dataclass(frozen=True)
class Places:
    """Where everything lies on a table of `w` by `h`, and how large.

    Sizes are those of the `own` cards, of `played` ones, of the landlord's three (`small`) and of backs; `hand_wide`
    and `wide` are how wide the own hand and what another seat played may lie, what one played oneself twice that.
    `open` is where open cards of the other seats lie, `row` of them in a row `open_wide` wide. `tray` is the lower edge
    of the buttons, `letters` how high small words are, `stake` where it is said what the match is about.
    """

    w: float
    h: float
    hand: Point
    hand_wide: float
    own: Point
    played: Point
    small: Point
    back: Point
    under: Point
    stake: Point
    tray: Point
    plates: Three
    landlords: Three
    stacks: Three
    said: Three
    plays: Three
    paid: Three
    open: Three
    row: int
    open_wide: float
    wide: float
    letters: float


BROAD = Places(
    w=12, h=9.5, hand=(6, 8.35), hand_wide=10.4, own=(1.45, 2.03), played=(1, 1.4), small=(0.66, 0.93),
    back=(0.62, 0.87), under=(6, 0.95), stake=(7.8, 0.95), tray=(6, 6.88), plates=((6, 9), (10.15, 1.75), (1.85, 1.75)),
    landlords=((1.2, 5.2), (9.3, 1.0), (1.0, 1.0)), stacks=((5.5, 7.75), (9.9, 2.95), (0.75, 2.95)),
    said=((6, 4.4), (7.75, 1.75), (4.25, 1.75)), plays=((6, 4.4), (7.35, 2.95), (4.65, 2.95)),
    paid=((6, 5.75), (7.75, 1.75), (4.25, 1.75)), open=((6, 7.4), (10.25, 2.85), (1.75, 2.85)), row=7, open_wide=3,
    wide=2.6, letters=0.22,
)  # fmt: skip
TALL = Places(
    w=10, h=10.15, hand=(5, 9.28), hand_wide=9.2, own=(1.6, 2.24), played=(1.1, 1.54), small=(0.72, 1.01),
    back=(0.75, 1.05), under=(5, 1.05), stake=(5, 1.84), tray=(5, 7.7), plates=((5, 9.5), (8.15, 1.75), (1.85, 1.75)),
    landlords=((1.15, 5.6), (8.75, 0.95), (1.25, 0.95)), stacks=((4.5, 8.2), (8.2, 3.2), (0.75, 3.2)),
    said=((5, 5.2), (6.9, 3.2), (3.1, 3.2)), plays=((5, 5.37), (6.35, 3.42), (3.65, 3.42)),
    paid=((5, 6.5), (7.2, 4.7), (2.8, 4.7)), open=((5, 7.8), (8.8, 2.95), (1.2, 2.95)), row=5, open_wide=2,
    wide=2.72, letters=0.26,
)  # fmt: skip


def table(info: DouDizhuInfo, seat: int | None, on: Places = BROAD) -> Scene:
    """The table as that seat sees it; a watcher sits where seat 0 does, and sees backs."""
    own = seat or 0
    places = {(own + k) % SEATS: k for k in range(SEATS)}
    items: list[Item] = [*middle(info, on)]
    for other, k in places.items():
        items += chip(info, other, on.landlords[k]) + (stack(info, other, k, on) if other != seat else [])
    for other, k in places.items():
        items += said(info, other, k, on) + paid(info, other, on.paid[k])
    if seat is not None:
        items += fan(on.hand, info.hands[seat], on.hand_wide, on.own, id=f"{info.deals}", came=on.under)
    return Scene(
        w=on.w, h=on.h, back="felt", items=tuple(items), say=wanted(info),
        seats={other: on.plates[k] for other, k in places.items() if other != seat},
        sides=sides(info, seat), tray=on.tray, controls=() if seat is None or info.over else controls(info),
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


def middle(info: DouDizhuInfo, on: Places) -> list[Item]:
    """The three cards, and what the match is about."""
    x, y = on.under
    if not info.deals:
        return [text((x, y), "no cards yet", 0.3)]
    looks = info.bottom or [""] * 3
    stake = f"bid {info.bid}" + (f" × {1 << info.bombs}" if info.bombs else "")
    return [
        text((x, y - on.small[1] / 2 - 0.2), "the landlord's three cards", on.letters),
        *(
            card((x + 1.18 * on.small[0] * (k - 1), y), look, on.small, id=f"under{info.deals}-{k}")
            for k, look in enumerate(looks)
        ),
        *([text(on.stake, stake, on.letters + 0.02)] if info.bid else []),
    ]  # fmt: skip


def chip(info: DouDizhuInfo, seat: int, at: Point) -> list[Item]:
    """The landlord's mark."""
    if seat != info.landlord:
        return []
    x, y = at
    return [
        rect((x, y), (1.7, 0.44), r=0.22, fill="gold"),
        image((x - 0.58, y), "crown", (0.26, 0.26), s="♛", ink="ink"),
        text((x + 0.16, y), "Landlord", 0.22, ink="ink"),
    ]


def stack(info: DouDizhuInfo, seat: int, k: int, on: Places) -> list[Item]:
    """How many cards another seat has, as backs and in figures; the cards themselves where they may be seen."""
    (x, y), have = on.stacks[k], info.counts[seat] if info.counts else 0
    if not have:
        return []
    cards = info.left[seat] if info.over else info.hands[seat]
    if not hidden(cards):
        return shown(cards, k, on)
    backs = [card((x + 0.07 * n, y), "", on.back) for n in range(min(have, 4))]
    words = "1 card left" if have == 1 else f"{have} cards left"
    few = [
        rect((x + 0.75, y + 0.8), (1.6, 0.42), r=0.21, fill="gold"),
        text((x + 0.75, y + 0.8), words, 0.24, ink="ink"),
    ]
    return [
        *backs,
        text((x + on.back[0] + 0.33, y - 0.1), str(have), 0.44),
        text((x + on.back[0] + 0.33, y + 0.29), "cards" if have > 1 else "card", on.letters),
        *(few if have <= FEW else ()),
    ]


def shown(cards: Sequence[str], k: int, on: Places) -> list[Item]:
    """The open cards of another seat: in one row above the plate at the bottom, else in rows beneath the plate."""
    if k == 0:
        return spread(on.open[0], cards, on.hand_wide, on.own)
    rows = [cards[start : start + on.row] for start in range(0, len(cards), on.row)]
    x, y = on.open[k]
    return [item for r, row in enumerate(rows) for item in spread((x, y + 0.6 * r), row, on.open_wide, on.small)]


def said(info: DouDizhuInfo, seat: int, k: int, on: Places) -> list[Item]:
    """What a seat bid, or what it played last: its cards with their name, or that it passed."""
    if info.landlord is None:
        at = (seat - info.first) % SEATS
        return bubble(on.said[k], s=words_of_bid(info.bids[at])) if at < len(info.bids) else []
    last = info.last[seat]
    if last is None:
        return []
    if not last:
        return [] if info.over else bubble(on.said[k], s="Pass")
    x, y = on.plays[k]
    top = "last" if seat == info.top else ""
    cards = [
        card(item.at, item.look, on.played, id=f"{info.deals}{item.look}", came=on.stacks[k] if k else None, mark=top)
        for item in spread((x, y), arranged(last), on.wide if k else 2 * on.wide, on.played)
    ]  # fmt: skip
    return [text((x, y - on.played[1] / 2 - 0.2), spoken(ranks(last)), on.letters + 0.02), *cards]


def words_of_bid(points: int) -> str:
    """A bid as it is called out."""
    return "Pass" if not points else "1 point" if points == 1 else f"{points} points"


def paid(info: DouDizhuInfo, seat: int, at: Point) -> list[Item]:
    """What a seat has won or lost, once the match is over."""
    end = info.outcome()
    return bubble(at, s=f"{end.scores[seat]:+g}") if end and end.scores else []


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
