"""The contract suite itself: a right game passes it all, and each of many wrong games fails the test meant for it."""

import inspect
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from games.game import Game, Option, Order
from games.game_info import HIDDEN, Chance, GameInfo, Move, Outcome, Refusal, secret
from games.scene import Control, Item, Scene, button, card, disc, fan, number, text
from tests.contract import playouts, test_games, test_tables
from tests.contract.playouts import Play, playout, variants


@dataclass
class DuelInfo(GameInfo):
    """Each seat has cards that it alone knows; both pick one at once, and when both have, the higher one scores."""

    hands: list[list[int]] = secret("owner")
    deck: list[int] = secret("nobody")
    picks: list[int] = secret("owner")
    picked: list[bool] = field(default_factory=lambda: [False, False])
    tricks: list[tuple[int, int]] = field(default_factory=list)
    score: list[int] = field(default_factory=lambda: [0, 0])
    length: int = 3

    def setup(self, seats: int, options: Mapping[str, Any], chance: Chance) -> None:
        cards = chance.shuffle(range(1, 15))
        self.length = options["length"]
        self.hands = [sorted(cards[: self.length]), sorted(cards[5 : 5 + self.length])]
        self.deck, self.picks = cards[10:], [0, 0]

    def turn(self) -> list[int]:
        return [] if len(self.tricks) == self.length else [seat for seat in (0, 1) if not self.picked[seat]]

    def moves(self, seat: int) -> list[Move]:
        return list(self.hands[seat]) if seat in self.turn() else []

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        self.hands[seat].remove(move)
        self.picks[seat], self.picked[seat] = move, True
        if all(self.picked):
            self.reveal()

    def reveal(self) -> None:
        a, b = self.picks
        self.score[0 if a > b else 1] += 1
        self.tricks.append((a, b))
        self.picks, self.picked = [0, 0], [False, False]

    def hides(self, seat: int, move: Move) -> bool:
        return not self.picked[1 - seat]

    def outcome(self) -> Outcome | None:
        if len(self.tricks) < self.length:
            return None
        return Outcome.win(int(self.score[0] < self.score[1]), 2, "more tricks")


class Duel(Game[DuelInfo]):
    name, title, seats, info = "duel", "Duel", range(2, 3), DuelInfo
    summary = "Pick a card at once with the other; the higher card scores."
    rules = "Made up for these tests, and found nowhere else."
    options = {"length": Option("Cards", {3: "three cards", 5: "five cards"})}

    def scene(self, info: DuelInfo, seat: int | None) -> Scene:
        own = [] if seat is None else info.hands[seat]
        cards = [card((k + 1, 4), f"S{min(n, 10)}" if n > 1 else "SA", id=f"own{n}", tag=n) for k, n in enumerate(own)]
        tricks = [text((k + 1, 1), f"{a} {b}") for k, (a, b) in enumerate(info.tricks)]
        return Scene(w=6, h=6, items=(disc((3, 3)), *cards, *tricks), back="felt", say="pick a card")

    def words(self, before: DuelInfo, seat: int, move: Move) -> str:
        return f"picks {move}"


CHECKS = {
    name: check
    for module in (test_games, test_tables)
    for name, check in vars(module).items()
    if name.startswith("test_") and list(inspect.signature(check).parameters) == ["play"]
}


def plays(game: Game[Any]) -> Iterator[Play]:
    for variant in variants(game):
        for seed in range(2):
            yield playout(variant, seed)


@pytest.mark.parametrize("name", CHECKS)
def test_a_right_game_passes(name: str) -> None:
    for play in plays(Duel()):
        CHECKS[name](play)


def altered(name: str, change: Callable[..., Any]) -> Any:
    """A method that does as the right one does, and then something wrong with self, the result and the arguments."""
    right = getattr(DuelInfo, name, None) or getattr(Duel, name)

    def method(self: Any, *arguments: Any) -> Any:
        return change(self, right(self, *arguments), *arguments)

    return method


def more(*items: Item, **changes: Any) -> Any:
    """A scene with something more, or something else."""

    def scene(self: Duel, info: DuelInfo, seat: int | None) -> Scene:
        right = Duel.scene(self, info, seat)
        fields: dict[str, Any] = {"w": right.w, "h": right.h, "back": right.back, "say": right.say}
        return Scene(**{**fields, **changes}, items=(*right.items, *items))

    return scene


