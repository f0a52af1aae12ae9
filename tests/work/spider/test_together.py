"""The spider with its room, its workers and a site that misbehaves, all in this process."""

from __future__ import annotations

import gzip
import itertools
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from communication import messages as m
from tests.kit import Place
from tests.work.crews import Hand, crew
from tests.work.spider.site import Reply, Site, html, moved
from work.shelf import SHELF
from work.spider.crawler import Crawler, Visit
from work.spider.fetch import Caps, Fetcher
from work.spider.info import SpiderInfo
from work.spider.results import DATABASE, NAMES, PAGES, REPORT, Bodies, report, write
from work.spider.visitor import Visitor, kept

SPIDER = "spider"
CAPS = Caps(connect=5.0, wait=5.0, whole=0.3, bytes=100_000)


def quick(info: SpiderInfo) -> Visitor:
    """A visitor that never sleeps, whatever hosts ask for."""
    return Visitor(info.job, crawler=Crawler(Fetcher(info.job.lan, CAPS), info.job.delay, lambda seconds: None))


def found(rows: list[Any]) -> dict[str, dict[str, Any]]:
    """Results by address."""
    return {row[0]: dict(zip(NAMES, row, strict=True)) for row in rows}


def test_a_site_that_misbehaves_is_crawled_to_an_end() -> None:
    with Site() as site, Site() as other, Place(SHELF) as place:
        paths = (
            "/loop", "/chain1", "/away", "/busy", "/calendar?year=2000&month=1", "/latin", "/bomb", "/slow", "/huge",
            "/forbidden", "/gone", "/deep/", "/mail", "/same?a=1&b=2", "/same?b=2&a=1", "/./same/../same?a=1&b=2",
        )  # fmt: skip
        site.pages = {
            "/robots.txt": lambda asked: Reply(500) if asked < 3 else Reply(body=b"User-agent: *\nDisallow: /forb\n"),
            "/": html(*paths, "mailto:anna@example.com", "http://user@a.example/", other.at("/elsewhere")),
            "/loop": moved("/loop"),
            "/away": moved(other.at("/elsewhere")),
            "/busy": lambda asked: Reply(429, headers={"Retry-After": "3"}) if asked == 1 else html(),
            "/latin": Reply(body="<title>Größe</title><a href='/mail'>".encode("latin-1")),
            "/bomb": Reply(body=gzip.compress(b"\0" * 10_000_000), headers={"Content-Encoding": "gzip"}),
            "/slow": Reply(parts=itertools.repeat(b"x"), pause=0.02),
            "/huge": Reply(body=b"x" * 200_000),
            "/mail": html(),
            "/same?a=1&b=2": html(),
            **{f"/chain{n}": moved(f"/chain{n + 1}") for n in range(1, 9)},
        }

        def anything(path: str) -> Reply:
            if path.startswith("/deep/"):
                return html("x/")
            if path.startswith("/calendar"):
                year, month = parts(path)
                return html(f"/calendar?year={year + month // 12}&month={month % 12 + 1}")
            return Reply(404)

        site.default = anything
        options = {"start": site.at("/"), "terms": "lan delay=0 check=4 parallel=2 depth=500"}
        with crew(place, SPIDER, ["one", "two"], quick, options=options) as (one, _):
            pages = found(one.done())
        assert other.asked == {}
        of = {path: pages[site.at(path)] for path in paths[:12] if "calendar" not in path}
        status = {path: (page["status"], page["problem"]) for path, page in of.items()}
        assert status == {
            "/loop": (302, ""), "/chain1": (302, ""), "/away": (302, ""), "/busy": (200, ""), "/latin": (200, ""),
            "/bomb": (200, "too_large"), "/slow": (200, "timeout"), "/huge": (200, "too_large"),
            "/forbidden": (0, "robots"), "/gone": (404, ""), "/deep/": (200, ""),
        }  # fmt: skip
        assert site.asked["/forbidden"] == 0
        assert site.at("/chain6") in pages
        assert site.at("/chain7") not in pages
        calendar = [address for address in pages if "/calendar" in address]
        assert 90 < len(calendar) < 110
        assert len([address for address in pages if "/same" in address]) == 1
        assert len([address for address in pages if "/deep/" in address]) < 6
        assert pages[site.at("/latin")]["links"] == [site.at("/mail")]
        assert other.at("/elsewhere") in pages[site.at("/")]["links"]


def parts(path: str) -> tuple[int, int]:
    """Year and month of the calendar's address, whose query is in order of its names."""
    month, year = (int(part.partition("=")[2]) for part in path.partition("?")[2].split("&"))
    return year, month


