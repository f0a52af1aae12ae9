"""Random matches beside engines of others: `python -m bench.truth [GAME ...] --plies 50000`. docs/rules.md has results.

It needs the packages of the Pipfile's category "truth". At the first difference it stops and says where.
"""

import argparse
import sys
from time import monotonic

from tests.truth.referees import REFEREES, Differs, Referee, lockstep, referees


def run(game: str, referee: type[Referee], plies: int, seed: int) -> bool:
    """Play beside one referee and print what came of it; whether there was no difference."""
    began = monotonic()
    try:
        report = lockstep(game, referee, plies, seed)
    except Differs as difference:
        print(f"{game}, {referee.title}: DIFFERS: {difference}", flush=True)
        return False
    took = monotonic() - began
    print(f"{game}, {report.title}: {report.plies} plies in {report.matches} matches, 0 differences, {took:.0f} s")
    for words, counter in (("ended", report.ends), ("explained", report.explained)):
        for what, times in counter.most_common():
            print(f"    {words} {times}: {what}", flush=True)
    return True


def main() -> int:
    """Run beside all referees of the games named, or of all that have some."""
    parser = argparse.ArgumentParser(prog="python -m bench.truth", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("games", nargs="*", metavar="GAME", help=f"of {', '.join(REFEREES)}; none: all")
    parser.add_argument("--plies", type=int, default=50_000, help="that are made at least beside each referee")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if unknown := [name for name in given.games if name not in REFEREES]:
        parser.error(f"{unknown[0]!r} has no referees")
    every = [(game, referee) for game in given.games or REFEREES for referee in referees(game)]
    return 0 if all([run(game, referee, given.plies, given.seed) for game, referee in every]) else 1  # noqa: C419


if __name__ == "__main__":
    sys.exit(main())
