"""The lobby: open tables, games to start, who is here, the evening's score, and a chat with everybody."""

import time
from typing import Any

import pygame

from communication import messages as m
from communication.away import USUAL
from communication.model import Answer
from games import GAMES
from games.game import Game
from work.desktop.app import App, AppScreen
from work.desktop.buttons import Button
from work.desktop.chat import Chat
from work.desktop.choices import Choice
from work.desktop.history_sheet import HistorySheet
from work.desktop.lists import ScrollList
from work.desktop.lobby_bar import LobbyBar
from work.desktop.lobby_facts import Facts, TableFacts
from work.desktop.lobby_people import ListPanel, PersonRow, ScoreRow
from work.desktop.lobby_tables import TableCard
from work.desktop.lobby_tiles import GameCard, Grid, Tile
from work.desktop.new_table import NewTable
from work.desktop.notices import Notice
from work.desktop.panels import Label
from work.desktop.people import Rows, mark_of
from work.desktop.player import against_bots
from work.desktop.sheets import Sheet, Titled
from work.desktop.table_words import among_bots
from work.desktop.theme import SIZES
from work.language import N_, _, ngettext, spoken
from work.table import Table

NO_TABLES = N_(
    "No table is open yet. Choose a game: you can play against bots, open a table, or wait for whoever comes."
)
HOSTING_ALONE = N_(
    "Friends in your network find this host on their first screen. Until they come, play against bots, or open a table."
)
PHRASES = (N_("Coming!"), N_("Five minutes"), N_("Who plays?"))
PAGES = (("people", N_("Here")), ("score", N_("Score")), ("chat", N_("Chat")))
KINDS = (("all", N_("All {count}")), ("two", N_("For two")), ("more", N_("For three and more")))
AGES_EVERY = 5.0
"""Seconds between two looks at for how long people have been away."""
ROWS_AT_FIRST = 2
"""Rows of open tables that are shown until one asks for all."""


