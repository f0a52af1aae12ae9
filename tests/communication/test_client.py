"""The client logs in, passes on what it hears, and comes back by itself after a break."""

import pytest

import communication
from communication import messages as m
from communication.client import BEAT, RETRY, SILENCE
from communication.link import Data, Link
from communication.rules import Rules
from tests.kit import GOMOKU, TIC, HandClock, Place, Player, assert_sentence, players, wish

RULES = Rules(silence=1e9)


class Mute:
    """A server that says what the test wants, and else nothing."""

    def __init__(self, *says: str) -> None:
        self.says = says
        self.links: list[Link] = []
        self.heard: list[Data] = []

    def opened(self, link: Link) -> None:
        self.links.append(link)
        for text in self.says:
            link.send(text)

    def received(self, link: Link, data: Data) -> None:
        self.heard.append(data)

    def closed(self, link: Link, code: int, reason: str) -> None:
        pass


def away(player: Player) -> None:
    """Wait until the player has noticed that the connection is lost."""
    player.until(lambda: player.states[-1][0] == "away", player.states)


def back(player: Player) -> None:
    """Let time pass until the player is back."""
    player.later(RETRY[1])
    player.until(lambda: player.states[-1][0] == "in", player.states)


def test_who_connects_is_in_under_the_name_the_server_gives() -> None:
    with Place() as place:
        place.guest("Anna")
        player = Player("Anna").connect(place.url)
        assert player.states == [("in", "")]
        assert (player.client.name, player.client.state) == ("Anna 2", "in")
        assert player.welcome is not None
        assert player.welcome.server == "Test house"


@pytest.mark.parametrize(
    "url", ["memory://nowhere", "tcp://127.0.0.1:1", "ws://127.0.0.1:1", "carrier pigeon", "ws://"]
)
def test_where_nobody_is_the_player_is_told_in_a_sentence(url: str) -> None:
    player = Player().connect(url)
    ((state, text),) = player.states
    assert state == "out"
    assert len(text) > 10
    assert "Traceback" not in text
    player.later(60)
    assert player.states == [("out", text)]


@pytest.mark.parametrize(
    ("options", "word"), [({"password": "wrong"}, "password"), ({"key": "short"}, "key"), ({"name": "\u202e"}, "name")]
)
def test_a_login_that_is_refused_ends_with_the_servers_words(options: dict[str, str], word: str) -> None:
    with Place(password="right") as place:
        player = Player(**{"password": "right", **options}).connect(place.url)  # type: ignore[arg-type]
        ((state, text),) = player.states
        assert state == "out"
        assert word in text
        assert_sentence(text)
        player.later(60)
        assert len(player.states) == 1


def test_a_request_is_answered_with_what_became_of_it() -> None:
    with Place() as place:
        player = Player().connect(place.url)
        assert player.asks(m.Look()) is None
        assert player.lobby is not None
        answer = player.asks(m.Join(room="NOWHERE"))
        assert answer is not None
        assert answer[0] == "unknown_room"


def test_without_a_connection_a_request_is_answered_at_once() -> None:
    player = Player()
    answer = player.asks(m.Look())
    assert answer is not None
    assert answer[0] == "away"
    assert_sentence(answer[1])


def test_what_was_asked_and_not_answered_before_the_break_is_away() -> None:
    mute = Mute(m.encode(m.Welcome(name="Anna", server="x", protocol=1, program="", games={})))
    listener = communication.listen("memory://")
    listener.start(mute)
    player = Player().connect(listener.url)
    answers: list[object] = []
    player.do(lambda: player.client.request(m.Look(), answers.append))
    listener.stop()
    player.until(lambda: answers)
    assert answers[0][0] == "away"  # type: ignore[index]
    away(player)


def test_signs_of_life_go_out_and_tell_the_delay() -> None:
    with Place(rules=RULES) as place:
        player = Player(clock=place.clock).connect(place.url)
        assert player.client.delay is None
        player.later(BEAT + 0.1)
        player.until(lambda: player.client.delay is not None)
        assert player.client.delay == 0


def test_a_server_that_falls_silent_counts_as_lost_and_is_dialled_again() -> None:
    mute = Mute(m.encode(m.Welcome(name="Anna", server="x", protocol=1, program="", games={})))
    listener = communication.listen("memory://")
    listener.start(mute)
    player = Player().connect(listener.url)
    player.later(SILENCE - 0.1)
    assert player.states == [("in", "")]
    player.later(0.2)
    away(player)
    assert_sentence(player.states[-1][1])
    back(player)
    assert len(mute.links) == 2
    listener.stop()


def test_a_server_that_never_answers_the_login_is_given_up() -> None:
    mute = Mute()
    listener = communication.listen("memory://")
    listener.start(mute)
    player = Player()
    player.do(lambda: player.client.connect(listener.url))
    player.until(lambda: player.client.link)
    player.later(SILENCE + 0.1)
    player.until(lambda: player.states)
    assert player.states[0][0] == "out"
    listener.stop()


def test_what_no_server_of_this_protocol_says_ends_the_connection_with_a_sentence() -> None:
    listener = communication.listen("memory://")
    listener.start(Mute('{"type":"dance"}'))
    player = Player().connect(listener.url)
    ((state, text),) = player.states
    assert state == "out"
    assert_sentence(text)
    listener.stop()


