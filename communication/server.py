"""Server: login, match, communicate. It knows people and wait lists; what a room is, only the master layer knows."""

import logging
import time
from collections.abc import Callable, Iterable
from functools import partial

from communication import messages as m
from communication.allowance import Allowance
from communication.link import CloseCode, Link
from communication.login import login_refusal
from communication.model import Answer, takes
from communication.people import Member, Visitor, clean_name, folded, free_name, key_hash, quoted
from communication.rooms import Room, Rooms
from communication.rules import CHANGING, COSTS, TOO_FAST, Rules
from communication.runner import Runner
from communication.talk import Talk

log = logging.getLogger(__name__)

WATCH_EVERY = 1.0
"""Seconds between two looks at who is silent or stays away, for which everybody is looked at."""


class Server(Talk):
    """The server model and the handler of every listener's links.

    Handler methods may be called on any thread; all else runs in the runner's rounds. `clock` gives seconds.
    """

    def __init__(
        self,
        runner: Runner,
        rooms: Rooms,
        name: str = "Roundtable",
        program: str = "",
        password: str = "",
        rules: Rules | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(runner, rooms, rules or Rules(), clock)
        self.name = name
        self.program = program
        self.password = password
        self.names: dict[str, Member] = {}
        self.stopped = False
        self._watch_at = 0.0
        self._now = clock()

    def restore(self, members: Iterable[Member], chat: Iterable[m.Said] = ()) -> None:
        """Know these people, and what was said in the lobby, from before a stop; seats are kept as after a break."""
        self.chat.extend(chat)
        now = self.clock()
        for member in members:
            member.away_since = now
            self.members[member.key_hash] = member
            self.names[folded(member.name)] = member

    # -- links: the handler of all listeners (any thread) --------------------------------------------------------------

    def opened(self, link: Link) -> None:
        self.runner.post(self._opened, link)

    def received(self, link: Link, data: str | bytes) -> None:
        self.runner.post(self._received, link, data)

    def closed(self, link: Link, code: int, reason: str) -> None:
        self.runner.post(self._closed, link, code)

    def settled(self) -> None:
        self.runner.nudge()

    def _opened(self, link: Link) -> None:
        if self.stopped:
            return
        now = self.clock()
        visitor = link.owner = Visitor(link, now, Allowance(self.rules.burst, self.rules.per_second, now))
        self.visitors[visitor] = None

    def _received(self, link: Link, data: str | bytes) -> None:
        visitor: Visitor | None = link.owner
        if visitor is None or visitor.link is None:
            return  # closed by us in the meantime
        visitor.heard = self._now
        try:
            message = m.to_server(data)
        except m.BadMessage as bad:
            code, text = self._charge(visitor, 1) or ("malformed", str(bad))
            self.send(visitor, m.Refused(id=bad.id, code=code, text=text))
            return
        cost = COSTS.get(type(message), 1)
        if cost and (answer := self._charge(visitor, cost)):
            super().refuse(visitor, message, answer)
        elif self.rooms.trouble and type(message) in CHANGING and visitor.member is not None:
            self.refuse(visitor, message, ("not_kept", f"{self.rooms.trouble} The tables wait until it can."))
        else:
            try:
                self.filter(visitor, message)
            except Exception:
                log.exception("the server failed on %s", type(message).__name__)
                text = "Something went wrong on the server with this; its log says what."
                self.refuse(visitor, message, ("server_failed", text))

    def refuse(self, visitor: Visitor, message: m.Message, answer: tuple[str, str]) -> None:
        """Tell a visitor why a message was not taken; a step costs something only then."""
        if isinstance(message, m.Step):
            answer = self._charge(visitor, 0 if answer is TOO_FAST else 1) or answer
        super().refuse(visitor, message, answer)

    def _charge(self, visitor: Visitor, cost: int) -> Answer:
        """Take a cost from what a visitor may send; or refuse, and say goodbye to who goes on regardless."""
        if visitor.allowance.spend(cost, self.clock()):
            return None
        if visitor.allowance.left <= -self.rules.burst / 4:
            self.dismiss(visitor, "too_fast", "Your program sends too much.", back=False)
            self._lost(visitor, CloseCode.LOST)
        return TOO_FAST

    def _closed(self, link: Link, code: int) -> None:
        visitor: Visitor | None = link.owner
        if visitor is not None and visitor.link is not None:
            del self.visitors[visitor]
            visitor.link = None
            self._lost(visitor, code)

    def _lost(self, visitor: Visitor, code: int) -> None:
        """A connection is gone, and with it perhaps somebody; their seats are kept for a while."""
        member = visitor.member
        if member is None or member.visitor is not visitor:
            return
        member.visitor = member.link = None
        member.away_since = self.clock()
        self.waiting.pause(member)
        gone = code == CloseCode.GOING_AWAY  # the window was closed: nobody will come back for the seat
        if gone and not self.rooms.trouble:
            self._leave_all(member, lambda room: room.paused)
            if not member.rooms:
                self._forget(member)
        for room in list(member.rooms.values()):
            room.link_changed(member)
        self.news.changed()

    # -- filter --------------------------------------------------------------------------------------------------------

    def phase(self, sender: Visitor) -> str:
        return "new" if sender.member is None else "in"

    def untaken(self, phase: str) -> tuple[str, str]:
        return {
            "new": ("not_logged_in", "Please log in first."),
            "in": ("already_logged_in", "You are logged in already."),
        }[phase]

    # -- login ---------------------------------------------------------------------------------------------------------

    @takes(m.Login, phases=("new",))
    def login(self, visitor: Visitor, message: m.Login) -> Answer:
        """Let somebody in: a new person, or one who comes back with the same key."""
        if refusal := login_refusal(message, self.program, self.password):
            return refusal
        try:
            name = clean_name(message.name, self.rules.name_length)
        except ValueError as error:
            return "bad_name", str(error)
        known = key_hash(message.key)
        member = self.members.get(known)
        if member is None:
            if len(self.members) >= self.rules.people and not self._make_room():
                return "server_full", "This server knows as many people as it can; please try again later."
            member = self.members[known] = Member("", known, message.bot)
        self._rename(member, name)
        self._hand_over(member, visitor)
        member.house = member.bot and visitor.link is not None and visitor.link.address.startswith("memory://")
        self.rooms.met(member)
        self.send(
            visitor,
            m.Welcome(
                name=member.name,
                server=self.name,
                protocol=m.PROTOCOL,
                program=self.program,
                games=dict(self.rooms.games),
                rooms=tuple(member.rooms),
                away=self.rooms.away,
            ),
        )
        self.waiting.show(member)
        self._wait_again(member)
        for room in list(member.rooms.values()):
            room.link_changed(member)
        self.news.changed()
        return None

    def _rename(self, member: Member, name: str) -> None:
        """Give somebody this name or, where another has it, one with a number behind."""
        self.names.pop(folded(member.name), None)
        member.name = free_name(name, self.names)
        self.names[folded(member.name)] = member

    def _hand_over(self, member: Member, visitor: Visitor) -> None:
        """The newest link with the key wins at once; the one before is told and closed."""
        before = member.visitor
        member.visitor, member.link, member.away_since = visitor, visitor.link, None
        visitor.member = member
        if before is not None and before.link is not None:
            self.dismiss(before, "elsewhere", "You are playing from another place now.", back=False)

    def dismiss(self, visitor: Visitor, code: str, text: str, back: bool) -> None:
        """Say goodbye on a connection and close it after that."""
        link = visitor.link
        if link is not None:
            del self.visitors[visitor]
            self.send(visitor, m.Bye(code=code, text=text, back=back))
            visitor.link = None
            self.runner.close(link, CloseCode.NORMAL, code)

    @takes(m.Beat)
    def beat(self, visitor: Visitor, message: m.Beat) -> Answer:
        """A sign of life."""
        visitor.beats = True
        return None

    # -- match ---------------------------------------------------------------------------------------------------------

    @takes(m.Match, phases=("in",))
    def match(self, visitor: Visitor, message: m.Match) -> Answer:
        """Put somebody on the wait list; open a room when enough are there."""
        return self._wait(visitor.known(), message)

    def _wait(self, member: Member, wish: m.Match) -> Answer:
        if refusal := self.rooms.refusal(wish, member) or self._no_more(member):
            return refusal
        self.waiting.remove(member)
        if len(self.waiting) >= self.rules.waiting:
            return "too_many_waiting", "Very many are waiting already; please try again later."
        wish = self.rooms.complete(wish)
        if members := self.waiting.add(member, wish):
            self.rooms.open(wish, members)
        self.news.changed()
        return None

    def _wait_again(self, member: Member) -> None:
        """Put somebody who is back on the wait list again, at its end; or tell them that they wait no longer."""
        wish = member.wish
        if wish is not None and not self.rooms.trouble and not self.waiting.has(member) and self._wait(member, wish):
            self.waiting.remove(member)
            self.send(member, m.Waiting(game=wish.game, have=0, need=0))

    @takes(m.Unmatch, phases=("in",))
    def unmatch(self, visitor: Visitor, message: m.Unmatch) -> Answer:
        """Take somebody off the wait list."""
        if not self.waiting.remove(visitor.known()):
            return "not_waiting", "You are not waiting for a game."
        self.news.changed()
        return None

    @takes(m.Open, phases=("in",))
    def open(self, visitor: Visitor, message: m.Open) -> Answer:
        """Open a room for somebody and seat them."""
        member = visitor.known()
        if refusal := self.rooms.refusal(message, member) or self._no_more(member):
            return refusal
        self.waiting.remove(member)
        self.rooms.open(message, [member])
        self.news.changed()
        return None

    @takes(m.Join, phases=("in",))
    def join(self, visitor: Visitor, message: m.Join) -> Answer:
        """Let somebody into a room by its code."""
        member = visitor.known()
        code = "".join(message.room.split()).upper()
        room = self.rooms.rooms.get(code)
        if room is None:
            return "unknown_room", f'There is no table with the code "{quoted(message.room)}".'
        if code not in member.rooms and (refusal := self.rules.too_many(len(member.rooms))):
            return refusal
        if message.watch and len(room.watchers) >= self.rules.watchers:
            return "too_many_watchers", "As many watch this table as can; please try again later."
        if refusal := room.join(member, message.watch):
            return refusal
        self.waiting.remove(member)
        self.news.changed()
        return None

    # -- communicate ---------------------------------------------------------------------------------------------------

    @takes(m.Step, m.Sync, m.Fetch, m.Again, m.Give, m.Resign, m.Offer, m.Reply, phases=("in",))
    def to_room(self, visitor: Visitor, message: m.InRoom) -> Answer:
        """Hand a message to the room that it names."""
        member = visitor.known()
        room = member.rooms.get(message.room)
        return self.not_there(message.room) if room is None else room.take(member, message)

    @takes(m.Leave, phases=("in",))
    def leave(self, visitor: Visitor, message: m.Leave) -> Answer:
        """Take somebody out of a room."""
        member = visitor.known()
        room = member.rooms.get(message.room)
        if room is None:
            return self.not_there(message.room)
        room.leave(member)
        self.news.changed()
        return None

    # -- task ----------------------------------------------------------------------------------------------------------

    def task(self, now: float) -> None:
        """Look after people, let the rooms do what is due, and show the lobby."""
        before, self._now = self._now, now
        if now >= self._watch_at:
            self._watch_at = now + WATCH_EVERY
            self._watch(now, before)
        self.rooms.task(now)
        if self.news.due(now):
            links = [visitor.link for visitor in self.visitors if visitor.follows and visitor.link is not None]
            news = self.news.told(now, len(links))
            for link in links:
                self.runner.send(link, news)

    def _watch(self, now: float, before: float) -> None:
        """Cut off the silent, and let go of those who stay away.

        Silence counts up to the `task` before this one, which is the time that `heard` is told by: whoever was heard
        since then is not silent, however late this one comes.
        """
        rules = self.rules
        for visitor in list(self.visitors):
            if visitor.beats and before - visitor.heard > rules.silence:
                self.dismiss(visitor, "silent", "Nothing was heard from you for too long.", back=True)
                self._lost(visitor, CloseCode.LOST)
            elif visitor.member is None and now - visitor.since > rules.login:
                self.dismiss(visitor, "silent", "Nobody has logged in here for too long.", back=True)
        for member in list(self.members.values()) if not self.rooms.trouble else ():
            if member.away_since is None:
                if member.wish is not None:
                    self._wait_again(member)
                continue
            away = now - member.away_since
            if member.rooms and away > rules.grace:
                self._leave_all(member, partial(self._keeps, member, away))
            if not member.rooms and away > rules.forget:
                self._forget(member)

    def stop(self) -> None:
        """Tell everybody that the server is going down, and to come back; an act like any other, and the last."""
        self.stopped = True
        for visitor in list(self.visitors):
            self.dismiss(visitor, "stopping", "The host is back soon.", back=True)

    def _leave_all(self, member: Member, kept: Callable[[Room], bool]) -> None:
        """Take somebody out of all rooms but those that are kept for them."""
        for room in [room for room in member.rooms.values() if not kept(room)]:
            room.leave(member)
            self.news.changed()

    def _keeps(self, member: Member, away: float, room: Room) -> bool:
        """Whether a room keeps the seat of somebody who has been away for so long."""
        if room.paused:
            return away <= self.rules.saved
        return away <= self.rules.forget and room.keeps(member)

    def _no_more(self, member: Member) -> Answer:
        """Why no other room can be opened for somebody; a saved table makes room where nobody is there."""
        if len(self.rooms.rooms) >= self.rules.rooms:
            self.rooms.make_room()
        return self.rules.no_more(len(member.rooms), len(self.rooms.rooms))

    def _make_room(self) -> bool:
        """Forget somebody who is away and in no room; whether there was one."""
        gone = next((one for one in self.members.values() if one.away_since is not None and not one.rooms), None)
        if gone is None:
            return False
        self._forget(gone)
        return True

    def _forget(self, member: Member) -> None:
        del self.members[member.key_hash]
        del self.names[folded(member.name)]
        self.rooms.forgot(member)
