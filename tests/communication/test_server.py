"""Login, match and communicate, as guests at the other end of a link see them."""

import pytest

from communication import messages as m
from communication.link import CloseCode
from communication.people import KEY, TEXT_LENGTH
from communication.rules import Rules
from games import GAMES
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Guest, Place, assert_sentence, login, wish

KEY_A, KEY_B = "a" * 32, "b" * 32


def names(lobby: m.Lobby) -> list[str]:
    return [person.name for person in lobby.people]


def look(guest: Guest, follow: bool = False) -> m.Lobby:
    """The lobby as it is now."""
    guest.does(m.Look(follow=follow))
    return guest.all(m.Lobby)[-1]


# -- login -------------------------------------------------------------------------------------------------------------


def test_who_logs_in_is_told_their_name_the_server_and_its_games() -> None:
    with Place() as place:
        guest = place.guest("  Anna ")
        assert guest.hears(m.Welcome) == m.Welcome(
            name="Anna",
            server="Test house",
            protocol=m.PROTOCOL,
            program="9.9",
            games={name: game.version for name, game in GAMES.items()},
        )


def test_a_taken_name_gets_a_number_behind_it() -> None:
    with Place() as place:
        welcomes = [guest.hears(m.Welcome).name for guest in place.guests("Anna", "anna", "ANNA", "Ben")]
        assert welcomes == ["Anna", "anna 2", "ANNA 3", "Ben"]


def test_the_same_key_is_the_same_person() -> None:
    with Place() as place:
        first, ben = place.guest("Anna", KEY_A), place.guest("Ben")
        code = place.room(GOMOKU, first, ben)
        first.link.close()
        place.until(lambda: place.server.names["anna"].link is None)
        again = place.guest("Anna", KEY_A)
        welcome = again.hears(m.Welcome)
        assert (welcome.name, welcome.rooms) == ("Anna", (code,))
        assert again.hears(m.Table, room=code).seat == 0
        assert again.hears(m.Start, room=code).n == 0
        assert names(look(again)) == ["Anna", "Ben"]


def test_who_comes_back_under_another_name_is_called_that_everywhere() -> None:
    with Place() as place:
        anna, ben = place.guest("Anna", KEY_A), place.guest("Ben")
        place.room(GOMOKU, anna, ben)
        place.guest("Annabel", KEY_A)
        ben.caught_up()
        people = ben.all(m.Table)[-1].people
        assert [person.name for person in people if person] == ["Annabel", "Ben"]
        assert place.guest("Anna", KEY_B).hears(m.Welcome).name == "Anna"


def test_the_newest_link_wins_and_the_one_before_is_told() -> None:
    with Place() as place:
        old = place.guest("Anna", KEY_A)
        code = place.room(GOMOKU, old, place.guest("Ben"))
        new = place.guest("Anna", KEY_A)
        bye = old.hears(m.Bye)
        assert (bye.code, bye.back) == ("elsewhere", False)
        assert_sentence(bye.text)
        assert old.ended()[0] == CloseCode.NORMAL
        new.does(m.Step(room=code, n=1, move=[7, 7]))
        assert not place.server.names["anna"].card().away


def test_who_waits_still_waits_on_the_newest_link_and_is_told_so() -> None:
    with Place() as place:
        old = place.guest("Anna", KEY_A)
        old.does(wish(m.Match, GOMOKU))
        assert place.guest("Anna", KEY_A).hears(m.Waiting) == m.Waiting(game=GOMOKU, have=1, need=2)


def test_a_password_lets_in_only_who_knows_it() -> None:
    with Place(password="s\u00e9same") as place:
        guest = place.visitor()
        answers = [guest.ask(login("Anna")), guest.ask(login("Anna", password="sesame"))]
        assert [answer and answer[0] for answer in answers] == ["wrong_password"] * 2
        assert answers[0] != answers[1]
        assert guest.code(login("Anna", password="s\u00e9same")) == ""


