"""The timeline of a replay: every step on a line, the moments marked on it, and the buttons that go along it."""

from collections.abc import Callable, Sequence

import pygame

from work.desktop.buttons import Button
from work.desktop.panels import Label, Panel
from work.desktop.replay_balance import Curve
from work.desktop.widgets import Shown, Widget, is_click
from work.language import N_, _
from work.replay import Kind, Replay

SIGNS: dict[Kind, tuple[str, str, str]] = {
    "own": ("disc", "info", N_("a good step")),
    "first": ("disc", "info", N_("the first of its kind")),
    "again": ("dot", "info", N_("one more of its kind")),
    "strong": ("diamond", "danger", N_("a strong step")),
    "check": ("diamond", "danger", N_("check")),
    "taken": ("square", "draw", N_("something taken")),
    "chance": ("ring", "info", N_("thrown or drawn")),
    "undo": ("triangle", "info", N_("taken back")),
    "thought": ("hourglass", "turn_text", N_("the longest thought")),
    "end": ("star", "turn_text", N_("the end")),
}
"""How a moment is marked, by form and by colour, and what that means."""
SPEEDS = (1.0, 2.0, 4.0, 0.5)
ROUND = {"disc": (1.0, False), "dot": (0.5, False), "ring": (1.0, True)}
"""Round signs: how large, and whether only their edge is drawn."""
STAR = ((0, -1), (0.29, -0.31), (1, -0.31), (0.44, 0.12), (0.65, 0.9), (0, 0.45))
TRIANGLE = ((-0.9, 0), (0.6, -0.9), (0.6, 0.9))
DIAMOND = ((0, -1), (1, 0), (0, 1), (-1, 0))
SQUARE = ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8))
HOURGLASS = ((-0.8, -1), (0.8, -1), (-0.8, 1), (0.8, 1))
CORNERS: dict[str, Sequence[tuple[float, float]]] = {
    "triangle": TRIANGLE, "diamond": DIAMOND, "square": SQUARE, "hourglass": HOURGLASS,
    "star": (*STAR, *((-x, y) for x, y in STAR[:0:-1])),
}  # fmt: skip


def draw_sign(
    surface: pygame.Surface, form: str, at: tuple[int, int], r: float, colour: pygame.typing.ColorLike
) -> None:
    """Draw the sign of a moment round a place."""
    if form in ROUND:
        radius, hollow = ROUND[form]
        pygame.draw.aacircle(surface, colour, at, round(r * radius), max(2, round(r / 3)) if hollow else 0)
        return
    corners = [(at[0] + r * x, at[1] + r * y) for x, y in CORNERS[form]]
    pygame.draw.polygon(surface, colour, corners)
    pygame.draw.aalines(surface, colour, True, corners)


def arrow_keys() -> str:
    """What the arrow keys do in a replay."""
    return _("Arrow keys: left and right for a step, up and down for a moment")


