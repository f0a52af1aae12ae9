"""The language that a player reads: English sentences are the keys, a catalogue has their words in another language.

Our own sentences are looked up by `_` and `ngettext` at the moment they are shown, and filled in after that. Games and
servers say everything in plain English; `spoken` translates that, also where something was filled in already. What
people call themselves, and what they say, is never given to any of these.

Chinese sets a space between its own words and Latin letters or figures. Within a sentence of the catalogue translators
write it; where something is filled in, `Sentence` does, for only then is it known what stands there.

Catalogues are gettext's `.po` files in `languages`, kept up to date by `python -m tools.languages`.
"""

import json
import locale
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from string import Formatter

LANGUAGES = {"en": "English", "zh": "中文"}
"""Every language by its code, as those who speak it call it."""
FOLDER = Path(__file__).parent / "languages"
OURS = ("work/", "main_client.py", "working.py")
"""Where sentences stand that are looked up by `_`."""
THEIRS = ("games/", "master/", "communication/", "work/labour.py", "work/primes.py", "work/spider/")
"""Where games, works and servers say something in plain English: `spoken` fits the patterns from there."""
PEOPLE = ("person", "people")
"""Ends of the names of placeholders that stand for what people call themselves: `spoken` leaves them alone."""

_STRING = r'((?:"(?:[^"\\\n]|\\.)*"\s*)+)'
_ENTRY = re.compile(rf"((?:^#.*\n)*)^msgid {_STRING}(?:^msgid_plural {_STRING})?^msgstr(?:\[0\])? {_STRING}", re.M)
_WORD = re.compile("[A-Za-z]{2}")
_CAPITALS = re.compile("[A-Z0-9]+")
_BOT = re.compile(r"(?<![A-Za-z])Bot ([A-Z][a-z]+)(?![A-Za-z])")
"""The name that a house gives a bot."""


class Sentence(str):
    """A sentence in Chinese. What is filled in is parted by a space from Chinese words where it is Latin letters."""

    def format(self, *values: object, **named: object) -> str:
        """The sentence with these values; bots are called by their Chinese name."""
        told, parts = "", Formatter()
        for before, name, spec, conversion in parts.parse(self):
            told = _joined(told, before)
            if name is not None:
                value = parts.convert_field(parts.get_field(name, values, named)[0], conversion)
                told = _joined(told, called(parts.format_field(value, spec or "")))
        return told

    def join(self, names: Iterable[str]) -> str:
        """These names in a list, with this between them."""
        told = ""
        for n, name in enumerate(names):
            told = _joined(_joined(told, self) if n else told, called(name))
        return told


def _joined(left: str, right: str) -> str:
    """Two pieces of a sentence side by side, with the space that belongs between them."""
    if not left or not right:
        return left + right
    sides = left[-1], right[0]
    if any(map(_is_chinese, sides)) and any(map(_is_latin, sides)):
        return f"{left} {right}"
    if left[-1:] == " " and _is_chinese(left[-2:-1]) and _is_chinese(right[0]):
        return left[:-1] + right
    if right[:1] == " " and _is_chinese(right[1:2]) and _is_chinese(left[-1]):
        return left + right[1:]
    return left + right


def _is_chinese(letter: str) -> bool:
    return letter.isalnum() and unicodedata.east_asian_width(letter) in "WF"


def _is_latin(letter: str) -> bool:
    return letter.isalnum() and not _is_chinese(letter)


@dataclass(frozen=True)
class Entry:
    """A sentence of a catalogue: English (for several things too, where that differs), its words, where it stands."""

    english: str
    several: str
    words: str
    comments: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The files that say it."""
        return tuple(line[3:] for line in self.comments if line.startswith("#: "))


def entries(text: str) -> Iterator[Entry]:
    """The entries of a `.po` file; the first, with the empty sentence, is the file's head."""
    for comments, english, several, words in _ENTRY.findall(text):
        yield Entry(_unquoted(english), _unquoted(several), _unquoted(words), tuple(comments.splitlines()))


def placeholders(sentence: str) -> list[str]:
    """The names in braces that are filled in."""
    return [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]


