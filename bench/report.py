"""What a run of the harness of reliability has done and found, in words and figures."""

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bench.compare import Verdict


@dataclass
class Report:
    """What a run has done and found."""

    rooms: int
    players: int
    games: Counter[str]
    verdict: Verdict
    kills: int
    troubles: Counter[str]
    returns: dict[str, list[float]]
    starts: list[float]
    next_steps: list[float]
    """Seconds from the server's listening to the next step of a room."""
    first_steps: list[float]
    """The same for the first of all rooms."""
    stop: tuple[int, float]
    offered: Counter[str]

    @property
    def cuts(self) -> int:
        """Connections cut, in whatever way."""
        return self.troubles.total() - self.troubles["slow"]

    def lines(self) -> Iterable[str]:
        """The report in words."""
        v = self.verdict
        games = ", ".join(f"{count} of {game}" for game, count in self.games.items())
        yield f"rooms {self.rooms} ({games}), players {self.players}"
        yield f"matches {v.matches}, steps in the journal {v.steps}, steps told and compared {v.told}, chat {v.lines}"
        yield f"kills {self.kills}, cuts {self.cuts}: {', '.join(f'{k} {n}' for k, n in self.troubles.most_common())}"
        yield f"offers {self.offered.total()}: {', '.join(f'{what} {n}' for what, n in self.offered.most_common())}"
        yield f"lost {v.counts['lost']}, doubled {v.counts['doubled']}, unequal {v.counts['unequal']}"
        yield f"{'seconds':40}{'count':>7}{'p50':>8}{'p99':>8}{'most':>8}"
        yield figures("from its start to the server's listening", self.starts)
        for kind, values in sorted(self.returns.items()):
            yield figures(f"back after: {kind}", values)
        yield figures("back, all together", [value for values in self.returns.values() for value in values])
        yield figures("from listening to a room's next step", self.next_steps)
        yield figures("from listening to the first step of all", self.first_steps)
        yield f"orderly stop: exit status {self.stop[0]} after {self.stop[1]:.2f} s"
        if v.differences:
            yield f"the first of {len(v.differences)} differences: {v.differences[0]}"
        else:
            yield "every journal, every copy and every replay are equal"


def figures(name: str, values: list[float]) -> str:
    """A line of a table: how many, the median, 99 of 100, the most."""
    if not values:
        return f"{name:40}{0:7}{'-':>8}{'-':>8}{'-':>8}"
    ordered = sorted(values)
    slow = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return f"{name:40}{len(ordered):7}{statistics.median(ordered):8.2f}{slow:8.2f}{ordered[-1]:8.2f}"
