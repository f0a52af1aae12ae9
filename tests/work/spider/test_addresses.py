"""Addresses: one way to write each, scope, and what leads on without end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from work.spider.addresses import (
    LONGEST,
    Scope,
    canonical,
    dated_shape,
    endless,
    host_of,
    joined,
    origin_of,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("http://example.com", "http://example.com/"),
        ("HTTP://EXAMPLE.com:80/A", "http://example.com/A"),
        ("https://example.com:443/", "https://example.com/"),
        ("http://example.com:8080/", "http://example.com:8080/"),
        ("http://example.com./a", "http://example.com/a"),
        ("http://example.com/a/./b/../c", "http://example.com/a/c"),
        ("http://example.com/../../a", "http://example.com/a"),
        ("http://example.com/a/b/..", "http://example.com/a/"),
        ("http://example.com/a/%2e%2E/b", "http://example.com/b"),
        ("http://example.com/%7euser", "http://example.com/~user"),
        ("http://example.com/a b", "http://example.com/a%20b"),
        ("http://example.com/?b=2&a=1", "http://example.com/?a=1&b=2"),
        ("http://example.com/a#part", "http://example.com/a"),
        ("http://bücher.example/ß", "http://xn--bcher-kva.example/%C3%9F"),
        ("http://example.com/a?PHPSESSID=12&b=1", "http://example.com/a?b=1"),
        ("http://example.com/a;jsessionid=A1?b=1", "http://example.com/a?b=1"),
        ("http://example.com/?utm_source=x", "http://example.com/"),
        (" http://example.com/a\n/b ", "http://example.com/a/b"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
    ],
)
def test_there_is_one_way_to_write_an_address(written: str, meant: str) -> None:
    assert canonical(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "", "a/b", "ftp://example.com/", "mailto:a@b.example", "javascript:void(0)", "data:text/html,x", "http://",
        "http://user:secret@example.com/", "http://example.com:99999/", "http://example.com:x/", "http://[::1/",
        "http://" + "a" * 70 + "é.example/", "http://example.com/" + "a" * LONGEST, "file:///etc/passwd",
    ],
)  # fmt: skip
def test_what_cannot_be_fetched_has_no_address(written: str) -> None:
    assert canonical(written) is None


@given(st.text(max_size=60))
def test_an_address_once_made_canonical_stays_as_it_is(text: str) -> None:
    made = canonical(f"http://example.com/{text}")
    assert made is None or canonical(made) == made
    joined("http://example.com/a/", text)  # and nothing raises


def test_links_are_joined_to_their_page() -> None:
    page = "http://example.com/a/b.html"
    assert joined(page, "../c.html#x") == "http://example.com/c.html"
    assert joined(page, "//other.example/d") == "http://other.example/d"
    assert joined(page, "") == page
    assert joined(page, "mailto:somebody@example.com") is None
    assert joined(page, "http://[broken") is None


def test_a_scope_is_a_host_or_a_beginning_of_its_addresses() -> None:
    whole = Scope.of("http://example.com/docs/index.html")
    assert whole.holds("http://example.com/other")
    assert whole.holds("https://example.com/docs/")
    assert not whole.holds("http://example.com.evil.example/")
    assert not whole.holds("http://example.com:8080/")
    part = Scope.of("http://example.com/", ["http://example.com/docs/", "http://more.example/"])
    assert part.holds("http://example.com/docs/a")
    assert part.holds("http://more.example/b")
    assert not part.holds("http://example.com/doc")
    with pytest.raises(ValueError, match="not an address"):
        Scope.of("http://example.com/", ["docs"])


def test_host_and_origin() -> None:
    assert host_of("http://example.com:8080/a/b") == "example.com:8080"
    assert origin_of("http://example.com:8080/a/b") == "http://example.com:8080"


@pytest.mark.parametrize("path", ["a/" * 4, "a/b/" * 4, "/".join(map(str, range(21)))])
def test_paths_that_go_on_and_on_are_traps(path: str) -> None:
    assert endless(f"http://example.com/{path}")


@pytest.mark.parametrize("path", ["a/a/a/", "a/b/a/b/a/b/", "2024/01/01/", "", "a/b/c/d/e/f"])
def test_paths_that_end_are_none(path: str) -> None:
    assert not endless(f"http://example.com/{path}")


def test_the_days_of_a_calendar_have_one_shape() -> None:
    assert dated_shape("http://a.example/cal?year=2031&month=7") == "a.example/cal?year=0&month=0"
    assert dated_shape("http://a.example/cal?year=2032&month=11") == "a.example/cal?year=0&month=0"
    assert dated_shape("http://a.example/item/12345") == ""
