"""The crawl's judge: leases, results, what may not be, who lies, and an end that does not depend on the order."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.game_info import Chance, NeedsTable, dump, load, view
from tests.work.spider.web import ROOT, Crawl, at, gone, moved, page, rows_of
from work.spider.addresses import canonical
from work.spider.crawler import Visit
from work.spider.facts import MOST_LINKS, PART_LINKS, Facts, steps
from work.spider.info import BATCH, SILENCE, SpiderInfo
from work.spider.job import Job, terms
from work.spider.page import Read

SMALL = {ROOT: (f"{ROOT}a", f"{ROOT}b", "http://other.example/"), f"{ROOT}a": (ROOT, f"{ROOT}b"), f"{ROOT}b": ()}

webs = st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 14), max_size=5), max_size=13)


def web_of(links: dict[int, list[int]]) -> dict[str, Any]:
    """A web of numbered pages; the start leads to the first."""
    pages = {f"{ROOT}{n}": tuple(sorted({f"{ROOT}{k}" for k in to})) for n, to in links.items()}
    return {ROOT: (f"{ROOT}0",), **pages}


# -- to the end --------------------------------------------------------------------------------------------------------


def test_every_page_is_fetched_once_and_then_it_is_over() -> None:
    crawl = Crawl(SMALL, "check=0")
    crawl.hire(0)
    crawl.run()
    assert sorted(address for _, address in crawl.visited) == [ROOT, *at("a", "b")]
    assert crawl.info.ended == "3 pages are done"
    assert crawl.info.turn() == ()
    outcome = crawl.info.outcome()
    assert outcome is not None
    assert outcome.scores == (3.0, *[0.0] * 7)


@settings(max_examples=60)
@given(webs, st.integers(0, 2**32), st.integers(1, 4))
def test_the_result_does_not_depend_on_order_or_workers(links: dict[int, list[int]], seed: int, workers: int) -> None:
    alone = Crawl(web_of(links), "check=0 depth=3")
    alone.hire(0)
    crawl = Crawl(web_of(links), "check=0 depth=3 parallel=4")
    crawl.hire(*range(workers))
    assert crawl.run(random.Random(seed)) == alone.run()
    assert len(crawl.visited) == len({address for _, address in crawl.visited})


def test_what_is_broken_is_done_too() -> None:
    crawl = Crawl({ROOT: tuple(at("gone"))}, "check=0")
    crawl.hire(0)
    crawl.run()
    assert (crawl.info.done, crawl.info.failed) == (2, 1)
    assert crawl.info.progress() == "a.example: 2 of 2 pages"


def test_nothing_outside_the_scope_is_fetched() -> None:
    crawl = Crawl(SMALL, scope=f"{ROOT}a {ROOT}zzz", start=f"{ROOT}a")
    crawl.hire(0)
    crawl.run()
    assert [address for _, address in crawl.visited] == [f"{ROOT}a"]


def test_redirects_are_followed_within_bounds() -> None:
    web: dict[str, Visit] = {ROOT: page(ROOT, *at("loop", "out", "r1"))}
    web |= {f"{ROOT}loop": moved(f"{ROOT}loop", f"{ROOT}loop"), f"{ROOT}out": moved(f"{ROOT}out", "http://b.example/")}
    web |= {f"{ROOT}r{n}": moved(f"{ROOT}r{n}", f"{ROOT}r{n + 1}") for n in range(1, 9)}
    crawl = Crawl(web)
    crawl.hire(0)
    crawl.run()
    visited = {address for _, address in crawl.visited}
    assert visited == {ROOT, *at("loop", "out", *(f"r{n}" for n in range(1, 7)))}
    assert crawl.info.frontier.left_out == {"too many redirects": 1}


@pytest.mark.parametrize(("bound", "visits"), [("depth=0", 1), ("depth=2", 3), ("pages=4", 4), ("per_host=2", 2)])
def test_the_terms_bound_a_crawl(bound: str, visits: int) -> None:
    crawl = Crawl({f"{ROOT}{n or ''}": (f"{ROOT}{n + 1}",) for n in range(10)}, bound)
    crawl.hire(0)
    crawl.run()
    assert len(crawl.visited) == visits
    assert crawl.info.ended


def test_an_endless_calendar_ends() -> None:
    class Calendar(dict[str, Visit]):
        def get(self, address: str, default: Any = None) -> Any:
            year = int(address.rpartition("=")[2]) if "=" in address else 1900
            return page(address, f"{ROOT}?year={year + 1}", f"{ROOT}{'x/' * (year - 1899)}")

    crawl = Crawl({}, "check=0 depth=500")
    crawl.web = Calendar()
    crawl.hire(0)
    crawl.run()
    assert 100 <= len(crawl.visited) < 220
    assert crawl.info.frontier.left_out["calendar"] > 0
    assert crawl.info.frontier.left_out["repeats itself"] > 0


def test_pages_that_are_all_the_same_lead_nowhere() -> None:
    web = {f"{ROOT}{n or ''}": page(f"{ROOT}{n or ''}", f"{ROOT}{n + 1}", body="the same") for n in range(100)}
    crawl = Crawl(web, "check=0")
    crawl.hire(0)
    crawl.run()
    assert len(crawl.visited) == 21


def test_sitemaps_are_asked_for_where_that_is_wanted() -> None:
    robots, sitemap = at("robots.txt", "sitemap.xml")
    web = {ROOT: page(ROOT), robots: page(robots, sitemap), sitemap: page(sitemap, *at("a"))}
    crawl = Crawl(web, "sitemaps")
    crawl.hire(0)
    crawl.run()
    assert {address for _, address in crawl.visited} == {ROOT, robots, sitemap, *at("a")}


# -- leases ------------------------------------------------------------------------------------------------------------


def test_as_many_workers_as_agreed_are_at_a_host() -> None:
    wide = {ROOT: tuple(at(*range(20)))}
    crawl = Crawl(wide, "parallel=2 check=0")
    crawl.hire(0, 1, 2)
    crawl.deliver(0, ROOT)
    assert [len(crawl.leases(seat)) for seat in (0, 1, 2)] == [BATCH, BATCH, 0]
    for _ in range(5):
        crawl.deliver(0, crawl.leases(0)[0])
        assert len(crawl.leases(2)) == 0


def test_a_worker_may_be_at_several_hosts() -> None:
    hosts = [f"http://h{n}.example/" for n in range(3)]
    crawl = Crawl({ROOT: tuple(hosts)}, scope=" ".join([ROOT, *hosts]))
    crawl.hire(0, 1)
    crawl.deliver(0, ROOT)
    assert sorted([*crawl.leases(0), *crawl.leases(1)]) == hosts


def test_who_leaves_loses_the_leases_and_not_the_pages() -> None:
    crawl = Crawl(SMALL, "check=0")
    crawl.hire(0)
    crawl.deliver(0, ROOT)
    crawl.info.given_up(0)
    assert crawl.info.ended == ""
    crawl.hire(1)
    assert sorted(crawl.leases(1)) == list(at("a", "b"))
    crawl.run()
    assert crawl.info.done == 3


def test_who_is_silent_too_long_loses_the_leases() -> None:
    crawl = Crawl(SMALL, "check=0")
    assert crawl.info.timeout() is None
    crawl.hire(0)
    assert crawl.info.timeout() == SILENCE + 2
    crawl.info.time_out(Chance.none())
    assert crawl.leases(0) == []
    assert crawl.says(0, steps(page(ROOT))[0]) is not None
    crawl.hire(0)
    assert crawl.leases(0) == [ROOT]


def test_a_page_may_come_in_parts() -> None:
    links = sorted(at(*range(PART_LINKS + 10)))
    moves = steps(page(ROOT, *links))
    assert [move[0] for move in moves] == ["links", "page"]
    crawl = Crawl({}, "check=0")
    crawl.hire(0)
    for move in moves:
        assert crawl.says(0, move) is None
    assert len(crawl.info.frontier.pages[ROOT].links) == len(links)


def test_parts_of_one_who_left_are_forgotten() -> None:
    moves = steps(page(ROOT, *at(*range(PART_LINKS + 10))))
    crawl = Crawl({}, "check=0")
    crawl.hire(0)
    assert crawl.says(0, moves[0]) is None
    crawl.info.given_up(0)
    crawl.hire(1)
    assert crawl.says(1, moves[1]) is not None
    assert [crawl.says(1, move) for move in moves] == [None, None]


def test_a_page_of_more_links_than_anybody_has_is_cut() -> None:
    visit = Visit(ROOT, 200, read=Read(links=tuple(f"{ROOT}{n:06}" for n in range(MOST_LINKS + 5))))
    assert sum(len(move[2]) if move[0] == "links" else len(move[3]) for move in steps(visit)) == MOST_LINKS


def test_anybody_with_a_seat_may_stop_it() -> None:
    crawl = Crawl(SMALL)
    crawl.hire(0)
    assert crawl.says(3, "stop") is None
    assert crawl.info.ended == "stopped"
    assert crawl.leases(0) == []
    assert crawl.says(0, ("work", "w")) is not None


# -- what is refused ---------------------------------------------------------------------------------------------------


def result(**changes: Any) -> tuple[Any, ...]:
    """The step that brings the start, with some facts changed and sealed anew."""
    facts = Facts(200, "text/html", "utf-8", 10, "0" * 32, "A page", 1, 5, "", "", "", 0)
    links = changes.pop("links", tuple(at("a")))
    for name, value in changes.items():
        facts = Facts(*[value if name == field else getattr(facts, field) for field in Facts.__struct_fields__])
    seal = facts.seal(ROOT, links)
    return ("page", ROOT, tuple(getattr(facts, field) for field in Facts.__struct_fields__), links, seal)


def test_a_fair_result_is_taken() -> None:
    crawl = Crawl(SMALL)
    crawl.hire(0)
    assert crawl.says(0, result()) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"status": 600}, "bad_facts"),
        ({"status": "200"}, "bad_facts"),
        ({"problem": "tired"}, "bad_facts"),
        ({"digest": ""}, "bad_facts"),
        ({"digest": "Z" * 32}, "bad_facts"),
        ({"length": 0}, "bad_facts"),
        ({"length": -1}, "bad_facts"),
        ({"title": "x" * 201}, "bad_facts"),
        ({"location": f"{ROOT}b"}, "bad_facts"),
        ({"status": 302, "location": "b", "links": ()}, "bad_links"),
        ({"canonical": "HTTP://A.example"}, "bad_links"),
        ({"status": 404}, "bad_facts"),
        ({"problem": "timeout"}, "bad_facts"),
        ({"links": (f"{ROOT}b", f"{ROOT}a")}, "bad_links"),
        ({"links": (f"{ROOT}a", f"{ROOT}a")}, "bad_links"),
        ({"links": (f"{ROOT}a#b",)}, "bad_links"),
        ({"links": ("ftp://a.example/",)}, "bad_links"),
        ({"links": (5,)}, "bad_links"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], code: str) -> None:
    crawl = Crawl(SMALL)
    crawl.hire(0)
    before = dump(crawl.info)
    refusal = crawl.says(0, result(**changes))
    assert refusal is not None
    assert (refusal.code, dump(crawl.info)) == (code, before)


def test_a_result_must_be_sealed_leased_and_new() -> None:
    crawl = Crawl(SMALL, "check=0")
    crawl.hire(0, 1)
    fair = result()
    codes = [
        crawl.says(seat, move)
        for seat, move in [(0, (*fair[:4], "0" * 32)), (1, fair), (5, fair), (0, fair), (0, fair), (0, ("work", "x"))]
    ]
    assert [refusal.code if refusal else "" for refusal in codes] == [
        "bad_seal", "not_leased", "no_worker", "", "done_before", "no_worker",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["", "x" * 41, "a\nb"])
def test_a_worker_needs_a_name(name: str) -> None:
    refusal = Crawl(SMALL).says(0, ("work", name))
    assert refusal is not None
    assert refusal.code == "no_worker"


garbage = st.recursive(
    st.none()
    | st.integers()
    | st.text(max_size=5)
    | st.floats(allow_nan=False)
    | st.sampled_from(["page", "links", ROOT]),
    lambda parts: st.lists(parts, max_size=5).map(tuple),
    max_leaves=20,
)


@given(garbage)
def test_nonsense_is_refused_and_changes_nothing(move: Any) -> None:
    crawl = Crawl(SMALL)
    crawl.hire(0)
    before = dump(crawl.info)
    assert crawl.info.judge(0, move) is not None
    assert crawl.info.judge(0, ("page", ROOT, move, (), "")) is not None
    assert crawl.info.judge(0, ("links", ROOT, move)) is None or dump(crawl.info) == before
    assert dump(crawl.info) == before


# -- second opinions ---------------------------------------------------------------------------------------------------

WIDE = {ROOT: tuple(sorted(at(*range(30))))}


def test_some_pages_are_fetched_by_a_second_worker() -> None:
    crawl = Crawl(WIDE, "check=3 parallel=2")
    crawl.hire(0, 1)
    crawl.run()
    twice = len(crawl.visited) - crawl.info.done
    assert crawl.info.done == 31
    assert 3 < twice < 25
    assert sum(page.sure for page in crawl.info.frontier.pages.values()) == twice
    assert all(hand.strikes == 0 for hand in crawl.info.crew)


@pytest.mark.parametrize("seed", range(8))
def test_who_lies_is_sent_away_and_all_of_it_done_again(seed: int) -> None:
    honest = Crawl(WIDE, "check=0")
    honest.hire(0)
    crawl = Crawl(WIDE, "check=2 parallel=3")
    crawl.lies[1] = {f"{ROOT}{n}": page(f"{ROOT}{n}", f"{ROOT}lie{n}") for n in range(30)}
    crawl.hire(1, 0, 2)
    assert crawl.run(random.Random(seed)) == honest.run()
    assert [hand.caught for hand in crawl.info.crew] == [True, False, False]
    assert crawl.info.done == 31
    assert (
        sum(hand.done for hand in crawl.info.crew if not hand.caught)
        + sum(page.sure and page.by == 0 for page in crawl.info.frontier.pages.values())
        == 31
    )


def test_a_lie_that_hides_the_rest_is_found_out() -> None:
    honest = Crawl(WIDE, "check=0")
    honest.hire(0)
    crawl = Crawl(WIDE, "check=1 parallel=3")
    crawl.lies[1] = {ROOT: page(ROOT, f"{ROOT}nothing")}
    crawl.hire(1, 0, 2)
    assert crawl.run() == honest.run()


def test_who_fails_is_not_one_who_lies() -> None:
    crawl = Crawl(WIDE, "check=1 parallel=3")
    crawl.lies[1] = {f"{ROOT}{n}": Visit(f"{ROOT}{n}", problem="timeout") for n in range(30)}
    crawl.hire(1, 0, 2)
    crawl.run()
    assert crawl.info.failed == 30
    assert {page.facts.problem for page in crawl.info.frontier.pages.values()} == {""}
    assert all(hand.strikes == 0 for hand in crawl.info.crew)


def test_pages_that_change_all_the_time_are_nobodys_fault() -> None:
    crawl = Crawl(WIDE, "check=1 parallel=3")
    for seat in (0, 1, 2):
        crawl.lies[seat] = {f"{ROOT}{n}": page(f"{ROOT}{n}", body=f"{n} for {seat}") for n in range(30)}
    crawl.hire(0, 1, 2)
    crawl.run()
    assert crawl.info.done == 31
    assert all(hand.strikes == 0 for hand in crawl.info.crew)


def test_checks_that_nobody_can_make_do_not_hold_the_end_up() -> None:
    crawl = Crawl(SMALL, "check=1 parallel=2")
    crawl.hire(0, 1)
    crawl.deliver(0, ROOT) if ROOT in crawl.leases(0) else crawl.deliver(1, ROOT)
    crawl.info.given_up(1)
    crawl.run()
    assert crawl.info.ended == "3 pages are done"


# -- what is seen, kept and given out ----------------------------------------------------------------------------------


def test_the_state_is_json_and_comes_back() -> None:
    crawl = Crawl(WIDE, "check=1 parallel=2")
    crawl.hire(0, 1)
    for _ in range(6):
        crawl.deliver(0, crawl.leases(0)[0])
    again = load(SpiderInfo, dump(crawl.info))
    assert dump(again) == dump(crawl.info)
    assert again.job == crawl.info.job


def test_workers_see_how_far_it_is_and_nothing_of_the_frontier() -> None:
    crawl = Crawl(SMALL)
    crawl.hire(0)
    seen = view(crawl.info, 0)
    assert seen.hand(0) is not None
    assert seen.progress() == "a.example: 0 of 1 pages"
    with pytest.raises(NeedsTable):
        seen.judge(0, result())
    assert crawl.info.hides(0, result())
    assert not crawl.info.hides(0, ("work", "w"))


def test_results_are_given_out_in_slices() -> None:
    many = {ROOT: tuple(at(*range(60))), **{f"{ROOT}{n}": tuple(at(*range(60))) for n in range(60)}}
    crawl = Crawl(many, "check=0")
    crawl.hire(0)
    crawl.run()
    assert 0 < len(crawl.info.results(0)) < 61
    rows = rows_of(crawl.info)
    assert len({row[0] for row in rows}) == len(rows) == 61
    assert rows[0][15] == "w0"
    assert crawl.info.results(61) == []


# -- the job -----------------------------------------------------------------------------------------------------------


def test_terms_are_read() -> None:
    job = Job.of({"start": "HTTP://a.example", "scope": "", "terms": "pages=5 depth=0 delay=0.5 lan check=0"})
    assert (job.start, job.pages, job.depth, job.delay, job.lan, job.check, job.host) == (
        ROOT,
        5,
        0,
        0.5,
        True,
        0,
        "a.example",
    )
    text = terms(pages=5, depth=0, delay=0.5, lan=True, sitemaps=False, check=None)
    assert text == "pages=5 depth=0 delay=0.5 lan"
    assert Job.of({"start": ROOT, "scope": "", "terms": text}).depth == 0


@pytest.mark.parametrize(
    ("start", "scope", "words"),
    [
        (ROOT, "http://b.example/", ""),
        ("", "", ""), ("ftp://a.example/", "", ""), (ROOT, "a.example", ""), (ROOT, "", "pages=0"),
        (ROOT, "", "pages=x"), (ROOT, "", "fast"), (ROOT, "", "lan=1"), (ROOT, "", "delay=nan"),
        (ROOT, "", "parallel=99"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said(start: str, scope: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        Job.of({"start": start, "scope": scope, "terms": words})


def test_addresses_of_results_are_canonical() -> None:
    assert all(canonical(address) == address for address in [ROOT, *at("a", 1)])
    assert gone(ROOT).status == 404
