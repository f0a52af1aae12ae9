"""Model: what server, room, client and worker have in common: task, send and filter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar

from communication.link import Link
from communication.messages import Message, Ok, Refused, Request, Step, encode
from communication.runner import Runner

Answer: TypeAlias = tuple[str, str] | None
"""What became of a message: None when it was done, else why not: a code and a sentence."""

Method = TypeVar("Method", bound=Callable[..., Answer])


class Peer(Protocol):
    """Somebody to send to; `link` is None while they cannot be reached."""

    link: Link | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the filter: the phases in which a message is taken (none named: all), and the method for it.

    `act` is that method of the class which the table belongs to, so that nobody has to look it up by its name.
    """

    phases: frozenset[str]
    method: str
    act: Callable[..., Answer]


def takes(*kinds: type[Message], phases: tuple[str, ...] = ()) -> Callable[[Method], Method]:
    """Enter a method into its model's filter for these messages, in these phases only (none named: in all)."""

    def enter(method: Method) -> Method:
        method.__dict__["takes"] = (kinds, frozenset(phases))
        return method

    return enter


class Model:
    """Base of server, room, client and worker.

    A model never sees a thread, a socket or a clock: the runner calls it with one message at a time, and `task` is told
    the time.
    """

    __slots__ = ("runner",)

    entries: ClassVar[dict[type[Message], Entry]] = {}
    """The filter as a table: message type -> phases and method; `takes` fills it."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = {
            kind: (method.takes[1], name)
            for name, method in vars(cls).items()
            if hasattr(method, "takes")
            for kind in method.takes[0]
        }
        lines = {kind: (entry.phases, entry.method) for kind, entry in cls.entries.items()} | own
        cls.entries = {kind: Entry(phases, name, getattr(cls, name)) for kind, (phases, name) in lines.items()}

    def __init__(self, runner: Runner) -> None:
        self.runner = runner

    def task(self, now: float) -> None:
        """Do what is due by now (seconds of a clock that only goes forward); called a few times a second."""

    def send(self, to: Peer, message: Message, urgent: bool = True) -> None:
        """Send a message to another model; it leaves at the end of the round. Who is away gets nothing."""
        if to.link is not None:
            self.runner.send(to.link, encode(message), urgent)

    def filter(self, sender: Any, message: Message) -> None:
        """Call the method that this message calls for, and answer the sender."""
        answer = self.take(sender, message)
        if answer is not None:
            self.refuse(sender, message, answer)
        elif isinstance(message, Request) and message.id is not None:
            urgent = not isinstance(message, Step)  # whoever makes a step foresees this
            self.send(sender, Ok(id=message.id), urgent)

    def refuse(self, sender: Any, message: Message, answer: tuple[str, str]) -> None:
        """Tell the sender why a message was not taken."""
        code, text = answer
        id, room = getattr(message, "id", None), getattr(message, "room", "")
        self.send(sender, Refused(id=id, room=room, code=code, text=text))

    def take(self, sender: Any, message: Message) -> Answer:
        """Call the method that this message calls for; what is not in the table, or not now, is refused."""
        entry = self.entries.get(type(message))
        if entry is None:
            return self.untaken("")
        phases = entry.phases
        if phases and (phase := self.phase(sender)) not in phases:
            return self.untaken(phase)
        return entry.act(self, sender, message)

    def phase(self, sender: Any) -> str:
        """The phase that this sender is in, for the table."""
        return ""

    def untaken(self, phase: str) -> tuple[str, str]:
        """Why a message is not taken in this phase ("": in none)."""
        return "malformed", "This message is not meant for here."
