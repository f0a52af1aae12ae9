"""Whole games of chess as text: Portable Game Notation, written in its export format and read as people write it."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from games.chess.fen import fen
from games.chess.info import CLAIM, beginning
from games.chess.position import Move, Position
from games.chess.san import RESULTS, read_moves, san
from games.game_info import Outcome
from games.match import Match, standing

ROSTER = ("Event", "Site", "Date", "Round", "White", "Black", "Result")
UNKNOWN = {"Date": "????.??.??"}
TAG = re.compile(r'^\s*\[(\w+)\s+"((?:[^"\\]|\\.)*)"\]\s*$', re.M)
WIDTH = 80
WON = {(1, 2): "1-0", (2, 1): "0-1", (1, 1): "1/2-1/2"}


def pgn(match: Match, names: Sequence[str] = ()) -> str:
    """The match in Portable Game Notation; `names` are those of White and Black where they are known."""
    free = match.options["variant"] == "chess960"
    drawn = match.steps[0].chance
    position, moves = beginning(match.options["position"] or "".join(map(str, drawn)), free)
    moves += [
        step.move[:-1] if step.move[-1] == CLAIM else step.move
        for step in standing(match.steps)
        if step.seat is not None and step.move != CLAIM
    ]
    result = result_of(match.outcome)
    tags = {**dict.fromkeys(ROSTER, "?"), **UNKNOWN, **dict(zip(("White", "Black"), names, strict=False))}
    tags["Result"] = result
    if free:
        tags["Variant"] = "Chess960"
    if free or position != Position():
        tags |= {"SetUp": "1", "FEN": fen(position)}
    head = [f'[{tag} "{_quoted(value)}"]' for tag, value in tags.items()]
    end = [f"{{{match.outcome.why}}}"] if match.outcome else []
    text = " ".join([*numbered(position, moves), *end, result])
    return "\n".join([*head, "", *textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False), ""])


def numbered(position: Position, moves: Sequence[Move]) -> Iterator[str]:
    """The moves from a position on in words, with their numbers."""
    for k, move in enumerate(moves):
        if position.side == 0:
            yield f"{position.number}."
        elif k == 0:
            yield f"{position.number}..."
        yield san(position, move)
        position = position.after(move)


def result_of(outcome: Outcome | None) -> str:
    """How a match ended, as PGN writes it."""
    return WON[outcome.ranks[0], outcome.ranks[1]] if outcome else "*"


def read_pgn(text: str) -> tuple[dict[str, Any], list[Move], str]:
    """The options, the moves and the result of a game in PGN; ValueError says in a sentence what is wrong with it."""
    tags = dict(TAG.findall(text))
    moves = TAG.sub("", text)
    variant = "chess960" if re.search("960|fischer", tags.get("Variant", ""), re.I) else "standard"
    options = {"variant": variant, "position": tags.get("FEN", "")}
    if variant == "chess960" and not options["position"]:
        options["position"] = "518"
    position, _ = beginning(options["position"], variant == "chess960")
    last = moves.split()[-1:]
    result = last[0] if last and last[0] in RESULTS else tags.get("Result", "*")
    return options, read_moves(position, moves), result


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