def remember(self: Duel, info: DuelInfo, seat: int | None) -> Scene:
    memory: dict[str, Any] = self.__dict__
    if seat == 0:
        memory["hand"] = str(info.hands[0])
    scene: Scene = more(text((1, 5), memory.get("hand", "none")))(self, info, seat)
    return scene


def spend(self: Duel, info: DuelInfo, seat: int | None) -> Scene:
    scene = Duel.scene(self, info, seat)
    info.tricks.clear()
    return scene


def reveal_unused(self: DuelInfo) -> None:
    self.tricks.append((self.picks[0], self.picks[1]))
    self.picks, self.picked = [0, 0], [False, False]


def note_total(self: DuelInfo, _: None, *arguments: Any) -> None:
    self.note = sum(self.hands[0])  # type: ignore[attr-defined]


def note_pick(self: DuelInfo, _: None, seat: int, move: Move, chance: Chance) -> None:
    self.note = move % 2  # type: ignore[attr-defined]


def judge_loosely(self: DuelInfo, seat: int, move: Move) -> Refusal | None:
    return self.untimely(seat) or (None if move in self.hands[seat] else Refusal("no", "You have no such card."))


def judge_rudely(self: DuelInfo, seat: int, move: Move) -> Refusal | None:
    return self.untimely(seat) or (None if move in self.hands[seat] else Refusal("No!", "no"))


def judge_crashing(self: DuelInfo, seat: int, move: Move) -> Refusal | None:
    return self.untimely(seat) or (None if {n: n for n in self.hands[seat]}[move] else Refusal("no", "Never. No."))


def judge_counting(self: DuelInfo, seat: int, move: Move) -> Refusal | None:
    self.note = getattr(self, "note", 0) + 1  # type: ignore[attr-defined]
    return GameInfo.judge(self, seat, move)


NOTE = {"__annotations__": {"note": int}, "note": 0}
NUMBERS = count()


def restless(self: Duel, info: DuelInfo, seat: int | None) -> Scene:
    scene: Scene = more(text((1, 1), str(next(NUMBERS))))(self, info, seat)
    return scene


def count_on(self: DuelInfo) -> None:
    self.note = next(NUMBERS)  # type: ignore[attr-defined]


def reveal_list(self: DuelInfo) -> None:
    DuelInfo.reveal(self)
    self.tricks[-1] = list(self.tricks[-1])  # type: ignore[call-overload]


def pairs(moves: list[Move]) -> list[Move]:
    return [("a", n) for n in moves]


def for_seats(*controls: Control) -> Any:
    """A scene with controls for everybody who sits at the table."""
    return lambda self, info, seat: more(controls=controls if seat is not None else ())(self, info, seat)


def listed_as(change: Callable[[list[Move]], list[Move]]) -> Any:
    return altered("moves", lambda self, moves, seat: change(moves))


def ends_as(outcome: Outcome) -> Any:
    return altered("outcome", lambda self, right: right and outcome)


def then(change: Callable[[DuelInfo], None]) -> Any:
    return altered("play", lambda self, _, *arguments: change(self))


def at_a_client(self: DuelInfo) -> bool:
    return self.deck is HIDDEN


def one_place_for_two(self: Duel, info: DuelInfo, seat: int | None) -> Scene:
    own = info.hands[seat][:1] if seat is not None else []
    return Scene(w=6, h=6, items=(disc((1, 1), tag="a"), *(disc((2, 2), tag=n) for n in own)), say="x")


def with_picks(self: Duel, info: DuelInfo, seat: int | None) -> Scene:
    scene: Scene = more(*fan((3, 3), ["S3", "S4", "S5"], 4))(self, info, None)
    return scene


def backwards(picks: Sequence[Any]) -> Sequence[Any]:
    return picks[::-1]


NO = Refusal("no", "No, never.")
OPEN: Any = {
    "__annotations__": {"hands": list[list[int]], "deck": list[int], "picks": list[int]},
    **{name: field(default_factory=list) for name in ("hands", "deck", "picks")},
}
OPEN_PICKS: Any = {"__annotations__": {"picks": list[int]}, "picks": field(default_factory=list)}

