"""Editing one line of text: what keys do to letters, caret and selection. Knows nothing of windows."""

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = ("Cc", "Cf", "Cs", "Co")
_VARIANTS = "\ufe0e\ufe0f"  # "as text", "as a picture": after emoji


def clean(text: str) -> str:
    """The text as one line, without what cannot be drawn or would turn the writing round."""
    spaced = re.sub(r"\s", " ", unicodedata.normalize("NFC", text))  # a letter and its accent become one
    return "".join(
        letter for letter in spaced if unicodedata.category(letter) not in _INVISIBLE and letter not in _VARIANTS
    )


@dataclass
class Line:
    """A line of at most `most` characters with a caret; what is selected lies between `anchor` and `caret`."""

    text: str = ""
    caret: int = 0
    anchor: int = 0
    most: int = 200

    @property
    def selection(self) -> tuple[int, int]:
        """First and last place of what is selected."""
        return min(self.caret, self.anchor), max(self.caret, self.anchor)

    @property
    def selected(self) -> str:
        """What is selected."""
        first, last = self.selection
        return self.text[first:last]

    def set(self, text: str) -> None:
        """Replace everything; the caret goes to the end."""
        self.text = clean(text)[: self.most]
        self.caret = self.anchor = len(self.text)

    def select_all(self) -> None:
        """Select everything."""
        self.anchor, self.caret = 0, len(self.text)

    def move_to(self, place: int, select: bool = False) -> None:
        """Put the caret at a place; `select` keeps the other end of the selection where it is."""
        self.caret = max(0, min(len(self.text), place))
        if not select:
            self.anchor = self.caret

    def move(self, step: int, by_word: bool = False, select: bool = False) -> None:
        """Move the caret one place or word left (-1) or right (1); without `select` a selection is left at its end."""
        first, last = self.selection
        if first != last and not select and not by_word:
            self.move_to(first if step < 0 else last)
        else:
            self.move_to(self._word(step) if by_word else self.caret + step, select)

    def insert(self, text: str) -> None:
        """Put text in place of the selection, as much of it as there is room for."""
        first, last = self.selection
        new = clean(text)[: self.most - (len(self.text) - (last - first))]
        self.text = self.text[:first] + new + self.text[last:]
        self.move_to(first + len(new))

    def delete(self, step: int, by_word: bool = False) -> None:
        """Take out the selection, else the letter or word before (-1) or after (1) the caret."""
        if self.caret == self.anchor:
            self.move(step, by_word, select=True)
        self.insert("")

    def word_at(self, place: int) -> tuple[int, int]:
        """The word round a place, as its first and last place."""
        first = last = max(0, min(len(self.text), place))
        while first > 0 and not self.text[first - 1].isspace():
            first -= 1
        while last < len(self.text) and not self.text[last].isspace():
            last += 1
        return first, last

    def _word(self, step: int) -> int:
        place = self.caret
        beside = place - 1 if step < 0 else place
        for space in (True, False):  # first over the spaces, then over the word
            while 0 <= beside < len(self.text) and self.text[beside].isspace() == space:
                beside += step
        return beside + 1 if step < 0 else beside