class Track(Widget):
    """The line itself: as far as one has come it is green.

    Above it lies the curve of who stands better, where that can be told, high where it is the first seat; else columns
    say how long each step was thought about.
    """

    tip_above = True  # the buttons are beneath

    n: Shown[int] = Shown()

    def __init__(self, replay: Replay, go: Callable[[int], object]) -> None:
        super().__init__(arrow_keys())
        self._curve = Curve(replay)
        self.replay = replay
        self.n = replay.last
        self._go = go
        self._dragged = False
        self._pointer = -1
        self._longest = max((replay.thought(n) for n in range(replay.last + 1)), default=0.0)

    def hint(self) -> str:
        near = [
            moment for moment in self.replay.moments if abs(self.place(moment.n) - self._pointer) <= self.look.px(7)
        ]
        return "\n".join(f"{moment.n}  {moment.said}" for moment in near[:3]) or self.tip

    def event(self, event: pygame.event.Event) -> bool:
        if event.type == pygame.MOUSEMOTION:
            self._pointer = event.pos[0]
        if is_click(event):
            self._dragged = True
            self._go(self._step(event.pos[0]))
            return True
        if event.type == pygame.MOUSEMOTION and self._dragged:
            self._go(self._step(event.pos[0]))
            return True
        if is_click(event, pygame.MOUSEBUTTONUP):
            self._dragged = False
            return True
        return False

    def tick(self, now: float) -> bool:
        if not self._curve.grow():
            return False
        self.changed()
        return True

    def place(self, n: int) -> int:
        """Where a step is on the line, from the left."""
        left, right = self._ends()
        return left + (right - left) * n // max(1, self.replay.last)

    def draw(self, surface: pygame.Surface) -> None:
        theme, px, rect = self.look.theme, self.look.px, self.rect
        base = rect.bottom - px(14)
        left, right = self._ends()
        here, colour = self.place(self.n), theme.colour
        if self.replay.weighed:
            self._draw_curve(surface, base)
        else:
            self._draw_thoughts(surface, base)
        pygame.draw.line(surface, colour("line_strong"), (left, base), (right, base), px(2))
        pygame.draw.line(surface, colour("accent"), (left, base), (here, base), px(4))
        for moment in self.replay.moments:
            form, ink, _words = SIGNS[moment.kind]
            x = self.place(moment.n)
            for y in range(rect.y + px(4), base - px(8), px(6)) if form != "dot" else ():
                pygame.draw.line(surface, colour(ink), (x, y), (x, y + px(2)))
            draw_sign(surface, form, (x, base), px(7), colour("surface"))
            draw_sign(surface, form, (x, base), px(6), colour(ink))
        pygame.draw.line(surface, colour("text"), (here, rect.y), (here, rect.bottom - px(6)), px(2))
        pygame.draw.aacircle(surface, colour("text"), (here, base), px(8))
        pygame.draw.aacircle(surface, colour("surface"), (here, base), px(5))

    def _draw_curve(self, surface: pygame.Surface, base: int) -> None:
        """The curve as far as it is known, with a thin line where nobody stands better."""
        theme, known, top = self.look.theme, self._curve.known, self.rect.y + self.look.px(4)
        points = [(self.place(n), round(base - (base - top) * (1 + balance) / 2)) for n, balance in enumerate(known)]
        if len(points) > 1:
            ground = [(points[0][0], base), *points, (points[-1][0], base)]
            pygame.draw.polygon(surface, theme.colour("accent_soft"), ground)
            pygame.draw.lines(surface, theme.colour("accent"), False, points, self.look.px(2))
        left, right = self._ends()
        even = (base + top) // 2
        pygame.draw.line(surface, theme.colour("line"), (left, even), (right, even))

    def _draw_thoughts(self, surface: pygame.Surface, base: int) -> None:
        """A column for each step, as high as its part of the longest thought."""
        if self._longest < 1:
            return
        theme, px = self.look.theme, self.look.px
        wide = max(1, (self.place(self.replay.last) - self.place(0)) // max(1, self.replay.last) - px(2))
        for n in range(1, self.replay.last + 1):
            high = round((base - self.rect.y - px(8)) * self.replay.thought(n) / self._longest)
            column = pygame.Rect(self.place(n) - min(wide, px(10)) // 2, base - high, min(wide, px(10)), high)
            surface.fill(theme.colour("accent" if n <= self.n else "surface_3"), column)

    def _ends(self) -> tuple[int, int]:
        return self.rect.x + self.look.px(10), self.rect.right - self.look.px(10)

    def _step(self, x: int) -> int:
        left, right = self._ends()
        return max(0, min(self.replay.last, round((x - left) * self.replay.last / max(1, right - left))))


class Timeline(Panel):
    """Where one is in a replay, and the ways to go on; `go` is called with the number of a step."""

    def __init__(self, replay: Replay, go: Callable[[int], object], play: Callable[[], object]) -> None:
        self.replay = replay
        self.speed = SPEEDS[0]
        self.track = Track(replay, go)
        self.where = Label("", "caption", "text_2")

        def button(icon: str, step: Callable[[], int], tip: str) -> Button:
            return Button("", lambda: go(step()), "quiet", icon=icon, tip=tip)

        self.first = button("first", lambda: 0, _("The beginning (Home)"))
        self.back = button("back", lambda: self.track.n - 1, _("One step back (left arrow)"))
        self.play = Button("", play, "main", icon="play", tip=_("Play (space bar)"))
        self.next = button("next", lambda: self.track.n + 1, _("One step on (right arrow)"))
        self.last = button("last", lambda: replay.last, _("The end (End)"))
        self.fast = Button("", self._faster, "chip", tip=_("How fast it plays"))
        self.speed_word = Label(_("speed"), "caption", "text_2")
        buttons = (self.first, self.back, self.play, self.next, self.last)
        super().__init__(self.track, self.where, *buttons, self.speed_word, self.fast)
        self.show(replay.last, False)

    def show(self, n: int, plays: bool) -> None:
        """Say where one is, and whether it goes on by itself."""
        self.track.n = n
        self.where.text = _("step {number} of {last}").format(number=n, last=self.replay.last)
        self.play.icon = "pause" if plays else "play"
        self.fast.label = f"{self.speed:g} ×"
        self.first.off = self.back.off = "" if n else _("This is the beginning.")
        self.next.off = self.last.off = "" if n < self.replay.last else _("This is the end.")

    def size(self) -> tuple[int, int]:
        return self.rect.w, self.look.theme.high(108)

    def arrange(self) -> None:
        px, high = self.look.px, self.look.theme.high(40)
        inside = self.rect.inflate(-px(32), -px(12))
        self.track.rect = pygame.Rect(inside.x - px(10), inside.y, inside.w + px(20), inside.h - high - px(2))
        row = pygame.Rect(inside.x, inside.bottom - high, inside.w, high)
        wide = self.fast.size()[0]
        self.fast.rect = pygame.Rect(row.right - wide, row.centery - px(13), wide, px(26))
        buttons = (self.first, self.back, self.play, self.next, self.last)
        sizes = [px(56) if button is self.play else px(40) for button in buttons]
        x = row.centerx - (sum(sizes) + px(8) * (len(sizes) - 1)) // 2
        for button, width in zip(buttons, sizes, strict=True):
            button.rect = pygame.Rect(x, row.y, width, row.h)
            x += width + px(8)
        self.where.rect = pygame.Rect(row.x, row.y, self.first.rect.x - px(8) - row.x, row.h)
        word = self.speed_word.size()[0]
        self.speed_word.rect = pygame.Rect(self.fast.rect.x - px(8) - word, row.y, word, row.h)
        self.speed_word.visible = self.speed_word.rect.x > self.last.rect.right + px(8)

    def _faster(self) -> None:
        self.speed = SPEEDS[(SPEEDS.index(self.speed) + 1) % len(SPEEDS)]
        self.fast.label = f"{self.speed:g} ×"
