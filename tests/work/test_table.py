"""The client's side of a room: its copy in step, its own steps shown at once, and what is not its to know."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from communication import messages as m
from games import GAMES
from games.game import Game
from games.game_info import Chance, GameInfo, Move, Outcome, digest, dump, view
from games.match import Match
from games.scene import Tag
from games.steps import Step
from games.tic_tac_toe import TicTacToe, TicTacToeInfo
from tests.kit import DICE, SHIPS, TIC
from work.table import OutOfStep, Table
from work.worker import outcome_line


class Room:
    """What a room would send to one seat, made from a real match."""

    def __init__(self, game: str | Game[Any], seat: int | None, seats: int = 2) -> None:
        self.game = GAMES[game] if isinstance(game, str) else game
        self.seat = seat
        self.match = Match(self.game, seats, self.game.chosen({}))
        self.match.begin(Chance())
        people = tuple(m.Person(name) for name in "ABCDEF"[:seats])
        self.about = m.Table(
            room="BABAB", game=self.game.name, version=self.game.version, options=self.game.chosen({}), state="playing",
            people=people, seat=seat,
        )  # fmt: skip
        self.table = Table("BABAB", self.game, self.about)

    def start(self, round: int = 1) -> m.Start:
        steps = tuple(m.Played(step.n, step.seat, step.move, step.chance) for step in self.match.steps)
        return m.Start(room="BABAB", round=round, n=self.match.n, steps=steps)

    def start_view(self, round: int = 1) -> m.Start:
        return m.Start(room="BABAB", round=round, n=self.match.n, view=dump(view(self.match.info, self.seat)))

    def play(self, seat: int, move: Move) -> Step:
        step = self.match.play(seat, move, Chance())
        assert isinstance(step, Step)
        return step

    def stepped(self, seat: int, move: Move, summed: int | None = None) -> m.Stepped:
        step = self.play(seat, move)
        return m.Stepped(room="BABAB", n=step.n, seat=seat, move=move, chance=step.chance, digest=summed)

    def viewed(self, seat: int, move: Move, hidden: bool = False) -> m.Viewed:
        step = self.play(seat, move)
        seen = dump(view(self.match.info, self.seat))
        return m.Viewed(room="BABAB", n=step.n, seat=seat, move=None if hidden else move, view=seen, hidden=hidden)


def begun(game: str | Game[Any] = TIC, seat: int | None = 0) -> Room:
    room = Room(game, seat)
    room.table.start(room.start() if room.game.name in (TIC, "faulty") else room.start_view())
    return room


def cells(info: GameInfo | None) -> str:
    assert isinstance(info, TicTacToeInfo)
    return "".join(mark or "." for mark in info.cells)


def last_marked(table: Table) -> list[Tag]:
    assert table.shown is not None
    scene = table.marked(table.game.scene(table.shown, table.seat))
    return [item.tag for item in scene.items if item.mark == "last"]


def test_the_last_step_is_marked_whoever_made_it_and_however_one_heard_of_it() -> None:
    room = begun()
    table = room.table
    assert last_marked(table) == []
    table.propose(4)
    assert last_marked(table) == [4]  # on its way
    assert table.stepped(room.stepped(0, 4))
    assert last_marked(table) == [4]
    assert table.stepped(room.stepped(1, 0))
    assert last_marked(table) == [0]
    again = Table("BABAB", room.game, room.about)
    again.start(room.start())
    assert last_marked(again) == [0]
    again.start(begun().start(round=2))
    assert last_marked(again) == []


# -- one's own steps ---------------------------------------------------------------------------------------------------


def test_an_own_step_is_shown_at_once_and_confirmed_later() -> None:
    room = begun()
    table = room.table
    assert table.my_turn
    assert table.judge(4) is None
    assert table.propose(4) == m.Step(room="BABAB", n=1, move=4)
    assert (cells(table.shown), cells(table.info), table.n) == ("....X....", ".........", 0)
    assert not table.my_turn
    refusal = table.judge(5)
    assert refusal is not None
    assert refusal.code == "one_moment"
    assert table.stepped(room.stepped(0, 4))
    assert (cells(table.shown), cells(table.info), table.n) == ("....X....", "....X....", 1)
    assert (table.pending, list(table.turn)) == (None, [1])


def test_an_own_step_that_the_room_refuses_is_taken_back() -> None:
    table = begun().table
    table.propose(4)
    table.withdraw()
    assert cells(table.shown) == "........."
    assert table.my_turn


def test_what_the_rules_refuse_is_refused_before_it_is_sent() -> None:
    table = begun().table
    refusal = table.judge(9)
    assert refusal is not None
    assert refusal.code == "not_legal"
    assert begun(seat=1).table.judge(0).code == "not_your_turn"  # type: ignore[union-attr]
    assert begun(seat=None).table.judge(0).code == "not_seated"  # type: ignore[union-attr]
    assert Room(TIC, 0).table.judge(0).code == "not_started"  # type: ignore[union-attr]
    table.over(m.Over(room="BABAB", ranks=(1, 2), why="so"))
    assert table.judge(0).code == "match_over"  # type: ignore[union-attr]


def test_what_only_the_room_can_know_is_not_shown_in_advance() -> None:
    room = begun(DICE, 0)
    room.table.propose(("bid", 1, 2))
    assert room.table.shown.bids  # type: ignore[union-attr]
    room.table.viewed(room.viewed(0, ("bid", 1, 2)))
    room.table.viewed(room.viewed(1, ("bid", 1, 3)))
    assert room.table.judge("liar") is None
    room.table.propose("liar")
    assert room.table.shown is room.table.info
    assert room.table.viewed(room.viewed(0, "liar"))
    assert room.table.pending is None
    assert room.table.info.last is not None  # type: ignore[union-attr]


def test_a_step_of_the_others_meanwhile_leaves_the_own_one_on_its_way() -> None:
    room = begun(SHIPS, 1)
    table = room.table
    mine = ((0, 0), (0, 4))
    step = table.propose(mine)
    assert table.viewed(room.viewed(0, ((2, 0), (2, 4)), hidden=True))
    assert table.pending == (step.n, mine)
    assert table.shown.fleets[1] == [mine]  # type: ignore[union-attr]
    assert table.info.placed == [1, 0]  # type: ignore[union-attr]
    assert table.viewed(room.viewed(1, mine))
    assert (table.pending, table.n) == (None, 2)


@dataclass
class FirstComeInfo(GameInfo):
    """Everybody may take the one thing at any time; who takes what is gone makes the author's program fail."""

    things: list[int] = field(default_factory=lambda: [7])

    def turn(self) -> range:
        return range(2)

    def moves(self, seat: int) -> list[Move]:
        return list(self.things)

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        self.things.remove(move)

    def outcome(self) -> Outcome | None:
        return None


