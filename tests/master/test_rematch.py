"""A seat that is given, after a match, to somebody who watched and wants to play."""

from communication import messages as m
from tests.kit import SHIPS, TIC, Guest, Place, look, names, newest


def over(place: Place, *watchers: str, game: str = TIC) -> tuple[str, Guest, Guest, list[Guest]]:
    """A table with a match that Anna has given up against Ben, and those who watched it."""
    anna, ben = place.guests("Anna", "Ben")
    watching = place.guests(*watchers)
    code = place.room(game, anna, ben, watchers=tuple(watching))
    anna.does(m.Resign(room=code))
    return code, anna, ben, watching


def test_who_watches_and_wants_to_play_is_given_a_seat() -> None:
    with Place() as place:
        code, anna, ben, (eve,) = over(place, "Eve")
        eve.does(m.Again(room=code))
        assert newest(anna).wanting == newest(eve).wanting == ("Eve",)
        anna.does(m.Again(room=code), m.Give(room=code, name="eve"))
        table = newest(eve)
        assert (names(table), table.seat, table.watchers) == (["Eve", "Ben"], 0, ("Anna",))
        assert (table.again, table.wanting, newest(anna).seat) == ((), (), None)
        ben.does(m.Again(room=code))
        assert place.inside(code).state == "over"
        eve.does(m.Again(room=code))
        assert (names(newest(anna)), newest(anna).state) == (["Ben", "Eve"], "playing")


def test_who_gave_the_seat_can_want_one_again() -> None:
    with Place() as place:
        code, anna, ben, (eve,) = over(place, "Eve")
        eve.does(m.Again(room=code))
        anna.does(m.Give(room=code, name="Eve"), m.Again(room=code))
        assert newest(ben).wanting == ("Anna",)
        ben.does(m.Give(room=code, name="Anna"))
        assert names(newest(ben)) == ["Eve", "Anna"]


def test_no_seat_is_given_to_who_does_not_want_it_or_has_gone_or_by_who_has_none() -> None:
    with Place() as place:
        code, anna, ben, (eve, tom) = over(place, "Eve", "Tom")
        eve.does(m.Again(room=code))
        before = newest(anna)
        for name in ("Tom", "Ben", "Anna", "Nobody", ""):
            assert anna.code(m.Give(room=code, name=name)) == "not_wanting"
        assert tom.code(m.Give(room=code, name="Eve")) == "not_seated"
        assert newest(anna) == before
        eve.does(m.Leave(room=code))
        assert anna.code(m.Give(room=code, name="Eve")) == "not_wanting"
        tom.does(m.Again(room=code))
        for player in (anna, ben):
            player.does(m.Again(room=code))
        assert newest(tom).wanting == ()
        assert anna.code(m.Give(room=code, name="Tom")) == "not_over"


def test_the_lobby_shows_who_sits_there_now_and_a_game_with_secrets_is_shown_anew() -> None:
    with Place() as place:
        code, anna, _, (eve,) = over(place, "Eve", game=SHIPS)
        eve.does(m.Again(room=code))
        eve.forget()
        anna.does(m.Give(room=code, name="Eve"))
        assert eve.hears(m.Start).view is not None
        assert [person and person.name for person in look(eve).tables[0].people] == ["Eve", "Ben"]
