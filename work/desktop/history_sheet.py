"""Matches to look at again: those of the host, the newest first, and those that were saved on this computer.

The line above the saved ones takes a path, and lists what it may become: so one gets to every file by the keyboard.
"""

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pygame

from communication import messages as m
from games import GAMES
from work.desktop.app import App
from work.desktop.buttons import Button, Pressable
from work.desktop.choices import Choice
from work.desktop.lists import ScrollList
from work.desktop.panels import Label
from work.desktop.sheets import Sheet
from work.desktop.textfield import TextField
from work.files import as_typed, completions, gone_on, meant
from work.language import _, ngettext, spoken
from work.past import result, when, who
from work.replay import SUFFIX

HIGH = 420
"""Logical pixels that the list is high, where the window has them."""
LONGEST_PATH = 1000
SAVED = 200
"""Saved matches that are listed, the newest first."""


class MatchRow(Pressable):
    """A match in two lines; pressed, it is shown."""

    def __init__(self, title: str, line: str, icon: str, show: Callable[[], object]) -> None:
        super().__init__(show, tip=line)
        self.title, self.line, self.icon = title, line, icon

    def height(self, width: int) -> int:
        return self.look.theme.high(52)

    def draw(self, surface: pygame.Surface) -> None:
        look, px, rect = self.look, self.look.px, self.rect
        if self.hovered or self.down:
            surface.blit(look.paint.box(rect.size, px(8), "surface_2"), rect)
        icon = look.paint.icon(self.icon, px(18), "text_2")
        surface.blit(icon, icon.get_rect(midleft=(rect.x + px(10), rect.centery)))
        x, room = rect.x + px(40), rect.w - px(50)
        upper, lower = rect.centery - px(10), rect.centery + px(12)
        look.fonts.draw(surface, self.title, (x, upper), "text", anchor="midleft", width=room)
        look.fonts.draw(surface, self.line, (x, lower), "caption", "text_2", anchor="midleft", width=room)
        self.draw_ring(surface, px(8))


class _Rows(ScrollList):
    """A list that is as high as the sheet lets it be, whatever it holds."""

    def height(self, width: int) -> int:
        return self.look.px(HIGH)


class HistorySheet(Sheet):
    """Lists matches and shows the one that is pressed. It asks the host by itself; the answers come to `show`.

    Where one is at no host, it lists those that were saved.
    """

    def __init__(self, app: App, close: Callable[[], object]) -> None:
        self.app = app
        self._close = close
        self._oldest: int | None = None
        pages = (("host", _("Played here")), ("saved", _("Saved by me")))
        first = "host" if app.player is not None else "saved"
        self.pages = Choice(pages, first, self._turn)
        self.pages.visible = app.player is not None
        self.path = TextField(
            placeholder=_("Another file: type or paste where it lies"),
            icon="search",
            most=LONGEST_PATH,
            on_enter=self._enter,
            on_change=self._typed,
        )
        self.list = _Rows(gap=2)
        self.empty = Label("", "text", "text_2", wrap=True)
        self.more = Button(_("Show older ones"), self._ask, size="small")
        self.more.visible = False
        self.files = Label(
            _("A file dropped on this window is opened too: a saved match, or one in its game's notation."),
            "caption",
            "text_2",
            wrap=True,
        )
        self.browse = Button(_("Look in other folders"), lambda: self._go_on(meant("~")), icon="search", size="small")
        rows = (self.pages, self.path, self.empty, self.list, self.more, self.browse, self.files)
        super().__init__(_("Look at a match again"), close, *rows, wide=560)
        self._turn(first)

    def show(self, past: m.Past) -> None:
        """Add what the host has told."""
        if self.pages.value != "host":
            return
        for match in past.matches:
            self._oldest = match.match
            self.list.add(self._told(match))
        self.more.visible = past.more
        self._say(_("No match is over yet. Those that are can be looked at here, step by step."))

    def _told(self, match: m.Finished) -> MatchRow:
        title = spoken(GAMES[match.game].title) if match.game in GAMES else match.game
        steps = ngettext("{count} step", "{count} steps", match.steps).format(count=match.steps)
        line = " · ".join([result(match.names, match.ranks, match.why), when(match.at, time.time()), steps])
        row = MatchRow(
            f"{title}: {who(match.names)}", line, "lock" if match.private else "play", lambda: self._go(match)
        )
        row.off = "" if match.game in GAMES else _("Your program does not have this game.")
        return row

    def _go(self, match: m.Finished) -> None:
        self._close()
        self.app.request(m.Replay(match=match.match))

    def _turn(self, page: str) -> None:
        self.list.clear()
        self.more.visible = self.browse.visible = False
        self.files.visible = self.path.visible = page == "saved"
        if page == "host":
            self._oldest = None
            self._say("")
            self._ask()
        else:
            self._typed(self.path.text)

    def _ask(self) -> None:
        self.app.request(m.History(before=self._oldest))

    def _typed(self, path: str) -> None:
        """List what a typed path may become; the saved matches while there is none."""
        self.list.clear()
        self.path.wrong = False
        self.browse.visible = not path.strip()
        if not path.strip():
            self._list_saved()
            return
        folder = meant(path)
        if os.path.isdir(folder) and folder.parent != folder:
            says = _("Back to {folder}").format(folder=folder.parent.name or folder.parent)
            self.list.add(MatchRow(says, str(folder.parent), "back", partial(self._go_on, folder.parent)))
        for found in completions(path)[:SAVED]:
            if os.path.isdir(found):
                self.list.add(MatchRow(found.name, str(found.parent), "next", partial(self._go_on, found)))
            else:
                self.list.add(MatchRow(found.stem, str(found.parent), "save", partial(self._open_file, found)))
        self._say(_("There is no saved match of that name."))

    def _go_on(self, folder: Path) -> None:
        """Show what lies in a folder, and let one type on from there."""
        self.path.text = as_typed(folder)
        self._typed(self.path.text)
        root = self.root()
        if root is not None:
            root.focus_on(self.path, by_keyboard=root.by_keyboard)

    def _enter(self, path: str) -> None:
        """Open the file that is typed, or complete its path as far as it is clear."""
        if not path.strip():
            return
        file = meant(path)
        if os.path.isfile(file):
            self._open_file(file)
            return
        self.path.text = gone_on(path)
        self._typed(self.path.text)
        self.path.wrong = not self.list.children

    def _list_saved(self) -> None:
        folder = self.app.store.matches
        files = sorted(folder.glob(f"*{SUFFIX}"), reverse=True)[:SAVED] if folder is not None else []
        for path in files:
            self.list.add(MatchRow(path.stem, str(path.parent), "save", partial(self._open_file, path)))
        self._say(_("Nothing is saved yet. A match that you look at has a button for it."))

    def _open_file(self, path: Path) -> None:
        self._close()
        self.app.replays.open(path)

    def _say(self, words: str) -> None:
        self.empty.text = words
        self.empty.visible = bool(words) and not self.list.children
        if self.parent is not None:
            self.fit(self.parent.rect)
