"""What a client keeps between two evenings: the name, the keys, how everything looks and sounds, and the hosts."""

import getpass
import secrets
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import platformdirs
from msgspec import Meta

from communication.link import parse
from communication.people import NAME_LENGTH
from work.language import LANGUAGES, N_, _, together

FORM = 2
"""Form of the file; a file of a higher one was written by a newer program."""
HOSTS_KEPT = 6
"""Hosts that are remembered."""
UNREADABLE = N_("Your settings cannot be read, so they begin anew.")
UNWRITABLE = N_("Your settings cannot be kept.")
NEWER = N_("Your settings come from a newer Roundtable, so they begin anew.")
MENDED = N_("Some settings in the file make no sense, so they are as they came: {settings}.")
LATEST = 2**32
"""Seconds since 1970 after which no evening has been, in the year 2106: calendars end there on some systems."""
LOOKS = (
    "theme", "high_contrast", "text_size", "scale", "motion", "board", "show_places", "coordinates", "sound", "volume",
)  # fmt: skip
"""Settings that say how everything looks and sounds."""


class Known(msgspec.Struct, frozen=True):
    """A host where one has been: its address, its name, and when one was there last (seconds since 1970).

    ValueError where the address is none.
    """

    url: str
    name: str = ""
    when: Annotated[float, Meta(ge=0, le=LATEST)] = 0

    def __post_init__(self) -> None:
        parse(self.url)


class Settings(msgspec.Struct):
    """Everything kept, with what holds before anything was. `keys` has one for each name played under.

    `language` is "" for the system's. `scale` is "auto" or a number: how many of the screen's points make one of ours.
    `size` is the window's, (0, 0) where none was open yet; `place` is where its upper left corner was on the desktop,
    None where that is left to the system.
    """

    form: int = FORM
    name: str = ""
    language: Annotated[str, Meta(pattern=f"^(|{'|'.join(LANGUAGES)})$")] = ""
    """The code of the language that was chosen; "" is the computer's own."""
    keys: dict[str, str] = {}
    theme: Literal["light", "dark", "system"] = "light"
    high_contrast: bool = False
    text_size: Literal["small", "normal", "large"] = "normal"
    scale: Literal["auto", "1", "1.25", "1.5", "2"] = "auto"
    motion: Literal["full", "short", "off"] = "full"
    board: Literal["beech", "oak", "walnut", "green"] = "beech"
    """What boards are made of."""
    show_places: bool = True
    """Whether it is shown where one may step."""
    coordinates: bool = True
    """Whether boards have their letters and numbers."""
    sound: bool = True
    volume: Annotated[int, Meta(ge=0, le=100)] = 70
    full_screen: bool = False
    size: tuple[int, int] = (1280, 800)
    place: tuple[int, int] | None = None
    hosts: list[Known] = []

    def key(self, name: str) -> str:
        """The key of this name, made when it is first asked for."""
        return self.keys.setdefault(name, secrets.token_hex(16))

    def remember(self, host: Known) -> None:
        """Keep a host, the newest first."""
        self.hosts = [host, *(other for other in self.hosts if other.url != host.url)][:HOSTS_KEPT]

    def look_as_at_first(self) -> None:
        """Let everything look and sound as it did at first; name, keys, language, hosts and the window stay."""
        new = Settings()
        for field in LOOKS:
            setattr(self, field, getattr(new, field))


class Store:
    """The file that the settings are in; None as folder keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._why = self._kept = ""
        self._senseless: list[str] = []
        self._path = folder and folder / "client.json"

    @classmethod
    def at(cls, given: str) -> "Store":
        """The store in this folder, made if need be; ":memory:" keeps nothing. OSError: the folder cannot be written.

        "" is the platform's own folder; where that cannot be written, nothing is kept, and `trouble` says so: who
        double-clicked the program would see no error, and can play all the same.
        """
        if given == ":memory:":
            return cls(None)
        folder = Path(given) if given else Path(platformdirs.user_config_dir("roundtable", appauthor=False))
        store = cls(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            store._write(store.load())
        except OSError:
            if given:
                raise
            store = cls(None)
            store._why = UNWRITABLE
        return store

    @property
    def matches(self) -> Path | None:
        """The folder for matches that the player saves; None where nothing is kept."""
        return self.folder and self.folder / "matches"

    @property
    def trouble(self) -> str:
        """Why settings are not as they were, in words; "" where they are, or where somebody has been told."""
        if not self._why:
            return ""
        why = _(self._why).format(settings=_(", ").join(self._senseless))
        kept = _("The old ones are kept as {file}.").format(file=self._kept) if self._kept else ""
        return together(why, kept)

    def told(self) -> None:
        """Somebody knows of the trouble now."""
        self._why = ""

    def load(self) -> Settings:
        """What was kept; where nothing was, the beginning, with the computer's user as name.

        A file that cannot be used, because it is broken or of a newer program, is set aside under another name.
        """
        try:
            settings = self._settings(self._path.read_bytes()) if self._path else Settings(size=(0, 0))
        except FileNotFoundError:
            settings = Settings(size=(0, 0))
        except OSError:
            self._why = UNREADABLE
            settings = Settings(size=(0, 0))
        settings.name = settings.name or _user()
        return settings

    def save(self, settings: Settings) -> None:
        """Keep the settings; where that cannot be just now, what was kept stays, and `trouble` says so.

        That may be a disk that is full, or on Windows a virus scanner that reads the file at that moment.
        """
        try:
            self._write(settings)
        except OSError:
            self._why = UNWRITABLE

    def _write(self, settings: Settings) -> None:
        """Replace the file whole, so that it is never half written. OSError: it cannot be."""
        if self._path is not None:
            draft = self._path.with_suffix(".new")
            draft.write_bytes(msgspec.json.format(msgspec.json.encode(settings)))
            draft.replace(self._path)

    def _settings(self, data: bytes) -> Settings:
        try:
            raw = msgspec.json.decode(data, type=dict[str, Any])
        except (msgspec.MsgspecError, RecursionError):
            self._set_aside("client-broken.json", UNREADABLE)
            return Settings()
        settings, senseless = _understood(raw)
        if settings.form > FORM:
            self._set_aside("client-newer.json", NEWER)
            return Settings(name=settings.name, keys=settings.keys)
        if senseless:
            self._senseless = senseless
            self._set_aside("client-broken.json", MENDED)
        return settings

    def _set_aside(self, name: str, why: str) -> None:
        self._why = why
        if self._path is not None:
            try:
                self._path.replace(self._path.with_name(name))
                self._kept = name
            except OSError:
                pass  # then saving says what is wrong with this folder


def _understood(raw: dict[str, Any]) -> tuple[Settings, list[str]]:
    """The settings of a file, and the names of those that make no sense: they are as in the beginning."""
    sense: dict[str, Any] = {}
    senseless = []
    for field in msgspec.structs.fields(Settings):
        if field.name in raw:
            try:
                sense[field.name] = msgspec.convert(raw[field.name], field.type)
            except msgspec.ValidationError:
                senseless.append(field.name)
    return Settings(**sense), senseless


def _user() -> str:
    try:
        return getpass.getuser()[:NAME_LENGTH].strip().capitalize() or "Player"
    except (OSError, KeyError, ImportError):  # no user name to be had, for instance in a container
        return "Player"
