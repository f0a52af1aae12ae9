"""A worker keeps a table for each room, makes steps, and tells what happens."""

from typing import Any

import pytest

from communication import messages as m
from communication.rules import Rules
from games import GAMES
from games.game_info import Outcome, Refusal, digest
from games.tic_tac_toe import TicTacToe
from tests.kit import GOMOKU, TIC, Place, Player, assert_sentence, players, wanted, wish
from work.worker import outcome_line


def steps(player: Player) -> list[tuple[Any, ...]]:
    return [event[1:] for event in player.happened if event[0] == "stepped"]


def test_two_play_and_hear_the_same() -> None:
    with Place() as place, players(place, TIC, "Anna", "Ben") as (anna, ben):
        for n, cell in enumerate((0, 3, 1, 4, 2), 1):
            player = anna if n % 2 else ben
            player.do(lambda player=player, cell=cell: player.step(player.table(), cell))  # type: ignore[misc]
            for other in (anna, ben):
                other.until(lambda other=other, n=n: other.table().n == n)  # type: ignore[misc]
        for player in (anna, ben):
            player.until(lambda player=player: player.table().outcome)  # type: ignore[misc]
            assert steps(player) == [(0, 0), (1, 3), (0, 1), (1, 4), (0, 2)]
            assert outcome_line(player.table()) == "outcome: Anna wins, three in a row"
            assert digest(player.table().info) == digest(place.inside(player.table().code).match.info)  # type: ignore[arg-type]


def test_a_step_against_the_rules_is_refused_here_and_never_sent() -> None:
    with Place() as place, players(place, TIC, "Anna", "Ben") as (anna, ben):
        refusals: list[Refusal | None] = []
        ben.do(lambda: refusals.append(ben.step(ben.table(), 0)))
        assert refusals[0] is not None
        assert refusals[0].code == "not_your_turn"
        assert ben.happened == anna.happened == [("started", 1)]


def test_a_step_that_the_room_refuses_is_taken_back_and_told() -> None:
    with Place() as place, players(place, TIC, "Anna", "Ben") as (anna, _):
        room = place.inside(anna.table().code)

        def cheat() -> None:
            room.match.info.cells[4] = "O"  # type: ignore[attr-defined]

        place.do(cheat)  # now the copy is wrong without knowing it
        anna.do(lambda: anna.step(anna.table(), 4))
        anna.until(lambda: ("refused", "not_legal") in anna.happened or ("refused", "not_your_turn") in anna.happened)
        assert anna.table().pending is None
        assert anna.table().shown is anna.table().info


def test_a_copy_that_has_drifted_is_replaced_by_the_whole_match() -> None:
    with Place() as place, players(place, GOMOKU, "Anna", "Ben") as (anna, ben):

        def spoil() -> None:
            ben.table().match.info.board[224] = 1  # type: ignore[union-attr]

        ben.do(spoil)
        anna.do(lambda: anna.step(anna.table(), (0, 0)))
        ben.until(lambda: ben.table().n == 1)
        ben.asks(m.Resign(room=ben.table().code))  # the last step comes with a digest
        ben.until(lambda: ben.happened.count(("started", 1)) == 2)
        assert ben.table().n == 2
        ben.until(lambda: ben.table().outcome)
        assert digest(ben.table().info) == digest(place.inside(ben.table().code).match.info)  # type: ignore[arg-type]


def test_a_step_while_away_is_refused_here() -> None:
    with Place() as place, players(place, TIC, "Anna", "Ben") as (anna, _):
        anna.client.link.close()  # type: ignore[union-attr]
        anna.until(lambda: anna.states[-1][0] == "away")
        refusals: list[Refusal | None] = []
        anna.do(lambda: refusals.append(anna.step(anna.table(), 0)))
        assert refusals[0] is not None
        assert refusals[0].code == "away"
        assert anna.table().pending is None


