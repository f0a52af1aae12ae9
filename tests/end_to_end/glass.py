"""The client program behind glass: it runs as ever, and a test sees what its window shows and what it knows.

    python -m tests.end_to_end.glass EYE NAME BEACON [the client's own options]

After each frame that differs it tells the test, which listens at EYE, what is there: words, places, table. The server
that it starts beside itself is behind glass too: it tells the state of its rooms, and closes its links when asked to.
Programs of one test find each other at the UDP port BEACON, so that several tests can run at the same time.
"""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias
from unittest import mock

import house
import main_client
import main_server
from beside import SERVE
from communication.discovery import Beacon, Seeker
from communication.link import CloseCode, Link
from games.game_info import GameInfo, digest
from master.room import Room
from tests.end_to_end.programs import ROOT
from tests.end_to_end.words import words_of
from work.desktop import app as app_module
from work.desktop import first_screen
from work.desktop.app_screen import AppScreen
from work.desktop.choices import Choice
from work.desktop.history_sheet import MatchRow
from work.desktop.hosts import HostRow
from work.desktop.replay_screen import ReplayScreen
from work.desktop.table_screen import TableScreen
from work.desktop.widgets import Group, Widget
from work.desktop.window import Window
from work.table import Table

Facts: TypeAlias = dict[str, Any]
SERVER = "server"
"""The name of the server that a client has started beside itself."""
CUT, MEND = b"c", b"m"
"""What a test asks a server for: to close all links and every new one at once; and to let links live again."""
WORDS = ("label", "text", "title", "lead", "words")


class Eye:
    """The line to the test."""

    def __init__(self, address: str, name: str) -> None:
        host, port = address.rsplit(":", 1)
        self.line = socket.create_connection((host, int(port)))
        self._last = ""
        self.tell({"name": name})

    def tell(self, facts: Facts) -> None:
        """Tell the test how it is now, where that is another way than before."""
        if (text := json.dumps(facts)) != self._last:
            self._last = text
            self.line.sendall(text.encode() + b"\n")


