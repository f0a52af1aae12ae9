"""What the stage costs: run `python -m bench.stage`. Prints milliseconds, without a window on the screen."""

import os
import random
import statistics
import time
from collections.abc import Callable

os.environ["SDL_VIDEODRIVER"] = "dummy"

import pygame

from games import GAMES
from games.game_info import Chance
from games.match import Match
from work.desktop.form import Form
from work.desktop.look import Look
from work.desktop.stage import Stage
from work.desktop.theme import Theme

SIZE = (1280, 800)
AREA = pygame.Rect(0, 108, 928, 692)
STONES = 100


def measured(times: int, work: Callable[[], object]) -> str:
    """Median and worst of many runs, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return f"{statistics.median(taken):6.2f} ms, at worst {max(taken):6.2f}"


def stones(match: Match, most: int) -> None:
    """Place stones at random until so many lie there, or the match is over."""
    draws = random.Random(4)
    while match.turn and match.n < most:
        seat = min(match.turn)
        match.play(seat, draws.choice(list(match.info.moves(seat) or ())), Chance.none())


class Window:
    """Gomoku with a full board at the usual size of a window, on a clock that goes on by a frame when one is drawn."""

    def __init__(self) -> None:
        pygame.display.init()
        pygame.font.init()
        self.screen = pygame.display.set_mode(SIZE)
        game = GAMES["gomoku"]
        self.match = Match(game, 2, game.chosen({}))
        self.match.begin(Chance())
        stones(self.match, STONES)
        self.form = Form(Look(Theme()))
        self.form.rect = pygame.Rect((0, 0), SIZE)
        self.stage = Stage(lambda move: None)
        self.form.add(self.stage)
        self.now = 0.0

    def redraw(self) -> None:
        """Draw what has changed."""
        for rect in self.form.dirty:
            self.screen.set_clip(rect)
            self.form.draw(self.screen)
        self.form.dirty.clear()

    def frame(self) -> None:
        """Let a frame pass, and draw what has moved in it."""
        self.now += 0.016
        self.form.tick(self.now)
        self.redraw()

    def whole(self) -> None:
        """Draw everything."""
        self.form.changed()
        self.redraw()

    def first(self) -> None:
        """Lay out the stage, and draw the match for the first time."""
        self.stage.layout(AREA)
        self.show()

    def show(self) -> None:
        """Show the match as it stands now."""
        match, seat = self.match, min(self.match.turn)
        self.stage.show(match.game.scene(match.info, seat), match.info, seat, match.game, may_touch=True)
        self.frame()

    def step(self) -> None:
        """Let somebody make a step; it is not drawn yet."""
        seat = min(self.match.turn)
        self.match.play(seat, next(iter(self.match.info.moves(seat) or ())), Chance.none())

    def point(self, place: tuple[int, int]) -> None:
        """Let the pointer come to a place."""
        self.form.event(pygame.event.Event(pygame.MOUSEMOTION, pos=place, rel=(0, 0), buttons=(0, 0, 0)))
        self.frame()


def main() -> None:
    """Measure, and print the figures."""
    window = Window()
    print(f"{'first picture':28}{measured(1, window.first)}")
    print(f"{f'all, {window.match.n} stones':28}{measured(50, window.whole)}")
    print(f"{'nothing has changed':28}{measured(500, window.frame)}")
    window.step()
    print(f"{'a step until it is drawn':28}{measured(1, window.show)}; target 16 ms, one frame")
    print(f"{'a frame of its motion':28}{measured(8, window.frame)}")
    places = [window.stage.pixel((x + 1, y + 1)) for x in range(15) for y in range(15)]
    print(f"{'the pointer on a new place':28}{measured(200, lambda: window.point(places.pop()))}")


if __name__ == "__main__":
    main()
