"""Every bad input in one table: a clear sentence and a stable code, the process alive, the table as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import communication
from communication import messages as m
from communication.link import CloseCode, Limits, LinkError
from communication.rules import Rules
from games.game_info import digest
from tests.end_to_end.programs import ServerProgram, run
from tests.kit import GOMOKU, SHIPS, TIC, Guest, Place, Player, assert_sentence, login, wish


class Town:
    """A real server with two who play gomoku (one step is made), one who watches, one who is in, one who is not yet."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.anna, self.ben, self.watcher, self.stranger = place.guests("Anna", "Ben", "Watcher", "Stranger")
        self.visitor = place.visitor()
        self.room = place.room(GOMOKU, self.anna, self.ben, watchers=(self.watcher,))
        self.anna.does(m.Step(room=self.room, n=1, move=[7, 7]))
        self.ben.hears(m.Stepped)
        self.waiting = place.room(SHIPS, self.stranger)

    def state(self) -> tuple[Any, ...]:
        """All that must not change."""
        rooms = [self.place.inside(code) for code in (self.room, self.waiting)]
        return tuple(
            (digest(room.match.info), room.match.n, room.state, [member.name for member in room.members()])
            for room in rooms
        )


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with Place(url="ws://127.0.0.1:0", rules=Rules(rooms_each=2, burst=1000)) as place:
        yield Town(place)


LONG = "x" * 10_240
DEEP = "[" * 50_000 + "]" * 50_000


def raw(**fields: Any) -> str:
    return json.dumps(fields)


