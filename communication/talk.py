"""Talk: what everybody on a server may hear: the lobby and its chat, lines at a table, matches that are over."""

from collections import deque
from collections.abc import Callable

import msgspec

from communication import messages as m
from communication.lobby import LobbyNews, picture
from communication.model import Answer, Model, takes
from communication.people import Member, Visitor, clean_text
from communication.rooms import Rooms
from communication.rules import Rules
from communication.runner import Runner
from communication.waitlist import WaitList


class Talk(Model):
    """The part of a server that tells; `visitors` are its connections, `members` the people whom it knows."""

    def __init__(self, runner: Runner, rooms: Rooms, rules: Rules, clock: Callable[[], float]) -> None:
        super().__init__(runner)
        self.rooms = rooms
        self.rules = rules
        self.clock = clock
        self.visitors: dict[Visitor, None] = {}  # in the order in which they came
        self.members: dict[bytes, Member] = {}
        self.waiting = WaitList(self.send, rooms.met)
        self.chat: deque[m.Said] = deque(maxlen=rules.chat_kept)
        self.news = LobbyNews(lambda: self.lobby(), rules)
        rooms.on_change = self.news.changed

    @takes(m.Say, phases=("in",))
    def say(self, visitor: Visitor, message: m.Say) -> Answer:
        """Pass a line of chat on, to the room it names or to the lobby."""
        member = visitor.known()
        try:
            said = m.Said(room=message.room, name=member.name, text=clean_text(message.text, self.rules.text_length))
        except ValueError as error:
            return "bad_text", str(error)
        if message.room:
            room = member.rooms.get(message.room)
            if room is None:
                return self.not_there(message.room)
            room.take(member, said)
        else:
            said.n = self.chat[-1].n + 1 if self.chat else 1
            self.chat.append(msgspec.structs.replace(said, old=True))
            self.rooms.said(self.chat)
            for other in self.visitors:
                if other.member is not None:
                    self.send(other, said)
        return None

    def not_there(self, code: str) -> Answer:
        """Why somebody can do nothing in a room in which they are not."""
        if code in self.rooms.rooms:
            return "not_in_room", "You are not at this table."
        return "unknown_room", "This table has closed."

    @takes(m.Look, phases=("in",))
    def look(self, visitor: Visitor, message: m.Look) -> Answer:
        """Show the lobby, and its chat to somebody who begins to follow it."""
        if message.follow and not visitor.follows:
            for said in self.chat:
                self.send(visitor, said)
        visitor.follows = message.follow
        if visitor.link is not None:
            self.runner.send(visitor.link, self.news.text(self.clock()))
        return None

    def lobby(self) -> m.Lobby:
        """The lobby as it is."""
        return picture(self.members.values(), self.rooms, self.waiting, self.rules.lobby_shown, self.clock())

    @takes(m.History, phases=("in",))
    def history(self, visitor: Visitor, message: m.History) -> Answer:
        """Tell which finished matches somebody may look at."""
        self.send(visitor, self.rooms.past(visitor.known(), message.mine, message.before, self.rules.past_shown))
        return None

    @takes(m.Replay, phases=("in",))
    def replay(self, visitor: Visitor, message: m.Replay) -> Answer:
        """Give somebody a finished match whole."""
        record = self.rooms.record(visitor.known(), message.match)
        if record is None:
            return "unknown_match", "There is no such match here, or it was played at a private table without you."
        text = m.encode(record)
        if len(text) > self.rules.replay_bytes:
            return "too_long", "That match is too long to be sent; whoever runs the host can export it."
        if visitor.link is not None:
            self.runner.send(visitor.link, text)
        return None
