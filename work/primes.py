"""Counting primes: the work to copy when you write your own."""

from dataclasses import dataclass, field
from math import isqrt

from games.game_info import NOT_LISTED, Chance, Move, Refusal, whole
from work.labour import Do, Work, WorkInfo

RANGES, WIDTH = 40, 5000


@dataclass
class PrimesInfo(WorkInfo):
    """Ranges of numbers: which wait, which seat has which, and how many primes are in each that is done."""

    waiting: list[int] = field(default_factory=lambda: list(range(RANGES)))
    given: dict[int, int] = field(default_factory=dict)
    found: dict[int, int] = field(default_factory=dict)

    def judge(self, seat: int, move: Move) -> Refusal | None:
        fits = whole(move, 0, WIDTH) if seat in self.given else move == "take" and self.waiting
        return self.untimely(seat) or (None if fits else NOT_LISTED)

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        if move == "take":
            self.given[seat] = self.waiting.pop(0)
        else:
            self.found[self.given.pop(seat)] = move

    def given_up(self, seat: int) -> None:
        if seat in self.given:
            self.waiting.append(self.given.pop(seat))

    def ending(self) -> str:
        return f"{sum(self.found.values())} primes" if len(self.found) == RANGES else ""

    def amount(self) -> tuple[int, int]:
        return len(self.found), RANGES


class Primes(Work[PrimesInfo]):
    """Primes below 200000, counted range by range by as many workers as come."""

    name, title, seats, info = "primes", "Primes", range(1, 17), PrimesInfo
    summary, rules = "Count prime numbers together.", "A prime has exactly two divisors"

    def offer(self, info: PrimesInfo, seat: int, name: str) -> Move:
        return "take" if info.waiting and seat not in info.given else None

    def pieces(self, info: PrimesInfo, seat: int) -> list[int]:
        return [info.given[seat]] if seat in info.given else []

    def hands(self, info: PrimesInfo) -> Do:
        return lambda piece, since: [sum(map(prime, range(piece * WIDTH, (piece + 1) * WIDTH)))]


def prime(number: int) -> bool:
    """Whether a number is a prime."""
    return number > 1 and all(number % divisor for divisor in range(2, isqrt(number) + 1))
