"""The table screen: the stage with the game, whose turn it is, and beside it seats, steps, chat and what one can do."""

from functools import partial

import pygame

from communication import messages as m
from games.game_info import Chance, GameInfo, Move, Refusal, view
from games.match import Match
from games.scene import Scene
from work.desktop.app import App, AppScreen
from work.desktop.buttons import Button, HoldButton
from work.desktop.chat import AT_THE_END, PHRASES, Chat
from work.desktop.choices import Choice
from work.desktop.help_sheet import HelpSheet
from work.desktop.notices import Notice
from work.desktop.panels import Pill
from work.desktop.sheets import Sheet
from work.desktop.stage import ARROWS, Stage
from work.desktop.table_acts import Acts
from work.desktop.table_bar import TableBar
from work.desktop.table_broken import Broken
from work.desktop.table_dock import SeatRow, Steps
from work.desktop.table_layout import TALL, margins, place_dock, place_pill, place_plates, place_stage
from work.desktop.table_notices import offer_notice, paused_notice, standing_notice, wanting_notice
from work.desktop.table_result import Result
from work.desktop.table_times import Times
from work.desktop.table_tray import Tray
from work.desktop.table_words import draw_off, seat_facts, turn_words, undo_off
from work.desktop.theme import SEATS, SIZES
from work.language import N_, _
from work.table import Table


