"""What a worker of the spider does with one address: visit it, and say what came of it as steps."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

from games.game_info import Move
from work.labour import Post
from work.spider.crawler import Crawler, Visit
from work.spider.facts import steps
from work.spider.fetch import Fetcher
from work.spider.job import Job
from work.spider.results import Bodies

log = logging.getLogger(__name__)


class Visitor:
    """Visits addresses for a job; `keep` gets each visit on the thread that made it, for those who want the bodies."""

    def __init__(self, job: Job, keep: Callable[[Visit], None] | None = None, crawler: Crawler | None = None) -> None:
        self._crawler = crawler or Crawler(Fetcher(job.lan), job.delay)
        self._keep = keep

    def __call__(self, piece: str, since: float) -> Iterable[Move]:
        try:
            visit = self._crawler.visit(piece, since)
        except Exception:
            log.exception("%s could not be read", piece)
            visit = Visit(piece, problem="garbled")
        if self._keep is not None:
            self._keep(visit)
        return steps(visit)


def kept(folder: Path, name: str, post: Post) -> Callable[[Visit], None]:
    """What writes the bodies of visits into a folder, as acts that `post` has done one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    bodies = Bodies(folder / f"bodies-{quote(name, safe='')}.warc.gz")
    return lambda visit: post(bodies.keep, visit)
