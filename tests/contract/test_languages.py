"""Every catalogue has everything that is said, by the client, by servers, and by games in the middle of a match."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from games import GAMES
from games.game import Game, TextOption
from games.game_info import copy, view
from games.scene import Scene
from tests.contract.playouts import VARIANTS, Variant, cached
from tools import languages
from work.language import FOLDER, LANGUAGES, Catalogue, entries

CODES = sorted(LANGUAGES.keys() - {"en"})
LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]*[a-z][A-Za-z]+(?![A-Za-z0-9])")
"""A word; "dxe4" is none."""
NAMES = {"Milton", "Bradley", "Dudo", "dice", "com"}
"""Latin words that stand in Chinese sentences too."""
LOOKS = 12
"""States of a match that are looked at."""


def texts(code: str) -> str:
    return (FOLDER / f"{code}.po").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def chinese() -> Catalogue:
    return Catalogue("zh", entries(texts("zh")))


@pytest.mark.parametrize("code", CODES)
def test_no_translation_is_a_guess(code: str) -> None:
    assert not [message.id for message in read(code) if message.fuzzy and message.id]
    assert not read(code).obsolete


@pytest.mark.parametrize("code", CODES)
def test_the_client_reads_what_every_other_program_reads(code: str) -> None:
    ours = {(one.english, one.several, one.words) for one in entries(texts(code)) if one.english}
    assert ours == {
        (m.id[0], m.id[1], m.string[0]) if isinstance(m.id, tuple) else (m.id, "", m.string) for m in read(code) if m.id
    }


@pytest.mark.parametrize("code", CODES)
def test_updating_what_is_up_to_date_changes_nothing(code: str) -> None:
    assert languages.updated(texts(code)) == texts(code), "run `python -m tools.languages`"


def test_what_is_new_is_asked_for_and_what_is_gone_leaves() -> None:
    old = texts("zh") + '\nmsgid "Nobody says this."\nmsgstr "没人说"\n'
    known = old.replace('msgid "Rematch"', 'msgid "Rematch of old"')
    assert '"Nobody says this."' not in languages.updated(old)
    assert languages.missing(languages.updated(known)) == ["Rematch"]


@pytest.mark.parametrize(
    ("english", "words", "fits"),
    [
        ("{name} left", "{name}离开了", True),
        ("{name} left", "离开了", False),
        ("left", "{name}", False),
        ("left", "", False),
    ],
)
def test_what_is_filled_in_must_be_the_same_in_both(english: str, words: str, fits: bool) -> None:
    po = f'msgid "{english}"\nmsgstr "{words}"\n'
    assert languages.missing(po) == ([] if fits else [english])


def test_what_two_games_say_alike_means_the_same(chinese: Catalogue) -> None:
    """Where it does not, one of them has to say it in whole sentences: those are found before anything filled in."""
    alike: dict[str, set[str]] = {}
    for pattern, words in chinese.patterns:
        shape = re.sub(r"\(\?P<\w+>", "(", pattern.pattern)
        alike.setdefault(shape, set()).add(re.sub(r"\{\w+\}", "{}", words))
    assert not {shape: words for shape, words in alike.items() if len(words) > 1}


@pytest.mark.parametrize("words", ["您好", "好...", "好……", "好, 再来", "输入 “yes”", "“yes” 或"])
def test_chinese_has_a_style(words: str) -> None:
    po = f'msgid "x"\nmsgstr "{words}"\n'
    assert (languages.missing(po, "zh"), languages.missing(po)) == (["x"], [])


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Spider", "爬虫"),
        ("a.example: 3 of 7 pages", "a.example：7 页中已完成 3 页"),
        ("3 of 7 pages, 1 could not be had", "7 页中已完成 3 页，1 页无法取得"),
        ("21 pages are done", "已完成 21 页"),
        ("17984 primes", "17984 个质数"),
        ("3 of 40", "3/40"),
        ("This address was not given to you, or no longer.", "这个地址没有交给你，或已被收回。"),
    ],
)
def test_what_works_say_is_known_in_chinese(chinese: Catalogue, said: str, heard: str) -> None:
    assert chinese.spoken(said) == heard


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_whatever_a_match_shows_is_known_in_chinese(variant: Variant, chinese: Catalogue) -> None:
    said = {text: chinese.spoken(text) for text in shown(variant)}
    unknown = [f"{text!r}: {words}" for text, words in said.items() if set(LATIN.findall(words)) - NAMES]
    assert not unknown, (
        "tools/told.py does not find where these come from (or they are not in work/languages/zh.po yet):\n  "
        + "\n  ".join(sorted(unknown)[:40])
    )


@pytest.mark.parametrize("name", GAMES)
def test_rules_and_help_can_be_read_in_chinese(name: str, chinese: Catalogue) -> None:
    assert not {GAMES[name].rules, *GAMES[name].help} - chinese.words.keys()


def shown(variant: Variant) -> Iterator[str]:
    """All that people read of a game and of one random match of it."""
    yield from about(variant.game)
    play = cached(variant, 0)
    for _, info in play.some(LOOKS):
        for viewer in play.viewers:
            yield from on(play.game.scene(view(info, viewer), viewer))
        if end := info.outcome():
            yield end.why
    for before, step, _ in play.steps():
        if step.seat is not None:
            yield play.game.words_in("zh", before, step.seat, step.move)
            yield play.game.moment(copy(before), step.seat, step.move)


def about(game: Game[object]) -> Iterator[str]:  # type: ignore[type-var]
    """What people read of a game before a match."""
    yield from (game.title, game.summary, game.weighs, *game.sides)
    for option in game.options.values():
        yield option.label
        yield from (option.hint, option.says) if isinstance(option, TextOption) else option.choices.values()


def on(scene: Scene) -> Iterator[str]:
    """The words of a scene."""
    yield from (scene.say, *scene.names.values())
    yield from (text for item in scene.items for text in (item.s, item.tip))
    for control in scene.controls:
        yield from (control.label, *(words for _, words in control.options))


def read(code: str):  # type: ignore[no-untyped-def]
    """The catalogue as Babel reads it."""
    return read_po(BytesIO(texts(code).encode()))
