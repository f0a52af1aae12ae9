"""Room: one game_info judges every step; seats, watchers, and what each of them may see."""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from communication import messages as m
from communication.away import USUAL
from communication.model import Answer, Model, takes
from communication.people import Member
from communication.rules import TOO_FAST
from communication.runner import Runner
from communication.written import MatchRecord, OverRecord
from games.game import Game
from games.game_info import Chance, Outcome, Refusal, alike, secrets_of
from games.match import LEFT, Match, as_move
from games.steps import Step
from master import chat, offers, rematch, seating, told
from master.absences import Absences
from master.keeping import about, over_of, record_of
from master.records import OVER, PLAYING, WAITING, Ledger, NoJournal, RoomRecord
from master.timing import Timing

log = logging.getLogger(__name__)

NOBODY: Mapping[int, int] = {}
"""Since when each seat is in turn, where no two are at the same moment."""


class Room(Model):
    """A table: people sit down, a match begins when all seats are taken, every step is judged here.

    `on_over` hears of each finished match, `on_empty` when the last one has gone, `on_change` of whatever the lobby
    shows; `call_bot`, where there are bots, brings one to this room's code soon, `bots_left` says how many more may
    come. Whatever must outlive the server goes to the `journal`. With a `clock` the time of who is in turn runs; `away`
    is what is done for who is away. `time` gives the time that the hall was told last.
    """

    __slots__ = (
        "_noted", "_on_change", "_on_empty", "_on_over", "_time", "about", "absences", "again", "barred",
        "begins", "bots_left", "call_bot", "chat", "code", "coming", "declined", "game", "journal", "match",
        "number", "offer", "offers", "open_seats", "opening", "options", "paused", "private", "result", "round",
        "seats", "secret", "shelf", "since", "somebody_away", "state", "there", "timed", "timing", "wanting",
        "watchers",
    )  # fmt: skip
    # In a dictionary so many attributes take five times the memory, and twice the looks into it.

    def __init__(
        self,
        runner: Runner,
        code: str,
        shelf: Mapping[str, Game[Any]],
        game: str,
        seats: int,
        options: m.Options,
        private: bool = False,
        on_over: Callable[["Room"], None] = lambda room: None,
        on_empty: Callable[["Room"], None] = lambda room: None,
        on_change: Callable[[], None] = lambda: None,
        call_bot: Callable[[str], None] | None = None,
        journal: Ledger | None = None,
        clock: m.Clock | None = None,
        away: m.Away = USUAL,
        time: Callable[[], float] = lambda: 0.0,
        bots_left: Callable[[], int] = lambda: 0,
    ) -> None:
        super().__init__(runner)
        self.code, self.private, self.shelf = code, private, shelf
        self.watchers: tuple[Member, ...] = ()
        self.state = WAITING
        self.round = 0
        self.again: set[int] = set()
        self.wanting: list[Member] = []
        """Who watches and wants to play in the next match."""
        self.chat: list[m.Said] = []
        self.barred: set[bytes] = set()
        """Hashes of the keys of those who were sent away."""
        self._on_over, self._on_empty, self._on_change = on_over, on_empty, on_change
        self.call_bot, self.bots_left = call_bot, bots_left
        self.journal = journal or NoJournal()
        self.number: int | None = None
        self.paused = False
        self.offers = self.coming = 0
        """The number of the offer made last, and how many bots have been called for free seats and are not here yet."""
        self.declined: dict[tuple[int, str], int]
        """Offers that were not agreed on: seat and what -> number of the step at which that was."""
        self.offer: m.Offering | None
        """The offer made last; `offers.standing` says whether it still stands."""
        self.about: MatchRecord | None = None
        self.result: OverRecord | None = None
        """What is written of the match that began last, and of its end."""
        self.there: set[str] = set()
        """Who has been here since then, by the hashes of their keys."""
        self.begins: tuple[int, int] | None = None
        """The match that is over, and its step, from which the next match here goes on."""
        self.opening: list[Step] = []
        """The steps that lead there."""
        self._noted: RoomRecord | None = None
        self._time = time
        self.lay(shelf[game], seats, options, clock, away)

    def lay(self, game: Game[Any], seats: int, options: m.Options, clock: m.Clock | None, away: m.Away) -> None:
        """Lay the table for a game: all seats are free, and no match has begun."""
        self.game, self.options = game, options
        self.secret, self.open_seats = bool(secrets_of(game.info)), game.info.open_seats
        self.seats: list[Member | None] = [None] * seats
        self.match = Match(game, seats, options)
        self.offer, self.declined = None, {}
        self.since = NOBODY
        self.timing = Timing(self, clock)
        self.absences = Absences(self, away)
        self.timed, self.somebody_away = self.timing.counts, False
        """What a step has to look at beside the game: does time count here, and is anybody away?"""

    @property
    def now(self) -> float:
        """Seconds, of a clock that only goes forward."""
        return self._time()

    # -- people --------------------------------------------------------------------------------------------------------

    def members(self) -> list[Member]:
        """Everybody in the room: seats first, then watchers, then bots that play for who is away."""
        stand_ins = self.absences.stand_ins.values() if self.somebody_away else ()
        return [*filter(None, self.seats), *self.watchers, *stand_ins]

    def seat_of(self, member: Member) -> int | None:
        """The seat that a member plays, for themselves or for who is away; None for watchers."""
        if member in self.seats:
            return self.seats.index(member)
        return next((seat for seat, bot in self.absences.stand_ins.items() if bot is member), None)

    def keeps(self, member: Member) -> bool:
        """Whether the match needs the seat of this member; what to do about it the rule for who is away says."""
        return self.state == PLAYING and member in self.seats and not self.open_seats

    def join(self, member: Member, watch: bool, seat: int | None = None) -> Answer:
        """Let somebody in: on this free seat (None: the first one), or to watch; or say why not."""
        return seating.join(self, member, watch, seat)

    def leave(self, member: Member) -> None:
        """Take somebody out for good; a seat in the middle of a match is forfeited, or given to a bot."""
        seating.leave(self, member)

    def link_changed(self, member: Member) -> None:
        """Somebody's connection was lost, or is there again: then they get everything anew."""
        seating.link_changed(self, member)

    def close(self, code: str, text: str) -> None:
        """Send everybody out and end the room."""
        seating.close(self, code, text)
        self._on_empty(self)

    # -- filter --------------------------------------------------------------------------------------------------------

    def phase(self, sender: Member) -> str:
        return self.state

    def untaken(self, phase: str) -> tuple[str, str]:
        """Why a message is not taken in this phase."""
        return {
            WAITING: ("not_started", "The match has not begun yet."),
            PLAYING: ("not_over", "The match is not over yet."),
            OVER: ("match_over", "This match is over."),
        }[phase]

    @takes(m.Step, phases=(PLAYING, OVER))
    def step(self, member: Member, message: m.Step) -> Answer:
        """Judge a step: has the member a seat, is the number right, do the rules allow it? Then play and announce.

        It may come when the match is over: the step that ended it, sent again by somebody who heard no answer.
        """
        seat = self.seat_of(member)
        if seat is None:
            return "not_seated", "You are watching; only the players make steps."
        try:
            move = as_move(message.move)
        except ValueError as error:
            return "bad_move", f"That is not a step: {error}."
        n, match = message.n, self.match
        last = match.n
        if n != last + 1:
            if n <= last and (known := self._resent(seat, n, move)):
                if not member.pays(1, self.now):
                    return TOO_FAST
                if self.secret:
                    self.show_match(member)  # the view of that moment is gone
                else:
                    self._show_step(known, [member])
                return None
            if match.outcome is None and (n > last or (seat in match.turn and n <= self.since.get(seat, last))):
                return "wrong_number", f"That step has number {n}, but the table is at number {last + 1}."
        if self.paused:
            return "paused", "The match is paused."
        if refusal := match.judge(seat, move):
            return refusal.code, refusal.text
        hidden = self.secret and match.info.hides(seat, move)
        step = match.play(seat, move, Chance())
        if isinstance(step, Refusal):
            return step.code, step.text
        self.announce(step, hidden)
        return None

    @takes(m.Resign, phases=(PLAYING,))
    def resign(self, member: Member, message: m.Resign) -> Answer:
        """Give the match up; where the game has a bot play on instead, that one's seat, to watch from now on."""
        seat = self.seat_of(member)
        if seat is None:
            return "not_seated", "You are watching; there is nothing to give up."
        if self.absences.gave_up(member):
            self.timing.changed()
            return None
        seating.resign(self, member, seat, f"{member.name} resigned")
        return None

    @takes(m.Offer)
    def take_offer(self, member: Member, message: m.Offer) -> Answer:
        """Let a player propose something to the others."""
        return offers.offer(self, member, message)

    @takes(m.Reply)
    def take_reply(self, member: Member, message: m.Reply) -> Answer:
        """Take a player's yes or no to what was offered."""
        return offers.reply(self, member, message)

    @takes(m.Again, phases=(OVER,))
    def want_again(self, member: Member, message: m.Again) -> Answer:
        """Note who wants another match, or to play in it; begin when all seats want it."""
        rematch.want(self, member)
        return None

    @takes(m.Give, phases=(OVER,))
    def give(self, member: Member, message: m.Give) -> Answer:
        """Let somebody who watches and wants to play have this member's seat."""
        return rematch.give(self, member, message.name)

    @takes(m.Sync)
    def sync(self, member: Member, message: m.Sync) -> Answer:
        """Give the steps after a number, or the whole match."""
        if self.state == WAITING:
            return self.untaken(WAITING)
        if not self.secret and 0 <= message.n <= self.match.n:
            for step in self.match.steps[message.n + 1 :]:
                self._show_step(step, [member])
        else:
            self.show_match(member)
        return None

    @takes(m.Fetch, phases=(PLAYING, OVER))
    def fetch(self, member: Member, message: m.Fetch) -> Answer:
        """Give a part of what the work has brought."""
        rows = self.match.info.results(max(message.first, 0))
        self.send(member, m.Results(room=self.code, first=message.first, rows=tuple(rows)))
        return None

    @takes(m.Said)
    def said(self, member: Member, said: m.Said) -> Answer:
        """Pass a line of chat on to everybody here."""
        chat.say(self, said)
        return None

    # -- the match -----------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin a match, the first or another one, for those who sit there."""
        self.round += 1
        self.state = PLAYING
        self.again.clear()
        self.wanting.clear()
        self.declined.clear()
        self.paused, self.offer = False, None
        self.timing.reset()
        self.match, self.since = Match(self.game, len(self.seats), self.options), NOBODY
        try:
            if self.opening:
                self.resume(self.opening)
            else:
                self.match.begin(Chance())
        except Exception:
            log.exception("setup of %s failed", self.game.name)
            self.close("game_failed", "The game made a mistake at its beginning, so this table is closed.")
            return
        self.begins, self.opening = None, []
        self.about = about(self)
        self.there = set(self.about.people)
        self.number = self.journal.begin(self.about)
        for step in self.match.steps:
            self.journal.step(self.number, step)
        self._note_turn(None)
        self.tell_table()
        self.timing.changed()
        if self.secret:
            for member in self.members():
                self.show_match(member)
        else:
            self._tell(self.members(), told.start(self, None))
        if self.match.outcome is not None:
            self._finish(self.match.outcome)

    def resume(self, steps: Iterable[Step]) -> None:
        """Go on with the match that these steps led to; ValueError where they do not fit the game."""
        self.match, self.since = Match(self.game, len(self.seats), self.options), NOBODY
        for step in steps:
            self.match.apply(step)
            self._note_turn(step.seat)
        self.state = PLAYING if self.match.outcome is None else OVER
        self.timing.changed()

    def announce(self, step: Step, hidden: bool = False) -> None:
        """Keep a step that the match has made, and tell everybody."""
        if self.number is not None:
            self.journal.step(self.number, step)
        if step.seat is None and step.move[0] != LEFT:
            self.since = NOBODY  # what was on its way was meant for another state
        self._note_turn(step.seat)
        if self.timed:
            self.timing.stepped(step)
        if self.somebody_away and self.absences.changed():
            self.tell_table()
        self._show_step(step, self.members(), hidden)
        if self.match.outcome is not None:
            self._finish(self.match.outcome)
        if self.open_seats:
            seating.send_away(self)
            self._on_change()

    def _note_turn(self, stepped: int | None) -> None:
        """Where seats act simultaneously, remember since when each is in turn: its next step may have any later number.

        So they do not make each other's steps stale. Where one seat is in turn, only the next number fits.
        """
        turn, since = self.match.turn, self.since
        if since or len(turn) > 1:
            n = self.match.n
            self.since = {seat: n if seat == stepped else since.get(seat, n) for seat in turn}

    def _finish(self, outcome: Outcome) -> None:
        self.state, self.paused = OVER, False
        self.result = over_of(self, outcome)
        if self.number is not None:
            self.journal.over(self.number, self.result)
        self._tell(self.members(), told.over(self))
        self.tell_table()
        self._on_over(self)

    def task(self, now: float) -> None:
        """Let time do what it does."""
        if self.timed:
            self.timing.task(now)
        if self.somebody_away:
            self.absences.task()

    def _resent(self, seat: int, n: int, move: Any) -> Step | None:
        """The step of this seat with this number or a later one that is the same: sent twice after a break."""
        late = self.match.steps[max(n, 0) :]
        return next((step for step in late if step.seat == seat and alike(step.move, move)), None)

    # -- what members are told -----------------------------------------------------------------------------------------

    def tell_table(self) -> None:
        """Tell everybody who is at the table and how it stands."""
        self._on_change()
        self.keep()
        for member in self.members():
            self.send(member, told.table(self, self.seat_of(member)))

    def tell_times(self) -> None:
        """Tell everybody what the clock shows."""
        self.keep()
        self._tell(self.members(), told.times(self))

    def keep(self) -> None:
        """Have written down how the room stands, where that has changed."""
        record = record_of(self)
        if record != self._noted:
            self._noted = record
            self.journal.room(record)

    def show_match(self, member: Member) -> None:
        """Tell somebody the match whole."""
        if self.timing.clock is not None:
            self.send(member, told.times(self))
        self.send(member, told.start(self, self.seat_of(member)))
        if self.match.outcome is not None:
            self.send(member, told.over(self))

    def _show_step(self, step: Step, members: Iterable[Member], hidden: bool = False) -> None:
        """Tell of a step; its maker, who foresaw all of it unless something was hidden or drawn, can wait for that."""
        if self.secret:
            for member in members:
                self.send(member, told.viewed(self, step, self.seat_of(member), hidden))
        else:
            maker = None if step.seat is None or step.chance or self.open_seats else self.seats[step.seat]
            self._tell(members, told.stepped(self, step), maker)

    def _tell(self, members: Iterable[Member], message: m.Message, patient: Member | None = None) -> None:
        data, send = m.encode(message), self.runner.send
        for member in members:
            if (link := member.link) is not None:
                send(link, data, member is not patient)
