"""What the server needs of the master layer: rooms by their codes, and somebody who opens them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from communication import messages as m
from communication.model import Answer
from communication.people import Member


class Room(Protocol):
    """What the server needs of a room."""

    @property
    def state(self) -> str:
        """How the lobby sees it: waiting, playing or over."""

    @property
    def paused(self) -> bool:
        """Whether its match rests, as all there have agreed: for a while, or until another evening."""

    @property
    def watchers(self) -> Sequence[Member]:
        """Those who watch."""

    def take(self, sender: Any, message: m.Message) -> Answer:
        """Take a message from a member; or say why not."""

    def join(self, member: Member, watch: bool) -> Answer:
        """Let somebody in; or say why not: a code and a sentence."""

    def link_changed(self, member: Member) -> None:
        """The member's connection was lost, or is there again (`member.link` tells which)."""

    def keeps(self, member: Member) -> bool:
        """Whether a match needs the seat of this member, who is away: the table knows what to do about it."""

    def leave(self, member: Member) -> None:
        """Take somebody out for good."""


class Rooms(Protocol):
    """What the server needs of the master layer."""

    @property
    def games(self) -> Mapping[str, int]:
        """Name -> version of every game."""

    @property
    def rooms(self) -> Mapping[str, Room]:
        """Every room by its code."""

    @property
    def wins(self) -> Mapping[str, int]:
        """How many matches each name has won."""

    @property
    def away(self) -> m.Away:
        """What is done for players who are away, where nothing else is said."""

    @property
    def matches(self) -> int:
        """How many matches have ended."""

    on_change: Callable[[], None]
    """Is called whenever what the lobby shows of a room has changed."""

    def refusal(self, wish: m.Match | m.Open, member: Member) -> Answer:
        """Why no such room can be opened for somebody: a code and a sentence; or None."""

    def complete(self, wish: m.Match) -> m.Match:
        """A wish that is not refused with all options, and the rule for who is away, defaults filled in."""

    def open(self, wish: m.Match | m.Open, members: Sequence[Member]) -> str:
        """Open a room, seat the members in this order, and give its code."""

    def make_room(self) -> None:
        """Close a room that nobody is in and whose match rests, if there is one."""

    def past(self, member: Member, mine: bool, before: int | None, most: int) -> m.Past:
        """The newest matches that are over and that somebody may look at: where they were, or all that were open."""

    def record(self, member: Member, match: int) -> m.Record | None:
        """A match whole that is over; None where there is none that they may look at."""

    def cards(self) -> Iterable[m.Card]:
        """The rooms that are not private, as the lobby lists them."""

    @property
    def trouble(self) -> str:
        """Why nothing can be kept just now, in a sentence; "" while all is well."""

    def met(self, member: Member) -> None:
        """Keep how somebody stands now: their name, and what they wait for."""

    def forgot(self, member: Member) -> None:
        """Keep somebody no longer."""

    def said(self, chat: Iterable[m.Said]) -> None:
        """Keep what was said in the lobby."""

    def task(self, now: float) -> None:
        """Let the rooms do what is due."""
