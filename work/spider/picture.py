"""A picture of a crawl as it goes: how far it is, its hosts as bars, who fetches what, and the newest pages."""

from urllib.parse import unquote

from games.scene import Control, Item, Scene, button, rect, text
from work.spider.info import Hand, SpiderInfo

W, H = 16.0, 10.0
LEFT, RIGHT, WIDE = 4.1, 11.9, 7.2
"""The middles of the two columns, and how wide they are."""
HOSTS, WORKERS, NEWEST = 5, 5, 6
"""Lines of each list; the first are shown."""
TOP, LINE = 3.15, 0.74
"""Where the two lists begin, and how high each line of them is."""


def scene(info: SpiderInfo, seat: int | None) -> Scene:
    """The whole picture, from any seat; one with a seat may stop the crawl."""
    stop: tuple[Control, ...] = ()
    if seat is not None and not info.ended:
        stop = (button("stop", "Stop the crawl", danger=True),)
    items = (*_whole(info), *_hosts(info), *_crew(info), *_newest(info))
    return Scene(w=W, h=H, items=items, controls=stop, back="paper", say=info.progress())


def short(words: str, most: int) -> str:
    """Words that fit: without their middle where they are long."""
    return words if len(words) <= most else f"{words[: most // 2 - 2]}...{words[-(most // 2 - 1) :]}"


def place(info: SpiderInfo, address: str) -> str:
    """An address as people read it, without its host where there is but one."""
    host, _, path = address.partition("://")[2].partition("/")
    return unquote(f"/{path}" if len(info.hosts) < 2 else f"{host}/{path}")


def _whole(info: SpiderInfo) -> list[Item]:
    words = f"{info.done} of {info.found} pages" + (f", {info.failed} could not be had" if info.failed else "")
    return [
        text((W / 2, 0.5), short(unquote(info.job.start), 60), 0.5, ink="ink"),
        *_bar((W / 2, 1.2), W - 1, 0.36, info.done / max(info.found, 1)),
        text((W / 2, 1.75), words, 0.38, ink="ink"),
    ]


def _hosts(info: SpiderInfo) -> list[Item]:
    items = [text((LEFT, TOP - 0.6), "Hosts", 0.38, ink="accent")]
    most = max((done for done, _ in info.hosts.values()), default=1)
    first = sorted(info.hosts.items(), key=lambda each: -each[1][0])[:HOSTS]
    for at, (host, (done, failed)) in enumerate(first):
        y = TOP + LINE * at
        says = f"{short(host, 34)}: {done}" + (f", {failed} failed" if failed else "")
        items += [text((LEFT, y - 0.12), says, 0.32, ink="ink"), *_bar((LEFT, y + 0.2), WIDE, 0.16, done / most)]
    return items


def _crew(info: SpiderInfo) -> list[Item]:
    here = [hand for hand in info.crew if hand.seat >= 0]
    items = [text((RIGHT, TOP - 0.6), f"Workers: {len(here)}", 0.38, ink="accent")]
    for at, hand in enumerate(sorted(here, key=lambda hand: hand.seat)[:WORKERS]):
        y = TOP + LINE * at
        items.append(text((RIGHT, y - 0.12), f"{short(hand.name, 30)}: {hand.done}", 0.32, ink="ink"))
        items.append(text((RIGHT, y + 0.2), _leases(info, hand), 0.25, ink="ink"))
    return items


def _leases(info: SpiderInfo, hand: Hand) -> str:
    """What a worker is at."""
    if info.ended:
        return ""
    return short(place(info, hand.leases[0]), 36) if hand.leases else "waits"


def _newest(info: SpiderInfo) -> list[Item]:
    items = [text((W / 2, 6.95), "Newest pages", 0.38, ink="accent")]
    for at, news in enumerate(info.newest[:NEWEST]):
        bad = bool(news.problem) or news.status >= 400
        why = news.problem.replace("_", " ") or str(news.status)
        says = f"{why}   {short(place(info, news.address), 52)}   {short(news.by, 20)}"
        items.append(text((W / 2, 7.5 + 0.4 * at), says, 0.28, ink="red" if bad else "ink"))
    return items


def _bar(at: tuple[float, float], wide: float, high: float, share: float) -> list[Item]:
    """A bar of which a share is full."""
    x, y = at
    full = wide * min(max(share, 0.0), 1.0)
    back = rect(at, (wide, high), r=high / 4, fill="light")
    return [back, rect((x - (wide - full) / 2, y), (full, high), r=high / 4, fill="green")] if full else [back]
