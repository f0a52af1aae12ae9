"""The list of hosts on the first screen, what it says while there are none, and the line for a typed address."""

from collections.abc import Callable, Sequence

import pygame

from work.address import typed_address
from work.desktop.big_buttons import Link
from work.desktop.buttons import Button
from work.desktop.hosts import HostFacts, HostRow
from work.desktop.lists import ScrollList
from work.desktop.panels import Label, Panel
from work.desktop.people import Rows
from work.desktop.textfield import TextField
from work.desktop.theme import SIZES
from work.desktop.widgets import Shown
from work.language import N_, _

NOBODY = N_("Nobody is hosting yet")
BE_THE_ONE = N_("Tables appear here by themselves. If nobody hosts, be the one: it takes one click.")
NOBODY_ELSE = N_("Nobody else is hosting")
OWN_IS_OPEN = N_("Your own table is open: friends in your network see it in their list. The way back to it is below.")
CANNOT_LOOK = N_("This computer cannot look around in a network. Type the address of the host instead.")


class HostsPanel(Panel):
    """Tables near you. `join` is called with a host of the list, `dial` with the url that a typed address means.

    `find_out` is to find out why somebody is not in the list.
    """

    looks: Shown[bool] = Shown()

    def __init__(
        self, join: Callable[[HostFacts], object], dial: Callable[[str], object], find_out: Callable[[], object]
    ) -> None:
        self.heading = Label(_("Tables near you"), "name")
        self.looking = Label(_("looking all the time"), "caption", "text_2", align="right")
        self.list = ScrollList(gap=8, margin=6)
        self.rows = Rows(self.list, lambda facts: HostRow(facts, join))
        self.nobody = Label(_(NOBODY), "name")
        self.advice = Label(_(BE_THE_ONE), "text", "text_2", wrap=True)
        self.unseen = Label(_("A friend hosts, but you don't see it?"), "text", icon="search")
        self.find_out = Button(_("Find out why"), find_out, size="small")
        self.question = Label(_("Friend not in the list?"), "caption", "text_2", icon="bulb")
        self.type_it = Link(_("Type the address"), self.type_address)
        self.why = Link(_("Find out why"), find_out)
        self.address = TextField(placeholder="192.168.1.20", most=120, on_enter=self._typed, on_change=self._retyped)
        self.go = Button(_("Join"), lambda: self._typed(self.address.text))
        self.wrong = Label("", "caption", "danger")
        self.typing = False
        self.looks = True
        self.nobody_here = True
        self._dial = dial
        super().__init__(
            self.heading, self.looking, self.list, self.nobody, self.advice, self.unseen, self.find_out,
            self.question, self.type_it, self.address, self.go, self.why, self.wrong,
        )  # fmt: skip
        self._fold()

    def show(
        self, facts: Sequence[HostFacts], best: HostFacts | None, looking: str, looks: bool, own: bool = False
    ) -> None:
        """Show these hosts; the best one is where Enter goes.

        `looking` says where they are looked for, and `looks` whether they are; `own` that one hosts oneself.
        """
        self.rows.show({fact.key: fact for fact in facts})
        for row in self.rows.of.values():
            row.default = best is not None and row.facts.key == best.key
        self.looking.text, self.looks = looking, looks
        self.nobody.text = _(NOBODY_ELSE if own else NOBODY)
        self.advice.text = _(OWN_IS_OPEN if own else BE_THE_ONE if looks else CANNOT_LOOK)
        self.nobody_here = not any(fact.here for fact in facts)
        self._fold()

    def type_address(self) -> None:
        """Open the line for an address."""
        self.typing = True
        self._fold()
        root = self.root()
        if root is not None:
            root.focus_on(self.address, by_keyboard=root.by_keyboard)

    def arrange(self) -> None:
        px, high, line = self.look.px, self.look.theme.high, self.look.theme.line
        inside = self.rect.inflate(-2 * px(SIZES.edge), -2 * px(14))
        head = pygame.Rect(inside.x, inside.y, inside.w, high(26))
        self.heading.rect = pygame.Rect(head.x, head.y, head.w // 2, head.h)
        self.looking.rect = pygame.Rect(head.centerx, head.y, head.w - head.w // 2, head.h)
        out = px(6)
        if self.nobody_here:
            box = self._box()
            x, wide = box.x + px(86), box.w - px(86 + 20)
            self.nobody.rect = pygame.Rect(x, box.y + px(14), wide, line("name"))
            self.advice.rect = pygame.Rect(x, self.nobody.rect.bottom + px(2), wide, self.advice.height(wide))
            row = pygame.Rect(box.x + px(20), box.bottom - px(12) - high(40), box.w - px(40), high(40))
            above = row.move(0, -high(40) - px(4) - (line("caption") if self.wrong.text else 0))
            button = self.find_out.size()
            self.find_out.rect = pygame.Rect(0, 0, *button)
            self.find_out.rect = self.find_out.rect.move(above.right - button[0], above.centery - button[1] // 2)
            self.unseen.rect = pygame.Rect(above.x, above.y, above.w - button[0] - px(8), above.h)
            top = box.bottom + px(4)
            self.list.rect = pygame.Rect(inside.x - out, top, inside.w + 2 * out, max(0, inside.bottom + out - top))
        else:
            row = pygame.Rect(inside.x, inside.bottom - high(40), inside.w, high(40))
            above_row = row.y - (high(20) if self.wrong.text else 0)
            self.list.rect = pygame.Rect(inside.x - out, head.bottom, inside.w + 2 * out, above_row - head.bottom)
        self.list.visible = bool(self.rows.of) and self.list.rect.h > high(34)  # else nothing of it could be read
        self._place_row(row)

    def draw(self, surface: pygame.Surface) -> None:
        look, px = self.look, self.look.px
        children, self.children = self.children, []
        super().draw(surface)
        self.children = children
        if self.looks:
            dot, place = look.paint.disc(px(8), "good"), self.looking.rect
            x = place.right - min(place.w, self.looking.size()[0]) - px(8)
            surface.blit(dot, dot.get_rect(midright=(x, place.centery)))
        if self.nobody_here:
            box = self._box()
            surface.blit(look.paint.box(box.size, px(SIZES.radius_button), "surface_2"), box)
            middle = (box.x + px(46), box.y + px(42))
            for size, colour in ((48, "line"), (32, "line_strong")):
                ring = look.paint.disc(px(size), "", colour, px(2))
                surface.blit(ring, ring.get_rect(center=middle))
            dot = look.paint.disc(px(14), "good")
            surface.blit(dot, dot.get_rect(center=middle))
            line = pygame.Rect(box.x + px(20), self.unseen.rect.y - px(6), box.w - px(40), look.theme.edge_width)
            surface.fill(look.theme.colour("line"), line)
        self.draw_children(surface)

    def _box(self) -> pygame.Rect:
        """The ground of what is said while there is nobody."""
        px, high, line = self.look.px, self.look.theme.high, self.look.theme.line
        inside = self.rect.inflate(-2 * px(SIZES.edge), -2 * px(14))
        words = max(line("name") + px(2) + self.advice.height(inside.w - px(86 + 20)), px(62))
        wrong = line("caption") if self.wrong.text else 0
        return pygame.Rect(inside.x, inside.y + high(26) + px(6), inside.w, words + 2 * high(40) + px(50) + wrong)

    def _place_row(self, row: pygame.Rect) -> None:
        px = self.look.px
        if self.wrong.text:
            high = self.look.theme.line("caption")
            self.wrong.rect = pygame.Rect(row.x, row.y - high, row.w, high)
        asked = min(self.question.size()[0], row.w // 2)
        self.question.rect = pygame.Rect(row.x, row.y, asked, row.h)
        x = row.x + asked + px(6 if self.type_it.visible else 16)
        self.type_it.rect = pygame.Rect(x, row.y, self.type_it.size()[0], row.h)
        why = self.type_it.rect.right + px(14)
        self.why.rect = pygame.Rect(why, row.y, min(self.why.size()[0], row.right - why), row.h)
        go = self.go.size()[0]
        self.go.rect = pygame.Rect(row.right - go, row.y, go, row.h)
        self.address.rect = pygame.Rect(x, row.y, row.right - go - px(8) - x, row.h)

    def _fold(self) -> None:
        nobody, typing = self.nobody_here, self.typing or self.nobody_here
        self.list.visible = bool(self.rows.of)
        self.nobody.visible = self.advice.visible = self.unseen.visible = self.find_out.visible = nobody
        self.type_it.visible = self.why.visible = not typing
        self.address.visible = self.go.visible = typing
        self.wrong.visible = typing and bool(self.wrong.text)
        self.question.text = _("Do you know the address?") if nobody else _("Friend not in the list?")
        self.question.icon = "pin" if nobody else "bulb"
        self.question.style = "text" if nobody else "caption"
        self.question.colour = "text" if nobody else "text_2"
        self.changed()

    def _typed(self, text: str) -> None:
        try:
            url = typed_address(text)
        except ValueError as error:
            self.wrong.text = str(error)
            self.address.wrong = True
            self._fold()
        else:
            self._dial(url)

    def _retyped(self, text: str) -> None:
        if self.wrong.text:
            self.wrong.text = ""
            self._fold()
