"""The window: opens, sleeps until something happens, hands events to the screen that is shown, draws what changed."""

import contextlib
import os
import queue
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# An unaccelerated window opens four times as fast and takes 100 MB less where OpenGL is done in software; set the
# variable to 1 before the start to have SDL decide. It must be set before SDL starts.
os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
# Without it Windows would open a smaller window and blow it up, blurred, on every screen that is not at 100 %.
os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
# Without it Windows writes pinyin, but does not show the characters to choose from.
os.environ.setdefault("SDL_IME_SHOW_UI", "1")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from work.desktop.boards import BoardName
from work.desktop.form import Form
from work.desktop.look import Look
from work.desktop.paint import svg_file
from work.desktop.theme import LayoutClass, Motion, Theme, ThemeName, layout_for, scale_for

MINIMUM = (800, 600)
NAP_MOVING, NAP_QUIET = 0.016, 0.04
_AWAKE_AFTER_INPUT = 0.5  # seconds in which the next event is answered within one frame
_REDRAW = (pygame.WINDOWEXPOSED, pygame.WINDOWRESTORED, pygame.WINDOWSIZECHANGED)
_INPUT = (pygame.KEYDOWN, pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEWHEEL, pygame.TEXTINPUT)


@dataclass(frozen=True)
class Appearance:
    """How the player wants the window: as in a `Theme`, but that scale 0 is what suits the window's size."""

    theme: ThemeName = "light"
    scale: float = 0
    text_scale: float = 1.0
    high_contrast: bool = False
    motion: Motion = "full"
    board: BoardName = "beech"
    places: bool = True
    coordinates: bool = True