@pytest.mark.parametrize("scheme", ["tcp", "ws"])
def test_when_the_server_is_gone_and_back_the_client_comes_back_by_itself(scheme: str) -> None:
    clock = HandClock()
    with Place(rules=RULES, url=f"{scheme}://127.0.0.1:0") as place:
        player = Player("Anna", "k" * 32, clock).connect(place.url)
        player.asks(wish(m.Open, GOMOKU))
        code = player.table().code
        place.do(place.server.stop)
        away(player)
        assert player.client.state == "away"
        assert "back soon" in player.states[-1][1]
        url = place.url
    player.later(RETRY[1])  # nobody there yet
    player.until(lambda: player.client._retry_at is not None)
    with Place(rules=RULES, url=url) as place:
        back(player)
        assert player.states == [("in", ""), player.states[1], ("in", "")]
        assert place.server.names["anna"].name == "Anna"
        assert player.tables == {}  # a new server does not know of it
        assert player.happened[-1][:2] == ("left", code)
        player.do(player.client.disconnect)
        player.until(lambda: player.states[-1] == ("out", ""))


def test_it_goes_on_trying_for_as_long_as_it_takes_and_no_slower_than_said() -> None:
    with Place(rules=RULES) as place:
        player = Player().connect(place.url)
    away(player)
    for _ in range(1800):  # an hour and a half
        due = player.client._retry_at
        assert due is not None
        assert due - player.clock.now <= RETRY[1]
        player.later(due - player.clock.now)
        player.until(lambda: player.client._retry_at is not None)
    assert [state for state, _ in player.states] == ["in", "away"]


def test_who_hurries_comes_back_before_it_is_time() -> None:
    with Place(rules=RULES) as place:
        player, url = Player("Anna", "k" * 32).connect(place.url), place.url
        player.do(player.client.hurry)
        assert player.states == [("in", "")]
    away(player)
    with Place(rules=RULES, url=url):
        player.do(player.client.hurry)
        player.until(lambda: player.states[-1][0] == "in", player.states)
        assert player.client._retry_at is None


def test_who_disconnects_while_away_stays_out() -> None:
    with Place() as place:
        player = Player().connect(place.url)
    away(player)
    player.clock.now += RETRY[1]
    player.client.runner.post(player.client.task, player.clock.now)  # a dial is under way
    player.do(player.client.disconnect)
    player.until(lambda: player.states[-1] == ("out", ""))
    player.later(60)
    assert [state for state, _ in player.states] == ["in", "away", "out"]


def test_who_disconnects_before_the_connection_is_there_stays_out() -> None:
    with Place() as place:
        player = Player()
        player.client.runner.post(player.client.connect, place.url)
        player.do(player.client.disconnect)
        player.until(lambda: player.states)
        place.guest("Anna").does(m.Look())
        assert player.client.link is None
        assert player.states == [("out", "")]


def test_a_goodbye_for_good_gives_up_the_seat_at_once_and_another_keeps_it() -> None:
    with Place() as place, players(place, GOMOKU, "Anna", "Ben") as (anna, ben):
        anna.do(anna.client.disconnect)
        anna.until(lambda: anna.states[-1] == ("out", ""))
        place.until(lambda: place.server.names["anna"].link is None)
        assert ben.table().outcome is None
        ben.do(lambda: ben.client.disconnect(for_good=True))
        ben.until(lambda: ben.states[-1] == ("out", ""))
        place.until(lambda: "ben" not in place.server.names)


def test_the_same_key_elsewhere_ends_this_connection_for_good() -> None:
    with Place() as place:
        first = Player("Anna", "k" * 32).connect(place.url)
        Player("Anna", "k" * 32).connect(place.url)
        first.until(lambda: first.states[-1][0] == "out")
        assert_sentence(first.states[-1][1])
        first.later(60)
        assert len(first.states) == 2


def test_after_a_break_the_table_is_as_it_is_and_the_chat_is_not_doubled() -> None:
    with Place(rules=RULES) as place, players(place, TIC, "Anna", "Ben") as (anna, ben):
        code = anna.table().code
        anna.asks(m.Say(room=code, text="one"))
        anna.asks(m.Say(text="to all"))
        anna.asks(m.Look(follow=True))
        anna.do(lambda: anna.step(anna.table(), 0))
        ben.until(lambda: ben.table().n == 1)
        anna.client.link.close()  # type: ignore[union-attr]
        away(anna)
        ben.asks(m.Say(room=code, text="two"))
        ben.do(lambda: ben.step(ben.table(), 4))
        ben.until(lambda: ben.table().n == 2)
        back(anna)
        anna.until(lambda: anna.table().n == 2)
        anna.asks(m.Look(follow=True))
        assert [said.text for said in anna.table().chat] == ["one", "two"]
        assert [said.text for said in anna.chat] == ["to all"]
        assert anna.table().my_turn
        assert [line.words for line in anna.table().lines] == [line.words for line in ben.table().lines]


def test_a_table_that_closed_during_the_break_is_left() -> None:
    with Place(rules=Rules(grace=5, silence=1e9)) as place:
        clock = HandClock()
        anna = Player("Anna", "k" * 32, clock).connect(place.url)
        anna.asks(wish(m.Open, TIC))
        code = anna.table().code
        anna.client.link.close()  # type: ignore[union-attr]
        away(anna)
        place.until(lambda: place.server.names["anna"].link is None)
        place.later(6)
        assert place.hall.rooms == {}
        back(anna)
        assert anna.tables == {}
        assert anna.happened[-1][:2] == ("left", code)
        assert_sentence(anna.happened[-1][2])