class GlassWindow(Window):
    """A window that tells the test what it shows."""

    def __init__(self, eye: Eye, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._eye, self._seen = eye, (-1, False)

    def step(self, now: float) -> bool:
        moving = super().step(now)
        if self.screen is not None and self._seen != (seen := (self.frames, moving)):
            self._seen = seen
            assert isinstance(self.screen, AppScreen)
            self._eye.tell(what_is_shown(self.screen, moving))
        return moving


def what_is_shown(screen: AppScreen, moving: bool) -> Facts:
    """All that a person could name on the screen, and what the client knows."""
    app = screen.app
    top = screen.over or screen
    widgets = [facts for widget in top.walk() for facts in places_of(widget, top)]
    facts: Facts = {
        "screen": type(screen).__name__,
        "moving": moving,
        "connection": app.player.client.state if app.player else "out",
        "focus": type(screen.focus).__name__,
        "widgets": widgets,
        "words": sorted({words for widget in screen.walk() for words in written_on(widget)}),
        "house": app.house.url,
    }
    if isinstance(screen, TableScreen):
        facts["table"] = told(screen.table)
        facts["pill"] = [screen.pill.lead, screen.pill.text]
        stage = screen.stage
        complaint = stage.moment.complaint
        facts["complaint"] = complaint and [complaint.text, complaint.spot.tag if complaint.spot else None]
        if stage.scene:
            facts["places"] = [[tag, stage.pixel(at)] for tag, at in stage.scene.places().items()]
            facts["marks"] = [[item.at, item.mark] for item in stage.scene.items if item.mark]
    elif isinstance(screen, ReplayScreen):
        facts["replay"] = {
            "n": screen.n,
            "last": screen.replay.last,
            "seat": screen.seat,
            "digest": digest(screen.match.info),
            "names": list(screen.replay.names),
        }
    return facts


def places_of(widget: Widget, top: Group) -> Iterator[Facts]:
    """What can be pressed: its words, where, and whether a click there would reach it."""
    middle = widget.rect.center
    words = words_of(widget)
    words |= {widget.title} if isinstance(widget, MatchRow) else set()
    words |= {widget.facts.url} if isinstance(widget, HostRow) else set()
    usable = widget.usable and top.at(middle) is widget
    if isinstance(widget, Choice):
        for (_, option), part in zip(widget.options, widget.parts(), strict=True):
            yield {"words": [option], "at": part.center, "usable": widget.usable and top.at(part.center) is widget}
    elif words - {""}:
        yield {"words": sorted(words - {""}), "at": middle, "usable": usable}


def written_on(widget: Widget) -> Iterator[str]:
    """What a widget says."""
    for name in WORDS:
        words = getattr(widget, name, "")
        if isinstance(words, str) and words:
            yield words
    for fact in facts_of(widget):
        if isinstance(fact, str) and fact:
            yield fact


def facts_of(widget: Widget) -> Iterable[object]:
    """What a row of a list, a plate or a card shows."""
    facts = getattr(widget, "facts", ())
    return [getattr(facts, field.name) for field in fields(facts)] if is_dataclass(facts) else facts


def told(table: Table) -> Facts:
    """What a client knows of its table."""
    offer = table.offer
    return {
        "code": table.code,
        "game": table.game.name,
        "private": table.about.private,
        "clock": table.about.clock is not None,
        "people": [person and person.name for person in table.about.people],
        "watchers": list(table.about.watchers),
        "state": table.about.state,
        "again": list(table.about.again),
        "seat": table.seat,
        "round": table.round,
        "n": table.n,
        "turn": list(table.turn),
        "digest": of(table.info),
        "outcome": table.outcome and list(table.outcome.winners),
        "offer": offer and [offer.what, offer.seat],
        "asked": table.asked,
        "running": list(table.times.runs) if table.times else [],
        "chat": [[said.name, said.text] for said in table.chat],
    }


def of(info: GameInfo | None) -> int | None:
    """The digest of a state."""
    return None if info is None else digest(info)


class GlassHouse(house.House):
    """A server that tells after each round how its rooms are, and lets its links be cut."""

    eye: Eye

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._commit, self._open, self._cut = self.hall.commit, self.server.opened, False
        self.hall.commit = self._committed  # type: ignore[method-assign]
        self.server.opened = self._opened  # type: ignore[method-assign]
        threading.Thread(target=self._hear, daemon=True).start()

    def _committed(self) -> None:
        self._commit()
        self.eye.tell({"rooms": {code: kept(room) for code, room in self.hall.rooms.items()}})

    def _opened(self, link: Link) -> None:
        if self._cut:
            link.close(CloseCode.FAULT)
        else:
            self._open(link)

    def _hear(self) -> None:
        """Hear what the test asks for."""
        while word := self.eye.line.recv(1):
            self._cut = word == CUT
            if self._cut:
                self.runner.call(self._close_all)

    def _close_all(self) -> None:
        for member in self.server.members.values():
            if member.link is not None and not member.bot:
                self.runner.close(member.link, CloseCode.FAULT, "")


def serve(eye: Eye, beacon: int, options: list[str]) -> int:
    """Be the server beside a client."""
    GlassHouse.eye = eye
    near = partial(Beacon, ports=(beacon,))
    nearby = mock.patch.multiple(house, Beacon=near, Announcement=nowhere)
    with nearby, mock.patch.object(main_server, "House", GlassHouse):
        return main_server.main(options)


def kept(room: Room) -> Facts:
    """What a server knows of a room."""
    return {
        "n": room.match.n,
        "digest": digest(room.match.info),
        "private": room.private,
        "watchers": len(room.watchers),
    }


def nowhere(*_: object, **_more: object) -> mock.Mock:
    """Instead of multicast, which would bring in all hosts around this machine."""
    return mock.Mock()


def main(eye_at: str, name: str, beacon: str, *options: str) -> int:
    """Run the client, or the server beside it."""
    eye, port, start = Eye(eye_at, name), int(beacon), subprocess.Popen
    if options[:1] == (SERVE,):
        return serve(eye, port, list(options[1:]))

    def beside(command: list[str], **how: Any) -> Any:
        """Start the server beside this client behind glass too."""
        if Path(command[1]).name != "main_server.py":
            return start(command, **how)
        glass = ["-m", "tests.end_to_end.glass", eye_at, SERVER, beacon, SERVE]
        return start([command[0], *glass, *command[2:]], **{**how, "cwd": ROOT})

    with (
        mock.patch.object(app_module, "Window", partial(GlassWindow, eye)),
        mock.patch.object(subprocess, "Popen", beside),
        mock.patch.multiple(first_screen, Seeker=partial(Seeker, ports=(port,)), Browser=nowhere),
    ):
        return main_client.main(list(options))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
