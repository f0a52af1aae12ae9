"""What touches amount to, without a screen."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import pytest

from games.game import Game
from games.game_info import NOT_LISTED, NOT_YOUR_TURN, Chance, GameInfo, Move, NeedsTable, Outcome, Refusal
from games.scene import Scene, Tag, disc, grid
from games.tic_tac_toe import TicTacToe, TicTacToeInfo
from work.desktop.hand import TAKEN, Hand, Sent

REFUSED = Refusal("no", "No.")


@dataclass
class WordsInfo(GameInfo):
    """Three letters; some words of them are moves, of which one begins another."""

    listed: tuple[Move, ...] | None = (("a", "b"), ("a", "b", "c"), ("c", "a"))
    knows: bool = True

    def turn(self) -> Collection[int]:
        return (0,)

    def moves(self, seat: int) -> Iterable[Move] | None:
        return self.listed

    def judge(self, seat: int, move: Move) -> Refusal | None:
        if not self.knows:
            raise NeedsTable("asked of a copy")
        return None if move in (*(self.listed or ()), "b") else REFUSED

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        raise NotImplementedError

    def outcome(self) -> Outcome | None:
        return None


class Words(Game[WordsInfo]):
    name, title, seats, info = "words", "Words", range(1, 2), WordsInfo

    def scene(self, info: WordsInfo, seat: int | None) -> Scene:
        return Scene(w=3, h=1, items=(grid((0.5, 0.5), 3, 1, tag=(("a", "b", "c"),)),))


class Backwards(Words):
    """Reads its touches in a way of its own: from the last to the first."""

    def read(self, info: WordsInfo, seat: int, touches: Sequence[Tag]) -> Move | None:
        word = tuple(reversed(touches))
        return word if word in (info.listed or ()) else None


def hand(game: Game[WordsInfo], info: WordsInfo) -> Hand:
    return Hand(game, info, 0, game.scene(info, 0), may_touch=True)


def test_a_move_that_could_go_on_waits_and_is_sent_by_its_last_place_again() -> None:
    one = hand(Words(), WordsInfo())
    assert one.touch("a") is None
    assert one.next == {"b"}
    assert one.touch("b") is None
    assert one.next == {"c"}
    assert one.touch("b") == Sent(("a", "b"))
    assert one.touches == ()


def test_a_longer_move_is_sent_when_it_is_whole() -> None:
    one = hand(Words(), WordsInfo())
    assert [one.touch(tag) for tag in "abc"] == [None, None, Sent(("a", "b", "c"))]


def test_a_touch_that_fits_nothing_begins_anew_there() -> None:
    one = hand(Words(), WordsInfo())
    one.touch("a")
    assert one.may("c")
    assert one.touch("c") is None
    assert one.touches == ("c",)
    assert one.touch("b") == REFUSED
    assert one.touches == ()


def test_a_place_where_something_lies_is_taken_where_one_puts_things_on_free_places() -> None:
    game, info = TicTacToe(), TicTacToeInfo(["X", "O", *[""] * 7])
    assert Hand(game, info, 0, game.scene(info, 0), may_touch=True).touch(1) == TAKEN
    assert Hand(game, info, 1, game.scene(info, 1), may_touch=True).touch(1) == NOT_YOUR_TURN


def test_a_thing_that_cannot_be_taken_away_is_not_called_a_taken_place() -> None:
    class Takes(Words):
        def scene(self, info: WordsInfo, seat: int | None) -> Scene:
            return Scene(w=3, h=1, items=tuple(disc((k, 0), tag=tag) for k, tag in enumerate("abc")))

    class TakesInfo(WordsInfo):
        judge = GameInfo.judge

    game, info = Takes(), TakesInfo(listed=("a",))
    assert Hand(game, info, 0, game.scene(info, 0), may_touch=True).touch("b") == NOT_LISTED


def test_where_nothing_is_listed_each_touch_is_asked_of_the_judge() -> None:
    one = hand(Words(), WordsInfo(listed=None))
    assert [one.may(tag) for tag in "abc"] == [False, True, False]
    assert one.touch("a") == REFUSED
    assert one.touch("b") == Sent("b")


def test_what_only_the_room_knows_is_sent_there() -> None:
    one = hand(Words(), WordsInfo(listed=None, knows=False))
    assert one.touch("a") == Sent("a")


def test_a_game_may_read_touches_in_its_own_way() -> None:
    one = hand(Backwards(), WordsInfo())
    assert one.touch("b") is None
    assert one.touches == ("b",)
    assert one.touch("a") == Sent(("a", "b"))


@pytest.mark.parametrize(("seat", "may_touch"), [(None, True), (0, False)])
def test_who_only_looks_may_nothing(seat: int | None, may_touch: bool) -> None:
    game, info = TicTacToe(), TicTacToeInfo()
    one = Hand(game, info, seat, game.scene(info, seat), may_touch)
    assert not one.may(4)
    assert one.touch(4) is None
    assert one.whole(4) is None


def test_who_is_not_in_turn_is_told_so() -> None:
    game, info = TicTacToe(), TicTacToeInfo()
    told = Hand(game, info, 1, game.scene(info, 1), may_touch=True).touch(4)
    assert isinstance(told, Refusal)
    assert told.code == "not_your_turn"
