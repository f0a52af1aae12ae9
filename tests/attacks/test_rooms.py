"""Attacks by those who have logged in: on rooms, on the lobby, and on the server's patience."""

from __future__ import annotations

import json
import threading

import pytest

from communication.messages import PROTOCOL
from games.gomoku import Gomoku
from tests.attacks.test_connections import together
from tests.attacks.test_handshakes import flood
from tests.attacks.town import Pair, Person, Town, text
from tests.communication.raw import BINARY, FIN, TEXT, Raw, frame

VERSION = Gomoku.version

NAME_OF_MARKS = "a" + "\u0315\u0300\u0316\u0321" * 5000
"""Marks in the worst order: to bring them into the normal one takes the square of their number in steps."""


def test_a_client_that_never_reads_while_its_room_plays_on(town: Town) -> None:
    with town.watched():
        pair = Pair(town.url)
        deaf = Person(town.url, "Deaf")
        deaf.say(type="join", room=pair.room, watch=True)
        deaf.hear(type="start")
        for _ in range(150):
            pair.step()
        for _ in range(150):  # and who keeps asking for the whole match, and reads none of it
            flood(deaf, text(type="sync", room=pair.room) * 50)
            pair.step()
        deaf.sock.close()
        pair.close()


def test_who_never_reads_is_let_go_and_the_others_only_see_that() -> None:
    with Town("--limit", "burst=1000000") as town, town.watched():
        talker, deaf = Person(town.url, "Talker"), Person(town.url, "Deaf")
        room = talker.open()
        deaf.ask(type="join", room=room)
        line = "\u68cb" * 500
        for _ in range(20_000):  # the systems at both ends keep some megabytes
            talker.say(type="say", room=room, text=line)
            heard = talker.hear_one_of({"type": "said"}, {"type": "table"})
            if heard["type"] == "table" and heard["people"][1].get("away"):
                break
        else:
            pytest.fail("the server still keeps what nobody reads")
        for person in (talker, deaf):
            person.sock.close()


def test_two_who_step_as_fast_as_they_may_are_never_too_fast(town: Town) -> None:
    with town.watched():
        pair = Pair(town.url)
        for _ in range(3000):
            pair.step()
        assert not any(message["type"] == "refused" for person in pair.two for message in person.heard)
        pair.close()


def test_a_member_of_a_room_who_is_dead_but_not_gone() -> None:
    with Town("--limit", "silence=0.3", "--away", "forfeit:1") as town, town.watched():
        anna, dead = Person(town.url, "Anna"), Person(town.url, "Dead")
        room = anna.open()
        dead.say(type="join", room=room)
        dead.ask(type="beat")
        anna.hear(type="start")
        # No goodbye, and no reset: the connection stays as it is, only nobody is there any more.
        while not anna.hear(type="table")["people"][1].get("away"):
            pass
        anna.ask(type="step", room=room, n=1, move=[7, 7])
        over = anna.hear(type="over")  # and after a while in its turn the seat is forfeited
        assert over["ranks"] == [1, 2]
        assert dead.hear(type="bye")["code"] == "silent"
        for person in (anna, dead):
            person.sock.close()


def test_ten_thousand_messages_a_second_from_one_client(town: Town) -> None:
    with town.watched():
        for message in (
            text(type="beat"),
            text(type="look"),
            text(type="say", text="buy now!"),
            text(type="match", game="gomoku", version=VERSION, seats=2),
            text(type="step", room="NOPE", n=1, move=[1, 1]),
            text(type="login", name="x", key="x" * 20, protocol=PROTOCOL),
            frame(FIN | TEXT, b"{"),
            frame(FIN | TEXT, b""),
        ):
            for _ in range(3):
                person = Person(town.url, "Flood")
                flood(person, message * 10_000)
                assert person.hear(type="refused", code="too_fast")
                assert person.hear(type="bye")["code"] == "too_fast"
                person.sock.close()


@pytest.mark.parametrize("said", [frame(FIN | BINARY, b""), frame(FIN | TEXT, b""), text(type="beat")])
def test_a_flood_of_messages_from_many_at_the_same_moment(town: Town, said: bytes) -> None:
    with town.watched():
        peers = [Raw(town.url).shake() for _ in range(20)]
        for peer in peers:
            flood(peer, said * 10_000)
        for peer in peers:
            assert b'"code":"too_fast"' in peer.until_end()
            peer.sock.close()


def test_a_thousand_rooms_opened_by_one(town: Town) -> None:
    with town.watched():
        person = Person(town.url)
        rooms = 0
        while person.ask(type="open", game="gomoku", version=VERSION, seats=2, private=True)["type"] == "ok":
            rooms += 1
        assert rooms == 8
        assert person.ask(type="open", game="gomoku", version=VERSION, seats=2)["code"] == "too_many_rooms"
        flood(person, text(type="open", game="gomoku", version=VERSION, seats=2) * 1000)
        assert person.hear(type="bye")["code"] == "too_fast"
        person.sock.close()


