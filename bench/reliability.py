"""Is anything lost? Run `python -m bench.reliability`, or with `--help`; exit status 1 when something was.

Rooms of all games are played by bots, each behind a cable of its own that is cut, stalled and made slow at random, and
now and then the same person logs in from a second machine. Meanwhile the server is killed with no warning and started
again. At the end everything is given time to come back, the server stops in an orderly way, and its journal, a fresh
replay, and what every player was told are held against each other. What goes wrong when is drawn from the seed; how it
falls together with what is under way differs from run to run.
"""

import argparse
import functools
import logging
import random
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bench.compare import compare
from bench.mistakes import MISTAKES
from bench.players import Diary, Player, Watch
from bench.process import more_descriptors
from bench.proxy import DOWN, UP, Proxy
from bench.report import Report
from bench.server import ServerProcess
from communication import client
from communication import messages as m
from communication.runner import Runner
from games import GAMES

T = TypeVar("T")

TICK = 0.03
"""Seconds between two looks at what is due."""
CLOCKS = (None, m.Clock(main=120, more=1), m.Clock(step=60))
"""The clocks of the rooms, in turn."""
STAYS_AWAY = (5.0, 8.0)
"""Seconds that a server that was killed stays away, every third time: so that it shows where clocks run meanwhile."""
PATIENCE = 30.0
"""Seconds until all must sit at their tables, and a server must listen."""
SETTLE = 60.0
"""Seconds after the last trouble until everybody must be back and all must be quiet."""
QUIET = 1.0
"""Seconds without any step after which all counts as quiet."""
LONGER_THAN_SILENCE = (1.0, 5.0)
"""Seconds beyond those of silence after which a client gives a connection up."""
TELLING = 1.0
"""Seconds that a kill waits at most for a moment when an offer stands."""

TROUBLES = {
    "reset": 30,
    "closed": 20,
    "unanswered": 25,
    "half-open": 7,
    "deaf": 8,
    "mute": 8,
    "outage": 7,
    "gone": 7,
    "second login": 12,
    "slow": 8,
}
"""What may befall a connection, and how likely: docs/reliability.md says what each is. All but "slow" are cuts."""


