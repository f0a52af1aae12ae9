"""Matches that are over, in a terminal: a list of them, and one of them step by step."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from communication import messages as m
from communication.written import Written
from games.game import Game
from work.language import _, called, spoken
from work.past import result, when, who
from work.replay import Replay
from work.terminal.console import Console
from work.terminal.scene import draw

WAYS = {"": 1, "next": 1, "n": 1, "back": -1, "b": -1}
"""What goes a step on, or back; an empty line goes on."""


class Lookback(Console):
    """The part of a terminal player that looks at matches that are over; `replay` is the one that is looked at."""

    replay: Replay | None = None
    shelf: Mapping[str, Game[Any]]
    _at = 0
    _seat: int | None = None

    def look_back(self, rest: str) -> None:
        """List the matches that are over; or show the one of this number from its beginning."""
        if not rest:
            self._request(m.History())
        elif rest.isascii() and rest.isdecimal() and len(rest) < 16:
            self._request(m.Replay(match=int(rest)))
        else:
            self.tell(_('"replay" lists the matches with their numbers; "replay 7" shows one.'))

    def past(self, message: m.Past) -> None:
        if not message.matches:
            self.tell(_("No match is over yet."))
            return
        for one in reversed(message.matches):
            game = spoken(self.shelf[one.game].title) if one.game in self.shelf else one.game
            ended = result(one.names, one.ranks, one.why)
            self.tell(f"{one.match:5}  {game}: {who(one.names)} ({ended}; {when(one.at, time.time())})")
        self.tell(_('"replay" with a number shows one of them.'))

    def recorded(self, message: m.Record) -> None:
        try:
            self.replay = Replay(Written(message.about, list(message.steps), message.over), self.shelf, message.match)
        except ValueError as error:
            self.tell(spoken(str(error)))
            return
        self._at, self._seat = 0, None
        self.tell(_('"next", "back", a number, "first" and "last" go through the match; "close" ends that.'))
        self.tell(_('"seat NAME" looks from a seat, "moments" lists moments, "text" prints it all, "on" plays on.'))
        self._show_replay()

    def looks_back(self, word: str, rest: str) -> bool:
        """Do what was typed while a match is looked at; whether it was meant for that."""
        replay = self.replay
        if replay is None:
            return False
        acts: dict[str, Callable[[], object]] = {
            "first": lambda: self._go(0),
            "last": lambda: self._go(replay.last),
            "moments": lambda: self._list_moments(replay),
            "text": lambda: self.tell(*replay.text().splitlines()),
            "seat": lambda: self._look_from(replay, rest),
            "on": lambda: self._go_on_from_here(replay),
            "close": self._close,
        }
        if word in WAYS:
            self._go(self._at + WAYS[word])
        elif word.isascii() and word.isdecimal() and len(word) < 7:
            self._go(int(word))
        elif word in acts:
            acts[word]()
        else:
            return False
        return True

    def _go(self, n: int) -> None:
        if self.replay is not None:
            self._at = max(0, min(self.replay.last, n))
            self._show_replay()

    def _show_replay(self) -> None:
        replay = self.replay
        if replay is None:
            return
        match, line = replay.at(self._at), replay.line(self._at)
        plates = dict(enumerate(map(called, replay.names)))
        self._out(draw(replay.scene(match, self._seat), plates, self._look))
        says = _("step {number} of {last}").format(number=self._at, last=replay.last)
        if line is not None:
            who_did = f"{called(replay.names[line.seat])}: " if line.seat is not None else ""
            says = f"{says}. {who_did}{line.said}"
        if match.outcome is not None:
            says = f"{says}. {result(replay.names, match.outcome.ranks, match.outcome.why)}"
        self.tell(f"{says}.")

    def _list_moments(self, replay: Replay) -> None:
        self.tell(*(f"{moment.n:5}  {moment.said}" for moment in replay.moments))

    def _look_from(self, replay: Replay, name: str) -> None:
        names = [known.casefold() for known in replay.names]
        self._seat = names.index(name.casefold()) if name.casefold() in names else None
        self._show_replay()

    def _go_on_from_here(self, replay: Replay) -> None:
        """Open a table that goes on from here, bots on the other seats."""
        about, me = replay.about, self.client.name
        seat = self._seat if self._seat is not None else replay.names.index(me) if me in replay.names else 0
        self._request(
            m.Open(
                game=about.game,
                version=about.version,
                seats=about.seats,
                options=about.options,
                clock=about.clock,
                bots=about.seats - 1,
                seat=seat,
                match=replay.number,
                n=self._at,
            )
        )
        self._close()

    def _close(self) -> None:
        self.replay = None
        self.tell(_("The replay is closed."))
