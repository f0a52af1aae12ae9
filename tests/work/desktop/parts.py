"""A screen with every part of the toolkit, for tests and for the eye: python -m tests.work.desktop.parts [dark]."""

import sys
from functools import partial

import pygame

from work.desktop.buttons import Button, HoldButton, Pressable
from work.desktop.choices import Choice, Number
from work.desktop.lists import ScrollList
from work.desktop.notices import Notice
from work.desktop.panels import Chip, Label, Panel, Pill, Said, Words
from work.desktop.textfield import TextField
from work.desktop.theme import TEXT_SIZES
from work.desktop.widgets import Widget, place_row
from work.desktop.window import Appearance, Screen, Window


class Seats(Widget):
    """The ten marks, plain and with a ring."""

    def draw(self, surface: pygame.Surface) -> None:
        px = self.look.px
        for seat in range(1, 11):
            x = self.rect.x + px(60) * (seat - 1)
            surface.blit(self.look.paint.seat(seat, px(38)), (x, self.rect.y))
            self.look.fonts.draw(
                surface, str(seat), (x + px(19), self.rect.y + px(50)), "caption", "text_2", anchor="center"
            )


class HostRow(Pressable):
    """A row that acts as a button as a whole."""

    def height(self, width: int) -> int:
        return self.look.px(68)

    def draw(self, surface: pygame.Surface) -> None:
        px, fonts = self.look.px, self.look.fonts
        ground = "surface_3" if self.down else "accent_soft" if self.hovered or self.focused else "surface_2"
        surface.blit(self.look.paint.box(self.rect.size, px(10), ground), self.rect)
        mark = self.look.paint.seat(1, px(40))
        surface.blit(mark, mark.get_rect(midleft=(self.rect.x + px(14), self.rect.centery)))
        fonts.draw(surface, "Mei's laptop", self.rect.move(px(68), px(14)).topleft, "name")
        fonts.draw(surface, "Gomoku 1 of 2, 4 people here", self.rect.move(px(68), px(38)).topleft, "caption", "text_2")
        self.draw_ring(surface, px(10))


