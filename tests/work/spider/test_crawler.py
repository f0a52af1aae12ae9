"""A site that misbehaves is visited with the right answer to each of its ways."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Iterator

import pytest

from tests.work.spider.site import Reply, Site, html, moved
from work.spider.crawler import LONGEST_WAIT, TRIES, Crawler
from work.spider.fetch import AGENT, Caps, Fetcher, public, retry_after

CAPS = Caps(connect=5.0, wait=5.0, whole=0.2, bytes=100_000)
LATE = 5.0


class Time:
    """Time that passes only where somebody sleeps; `slept` is how long each sleep was."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def crawler(time: Time) -> Crawler:
    fetcher = Fetcher(private=True, caps=CAPS)
    return Crawler(fetcher, 0.0, time.sleep, lambda: time.now, lambda: 0.0, lambda: 0.5)


def test_a_page_is_fetched_and_read(site: Site, crawler: Crawler, time: Time) -> None:
    site.pages["/"] = html("/a", title="Hello")
    visit = crawler.visit(site.at("/"))
    assert (visit.status, visit.kind, visit.problem) == (200, "text/html", "")
    assert (visit.read.title, visit.read.links) == ("Hello", (site.at("/a"),))
    assert visit.length == len(html("/a", title="Hello").body)
    assert len(visit.digest) == 32
    assert site.agents == {AGENT}
    assert time.slept == []


# What is answered, and what is tried again


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 500, 501])
def test_most_answers_are_final(site: Site, crawler: Crawler, status: int) -> None:
    site.pages["/a"] = Reply(status, b"no")
    visit = crawler.visit(site.at("/a"))
    assert (visit.status, visit.problem, site.asked["/a"]) == (status, "", 1)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_obeyed(site: Site, crawler: Crawler, time: Time, status: int) -> None:
    site.pages["/a"] = lambda asked: Reply(status, headers={"Retry-After": "7"}) if asked == 1 else html()
    assert crawler.visit(site.at("/a")).status == 200
    assert (site.asked["/a"], time.slept) == (2, [7.0])


def test_a_host_that_stays_busy_is_given_up(site: Site, crawler: Crawler, time: Time) -> None:
    site.pages["/a"] = Reply(503)
    visit = crawler.visit(site.at("/a"))
    assert (visit.status, visit.problem, site.asked["/a"]) == (503, "busy", TRIES)
    assert time.slept == [1.0, 2.0, 4.0]  # the draw of these tests stands in the middle


def test_all_the_waiting_for_an_address_has_an_end(site: Site, crawler: Crawler, time: Time) -> None:
    site.pages["/a"] = Reply(503, headers={"Retry-After": "50"})
    assert crawler.visit(site.at("/a")).problem == "busy"
    assert time.slept == [50.0, 50.0]


def test_nobody_waits_for_an_hour(site: Site, crawler: Crawler, time: Time) -> None:
    site.pages["/a"] = Reply(429, headers={"Retry-After": str(LONGEST_WAIT + 1)[:3] + "0"})
    assert crawler.visit(site.at("/a")).problem == "busy"
    assert (site.asked["/a"], time.slept) == (1, [])


def test_retry_after_is_seconds_or_a_date() -> None:
    assert retry_after({"retry-after": "120"}, 0.0) == 120
    assert retry_after({"retry-after": "Thu, 01 Jan 1970 00:01:00 GMT"}, 10.0) == 50
    assert retry_after({"retry-after": "Thu, 01 Jan 1970 00:01:00 GMT"}, 100.0) == 0
    assert retry_after({"retry-after": "soon"}, 0.0) is None
    assert retry_after({}, 0.0) is None


def test_who_does_not_answer_is_asked_again(crawler: Crawler) -> None:
    with Site() as gone:
        address = gone.at("/a")
    visit = crawler.visit(address)
    assert (visit.status, visit.problem) == (0, "no_answer")  # what it forbids is not known while it is silent


# What is too much


