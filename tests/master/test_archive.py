"""Matches that are over: who is told of them, who gets them whole, and tables that go on from one."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from communication import messages as m
from communication.people import key_hash
from communication.rules import Rules
from games import GAMES
from games.game_info import digest
from games.liars_dice import LiarsDiceInfo
from games.match import Match, as_move
from games.steps import Step
from master import archive
from master.journal import Journal
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Guest, Place, look, names, newest, play, step, wish
from tests.master.test_journal_faults import back, empty, full, hosting

ROW = [0, 3, 1, 4, 2]
KEY = "anna-has-a-key-of-her-own"


def finished(place: Place, one: Guest, other: Guest, moves: list[Any] = ROW, game: str = TIC, **fields: Any) -> str:
    """A match that these two have played to its end."""
    code = place.room(game, one, other, **fields)
    play(code, *zip([one, other] * len(moves), moves, strict=False))
    return code


def past(guest: Guest, **fields: Any) -> m.Past:
    guest.does(m.History(**fields))
    return guest.all(m.Past)[-1]


def record(guest: Guest, match: int) -> m.Record:
    guest.does(m.Replay(match=match))
    return guest.all(m.Record)[-1]


def position(record: m.Record, n: int) -> Match:
    """The match as it was after step n."""
    about = record.about
    steps = [Step(one.n, one.seat, as_move(one.move), one.chance) for one in record.steps[: n + 1]]
    return Match.replay(GAMES[about.game], about.seats, about.options, steps)


def dice(place: Place, code: str) -> list[list[int]]:
    info = place.inside(code).match.info
    assert isinstance(info, LiarsDiceInfo)
    return info.dice


def goes_on(record: m.Record, n: int, **fields: Any) -> m.Open:
    """The wish for a table that goes on from there."""
    about = record.about
    return wish(m.Open, about.game, about.seats, **{"options": about.options, "match": record.match, "n": n, **fields})


def test_a_match_that_is_over_is_listed_and_given_whole() -> None:
    with Place() as place:
        anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
        code = place.room(TIC, anna, ben)
        assert past(anna).matches == ()
        play(code, *zip([anna, ben] * 3, ROW, strict=False))
        (match,) = past(cleo).matches
        assert (match.names, match.ranks, match.why, match.steps) == (("Anna", "Ben"), (1, 2), "three in a row", 5)
        whole = record(cleo, match.match)
        assert [as_move(one.move) for one in whole.steps[1:]] == ROW
        assert digest(position(whole, 5).info) == whole.over.digest
        assert whole.about.people == whole.over.people == ()


def test_what_goes_on_is_neither_listed_nor_given() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(TIC, anna, ben)
        play(code, (anna, 0))
        number = place.inside(code).number
        assert number is not None
        for guest in (anna, ben):
            assert past(guest).matches == ()
            assert guest.code(m.Replay(match=number)) == "unknown_match"
            assert guest.code(wish(m.Open, TIC, match=number, n=1)) == "unknown_match"


def test_a_private_match_is_for_those_who_were_there_also_to_watch_and_also_before_its_end() -> None:
    with Place() as place:
        anna, ben, cleo, dora, emil = place.guests("Anna", "Ben", "Cleo", "Dora", "Emil")
        code = place.room(TIC, anna, ben, watchers=(cleo,), private=True)
        dora.does(m.Join(room=code, watch=True), m.Leave(room=code))
        play(code, *zip([anna, ben] * 3, ROW, strict=False))
        emil.does(m.Join(room=code, watch=True))  # comes when all is over
        number = past(anna).matches[0].match
        for guest in (ben, cleo, dora):
            assert [match.match for match in past(guest).matches] == [number]
            assert record(guest, number).match == number
        assert past(emil).matches == ()
        assert emil.code(m.Replay(match=number)) == "unknown_match"
        assert emil.code(wish(m.Open, TIC, match=number, n=1)) == "unknown_match"


def test_one_can_ask_for_ones_own_matches_alone_and_for_older_ones() -> None:
    with Place() as place:
        anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
        code = finished(place, anna, ben)
        for guest in (anna, ben):
            guest.does(m.Again(room=code))
        play(code, *zip([ben, anna] * 3, ROW, strict=False))
        both = past(cleo)
        assert [match.names for match in both.matches] == [("Ben", "Anna"), ("Anna", "Ben")]
        assert past(cleo, mine=True).matches == ()
        assert len(past(anna, mine=True).matches) == 2
        assert past(cleo, before=both.matches[0].match).matches == both.matches[1:]


def test_no_more_are_told_of_at_once_than_the_rules_say() -> None:
    with Place(rules=Rules(past_shown=1)) as place:
        anna, ben = place.guests("Anna", "Ben")
        for _ in range(2):
            finished(place, anna, ben)
        newest = past(anna)
        assert (len(newest.matches), newest.more) == (1, True)
        older = past(anna, before=newest.matches[0].match)
        assert (len(older.matches), older.more) == (1, False)


@pytest.mark.parametrize("number", [-1, 0, 99, 2**62])
def test_numbers_of_no_match_are_refused(number: int) -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        finished(place, anna, ben)
        assert anna.code(m.Replay(match=number)) == "unknown_match"
        assert anna.code(wish(m.Open, TIC, match=number, n=1)) == "unknown_match"
        assert past(anna, before=number).matches == (() if number < 2 else past(anna).matches)


def test_a_match_too_long_for_a_message_is_not_sent() -> None:
    with Place(rules=Rules(replay_bytes=300)) as place:
        anna, ben = place.guests("Anna", "Ben")
        finished(place, anna, ben)
        assert anna.code(m.Replay(match=past(anna).matches[0].match)) == "too_long"


def test_what_was_hidden_is_open_when_the_match_is_over() -> None:
    with Place() as place:
        anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
        code = place.room(SHIPS, anna, ben)
        ships = [((2 * k, 0), (2 * k, length - 1)) for k, length in enumerate((5, 4, 3, 3, 2))]
        for n, ship in enumerate(ships):
            anna.does(step(code, 2 * n + 1, ship))
            ben.does(step(code, 2 * n + 2, ship))
        anna.does(m.Resign(room=code))
        whole = record(cleo, past(cleo).matches[0].match)
        assert [as_move(one.move) for one in whole.steps[1:11:2]] == ships


def test_without_a_journal_the_newest_matches_are_held_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "HELD", 1)
    monkeypatch.setattr(archive, "LISTED", 2)
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        for _ in range(3):
            finished(place, anna, ben)
        third, second = (match.match for match in past(anna).matches)
        assert len(record(anna, third).steps) == 6
        assert anna.code(m.Replay(match=second)) == "unknown_match"


# Tables that go on from a match


def test_a_table_goes_on_from_a_step_with_the_one_who_asks_on_the_seat_they_want() -> None:
    with Place() as place:
        anna, ben, cleo = place.guests("Anna", "Ben", "Cleo")
        finished(place, anna, ben)
        whole = record(cleo, past(cleo).matches[0].match)
        cleo.does(goes_on(whole, 3, seat=1))
        waits = newest(cleo)
        assert (waits.seat, waits.begins, names(waits)) == (1, 3, [None, "Cleo"])
        assert look(ben).tables[-1].begins == 3
        ben.does(m.Join(room=waits.room))
        start = cleo.hears(m.Start, room=waits.room)
        assert [as_move(one.move) for one in start.steps[1:]] == ROW[:3]
        assert cleo.code(step(waits.room, 1, 8)) != ""  # the steps made before stand
        cleo.does(step(waits.room, 4, 8))
        assert newest(cleo).begins == 0
        place.until(lambda: place.inside(waits.room).match.n == 4)


def test_what_was_taken_back_is_left_out_and_steps_made_before_can_be_taken_back() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(TIC, anna, ben)
        play(code, (anna, 0), (ben, 8))
        ben.does(m.Offer(room=code, what="undo"))
        anna.does(m.Reply(room=code, offer=1, yes=True))
        ben.does(step(code, 4, 4))
        anna.does(m.Resign(room=code))
        whole = record(anna, past(anna).matches[0].match)
        anna.does(goes_on(whole, 4))
        room = newest(anna).room
        ben.does(m.Join(room=room))
        start = ben.hears(m.Start, room=room)
        assert [as_move(one.move) for one in start.steps[1:]] == [0, 4]
        ben.does(m.Offer(room=room, what="undo"))
        anna.does(m.Reply(room=room, offer=1, yes=True))
        assert place.inside(room).match.n == 3


def test_chance_is_as_it_was_until_then_and_new_after_it() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        code = place.room(DICE, anna, ben)
        before = dice(place, code)
        anna.does(step(code, 1, ("bid", 1, 2)))
        ben.does(m.Resign(room=code))
        whole = record(anna, past(anna).matches[0].match)
        anna.does(goes_on(whole, 1))
        room = newest(anna).room
        ben.does(m.Join(room=room))
        match = place.inside(room).match
        assert dice(place, room) == before
        view = anna.hears(m.Start, room=room).view
        assert view is not None
        assert view["dice"] == [before[0], {"hidden": True}]  # and from then on it is hidden as ever
        ben.does(step(room, 2, "liar"))
        assert match.steps[-1].chance


def test_a_step_that_is_none_or_the_last_one_is_refused_and_nothing_is_opened() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        finished(place, anna, ben)
        whole = record(anna, past(anna).matches[0].match)
        for n in (-1, 5, 6, 2**62):
            assert anna.code(goes_on(whole, n)) == "bad_step"
        assert anna.code(goes_on(whole, 2, seat=2)) == "bad_seats"
        assert anna.code(goes_on(whole, 2, seat=-1)) == "bad_seats"
        assert len(place.hall.rooms) == 1


def test_a_match_of_something_else_is_refused() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        finished(place, anna, ben, [(r, c) for c in range(5) for r in (0, 1)][:9], game=GOMOKU)
        number = past(anna).matches[0].match
        assert anna.code(wish(m.Open, TIC, match=number, n=1)) == "other_match"
        assert anna.code(wish(m.Open, GOMOKU, options={"size": 19}, match=number, n=1)) == "other_match"
        assert anna.code(wish(m.Open, GOMOKU, seats=3, match=number, n=1)) == "bad_seats"


def test_a_match_that_is_longer_than_a_message_may_be_is_not_sent() -> None:
    with Place(rules=Rules(replay_bytes=100)) as place:
        anna, ben = place.guests("Anna", "Ben")
        finished(place, anna, ben)
        assert anna.code(m.Replay(match=past(anna).matches[0].match)) == "too_long"


def test_bots_take_the_other_seats() -> None:
    with Place(bots=True) as place:
        anna, ben = place.guests("Anna", "Ben")
        finished(place, anna, ben)
        whole = record(anna, past(anna).matches[0].match)
        anna.does(goes_on(whole, 2, seat=1, bots=1))
        code = newest(anna).room
        anna.hears(m.Stepped, room=code, n=3)
        assert names(newest(anna)) == ["Bot", "Anna"]


def test_a_rematch_begins_from_the_start() -> None:
    with Place() as place:
        anna, ben = place.guests("Anna", "Ben")
        finished(place, anna, ben)
        anna.does(goes_on(record(anna, past(anna).matches[0].match), 4))
        code = newest(anna).room
        ben.does(m.Join(room=code))
        anna.does(step(code, 5, 2))
        anna.does(m.Again(room=code))
        ben.does(m.Again(room=code))
        assert [one.move for one in ben.hears(m.Start, room=code, round=2).steps] == [["start"]]


# What a journal keeps


def test_after_a_restart_matches_scores_and_waiting_tables_are_as_they_were(tmp_path: Path) -> None:
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = place.guest("Anna", KEY), place.guest("Ben")
        finished(place, anna, ben, private=True)
        whole = record(anna, past(anna).matches[0].match)
        assert all(one.at > 0 for one in whole.steps)
        anna.does(goes_on(whole, 3))
        code = newest(anna).room
        place.do(place.server.stop)
    with Place(journal=Journal(tmp_path)) as place:
        anna, ben = place.guest("Anna", KEY), place.guest("Ben")
        assert (look(ben).wins, look(ben).matches) == ({"Anna": 1}, 1)
        assert past(ben).matches == ()
        assert record(anna, past(anna).matches[0].match) == whole
        ben.does(m.Join(room=code))
        assert place.inside(code).match.n == 3


def test_a_match_whose_end_could_not_be_written_is_not_there(tmp_path: Path) -> None:
    with hosting(tmp_path) as (place, db):
        anna, ben = back(place, "Anna"), back(place, "Ben")
        code = place.room(TIC, anna, ben)
        play(code, *zip([anna, ben] * 2, ROW[:4], strict=False))
        full(db)
        anna.say(step(code, 5, ROW[4]))
        anna.ended()
        empty(db)
        place.later(2)
        anna, ben = back(place, "Anna"), back(place, "Ben")
        assert past(anna).matches == ()
        anna.does(step(code, 5, ROW[4]))
        assert len(past(anna).matches) == 1


def test_nobody_is_told_the_keys_of_others(tmp_path: Path) -> None:
    with closing(Journal(tmp_path)) as journal, Place(journal=journal) as place:
        anna, ben = place.guest("Anna", KEY), place.guest("Ben")
        finished(place, anna, ben)
        place.until(lambda: journal.finished(9))
        (kept,) = journal.finished(9)
        assert key_hash(KEY).hex() in kept.about.people
        assert key_hash(KEY).hex() not in m.encode(record(ben, kept.id))