class Catalogue:
    """Everything that is said, in one language; without entries it says everything in English."""

    def __init__(self, code: str, said: Iterable[Entry] = ()) -> None:
        self.code = code
        self._entries = [entry for entry in said if entry.english and entry.words]
        self._sentence: Callable[[str], str] = Sentence if code == "zh" else str
        self.words: Mapping[str, str] = {entry.english: self._sentence(entry.words) for entry in self._entries}
        self.spoken = lru_cache(maxsize=8192)(self._spoken) if self.words else str

    @cached_property
    def patterns(self) -> list[tuple[re.Pattern[str], str]]:
        """Sentences of games and servers with something filled in, and their words; the most exact come first."""
        filled_in = [
            entry for entry in self._entries if placeholders(entry.english) and any(map(_is_theirs, entry.places))
        ]
        filled_in.sort(key=lambda entry: -sum(len(literal) for literal, *_ in Formatter().parse(entry.english)))
        return [(_pattern(entry.english), self._sentence(entry.words)) for entry in filled_in]

    def _spoken(self, sentence: str) -> str:
        if sentence in self.words:
            return self.words[sentence]
        if not _WORD.search(sentence) or _CAPITALS.fullmatch(sentence):
            return sentence
        for pattern, words in self.patterns:
            if fits := pattern.fullmatch(sentence):
                return words.format(**{name: self._filled(name, text) for name, text in fits.groupdict().items()})
        return sentence

    def _filled(self, name: str, text: str) -> str:
        return text if name.endswith(PEOPLE) else self.spoken(text)


_now = Catalogue("en")


def use(code: str) -> None:
    """Say everything in this language from now on; what nobody knows is English."""
    global _now
    _now = _catalogue(code if code in LANGUAGES else "en")


def current() -> str:
    """The code of the language that everything is said in."""
    return _now.code


def _(sentence: str) -> str:
    """A sentence of our own in the player's language, not yet filled in."""
    return _now.words.get(sentence, sentence)


def ngettext(one: str, several: str, count: int) -> str:
    """The same for one thing and for several."""
    return _now.words.get(one) or (one if count == 1 else several)


def N_(sentence: str) -> str:  # the name that gettext's tools know
    """Mark a sentence in a table for the catalogue; it is looked up when it is shown."""
    return sentence


def spoken(sentence: str) -> str:
    """What a game or a server has said, in the player's language; as it was where the catalogue does not know it."""
    return _now.spoken(sentence)


def called(name: str) -> str:
    """How somebody is called, in the player's language: people as they call themselves, bots of a house translated."""
    return _BOT.sub(lambda fits: _("Bot {name}").format(name=fits[1]), name) if current() != "en" else name


def together(*sentences: str) -> str:
    """Several sentences, one after the other; Chinese leaves no space between them."""
    return ("" if current() == "zh" else " ").join(filter(None, sentences))


def of_system(preferred: Iterable[str] = (), environ: Mapping[str, str] = os.environ) -> str:
    """The code of the language that this computer speaks, as far as we know it too.

    What the environment names comes first, then `preferred` (what a window system tells), then the locale.
    """
    named = next((environ[name] for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return known([*named.split(":"), *preferred, locale.getlocale()[0] or ""])


def known(names: Iterable[str]) -> str:
    """The first of these that we speak, by names such as "zh_CN.UTF-8" or "Chinese (Simplified)"; else English."""
    codes = {"chinese": "zh", "zh": "zh", "en": "en", "english": "en"}
    firsts = (re.split(r"[^a-z]", name.lower())[0] for name in names)
    return next((codes[first] for first in firsts if first in codes), "en")


@lru_cache
def _catalogue(code: str) -> Catalogue:
    file = FOLDER / f"{code}.po"
    return Catalogue(code, entries(file.read_text(encoding="utf-8")) if code != "en" else ())


def _unquoted(strings: str) -> str:
    return "".join(json.loads(line) for line in strings.splitlines() if line)


def _is_theirs(place: str) -> bool:
    return place.startswith(THEIRS)


def _pattern(english: str) -> re.Pattern[str]:
    seen: set[str] = set()
    parts = []
    for literal, name, _, _ in Formatter().parse(english):
        parts.append(re.escape(literal))
        if name is not None:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)
