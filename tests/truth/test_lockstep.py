"""A short run beside each referee; `python -m bench.truth` plays the long ones that docs/rules.md tells of."""

import pytest

from tests.truth.referees import REFEREES, Differs, Referee, lockstep, referees, same

PLIES = 400


@pytest.mark.parametrize("game", REFEREES)
def test_every_legal_step_and_every_result_is_that_of_others(game: str) -> None:
    for referee in referees(game):
        report = lockstep(game, referee, PLIES)
        assert report.plies >= PLIES
        assert report.matches == report.ends.total() + report.explained.total()


def test_a_difference_is_told() -> None:
    same("moves", {"e4"}, {"e4"}, "here")
    with pytest.raises(Differs, match=r"^moves at here: only ours \{'d4'\}, only theirs \{'c4'\}$"):
        same("moves", {"e4", "d4"}, {"e4", "c4"}, "here")


def test_every_referee_says_who_it_is() -> None:
    for game in REFEREES:
        for referee in referees(game):
            assert issubclass(referee, Referee)
            assert referee.title
