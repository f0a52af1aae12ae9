"""Nothing is lost, in short: all games behind a bad network, and a server that is killed (see bench/reliability.py)."""

from pathlib import Path

import pytest

from bench.reliability import Run
from bench.report import Report

SECRET = ("battleship", "liars_dice")
"""Where a step that was not answered is sent again, for there a whole view does not say what became of it."""


def run(folder: Path, seconds: float, cuts: int, seed: int = 4, **options: object) -> Report:
    """What a run has to tell; the whole of it is shown where a test fails."""
    report = Run(rooms=8, seconds=seconds, seed=seed, kills=3, cuts=cuts, folder=folder, **options).run()  # type: ignore[arg-type]
    print("\n".join(report.lines()))
    return report


def test_nothing_is_lost(tmp_path: Path) -> None:
    report = run(tmp_path, 10.0, 24)
    assert report.verdict.differences == []
    assert report.kills == 3
    assert report.returns.keys() >= {"kill", "reset"}
    assert report.verdict.steps > 50
    assert report.stop[1] < 2.0


SEEDS = (6, 4, 5, 7)
RESETS, ABSENCES = {"reset": 1, "unanswered": 4}, {"gone": 1}


@pytest.mark.parametrize(
    ("mistake", "troubles"),
    [
        ("announce-first", RESETS),
        ("any-number", RESETS),
        ("forget-seats", RESETS),
        ("forget-offer", RESETS),
        ("clock-runs-away", ABSENCES),
    ],
)
def test_a_server_with_a_mistake_is_found_out(tmp_path: Path, mistake: str, troubles: dict[str, int]) -> None:
    for seed in SEEDS:  # on a slow machine it may be that no offer stands in the moment of a kill
        if run(tmp_path / str(seed), 6.0, 24, seed, mistake=mistake, names=SECRET, kinds=troubles).verdict.differences:
            return
    pytest.fail(f"{mistake} was not noticed")
