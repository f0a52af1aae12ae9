"""The first screen: the name, hosts found and typed, hosting, playing alone, and every way that fails."""

import socket
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pygame
import pytest

from communication import messages as m
from communication.discovery import Beacon, Found, Hosted, Playing, Seeker
from communication.link import parse
from communication.model import Answer
from tests.work.desktop import hands
from tests.work.desktop.apps import FakeHouse, NoSeeker, Opened, alone, house
from work.desktop import first_screen
from work.desktop.first_screen import NAME_CAPTION, FirstScreen, greeting
from work.desktop.hosts import HostRow, Hosts, last_time
from work.desktop.sheets import PasswordSheet
from work.desktop.stage import Stage
from work.desktop.window import Appearance
from work.settings import Known, Store

__all__ = ["alone"]


def hosted(name: str = "Mei's laptop", **fields: object) -> Hosted:
    return Hosted(**{"name": name, "port": 8765, "program": "0.1.0", "protocol": m.PROTOCOL, **fields})  # type: ignore[arg-type]


def found(id: str, host: Hosted, url: str = "ws://192.168.1.20:8765") -> Found:
    return Found(id, url, host, 0.0012)


# -- the name ----------------------------------------------------------------------------------------------------------


def test_the_name_is_ready_to_be_typed_over_and_is_kept(tmp_path: Path) -> None:
    with house() as (_, url), Opened(name="", folder=tmp_path) as anna:
        first = anna.first()
        assert first.focus is first.name
        assert first.name.line.selected == first.name.text != ""
        anna.write("Zoë")
        assert first.name.text == "Zoë"
        assert first.greeting.text.endswith(", Zoë")
        first.panel._typed(url)
        assert anna.lobby().bar.me.text == "Zoë"
    assert Store(tmp_path).load().name == "Zoë"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("x" * 25, "too long"),
        ("\u3164", "empty"),
    ],
)
@pytest.mark.parametrize("way", ["_host", "_choose_game", "_enter", "_dial"])
def test_a_name_that_cannot_be_one_is_refused_at_the_field(name: str, why: str, way: str) -> None:
    with Opened() as anna:
        first = anna.first()
        first.name.text = name
        getattr(first, way)(*([""] if way == "_enter" else ["ws://127.0.0.1:1"] if way == "_dial" else []))
        assert why in first.caption.text
        assert first.name.wrong
        assert anna.app.player is None
        assert first.over is None
        anna.write("A")
        assert first.caption.text == NAME_CAPTION
        assert not first.name.wrong


def test_a_name_that_is_taken_is_not_forgotten(tmp_path: Path) -> None:
    with house() as (_, url), Opened(url) as anna:
        anna.lobby()
        with Opened(url, folder=tmp_path) as other:
            assert other.lobby().bar.me.text == "Anna 2"
    assert Store(tmp_path).load().name == "Anna"