def test_another_version_of_the_protocol_names_both() -> None:
    with Place() as place:
        answer = place.visitor().ask(login("Anna", protocol=m.PROTOCOL + 6, program="7.0 beta"))
        assert answer is not None
        assert answer[0] == "other_version"
        for word in (str(m.PROTOCOL), "9.9", str(m.PROTOCOL + 6), "7.0 beta"):
            assert word in answer[1]


@pytest.mark.parametrize("key", ["", "short", "x" * 201, "with spaces in between", "\u00fc" * 20])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with Place() as place:
        assert place.visitor().code(m.Login(name="Anna", key=key, protocol=m.PROTOCOL)) == "bad_key"
        assert place.server.members == {}
        assert KEY.fullmatch(KEY_A)


def test_first_log_in_then_the_rest_and_only_once() -> None:
    with Place() as place:
        guest = place.visitor()
        for request in (
            m.Look(),
            wish(m.Match, GOMOKU),
            m.Join(room="X"),
            m.Say(text="hi"),
            m.Step(room="X", n=1, move=1),
        ):
            assert guest.code(request) == "not_logged_in"
        guest.does(m.Beat(), login("Anna"), m.Look())
        assert guest.code(login("Anna")) == "already_logged_in"


def test_one_may_try_to_log_in_again_after_a_refusal() -> None:
    with Place() as place:
        guest = place.visitor()
        assert guest.code(login("")) == "bad_name"
        assert guest.code(login("Anna")) == ""


# -- match -------------------------------------------------------------------------------------------------------------


def test_enough_with_the_same_wish_are_brought_together_in_the_order_they_came() -> None:
    with Place() as place:
        anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
        for guest, have in ((anna, 1), (ben, 2), (cleo, 3)):
            guest.does(wish(m.Match, DICE, 3))
            assert anna.hears(m.Waiting, have=have) == m.Waiting(game=DICE, have=have, need=3)
        table = ben.hears(m.Table, state="playing")
        assert [person and person.name for person in table.people] == ["Anna", "Ben", "Cleo"]
        assert (table.game, table.seat, table.private) == (DICE, 1, False)
        assert look(anna).queues == ()


def test_another_game_other_seats_or_other_options_wait_apart_and_defaults_count() -> None:
    with Place() as place:
        wishes = [
            wish(m.Match, GOMOKU),
            wish(m.Match, TIC),
            wish(m.Match, GOMOKU, options={"size": 19}),
            wish(m.Match, DICE, 2),
            wish(m.Match, DICE, 3),
        ]
        guests = place.guests(*"ABCDE")
        for guest, message in zip(guests, wishes, strict=True):
            guest.does(message)
        assert [queue.names for queue in look(guests[0]).queues] == [(name,) for name in "ABCDE"]
        default = place.guest("F")
        default.does(wish(m.Match, GOMOKU, options={"size": 15}))
        assert default.hears(m.Table).people[0] == m.Person("A")


def test_one_may_wait_no_longer_and_a_second_wish_replaces_the_first() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        assert anna.code(m.Unmatch()) == "not_waiting"
        anna.does(wish(m.Match, GOMOKU), wish(m.Match, TIC))
        assert [queue.game for queue in look(anna).queues] == [TIC]
        anna.does(m.Unmatch())
        assert anna.all(m.Waiting)[-1].need == 0
        ben.does(wish(m.Match, TIC))
        assert [queue.names for queue in look(ben).queues] == [("Ben",)]


def test_the_others_are_told_when_somebody_waits_no_longer() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        for guest in (anna, ben):
            guest.does(wish(m.Match, DICE, 3))
        anna.hears(m.Waiting, have=2)
        ben.does(m.Unmatch())
        anna.caught_up()
        assert [waiting.have for waiting in anna.all(m.Waiting)] == [1, 2, 1]


def test_who_is_gone_does_not_wait() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        anna.does(wish(m.Match, GOMOKU))
        anna.link.close()
        place.until(lambda: place.server.names["anna"].link is None)
        ben.does(wish(m.Match, GOMOKU))
        assert [queue.names for queue in look(ben).queues] == [("Ben",)]


