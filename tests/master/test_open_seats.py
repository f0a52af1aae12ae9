"""Rooms whose seats may be empty: works, whose workers come and go, and who may be sent away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from communication import messages as m
from games.game_info import dump
from games.match import Match
from games.steps import Step
from master.journal import Journal
from tests.kit import Guest, Place, names, newest, step, wish
from tests.master.test_offers_kept import crash
from work.primes import RANGES, Primes
from work.shelf import SHELF
from work.spider.crawler import Visit
from work.spider.facts import steps
from work.spider.page import Read

PRIMES, SPIDER, ROOT = "primes", "spider", "http://a.example/"
OPTIONS = {"start": ROOT, "terms": "check=1 parallel=4"}


def opened(guest: Guest, game: str = PRIMES, **fields: Any) -> str:
    """A room that somebody has opened with four seats."""
    guest.does(m.Open(game=game, version=1, seats=4, **fields))
    return guest.hears(m.Table).room


def n_of(guest: Guest) -> int:
    """The number of the last step that somebody has heard of."""
    guest.caught_up()
    return max(x.n for x in guest.heard if isinstance(x, m.Start | m.Stepped | m.Viewed))


def does(guest: Guest, code: str, move: Any) -> str:
    """Make a step; gives the code of the refusal."""
    return guest.code(step(code, n_of(guest) + 1, move))


def test_a_work_begins_with_the_first_and_others_come_later() -> None:
    with Place(SHELF) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = opened(anna)
        assert place.inside(code).state == "playing"
        assert does(anna, code, "take") == ""
        ben.does(m.Join(room=code))
        assert [played.move for played in ben.hears(m.Start).steps][1:] == ["take"]
        assert names(newest(ben)) == ["Anna", "Ben", None, None]
        assert does(ben, code, "take") == ""
        assert place.inside(code).match.info.given == {0: 0, 1: 1}  # type: ignore[attr-defined]


def test_who_leaves_is_noted_and_the_work_goes_on() -> None:
    with Place(SHELF) as place:
        anna, ben, eve = place.guests("Anna", "Ben", "Eve")
        code = opened(anna)
        ben.does(m.Join(room=code))
        assert does(ben, code, "take") == ""
        late = n_of(anna) + 1
        ben.does(m.Leave(room=code))
        assert anna.hears(m.Stepped, seat=None).move == ["left", 1]
        assert anna.code(step(code, late, "take")) == ""  # that somebody left does not make a step stale
        eve.does(m.Join(room=code))
        assert does(eve, code, "take") == ""
        info = place.inside(code).match.info
        assert info.given == {0: 1, 1: 2}  # type: ignore[attr-defined]
        assert place.inside(code).state == "playing"


def test_who_resigns_gives_the_seat_up_and_watches() -> None:
    with Place(SHELF) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = opened(anna)
        ben.does(m.Join(room=code), m.Resign(room=code))
        assert newest(ben).seat is None
        assert newest(ben).watchers == ("Ben",)
        assert place.inside(code).match.outcome is None


def test_the_last_one_closes_the_room() -> None:
    with Place(SHELF) as place:
        (anna,) = place.guests("Anna")
        code = opened(anna)
        anna.does(m.Leave(room=code))
        assert code not in place.hall.rooms


def test_anybody_with_a_seat_may_pause_but_nothing_is_taken_back() -> None:
    with Place(SHELF) as place:
        anna, ben, eve = place.guests("Anna", "Ben", "Eve")
        code = opened(anna)
        ben.does(m.Join(room=code))
        eve.does(m.Join(room=code, watch=True))
        assert does(anna, code, "take") == ""
        ben.does(m.Offer(room=code, what="pause"))
        assert newest(anna).paused
        assert does(anna, code, 5) == "paused"
        ben.does(m.Offer(room=code, what="resume"))
        assert does(anna, code, 669) == ""
        for what in ("undo", "draw", "save"):
            assert anna.code(m.Offer(room=code, what=what)) == "bad_offer"
        assert eve.code(m.Offer(room=code, what="pause")) == "not_seated"


def test_the_lobby_shows_how_far_it_is() -> None:
    with Place(SHELF) as place:
        anna, eve = place.guests("Anna", "Eve")
        code = opened(anna)
        eve.does(m.Look(follow=True))
        assert eve.hears(m.Lobby).tables[0].progress == f"0 of {RANGES}"
        assert [does(anna, code, move) for move in ("take", 669)] == ["", ""]
        eve.forget()
        place.later(1.0)
        assert eve.hears(m.Lobby).tables[0].progress == f"1 of {RANGES}"


def test_a_work_comes_to_its_end() -> None:
    with Place(SHELF) as place:
        (anna,) = place.guests("Anna")
        code = opened(anna)
        for _ in range(RANGES):
            assert [does(anna, code, move) for move in ("take", 400)] == ["", ""]
        over = anna.hears(m.Over)
        assert (over.why, over.ranks) == ("16000 primes", (1, 1, 1, 1))
        assert over.match is None
        assert (place.hall.wins, place.hall.matches) == ({}, 0)
        anna.does(m.History())
        assert anna.hears(m.Past).matches == ()


def test_a_work_outlives_the_server(tmp_path: Path) -> None:
    with Place(SHELF, journal=Journal(tmp_path)) as place:
        anna = place.guest("Anna", "a" * 32)
        ben = place.guest("Ben", "b" * 32)
        code = opened(anna)
        ben.does(m.Join(room=code))
        assert [does(anna, code, "take"), does(ben, code, "take"), does(anna, code, 669)] == [""] * 3
        ben.does(m.Leave(room=code))
        before = dump(place.inside(code).match.info)
        crash(place)
    with Place(SHELF, journal=Journal(tmp_path)) as place:
        room = place.inside(code)
        assert dump(room.match.info) == before
        anna = place.guest("Anna", "a" * 32)
        assert does(anna, code, "take") == ""


def test_a_crawl_and_who_was_sent_away_from_it_outlive_the_server(tmp_path: Path) -> None:
    with Place(SHELF, journal=Journal(tmp_path)) as place:
        anna, eve = place.guest("Anna", "a" * 32), place.guest("Eve", "e" * 32)
        code = opened(anna, SPIDER, options=OPTIONS)
        eve.does(m.Join(room=code))
        assert [does(guest, code, ("work", name)) for guest, name in ((anna, "Anna"), (eve, "Eve"))] == ["", ""]
        assert [does(anna, code, move) for move in found(ROOT, f"{ROOT}a", f"{ROOT}b")] == [""]
        eve.does(m.Leave(room=code))
        room = place.inside(code)
        key = next(hash for hash, member in place.server.members.items() if member.name == "Eve")
        room.barred.add(key)
        place.do(room.tell_table)
        before = dump(room.match.info)
        crash(place)
    with Place(SHELF, journal=Journal(tmp_path)) as place:
        assert dump(place.inside(code).match.info) == before
        assert place.guest("Eve", "e" * 32).code(m.Join(room=code)) == "sent_away"


def test_only_works_note_who_left() -> None:
    match = Match.replay(Primes(), 2, {}, [Step(0, None, ("start",)), Step(1, 0, "take"), Step(2, None, ("left", 0))])
    assert match.info.given == {}  # type: ignore[attr-defined]


# -- results, and who is sent away -------------------------------------------------------------------------------------


def found(address: str, *links: str, title: str = "") -> list[Any]:
    """The steps that bring a page."""
    return list(steps(Visit(address, 200, "text/html", 4, "0" * 32, read=Read("utf-8", title, links, len(links)))))


def test_results_are_for_all_at_the_table() -> None:
    with Place(SHELF) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = opened(anna, SPIDER, options=OPTIONS)
        ben.does(m.Join(room=code, watch=True))
        assert does(anna, code, ("work", "Anna")) == ""
        assert [does(anna, code, move) for move in found(ROOT, f"{ROOT}a", title="Hello")] == [""]
        hidden = ben.hears(m.Viewed, hidden=True)
        assert (hidden.move, hidden.hidden, hidden.view["done"]) == (None, True, 1)
        assert "places" not in str(hidden.view)
        ben.does(m.Fetch(room=code))
        (row,) = ben.hears(m.Results).rows
        assert (row[0], row[6], row[13], row[15]) == (ROOT, "Hello", [f"{ROOT}a"], "Anna")
        ben.does(m.Fetch(room=code, first=1))
        assert ben.hears(m.Results, first=1).rows == ()
        ben.does(m.Fetch(room=code, first=-5))
        assert place.guest("Eve").code(m.Fetch(room=code)) == "not_in_room"


def test_who_lies_is_sent_away_and_may_not_come_back() -> None:
    with Place(SHELF) as place:
        guests = place.guests("Anna", "Ben", "Eve")
        anna, ben, eve = guests
        code = opened(anna, SPIDER, options=OPTIONS)
        for guest in (ben, eve):
            guest.does(m.Join(room=code))
        for guest, name in zip(guests, ("Anna", "Ben", "Eve"), strict=True):
            assert does(guest, code, ("work", name)) == ""
        info: Any = place.inside(code).match.info
        while not info.ended:
            for seat, guest in enumerate(guests):
                for address in info.hand(seat).leases if info.hand(seat) else ():
                    links = tuple(sorted(f"{ROOT}{n}" for n in range(12))) if address == ROOT else ()
                    for move in found(address, *links, title="A lie" if guest is eve else "The truth"):
                        assert does(guest, code, move) == ""
                    guest.caught_up()
                    eve.caught_up()
                    break
        assert eve.hears(m.Closed).code == "sent_away"
        assert names(newest(anna)) == ["Anna", "Ben", None, None]
        assert anna.hears(m.Viewed, seat=None).move == ["left", 2]
        assert eve.code(m.Join(room=code)) == "sent_away"
        assert eve.code(m.Join(room=code, watch=True)) == "sent_away"
        assert {page.facts.title for page in info.frontier.pages.values()} == {"The truth"}


def test_the_pause_ends_also_while_somebody_is_away() -> None:
    with Place(SHELF) as place:
        anna, ben = place.guests("Anna", "Ben")
        code = opened(anna)
        ben.does(m.Join(room=code))
        ben.link.close()
        place.until(lambda: place.inside(code).seats[1].link is None)  # type: ignore[union-attr]
        anna.does(m.Offer(room=code, what="pause"), m.Offer(room=code, what="resume"))
        assert not newest(anna).paused


def test_works_have_neither_clocks_nor_bots_and_no_game_becomes_one() -> None:
    with Place(SHELF, bots=True) as place:
        anna, ben = place.guests("Anna", "Ben")
        work: Any = {"game": PRIMES, "version": 1, "seats": 2}
        assert anna.code(m.Open(**work, clock=m.Clock(step=60))) == "bad_clock"
        assert anna.code(m.Open(**work, bots=1)) == "no_bots"
        code = place.room("gomoku", anna, ben)
        anna.does(m.Resign(room=code))
        assert anna.code(m.Offer(room=code, what="game", game=m.Wanted(**work))) == "bad_offer"


def test_no_work_is_a_game_of_the_shelf() -> None:
    with Place() as place:
        assert place.guest("Anna").code(wish(m.Open, PRIMES, 4)) == "unknown_game"
