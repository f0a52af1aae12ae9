"""Sentences are said in the player's language, and what people say of themselves is left alone."""

import re
from collections.abc import Iterator

import pytest

from house import BOT_NAMES
from tests.work.desktop import hands
from tests.work.desktop.apps import Opened
from work import language
from work.language import (
    FOLDER,
    N_,
    Catalogue,
    Sentence,
    _,
    called,
    entries,
    known,
    ngettext,
    of_system,
    placeholders,
    spoken,
    use,
)  # fmt: skip

PO = """# A head.
msgid ""
msgstr ""
"Language: zh\\n"

#: games/x.py
msgid "carrier"
msgstr "航空母舰"

#: games/x.py
#, python-brace-format
msgid "{called}: the {name} is hit"
msgstr "{called}：击中{name}"

#: games/x.py
msgid "{called}: a miss"
msgstr "{called}：没打中"

#: master/x.py
msgid "{person} left"
msgstr "{person}离开了"

#: work/x.py
msgid "{one} and {other}"
msgstr "{one}和{other}"

#: work/x.py
msgid "{count} table"
msgid_plural "{count} tables"
msgstr[0] "{count} 桌"

#: work/x.py
msgid ""
"A \\"long\\" "
"sentence."
msgstr "“长”句。"
"""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use("en")


@pytest.fixture
def some() -> Catalogue:
    return Catalogue("zh", entries(PO))


def test_a_catalogue_is_read_as_it_is_written(some: Catalogue) -> None:
    assert some.words['A "long" sentence.'] == "“长”句。"
    assert some.words["{count} table"] == "{count} 桌"
    assert [one.places for one in entries(PO) if one.english == "carrier"] == [("games/x.py",)]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("carrier", "航空母舰"),
        ("B7: the carrier is hit", "B7：击中航空母舰"),
        ("B7: a miss", "B7：没打中"),
        ("Anna left", "Anna 离开了"),
        ("carrier left", "carrier 离开了"),  # somebody who calls themselves that
        ("Anna and Mei", "Anna and Mei"),  # a pattern of the client's own, for which nobody asked
        ("something new", "something new"),
        ("", ""),
        ("H8", "H8"),
    ],
)
def test_what_games_and_servers_say_is_translated_as_far_as_it_is_known(some: Catalogue, said: str, heard: str) -> None:
    assert some.spoken(said) == heard
    assert Catalogue("en").spoken(said) == said


@pytest.mark.parametrize("said", ["{", "{name}", "a\nb: a miss", "x" * 100_000, "\ud800 left", "(.+?) left"])
def test_whatever_a_server_sends_is_shown(some: Catalogue, said: str) -> None:
    assert isinstance(some.spoken(said), str)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Anna", "Anna 获胜"),
        ("小雨", "小雨获胜"),
        ("Anna 2", "Anna 2 获胜"),
        ("Zoë", "Zoë 获胜"),
        ("Анна", "Анна 获胜"),
        ("小A", "小A 获胜"),
        ("A小", "A小获胜"),
        ("さくら", "さくら获胜"),
        ("!?", "!?获胜"),
        ("Bot Ada", "机器人 Ada 获胜"),
        ("Bot Ada和Bot Gus", "机器人 Ada和机器人 Gus 获胜"),
        ("", "获胜"),
    ],
)
def test_a_space_parts_names_in_latin_letters_from_chinese_words(name: str, told: str) -> None:
    use("zh")
    assert _("{names} wins").format(names=name) == told


@pytest.mark.parametrize(
    ("sentence", "value", "told"),
    [
        ("第 {} 步", 3, "第 3 步"),
        ("第{}步", 3, "第 3 步"),
        ("和 {} 一起", "小雨", "和小雨一起"),
        ("和 {} 一起", "Mei", "和 Mei 一起"),
        ("{} · 在场", "小雨", "小雨 · 在场"),
        ("“{}”", "Mei", "“Mei”"),
        ("{:.1f}秒", 2.25, "2.2 秒"),
        ("{!r}！", "a", "'a'！"),
        ("没有", "", "没有"),
    ],
)
def test_where_something_is_filled_in_the_space_is_as_it_must_be(sentence: str, value: object, told: str) -> None:
    template = sentence.replace("{", "{value")
    assert Sentence(template).format(value=value) == told


