"""Editing a line does the same as a plain model of letters with marks for caret and selection."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from work.desktop.editing import Line

MOST = 12


@dataclass
class Plain:
    """The plainest way: text before, within and after the selection; `back` says that the caret is at its left."""

    before: str = ""
    within: str = ""
    after: str = ""
    back: bool = False

    def insert(self, text: str) -> None:
        room = MOST - len(self.before) - len(self.after)
        self.before, self.within, self.back = self.before + text[:room], "", False

    def left(self, select: bool) -> None:
        if select:
            self._shift(-1)
        elif self.within:
            self.after, self.within = self.within + self.after, ""
        elif self.before:
            self.before, self.after = self.before[:-1], self.before[-1] + self.after

    def right(self, select: bool) -> None:
        if select:
            self._shift(1)
        elif self.within:
            self.before, self.within = self.before + self.within, ""
        elif self.after:
            self.before, self.after = self.before + self.after[0], self.after[1:]

    def backspace(self) -> None:
        if self.within:
            self.within = ""
        else:
            self.before = self.before[:-1]

    def delete(self) -> None:
        if self.within:
            self.within = ""
        else:
            self.after = self.after[1:]

    def _shift(self, step: int) -> None:
        text = self.before + self.within + self.after
        first, last = len(self.before), len(self.before) + len(self.within)
        caret, anchor = (first, last) if self.back and self.within else (last, first)
        caret = max(0, min(len(text), caret + step))
        first, last, self.back = min(caret, anchor), max(caret, anchor), caret < anchor
        self.before, self.within, self.after = text[:first], text[first:last], text[last:]


actions = st.one_of(
    st.tuples(st.just("insert"), st.text("ab 小", max_size=4)),
    st.tuples(st.sampled_from(["left", "right"]), st.booleans()),
    st.tuples(st.sampled_from(["backspace", "delete"])),
)


@given(st.lists(actions, max_size=40))
def test_keys_do_what_a_plain_model_does(todo: list[tuple[object, ...]]) -> None:
    line, plain = Line(most=MOST), Plain()
    for name, *rest in todo:
        getattr(plain, str(name))(*rest)
        if name == "insert":
            line.insert(str(rest[0]))
        elif name in ("left", "right"):
            line.move(-1 if name == "left" else 1, select=bool(rest[0]))
        else:
            line.delete(-1 if name == "backspace" else 1)
        assert line.text == plain.before + plain.within + plain.after
        assert line.selected == plain.within
        assert line.selection == (len(plain.before), len(plain.before) + len(plain.within))
        assert len(line.text) <= MOST


@given(st.text(max_size=30), st.integers(-5, 40), st.sampled_from([-1, 1]))
def test_words_end_where_spaces_are(text: str, place: int, step: int) -> None:
    line = Line()
    line.set(text)
    line.move_to(place)
    before = line.caret
    line.move(step, by_word=True)
    assert (line.caret - before) * step >= 0
    passed = line.text[min(before, line.caret) : max(before, line.caret)].strip()
    assert len(passed.split()) <= 1


def test_word_by_word() -> None:
    line = Line()
    line.set("my good  friend")
    stops = []
    for _ in range(4):
        line.move(-1, by_word=True)
        stops.append(line.caret)
    assert stops == [9, 3, 0, 0]
    line.move(1, by_word=True, select=True)
    assert line.selected == "my"
    line.delete(1, by_word=True)
    assert line.text == " good  friend"


def test_a_selection_is_replaced_and_the_line_stays_within_its_length() -> None:
    line = Line(most=5)
    line.set("abcdefgh")
    assert line.text == "abcde"
    line.select_all()
    line.insert("xy\nz\u202e!")
    assert line.text == "xy z!"
    line.insert("more")
    assert line.text == "xy z!"


@pytest.mark.parametrize(("place", "word"), [(0, "two"), (3, "two"), (4, "words"), (99, "words"), (-3, "two")])
def test_the_word_round_a_place(place: int, word: str) -> None:
    line = Line()
    line.set("two words")
    first, last = line.word_at(place)
    assert line.text[first:last] == word