WRONG: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("somebody_is_in_turn", "turns go on after the end", {"turn": lambda self: [0]}, {}),
    ("somebody_is_in_turn", "nobody is in turn", {"turn": lambda self: []}, {}),
    ("somebody_is_in_turn", "a seat that is not there", {"turn": altered("turn", lambda s, t: t and [*t, 2])}, {}),
    ("who_is_in_turn_has_moves", "moves of those who wait", {"moves": lambda self, seat: [1, 2]}, {}),
    ("who_is_in_turn_has_moves", "no moves", {"moves": lambda self, seat: []}, {}),
    ("listed_moves_are", "a move twice", {"moves": listed_as(lambda moves: moves * 2)}, {}),
    ("listed_moves_are", "a list for a move", {"moves": listed_as(lambda moves: [[n] for n in moves])}, {}),
    ("the_outcome_ranks", "ranks for three", {"outcome": ends_as(Outcome.win(0, 3, "x"))}, {}),
    ("the_outcome_ranks", "ranks from nought", {"outcome": ends_as(Outcome((0, 1), "x"))}, {}),
    ("the_outcome_ranks", "no reason", {"outcome": ends_as(Outcome((1, 2), ""))}, {}),
    ("a_timeout_is", "time runs backwards", {"timeout": lambda self: -1}, {}),
    ("every_listed_move", "all is refused", {"judge": lambda self, seat, move: NO}, {}),
    ("every_listed_move", "judge counts", {"judge": judge_counting, **NOTE}, {}),
    ("garbage_is_refused", "True is a card", {"judge": judge_loosely}, {}),
    ("garbage_is_refused", "a refusal without a sentence", {"judge": judge_rudely}, {}),
    ("garbage_is_refused", "judge raises", {"judge": judge_crashing}, {}),
    ("garbage_is_refused", "judge counts", {"judge": judge_counting, **NOTE}, {}),
    ("nobody_acts_out_of_turn", "judge forgets the turn", {"judge": lambda self, seat, move: None}, {}),
    ("the_fields_are", "a value beside the fields", {"play": then(lambda self: setattr(self, "more", 1))}, {}),
    (
        "the_state_comes_back",
        "a value of another type",
        {"reveal": reveal_list},
        {},
    ),
    (
        "the_recorded_steps",
        "chance of its own",
        {"play": then(count_on), **NOTE},
        {},
    ),
    ("everybody_sees_whose_turn", "turn needs a secret", {"turn": altered("turn", lambda s, t: s.deck[0] and t)}, {}),
    ("a_client_judges", "another judge", {"judge": lambda self, seat, move: None if at_a_client(self) else NO}, {}),
    (
        "a_client_judges",
        "another list",
        {"moves": altered("moves", lambda s, m, _: m[:1] if at_a_client(s) else m)},
        {},
    ),
    ("a_prediction_is", "what is hidden is moved unseen", {"reveal": reveal_unused}, {}),
    ("a_draw_is_seen", "an open sum of a hand", {"setup": altered("setup", note_total), **NOTE}, {}),
    ("a_hidden_step", "an open remainder of a pick", {"play": altered("play", note_pick), **NOTE}, {}),
    ("who_is_still_to_pick", "an open remainder of a pick", {"play": altered("play", note_pick), **NOTE}, {}),
    ("who_is_still_to_pick", "picks are announced", {"hides": lambda self, seat, move: False}, {}),
    ("who_is_still_to_pick", "picks are open", OPEN_PICKS, {}),
    ("hides_answers", "no answer", {"hides": lambda self, seat, move: None}, {}),
    ("a_random_set_up", "nothing is secret", OPEN, {}),
    ("other_secrets_look", "a table that remembers", {}, {"scene": remember}),
    ("the_scene_is_the_same", "a table that changes by itself", {}, {"scene": restless}),
    ("the_scene_is_the_same", "a table that spends the tricks", {}, {"scene": spend}),
    ("the_scene_is_json", "a length that is no number", {}, {"scene": more(Item(kind="disc", at=(math.nan, 1)))}),
    ("the_scene_is_json", "a length of many decimals", {}, {"scene": more(Item(kind="disc", at=(1 / 3, 1)))}),
    ("a_tall_table", "something more", {}, {"tall_scene": more(disc((1, 1)))}),
    ("a_tall_table", "a broader one", {}, {"tall_scene": more(w=99)}),
    ("a_tall_table", "other words", {}, {"tall_scene": more(say="Look here")}),
    ("every_item", "an unknown kind", {}, {"scene": more(Item(kind="blob", at=(1, 1)))}),
    ("every_item", "an unknown colour", {}, {"scene": more(disc((1, 1), fill="mauve"))}),
    ("every_item", "an unknown card", {}, {"scene": more(card((1, 1), "S1"))}),
    ("every_item", "a thing far outside", {}, {"scene": more(disc((9, 1)))}),
    ("every_item", "a curly quote", {}, {"scene": more(text((1, 1), "it’s"))}),
    ("ids_are_unique", "two things of one id", {}, {"scene": more(disc((1, 1), id="a"), disc((2, 2), id="a"))}),
    ("tags_are_parts", "a tag that is no data", {}, {"scene": more(disc((1, 1), tag=frozenset()))}),
    ("tags_are_parts", "too few tags", {}, {"scene": more(Item(kind="grid", at=(1, 1), size=(1, 2), tag=((1,),)))}),
    ("the_words_of_the_table", "nothing said", {}, {"scene": more(say="")}),
    ("controls_can_be_set", "a watcher's button", {}, {"scene": more(controls=(button("go", "Go"),))}),
    ("controls_can_be_set", "a number out of bounds", {}, {"scene": for_seats(number("n", "N", 1, 3, 4))}),
    (
        "controls_can_be_set",
        "something taken that is not there",
        {},
        {"scene": for_seats(button("go", "Go", ["n"]))},
    ),
    ("what_a_button_sends", "judge raises", {"judge": judge_crashing}, {"scene": for_seats(button("go", "Go"))}),
    ("every_legal_move", "places that hide others", {"moves": listed_as(pairs)}, {"scene": one_place_for_two}),
    ("every_legal_move", "a table that reads nothing", {}, {"read": lambda self, info, seat, touches: None}),
    ("touches_that_spell", "a table that reads nonsense", {}, {"read": lambda self, info, seat, touches: "nonsense"}),
    ("what_a_game_advises", "a card of nobody", {}, {"advise": lambda self, info, seat: [99]}),
    ("what_a_game_advises", "other advice each time", {}, {"advise": lambda self, info, seat: [next(NUMBERS)]}),
    ("who_stands_better", "more than all", {}, {"weighs": "by luck", "balance": lambda self, info: 2.0}),
    (
        "who_stands_better",
        "now and then",
        {},
        {"weighs": "by luck", "balance": lambda self, info: 0 if info.tricks else None},
    ),
    ("who_stands_better", "for no reason", {}, {"balance": lambda self, info: 0.0}),
    (
        "who_stands_better",
        "a look that plays",
        {},
        {"weighs": "by luck", "balance": lambda self, info: info.picks.append(0)},
    ),
    ("orders_keep", "a card too few", {}, {"orders": (Order("Sort", lambda picks: picks[1:]),), "scene": with_picks}),
    ("orders_keep", "another first order", {}, {"orders": (Order("Sort", backwards),), "scene": with_picks}),
    ("every_step_has_words", "words that peek", {}, {"words": lambda self, before, *step: f"has {before.hands[0][0]}"}),
    ("every_step_has_words", "no words", {}, {"words": lambda self, before, seat, move: ""}),
)

