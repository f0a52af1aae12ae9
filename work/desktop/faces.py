"""Which file has which letter: the project's own face first, then the faces of the player's system."""

import itertools
import unicodedata
from pathlib import Path

import pygame

FACE = Path(__file__).parent / "assets" / "fonts" / "roundtable.ttf"
SYSTEM_FACES = (
    "notosans", "notosanscjksc", "notosanscjkjp", "dejavusans", "segoeui", "segoeuisymbol", "segoeuiemoji",
    "segoeuihistoric", "microsoftyahei", "malgungothic", "yugothic", "nirmalaui", "leelawadeeui", "gadugi", "ebrima",
    "arialunicodems", "pingfang", "hiraginosansgb", "stheitilight", "applesdgothicneo", "applesymbols", "geezapro",
    "arialhb", "kohinoor", "thonburi", "lucidagrande", "arialunicode", "wenquanyimicrohei", "wenquanyizenhei",
    "droidsansfallback", "freesans", "unifont", "symbola",
)  # fmt: skip
"""Where letters that the own face lacks are looked for, in this order; what a system lacks is skipped. Windows and
Linux name faces, macOS their files."""

UNKNOWN = "□"
_NO_CHARACTER = "\uffff"
_KNOWN_MOST = 20_000


class Faces:
    """Finds faces for letters and remembers what it found; it lives no longer than pygame's fonts do."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._opened: dict[str, tuple[pygame.Font, bytes] | None] = {}
        self._system: list[str] | None = None

    def runs(self, text: str) -> list[tuple[str, str]]:
        """The text in runs of one face each: (file of the face, letters).

        Marks and spaces stay with the letter before them, where its face has them: words of one script are one run.
        """
        letters: list[tuple[str, str]] = []
        for letter in text:
            face = self.of(letter)
            if letters and unicodedata.category(letter)[0] in "MZ" and self._has(letters[-1][0], letter):
                face = letters[-1][0]
            letters.append((face, letter) if face else (str(FACE), UNKNOWN))
        for place in range(len(letters) - 1, -1, -1):  # a run that ends with a space would have it at its other end
            if letters[place][1] == " " and (place + 1 == len(letters) or letters[place + 1][0] != letters[place][0]):
                letters[place] = (str(FACE), " ")
        groups = itertools.groupby(letters, lambda it: it[0])
        return [(face, "".join(letter for _, letter in group)) for face, group in groups]

    def of(self, letter: str) -> str:
        """The file of the first face that has this character, "" if none has it."""
        if letter not in self._known:
            if len(self._known) >= _KNOWN_MOST:
                self._known.clear()
            own = str(FACE)
            others = () if self._has(own, letter) else self._system_files()
            self._known[letter] = next((file for file in others if self._has(file, letter)), "" if others else own)
        return self._known[letter]

    def _has(self, file: str, letter: str) -> bool:
        # pygame does not tell what a face lacks, it draws a sign for that: so each letter is compared with the sign.
        if file not in self._opened:
            self._opened[file] = _open(file)
        opened = self._opened[file]
        return opened is not None and _picture(opened[0], letter) != opened[1]

    def _system_files(self) -> list[str]:
        if self._system is None:
            found = (pygame.font.match_font(name) for name in SYSTEM_FACES)
            self._system = list(dict.fromkeys(file for file in found if file))
        return self._system


def right_to_left(run: str) -> bool:
    """Whether a run is written from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in run)


def is_arabic(run: str) -> bool:
    """Whether a run's letters are joined as Arabic ones are."""
    return any(unicodedata.bidirectional(letter) == "AL" for letter in run)


def _open(file: str) -> tuple[pygame.Font, bytes] | None:
    try:
        font = pygame.Font(file, 16)
    except (pygame.error, OSError):  # a picture face without this size, a broken file
        return None
    return font, _picture(font, _NO_CHARACTER)


def _picture(font: pygame.Font, letter: str) -> bytes:
    surface = font.render(letter, True, "#FFFFFF")
    return bytes(surface.get_size()) + pygame.image.tobytes(surface, "RGBA")