# What: who sends it, the message, the code of the answer. "ROOM" is the room's code, "WAITING" that of one that waits.
BAD: dict[str, tuple[str, m.Request | str | bytes, str]] = {
    # unknown, malformed, oversized for its kind, wrongly typed
    "no JSON": ("ben", "hello", "malformed"),
    "nothing at all": ("ben", "", "malformed"),
    "half a message": ("ben", '{"type":"step","room":"ROOM"', "malformed"),
    "bytes that are no text": ("ben", b"\x00\xff\xfe", "malformed"),
    "a list": ("ben", "[1,2]", "malformed"),
    "lists without end": ("ben", '{"type":"step","room":"ROOM","n":2,"move":' + DEEP + "}", "malformed"),
    "an unknown type": ("ben", raw(type="teleport", id=1), "malformed"),
    "a message that only servers send": ("ben", raw(type="over", room="ROOM", ranks=[1, 2], why="so"), "malformed"),
    "a field missing": ("ben", raw(type="step", room="ROOM"), "malformed"),
    "a word for a number": ("ben", raw(type="step", room="ROOM", n="two", move=[8, 8]), "malformed"),
    "true for a number": ("ben", raw(type="step", room="ROOM", n=True, move=[8, 8]), "malformed"),
    "not a number": ("ben", '{"type":"step","room":"ROOM","n":2,"move":[NaN,8]}', "malformed"),
    "half a letter": ("ben", '{"type":"say","room":"ROOM","text":"\\ud800"}', "malformed"),
    "a room's code of 10 KB": ("ben", raw(type="join", room=LONG), "malformed"),
    "a game's name of 10 KB": ("ben", raw(type="match", game=LONG, version=1, seats=2), "malformed"),
    # moves that are none
    "a move with true in it": ("ben", m.Step(room="ROOM", n=2, move=[True, 8]), "bad_move"),
    "a move that is an object": ("ben", m.Step(room="ROOM", n=2, move={"row": 8}), "bad_move"),
    "a move of 10 KB": ("ben", m.Step(room="ROOM", n=2, move=LONG), "bad_move"),
    "a move of 10,000 parts": ("ben", m.Step(room="ROOM", n=2, move=[0] * 10_000), "bad_move"),
    "a number too large for anything": ("ben", m.Step(room="ROOM", n=2, move=[10**30, 8]), "bad_move"),
    "a step off the board": ("ben", m.Step(room="ROOM", n=2, move=[15, 8]), "off_board"),
    "a step on a stone": ("ben", m.Step(room="ROOM", n=2, move=[7, 7]), "taken"),
    # wrong step number
    "a step of the past": ("ben", m.Step(room="ROOM", n=1, move=[8, 8]), "wrong_number"),
    "a step of the future": ("ben", m.Step(room="ROOM", n=3, move=[8, 8]), "wrong_number"),
    "a step before the beginning": ("ben", m.Step(room="ROOM", n=-7, move=[8, 8]), "wrong_number"),
    # not your turn, not your room
    "a step out of turn": ("anna", m.Step(room="ROOM", n=2, move=[8, 8]), "not_your_turn"),
    "a step of a watcher": ("watcher", m.Step(room="ROOM", n=2, move=[8, 8]), "not_seated"),
    "a watcher who resigns": ("watcher", m.Resign(room="ROOM"), "not_seated"),
    "a step in another's room": ("stranger", m.Step(room="ROOM", n=2, move=[8, 8]), "not_in_room"),
    "an offer of a watcher": ("watcher", m.Offer(room="ROOM", what="draw"), "not_seated"),
    "an answer of a watcher": ("watcher", m.Reply(room="ROOM", offer=1, yes=True), "not_seated"),
    "an offer in another's room": ("stranger", m.Offer(room="ROOM", what="draw"), "not_in_room"),
    "an answer in another's room": ("stranger", m.Reply(room="ROOM", offer=1, yes=False), "not_in_room"),
    "an unknown offer": ("ben", m.Offer(room="ROOM", what="a drink"), "bad_offer"),
    "an answer that is neither yes nor no": ("ben", raw(type="reply", room="ROOM", offer=1, yes=1), "malformed"),
    "a resignation in another's room": ("stranger", m.Resign(room="ROOM"), "not_in_room"),
    "a look at another's room": ("stranger", m.Sync(room="ROOM"), "not_in_room"),
    "a line said in another's room": ("stranger", m.Say(room="ROOM", text="hi"), "not_in_room"),
    "leaving another's room": ("stranger", m.Leave(room="ROOM"), "not_in_room"),
    # untimely
    "anything before the login": ("visitor", m.Step(room="ROOM", n=2, move=[8, 8]), "not_logged_in"),
    "a wish before the login": ("visitor", wish(m.Match, TIC), "not_logged_in"),
    "a second login": ("ben", login("Ben"), "already_logged_in"),
    "a step before the match": ("stranger", m.Step(room="WAITING", n=1, move=0), "not_started"),
    "a rematch in mid-game": ("ben", m.Again(room="ROOM"), "not_over"),
    "a rematch before the match": ("stranger", m.Again(room="WAITING"), "not_started"),
    "a seat given away in mid-game": ("ben", m.Give(room="ROOM", name="Watcher"), "not_over"),
    "a seat given away before the match": ("stranger", m.Give(room="WAITING", name="Ben"), "not_started"),
    "to wait no longer without waiting": ("ben", m.Unmatch(), "not_waiting"),
    "a step back before one's first step": ("ben", m.Offer(room="ROOM", what="undo"), "no_undo"),
    "the end of a pause that is none": ("ben", m.Offer(room="ROOM", what="resume"), "not_paused"),
    "yes to an offer that nobody made": ("ben", m.Reply(room="ROOM", offer=1, yes=True), "no_offer"),
    "yes to the offer before the first": ("ben", m.Reply(room="ROOM", offer=-1, yes=True), "no_offer"),
    "an offer before the match": ("stranger", m.Offer(room="WAITING", what="draw"), "not_started"),
    # logins
    "another version of the protocol": ("visitor", login("Eve", protocol=99), "other_version"),
    "a wrong password": ("visitor", login("Eve", password="guess"), "wrong_password"),
    "a key that is too short": ("visitor", m.Login(name="Eve", key="short", protocol=m.PROTOCOL), "bad_key"),
    "a name that is empty": ("visitor", login(""), "bad_name"),
    "a name of spaces": ("visitor", login(" \u3000 "), "bad_name"),
    "a name that nobody can see": ("visitor", login("\u3164\u200d"), "bad_name"),
    "a name of 10 KB": ("visitor", login(LONG), "bad_name"),
    "a name with control characters": ("visitor", login("Eve\x1b[2J\x00"), "bad_name"),
    "a name with a line feed": ("visitor", login("Eve\nAnna: I resign"), "bad_name"),
    "a name turned around": ("visitor", login("\u202eannA"), "bad_name"),
    "a name with isolates": ("visitor", login("\u2066Anna\u2069"), "bad_name"),
    # chat
    "an empty line": ("ben", m.Say(room="ROOM", text=" \n"), "bad_text"),
    "a line of 10 KB": ("ben", m.Say(text=LONG), "bad_text"),
    # rooms
    "a full room": ("stranger", m.Join(room="ROOM"), "room_full"),
    "a room where one is": ("ben", m.Join(room="ROOM"), "already_there"),
    "an unknown code": ("ben", m.Join(room="QQQQQ"), "unknown_room"),
    "an unknown code to watch": ("ben", m.Join(room="\u202e\x00'--", watch=True), "unknown_room"),
    "a step in an unknown room": ("ben", m.Step(room="QQQQQ", n=1, move=0), "unknown_room"),
    "a rule for who is away that nobody knows": ("ben", wish(m.Open, GOMOKU, away=m.Away(rule="laugh")), "bad_away"),
    "a match that was never played": ("ben", m.Replay(match=10**6), "unknown_match"),
    "an unknown game": ("ben", m.Open(game="poker face", version=1, seats=2), "unknown_game"),
    "another version of a game": ("ben", m.Match(game=GOMOKU, version=99, seats=2), "other_version"),
    "too many seats": ("ben", wish(m.Open, GOMOKU, 99), "bad_seats"),
    "no seats": ("ben", wish(m.Match, GOMOKU, 0), "bad_seats"),
    "an unknown option": ("ben", wish(m.Open, GOMOKU, options={"walls": 3}), "bad_options"),
    "an option of the wrong type": ("ben", wish(m.Open, GOMOKU, options={"size": True}), "bad_options"),
    "a clock that gives no time": ("ben", wish(m.Open, GOMOKU, clock=m.Clock()), "bad_clock"),
    "a clock of two kinds": ("ben", wish(m.Open, GOMOKU, clock=m.Clock(step=30, main=600)), "bad_clock"),
    "a clock that runs backwards": ("ben", wish(m.Match, GOMOKU, clock=m.Clock(step=-30)), "bad_clock"),
    "a clock that takes time away": ("ben", wish(m.Open, GOMOKU, clock=m.Clock(main=60, more=-5)), "bad_clock"),
    "a clock for ever": ("ben", wish(m.Match, GOMOKU, clock=m.Clock(main=10**30)), "bad_clock"),
    "a clock that is a word": ("ben", raw(type="open", game=GOMOKU, version=1, seats=2, clock="10+5"), "malformed"),
    "bots where there are none": ("ben", wish(m.Open, GOMOKU, bots=1), "no_bots"),
}  # fmt: skip


