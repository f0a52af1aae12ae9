"""Login and match, as guests at the other end of a link see them."""

import pytest

from communication import messages as m
from communication.away import USUAL
from communication.link import CloseCode
from communication.people import KEY
from communication.rules import Rules
from games import GAMES
from tests.kit import DICE, GOMOKU, TIC, Place, assert_sentence, login, look, wish

KEY_A, KEY_B = "a" * 32, "b" * 32


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
            away=USUAL,
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
        assert [person.name for person in look(again).people] == ["Anna", "Ben"]


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
