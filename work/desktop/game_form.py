"""The form of a game: what it is about, its options, how many play, and the clock."""

from collections.abc import Callable, Sequence
from typing import Any

import pygame

from communication import messages as m
from games.game import Game, Option, TextOption
from work import clocks
from work.desktop.choices import Choice
from work.desktop.lists import ScrollList
from work.desktop.lobby_tiles import GamePicture
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


class GameForm(Sheet):
    """How to play a game; what is chosen stands in `seats`, `chosen` (options) and `clock`.

    `counts` are the numbers of players to choose from. `last` are rows beneath; the last of them stays in sight where
    there is not room for all.
    """

    def __init__(
        self,
        game: Game[Any],
        close: Callable[[], object],
        *last: Widget,
        counts: Sequence[int],
        seats: int,
        options: m.Options,
        clock: m.Clock | None,
    ) -> None:
        self.game = game
        self.seats = seats
        self.chosen = game.chosen(options)
        self.clock = clock
        rows: list[Widget] = [Introduction(game)]
        self.wrong = Label("", "caption", "danger", wrap=True)
        self.wrong.visible = False
        self.fields: list[TextField] = []
        for name, option in game.options.items():
            if isinstance(option, Option):
                rows.append(self._row(name, option))
        if len(counts) > 1:
            choices = tuple((count, str(count)) for count in counts)
            rows.append(Named(_("How many play"), Choice(choices, self.seats, self._seat), 260))
        known = clocks.CHOICES if self.clock in clocks.CHOICES else (self.clock,)
        faces = tuple((clock, clocks.words(clock) or _("none")) for clock in known)
        rows.append(Named(_("Clock"), Choice(faces, self.clock, self._set_clock), 540))
        for name, option in game.options.items():  # lines of text are for experts, and come last
            if isinstance(option, TextOption):
                rows.append(self._row(name, option))
        self.form = ScrollList(*rows, *last[:-1], gap=SIZES.edge, margin=6)
        super().__init__(spoken(game.title), close, self.form, self.wrong, *last[-1:], wide=700)

    def chose(self) -> None:
        """Something else was chosen."""

    def is_right(self) -> bool:
        """Whether the options mean something; says beneath the fields what is wrong with them."""
        try:
            self.game.chosen(self.chosen)
        except ValueError as refusal:
            self._say_wrong(spoken(str(refusal)))
            return False
        return True

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
            self._say_wrong("")
            self.chose()

        return choose

    def _seat(self, seats: int) -> None:
        self.seats = seats
        self.chose()

    def _set_clock(self, clock: m.Clock | None) -> None:
        self.clock = clock
        self.chose()

    def _say_wrong(self, why: str) -> None:
        """Show beneath the fields why what they hold cannot be played; "" takes that away."""
        if why == self.wrong.text:
            return
        self.wrong.text, self.wrong.visible = why, bool(why)
        for field in self.fields:
            field.wrong = bool(why and field.text)
        if self.parent is not None:
            self.fit(self.parent.rect)