@pytest.mark.parametrize(("who", "data", "code"), BAD.values(), ids=BAD.keys())
def test_it_is_refused_with_a_sentence_and_nothing_changes(
    town: Town, who: str, data: m.Request | str | bytes, code: str
) -> None:
    guest: Guest = getattr(town, who)
    text = m.encode(data) if isinstance(data, m.Request) else data
    if isinstance(text, str):
        text = text.replace("ROOM", town.room).replace("WAITING", town.waiting)
    before = town.state()
    guest.forget()
    guest.say(text)
    guest.caught_up()
    refused, _ = guest.all(m.Refused)
    assert refused.code == code
    assert_sentence(refused.text)
    assert code in m.CODES or code in ("off_board", "taken")
    assert town.state() == before
    assert [type(message) for message in guest.heard] == [m.Refused] * 2


def test_every_code_that_one_message_can_bring_is_in_the_table() -> None:
    history = {"too_many_rooms", "match_over", "not_legal", "paused", "offer_stands", "offered_before", "not_wanting"}
    archive = {"other_match", "bad_step", "too_long"}  # see tests/master/test_archive.py
    rest = {"not_all_here"}  # see tests/master/test_saved.py
    works = {"sent_away"}  # see tests/master/test_open_seats.py
    faults = {"game_failed", "server_failed", "not_kept"}
    crowds = {"too_fast", "too_many_waiting", "too_many_watchers", "server_full"}  # see the tests of attacks
    elsewhere = history | archive | rest | works | faults | crowds
    assert {code for _, _, code in BAD.values()} & m.CODES.keys() == m.CODES.keys() - elsewhere


