"""What server, room, client and worker have in common: the filter as a table, and an answer for every message."""

from communication import messages as m
from communication.link import Link
from communication.model import Answer, Model, takes
from communication.runner import Runner


class Sent(Link):
    """A link that keeps what is sent on it."""

    def __init__(self) -> None:
        self.messages: list[m.ToClient] = []
        self.along: list[m.ToClient] = []
        self.address = "here"

    def send(self, data: str | bytes) -> None:
        self.messages.append(m.to_client(data))

    def send_along(self, data: str | bytes) -> None:
        self.along.append(m.to_client(data))

    def close(self, code: int = 1000, reason: str = "") -> None:
        pass


class Sender:
    def __init__(self, phase: str = "", link: Sent | None = None) -> None:
        self.phase = phase
        self.link: Link | None = link


class Counter(Model):
    def __init__(self) -> None:
        super().__init__(Runner())
        self.beats = 0

    def phase(self, sender: Sender) -> str:
        return sender.phase

    def untaken(self, phase: str) -> tuple[str, str]:
        return "untaken", f"Not {phase or 'ever'}."

    @takes(m.Beat, phases=("in", "over"))
    def beat(self, sender: Sender, message: m.Beat) -> Answer:
        self.beats += 1
        return None

    @takes(m.Look, m.Sync)
    def look(self, sender: Sender, message: m.Message) -> Answer:
        self.send(sender, m.Said(name="x", text="y"))
        return "no", "No."

    @takes(m.Step)
    def step(self, sender: Sender, message: m.Step) -> Answer:
        return None


class Other(Counter):
    @takes(m.Look)
    def look_again(self, sender: Sender, message: m.Look) -> Answer:
        return None


def answers(model: Model, message: m.Message, phase: str = "in") -> list[m.ToClient]:
    """What the sender gets for a message."""
    link = Sent()
    model.runner.call(model.filter, Sender(phase, link), message)
    return link.messages


def test_what_is_in_the_table_is_done_and_answered_where_an_answer_was_asked_for() -> None:
    model = Counter()
    assert answers(model, m.Beat()) == []
    assert answers(model, m.Beat(id=0)) == [m.Ok(id=0)]
    assert model.beats == 2


def test_what_is_not_in_the_table_or_not_now_is_refused_and_not_done() -> None:
    model = Counter()
    assert answers(model, m.Unmatch(id=3)) == [m.Refused(id=3, code="untaken", text="Not ever.")]
    assert answers(model, m.Beat(), "new") == [m.Refused(code="untaken", text="Not new.")]
    assert model.beats == 0


def test_the_answer_follows_what_the_message_brings_about() -> None:
    said, refused = answers(Counter(), m.Sync(room="BABAB", id=9))
    assert said == m.Said(name="x", text="y")
    assert refused == m.Refused(id=9, code="no", text="No.", room="BABAB")


def test_a_model_inherits_the_table_and_enters_its_own_lines() -> None:
    assert answers(Other(), m.Look(id=1)) == [m.Ok(id=1)]
    assert answers(Other(), m.Sync(room="A", id=1))[-1] == m.Refused(id=1, code="no", text="No.", room="A")
    assert Counter.entries[m.Look].method == "look"


def test_who_is_away_gets_nothing_and_nobody_minds() -> None:
    model = Counter()
    model.runner.call(model.filter, Sender("in", None), m.Beat(id=1))
    assert model.beats == 1


def test_only_the_answer_to_a_step_which_its_maker_foresaw_may_come_later() -> None:
    model, link = Counter(), Sent()
    for message in (m.Beat(id=1), m.Step(id=2, room="R", n=1, move=3)):
        model.runner.call(model.filter, Sender("in", link), message)
    assert (link.messages, link.along) == ([m.Ok(id=1)], [m.Ok(id=2)])
