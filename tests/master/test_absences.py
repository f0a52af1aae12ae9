"""House rules for players who are away: who is told what, when it is done, and that it survives a crash."""

from pathlib import Path

import pytest

from communication import messages as m
from communication.away import RULES, USUAL, read, refusal
from games.match import Match
from master.journal import Journal
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Guest, Place, names, newest, play, step, wish
from tests.master.test_offers_kept import crash

KEYS = {name: name.lower() * 8 for name in ("Anna", "Ben", "Cleo")}
BANK = m.Clock(main=60)


def back(place: Place, *who: str) -> list[Guest]:
    return [place.guest(name, KEYS[name]).caught_up() for name in who]


def goes(place: Place, guest: Guest, name: str) -> None:
    """The connection of somebody is lost."""
    guest.link.close()
    place.until(lambda: place.server.names[name.casefold()].link is None)


def free(place: Place, code: str) -> list[int]:
    """A point of the board where nobody has played."""
    taken = [step.move for step in place.inside(code).match.steps]
    return next([x, y] for x in range(15) for y in range(15) if (x, y) not in taken)


def absent(guest: Guest) -> tuple[m.Absence, ...]:
    return newest(guest).absent


# -- the table of rules ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("wait", m.Away(rule="wait")),
        ("pause", m.Away(rule="pause")),
        ("bot", m.Away(rule="bot", seconds=5)),
        ("forfeit:90", m.Away(rule="forfeit", seconds=90)),
    ],
)
def test_a_rule_is_typed(typed: str, rule: m.Away) -> None:
    assert read(typed) == rule
    assert refusal(rule) is None


@pytest.mark.parametrize("typed", ["", "forfeit:", "forfeit:0", "forfeit:3601", "bot:-1", "wait:5", "gone", "bot:5s"])
def test_what_is_no_rule_is_said_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read(typed)


def test_a_table_says_its_rule_and_where_none_was_chosen_it_is_the_hosts() -> None:
    with Place(bots=True) as place:
        anna = place.guest("Anna")
        assert anna.hears(m.Welcome).away == USUAL
        anna.does(wish(m.Open, GOMOKU))
        assert newest(anna).away == USUAL
        for name in RULES:
            anna.does(wish(m.Open, GOMOKU, away=read(name)))
            assert newest(anna).away == read(name)
        assert anna.code(wish(m.Open, GOMOKU, away=m.Away(rule="laugh"))) == "bad_away"
        assert anna.code(wish(m.Match, GOMOKU, away=m.Away(rule="forfeit"))) == "bad_away"


def test_only_those_meet_who_want_the_same_rule() -> None:
    with Place() as place:
        anna, ben, cleo = back(place, *KEYS)
        anna.does(wish(m.Match, GOMOKU, away=read("wait")))
        ben.does(wish(m.Match, GOMOKU))
        cleo.does(wish(m.Match, GOMOKU, away=USUAL))
        assert names(newest(cleo)) == ["Ben", "Cleo"]
        assert not anna.all(m.Table)


def test_a_house_without_bots_has_no_table_where_one_sits_in() -> None:
    with Place() as place:
        assert place.guest("Anna").code(wish(m.Open, GOMOKU, away=read("bot"))) == "no_bots"


# -- wait and pause ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "runs"), [("wait", (0,)), ("pause", ())])
def test_a_table_that_waits_does_so_for_long(rule: str, runs: tuple[int, ...]) -> None:
    with Place() as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(GOMOKU, anna, ben, clock=m.Clock(main=7200), away=read(rule))
        goes(place, anna, "Anna")
        place.later(3500)
        assert absent(ben)[0].seat == 0
        assert place.inside(code).timing.runs == runs
        (anna,) = back(place, "Anna")
        assert absent(ben) == ()
        anna.does(step(code, 1, [7, 7]))


# -- forfeit -----------------------------------------------------------------------------------------------------------


