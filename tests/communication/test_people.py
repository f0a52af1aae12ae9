"""Names that can be shown, lines that can be said, and whose name it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communication.people import KEY, NAME_LENGTH, TEXT_LENGTH, clean_name, clean_text, folded, free_name, key_hash
from tests.kit import assert_sentence

GOOD_NAMES = {
    "Anna": "Anna",
    "  Anna   Maria ": "Anna Maria",
    "Zoe\u0308": "Zo\u00eb",
    "\u68cb\u738b": "\u68cb\u738b",
    "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645": "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "x" * NAME_LENGTH: "x" * NAME_LENGTH,
    "<b>": "<b>",
    "7": "7",
}
BAD_NAMES = {
    "empty": "",
    "spaces": " \u00a0\u2003 ",
    "too long": "x" * (NAME_LENGTH + 1),
    "10 KB": "x" * 10_240,
    "bell": "An\x07na",
    "line feed": "An\nna",
    "tab": "An\tna",
    "escape": "\x1b[31mAnna",
    "right-to-left override": "Anna\u202egnp",
    "isolate": "\u2067Anna\u2069",
    "left-to-right mark": "Anna\u200e",
    "zero width space": "An\u200bna",
    "byte order mark": "\ufeffAnna",
    "line separator": "An\u2028na",
    "private use": "\ue000",
    "half a letter": "\ud800",
    "not a letter": "\uffff",
    "nothing but joiners": "\u200d\u200c",
    "nothing but a filler": "\u3164",
    "an empty braille cell": "\u2800",
    "nothing but an accent": "\u0301",
}


@pytest.mark.parametrize(("name", "clean"), GOOD_NAMES.items())
def test_a_name_of_any_language_comes_in_normal_form(name: str, clean: str) -> None:
    assert clean_name(name) == clean
    assert clean_name(clean) == clean


@pytest.mark.parametrize("name", BAD_NAMES.values(), ids=BAD_NAMES.keys())
def test_a_name_that_cannot_be_shown_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        clean_name(name)
    assert_sentence(str(refusal.value))


@given(st.text())
def test_whatever_passes_can_be_shown(name: str) -> None:
    try:
        clean = clean_name(name)
    except ValueError:
        return
    assert 0 < len(clean) <= NAME_LENGTH
    assert clean == clean.strip() == unicodedata.normalize("NFC", clean)
    assert not {unicodedata.category(c) for c in clean} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


def test_a_line_is_put_on_one_line_and_what_cannot_be_shown_is_left_out() -> None:
    assert clean_text(" one\ntwo\t three\x07\u202e! ") == "one two three!"
    assert clean_text("\U0001f3b2 \u2764\ufe0f") == "\U0001f3b2 \u2764\ufe0f"


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\u202e", "x" * (TEXT_LENGTH + 1), "x" * 100_000])
def test_a_line_that_says_nothing_or_too_much_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        clean_text(text)
    assert_sentence(str(refusal.value))


def test_a_taken_name_gets_the_first_free_number() -> None:
    assert free_name("Anna", ()) == "Anna"
    assert free_name("Anna", {"anna"}) == "Anna 2"
    assert free_name("ANNA", {"anna", "anna 2", "anna 4"}) == "ANNA 3"


@given(st.text(min_size=1, max_size=NAME_LENGTH), st.integers(1, 120))
def test_a_numbered_name_is_free_and_no_longer_than_a_name_may_be(name: str, people: int) -> None:
    taken: set[str] = set()
    for _ in range(people):
        given_name = free_name(name, taken)
        assert folded(given_name) not in taken
        assert len(given_name) <= NAME_LENGTH
        taken.add(folded(given_name))


def test_names_that_look_the_same_are_the_same() -> None:
    assert folded("ANNA") == folded("anna") == folded("An\u200dna") == folded("\uff21nna")
    assert folded("Anna") != folded("Hanna")


@pytest.mark.parametrize("key", ["", "short", "x" * 15, "x" * 201, "x" * 15 + "\n", "x" * 16 + " ", "\u00e9" * 20])
def test_a_key_has_a_form(key: str) -> None:
    assert not KEY.fullmatch(key)
    assert KEY.fullmatch("aZ09_-" * 3)


def test_a_key_is_kept_only_as_a_hash() -> None:
    assert key_hash("k" * 16) == key_hash("k" * 16) != key_hash("k" * 17)
    assert b"kkkk" not in key_hash("k" * 16)


def test_a_name_that_very_many_have_is_numbered_after_few_tries() -> None:
    class Crowd:
        """Everybody up to a number is called Anna."""

        tries = 0

        def __contains__(self, name: object) -> bool:
            self.tries += 1
            number = str(name).removeprefix("anna").strip()
            return not number or int(number) <= 50_000

    crowd = Crowd()
    free_name("Anna", crowd)
    assert crowd.tries < 1000


def test_a_text_many_times_too_long_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> str:
        raise AssertionError("it was looked at")

    for clean in (clean_name, clean_text):
        with monkeypatch.context() as patch:  # pytest itself needs the real ones
            patch.setattr("communication.people.unicodedata.normalize", never)
            patch.setattr("communication.people.unicodedata.category", never)
            with pytest.raises(ValueError, match="too long"):
                clean("\u0315\u0300" * 10_000)
