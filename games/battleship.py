"""Battleship: two fleets hidden on two seas, and one shot at a time until one of them is sunk."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from msgspec.structs import replace

from games.game import Game, Option
from games.game_info import NOT_LISTED, Chance, GameInfo, Move, Outcome, Refusal, hidden, secret, whole
from games.scene import Item, Point, Scene, disc, grid, rect, text

SIZE = 10
SHIPS = (("carrier", 5), ("battleship", 4), ("cruiser", 3), ("submarine", 3), ("destroyer", 2))
"""The ships of a fleet, in the order in which they are placed, with their lengths in cells."""
TOTAL = sum(length for _, length in SHIPS)
MISS = -1

Cell: TypeAlias = tuple[int, int]
Ship: TypeAlias = tuple[Cell, Cell]
"""The two end cells of a ship."""
Shot: TypeAlias = tuple[int, int, int]
"""Row, column, and the index of the ship that was hit, or MISS."""


def between(ship: Ship) -> frozenset[Cell]:
    """All cells from one end to the other, in a row or a column."""
    (r1, c1), (r2, c2) = sorted(ship)
    return frozenset((r, c) for r in range(r1, r2 + 1) for c in range(c1, c2 + 1))


def around(cells: Iterable[Cell]) -> frozenset[Cell]:
    """The cells and all their neighbours, those at a corner as well."""
    return frozenset((r + y, c + x) for r, c in cells for y in (-1, 0, 1) for x in (-1, 0, 1))


def _berths(length: int) -> dict[Ship, frozenset[Cell]]:
    across = [((r, c), (r, c + length - 1)) for r in range(SIZE) for c in range(SIZE - length + 1)]
    down = [((c, r), (c + length - 1, r)) for (r, c), _ in across]
    return {ship: between(ship) for a, b in across + down for ship in ((a, b), (b, a))}


BERTHS = {length: _berths(length) for _, length in SHIPS}
"""Everywhere a ship of a length can lie, either end first, with the cells that it covers."""

FLEET_FIRST = Refusal("fleet_first", "Place your whole fleet first. Touch both ends of the next ship, on your own sea.")
FLEET_PLACED = Refusal("fleet_placed", "Your ships stay where they are. Fire at the other sea.")
FIRED = Refusal("fired", "You have already fired there. Choose another cell.")
TOUCHES = Refusal("touches", "Ships may not touch, not even at a corner. Leave a cell free around each.")


@dataclass
class BattleshipInfo(GameInfo):
    """Both seas, by seat: the ships that lie there, and the shots that fell there in their order.

    `fleets` holds the ships in the order of SHIPS; `seen` those that everybody knows, which are the sunk ones and, at
    the end, all; `placed` how many ships a seat has at sea.
    """

    again: bool = False
    apart: bool = False
    now: int = 0
    placed: list[int] = field(default_factory=lambda: [0, 0])
    fleets: list[list[Ship]] = secret("owner")
    seen: list[list[Ship | None]] = field(default_factory=lambda: [[None] * len(SHIPS) for _ in range(2)])
    shots: list[list[Shot]] = field(default_factory=lambda: [[], []])

    def setup(self, seats: int, options: Mapping[str, Any], chance: Chance) -> None:
        self.again = options["shots"] == "again"
        self.apart = options["ships"] == "apart"
        self.fleets = [[], []]

    def turn(self) -> Collection[int]:
        if self.outcome():
            return ()
        return [seat for seat in (0, 1) if self.placed[seat] < len(SHIPS)] or (self.now,)

    def moves(self, seat: int) -> Iterable[Move]:
        if seat not in self.turn():
            return []
        if self.placed[seat] < len(SHIPS):
            taken = self.taken(seat)
            return [ship for ship, cells in BERTHS[self.next_length(seat)].items() if taken.isdisjoint(cells)]
        fired = {(r, c) for r, c, _ in self.shots[1 - seat]}
        return [("fire", r, c) for r in range(SIZE) for c in range(SIZE) if (r, c) not in fired]

    def judge(self, seat: int, move: Move) -> Refusal | None:
        if refusal := self.untimely(seat):
            return refusal
        placing = self.placed[seat] < len(SHIPS)
        if is_shot(move):
            if placing:
                return FLEET_FIRST
            return FIRED if any(shot[:2] == move[1:] for shot in self.shots[1 - seat]) else None
        if not (is_cell(move) or is_pair(move)):
            return NOT_LISTED
        if not placing:
            return FLEET_PLACED
        return self.judge_berth(seat, (move, move) if is_cell(move) else move)

    def judge_berth(self, seat: int, ship: Ship) -> Refusal | None:
        """Say why the next ship cannot lie between these two cells, or None."""
        name, length = SHIPS[self.placed[seat]]
        cells = BERTHS[length].get(ship)
        if not self.taken(seat).isdisjoint(cells or ship):
            touching = self.apart and self.cells(seat).isdisjoint(cells or ship)
            return (
                TOUCHES
                if touching
                else Refusal("no_room", f"There is no room for the {name} there. Choose free cells.")
            )
        wrong = f"That is no place for the {name}. It takes {length} cells in one row or column."
        return None if cells else Refusal("wrong_length", wrong)

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        if move[0] == "fire":
            self.fire(1 - seat, (move[1], move[2]))
        else:
            self.fleets[seat].append(move)
            self.placed[seat] += 1

    def fire(self, target: int, cell: Cell) -> None:
        """Let a shot fall on the sea of `target`; a ship with no cell left is sunk and shown."""
        hit = next((k for k, ship in enumerate(self.fleets[target]) if cell in between(ship)), MISS)
        self.shots[target].append((*cell, hit))
        if hit != MISS and self.hits(target, hit) == SHIPS[hit][1]:
            self.seen[target][hit] = self.fleets[target][hit]
        if hit == MISS or not self.again:
            self.now = target
        if self.outcome():
            self.seen = [list(fleet) for fleet in self.fleets]

    def outcome(self) -> Outcome | None:
        lost = [seat for seat in (0, 1) if sum(hit != MISS for _, _, hit in self.shots[seat]) == TOTAL]
        return Outcome.lose(lost[0], 2, "the whole fleet is sunk") if lost else None

    def hides(self, seat: int, move: Move) -> bool:
        return self.placed[seat] < len(SHIPS)

    def next_length(self, seat: int) -> int:
        """Length of the ship that the seat has to place now."""
        return SHIPS[self.placed[seat]][1]

    def cells(self, seat: int) -> frozenset[Cell]:
        """The cells on which ships of the seat lie."""
        return frozenset().union(*map(between, self.fleets[seat]))

    def taken(self, seat: int) -> frozenset[Cell]:
        """The cells on which no further ship of the seat may lie."""
        return around(self.cells(seat)) if self.apart else self.cells(seat)

    def hits(self, seat: int, ship: int) -> int:
        """How many cells of a ship of the seat were hit."""
        return sum(hit == ship for _, _, hit in self.shots[seat])


def is_cell(value: object) -> bool:
    """Whether a part of a move is a cell of a sea."""
    return type(value) is tuple and len(value) == 2 and all(whole(part, 0, SIZE - 1) for part in value)


def is_pair(move: Move) -> bool:
    """Whether a move has the form of a placement: two cells."""
    return type(move) is tuple and len(move) == 2 and is_cell(move[0]) and is_cell(move[1])


def is_shot(move: Move) -> bool:
    """Whether a move has the form of a shot: "fire", row, column."""
    return type(move) is tuple and len(move) == 3 and type(move[0]) is str and move[0] == "fire" and is_cell(move[1:])


class Battleship(Game[BattleshipInfo]):
    """Hide a fleet and find the other one."""

    name, title, seats, info = "battleship", "Battleship", range(2, 3), BattleshipInfo
    summary = "Hide five ships, then fire in turn at the other sea until one fleet is sunk."
    rules = (
        "Battleship, the basic game in the instructions of Milton Bradley's board game with carrier, battleship, "
        "cruiser, submarine and destroyer: one shot a turn, whoever is hit names the ship, and ships may touch."
    )
    help = (
        "First both place their five ships: touch the two ends of each on your own sea, the one at the left. Nobody "
        "else sees them.",
        "Then fire in turn at the sea at the right. You are told at once whether a ship was hit; one that has no cell "
        "left is sunk and shown. Who loses the whole fleet first has lost.",
    )
    sides = ("first fleet", "second fleet")
    weighs = "by what is still afloat"
    options = {
        "shots": Option("Shots", {"one": "one shot a turn", "again": "a hit shoots again"}),
        "ships": Option("Ships", {"touch": "ships may touch", "apart": "ships lie apart"}),
    }
    example = (
        ((1, 1), (1, 5)), ((3, 8), (6, 8)), ((8, 2), (8, 4)), ((4, 3), (6, 3)), ((8, 7), (8, 8)),
        ((2, 2), (2, 6)), ((5, 1), (8, 1)), ((4, 4), (4, 6)), ((6, 7), (8, 7)), ((9, 3), (9, 4)),
        ("fire", 4, 4), ("fire", 1, 2), ("fire", 4, 5), ("fire", 1, 3), ("fire", 4, 6), ("fire", 3, 5),
        ("fire", 7, 2), ("fire", 6, 1), ("fire", 2, 7), ("fire", 5, 8),
    )  # fmt: skip

    def scene(self, info: BattleshipInfo, seat: int | None) -> Scene:
        return table(info, seat, W, (LEFT, RIGHT))

    def tall_scene(self, info: BattleshipInfo, seat: int | None) -> Scene:
        if seat is None:
            return self.scene(info, seat)
        placing = info.placed[seat] < len(SHIPS)
        return table(info, seat, TALL_W, (LEFT, RIGHT_SMALL) if placing else (LEFT_SMALL, RIGHT_LARGE))

    def words(self, before: BattleshipInfo, seat: int, move: Move) -> str:
        if before.placed[seat] < len(SHIPS):
            return f"places the {SHIPS[before.placed[seat]][0]}"
        return f"fires at {called(move[1], move[2])}"

    def moment(self, before: BattleshipInfo, seat: int, move: Move) -> str:
        afloat = before.seen[1 - seat][:]
        before.play(seat, move, Chance.none())
        sunk = [
            name for (name, _), was, now in zip(SHIPS, afloat, before.seen[1 - seat], strict=True) if now and not was
        ]
        return f"sinks the {sunk[0]}" if len(sunk) == 1 else ""

    def balance(self, info: BattleshipInfo) -> float:
        first, second = (sum(hit != MISS for _, _, hit in shots) for shots in info.shots)
        return (second - first) / TOTAL


def called(row: int, column: int) -> str:
    """A cell as it is called out: a letter for the row, a number for the column."""
    return f"{'ABCDEFGHIJ'[row]}{column + 1}"


# -- the two seas ------------------------------------------------------------------------------------------------------


class Sea(NamedTuple):
    """Where a sea lies: the centre of its first cell, and how large its cells are."""

    at: Point
    step: float = 1


W, H = 24, 14.2
LEFT, RIGHT = Sea((1.5, 2.5)), Sea((13.5, 2.5))
"""The own sea is on the left."""
TALL_W = 19
LEFT_SMALL, RIGHT_LARGE, RIGHT_SMALL = Sea((1.25, 4.3), 0.6), Sea((8.5, 2.5)), Sea((12.4, 4.3), 0.6)
"""Where there is less room beside each other, the sea that is not touched now is smaller."""
MIDDLE = (SIZE - 1) / 2
DEEP, WATER, WAVE, HULL = "#2C5572", "#7FB2CE", "#A5CBE0", "#39414B"

TARGETS = tuple(tuple(("fire", r, c) for c in range(SIZE)) for r in range(SIZE))
MARGINS: tuple[Item, ...] = tuple(
    text(at, s, 0.42, ink="white")
    for k in range(SIZE)
    for at, s in (((-0.92, k), called(k, 0)[0]), ((k, -0.92), str(k + 1)))
)


def table(info: BattleshipInfo, seat: int | None, w: float, places: tuple[Sea, Sea]) -> Scene:
    """Both seas, each at its place, the own one first."""
    left = seat or 0
    seas = tuple(zip((left, 1 - left), places, strict=True))
    return Scene(
        w=w, h=H, back=DEEP, say=wanted(info, seat),
        items=(*(item for _, sea in seas for item in laid(MARGINS, sea)),
               *(item for owner, sea in seas for item in laid(water(owner, seat), sea)),
               *(item for owner, sea in seas for item in laid(fleet(info, owner, seat), sea))),
        seats={owner: (round(sea.at[0] + MIDDLE * sea.step, 3), 0.7) for owner, sea in seas},
    )  # fmt: skip


def laid(items: Iterable[Item], sea: Sea) -> Iterable[Item]:
    """What belongs to a sea, counted from its first cell and in cells, where that sea lies; words stay as high."""
    (x, y), step = sea

    def scaled(length: float) -> float:
        return round(length * step, 3)

    for item in items:
        yield replace(
            item, at=(round(x + item.at[0] * step, 3), round(y + item.at[1] * step, 3)), r=scaled(item.r),
            size=item.size if item.kind == "grid" else (scaled(item.size[0]), scaled(item.size[1])),
            step=scaled(item.step), high=item.high if item.kind == "text" else scaled(item.high),
            width=scaled(item.width),
        )  # fmt: skip


def water(owner: int, seat: int | None) -> list[Item]:
    """What never changes of a sea: its cells and what it is called by whoever looks at it."""
    own = seat == owner
    name = f"sea of the {Battleship.sides[owner]}" if seat is None else "your sea" if own else "the other sea"
    return [
        grid((0, 0), SIZE, SIZE, fill=WATER, edge=WAVE, tag=None if seat is None else "rc" if own else TARGETS),
        text((MIDDLE, -1.85), name, 0.6, ink="white"),
    ]


def fleet(info: BattleshipInfo, owner: int, seat: int | None) -> list[Item]:
    """What lies on a sea as a seat sees it: ships, shots, and below in small what is known of the fleet.

    Who has no seat sees the ships as well where nothing is hidden: when the match is over.
    """
    everything = seat is None and not hidden(info.fleets[owner])
    ships = info.fleets[owner] if seat == owner or everything else info.seen[owner]
    return [
        *(hull(ship, f"ship{owner}-{k}", bool(info.seen[owner][k])) for k, ship in enumerate(ships) if ship),
        *(frame(shot, f"last{owner}") for shot in info.shots[owner][-1:]),
        *(splash(shot, f"shot{owner}-{n}") for n, shot in enumerate(info.shots[owner])),
        *roster(info, owner, (MIDDLE, SIZE + 0.05)),
        text((MIDDLE, SIZE + 0.85), news(info, owner), 0.45, ink="white"),
    ]


def hull(ship: Ship, id: str, sunk: bool) -> Item:
    """A ship; one that is sunk has an outline."""
    (r1, c1), (r2, c2) = sorted(ship)
    return rect(
        ((c1 + c2) / 2, (r1 + r2) / 2), (c2 - c1 + 0.78, r2 - r1 + 0.78), r=0.39, id=id, fill=HULL,
        edge="red" if sunk else "", width=0.1 if sunk else 0,
    )  # fmt: skip


def frame(shot: Shot, id: str) -> Item:
    """The frame round the cell of the last shot."""
    return rect((shot[1], shot[0]), (0.9, 0.9), r=0.1, edge="white", width=0.03, id=id, mark="last")


def splash(shot: Shot, id: str) -> Item:
    """A shot: a red disc with a cross where it hit, a white ring where it fell into the water."""
    r, c, ship = shot
    place = (c, r)
    if ship == MISS:
        return disc(place, 0.17, edge="white", width=0.07, id=id)
    tip = f"{called(r, c)}: the {SHIPS[ship][0]}"
    return disc(place, 0.3, fill="red", edge="white", width=0.05, s="×", high=0.6, ink="white", id=id, tip=tip)


def roster(info: BattleshipInfo, owner: int, at: Point) -> list[Item]:
    """The fleet in small: an outline until a ship is placed, a point for each hit that was named, red when sunk."""
    pip, gap, items = 0.42, 0.6, []
    x = at[0] - (TOTAL * pip + gap * (len(SHIPS) - 1)) / 2
    for k, (name, length) in enumerate(SHIPS):
        hits, wide = info.hits(owner, k), length * pip
        sunk, mark = hits == length, "chosen" if k == info.placed[owner] else ""
        fill = "red" if sunk else HULL if k < info.placed[owner] else ""
        tip = f"{name}: {'sunk' if sunk else f'{hits} of {length} hit'}"
        items.append(
            rect((x + wide / 2, at[1]), (wide, pip), r=pip / 2, fill=fill, edge="white", width=0.04, mark=mark, tip=tip,
                 s="×" if sunk else "", high=0.5, ink="white")
        )  # fmt: skip
        items += [disc((x + (n + 0.5) * pip, at[1]), 0.14, fill="red") for n in range(0 if sunk else hits)]
        x += wide + gap
    return items


def news(info: BattleshipInfo, owner: int) -> str:
    """What happened last on a sea, in words."""
    if not info.shots[owner]:
        placed = info.placed[owner]
        return "all ships are at sea" if placed == len(SHIPS) else f"{placed} of {len(SHIPS)} ships are placed"
    r, c, ship = info.shots[owner][-1]
    if ship == MISS:
        return f"{called(r, c)}: a miss"
    name = SHIPS[ship][0]
    return f"{called(r, c)}: the {name} is {'sunk' if info.hits(owner, ship) == SHIPS[ship][1] else 'hit'}"


def wanted(info: BattleshipInfo, seat: int | None) -> str:
    """What those in turn have to do; at the end how it ended."""
    if end := info.outcome():
        return end.why
    placing = [other for other in info.turn() if info.placed[other] < len(SHIPS)]
    if seat in placing:
        name, length = SHIPS[info.placed[seat]]
        return f"place the {name} ({length}): touch its two ends"
    return "place the fleet" if placing else "fire at a cell of the other sea"
