"""What every game on the shelf declares, and that none escapes its contract, its tests and its golden transcripts."""

import importlib
import random
import re
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from games import GAMES
from games.example import example_match
from games.game import LONGEST_TEXT, Game, Option, TextOption
from games.game_info import Chance, GameInfo, dump, load
from games.match import Match
from tests.contract.playouts import VARIANTS, variants
from tests.games import mistakes
from tools import golden

TESTS = Path(__file__).parents[1] / "games"


@pytest.fixture(params=list(GAMES))
def game(request: pytest.FixtureRequest) -> Game[Any]:
    return GAMES[request.param]


def test_it_is_named(game: Game[Any]) -> None:
    assert re.fullmatch("[a-z]+(_[a-z0-9]+)*", game.name)
    assert GAMES[game.name] is game
    assert game.title[0].isupper()
    assert type(game.version) is int
    assert game.version >= 1
    assert re.fullmatch(r"[A-Z].{10,110}\.", game.summary)
    assert len(game.rules) > 20
    assert all(re.fullmatch(r"[A-Z].*\.", paragraph) for paragraph in game.help)
    assert sum(map(len, game.help)) < 2000, "it has to fit on a screen"


def test_it_has_seats(game: Game[Any]) -> None:
    assert game.seats.step == 1
    assert 1 <= game.seats[0] <= game.seats[-1] <= 10
    assert not game.sides or len(game.sides) == game.seats[-1]
    assert str(game.seats[-1]) in game.seating()


def test_its_info_is_data_that_begins_empty(game: Game[Any]) -> None:
    assert issubclass(game.info, GameInfo)
    assert "__dataclass_fields__" in vars(game.info)
    info = game.info()
    assert load(game.info, msgspec.json.decode(msgspec.json.encode(dump(info)))) == info


def test_its_options_have_words(game: Game[Any]) -> None:
    for name, option in game.options.items():
        assert re.fullmatch("[a-z]+(_[a-z]+)*", name)
        assert option.label[0].isupper()
        assert len(option.values) >= 2
        words = [option.words(value) for value in option.values]
        if isinstance(option, Option):
            assert all(words)
            assert len(set(words)) == len(words)
        else:
            assert words == ["", *(option.says for _ in option.examples)]
            assert option.hint
            assert 0 < option.most <= LONGEST_TEXT
        for value in option.values:
            assert type(value) in (str, int, bool)
            assert game.chosen({name: value})[name] is value
            assert type(option.read(str(value))) is type(value)


def test_its_options_have_defaults_and_nothing_else_is_taken(game: Game[Any]) -> None:
    assert game.chosen({}) == {name: option.default for name, option in game.options.items()}
    with pytest.raises(ValueError, match="no option 'nonsense'"):
        game.chosen({"nonsense": 1})
    for name, option in game.options.items():
        wrongs: list[Any] = [None, -1, 1.5, float("nan"), [], {}, ()]
        if isinstance(option, Option):
            wrongs += ["nonsense", *(float(value) for value in option.choices if type(value) is int)]
        else:
            wrongs += ["x" * (option.most + 1), "two\nlines", "\0"]
        for wrong in wrongs:
            with pytest.raises(ValueError, match=re.escape(option.label)):
                game.chosen({name: wrong})


TEXTS = [
    (game, name, option)
    for game in GAMES.values()
    for name, option in game.options.items()
    if isinstance(option, TextOption)
]


@pytest.mark.parametrize(("game", "name", "option"), TEXTS)
@given(data=st.data())
def test_whatever_is_written_is_refused_in_a_sentence_or_can_be_set_up(
    data: st.DataObject, game: Game[Any], name: str, option: TextOption
) -> None:
    letters = st.sampled_from(sorted(set("".join(option.examples)) | set("aZ0 -/é♞")))
    text = data.draw(st.text(max_size=option.most) | st.text(letters, max_size=option.most) | edited(option))
    options = {**game.chosen({}), name: text}
    if option.refusal(text):
        return
    try:
        game.check(options)
    except ValueError as error:
        said = str(error)
    else:
        said = "It was set up."
        Match(game, game.seats[0], options).begin(Chance(random.Random(1).randrange))
    assert re.fullmatch(r"[A-Z].*\.", said)


@st.composite
def edited(draw: st.DrawFn, option: TextOption) -> str:
    """One of the examples with a few of its characters replaced, doubled or left out."""
    text = draw(st.sampled_from([*option.examples]))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(["", text[:2], *text])) + text[at + draw(st.integers(0, 2)) :]
    return text[: option.most]


def test_its_example_is_legal_and_shows_something(game: Game[Any]) -> None:
    match = example_match(game)
    assert match.n == len(game.example) if game.example else match.n > 0
    again = example_match(game)
    assert again.info == match.info
    assert game.scene(match.info, None).items


# -- nobody escapes ----------------------------------------------------------------------------------------------------


def test_all_seats_and_options_are_played(game: Game[Any]) -> None:
    played = variants(game)
    assert {variant.seats for variant in played} == set(game.seats)
    for name, option in game.options.items():
        assert {variant.options[name] for variant in played} == set(option.values)
    assert all(variant in VARIANTS for variant in played)


def test_it_has_golden_transcripts_of_every_variant(game: Game[Any]) -> None:
    missing = [path.name for path in golden.files(game) if not path.is_file()]
    assert not missing, "python -m tools.golden writes them"


def test_no_golden_transcript_is_left_over() -> None:
    assert set(golden.FOLDER.iterdir()) == {path for game in GAMES.values() for path in golden.files(game)}


@pytest.mark.parametrize("path", sorted(golden.FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_golden_transcript_is_still_true(path: Path) -> None:
    variant, _ = next(files[path] for files in map(golden.files, GAMES.values()) if path in files)
    told = path.read_text("utf-8").splitlines()
    assert list(golden.transcript(variant, golden.recorded(path))) == told
    assert msgspec.json.decode(told[-1])["outcome"] is not None


def test_it_has_tests_of_its_own_and_seeded_mistakes(game: Game[Any]) -> None:
    assert (TESTS / f"test_{game.name}.py").is_file()
    module = importlib.import_module(f"tests.games.test_{game.name}")
    assert len(mistakes.checks(module)) >= 5
    seeded = module.MISTAKES
    assert len({mistake.name for mistake in seeded}) >= mistakes.FEWEST
    assert all(of_this(mistake.target, game) for mistake in seeded)


def of_this(target: Any, game: Game[Any]) -> bool:
    """Whether a mistake is made in the file of the game, or in its folder."""
    home, module = type(game).__module__, getattr(target, "__module__", getattr(target, "__name__", ""))
    folder = sys.modules[home].__package__
    return module == home or (folder != "games" and module.startswith(f"{folder}."))