@pytest.mark.parametrize(
    ("hour", "words"), [(5, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening"), (2, "evening")]
)
def test_the_greeting_follows_the_clock(hour: int, words: str) -> None:
    assert greeting(hour, "Mei") == f"Good {words}, Mei"
    assert greeting(hour, "") == f"Good {words}"


# -- addresses ---------------------------------------------------------------------------------------------------------


def test_a_typed_address_joins_and_is_remembered() -> None:
    with house() as (_, url), Opened() as anna:
        first = anna.first()
        assert first.panel.address.visible  # nobody is there, so one may type at once
        first.focus_on(first.panel.address)
        anna.write(url.removeprefix("ws://"))
        anna.press(pygame.K_RETURN)
        assert anna.lobby().bar.server.text == "Mei's laptop"
        (kept,) = anna.app.settings.hosts
        assert (kept.url, kept.name) == (url, "Mei's laptop")
        assert abs(kept.when - time.time()) < 600
        anna.app.show_first()
        (row,) = anna.first().panel.rows.of.values()
        assert row.facts.url == url
        hands.click(anna.app.screen, row)
        anna.lobby()


def test_a_wrong_address_is_said_at_the_line() -> None:
    with Opened() as anna:
        first = anna.first()
        first.focus_on(first.panel.address)
        anna.write("nonsense here")
        anna.press(pygame.K_RETURN)
        assert first.panel.wrong.visible
        assert "192.168.1.20" in first.panel.wrong.text
        assert anna.app.player is None
        anna.write("!")
        assert not first.panel.wrong.visible


# -- hosts that are found ----------------------------------------------------------------------------------------------


def test_a_host_is_found_by_itself_and_enter_joins_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with house() as (_, url):
        beacon = Beacon(lambda: hosted(port=parse(url).port, people=3, tables=1), ports=[0], host="127.0.0.1")
        assert beacon.start()
        here = partial(Seeker, ports=[beacon.port], targets=lambda: ["127.0.0.1"])
        monkeypatch.setattr(first_screen, "Seeker", here)
        with Opened() as anna:
            first = anna.first()
            anna.until(lambda: first.best)
            (row,) = first.panel.rows.of.values()
            assert row.facts.line == "1 table · 3 people there"
            assert row.default
            assert not first.host.default
            anna.press(pygame.K_RETURN)
            anna.lobby()
        beacon.stop()


def test_a_host_of_another_version_stays_in_the_list_without_a_join() -> None:
    with Opened() as anna:
        first = anna.first()
        first.found(found("tom", hosted("Tom", program="1.6", protocol=99)))
        anna.step()
        (row,) = first.panel.rows.of.values()
        assert all(word in row.facts.line for word in ("1.6", "(99)", "0.1.0", f"({m.PROTOCOL})"))
        assert "Yours is older" in row.hint()
        hands.click(first, row)
        assert anna.app.player is None
        assert first.notice is not None
        assert first.notice.title == row.hint()
        assert first.best is None
        first.found(found("mei", hosted()))
        assert [row.facts.name for row in first.panel.list.children if isinstance(row, HostRow)] == [
            "Mei's laptop",
            "Tom",
        ]


def test_a_row_tells_what_is_played_there_and_how_many_seats_are_taken() -> None:
    hosts = Hosts("0.1.0", [])
    playing = (Playing("Gomoku", 1, 2), Playing("Liar's dice", 3, 6))
    hosts.found(found("a", hosted(people=4, tables=2, playing=playing)))
    (one,) = hosts.facts()
    assert one.line == "Gomoku 1 of 2 · Liar's dice 3 of 6 · 4 people there"
    assert "version 0.1.0" in one.tip


def test_hosts_with_people_come_first_and_other_versions_last() -> None:
    hosts = Hosts("0.1.0", [])
    for id, name, people, protocol in (("a", "Empty", 0, m.PROTOCOL), ("b", "Old", 9, 1), ("c", "Full", 3, m.PROTOCOL)):
        hosts.found(found(id, hosted(name, people=people, protocol=protocol)))
    assert [one.name for one in hosts.facts()] == ["Full", "Empty", "Old"]


def test_what_is_heard_by_multicast_alone_can_be_joined_but_tells_less() -> None:
    now = [0.0]
    hosts = Hosts("0.1.0", [], lambda: now[0])
    by_multicast = Found("a", "ws://10.0.0.9:8765", hosted(), None)
    hosts.found(by_multicast)
    assert [(one.here, one.delay, one.line) for one in hosts.facts()] == [(True, None, "10.0.0.9")]
    hosts.found(found("a", hosted(people=1)))
    now[0] = 1.0
    hosts.found(by_multicast)
    assert [one.line for one in hosts.facts()] == ["1 person there"]
    now[0] = 4.5
    hosts.found(by_multicast)
    assert [one.url for one in hosts.facts()] == ["ws://10.0.0.9:8765"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today at 12:30"), (1, "yesterday at 12:30"), (9, "9 days ago"), (-1, "before"), (None, "before")],
)
def test_a_host_of_another_evening_says_when_that_was(days: int | None, words: str) -> None:
    now = time.mktime((2026, 11, 22, 13, 0, 0, 0, 0, -1))
    when = 0 if days is None else time.mktime((2026, 11, 22 - days, 12, 30, 0, 0, 0, -1))
    assert words in last_time(when, now)


def test_a_host_that_is_remembered_is_asked_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Seeker(NoSeeker):
        def __init__(self, on_found: Callable[[Found], None], also: Iterable[str] = ()) -> None:
            asked.extend(also)

    monkeypatch.setattr(first_screen, "Seeker", Seeker)
    with Opened() as anna:
        anna.app.settings.remember(Known("ws://10.9.8.7:8765"))
        anna.app.show_first()
        assert asked == ["10.9.8.7"]


def test_a_host_that_falls_silent_says_so_then_leaves_the_list_and_comes_back() -> None:
    now = [0.0]
    hosts = Hosts("0.1.0", [Known("ws://10.0.0.1:8765"), Known("ws://192.168.1.20:8765", "Mei")], lambda: now[0])
    hosts.found(found("a", hosted()))
    assert [(one.name, one.delay) for one in hosts.facts()] == [("Mei's laptop", 0.0012), ("10.0.0.1", None)]
    now[0] = 3.0
    hosts.found(found("b", hosted("B"), "ws://192.168.1.30:8765"))
    now[0] = 5.0
    assert [(one.name, one.here, one.silent) for one in hosts.facts()] == [
        ("B", True, False),
        ("Mei's laptop", False, True),
        ("10.0.0.1", False, False),
    ]
    assert hosts.facts()[1].line == "does not answer"
    now[0] = 13.0
    assert [(one.name, one.silent) for one in hosts.facts()] == [("B", True), ("10.0.0.1", False), ("Mei", False)]
    hosts.found(found("a", hosted()))
    assert ("Mei's laptop", True) in [(one.name, one.here) for one in hosts.facts()]


def test_a_host_that_crashed_and_is_back_under_another_id_stands_in_the_list_once() -> None:
    now = [0.0]
    hosts = Hosts("0.1.0", [], lambda: now[0])
    hosts.found(found("a", hosted()))
    now[0] = 5.0
    hosts.found(found("b", hosted()))
    assert [(one.key, one.here) for one in hosts.facts()] == [("b", True)]


def test_a_host_that_does_not_answer_can_be_tried_nevertheless() -> None:
    with house() as (_, url), Opened() as anna:
        first = anna.first()
        now = [0.0]
        first.hosts._clock = lambda: now[0]
        first.found(found("a", hosted(), url))
        now[0] = 5.0
        first._refresh()
        assert first.best is None
        (row,) = first.panel.rows.of.values()
        assert row.facts.silent
        anna.step()
        hands.click(first, row)
        anna.lobby()


def test_the_own_host_stands_in_the_list_no_second_time() -> None:
    with house() as (_, url), Opened(house=FakeHouse(url)) as anna:
        first = anna.first()
        first.found(found("own", hosted("Anna's table"), url))
        assert first.host.label == "Back to your table"
        assert first.best is None
        assert first.panel.rows.of == {}
        assert first.panel.nobody.text == "Nobody else is hosting"
        first.found(found("mei", hosted(), "ws://127.0.0.1:9"))
        assert [row.facts.name for row in first.panel.rows.of.values()] == ["Mei's laptop"]


def test_a_green_dot_says_that_hosts_are_looked_for_as_long_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def dots(first: FirstScreen) -> int:
        good, place = pygame.Color(first.look.theme.colour("good")), first.panel.looking.rect
        picture = first.window.surface.subsurface(place)
        return sum(picture.get_at((x, y)) == good for x in range(place.w) for y in range(place.h))

    networks = ["192.168.1.20"]
    monkeypatch.setattr(first_screen, "addresses", lambda: networks)
    with Opened() as anna:
        assert dots(anna.first()) > 20
        networks.clear()
        anna.app.show_first()
        anna.step()
        assert "no network" in anna.first().panel.looking.text
        assert dots(anna.first()) == 0
        networks.append("192.168.1.20")
        monkeypatch.setattr(NoSeeker, "start", lambda self: False)
        anna.app.show_first()
        anna.step()
        assert dots(anna.first()) == 0


@pytest.mark.parametrize(("size", "high"), [((1280, 800), 728), ((2560, 1440), 728), ((3440, 1440), 728)])
def test_in_a_large_window_everything_stays_together(size: tuple[int, int], high: int) -> None:
    with Opened(size=size) as anna:
        first = anna.first()
        scale = first.look.theme.scale
        assert first.firewall.rect.bottom - first.greeting.rect.top <= high * scale + 1
        assert first.panel.rect.w <= 640 * scale
        beside = size[0] - first.picture.rect.right
        assert abs(first.panel.rect.centerx - (first.picture.rect.right + beside / 2)) <= 1


def test_a_computer_that_cannot_look_around_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NoSeeker, "start", lambda self: False)
    with Opened() as anna:
        assert "cannot look" in anna.first().panel.looking.text


# -- getting in, or not ------------------------------------------------------------------------------------------------


def test_nobody_there_is_said_and_can_be_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"ws://127.0.0.1:{gone.getsockname()[1]}"
    with Opened() as anna:
        first = anna.first()
        first._dial(url)
        anna.until(lambda: first.notice is not None and first.notice.kind == "danger")
        assert first.notice is not None
        assert first.notice.title.endswith(".")
        assert anna.app.player is None
        assert anna.app.screen is first  # the list and the focus are as they were
        again = first.notice.children[0]
        hands.click(first, again)
        assert first.notice.kind == "info"
        anna.until(lambda: first.notice is not None and first.notice.kind == "danger")


def test_connecting_can_be_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute, Opened() as anna:
        first = anna.first()
        first._dial(f"ws://127.0.0.1:{mute.getsockname()[1]}")
        anna.step()
        assert first.notice is not None
        assert "Connecting" in first.notice.title
        anna.press(pygame.K_ESCAPE)
        assert first.notice is None
        assert anna.app.player is None


def test_an_address_of_the_command_line_shows_that_it_is_dialled() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        place = f"127.0.0.1:{mute.getsockname()[1]}"
        with Opened(f"ws://{place}") as anna:
            notice = anna.first().notice
            assert notice is not None
            assert place in notice.title


def test_a_password_is_asked_for_until_it_is_right() -> None:
    with house(password="quince") as (_, url), Opened() as anna:
        first = anna.first()
        first._dial(url)
        anna.until(lambda: isinstance(first.over, PasswordSheet))
        anna.write("pear")
        anna.press(pygame.K_RETURN)
        anna.until(lambda: isinstance(first.over, PasswordSheet) and first.over.field.wrong)
        anna.write("quince")
        anna.press(pygame.K_RETURN)
        anna.lobby()


def test_a_host_that_says_that_it_wants_a_password_is_asked_with_one() -> None:
    with Opened() as anna:
        first = anna.first()
        first.found(found("mei", hosted(password=True)))
        anna.press(pygame.K_RETURN)
        assert isinstance(first.over, PasswordSheet)
        assert anna.app.player is None
        anna.press(pygame.K_ESCAPE)
        assert first.over is None


def test_the_reason_for_coming_back_is_told() -> None:
    with house() as (server, url), Opened(url) as anna:
        anna.lobby()
        anna.app.show_first("the host has gone")
        notice = anna.first().notice
        assert notice is not None
        assert notice.title == "The host has gone."
        assert server.hall.rooms == {}


# -- hosting and playing alone -----------------------------------------------------------------------------------------


def test_hosting_leads_to_the_lobby_and_tells_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("work.desktop.app.addresses", lambda: ["192.168.1.20", "172.17.0.1"])
    with house() as (_, url), Opened(house=FakeHouse(url)) as anna:
        assert anna.first().host.default
        anna.press(pygame.K_RETURN)  # nobody is there: Enter hosts
        lobby = anna.lobby()
        assert lobby.bar.address.visible
        assert lobby.bar.address.label.endswith(f"192.168.1.20:{parse(url).port}")
        assert anna.app.settings.hosts == []  # one's own house is no place to remember
        assert anna.app.hosting
        assert anna.app.house.opened  # type: ignore[attr-defined]
        assert anna.app.house.name == "Anna's table"  # type: ignore[attr-defined]


def test_who_plays_elsewhere_does_not_host() -> None:
    with house() as (_, url), house() as (_, other), Opened(other, house=FakeHouse(url)) as anna:
        anna.lobby()
        assert not anna.app.hosting


def test_hosting_that_fails_says_why() -> None:
    with Opened(house=FakeHouse(why="port 8765 is in use")) as anna:
        first = anna.first()
        hands.click(first, first.host)
        anna.step()
        assert first.notice is not None
        assert "port 8765 is in use" in first.notice.title


def test_the_keyboard_alone_plays_alone() -> None:
    with house() as (_, url), Opened(house=FakeHouse(url)) as anna:
        first = anna.first()
        for _ in range(20):
            anna.press(pygame.K_TAB)
            if first.focus is first.alone:
                break
        assert first.by_keyboard
        anna.press(pygame.K_RETURN)
        anna.press(pygame.K_RIGHT, pygame.K_SPACE)
        table = anna.table()
        assert table.table.game.name == "gomoku"
        anna.until(lambda: table.table.info is not None)
        assert isinstance(table.focus, Stage)


def test_who_plays_alone_is_not_found_until_in_the_lobby() -> None:
    mine = FakeHouse()
    with house() as (server, mine.url), Opened(house=mine) as anna:
        anna.app.host("gomoku", 2)
        screen = anna.table()
        assert screen.table.about.private
        assert [person and person.bot for person in screen.table.about.people].count(False) == 1
        assert list(server.hall.cards()) == []
        assert not mine.opened
        anna.app.request(m.Leave(room=screen.table.code))
        anna.lobby()
        assert mine.opened


def test_who_plays_alone_is_found_once_friends_are_invited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("work.desktop.app.addresses", lambda: ["192.168.1.20"])
    mine = FakeHouse()
    with house() as (_, mine.url), Opened(house=mine) as anna:
        anna.app.host("gomoku", 2)
        code = anna.table().table.code
        assert not mine.opened
        anna.app.invite(code)
        assert mine.opened


def test_a_game_that_could_not_be_played_alone_is_not_begun_elsewhere() -> None:
    with house() as (server, url), Opened(house=FakeHouse()) as anna:
        anna.app.host("gomoku", 2)
        anna.app.join(url)
        anna.lobby()
        answered: list[Answer] = []
        anna.app.request(m.Look(follow=True), answered.append)
        anna.until(lambda: answered)
        assert server.hall.rooms == {}


# -- the rest ----------------------------------------------------------------------------------------------------------


def test_escape_does_no_harm() -> None:
    with Opened() as anna:
        anna.press(pygame.K_ESCAPE, pygame.K_ESCAPE)
        assert anna.first().name.text == "Anna"


@pytest.mark.parametrize("size", [(800, 600), (1000, 620), (1280, 800), (1920, 1080), (2560, 1440)])
@pytest.mark.parametrize("text_scale", [1.0, 1.25])
def test_everything_has_its_place_at_every_size(size: tuple[int, int], text_scale: float) -> None:
    with Opened(size=size) as anna:
        first = anna.first()
        anna.app.window.restyle(Appearance(text_scale=text_scale))
        for k in range(12):
            first.found(found(str(k), hosted("Maximilian-Alexander von Hohenlohe"), f"ws://10.0.0.{k}:8765"))
        first.connection("out", "Nobody answers there. " * 3)
        anna.step()
        parts = [first.greeting, first.gear, first.name, first.panel, first.host, first.alone, first.firewall]
        assert first.notice is not None
        rects = [part.rect for part in (*parts, first.notice) if part.visible]
        for number, rect in enumerate(rects):
            assert first.rect.contains(rect)
            assert rect.w > 0
            assert rect.h > 0
            assert not any(rect.colliderect(other) for other in rects[number + 1 :])
        assert first.panel.list.rect.h >= first.look.px(60)
