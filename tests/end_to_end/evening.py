"""The first ten minutes of three friends, with real windows: from a double-click to a replay.

`FirstTenMinutes` is played by the test, which holds every moment against what the server knows, and by
`tools/pictures.py`, which takes a picture of each.
"""

import json
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from games import GAMES
from tests.end_to_end.glass import CUT, MEND, SERVER, Facts
from tests.end_to_end.screen import Window, opened
from work import clocks
from work.desktop.lobby_screen import HOSTING_ALONE
from work.desktop.theme import ThemeName
from work.language import _, ngettext, spoken, use
from work.past import who
from work.settings import Settings, Store

DEADLINE = 60.0
"""Seconds for anything that is waited for: this machine may have a lot to do besides."""
LAST = "K8"
BLACK = ["H8", "I8", "G8", "J8"]
WHITE = ["H9", "I9", "G9", "H7"]
"""The stones of both; one of white is taken back in between."""

T = TypeVar("T")


class Looks:
    """Hears what all programs of a test show and know."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.latest: dict[str, Facts] = {}
        self.lines: dict[str, socket.socket] = {}
        self.gone: set[str] = set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = "{}:{}".format(*self._door.getsockname())
        threading.Thread(target=self._welcome, daemon=True).start()

    def until(self, true: Callable[[], T | None], what: Callable[[], str]) -> T:
        """Wait until something is true, and give what it gave."""
        with self.changed:
            result = self.changed.wait_for(true, DEADLINE)
        assert result, f"waited in vain: {what()}"
        return result

    def close(self) -> None:
        self._door.close()
        for line in self.lines.values():
            line.close()

    def _welcome(self) -> None:
        while True:
            try:
                line, _address = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._hear, args=(line,), daemon=True).start()

    def _hear(self, line: socket.socket) -> None:
        with line.makefile() as words:
            name = json.loads(words.readline())["name"]
            self.lines[name] = line
            for word in words:
                with self.changed:
                    self.latest[name] = json.loads(word)
                    self.changed.notify_all()
        with self.changed:
            self.gone.add(name)
            self.changed.notify_all()


class Friend:
    """Somebody at a real window."""

    def __init__(self, looks: Looks, name: str, window: Window) -> None:
        self.looks, self.name, self.window = looks, name, window

    @property
    def facts(self) -> Facts:
        """What the window shows now, and what the client knows."""
        return self.looks.latest.get(self.name, {})

    @property
    def table(self) -> Facts:
        """What the client knows of its table."""
        return self.facts.get("table") or {}

    def until(self, true: Callable[["Friend"], T | None], what: str) -> T:
        """Wait until something is true of this window."""

        def shows() -> str:
            shown = {key: value for key, value in self.facts.items() if key not in ("places", "widgets")}
            return f"{self.name}: {what}; there is {shown}"

        return self.looks.until(lambda: true(self), shows)

    def comes_to(self, screen: str) -> None:
        """Wait for a screen."""
        self.until(lambda one: one.facts.get("screen") == screen, screen)

    def reads(self, words: str) -> None:
        """Wait until these words are somewhere on the screen."""
        self.until(lambda one: any(words in line for line in one.facts.get("words", ())), f"reads {words!r}")

    def hears(self, name: str, text: str) -> None:
        """Wait until this is the newest line of the chat."""
        self.until(lambda one: one.table["chat"][-1:] == [[name, text]], f"hears {text!r}")

    def rests(self) -> None:
        """Wait until nothing moves in the window."""
        self.until(lambda one: one.facts.get("moving") is False, "everything is at rest")

    def spot(self, words: str) -> tuple[int, int] | None:
        """Where something with these words can be pressed; None where it cannot."""
        found = [one for one in self.facts.get("widgets", ()) if words in one["words"] and one["usable"]]
        return tuple(found[0]["at"]) if found else None

    def press(self, words: str) -> None:
        """Click what carries these words, as soon as it is there."""
        self.window.click(self.until(lambda one: one.spot(words), f"can press {words!r}"))

    def touch(self, name: str) -> None:
        """Click a point of the board."""

        def place(one: "Friend") -> tuple[int, int] | None:
            places = one.facts.get("places", ())
            return next((tuple(at) for tag, at in places if tag == list(point(name))), None)

        self.window.click(self.until(place, f"sees {name}"))

    def write(self, text: str) -> None:
        """Type a line and press Enter."""
        self.window.write(text)
        self.window.key("Return")


def point(name: str) -> tuple[int, int]:
    """Row and column of a point of the board, such as H8."""
    return 15 - int(name[1:]), ord(name[0]) - ord("A")


def free_udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class FirstTenMinutes:
    """Anna hosts, Ben plays with her, Carla watches. `moment` is called at each moment with its name and whose window
    shows it best, when everything there is at rest.
    """

    def __init__(
        self,
        folder: Path,
        moment: Callable[[str, Friend], object] = lambda name, friend: None,
        language: str = "en",
        theme: ThemeName = "light",
    ) -> None:
        self.folder, self._moment, self.language, self.theme = folder, moment, language, theme
        self.looks = Looks()
        self.port = free_udp_port()
        self.states: dict[int, int] = {}
        """The digest of the first match's state after each step."""

    def play(self) -> None:
        """Let all of it happen."""
        use(self.language)
        with ExitStack() as stack:
            stack.callback(use, "en")
            stack.callback(self.looks.close)
            self.anna = self.sits_down(stack, "Anna")
            self.hosting()
            self.ben = self.sits_down(stack, "Ben")
            self.finding()
            self.private_table()
            self.carla = self.sits_down(stack, "Carla")
            self.watching()
            self.illegal_click()
            self.chat()
            self.taking_back()
            self.reconnecting()
            self.end()
            self.rematch()
            self.replay()
            self.goodbye()

    def sits_down(self, stack: ExitStack, name: str) -> Friend:
        """Start the program, as a double-click would."""
        settings = Settings(language=self.language, theme=self.theme, sound=False)
        program = (sys.executable, "-m", "tests.end_to_end.glass", self.looks.address, name, str(self.port))
        window = stack.enter_context(opened(self.folder / name, settings, program=program))
        friend = Friend(self.looks, name, window)
        friend.comes_to("FirstScreen")
        return friend

    def moment(self, name: str, friend: Friend) -> None:
        friend.rests()
        self._moment(name, friend)

    # -- what happens, moment by moment --------------------------------------------------------------------------------

    def hosting(self) -> None:
        """The first screen is there with a name in it; it can be written over. One click, and Anna hosts."""
        anna = self.anna
        anna.reads(_("Nobody is hosting yet"))
        self.names(anna)
        self.moment("1_first_screen", anna)
        anna.press(_("Host a table"))
        anna.comes_to("LobbyScreen")
        self.url = anna.until(lambda one: one.facts["house"], "hosts")
        anna.reads(_(HOSTING_ALONE))
        self.moment("2_empty_lobby", anna)

    def names(self, friend: Friend) -> None:
        """The name of the computer's user stands there, selected: who types writes it over."""
        friend.until(lambda one: one.facts["focus"] == "TextField", "at the name")
        assert Store(None).load().name in friend.facts["words"]
        friend.window.write(friend.name)
        friend.until(lambda one: friend.name in one.facts["words"], "the name is written")

    def finding(self) -> None:
        """Ben's window finds the host by itself."""
        ben = self.ben
        self.names(ben)
        ben.until(lambda one: one.spot(self.row(one)), "finds the host")
        self.moment("3_host_found", ben)
        ben.press(self.row(ben))
        ben.comes_to("LobbyScreen")
        self.anna.reads(ben.name)

    def row(self, friend: Friend) -> str:
        """The address under which the host is in the list; there may be more hosts in this network."""
        port = self.url.rsplit(":", 1)[1]
        found = (words for one in friend.facts["widgets"] for words in one["words"] if "://" in words)
        return next((url for url in found if url.rsplit(":", 1)[1] == port), "")

    def private_table(self) -> None:
        """Gomoku with a clock, for who knows the code."""
        anna, ben = self.anna, self.ben
        anna.press(GAMES["gomoku"].title)
        anna.press(clocks.words(clocks.CHOICES[2]))
        self.moment("4_new_table", anna)
        anna.press(_("Private table"))
        anna.comes_to("TableScreen")
        self.code: str = anna.until(lambda one: one.table.get("code"), "has a code")
        assert anna.table["private"]
        assert anna.table["clock"]
        assert anna.table["state"] == "waiting"
        anna.reads(self.code)
        self.moment("5_private_table", anna)
        assert not ben.spot(_("Sit down")), "a private table is in nobody's list"
        ben.press(_("Have a table code?"))
        ben.write(self.code.lower())
        for friend in (anna, ben):
            friend.until(lambda one: one.table.get("n") == 0, "the match begins")
        self.friends = [anna, ben]
        self.black, self.white = (anna, ben) if anna.table["seat"] == 0 else (ben, anna)
        assert {anna.table["seat"], ben.table["seat"]} == {0, 1}
        self.agree(0)

    def watching(self) -> None:
        """Carla comes by the same code; the table is full, so she watches."""
        carla = self.carla
        self.names(carla)
        carla.until(lambda one: one.spot(self.row(one)), "finds the host")
        carla.press(self.row(carla))
        carla.comes_to("LobbyScreen")
        self.step(self.black, "H8", 1)
        carla.press(_("Have a table code?"))
        carla.write(self.code)
        carla.comes_to("TableScreen")
        self.friends.append(carla)
        for friend in self.friends:
            friend.until(lambda one: one.table.get("watchers") == [carla.name], "Carla watches")
        assert carla.table["seat"] is None
        carla.reads(_("You are watching"))
        self.agree(1)

    def illegal_click(self) -> None:
        """A stone upon a stone: why not is said at that place, and nothing changes."""
        white = self.white
        white.touch("H8")
        words, tag = white.until(lambda one: one.facts["complaint"], "is told why not")
        assert words == spoken("H8 is taken. Choose a free crossing.")
        assert tag == list(point("H8"))
        self._moment("6_illegal_step", white)
        self.agree(1)

    def chat(self) -> None:
        """A line from one, an answer from the watcher; everybody hears both."""
        for friend, text in ((self.white, "that corner is mine"), (self.carla, "ooh")):
            friend.press(_("Say something..."))
            friend.write(text)
            for other in self.friends:
                other.hears(friend.name, text)

    def taking_back(self) -> None:
        """White asks to take a step back, black allows it; the step is not on the board any more."""
        before = self.white.table["digest"]
        self.step(self.white, "A1", 2)
        self.white.press(_("Take back"))
        self.black.until(lambda one: one.table["asked"], "is asked")
        for friend in self.friends:
            friend.until(lambda one: one.table["offer"] == ["undo", 1], "knows of the offer")
        self.moment("7_take_back", self.black)
        self.black.press(_("Allow take-back"))
        self.agree(3)
        assert self.white.table["digest"] == before
        for n, (answer, put) in enumerate(zip(WHITE, BLACK[1:], strict=False), 2):
            self.step(self.white, answer, 2 * n)
            self.step(self.black, put, 2 * n + 1)

    def reconnecting(self) -> None:
        """The host's links break; all windows say so, come back by themselves, and know what holds."""
        n = self.white.table["n"]
        self.looks.lines[SERVER].send(CUT)
        for friend in self.friends:
            friend.until(lambda one: one.facts["connection"] == "away", "the connection is lost")
        for friend in self.friends:
            friend.reads(_("Try now"))
        self._moment("8_reconnecting", self.black)
        self.looks.lines[SERVER].send(MEND)
        for friend in self.friends:
            friend.until(lambda one: one.facts["connection"] == "in", "is back")
        self.agree(n)

    def end(self) -> None:
        """Five in a row: the line is marked, and everybody is told who has won."""
        n = self.white.table["n"]
        self.step(self.white, WHITE[-1], n + 1)
        self.step(self.black, LAST, n + 2)
        won = sorted([column + 1, row + 1] for row, column in map(point, (*BLACK, LAST)))
        for friend in self.friends:
            friend.until(lambda one: one.table["outcome"] == [0], "the match is over")
            friend.until(
                lambda one: sorted(at for at, mark in one.facts["marks"] if mark == "win") == won, "sees the five"
            )
            friend.until(lambda one: self.black.name in one.facts["pill"][0], "is told who has won")
        self.moment("9_result", self.white)

    def rematch(self) -> None:
        """Both want another one; the seats are swapped."""
        self.white.press(_("Rematch, you begin"))
        self.black.until(lambda one: one.table["again"], "one wants a rematch")
        self.black.press(_("Rematch, {name} begins").format(name=self.white.name))
        for friend in self.friends:
            friend.until(lambda one: (one.table["round"], one.table["n"]) == (2, 0), "the rematch")
        assert (self.white.table["seat"], self.black.table["seat"]) == (0, 1)
        self.black, self.white = self.white, self.black
        self.step(self.black, "H8", 1)
        self.moment("10_rematch", self.white)

    def replay(self) -> None:
        """Carla goes, and looks at the first match again, from the other seat and step by step."""
        carla = self.carla
        carla.press(_("Lobby"))
        carla.comes_to("LobbyScreen")
        carla.reads(_("at a private table"))
        self.moment("11_lobby", carla)
        carla.press(ngettext("{count} match", "{count} matches", 1).format(count=1))
        names = who([self.white.name, self.black.name])  # the seats have been swapped since
        carla.press(f"{spoken(GAMES['gomoku'].title)}: {names}")
        carla.comes_to("ReplayScreen")
        last = len(self.states) - 1
        self.shows(last)
        carla.press(self.black.name)
        carla.until(lambda one: one.facts["replay"]["seat"] == 1, "looks from the other seat")
        self.shows(last)
        for key, n in (("Home", 0), ("Right", 1), ("Right", 2), ("End", last), ("Left", last - 1)):
            carla.window.key(key)
            self.shows(n)
        self.moment("12_replay", carla)

    def shows(self, n: int) -> None:
        """The replay is at step n, and the table is as it was then."""
        then = n, self.states[n]
        self.carla.until(lambda one: (one.facts["replay"]["n"], one.facts["replay"]["digest"]) == then, f"at step {n}")

    def goodbye(self) -> None:
        """Everybody closes the window."""
        for friend in (self.carla, self.ben, self.anna):
            assert friend.window.close() == 0
        self.looks.until(lambda: SERVER in self.looks.gone, lambda: "the server ends when nobody needs it any more")

    # -- what is true at each moment -----------------------------------------------------------------------------------

    def step(self, friend: Friend, name: str, n: int) -> None:
        """Somebody touches a point; the step arrives everywhere."""
        friend.until(lambda one: one.table["seat"] in one.table["turn"], "is in turn")
        friend.touch(name)
        self.agree(n)

    def agree(self, n: int) -> None:
        """At step n all windows and the server have the same state of the table."""
        room = self.looks.until(
            lambda: self.room_at(n), lambda: f"the server is at step {n}; {self.looks.latest[SERVER]}"
        )
        self.states.setdefault(n, room["digest"])
        for friend in self.friends:
            friend.until(lambda one: (one.table["n"], one.table["digest"]) == (n, room["digest"]), f"is at step {n}")

    def room_at(self, n: int) -> Facts | None:
        """What the server knows of the table, if it is at step n."""
        rooms: dict[str, Facts] = self.looks.latest.get(SERVER, {}).get("rooms", {})
        room = rooms.get(self.code, {})
        return room if room.get("n") == n else None
