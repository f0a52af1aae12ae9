"""Nothing in the window stays English when it speaks Chinese: every word that is drawn, and every hint."""

import re
from collections.abc import Iterator

import pygame
import pytest

from communication import messages as m
from games import GAMES
from tests.kit import wish
from tests.work.desktop.apps import Opened, alone
from tests.work.desktop.test_table_screen import party
from work.desktop.fonts import Fonts
from work.desktop.replay_screen import ReplayScreen
from work.desktop.settings_pages import PAGES
from work.desktop.table_screen import TableScreen
from work.desktop.widgets import Group, Widget
from work.language import use

__all__ = ["alone"]

CHINESE = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]*[a-z][A-Za-z]+")
ALIKE = {
    "ms",
    "Tab",
    "Shift",
    "Esc",
    "Page",
    "Up",
    "Down",
    "Apache",
    "License",
    "English",
    "Enter",
    "https",
    "Roundtable",
    "Python",
    "pygame",
    "ce",
}
"""Latin words that are the same in Chinese."""
NAMES = {"Anna", "Mei", "Tom", "laptop", "Milton", "Bradley", "Dudo", "dice", "com"}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Every text that is drawn from now on, in Chinese."""
    texts: set[str] = set()
    render = Fonts.render

    def noted(fonts: Fonts, text: str, *more: object, **named: object) -> pygame.Surface:
        texts.add(text)
        return render(fonts, text, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Fonts, "render", noted)
    yield texts
    use("en")


def hints(widget: Widget) -> Iterator[str]:
    """What the pointer is told anywhere on a widget."""
    if hasattr(widget, "hint"):
        yield widget.hint()
    if isinstance(widget, Group):
        for child in widget.children:
            yield from hints(child)


def look(one: Opened, drawn: set[str]) -> None:
    """Draw everything, and read all hints."""
    screen = one.app.screen
    one.step()
    screen.draw(one.app.window.surface)
    for widget in (screen, screen.over):
        drawn.update(hints(widget) if widget is not None else ())


def english(drawn: set[str]) -> set[str]:
    """Texts with words of no Chinese sentence; one such word in the midst of Chinese is a name or a key."""
    bots = re.compile(r"机器人 \w+")
    words = {text: set(LATIN.findall(bots.sub("", text))) - ALIKE - NAMES for text in drawn}
    return {text for text, latin in words.items() if len(latin) > bool(CHINESE.search(text))}


def test_the_first_screen_and_the_settings(drawn: set[str]) -> None:
    with Opened(name="Anna") as anna:
        anna.app.speak("zh")
        drawn.clear()
        first = anna.first()
        look(anna, drawn)
        first._fail("The server does not answer.")
        look(anna, drawn)
        first._choose_game()
        look(anna, drawn)
        first.panel.address.text = "???"
        first.panel._typed("???")
        first.close()
        first.find_out()
        look(anna, drawn)
        first.close()
        for page, _ in PAGES:
            first.open_settings(page)
            look(anna, drawn)
            first.close()
    assert not english(drawn)


def test_the_lobby_and_how_a_game_begins(drawn: set[str]) -> None:
    with party() as there:
        anna = there.anna
        anna.app.speak("zh")
        drawn.clear()
        lobby = anna.lobby()
        anna.app.request(wish(m.Match, "gomoku"))
        anna.until(lambda: lobby.notice)
        look(anna, drawn)
        anna.app.request(m.Unmatch())
        for game in GAMES.values():
            lobby._choose(game)
            look(anna, drawn)
            lobby.close()
        anna.app.request(m.Join(room="NOWHERE"))
        anna.until(lambda: any("NOWHERE" in text for text in drawn))
    assert not english(drawn)


@pytest.mark.parametrize("game", GAMES)
def test_a_table_from_waiting_to_the_end(drawn: set[str], game: str) -> None:
    with party() as there:
        anna, seats = there.anna, GAMES[game].seats[0]
        anna.app.speak("zh")
        drawn.clear()
        names = ("Mei", "Tom")[: min(2, seats - 1)]
        anna.app.request(wish(m.Open, game, seats))
        screen = anna.table()
        look(anna, drawn)
        anna.app.request(m.Leave(room=screen.table.code))
        anna.lobby()
        screen = there.open(game, *names, seats=seats)
        look(anna, drawn)
        screen._refuse("That is not possible now. Choose another place.")
        anna.app.request(m.Offer(room=screen.table.code, what="pause"))
        anna.until(lambda: screen.notice)
        look(anna, drawn)
        screen.acts.ask_to_leave()
        look(anna, drawn)
        screen.close()
        screen._open_help()
        look(anna, drawn)
        screen.close()
        for friend in there.friends:
            friend.asks(m.Resign(room=screen.table.code))
        anna.app.request(m.Resign(room=screen.table.code))
        anna.until(lambda: screen.table.outcome or screen.table.seat is None)
        look(anna, drawn)
        if screen.table.number is not None:
            screen.result.look_back.press()
            anna.screen(ReplayScreen)
            look(anna, drawn)
    assert not english(drawn)


def test_the_language_changes_in_the_middle_of_a_match(drawn: set[str]) -> None:
    with party() as there:
        anna, screen = there.anna, there.open("chess", "Mei")
        mei, (pawn, knight) = there.friends[0], (moves(screen, "e4"), moves(screen, "Nf3"))
        screen._move(pawn)
        there.until(lambda: screen.table.n == 1)
        there.steps(mei, moves(screen, "d5", seat=1))
        there.until(lambda: screen.table.n == 2)
        screen._move(knight)
        there.until(lambda: screen.table.n == 3)
        screen.chat.field.text = "half a li"
        anna.app.speak("zh")
        drawn.clear()
        again = anna.table()
        look(anna, drawn)
        assert again is not screen
        assert (again.table, again.chat.field.text) == (screen.table, "half a li")
        assert "马f3" in drawn  # also steps that were made before
        there.steps(mei, moves(again, "dxe4", seat=1))
        there.until(lambda: again.table.n == 4)
        anna.app.speak("en")
        drawn.clear()
        look(anna, drawn)
        assert "Nf3" in drawn


def moves(screen: TableScreen, words: str, seat: int = 0) -> object:
    """The legal step that chess players call so."""
    info, game = screen.table.info, screen.table.game
    assert info is not None
    return next(move for move in info.moves(seat) or () if game.words(info, seat, move) == words)
