"""What every way to communicate must do, run over each of them."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import communication
from communication import Handler, Limits, Link, LinkError, Listener
from communication.link import Data
from communication.ways import WAYS
from tests.communication.handlers import PATIENCE, Echo, Recorder

TLS = Path(__file__).parent.parent / "communication" / "tls"
CERTIFICATE, KEY = str(TLS / "certificate.pem"), str(TLS / "key.pem")  # made for these tests, good for 127.0.0.1
SMALL = Limits(message_bytes=70_000)


class WayContract:
    """The contract; a way is a subclass that says how to listen and dial."""

    url: str
    listening: dict[str, Any] = {}
    dialling: dict[str, Any] = {}

    @pytest.fixture(autouse=True)
    def _way(self) -> Iterator[None]:
        """Stop what a test has started, and see that no thread, socket or broken promise is left of it."""
        threads, files = set(threading.enumerate()), open_files()
        self.listeners: list[Listener] = []
        self.dialled: list[Link] = []
        self.handlers: list[Recorder] = []
        yield
        for link in self.dialled:
            link.close()
        for listener in self.listeners:
            listener.stop()
        for thread in set(threading.enumerate()) - threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), f"{thread} is left"
        assert open_files() == files
        assert [fault for handler in self.handlers for fault in handler.faults] == []

    def serve(self, handler: Handler, limits: Limits = SMALL) -> Listener:
        listener = communication.listen(self.url, limits, **self.listening)
        self.listeners.append(listener)
        self.watch(handler)
        listener.start(handler)
        return listener

    def dial(self, listener: Listener, handler: Handler, limits: Limits = SMALL) -> Link:
        self.watch(handler)
        link = communication.dial(listener.url, handler, limits, timeout=PATIENCE, **self.dialling)
        self.dialled.append(link)
        return link

    def watch(self, handler: Handler) -> None:
        if isinstance(handler, Recorder) and handler not in self.handlers:
            self.handlers.append(handler)

    def pair(self, server: Recorder, client: Recorder, limits: Limits = SMALL) -> tuple[Link, Link]:
        """The two ends of a new link: the listener's, and the one that dialled."""
        dialled = self.dial(self.serve(server, limits), client, limits)
        return server.links()[0], dialled

    # Messages

    def test_messages_go_both_ways_as_what_they_are(self) -> None:
        server, client = Recorder(), Recorder()
        ours, theirs = self.pair(server, client)
        sent: list[Data] = ["text", b"bytes", "", b"", "\u00e9 \u68cb \U0001f3b2", bytes(range(256))]
        for data in sent:
            theirs.send(data)
            ours.send(data)
        assert server.messages(len(sent)) == sent
        assert client.messages(len(sent)) == sent
        assert client.links() == [theirs]
        assert isinstance(ours.address, str)
        assert isinstance(theirs.address, str)

    @pytest.mark.parametrize("size", [0, 1, 2, 125, 126, 127, 4096, 65_535, 65_536, SMALL.message_bytes])
    def test_every_size_up_to_the_limit_arrives(self, size: int) -> None:
        server, client = Echo(), Recorder()
        _, link = self.pair(server, client)
        text, binary = "x" * size, b"\xff" * size
        link.send(text)
        link.send(binary)
        assert client.messages(2) == [text, binary]

    def test_the_largest_message_that_the_defaults_allow_passes(self) -> None:
        server, client = Echo(), Recorder()
        _, link = self.pair(server, client, Limits())
        largest = b"x" * Limits().message_bytes
        link.send(largest)
        assert client.messages(1) == [largest]

    def test_the_limit_counts_bytes_not_letters(self) -> None:
        server, client = Recorder(), Recorder()
        _, link = self.pair(server, client, Limits(message_bytes=300))
        link.send("\u68cb" * 100)
        link.send("\u68cb" * 100 + ".")
        assert server.end()[0] == 1009
        assert server.messages(1) == ["\u68cb" * 100]

    def test_a_message_over_the_limit_closes_with_1009(self) -> None:
        server, client = Recorder(), Recorder()
        _, link = self.pair(server, client)
        link.send("x" * (SMALL.message_bytes + 1))
        assert server.end()[0] == 1009
        assert client.end()[0] == 1009
        assert server.messages(0) == []

    def test_a_message_over_the_limit_of_who_dialled_closes_with_1009(self) -> None:
        server, client = Recorder(), Recorder()
        listener = self.serve(server)
        self.dial(listener, client, Limits(message_bytes=1000))
        server.links()[0].send(b"x" * 1001)
        assert client.end()[0] == 1009
        assert server.end()[0] == 1009

    def test_order_is_kept_under_load_from_several_threads(self) -> None:
        server, client = Recorder(), Recorder()
        ours, theirs = self.pair(server, client)

        def talk(link: Link, name: str) -> None:
            for number in range(500):
                link.send(f"{name} {number}")

        together([lambda link=link, name=name: talk(link, name) for link in (ours, theirs) for name in "abcd"])  # type: ignore[misc]
        for handler in (server, client):
            messages = [str(data).split() for data in handler.messages(2000)]
            for name in "abcd":
                assert [int(number) for who, number in messages if who == name] == list(range(500))

    def test_what_cannot_be_sent_is_said_at_once_and_harms_nothing(self) -> None:
        server, client = Echo(), Recorder()
        _, link = self.pair(server, client)
        for wrong in (None, 1, ["x"], bytearray(b"x")):
            with pytest.raises(TypeError):
                link.send(wrong)  # type: ignore[arg-type]
        with pytest.raises(UnicodeEncodeError):
            link.send("\ud800")
        link.send("still here")
        assert client.messages(1) == ["still here"]

    def test_a_handler_that_answers_in_settled_is_called_after_each_batch(self) -> None:
        class Later(Recorder):
            def __init__(self) -> None:
                super().__init__()
                self.waiting: list[tuple[Link, Data]] = []

            def received(self, link: Link, data: Data) -> None:
                super().received(link, data)
                self.waiting.append((link, data))

            def settled(self) -> None:
                for link, data in self.waiting:
                    link.send(data)
                self.waiting.clear()

        server, client = Later(), Recorder()
        _, link = self.pair(server, client)
        sent = [str(number) for number in range(200)]
        for data in sent:
            link.send(data)
        assert client.messages(200) == sent

    def test_what_nobody_waits_for_keeps_its_place_and_arrives_all_the_same(self) -> None:
        class Host(Recorder):
            def received(self, link: Link, data: Data) -> None:
                super().received(link, data)
                if data == "end":
                    link.send_along("last")
                    link.close()
                    return
                for n in range(5):
                    link.send_along(f"along {n}")
                    if n % 2:
                        link.send(f"at once {n}")

        server, client = Host(), Recorder()
        _, link = self.pair(server, client)
        link.send("begin")
        expected = ["along 0", "along 1", "at once 1", "along 2", "along 3", "at once 3", "along 4"]
        assert client.messages(7) == expected
        link.send("end")
        assert client.messages(8) == [*expected, "last"]
        assert client.end()[0] == 1000

    def test_what_nobody_waits_for_arrives_while_others_keep_the_listener_busy(self) -> None:
        class Busy(Recorder):
            def received(self, link: Link, data: Data) -> None:
                if data == "quiet":
                    link.send_along("heard")
                else:
                    link.send(data)

        class Ball(Recorder):
            def received(self, link: Link, data: Data) -> None:
                link.send(data)

        server, players, client = Busy(), Ball(), Recorder()
        listener = self.serve(server)
        for _ in range(4):
            ball = self.dial(listener, players)
            for _ in range(20):
                ball.send("ball")
        link = self.dial(listener, client)
        link.send("quiet")
        assert client.messages(1) == ["heard"]

    def test_what_a_handler_sends_when_a_link_opens_arrives_at_once(self) -> None:
        class Host(Recorder):
            def opened(self, link: Link) -> None:
                super().opened(link)
                link.send("welcome")
                link.send("x" * 3000)

        client = Recorder()
        self.dial(self.serve(Host()), client)
        assert client.messages(2) == ["welcome", "x" * 3000]

    # The end of a link

    @pytest.mark.parametrize("closer", [0, 1])
    @pytest.mark.parametrize("words", [(1000, ""), (1001, "gone"), (3000, "Gr\u00fc\u00dfe"), (4999, "r" * 123)])
    def test_both_sides_hear_code_and_reason(self, closer: int, words: tuple[int, str]) -> None:
        server, client = Recorder(), Recorder()
        ends = self.pair(server, client)
        ends[closer].close(*words)
        assert server.end() == words
        assert client.end() == words

    def test_a_long_reason_is_cut_between_letters(self) -> None:
        server, client = Recorder(), Recorder()
        _, link = self.pair(server, client)
        link.close(4000, "\u68cb" * 100)
        assert server.end() == (4000, "\u68cb" * 41)

    @pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 10**6, -1])
    def test_a_code_that_must_not_be_sent_is_refused(self, code: int) -> None:
        server, client = Echo(), Recorder()
        _, link = self.pair(server, client)
        with pytest.raises(ValueError, match="close code"):
            link.close(code)
        link.send("still here")
        assert client.messages(1) == ["still here"]

    def test_only_the_first_close_counts_and_nothing_is_sent_after_it(self) -> None:
        server, client = Recorder(), Recorder()
        _, link = self.pair(server, client)
        link.send("before")
        link.close(4001, "first")
        link.send("after")
        link.close(4002, "second")
        assert server.end() == (4001, "first")
        assert client.end() == (4001, "first")
        link.send("long after")
        link.close()
        assert server.messages(1) == ["before"]
        assert [heard.what for heard in server.heard] == ["opened", "received", "closed"]

    def test_what_was_sent_before_close_arrives(self) -> None:
        server, client = Recorder(), Recorder()
        ours, _ = self.pair(server, client)
        sent = [str(number) * 20 for number in range(1000)]
        for data in sent:
            ours.send(data)
        ours.close(4000, "enough")
        assert client.end() == (4000, "enough")
        assert client.messages(1000) == sent

    def test_nothing_is_received_after_ones_own_close(self) -> None:
        class Leaver(Recorder):
            def received(self, link: Link, data: Data) -> None:
                super().received(link, data)
                link.close(4000, "one is enough")

        server, client = Leaver(), Recorder()
        _, link = self.pair(server, client)
        for number in range(100):
            link.send(str(number))
        assert client.end() == (4000, "one is enough")
        assert server.end() == (4000, "one is enough")
        assert server.messages(1) == ["0"]
        assert len(server.heard) == 3

    def test_when_both_close_at_once_each_hears_it_once(self) -> None:
        server, client = Recorder(), Recorder()
        listener = self.serve(server)
        for number in range(20):
            dialled = self.dial(listener, client)
            accepted = server.links(number + 1)[-1]
            together([lambda a=accepted: a.close(4001, "s"), lambda d=dialled: d.close(4002, "c")])  # type: ignore[misc]
            assert server.end(accepted) in ((4001, "s"), (4002, "c"))
            assert client.end(dialled) in ((4001, "s"), (4002, "c"))
        assert len(server.ends(20)) == len(client.ends(20)) == 20

    def test_a_handler_may_close_at_once(self) -> None:
        class Unwilling(Recorder):
            def opened(self, link: Link) -> None:
                super().opened(link)
                link.send("no")
                link.close(4003, "not you")

        server, client = Unwilling(), Recorder()
        self.dial(self.serve(server), client)
        assert client.end() == (4003, "not you")
        assert client.messages(1) == ["no"]
        assert server.end() == (4003, "not you")

    def test_who_does_not_read_is_closed_and_nobody_else_notices(self) -> None:
        class Stuck(Recorder):
            def __init__(self) -> None:
                super().__init__()
                self.gate = threading.Event()

            def received(self, link: Link, data: Data) -> None:
                super().received(link, data)
                self.gate.wait(PATIENCE)

        server, stuck, good = Echo(), Stuck(), Recorder()
        listener = self.serve(server)
        self.dial(listener, stuck)
        (slow,) = server.links()
        link = self.dial(listener, good)
        load = b"x" * 60_000
        sent = 0
        while not server.ends_of(slow):  # the system's own buffers take some megabytes first
            slow.send(load)
            sent += 1
            link.send(f"{sent}")
            assert good.messages(sent)[-1] == f"{sent}"
            assert sent < 2000
        assert server.end(slow)[0] == 1008
        stuck.gate.set()
        assert stuck.end()[0] in (1006, 1008)

    # Many at once

    def test_a_hundred_dial_at_the_same_moment(self) -> None:
        server, client = Echo(), Recorder()
        listener = self.serve(server)

        def join(number: int) -> None:
            self.dial(listener, client).send(f"{number}")

        together([lambda number=number: join(number) for number in range(100)])  # type: ignore[misc]
        assert sorted(map(str, client.messages(100))) == sorted(map(str, range(100)))
        assert len(server.links(100)) == 100

    def test_two_listeners_serve_side_by_side(self) -> None:
        one, two, client = Echo(), Recorder(), Recorder()
        first, second = self.serve(one), self.serve(two)
        assert first.url != second.url
        link, other = self.dial(first, client), self.dial(second, client)
        other.send("to two")
        link.send("to one")
        assert client.messages(1) == ["to one"]
        assert two.messages(1) == ["to two"]
        first.stop()
        other.send("two goes on")
        assert two.messages(2)[1] == "two goes on"

    def test_above_the_limit_of_connections_one_is_told_so_and_a_free_place_can_be_had(self) -> None:
        server, client, late = Echo(), Recorder(), Recorder()
        listener = self.serve(server, Limits(connections=2))
        links = [self.dial(listener, client) for _ in range(2)]
        server.links(2)
        assert self.refusal(listener, late) in (
            f"{listener.url} answers, but lets nobody in (HTTP status 503)",
            f"{listener.url} answers, but lets nobody in: all places are taken",
            "1013 all places are taken",
        )
        links[0].send("inside")
        assert client.messages(1) == ["inside"]
        assert len(server.links(2)) == 2
        links[0].close()
        server.ends(1)
        newcomer = self.dial_until_let_in(listener)
        assert newcomer.messages(1) == ["hello"]

    def refusal(self, listener: Listener, handler: Recorder) -> str:
        """How a listener with no place left says so: some can tell who dials, others only close."""
        try:
            self.dial(listener, handler)
        except LinkError as error:
            return str(error)
        code, reason = handler.end()
        return f"{code} {reason}"

    def dial_until_let_in(self, listener: Listener) -> Recorder:
        """Dial again while the place that has come free is still being cleared."""
        for _ in range(1000):
            handler = Recorder()
            try:
                self.dial(listener, handler).send("hello")
            except LinkError:
                continue
            handler.until(lambda heard=handler.heard: any(item.what != "opened" for item in heard))  # type: ignore[misc]
            if not handler.ends_of():
                break
        return handler

    # Listeners

    def test_stop_closes_every_link_with_1001_before_it_returns(self) -> None:
        server, client = Recorder(), Recorder()
        listener = self.serve(server)
        for _ in range(5):
            self.dial(listener, client)
        server.links(5)
        listener.stop()
        assert [code for code, _ in server.ends_of()] == [1001] * 5
        assert [code for code, _ in client.ends(5)] == [1001] * 5
        listener.stop()

    def test_stop_works_before_start_and_from_several_threads(self) -> None:
        unstarted = communication.listen(self.url, **self.listening)
        unstarted.stop()
        unstarted.stop()
        with pytest.raises(RuntimeError):
            unstarted.start(Recorder())
        server, client = Recorder(), Recorder()
        listener = self.serve(server)
        self.dial(listener, client)
        together([listener.stop] * 4)
        assert client.end()[0] == 1001

    def test_a_handler_may_stop_its_listener(self) -> None:
        class Stopper(Recorder):
            def received(self, link: Link, data: Data) -> None:
                super().received(link, data)
                listener.stop()

        server, client = Stopper(), Recorder()
        listener = self.serve(server)
        self.dial(listener, client).send("stop")
        assert client.end()[0] == 1001
        assert server.end()[0] == 1001

    def test_start_dial_stop_fifty_times(self) -> None:
        for _ in range(50):
            server, client = Echo(), Recorder()
            listener = self.serve(server)
            self.dial(listener, client).send("hello")
            assert client.messages(1) == ["hello"]
            listener.stop()
            assert client.end()[0] == 1001

    def test_a_listener_starts_once(self) -> None:
        listener = self.serve(Recorder())
        with pytest.raises(RuntimeError):
            listener.start(Recorder())

    def test_an_address_is_taken_until_it_is_given_back(self) -> None:
        server, client = Echo(), Recorder()
        listener = self.serve(server)
        with pytest.raises(LinkError, match="in use"):
            communication.listen(listener.url, **self.listening)
        self.dial(listener, client)
        listener.stop()
        again = communication.listen(listener.url, **self.listening)
        self.listeners.append(again)
        assert again.url == listener.url
        again.start(server)
        self.dial(again, client).send("back")
        assert client.messages(1) == ["back"]

    def test_dialling_nobody_says_so_and_the_handler_hears_nothing(self) -> None:
        listener = self.serve(Recorder())
        listener.stop()
        handler = Recorder()
        with pytest.raises(LinkError) as caught:
            self.dial(listener, handler)
        assert str(caught.value) == f"nobody answers at {listener.url}"
        assert handler.heard == []

    # Handlers that fail

    @pytest.mark.parametrize("where", ["opened", "received", "closed", "settled"])
    def test_a_handler_that_raises_harms_no_other_link(self, where: str, caplog: pytest.LogCaptureFixture) -> None:
        class Faulty(Echo):
            def opened(self, link: Link) -> None:
                super().opened(link)
                self.fail("opened", link)

            def received(self, link: Link, data: Data) -> None:
                super().received(link, data)
                self.fail("received", link)

            def closed(self, link: Link, code: int, reason: str) -> None:
                super().closed(link, code, reason)
                self.fail("closed", link)

            def settled(self) -> None:
                if self.heard and len(self._known) > 1:
                    self.fail("settled", self.links(2)[1])

            def fail(self, here: str, link: Link) -> None:
                if here == where and link == self.links(2)[1] if len(self._known) > 1 else False:
                    raise ZeroDivisionError("on purpose")

        server, good, bad = Faulty(), Recorder(), Recorder()
        listener = self.serve(server)
        link = self.dial(listener, good)
        server.links()
        with caplog.at_level(logging.ERROR):
            unlucky = self.dial(listener, bad)
            server.links(2)
            unlucky.send("hello")
            if where in ("opened", "received"):
                assert bad.end()[0] == 1011
                assert server.end()[0] == 1011
            else:
                assert bad.messages(1) == ["hello"]
                unlucky.close()
                server.ends(1)
            link.send("unharmed")
            assert good.messages(1) == ["unharmed"]
        assert "ZeroDivisionError: on purpose" in caplog.text