AT_ONCE = ("setup", "play", "reveal", "__annotations__", "note", "hands", "deck", "picks")
"""What is wrong from the start; everything else only after a match was played to its end by right rules."""


def wrong_plays(info: dict[str, Any], game: dict[str, Any]) -> list[Play]:
    """Matches of the duel with something else in its rules and its table."""
    early = {name: value for name, value in info.items() if name in AT_ONCE}
    made: type[DuelInfo] = dataclass(type("WrongInfo", (DuelInfo,), {"__module__": __name__, **early}))
    wrong: Game[Any] = type("Wrong", (Duel,), {"info": made, **game})()
    played = list(plays(wrong))
    for name in info.keys() - early.keys():
        setattr(made, name, info[name])
    return played


@pytest.mark.parametrize(
    ("part", "words", "info", "game"), WRONG, ids=[f"{part}: {words}" for part, words, *_ in WRONG]
)
def test_a_wrong_game_fails(part: str, words: str, info: dict[str, Any], game: dict[str, Any]) -> None:
    (check,) = [check for name, check in CHECKS.items() if name.startswith(f"test_{part}")]
    played = wrong_plays(info, game)
    assert any(fails(check, play) for play in played)


def fails(check: Callable[[Play], None], play: Play) -> bool:
    try:
        check(play)
    except Exception:  # a rule that crashes is found by its crash
        return True
    return False


def test_every_check_has_a_wrong_game() -> None:
    bitten = {name for name in CHECKS for part, *_ in WRONG if name.startswith(f"test_{part}")}
    assert set(CHECKS) - bitten == set()


def test_a_match_without_an_end_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playouts, "MOST_STEPS", 50)
    with pytest.raises(AssertionError, match="does not end"):
        wrong_plays({"play": lambda self, *arguments: None}, {})