@pytest.mark.parametrize("filled_in", ["Anna", "小雨", "7"])
def test_every_sentence_in_chinese_is_set_as_chinese_is(filled_in: str) -> None:
    """Between Chinese words and Latin letters stands a space, whatever is filled in; code words keep their quotes."""
    touching = re.compile("[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")
    use("zh")
    for entry in entries((FOLDER / "zh.po").read_text(encoding="utf-8")):
        words = _(entry.english)
        if entry.english and not re.search(r"\{\w*[^\w}]", entry.english):
            told = words.format(**dict.fromkeys(placeholders(words), filled_in))
            assert not touching.search(told), told


def test_names_in_a_list_are_parted_in_the_same_way() -> None:
    use("zh")
    assert Sentence("和").join(["Anna", "Bot Gus"]) == "Anna 和机器人 Gus"
    assert _(" and ").join(["小雨", "小雪"]) == "小雨、小雪"
    assert _(" and ").join(name for name in ("Anna",)) == "Anna"
    assert _(", ").join([]) == ""


def test_bots_are_called_in_the_players_language_and_people_as_they_call_themselves() -> None:
    assert called("Bot Ada") == "Bot Ada"
    use("zh")
    assert [called(name) for name in BOT_NAMES[:2]] == ["机器人 Ada", "机器人 Basil"]
    assert called("Bot Ada 2") == "机器人 Ada 2"
    assert [called(name) for name in ("Anna", "Bottom", "Robot Anna", "Bot", "小雨")] == [
        "Anna", "Bottom", "Robot Anna", "Bot", "小雨"
    ]  # fmt: skip
    assert spoken("Bot Ada left") == "机器人 Ada 离开了"


def test_english_reads_no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "FOLDER", FOLDER / "nowhere")
    language._catalogue.cache_clear()
    use("en")
    assert _("Rematch") == "Rematch"
    assert (ngettext("one", "several", 1), ngettext("one", "several", 2)) == ("one", "several")
    assert N_("Rematch") == "Rematch"
    use("tlh")
    assert language.current() == "en"


def test_a_language_holds_from_the_moment_it_is_chosen() -> None:
    use("zh")
    assert language.current() == "zh"
    assert _("Rematch") == "再来一局"
    assert ngettext("{count} table", "{count} tables", 2).format(count=2) == "2 桌"
    assert spoken("It is not your turn.") == "还没轮到你。"
    use("en")
    assert spoken("It is not your turn.") == "It is not your turn."


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANGUAGE": "fr:zh:en", "LANG": "en_US"}, "zh"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "zhuang"}, "en"),
    ],
)
def test_the_first_language_is_the_computers(environ: dict[str, str], code: str) -> None:
    assert of_system((), environ) == code


def test_a_window_system_may_know_better_than_an_empty_environment() -> None:
    assert of_system(["zh"], {}) == "zh"
    assert of_system(["zh"], {"LANG": "C"}) == "zh"
    assert of_system(["zh"], {"LANG": "en_US"}) == "en"


def test_windows_names_languages_in_words() -> None:
    assert known(["Chinese (Simplified)_China"]) == "zh"
    assert known(["", "Klingon"]) == "en"


def test_every_sentence_can_be_filled_in() -> None:
    """A stray brace would be an error only when the sentence is said."""
    for one in entries((FOLDER / "zh.po").read_text(encoding="utf-8")):
        one.words.format(**dict.fromkeys(placeholders(one.english) + placeholders(one.several), "x"))


def test_the_window_changes_its_language_where_it_stands() -> None:
    with Opened() as anna:
        first = anna.first()
        assert first.host.label == "Host a table"
        assert first.globe.label == "中文"
        hands.click(first, first.globe)
        anna.step()
        second = anna.first()
        assert second is not first
        assert (second.host.label, second.globe.label) == ("开桌", "English")
        anna.app.speak("zh", "about")
        assert anna.first().over is not None
        assert second.name.text == "Anna"
        assert anna.app.settings.language == "zh"
        assert anna.app.window.title == "圆桌"
