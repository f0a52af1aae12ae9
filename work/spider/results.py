"""What a crawl has brought, for people and programs: JSON lines, an SQLite file, bodies as WARC, and a report page."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from html import escape
from io import BytesIO
from pathlib import Path
from statistics import mean
from typing import Any

import msgspec
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from work.spider.addresses import host_of
from work.spider.crawler import Visit

PAGES, DATABASE, REPORT = "pages.jsonl", "pages.sqlite", "report.html"
MOST_LISTED = 2000
"""Pages that a list of the report names at most; the files name them all."""

NAMES = (
    "address", "status", "type", "charset", "length", "digest", "title", "anchors", "time", "problem", "location",
    "canonical", "noindex", "links", "seal", "worker", "sure",
)  # fmt: skip
"""The columns of a result, in the order in which the room gives them out; `time` is in milliseconds."""


def write(rows: Iterable[Sequence[Any]], folder: Path, title: str) -> list[str]:
    """Write all files, and give their names; what was there before is replaced. OSError where that cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = sorted((dict(zip(NAMES, row, strict=True)) for row in rows), key=lambda page: str(page["address"]))
    with (folder / PAGES).open("wb") as lines:
        for page in pages:
            lines.write(msgspec.json.encode(page) + b"\n")
    _database(pages, folder / DATABASE)
    (folder / REPORT).write_text(report(pages, title), encoding="utf-8")
    return [PAGES, DATABASE, REPORT]


def _database(pages: list[dict[str, Any]], path: Path) -> None:
    path.unlink(missing_ok=True)
    columns = [name for name in NAMES if name != "links"]
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"CREATE TABLE pages ({', '.join(columns)}, PRIMARY KEY (address)) WITHOUT ROWID")
        db.execute("CREATE TABLE links (page, link, PRIMARY KEY (page, link)) WITHOUT ROWID")
        marks = ", ".join("?" * len(columns))
        db.executemany(f"INSERT INTO pages VALUES ({marks})", ([page[name] for name in columns] for page in pages))
        found = ((page["address"], link) for page in pages for link in page["links"])
        db.executemany("INSERT INTO links VALUES (?, ?)", found)


def failed(page: dict[str, Any]) -> bool:
    """Whether an address could not be had."""
    return bool(page["problem"]) or page["status"] >= 400


# -- the report --------------------------------------------------------------------------------------------------------

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem } td, th { text-align: left; padding: .2rem .6rem }
tr:nth-child(even) { background: #f3f1ec } td { overflow-wrap: anywhere } .n { text-align: right; white-space: nowrap }
"""


def report(pages: list[dict[str, Any]], title: str) -> str:
    """One page that says how the crawl went: what failed, where broken links stand, which hosts are slow, all pages."""
    bad = [page for page in pages if failed(page)]
    stand: dict[str, list[str]] = {page["address"]: [] for page in bad}
    for page in pages:
        for link in (*page["links"], page["location"]):
            if link in stand:
                stand[link].append(page["address"])
    times: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        times[host_of(page["address"])].append(page["time"])
    slow = sorted(((mean(each), max(each), len(each), host) for host, each in times.items()), reverse=True)
    links = sum(len(page["links"]) for page in pages)
    parts = [
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(title)}</title><style>{STYLE}</style>",
        f"<h1>{escape(title)}</h1><p>{len(pages)} pages, {links} links, {len(bad)} that could not be had.</p>",
        _table("Broken links", ("Address", "Why", "Where it stands"), (
            (_link(page["address"]), _why(page), "<br>".join(map(_link, stand[page["address"]][:20]))) for page in bad
        )),
        _table("Slowest hosts", ("Host", "Mean, ms", "Slowest, ms", "Pages"), (
            (escape(host), f"{middle:.0f}", str(most), str(count)) for middle, most, count, host in slow[:20]
        )),
        _table("Pages", ("Address", "Status", "Title", "Type", "Bytes", "ms", "Worker"), (
            (
                _link(page["address"]), _why(page), escape(page["title"]), escape(page["type"]), str(page["length"]),
                str(page["time"]), escape(page["worker"]),
            )
            for page in pages
        )),
    ]  # fmt: skip
    return "\n".join(parts)


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"<tr>{''.join(map(_cell, row))}</tr>" for row, _ in zip(rows, range(MOST_LISTED), strict=False)]
    head = "".join(f"<th>{name}</th>" for name in heads)
    body = "\n".join(lines) or f"<tr><td colspan={len(heads)}>None.</td></tr>"
    return f"<h2>{title}</h2><table><tr>{head}</tr>\n{body}</table>"


def _cell(text: str) -> str:
    return f"<td{' class=n' if text.isdecimal() else ''}>{text}</td>"


def _link(address: str) -> str:
    return f'<a href="{escape(address)}" rel="nofollow noreferrer">{escape(address)}</a>'


def _why(page: dict[str, Any]) -> str:
    return str(page["problem"]).replace("_", " ") or str(page["status"])


# -- bodies ------------------------------------------------------------------------------------------------------------


class Bodies:
    """Bodies as they came, unpacked, in a WARC file (ISO 28500). Only one thread at a time may `keep`."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._writer = WARCWriter(self._file, gzip=True)

    def keep(self, visit: Visit) -> None:
        """Write the response to a visit that had one."""
        fetched = visit.fetched
        if fetched is None or not fetched.status:
            return
        packed = ("content-encoding", "transfer-encoding", "content-length")
        headers = [(name, value) for name, value in fetched.headers.items() if name not in packed]
        headers.append(("content-length", str(len(fetched.body))))
        http = StatusAndHeaders(str(fetched.status), headers, protocol="HTTP/1.1")
        body = BytesIO(fetched.body)
        self._writer.write_record(self._writer.create_warc_record(visit.address, "response", body, http_headers=http))
        self._file.flush()
