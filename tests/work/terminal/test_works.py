"""Works in a terminal: how far they are, now and then, and what can be typed."""

from __future__ import annotations

from communication import messages as m
from tests.kit import Place
from tests.work.crews import Hand
from tests.work.terminal.test_player import Typist
from work.shelf import SHELF


def test_somebody_at_a_terminal_sees_how_far_a_crawl_is_and_stops_it() -> None:
    with Place(SHELF) as place:
        options: m.Options = {"start": "http://a.example/"}
        worker = Hand(place, "worker", m.Open(game="spider", version=1, seats=4, options=options), idle=True)
        code = worker.table().code
        anna = Typist(shelf=SHELF).connect(place.url)
        anna.reads(f"Table {code}: Spider, a.example: 0 of 1 pages with worker (3 free, join {code})")
        anna.types(f"join {code}").reads("You sit at table")
        assert "turn" not in anna.reads("http://a.example/")
        eve = place.guest("Eve")
        eve.does(m.Join(room=code), m.Step(room=code, n=1, move=["work", "Eve"]))
        anna.reads("a.example: 0 of 1 pages")
        anna.types("pause").reads("paused")
        anna.types("pause").reads("goes on")
        anna.types("stop").reads("The work is done: stopped.")
        anna.quits()
        worker.leave()
