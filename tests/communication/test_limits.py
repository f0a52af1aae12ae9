"""What a server puts up with: each limit answers with its code, changes nothing, and holds for nobody else."""

import dataclasses
import re
from pathlib import Path

import pytest

from communication import Limits
from communication import messages as m
from communication.rules import Rules
from house import LIMITS, House
from main_server import OPEN_MAX, SPARE_DESCRIPTORS, chosen, options, with_descriptors
from tests.kit import GOMOKU, SHIPS, TIC, Guest, Place, assert_sentence, login, look, newest, wish


def answers(guest: Guest, message: m.Request) -> list[str]:
    """The answers to one message sent again and again, up to the first `too_fast`."""
    codes = [""]
    while codes[-1] != "too_fast":
        codes.append(guest.code(message))
    return codes[1:]


def test_who_sends_too_much_is_refused_and_then_sent_away() -> None:
    with Place(rules=Rules(burst=40, per_second=10)) as place:
        anna, ben = place.guests("Anna", "Ben")  # to log in counts 5
        assert [anna.code(m.Beat()) for _ in range(35)] == [""] * 35
        assert anna.code(m.Beat()) == "too_fast"
        assert anna.code(wish(m.Open, GOMOKU)) == "too_fast"
        assert place.hall.rooms == {}
        place.later(1)  # ten come back; one is owed for the beat, and five for the wish to open a room
        assert [anna.code(m.Beat()) for _ in range(5)] == [""] * 4 + ["too_fast"]
        for _ in range(10):
            anna.say("{")
        bye = anna.hears(m.Bye)
        assert (bye.code, bye.back) == ("too_fast", False)
        assert_sentence(bye.text)
        anna.ended()
        assert ben.code(m.Beat()) == ""  # it is each connection's own
        assert place.guest("Anna").code(m.Beat()) == ""


def test_accepted_steps_cost_nothing_and_refused_ones_do() -> None:
    with Place(rules=Rules(burst=40, per_second=1e-9)) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        for n in range(1, 113):
            row, column = divmod(n - 1, 15)
            assert (anna, ben)[(n - 1) % 2].code(m.Step(room=code, n=n, move=[row * 2 % 15, column])) == ""
        assert answers(anna, m.Step(room=code, n=113, move=[0, 0])) == ["taken"] * 29 + ["too_fast"]


def test_asking_for_a_match_is_given_back_when_it_begins() -> None:
    with Place(rules=Rules(burst=20, per_second=1e-9)) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(TIC, anna, ben)
        for k in range(30):
            for n, move in enumerate((0, 3, 1, 4, 2), 1):
                assert (anna, ben)[(n + k + 1) % 2].code(m.Step(room=code, n=n, move=move)) == ""
            assert [guest.code(m.Again(room=code)) for guest in (anna, ben)] == ["", ""]
        assert answers(anna, m.Again(room=code)) == ["not_over"] * 9 + ["too_fast"]


def test_who_has_nothing_left_can_still_make_a_step() -> None:
    with Place(rules=Rules(burst=40, per_second=1e-9)) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        answers(anna, m.Beat())
        assert anna.code(m.Step(room=code, n=1, move=[7, 7])) == ""
        assert anna.code(m.Step(room=code, n=3, move=[7, 8])) == "too_fast"


@pytest.mark.parametrize("of", ["a stranger", "another table", "a watcher", "a pause", "a full disk"])
def test_a_flood_of_steps_that_are_not_played_has_an_end(of: str) -> None:
    with Place(rules=Rules(burst=40, per_second=1e-9)) as place:
        anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
        code = place.room(GOMOKU, anna, ben, watchers=(cleo,))
        who = {"a stranger": place.visitor(), "a watcher": cleo}.get(of, anna)
        if of == "a pause":
            anna.does(m.Offer(room=code, what="pause"))
            ben.does(m.Reply(room=code, offer=newest(ben).offer.number, yes=True))  # type: ignore[union-attr]
        place.hall.trouble = "The disk is full." if of == "a full disk" else ""
        for _ in range(60):
            who.say(m.Step(room="NOWHERE" if of == "another table" else code, n=1, move=[7, 7]))
        assert who.ended()[1] == "too_fast"
        assert len(who.all(m.Refused, code="too_fast")) == 9
        assert place.inside(code).match.n == 0


def test_who_was_sent_away_for_sending_too_much_is_away_like_anybody() -> None:
    with Place(rules=Rules(burst=40, per_second=1e-9)) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben, away=m.Away(rule="forfeit", seconds=5))
        for _ in range(60):
            anna.say("{")
        anna.ended()
        assert [person and person.away for person in newest(ben).people] == [True, False]
        place.later(1)
        place.later(6)
        assert ben.hears(m.Over).why == "Anna was away for too long"
        assert place.inside(code).state == "over"


def test_a_step_sent_again_costs_like_any_message() -> None:
    with Place(rules=Rules(burst=40, per_second=1e-9)) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        assert len(answers(anna, m.Step(room=code, n=1, move=[7, 7]))) < 40
        for _ in range(60):
            anna.say(m.Step(room=code, n=1, move=[7, 7]))
        assert anna.ended()[1] == "too_fast"
        assert len(anna.all(m.Refused, code="too_fast")) == 9


def test_the_limits_of_the_whole_server() -> None:
    with Place(rules=Rules(rooms=1, waiting=1, people=3)) as place:
        anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
        visitor = place.visitor()
        assert visitor.code(login("Dot")) == "server_full"
        anna.does(wish(m.Match, SHIPS))
        assert ben.code(wish(m.Match, GOMOKU)) == "too_many_waiting"
        ben.does(wish(m.Open, GOMOKU))
        for request in (wish(m.Open, GOMOKU), wish(m.Match, SHIPS)):
            assert cleo.code(request) == "server_full"
        cleo.link.close()
        place.until(lambda: place.server.names["cleo"].link is None)
        visitor.does(login("Dot"))  # who is away and at no table makes room
        assert "cleo" not in place.server.names


