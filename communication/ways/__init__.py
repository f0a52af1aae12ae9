"""The shelf of ways to communicate: one line a way, looked up by the scheme of a url.

Each entry loads its module when it is first used, so a program carries only the libraries that it needs.
"""

from collections.abc import Callable

from communication.link import Way


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
