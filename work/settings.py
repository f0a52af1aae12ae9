"""What a client keeps between two evenings: the name, the keys, and how the window was."""

import getpass
import secrets
from pathlib import Path

import msgspec
import platformdirs

from communication.people import NAME_LENGTH

HOSTS_KEPT = 6
"""Addresses of hosts that are remembered."""


class Settings(msgspec.Struct):
    """Everything kept, with what holds before anything was. `keys` has one for each name played under."""

    name: str = ""
    language: str = ""
    """The code of the language that was chosen; "" is the computer's own."""
    keys: dict[str, str] = {}
    theme: str = "light"
    size: tuple[int, int] = (1280, 800)
    sound: bool = True
    motion: bool = True
    hosts: list[str] = []

    def key(self, name: str) -> str:
        """The key of this name, made when it is first asked for."""
        return self.keys.setdefault(name, secrets.token_hex(16))

    def remember(self, url: str) -> None:
        """Keep the address of a host, the newest first."""
        self.hosts = [url, *(other for other in self.hosts if other != url)][:HOSTS_KEPT]


class Store:
    """The file that the settings are in; None as folder keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder and folder / "client.json"

    @classmethod
    def at(cls, given: str) -> "Store":
        """The store in this folder, made if need be; "" is the platform's own, ":memory:" none. OSError: unwritable."""
        if given == ":memory:":
            return cls(None)
        folder = Path(given) if given else Path(platformdirs.user_config_dir("roundtable", appauthor=False))
        folder.mkdir(parents=True, exist_ok=True)
        store = cls(folder)
        store.save(store.load())
        return store

    def load(self) -> Settings:
        """What was kept; where nothing was or it cannot be read, the beginning, with the computer's user as name."""
        try:
            settings = msgspec.json.decode(self._path.read_bytes(), type=Settings) if self._path else Settings()
        except (OSError, msgspec.MsgspecError):
            settings = Settings()
        settings.name = settings.name or _user()
        return settings

    def save(self, settings: Settings) -> None:
        """Keep the settings; the file is replaced whole, so that it is never half written."""
        if self._path is not None:
            draft = self._path.with_suffix(".new")
            draft.write_bytes(msgspec.json.format(msgspec.json.encode(settings)))
            draft.replace(self._path)


def _user() -> str:
    try:
        return getpass.getuser()[:NAME_LENGTH].strip().capitalize() or "Player"
    except (OSError, KeyError, ImportError):  # no user name to be had, for instance in a container
        return "Player"
