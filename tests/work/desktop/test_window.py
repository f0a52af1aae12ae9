"""The window's loop: it sleeps when nothing happens, wakes for other threads, and draws only what changed."""

import threading
from collections.abc import Iterator

import pygame
import pytest

from tests.work.desktop.parts import Parts
from work.desktop.panels import Label
from work.desktop.window import NAP_QUIET, Appearance, Screen, Window, _joined

WAIT = 20  # seconds until a test gives up


class Quiet(Screen):
    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.log: list[str] = []
        self.label = Label("nothing happens")
        self.add(self.label)

    def shown(self) -> None:
        self.log.append("shown")

    def hidden(self) -> None:
        self.log.append("hidden")

    def layout(self, size: tuple[int, int]) -> None:
        self.log.append(f"layout {size[0]}x{size[1]}")
        self.label.rect = pygame.Rect(20, 20, 200, 20)


@pytest.fixture
def window(screen: pygame.Surface) -> Iterator[Window]:
    window = Window("Test", (1000, 700))
    window.open()
    pygame.event.clear()
    yield window
    pygame.event.clear()


def test_a_quiet_window_draws_once_and_then_only_changes(window: Window) -> None:
    quiet = Quiet(window)
    window.show(quiet)
    for now in range(50):
        assert not window.step(100.0 + now)
    assert window.frames == 1
    quiet.label.text = "something happened"
    window.step(200.0)
    window.step(201.0)
    assert window.frames == 2


def test_screens_are_told_when_they_come_and_go(window: Window) -> None:
    one, other = Quiet(window), Quiet(window)
    window.show(one)
    window.show(other)
    assert one.log == ["layout 1000x700", "shown", "hidden"]
    assert other.log == ["layout 1000x700", "shown"]


def test_another_theme_or_size_of_text_lays_out_and_draws_anew(window: Window) -> None:
    quiet = Quiet(window)
    window.show(quiet)
    window.step(1.0)
    light = tuple(window.surface.get_at((500, 500)))
    window.restyle(Appearance("dark", text_scale=1.25))
    window.step(2.0)
    assert tuple(window.surface.get_at((500, 500))) != light
    assert quiet.look is window.look
    assert quiet.log.count("layout 1000x700") == 2


def test_input_keeps_the_window_awake_for_a_moment(window: Window) -> None:
    window.show(Quiet(window))
    window.step(1.0)
    pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=(5, 5), rel=(1, 1), buttons=(0, 0, 0)))
    assert window.step(2.0)
    assert window.step(2.3)
    assert not window.step(3.0)


def test_full_screen_keeps_the_size_to_go_back_to(window: Window) -> None:
    window.show(Quiet(window))
    for key, mod in ((pygame.K_F11, 0), (pygame.K_RETURN, pygame.KMOD_ALT)):
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode="", scancode=0))
        window.step(1.0)
        assert window.size == (1000, 700)
    assert not window.full_screen
    assert window.surface.get_size() == (1000, 700)


@pytest.mark.parametrize(("size", "layout"), [((1100, 720), "1100x720"), ((500, 300), "800x600")])
def test_another_size_is_laid_out_and_drawn_but_never_smaller_than_the_smallest(
    window: Window, size: tuple[int, int], layout: str
) -> None:
    quiet = Quiet(window)
    window.show(quiet)
    window.step(1.0)
    pygame.display.set_mode(size)
    pygame.event.post(pygame.event.Event(pygame.WINDOWSIZECHANGED, x=size[0], y=size[1]))
    window.step(2.0)
    assert quiet.log[-1] == f"layout {layout}"
    assert tuple(window.surface.get_at((size[0] - 1, size[1] - 1)))[:3] == (239, 232, 219)


def test_other_threads_are_heard_at_once_and_may_close_the_window(
    screen: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pygame, "quit", lambda: None)  # the other tests go on drawing
    heard: list[threading.Thread] = []
    passes = threading.Event()
    window = Window("Test", (900, 700), on_pass=passes.set)

    def from_the_network() -> None:
        assert passes.wait(WAIT)
        window.call(lambda: heard.append(threading.current_thread()))
        window.call(window.close)

    network = threading.Thread(target=from_the_network)
    network.start()
    quiet: list[Quiet] = []

    def first(window: Window) -> Screen:
        quiet.append(Quiet(window))
        return quiet[0]

    try:
        window.run(first)
    finally:
        network.join(WAIT)
    assert heard == [threading.main_thread()]
    assert quiet[0].log == ["layout 900x700", "shown", "hidden"]
    assert NAP_QUIET >= 0.04  # an idle window costs next to nothing


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_screen_with_every_part_is_drawn_and_then_rests(window: Window, theme: str) -> None:
    window.restyle(Appearance("dark" if theme == "dark" else "light"))
    parts = Parts(window)
    window.show(parts)
    window.step(1.0)
    for now in range(2, 12):
        window.step(float(now))
    assert window.frames == 1
    for x, y in ((100, 200), (900, 120), (1000, 650), (300, 440)):
        pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=(x, y), rel=(1, 1), buttons=(0, 0, 0)))
    window.step(20.0)
    assert window.frames == 2


def test_areas_to_draw_do_not_overlap_and_cover_all() -> None:
    areas = [pygame.Rect(0, 0, 10, 10), pygame.Rect(50, 0, 10, 10), pygame.Rect(5, 5, 50, 3), pygame.Rect(200, 0, 5, 5)]
    joined = _joined(areas)
    assert len(joined) == 2
    assert all(any(big.contains(area) for big in joined) for area in areas)
    many = [pygame.Rect(20 * n, 0, 5, 5) for n in range(20)]
    assert _joined(many) == [pygame.Rect(0, 0, 385, 5)]