def tree(site: Site, pages: int) -> None:
    """A site of so many pages, each of which leads to three others, and one that is missing."""
    for n in range(pages):
        links = [f"/{k}" for k in (2 * n + 1, 2 * n + 2, n // 3) if k <= pages]
        site.pages[f"/{n or ''}"] = html(*links, title=f"Page {n}")


def lasting(rows: list[Any]) -> list[Any]:
    """What must be the same whoever crawls, and in what order."""
    return sorted([*row[:8], *row[9:15]] for row in rows)


def test_the_result_is_the_same_whatever_happens_to_workers_on_the_way() -> None:
    with Site() as site, Place(SHELF) as place:
        tree(site, 40)
        options = {"start": site.at("/"), "terms": "lan delay=0 check=5 parallel=4"}
        with crew(place, SPIDER, ["one"], quick, options=options) as (one,):
            alone = lasting(one.done())
        with crew(place, SPIDER, ["one", "two", "three"], quick, options=options) as (one, two, three):
            three.until(lambda: three.info().done > 3)
            three.leave()
            two.cut()
            assert lasting(one.done()) == alone
        assert len(alone) == 42


def test_who_does_not_allow_it_does_not_crawl_private_addresses() -> None:
    with Site() as site, Place(SHELF) as place:
        options: m.Options = {"start": site.at("/"), "terms": "lan"}

        def refuse(info: SpiderInfo) -> Visitor:
            raise ValueError("Not here.")

        go = m.Open(game=SPIDER, version=1, seats=4, options=options)
        hand = Hand(place, "one", go, refuse)
        hand.until(lambda: hand.labourer.gone)
        assert hand.labourer.gone == "Not here."
        assert site.asked == {}


def test_a_private_address_is_not_fetched_unless_wanted() -> None:
    with Site() as site, Place(SHELF) as place:
        options = {"start": site.at("/"), "terms": "delay=0"}
        with crew(place, SPIDER, ["one"], options=options) as (one,):
            (row,) = one.done()
        assert (row[1], row[9]) == (0, "private")
        assert site.asked == {}


# -- what is written ---------------------------------------------------------------------------------------------------


def test_results_are_files_for_programs_and_people(tmp_path: Path) -> None:
    with Site() as site, Place(SHELF) as place:
        tree(site, 5)
        site.pages["/"] = html("/1", "/nowhere", title="<b>bold</b>")
        options = {"start": site.at("/"), "terms": "lan delay=0"}
        with crew(place, SPIDER, ["one"], quick, options=options) as (one,):
            rows = one.done()
    assert write(rows, tmp_path / "out", "A crawl") == [PAGES, DATABASE, REPORT]
    pages = [json.loads(line) for line in (tmp_path / "out" / PAGES).read_text(encoding="utf-8").splitlines()]
    assert [page["address"] for page in pages] == sorted(page["address"] for page in pages)
    first = pages[0]
    assert (first["status"], first["title"], first["worker"], first["charset"]) == (200, "<b>bold</b>", "one", "utf-8")
    assert first["links"] == [site.at("/1"), site.at("/nowhere")]
    with closing(sqlite3.connect(tmp_path / "out" / DATABASE)) as db:
        assert db.execute("SELECT count(*) FROM pages").fetchone() == (len(pages),)
        broken = db.execute("SELECT page FROM links JOIN pages ON link = address WHERE status = 404").fetchall()
    assert (site.at("/"),) in broken
    text = (tmp_path / "out" / REPORT).read_text(encoding="utf-8")
    assert "&lt;b&gt;bold" in text
    assert "<b>bold" not in text
    assert text.index(site.at("/nowhere")) < text.index("Slowest hosts")
    assert write(rows, tmp_path / "out", "Again") == [PAGES, DATABASE, REPORT]


def test_a_report_of_nothing() -> None:
    assert report([], "Nothing").count("None.") == 3


def test_bodies_are_kept_as_warc(tmp_path: Path) -> None:
    with Site() as site:
        site.pages["/a"] = Reply(body=gzip.compress(b"<p>hello"), headers={"Content-Encoding": "gzip"})
        visit = Crawler(Fetcher(True, CAPS), 0.0, lambda seconds: None).visit(site.at("/a"))
    archive = Bodies(tmp_path / "bodies.warc.gz")
    archive.keep(visit)
    archive.keep(Visit("http://a.example/", problem="timeout"))
    with (tmp_path / "bodies.warc.gz").open("rb") as file:
        kept_here = [(each.rec_headers, each.content_stream().read()) for each in ArchiveIterator(file)]
    assert [(head.get_header("WARC-Target-URI"), body) for head, body in kept_here] == [(visit.address, b"<p>hello")]


def test_each_worker_has_a_file_for_bodies(tmp_path: Path) -> None:
    keep = kept(tmp_path / "out", "a/b", lambda act, *given: act(*given))
    keep(Visit("http://a.example/"))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["bodies-a%2Fb.warc.gz"]
