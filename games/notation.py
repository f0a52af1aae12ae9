"""Matches in the notations of their games, such as PGN, read by whichever game on the shelf knows them."""

from collections.abc import Iterable, Sequence
from typing import Any

from games.game import Game
from games.match import Match


def read(text: str, games: Iterable[Game[Any]]) -> Sequence[tuple[Match, Sequence[str]]]:
    """All matches in a text, each with the names by seat; ValueError says why there are none."""
    for game in games:
        if found := game.read_notation(text):
            return found
    raise ValueError("there is no match in it that a game here can read")
