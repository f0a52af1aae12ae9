"""Rules of xiangqi made wrong on purpose, for tests/games/test_mistakes.py."""

from collections.abc import Iterable

from games.game_info import Chance, Outcome
from games.xiangqi import board, game, info, notation, table
from games.xiangqi.board import POINTS, after
from games.xiangqi.info import XiangqiInfo
from tests.games.mistakes import Mistake

PLAY, OUTCOME, ENDS, CHECK = XiangqiInfo.play, XiangqiInfo.outcome, board.ends, board.in_check
HOPS, HORSES, SOLDIERS, RAYS = board.HOPS, board.HORSES, board.SOLDIERS, board.RAYS


def hops(pieces: str, extra: Iterable[tuple[str, str]] = (), legs: bool = True) -> dict[str, board.Hops]:
    """The ways of the pieces, with steps that are no such piece's, or with nothing barring the way."""
    more = {POINTS[start]: POINTS[end] for start, end in extra}
    return {
        piece: tuple(
            (*((leg if legs else -1, end) for leg, end in ends), *([(-1, more[start])] if start in more else []))
            for start, ends in enumerate(ways)
        )
        if piece in pieces
        else ways
        for piece, ways in HOPS.items()
    }


def sliding_cannon(position: str, start: int) -> list[int]:
    """A cannon that takes as a chariot does."""
    if position[start] not in "Cc":
        return ENDS(position, start)
    return ENDS(after(position, start, start)[:start] + "R" + position[start + 1 :], start)


def takes_its_own(position: str, start: int) -> list[int]:
    return ENDS(position, start) if position[start] in "RrCc" else [end for _, end in HOPS[position[start]][start]]


def blind_to(piece: str) -> object:
    def in_check(position: str, seat: int) -> bool:
        return CHECK(position.replace(board.OWN[1 - seat][board.OWN[0].index(piece)], "."), seat)

    return in_check


def may_face(position: str, seat: int) -> bool:
    other = board.OWN[1 - seat][0]
    here = position.index(other)
    return CHECK(position[:here] + board.OWN[1 - seat][1] + position[here + 1 :] + other, seat)


def forgets_captures(self: XiangqiInfo, seat: int, move: tuple[str, str], chance: Chance) -> None:
    quiet = self.quiet
    PLAY(self, seat, move, chance)
    self.quiet = quiet + 1


def counts_all_checks(self: XiangqiInfo, seat: int, answered: bool) -> None:
    self.quiet += 1


def counts_answers(self: XiangqiInfo, seat: int, answered: bool) -> None:
    self.checks[seat] += self.check
    self.quiet += not (self.check and self.checks[seat] > 10)


def stalemate_draws(self: XiangqiInfo) -> Outcome | None:
    return Outcome.draw(2, "no legal step left") if self.over == "stuck" else OUTCOME(self)


def checker_wins(self: XiangqiInfo) -> Outcome | None:
    return Outcome.win(1 - self.winner, 2, "perpetual check") if self.over == "perpetual" else OUTCOME(self)


def any_side_in_turn(self: XiangqiInfo) -> int:
    same = [n for n in range(len(self.past) - 1, -1, -1) if self.past[n] == self.past[-1]]
    return same[2] + 1 if len(same) >= 3 else 0


def never_clears(self: XiangqiInfo, seat: int, move: tuple[str, str], chance: Chance) -> None:
    past = list(self.past)
    PLAY(self, seat, move, chance)
    self.past = [*past, self.board]


def one_check_is_enough(self: XiangqiInfo, seat: int, made: list[str]) -> None:
    self.over, self.winner = "repeated", -1
    if CHECK(self.board, 1 - seat):
        self.over, self.winner = "perpetual", 1 - seat


def red_only(self: XiangqiInfo, seat: int, made: list[str]) -> None:
    self.over, self.winner = "repeated", -1
    if all(CHECK(position, 1) for position in made[:: 2 if seat else -2]):
        self.over, self.winner = "perpetual", 1