class LobbyScreen(AppScreen):
    """What one can do on a server, and who else is there."""

    way_back = N_("Lobby")

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.facts = Facts(m.Lobby((), (), ()), "")
        self.wish: m.Match | None = None
        self.notice: Notice | None = None
        self.waits: m.Waiting | None = None
        self.more_tables = False
        self._next_ages = 0.0
        self.lines = app.player.chat if app.player is not None else []
        self.bar = LobbyBar(app, self.say, self.open_settings)
        self.more = Button("", self._show_all, "quiet", size="small")
        self.no_tables = Label(_(NO_TABLES), "text", "text_2", wrap=True)
        self.tables = Grid(least=225)
        self.cards = Rows(self.tables, lambda facts: TableCard(facts, self._enter))
        kinds = tuple((kind, _(words).format(count=len(GAMES))) for kind, words in KINDS)
        self.kinds = Choice(kinds, "all", self._filter, style="pills")
        self.tiles = [Tile(game, self._choose) for game in GAMES.values()]
        heads = Titled(_("Open tables"), self.more), Titled(_("Start a game"), self.kinds)
        self.game_cards = [GameCard(tile, self._against_bots) for tile in self.tiles]
        self.grid = Grid(*self.game_cards, least=SIZES.tile[0] - 10, grows=True)
        self.middle = ScrollList(heads[0], self.no_tables, self.tables, heads[1], self.grid, gap=8, margin=8)
        pages = tuple((page, _(words)) for page, words in PAGES)
        self.pages = Choice(pages, "people", lambda page: self._fold())
        self.people = ListPanel(
            _("Here now"),
            _("Nobody is here yet."),
            lambda rows: Rows(rows, lambda facts: PersonRow(facts, self._join_queue)),
        )
        self.score = ListPanel(
            _("This evening"),
            _("Who wins the first match?"),
            lambda rows: Rows(rows, ScoreRow),
            more=lambda: self._open(HistorySheet(app, self.close)),
        )
        self.chat = Chat(self, self._say, app.muted, PHRASES)
        self.add(self.middle, self.pages, self.people, self.score, self.chat, self.bar)
        self.lobby_changed()

    # -- what happens --------------------------------------------------------------------------------------------------

    def shown(self) -> None:
        self._follow(True)
        self.focus_on(next((tile for tile in self.tiles if tile.usable), None), by_keyboard=True)

    def hidden(self) -> None:
        self._follow(self.app.hosting)  # who hosts hears at a table too who comes

    def connection(self, state: str, text: str) -> None:
        if state == "in":
            self._follow(True)
            if self.wish is not None:
                self._request(self.wish)

    def lobby_changed(self) -> None:
        player = self.app.player
        if player is None:
            return
        if player.welcome is not None:
            for tile in self.tiles:
                known = player.welcome.games.get(tile.game.name) == tile.game.version
                says = _("This host does not have your version of {game}.").format(game=spoken(tile.game.title))
                tile.off = "" if known else says
        if player.lobby is None:
            return
        lobby = player.lobby
        age = player.client.clock() - player.lobby_at
        before, self.facts = self.facts.marks, Facts(lobby, player.client.name, age=age)
        if self.facts.marks != before:
            self.chat.clear_lines()
            for said in self.lines:
                self._add_line(said)
        self.no_tables.text = _(HOSTING_ALONE if self.app.hosting and self.facts.alone else NO_TABLES)
        self._show_tables()
        self._show_people()
        player.tell_who_comes(self)
        matches = ngettext("{count} match", "{count} matches", lobby.matches).format(count=lobby.matches)
        self.score.show(self.facts.scores(), matches if lobby.matches else _("Replays"))
        for card in self.game_cards:
            card.tile.chip = self.facts.chip(card.tile.game.name)
            card.alone = self.facts.alone
        self._place()

    def _show_people(self) -> None:
        people = self.facts.lobby.people
        self.people.show(self.facts.people(), str(sum(not person.bot for person in people)))

    def past(self, message: m.Past) -> None:
        if isinstance(self.over, HistorySheet):
            self.over.show(message)

    def table_changed(self, table: Table) -> None:
        self._show_tables()
        self._place()

    def _show_tables(self) -> None:
        """One's own tables that rest come first; the lobby's list has them no second time."""
        player = self.app.player
        own = self.facts.resting(player.tables.values(), time.time()) if player is not None else {}
        self.cards.show(own | {code: facts for code, facts in self.facts.tables().items() if code not in own})

    def waiting(self, message: m.Waiting) -> None:
        self.waits = message if message.need else None
        if self.notice is not None:
            self.remove(self.notice)
            self.notice = None
        if message.need:
            stop = Button(_("Stop waiting"), lambda: self.app.request(m.Unmatch()), size="small")
            missing = message.need - message.have
            title = spoken(GAMES[message.game].title) if message.game in GAMES else message.game
            says = ngettext("Waiting for one more player: {game}", "Waiting for {count} more players: {game}", missing)
            words = _("It begins by itself. Everybody here sees that you wait.")
            self.notice = Notice("turn", "clock", says.format(count=missing, game=title), words, (stop,))
            self.add(self.notice)
        else:
            self.wish = None
        self._place()

    def said(self, message: m.Said) -> None:
        if message.room:
            return
        self._add_line(message)
        if not message.old and message.name not in self.app.muted:
            self.app.sounds.play("chat")
            if self.pages.visible and self.pages.value != "chat":
                self.pages.badges = {"chat": str(int(self.pages.badges.get("chat", "0")) + 1)}

    def tick(self, now: float) -> bool:
        self.bar.show(self.facts.marks)
        player = self.app.player
        here = player is not None and player.client.state == "in"
        self.chat.shut("" if here else _("There is no connection to the host right now."))
        if player is not None and now >= self._next_ages:  # who is away is away for longer and longer
            self._next_ages = now + AGES_EVERY
            self.facts.age = player.client.clock() - player.lobby_at
            self._show_people()
        return super().tick(now)

    # -- what the player does ------------------------------------------------------------------------------------------

    def _say(self, text: str) -> None:
        self.app.say(text, self.chat.give_back)

    def _add_line(self, said: m.Said) -> None:
        self.chat.add_line(said, self.facts.marks.get(said.name, mark_of(said.name)) - 1)

    def _follow(self, follow: bool) -> None:
        player = self.app.player
        if player is not None and player.client.state == "in":
            self.app.request(m.Look(follow=follow))

    def _enter(self, table: TableFacts) -> None:
        player = self.app.player
        if table.rests and player is not None and table.room in player.tables:
            own = player.tables[table.room]
            self.app.show_table(own)
            if among_bots(own):  # nobody else has to get ready
                self.app.request(m.Offer(room=own.code, what="resume"))
            return
        self.app.request(m.Join(room=table.room, watch=not table.sit))

    def _join_queue(self, queue: m.Queue) -> None:
        game = GAMES[queue.game]
        wish = m.Match(
            game=game.name,
            version=game.version,
            seats=queue.seats,
            options=queue.options,
            clock=queue.clock,
            away=queue.away,
        )
        self._ask(wish)

    def _choose(self, game: Game[Any]) -> None:
        queue = self.facts.queue(game.name)
        company = self.facts.others(queue)[0] if queue else ""
        welcome = self.app.player.welcome if self.app.player is not None else None
        away = (welcome.away if welcome is not None else None) or USUAL
        self._open(
            NewTable(game, self._ask, self.close, queue=queue, company=company, alone=self.facts.alone, away=away)
        )

    def _against_bots(self, game: Game[Any]) -> None:
        self._request(against_bots(game))

    def _ask(self, wish: m.Match | m.Open) -> None:
        self.close()
        self._request(wish)

    def _request(self, wish: m.Match | m.Open) -> None:
        def answered(answer: Answer) -> None:
            self.wish = wish if answer is None and isinstance(wish, m.Match) else None
            if answer is not None:
                self.say(answer[1], "danger")

        self.app.request(wish, answered)

    def _open(self, sheet: Sheet) -> None:
        self.open(sheet)
        sheet.fit(self.rect)

    def again(self) -> "LobbyScreen":
        screen = LobbyScreen(self.app)
        screen.wish = self.wish
        if self.waits is not None:
            screen.waiting(self.waits)
        screen.chat.field.text = self.chat.field.text
        return screen

    def _show_all(self) -> None:
        self.more_tables = not self.more_tables
        self._place()

    def _filter(self, kind: str) -> None:
        for card in self.game_cards:
            seats = card.tile.game.seats
            card.visible = kind == "all" or (2 in seats if kind == "two" else seats[-1] > 2)
        self._place()

    # -- where everything is -------------------------------------------------------------------------------------------

    def layout(self, size: tuple[int, int]) -> None:
        px, high = self.look.px, self.look.theme.high
        small = self.layout_class == "small"
        self.bar.rect = pygame.Rect(0, 0, size[0], high(SIZES.bar_small if small else SIZES.bar))
        edge = px(10 if small else SIZES.edge)
        side = px(SIZES.dock_small if small else SIZES.dock - SIZES.edge)
        top = self.bar.rect.bottom + edge
        dock = pygame.Rect(size[0] - side - edge - (0 if small else px(8)), top, side, size[1] - top - edge)
        left = pygame.Rect(edge, self.bar.rect.bottom, dock.x - 2 * edge, size[1] - self.bar.rect.bottom)
        if self.notice is not None:
            width = left.w - 2 * px(8)
            self.notice.rect = pygame.Rect(left.x + px(8), top, width, self.notice.height(width))
            left = pygame.Rect(left.x, self.notice.rect.bottom, left.w, left.bottom - self.notice.rect.bottom)
        self.grid.least = 145 if small else SIZES.tile[0] - 10
        columns = self.tables.columns(left.w - px(16))
        shown = len(self.tables.children) if self.more_tables else (1 if small else ROWS_AT_FIRST) * columns
        for number, card in enumerate(self.tables.children):
            card.visible = number < shown
        self.more.visible = self.more_tables or len(self.tables.children) > shown
        self.more.label = (
            _("Show fewer") if self.more_tables else _("Show all {count}").format(count=len(self.tables.children))
        )
        self.no_tables.visible = not self.tables.children
        self.tables.visible = not self.no_tables.visible
        self.middle.rect = left
        self.middle.changed()
        self._layout_side(dock, small)
        if isinstance(self.over, Sheet):
            self.over.fit(self.rect)

    def _layout_side(self, dock: pygame.Rect, small: bool) -> None:
        px = self.look.px
        self.pages.visible = small
        if small:
            self.pages.rect = pygame.Rect(dock.x, dock.y, dock.w, self.pages.size()[1])
            top = self.pages.rect.bottom + px(SIZES.gap)
            page = pygame.Rect(dock.x, top, dock.w, dock.bottom - top)
            self.people.rect = self.score.rect = self.chat.rect = page
        else:
            gap, y = px(SIZES.gap_panels), dock.y
            for panel, most in ((self.people, 0.36), (self.score, 0.25)):
                height = min(panel.height(dock.w), round(dock.h * most))
                panel.rect = pygame.Rect(dock.x, y, dock.w, height)
                y += height + gap
            self.chat.rect = pygame.Rect(dock.x, y, dock.w, dock.bottom - y)
        self._fold()

    def _fold(self) -> None:
        pages = {"people": self.people, "score": self.score, "chat": self.chat}
        for name, panel in pages.items():
            panel.visible = not self.pages.visible or self.pages.value == name
        if self.chat.visible:
            self.pages.badges = {}

    def _place(self) -> None:
        if self.rect.w:
            self.layout(self.rect.size)
