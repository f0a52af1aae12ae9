"""The floor in Python: the relay of floor.c on the server's own poll. Run `python -m bench.relay PORT`."""

import socket
import sys

from communication.ways.poll import Poll, new_poll

CHUNK = 1024


class Door:
    """The listening socket; the connections make pairs in the order they come in."""

    def __init__(self, poll: Poll, port: int) -> None:
        self.poll = poll
        self.alone: End | None = None
        self.sock = socket.create_server(("127.0.0.1", port), backlog=1024)
        poll.register(self.sock, self)

    def ready(self) -> None:
        sock, _ = self.sock.accept()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        end = End(self.poll, sock)
        if self.alone is None or self.alone.sock.fileno() < 0:  # nobody waits, or who did has gone
            self.alone = end
        else:
            self.alone.other, end.other, self.alone = sock, self.alone.sock, None

    def abort(self) -> None: ...

    expire = abort


class End:
    """One connection; whatever comes goes to both ends of its pair."""

    __slots__ = ("other", "poll", "sock")

    def __init__(self, poll: Poll, sock: socket.socket) -> None:
        self.poll, self.sock, self.other = poll, sock, sock
        poll.register(sock, self)

    def ready(self) -> None:
        try:
            data = self.sock.recv(CHUNK)
            if data:
                self.sock.send(data)
                self.other.send(data)
                return
        except OSError:
            pass
        self.poll.unregister(self.sock)
        self.sock.close()

    def abort(self) -> None: ...

    expire = abort


def main() -> None:
    """Relay until somebody ends the process."""
    poll = new_poll()
    Door(poll, int(sys.argv[1]))
    while True:
        for source in poll.wait(None):
            source.ready()


if __name__ == "__main__":
    main()
