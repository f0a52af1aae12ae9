"""Whole games of chess as text: Portable Game Notation, written in its export format and read as people write it."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from games.chess.fen import fen
from games.chess.info import CLAIM, beginning
from games.chess.position import Move, Position
from games.chess.san import RESULTS, read_moves, san
from games.game_info import Chance, Outcome
from games.match import Match, standing

ROSTER = ("Event", "Site", "Date", "Round", "White", "Black", "Result")
UNKNOWN = {"Date": "????.??.??"}
TAG = re.compile(r'^\s*\[(\w+)\s+"((?:[^"\\]|\\.)*)"\]\s*$', re.M)
NEXT = re.compile(r"\n(?=\[Event )")
WIDTH = 80
VARIANTS = {"standard": False, "from position": False, "chess960": True, "fischerandom": True}
"""How programs write the variant, and whether that is Chess960."""
DRAWN, LOSER = "1/2-1/2", {"1-0": 1, "0-1": 0}
WON = {(1, 2): "1-0", (2, 1): "0-1", (1, 1): DRAWN}


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


@dataclass(frozen=True, slots=True)
class Recorded:
    """A game as it was written down: options that begin it, its moves, its result as PGN writes it, who played."""

    options: dict[str, Any]
    moves: list[Move]
    result: str
    names: tuple[str, str]


def read_pgn(text: str) -> list[Recorded]:
    """The games in a text in PGN; none where it is not PGN, ValueError says in a sentence what is wrong with one."""
    return [_game(part) for part in NEXT.split(text.replace("\r\n", "\n")) if "White" in dict(TAG.findall(part))]


def _game(text: str) -> Recorded:
    tags = {tag: re.sub(r"\\(.)", r"\1", value) for tag, value in TAG.findall(text)}
    if tags.get("Variant", "Standard").casefold() not in VARIANTS or "Game" in tags:
        raise ValueError("This is a game of another kind than chess.")
    free = VARIANTS[tags.get("Variant", "Standard").casefold()]
    start = tags.get("FEN", "518" if free else "")
    moves = TAG.sub("", text)
    last = moves.split()[-1:]
    result = last[0] if last and last[0] in RESULTS else tags.get("Result", "*")
    position, _ = beginning(start, free)
    options = {"variant": "chess960" if free else "standard", "position": start}
    return Recorded(options, read_moves(position, moves), result, (tags["White"], tags.get("Black", "?")))


def replayed(game: Any, written: Recorded) -> Match:
    """The match of a game that was written down, ended as it says; `game` is the one of the shelf."""
    match = Match(game, 2, game.chosen(written.options))
    match.begin(Chance.none())
    for move in written.moves:
        if match.outcome:
            raise ValueError(f"There are moves after the end of a game: {match.outcome.why}.")
        match.play(min(match.turn), move, Chance.none())
    if match.outcome is None and written.result == DRAWN:
        match.draw()
    elif match.outcome is None and written.result in LOSER:
        match.forfeit(LOSER[written.result])
    return match


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
