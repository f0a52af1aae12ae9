"""Works as people run them: a server, and workers in terminals."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import main_client
from tests.end_to_end.programs import Program, ServerProgram, run
from tests.work.spider.site import Site, html

CLIENT = "main_client.py"


def test_workers_in_terminals_crawl_together(tmp_path: Path) -> None:
    with Site() as site, ServerProgram() as server:
        site.pages = {f"/{n or ''}": html(*(f"/{k}" for k in range(20)), title=f"Page {n}") for n in range(20)}
        spider = (CLIENT, server.url, "--work", "spider", "--lan")
        wish = ("--start", site.at("/"), "--delay", "0.2", "--parallel", "2", "--out", str(tmp_path), "--bodies")
        with Program(*spider, *wish, "--name", "one") as one:
            line = one.line()
            code = line.rpartition(" ")[2]
            assert line == f"Spider in room {code}; others join with --join {code}"
            with Program(*spider, "--join", code) as two, Program(*spider, "--watch", code) as eve:
                ends = [program.end() for program in (two, eve)]
            status, output, errors = one.end()
        assert [(end[0], end[2]) for end in ends] == [(0, "")] * 2
        assert (status, errors) == (0, "")
        assert "The work is done: 21 pages are done." in output.splitlines()
        assert f"Written: {tmp_path / 'report.html'}" in output
        pages = [json.loads(line) for line in (tmp_path / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
        assert len(pages) == 21  # with "/0", which is missing
        assert {page["worker"] for page in pages} >= {"one"}
        assert (tmp_path / "bodies-one.warc.gz").stat().st_size > 0
        assert all(re.search(r"\d+ of \d+ pages", end[1]) for end in ends)


def test_a_tiny_work() -> None:
    with ServerProgram() as server:
        status, output, errors = run(CLIENT, server.url, "--work", "primes")
        assert (status, errors) == (0, "")
        assert output.splitlines()[-1] == "The work is done: 17984 primes."


def test_a_work_speaks_the_language_of_who_does_it() -> None:
    with ServerProgram() as server:
        status, output, errors = run(CLIENT, server.url, "--work", "primes", "--language", "zh")
        assert (status, errors) == (0, "")
        first, *_, last = output.splitlines()
        assert re.fullmatch(r"质数，房间 \w+；其他人用 --join \w+ 加入", first)
        assert last == "工作已完成：17984 个质数。"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--work", "chess boxing"], "invalid choice"),
        (["--work", "spider"], "Start: please write an address"),
        (["--work", "spider", "--start", "ftp://a.example"], "Start: please write an address"),
        (["--work", "spider", "--start", "http://a.example", "--pages", "0"], "pages is a number from 1"),
        (["--work", "spider", "--start", "http://a.example", "--bodies"], "--bodies needs --out"),
        (["--work", "primes", "--start", "http://a.example"], "unrecognized arguments"),
        (["--work", "primes", "--join", "A", "--watch", "B"], "not allowed with"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main_client.main(["ws://127.0.0.1:1", *words])
    output, errors = capsys.readouterr()
    assert (end.value.code, output) == (2, "")
    assert said in errors
    assert errors.count("\n") == 1


def test_a_room_that_is_not_there() -> None:
    with ServerProgram() as server:
        status, _, errors = run(CLIENT, server.url, "--work", "primes", "--join", "XXXXX")
        assert (status, errors) == (2, 'main_client: There is no table with the code "XXXXX".\n')


def test_who_did_not_say_lan_does_not_join_a_crawl_of_private_addresses() -> None:
    with Site() as site, ServerProgram() as server:
        site.pages = {"/": html(*(f"/{n}" for n in range(50)))}
        start = ("--work", "spider", "--start", site.at("/"), "--delay", "1")
        with Program(CLIENT, server.url, *start, "--lan") as one:
            code = one.line().rpartition(" ")[2]
            status, _, errors = run(CLIENT, server.url, "--work", "spider", "--join", code)
        assert status == 2
        assert "--lan" in errors
