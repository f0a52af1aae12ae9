"""Taking steps back: what would be taken back, and whether that is safe: nothing thrown, nothing newly seen since."""

from games.game_info import GameInfo, NeedsTable, Refusal, dump, secrets_of, view
from games.match import UNDO, Match, predicted, standing
from games.steps import Step

MOST = 100
"""Take-backs in a match: more than anybody wants, and an end for those who would fill a journal."""

NOTHING = Refusal("no_undo", "You have made no step that could be taken back.")
ENOUGH = Refusal("no_undo", "Very much has been taken back in this match already; this step stays.")
THROWN = Refusal("no_undo", "Dice or cards have been drawn since that step, so it cannot be taken back.")
SEEN = Refusal("no_undo", "Something hidden has been seen since that step, so it cannot be taken back.")
TIME_UP = Refusal("no_undo", "The time was up since that step, so it cannot be taken back.")


def first_undone(match: Match, seat: int) -> int | Refusal:
    """Number of the step from which on all would be taken back for this seat, its own last one; or why it cannot be."""
    stand = standing(match.steps)
    own = next((at for at in range(len(stand) - 1, 0, -1) if stand[at].seat == seat), 0)
    if not own:
        return NOTHING
    undone = stand[own:]
    if any(step.seat is None for step in undone):
        return TIME_UP
    if any(step.chance for step in undone):
        return THROWN
    if sum(step.seat is None and step.move[0] == UNDO for step in match.steps) >= MOST:
        return ENOUGH
    if secrets_of(match.game.info) and _seen(match, stand[:own], undone):
        return SEEN
    return undone[0].n


def _seen(match: Match, before: list[Step], undone: list[Step]) -> bool:
    """Whether somebody has learned from these steps more than what the moves themselves say."""
    past = Match.replay(match.game, match.seats, match.options, _renumbered(before))
    for step in _renumbered(undone, len(before)):
        seat = step.seat or 0
        hidden = past.info.hides(seat, step.move)
        looking = [seat] if hidden else [*range(match.seats), None]
        seen = [view(past.info, looker) for looker in looking]
        past.apply(step)
        if any(_news(known, view(past.info, looker), step) for looker, known in zip(looking, seen, strict=True)):
            return True
    return False


def _news(known: GameInfo, after: GameInfo, step: Step) -> bool:
    """Whether what somebody sees after a step could not be told from what they saw before, and the move."""
    try:
        return dump(predicted(known, step.seat or 0, step.move)) != dump(after)
    except NeedsTable:
        return True


def _renumbered(steps: list[Step], first: int = 0) -> list[Step]:
    return [Step(n, step.seat, step.move, step.chance) for n, step in enumerate(steps, first)]
