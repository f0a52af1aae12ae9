"""What a fetched body says: its words' charset, its title, where it leads, and what it asks of crawlers."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode
from w3lib.encoding import html_to_unicode

from work.spider.addresses import joined

HTML = ("text/html", "application/xhtml+xml")
XML = ("application/xml", "text/xml")
LONGEST_TITLE = 200
_LOCATION = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]+?)\s*(?:\]\]>)?\s*</loc>")
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in a body: `links` are canonical, sorted, each once; `anchors` counts all that stand there.

    `canonical` is the address that the page says is its own, "" where it says none; `noindex` that it is not to be
    listed. Links that are not to be followed are not among the links.
    """

    charset: str = ""
    title: str = ""
    links: tuple[str, ...] = ()
    anchors: int = 0
    canonical: str = ""
    noindex: bool = False


def read(address: str, kind: str, header: str, body: bytes, robots: str = "") -> Read:
    """Read a body; `kind` is its media type, `header` the whole content type, `robots` what X-Robots-Tag said.

    The charset is what a byte order mark says, else the header, else the page itself, else a guess.
    """
    if kind in HTML:
        return _html(address, header, body, robots)
    if kind in XML or address.endswith(".xml"):
        return _sitemap(address, header, body)
    if address.endswith("/robots.txt"):
        charset, text = _text(header, body)
        return Read(charset=charset, links=_links(address, _SITEMAP.findall(text)))
    if kind.startswith("text/"):
        return Read(charset=_text(header, body)[0])
    return Read()


def _html(address: str, header: str, body: bytes, robots: str) -> Read:
    charset, text = _text(header, body)
    tree = LexborHTMLParser(text)
    asked = robots.casefold()
    for meta in tree.css("meta[name]"):
        if _value(meta, "name").casefold() == "robots":
            asked += "," + _value(meta, "content").casefold()
    words = {word.strip() for word in asked.split(",")}
    base = address
    if (node := tree.css_first("base[href]")) is not None:
        base = joined(address, _value(node, "href")) or address
    own = ""
    found: list[str] = []
    for node in tree.css("link[href]"):
        if "canonical" in _value(node, "rel").casefold().split():
            own = joined(base, _value(node, "href")) or ""
    anchors = 0
    for node in tree.css("a[href], area[href], iframe[src], frame[src]"):
        attributes = node.attributes
        anchors += 1
        if "nofollow" not in (attributes.get("rel") or "").casefold().split():
            found.append(attributes.get("href") or attributes.get("src") or "")
    if own:
        found.append(own)
    follow = not words & {"nofollow", "none"}
    title = tree.css_first("title")
    return Read(
        charset=charset,
        title=_line(title.text()) if title is not None else "",
        links=_links(base, found) if follow else (),
        anchors=anchors,
        canonical=own,
        noindex=bool(words & {"noindex", "none"}),
    )


def _sitemap(address: str, header: str, body: bytes) -> Read:
    """Sitemaps, and lists of them, name addresses in `loc`; in any other XML there is nothing to follow."""
    charset, text = _text(header, body)
    found = _LOCATION.findall(text) if "<urlset" in text or "<sitemapindex" in text else []
    return Read(charset=charset, links=_links(address, [link.replace("&amp;", "&") for link in found]))


def _text(header: str, body: bytes) -> tuple[str, str]:
    return html_to_unicode(header or None, body, auto_detect_fun=_guess, default_encoding="utf-8")


def _guess(body: bytes) -> str:
    """UTF-8 where all of it is; else the charset that old pages mean when they say nothing."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _links(base: str, found: list[str]) -> tuple[str, ...]:
    near = {link.partition("#")[0] for link in found if not link.lstrip().startswith("#")}
    return tuple(sorted({address for link in near if (address := joined(base, link)) is not None}))


def _value(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def _line(text: str) -> str:
    """A title in one line of what can be shown."""
    return "".join(filter(str.isprintable, " ".join(text.split())))[:LONGEST_TITLE]
