"""The lobby: what it shows, and every way to a table, with real servers and several people."""

import time
from typing import Any

import msgspec
import pygame
import pytest

from communication import messages as m
from communication.away import USUAL
from games import GAMES
from tests.work.desktop import hands
from tests.work.desktop.apps import FakeHouse, Opened, alone, house
from work.desktop.first_screen import FirstScreen
from work.desktop.lobby_facts import Facts, in_words, options_in_words
from work.desktop.lobby_screen import AGES_EVERY, LobbyScreen
from work.desktop.new_table import NewTable
from work.desktop.panels import Said
from work.desktop.people import mark_of, marks
from work.desktop.table_screen import TableScreen
from work.desktop.theme import SEATS
from work.desktop.widgets import Widget

__all__ = ["alone"]


def wish(kind: type[Any], game: str, seats: int = 2, **fields: Any) -> Any:
    return kind(game=game, version=GAMES[game].version, seats=seats, **fields)


def ask(one: Opened, message: m.Request) -> None:
    one.app.request(message)
    one.step()


def tile(lobby: LobbyScreen, game: str) -> Any:
    return next(tile for tile in lobby.tiles if tile.game.name == game)


def sheet(lobby: LobbyScreen) -> NewTable:
    assert isinstance(lobby.over, NewTable)
    return lobby.over


def chat(lobby: LobbyScreen) -> list[str]:
    rows = [row for row in lobby.chat.list.children if isinstance(row, Said)]
    return [" ".join(words.text for words in row.words) for row in rows]


# -- what it shows -----------------------------------------------------------------------------------------------------


def test_an_empty_lobby_says_what_one_can_do() -> None:
    with house() as (_, url), Opened(url) as anna:
        lobby = anna.lobby()
        assert lobby.no_tables.visible
        assert "Choose a game" in lobby.no_tables.text
        assert lobby.score.empty.visible
        assert [facts.line for facts in lobby.facts.people().values()] == ["you"]
        assert not lobby.bar.address.visible
        assert all(tile.usable for tile in lobby.tiles)
        hands.click(lobby, tile(lobby, "gomoku"))
        assert sheet(lobby).bots.kind == "main"  # nobody else is here
        assert sheet(lobby).anybody.kind == "plain"


def test_whoever_is_alone_plays_against_bots_by_one_click_or_tab_and_enter() -> None:
    for click in (True, False):
        with house() as (_, url), Opened(url) as anna:
            lobby = anna.lobby()
            card = next(card for card in lobby.game_cards if card.tile.game.name == "gomoku")
            lobby.arrange()
            assert card.bots.visible
            assert card.rect.contains(card.bots.rect)
            if click:
                hands.click(lobby, card.bots)
            else:
                anna.press(pygame.K_RIGHT, pygame.K_TAB)
                assert lobby.focus is card.bots
                anna.press(pygame.K_RIGHT)
                assert lobby.focus is lobby.tiles[2]
                anna.press(pygame.K_LEFT, pygame.K_TAB, pygame.K_RETURN)
            table = anna.table().table
            assert table.game.name == "gomoku"
            anna.until(lambda seen=table: [person.bot for person in seen.about.people if person] == [False, True])  # type: ignore[misc]


def test_where_others_are_the_tiles_have_no_button_for_bots() -> None:
    with house() as (_, url), Opened(url) as anna, Opened(url, "Mei") as mei:
        lobby = anna.lobby(mei)
        anna.until(lambda: not lobby.facts.alone, mei)
        lobby.arrange()
        assert not any(card.bots.visible for card in lobby.game_cards)


