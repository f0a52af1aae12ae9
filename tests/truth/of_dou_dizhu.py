"""Referees of dou dizhu: RLCard and OpenSpiel."""

import random
from typing import Any

from games.dou_dizhu.hands import BOMB, RANKS, ROCKET, VALUE, holding, read
from games.dou_dizhu.info import CARDS, SEATS, DouDizhuInfo, ranks
from games.game_info import Move
from games.match import Match
from tests.truth.referees import Referee, engine, same

rlcard = engine("rlcard")
base, judger, player = (engine(f"rlcard.games.{part}") for part in ("base", "doudizhu.judger", "doudizhu.player"))
numpy = engine("numpy")
pyspiel = engine("pyspiel")

PASS = 0
SET = "R22AAKKQQJJTT9876/B22AKQJT998877665/AKQJT987654444333/553"
BOMBS = "33334444555566667/77788889999TTTTJJ/JJQQQQKKKKAAAA222/2BR"


class RLCard(Referee):
    """What may be played and who wins; it bids by itself, so it comes in when the landlord is known."""

    title = f"RLCard {rlcard.__version__}"
    options = ({}, {"deal": SET}, {"deal": BOMBS}, {})

    def __init__(self, match: Match) -> None:
        self.info = state(match)
        self.greater: Any = None
        self.players: list[Any] = []

    def deal(self) -> None:
        """Give the players their cards, as RLCard's own game does once it has found the landlord."""
        chance = numpy.random.RandomState()
        self.players = [player.DoudizhuPlayer(seat, chance) for seat in range(SEATS)]
        for one, hand in zip(self.players, self.info.hands, strict=True):
            names = [(f"{CARDS[card]}J", "") if card[0] == "*" else (card[0], CARDS[card]) for card in reversed(hand)]
            one.set_current_hand([base.Card(*name) for name in names])
        self.judger = judger.DoudizhuJudger(self.players, chance)

    def compare(self, match: Match) -> None:
        info = self.info = state(match)
        if info.landlord is None:
            return
        if not self.players:
            self.deal()
        where = said(info)
        same("cards", info.counts, [len(player.current_hand) for player in self.players], where)
        winner = next((seat for seat in range(SEATS) if self.judger.judge_game(self.players, seat)), None)
        same("over", match.outcome is not None, winner is not None, where)
        if match.outcome is None:
            actions = self.players[info.now].available_actions(self.greater, self.judger)
            same("moves", set(info.moves(info.now)), set(actions), where)
        else:
            payoffs = self.judger.judge_payoffs(info.landlord, winner)
            same("winners", set(match.outcome.winners), {seat for seat in range(SEATS) if payoffs[seat] > 0}, where)

    def play(self, seat: int, move: Move) -> None:
        if self.players:
            self.greater = self.players[seat].play(move, self.greater)
            if move != "pass":
                self.judger.calc_playable_cards(self.players[seat])


class OpenSpiel(Referee):
    """The auction, what may be played, and scores.

    Its auction goes on until two seats in a row pass, so that a seat may bid again: here they pass then. It lets a bomb
    beat the rocket, misses chains whose lowest rank is held four times, and knows no four with two: what it lists is
    held against our moves with just that added and left out, and what it does not list is not played.
    """

    title = "OpenSpiel dou_dizhu"
    options = ({}, {"deal": SET}, {})

    def __init__(self, match: Match) -> None:
        self.info = state(match)
        self.deal()

    def deal(self) -> None:
        """Give out the same cards; the one that is turned up says who bids first."""
        info = self.info
        self.deals = info.deals
        self.state: Any = pyspiel.load_game("dou_dizhu").new_initial_state()
        self.state.apply_action(info.first)
        base = min(action for action, _ in self.state.chance_outcomes())
        suits = {"S": 0, "H": 1, "C": 2, "D": 3}
        for cards in zip(*info.hands, strict=True):
            for card in cards:
                joker, rank = card[0] == "*", VALUE[CARDS[card]]
                self.state.apply_action(base + (39 + rank if joker else 13 * suits[card[0]] + rank))

    def compare(self, match: Match) -> None:
        info = self.info = state(match)
        if info.deals > self.deals:
            self.deal()
        while info.landlord is not None and not any(info.plays) and PASS in self.state.legal_actions():
            self.state.apply_action(PASS)  # who leads cannot pass, so this is still the auction
        where = said(info)
        same("over", match.outcome is not None, self.state.is_terminal(), where)
        if match.outcome is not None:
            same("scores", list(match.outcome.scores or ()), list(self.state.returns()), where)
            return
        same("turn", info.now, self.state.current_player(), where)
        theirs = set(self.actions())
        if info.landlord is None:
            same("bids", set(info.moves(info.now)), theirs, where)
        else:
            same("moves", self.expected(), theirs, where)

    def expected(self) -> set[str]:
        """Our moves as its known faults make them."""
        info, held = self.info, holding(ranks(self.info.hands[self.info.now]))
        moves = {move for move in info.moves(info.now) if move == "pass" or listed(move, held)}
        on = info.table
        if on is not None and on.form is ROCKET:
            moves |= {rank * 4 for rank, count in zip(RANKS, held, strict=True) if count == 4}
        return moves

    def actions(self) -> dict[str, int]:
        """Its legal actions by our moves."""
        return {self.move(action): action for action in self.state.legal_actions()}

    def move(self, action: int) -> str:
        """An action as a move of ours."""
        words = self.state.action_to_string(action)
        if words == "Pass" or words.startswith("Bid"):
            return str(words).lower()
        cards = words.replace("(BWJ)", "B").replace("(CJ)", "R").replace("-", "")
        return "".join(sorted(cards, key=VALUE.__getitem__))

    def choose(self, match: Match, draws: random.Random) -> tuple[int, Move]:
        info = state(match)
        theirs = self.actions()
        return info.now, draws.choice([move for move in info.moves(info.now) if move in theirs])

    def play(self, seat: int, move: Move) -> None:
        self.state.apply_action(self.actions()[move])


def listed(move: str, held: list[int]) -> bool:
    """Whether OpenSpiel lists a hand."""
    hand = read(move)
    assert hand is not None
    chain = hand.length > 1 and not hand.form.wings and hand.form is not ROCKET
    return not (hand.form.core == 4 and hand.form is not BOMB) and not (chain and held[hand.low] == 4)


def said(info: DouDizhuInfo) -> str:
    """Where a match stands, for whoever looks for a difference."""
    return f"{ranks(info.hands[info.now])} on {info.lying or 'nothing'}, bids {info.bids}"


def state(match: Match) -> DouDizhuInfo:
    """The state of a match of dou dizhu."""
    assert isinstance(match.info, DouDizhuInfo)
    return match.info
