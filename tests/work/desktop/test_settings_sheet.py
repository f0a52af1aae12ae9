"""The settings: every choice works at once, is kept, and can be taken back; the window remembers its place."""

import subprocess
from pathlib import Path

import pygame
import pytest

from tests.work.desktop import hands
from tests.work.desktop.apps import Opened, alone, house
from work.desktop import system_theme
from work.desktop.choices import Choice
from work.desktop.first_screen import FirstScreen
from work.desktop.settings_pages import PAGES
from work.desktop.settings_parts import SettingRow, Switch
from work.desktop.settings_sheet import SettingsSheet
from work.desktop.theme import Theme
from work.desktop.widgets import Widget
from work.desktop.window import can_be_reached, fitting
from work.settings import Settings, Store

__all__ = ["alone"]


def opened(anna: Opened, page: str = "look") -> SettingsSheet:
    anna.app.screen.open_settings(page)
    anna.step()
    sheet = anna.app.screen.over
    assert isinstance(sheet, SettingsSheet)
    return sheet


def control(sheet: SettingsSheet, name: str) -> Widget:
    """The control of the setting with this name."""
    (row,) = [row for row in sheet.walk() if isinstance(row, SettingRow) and row.name.text == name]
    return row.control


def choose(anna: Opened, name: str, words: str) -> None:
    """Choose one of several as a person does: by a click on its words."""
    sheet = anna.app.screen.over
    assert isinstance(sheet, SettingsSheet)
    choice = control(sheet, name)
    assert isinstance(choice, Choice)
    part = dict(zip((text for _, text in choice.options), choice.parts(), strict=True))[words]
    hands.click(anna.app.screen, part.center)
    anna.step()


def turn_over(anna: Opened, name: str) -> None:
    sheet = anna.app.screen.over
    assert isinstance(sheet, SettingsSheet)
    hands.click(anna.app.screen, control(sheet, name))
    anna.step()


def test_every_choice_works_at_once_and_is_kept(tmp_path: Path) -> None:
    with Opened(folder=tmp_path, size=(1280, 900)) as anna:
        first = anna.first()
        hands.click(first, first.gear)
        anna.step()
        choose(anna, "Light or dark", "Dark")
        assert anna.app.screen.look.theme.name == "dark"
        choose(anna, "Text size", "Large")
        assert anna.app.screen.look.theme.text_scale == 1.25
        turn_over(anna, "High contrast")
        assert anna.app.screen.look.theme.high_contrast
        choose(anna, "Motion", "Off")
        assert anna.app.screen.look.theme.motion == "off"
        choose(anna, "Board", "Walnut")
        assert anna.app.screen.look.theme.board == "walnut"
        turn_over(anna, "Show where one may step")
        assert not anna.app.screen.look.theme.places
        turn_over(anna, "Letters and numbers")
        assert not anna.app.screen.look.theme.coordinates
        opened(anna, "window")
        choose(anna, "Size of everything", "125%")
        assert anna.app.screen.look.theme.scale == 1.25
        anna.press(pygame.K_ESCAPE)
        assert first.over is None
        assert anna.app.window.screen is first
    kept = Store(tmp_path).load()
    assert (kept.theme, kept.text_size, kept.high_contrast, kept.motion, kept.scale, kept.board) == (
        "dark", "large", True, "off", "1.25", "walnut",
    )  # fmt: skip
    assert (kept.show_places, kept.coordinates) == (False, False)
    with Opened(folder=tmp_path) as again:
        assert again.first().look.theme == Theme(
            "dark", 1.25, 1.25, high_contrast=True, motion="off", board="walnut", places=False, coordinates=False
        )


def test_sounds_can_be_off_and_as_loud_as_one_likes() -> None:
    with Opened() as anna:
        anna.app.settings.sound = True
        sheet = opened(anna, "sound")
        slider, switch = sheet.volume, control(sheet, "Sounds")
        assert isinstance(switch, Switch)
        hear = control(sheet, "Somebody writes")
        assert hear.usable
        anna.app.screen.focus_on(slider, by_keyboard=True)
        anna.press(pygame.K_END, pygame.K_LEFT)
        assert (anna.app.settings.volume, anna.app.sounds.volume) == (95, 95)
        hands.click(anna.app.screen, (slider.rect.x, slider.rect.centery))
        assert anna.app.sounds.volume == 0
        anna.app.screen.focus_on(switch, by_keyboard=True)
        anna.press(pygame.K_SPACE)
        assert not anna.app.sounds.on
        assert hear.hint() == "Sounds are off."
        assert not hear.usable