def test_tables_people_and_queues_are_told_as_they_are() -> None:
    people = tuple(
        m.Person(name, **more)
        for name, more in (
            ("Bot Ada", {"bot": True, "at": "DICES"}), ("Tom", {"away": True}), ("小雨", {"at": "DICES"}), ("Mei", {}),
            ("Anna", {}), ("Lukas", {}), ("Zoë", {"at": "DICES"}),
        )
    )  # fmt: skip
    dice = m.Card(
        room="DICES", game="liars_dice", state="playing", options={"ones": "plain"}, people=(people[2], people[0]),
        watchers=1,
    )  # fmt: skip
    free = m.Card(room="BOARD", game="gomoku", state="waiting", options={"size": 15}, people=(people[5], None))
    new = m.Card(room="OTHER", game="chess_2", state="waiting", options={}, people=(None, None, None))
    queue = m.Queue(game="gomoku", seats=2, options={}, names=("Mei",))
    facts = Facts(m.Lobby(people, (dice, free, new), (queue,), {"Mei": 7, "Anna": 5}, 17), "Anna")
    tables = facts.tables()
    assert list(tables) == ["BOARD", "OTHER", "DICES"]  # what waits for people first
    assert [(one.sit, one.main) for one in tables.values()] == [(True, True), (True, False), (False, False)]
    assert tables["BOARD"].line == "Lukas needs one more"
    assert tables["DICES"].line == "小雨 and Bot Ada play · ones are plain · one watching"
    assert tables["OTHER"].title == "chess_2"
    assert tables["OTHER"].off
    told = {one.name: one.line for one in facts.people().values()}
    assert list(told) == ["Anna", "Mei", "小雨", "Lukas", "Zoë", "Tom", "Bot Ada"]
    assert told["Mei"] == "waiting for Gomoku"
    assert told["Zoë"] == "watching Liar's dice"
    assert told["小雨"] == "at Liar's dice"
    assert "away" in told["Tom"]
    assert facts.chip("gomoku") == "Mei is waiting"
    assert facts.chip("liars_dice") == ""
    assert [(one.name, one.wins, one.best) for one in facts.scores().values()] == [("Mei", 7, 7), ("Anna", 5, 7)]


def test_a_table_that_rests_is_told_apart_from_one_that_is_played() -> None:
    mei, tom = m.Person("Mei"), m.Person("Tom")
    rests = m.Card(room="RESTS", game="gomoku", state="playing", options={}, people=(mei, tom), paused=True)
    plays = msgspec.structs.replace(rests, room="PLAYS", paused=False)
    idle = msgspec.structs.replace(rests, room="IDLES", game="primes", progress="3 of 9")
    tables = Facts(m.Lobby((), (rests, plays, idle), ()), "Anna").tables()
    assert list(tables) == ["PLAYS", "RESTS", "IDLES"]
    assert [one.line for one in tables.values()] == ["Mei and Tom play", "Mei and Tom paused", "3 of 9 · paused"]
    assert b"paused" not in msgspec.json.encode(plays)  # what older programs do not know is not sent without need


def test_who_hosts_hears_how_friends_find_them_and_who_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(LobbyScreen, "say", lambda self, text, kind="info": said.append(text))
    with house() as (_, url), Opened(url, house=FakeHouse(url)) as anna:
        lobby = anna.lobby()
        anna.until(lambda: "find this host" in lobby.no_tables.text)
        assert said == []
        with Opened(url, name="Bob") as bob:
            bob.lobby(anna)
            anna.until(lambda: said, bob)
            assert said == ["Bob just came in."]
            anna.until(lambda: "Choose a game" in lobby.no_tables.text, bob)
            ask(bob, wish(m.Open, "gomoku"))
            table = bob.table(anna)
            bob.until(lambda: table.notice, anna)
            assert table.notice is not None
            assert "Everybody in the lobby sees this table" in table.notice.text
        assert len(said) == 1


def test_who_plays_against_a_bot_meanwhile_hears_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(TableScreen, "say", lambda self, text, kind="info": said.append(text))
    with house() as (_, url), Opened(url, house=FakeHouse(url)) as anna:
        lobby = anna.lobby()
        hands.click(lobby, next(card for card in lobby.game_cards if card.tile.game.name == "gomoku").bots)
        anna.table()
        with Opened(url, name="Bob") as bob:
            bob.lobby(anna)
            anna.until(lambda: said, bob)
        assert said == ["Bob just came in."]