def test_a_slow_body_is_given_up(site: Site, time: Time) -> None:
    crawler = Crawler(Fetcher(True, CAPS), 0.0, time.sleep, lambda: time.now, lambda: 0.0, lambda: 0.5)
    site.pages["/slow"] = Reply(parts=itertools.repeat(b"x"), pause=0.01)
    visit = crawler.visit(site.at("/slow"))
    assert (visit.status, visit.problem, visit.length, site.asked["/slow"]) == (200, "timeout", 0, TRIES)


def test_silence_is_given_up(site: Site, time: Time) -> None:
    caps = Caps(connect=5.0, wait=0.05, whole=5.0, bytes=100_000)
    crawler = Crawler(Fetcher(True, caps), 0.0, time.sleep, lambda: time.now, lambda: 0.0, lambda: 0.5)
    site.pages["/robots.txt"] = Reply(404)
    site.pages["/slow"] = Reply(body=b"x", parts=[b"y"], pause=LATE)
    assert crawler.visit(site.at("/slow")).problem == "timeout"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"x" * 200_000),
        Reply(parts=itertools.repeat(b"x" * 10_000)),
        Reply(body=gzip.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "gzip"}),
        Reply(headers={"Content-Length": "99999999999"}),
    ],
    ids=["a huge page", "a page without end", "a gzip bomb", "a promise"],
)
def test_too_many_bytes_are_not_read(site: Site, crawler: Crawler, reply: Reply) -> None:
    site.pages["/a"] = reply
    visit = crawler.visit(site.at("/a"))
    assert (visit.status, visit.problem, visit.length, visit.read.links) == (200, "too_large", 0, ())
    assert site.asked["/a"] == 1


def test_packed_bodies_are_unpacked(site: Site, crawler: Crawler) -> None:
    body = html("/b").body
    site.pages["/a"] = Reply(body=gzip.compress(body), headers={"Content-Encoding": "gzip"})
    visit = crawler.visit(site.at("/a"))
    assert (visit.length, visit.read.links) == (len(body), (site.at("/b"),))


def test_what_cannot_be_unpacked_is_garbled(site: Site, crawler: Crawler) -> None:
    site.pages["/a"] = Reply(body=b"this is no gzip at all", headers={"Content-Encoding": "gzip"})
    assert crawler.visit(site.at("/a")).problem == "garbled"


# Where it leads


def test_a_redirect_is_reported_and_not_followed(site: Site, crawler: Crawler) -> None:
    site.pages["/a"] = moved("/b")
    visit = crawler.visit(site.at("/a"))
    assert (visit.status, visit.location, visit.problem) == (302, site.at("/b"), "")
    assert site.asked["/b"] == 0


@pytest.mark.parametrize("to", ["ftp://example.com/", "http://[", ""])
def test_a_redirect_to_nowhere_is_a_problem(site: Site, crawler: Crawler, to: str) -> None:
    site.pages["/a"] = moved(to) if to else Reply(302)
    assert crawler.visit(site.at("/a")).problem == "bad_redirect"


def test_a_private_address_is_not_asked(site: Site, time: Time) -> None:
    crawler = Crawler(Fetcher(caps=CAPS), 0.0, time.sleep, lambda: time.now)
    site.pages["/a"] = html()
    assert Fetcher(caps=CAPS).get(site.at("/a")).problem == "private"
    assert crawler.visit(site.at("/a")).problem == "private"
    assert sum(site.asked.values()) == 0


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.1.1",
        "0.0.0.0",
        "::1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
    ],
)
def test_private_addresses_are_known(ip: str) -> None:
    assert not public(ip)


def test_public_addresses_are_known() -> None:
    assert public("93.184.216.34")
    assert public("2606:2800:220:1::1")
    assert public("64:ff9b::5db8:d822")


# What the host asks for


