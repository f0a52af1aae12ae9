"""Whatever people send, in whatever order: the server answers each message once, and its rooms stay in order."""

from collections.abc import Callable
from typing import Any, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from communication import messages as m
from games import GAMES
from games.game_info import digest
from games.match import Match
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Guest, Place, login, wish

PEOPLE = 4
KEYS = [name * 16 for name in "abcd"]

Make: TypeAlias = Callable[[str], m.Request]
"""A message, given the code of a room."""

cells = st.integers(-1, 9)
ships = st.sampled_from([[[r, 0], [r, n]] for r in range(3) for n in range(1, 5)])
bids = st.tuples(st.just("bid"), st.integers(0, 11), st.integers(0, 7)).map(list)
shots = st.tuples(st.just("fire"), cells, cells).map(list)
moves: Any = st.one_of(
    cells,
    st.lists(cells, max_size=3),
    ships,
    bids,
    shots,
    st.just("liar"),
    st.none(),
    st.text(max_size=5),
    st.booleans(),
)
games = st.sampled_from([TIC, TIC, TIC, GOMOKU, DICE, SHIPS, "chess boxing"])
texts = st.text(max_size=20)
messages: st.SearchStrategy[Make] = st.one_of(
    st.builds(lambda n, move: lambda room: m.Step(room=room, n=n, move=move), st.integers(-2, 12), moves),
    st.builds(lambda n: lambda room: m.Step(room=room, n=n, move=n % 9), st.integers(1, 6)),
    st.builds(lambda game: lambda room: wish(m.Match, game), games),
    st.builds(lambda game, seats: lambda room: wish(m.Match, game, seats), games, st.integers(-1, 7)),
    st.builds(
        lambda game, private, bots: lambda room: wish(m.Open, game, private=private, bots=bots),
        games, st.booleans(), st.integers(-1, 2),
    ),
    st.builds(lambda watch: lambda room: m.Join(room=room, watch=watch), st.booleans()),
    st.builds(lambda text, here: lambda room: m.Say(text=text, room=room if here else ""), texts, st.booleans()),
    st.builds(lambda n: lambda room: m.Sync(room=room, n=n), st.integers(-2, 12)),
    st.builds(lambda follow: lambda room: m.Look(follow=follow), st.booleans()),
    st.builds(lambda name: lambda room: login(name), texts),
    st.sampled_from(
        [
            lambda room: m.Leave(room=room),
            lambda room: m.Resign(room=room),
            lambda room: m.Again(room=room),
            lambda room: m.Unmatch(),
            lambda room: m.Beat(),
        ]
    ),
)  # fmt: skip
events = st.one_of(
    st.tuples(st.just("message"), st.integers(0, PEOPLE - 1), st.tuples(messages, st.integers(0, 3))),
    st.tuples(st.just("break"), st.integers(0, PEOPLE - 1), st.sampled_from([1000, 1001, 1006])),
    st.tuples(st.just("time"), st.just(0), st.sampled_from([1, 10, 40])),
)


def assert_in_order(place: Place) -> None:
    """Everybody is in the rooms that have them, once, and every match follows from its steps."""
    for member in place.server.members.values():
        assert len(set(member.rooms)) == len(member.rooms)
        for code in member.rooms:
            assert member in place.hall.rooms[code].members()
    for code, room in place.hall.rooms.items():
        people = room.members()
        assert people, "an empty room is forgotten"
        assert len(set(map(id, people))) == len(people)
        assert all(code in member.rooms for member in people)
        assert (room.state == "over") == (room.match.outcome is not None)
        if room.state != "waiting":
            again = Match.replay(room.game, len(room.seats), room.options, room.match.steps)
            assert digest(again.info) == digest(room.match.info)
    waiting = [name for queue in place.server.waiting.cards() for name in queue.names]
    assert len(set(waiting)) == len(waiting)
    assert set(waiting) <= {member.name for member in place.server.members.values() if member.link is not None}


@settings(max_examples=150)
@given(st.lists(events, min_size=5, max_size=40))
def test_every_message_is_answered_once_and_nothing_is_ever_broken(happenings: list[Any]) -> None:
    with Place({name: GAMES[name] for name in (TIC, GOMOKU, DICE, SHIPS)}) as place:
        guests = [place.guest(name, key) for name, key in zip("ABCD", KEYS, strict=True)]
        for kind, who, what in happenings:
            if kind == "message":
                make, number = what
                codes = [*place.hall.rooms, "NOWHERE"]
                ask_once(guests[who], make(codes[number % len(codes)]))
            elif kind == "break":
                visitor = place.server.names["ABCD"[who].lower()].visitor
                guests[who].link.close(what if what != 1006 else 1000)
                place.until(lambda visitor=visitor: visitor.link is None)  # type: ignore[misc]
                guests[who] = place.guest("ABCD"[who], KEYS[who])
            else:
                place.later(what)
                for k, name in enumerate("ABCD"):
                    if place.server.names[name.lower()].link is None:
                        guests[k] = place.guest(name, KEYS[k])
            assert_in_order(place)
    assert place.faults.texts == []


def ask_once(guest: Guest, message: m.Request) -> None:
    guest.ask(message)
    number = guest.number
    guest.caught_up()
    assert len([x for x in guest.heard if isinstance(x, m.Ok | m.Refused) and x.id == number]) == 1