def test_who_sits_down_elsewhere_does_not_wait() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        anna.does(wish(m.Match, GOMOKU), wish(m.Open, TIC))
        ben.does(wish(m.Match, GOMOKU), m.Join(room=anna.hears(m.Table).room))
        assert look(anna).queues == ()


@pytest.mark.parametrize("kind", [m.Match, m.Open])
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"game": "chess boxing"}, "unknown_game"),
        ({"version": 99}, "other_version"),
        ({"seats": 3}, "bad_seats"),
        ({"seats": 0}, "bad_seats"),
        ({"seats": -1}, "bad_seats"),
        ({"seats": 10**30}, "bad_seats"),
        ({"options": {"colour": "red"}}, "bad_options"),
        ({"options": {"\u202e" * 64: "red"}}, "bad_options"),
        ({"options": {"size": 16}}, "bad_options"),
        ({"options": {"size": "15"}}, "bad_options"),
        ({"options": {"size": True}}, "bad_options"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(kind: type[m.Match], fields: dict[str, object], code: str) -> None:
    with Place() as place:
        guest = place.guest("Anna")
        assert guest.code(kind(**{"game": GOMOKU, "version": GAMES[GOMOKU].version, "seats": 2, **fields})) == code  # type: ignore[arg-type]
        assert place.hall.rooms == {}
        assert look(guest).queues == ()


def test_another_version_of_a_game_names_both() -> None:
    with Place() as place:
        answer = place.guest("Anna").ask(m.Match(game=GOMOKU, version=77, seats=2))
        assert answer is not None
        assert "77" in answer[1]
        assert str(GAMES[GOMOKU].version) in answer[1]


def test_nobody_is_in_more_rooms_than_one_may_be() -> None:
    with Place(rules=Rules(rooms_each=2)) as place:
        anna, ben = place.guests("Anna", "Ben")
        full = place.room(GOMOKU, ben)
        first = place.room(TIC, ben)
        anna.does(m.Join(room=first, watch=True), wish(m.Open, TIC))
        for request in (wish(m.Open, TIC), wish(m.Match, TIC), m.Join(room=full), m.Join(room=full, watch=True)):
            assert anna.code(request) == "too_many_rooms"
        anna.does(m.Join(room=first))  # from watching to a seat is no further room
        anna.does(m.Leave(room=first), m.Join(room=full))


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
        bye = anna.hears(m.Bye)
        assert (bye.code, bye.back) == ("silent", True)
        anna.ended()
        ben.caught_up()
        assert ben.end is None
        assert [person and person.away for person in ben.all(m.Table)[-1].people] == [True, False]
        assert place.inside(code).state == "playing"


def test_who_never_gave_a_sign_of_life_is_not_missed() -> None:
    with Place() as place:
        anna = place.guest("Anna")
        place.later(1000)
        anna.caught_up()


def test_who_does_not_log_in_is_not_kept_for_ever() -> None:
    with Place(rules=Rules(login=60)) as place:
        visitor = place.visitor()
        place.later(59)
        visitor.caught_up()
        place.later(2)
        bye = visitor.hears(m.Bye)
        assert (bye.code, bye.back) == ("silent", True)
        visitor.ended()


def test_a_seat_is_kept_for_a_while_and_given_up_after_it() -> None:
    with Place(rules=Rules(grace=30)) as place:
        anna, ben = place.guest("Anna", KEY_A), place.guest("Ben")
        code = place.room(GOMOKU, anna, ben)
        anna.link.close()
        place.until(lambda: place.server.names["anna"].link is None)
        place.later(29)
        assert place.inside(code).state == "playing"
        place.guest("Anna", KEY_A).link.close()
        place.until(lambda: place.server.names["anna"].link is None)
        place.later(29)
        assert place.inside(code).state == "playing"
        place.later(2)
        over = ben.hears(m.Over)
        assert over.ranks == (2, 1)
        assert "Anna" in over.why
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
