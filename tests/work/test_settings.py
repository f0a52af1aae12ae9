"""What a client keeps between two evenings."""

import json
import os
from pathlib import Path

import pytest

from communication.people import KEY, clean_name
from work.settings import Settings, Store


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    store = Store.at(str(tmp_path / "new" / "folder"))
    settings = store.load()
    settings.name, settings.theme, settings.size, settings.hosts = "Anna", "dark", (900, 700), ["ws://x:1"]
    key = settings.key("Anna")
    store.save(settings)
    again = Store.at(str(tmp_path / "new" / "folder")).load()
    assert again == settings
    assert again.key("Anna") == key


def test_every_name_has_a_key_of_its_own_in_the_form_the_server_wants() -> None:
    settings = Settings()
    keys = [settings.key("Anna"), settings.key("Ben"), settings.key("Anna")]
    assert keys[0] == keys[2] != keys[1]
    assert all(KEY.fullmatch(key) for key in keys)


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"size": "large"}', '{"keys": 5}', "\x00\x01"])
def test_a_file_that_cannot_be_read_is_as_if_there_were_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "client.json").write_text(text)
    settings = Store.at(str(tmp_path)).load()
    assert (settings.size, settings.keys) == (Settings().size, {})
    assert json.loads((tmp_path / "client.json").read_text())["theme"] == "light"


def test_somebody_who_never_said_a_name_has_one_that_the_server_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    for user in ("anna", "x" * 50, "DOMAIN user", ""):
        monkeypatch.setattr("getpass.getuser", lambda user=user: user)
        name = Store(None).load().name
        assert clean_name(name) == name

    def nobody() -> str:
        raise OSError("no user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert Store(None).load().name == "Player"


def test_without_a_folder_nothing_is_kept() -> None:
    store = Store.at(":memory:")
    settings = store.load()
    settings.theme = "dark"
    store.save(settings)
    assert store.load().theme == "light"


def test_a_folder_that_cannot_be_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match=r"."):
        Store.at(str(tmp_path / "file"))
    with pytest.raises(OSError, match=r"."):
        Store.at(str(tmp_path / "file" / "below"))


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.at(str(tmp_path))
    before = (tmp_path / "client.json").read_bytes()

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match=r"."):
        store.save(Settings(name="Ben"))
    assert (tmp_path / "client.json").read_bytes() == before