class FirstCome(TicTacToe):
    name, info = "faulty", FirstComeInfo  # type: ignore[assignment]


def test_an_own_step_that_has_become_impossible_meanwhile_is_no_longer_shown() -> None:
    room = begun(FirstCome())
    room.table.propose(7)
    assert room.table.shown.things == []  # type: ignore[union-attr]
    assert room.table.stepped(room.stepped(1, 7))
    assert room.table.shown is room.table.info
    room.table.withdraw()
    assert room.table.pending is None


# -- what the room says ------------------------------------------------------------------------------------------------


def test_a_match_given_whole_is_the_match() -> None:
    room = Room(TIC, 1)
    for seat, move in ((0, 4), (1, 0), (0, 8)):
        room.play(seat, move)
    room.table.start(room.start())
    assert (cells(room.table.info), room.table.n, room.table.my_turn) == ("O...X...X", 3, True)
    assert [(line.n, line.seat) for line in room.table.lines] == [(1, 0), (2, 1), (3, 0)]


def test_a_step_that_is_known_already_is_no_news() -> None:
    room = begun()
    message = room.stepped(0, 4)
    assert room.table.stepped(message)
    assert not room.table.stepped(message)
    assert (room.table.n, len(room.table.lines)) == (1, 1)


def test_a_step_that_does_not_follow_is_out_of_step() -> None:
    room = begun()
    room.play(0, 4)
    with pytest.raises(OutOfStep):
        room.table.stepped(room.stepped(1, 0))
    assert room.table.n == 0
    with pytest.raises(OutOfStep):
        room.table.stepped(m.Stepped(room="BABAB", n=1, seat=1, move=4))  # not legal
    with pytest.raises(OutOfStep):
        room.table.stepped(m.Stepped(room="BABAB", n=1, seat=0, move=4, chance=(3,)))  # no such chance
    room.table.start(room.start())
    assert (room.table.n, cells(room.table.info)) == (2, "O...X....")


