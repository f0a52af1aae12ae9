"""The chat: who is heard and who is muted, and the phrases that one can say with a click."""

from collections.abc import Iterator

import pytest

from communication import messages as m
from tests.kit import Player, wish
from tests.work.desktop.apps import Opened, house
from work.desktop.chat import AT_THE_END, PHRASES, HearSheet
from work.desktop.panels import Said
from work.desktop.sheets import Named
from work.desktop.table_screen import TableScreen


@pytest.fixture
def url() -> Iterator[str]:
    with house() as (_server, url):
        yield url


def playing(opened: Opened, mei: Player) -> TableScreen:
    opened.lobby()
    mei.asks(wish(m.Open, "gomoku"))
    opened.app.request(m.Join(room=mei.table().code))
    screen = opened.table()
    opened.until(lambda: screen.table.info)
    return screen


def shown(screen: TableScreen) -> list[str]:
    """The lines that can be read."""
    return [row.words[1].text for row in screen.chat.list.children if isinstance(row, Said)]


def test_who_is_muted_is_not_heard_until_one_wants_to(url: str) -> None:
    with Opened(url) as opened:
        mei, tom = Player("Mei").connect(url), Player("Tom").connect(url)
        screen = playing(opened, mei)
        tom.asks(m.Join(room=screen.table.code, watch=True))
        mei.asks(m.Say(room=screen.table.code, text="hello"))
        tom.asks(m.Say(room=screen.table.code, text="go to the middle!"))
        opened.until(lambda: shown(screen) == ["hello", "go to the middle!"])
        assert screen.chat.mute.icon == "sound"
        screen.chat.mute.press()
        sheet = screen.over
        assert isinstance(sheet, HearSheet)
        names = [row.name.text for row in sheet.rows if isinstance(row, Named)]
        assert names == ["Mei", "Tom"]
        sheet.rows[1].control.choose(True)  # type: ignore[attr-defined]
        assert shown(screen) == ["hello"]
        tom.asks(m.Say(room=screen.table.code, text="the middle!!"))
        mei.asks(m.Say(room=screen.table.code, text="sh"))
        opened.until(lambda: shown(screen) == ["hello", "sh"])
        assert opened.app.muted == {"Tom"}
        assert screen.again().chat.muted == {"Tom"}
        assert screen.again().chat.mute.icon == screen.chat.mute.icon == "mute"
        sheet.rows[1].control.choose(False)  # type: ignore[attr-defined]
        assert screen.chat.mute.icon == "sound"
        assert shown(screen) == ["hello", "go to the middle!", "the middle!!", "sh"]


def test_where_nobody_has_spoken_there_is_nobody_to_mute(url: str) -> None:
    with Opened(url) as opened:
        lobby = opened.lobby()
        lobby.chat.mute.press()
        assert isinstance(lobby.over, HearSheet)
        assert not any(isinstance(row, Named) for row in lobby.over.rows)


def test_the_phrases_suit_the_match_and_its_end(url: str) -> None:
    with Opened(url) as opened:
        mei = Player("Mei").connect(url)
        screen = playing(opened, mei)
        assert [button.label for button in screen.chat.phrases] == [*PHRASES]
        screen.chat.phrases[0].press()
        opened.until(lambda: shown(screen) == [PHRASES[0]])
        mei.asks(m.Resign(room=screen.table.code))
        opened.until(lambda: screen.table.outcome)
        assert [button.label for button in screen.chat.phrases] == [*AT_THE_END]


@pytest.mark.parametrize("size", [(800, 600), (1280, 800)])
def test_the_parts_of_the_chat_lie_beside_each_other(url: str, size: tuple[int, int]) -> None:
    with Opened(url, size=size) as opened:
        screen = playing(opened, Player("Mei").connect(url))
        screen.tabs.choose("chat")
        opened.step()
        chat = screen.chat
        assert chat.visible
        parts = [part for part in (*chat.phrases, chat.field, chat.send, chat.mute, chat.list) if part.visible]
        assert chat.mute in parts
        for k, one in enumerate(parts):
            assert chat.rect.contains(one.rect)
            assert not any(one.rect.colliderect(other.rect) for other in parts[k + 1 :])
