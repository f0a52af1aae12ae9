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


def main() -> None:
    """Measure gomoku with a full board at the usual size of a window."""
    pygame.display.init()
    pygame.font.init()
    screen = pygame.display.set_mode(SIZE)
    game = GAMES["gomoku"]
    match = Match(game, 2, game.chosen({}))
    match.begin(Chance())
    stones(match, STONES)
    form = Form(Look(Theme()))
    form.rect = pygame.Rect((0, 0), SIZE)
    stage = Stage(lambda move: None)
    form.add(stage)
    now = 0.0

    def redraw() -> None:
        for rect in form.dirty:
            screen.set_clip(rect)
            form.draw(screen)
        form.dirty.clear()

    def frame() -> None:
        nonlocal now
        now += 0.016
        form.tick(now)
        redraw()

    def show() -> None:
        seat = min(match.turn)
        stage.show(game.scene(match.info, seat), match.info, seat, game, may_touch=True)

    def whole() -> None:
        form.changed()
        redraw()

    def first() -> None:
        stage.layout(AREA)
        show()
        frame()

    print(f"{'first picture':28}{measured(1, first)}")
    print(f"{f'all, {match.n} stones':28}{measured(50, whole)}")
    print(f"{'nothing has changed':28}{measured(500, frame)}")
    seat = min(match.turn)
    match.play(seat, next(iter(match.info.moves(seat) or ())), Chance.none())

    def step() -> None:
        show()
        frame()

    print(f"{'a step until it is drawn':28}{measured(1, step)}; target 16 ms, one frame")
    print(f"{'a frame of its motion':28}{measured(8, frame)}")
    places = [stage.pixel((x + 1, y + 1)) for x in range(15) for y in range(15)]

    def point() -> None:
        form.event(pygame.event.Event(pygame.MOUSEMOTION, pos=places.pop(), rel=(0, 0), buttons=(0, 0, 0)))
        frame()

    print(f"{'the pointer on a new place':28}{measured(200, point)}")


if __name__ == "__main__":
    main()