def test_logins_with_one_key_from_many_places(town: Town) -> None:
    with town.watched():
        people = [Person(town.url, "Anna", "the same key 16 letters".replace(" ", "-")) for _ in range(200)]
        for person in people[:-1]:
            assert person.hear(type="bye")["code"] == "elsewhere"
        assert people[-1].ask(type="beat")["type"] == "ok"  # the newest wins, and stays
        for person in people:
            person.sock.close()


def test_logins_with_one_key_from_many_places_at_the_same_moment(town: Town) -> None:
    people: list[Person] = []

    def come(gate: threading.Barrier) -> None:
        gate.wait()
        people.append(Person(town.url, "Anna", "another-key-of-16-letters"))

    with town.watched():
        together(50, come)
        ends = []
        for person in people:
            person.say(type="beat", id=9)
            ends.append(person.hear_one_of({"type": "bye"}, {"type": "ok", "id": 9}).get("code", "in"))
            person.sock.close()
        assert sorted(ends) == ["elsewhere"] * 49 + ["in"]


def test_everybody_has_the_same_name(town: Town) -> None:
    with town.watched():
        for _ in range(500):
            Person(town.url, "The Same").sock.close()


def test_a_name_that_takes_long_to_read(town: Town) -> None:
    with town.watched():
        for name in (NAME_OF_MARKS, "\ufdfa" * 5000, " " * 20_000, "x" * 60_000):
            peers = [Raw(town.url).shake() for _ in range(10)]
            for peer in peers:
                peer.send(text(type="login", name=name, key="k" * 20, protocol=PROTOCOL))
            for peer in peers:
                ((_, payload),) = peer.frames(1)
                assert json.loads(payload)["code"] == "bad_name"
                peer.sock.close()


def test_messages_that_are_hard_to_decode(town: Town) -> None:
    deep = b"[" * 20_000 + b"]" * 20_000
    with town.watched():
        person = Person(town.url)
        for said in (
            deep,
            b'{"type":"step","room":"A","n":1,"move":' + deep + b"}",
            b'{"type":"step","room":"A","n":1,"move":' + b"9" * 20_000 + b"}",
            b'{"type":"step","room":"A","n":' + b"9" * 20_000 + b',"move":0}',
            b'{"type":"step","room":"A","n":1,"move":1e999}',
            b'{"type":"step","room":"A","n":1,"move":NaN}',
            b'{"type":"say","text":"\\ud800"}',
            b'{"type":"open","game":"' + b"g" * 30_000 + b'","version":1,"seats":2}',
            b'{"type":"' + b"t" * 30_000 + b'"}',
        ):
            person.send(frame(FIN | TEXT, said))
            assert person.hear(type="refused")["code"] in ("malformed", "unknown_room")
        person.sock.close()


def test_asking_for_past_matches_without_end(town: Town) -> None:
    with town.watched():
        anna, ben, mallory = (Person(town.url, name) for name in ("Anna", "Ben", "Mallory"))
        room = anna.open()
        ben.ask(type="join", room=room)
        anna.ask(type="resign", room=room)
        number = anna.ask_for("past", type="history")["matches"][0]["match"]
        assert mallory.ask_for("past", type="history")["matches"] == []
        for wish in (
            {"type": "replay", "match": number},
            {"type": "open", "game": "gomoku", "version": VERSION, "seats": 2, "match": number, "n": 0},
        ):
            assert mallory.ask(**wish)["code"] == "unknown_match"  # it was played at a private table
        for huge in (2**62, 2**63, -(2**63), 10**400):
            greedy = Person(town.url, "Greedy")
            for wish in (
                {"type": "replay", "match": huge},
                {"type": "history", "before": huge},
                {"type": "open", "game": "gomoku", "version": VERSION, "seats": 2, "match": number, "n": huge},
                {"type": "open", "game": "gomoku", "version": VERSION, "seats": 2, "match": huge, "n": 1},
                {"type": "open", "game": "gomoku", "version": VERSION, "seats": 2, "seat": huge},
            ):
                answer = greedy.ask(**wish)
                assert answer.get("code", "ok") in ("unknown_match", "bad_step", "bad_seats", "malformed", "ok"), wish
            greedy.sock.close()
        for message in (text(type="history"), text(type="replay", match=number)):
            flooder = Person(town.url, "Flood")
            flood(flooder, message * 10_000)
            assert flooder.hear(type="refused", code="too_fast")
            assert flooder.hear(type="bye")["code"] == "too_fast"
            flooder.sock.close()
        for person in (anna, ben, mallory):
            person.sock.close()
