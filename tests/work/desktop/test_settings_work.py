"""Each setting changes what it says: on the piece of table beside it, on a table that is open, and in the file."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from msgspec import to_builtins

from games import GAMES
from games.example import example_match
from games.game_info import view
from tests.work.desktop import hands
from tests.work.desktop.apps import Opened, alone, house
from tests.work.desktop.test_settings_sheet import choose, control, opened, turn_over
from work.desktop.doctor_sheet import DoctorSheet
from work.desktop.panels import Pill
from work.desktop.settings_parts import SettingRow
from work.desktop.stage import Stage
from work.desktop.stage_layout import coordinates
from work.desktop.table_screen import TableScreen
from work.language import current, use
from work.settings import Known, Store

__all__ = ["alone"]

CHANGES: dict[str, Callable[[Opened], None]] = {
    "theme": lambda anna: choose(anna, "Light or dark", "Dark"),
    "text_size": lambda anna: choose(anna, "Text size", "Large"),
    "board": lambda anna: choose(anna, "Board", "Oak"),
    "high_contrast": lambda anna: turn_over(anna, "High contrast"),
    "show_places": lambda anna: turn_over(anna, "Show where one may step"),
    "coordinates": lambda anna: turn_over(anna, "Letters and numbers"),
}
"""What a person does to change each look that can be seen on a table that stands still."""


def pixels(anna: Opened, area: pygame.Rect) -> bytes:
    """What is to be seen in this part of the window."""
    anna.app.screen.changed()
    anna.step()
    return pygame.image.tobytes(anna.app.window.surface.subsurface(area), "RGB")


def begun_chess(anna: Opened) -> TableScreen:
    """A match of chess in which a knight is held."""
    lobby = anna.lobby()
    lobby._choose(GAMES["chess"])
    lobby.over._against_bots()  # type: ignore[union-attr]
    screen = anna.table()
    anna.until(lambda: screen.table.info is not None and screen.table.my_turn)
    screen.stage.touch("g1" if screen.table.seat == 0 else "g8")
    anna.until(lambda: screen.stage.moment.held)
    anna.until(lambda: not anna.app.window.step(time.monotonic()))
    return screen


def test_a_look_changes_at_once_beside_the_settings_on_an_open_table_and_in_the_file(tmp_path: Path) -> None:
    with house() as (_, url), Opened(url, folder=tmp_path, size=(1280, 900)) as anna:
        screen = begun_chess(anna)
        for setting, change in CHANGES.items():
            table = pixels(anna, screen.stage.rect)
            sheet = opened(anna)
            sheet.preview.show(setting)
            piece = pixels(anna, sheet.preview.rect)
            kept = getattr(anna.app.settings, setting)
            change(anna)
            assert pixels(anna, sheet.preview.rect) != piece, setting
            anna.press(pygame.K_ESCAPE)
            assert screen.over is None
            assert pixels(anna, screen.stage.rect) != table, setting
            assert getattr(Store(tmp_path).load(), setting) == getattr(anna.app.settings, setting) != kept
            anna.app.settings.look_as_at_first()
            anna.app.restyle()
            assert pixels(anna, screen.stage.rect) == table, setting


def test_where_one_may_step_is_shown_or_not_and_may_be_stepped_to_all_the_same() -> None:
    with house() as (_, url), Opened(url) as anna:
        stage = begun_chess(anna).stage
        assert {spot.tag for spot in stage.moment.next} in ({"f3", "h3"}, {"f6", "h6"})
        opened(anna)
        turn_over(anna, "Show where one may step")
        anna.press(pygame.K_ESCAPE)
        assert stage.moment.next == []
        stage.touch("f3" if stage.hand and stage.hand.seat == 0 else "f6")
        assert stage.moment.held is None


def test_every_look_is_changed_by_keys_alone() -> None:
    looks = CHANGES.keys() | {"motion"}
    with Opened() as anna:
        sheet, kept = opened(anna), anna.app.settings
        changed = set()
        for _ in looks:
            before = to_builtins(kept)
            anna.press(pygame.K_TAB)
            assert anna.app.screen.focus in list(sheet.pages["look"].walk())
            for key in (pygame.K_RIGHT, pygame.K_LEFT):  # one of them changes it, from wherever it was
                if to_builtins(kept) == before:
                    anna.press(key)
            changed |= {name for name in looks if getattr(kept, name) != before[name]}
        assert changed == looks


@pytest.mark.parametrize("game", GAMES)
def test_only_letters_and_numbers_beside_a_board_go_and_the_pointer_brings_its_own_back(game: str) -> None:
    with Opened() as anna:
        stage = Stage(lambda move: None)
        anna.app.screen.add(stage)
        match = example_match(GAMES[game])
        seat = min(match.info.turn())
        info = view(match.info, seat)
        scene = GAMES[game].scene(info, seat)
        names = coordinates(scene.items)
        assert all(re.fullmatch("[A-Oa-h]|[0-9]{1,2}", item.s) for item in names)
        assert bool(names) == (game in ("gomoku", "chess", "xiangqi", "battleship"))
        anna.app.settings.coordinates = False
        anna.app.restyle()
        stage.layout(pygame.Rect(0, 0, 900, 700))
        stage.show(scene, info, seat, GAMES[game], may_touch=True)
        if names:
            at = next(spot for spot in stage._spots if stage._may(spot))
            before = len(stage.view.pictures) if stage.view else 0
            hands.move(anna.app.screen, stage.pixel(at.at))
            assert stage.view is not None
            assert len(stage.view.pictures) >= before + 2  # a ring and what names the place


@pytest.mark.parametrize(
    ("size", "scale"), [((800, 600), 1.0), ((1280, 900), 1.5), ((1280, 600), 1.0), ((2560, 1440), 2.0)]
)
def test_nothing_is_made_so_large_that_the_window_cannot_hold_it(size: tuple[int, int], scale: float) -> None:
    with Opened(size=size) as anna:
        sheet = opened(anna, "window")
        choose(anna, "Size of everything", "200%")
        assert anna.app.settings.scale == "2"
        assert anna.app.screen.look.theme.scale == scale
        choose(anna, "Size of everything", "Auto")
        assert anna.app.settings.scale == "auto"
        assert sheet.visible


@pytest.mark.parametrize(("motion", "moves"), [("Full", True), ("Short", True), ("Off", False)])
def test_motion_is_shown_as_it_is_chosen(motion: str, moves: bool) -> None:
    with Opened(size=(1280, 900)) as anna:
        anna.app.settings.motion = "short" if motion == "Full" else "full"
        sheet = opened(anna)
        choose(anna, "Motion", motion)
        assert anna.app.settings.motion == motion.lower()
        assert sheet.preview.table._glide.moving is moves


@pytest.mark.parametrize(("motion", "pulses"), [("full", True), ("short", False), ("off", False)])
def test_when_it_is_my_turn_the_line_pulses_once_where_motion_is_full(motion: str, pulses: bool) -> None:
    with Opened() as anna:
        anna.app.settings.motion = motion  # type: ignore[assignment]
        anna.app.restyle()
        anna.app.screen.add(pill := Pill("Your turn", "place a stone", seat=2))
        pill.rect = pygame.Rect(300, 300, 260, 36)
        form, surface = anna.app.screen, anna.app.window.surface

        def seen() -> bytes:
            form.draw(surface)
            return pygame.image.tobytes(surface.subsurface(pill.outside()), "RGB")

        before = seen()
        pill.pulse()
        assert (pill.tick(5.0), pill.tick(5.3)) == (pulses, pulses)
        assert (seen() != before) is pulses
        assert not pill.tick(5.7)
        assert seen() == before


def test_the_language_may_be_the_systems_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "zh")
    try:
        with Opened(folder=tmp_path) as anna:
            opened(anna, "language")
            choose(anna, "Language", "As the system")
            assert current() == "en"  # it was chosen already: nothing changes
            choose(anna, "Language", "English")
            choose(anna, "Language", "As the system")
            assert current() == "zh"
        assert Store(tmp_path).load().language == ""
    finally:
        use("en")


def test_a_host_can_be_forgotten(tmp_path: Path) -> None:
    with Opened(folder=tmp_path) as anna:
        anna.app.settings.hosts = [Known("ws://10.0.0.1:8765", "Mei's laptop"), Known("ws://10.0.0.2:8765", "", 1.7e9)]
        opened(anna, "network")
        hands.click(anna.app.screen, control(opened(anna, "network"), "Mei's laptop"))
        anna.step()
        assert [host.url for host in Store(tmp_path).load().hosts] == ["ws://10.0.0.2:8765"]
        assert [facts.name for facts in anna.first().hosts.facts()] == ["10.0.0.2"]
        shown = [row.name.text for row in anna.app.screen.over.walk() if isinstance(row, SettingRow)]  # type: ignore[union-attr]
        assert "Mei's laptop" not in shown
        assert "10.0.0.2" in shown


def test_from_the_settings_one_finds_out_why_nobody_is_found() -> None:
    with Opened() as anna:
        sheet = opened(anna, "network")
        hands.click(anna.app.screen, control(sheet, "Nobody found?"))
        anna.step()
        assert isinstance(anna.app.screen.over, DoctorSheet)


def test_the_way_back_says_where_to_and_the_gear_closes_what_it_opened() -> None:
    with house() as (_, url), Opened(url) as anna:
        lobby = anna.lobby()
        sheet = opened(anna)
        assert sheet.back.label == "Lobby"
        hands.click(lobby, sheet.gear)
        assert lobby.over is None
