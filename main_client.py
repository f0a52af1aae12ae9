"""The client program: a window, a terminal table or a bot; alone with `--host`, it brings its own server along."""

import argparse
import functools
import os
import secrets
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import main_server
import working
from beside import SERVE, Host
from command_line import GOODBYE, TICK, VERSION, Parser, failed, open_console, port, printed, unprinted, unwritable
from communication import messages as m
from communication.client import Client
from communication.doctor import examine
from communication.link import PORT, LinkError
from communication.model import Answer
from communication.runner import Runner
from games import GAMES
from games.game_info import Move
from work.address import typed_address
from work.bots.bot import Bot
from work.doctor_words import as_text
from work.language import LANGUAGES, _, of_system, use
from work.settings import Store
from work.shelf import SHELF, WORKS
from work.table import Table
from work.terminal.player import TextPlayer
from work.terminal.scene import Look
from work.worker import outcome_line

DEMONSTRATION = "gomoku"


class OneMatch(Bot):
    """A bot that logs in, matches, plays one match, and then knows an exit status and a last line."""

    def __init__(self, client: Client, game: str, seats: int, tell: bool = False) -> None:
        super().__init__(client)
        self.game = game
        self.seats = seats
        self.tell = tell
        self.done = threading.Event()
        self.out = threading.Event()
        self.status = 1
        self.last = "outcome: none"

    def connection(self, state: str, text: str) -> None:
        if state == "in" and not self.tables:
            wish = m.Match(game=self.game, version=GAMES[self.game].version, seats=self.seats)
            self.client.request(wish, self._matched)
        elif state == "out":
            self._end(2, text)
            self.out.set()

    def stepped(self, table: Table, seat: int | None, move: Move) -> None:
        if self.tell:
            line = table.lines[-1]
            who = "" if line.seat is None else f"{table.name(line.seat)}: "
            why = unprinted([f"{line.n:4} {who}{line.words}"])
            if why is not None:
                self._end(2 if why else 0, why)
                self.client.disconnect(True)  # which ends the match for the others
                return
        super().stepped(table, seat, move)

    def ended(self, table: Table) -> None:
        self._end(0, outcome_line(table))

    def _matched(self, answer: Answer) -> None:
        if answer is not None and answer[0] != "away":  # who is away asks again when back
            self._end(2, answer[1])

    def _end(self, status: int, last: str) -> None:
        if not self.done.is_set():
            self.status, self.last = status, last
            self.done.set()


def play_bot(
    url: str, name: str, game: str, seats: int, password: str = "", ca: str | None = None, tell: bool = False
) -> OneMatch:
    """Connect a bot that plays one match; it plays on the network's thread."""
    client = Client(Runner(), name, secrets.token_hex(16), program=VERSION, password=password, bot=True, ca=ca)
    bot = OneMatch(client, game, seats, tell)
    client.runner.call(client.connect, url)
    return bot


def wait_for(*bots: OneMatch) -> int:
    """Be the bots' clock until all are done; print the last line and give the exit status."""
    try:
        for bot in bots:
            while not bot.done.wait(TICK):
                for other in bots:
                    other.runner.post(other.client.task, time.monotonic())
                    other.runner.call(other.task, time.monotonic())
    except KeyboardInterrupt:
        return 130
    for bot in bots:
        bot.runner.call(bot.client.disconnect, True)
        bot.out.wait(GOODBYE)
    unlucky = next((bot for bot in bots if bot.status), None)
    if unlucky is not None:
        return failed("main_client", unlucky.last)
    return printed("main_client", [bots[0].last])


def demonstrate(url: str, game: str) -> int:
    """Let two bots play through the server, and print each step: for where there is neither screen nor terminal."""
    seats = GAMES[game].seats[0]
    says = f"No screen and no terminal here, so {seats} bots play {GAMES[game].title} through a server at {url}."
    why = unprinted([says])
    if why is not None:
        return failed("main_client", why) if why else 0
    bots = [play_bot(url, name, game, seats, tell=not k) for k, name in enumerate(("Ada", "Basil")[:seats])]
    return wait_for(*bots)


def options() -> argparse.ArgumentParser:
    """The command line."""
    parser = Parser(prog="main_client", description="Plays table games with friends on a LAN.")
    parser.add_argument(
        "url", nargs="?", type=address, metavar="URL", help="the host, such as 192.168.1.7 or wss://mei:9000"
    )
    parser.add_argument("--name", help="your name at the table (default: the one you had last time)")
    parser.add_argument("--game", metavar="G", help="start with this game at once (see --list-games)")
    parser.add_argument("--seats", type=int, metavar="N", help="how many play (default: the game's smallest number)")
    parser.add_argument("--password", default="", metavar="PW", help="the host's password, where there is one")
    parser.add_argument("--ca", metavar="F", help="whom to trust at wss:// (PEM), such as a host's own certificate")
    parser.add_argument("--host", action="store_true", help="host on this computer, and play here; friends can join")
    parser.add_argument("--port", type=port, help=f"the port to host on (default: {PORT} or a free one)")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--text", action="store_true", help="play in the terminal")
    how.add_argument("--bot", action="store_true", help="let a player made of code play one match")
    how.add_argument("--doctor", action="store_true", help="say who is found on the network, and why not; tries a URL")
    how.add_argument("--work", metavar="W", help=f"work instead: {', '.join(WORKS)} (see --work W --help)")
    parser.add_argument("--language", choices=LANGUAGES, help="what is said to you (default: as last time)")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="look at a match that was saved")
    parser.add_argument("--data", default="", metavar="DIR", help='folder for your settings; ":memory:" keeps nothing')
    parser.add_argument("--list-games", action="store_true", help="print the games, one name a line, and exit")
    parser.add_argument("--version", action="version", version=f"Roundtable {VERSION}")
    return parser