def test_seconds_count_in_ones_own_turn_and_the_others_see_them() -> None:
    with Place() as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(GOMOKU, anna, ben, away=read("forfeit:40"))
        goes(place, ben, "Ben")
        assert absent(anna) == (m.Absence(seat=1, gone=0.0, left=40.0),)
        place.later(100)
        play(code, (anna, [7, 7]))
        assert absent(anna) == (m.Absence(seat=1, gone=100.0, left=40.0, counts=True),)
        place.later(15)
        anna.does(m.Say(room=code, text="?"), m.Offer(room=code, what="draw"))
        assert absent(anna) == (m.Absence(seat=1, gone=115.0, left=25.0, counts=True),)
        place.later(24)
        assert place.inside(code).state == "playing"
        place.later(2)
        over = anna.hears(m.Over)
        assert (over.ranks, over.why) == ((1, 2), "Ben was away for too long")
        match = place.inside(code).match
        assert Match.replay(match.game, 2, match.options, match.steps).outcome == match.outcome


def test_who_comes_back_in_time_has_all_seconds_again() -> None:
    with Place() as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(GOMOKU, anna, ben, away=read("forfeit:40"))
        for _ in range(3):
            goes(place, anna, "Anna")
            place.later(39)
            (anna,) = back(place, "Anna")
        assert place.inside(code).state == "playing"
        assert absent(ben) == ()


def test_nobody_loses_while_nobody_waits_nor_during_a_pause() -> None:
    with Place() as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(GOMOKU, anna, ben, away=read("forfeit:40"))
        goes(place, anna, "Anna")
        place.later(30)
        goes(place, ben, "Ben")
        place.later(1000)
        (ben,) = back(place, "Ben")
        assert absent(ben)[0].left == 10.0
        ben.does(m.Leave(room=code))
        assert ben.hears(m.Closed).code == "left"
        (anna,) = back(place, "Anna")
        assert anna.hears(m.Over).why == "Ben left"


def test_where_leavers_are_replaced_a_bot_gets_the_seat_with_a_whole_clock() -> None:
    with Place(bots=True) as place:
        anna, ben, cleo = back(place, *KEYS)
        code = place.room(DICE, anna, ben, cleo, away=read("forfeit:40"), clock=BANK)
        room = place.inside(code)
        late = next(iter(room.match.turn))
        place.later(20)
        guests, who = [anna, ben, cleo], list(KEYS)[late]
        goes(place, guests[late], who)
        place.later(41)
        other = guests[(late + 1) % 3]
        place.until(lambda: room.seats[late] is not None and room.seats[late].bot)  # type: ignore[union-attr]
        assert "Bot" in str(names(newest(other))[late])
        assert newest(other).watchers == (who,)
        assert (room.timing.left[late], room.state) == (60.0, "playing")
        (again,) = back(place, who)
        assert newest(again).seat is None


def test_who_runs_out_of_time_is_replaced_where_leavers_are() -> None:
    with Place(bots=True) as place:
        guests = back(place, *KEYS)
        code = place.room(DICE, *guests, clock=BANK)
        room = place.inside(code)
        late = next(iter(room.match.turn))
        place.later(61)
        place.until(lambda: room.seats[late] is not None and room.seats[late].bot)  # type: ignore[union-attr]
        assert room.state == "playing"
        assert newest(guests[late]).seat is None
        assert newest(guests[late - 1]).watchers == (list(KEYS)[late],)


# -- a bot sits in -----------------------------------------------------------------------------------------------------


def test_a_bot_plays_for_who_is_away_until_they_are_back() -> None:
    with Place(bots=True) as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(GOMOKU, anna, ben, away=read("bot"))
        room = place.inside(code)
        goes(place, anna, "Anna")
        place.later(4)
        assert absent(ben) == (m.Absence(seat=0, gone=0.0, left=5.0, counts=True),)
        assert room.match.n == 0
        place.later(2)
        ben.hears(m.Stepped, n=1, seat=0)
        told = newest(ben)
        assert (names(told), told.watchers) == (["Anna", "Ben"], ())
        assert [(one.seat, one.bot) for one in told.absent] == [(0, "Bot")]
        ben.does(step(code, 2, free(place, code)))
        ben.hears(m.Stepped, n=3, seat=0)
        (anna,) = back(place, "Anna")
        assert (newest(anna).seat, absent(anna)) == (0, ())
        place.until(lambda: place.bots[0].gone)
        ben.does(step(code, 4, free(place, code)))
        anna.caught_up()
        assert (room.match.n, room.absences.stand_ins) == (4, {})
        anna.does(step(code, 5, free(place, code)))


