"""What can be typed as a step or as a wish, and what is said of who comes and goes."""

from typing import Any

import pytest

from communication import messages as m
from games import GAMES
from games.example import example_match
from games.game_info import Chance, view
from games.match import Match
from tests.games.test_options import Lined
from work.language import use
from work.terminal.steps import Steps, Unclear
from work.terminal.talk import WORD, games, sitting, wish

# -- steps -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GAMES)
def test_every_legal_step_can_be_typed_as_it_is_listed(name: str) -> None:
    game = GAMES[name]
    match = example_match(game)
    seat = min(match.turn)
    steps = Steps(game, view(match.info, seat), seat)
    forms = list(steps.forms())
    assert len(forms) > 1
    for form in forms:
        assert steps.read(form.best) == form.move
        assert steps.read(f"  {form.best.upper()} ") == form.move
        assert steps.read(" ".join(map(str, flat(form.move)))) == form.move
    assert steps.example() in [form.best for form in forms]


def test_where_places_have_no_labels_a_step_is_listed_as_the_game_writes_it() -> None:
    game = GAMES["xiangqi"]
    match = Match(game, 2, game.chosen({}))
    match.begin(Chance.none())
    try:
        for language, best in (("en", "C2=5"), ("zh", "炮二平五")):
            use(language)
            steps = Steps(game, match.info, 0)
            assert best in [form.best for form in steps.forms()]
            for typed in (best, "c2=5", "h2 e2", "h2e2"):
                assert steps.read(typed) == ("h2", "e2")
    finally:
        use("en")
    chess = GAMES["chess"]
    match = example_match(chess)
    steps = Steps(chess, match.info, min(match.turn))
    assert all(" " in form.best for form in steps.forms())


def test_cards_are_typed_in_any_order_one_by_one_or_with_the_button() -> None:
    game = GAMES["dou_dizhu"]
    match = Match(game, 3, game.chosen({"deal": "BR34567TTJJQQKKAA/33344455566677788/889999TTJJQQKKAA2/222"}))
    match.begin(Chance.none())
    match.play(0, "bid 3", Chance.none())
    steps = Steps(game, view(match.info, 0), 0)
    for typed in ("34567", "7 6 5 4 3", "play 3 4 5 6 7", "Play s3 4 5 6 7"):
        assert steps.read(typed) == "34567"
    assert steps.read("10 10") == "TT"
    assert steps.read("r b") == "BR"
    assert steps.read("play 10 J") == "TJ", "legal or not, it is clear what is meant"
    for typed, missing in (("play 8", "8"), ("play a a a", "a")):
        with pytest.raises(Unclear, match=f'no "{missing}" for you'):
            steps.read(typed)
    assert "One of the better ones is" in steps.listing()


def flat(move: Any) -> list[Any]:
    return [part for sub in move for part in flat(sub)] if isinstance(move, tuple) else [move]


def test_case_counts_where_nothing_else_tells_two_steps_apart() -> None:
    game = GAMES["chess"]
    match = Match(game, 2, game.chosen({"position": "4k3/8/8/8/8/2p5/1P1B4/4K3 w - - 0 1"}))
    match.begin(Chance.none())
    steps = Steps(game, match.info, 0)
    assert steps.read("bxc3") == ("b2", "c3")
    assert steps.read("Bxc3") == ("d2", "c3")
    assert steps.read("b2c3") == steps.read("B2 C3") == ("b2", "c3")
    assert steps.read("kf2") == ("e1", "f2")
    with pytest.raises(Unclear, match="could be b2 c3, d2 c3"):
        steps.read("BXC3")


def test_beginnings_are_enough_where_they_are_clear() -> None:
    game = GAMES["liars_dice"]
    match = example_match(game)
    steps = Steps(game, view(match.info, min(match.turn)), min(match.turn))
    assert steps.read("li") == "liar"
    assert steps.read("bids 5 × two") == ("bid", 5, 2)
    with pytest.raises(Unclear, match=r"could be bid 3 5, bid 3 6\. Please say which\."):
        steps.read("bids 3")
    with pytest.raises(Unclear, match="Please type: bid COUNT FACE"):
        steps.read("bid 3")