def test_the_codes_that_need_a_history(town: Town) -> None:
    guest, other = town.place.guests("Dora", "Emil")
    code = town.place.room(TIC, guest, other)
    assert guest.code(m.Step(room=code, n=1, move=9)) == "not_legal"
    guest.does(m.Offer(room=code, what="draw"))
    assert guest.code(m.Offer(room=code, what="pause")) == "offer_stands"
    guest.does(m.Reply(room=code, offer=1, yes=False))
    assert guest.code(m.Offer(room=code, what="draw")) == "offered_before"
    guest.does(m.Offer(room=code, what="pause"))
    other.does(m.Offer(room=code, what="pause"))
    assert guest.code(m.Step(room=code, n=1, move=0)) == "paused"
    guest.does(m.Resign(room=code))
    assert guest.code(m.Step(room=code, n=2, move=0)) == "match_over"
    assert guest.code(m.Give(room=code, name="Nobody")) == "not_wanting"
    guest.does(wish(m.Open, TIC))
    assert guest.code(wish(m.Open, TIC)) == "too_many_rooms"


def test_an_oversized_message_ends_that_link_alone(town: Town) -> None:
    before, guest = town.state(), town.place.guest("Finn")
    guest.say("x" * (Limits().message_bytes + 1))
    assert guest.ended()[0] == CloseCode.TOO_BIG
    town.ben.caught_up()
    assert town.state() == before


def test_a_window_closed_in_mid_game_ends_the_match_and_nothing_else(town: Town) -> None:
    gina, hugo = town.place.guests("Gina", "Hugo")
    town.place.room(GOMOKU, gina, hugo)
    before = town.state()
    gina.link.close(CloseCode.GOING_AWAY)
    over = hugo.hears(m.Over)
    assert (over.ranks, over.why) == ((2, 1), "Gina left")
    assert town.state() == before


def test_a_server_gone_in_mid_game_is_told_and_the_table_stays_on_the_screen() -> None:
    with Place(url="ws://127.0.0.1:0") as place:
        anna, ben = (Player(name, clock=place.clock).connect(place.url) for name in ("Anna", "Ben"))
        assert anna.asks(wish(m.Open, TIC)) is None
        assert ben.asks(m.Join(room=anna.table().code)) is None
        anna.until(lambda: anna.table().info)
        anna.do(lambda: anna.step(anna.table(), 4))
        ben.until(lambda: ben.table().n == 1)
    for player in (anna, ben):
        player.until(lambda player=player: player.states[-1][0] == "away")  # type: ignore[misc]
        assert_sentence(player.states[-1][1])
        assert player.table().n == 1
    refusal: list[Any] = []
    ben.do(lambda: refusal.append(ben.step(ben.table(), 0)))
    assert refusal[0].code == "away"
    assert_sentence(refusal[0].text)
    for player in (anna, ben):
        player.do(player.client.disconnect)


# -- addresses and command lines ---------------------------------------------------------------------------------------


