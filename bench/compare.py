"""What a journal holds, held against what the players were told, and against a fresh replay."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from bench.players import Asked, Diary, Player, Round
from communication.written import StepRecord
from games import GAMES
from games.game_info import alike, digest, secrets_of, view
from games.match import Match, as_move
from games.steps import Step
from master.journal import Journal
from master.records import Kept, RoomRecord


@dataclass
class Verdict:
    """What the comparison found: kinds of differences with their numbers, each in words, and what was compared."""

    counts: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    matches: int = 0
    steps: int = 0
    told: int = 0
    lines: int = 0

    def differs(self, kind: str, text: str) -> None:
        """Note a difference: "lost", "doubled" or "unequal"."""
        self.counts[kind] += 1
        self.differences.append(f"{kind}: {text}")


def compare(folder: Path, players: Collection[Player]) -> Verdict:
    """Read the journal of a server that has stopped, and compare it with all that its players know."""
    verdict = Verdict()
    journal = Journal(folder)
    try:
        matches, rooms = list(journal.read.matches()), {record.code: record for record, _ in journal.rooms()}
    except ValueError as error:
        verdict.differs("unequal", f"the journal cannot be read: {error}")
        return verdict
    finally:
        journal.close()
    rounds: dict[Round, Kept] = {}
    played: Counter[str] = Counter()
    for kept in matches:
        played[kept.about.room] += 1
        rounds[kept.about.room, played[kept.about.room]] = kept
    replayed = {match: replay(verdict, match, kept) for match, kept in rounds.items()}
    by_name = {player.diary.name: player.diary for player in players}
    for match, kept in rounds.items():
        verdict.matches += 1
        verdict.steps += len(kept.steps)
        for seat, name in enumerate(kept.about.names):
            if name not in by_name:
                verdict.differs("unequal", f"seat {seat} of match {match} was held by {name!r}, who is none of us")
            else:
                origins(verdict, match, kept, replayed[match][1], seat, by_name[name])
    for diary in by_name.values():
        told(verdict, diary, rounds, replayed)
        for fault in diary.faults:
            verdict.differs("unequal", fault)
    for player in players:
        copies(verdict, player, rounds, replayed, rooms)
    return verdict


Replayed = tuple[Match, list[frozenset[int]]]
"""A match played again, and who was in turn after each step."""


def replay(verdict: Verdict, match: Round, kept: Kept) -> Replayed:
    """Play the journal's steps on a fresh game, as far as they fit."""
    about = kept.about
    fresh = Match(GAMES[about.game], about.seats, about.options)
    turns: list[frozenset[int]] = []
    try:
        for record in kept.steps:
            fresh.apply(Step(record.n, record.seat, as_move(record.move), tuple(record.chance)))
            turns.append(frozenset(fresh.turn))
    except ValueError as error:
        verdict.differs("unequal", f"match {match} ({about.game}) cannot be played again: {error}")
        return fresh, turns
    over = None if kept.over is None else (kept.over.ranks, kept.over.why, kept.over.scores)
    outcome = None if fresh.outcome is None else (fresh.outcome.ranks, fresh.outcome.why, fresh.outcome.scores)
    if over != outcome:
        verdict.differs("unequal", f"match {match} ended as {over} in the journal, played again as {outcome}")
    return fresh, turns


def origins(verdict: Verdict, match: Round, kept: Kept, turns: list[frozenset[int]], seat: int, diary: Diary) -> None:
    """Every step of a seat goes back to exactly one wish of its player, made for that moment."""
    wishes = list(diary.asked[match])
    for record in kept.steps:
        if record.seat != seat:
            continue
        move = as_move(record.move)
        fitting = [wish for wish in wishes if wish.n <= record.n and alike(wish.move, move)]
        if not fitting:
            verdict.differs("doubled", f"step {record.n} of match {match}, {move}, was played more often than asked")
            continue
        wish = min(fitting, key=lambda wish: (bool(wish.refused), not timely(wish, record, kept, turns)))
        wishes.remove(wish)
        if wish.refused:
            verdict.differs("unequal", f"step {record.n} of match {match} was refused ({wish.refused}) and played")
        elif record.n <= len(turns) and not timely(wish, record, kept, turns):
            verdict.differs("unequal", f"step {wish.n} of match {match} was played late, as step {record.n}")


def timely(wish: Asked, record: StepRecord, kept: Kept, turns: list[frozenset[int]]) -> bool:
    """Whether from the wish to the step the seat was in turn all the time, and made no other step."""
    in_turn = all(record.seat in turn for turn in turns[wish.n - 1 : record.n])
    return in_turn and all(step.seat != record.seat for step in kept.steps[wish.n : record.n])


def told(verdict: Verdict, diary: Diary, rounds: dict[Round, Kept], replayed: dict[Round, Replayed]) -> None:
    """Every step that somebody was told of is in the journal, with the same number; so is every outcome."""
    for match, steps in diary.told.items():
        kept = rounds[match].steps if match in rounds else []
        verdict.told += len(steps)
        for n, variants in sorted(steps.items()):
            has = (kept[n].seat, as_move(kept[n].move)) if n < len(kept) else None
            for seat, move in variants:
                if has is None or has[0] != seat or not (move is None or alike(has[1], move)):
                    verdict.differs(
                        "lost", f"{diary.name} was told step {n} of match {match}, {(seat, move)}; is {has}"
                    )
    for match, outcome in diary.outcomes.items():
        again = replayed.get(match)
        if again is None or again[0].outcome != outcome:
            verdict.differs("unequal", f"match {match} did not end as {diary.name} was told, {outcome}")


def copies(
    verdict: Verdict,
    player: Player,
    rounds: dict[Round, Kept],
    replayed: dict[Round, Replayed],
    rooms: dict[str, RoomRecord],
) -> None:
    """The player's own copy of the state is what the journal gives; so are seats and chat."""
    name = player.diary.name
    if not player.tables:
        verdict.differs("lost", f"{name} has no table any more")
    for code, table in player.tables.items():
        last = max((n for room, n in rounds if room == code), default=0)
        again = replayed.get((code, last))
        record = rooms.get(code)
        if record is None or again is None or record.round != last or table.round != last:
            verdict.differs("unequal", f"{name} is in match {table.round} of {code}, the journal in {last}")
            continue
        fresh = again[0]
        expected = view(fresh.info, table.seat) if secrets_of(table.game.info) else fresh.info
        if table.n != fresh.n or table.info is None or digest(table.info) != digest(expected):
            verdict.differs("unequal", f"the copy of {name} at {code}, step {table.n}, is not the journal's {fresh.n}")
        if table.outcome != fresh.outcome:
            verdict.differs("unequal", f"{name} sees {table.outcome} at {code}, the journal gives {fresh.outcome}")
        offer = record.offer if record.offer is not None and record.offer.at == fresh.n else None
        kept = (record.game, record.clock, record.paused, offer)
        known = (table.game.name, table.about.clock, table.about.paused, table.offer)
        if kept != known:
            verdict.differs("unequal", f"{name} knows of {code} {known}, the journal {kept}")
        if table.times is not None and table.times.left != tuple(round(left, 1) for left in record.left):
            verdict.differs("unequal", f"{name} was told the times {table.times.left} at {code}, kept is {record.left}")
        lines = {n: (who, text) for n, who, text in record.chat}
        first = min(lines, default=1)
        for n, line in player.diary.chat.items():
            verdict.lines += 1
            if n >= first and lines.get(n) != line:
                verdict.differs("lost", f"line {n} of the chat of {code}, which {name} heard: {line}")
