"""Short sounds made of sums when they are first needed: no files, and silence where there is no audio device."""

import array
import itertools
import math
import random
import time
from collections.abc import Callable, Sequence

import pygame

RATE = 22_050
APART = 0.08  # seconds between two equal sounds, so that a quick series does not rattle
Wave = list[float]


def _note(pitch: float, seconds: float, volume: float = 0.5) -> Wave:
    """A soft bell: the pitch and its octave, fading away."""
    count = int(RATE * seconds)
    step = 2 * math.pi * pitch / RATE
    fade = 5 / count
    rise = RATE // 200
    return [
        volume * min(1, i / rise) * math.exp(-i * fade) * (0.8 * math.sin(i * step) + 0.2 * math.sin(2 * i * step))
        for i in range(count)
    ]


def _knock(pitch: float, seconds: float, noise: float, volume: float = 0.6) -> Wave:
    """Something hard that is put down: a low tone and noise, both gone at once."""
    rng = random.Random(round(pitch))
    count = int(RATE * seconds)
    step = 2 * math.pi * pitch / RATE
    return [
        volume * math.exp(-9 * i / count) * ((1 - noise) * math.sin(i * step) + noise * rng.uniform(-1, 1))
        for i in range(count)
    ]


def _in_turn(*parts: Wave, every: float) -> Wave:
    """Waves that begin one after the other, `every` seconds apart, and may overlap."""
    apart = int(RATE * every)
    out = [0.0] * max(number * apart + len(part) for number, part in enumerate(parts))
    for number, part in enumerate(parts):
        for i, value in enumerate(part, number * apart):
            out[i] += value
    return out


def _notes(*pitches: float, every: float, last: float, volume: float = 0.4) -> Wave:
    """A few notes after each other; the last one sounds for `last` seconds."""
    short = [_note(pitch, every * 1.5, volume) for pitch in pitches[:-1]]
    return _in_turn(*short, _note(pitches[-1], last, volume), every=every)


SOUNDS: dict[str, Callable[[], Wave]] = {
    "step": lambda: _knock(420, 0.06, 0.35),
    "card": lambda: _knock(900, 0.05, 0.95, 0.35),
    "dice": lambda: _in_turn(*(_knock(p, 0.05, 0.5) for p in (500, 610, 450, 560, 400)), every=0.1),
    "your_turn": lambda: _notes(523, 659, every=0.09, last=0.13),
    "refused": lambda: _knock(120, 0.09, 0.15),
    "offer": lambda: _note(659, 0.3, 0.4),
    "answer": lambda: _note(1319, 0.3, 0.3),
    "chat": lambda: _knock(1200, 0.03, 0.3, 0.25),
    "join": lambda: _notes(440, 554, every=0.1, last=0.16, volume=0.3),
    "lost": lambda: _notes(392, 294, every=0.16, last=0.3),
    "back": lambda: _notes(294, 392, every=0.16, last=0.3),
    "clock_low": lambda: _knock(1000, 0.04, 0.1, 0.3),
    "win": lambda: _notes(523, 659, 784, 1047, every=0.12, last=0.34),
    "lose": lambda: _notes(330, 262, every=0.2, last=0.4, volume=0.3),
    "draw": lambda: _in_turn(_note(294, 0.5, 0.3), _note(440, 0.5, 0.3), every=0.0),
}


class Sounds:
    """Plays the sounds of SOUNDS by name, `volume` percent loud.

    Call `open` after the first frame: a sound device may be slow to answer.
    """

    def __init__(self, on: bool = True, volume: int = 100, clock: Callable[[], float] = time.monotonic) -> None:
        self.on = on
        self.volume = volume
        self._clock = clock
        self._device = False
        self._made: dict[str, pygame.mixer.Sound] = {}
        self._played: dict[str, float] = {}

    def open(self) -> None:
        """Look for a sound device; without one everything stays silent."""
        try:
            pygame.mixer.init(RATE, -16, 1, 512)
        except pygame.error:
            return
        self._device = True

    def play(self, name: str) -> bool:
        """Play a sound unless sounds are off or the same one began just now. Returns whether it is heard."""
        make, now = SOUNDS[name], self._clock()
        if not self.on or not self._device or now - self._played.get(name, -math.inf) < APART:
            return False
        self._played[name] = now
        if name not in self._made:
            self._made[name] = pygame.mixer.Sound(buffer=samples(make()))
        self._made[name].set_volume(self.volume / 100)
        self._made[name].play()
        return True


def samples(wave: Sequence[float]) -> bytes:
    """A wave (-1 to 1) as 16-bit samples; its last part fades out, so that it does not end with a click."""
    tail = min(len(wave), RATE // 200)
    fade = itertools.chain(itertools.repeat(1.0, len(wave) - tail), (1 - i / tail for i in range(tail)))
    return array.array("h", (round(32_000 * max(-1, min(1, v)) * f) for v, f in zip(wave, fade, strict=True))).tobytes()