def test_a_copy_that_has_drifted_is_noticed_by_the_digest() -> None:
    room = begun()
    good = room.stepped(0, 4)
    good.digest = digest(room.match.info)
    assert room.table.stepped(good)
    bad = room.stepped(1, 0)
    bad.digest = digest(room.match.info) ^ 1
    with pytest.raises(OutOfStep):
        room.table.stepped(bad)


def test_a_step_hidden_from_us_is_told_without_its_content() -> None:
    room = begun(SHIPS, 0)
    assert room.table.viewed(room.viewed(1, ((0, 0), (0, 4)), hidden=True))
    (line,) = room.table.lines
    assert (line.seat, "hidden" in line.words) == (1, True)
    assert "0" not in line.words


def test_a_forfeit_ends_all_turns_before_the_end_is_told() -> None:
    for game in (TIC, DICE):
        room = begun(game)
        step = room.match.forfeit(1, "B left")
        if game == TIC:
            room.table.stepped(m.Stepped(room="BABAB", n=step.n, seat=None, move=list(step.move)))
        else:
            seen = dump(view(room.match.info, 0))
            room.table.viewed(m.Viewed(room="BABAB", n=step.n, seat=None, move=list(step.move), view=seen))
        assert not room.table.my_turn, game
        assert room.table.lines[-1].words == "B left"


def test_the_end_takes_back_what_was_on_its_way() -> None:
    room = begun()
    room.table.propose(4)
    room.table.over(m.Over(room="BABAB", ranks=(1, 2), why="B left", scores=(1.0, 0.0)))
    assert (room.table.pending, cells(room.table.shown), list(room.table.turn)) == (None, ".........", [])
    assert room.table.outcome == Outcome((1, 2), "B left", (1.0, 0.0))


def test_after_a_break_a_step_on_its_way_still_is_unless_the_room_has_it() -> None:
    room = begun()
    room.table.propose(4)
    room.table.start(room.start())
    assert room.table.pending == (1, 4)
    assert cells(room.table.shown) == "....X...."
    room.play(0, 4)
    room.play(1, 0)
    room.table.start(room.start())
    assert (room.table.pending, room.table.n, cells(room.table.shown)) == (None, 2, "O...X....")
    room.table.propose(8)
    room.table.start(room.start(round=2))
    assert room.table.pending is None


def test_an_empty_seat_has_a_name_too() -> None:
    room = begun()
    room.table.about.people = (m.Person("A"), None)
    assert [room.table.name(seat) for seat in (0, 1)] == ["A", "nobody"]


def test_the_result_names_who_played_though_somebody_else_sits_there_now() -> None:
    table = begun().table
    table.over(m.Over(room="BABAB", ranks=(1, 2), why="three in a row"))
    table.about.people = (m.Person("Tom"), m.Person("B"))
    assert (table.player(0), table.name(0)) == ("A", "Tom")
    assert outcome_line(table) == "outcome: A wins, three in a row"
