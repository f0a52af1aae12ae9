"""Steps of xiangqi in words: as the World Xiangqi Federation writes them (C2=5), and as Chinese books do (炮二平五).

Both name the piece, the file it stands on, how it goes and how far. Files are counted from each side's own right. A
piece that goes aslant, or to the side, is followed by the file that it comes to, any other by the points that it goes.
Of two equal pieces on one file the one in front and the one behind are told apart instead of the file; advisors and
elephants need no such sign. Soldiers, of which more may stand in one file, follow the federation's rule on tandem
soldiers and the custom of Chinese books: 前 中 后 for three of them, 一 to 五 from the front for more.
"""

from games.xiangqi.board import COLUMNS, FORWARD, OWN, ROWS

LETTERS = {"K": "K", "A": "A", "B": "E", "N": "H", "R": "R", "C": "C", "P": "P"}
CHINESE = dict(zip(OWN[0] + OWN[1], "帅仕相马车炮兵将士象马车炮卒", strict=True))
NUMERALS = ("零一二三四五六七八九", "0123456789")
"""Red counts in Chinese numerals, Black in Arabic ones."""
WAYS = {1: ("+", "进"), 0: ("=", "平"), -1: ("-", "退")}
ONE_FILE = {2: ("P+", "P-"), 3: ("P+", "P{}", "P-"), 4: ("++", "P+", "P-", "--"), 5: ("++", "P+", "P{}", "P-", "--")}
"""Soldiers in one file, from the front, by their number."""
TWO_FILES = {2: ("{}+", "{}-"), 3: ("{}+", "{}{}", "{}-")}
"""The same where two files hold several of them."""
IN_CHINESE = {2: "前后", 3: "前中后", 4: "一二三四", 5: "一二三四五"}


def wxf(board: str, start: int, end: int) -> str:
    """A step in the federation's notation; `board` is the position before it."""
    piece, file = board[start], _file(board, start)
    place, many, others = _tandem(board, start)
    if many == 1:
        name = f"{LETTERS[piece.upper()]}{file}"
    elif piece in "Pp":
        name = (TWO_FILES if others else ONE_FILE)[many][place].replace("{}", str(file))
    else:
        name = LETTERS[piece.upper()] + "+-"[place]
    way, far = _going(board, start, end)
    return f"{name}{WAYS[way][0]}{far}"


def chinese(board: str, start: int, end: int) -> str:
    """A step in Chinese notation; `board` is the position before it."""
    piece, numerals = board[start], NUMERALS[board[start].islower()]
    place, many, others = _tandem(board, start)
    name = numerals[_file(board, start)]
    if many == 1:
        name = CHINESE[piece] + name
    else:
        name = IN_CHINESE[many][place] + (name if others else CHINESE[piece])
    way, far = _going(board, start, end)
    return f"{name}{WAYS[way][1]}{numerals[far]}"


def _file(board: str, start: int, point: int | None = None) -> int:
    """The file of a point (the start itself, if none is given) as the owner of the piece counts it."""
    column = (start if point is None else point) % COLUMNS
    return column + 1 if board[start].islower() else COLUMNS - column


def _going(board: str, start: int, end: int) -> tuple[int, int]:
    """Ahead (1), aside (0) or back (-1); then the points that it goes, or the file that it comes to."""
    piece = board[start]
    ahead = (end // COLUMNS - start // COLUMNS) * FORWARD[piece.islower()]
    way = (ahead > 0) - (ahead < 0)
    return way, abs(ahead) if way and start % COLUMNS == end % COLUMNS else _file(board, start, end)


def _tandem(board: str, start: int) -> tuple[int, int, bool]:
    """Place from the front among the equal pieces on the file, their number, and if soldiers are so on another file."""
    piece = board[start]
    if piece in "AaBb":
        return 0, 1, False
    files = [[p for p in range(column, ROWS * COLUMNS, COLUMNS) if board[p] == piece] for column in range(COLUMNS)]
    own = files[start % COLUMNS]
    place = own.index(start)
    several = sum(len(file) > 1 for file in files)
    return (len(own) - 1 - place if piece.islower() else place), len(own), several > 1
