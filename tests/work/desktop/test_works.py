"""Works in the window: how far they are in the lobby, a picture of them, and what whoever sits there can do."""

from __future__ import annotations

from pathlib import Path

import pytest

from communication import messages as m
from tests.work.desktop import hands
from tests.work.desktop.apps import Opened, alone, house
from work.desktop.buttons import Button

__all__ = ["alone"]

START: m.Options = {"start": "http://docs.example/index.html"}


@pytest.mark.parametrize("size", [(800, 600), (1280, 800)])
def test_a_crawl_is_seen_held_stopped_and_saved(size: tuple[int, int], tmp_path: Path) -> None:
    with house() as (_, url), Opened(url, folder=tmp_path, size=size) as anna, Opened(url, "Mei") as mei:
        anna.lobby(mei)
        lobby = mei.lobby(anna)
        anna.app.request(m.Open(game="spider", version=1, seats=16, options=START))
        screen = anna.table(mei)
        mei.until(lambda: lobby.facts.tables(), anna)
        (facts,) = lobby.facts.tables().values()
        assert (facts.title, facts.sit, len(facts.seats)) == ("Spider", True, 1)
        assert facts.line.startswith("docs.example: 0 of 1 pages")
        anna.until(lambda: screen.table.info is not None, mei)
        assert (screen.pill.lead, screen.pill.text) == ("At work", "docs.example: 0 of 1 pages")
        assert not any(button.visible for button in (screen.undo, screen.draw_offer, screen.resign))
        anna.app.request(m.Offer(room=screen.table.code, what="pause"))
        anna.until(lambda: screen.table.about.paused, mei)
        anna.app.request(m.Offer(room=screen.table.code, what="resume"))
        anna.until(lambda: not screen.table.about.paused, mei)
        stop = next(child for child in screen.tray.children if isinstance(child, Button))
        hands.click(screen, stop)
        anna.until(lambda: screen.table.outcome is not None, mei)
        assert (screen.pill.lead, screen.pill.text) == ("Done", "stopped")
        assert not screen.result.visible
        assert screen.notice is not None
        (save,) = screen.notice.children
        hands.click(screen, save)
        place = tmp_path / "matches" / f"Spider {screen.table.code}"
        anna.until(lambda: (place / "report.html").is_file(), mei)
        assert (place / "pages.jsonl").read_bytes() == b""
        anna.app.screen.acts.ask_to_leave()  # type: ignore[attr-defined]
        anna.lobby(mei)


def test_one_may_sit_down_while_it_goes_on() -> None:
    with house() as (_, url), Opened(url) as anna, Opened(url, "Mei") as mei:
        anna.lobby(mei)
        mei.lobby(anna)
        anna.app.request(m.Open(game="primes", version=1, seats=4))
        code = anna.table(mei).table.code
        mei.app.request(m.Join(room=code))
        screen = mei.table(anna)
        mei.until(lambda: screen.table.info is not None, anna)
        assert screen.table.seat == 1
        assert screen.table.info.progress() == "0 of 40"  # type: ignore[union-attr]
