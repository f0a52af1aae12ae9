"""The chat beside a table and in the lobby: what those said whom one wants to hear, and ways to say something."""

from collections.abc import Callable, Sequence
from functools import partial

import pygame

from communication import messages as m
from work.desktop.buttons import Button
from work.desktop.choices import Choice
from work.desktop.lists import ScrollList
from work.desktop.panels import Label, Panel, Said, Words
from work.desktop.sheets import Named, Sheet
from work.desktop.textfield import TextField
from work.desktop.theme import SIZES
from work.desktop.widgets import Widget
from work.desktop.window import Screen
from work.language import N_, _

PHRASES = (N_("Nice!"), N_("One moment"), N_("Good luck"))
AT_THE_END = (N_("Good game"), N_("Again!"))
TEXT_LENGTH = 500


class Chat(Panel):
    """What was said, phrases to say at once, and a field to write in; who is in `muted` is not heard."""

    def __init__(
        self, screen: Screen, say: Callable[[str], object], muted: set[str], phrases: Sequence[str] = PHRASES
    ) -> None:
        self.muted = muted
        self._lines: list[tuple[m.Said, int | None]] = []
        self._say = say
        self.title = Label(_("Chat"), "caption", "text_2", icon="chat")
        self.list = ScrollList(at_end=True)
        self.phrases: list[Button] = []
        self.field = TextField(placeholder=_("Say something..."), most=TEXT_LENGTH, on_enter=self._said)
        self.send = Button("", lambda: self._said(self.field.text), "quiet", icon="send", tip=_("Send"))
        whom = partial(self._choose, screen)
        self.mute = Button("", whom, "quiet", icon=self._ear(), size="small", tip=_("Whom you want to hear"))
        super().__init__(self.title, self.list, self.field, self.send, self.mute)
        self._words: Sequence[str] = ()
        self._off = ""
        self.propose(phrases)

    def propose(self, phrases: Sequence[str]) -> None:
        """Have these phrases to say with one click."""
        if phrases != self._words:
            self._words = phrases
            self.remove(*self.phrases)
            self.phrases = [Button(_(text), partial(self._say, _(text)), "chip", size="small") for text in phrases]
            self.add(*self.phrases)
            self.shut(self._off)

    def shut(self, why: str) -> None:
        """Let nothing be said for this reason, which is told on hover; "" opens it again. What is written stays."""
        self._off = self.field.tip = why
        for button in (self.send, *self.phrases):
            button.off = why

    def give_back(self, text: str) -> None:
        """Put what could not be said back into the field, unless something else is being written."""
        if not self.field.text:
            self.field.text = text

    def add_line(self, said: m.Said, seat: int | None) -> None:
        """Take in a line; `seat` is the speaker's seat, None for watchers."""
        self._lines.append((said, seat))
        if said.name not in self.muted:
            words = (Words(said.name, bold=True), Words(said.text, colour="text_2" if said.old else "text"))
            self.list.add(Said(words, seat=0 if seat is None else seat + 1))

    def clear_lines(self) -> None:
        """Forget what was said."""
        self._lines.clear()
        self.list.clear()

    def hear(self, name: str, muted: bool) -> None:
        """Hear somebody from now on, or no longer; what they have said comes and goes as well."""
        (self.muted.add if muted else self.muted.discard)(name)
        self.mute.icon = self._ear()
        lines = list(self._lines)
        self.clear_lines()
        for said, seat in lines:
            self.add_line(said, seat)

    def _ear(self) -> str:
        """The icon of who is heard: crossed only where somebody is not."""
        return "mute" if self.muted else "sound"

    def speakers(self) -> list[str]:
        """Everybody who has said something here, or is muted."""
        return list(dict.fromkeys([*(said.name for said, _seat in self._lines), *sorted(self.muted)]))

    def arrange(self) -> None:
        px, theme = self.look.px, self.look.theme
        inside = self.rect.inflate(-px(24), -px(16))
        high = theme.high(SIZES.button_small) if self.title.visible else 0
        self.title.rect = pygame.Rect(inside.x, inside.y, inside.w, high)
        field = pygame.Rect(inside.x, inside.bottom - theme.high(SIZES.field), inside.w, theme.high(SIZES.field))
        self.field.rect = pygame.Rect(field.x, field.y, field.w - px(44), field.h)
        self.send.rect = pygame.Rect(field.right - px(40), field.y, px(40), field.h)
        bottom = field.y - px(8)
        chip = theme.high(SIZES.chip)
        roomy = inside.h >= theme.high(150)
        row = pygame.Rect(inside.x, bottom - chip, inside.w, chip)
        self.mute.visible = self.title.visible or roomy
        corner = self.title.rect if self.title.visible else row
        size = px(40), theme.high(SIZES.button_small)
        self.mute.rect = pygame.Rect(corner.right - size[0], corner.centery - size[1] // 2, *size)
        x, right = row.x, row.right if self.title.visible else self.mute.rect.x
        for phrase in self.phrases:
            width = phrase.size()[0]
            phrase.visible = roomy and x + width <= right
            phrase.rect = pygame.Rect(x, row.y, width, chip)
            x += width + px(6)
        if roomy:
            bottom -= (chip if self.title.visible else size[1]) + px(8)
        top = self.title.rect.bottom + px(2)
        self.list.rect = pygame.Rect(inside.x, top, inside.w, max(0, bottom - top))

    def _said(self, text: str) -> None:
        if text.strip() and not self._off:
            self._say(text)
            self.field.text = ""

    def _choose(self, screen: Screen) -> None:
        sheet = HearSheet(self, screen.close)
        screen.open(sheet)
        sheet.fit(screen.rect)


class HearSheet(Sheet):
    """Whom one wants to hear in the chat, one line for each who has said something."""

    def __init__(self, chat: Chat, close: Callable[[], object]) -> None:
        ways = ((False, _("Heard")), (True, _("Muted")))
        names = chat.speakers()
        rows: list[Widget] = [
            Named(name, Choice(ways, name in chat.muted, partial(chat.hear, name)), 180) for name in names
        ]
        nobody = Label(_("Nobody has said anything yet."), "text", "text_2", wrap=True)
        super().__init__(_("Whom you want to hear"), close, *(rows or [nobody]), wide=420)
