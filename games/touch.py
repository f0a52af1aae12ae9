"""How touches of a table become a move: a legal move is spelled from the tags that were touched."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from games.game_info import GameInfo, Move, NeedsTable
from games.scene import Control, Scene, Tag


@dataclass(frozen=True, slots=True)
class Spelling:
    """What the touches so far amount to.

    `move` is complete (and is sent at once when `next` is empty); `next` are the tags that may follow, in the order of
    the legal moves. Neither: the touches spell nothing.
    """

    move: Move
    complete: bool
    next: tuple[Tag, ...]


NOTHING = Spelling(None, False, ())


@dataclass(frozen=True, slots=True)
class Press:
    """What a button would do as things are picked and set: the move it sends, its label, and what that move is.

    `says` is a line for people, such as "Straight 5 to 9", where the label does not say it all.
    """

    move: Move
    label: str
    says: str = ""


def parts(move: Move, tags: Collection[Tag]) -> tuple[Tag, ...]:
    """How a move is touched: itself where it is the tag of an item, else part by part where it is a tuple."""
    if type(move) is not tuple or move in tags:
        return (move,)
    return move


def spell(moves: Iterable[Move], tags: Collection[Tag], touches: Sequence[Tag]) -> Spelling:
    """Hold the touches against the legal moves: what they spell and what may be touched next."""
    touched = tuple(touches)
    complete, found, follow = False, None, {}
    for move in moves:
        way = parts(move, tags)
        if way == touched:
            complete, found = True, move
        elif way[: len(touched)] == touched:
            follow[way[len(touched)]] = True
    return Spelling(found, complete, tuple(follow))


def legal(info: GameInfo, seat: int) -> list[Move] | None:
    """The moves of a seat as a list; None where they are too many, or only the room knows."""
    try:
        moves = info.moves(seat)
        return None if moves is None else list(moves)
    except NeedsTable:
        return None


def read(info: GameInfo, seat: int, scene: Scene, touches: Sequence[Tag]) -> Move | None:
    """The move that the touches spell, if complete; where moves cannot be listed, the first that `judge` accepts."""
    moves, tags = legal(info, seat), scene.places()
    if moves is not None:
        spelling = spell(moves, tags, touches)
        return spelling.move if spelling.complete else None
    candidates = (touches[0] if len(touches) == 1 else None, tuple(touches))
    try:
        return next((move for move in candidates if move is not None and info.judge(seat, move) is None), None)
    except NeedsTable:
        return None


def press(button: Control, picks: Sequence[Tag], values: Mapping[str, Any]) -> Move:
    """The move that a button sends by default: its name, or its name with what it takes along."""
    if not button.takes:
        return button.name
    return (button.name, *(tuple(picks) if name == "picks" else values[name] for name in button.takes))
