"""Write the golden transcripts: `python -m tools.golden [GAME ...] [--new]`.

A golden transcript is a random match of a game written down step by step: the chance drawn, the step in words, who was
in turn then and how many moves they had, and a digest of the state; at the end the outcome and the whole state. A test
replays each and compares every line, so that rules cannot change unnoticed. There are some for each variant of a game
(every number of seats, every value of every option): tests/games/golden/GAME-SEATS[-OPTION=VALUE]-SEED.jsonl.

Without options the steps of the files that exist are kept, and what they lead to is written anew: for a change of the
state's fields, or of words. Missing files are made. `--new` plays new matches: for a change of the rules. Read the
difference before you commit it, and raise the game's `version`.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from games import GAMES
from games.game import Game
from games.game_info import digest, dump
from games.match import Match, as_move
from games.steps import Step
from tests.contract import playouts
from tests.contract.playouts import Variant

FOLDER = Path(__file__).parents[1] / "tests" / "games" / "golden"
SEEDS = (1, 2)


def files(game: Game[Any]) -> dict[Path, tuple[Variant, int]]:
    """Every golden transcript that the game should have, with the variant and the seed of its match."""
    return {
        FOLDER / f"{variant}-{seed}.jsonl": (variant, seed) for variant in playouts.variants(game) for seed in SEEDS
    }


def transcript(variant: Variant, steps: Iterable[Step]) -> Iterator[str]:
    """Replay steps and tell them line by line; ValueError where one is not legal."""
    match = Match(variant.game, variant.seats, variant.options)
    yield line(game=variant.game.name, version=variant.game.version, seats=variant.seats, options=variant.options)
    for step in steps:
        told: dict[str, Any] = {"n": step.n, "seat": step.seat, "move": step.move, "chance": step.chance}
        if step.seat is not None:
            told["words"] = variant.game.words(match.info, step.seat, step.move)
        match.apply(step)
        moves = [match.info.moves(seat) for seat in match.turn]
        counts = [None if listed is None else len(list(listed)) for listed in moves]
        yield line(**told, turn=match.turn, moves=counts, digest=f"{digest(match.info):08x}")
    yield line(outcome=match.outcome, state=dump(match.info))


def line(**values: Any) -> str:
    """One line of a transcript: a JSON object."""
    return msgspec.json.encode(values).decode()


def recorded(path: Path) -> list[Step]:
    """The steps that a golden transcript holds."""
    lines = [msgspec.json.decode(told) for told in path.read_text("utf-8").splitlines()[1:-1]]
    return [Step(told["n"], told["seat"], as_move(told["move"]), tuple(told["chance"])) for told in lines]


def main() -> int:
    """Write the transcripts of the games named, or of all."""
    parser = argparse.ArgumentParser(description="Write the golden transcripts of the games.")
    parser.add_argument("games", nargs="*", metavar="GAME", help=f"of {', '.join(GAMES)}; none: all")
    parser.add_argument("--new", action="store_true", help="play new matches, even where files exist")
    options = parser.parse_args()
    if unknown := [name for name in options.games if name not in GAMES]:
        parser.error(f"there is no game {unknown[0]!r}")
    FOLDER.mkdir(exist_ok=True)
    for name in options.games or GAMES:
        for path, (variant, seed) in files(GAMES[name]).items():
            keep = path.exists() and not options.new
            steps = recorded(path) if keep else playouts.playout(variant, seed).match.steps
            try:
                lines = list(transcript(variant, steps))
            except ValueError as error:
                print(f"{path.name}: {error}; --new plays a new match", file=sys.stderr)
                return 1
            path.write_text("".join(told + "\n" for told in lines), "utf-8", newline="\n")
            print(f"{path.name}: {len(steps)} steps")
    return 0


if __name__ == "__main__":
    sys.exit(main())