class Parts(Screen):
    """All parts at 1280 x 800."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.presses: list[str] = []
        press = self.presses.append
        self.bar = Panel(bar=True)
        self.leave = Button("Leave", lambda: press("leave"), "quiet", icon="back", size="small")
        self.gear = Button("", lambda: press("gear"), "quiet", icon="gear", size="small", tip="Settings")
        self.title = Label("Mei's laptop", "name")
        self.chips = [
            Chip("1 ms", signal=3),
            Chip("Table KITE", icon="lock"),
            Chip("2", icon="eye"),
            Chip("other version", kind="turn"),
        ]
        self.seats = Seats()
        self.labels = [
            Label("Title 28", "title"), Label("Heading 20", "heading"), Label("Name 16", "name"),
            Label("Text 15 斗地主", "text"), Label("Caption 13", "caption", "text_2"), Label("4:18", "clock"),
        ]  # fmt: skip
        self.play = Button("Play", lambda: press("play"), "main", key="P", show_key=False)
        self.buttons = [
            self.play, Button("Join", lambda: press("join"), "main", icon="next", icon_after=True),
            Button("Not now", lambda: press("never"), off="It is Mei's turn"), Button("Plain", lambda: press("plain")),
            Button("Continue", lambda: press("go on"), "turn", icon="play"),
            Button("Rematch", lambda: press("rematch"), "main", size="small", key="R"),
        ]  # fmt: skip
        self.notices = [
            Notice(
                "draw", "half", "Mei offers a draw", "",
                [Button("Agree", lambda: press("agree"), "main_draw", size="small", key="Y")],
            ),
            Notice(
                "info", "undo", "Mei asks to take back her step 21, F9", "The clock runs on. A step of yours says no.",
                [
                    Button("Keep it", lambda: press("keep"), icon="x", size="small", key="N"),
                    Button("Allow take-back", lambda: press("allow"), "main_info", icon="check", size="small", key="Y"),
                ],
            ),
        ]  # fmt: skip
        self.resign = HoldButton("Resign", lambda: press("resign"), icon="flag")
        self.offers = [
            Button("Take back", lambda: press("take back"), "info", icon="undo"),
            Button("Draw", lambda: press("draw"), "draw", icon="half"),
        ]
        self.name = TextField("Anna", most=20, on_enter=lambda text: press(f"name {text}"))
        self.code = TextField(placeholder="Have a table code?", icon="lock")
        self.number = Number(6, 1, 30)
        self.tabs = Choice(
            [("steps", "Steps"), ("chat", "Chat")],
            "steps",
            icons={"steps": "list", "chat": "chat"},
            badges={"chat": "3"},
        )
        self.filter = Choice([("all", "All 18"), ("two", "For two"), ("cards", "Cards and dice")], "all", style="pills")
        self.pill = Pill("Your turn", "place a white stone", seat=2)
        self.hosts = Panel(Label("Tables near you", "name"))
        self.rows = ScrollList(*(HostRow(partial(press, f"host {n}")) for n in range(6)), gap=8)
        self.hosts.add(self.rows)
        self.chat_panel = Panel(Label("Chat", "caption", "text_2", icon="chat"))
        said = [
            (1, "Mei", "that corner is mine"),
            (2, "Anna", "we will see"),
            (4, "小雨", "I knew it all the time, and so did Lukas, 真的吗？"),
        ]
        self.chat = ScrollList(
            *(Said([Words(who, bold=True), Words(words)], seat=seat) for seat, who, words in said), at_end=True
        )
        self.quick = [
            Button("Nice!", lambda: press("nice"), "chip"),
            Button("One moment", lambda: press("moment"), "chip"),
        ]
        self.say_field = TextField(placeholder="Say something...")
        self.chat_panel.add(self.chat, *self.quick, self.say_field)
        self.bar.add(self.leave, self.title, *self.chips, self.gear)
        self.words = Label(
            'Your firewall asks once when you host: tick "private networks". Joining needs nothing.',
            "caption",
            "text_2",
            wrap=True,
            icon="info",
        )
        self.add(
            self.bar, self.seats, *self.labels, *self.buttons, *self.notices, self.resign, *self.offers, self.name,
            self.code, self.number, self.tabs, self.filter, self.pill, self.hosts, self.chat_panel, self.words,
        )  # fmt: skip

    def layout(self, size: tuple[int, int]) -> None:
        px = self.look.px
        gap = px(8)

        def at(x: int, y: int, w: int, h: int) -> pygame.Rect:
            return pygame.Rect(px(x), px(y), px(w), px(h))

        self.bar.rect = at(0, 0, 1280, 48)
        place_row(at(8, 8, 500, 32), self.leave, self.title, gap=gap)
        place_row(at(760, 11, 460, 26), *self.chips, gap=gap, align="right")
        self.gear.rect = at(1230, 8, 40, 32)
        self.seats.rect = at(29, 64, 590, 60)
        place_row(at(20, 136, 620, 40), *self.labels, gap=px(16))
        place_row(at(20, 184, 620, 40), *self.buttons, gap=px(14))
        self.notices[0].rect = pygame.Rect(px(20), px(240), px(320), self.notices[0].height(px(320)))
        self.notices[1].rect = pygame.Rect(px(380), px(240), px(336), self.notices[1].height(px(336)))
        self.resign.rect = at(20, 316, 130, 40)
        place_row(at(156, 316, 190, 40), *self.offers, gap=gap)
        self.name.rect = at(20, 366, 300, 44)
        self.code.rect = at(340, 366, 220, 40)
        self.number.rect = at(20, 426, 136, 40)
        self.tabs.rect = at(180, 430, 248, 34)
        self.filter.rect = at(20, 482, 400, 30)
        place_row(at(20, 530, 600, 36), self.pill, gap=gap)
        self.words.rect = at(20, 580, 300, 60)
        self.hosts.rect = at(720, 64, 540, 320)
        self.hosts.children[0].rect = at(736, 76, 300, 24)
        self.rows.rect = at(736, 106, 508, 260)
        self.chat_panel.rect = at(920, 400, 336, 300)
        self.chat_panel.children[0].rect = at(933, 408, 200, 24)
        self.chat.rect = at(933, 440, 310, 160)
        place_row(at(933, 606, 310, 26), *self.quick, gap=px(6))
        self.say_field.rect = at(933, 642, 310, 40)


def main() -> None:
    theme = "dark" if "dark" in sys.argv else "light"
    text = next((scale for name, scale in TEXT_SIZES.items() if name in sys.argv), 1.0)
    style = Appearance("dark" if theme == "dark" else "light", text_scale=text, high_contrast="high" in sys.argv)
    Window("Parts", (1280, 800), style).run(Parts)


if __name__ == "__main__":
    main()
