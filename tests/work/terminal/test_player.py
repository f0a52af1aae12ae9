"""The table in a terminal: whole matches by typed lines, against a real server, and every kind of typing error."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communication import messages as m
from communication.client import Client
from communication.runner import Runner
from games import GAMES
from games.example import example_match
from games.game_info import dump, view
from tests.kit import PATIENCE, HandClock, News, Place
from work.terminal.commands import COMMANDS
from work.terminal.player import TextPlayer
from work.terminal.scene import Look


class Typist:
    """Somebody who types, and reads what is printed from where they have read before."""

    def __init__(self, name: str = "Anna", password: str = "", **options: Any) -> None:
        self.news = News()
        self.printed: list[str] = []
        self.read = 0
        self.over = threading.Event()
        runner = Runner(commit=self.news.tell)
        client = Client(runner, name, secrets.token_hex(16), password=password, clock=HandClock())
        self.player = TextPlayer(client, self.printed.append, finished=self.over.set, **options)

    def connect(self, url: str) -> "Typist":
        self.player.runner.call(self.player.client.connect, url)
        return self

    def types(self, *lines: str) -> "Typist":
        for line in lines:
            self.player.runner.call(self.player.line, line)
        return self

    def reads(self, *words: str) -> str:
        """Wait until a block with all these words is printed, and give it; what stood before it counts as read."""

        def found() -> str:
            for k in range(self.read, len(self.printed)):
                if all(word in self.printed[k] for word in words):
                    self.read = k + 1
                    return self.printed[k] or "(an empty line)"
            return ""

        return self.news.until(found, f"{words}; printed {self.printed[self.read :]}")

    def quits(self) -> int:
        self.types("quit").ends()
        return self.player.status

    def ends(self) -> None:
        assert self.over.wait(PATIENCE)
        assert self.player.done


@contextmanager
def table(game: str, *names: str) -> Iterator[list[Typist]]:
    """Typists at one table; all but the first join by its code."""
    with Place() as place:
        everybody = [Typist(name).connect(place.url) for name in names]
        for typist in everybody:
            typist.reads("Here:", typist.player.client.name)
        everybody[0].types(f"open {game} {len(names)}").reads(f"{len(names) - 1} seat")
        assert everybody[0].player.table is not None
        for typist in everybody[1:]:
            typist.types(f"join {everybody[0].player.table.code.lower()}")
        yield everybody
        for typist in everybody:
            assert typist.quits() == 0


# -- whole matches -----------------------------------------------------------------------------------------------------


def test_a_whole_tic_tac_toe_is_played_by_typing() -> None:
    with table("tic-tac-toe", "Anna", "Bob") as (anna, bob):
        anna.reads("It is your turn: place your mark")
        bob.reads("It is the turn of Anna")
        for k, step in enumerate(("4", "0", "1", "2", "7")):
            typist = (anna, bob)[k % 2]
            if k:
                typist.reads("It is your turn")
            typist.types(step)
        for typist in (anna, bob):
            typist.reads("The match is over: Anna wins, three in a row.", '"again" asks')
        board = next(printed for printed in reversed(anna.printed) if "┌" in printed)
        assert [row for row in board.splitlines() if "X" in row] == ["│ O │(X)│ O │", *["│   │(X)│   │"] * 2]
        anna.types("again")
        bob.reads("Anna wants another match.")
        bob.types("again").reads("It is your turn: place your mark")


def test_a_seat_is_given_after_a_match_by_typing() -> None:
    with Place() as place:
        anna, bob, eve = everybody = [Typist(name).connect(place.url) for name in ("Anna", "Bob", "Eve")]
        anna.types("open tic-tac-toe 2").reads("1 seat")
        assert anna.player.table is not None
        bob.types(f"join {anna.player.table.code}").reads("It is the turn of Anna")
        eve.types(f"watch {anna.player.table.code}").reads("You watch table")
        anna.types("resign")
        eve.reads('"want" tells the players')
        eve.types("want")
        anna.reads('Eve wants to play. "give Eve" gives them your seat.')
        anna.types("give Nobody").reads('Nobody called "Nobody" watches here and wants to play.')
        anna.types("give Eve").reads("Eve sits where Anna sat.")
        eve.reads("Eve sits where Anna sat.")
        eve.types("again")
        bob.reads("Eve wants another match.")
        for typist in everybody:
            assert typist.quits() == 0


def test_chess_from_a_position_is_played_by_typing() -> None:
    with table('chess position="6k1/1P3ppp/p7/3p4/4P3/8/6PP/6K1 w - - 0 1"', "Anna", "Bob") as (anna, bob):
        anna.reads("It is your turn: move a white piece")
        anna.types("rules").reads("Attack the other king", "Castling", "FIDE")
        anna.types("exd5")
        bob.reads("Anna: exd5")
        bob.reads("Anna (white) ♟")
        bob.types("g8 f8")
        anna.reads("It is your turn")
        anna.types("b8=Q")
        bob.reads("black is in check")
        bob.types("a6 a5").reads("Your king is in check.")
        bob.types("Ke7")
        anna.reads("Bob: Ke7")
        anna.types("Qc7+")
        bob.reads("Anna: Qc7+")
    with table("gomoku", "Anna", "Bob") as (anna, _bob):
        anna.types("rules chess").reads("Attack the other king")
        anna.types("rules").reads("five of your stones")
        anna.types("rules bridge").reads("Which game?")


def test_a_step_is_taken_back_by_typing() -> None:
    with table("gomoku", "Anna", "Bob") as (anna, bob):
        anna.reads("It is your turn")
        anna.types("undo").reads("You have made no step")
        anna.types("yes").reads("There is no offer to answer.")
        anna.types("h8")
        bob.reads("It is your turn")
        anna.types("undo").reads('You ask to take back step 1, H8. "no" withdraws it.')
        bob.reads('Anna asks to take back step 1, H8. Type "yes" or "no"; a step says no.')
        bob.types("no")
        anna.reads("Your offer was not agreed on.")
        anna.types("undo").reads("You have offered this already")
        bob.types("i9")
        anna.reads("Bob: I9")
        anna.types("undo").reads("You ask to take back steps 1 and 2, H8 and I9.")
        bob.reads("Anna asks to take back steps 1 and 2")
        bob.types("yes")
        for typist in (anna, bob):
            typist.reads("The table is again as it was before step 1.")
        anna.types("j10")
        bob.reads("Anna: J10")


def test_a_pause_and_a_draw_by_typing() -> None:
    with table("gomoku", "Anna", "Bob") as (anna, bob):
        anna.reads("It is your turn")
        anna.types("pause")
        bob.reads("Anna asks for a pause.")
        bob.types("yes").reads("The match is paused.")
        anna.reads("The match is paused.")
        anna.types("h8").reads("paused")
        bob.types("pause").reads("The match goes on.")
        anna.types("draw")
        bob.reads("Anna offers a draw.")
        bob.types("draw").reads("The match is over: draw, agreed.")


def test_a_clock_is_typed_with_the_wish_and_stands_beside_the_names() -> None:
    with table("gomoku clock=10+5", "Anna", "Bob") as (anna, bob):
        anna.reads("> Anna (black) 10:00", "Bob (white) 10:00")
        anna.types("h8")
        bob.reads("Anna (black) 10:05", "> Bob (white) 10:00")
        anna.types("leave", "open gomoku clock=soon").reads("A clock is typed as")
        bob.reads("The match is over")


def test_a_whole_gomoku_is_played_by_typing() -> None:
    with table("gomoku", "Anna", "Bob") as (anna, bob):
        anna.reads("It is your turn: place a black stone")
        bob.types("h8\n").reads('"h8" cannot be done now. It is not your turn. It is the turn of Anna.')
        for black, white in (("h8", "h9"), ("I8", "i9"), (" j8 ", "j9"), ("step k8", "k9")):
            anna.types(black)
            bob.reads("It is your turn: place a white stone")
            bob.types("h8").reads("H8 is taken. Choose a free crossing.")
            bob.types(white)
            anna.reads("It is your turn")
        anna.types("L8")
        for typist in (anna, bob):
            typist.reads(" 8 · · · · · · ·(● ● ● ● ●)· · ·")
            typist.reads("The match is over: Anna wins, five in a row, H8 to L8.")


def test_battleship_against_a_bot() -> None:
    with Place(bots=True) as place:
        anna = Typist().connect(place.url).types("solo battle", "wait", "moves", "a1", "a1 b2", "A1 A5", "c1 c4")
        anna.reads("You can type: A1 A5")
        anna.reads("A1 goes on with A5, E1.")
        anna.reads("That is no place for the carrier. It takes 5 cells in one row or column.")
        anna.types("e1 e3", "g1 g3", "i1 i2", "wait", "j10").reads("Anna: fires at J10")
        anna.types("wait", "j10").reads("You have already fired there. Choose another cell.")
        anna.types("resign").reads("The match is over: Bot wins, Anna resigned.")
        assert anna.quits() == 0


def test_liars_dice_against_bots_to_the_end() -> None:
    with Place(bots=True) as place:
        anna = Typist(game="liars_dice", seats=3).connect(place.url).types("wait", "liar", "bid 99 3", "bid 1")
        anna.reads("There is no bid to call yet. Bid first.")
        anna.reads("There are only 15 dice on the table. Bid fewer.")
        anna.reads("Please type: bid COUNT FACE.")
        anna.types("bid two 4").reads("How many: please type a number from 1 to 15.")
        anna.types("bid 2 sevens").reads("Of which: please type one of 1, 2, 3, 4, 5, 6.")
        anna.types("bids 2 X Four.").reads("Anna: bids 2 × four")

        def more_than(blocks: int) -> bool:
            return len(anna.printed) > blocks or over()

        def over() -> bool:
            return any("The match is over" in printed for printed in anna.printed)

        while not over():
            seen = len(anna.printed)
            anna.types("wait", "liar", "bid 1 1")
            anna.news.until(partial(more_than, seen + 1))
        assert anna.quits() == 0


# -- lobby, coming and going -------------------------------------------------------------------------------------------


def test_the_lobby_tells_who_is_here_and_what_is_open() -> None:
    with table("gomoku", "Anna", "Bob") as (anna, bob):
        bob.reads("It is the turn of Anna")
        bob.types("lobby").reads("Anna (at table", "Gomoku with Anna, Bob (playing, watch")
        bob.types("pause")
        anna.reads("Bob asks for a pause")
        anna.types("yes").reads("The match is paused")
        anna.types("lobby").reads("Gomoku with Anna, Bob (paused, watch")
        anna.types("pause").reads("The match goes on.")
        bob.types("solo gomoku").reads("You are at table", 'Type "leave" first.')
        bob.types("say hello  there")
        anna.reads("Bob: hello there")
        bob.types("leave").reads("You have left the table.")
        anna.reads("Bob left")
        anna.reads("The match is over: Anna wins, Bob left.")
        bob.types("lobby").reads("Wins: Anna 1")
        bob.types("say bye")
        anna.reads("Bob (lobby): bye")


def test_a_table_that_this_program_cannot_show_is_left_and_the_reason_told() -> None:
    with Place(faulty=True) as place:
        bob = Typist("Bob", shelf={}).connect(place.url)
        bob.reads("Welcome")
        anna = Typist("Anna").connect(place.url)
        anna.types("open gomoku").reads("You sit at table")
        assert anna.player.table is not None
        bob.types(f"join {anna.player.table.code}").reads("your program has no such game. Please use the same version")


def test_quick_match_and_watching() -> None:
    with Place() as place:
        anna, bob, eve = (Typist(name).connect(place.url) for name in ("Anna", "Bob", "Eve"))
        anna.types("quick gomoku size=19").reads('Waiting for Gomoku: 1 of 2 are here. "cancel" stops that.')
        anna.types("cancel").reads("You are no longer waiting.")
        anna.types("cancel").reads("You are not waiting for a game.")
        anna.types("quick gomoku size=19", "wait", "t1", "s19").reads("Waiting for Gomoku")
        bob.types("quick gomoku 2 size=19").reads("It is the turn of Anna")
        anna.reads('"t1" is no step that you can make now')
        anna.reads("Anna: S19")
        assert anna.player.table is not None
        code = anna.player.table.code
        eve.types(f"watch {code}").reads(f"You watch table {code}: Gomoku.", "Anna has a seat.")
        eve.reads("It is the turn of Bob")
        anna.reads("Eve watches.")
        eve.types("moves").reads("There is nothing to do for you now. It is the turn of Bob.")
        eve.types("a1").reads("You are watching; only the players make steps.")
        eve.types("resign").reads("You are watching; there is nothing to give up.")
        eve.types("").reads("You watch table")
        assert [typist.quits() for typist in (eve, anna, bob)] == [0, 0, 0]


def test_a_refused_login_ends_the_program_with_its_reason() -> None:
    with Place(password="open sesame") as place:
        anna = Typist(password="please").connect(place.url).types("lobby")
        anna.ends()
    assert (anna.player.status, anna.printed) == (1, ["That is not the password."])


def test_nobody_at_the_address() -> None:
    anna = Typist().connect("memory://nobody-here")
    anna.ends()
    assert anna.player.status == 1
    assert anna.printed[-1]


def test_the_server_goes_in_the_middle_of_a_match() -> None:
    with Place(bots=True) as place:
        anna = Typist().connect(place.url).types("solo gomoku", "wait", "h8")
        anna.reads("Anna: H8")
        place.do(place.server.stop)
        anna.reads("The host is back soon. Trying to come back...")
        anna.types("a1", "lobby").reads("There is no connection to the table right now.")
        for seconds in range(26):
            anna.player.runner.call(anna.player.task, anna.player.client.clock() + seconds)
        assert [line for line in anna.printed if "No answer" in line] == [
            "No answer for 5 s.",
            "No answer for 10 s.",
            "No answer for 20 s.",
        ]
        assert anna.quits() == 0


def test_another_game_is_proposed_and_agreed_on() -> None:
    with Place() as place:
        anna, bob = Typist().connect(place.url), Typist("Bob").connect(place.url)
        anna.types("open tic").reads("1 seat is free")
        bob.types(f"join {next(iter(place.hall.rooms))}").reads("It is")
        bob.types("resign")
        anna.reads('"other" for another game')
        anna.types("other halma").reads("There is no such game")
        anna.types("other gomoku size=19 clock=5+3").reads("You propose Gomoku (19 x 19")
        bob.reads("Anna proposes Gomoku (19 x 19")
        bob.types("yes").reads("The table plays Gomoku now.")
        anna.reads("The table plays Gomoku now.")
        anna.reads("Type a step")
        assert anna.quits() == bob.quits() == 0


def test_stopping_goes_before_lines_that_wait() -> None:
    with Place() as place:
        anna = Typist().connect(place.url).types("open gomoku", "wait", "h8")
        anna.reads("1 seat is free")
        anna.player.runner.call(anna.player.quit)
        anna.ends()
    assert anna.player.status == 0
    assert anna.printed[-1] == "Goodbye."


# -- typing errors -----------------------------------------------------------------------------------------------------


class Desk:
    """A text player at the table of a game's example, whose connection leads nowhere: what it sends is only counted."""

    def __init__(self, game: str) -> None:
        self.printed: list[str] = []
        self.sent: list[m.Request] = []
        runner = Runner()
        client = Client(runner, "Anna", "k" * 20)
        self.player = TextPlayer(client, self.printed.append, Look())
        client.request = lambda message, then=None: self.sent.append(message) or 0  # type: ignore[method-assign,func-returns-value]
        client.state = "in"
        shelf = GAMES[game]
        match = example_match(shelf)
        self.seat = min(match.turn)
        people = tuple(m.Person(name) for name in ("Anna", "Bob"))
        room = m.Table(
            room="BOLAR", game=game, version=shelf.version, options={}, state="playing", people=people, seat=self.seat
        )
        start = m.Start(room="BOLAR", round=1, n=match.n, view=dump(view(match.info, self.seat)))
        self.player.connection("in", "")
        self.player.filter(client, room)
        self.player.filter(client, start)
        self.player._asked = 0  # the lobby that was asked for is there
        self.printed.clear()
        self.sent.clear()

    def state(self) -> Any:
        table = self.player.table
        assert table is not None
        assert table.info is not None
        return table.n, dump(table.info), table.pending