def test_how_loud_is_written_down_once_it_is_let_go_and_never_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    monkeypatch.setattr(Store, "save", lambda self, settings: written.append(settings.volume))
    with Opened(folder=tmp_path) as anna:
        slider, form = opened(anna, "sound").volume, anna.app.screen
        along = [(slider.rect.x + (slider.rect.w - 1) * k // 20, slider.rect.centery) for k in range(21)]
        hands.move(form, along[-1])
        hands.button(form, pygame.MOUSEBUTTONDOWN, along[-1])
        for place in reversed(along):
            hands.move(form, place, held=True)
        assert anna.app.sounds.volume == 0
        assert written == []
        hands.button(form, pygame.MOUSEBUTTONUP, along[0])
        assert written == [0]
        for _ in range(5):  # a key that is held down
            hands.key(form, pygame.K_RIGHT, up=False)
        assert written == [0]
        hands.key(form, pygame.K_RIGHT)
        assert written == [0, 30]
        hands.button(form, pygame.MOUSEBUTTONDOWN, along[-1])
        anna.press(pygame.K_ESCAPE)  # gone before it is let go
        assert form.over is None
        assert written == [0, 30, 100]


def test_the_pages_are_turned_by_the_keyboard() -> None:
    with Opened() as anna:
        sheet = opened(anna)
        assert anna.app.screen.focus is sheet.list
        for page, _ in PAGES[1:]:
            anna.press(pygame.K_DOWN)
            assert [name for name, rows in sheet.pages.items() if rows.visible] == [page]
        anna.press(pygame.K_DOWN, pygame.K_UP)
        assert sheet.list.value == PAGES[-2][0]


def test_a_new_name_is_seen_behind_the_settings() -> None:
    with Opened() as anna:
        sheet = opened(anna, "table")
        anna.app.screen.focus_on(sheet.name)
        sheet.name.select_all()
        anna.write("Zoë")
        assert anna.app.settings.name == "Zoë"
        sheet.name.select_all()
        anna.press(pygame.K_BACKSPACE)
        assert sheet.name.wrong
        anna.press(pygame.K_ESCAPE)
        assert anna.first().name.text == anna.app.settings.name == "Zoë"


def test_everything_goes_back_to_how_it_came() -> None:
    with Opened() as anna:
        sheet = opened(anna)
        choose(anna, "Light or dark", "Dark")
        hands.click(anna.app.screen, sheet.reset)
        anna.step()
        assert anna.app.screen.look.theme.name == "light"
        fresh = anna.app.screen.over
        assert isinstance(fresh, SettingsSheet)
        assert control(fresh, "Light or dark").value == "light"  # type: ignore[attr-defined]
        assert anna.app.settings.name == "Anna"


def test_what_happens_behind_the_settings_leaves_them_open() -> None:
    with house() as (_, url), Opened(url) as anna, Opened(url, name="Mei") as mei:
        lobby = anna.lobby(mei)
        sheet = opened(anna)
        mei.app._leave()
        anna.until(lambda: len(lobby.facts.lobby.people) == 1)
        assert anna.app.screen.over is sheet


def test_the_first_screen_says_that_settings_began_anew(tmp_path: Path) -> None:
    (tmp_path / "client.json").write_text("nonsense")
    with Opened(folder=tmp_path) as anna:
        notice = anna.first().notice
        assert notice is not None
        assert "cannot be read" in notice.title
        hands.click(anna.first(), notice.children[0])
        assert anna.first().notice is None
        anna.app.show_first()
        assert anna.first().notice is None


@pytest.mark.parametrize("size", [(800, 600), (1280, 800), (2560, 1440)])
@pytest.mark.parametrize("text", ["small", "normal", "large"])
def test_every_setting_has_its_place_at_every_size(size: tuple[int, int], text: str) -> None:
    with Opened(size=size) as anna:
        anna.app.settings.text_size = text  # type: ignore[assignment]
        anna.app.restyle()
        for page, _ in PAGES:
            sheet = opened(anna, page)
            parts = [sheet.head, sheet.list, sheet.ground, sheet.preview, sheet.reset, sheet.done]
            for number, part in enumerate(parts):
                assert sheet.rect.contains(part.rect), (page, part)
                assert not any(part.rect.colliderect(other.rect) for other in parts[number + 1 :])
            for row in sheet.pages[page].children:
                assert sheet.ground.rect.x <= row.rect.x
                assert row.rect.right <= sheet.ground.rect.right
                if isinstance(row, SettingRow):
                    assert row.rect.contains(row.control.rect), row.name.text
                    assert not row.name.rect.colliderect(row.control.rect)
                    assert row.name.size()[0] <= row.name.rect.w


# -- the window --------------------------------------------------------------------------------------------------------


def test_large_text_folds_the_layout_earlier() -> None:
    with Opened(size=(1280, 800)) as anna:
        assert anna.app.screen.layout_class == "regular"
        anna.app.settings.text_size = "large"
        anna.app.restyle()
        assert anna.app.screen.layout_class == "small"


@pytest.mark.parametrize(
    ("kept", "desktops", "size"),
    [
        ((1280, 800), [(1920, 1080)], (1280, 800)),
        ((1920, 1200), [(1280, 720)], (1280, 720)),
        ((2560, 1440), [(1280, 720), (3840, 2160)], (2560, 1440)),
        ((-5, 3), [(1920, 1080)], (800, 600)),
        ((1280, 800), [(640, 480)], (800, 600)),
        ((0, 0), [(1920, 1080)], (1600, 1000)),
        ((0, 0), [(1366, 768)], (1280, 768)),
        ((0, 0), [(3840, 2160)], (2560, 1600)),
    ],
)
def test_a_window_fits_the_screen_that_is_there(
    kept: tuple[int, int], desktops: list[tuple[int, int]], size: tuple[int, int]
) -> None:
    assert fitting(kept, desktops) == size


@pytest.mark.parametrize(
    ("place", "reached"),
    [
        ((0, 0), True),
        ((600, 500), True),
        ((-400, 10), True),
        ((3000, 10), False),
        ((10, -30), False),
        ((0, 1070), False),
    ],
)
def test_a_window_is_never_put_where_it_cannot_be_moved_from(place: tuple[int, int], reached: bool) -> None:
    assert can_be_reached(place, (1280, 800), [(1920, 1080)]) is reached


def test_size_place_and_full_screen_are_remembered(tmp_path: Path) -> None:
    with Opened(folder=tmp_path) as anna:
        anna.app.window._take(pygame.event.Event(pygame.WINDOWMOVED, x=40, y=50), 0.0)
        anna.press(pygame.K_F11)
        anna.app.window._take(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F11, mod=0), 0.0)
        anna.app.window._take(pygame.event.Event(pygame.WINDOWMOVED, x=0, y=0), 0.0)
        anna.app._keep()
    kept = Store(tmp_path).load()
    assert (kept.size, kept.place, kept.full_screen) == ((1280, 800), (40, 50), True)
    with Opened(folder=tmp_path) as again:
        assert (again.app.window.full_screen, again.app.window.place) == (True, (40, 50))
        assert isinstance(again.app.screen, FirstScreen)


# -- the desktop's theme -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "theme"), [("'prefer-dark'\n", "dark"), ("'default'\n", "light"), ("", "light")])
def test_the_window_may_look_as_the_desktop_does(monkeypatch: pytest.MonkeyPatch, said: str, theme: str) -> None:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 0, said, "")

    monkeypatch.setattr(system_theme.sys, "platform", "linux")  # type: ignore[attr-defined]
    monkeypatch.setattr(subprocess, "run", run)
    with Opened() as anna:
        anna.app.settings = Settings(name="Anna", theme="system", sound=False)
        anna.app.restyle()
        assert anna.app.screen.look.theme.name == theme


def test_a_desktop_that_says_nothing_is_light(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object, **__: object) -> None:
        raise FileNotFoundError("gsettings")

    monkeypatch.setattr(system_theme.sys, "platform", "linux")  # type: ignore[attr-defined]
    monkeypatch.setattr(subprocess, "run", run)
    assert system_theme.system_theme() == "light"
