"""Take-backs, offers and clocks as a client knows them."""

import msgspec

from communication import messages as m
from games.game_info import digest
from games.steps import Step
from tests.kit import SHIPS, TIC, Place, players
from tests.work.test_table import begun


def undone(step: Step, summed: int | None = None) -> m.Stepped:
    return m.Stepped(room="BABAB", n=step.n, seat=None, move=list(step.move), digest=summed)


def test_what_was_taken_back_leaves_the_table_and_the_list_of_steps() -> None:
    room = begun(TIC)
    for seat, move in ((0, 4), (1, 0)):
        room.table.stepped(room.stepped(seat, move))
    assert room.table.steps_from(1) == "steps 1 and 2, " + " and ".join(line.words for line in room.table.lines)
    assert room.table.stepped(undone(room.match.undo(2), digest(room.match.info)))
    assert [line.n for line in room.table.lines] == [1]
    assert room.table.turn == (1,)
    assert room.table.steps_from(1) == f"step 1, {room.table.lines[0].words}"
    whole = begun(TIC)
    whole.match = room.match
    whole.table.start(whole.start())
    assert whole.table.lines == room.table.lines
    assert whole.table.info == room.table.info


def test_a_step_on_its_way_is_given_up_when_the_table_takes_back() -> None:
    room = begun(TIC, seat=1)
    room.table.stepped(room.stepped(0, 4))
    room.table.propose(0)
    room.table.stepped(undone(room.match.undo(1)))
    assert room.table.pending is None
    assert room.table.shown is room.table.info


def test_a_take_back_in_a_game_with_secrets_leaves_the_turn_as_the_view_says() -> None:
    room = begun(SHIPS)
    room.table.viewed(room.viewed(0, ((0, 0), (0, 4))))
    step = room.match.undo(1)
    view = room.start_view().view
    assert view is not None
    room.table.viewed(m.Viewed(room="BABAB", n=step.n, seat=None, move=list(step.move), view=view))
    assert list(room.table.turn) == [0, 1]
    assert room.table.lines == []


def test_an_offer_stands_until_the_next_step() -> None:
    room = begun(TIC)
    made = m.Offering(number=1, what="draw", seat=1, at=0, agreed=(1,))
    room.table.about = msgspec.structs.replace(room.about, offer=made)
    assert room.table.offer == made
    room.table.stepped(room.stepped(0, 4))
    assert room.table.offer is None


def test_nobody_is_in_turn_while_the_match_is_paused() -> None:
    room = begun(TIC)
    assert room.table.my_turn
    room.table.about = msgspec.structs.replace(room.about, paused=True)
    assert not room.table.my_turn
    refusal = room.table.judge(4)
    assert refusal is not None
    assert refusal.code == "paused"


def test_the_clock_goes_on_by_itself_between_two_messages() -> None:
    with Place() as place, players(place, TIC, "Anna", "Ben", clock=m.Clock(main=60, more=5)) as (anna, ben):
        ben.until(lambda: ben.table().times)
        place.clock.now += 12.0
        assert ben.table().left(0, place.clock()) == 48.0
        assert ben.table().left(1, place.clock()) == 60.0
        place.clock.now += 100.0
        assert ben.table().left(0, place.clock()) == 0.0
        place.clock.now -= 100.0
        place.later(0)
        anna.do(lambda: anna.step(anna.table(), 4))
        ben.until(lambda: ben.table().n == 1)
        ben.until(lambda: ben.table().left(0, place.clock()) == 53.0)


def test_only_a_no_of_somebody_else_is_told_to_the_maker() -> None:
    with Place() as place, players(place, TIC, "Anna", "Ben") as (anna, ben):
        heard: list[str] = []
        anna.declined = lambda table, offer: heard.append(offer.what)  # type: ignore[method-assign]
        for what, who in (("draw", anna), ("pause", ben)):
            assert anna.asks(m.Offer(room=anna.table().code, what=what)) is None
            ben.until(lambda what=what: (made := ben.table().offer) and made.what == what)  # type: ignore[misc]
            who.do(lambda who=who: who.reply(who.table(), False))  # type: ignore[misc]
            ben.until(lambda: ben.table().offer is None)
            anna.until(lambda: anna.table().offer is None)
        anna.until(lambda: heard)
        assert heard == ["pause"]