def test_rooms_of_one_person() -> None:
    with Place(rules=Rules(rooms_each=2)) as place:
        anna, ben = place.guests("Anna", "Ben")
        anna.does(wish(m.Open, GOMOKU), wish(m.Open, GOMOKU))
        ben.does(wish(m.Open, GOMOKU))
        for request in (wish(m.Open, GOMOKU), wish(m.Match, GOMOKU), m.Join(room=ben.hears(m.Table).room)):
            assert anna.code(request) == "too_many_rooms"


def test_watchers_of_one_room() -> None:
    with Place(rules=Rules(watchers=1)) as place:
        anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
        anna.does(wish(m.Open, GOMOKU))
        code = anna.hears(m.Table).room
        ben.does(m.Join(room=code, watch=True))
        assert cleo.code(m.Join(room=code, watch=True)) == "too_many_watchers"
        cleo.does(m.Join(room=code))


def test_bots_of_the_house() -> None:
    house = House(rules=Rules(bots=2))
    try:
        guest = Guest(house.listen("ws://127.0.0.1:0"))
        guest.does(login("Anna"), wish(m.Open, GOMOKU, bots=1), wish(m.Open, GOMOKU, bots=1))
        assert guest.code(wish(m.Open, GOMOKU, bots=1)) == "no_bots"
        guest.does(wish(m.Open, GOMOKU))
    finally:
        house.stop()


def test_names_and_lines_have_their_lengths() -> None:
    with Place(rules=Rules(name_length=4, text_length=6)) as place:
        assert place.visitor().code(login("Annabel")) == "bad_name"
        anna = place.guest("Anna")
        assert anna.code(m.Say(text="1234567")) == "bad_text"
        anna.does(m.Say(text="123456"))


def test_a_lobby_has_an_end() -> None:
    with Place(rules=Rules(lobby_shown=2)) as place:
        people = place.guests("Anna", "Ben", "Cleo", "Dot")
        for guest in people[:3]:
            guest.does(wish(m.Open, GOMOKU))
        lobby = look(people[0])
        assert [person.name for person in lobby.people] == ["Anna", "Ben"]
        assert len(lobby.tables) == 2


def test_a_lobby_for_very_many_is_sent_less_often() -> None:
    with Place(rules=Rules(lobby_every=1, lobby_bytes=10)) as place:
        eve = place.guest("Eve")
        look(eve, follow=True)
        place.later(2)
        eve.caught_up().forget()
        place.guest("Anna")
        place.later(2)
        assert eve.caught_up().all(m.Lobby) == []
        place.later(100)
        assert [person.name for person in eve.hears(m.Lobby).people] == ["Eve", "Anna"]


def test_the_score_holds_so_many_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("master.hall.WINNERS", 4)
    with Place() as place:
        anna = place.guest("Anna")
        for name in ("Anna", "Anna", *"BCDEF"):
            winner, loser = (anna if name == "Anna" else place.guest(name)), place.guest("Loser")
            code = place.room(GOMOKU, winner, loser)
            loser.does(m.Resign(room=code))
            winner.does(m.Leave(room=code))
        wins = look(anna).wins
        assert len(wins) <= 4
        assert wins["Anna"] == 2


def test_the_page_for_people_has_every_limit_with_its_default() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "limits.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", page, re.MULTILINE))
    defaults = dataclasses.asdict(LIMITS) | dataclasses.asdict(Rules())
    assert told == {name: str(int(value) if value is False else value) for name, value in defaults.items()}


def test_limits_are_set_on_the_command_line() -> None:
    given = (
        options().parse_args(["--limit", "rooms_each=4", "--limit", "queue_bytes=9", "--limit", "silence=0.5"]).limit
    )
    assert chosen(Rules(), given) == Rules(rooms_each=4, silence=0.5)
    assert chosen(LIMITS, given) == dataclasses.replace(LIMITS, queue_bytes=9)


@pytest.mark.parametrize(
    "wrong", ["pigeons=3", "rooms", "rooms=", "rooms=many", "rooms=0", "rooms=-1", "rooms=1.5", "silence=inf"]
)
def test_a_limit_that_makes_no_sense_is_told_in_one_line(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        options().parse_args(["--limit", wrong])
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert wrong.partition("=")[0] in said


def test_where_the_system_allows_few_open_files_there_are_fewer_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    asked = []
    monkeypatch.setattr(resource, "getrlimit", lambda what: (256, 1000))
    monkeypatch.setattr(resource, "setrlimit", lambda what, limits: asked.append(limits))
    assert with_descriptors(LIMITS).connections == 1000 - SPARE_DESCRIPTORS
    assert with_descriptors(Limits(connections=100)).connections == 100
    assert asked == [(1000, 1000), (100 + SPARE_DESCRIPTORS, 1000)]
    monkeypatch.setattr(resource, "getrlimit", lambda what: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert with_descriptors(LIMITS) == LIMITS


@pytest.mark.parametrize(("allows", "connections"), [(20_000, 12_000), (OPEN_MAX, OPEN_MAX - 300), (512, 1700)])
def test_macos_allows_fewer_open_files_than_it_says(
    monkeypatch: pytest.MonkeyPatch, allows: int, connections: int
) -> None:
    resource = pytest.importorskip("resource")

    def setrlimit(what: int, limits: tuple[int, int]) -> None:
        if limits[0] > allows:
            raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda what: (2000, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", setrlimit)
    assert with_descriptors(LIMITS).connections == connections