@pytest.fixture(scope="module", params=GAMES)
def desk(request: pytest.FixtureRequest) -> Desk:
    return Desk(request.param)


TALK = [word for word in COMMANDS if COMMANDS[word].method not in ("quit", "wait")]
PIECES = st.sampled_from(
    [*TALK, "liar", "bid", "fire", "h8", "b3", "J10", "0", "4", "-1", "1e9", "x", "×", "!", "", "²"]
)
LINES = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=5).map(" ".join), st.text("abh 1389\t!.", max_size=9))


@given(line=LINES)
def test_whatever_is_typed_gets_an_answer_and_changes_nothing_unless_it_is_legal(desk: Desk, line: str) -> None:
    if line.strip().casefold() in ("quit", "wait"):
        return
    before = desk.state()
    desk.printed.clear()
    desk.sent.clear()
    desk.player.line(line)
    assert desk.printed or desk.sent
    assert all(text.replace("\n", "").isprintable() for text in desk.printed)
    steps = [message for message in desk.sent if isinstance(message, m.Step)]
    table = desk.player.table
    assert table is not None
    assert table.info is not None
    if steps:
        (step,) = steps
        assert table.info.judge(desk.seat, step.move) is None
        table.withdraw()
    desk.player._asked = 0
    assert desk.state() == before


@pytest.mark.parametrize("line", ["x" * 100_000, "b3 " * 5000, "\x1b[2J", "\x00", "say " + "z" * 9999, "!!!", "²"])
def test_long_and_wild_lines_are_answered_in_short(desk: Desk, line: str) -> None:
    desk.printed.clear()
    desk.player.line(line)
    desk.player._asked = 0
    assert sum(map(len, desk.printed)) < 3000