def test_a_port_in_use_and_a_place_where_nobody_is() -> None:
    with Place(url="ws://127.0.0.1:0") as place:
        with pytest.raises(LinkError) as taken:
            communication.listen(place.url)
        url = place.url
    with pytest.raises(LinkError) as nobody:
        Guest(url)
    for error in (taken, nobody):
        text = str(error.value)
        assert len(text) < 200
        assert text.isprintable()
        assert "Errno" not in text
    assert "in use" in str(taken.value)


SERVER, CLIENT = "main_server.py", "main_client.py"
NOWHERE = "ws://127.0.0.1:1"
COMMANDS = {
    "server, an unknown option": (SERVER, "--frobnicate"),
    "server, a port that is none": (SERVER, "--port", "many"),
    "server, a port out of range": (SERVER, "--port", "65536"),
    "server, a negative port": (SERVER, "--port", "-1"),
    "server, an option without its value": (SERVER, "--name"),
    "server, an unknown level": (SERVER, "--log-level", "loud"),
    "server, an argument too many": (SERVER, "now"),
    "server, a host that is none": (SERVER, "--host", "no such host", "--port", "0"),
    "server, the port in use": (SERVER, "--host", "127.0.0.1", "--port", "TAKEN"),
    "server, the tcp port in use": (SERVER, "--host", "127.0.0.1", "--port", "0", "--tcp-port", "TAKEN"),
    "server, half a certificate": (SERVER, "--tls-cert", "FILE"),
    "server, a certificate that is none": (SERVER, "--port", "0", "--tls-cert", "FILE", "--tls-key", "FILE"),
    "server, a file for a folder": (SERVER, "--port", "0", "--data", "FILE"),
    "server, a folder below a file": (SERVER, "--port", "0", "--data", "FILE/below"),
    "server, a folder where the log should be": (SERVER, "--port", "0", "--data", "ODD"),
    "client, an unknown option": (CLIENT, "--frobnicate"),
    "client, an unknown game": (CLIENT, NOWHERE, "--bot", "--game", "poker face"),
    "client, a bot without a game": (CLIENT, NOWHERE, "--bot"),
    "client, a bot without a server": (CLIENT, "--bot", "--game", GOMOKU),
    "client, too many seats": (CLIENT, NOWHERE, "--bot", "--game", GOMOKU, "--seats", "3"),
    "client, seats that are no number": (CLIENT, "--seats", "many"),
    "client, seats of no game": (CLIENT, "--seats", "4"),
    "client, text and bot at once": (CLIENT, "--text", "--bot"),
    "client, nobody there": (CLIENT, NOWHERE, "--bot", "--game", GOMOKU),
    "client, an address that is none": (CLIENT, "kitchen table", "--bot", "--game", GOMOKU),
    "client, an address that is none, in the terminal": (CLIENT, "kitchen table", "--text"),
    "client, an unknown way": (CLIENT, "pigeon://loft:1", "--bot", "--game", GOMOKU),
    "client, a host of its own and another's": (CLIENT, NOWHERE, "--host"),
    "client, a file for a folder": (CLIENT, "--data", "FILE"),
    "client, a name that cannot be": (CLIENT, "SERVER", "--bot", "--game", GOMOKU, "--name", "\u202eannA"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProgram]:
    with ServerProgram() as server:
        yield server


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_a_command_line_that_cannot_work_ends_with_status_2_and_one_clear_line(
    command: tuple[str, ...], server: ServerProgram, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder, no certificate")
    (tmp_path / "odd" / "server.log").mkdir(parents=True)
    words = {
        "TAKEN": server.url.rpartition(":")[2],
        "FILE": str(tmp_path / "file"),
        "ODD": str(tmp_path / "odd"),
        "SERVER": server.url,
    }
    arguments = [words.get(word, word.replace("FILE/", words["FILE"] + "/")) for word in command]
    if command[0] == SERVER:
        arguments.append("--no-discovery")
    status, output, errors = run(*arguments)
    assert (status, output) == (2, "")
    assert errors.count("\n") == 1, errors
    assert errors.startswith(command[0].removesuffix(".py") + ": ")
    for word in ("Traceback", "Errno", "Error("):
        assert word not in errors
    assert len(errors) < 400