class Screen(Form):
    """What fills a window for a while: a form that is laid out for its size, and told when it comes and goes."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window.look)
        self.window = window

    @property
    def layout_class(self) -> LayoutClass:
        """Which of the three layouts suits the window now."""
        theme = self.look.theme
        return layout_for(self.rect.size, theme.scale * max(1.0, theme.text_scale))

    def shown(self) -> None:
        """Called when the screen begins to be shown, after its first layout."""

    def hidden(self) -> None:
        """Called when another screen takes its place, or the window closes."""

    def layout(self, size: tuple[int, int]) -> None:
        """Give all widgets their rectangles for this size in real pixels; called when size or look change."""


class Window:
    """The one window of a client. All but `wake`, `call` and `close` belong to the thread of `run`.

    `size` is real pixels, `place` where its upper left corner is on the desktop (None: wherever the system likes);
    while the window fills the screen both stay what they were before, so that the caller can remember them. What no
    longer fits the desktop when the window opens is made to fit. `on_close` says whether the window may close when
    its button is pressed, `on_file` hears of a file that was dropped on it, `on_pass` is called once on each pass,
    before the screen moves.
    """

    def __init__(
        self,
        title: str,
        size: tuple[int, int] = (1280, 800),
        style: Appearance | None = None,
        on_pass: Callable[[], object] | None = None,
    ) -> None:
        self.title = title
        self.size = size
        self.style = style or Appearance()
        self.on_pass = on_pass
        self.place: tuple[int, int] | None = None
        self.full_screen = False
        self.screen: Screen | None = None
        self.surface = pygame.Surface((1, 1))
        self.look = self._new_look()
        self.frames = 0
        self.on_file: Callable[[Path], object] | None = None
        self.on_close: Callable[[], bool] | None = None
        self._stays = False
        self._closing = threading.Event()
        self._woken = threading.Event()
        self._calls: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self._awake_until = 0.0
        self._cursor = pygame.SYSTEM_CURSOR_ARROW

    # -- from any thread ---------------------------------------------------------------------------------------------

    def wake(self) -> None:
        """End the nap of the loop, because there is something to look at."""
        self._woken.set()

    def call(self, function: Callable[[], object]) -> None:
        """Have the window's thread call a function soon; what a network thread uses to tell a screen something."""
        self._calls.put(function)
        self.wake()

    def close(self) -> None:
        """End `run` after the pass that is under way."""
        self._closing.set()
        self.wake()

    # -- the loop ----------------------------------------------------------------------------------------------------

    def run(self, make_first: Callable[["Window"], Screen]) -> None:
        """Open the window with a first screen and stay until it is closed."""
        pygame.display.init()
        self.size = fitting(self.size, pygame.display.get_desktop_sizes())
        self.open()
        try:
            self.show(make_first(self))
            while not self._closing.is_set():
                began = time.monotonic()
                moving = self.step(began)
                nap = NAP_MOVING - (time.monotonic() - began) if moving else NAP_QUIET
                self._woken.wait(max(0.001, nap))
                self._woken.clear()
        finally:
            if self.screen is not None:
                self.screen.hidden()
            pygame.quit()

    def open(self) -> None:
        """Start SDL and show an empty window."""
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_icon(svg_file("roundtable", (64, 64)))
        pygame.display.set_caption(self.title)
        pygame.key.set_repeat(400, 35)
        pygame.key.stop_text_input()
        self._set_mode()

    def show(self, screen: Screen) -> None:
        """Let another screen fill the window."""
        if self.screen is not None:
            self.screen.hidden()
            self.screen.focus_on(None)
        self.screen = screen
        self._fit()
        screen.shown()

    def restyle(self, style: Appearance) -> None:
        """Show everything in another theme, scale, size of text, contrast or motion from now on."""
        self.style = style
        self._fit()

    def step(self, now: float) -> bool:
        """One pass: calls, events, movement, drawing of what changed. Returns whether something moves or may soon."""
        while not self._calls.empty():
            self._calls.get_nowait()()
        for event in pygame.event.get():
            self._take(event, now)
        if self.on_pass is not None:
            self.on_pass()
        screen = self.screen
        if screen is None:
            return False
        moving = screen.tick(now)
        self._draw(screen)
        if screen.cursor_now() != self._cursor:
            self._cursor = screen.cursor_now()
            with contextlib.suppress(pygame.error):  # not every system has every cursor
                pygame.mouse.set_cursor(self._cursor)
        return moving or now < self._awake_until

    def retitle(self, title: str) -> None:
        """Call the window something else from now on."""
        self.title = title
        pygame.display.set_caption(title)

    def flash(self) -> None:
        """Let the task bar show that something waits here, where the player looks at another window."""
        if pygame.display.get_init() and not pygame.key.get_focused():
            with contextlib.suppress(pygame.error), warnings.catch_warnings():  # not every system can
                warnings.simplefilter("ignore", DeprecationWarning)
                pygame.Window.from_display_module().flash(pygame.FLASH_UNTIL_FOCUSED)

    def toggle_full_screen(self) -> None:
        """Fill the whole screen, or go back to the size before."""
        self.full_screen = not self.full_screen
        self._set_mode()
        self._fit()

    # -- inside ------------------------------------------------------------------------------------------------------

    def _set_mode(self) -> None:
        desktops = pygame.display.get_desktop_sizes()
        if self.full_screen:
            self.surface = pygame.display.set_mode(desktops[0], pygame.FULLSCREEN)
        else:
            self.surface = pygame.display.set_mode(self.size, pygame.RESIZABLE)
            if self.place is not None and can_be_reached(self.place, self.size, desktops):
                pygame.display.set_window_position(self.place)
        with warnings.catch_warnings():
            # It will go with a later pygame, but is the one way to a smallest size while pygame.display draws.
            warnings.simplefilter("ignore", DeprecationWarning)
            pygame.Window.from_display_module().minimum_size = MINIMUM

    def _take(self, event: pygame.event.Event, now: float) -> None:
        if event.type in _INPUT:
            self._awake_until = now + _AWAKE_AFTER_INPUT
        if event.type == pygame.WINDOWCLOSE:
            self._stays = self.on_close is not None and not self.on_close()
        elif event.type == pygame.QUIT:
            # Where the window's own button was pressed both events come; a signal to the program is this one alone.
            if not self._stays:
                self.close()
            self._stays = False
        elif event.type in _REDRAW:
            self._fit()
        elif event.type == pygame.WINDOWMOVED and not self.full_screen:
            self.place = event.x, event.y
        elif event.type == pygame.DROPFILE:
            if self.on_file is not None:
                self.on_file(Path(event.file))
        elif _full_screen_key(event):
            self.toggle_full_screen()
        elif self.screen is not None:
            self.screen.event(event)

    def _fit(self) -> None:
        """Lay out the screen for the size that the window has now."""
        self.surface = pygame.display.get_surface() or self.surface
        # Some systems let a window be smaller than it asks to be: then it shows a part of the smallest layout.
        size = max(self.surface.get_width(), MINIMUM[0]), max(self.surface.get_height(), MINIMUM[1])
        if not self.full_screen:
            self.size = size
        if self.screen is None:
            return
        look = self._new_look(size)
        if look.theme != self.look.theme:
            self.look = look
        same = self.screen.rect.size == size and self.screen.look is self.look
        self.screen.look = self.look
        if not same:
            self.screen.rect = pygame.Rect((0, 0), size)
            self.screen.layout(size)

    def _new_look(self, size: tuple[int, int] | None = None) -> Look:
        style = self.style
        width, height = size or self.size
        most = max(1.0, min(width / MINIMUM[0], height / MINIMUM[1]))  # beyond it there is no room for everything
        scale = min(style.scale, most) or scale_for((width, height))
        return Look(
            Theme(
                style.theme, scale, style.text_scale, style.high_contrast, style.motion,
                style.board, style.places, style.coordinates,
            )
        )  # fmt: skip

    def _draw(self, screen: Screen) -> None:
        if not screen.dirty:
            return
        screen.arrange()
        areas = _joined(screen.dirty)
        screen.dirty = []
        for area in areas:
            self.surface.set_clip(area)
            screen.draw(self.surface)
        self.surface.set_clip(None)
        pygame.display.update(areas)
        self.frames += 1