class Errors(logging.Handler):
    """Keeps what the programs of the players log as errors."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage() + (f" ({record.exc_info[1]!r})" if record.exc_info else ""))


@dataclass
class Run:
    """One run: rooms, players and the troubles that befall them."""

    rooms: int
    seconds: float
    seed: int
    kills: int
    cuts: int
    folder: Path
    mistake: str = ""
    names: Sequence[str] = tuple(GAMES)
    """Games that are played in the rooms in turn."""
    kinds: Mapping[str, int] = field(default_factory=lambda: TROUBLES)
    """Troubles, and how likely each is."""
    runner: Runner = field(default_factory=Runner)
    watch: Watch = field(default_factory=Watch)
    players: list[Player] = field(default_factory=list)
    """Those that play, one for each person."""
    rivals: list[tuple[Player, Player]] = field(default_factory=list)
    """Second programs that have dialled, and whom they replace."""
    troubled: dict[str, float] = field(default_factory=dict)
    """Name -> until when the trouble that somebody is in lasts."""
    later: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    """What is to be done at which time."""
    troubles: Counter[str] = field(default_factory=Counter)
    games: Counter[str] = field(default_factory=Counter)
    next_steps: list[float] = field(default_factory=list)
    first_steps: list[float] = field(default_factory=list)
    errors: Errors = field(default_factory=Errors)
    killed: int = 0
    down: bool = False
    """Whether the server was killed and is to be started again later."""

    def __post_init__(self) -> None:
        self.draws = random.Random(self.seed)
        self.watch.names = tuple(self.names)
        self.idle = threading.Event()

    def run(self) -> Report:
        """Do it all; SystemExit where it cannot even begin."""
        logging.getLogger().addHandler(self.errors)
        self.server = ServerProcess(self.folder, self.mistake)
        try:
            with Proxy(self.server.port) as self.proxy:
                self.until(lambda: self.server.listening, PATIENCE, "the server did not start")
                self.watch.listening = self.server.listening
                self.sit_down()
                self.trouble()
                late = self.come_back()
                stop = self.server.stop()
        finally:
            self.server.kill()
            logging.getLogger().removeHandler(self.errors)
        verdict = compare(self.folder, self.players)
        for text in late:
            verdict.differs("unequal", text)
        if stop[0] != 0 and sys.platform != "win32":  # where terminating is killing
            verdict.differs("unequal", f"the server stopped with exit status {stop[0]}")
        log = (self.folder / "server.log").read_text("utf-8", "replace")
        for line in log.splitlines():
            if " ERROR " in line:
                verdict.differs("unequal", f"the server's log says: {line}")
        for line in self.errors.lines:
            verdict.differs("unequal", f"a player's program failed: {line}")
        returns: dict[str, list[float]] = defaultdict(list)
        for player in self.players:
            for kind, took in player.diary.returns:
                returns[kind].append(took)
        return Report(
            self.rooms, len(self.players), self.games, verdict, self.killed, self.troubles, returns,
            self.server.starts, self.next_steps, self.first_steps, stop, self.watch.offered,
        )  # fmt: skip

    # -- time ----------------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Let everybody do what is due, then wait a moment."""
        now = time.monotonic()
        for player in [*self.players, *(rival for rival, _ in self.rivals)]:
            self.runner.post(player.client.task, now)
            self.runner.post(player.task, now)
        self.runner.run()
        self.idle.wait(TICK)

    def until(self, true: Callable[[], object], seconds: float, why: str) -> None:
        """Go on until something is true; SystemExit where it takes too long."""
        end = time.monotonic() + seconds
        while not self.ask(true):
            if time.monotonic() > end:
                raise SystemExit(why)
            self.tick()

    def ask(self, what: Callable[[], T]) -> T:
        """What this gives within a round, where nothing moves meanwhile."""
        done, answers = threading.Event(), list[T]()

        def act() -> None:
            answers.append(what())
            done.set()

        self.runner.call(act)
        if not done.wait(PATIENCE):
            raise SystemExit("the players do not answer")
        return answers[0]

    # -- the three parts of a run --------------------------------------------------------------------------------------

    def player(self, diary: Diary) -> Player:
        """A program for a person, with a cable of its own."""
        draws = random.Random(self.draws.random())
        player = Player(self.runner, diary, self.proxy.cable(), self.watch, draws)
        self.runner.call(player.connect)
        return player

    def sit_down(self) -> None:
        """Open the rooms, of all games in turn, and let everybody log in and sit down."""
        tables: list[list[Player]] = []
        for n in range(self.rooms):
            game = GAMES[self.names[n % len(self.names)]]
            self.games[game.name] += 1
            seats = self.draws.choice(game.seats[:3])
            table = [self.player(Diary(f"P{n}-{seat}")) for seat in range(seats)]
            self.players += table
            tables.append(table)
        self.until(lambda: all(p.client.state == "in" for p in self.players), PATIENCE, "not everybody could log in")
        for n, (host, *_) in enumerate(tables):
            game = GAMES[self.names[n % len(self.names)]]
            options = {name: self.draws.choice(option.values) for name, option in game.options.items()}
            clock = CLOCKS[n // len(self.names) % len(CLOCKS)]
            wish = m.Open(game=game.name, version=game.version, seats=len(tables[n]), options=options, clock=clock)
            self.runner.call(host.sit, wish)
        self.until(lambda: all(host.tables for host, *_ in tables), PATIENCE, "not every table could be opened")
        for host, *others in tables:
            for guest in others:
                self.runner.call(guest.sit, m.Join(room=next(iter(host.tables))))
        began = lambda: all(p.tables and all(t.n >= 0 for t in p.tables.values()) for p in self.players)  # noqa: E731
        self.until(began, PATIENCE, "not every match began")

    def trouble(self) -> None:
        """Cut and kill as the seed says, until the time is up and all of it has been done."""
        began = time.monotonic()
        kills = sorted(self.draws.uniform(0, self.seconds) for _ in range(self.kills))
        cuts = sorted(self.draws.uniform(0, self.seconds) for _ in range(self.cuts))
        kinds = self.draws.choices(list(self.kinds), list(self.kinds.values()), k=self.cuts)
        while (now := time.monotonic() - began) < self.seconds or kills or cuts:
            if now > self.seconds + PATIENCE:
                raise SystemExit("hardly anybody is ever connected")
            if self.faulty():
                return  # enough is known, and who has lost a seat can be in no further trouble
            late = kills and now > kills[0] + TELLING
            if kills and now >= kills[0] and not self.down and (late or self.ask(self.offer_stands)):
                kills.pop(0)
                self.kill()
            while cuts and now >= cuts[0] and self.befall(kinds[len(cuts) - 1]):
                cuts.pop(0)
            self.look()
            self.tick()

    def come_back(self) -> list[str]:
        """Wait until all are back and play on, then let it become quiet; who or what does not is named."""
        end = time.monotonic() + SETTLE
        late: list[str] = []
        while time.monotonic() < end and not (
            self.server.listening
            and not self.rivals
            and time.monotonic() > max(self.troubled.values(), default=0.0)
            and self.ask(lambda: all(player.client.state == "in" for player in self.players))
        ):
            self.look()
            self.tick()
            if self.faulty():
                return []
        self.watch.next_steps.clear()
        rooms = self.ask(lambda: {code for player in self.players for code in player.tables})
        while time.monotonic() < end and not rooms <= self.ask(lambda: set(self.watch.next_steps)):
            self.tick()
            if self.faulty():
                return []
        late += [f"nobody could step at {room} in the end" for room in sorted(rooms - set(self.watch.next_steps))]
        self.watch.playing = False
        since, before = time.monotonic(), self.ask(self.position)
        while time.monotonic() < end and time.monotonic() - since < QUIET:
            self.tick()
            if (position := self.ask(self.position)) != before:
                since, before = time.monotonic(), position
        late += [f"{p.diary.name} did not come back" for p in self.players if p.client.state != "in"]
        return late

    def faulty(self) -> bool:
        """Whether a player has seen already what no server may do."""
        return any(player.diary.faults for player in self.players)

    def position(self) -> list[tuple[str, int, int, bool]]:
        """Where every table stands."""
        return [(t.code, t.round, t.n, t.pending is None) for p in self.players for t in p.tables.values()]

    # -- troubles ------------------------------------------------------------------------------------------------------

    def offer_stands(self) -> bool:
        """Whether somewhere an offer stands that nobody has answered; in a round."""
        offers = [(t.code, t.offer.number) for p in self.players for t in p.tables.values() if t.offer is not None]
        return not self.watch.answered.issuperset(offers)

    def kill(self) -> None:
        """Kill the server, and start it again: at once, or after a while."""
        self.note_steps()
        self.killed += 1
        now = time.monotonic()
        for player in self.players:
            if not player.diary.gone and self.troubled.get(player.diary.name, 0.0) < now:
                player.diary.cut = ("kill", now)
        self.server.kill()
        self.down = True
        away = self.draws.uniform(*STAYS_AWAY) if self.killed % 3 == 0 else 0.0
        self.later.append((now + away, self.start))

    def start(self) -> None:
        """Start the server that was killed."""
        self.down = False
        self.server.start()

    def befall(self, kind: str) -> bool:
        """Let this happen to somebody who is well; False where nobody is just now."""
        now = time.monotonic()
        well = [p for p in self.players if p.client.state == "in" and self.troubled.get(p.diary.name, 0.0) < now]
        if kind == "unanswered":  # most telling where a step is about to be made
            well = [p for p in well if any(table.my_turn for table in list(p.tables.values()))]
        elif kind == "gone":  # and here where a clock would run on
            well = [p for p in well if p.on_the_clock] or well
        if not well:
            return False
        player = self.draws.choice(well)
        cable, seconds = player.cable, 1.0
        if kind != "slow":
            player.diary.cut, player.diary.gone = (kind, now), False
        match kind:
            case "reset" | "closed":
                cable.cut(reset=kind == "reset")
            case "unanswered":
                cable.hold(PATIENCE, DOWN)
                self.later.append((now + self.draws.uniform(0.3, 1.0), lambda: cable.cut(reset=True)))
                seconds = 2.0
            case "half-open" | "deaf" | "mute":
                seconds = client.SILENCE + self.draws.uniform(*LONGER_THAN_SILENCE)
                cable.hold(seconds, *{"half-open": (UP, DOWN), "deaf": (DOWN,), "mute": (UP,)}[kind])
            case "gone":
                seconds = self.draws.uniform(5.0, 8.0)
                cable.cut(reset=False)
                cable.die(seconds)
            case "outage":
                seconds = self.draws.uniform(1.0, client.SILENCE + LONGER_THAN_SILENCE[1])
                cable.die(seconds)
            case "slow":
                cable.slow(self.draws.uniform(0.05, 0.5))
            case "second login":
                seconds = PATIENCE
                self.rivals.append((self.player(player.diary), player))
        self.troubled[player.diary.name] = now + seconds
        self.troubles[kind] += 1
        return True

    def look(self) -> None:
        """Do what is due; notice a server that listens again, and a second program that has taken over."""
        if self.server.listening > self.watch.listening:
            self.watch.listening = self.server.listening
            self.watch.next_steps.clear()
        now = time.monotonic()
        for due in [due for due in self.later if due[0] <= now]:
            self.later.remove(due)
            due[1]()
        for rival, first in list(self.rivals):
            if rival.client.state == "in":
                self.rivals.remove((rival, first))
                self.players[self.players.index(first)] = rival
                self.troubled[rival.diary.name] = 0.0
                self.ask(functools.partial(self.retire, first))

    def retire(self, first: Player) -> None:
        """The first program is closed; whatever it is told from now on it keeps to itself."""
        first.client.worker = None
        first.client.disconnect()

    def note_steps(self) -> None:
        """How long it took each room to go on since the server listened."""
        steps = self.ask(lambda: sorted(at - self.watch.listening for at in self.watch.next_steps.values()))
        if self.server.listening:
            self.next_steps += steps
            self.first_steps += steps[:1]


def options() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.reliability", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rooms", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=None, help="of the server (default: 10 a minute)")
    parser.add_argument("--cuts", type=int, default=None, help="troubles of connections (default: 200 a minute)")
    parser.add_argument("--games", nargs="+", choices=GAMES, default=tuple(GAMES), help="that the rooms play in turn")
    parser.add_argument("--mistake", choices=MISTAKES, default="", help="put a mistake into the server; it is found")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run, and print the report; the exit status says whether anything was lost, doubled or unequal."""
    given = options().parse_args(arguments)
    more_descriptors()
    kills = round(10 * given.minutes) if given.kills is None else given.kills
    cuts = round(200 * given.minutes) if given.cuts is None else given.cuts
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run = Run(given.rooms, given.minutes * 60, given.seed, kills, cuts, Path(folder), given.mistake, given.games)
        report = run.run()
        for line in report.lines():
            print(line, flush=True)
    return 1 if report.verdict.differences else 0


if __name__ == "__main__":
    sys.exit(main())
