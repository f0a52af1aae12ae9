"""Every sound is short, ends softly, and is never played twice at once."""

import array

import pygame
import pytest

from games import GAMES
from work.desktop.sounds import RATE, SOUNDS, Sounds, samples

pytestmark = pytest.mark.usefixtures("screen")


@pytest.mark.parametrize("name", SOUNDS)
def test_sounds_are_short_audible_and_end_without_a_click(name: str) -> None:
    wave = array.array("h", samples(SOUNDS[name]()))
    assert 0.02 <= len(wave) / RATE <= 0.72
    assert 1500 < max(abs(value) for value in wave) <= 32_000
    assert abs(wave[-1]) < 200


def test_equal_sounds_keep_apart_and_different_ones_do_not_wait() -> None:
    now = [10.0]
    sounds = Sounds(clock=lambda: now[0])
    sounds.open()
    assert sounds.play("step")
    now[0] += 0.05
    assert not sounds.play("step")
    assert sounds.play("chat")
    now[0] += 0.05
    assert sounds.play("step")
    sounds.on = False
    assert not sounds.play("win")


def test_without_a_device_all_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_device(*_: object) -> None:
        raise pygame.error("no audio device")

    monkeypatch.setattr(pygame.mixer, "init", no_device)
    sounds = Sounds()
    sounds.open()
    assert not sounds.play("step")


def test_an_unknown_sound_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        Sounds().play("trumpet")


def test_every_game_says_what_its_steps_sound_like() -> None:
    for game in GAMES.values():
        for move in ("liar", "pass", "bid 1", ["bid", 2, 3], (7, 7), None):
            assert game.sound(move) in SOUNDS
    assert GAMES["liars_dice"].sound("liar") == "dice"
    assert GAMES["liars_dice"].sound(("bid", 2, 3)) == "step"
    assert GAMES["dou_dizhu"].sound("34567") == "card"
    assert GAMES["dou_dizhu"].sound("pass") == GAMES["gomoku"].sound((7, 7)) == "step"
