"""A bot makes legal steps in any game, at its own pace, and behaves at the table."""

import random
from dataclasses import dataclass

import pytest

from communication import messages as m
from communication.client import Client
from communication.runner import Runner
from games import GAMES
from games.game_info import Chance, Move
from games.tic_tac_toe import TicTacToe, TicTacToeInfo
from house import BOT_NAMES, House
from tests.kit import DICE, TIC, Guest, News, Place, login, wish
from work.bots.bot import REFUSALS, Bot
from work.table import Table


class Broken(TicTacToe):
    """Tic-tac-toe in which no step can be made, for a mistake of its author."""

    @dataclass
    class Info(TicTacToeInfo):
        def play(self, seat: int, move: Move, chance: Chance) -> None:
            if chance.below(1) == 0:  # at the table only: a client cannot know
                raise ZeroDivisionError("a mistake")

    info = Info


class Seated:
    """A bot with its own runner that is waited for."""

    def __init__(self, place: Place, name: str, think: float = 0.0, seed: int = 1) -> None:
        self.news = News()
        self.over: list[Table] = []
        client = Client(Runner(commit=self.news.tell), name, name * 20, bot=True, clock=place.clock)
        self.bot = Bot(client, think, on_over=self.over.append, draws=random.Random(seed))
        client.runner.call(client.connect, place.url)
        self.news.until(lambda: client.state == "in")

    def wishes(self, game: str, seats: int) -> None:
        def act() -> None:
            self.bot.client.request(wish(m.Match, game, seats))

        self.bot.runner.call(act)


@pytest.mark.parametrize("game", GAMES)
@pytest.mark.parametrize("most", [False, True])
def test_bots_play_every_game_to_its_end_with_legal_steps_alone(game: str, most: bool) -> None:
    seats = GAMES[game].seats[-1 if most else 0]
    with Place() as place:
        bots = [Seated(place, f"Bot{k}", seed=k) for k in range(seats)]
        refused: list[object] = []
        for seated in bots:
            seated.bot.refused = lambda table, refusal: refused.append(refusal)  # type: ignore[method-assign]
            seated.wishes(game, seats)
        for seated in bots:
            seated.news.until(lambda seated=seated: seated.over)  # type: ignore[misc]
        assert refused == []
        assert len({tuple(seated.over[0].outcome.ranks) for seated in bots if seated.over[0].outcome}) == 1


def test_a_bot_that_thinks_takes_its_time() -> None:
    with Place() as place:
        anna, seated = place.guest("Anna"), Seated(place, "Bot", think=0.6)
        anna.does(wish(m.Match, TIC))
        seated.wishes(TIC, 2)
        code = anna.hears(m.Start).room
        anna.does(m.Step(room=code, n=1, move=4))
        seated.news.until(lambda: code in seated.bot.tables and seated.bot.tables[code].n == 1)
        for seconds in (0.3, 0.2):
            place.clock.now += seconds
            seated.bot.runner.call(seated.bot.task, place.clock.now)
        assert seated.bot.tables[code].pending is None
        place.clock.now += 0.2
        seated.bot.runner.call(seated.bot.task, place.clock.now)
        assert anna.hears(m.Stepped, seat=1).n == 2


def test_a_bot_of_the_house_sits_down_where_it_is_called_and_goes_with_the_people() -> None:
    with Place(bots=True) as place:
        anna, eve = place.guests("Anna", "Eve")
        anna.does(wish(m.Open, DICE, 2, bots=1))
        code = anna.hears(m.Table, state="playing").room
        eve.does(m.Join(room=code, watch=True))
        anna.does(m.Leave(room=code))
        eve.hears(
            m.Table, people=(m.Person("Bot 2", bot=True), m.Person("Bot", bot=True))
        )  # for as long as one watches
        eve.does(m.Leave(room=code))
        place.until(lambda: all(bot.gone for bot in place.bots) and not place.hall.rooms)


def match_of_bots() -> list[str]:
    """The steps of a match of tic-tac-toe between two bots, in words."""
    with Place() as place:
        bots = [Seated(place, f"Bot{k}", seed=7 + k) for k in range(2)]
        for seated in bots:
            seated.wishes(TIC, 2)
        bots[0].news.until(lambda: bots[0].over)
        return [line.words for line in bots[0].over[0].lines]


def test_the_same_draws_give_the_same_match() -> None:
    assert match_of_bots() == match_of_bots() != []


def test_a_bot_that_is_refused_whatever_it_does_gives_up_instead_of_asking_for_ever() -> None:
    with Place({TIC: Broken()}, faulty=True) as place:
        anna, seated = place.guest("Anna"), Seated(place, "Bot")
        seated.wishes(TIC, 2)
        anna.does(wish(m.Match, TIC))
        over = anna.hears(m.Over)
        assert over.ranks == (2, 1)
        assert len(place.faults.texts) == REFUSALS


def test_bots_of_the_house_at_one_table_have_different_names() -> None:
    house = House()
    try:
        guest = Guest(house.listen("ws://127.0.0.1:0"))
        guest.does(login("Anna"), wish(m.Open, DICE, 6, bots=5))
        seated = guest.hears(m.Table, state="playing").people
        assert {person.name for person in seated[1:] if person} <= set(BOT_NAMES)
    finally:
        house.stop()