@pytest.mark.parametrize(
    ("gone", "age", "words"),
    [(0, 0, "away, coming back?"), (59, 0.5, "away, coming back?"), (90, 31, "away for 2 min"),
     (3599, 0, "away for 59 min"),
     (3599, 1, "away for more than an hour")],
)  # fmt: skip
def test_who_is_away_says_for_how_long(gone: int, age: float, words: str) -> None:
    people = (m.Person("Anna"), m.Person("Tom", away=True, gone=gone))
    assert Facts(m.Lobby(people, (), ()), "Anna", age=age).people()["Tom"].line == words


def test_the_time_goes_on_while_nothing_else_happens() -> None:
    with house() as (_, url), Opened(url) as anna:
        lobby = anna.lobby()
        player = anna.app.player
        assert player is not None
        player.lobby = m.Lobby((m.Person("Anna"), m.Person("Tom", away=True, gone=100)), (), ())
        lobby.lobby_changed()
        assert lobby.people.rows.of["Tom"].facts.line == "away for 1 min"
        player.lobby_at -= 20.0
        lobby.tick(time.monotonic() + AGES_EVERY)
        assert lobby.people.rows.of["Tom"].facts.line == "away for 2 min"


def test_marks_are_different_while_there_are_enough() -> None:
    names = [f"Friend {k}" for k in range(40)]
    given = marks(names)
    assert len({given[name] for name in names[: len(SEATS)]}) == len(SEATS)
    assert given[names[0]] == mark_of(names[0])
    assert all(given[name] == mark_of(name) for name in names[len(SEATS) :])


def test_options_are_told_where_they_are_not_as_usual() -> None:
    assert options_in_words("gomoku", {"size": 15, "five": "exactly"}) == ["exactly five in a row"]
    assert options_in_words("gomoku", {"size": 17}) == []
    assert options_in_words("unknown", {"size": 17}) == []
    assert [in_words(1), in_words(12)] == ["one", "12"]


def test_a_game_that_the_host_does_not_have_cannot_be_chosen() -> None:
    with house() as (server, url):
        server.hall.games["gomoku"] = 99
        with Opened(url) as anna:
            lobby = anna.lobby()
            assert not tile(lobby, "gomoku").usable
            assert "Gomoku" in tile(lobby, "gomoku").hint()


# -- ways to a table ---------------------------------------------------------------------------------------------------


def test_a_tile_opens_a_form_and_bots_begin_at_once() -> None:
    with house() as (_, url), Opened(url) as anna:
        lobby = anna.lobby()
        hands.click(lobby, tile(lobby, "liars_dice"))
        anna.step()
        form = sheet(lobby)
        choices = [row.control for row in form.form.children if hasattr(row, "control")]
        assert [choice.value for choice in choices] == ["wild", 2, None, USUAL]
        choices[0].choose("plain")
        choices[1].choose(3)
        hands.click(lobby, form.bots)
        table = anna.table()
        anna.until(lambda: table.table.info is not None)
        assert table.table.about.options == {"ones": "plain"}
        assert [person.bot for person in table.table.about.people if person] == [False, True, True]


def test_two_who_want_the_same_meet_at_a_table() -> None:
    with house() as (_, url), Opened(url) as anna, Opened(url, "Mei") as mei:
        here, there = anna.lobby(mei), mei.lobby(anna)
        anna.until(lambda: len(here.facts.lobby.people) == 2, mei)
        here._choose(GAMES["gomoku"])
        form = sheet(here)
        assert form.anybody.kind == "main"  # somebody else is here
        form.form.children[1].control.choose(19)  # type: ignore[attr-defined]
        form.anybody.press()
        anna.until(lambda: here.notice is not None, mei)
        assert here.notice is not None
        assert "Gomoku" in here.notice.title
        mei.until(lambda: tile(there, "gomoku").chip == "Anna is waiting", anna)
        there._choose(GAMES["gomoku"])
        assert sheet(there).anybody.label == "Play with Anna"
        sheet(there).anybody.press()
        assert anna.table(mei).table.code == mei.table(anna).table.code
        assert anna.table(mei).table.about.options == {"size": 19, "five": "or_more"}


