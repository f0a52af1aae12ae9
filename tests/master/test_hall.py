"""All rooms of a server: their codes, who is shown them, and the evening's score."""

import pytest

from communication import messages as m
from master.hall import CONSONANTS, VOWELS
from tests.kit import DICE, GOMOKU, TIC, Place, look, wish


def test_every_room_has_a_code_of_its_own_that_can_be_said() -> None:
    with Place() as place:
        codes = {place.room(GOMOKU, place.guest(name)) for name in "ABCDEFGH"}
        assert len(codes) == 8
        for code in codes:
            assert [c in CONSONANTS for c in code] == [True, False, True, False, True]
            assert {code[1], code[3]} <= set(VOWELS)


def test_a_code_in_use_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with Place() as place:
        letters = iter("BABAB" + "BABAB" + "BABAD")
        monkeypatch.setattr("master.hall.secrets.choice", lambda _: next(letters))
        assert [place.room(GOMOKU, guest) for guest in place.guests("Anna", "Ben")] == ["BABAB", "BABAD"]


def test_a_code_is_taken_as_people_write_it() -> None:
    with Place() as place:
        anna = place.guest("Anna")
        anna.does(wish(m.Open, DICE, 6))
        code = anna.hears(m.Table).room
        spellings = [code.lower(), f"  {code} ", f"{code[:2].lower()} {code[2:]}", code]
        for name, spelling in zip("BCDE", spellings, strict=True):
            guest = place.guest(name)
            guest.does(m.Join(room=spelling))
            assert guest.hears(m.Table).room == code


@pytest.mark.parametrize("code", ["", " ", "QQQQQ", "x" * 64, "\u202eBABAB", "BABAB'; --", "\x00", "\u68cb"])
def test_an_unknown_code_is_told_so(code: str) -> None:
    with Place() as place:
        assert place.guest("Anna").code(m.Join(room=code)) == "unknown_room"


def test_a_private_room_is_shown_to_nobody_and_joined_by_its_code() -> None:
    with Place() as place:
        anna, ben, eve = place.guests("Anna", "Ben", "Eve")
        open_room = place.room(TIC, anna)
        private = place.room(GOMOKU, anna, private=True)
        lobby = look(eve)
        assert [card.room for card in lobby.tables] == [open_room]
        assert private not in m.encode(lobby)
        ben.does(m.Join(room=private))
        assert anna.hears(m.Table, state="playing").private
        assert private not in m.encode(look(eve))
        assert [person.at for person in look(eve).people] == [open_room, "-", ""]
        eve.does(m.Join(room=open_room, watch=True))
        anna.does(m.Step(room=private, n=1, move=[7, 7]))
        eve.caught_up()
        assert all(private not in m.encode(message) for message in eve.heard)


def test_only_where_there_are_bots_can_they_be_asked_for_and_only_for_free_seats() -> None:
    with Place() as place:
        assert place.guest("Anna").code(wish(m.Open, GOMOKU, bots=1)) == "no_bots"
        assert place.hall.rooms == {}
    with Place(bots=True) as place:
        anna = place.guest("Anna")
        for bots in (2, -1, 10**30):
            assert anna.code(wish(m.Open, GOMOKU, bots=bots)) == "no_bots"
        assert place.bots == []


def test_a_bot_that_finds_no_seat_goes_again() -> None:
    with Place(bots=True) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        place.do(lambda: place._call_bot(code))
        place.do(lambda: place._call_bot("NOWHERE"))
        place.until(lambda: len(place.bots) == 2 and all(bot.gone for bot in place.bots))
        place.until(lambda: len(place.server.members) == 2)


def test_a_draw_is_a_match_that_nobody_won() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(TIC, anna, ben)
        for n, cell in enumerate((0, 1, 2, 4, 3, 5, 7, 6, 8), 1):
            (anna if n % 2 else ben).does(m.Step(room=code, n=n, move=cell))
        lobby = look(anna)
        assert (lobby.matches, lobby.wins) == (1, {})
