"""People at a room: they sit down, watch, leave, play again and talk, and bots fill their seats."""

from communication import messages as m
from games.gomoku import Gomoku
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Place, names, newest, play, step, wish

FLEET = [[[0, 0], [0, 4]], [[2, 0], [2, 3]], [[4, 0], [4, 2]], [[6, 0], [6, 2]], [[8, 0], [8, 1]]]


# -- people ------------------------------------------------------------------------------------------------------------


def test_one_may_watch_and_then_sit_down_but_not_be_there_twice() -> None:
    with Place() as place:
        anna, ben, eve = place.guests("Anna", "Ben", "Eve")
        code = place.room(GOMOKU, anna)
        assert anna.code(m.Join(room=code)) == "already_there"
        assert anna.code(m.Join(room=code, watch=True)) == "already_there"
        ben.does(m.Join(room=code, watch=True))
        assert ben.code(m.Join(room=code, watch=True)) == "already_there"
        ben.does(m.Join(room=code))
        assert (newest(ben).seat, newest(ben).watchers) == (1, ())
        assert eve.code(m.Join(room=code)) == "room_full"
        eve.does(m.Join(room=code, watch=True))
        assert place.inside(code).state == "playing"


def test_who_leaves_in_the_middle_forfeits() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        anna.does(step(code, 1, [7, 7]), m.Leave(room=code))
        assert anna.hears(m.Closed).code == "left"
        assert ben.hears(m.Over) == m.Over(room=code, ranks=(2, 1), why="Anna left", match=1)
        stepped = ben.all(m.Stepped)[-1]
        assert (stepped.n, stepped.seat, stepped.move) == (2, None, ["forfeit", 0, "Anna left"])
        assert names(newest(ben)) == [None, "Ben"]
        assert place.hall.wins == {"Ben": 1}
        assert anna.code(m.Leave(room=code)) == "not_in_room"


def test_the_evenings_score_is_one_of_people() -> None:
    with Place(bots=True) as place:
        anna = place.guest("Anna")
        anna.does(wish(m.Open, TIC, bots=1))
        code = newest(anna).room
        anna.hears(m.Start)
        anna.does(m.Resign(room=code))
        assert anna.hears(m.Over).ranks == (2, 1)
        assert (place.hall.wins, place.hall.matches) == ({}, 1)


def test_who_resigns_loses_and_stays() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(SHIPS, anna, ben)
        ben.does(m.Resign(room=code))
        assert anna.hears(m.Over).ranks == (1, 2)
        assert names(newest(anna)) == ["Anna", "Ben"]


def test_watchers_cannot_resign_and_no_rematch_waits_for_them() -> None:
    with Place() as place:
        anna, ben, eve = place.guests("Anna", "Ben", "Eve")
        code = place.room(GOMOKU, anna, ben, watchers=(eve,))
        assert eve.code(m.Resign(room=code)) == "not_seated"
        anna.does(m.Resign(room=code))
        eve.does(m.Again(room=code), m.Again(room=code))
        assert (newest(anna).wanting, newest(anna).again) == (("Eve",), ())
        eve.does(m.Leave(room=code))
        assert (newest(anna).watchers, newest(anna).wanting) == ((), ())
        anna.does(m.Again(room=code))
        ben.does(m.Again(room=code))
        assert place.inside(code).state == "playing"


def test_a_room_that_the_last_one_leaves_is_forgotten() -> None:
    with Place() as place:
        anna, ben, eve = place.guests("Anna", "Ben", "Eve")
        code = place.room(GOMOKU, anna, ben, watchers=(eve,))
        for guest in (anna, ben):
            guest.does(m.Leave(room=code))
        assert code in place.hall.rooms
        eve.does(m.Leave(room=code))
        assert place.hall.rooms == {}
        assert eve.code(m.Join(room=code)) == "unknown_room"
        assert eve.code(m.Sync(room=code)) == "unknown_room"
        assert [member.rooms for member in place.server.members.values()] == [{}, {}, {}]


def test_a_rematch_begins_when_all_want_it_with_seats_moved_on() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(TIC, anna, ben)
        play(code, (anna, 0), (ben, 3), (anna, 1), (ben, 4), (anna, 2))
        anna.does(m.Again(room=code), m.Again(room=code))
        assert newest(ben).again == (0,)
        assert newest(ben).state == "over"
        ben.does(m.Again(room=code))
        table = newest(anna)
        assert (names(table), table.seat, table.state, table.again) == (["Ben", "Anna"], 1, "playing", ())
        assert (anna.all(m.Start)[-1].round, anna.all(m.Start)[-1].n) == (2, 0)
        assert anna.code(step(code, 1, 0)) == "not_your_turn"
        play(code, (ben, 0), (anna, 3), (ben, 1), (anna, 4), (ben, 2))
        assert ben.caught_up().all(m.Over)[-1].ranks == (1, 2)
        assert (place.hall.wins, place.hall.matches) == ({"Anna": 1, "Ben": 1}, 2)