class TestMemory(WayContract):
    url = "memory://"


class TestTcp(WayContract):
    url = "tcp://127.0.0.1:0"


class TestWs(WayContract):
    url = "ws://127.0.0.1:0"


class TestWss(WayContract):
    url = "wss://127.0.0.1:0"
    listening = {"tls": (CERTIFICATE, KEY)}
    dialling = {"ca": CERTIFICATE}


def test_no_way_escapes_the_contract() -> None:
    tested = {way.url.partition("://")[0] for way in WayContract.__subclasses__()}
    assert tested == set(WAYS)


NONSENSE = """
127.0.0.1:8765 carrier-pigeon://home ws:// ws://:8765 ws://host:port ws://host:70000 ws://host:-1 ws://[::1 tcp:// ://x
ws://user@host:1 ws://host:1/path ws://host:1?x=1 ws://host:1#x wss://127.0.0.1:0
"""


@pytest.mark.parametrize("url", ["", *NONSENSE.split()])
def test_a_url_that_makes_no_sense_is_a_value_error(url: str) -> None:
    with pytest.raises(ValueError, match=r"\w \w"):
        communication.listen(url).stop()


@pytest.mark.parametrize("url", ["tcp://127.0.0.1", "tcp://127.0.0.1:0", "tcp://:8765", "ws://", "nonsense"])
def test_a_url_that_leads_nowhere_is_a_value_error(url: str) -> None:
    with pytest.raises(ValueError, match=r"\w \w"):
        communication.dial(url, Recorder())


def together(calls: list[Callable[[], object]]) -> None:
    """Make all calls at the same moment, each on a thread of its own; an exception in one fails the test."""
    barrier = threading.Barrier(len(calls))
    failed: list[BaseException] = []

    def run(call: Callable[[], object]) -> None:
        barrier.wait(PATIENCE)
        try:
            call()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    if failed:
        raise failed[0]


def open_files() -> int:
    """How many descriptors this process holds, where the system tells."""
    return len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
