"""The runner: one act at a time, in order, whatever thread it came from; what is sent leaves after the commit."""

import threading
from typing import Any

import pytest

from communication.link import CloseCode, Link
from communication.runner import NotKept, Runner
from tests.kit import PATIENCE


class Wire(Link):
    """A link that writes down what happens to it."""

    def __init__(self, log: list[Any], address: str = "wire") -> None:
        self.log = log
        self.address = address

    def send(self, data: str | bytes) -> None:
        self.log.append(data)

    def close(self, code: int = 1000, reason: str = "") -> None:
        self.log.append((code, reason))


def test_acts_run_in_the_order_in_which_they_were_posted() -> None:
    runner, done = Runner(), list[int]()
    for n in range(5):
        runner.post(done.append, n)
    assert done == []
    runner.run()
    assert done == [0, 1, 2, 3, 4]


def test_acts_of_many_threads_never_overlap_and_none_is_lost() -> None:
    runner, inside, most, count = Runner(), [0], [0], [0]

    def act() -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        for _ in range(50):
            count[0] += 1
        inside[0] -= 1

    def post() -> None:
        for _ in range(300):
            runner.call(act)

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert most == [1]
    assert count == [8 * 300 * 50]


def test_an_act_posted_by_an_act_runs_afterwards() -> None:
    runner, done = Runner(), list[str]()

    def first() -> None:
        runner.call(done.append, "second")
        done.append("first")

    runner.call(first)
    assert done == ["first", "second"]


def test_an_act_that_fails_is_logged_and_harms_no_other(caplog: pytest.LogCaptureFixture) -> None:
    runner, done = Runner(), list[str]()
    runner.post(divmod, 1, 0)
    runner.post(done.append, "next")
    runner.run()
    assert done == ["next"]
    assert "ZeroDivisionError" in caplog.text


def test_what_is_sent_leaves_after_the_commit_and_links_are_closed_last() -> None:
    log: list[Any] = []
    runner, wire = Runner(commit=lambda: log.append("commit")), Wire(log)

    def act() -> None:
        runner.close(wire, 1000, "bye")
        runner.send(wire, "a")
        runner.send(wire, "b")
        log.append("act")

    runner.call(act)
    assert log == ["act", "commit", "a", "b", (1000, "bye")]


def test_all_acts_that_wait_share_one_commit() -> None:
    log: list[Any] = []
    runner = Runner(commit=lambda: log.append("commit"))
    for n in range(3):
        runner.post(log.append, n)
    runner.run()
    assert log == [0, 1, 2, "commit"]


def test_where_one_thread_does_all_others_only_wake_it() -> None:
    woken, done = list[str](), list[str]()
    runner = Runner(wake=lambda: woken.append("wake"))
    runner.call(done.append, "act")
    runner.nudge()
    assert (woken, done) == (["wake", "wake"], [])
    runner.run()
    assert done == ["act"]


@pytest.mark.parametrize("fails", [False, True])
def test_slow_work_is_done_elsewhere_and_its_result_comes_back_as_an_act(fails: bool) -> None:
    runner, came, results = Runner(), threading.Event(), list[Any]()

    def work() -> str:
        if fails:
            raise OSError("no")
        return threading.current_thread().name

    def then(result: Any) -> None:
        results.append(result)
        came.set()

    runner.spawn(work, then)
    assert came.wait(PATIENCE)
    assert isinstance(results[0], OSError) if fails else results[0] != threading.current_thread().name


def test_what_cannot_be_kept_is_not_told_and_who_should_have_heard_is_cut_off() -> None:
    def commit() -> None:
        raise NotKept("the disk is full")

    heard, leaving = list[Any](), list[Any]()
    runner, listener, leaver = Runner(commit), Wire(heard), Wire(leaving)
    runner.post(runner.send, listener, "a step")
    runner.post(runner.close, leaver, CloseCode.NORMAL, "goodbye")
    runner.run()
    assert heard == [(CloseCode.FAULT, "not kept")]
    assert leaving == [(CloseCode.NORMAL, "goodbye")]