def test_robots_are_obeyed_and_asked_for_once(site: Site, crawler: Crawler) -> None:
    site.pages["/robots.txt"] = Reply(
        body=b"User-agent: *\nDisallow: /private/\nDisallow: /*.pdf$\nAllow: /private/but\n"
    )
    site.default = lambda path: html()
    allowed = {
        path: crawler.visit(site.at(path)).problem for path in ("/a", "/private/a", "/private/but", "/a.pdf", "/a.pdfx")
    }
    assert allowed == {"/a": "", "/private/a": "robots", "/private/but": "", "/a.pdf": "robots", "/a.pdfx": ""}
    assert site.asked["/robots.txt"] == 1
    assert site.asked["/private/a"] == 0


def test_robots_may_speak_to_this_crawler(site: Site, crawler: Crawler) -> None:
    site.pages["/robots.txt"] = Reply(body=b"User-agent: RoundtableSpider\nDisallow: /\n\nUser-agent: *\nDisallow:\n")
    assert crawler.visit(site.at("/a")).problem == "robots"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_file_allows_everything(site: Site, crawler: Crawler, status: int) -> None:
    site.pages |= {"/robots.txt": Reply(status), "/a": html()}
    assert crawler.visit(site.at("/a")).status == 200


def test_a_broken_robots_file_is_waited_for(site: Site, crawler: Crawler, time: Time) -> None:
    site.pages["/robots.txt"] = lambda asked: Reply(500) if asked < 3 else Reply(body=b"User-agent: *\nDisallow: /b\n")
    site.pages["/a"] = html()
    assert crawler.visit(site.at("/a")).status == 200
    assert crawler.visit(site.at("/b")).problem == "robots"
    assert (site.asked["/robots.txt"], time.slept) == (3, [1.0, 2.0])


def test_one_that_stays_broken_allows_nothing_yet(site: Site, crawler: Crawler) -> None:
    site.pages["/robots.txt"] = lambda asked: Reply(500) if asked <= TRIES else Reply(404)
    site.pages["/a"] = html()
    assert crawler.visit(site.at("/a")).problem == "busy"
    assert crawler.visit(site.at("/a")).status == 200


def test_robots_may_have_moved(site: Site, crawler: Crawler) -> None:
    site.pages |= {
        "/robots.txt": moved("/r1"),
        "/r1": moved("/r2"),
        "/r2": Reply(body=b"User-agent: *\nDisallow: /a\n"),
    }
    assert crawler.visit(site.at("/a")).problem == "robots"


def test_robots_that_move_in_circles_forbid_nothing(site: Site, crawler: Crawler) -> None:
    site.pages |= {"/robots.txt": moved("/robots.txt"), "/a": html()}
    assert crawler.visit(site.at("/a")).status == 200
    assert site.asked["/robots.txt"] == 5


def test_each_host_has_its_pause(site: Site, time: Time) -> None:
    crawler = Crawler(Fetcher(True, CAPS), 2.0, time.sleep, lambda: time.now)
    site.default = lambda path: html()
    with Site() as other:
        other.default = lambda path: html()
        for place in (site.at("/a"), other.at("/a"), site.at("/b")):
            crawler.visit(place)
    assert time.slept == [2.0, 2.0]  # between robots.txt and page, at each host; the second page has waited meanwhile


def test_a_host_may_ask_for_a_longer_pause(site: Site, crawler: Crawler, time: Time) -> None:
    site.pages["/robots.txt"] = Reply(body=b"User-agent: *\nCrawl-delay: 5\n")
    site.default = lambda path: html()
    crawler.visit(site.at("/a"))
    crawler.visit(site.at("/b"))
    assert time.slept == [5.0]


def test_who_takes_a_host_over_waits_first(site: Site, time: Time) -> None:
    """Another worker may have asked it a moment ago."""
    crawler = Crawler(Fetcher(True, CAPS), 2.0, time.sleep, lambda: time.now)
    site.pages |= {"/robots.txt": Reply(404), "/a": html()}
    crawler.visit(site.at("/a"), asked=time.now)
    assert time.slept[0] == 2.0
