"""Works: rooms that give out something to do; what a work says of itself, and the worker that does it."""

import argparse
import logging
from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar, cast

from communication import messages as m
from communication.client import Client
from communication.model import Answer
from games.game import Game
from games.game_info import Chance, GameInfo, Move, Outcome
from games.scene import Scene, text
from work.language import N_
from work.table import Table
from work.worker import Worker

log = logging.getLogger(__name__)

Info = TypeVar("Info", bound=GameInfo)
AGAIN = ("wrong_number", "paused", "not_kept", "away")
"""Refusals after which the same step is made again, when the room can take it."""

Post: TypeAlias = Callable[..., None]
"""Has an act done on the worker's own thread, one at a time, whatever thread it is called on."""


class Do(Protocol):
    """Does a piece of work."""

    def __call__(self, piece: Any, since: float) -> Iterable[Move]:
        """Do it, on a thread of its own, given at that time; gives the steps that bring the result."""


@dataclass
class WorkInfo(GameInfo):
    """Base of the state of a work: its seats are open, and everybody may make steps until all is done."""

    open_seats: ClassVar[bool] = True

    seats: int = 0

    def setup(self, seats: int, options: Mapping[str, Any], chance: Chance) -> None:
        self.seats = seats

    def amount(self) -> tuple[int, int]:
        """How many parts are done, of how many that are known of."""
        raise NotImplementedError

    def progress(self) -> str:
        done, known = self.amount()
        return f"{done} of {known}"

    def ending(self) -> str:
        """How the work ended, in a few words; "" while there is something to do."""
        raise NotImplementedError

    def turn(self) -> Collection[int]:
        return () if self.ending() else range(self.seats)

    def moves(self, seat: int) -> Iterable[Move] | None:
        return () if self.ending() else None

    def outcome(self) -> Outcome | None:
        why = self.ending()
        return Outcome.draw(self.seats, why) if why else None


