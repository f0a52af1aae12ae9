"""What the table of xiangqi looks like: the board with river and palaces, the pieces, and those that were taken."""

from games.scene import Item, Point, Scene, disc, grid, line, rect, text
from games.xiangqi.board import BLACK, COLUMNS, EMPTY, NAMES, OWN, RED, ROWS
from games.xiangqi.info import XiangqiInfo

LEFT, TOP = 0.9, 1.1
"""Where the first point lies."""
WIDE, HIGH = 11.1, 11.2
RADIUS, SMALL = 0.44, 0.25
CHARACTERS = dict(zip(OWN[RED] + OWN[BLACK], "帥仕相傌俥炮兵將士象馬車砲卒", strict=True))
LETTERS = dict(zip(OWN[RED] + OWN[BLACK], "KAEHRCPkaehrcp", strict=True))
PIECES = {
    "K": "general", "A": "advisor", "B": "elephant", "N": "horse", "R": "chariot", "C": "cannon", "P": "soldier",
}  # fmt: skip
SIDES, INKS = ("red", "black"), ("red", "ink")
BY_WORTH = "RrCcNnBbAaPp"

STATIONS = (*((row, column) for row in (2, 7) for column in (1, 7)),
            *((row, column) for row in (3, 6) for column in range(0, COLUMNS, 2)))  # fmt: skip
"""Where cannons and soldiers begin: points with marks in their corners."""
GAP, ARM = 0.08, 0.16
"""How far a corner's mark is from its lines, and how long its arms are."""


def _at(row: float, column: float) -> Point:
    return LEFT + column, TOP + row


def _corners(row: int, column: int) -> list[Item]:
    return [
        line(_at(row, column), [(right * GAP, down * (GAP + ARM)), (right * GAP, down * GAP),
                                (right * (GAP + ARM), down * GAP)], width=0.02, edge="line")
        for down in (-1, 1) for right in (-1, 1) if 0 <= column + right < COLUMNS
    ]  # fmt: skip


def _ground(river: str) -> tuple[Item, ...]:
    """All that never changes, with these words in the river: drawn once and kept by clients."""
    last, half = COLUMNS - 1, ROWS // 2
    middle = _at((ROWS - 1) / 2, last / 2)
    banks = [line(_at(half - 0.5, column), [(0, -0.5), (0, 0.5)], width=0.03, edge="line") for column in (0, last)]
    palaces = [
        line(_at(row, last / 2), [(-1, -slope), (1, slope)], width=0.02, edge="line")
        for row in (1, ROWS - 2) for slope in (-1, 1)
    ]  # fmt: skip
    frame = rect(middle, (last + 0.26, ROWS - 1 + 0.26), edge="line", width=0.045)
    marks = [mark for station in STATIONS for mark in _corners(*station)]
    words = [
        text(_at(half - 0.5, column), word, 0.5, ink="line")
        for column, word in zip((1.5, 2.5, 5.5, 6.5), river, strict=True)
    ]
    halves = [
        grid(_at(row, 0), COLUMNS, half, look="points",
             tag=tuple(tuple(NAMES[k * COLUMNS : (k + 1) * COLUMNS]) for k in range(row, row + half)))
        for row in (0, half)
    ]  # fmt: skip
    files = [
        text(_at(row, column), str(number), 0.3)
        for column in range(COLUMNS)
        for row, number in ((-0.7, column + 1), (ROWS - 0.3, COLUMNS - column))
    ]
    return (frame, *banks, *palaces, *marks, *words, *halves, *files)


RIVER = "楚河漢界"
GROUND = (_ground(RIVER), _ground(RIVER[::-1]))
"""By whether the board is turned, so that everybody reads the words in the river from the left."""


def table(info: XiangqiInfo, seat: int | None) -> Scene:
    """The scene of a position; the seat opposite sees it from its own side."""
    pieces = [
        _piece(info, piece, _at(*divmod(point, COLUMNS)), RADIUS, tag=NAMES[point], mark=_mark(info, point))
        for point, piece in enumerate(info.board)
        if piece != EMPTY
    ]
    came = [disc(_at(*divmod(info.last[0], COLUMNS)), 0.15, fill="paper", edge="red", width=0.06)] if info.last else []
    turned = seat == BLACK
    return Scene(
        w=WIDE, h=HIGH, items=(*GROUND[turned], *pieces, *_taken(info, RED), *_taken(info, BLACK), *came),
        flip=turned, say=_say(info),
    )  # fmt: skip


def _piece(info: XiangqiInfo, piece: str, at: Point, radius: float, **more: object) -> Item:
    """A piece with its character, or with a symbol; symbols are the same for both sides, so Black's discs are dark."""
    black, name = piece.islower(), PIECES[piece.upper()]
    sign: dict[str, object] = {"fill": "paper", "edge": INKS[black], "ink": INKS[black], "s": CHARACTERS[piece]}
    if info.symbols:
        sign |= {"s": LETTERS[piece], "look": f"piece-{name}", "high": 1.4 * radius}
        if black:
            sign |= {"fill": "ink", "edge": "ink", "ink": "paper"}
    return disc(at, radius, kin=piece, tip=name, **sign, **more)


def _mark(info: XiangqiInfo, point: int) -> str:
    if info.check and info.board[point] == OWN[info.seat][0]:
        return "check"
    return "last" if info.last and point == info.last[1] else ""


def _taken(info: XiangqiInfo, seat: int) -> list[Item]:
    """The pieces that a seat has taken, beside the board on its side, the strongest first."""
    taken = sorted((piece for piece in info.taken if piece in OWN[1 - seat]), key=BY_WORTH.index)
    edge, way = (ROWS - 1, -1) if seat == RED else (0, 1)
    return [
        _piece(info, piece, _at(edge + way * 0.55 * (k // 2), COLUMNS + 0.1 + 0.55 * (k % 2)), SMALL)
        for k, piece in enumerate(taken)
    ]


def _say(info: XiangqiInfo) -> str:
    if end := info.outcome():
        return end.why
    return f"{SIDES[info.seat]} is in check" if info.check else f"move a {SIDES[info.seat]} piece"