class TableScreen(AppScreen):
    """One table, from waiting for people over the match to the result and the rematch."""

    way_back = N_("Table")

    def __init__(self, app: App, table: Table) -> None:
        super().__init__(app)
        self.table = table
        self.broken_since: float | None = None
        self._was_my_turn = False
        self._offered: m.Offering | None = None
        self._preview: GameInfo | None = None
        self._tall = False
        self._arrangement: object = None
        self.acts = acts = Acts(self)
        self.times = Times(self)
        self.stage = Stage(self._move, lambda refusal, tag: self.sound("refused"))
        self.pill = Pill()
        pause = partial(acts.propose, "pause")
        self.bar = TableBar(table, acts.ask_to_leave, self.open_settings, pause, self._open_help)
        self.seats = [SeatRow(facts, plate=self.many) for facts in seat_facts(table, self.now)]
        self.steps = Steps()
        self.chat = Chat(self, acts.say, app.muted)
        self.tabs = Choice((("steps", _("Steps")), ("chat", _("Chat"))), "steps", lambda tab: self._fold())
        self.tray = Tray(self.stage, lambda refusal: self._refuse(refusal.text), self.refresh)
        self.resign = HoldButton(_("Resign"), acts.resign, icon="flag", tip=_("Hold it: this gives the match up."))
        if table.game.replaces:
            self.resign.label = _("Give up")
            self.resign.tip = _("Hold it: a bot plays on in your place, and you watch.")
        self.undo = Button(_("Take back"), partial(acts.propose, "undo"), "info", icon="undo")
        self.draw_offer = Button(_("Draw"), partial(acts.propose, "draw"), "draw", icon="half")
        self.result = Result(acts.again, acts.choose_game, acts.look_back)
        self.notice: Notice | None = None
        self.broken = Broken(self.times.hurry, app.show_first)
        self.add(self.stage, self.bar, self.pill, *self.seats, self.tray)
        self.add(self.result, self.tabs, self.steps, self.chat, self.undo, self.draw_offer, self.resign, self.broken)
        for said in table.chat:
            self.chat.add_line(said, self._mark_of(said.name))
        self.refresh()

    @property
    def many(self) -> bool:
        """Whether so many play that their plates lie on the stage."""
        return len(self.table.about.people) > 2

    # -- what happens --------------------------------------------------------------------------------------------------

    def shown(self) -> None:
        self.focus_on(self.stage)
        self.refresh()

    def connection(self, state: str, text: str) -> None:
        if state == "in" and self.broken_since is not None:
            self.broken_since = None
            self.sound("back")
        self.refresh()

    def table_changed(self, table: Table) -> None:
        if table is not self.table:
            return
        offer, before = table.offer, self._offered
        if offer is not None and offer != before:
            self.sound("offer")
            if table.asked:
                self.app.window.flash()
        self._offered = offer
        if before is not None and before.what == "save" and table.about.paused:
            self.app.show_lobby()
            self.app.screen.say(_("The table is saved. You find it here when everybody is back."), "good")
            return
        self.refresh()

    def declined(self, table: Table, offer: m.Offering) -> None:
        if table is self.table:
            self.sound("answer")
            self.say(_("Your offer was not agreed on."), "info")

    def started(self, table: Table) -> None:
        if table is self.table:
            self.refresh()
            if self.focus is None or not self.focus.visible:  # it was on the button for this match
                self.focus_on(self.stage)

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        if table is self.table:
            if seat != table.seat:
                self.sound(table.game.sound(move))
                self.stage.moment.complaint = None  # it may have become one's turn
            self.refresh()

    def refused(self, table: Table, refusal: Refusal) -> None:
        if table is self.table:
            self.refresh()
            self._refuse(refusal.text)

    def ended(self, table: Table) -> None:
        if table is not self.table or table.outcome is None:
            return
        self.refresh()
        self.acts.ask_for_scores()
        if table.outcome.drawn:
            self.sound("draw")
        elif table.seat is not None:
            self.sound("win" if table.seat in table.outcome.winners else "lose")
        if table.seat is not None and self.focus is not self.chat.field:
            self.focus_on(self.result.rematch, by_keyboard=True)

    def said(self, message: m.Said) -> None:
        if message.room != self.table.code:
            return
        self.chat.add_line(message, self._mark_of(message.name))
        if message.name in self.app.muted:
            return
        if not message.old:
            self.sound("chat")
        if self.layout_class == "small" and self.tabs.value != "chat" and not message.old:
            unread = int(self.tabs.badges.get("chat", "0")) + 1
            self.tabs.badges = {"chat": str(unread)}

    def event(self, event: pygame.event.Event) -> bool:
        used = super().event(event)
        if used or event.type != pygame.KEYDOWN or event.key not in ARROWS or self.over is not None:
            return used
        if self.focus is self.chat.field:
            return False
        self.focus_on(self.stage, by_keyboard=True)  # nobody else wants the arrows
        return self.stage.event(event) or self.tray.arrow(event)

    def tick(self, now: float) -> bool:
        self.times.tick(now)
        return super().tick(now)

    # -- what the player does ------------------------------------------------------------------------------------------

    def _move(self, move: Move) -> None:
        if self.app.player is None:
            return
        refusal = self.app.player.step(self.table, move)
        if refusal is not None:
            self._refuse(refusal.text)
        else:
            self.sound(self.table.game.sound(move))
        self.refresh()

    def _refuse(self, text: str) -> None:
        self.sound("refused")
        self.stage.refuse(text)

    def past(self, message: m.Past) -> None:
        table = self.table
        if table.outcome is not None and message.matches:
            self.result.show_score(message.matches, [table.player(seat) for seat in range(len(table.about.people))])

    def lobby_changed(self) -> None:
        player = self.app.player
        if player is not None and player.lobby is not None:
            here = [person.name for person in self.table.about.people if person] + [*self.table.about.watchers]
            marked = {name: mark + 1 for name in here if (mark := self._mark_of(name)) is not None}
            self.result.show_evening(player.lobby, player.client.name, marked)
            seated = {person.name for person in self.table.about.people if person and not person.bot}
            if seated <= {player.client.name}:
                player.tell_who_comes(self)  # who plays against bots is waiting for people
            self.refresh()

    def again(self) -> "TableScreen":
        screen = TableScreen(self.app, self.table)
        screen.chat.field.text = self.chat.field.text
        screen.times.away_at = self.times.away_at
        return screen

    def _open_help(self) -> None:
        self.open(HelpSheet(self.table.game, self.close))
        self.place_over()

    def escape(self) -> bool:
        return self.stage.forget()

    # -- what is shown -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Bring everything up to what the table says."""
        table = self.table
        lost = self.broken_since is not None
        playing = table.about.state == "playing" and table.outcome is None
        self.steps.show(table)
        self.bar.show(table)
        scene = self._show_scene()
        for row, facts in zip(self.seats, seat_facts(table, self.now, scene.sides, lost), strict=True):
            row.facts = facts
        for seat, row in enumerate(self.seats):
            row.beside = scene.beside.get(seat, ())
        self.show_pill(scene)
        self.result.show(table)
        self.chat.propose(PHRASES if table.outcome is None else AT_THE_END)
        for button in (self.undo, self.draw_offer, self.resign):
            button.visible = playing and table.seat is not None and not table.game.info.open_seats
        away = self.resign.off = self.bar.pause.off = self.broken.show(table, self._host, lost)
        self.undo.off, self.draw_offer.off = away or undo_off(table), away or draw_off(table)
        if table.my_turn and not self._was_my_turn and playing:
            self.sound("your_turn")
            self.pill.pulse()
            self.app.window.flash()
        self._was_my_turn = table.my_turn
        self._show_notice()
        arrangement = (
            self.result.visible and [child.visible for child in self.result.children],
            self.resign.visible,
            self.bar.pause.visible,
            self.tray.visible and self.tray.size(),
            self.notice,
        )
        if self.rect.w and arrangement != self._arrangement:
            self._arrangement = arrangement
            self.layout(self.rect.size)

    def _show_scene(self) -> Scene:
        """Show the table as it is, laid out for the place that it has."""
        table, playing = self.table, self.table.about.state == "playing" and self.table.outcome is None
        info, seat = table.shown or self._waiting_info(), table.eyes if table.shown else None
        scene = table.marked((table.game.tall_scene if self._tall else table.game.scene)(info, seat))
        may_touch = playing and table.seat is not None and self.broken_since is None
        self.stage.show(scene, info, seat, table.game, may_touch)
        self.tray.show(scene, may_touch)
        return scene

    def _waiting_info(self) -> GameInfo:
        """What the table looks like before a match: the beginning of one that is nobody's."""
        if self._preview is None:
            match = Match(self.table.game, len(self.table.about.people), self.table.about.options)
            match.begin(Chance())
            self._preview = view(match.info, None)
        return self._preview

    def show_pill(self, scene: Scene) -> None:
        """Say whose turn it is, or what else there is to know, above the table."""
        pill = self.pill
        words = turn_words(self.table, scene, self.now, self.times.lost)
        pill.lead, pill.text, pill.seat, pill.icon, pill.kind = words
        place_pill(self)

    def _show_notice(self) -> None:
        """Say what stands; what says the same as before stays, for somebody may be about to press its button."""
        notice = (
            None
            if self.broken_since is not None
            else offer_notice(self.table, self.acts.reply)
            or paused_notice(self.table, partial(self.acts.propose, "resume"))
            or wanting_notice(self.table, self.app, self._mark_of)
            or standing_notice(self.table, self.acts.invite, self.acts.sit_down, self.app.save_results)
        )
        if notice is not None and self.notice is not None and notice.title == self.notice.title:
            return
        if self.notice is not None:
            self.remove(self.notice)
        self.notice = notice
        if notice is not None:
            self.add(notice)

    @property
    def _host(self) -> str:
        """What the host of the table calls itself."""
        player = self.app.player
        return player.welcome.server if player is not None and player.welcome is not None else ""

    @property
    def now(self) -> float:
        """The time by the clock of the client."""
        return self.app.player.client.clock() if self.app.player is not None else 0.0

    def _mark_of(self, name: str) -> int | None:
        """The number of somebody's mark, counted from 0: the seats first, then who watches; None for who has gone."""
        about = self.table.about
        names = [person.name if person else None for person in about.people] + list(about.watchers)
        return names.index(name) if name in names[: len(SEATS)] else None

    def sound(self, name: str) -> None:
        """Let a sound be heard."""
        self.app.sounds.play(name)

    # -- where everything is -------------------------------------------------------------------------------------------

    def background(self, surface: pygame.Surface) -> None:
        surface.blit(self.look.paint.cloth(self.rect.size), self.rect)

    def layout(self, size: tuple[int, int]) -> None:
        px, high = self.look.px, self.look.theme.high
        small = self.layout_class == "small"
        width, height = size
        dock_width, edge = margins(self)
        self.bar.small = small
        bar = self.bar.size()[1]
        self.bar.rect = pygame.Rect(0, 0, width, bar)
        self.bar.arrange()
        dock = pygame.Rect(width - dock_width - edge, bar + edge, dock_width, height - bar - 2 * edge)
        place_dock(self, dock, small)
        self._fold()
        left = pygame.Rect(0, bar, dock.x, height - bar)
        if self._tall != (tall := left.w < TALL * left.h):
            self._tall = tall
            self._show_scene()
        place_stage(self, left, edge, 0 if small else high(SIZES.pill) + px(16))
        if self.many:
            place_plates(self.stage, self.seats)
        place_pill(self)
        self.broken.place(pygame.Rect(0, bar, width, height - bar), self.stage.rect)
        self.place_over()

    def _fold(self) -> None:
        small = self.tabs.visible
        self.steps.visible = self.tabs.value == "steps" if small else not self.result.card.visible
        self.chat.visible = not small or self.tabs.value == "chat"
        if self.chat.visible:
            self.tabs.badges = {}

    def place_over(self) -> None:
        """Settings, or a question, lie in the middle."""
        over = self.over
        if isinstance(over, Sheet):
            over.fit(self.rect)
        elif over is not None:
            width = min(self.look.px(520), self.rect.w - self.look.px(64))
            over.rect = pygame.Rect(0, 0, width, over.height(width))
            over.rect.center = self.rect.center