class Work(Game[Info]):
    """Base of every work: a game whose seats are open and whose steps are results.

    The room judges with `info` as ever. What has to be done is read off what a seat sees; doing it may be slow, and
    happens on threads.
    """

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what the command line can say about this work, beside what it can say about all."""

    def wished(self, given: argparse.Namespace) -> dict[str, Any]:
        """The options of the room that such a command line opens; ValueError says in a sentence what is wrong."""
        return {}

    def worker(self, given: argparse.Namespace, post: Post) -> Callable[[Info], Do]:
        """How such a command line's worker makes its hands, which may raise ValueError where it would rather not.

        ValueError says in a sentence what is wrong with the command line.
        """
        return self.hands

    def write(self, rows: Iterable[Any], info: Info, folder: Path) -> Iterable[str]:
        """Write the results into a folder; gives the names of the files. OSError where that cannot be."""
        return ()

    def offer(self, info: Info, seat: int, name: str) -> Move | None:
        """The step by which a worker asks for something to do, or None where it has but to wait."""
        return None

    def pieces(self, info: Info, seat: int) -> Iterable[Any]:
        """What this seat has to do now."""
        raise NotImplementedError

    def lane(self, piece: Any) -> Hashable:
        """Pieces with the same lane are done one after the other, in the order they came; by default all are."""
        return None

    def scene(self, info: Info, seat: int | None) -> Scene:
        return Scene(w=10, h=2, items=(text((5, 1), info.progress()),), say=info.progress())

    def hands(self, info: Info) -> Do:
        """Make what does a piece, once for a match."""
        raise NotImplementedError


class Labourer(Worker):
    """Does what the room of a work gives it, on the seat that it has; where it has none, or is `idle`, it looks on.

    `go` opens the room, or joins it. `hands` makes what does a piece, by default what the work itself says; `changed`
    hears whenever something may be new to tell. With `keep` the results are fetched when all is done.
    """

    def __init__(
        self,
        client: Client,
        shelf: Mapping[str, Work[Any]],
        go: m.Open | m.Join,
        hands: Callable[[Any], Do] | None = None,
        changed: Callable[[], None] = lambda: None,
        keep: bool = False,
        idle: bool = False,
    ) -> None:
        super().__init__(client, shelf)
        self._go, self._hands, self._changed, self._keep, self._idle = go, hands, changed, keep, idle
        self._do: Do | None = None
        self._lanes: dict[Hashable, deque[tuple[Any, float]]] = {}
        """Pieces that wait for their turn, with the time at which they were given."""
        self._busy: set[Hashable] = set()
        self._mine: set[Any] = set()
        """Pieces whose results the room does not have yet."""
        self._ready: deque[tuple[Any, Move]] = deque()
        self._sent: tuple[Any, Move] | None = None
        self.table: Table | None = None
        self._collected: Collected | None = None
        self.complete = False
        """Whether the work is over and its results, where wanted, are all there."""
        self.gone = ""
        """Why this worker is out; "" while it is not."""

    # -- what happens --------------------------------------------------------------------------------------------------

    def connection(self, state: str, text: str) -> None:
        if state == "in" and not (self.welcome and self.welcome.rooms):
            self.client.request(self._go, self._came)
        elif state == "out":
            self._out(text)
        self._changed()

    def _came(self, answer: Answer) -> None:
        if answer is not None and answer[0] != "away":
            self._out(answer[1])

    def _out(self, text: str) -> None:
        self.gone = self.gone or text or N_("The connection is closed.")
        self._changed()

    def started(self, table: Table) -> None:
        if self._do is None and table.info is not None:
            try:
                self._do = (self._hands or self.work(table).hands)(table.info)
            except ValueError as error:
                self._out(str(error))
                self.client.disconnect(for_good=True)
        self._sent = None
        self._look(table)

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        self._look(table)

    def table_changed(self, table: Table) -> None:
        self.table = table
        self._look(table)

    def ended(self, table: Table) -> None:
        self._look(table)
        if not self._keep:
            self._all([])
        elif self._collected is None:
            self._collected = Collected(self.client, table, self._all)
        else:
            self._collected.ask()

    def take_welcome(self, client: Client, message: m.Welcome) -> Answer:
        """Who was away for so long that the seat is gone sits down again in the same room."""
        if self.table is not None and self.table.code not in message.rooms:
            self._go = m.Join(room=self.table.code, watch=self.table.seat is None)
            self.tables.clear()
        return super().take_welcome(client, message)

    def left(self, table: Table, text: str) -> None:
        self._out(text)

    def turned_away(self, text: str) -> None:
        self._out(text)

    # -- doing ---------------------------------------------------------------------------------------------------------

    def work(self, table: Table) -> Work[Any]:
        """The work of a table; the shelf of this worker has nothing else."""
        return cast("Work[Any]", table.game)

    def _look(self, table: Table) -> None:
        """See what there is to do now, and do it; bring what is done."""
        self._changed()
        info, seat, do = table.info, table.seat, self._do
        rests = self._idle or table.about.paused or table.outcome is not None
        if info is None or seat is None or do is None or rests:
            return
        work, given = self.work(table), set()
        for piece in work.pieces(info, seat):
            given.add(piece)
            if piece not in self._mine:
                self._mine.add(piece)
                self._lanes.setdefault(work.lane(piece), deque()).append((piece, self.client.clock()))
        for lane, queue in list(self._lanes.items()):
            if lane not in self._busy:
                self._begin(lane, queue, given, do)
        self._bring(table, work, info, seat)

    def _begin(self, lane: Hashable, queue: deque[tuple[Any, float]], given: set[Any], do: Do) -> None:
        """Begin the next piece of a lane that is still ours to do."""
        while queue:
            piece, since = queue.popleft()
            if piece in given:
                self._busy.add(lane)
                self.runner.spawn(partial(do, piece, since), partial(self._did, lane, piece))
                return
            self._mine.discard(piece)
        del self._lanes[lane]

    def _did(self, lane: Hashable, piece: Any, result: Any) -> None:
        self._busy.discard(lane)
        if isinstance(result, Exception):
            log.error("the piece %r could not be done", piece, exc_info=result)
        else:
            self._ready.extend((piece, move) for move in result)
        if self.table is not None:
            self._look(self.table)

    def _bring(self, table: Table, work: Work[Any], info: Any, seat: int) -> None:
        """Make the next step, one at a time: a result, or else an offer."""
        if self._sent is not None or self.client.state != "in" or table.about.trouble:
            return
        sent = self._ready[0] if self._ready else (None, work.offer(info, seat, self.client.name))
        if sent[1] is not None:
            self._sent = sent
            self.client.request(
                m.Step(room=table.code, n=table.n + 1, move=sent[1]), partial(self._brought, table, sent)
            )

    def _brought(self, table: Table, sent: tuple[Any, Move], answer: Answer) -> None:
        if self._sent is not sent:
            return  # the match was given anew meanwhile
        self._sent = None
        code, text = answer or ("", "")
        if code and code != "wrong_number":
            if code in AGAIN:
                return
            log.warning("the room did not take what was brought: %s", text)
            if not self._ready or self._ready[0] is not sent:
                return  # an offer, to be made again after the next step of anybody
            self._ready = deque(entry for entry in self._ready if entry[0] != sent[0])
        elif not code and self._ready and self._ready[0] is sent:
            self._ready.popleft()
        if all(entry[0] != sent[0] for entry in self._ready):
            self._mine.discard(sent[0])
        self._look(table)

    # -- results -------------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> list[Any]:
        """The results, as far as they have been fetched."""
        return self._collected.rows if self._collected is not None else []

    def brought(self, table: Table, results: m.Results) -> None:
        if self._collected is not None:
            self._collected.take(results)

    def _all(self, rows: list[Any]) -> None:
        self.complete = True
        self._changed()


class Collected:
    """The results of a work, asked for part by part; `then` gets all of them."""

    def __init__(self, client: Client, table: Table, then: Callable[[list[Any]], None]) -> None:
        self.rows: list[Any] = []
        self._client, self._code, self._then = client, table.code, then
        self.ask()

    def ask(self) -> None:
        """Ask for the next part; also after a break, in which an answer may have been lost."""
        self._client.request(m.Fetch(room=self._code, first=len(self.rows)))

    def take(self, results: m.Results) -> None:
        """Take a part, and ask for the next; the empty one is the last."""
        if results.room != self._code or results.first != len(self.rows):
            return
        self.rows.extend(results.rows)
        if results.rows:
            self.ask()
        else:
            self._then(self.rows)


def writes(game: Game[Any]) -> bool:
    """Whether this is a work whose results can be written into files."""
    return isinstance(game, Work) and type(game).write is not Work.write
