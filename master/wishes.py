"""What somebody may wish to play: a game of the shelf, with seats, options and a clock that it can have."""

from collections.abc import Mapping
from typing import Any

from communication import clock
from communication import messages as m
from communication.model import Answer
from communication.people import quoted
from games.game import Game

LONGEST_REASON = 300
"""Characters of what a game says about options, which may quote what was sent."""


def refusal(shelf: Mapping[str, Game[Any]], wish: m.Match | m.Open | m.Wanted) -> Answer:
    """Why no such match can be played here: a code and a sentence; or None."""
    game = shelf.get(wish.game)
    if game is None:
        return "unknown_game", f'This server has no game called "{quoted(wish.game)}".'
    if wish.version != game.version:
        text = f"{game.title} is version {game.version} on this server and version {wish.version} in your program."
        return "other_version", f"{text} Please use the same version on both."
    if wish.seats not in game.seats:
        return "bad_seats", f"{game.title} is for {game.seating()} players, not for {wish.seats}."
    try:
        game.chosen(wish.options)
    except ValueError as error:
        return "bad_options", quoted(str(error), LONGEST_REASON)
    if game.info.open_seats and wish.clock is not None:
        return "bad_clock", "Where people work there is no clock."
    return clock.refusal(wish.clock)