def address(text: str) -> str:
    """A host's address of the command line, whole: what the window takes."""
    try:
        return typed_address(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def main(arguments: list[str] | None = None) -> int:
    """Run the client; gives the exit status."""
    open_console()
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] == [SERVE]:  # the built client, started once more to be the server beside itself
        return main_server.main(words[1:])
    if working.wanted(words):
        return working.main(words, address, VERSION)
    parser = options()
    given = parser.parse_args(words)
    if why := senseless(given):
        parser.error(why)
    if given.list_games:
        return printed(parser.prog, GAMES)
    if given.doctor:
        use(given.language or of_system())
        report = examine(given.url or "")
        well = report.hosts or (report.knocked and report.knocked.end == "host")
        return printed(parser.prog, [as_text(report, VERSION)], 0 if well else 1)
    if given.bot:
        seats = given.seats or GAMES[given.game].seats[0]
        return wait_for(play_bot(given.url, given.name or "Bot", given.game, seats, given.password, given.ca))
    try:
        store = Store.at(given.data)
    except OSError as error:
        return failed(parser.prog, unwritable(error))
    host = Host(given.port, store.folder)
    try:
        return play(given, store, host)
    except LinkError as error:
        return failed(parser.prog, str(error))
    finally:
        host.leave()


def senseless(given: argparse.Namespace) -> str:
    """Why the words of the command line do not go together; "" where they do."""
    if given.game is not None and given.game not in GAMES:
        return f"there is no game {given.game!r}; there are {', '.join(GAMES)}"
    if given.url and given.host:
        return "--host brings its own server; leave the URL out, or --host"
    if given.bot and not (given.url and given.game):
        return "--bot needs a URL and --game"
    if given.seats is None:
        return ""
    if given.game is None:
        return "--seats needs --game"
    game = GAMES[given.game]
    return "" if given.seats in game.seats else f"{game.title} is for {game.seating()} players, not for {given.seats}"


def play(given: argparse.Namespace, store: Store, host: "Host") -> int:
    """Open the window; without a screen the terminal table, without a terminal a demonstration."""
    if not given.text and has_screen():
        from work.desktop.app import App, NoScreen

        try:
            app = App(store, VERSION, host, given.url, given.name, given.password, given.ca, given.language)
            return app.run(game=given.game, seats=given.seats, hosts=given.host, replay=given.replay)
        except NoScreen as error:
            print(f"main_client: {error}; playing in the terminal instead", file=sys.stderr)
    url = given.url or host.start()
    use(given.language or store.load().language or of_system())
    if given.text or (sys.stdin is not None and sys.stdin.isatty()):
        host.open()
        return play_text(given, store, url, host.invitation)
    return demonstrate(url, given.game or DEMONSTRATION)


def has_screen() -> bool:
    """Whether a window can be hoped for."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in named)


def play_text(given: argparse.Namespace, store: Store, url: str, invitation: str) -> int:
    """Play in the terminal: lines of standard input are what the player says; friends are told the `invitation`."""
    settings = store.load()
    settings.name = given.name or settings.name
    if store.trouble:
        print(store.trouble, file=sys.stderr)
    key = settings.key(settings.name)
    client = Client(Runner(), settings.name, key, program=VERSION, password=given.password, ca=given.ca)
    store.save(settings)
    over = threading.Event()
    look = Look.of(sys.stdout)

    def say(text: str) -> None:
        if unprinted([text]) is not None:
            over.set()

    if invitation:
        say(_("Friends on your network join at {url}").format(url=invitation.split()[-1]))
    player = TextPlayer(client, say, look, given.game, given.seats, over.set, SHELF)
    client.runner.call(client.connect, url)
    hear = functools.partial(client.runner.call, player.line)
    threading.Thread(target=read_lines, args=(hear,), name="roundtable-lines", daemon=True).start()
    try:
        while not over.wait(TICK):
            client.runner.post(client.task, time.monotonic())
            client.runner.call(player.task, time.monotonic())
    except KeyboardInterrupt:
        client.runner.call(player.quit)
        over.wait(GOODBYE)
    return player.status


def read_lines(hear: Callable[[str], None]) -> None:
    """Hand on what is typed, until the end of input, which is the wish to quit."""
    for line in sys.stdin:
        hear(line)
    hear("quit")


if __name__ == "__main__":
    sys.exit(main())