def test_a_person_who_waits_can_be_joined_in_the_list() -> None:
    with house() as (_, url), Opened(url) as anna, Opened(url, "Mei") as mei:
        there, here = mei.lobby(anna), anna.lobby(mei)
        there._ask(wish(m.Match, "tic_tac_toe"))
        anna.until(lambda: "Mei" in here.people.rows.of, mei)
        row = here.people.rows.of["Mei"]
        anna.until(lambda: row.button.visible, mei)
        hands.click(here, row.button)
        assert anna.table(mei).table.game.name == "tic_tac_toe"


def test_waiting_can_be_stopped() -> None:
    with house() as (server, url), Opened(url) as anna:
        lobby = anna.lobby()
        lobby._ask(wish(m.Match, "gomoku"))
        anna.until(lambda: lobby.notice is not None)
        assert lobby.notice is not None
        stop = lobby.notice.children[0]
        anna.step()
        hands.click(lobby, stop)
        anna.until(lambda: lobby.notice is None)
        assert lobby.wish is None
        assert not server.server.lobby().queues


def test_a_private_table_is_found_by_its_code_alone() -> None:
    with house() as (_, url), Opened(url) as anna, Opened(url, "Mei") as mei:
        here = anna.lobby(mei)
        there = mei.lobby(anna)
        here._choose(GAMES["tic_tac_toe"])
        sheet(here).private.press()
        code = anna.table(mei).table.code
        mei.until(lambda: len(there.facts.lobby.people) == 2, anna)
        assert there.facts.tables() == {}
        there.focus_on(there.bar.code)
        mei.write("NOPE")
        mei.press(pygame.K_RETURN)
        mei.until(lambda: there.bar.code.wrong, anna)
        there.bar.code.text = ""
        mei.write(code.lower())
        mei.press(pygame.K_RETURN)
        assert mei.table(anna).table.code == code


def test_who_only_presses_enter_begins_the_likeliest_way_whatever_the_form_asks() -> None:
    with house() as (_, url), Opened(url) as anna:
        lobby = anna.lobby()
        lobby._choose(GAMES["dou_dizhu"])
        anna.step()
        assert lobby.focus not in sheet(lobby).fields
        anna.press(pygame.K_RETURN)
        assert anna.table().table.game.name == "dou_dizhu"


def test_the_code_of_a_full_table_makes_one_watch_it() -> None:
    with house() as (_, url), Opened(url) as anna, Opened(url, "Mei") as mei, Opened(url, "Tom") as tom:
        here, there, third = anna.lobby(mei, tom), mei.lobby(anna, tom), tom.lobby(anna, mei)
        here._choose(GAMES["tic_tac_toe"])
        sheet(here).private.press()
        code = anna.table(mei, tom).table.code
        for who, screen in ((mei, there), (tom, third)):
            screen.focus_on(screen.bar.code)
            who.write(code)
            who.press(pygame.K_RETURN)
            who.table(anna, mei, tom)
        assert mei.table(anna).table.seat == 1
        assert tom.table(anna, mei).table.seat is None


def test_an_open_table_can_be_sat_down_at_and_watched() -> None:
    with house() as (_, url), Opened(url) as anna, Opened(url, "Mei") as mei, Opened(url, "Tom") as tom:
        here, there, third = anna.lobby(mei, tom), mei.lobby(anna, tom), tom.lobby(anna, mei)
        here._choose(GAMES["tic_tac_toe"])
        sheet(here).open.press()
        code = anna.table(mei, tom).table.code
        mei.until(lambda: code in there.cards.of, anna, tom)
        card = there.cards.of[code]
        mei.step()
        assert card.button.label == "Sit down"
        hands.click(there, card.button)
        mei.table(anna, tom)
        tom.until(lambda: code in third.cards.of and not third.cards.of[code].facts.sit, anna, mei)
        tom.step()
        button = third.cards.of[code].button
        assert button.label == "Watch"
        hands.click(third, button)
        assert tom.table(anna, mei).table.seat is None