# -- wishes and sentences ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("gomoku", ("gomoku", 2, {}, False)),
        ("GO", ("gomoku", 2, {}, False)),
        ("liar's dice 4 private", ("liars_dice", 4, {}, True)),
        ("liars_dice", ("liars_dice", 2, {}, False)),
        ("tic tac toe", ("tic_tac_toe", 2, {}, False)),
        ("gomoku size=19 five=Exactly", ("gomoku", 2, {"size": 19, "five": "exactly"}, False)),
    ],
)
def test_wishes(typed: str, wanted: Any) -> None:
    wished = wish(GAMES, typed)
    assert (wished.game.name, wished.seats, wished.options, wished.private) == wanted


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Which game?"),
        ("bridge", "There is no such game"),
        ("gomoku 3", "Gomoku is for 2 players, not for 3."),
        ("gomoku size=7", "Board: please choose one of 15, 19."),
        ("gomoku colour=red", "Gomoku has these options: size=15"),
        ("tic private loud", "Tic-tac-toe has no options."),
        ("²", "There is no such game"),
    ],
)
def test_wishes_that_cannot_be_fulfilled(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match="^" + says.replace("?", r"\?").replace(".", r"\.")):
        wish(GAMES, typed)


def test_a_text_in_quotes_is_an_option() -> None:
    shelf = {"lined": Lined()}
    assert wish(shelf, 'tic start="XO......."').options == {"start": "XO......."}
    assert WORD.findall('a b="c d" "e f"g') == ["a", 'b="c d"', '"e f"g']
    with pytest.raises(ValueError, match=r"^The start has to be nine of X, O and dots\.$"):
        wish(shelf, 'tic start="X O"')
    with pytest.raises(ValueError, match=r'start="\.\.\.", of=wood, of=glass\.'):
        wish(shelf, "tic begin=X")
    assert '    Start: start="..." (nine of X, O and .)' in list(games(shelf))


def test_who_comes_and_goes_is_told() -> None:
    anna, bob, bot = m.Person("Anna"), m.Person("Bob"), m.Person("Cleo", bot=True)

    def at(*people: m.Person | None, **more: Any) -> m.Table:
        state = more.pop("state", "playing")
        return m.Table(room="BOLAR", game="gomoku", version=1, options={}, state=state, people=people, seat=0, **more)

    def told(before: m.Table | None, now: m.Table) -> list[str]:
        return list(sitting(before, now, GAMES["gomoku"]))

    alone = at(anna, None, state="waiting")
    assert told(None, alone) == [
        "You sit at table BOLAR: Gomoku.",
        "Anna has a seat.",
        '1 seat is free. Others come in with "join BOLAR".',
    ]
    assert told(alone, at(anna, bot)) == ["Cleo (a bot) has a seat."]
    assert told(at(anna, bob), at(anna, bob)) == []
    assert told(at(anna, bob), at(anna, m.Person("Bob", away=True))) == [
        "Bob has lost the connection; the seat is kept."
    ]
    gone = at(anna, m.Person("Bob", away=True), state="over")
    assert told(at(anna, bob, state="over"), gone) == ["Bob has lost the connection."]
    assert told(at(anna, m.Person("Bob", away=True)), at(anna, bob)) == ["Bob is back."]
    assert told(at(anna, bob), at(anna, None)) == ["Bob has left the table."]
    assert told(at(anna, bob), at(bob, anna)) == ["Bob sits where Anna sat.", "Anna sits where Bob sat."]
    assert told(at(anna, bob), at(anna, bob, again=(1,), watchers=("Eve",))) == [
        "Eve watches.",
        "Bob wants another match.",
    ]
    troubled = at(anna, bob, trouble="The disk is full.")
    assert told(at(anna, bob), troubled) == ["The disk is full. The table waits."]
    assert told(troubled, troubled) == []
    assert told(troubled, at(anna, bob)) == ["The host is well again; go on."]
