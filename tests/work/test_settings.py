"""What a client keeps between two evenings."""

import json
import os
from pathlib import Path

import msgspec
import pytest

from communication.people import KEY, clean_name
from work.settings import FORM, LOOKS, Known, Settings, Store


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    store = Store.at(str(tmp_path / "new" / "folder"))
    settings = store.load()
    settings.name, settings.theme, settings.size, settings.place = "Anna", "dark", (900, 700), (-5, 40)
    settings.hosts = [Known("ws://x:1", "Mei's laptop", 1.5e9)]
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


BROKEN = ["", "nonsense", "[]", "\x00\x01", "[" * 9999]


@pytest.mark.parametrize("text", BROKEN)
def test_a_file_that_cannot_be_read_is_set_aside_with_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "client.json").write_text(text)
    store = Store.at(str(tmp_path))
    settings = store.load()
    assert (settings.theme, settings.volume, settings.keys) == ("light", Settings().volume, {})
    assert store.trouble == (
        "Your settings cannot be read, so they begin anew. The old ones are kept as client-broken.json."
    )
    assert (tmp_path / "client-broken.json").read_text() == text
    assert json.loads((tmp_path / "client.json").read_text())["theme"] == "light"
    assert Store.at(str(tmp_path)).trouble == ""


def test_a_file_of_a_newer_program_is_set_aside_but_one_stays_who_one_is(tmp_path: Path) -> None:
    newer = {"form": FORM + 1, "name": "Anna", "keys": {"Anna": "k" * 32}, "theme": {"like": "the sea"}}
    (tmp_path / "client.json").write_text(json.dumps(newer))
    store = Store.at(str(tmp_path))
    assert "newer Roundtable" in store.trouble
    assert (store.load().name, store.load().key("Anna"), store.load().theme) == ("Anna", "k" * 32, "light")
    assert json.loads((tmp_path / "client-newer.json").read_text()) == newer


SENSELESS = [
    ("size", '"large"'), ("keys", "5"), ("volume", "101"), ("form", "0.5"), ("motion", "true"), ("board", '"gold"'),
    ("show_places", "1"), ("coordinates", '"yes"'), ("sound", "null"), ("theme", '"pink"'), ("high_contrast", "[]"),
    ("text_size", '"huge"'), ("scale", "3"), ("language", '"tlh"'), ("place", "[1]"), ("full_screen", "{}"),
    ("hosts", '[{"url": "nowhere"}]'), ("hosts", '[{"url": "ws://x:99999999"}]'),
    ("hosts", '[{"url": "ws://x:1", "when": 1e300}]'), ("name", "7"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), SENSELESS)
def test_a_setting_that_makes_no_sense_is_as_it_came_and_the_others_stay(
    tmp_path: Path, field: str, value: str
) -> None:
    good = {"name": "Anna", "keys": {"Anna": "key"}, "volume": 5, "theme": "dark", "hosts": [{"url": "ws://x:1"}]}
    good.pop(field, None)
    text = json.dumps(good)[:-1] + f', "{field}": {value}}}'
    (tmp_path / "client.json").write_text(text)
    store = Store.at(str(tmp_path))
    settings, new = store.load(), Settings()
    assert store.trouble == (
        f"Some settings in the file make no sense, so they are as they came: {field}. "
        "The old ones are kept as client-broken.json."
    )
    assert (tmp_path / "client-broken.json").read_text() == text
    if field != "name":
        assert getattr(settings, field) == getattr(new, field)
    for name, kept in good.items():
        assert msgspec.to_builtins(getattr(settings, name)) == kept or name == "hosts"
    assert Store.at(str(tmp_path)).trouble == ""


def test_every_look_comes_back_as_it_was_at_first() -> None:
    assert set(LOOKS) <= {field.name for field in msgspec.structs.fields(Settings)}
    settings = Settings(board="oak", show_places=False, coordinates=False, motion="off", sound=False, scale="2")
    settings.look_as_at_first()
    assert settings == Settings()


def test_a_host_is_remembered_once_the_newest_first() -> None:
    settings = Settings()
    for number in range(9):
        settings.remember(Known(f"ws://10.0.0.{number}:8765", "", number))
    settings.remember(Known("ws://10.0.0.5:8765", "Mei", 99))
    assert [host.when for host in settings.hosts] == [99, 8, 7, 6, 4, 3]


def test_back_to_how_it_came_keeps_who_one_is() -> None:
    settings = Settings(name="Anna", theme="dark", volume=5, text_size="large", size=(900, 700), language="zh")
    settings.look_as_at_first()
    assert settings == Settings(name="Anna", size=(900, 700), language="zh")


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


def test_who_has_no_folder_that_can_be_written_plays_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("platformdirs.user_config_dir", lambda *_, **__: str(tmp_path / "file" / "below"))
    store = Store.at("")
    assert (store.folder, store.trouble) == (None, "Your settings cannot be kept.")
    store.save(Settings(name="Anna"))
    assert store.trouble


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.at(str(tmp_path))
    before = (tmp_path / "client.json").read_bytes()

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "write_bytes", full)
    store.save(Settings(name="Ben"))
    assert (tmp_path / "client.json").read_bytes() == before
    assert store.trouble == "Your settings cannot be kept."