def test_what_the_server_refuses_is_said() -> None:
    with house() as (_, url), Opened(url) as anna:
        lobby = anna.lobby()
        lobby._ask(m.Match(game="gomoku", version=99, seats=2))
        anna.until(lambda: lobby._toast.visible)
        assert lobby.wish is None


def test_a_table_that_this_program_cannot_show_is_left_and_the_reason_said() -> None:
    with house() as (server, url), Opened(url) as anna:
        lobby, player = anna.lobby(), anna.app.player
        assert player is not None
        player.shelf = {}
        lobby._ask(wish(m.Open, "gomoku"))
        anna.until(lambda: lobby._toast.visible)
        anna.until(lambda: not server.hall.rooms)
        assert anna.app.screen is lobby


# -- company -----------------------------------------------------------------------------------------------------------


def test_chat_reaches_everybody_and_whoever_comes_later() -> None:
    with house() as (_, url), Opened(url) as anna, Opened(url, "Mei") as mei:
        here, there = anna.lobby(mei), mei.lobby(anna)
        here.focus_on(here.chat.field)
        anna.write("anyone for gomoku")
        anna.press(pygame.K_RETURN)
        assert here.chat.field.text == ""
        for lobby in (here, there):
            anna.until(lambda lobby=lobby: chat(lobby) == ["Anna anyone for gomoku"], mei)  # type: ignore[misc]
        with Opened(url, "Tom") as tom:
            late = tom.lobby(anna, mei)
            tom.until(lambda: chat(late) == ["Anna anyone for gomoku"], anna, mei)


def test_unread_lines_are_counted_where_chat_is_a_page() -> None:
    with house() as (_, url), Opened(url, size=(800, 600)) as anna:
        lobby = anna.lobby()
        assert lobby.people.visible
        assert not lobby.chat.visible
        ask(anna, m.Say(text="hello"))
        ask(anna, m.Say(text="again"))
        anna.until(lambda: lobby.pages.badges == {"chat": "2"})
        lobby.pages.choose("chat")
        assert lobby.chat.visible
        assert lobby.pages.badges == {}


def test_a_break_is_told_and_the_wait_goes_on_after_it() -> None:
    with house() as (server, url), Opened(url) as anna:
        lobby = anna.lobby()
        ask(anna, m.Say(text="hello"))
        lobby._ask(wish(m.Match, "gomoku"))
        anna.until(lambda: lobby.notice is not None and chat(lobby))
        assert anna.app.player is not None
        assert anna.app.player.client.link is not None
        anna.app.player.client.link.close()
        anna.until(lambda: lobby.bar.delay.text == "no answer")
        assert lobby.bar.delay.signal == 0
        anna.until(lambda: lobby.bar.delay.signal and not server.server.lobby().people[0].away)
        anna.until(lambda: any("Anna" in queue.names for queue in server.server.lobby().queues))
        anna.until(lambda: chat(lobby) == ["Anna hello"])  # not twice
        assert anna.app.screen is lobby


def test_leaving_goes_back_to_the_first_screen() -> None:
    with house() as (server, url), Opened(url) as anna:
        hands.click(anna.lobby(), anna.lobby().bar.leave)
        assert isinstance(anna.app.screen, FirstScreen)
        anna.until(lambda: not server.server.members)


# -- hands and places --------------------------------------------------------------------------------------------------


def test_the_keyboard_alone_begins_a_game() -> None:
    with house() as (_, url), Opened(url) as anna:
        lobby = anna.lobby()
        assert lobby.focus is lobby.tiles[0]
        assert lobby.by_keyboard
        anna.press(pygame.K_RIGHT, pygame.K_RIGHT, pygame.K_LEFT)
        assert lobby.focus is lobby.tiles[1]
        anna.press(pygame.K_RETURN)
        form = sheet(lobby)
        anna.press(pygame.K_RIGHT)
        assert form.chosen["size"] == 19
        anna.press(pygame.K_TAB, pygame.K_TAB, pygame.K_TAB, pygame.K_TAB)
        assert lobby.focus is form.bots
        anna.press(pygame.K_ESCAPE)
        assert lobby.focus is lobby.tiles[1]
        anna.press(pygame.K_SPACE, pygame.K_RETURN)  # Enter on the form does what is likeliest
        assert anna.table().table.game.name == "gomoku"


