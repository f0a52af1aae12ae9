"""Works: what rooms can give out beside games, and both together."""

from typing import Any

from games import GAMES
from games.game import Game
from work.labour import Work
from work.primes import Primes
from work.spider.spider import Spider

WORKS: dict[str, Work[Any]] = {work.name: work for work in (Spider(), Primes())}
"""Every work, by its name; to add one, add it here."""
SHELF: dict[str, Game[Any]] = {**GAMES, **WORKS}
"""All that a room can judge."""
