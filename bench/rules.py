"""What the rules of each game cost: run `python -m bench.rules [GAME ...]`; with `--deep`, published counts go deeper.

One step is what a room and a bot do for it: `moves`, a random one of them, `judge`, `play`; its cost is processor time,
over whole random matches. Then, for games whose positions others have counted, how many ways there are from the
beginning, as GameInfo gives them, and in what time.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time

from games import GAMES
from games.game_info import Chance, GameInfo, copy
from games.match import Match

DRAWN = Chance.none()


@dataclass(frozen=True, slots=True)
class Figures:
    """What is asked of a game: microseconds a step at most, and how many ways of 1, 2, 3 ... steps there are.

    `quick` is how many of the counts are tried without `--deep`.
    """

    most: float
    counts: Sequence[int] = ()
    quick: int = 0


ASKED = {
    "dou_dizhu": Figures(1000),
    "chess": Figures(400, (20, 400, 8902, 197_281, 4_865_609), 4),
    "xiangqi": Figures(400, (44, 1920, 79_666, 3_290_240), 3),
}
"""Games of which more is asked than to be measured; the counts are those of chessprogramming.org."""


def step_cost(name: str, steps: int) -> tuple[float, float, float]:
    """Microseconds of processor time of `moves`, `judge` and `play` for a random step, over at least so many."""
    game, draws = GAMES[name], random.Random(1)
    spent, made = [0.0, 0.0, 0.0], 0
    while made < steps:
        match = Match(game, game.seats[0], game.chosen({}))
        match.begin(Chance(draws.randrange))
        info = match.info
        while turn := info.turn():
            seat = draws.choice(sorted(turn))
            began = process_time()
            moves = info.moves(seat)
            listed = [] if moves is None else list(moves)
            spent[0] += process_time() - began
            if not listed:
                raise SystemExit(f"{name} lists no moves")
            move = draws.choice(listed)
            began = process_time()
            refusal = info.judge(seat, move)
            spent[1] += process_time() - began
            if refusal is not None:
                raise SystemExit(f"{name} lists {move!r} and refuses it: {refusal.text}")
            chance = Chance(draws.randrange)
            began = process_time()
            info.play(seat, move, chance)
            spent[2] += process_time() - began
            made += 1
    return spent[0] / made * 1e6, spent[1] / made * 1e6, spent[2] / made * 1e6


def ways(info: GameInfo, depth: int) -> int:
    """How many ways of so many steps there are from a state of a game for two without chance."""
    seat = min(info.turn(), default=-1)
    moves = list(info.moves(seat) or ()) if seat >= 0 else []
    if depth == 1:
        return len(moves)
    found = 0
    for move in moves:
        after = copy(info)
        after.play(seat, move, DRAWN)
        found += ways(after, depth - 1)
    return found


def measure(name: str, steps: int, deep: bool) -> bool:
    """Print the figures of a game; whether they are as asked."""
    asked = ASKED.get(name, Figures(0))
    parts = step_cost(name, steps)
    whole = sum(parts)
    good = not asked.most or whole <= asked.most
    limit = f"   at most {asked.most:.0f}: {'yes' if good else 'NO'}" if asked.most else ""
    print(f"{name:12} {whole:8.1f} us a step (moves {parts[0]:.1f}, judge {parts[1]:.1f}, play {parts[2]:.1f}){limit}")
    for depth, count in enumerate(asked.counts if deep else asked.counts[: asked.quick], 1):
        match = Match(GAMES[name], GAMES[name].seats[0], GAMES[name].chosen({}))
        match.begin(DRAWN)
        began = process_time()
        found = ways(match.info, depth)
        took = process_time() - began
        good = good and found == count
        print(f"{'':12} {found:>12,} ways of {depth} in {took:.2f} s: {'yes' if found == count else f'NO, {count:,}'}")
    return good


def main() -> int:
    """Measure the games named, or all that list their moves."""
    parser = argparse.ArgumentParser(prog="python -m bench.rules", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("games", nargs="*", metavar="GAME", help=f"of {', '.join(GAMES)}; none: all")
    parser.add_argument("--steps", type=int, default=3000, help="that are made at least (default: 3000)")
    parser.add_argument("--deep", action="store_true", help="try all published counts; takes minutes")
    given = parser.parse_args()
    if unknown := [name for name in given.games if name not in GAMES]:
        parser.error(f"there is no game {unknown[0]!r}")
    return 0 if all(measure(name, given.steps, given.deep) for name in given.games or GAMES) else 1


if __name__ == "__main__":
    sys.exit(main())