def test_the_keyboard_keeps_its_place_when_the_lobby_changes() -> None:
    with house() as (_, url), Opened(url) as anna, Opened(url, "Mei") as mei:
        lobby = anna.lobby(mei)
        mei.lobby(anna)
        ask(mei, wish(m.Open, "gomoku"))
        anna.until(lambda: lobby.cards.of, mei)
        (card,) = lobby.cards.of.values()
        lobby.focus_on(card.button, by_keyboard=True)
        ask(mei, wish(m.Open, "tic_tac_toe"))
        anna.until(lambda: len(lobby.cards.of) == 2, mei)
        assert lobby.focus is card.button


def test_games_can_be_filtered_by_how_many_play() -> None:
    with house() as (_, url), Opened(url) as anna:
        lobby = anna.lobby()
        lobby.kinds.choose("more")
        assert [card.tile.game.name for card in lobby.game_cards if card.visible] == [
            name for name, game in GAMES.items() if game.seats[-1] > 2
        ]
        lobby.kinds.choose("all")
        assert all(card.visible for card in lobby.game_cards)


@pytest.mark.parametrize("size", [(800, 600), (1100, 700), (1280, 800), (1920, 1080), (2560, 1440)])
@pytest.mark.parametrize("busy", [False, True])
def test_everything_has_its_place_at_every_size(size: tuple[int, int], busy: bool) -> None:
    with house() as (_, url), Opened(url, size=size) as anna:
        lobby = anna.lobby()
        anna.app.window.on_pass = None  # nothing more comes from the server
        if busy:
            names = ["Maximilian-Alexander von", "欧阳小雨与她的朋友们在这里呀", *(f"Friend {k}" for k in range(28))]
            people = tuple(m.Person(name) for name in names)
            cards = tuple(
                m.Card(room=f"R{k}", game="liars_dice", state="waiting", options={}, people=(people[k], *[None] * 5))
                for k in range(20)
            )
            assert anna.app.player is not None
            anna.app.player.lobby = m.Lobby(people, cards, (), dict.fromkeys(names[:9], 3), 27)
            lobby.lobby_changed()
            lobby.waiting(m.Waiting(game="gomoku", have=1, need=2))
            anna.step()
            shown = [card for card in lobby.tables.children if card.visible]
            assert 2 <= len(shown) < 20
            lobby.more.press()
            assert all(card.visible for card in lobby.tables.children)
        anna.step()
        parts: list[Widget] = [lobby.bar, lobby.middle, lobby.pages, lobby.people, lobby.score, lobby.chat]
        parts += [lobby.notice] if lobby.notice else []
        rects = [part.rect for part in parts if part.visible]
        for number, rect in enumerate(rects):
            assert lobby.rect.contains(rect)
            assert min(rect.size) > 0
            assert not any(rect.colliderect(other) for other in rects[number + 1 :])
        inside = [part.rect for part in lobby.bar.children if part.visible and part.rect.w]
        for number, rect in enumerate(inside):
            assert lobby.bar.rect.contains(rect)
            assert not any(rect.colliderect(other) for other in inside[number + 1 :])
        for game in GAMES.values():
            lobby._choose(game)
            anna.step()
            assert lobby.rect.contains(sheet(lobby).rect)
            lobby.close()


def test_what_is_written_in_the_lobby_waits_for_the_connection() -> None:
    with house() as (server, url), Opened(url) as anna:
        lobby = anna.lobby()
        hands.click(lobby, lobby.chat.field)
        anna.write("hi")
        server.stop()
        anna.until(lambda: lobby.chat.send.off)
        anna.press(pygame.K_RETURN)
        assert lobby.chat.field.text == "hi"
        assert all(button.off for button in lobby.chat.phrases)
