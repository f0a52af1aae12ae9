"""Sentences are said in the player's language, and what people say of themselves is left alone."""

from collections.abc import Iterator

import pytest

from tests.work.desktop import hands
from tests.work.desktop.apps import Opened
from work import language
from work.language import FOLDER, N_, Catalogue, _, entries, known, ngettext, of_system, placeholders, spoken, use

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
        ("Anna left", "Anna离开了"),
        ("carrier left", "carrier离开了"),  # somebody who calls themselves that
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
