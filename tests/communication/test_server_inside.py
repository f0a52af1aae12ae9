"""Communicate, the lobby, and time: what those who are in see of the server."""

import pytest

from communication import messages as m
from communication.link import CloseCode
from communication.people import TEXT_LENGTH
from communication.rules import Rules
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Place, assert_sentence, look, newest, wish
from tests.kit import names as seated

KEY_A, KEY_B = "a" * 32, "b" * 32


def names(lobby: m.Lobby) -> list[str]:
    return [person.name for person in lobby.people]


# -- communicate -------------------------------------------------------------------------------------------------------


def test_nobody_reaches_into_a_room_where_they_are_not() -> None:
    with Place() as place:
        anna, ben, eve = place.guests("Anna", "Ben", "Eve")
        code = place.room(GOMOKU, anna, ben)
        for request in (
            m.Step(room=code, n=1, move=[7, 7]),
            m.Resign(room=code),
            m.Again(room=code),
            m.Sync(room=code),
            m.Say(room=code, text="hi"),
            m.Leave(room=code),
        ):
            assert eve.code(request) == "not_in_room"
        assert eve.code(m.Step(room="NOWHERE", n=1, move=0)) == "unknown_room"
        assert place.inside(code).match.n == 0


def test_a_line_of_chat_reaches_everybody_in_the_lobby_and_those_who_come_later() -> None:
    with Place(rules=Rules(chat_kept=2)) as place:
        anna, ben = place.guests("Anna", "Ben")
        for text in (" one ", "two\nlines", "\u202ethree"):
            anna.does(m.Say(text=text))
        ben.caught_up()
        assert [said.text for said in ben.all(m.Said)] == ["one", "two lines", "three"]
        late = place.guest("Late")
        assert late.caught_up().all(m.Said) == []
        look(late, follow=True)
        assert [(said.n, said.text, said.old) for said in late.all(m.Said)] == [
            (2, "two lines", True),
            (3, "three", True),
        ]


@pytest.mark.parametrize("text", ["", " \n ", "\x07", "x" * (TEXT_LENGTH + 1), "x" * 100_000])
def test_a_line_that_cannot_be_said_is_not_said(text: str) -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        assert anna.code(m.Say(text=text)) == "bad_text"
        assert ben.caught_up().all(m.Said) == []


def test_the_lobby_tells_for_how_long_somebody_has_been_away() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        place.room(GOMOKU, anna, ben)
        ben.link.close()
        place.until(lambda: not place.server.names["ben"].link)
        for gone in (150, 250):  # nothing else happens in between
            place.clock.now += 150 if gone == 150 else 100
            tom = next(person for person in look(anna).people if person.name == "Ben")
            assert (tom.away, tom.gone) == (True, gone)


def test_the_lobby_shows_people_tables_queues_and_wins() -> None:
    with Place() as place:
        anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
        code = place.room(TIC, anna, ben)
        cleo.does(wish(m.Match, SHIPS))
        for n, (guest, cell) in enumerate([(anna, 0), (ben, 3), (anna, 1), (ben, 4), (anna, 2)], 1):
            guest.does(m.Step(room=code, n=n, move=cell))
        lobby = look(cleo)
        assert lobby.people == (m.Person("Anna", at=code), m.Person("Ben", at=code), m.Person("Cleo"))
        assert lobby.tables == (
            m.Card(room=code, game=TIC, state="over", options={}, people=(m.Person("Anna"), m.Person("Ben"))),
        )
        assert [(queue.game, queue.seats, queue.names) for queue in lobby.queues] == [(SHIPS, 2, ("Cleo",))]
        assert (lobby.wins, lobby.matches) == ({"Anna": 1}, 1)


def test_who_follows_the_lobby_hears_of_every_change_and_of_nothing_else() -> None:
    with Place() as place:
        eve = place.guest("Eve")
        look(eve, follow=True)

        def news() -> list[m.Lobby]:
            eve.forget()
            place.later(1)
            eve.caught_up()
            return eve.all(m.Lobby)

        news()
        assert news() == []
        anna, ben = place.guests("Anna", "Ben")
        assert [names(lobby) for lobby in news()] == [["Eve", "Anna", "Ben"]]
        code = place.room(TIC, anna, ben)
        assert [lobby.tables[0].state for lobby in news()] == ["playing"]
        anna.does(m.Step(room=code, n=1, move=0))
        assert news() == []
        anna.does(m.Resign(room=code))
        (lobby,) = news()
        assert (lobby.tables[0].state, lobby.wins) == ("over", {"Ben": 1})
        anna.does(m.Again(room=code))
        ben.does(m.Again(room=code))
        assert [lobby.tables[0].state for lobby in news()] == ["playing"]
        anna.does(m.Leave(room=code))
        ben.does(m.Leave(room=code))
        assert [lobby.tables for lobby in news()] == [()]
        look(eve, follow=False)
        ben.does(wish(m.Match, TIC))
        assert news() == []