def test_a_bot_sits_in_where_there_are_secrets_and_all_act_at_once() -> None:
    with Place(bots=True) as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(SHIPS, anna, ben, away=read("bot:1"))
        room = place.inside(code)
        goes(place, anna, "Anna")
        place.later(2)
        place.until(lambda: 0 not in room.match.turn)
        assert ben.hears(m.Viewed, seat=0).move is None
        (anna,) = back(place, "Anna")
        assert newest(anna).seat == 0


def test_a_bot_that_sits_in_agrees_to_nothing_but_a_pause() -> None:
    with Place(bots=True) as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(GOMOKU, anna, ben, away=read("bot:1"))
        goes(place, anna, "Anna")
        place.later(2)
        ben.hears(m.Stepped, n=1)
        ben.does(step(code, 2, free(place, code)))
        ben.hears(m.Stepped, n=3)
        for what in ("draw", "undo"):
            ben.does(m.Offer(room=code, what=what))
            place.until(lambda: place.inside(code).offer is None)
        assert (place.inside(code).state, place.inside(code).match.n) == ("playing", 3)
        ben.does(m.Offer(room=code, what="pause"))
        place.until(lambda: place.inside(code).paused)


def test_the_bot_goes_when_nobody_is_left_to_play_with_and_when_the_match_is_over() -> None:
    with Place(bots=True) as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(TIC, anna, ben, away=read("bot:1"))
        room = place.inside(code)
        goes(place, anna, "Anna")
        place.later(2)
        place.until(lambda: room.match.n == 1)
        goes(place, ben, "Ben")
        place.until(lambda: place.bots[0].gone)
        assert room.absences.stand_ins == {}
        (ben,) = back(place, "Ben")
        ben.does(m.Resign(room=code))
        assert ben.hears(m.Over).ranks == (1, 2)


# -- a crash -----------------------------------------------------------------------------------------------------------


def test_a_crash_gives_back_what_it_cost_and_takes_nothing_else_away(tmp_path: Path) -> None:
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(GOMOKU, anna, ben, away=read("forfeit:40"))
        goes(place, anna, "Anna")
        place.later(15)
        ben.does(m.Say(room=code, text="?"), m.Offer(room=code, what="draw"))
        assert absent(ben)[0].left == 25.0
        crash(place)
    with Place(journal=Journal(tmp_path)) as place:
        place.later(100)
        (ben,) = back(place, "Ben")
        assert newest(ben).away == read("forfeit:40")
        assert (absent(ben)[0].left, absent(ben)[0].counts) == (25.0, True)
        place.later(26)
        assert ben.hears(m.Over).why == "Anna was away for too long"


def test_after_a_crash_a_bot_that_sat_in_is_there_again(tmp_path: Path) -> None:
    with Place(journal=Journal(tmp_path), bots=True) as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(GOMOKU, anna, ben, away=read("bot"))
        goes(place, anna, "Anna")
        place.later(6)
        ben.hears(m.Stepped, n=1)
        crash(place)
    with Place(journal=Journal(tmp_path), bots=True) as place:
        (ben,) = back(place, "Ben")
        ben.does(step(code, 2, free(place, code)))
        place.later(0.1)
        ben.hears(m.Stepped, n=3, seat=0)
        assert absent(ben)[0].bot


# -- who leaves --------------------------------------------------------------------------------------------------------


def test_who_leaves_hears_nothing_more_and_the_others_hear_of_the_end_before_the_seat_is_free() -> None:
    with Place() as place:
        anna, ben = back(place, "Anna", "Ben")
        code = place.room(GOMOKU, anna, ben)
        anna.forget()
        ben.forget()
        anna.does(m.Leave(room=code))
        assert [type(told) for told in anna.heard] == [m.Closed, m.Ok]
        ben.caught_up()
        told = [told for told in ben.heard if isinstance(told, m.Stepped | m.Over | m.Table)]
        assert [type(one) for one in told][:2] == [m.Stepped, m.Over]
        tables = [one for one in told if isinstance(one, m.Table)]
        assert {one.people for one in tables} == {(None, m.Person("Ben"))}