def test_after_a_match_somebody_else_may_take_a_free_seat_and_play_the_next() -> None:
    with Place() as place:
        anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
        code = place.room(TIC, anna, ben)
        anna.does(m.Resign(room=code))
        ben.does(m.Again(room=code))
        anna.does(m.Leave(room=code))
        cleo.does(m.Join(room=code))
        assert cleo.hears(m.Over).ranks == (2, 1)
        cleo.does(m.Again(room=code))
        assert names(newest(cleo)) == ["Ben", "Cleo"]
        assert place.inside(code).state == "playing"


def test_who_wanted_a_rematch_and_left_is_not_waited_for() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(TIC, anna, ben)
        anna.does(m.Resign(room=code), m.Again(room=code), m.Leave(room=code))
        assert newest(ben).again == ()
        ben.does(m.Again(room=code))
        assert place.inside(code).state == "over"


def test_a_line_of_chat_stays_in_the_room_and_is_there_for_late_comers() -> None:
    with Place() as place:
        anna, ben, eve = place.guests("Anna", "Ben", "Eve")
        code = place.room(GOMOKU, anna, ben)
        anna.does(m.Say(room=code, text="good luck"))
        ben.does(m.Say(room=code, text="have fun"))
        assert ben.hears(m.Said, n=1) == m.Said(room=code, name="Anna", text="good luck", n=1)
        assert eve.caught_up().all(m.Said) == []
        eve.does(m.Join(room=code, watch=True))
        assert [(said.name, said.n, said.old) for said in eve.all(m.Said)] == [("Anna", 1, True), ("Ben", 2, True)]
        kinds = [type(message) for message in eve.heard]
        assert kinds.index(m.Table) < kinds.index(m.Said)  # or there would be no table to put it on


# -- bots --------------------------------------------------------------------------------------------------------------


def test_bots_fill_the_seats_and_play() -> None:
    with Place(bots=True) as place:
        anna = place.guest("Anna")
        anna.does(wish(m.Open, DICE, 3, bots=2))
        table = anna.hears(m.Table, state="playing")
        code = table.room
        assert [person and person.bot for person in table.people] == [False, True, True]
        anna.does(step(code, 1, ["bid", 1, 2]))
        anna.hears(m.Viewed, seat=1)


def test_a_bot_plays_on_for_who_leaves_where_the_game_says_so() -> None:
    with Place(bots=True) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(DICE, anna, ben)
        anna.does(m.Leave(room=code))
        assert anna.hears(m.Closed).code == "left"
        table = ben.hears(m.Table, people=(m.Person("Bot", bot=True), m.Person("Ben")))
        assert table.state == "playing"
        assert ben.hears(m.Viewed, seat=0).n == 1
        assert place.inside(code).match.outcome is None


def test_without_bots_even_such_a_game_is_forfeited() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(DICE, anna, ben)
        anna.does(m.Leave(room=code))
        assert ben.hears(m.Over).ranks == (2, 1)


def test_a_bot_wants_every_rematch_and_goes_when_no_people_are_left() -> None:
    with Place(bots=True) as place:
        anna = place.guest("Anna")
        anna.does(wish(m.Open, TIC, bots=1))
        code = anna.hears(m.Table, state="playing").room
        anna.does(m.Resign(room=code))
        anna.hears(m.Table, again=(1,))
        anna.does(m.Again(room=code))
        assert names(newest(anna)) == ["Bot", "Anna"]
        anna.does(m.Leave(room=code))
        place.until(lambda: all(bot.gone for bot in place.bots))
        place.until(lambda: not place.hall.rooms)
        place.until(lambda: len(place.server.members) == 1)


def test_no_bot_is_called_to_a_table_of_bots() -> None:
    with Place(bots=True) as place:
        anna = place.guest("Anna")
        anna.does(wish(m.Open, DICE, 6, bots=5))
        code = anna.hears(m.Table, state="playing").room
        anna.does(m.Leave(room=code))
        place.until(lambda: not place.hall.rooms)
        place.until(lambda: all(bot.gone for bot in place.bots))
        assert len(place.bots) <= 6


def test_the_options_reach_the_match() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(GOMOKU, anna, ben, options={"size": 19})
        anna.does(step(code, 1, [18, 18]))
        assert newest(ben).options == {"size": 19, "five": Gomoku.options["five"].default}
