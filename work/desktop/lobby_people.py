"""Who is here, and how the evening stands: the panels at the lobby's right."""

from collections.abc import Callable, Mapping

import pygame

from communication import messages as m
from work.desktop.buttons import Button
from work.desktop.lists import ScrollList
from work.desktop.lobby_facts import PersonFacts, ScoreFacts
from work.desktop.panels import Label, Panel, Telling
from work.desktop.people import Rows
from work.desktop.theme import SIZES
from work.desktop.widgets import Group, Shown
from work.language import _, ngettext


class PersonRow(Group):
    """Somebody: mark, name, what they do; and a button that joins them where they wait for a game."""

    facts: Shown[PersonFacts] = Shown()

    def __init__(self, facts: PersonFacts, join: Callable[[m.Queue], object]) -> None:
        self.button = Button(_("Join"), self._press, size="small", tip=_("Play what they wait for"))
        self._join = join
        super().__init__(self.button)
        self.facts = facts

    def height(self, width: int) -> int:
        return self.look.theme.high(40)

    def hint(self) -> str:
        return f"{self.facts.name}, {self.facts.line}"

    def arrange(self) -> None:
        self.button.visible = self.facts.queue is not None
        width, height = self.button.size()
        self.button.rect = pygame.Rect(self.rect.right - width, self.rect.centery - height // 2, width, height)

    def draw(self, surface: pygame.Surface) -> None:
        look, facts, rect = self.look, self.facts, self.rect
        px, fonts = look.px, look.fonts
        mark = look.paint.seat(facts.mark, px(28), off=facts.away)
        surface.blit(mark, mark.get_rect(midleft=(rect.x, rect.centery)))
        x = rect.x + px(28 + 10)
        right = self.button.rect.x - px(8) if self.button.visible else rect.right
        sign = "moon" if facts.away else "bot" if facts.bot else ""
        if sign:
            icon = look.paint.icon(sign, px(16), "text_2")
            surface.blit(icon, icon.get_rect(midright=(right, rect.centery)))
            right -= px(16 + 8)
        ink = "text_2" if facts.away else "text"
        upper, lower = rect.centery - px(9), rect.centery + px(10)
        fonts.draw(surface, facts.name, (x, upper), "name", ink, anchor="midleft", width=right - x)
        line = _("you") if facts.you and facts.line != _("you") else ""
        words = f"{line} · {facts.line}" if line else facts.line
        colour = "turn_text" if facts.queue is not None else "text_2"
        fonts.draw(surface, words, (x, lower), "caption", colour, anchor="midleft", width=right - x)
        self.draw_children(surface)

    def _press(self) -> None:
        if self.facts.queue is not None:
            self._join(self.facts.queue)


class ScoreRow(Telling):
    """How many matches somebody has won, with a bar as long as their part of the best."""

    facts: Shown[ScoreFacts] = Shown()

    def __init__(self, facts: ScoreFacts) -> None:
        super().__init__()
        self.facts = facts

    def hint(self) -> str:
        says = ngettext("{name} has won once.", "{name} has won {count} times.", self.facts.wins)
        return says.format(name=self.facts.name, count=self.facts.wins)

    @property
    def touchable(self) -> bool:
        return True

    def height(self, width: int) -> int:
        return self.look.theme.high(30)

    def draw(self, surface: pygame.Surface) -> None:
        look, facts, rect = self.look, self.facts, self.rect
        px, fonts = look.px, look.fonts
        mark = look.paint.seat(facts.mark, px(22))
        surface.blit(mark, mark.get_rect(midleft=(rect.x, rect.centery)))
        x = rect.x + px(22 + 10)
        right = rect.right - px(26)
        if facts.gained:
            fonts.draw(surface, "+1", (rect.right, rect.centery), "list", "good", anchor="midright", bold=True)
        elif facts.wins == facts.best:
            crown = look.paint.icon("crown", px(18), "turn_text")
            surface.blit(crown, crown.get_rect(midright=(rect.right, rect.centery)))
        number = fonts.draw(surface, str(facts.wins), (right, rect.centery), "text", anchor="midright", bold=True)
        bar = pygame.Rect(0, 0, min(px(122), max(px(40), rect.w - px(176))), px(10))
        bar.midright = (min(number.x - px(12), right - px(34)), rect.centery)
        fonts.draw(surface, facts.name, (x, rect.centery), "text", anchor="midleft", width=bar.x - px(10) - x)
        surface.blit(look.paint.box(bar.size, bar.h // 2, "surface_3"), bar)
        full = pygame.Rect(bar.x, bar.y, max(bar.h, bar.w * facts.wins // max(1, facts.best)), bar.h)
        surface.blit(look.paint.box(full.size, full.h // 2, "accent"), full)


class ListPanel(Panel):
    """A titled list that scrolls; a count stands beside the title, `empty` where the list has nothing.

    With `more` the count is a button that does this.
    """

    def __init__(
        self,
        title: str,
        empty: str,
        rows: Callable[[ScrollList], Rows],
        gap: int = 0,
        more: Callable[[], object] | None = None,
    ) -> None:
        self.title = Label(title, "name")
        self.count = Label("", "caption", "text_2", align="right")
        self.list = ScrollList(gap=gap)
        self.rows = rows(self.list)
        self.empty = Label(empty, "caption", "text_2", wrap=True)
        self.more = Button("", more or _nothing, "chip", icon="play", tip=_("Look at a match again"))
        self.more.visible = more is not None
        self.count.visible = more is None
        super().__init__(self.title, self.count, self.more, self.list, self.empty)

    def show(self, facts: Mapping[str, object], count: str) -> None:
        """Show these rows: key -> facts."""
        self.rows.show(facts)
        self.count.text, self.more.label = count, count
        self.empty.visible = not facts

    def height(self, width: int) -> int:
        """How high it would be with all its rows in sight."""
        inside = width - 2 * self.look.px(SIZES.edge)
        body = self.empty.height(inside) if self.empty.visible else self.list.height(inside)
        return body + self.look.theme.high(30) + 2 * self.look.px(10)

    def arrange(self) -> None:
        px, head = self.look.px, self.look.theme.high(30)
        inside = self.rect.inflate(-2 * px(SIZES.edge), -2 * px(10))
        self.title.rect = pygame.Rect(inside.x, inside.y, inside.w * 2 // 3, head)
        self.count.rect = pygame.Rect(inside.x + inside.w // 3, inside.y, inside.w - inside.w // 3, head)
        wide, high = self.more.size()
        self.more.rect = pygame.Rect(inside.right - wide, inside.y + (head - high) // 2, wide, high)
        body = pygame.Rect(inside.x, inside.y + head, inside.w, max(0, inside.h - head))
        self.list.rect = body
        self.empty.rect = pygame.Rect(body.x, body.y, body.w, self.empty.height(body.w))


def _nothing() -> None:
    """What a button does that is not there."""
