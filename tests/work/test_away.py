"""Who is away, in words: in a form, in the terminal, above the table and beside it."""

import pytest

from communication import messages as m
from communication.away import RULES, read
from games import GAMES
from tests.kit import GOMOKU
from work import away
from work.desktop.table_words import options_words, seat_facts, turn_words
from work.table import Table
from work.terminal.talk import sitting, wish

GAME = GAMES[GOMOKU]


def about(rule: str, *absent: m.Absence, gone: bool = True) -> m.Table:
    return m.Table(
        room="KITEL",
        game=GOMOKU,
        version=GAME.version,
        options=GAME.chosen({}),
        state="playing",
        people=(m.Person("Anna"), m.Person("Mei", away=gone)),
        seat=0,
        away=read(rule),
        absent=absent,
    )


def table(rule: str, absence: m.Absence) -> Table:
    """Mei is away in her turn."""
    there = Table("KITEL", GAME, about(rule, absence), about_at=100.0)
    there.start(m.Start(room="KITEL", round=1, n=1, steps=(m.Played(0, None, ["start"]), m.Played(1, 0, [7, 7]))))
    return there


@pytest.mark.parametrize(
    ("rule", "absence", "says", "row"),
    [
        ("forfeit:60", {"left": 45.3, "counts": True}, "40 s until the match is forfeited", "away for 1:10"),
        ("bot", {"left": 6.0, "counts": True}, "1 s until a bot plays for them", "away for 1:10"),
        ("bot", {"bot": "Bot Ada"}, "a bot plays until they are back", "away, a bot plays"),
        ("pause", {}, "away for 1:10", "away for 1:10"),
    ],
)
def test_the_others_see_what_is_done_and_the_seconds_go_on(
    rule: str, absence: dict[str, object], says: str, row: str
) -> None:
    there = table(rule, m.Absence(seat=1, gone=64.4, **absence))  # type: ignore[arg-type]
    assert there.shown is not None
    words = turn_words(there, GAME.scene(there.shown, 0), 105.7)
    assert (words.lead, words.text, words.seat) == ("Mei is away", says, 2)
    assert [facts.status for facts in seat_facts(there, 105.7)][1] == row
    assert options_words(there).endswith(away.detail(read(rule)))


def test_where_leavers_are_replaced_a_bot_takes_the_seat() -> None:
    one = m.Absence(seat=1, gone=1.0, left=30.0, counts=True)
    assert away.done(one, about("forfeit", one), replaces=True) == "30 s until a bot takes the seat"


def test_the_terminal_says_it_when_it_begins_and_not_again() -> None:
    one = m.Absence(seat=1, gone=0.0, left=60.0, counts=True)
    lines = list(sitting(about("forfeit", gone=False), about("forfeit", one), GAME))
    assert lines == [
        "Mei has lost the connection; the seat is kept.",
        "Mei is away: 60 s until the match is forfeited.",
    ]
    assert list(sitting(about("forfeit", one), about("forfeit", one), GAME)) == []
    bot = m.Absence(seat=1, gone=5.0, bot="Bot Ada")
    assert list(sitting(about("bot", one), about("bot", bot), GAME)) == [
        "Mei is away: a bot plays until they are back."
    ]
    assert "When somebody is away: lose in 60 s." in list(sitting(None, about("forfeit"), GAME))


def test_a_rule_is_typed_with_the_game() -> None:
    assert wish(GAMES, "gomoku away=bot:9").away == m.Away(rule="bot", seconds=9)
    assert wish(GAMES, "gomoku").away is None
    with pytest.raises(ValueError, match="The rule for who is away is"):
        wish(GAMES, "gomoku away=never")


def test_every_rule_has_words_and_is_on_offer() -> None:
    assert [rule.rule for rule in away.CHOICES] == list(away.RULES) == list(RULES)
    assert len({away.words(rule) for rule in away.CHOICES}) == len(RULES)
