"""A match in progress for pictures: the tile of a game, a screenshot, a first look."""

import random
from typing import Any

from games.game import Game
from games.game_info import Chance, Refusal
from games.match import Match

SEED = 7


def example_match(game: Game[Any]) -> Match:
    """A match a few steps in: the game's own example steps, or a handful of random legal ones; same every time."""
    draws = random.Random(SEED)
    match = Match(game, game.seats[0], game.chosen({}))
    match.begin(Chance(draws.randrange))
    for move in game.example or (None,) * 8:
        if not match.turn:
            break
        seat = min(match.turn)
        if not game.example:
            moves = list(match.info.moves(seat) or ())
            if not moves:
                break
            move = draws.choice(moves)
        if match.judge(seat, move) or isinstance(match.play(seat, move, Chance(draws.randrange)), Refusal):
            break
    return match
