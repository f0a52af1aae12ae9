"""The picture of a crawl: bars, workers, newest pages, at the beginning, on the way and at the end."""

from __future__ import annotations

import msgspec

from games.game_info import view
from tests.work.spider.web import ROOT, Crawl, at, gone
from work.shelf import WORKS
from work.spider.picture import H, W, short

SPIDER = WORKS["spider"]


def words(crawl: Crawl, seat: int | None = None) -> list[str]:
    """The texts of the picture; it is made of what that seat may see, and is JSON that fits."""
    picture = SPIDER.scene(view(crawl.info, seat), seat)
    msgspec.json.encode(picture)
    for item in picture.items:
        assert 0 < item.at[0] < W
        assert 0 < item.at[1] < H
    return [item.s for item in picture.items if item.kind == "text"]


def test_it_shows_how_far_it_is_and_who_is_at_what() -> None:
    crawl = Crawl({ROOT: tuple(at("a", "gone", "x" * 80))}, "check=0")
    assert "0 of 1 pages" in words(crawl)
    crawl.hire(0)
    crawl.deliver(0, ROOT)
    said = words(crawl)
    assert "1 of 4 pages" in said
    assert "a.example: 1" in said
    assert "w0: 1" in said
    assert any(line.startswith("200   /") for line in said)
    crawl.run()
    said = words(crawl)
    assert "4 of 4 pages, 3 could not be had" in said
    assert "waits" not in said
    assert any("404   /gone" in line for line in said)


def test_only_who_has_a_seat_can_stop_it_and_only_while_it_goes_on() -> None:
    crawl = Crawl({ROOT: ()})
    assert [control.name for control in SPIDER.scene(crawl.info, 2).controls] == ["stop"]
    assert crawl.info.judge(2, "stop") is None
    assert SPIDER.scene(crawl.info, None).controls == ()
    assert crawl.says(2, "stop") is None
    assert SPIDER.scene(crawl.info, 2).controls == ()


def test_hosts_are_named_where_there_are_several() -> None:
    crawl = Crawl({ROOT: ("http://b.example/",)}, scope=f"{ROOT} http://b.example/")
    crawl.hire(0)
    crawl.run()
    assert any("404   b.example/" in line for line in words(crawl))


def test_steps_have_words() -> None:
    crawl = Crawl({ROOT: ()})
    said = [SPIDER.words(crawl.info, 0, move) for move in (("work", "Anna"), "stop", ("links", ROOT, ()))]
    assert said == ["Anna works", "stopped the crawl", f"{ROOT}, a part of its links"]
    assert gone(ROOT).address == ROOT


def test_long_words_lose_their_middle() -> None:
    assert short("abcdefghijklmnop", 16) == "abcdefghijklmnop"
    assert short("abcdefghijklmnopq", 16) == "abcdef...klmnopq"
