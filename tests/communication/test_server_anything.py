"""Whatever people send, in whatever order: the server answers each message once, and its rooms stay in order."""

from collections.abc import Callable
from typing import Any, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from communication import messages as m
from games.game_info import digest
from games.match import Match
from tests.kit import DICE, GOMOKU, SHIPS, TIC, Guest, Place, login, wish

PEOPLE = 4
KEYS = [name * 16 for name in "abcd"]

Make: TypeAlias = Callable[[str, int], m.Request]
"""A message, given the code of a room and the number of its next step."""

cells = st.integers(-1, 9)
ships = st.sampled_from([[[r, 0], [r, n]] for r in range(3) for n in range(1, 5)])
bids = st.tuples(st.just("bid"), st.integers(0, 11), st.integers(0, 7)).map(list)
shots = st.tuples(st.just("fire"), cells, cells).map(list)
odd = st.one_of(st.none(), st.text(max_size=5), st.booleans(), st.lists(cells, max_size=3))
moves: Any = st.one_of(cells, ships, bids, shots, st.just("liar"), odd)
beside = st.sampled_from([0, 0, 0, 0, -1, 1, 10**20])
games = st.sampled_from([TIC, TIC, GOMOKU, DICE, SHIPS, "chess boxing"])
seats = st.sampled_from([2, 2, 2, 3, -1])
texts = st.text(max_size=20)
booleans = st.booleans()
messages: st.SearchStrategy[Make] = st.one_of(
    st.builds(lambda by, move: lambda room, n: m.Step(room=room, n=n + by, move=move), beside, moves),
    st.builds(lambda game, seats: lambda room, n: wish(m.Match, game, seats), games, seats),
    st.builds(lambda game: lambda room, n: wish(m.Match, game, 2), st.sampled_from([TIC, GOMOKU, DICE, SHIPS])),
    st.builds(
        lambda game, seats, private, bots: lambda room, n: wish(m.Open, game, seats, private=private, bots=bots),
        games, seats, booleans, st.sampled_from([0, 0, 0, 1]),
    ),
    st.builds(lambda watch: lambda room, n: m.Join(room=room, watch=watch), booleans),
    st.builds(lambda text, here: lambda room, n: m.Say(text=text, room=room if here else ""), texts, booleans),
    st.builds(lambda by: lambda room, n: m.Sync(room=room, n=n + by), beside),
    st.builds(lambda follow: lambda room, n: m.Look(follow=follow), booleans),
    st.builds(lambda name: lambda room, n: login(name), texts),
    st.sampled_from([m.Leave, m.Resign, m.Again, m.Again]).map(lambda kind: lambda room, n: kind(room=room)),
    st.builds(lambda name: lambda room, n: m.Give(room=room, name=name), st.sampled_from("ABCD")),
    st.sampled_from([m.Unmatch, m.Beat]).map(lambda kind: lambda room, n: kind()),
)  # fmt: skip
people, numbers = st.integers(0, PEOPLE - 1), st.integers(0, 9)
events = st.one_of(
    st.tuples(st.just("message"), people, numbers, messages),
    st.tuples(st.just("message"), people, numbers, messages),
    st.tuples(st.just("step"), people, numbers, numbers),
    st.tuples(st.just("break"), people, numbers, st.sampled_from([1000, 1001])),
    st.tuples(st.just("time"), people, numbers, st.sampled_from([1, 10, 40])),
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
        assert set(room.wanting) <= set(room.watchers)
        assert all(code in member.rooms for member in people)
        assert (room.state == "over") == (room.match.outcome is not None)
        if room.state != "waiting":
            again = Match.replay(room.game, len(room.seats), room.options, room.match.steps)
            assert digest(again.info) == digest(room.match.info)
    waiting = [name for queue in place.server.waiting.cards() for name in queue.names]
    assert len(set(waiting)) == len(waiting)
    assert set(waiting) <= {member.name for member in place.server.members.values() if member.link is not None}


@settings(max_examples=80)
@given(st.lists(events, min_size=30, max_size=60))
def test_every_message_is_answered_once_and_nothing_is_ever_broken(happenings: list[Any]) -> None:
    with Place() as place:
        guests = [place.guest(name, key) for name, key in zip("ABCD", KEYS, strict=True)]
        place.room(TIC, *guests[:2])
        place.room(DICE, *guests[2:], watchers=(guests[0],))
        for kind, who, number, what in happenings:
            codes = list(place.hall.rooms) or ["NOWHERE"]
            code = codes[number % len(codes)]
            if kind == "message":
                ask_once(guests[who], what(code, place.inside(code).match.n + 1 if code != "NOWHERE" else 0))
            elif kind == "step":
                step_in(place, guests, code, what)
            elif kind == "break":
                visitor = place.server.names["ABCD"[who].lower()].visitor
                guests[who].link.close(what)
                place.until(lambda visitor=visitor: visitor.link is None)  # type: ignore[misc]
                guests[who] = place.guest("ABCD"[who], KEYS[who])
            else:
                place.later(what)
                for k, name in enumerate("ABCD"):
                    if place.server.names[name.lower()].link is None:
                        guests[k] = place.guest(name, KEYS[k])
            assert_in_order(place)


def step_in(place: Place, guests: list[Guest], code: str, pick: int) -> None:
    """Let somebody in turn make a step that may be made."""
    room = place.hall.rooms.get(code)
    for seat in room.match.turn if room is not None else ():
        member, moves = room.seats[seat], room.match.info.moves(seat)  # type: ignore[union-attr]
        if member is not None and moves:
            legal = list(moves)
            guest = guests["ABCD".index(member.name)]
            ask_once(guest, m.Step(room=code, n=room.match.n + 1, move=legal[pick * len(legal) // 10]))  # type: ignore[union-attr]
            return


def ask_once(guest: Guest, message: m.Request) -> None:
    guest.ask(message)
    number = guest.number
    guest.caught_up()
    assert len([x for x in guest.heard if isinstance(x, m.Ok | m.Refused) and x.id == number]) == 1
