"""Write the text drawing of each game's example anew: `python -m tools.drawings`.

A test compares what the terminal shows with tests/work/drawings/GAME.txt, which holds the table as the first seat sees
it, as a watcher does, and in plain ASCII. Look at the difference before you commit it.
"""

import sys
from pathlib import Path

from games import GAMES
from games.example import example_match
from games.game_info import view
from work.terminal.scene import Look, draw
from work.terminal.steps import spoken_names

FOLDER = Path(__file__).parents[1] / "tests" / "work" / "drawings"
PLATES = {0: "> Anna", 1: "王小明"}


def drawing(name: str) -> str:
    """The example of a game in text, three times."""
    game = GAMES[name]
    match = example_match(game)
    parts = []
    for seat, look in ((0, Look()), (None, Look()), (0, Look(encoding="ascii"))):
        seen = view(match.info, seat)
        scene = game.scene(seen, seat)
        parts.append(draw(scene, PLATES, look, spoken_names(game, seen, scene, match.turn)))
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Write all drawings."""
    FOLDER.mkdir(exist_ok=True)
    for name in GAMES:
        (FOLDER / f"{name}.txt").write_text(drawing(name), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
