"""Reading a body: charset, title, links, and what a page asks of crawlers."""

from __future__ import annotations

import codecs

import pytest

from tests.work.spider.site import html
from work.spider.page import Read, read

PAGE = "http://example.com/dir/page.html"


def parsed(body: bytes, header: str = "text/html", robots: str = "") -> Read:
    return read(PAGE, "text/html", header, body, robots)


@pytest.mark.parametrize(
    ("body", "header", "charset"),
    [
        (codecs.BOM_UTF8 + "<title>Größe</title>".encode(), "text/html; charset=latin-1", "utf-8"),
        ("<title>Größe</title>".encode("latin-1"), "text/html; charset=iso-8859-1", "cp1252"),
        ('<meta charset="koi8-r"><title>Größe</title>'.encode(), "text/html; charset=utf-8", "utf-8"),
        ('<meta charset="windows-1252"><title>Größe</title>'.encode("cp1252"), "text/html", "cp1252"),
        ("<title>Größe</title>".encode(), "text/html", "utf-8"),
        ("<title>Größe</title>".encode("cp1252"), "text/html", "cp1252"),
    ],
    ids=["byte order mark", "header", "header before meta", "meta", "guess utf-8", "guess cp1252"],
)
def test_the_charset_is_found(body: bytes, header: str, charset: str) -> None:
    page = parsed(body, header)
    assert (page.charset, page.title) == (charset, "Größe")


def test_a_wrong_charset_costs_letters_and_not_the_links() -> None:
    body = '<title>Größe</title><a href="b.html">b</a>'.encode("latin-1")
    page = parsed(body, "text/html; charset=utf-8")
    assert page.charset == "utf-8"
    assert page.title.startswith("Gr")
    assert page.links == ("http://example.com/dir/b.html",)
    assert parsed(body, "text/html; charset=no-such-thing").links == page.links


def test_links_are_canonical_and_each_is_named_once() -> None:
    page = parsed(
        html("b.html", "b.html#x", "./b.html", "../a", "#top", "mailto:x@example.com", "HTTP://A.example:80").body
    )
    assert page.links == ("http://a.example/", "http://example.com/a", "http://example.com/dir/b.html")
    assert page.anchors == 7


def test_the_base_of_a_page_is_obeyed() -> None:
    page = parsed(html("b.html", head='<base href="http://other.example/x/">').body)
    assert page.links == ("http://other.example/x/b.html",)


def test_areas_and_frames_are_links_too() -> None:
    page = parsed(b'<map><area href="a"></map><iframe src="b"></iframe>')
    assert page.links == ("http://example.com/dir/a", "http://example.com/dir/b")


@pytest.mark.parametrize("words", ["nofollow", "NOFOLLOW, noarchive", "none"])
def test_a_page_may_ask_not_to_be_followed(words: str) -> None:
    page = parsed(html("b.html", head=f'<meta name="Robots" content="{words}">').body)
    assert page.links == ()
    assert page.anchors == 1


def test_a_header_may_ask_it_too() -> None:
    page = parsed(html("b.html").body, robots="noindex, nofollow")
    assert (page.links, page.noindex) == ((), True)


def test_a_link_may_ask_it() -> None:
    assert parsed(b'<a rel="external nofollow" href="a">a</a><a href="b">b</a>').links == ("http://example.com/dir/b",)


def test_a_page_may_say_what_its_own_address_is() -> None:
    page = parsed(html(head='<link rel="canonical" href="/page"><meta name="robots" content="noindex">').body)
    assert page.canonical == "http://example.com/page"
    assert page.links == ("http://example.com/page",)
    assert page.noindex


def test_a_title_is_one_line_of_what_can_be_shown() -> None:
    assert parsed(b"<title>\n A \x07 long\n  way </title>").title == "A  long way"
    assert len(parsed(b"<title>" + b"x" * 5000 + b"</title>").title) == 200


def test_sitemaps_name_addresses() -> None:
    body = b"<urlset><url><loc> http://example.com/a?x=1&amp;b=2 </loc></url><url><loc>/b</loc></url></urlset>"
    page = read("http://example.com/sitemap.xml", "application/xml", "application/xml", body)
    assert page.links == ("http://example.com/a?b=2&x=1", "http://example.com/b")
    assert read("http://example.com/feed.xml", "application/xml", "", b"<rss><loc>/b</loc></rss>").links == ()


def test_a_robots_file_names_sitemaps() -> None:
    body = b"User-agent: *\nDisallow: /x\nSitemap: http://example.com/s.xml\n"
    assert read("http://example.com/robots.txt", "text/plain", "text/plain", body).links == (
        "http://example.com/s.xml",
    )


def test_other_bodies_are_left_alone() -> None:
    assert read(PAGE, "image/png", "image/png", b"\x89PNG") == Read()
    assert read(PAGE, "text/css", "text/css; charset=utf-8", b"a{}").charset == "utf-8"


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff", b"<", b"<a href=>", b"<a href>", b"<title>", b"<base href='http://['>"]
)
def test_nonsense_is_read_without_complaint(body: bytes) -> None:
    assert read(PAGE, "text/html", "text/html", body).title == ""
