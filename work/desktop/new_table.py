"""The sheet that begins a game: what it is about, its options as a form, and with whom to play it."""

from collections.abc import Callable
from typing import Any

import pygame

from communication import messages as m
from communication.away import USUAL
from games.game import Game, Option, TextOption
from work import away as absent
from work import clocks
from work.desktop.big_buttons import BigButton
from work.desktop.choices import Choice
from work.desktop.lists import ScrollList
from work.desktop.lobby_facts import in_words
from work.desktop.lobby_tiles import GamePicture, Grid
from work.desktop.panels import Label
from work.desktop.sheets import Named, Sheet
from work.desktop.textfield import TextField
from work.desktop.theme import SIZES
from work.desktop.widgets import Widget
from work.language import _, spoken


class Introduction(Widget):
    """The game's picture, and beside it what it is about."""

    def __init__(self, game: Game[Any]) -> None:
        super().__init__()
        self.game = game
        self._picture = GamePicture(game)

    @property
    def touchable(self) -> bool:
        return False

    def height(self, width: int) -> int:
        return max(self.look.px(SIZES.tile_picture[1]), len(self._lines(width)) * self.look.theme.line("text"))

    def draw(self, surface: pygame.Surface) -> None:
        look, px = self.look, self.look.px
        size = (px(SIZES.tile_picture[0]), px(SIZES.tile_picture[1]))
        surface.blit(self._picture.get(look, size, px(SIZES.radius_button)), self.rect)
        line, lines = look.theme.line("text"), self._lines(self.rect.w)
        x, y = self.rect.x + size[0] + px(SIZES.edge), self.rect.centery - len(lines) * line // 2
        for number, words in enumerate(lines):
            look.fonts.draw(surface, words, (x, y + number * line))

    def _lines(self, width: int) -> list[str]:
        room = width - self.look.px(SIZES.tile_picture[0] + SIZES.edge)
        return self.look.fonts.wrap(spoken(self.game.summary), room)


class NewTable(Sheet):
    """How to begin a game. `ask` is called with the wish: a Match (whoever comes) or an Open (bots, public, private).

    `queue` is who waits for the game already: then seats and options are as they want them. `alone` says that nobody
    else is here, so that bots are the likeliest company.
    """

    def __init__(
        self,
        game: Game[Any],
        ask: Callable[[m.Match | m.Open], object],
        close: Callable[[], object],
        *,
        queue: m.Queue | None = None,
        company: str = "",
        alone: bool = False,
        away: m.Away = USUAL,
    ) -> None:
        self.game = game
        self.seats = queue.seats if queue else game.seats[0]
        self.chosen = game.chosen(queue.options if queue else {})
        self.clock = queue.clock if queue else None
        self.away = (queue.away if queue else None) or away
        self._ask = ask
        rows: list[Widget] = [Introduction(game)]
        self.wrong = Label("", "caption", "danger", wrap=True)
        self.wrong.visible = False
        self.fields: list[TextField] = []
        texts_last = sorted(game.options.items(), key=lambda named: isinstance(named[1], TextOption))
        for name, option in texts_last:
            rows.append(self._row(name, option))
        if len(game.seats) > 1:
            counts = tuple((count, str(count)) for count in game.seats)
            rows.append(Named(_("How many play"), Choice(counts, self.seats, self._seat), 260))
        known = clocks.CHOICES if self.clock in clocks.CHOICES else (self.clock,)
        faces = tuple((clock, clocks.words(clock) or _("none")) for clock in known)
        rows.append(Named(_("Clock"), Choice(faces, self.clock, self._set_clock), 540))
        rules = absent.CHOICES if self.away in absent.CHOICES else (*absent.CHOICES, self.away)
        ways_out = tuple((rule, absent.words(rule)) for rule in rules)
        rows.append(Named(_("When somebody is away"), Choice(ways_out, self.away, self._set_away), 540))
        self.anybody = BigButton("", "", self._match, icon="people")
        self.bots = BigButton(_("Play against bots"), _("begins at once"), self._against_bots, icon="bot")
        self.open = BigButton(_("Open a table"), _("others here see it and sit down"), self._open, icon="house")
        self.private = BigButton(_("Private table"), _("for friends who have its code"), self._private, icon="lock")
        self._company = company
        likeliest = self.bots if alone else self.anybody
        likeliest.kind, likeliest.key = "main", "Enter"
        ways = (self.bots, self.anybody) if alone else (self.anybody, self.bots)
        self.form = ScrollList(*rows, gap=SIZES.edge, margin=6)
        grid = Grid(*ways, self.open, self.private, least=260, gap=12)
        super().__init__(spoken(game.title), close, self.form, self.wrong, grid, wide=700)
        self._tell()

    def _row(self, name: str, option: Option | TextOption) -> Named:
        if isinstance(option, Option):
            choices = tuple((value, spoken(words)) for value, words in option.choices.items())
            return Named(spoken(option.label), Choice(choices, self.chosen[name], self._setter(name)), 260)
        field = TextField(
            self.chosen[name],
            placeholder=spoken(option.hint),
            most=option.most,
            on_change=self._setter(name),
        )
        self.fields.append(field)
        return Named(spoken(option.label), field, 540)

    def _setter(self, name: str) -> Callable[[Any], None]:
        def choose(value: Any) -> None:
            self.chosen[name] = value
            self._company = ""
            self._say_wrong("")
            self._tell()

        return choose

    def _seat(self, seats: int) -> None:
        self.seats = seats
        self._company = ""
        self._tell()

    def _set_clock(self, clock: m.Clock | None) -> None:
        self.clock = clock
        self._company = ""
        self._tell()

    def _set_away(self, away: m.Away) -> None:
        self.away = away
        self._company = ""
        self._tell()

    def _tell(self) -> None:
        others = self.seats - 1
        if self._company:
            self.anybody.label = _("Play with {name}").format(name=self._company)
            self.anybody.text = _("they wait for this already")
        else:
            self.anybody.label = _("Play with whoever comes")
            self.anybody.text = _("begins when {count} want the same").format(count=in_words(self.seats))
        several = _("{count} of them; begins at once").format(count=in_words(others))
        self.bots.text = _("begins at once") if others == 1 else several

    def _say_wrong(self, why: str) -> None:
        """Show beneath the fields why what they hold cannot be played; "" takes that away."""
        if why == self.wrong.text:
            return
        self.wrong.text, self.wrong.visible = why, bool(why)
        for field in self.fields:
            field.wrong = bool(why and field.text)
        if self.parent is not None:
            self.fit(self.parent.rect)

    def _wish(self, wish: m.Match | m.Open) -> None:
        try:
            self.game.chosen(self.chosen)
        except ValueError as refusal:
            self._say_wrong(spoken(str(refusal)))
        else:
            self._ask(wish)

    def _match(self) -> None:
        wish = m.Match(
            game=self.game.name,
            version=self.game.version,
            seats=self.seats,
            options=dict(self.chosen),
            clock=self.clock,
            away=self.away,
        )
        self._wish(wish)

    def _against_bots(self) -> None:
        self._wish(self._table(bots=self.seats - 1))

    def _open(self) -> None:
        self._wish(self._table())

    def _private(self) -> None:
        self._wish(self._table(private=True))

    def _table(self, bots: int = 0, private: bool = False) -> m.Open:
        return m.Open(
            game=self.game.name,
            version=self.game.version,
            seats=self.seats,
            options=dict(self.chosen),
            clock=self.clock,
            away=self.away,
            bots=bots,
            private=private,
        )