def from_the_left(position: str, start: int, point: int | None = None) -> int:
    return (start if point is None else point) % 9 + 1


def never_tandem(position: str, start: int) -> tuple[int, int, bool]:
    return 0, 1, False


def rear_first(position: str, start: int) -> tuple[int, int, bool]:
    place, many, others = TANDEM(position, start)
    return many - 1 - place, many, others


TANDEM = notation._tandem

MISTAKES = (
    Mistake("a general leaves its palace", board, "HOPS", hops("K", [("f2", "g2"), ("e1", "e0")])),
    Mistake("an advisor goes straight", board, "HOPS", hops("A", [("e1", "e2")])),
    Mistake("an elephant crosses the river", board, "HOPS", hops("B", [("c4", "e6")])),
    Mistake("an elephant is not blocked", board, "HOPS", hops("Bb", legs=False)),
    Mistake("a horse is not hobbled", board, "HOPS", hops("Nn", legs=False)),
    Mistake("a horse that gives check is not hobbled", board, "HORSES",
            tuple(tuple((89 if leg != 89 else 0, start) for leg, start in ways) for ways in HORSES)),
    Mistake("a soldier goes back", board, "HOPS", hops("P", [("c5", "c4"), ("c4", "c3")])),
    Mistake("a soldier goes aside at home", board, "HOPS", hops("P", [("c4", "d4")])),
    Mistake("soldiers give check backwards", board, "SOLDIERS", SOLDIERS[::-1]),
    Mistake("lines end four points away", board, "RAYS", tuple(tuple(ray[:4] for ray in rays) for rays in RAYS)),
    Mistake("a cannon takes without a screen", board, "ends", sliding_cannon),
    Mistake("pieces take their own side", info, "ends", takes_its_own),
    Mistake("generals may face each other", board, "in_check", may_face),
    *(Mistake(f"no check by {name}", board, "in_check", blind_to(piece))
      for piece, name in (("N", "horses"), ("R", "chariots"), ("C", "cannons"), ("P", "soldiers"))),
    Mistake("only pieces on the general's lines are looked at", board, "NEAR",
            tuple(frozenset(point for ray in rays for point in ray) for rays in RAYS)),
    Mistake("the general may be left in check", info, "in_check", lambda position, seat: False),
    Mistake("a mate goes on", info, "legal", lambda position, seat: iter([(0, 1)])),
    Mistake("stalemate is a draw", XiangqiInfo, "outcome", stalemate_draws),
    Mistake("captures do not matter to the limit", XiangqiInfo, "play", forgets_captures),
    Mistake("every check counts", XiangqiInfo, "_count", counts_all_checks),
    Mistake("every answer to a check counts", XiangqiInfo, "_count", counts_answers),
    Mistake("nine checks count", info, "CHECKS_COUNTED", 9),
    Mistake("a position counts when it stands twice", info, "SAME", 2),
    Mistake("a position counts when it stands four times", info, "SAME", 4),
    Mistake("whose turn it is does not matter to repetition", XiangqiInfo, "_first_of_three", any_side_in_turn),
    Mistake("what cannot come again is remembered", XiangqiInfo, "play", never_clears),
    Mistake("who checks perpetually wins", XiangqiInfo, "outcome", checker_wins),
    Mistake("a single check is perpetual", XiangqiInfo, "_judge_repetition", one_check_is_enough),
    Mistake("only red can check perpetually", XiangqiInfo, "_judge_repetition", red_only),
    Mistake("black is always in turn", XiangqiInfo, "turn", lambda self: (1,)),
    Mistake("everything is legal", XiangqiInfo, "judge", lambda self, seat, move: None),
    Mistake("files are counted from the left", notation, "_file", from_the_left),
    Mistake("tandem pieces are not told apart", notation, "_tandem", never_tandem),
    Mistake("front and rear are mixed up", notation, "_tandem", rear_first),
    Mistake("a position for any number of pieces", board, "_check_pieces", lambda *position: None),
    Mistake("black sees the board as red does", game, "table", lambda match, seat: table.table(match, 0)),
)  # fmt: skip
