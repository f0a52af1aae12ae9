"""How smoothly things glide: run `xvfb-run -a -s "-screen 0 1280x800x24" python -m bench.gliding`, or at a desktop.

Prints for a table screen in a window of 1280 x 800, with its loop as the client runs it, how many frames a second are
shown while something glides, how far apart they are, and what a frame costs this process.
"""

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from beside import Host
from command_line import VERSION
from communication import messages as m
from games import GAMES
from games.game_info import Chance, Move, dump
from games.match import Match
from work.desktop.app import App
from work.desktop.table_screen import TableScreen
from work.settings import Store
from work.table import Table

SIZE = (1280, 800)
SECONDS = 6.0
WARM = 1.0
"""Seconds at the beginning that do not count: pictures are made when they are first needed."""
TARGET = 60
DEAL = "R22AAKKQQJJTT9876/B22AKQJT998877665/AKQJT987654444333/553"

Next = Callable[[TableScreen], object]
"""Changes what a table shows, so that something glides."""


def seated(game_name: str, options: m.Options, *steps: Move) -> Table:
    """A table in the middle of a match, of which one has the first seat; it needs no server."""
    game = GAMES[game_name]
    match = Match(game, game.seats[0], game.chosen(options))
    match.begin(Chance())
    for step in steps:
        match.play(min(match.turn), step, Chance())
    people = tuple(m.Person(name=name) for name in ("Anna", "Mei", "Lukas")[: game.seats[0]])
    about = m.Table("KITEL", game_name, game.version, match.options, "playing", people, seat=0)
    table = Table("KITEL", game, about)
    table.start(m.Start(room="KITEL", round=1, n=match.n, view=dump(match.info)))
    return table


def to_and_fro() -> Next:
    """A knight goes out and home again."""
    ways = [seated("chess", {}, *steps).info for steps in ((), (("g1", "f3"),))]

    def go(screen: TableScreen) -> None:
        ways.reverse()
        info, game = ways[0], screen.table.game
        assert info is not None
        screen.stage.show(game.scene(info, 0), info, 0, game, may_touch=True)

    return go


def sorted_anew(screen: TableScreen) -> None:
    """All cards of a hand change places."""
    screen.stage.order += 1
    screen.refresh()


def measured(table: Table, go: Next) -> str:
    """Let things glide without a rest, and tell what was reached."""
    app = App(Store(None), VERSION, Host(None, None), language="en")
    app.window.size = SIZE
    pauses: list[float] = []
    before = used = 0.0
    begin = time.monotonic() + WARM

    def watch() -> None:
        nonlocal before, used
        now = time.monotonic()
        if not isinstance(app.screen, TableScreen):
            app.show_table(table)
        elif not app.screen.stage.gliding:
            go(app.screen)
        elif now >= begin:
            used = used or time.process_time()
            pauses.append(now - before)
        before = now
        if now >= begin + SECONDS:
            app.window.close()

    app.window.on_pass = watch
    app.run()
    pauses.sort()
    cost = (time.process_time() - used) / len(pauses)
    return (
        f"{len(pauses) / sum(pauses):5.1f} frames a second while gliding (target {TARGET}), pauses between them "
        f"{1000 * statistics.median(pauses):.1f} ms, 99 of 100 below {1000 * pauses[len(pauses) * 99 // 100]:.1f}; "
        f"{1000 * cost:.2f} ms of a core a frame"
    )


def main() -> None:
    """Measure one piece, and a whole hand of cards."""
    for name, table, go in (
        ("one piece", seated("chess", {}), to_and_fro()),
        ("20 cards", seated("dou_dizhu", {"deal": DEAL}, "bid 3"), sorted_anew),
    ):
        print(f"{name:12}{measured(table, go)}")


if __name__ == "__main__":
    main()
