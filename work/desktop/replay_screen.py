"""The replay: a match that is over, step by step, from any seat; and the ways on from there."""

import time
from collections.abc import Callable

import pygame

from games.match import Match
from work import clocks
from work.desktop.app import App, AppScreen
from work.desktop.buttons import Button
from work.desktop.choices import Choice
from work.desktop.continue_sheet import ContinueSheet
from work.desktop.panels import Chip, Label, Panel, Pill
from work.desktop.replay_balance import WIDE, BalanceBar
from work.desktop.replay_lists import Steps, moments
from work.desktop.replay_timeline import Timeline, arrow_keys
from work.desktop.replay_words import seat_facts
from work.desktop.sheets import Sheet
from work.desktop.stage_table import Table as Stage
from work.desktop.table_dock import SeatRow
from work.desktop.table_layout import TALL, margins, place_plates
from work.desktop.theme import SIZES
from work.desktop.widgets import key_is, place_row
from work.language import N_, _, called, spoken
from work.past import in_time, lasted, when, who
from work.replay import Replay

SECONDS_A_STEP = 1.2
"""How long a step is shown while the match plays by itself."""


class ReplayBar(Panel):
    """The way back, what is looked at, who played and when, and how long it took."""

    def __init__(
        self, replay: Replay, back: str, go_back: Callable[[], object], settings: Callable[[], object]
    ) -> None:
        self.small = False
        self.words = back
        self.back = Button(back, go_back, "quiet", icon="back", tip=back)
        self.title = Label(_("Replay: {game}").format(game=spoken(replay.game.title)), "heading", bold=True)
        facts = who(replay.names), when(replay.about.at, time.time()), clocks.words(replay.about.clock)
        self.subtitle = Label(" · ".join(filter(None, facts)), "caption", "text_2")
        self.time = Chip(lasted(replay.seconds), icon="clock")
        self.time.visible = bool(self.time.text)
        self.gear = Button("", settings, "quiet", icon="gear", tip=_("Settings"))
        super().__init__(self.back, self.title, self.subtitle, self.time, self.gear, bar=True)

    def arrange(self) -> None:
        px = self.look.px
        inside = self.rect.inflate(-px(16), -px(4))
        self.back.label = "" if self.small else self.words
        place_row(inside, self.back, self.title, self.subtitle, gap=px(12))
        place_row(inside, self.gear, gap=0, align="right")
        chip = self.time.size()
        right = self.gear.rect.x - px(8)
        if self.time.visible:
            self.time.rect = pygame.Rect(right - chip[0], inside.centery - chip[1] // 2, *chip)
            right = self.time.rect.x - px(8)
        self.subtitle.rect.w = max(0, min(self.subtitle.rect.w, right - self.subtitle.rect.x))

    def size(self) -> tuple[int, int]:
        return self.rect.w, self.look.theme.high(SIZES.bar_small if self.small else SIZES.bar)


class ReplayScreen(AppScreen):
    """One match. Arrow keys go from step to step and from moment to moment, Home and End to its ends; space plays.

    `back` names the place that `go_back` leads to.
    """

    way_back = N_("Replay")

    def __init__(self, app: App, replay: Replay, back: str, go_back: Callable[[], object]) -> None:
        super().__init__(app)
        self.replay, self._back, self._go_back = replay, back, go_back
        self.n = replay.last
        self.seat: int | None = None
        self._tall = False
        self.match: Match = replay.at(self.n)
        self.many = replay.about.seats > 2
        self._next_at: float | None = None
        self._plays = False
        self.bar = ReplayBar(replay, back, go_back, self.open_settings)
        self.stage = Stage()
        self.pill = Pill(kind="plain")
        self.timeline = Timeline(replay, self.go, self.play)
        everybody = _("All open") if replay.secret else _("Everyone")
        seats = [(seat, called(name) or _("nobody")) for seat, name in enumerate(replay.names)]
        marks = {seat: seat + 1 for seat, _name in seats}
        self.seen_from = Choice([(None, everybody), *seats], None, self._look_from, marks=marks)
        self.balance = BalanceBar(replay)
        title = Label(_("Look from"), "caption", "text_2", icon="eye")
        self.eyes = _LookFrom(title, self.seen_from)
        self.seats = [SeatRow(facts, plate=self.many) for facts in seat_facts(replay, self.n, self.match)]
        self.moments = moments(replay, self.go)
        self.steps = Steps(replay, self.go)
        names = (("moments", _("Moments")), ("steps", _("Steps")))
        self.tabs = Choice(names, "steps", lambda tab: self._fold(), tip=arrow_keys())
        self.on = Button(_("Continue from here"), self._ask_to_continue, "main", icon="branch")
        self.copy = Button(_("Copy as text"), self._copy, icon="copy")
        self.save = Button(_("Save"), self._save, icon="save", tip=_("Save it as a file"))
        self.add(self.stage, self.balance, self.bar, self.pill, self.timeline, self.eyes, *self.seats)
        self.add(self.tabs, self.moments, self.steps, self.on, self.copy, self.save)
        self._show()

    # -- what happens --------------------------------------------------------------------------------------------------

    def again(self) -> "ReplayScreen":
        screen = ReplayScreen(self.app, self.replay, self._back, self._go_back)
        screen.seen_from.choose(self.seat)
        screen.go(self.n)
        return screen

    def event(self, event: pygame.event.Event) -> bool:
        if super().event(event):
            return True
        if event.type != pygame.KEYDOWN or self.over is not None:
            return False
        replay = self.replay
        steps: dict[int, Callable[[], int]] = {
            pygame.K_LEFT: lambda: self.n - 1,
            pygame.K_RIGHT: lambda: self.n + 1,
            pygame.K_UP: lambda: replay.moment(self.n, -1),
            pygame.K_DOWN: lambda: replay.moment(self.n, 1),
            pygame.K_HOME: lambda: 0,
            pygame.K_END: lambda: replay.last,
        }
        if event.key in steps:
            self.go(steps[event.key]())
            return True
        if key_is(event, pygame.K_SPACE):
            self.play()
            return True
        return False

    def escape(self) -> bool:
        self._go_back()
        return True

    def tick(self, now: float) -> bool:
        if self._plays:
            wait = SECONDS_A_STEP / self.timeline.speed
            if self._next_at is None or self._next_at > now + wait:
                self._next_at = now + wait
            elif now >= self._next_at:
                self._next_at = now + wait
                self._step(self.n + 1)
                self._plays = self.n < self.replay.last
                self.timeline.show(self.n, self._plays)
        return super().tick(now)

    # -- what the player does ------------------------------------------------------------------------------------------

    def go(self, n: int) -> None:
        """Show the match as it was after step n; it no longer plays by itself."""
        self._plays = False
        self._step(max(0, min(self.replay.last, n)))

    def play(self) -> None:
        """Let the match go on by itself, from its beginning where it is at its end; or stop it."""
        self._plays, self._next_at = not self._plays, None
        if self._plays and self.n == self.replay.last:
            self._step(0)
        self.timeline.show(self.n, self._plays)

    def _look_from(self, seat: int | None) -> None:
        self.seat = seat
        if not self.by_keyboard:
            self.focus_on(None)  # the arrow keys go from step to step again
        self._show(glide=False)  # what one sees from elsewhere has not moved there

    def _step(self, n: int) -> None:
        if n == self.n + 1:
            self.match.apply(self.replay.steps[n])
        elif n != self.n:
            self.match = self.replay.at(n)
        forward, self.n = n > self.n, n
        if forward and self._plays:
            self.app.sounds.play("step")
        self._show()

    def _ask_to_continue(self) -> None:
        sheet = ContinueSheet(self.replay, self.n, self._own_seat(), self.app.request, self.close)
        self.open(sheet)
        sheet.fit(self.rect)

    def _own_seat(self) -> int:
        """The seat to propose: the one looked from, one's own in that match, else the one that is next."""
        me = self.app.player.client.name if self.app.player is not None else ""
        if self.seat is not None:
            return self.seat
        return self.replay.names.index(me) if me in self.replay.names else min(self.match.turn, default=0)

    def _copy(self) -> None:
        pygame.scrap.put_text(self.replay.text())
        self.say(_("The match is copied as text."), "good")

    def _save(self) -> None:
        folder = self.app.store.matches
        if folder is None:
            self.say(_("This program was started so that it keeps nothing."), "danger")
            return
        try:
            path = self.replay.save(folder)
        except OSError as error:
            self.say(_("It cannot be saved: {why}").format(why=error.strerror), "danger")
        else:
            self.say(_("Saved: {file}").format(file=path), "good")

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _show(self, *, glide: bool = True) -> None:
        replay, n, match = self.replay, self.n, self.match
        scene = replay.scene(match, self.seat, tall=self._tall)
        self.stage.put(scene, glide=glide)
        self.balance.show(match)
        for seat, facts in enumerate(seat_facts(replay, n, match, scene.sides)):
            row = self.seats[seat]
            row.facts, row.beside = facts, scene.beside.get(seat, ())
            if replay.times and replay.about.clock is None:
                row.show_used(in_time(replay.times[n][seat]))
            elif replay.times:
                row.show_time(replay.times[n][seat])
        self.timeline.show(n, self._plays)
        self.steps.show(n)
        self._show_pill()
        if replay.number is None:
            self.on.off = _("This match is from a file; only a host's own matches can go on.")
        elif n == replay.last:
            self.on.off = _("Here the match is over. Go back to a step from which you want to play on.")
        else:
            self.on.off = "" if self.app.player is not None else _("There is no host to play at.")
        if self.many and self.rect.w:
            place_plates(self.stage, self.seats)

    def _show_pill(self) -> None:
        line, outcome, pill = self.replay.line(self.n), self.match.outcome, self.pill
        if outcome is not None:
            winners = _(" and ").join(self.replay.names[seat] for seat in outcome.winners)
            lead = _("Draw") if outcome.drawn else _("{people} won").format(people=winners)
            pill.lead, pill.text, pill.seat, pill.icon = lead, spoken(outcome.why), 0, "crown"
            pill.kind = "turn"
        elif line is None:
            pill.lead, pill.text, pill.seat, pill.icon, pill.kind = _("The beginning"), "", 0, "play", "plain"
        else:
            name = called(self.replay.names[line.seat]) if line.seat is not None else ""
            seat = line.seat + 1 if line.seat is not None else 0
            pill.lead, pill.text, pill.seat, pill.icon, pill.kind = name, line.said, seat, "", "plain"
        self._place_pill()

    # -- where everything is -------------------------------------------------------------------------------------------

    def background(self, surface: pygame.Surface) -> None:
        surface.blit(self.look.paint.cloth(self.rect.size), self.rect)

    def layout(self, size: tuple[int, int]) -> None:
        px, high = self.look.px, self.look.theme.high
        small = self.layout_class == "small"
        wide, edge = margins(self)
        self.bar.small = small
        self.bar.rect = pygame.Rect(0, 0, size[0], high(SIZES.bar_small if small else SIZES.bar))
        self.bar.arrange()
        top = self.bar.rect.bottom
        dock = pygame.Rect(size[0] - wide - edge, top + edge, wide, size[1] - top - 2 * edge)
        self._layout_dock(dock, small)
        left = pygame.Rect(0, top, dock.x, size[1] - top)
        foot = high(96 if small else 108)
        margin = edge if small else px(36)
        self.timeline.rect = pygame.Rect(margin, left.bottom - foot - edge, left.w - 2 * margin, foot)
        head = high(SIZES.pill) + px(16) if self.many and not small else 0
        stage = pygame.Rect(left.x, left.y + head, left.w, self.timeline.rect.y - left.y - head)
        if self.balance.visible:
            stage.x, stage.w = stage.x + px(8 + WIDE), stage.w - px(8 + WIDE)
        if self._tall != (tall := stage.w < TALL * stage.h):
            self._tall = tall
            self._show()
        self.stage.layout(stage)
        board = self.stage.frame
        self.balance.rect = pygame.Rect(board.x - px(8 + WIDE), board.y, px(WIDE), board.h)
        self._place_pill()
        if self.many:
            place_plates(self.stage, self.seats)
        if isinstance(self.over, Sheet):
            self.over.fit(self.rect)

    def _layout_dock(self, dock: pygame.Rect, small: bool) -> None:
        px, high = self.look.px, self.look.theme.high
        gap, y = px(8 if small else SIZES.gap_panels), dock.y
        self.seen_from.tight = small
        self.seen_from.style = "segments"
        if small or self.seen_from.size()[0] > dock.w - px(24):
            self.seen_from.style = "pills"
        eyes = self.eyes.height(dock.w)
        self.eyes.rect = pygame.Rect(dock.x, y, dock.w, eyes)
        y += eyes + gap
        if not self.many:
            row_height = high(SIZES.seat_row_small if small else 60)
            for row in self.seats:
                row.rect = pygame.Rect(dock.x, y, dock.w, row_height)
                y += row_height + gap
        bottom = dock.bottom - high(SIZES.button)
        half = (dock.w - px(8)) // 2
        self.copy.rect = pygame.Rect(dock.x, bottom, half, high(SIZES.button))
        self.save.rect = pygame.Rect(dock.right - half, bottom, half, high(SIZES.button))
        self.copy.icon, self.save.icon = ("", "") if small else ("copy", "save")
        bottom -= px(8) + high(SIZES.button)
        self.on.rect = pygame.Rect(dock.x, bottom, dock.w, high(SIZES.button))
        bottom -= gap
        self.tabs.visible = small
        self.moments.title.visible = self.steps.title.visible = not small
        if small:
            self.tabs.rect = pygame.Rect(dock.x, y, dock.w, self.tabs.size()[1])
            y += self.tabs.rect.h + gap
            self.moments.rect = self.steps.rect = pygame.Rect(dock.x, y, dock.w, bottom - y)
        else:
            most = min(self.moments.height(dock.w), round((bottom - y) * 0.45))
            self.moments.rect = pygame.Rect(dock.x, y, dock.w, most)
            self.steps.rect = pygame.Rect(dock.x, y + most + gap, dock.w, bottom - y - most - gap)
        self._fold()

    def _fold(self) -> None:
        self.moments.visible = not self.tabs.visible or self.tabs.value == "moments"
        self.steps.visible = not self.tabs.visible or self.tabs.value == "steps"

    def _place_pill(self) -> None:
        if not self.rect.w:
            return
        px, small = self.look.px, self.layout_class == "small"
        self.pill.visible = self.many and not small  # where two play, their rows say it
        width, height = self.pill.size()
        stage = self.stage.rect
        width = min(width, stage.w - px(32))
        self.pill.rect = pygame.Rect(stage.centerx - width // 2, self.bar.rect.bottom + px(14), width, height)


class _LookFrom(Panel):
    """The question from where one looks, and its answers."""

    def __init__(self, title: Label, choice: Choice) -> None:
        self.title, self.choice = title, choice
        super().__init__(title, choice)

    def height(self, width: int) -> int:
        inside = width - self.look.px(24)
        return self.look.theme.line("caption") + self.choice.height(inside) + self.look.px(30)

    def arrange(self) -> None:
        px, line = self.look.px, self.look.theme.line("caption")
        inside = self.rect.inflate(-px(24), -px(20))
        self.title.rect = pygame.Rect(inside.x, inside.y, inside.w, line)
        self.choice.rect = pygame.Rect(inside.x, inside.y + line + px(8), inside.w, self.choice.height(inside.w))
