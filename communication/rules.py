"""What a server puts up with and how it treats its people, in one place; what links put up with is link.Limits."""

from dataclasses import dataclass

from communication import messages as m
from communication.model import Answer
from communication.people import NAME_LENGTH, TEXT_LENGTH

COSTS: dict[type[m.Message], int] = {
    m.Step: 0, m.Login: 5, m.Look: 2, m.Sync: 5, m.Fetch: 5, m.Say: 5, m.Join: 5, m.Open: 5, m.Offer: 5,
    m.History: 10, m.Replay: 20,
}  # fmt: skip
"""What a message takes of its sender's allowance where that is not 1: these cost more than an answer. A step costs 1
only where it is refused or known already, for turns bound the others."""
TOO_FAST = "too_fast", "That was too much in a short time; please wait a moment."
"""The answer to who has nothing left of it."""
CHANGING = frozenset({m.Match, m.Unmatch, m.Open, m.Join, m.Leave, m.Step, m.Resign, m.Again, m.Give, m.Offer, m.Reply})
"""What is not taken while nothing can be kept: nothing may be announced that a crash would take back."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Times are in seconds. Whatever goes beyond a limit is refused with the code named here, and changes nothing."""

    burst: int = 200
    """What one connection may send at once, a message counting 1 or what COSTS says; then it is refused
    (`too_fast`), and after another quarter of this closed. No person comes near, nor a fair bot: a step that
    is played costs nothing, and asking for another match is given back when it begins."""
    per_second: float = 50.0
    """How much of that each second brings back."""
    rooms_each: int = 8
    """Rooms of one person (`too_many_rooms`): some to play in, some to watch."""
    rooms: int = 10_000
    """Rooms in all (`server_full`), some 15 KB each."""
    watchers: int = 100
    """People who watch one room (`too_many_watchers`): everybody there hears of everybody who comes and goes."""
    bots: int = 100
    """Bots of the house in all (`no_bots`); each has a thread."""
    waiting: int = 1000
    """People on the wait list (`too_many_waiting`); each is on it once."""
    people: int = 20_000
    """People known, some 1 KB each; those who are away make room for others, and when all are here: `server_full`."""
    name_length: int = NAME_LENGTH
    """Characters of a name (`bad_name`)."""
    text_length: int = TEXT_LENGTH
    """Characters of a line of chat (`bad_text`)."""
    login: float = 60.0
    """Who has not logged in by then is cut off (`silent`): a program does so at once, a person may need a password."""
    silence: float = 9.0
    """A client that has sent beats and then falls silent for so long is cut off: it may come back on a new link."""
    grace: float = 30.0
    """How long a seat is kept for somebody whose connection is lost, where no match is on; in a match it is kept as the
    rule of the table says, and at most as long as a name."""
    saved: float = 30 * 86400.0
    """How long a seat is kept at a table whose match rests, by agreement: for another evening."""
    forget: float = 3600.0
    """How long the name of somebody who is in no room is kept for them."""
    lobby_every: float = 0.3
    """The lobby is sent to its followers at most so often."""
    lobby_bytes: float = 20e6
    """Bytes a second of lobby for all followers together: where they are many they hear of changes less often."""
    lobby_shown: int = 200
    """People, and tables, that a lobby lists: more than anybody reads."""
    past_shown: int = 50
    """Finished matches that are told of at once."""
    replay_bytes: int = 1_000_000
    """Bytes of a match that is still sent whole (`too_long`); links take no more."""
    chat_kept: int = 30
    """Lines of chat that somebody who comes later still gets."""

    def too_many(self, rooms: int) -> Answer:
        """Why somebody in so many rooms may go to no other; or None."""
        if rooms < self.rooms_each:
            return None
        return "too_many_rooms", f"You are at {rooms} tables already; please leave one first."

    def no_more(self, rooms: int, in_all: int) -> Answer:
        """Why somebody in so many rooms may open no other while there are so many in all; or None."""
        if in_all < self.rooms:
            return self.too_many(rooms)
        return "server_full", "This server has as many tables as it can hold; please try again later."