@pytest.mark.parametrize("arrived", [False, True])
@pytest.mark.parametrize("game", [TIC, "battleship"])
def test_a_step_on_its_way_when_the_link_broke_is_made_once(game: str, arrived: bool) -> None:
    move: Any = 4 if game == TIC else ((0, 0), (0, 4))
    with Place(rules=Rules(silence=1e9)) as place, players(place, game, "Anna", "Ben") as (anna, ben):
        room = place.inside(anna.table().code)
        member = place.server.names["anna"]

        def break_link() -> None:
            """The step is sent, and the link breaks before it (or what came of it) is there."""
            table = anna.table()
            if arrived:
                anna.step(table, move)
            else:
                table.propose(move)
            anna.client.closed(anna.client.link, 1006, "")  # type: ignore[arg-type]

        link = anna.client.link
        anna.do(break_link)
        assert link is not None
        if arrived:
            place.until(lambda: room.match.n == 1)
        link.close()
        place.until(lambda: member.link is None)
        anna.later(10)
        anna.until(lambda: anna.states[-1][0] == "in" and anna.table().n == 1 and anna.table().pending is None)
        anna.asks(m.Look())
        ben.until(lambda: ben.table().n == 1)
        assert room.match.n == 1
        assert not [event for event in anna.happened if event[0] == "refused"]


def test_a_game_of_another_version_is_left_at_once() -> None:
    class Newer(TicTacToe):
        version = GAMES[TIC].version + 1

    with Place(faulty=True) as place:
        anna = Player("Anna").connect(place.url)
        anna.shelf = {TIC: Newer()}
        assert anna.asks(wish(m.Open, TIC)) is None
        place.until(lambda: not place.hall.rooms)
        assert anna.tables == {}
        assert "version" in place.faults.texts[0]
        ((word, text),) = anna.happened
        assert word == "turned away"
        assert all(f"version {version}" in text for version in (Newer.version, GAMES[TIC].version))
        assert_sentence(text)


def test_leaving_ends_the_table_here() -> None:
    with Place() as place, players(place, TIC, "Anna", "Ben") as (anna, ben):
        code = anna.table().code
        assert anna.asks(m.Leave(room=code)) is None
        assert anna.tables == {}
        assert anna.happened[-1][:2] == ("left", code)
        ben.until(lambda: ben.table().outcome)
        assert outcome_line(ben.table()) == "outcome: Ben wins, Anna left"


def test_chat_and_lobby_reach_the_worker() -> None:
    with Place() as place, players(place, TIC, "Anna", "Ben") as (anna, ben):
        code = anna.table().code
        anna.asks(m.Say(room=code, text="hi"))
        anna.asks(m.Say(text="all"))
        ben.asks(m.Look())
        assert [said.text for said in ben.table().chat] == ["hi"]
        assert [said.text for said in ben.chat] == ["all"]
        assert [event for event in ben.happened if event[0] == "said"] == [
            ("said", "Anna", "hi", False),
            ("said", "Anna", "all", False),
        ]
        assert ben.lobby is not None
        assert [person.at for person in ben.lobby.people] == [code, code]


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (None, "outcome: none"),
        (Outcome((1, 2), "five in a row"), "outcome: Anna wins, five in a row"),
        (Outcome((1, 1), "the board is full"), "outcome: draw, the board is full"),
        (Outcome((1, 1, 2), "so it is"), "outcome: Anna and Ben win, so it is"),
    ],
)
def test_the_outcome_in_one_line(outcome: Outcome | None, line: str) -> None:
    with Place() as place, players(place, "liars_dice", "Anna", "Ben", "Cleo") as (anna, *_):
        table = anna.table()
        table.outcome = outcome
        assert outcome_line(table) == line


def test_another_game_at_the_same_table_is_another_table_with_the_same_chat() -> None:
    with Place() as place, players(place, TIC, "Anna", "Ben") as (anna, ben):
        first = anna.table()
        ben.asks(m.Say(room=first.code, text="Well played"))
        anna.until(lambda: first.chat)
        ben.asks(m.Resign(room=first.code))
        assert anna.asks(m.Offer(room=first.code, what="game", game=wanted(GOMOKU))) is None
        ben.until(lambda: ben.table().asked)
        ben.do(lambda: ben.reply(ben.table(), yes=True))
        anna.until(lambda: anna.table() is not first and anna.table().info)
        assert anna.table().game.name == GOMOKU
        assert [said.text for said in anna.table().chat] == ["Well played"]