def test_a_busy_lobby_is_sent_only_so_often() -> None:
    with Place(rules=Rules(lobby_every=5)) as place:
        eve = place.guest("Eve")
        look(eve, follow=True)
        place.later(6)
        eve.forget()
        for name in "ABC":
            place.guest(name)
            place.later(1)
        assert eve.caught_up().all(m.Lobby) == []
        place.later(3)
        assert len(eve.caught_up().all(m.Lobby)) == 1


# -- time, and the end -------------------------------------------------------------------------------------------------


def test_who_has_given_signs_of_life_and_falls_silent_is_cut_off_and_may_come_back() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        anna.does(m.Beat())
        place.later(8)
        ben.does(m.Beat())
        place.later(2)
        place.later(1)
        bye = anna.hears(m.Bye)
        assert (bye.code, bye.back) == ("silent", True)
        anna.ended()
        ben.caught_up()
        assert ben.end is None
        assert [person and person.away for person in ben.all(m.Table)[-1].people] == [True, False]
        assert place.inside(code).state == "playing"


def test_nobody_is_cut_off_because_the_server_itself_was_late() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        anna.does(m.Beat())
        place.clock.now += 20  # a laptop that was closed, or a disk that took its time
        ben.does(m.Beat())
        place.later(0)
        assert (anna.caught_up().end, ben.caught_up().end) == (None, None)


def test_who_never_gave_a_sign_of_life_is_not_missed() -> None:
    with Place() as place:
        anna = place.guest("Anna")
        place.later(1000)
        anna.caught_up()


def test_who_does_not_log_in_is_not_kept_for_ever() -> None:
    with Place(rules=Rules(login=60)) as place:
        visitor = place.visitor().caught_up()
        place.later(59)
        visitor.caught_up()
        place.later(2)
        bye = visitor.hears(m.Bye)
        assert (bye.code, bye.back) == ("silent", True)
        visitor.ended()


def test_a_seat_is_kept_for_a_while_and_given_up_after_it() -> None:
    with Place(rules=Rules(grace=30)) as place:
        anna, ben = place.guest("Anna", KEY_A), place.guest("Ben")
        anna.does(wish(m.Open, DICE, 3))
        ben.does(m.Join(room=newest(anna).room))
        anna.link.close()
        place.until(lambda: place.server.names["anna"].link is None)
        place.later(29)
        place.guest("Anna", KEY_A).link.close()
        place.until(lambda: place.server.names["anna"].link is None)
        place.later(29)
        assert seated(newest(ben)) == ["Anna", "Ben", None]
        place.later(2)
        assert seated(newest(ben)) == [None, "Ben", None]
        assert place.guest("Anna", KEY_A).hears(m.Welcome).rooms == ()


def test_a_name_is_kept_for_an_hour_and_free_after_it() -> None:
    with Place(rules=Rules(forget=3600)) as place:
        place.guest("Anna", KEY_A).link.close()
        place.until(lambda: place.server.names["anna"].link is None)
        place.later(3599)
        assert place.guest("Anna").hears(m.Welcome).name == "Anna 2"
        place.later(2)
        assert "anna" not in place.server.names
        assert place.guest("Anna").hears(m.Welcome).name == "Anna"


def test_who_closes_the_window_gives_up_seat_and_name_at_once() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        place.room(GOMOKU, anna, ben)
        anna.link.close(CloseCode.GOING_AWAY)
        assert ben.hears(m.Over).ranks == (2, 1)
        assert [member.name for member in place.server.members.values()] == ["Ben"]


def test_a_server_that_stops_says_so_to_everybody() -> None:
    with Place() as place:
        guests = [*place.guests("Anna", "Ben"), place.visitor().caught_up()]
        place.do(place.server.stop)
        for guest in guests:
            bye = guest.hears(m.Bye)
            assert (bye.code, bye.back) == ("stopping", True)
            assert_sentence(bye.text)
            assert guest.ended()[0] == CloseCode.NORMAL


def test_a_fault_of_the_server_is_answered_too() -> None:
    with Place(faulty=True) as place:
        guest = place.guest("Anna")
        place.server.lobby = lambda: 1 / 0  # type: ignore[method-assign,assignment,return-value]
        assert guest.code(m.Look()) == "server_failed"
        guest.caught_up()
        assert "ZeroDivisionError" in place.faults.texts[0]
