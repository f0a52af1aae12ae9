"""The ways to communicate: one line a way, looked up by the scheme of a url; and how one listens and dials by it.

Each entry loads its module when it is first used, so a program carries only the libraries that it needs.
"""

from collections.abc import Callable, Collection

from communication.link import Handler, Limits, Link, Listener, Way, parse


def _memory() -> Way:
    import communication.ways.memory as way

    return way


def _tcp() -> Way:
    import communication.ways.tcp as way

    return way


def _websocket() -> Way:
    import communication.ways.websocket as way

    return way


WAYS: dict[str, Callable[[], Way]] = {
    "memory": _memory,  # two ends in one process
    "tcp": _tcp,  # messages with their length in front, nothing else
    "ws": _websocket,  # RFC 6455
    "wss": _websocket,  # the same under TLS
}


def listen(
    url: str,
    limits: Limits = Limits(),
    *,
    tls: tuple[str, str] | None = None,
    origins: Collection[str] = (),
) -> Listener:
    """Take an address to listen on; port 0 picks a free one.

    tls: files (certificate chain, private key) in PEM format, for wss:// alone and needed there.
    origins: web pages that may connect besides the host's own, such as https://example.org; others are refused.
    ValueError for a url that makes no sense, LinkError when the address cannot be had.
    """
    address = parse(url)
    return way(address.scheme).listen(address, limits, tls, origins)


def dial(
    url: str,
    handler: Handler,
    limits: Limits = Limits(),
    *,
    timeout: float = 5.0,
    ca: str | None = None,
) -> Link:
    """Connect, shake hands and return the link; its handler may hear `opened` before this returns.

    timeout: seconds for everything together. ca: for wss://, a PEM file of whom to trust instead of the system's list
    (a self-signed certificate is its own). ValueError for a url that makes no sense, LinkError when nobody answers
    properly; then the handler hears nothing.
    """
    address = parse(url)
    return way(address.scheme).dial(address, handler, limits, timeout, ca)


def way(scheme: str) -> Way:
    """The way to communicate that a url's scheme names."""
    if scheme not in WAYS:
        raise ValueError(f"unknown way to communicate {scheme!r}: there are {', '.join(WAYS)}")
    return WAYS[scheme]()