def fitting(size: tuple[int, int], desktops: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A window's size, made smaller where no screen is that large; but never smaller than can be worked with.

    (0, 0) is the size that suits the first screen.
    """
    if size == (0, 0):
        scale = scale_for(desktops[0])
        size = round(1280 * scale), round(800 * scale)
    widest, highest = (max(screen[axis] for screen in desktops) for axis in (0, 1))
    return max(MINIMUM[0], min(size[0], widest)), max(MINIMUM[1], min(size[1], highest))


def can_be_reached(place: tuple[int, int], size: tuple[int, int], desktops: Sequence[tuple[int, int]]) -> bool:
    """Whether enough of a window at this place is on a screen, with the bar that it is moved by.

    Where several screens stand is not known; so what lies beyond the first one is left to the system.
    """
    width, height = desktops[0]
    return -size[0] + 200 <= place[0] <= width - 200 and 0 <= place[1] <= height - 100


def _full_screen_key(event: pygame.event.Event) -> bool:
    if event.type != pygame.KEYDOWN:
        return False
    return event.key == pygame.K_F11 or (event.key == pygame.K_RETURN and bool(event.mod & pygame.KMOD_ALT))


def _joined(areas: list[pygame.Rect]) -> list[pygame.Rect]:
    """Areas that do not touch each other and cover the given ones; few, because each costs a walk over the screen."""
    joined: list[pygame.Rect] = []
    for area in areas:
        grown = area.copy()
        while (index := grown.collidelist(joined)) >= 0:
            grown.union_ip(joined.pop(index))
        joined.append(grown)
    return joined if len(joined) <= 6 else [joined[0].unionall(joined[1:])]
