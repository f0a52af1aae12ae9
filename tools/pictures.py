"""Take the pictures in docs/pictures anew, from real windows at a real server: `python -m tools.pictures [NAME ...]`.

With `--evening` it takes a picture of each moment of the first ten minutes, in both languages and both themes.
What the people in them do is written down here. It needs Xvfb, xdotool and imagemagick. Look at the pictures before you
commit them.
"""

import random
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from unittest import mock

import pygame

from communication import messages as m
from communication.client import Client
from communication.runner import Runner
from games import GAMES
from games.game_info import Chance, Move
from tests.end_to_end.evening import FirstTenMinutes, Friend
from tests.end_to_end.screen import Window, missing, opened
from tests.end_to_end.twin import Person, tapped_house
from tests.kit import Player, wish
from work.desktop.replay_screen import ReplayScreen
from work.desktop.theme import ThemeName
from work.labour import Labourer
from work.language import LANGUAGES
from work.settings import Settings
from work.shelf import WORKS
from work.spider.addresses import host_of
from work.spider.crawler import Visit
from work.spider.facts import steps
from work.spider.page import Read

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
MOST = 250_000
"""Bytes of a picture; one that would be larger gets fewer colours."""
MOST_EVENING = 100_000
"""The same for pictures of the evening, of which there are many."""
SMOOTH = ["-selective-blur", "0x2+4%", "-dither", "None", "-colors", "128"]
"""What makes a picture small: the grain of wood and cloth goes, words and edges stay."""
THEMES: tuple[ThemeName, ...] = ("light", "dark")
STILL = 1.5
"""Seconds in which everything comes to rest."""

GOMOKU = "H8 I9 I8 J8 H9 H7 G10 F11 I10 J11 H10 J10 J9 K8 G8 F8 I7 K9 I6 I5 F9"
TO_THE_END = "J12 G9 E9 G7 G11 G6"
FLEET = [((1, 1), (1, 5)), ((3, 8), (6, 8)), ((8, 2), (8, 4)), ((4, 3), (6, 3)), ((8, 7), (8, 8))]
OTHER_FLEET = [((2, 2), (2, 6)), ((5, 1), (8, 1)), ((4, 4), (4, 6)), ((6, 7), (8, 7)), ((9, 3), (9, 4))]
SHOTS = "E7 D4 B4 E5 B3 E6 B5 E7 H2 G3 C8 G2 F4 H2 G4 B8 F5 C6 I6"
"""Shots at the two fleets in turn: several hits, and one ship sunk."""
DEAL = "34567QQAA88JJTT92/3344KKTTQQ99A2665/RB2AKJJ9887765543/2K7"
"""The cards of Tom, 小雨 and Anna, and the three under them."""
DICE = 576
"""The seed of the dice, so that the bids fit them."""


class Evening:
    """A server with Anna at a window, and with friends who do what they are told."""

    def __init__(self, stack: ExitStack, folder: Path, settings: Settings) -> None:
        self.house, tap = tapped_house("Mei's laptop")
        stack.callback(self.house.stop)
        self.url = self.house.listen("ws://127.0.0.1:0")
        self.friends: dict[str, Player] = {}
        self.window = stack.enter_context(opened(folder, settings, self.url))
        self.anna = Person(tap, self.window, settings)
        self.anna.until(lambda anna: anna.twin.lobby.people, "in the lobby")

    def come(self, *names: str) -> None:
        for name in names:
            self.friends[name] = Player(name).connect(self.url)

    def asks(self, name: str, message: m.Request) -> None:
        answer = self.friends[name].asks(message)
        if answer is not None:
            raise RuntimeError(f"{name}: {answer[1]}")

    def open(self, game: str, *names: str, seats: int = 2, **options: str) -> str:
        """Open a table, the first of them first; gives its code."""
        self.asks(names[0], wish(m.Open, game, seats, options=options))
        code = next(reversed(self.friends[names[0]].tables))
        for name in names[1:]:
            self.asks(name, m.Join(room=code))
        return code

    def sit_down(self, code: str) -> None:
        """Have Anna take a seat by a click on the card in the lobby."""
        self.anna.until(lambda anna: anna.twin.lobby.tables, "the table is listed")
        self.anna.press("Sit down")
        self.anna.until(lambda anna: anna.twin.at_table and anna.twin.table.info, "the match begins")

    def say(self, *lines: tuple[str, str], room: str = "") -> None:
        for name, text in lines:
            self.asks(name, m.Say(room=room, text=text))

    def play(self, *moves: Move) -> None:
        """Let whoever is in turn make these steps, one after the other; Anna by clicks."""
        for move in moves:
            table = self.anna.twin.table
            n, name = table.n + 1, table.name(min(table.turn))
            if name == "Anna":
                self.anna.sees(self.anna.screen.pill)
                for tag in move if type(move[0]) is tuple else (move,):
                    self.anna.touch(tag)
            else:
                self.friend_plays(name, move)
            self.reach(n)

    def reach(self, n: int) -> None:
        """Wait until the table is at this step."""
        self.anna.until(lambda anna: anna.twin.table.n == n, f"step {n}")

    def friend_plays(self, name: str, move: Move) -> None:
        """Let a friend make a step."""
        friend = self.friends[name]
        table = friend.tables[self.anna.twin.table.code]
        friend.until(lambda: table.my_turn)
        friend.do(lambda: friend.step(table, move))


def lobby(evening: Evening) -> None:
    """Several people, open tables, one who waits, an evening's score, some words."""
    friends = ("Mei", "Lukas", "小雨", "Tom")
    evening.come(*friends)
    for winner, loser in (
        [("Mei", "Lukas")] * 3 + [("小雨", "Tom")] * 2 + [("Mei", "小雨")] * 2 + [("Lukas", "Tom"), ("Tom", "Mei")]
    ):
        code = evening.open("tic_tac_toe", winner, loser)
        evening.asks(loser, m.Resign(room=code))
        for name in (winner, loser):
            evening.asks(name, m.Leave(room=code))
    code = evening.open("liars_dice", "Lukas", "小雨", seats=4)
    evening.come("Noor", "Emil")
    evening.open("battleship", "Noor", "Emil")
    evening.asks("Mei", wish(m.Match, "gomoku"))
    evening.say(("Mei", "gomoku, anyone?"), ("小雨", "after this round"), ("Tom", "好的"))
    evening.anna.until(lambda anna: len(anna.twin.lobby.tables) == 2, "the tables are listed")


def gomoku(evening: Evening, steps: str = GOMOKU, pointer: str = "G9") -> None:
    """A match in its middle, with two who watch and talk."""
    evening.come("Mei", "Lukas", "Tom")
    code = evening.open("gomoku", "Mei")
    evening.sit_down(code)
    for name in ("Lukas", "Tom"):
        evening.asks(name, m.Join(room=code, watch=True))
    evening.play(*map(point, steps.split()))
    evening.say(("Mei", "that corner is mine"), room=code)
    if evening.anna.screen.chat.visible:
        evening.anna.press("Say something...")
        evening.anna.write("we will see")
        evening.anna.until(lambda anna: len(anna.twin.table.chat) == 2, "it is heard")
    evening.say(("Lukas", "ooh"), room=code)
    if pointer:
        evening.window.move(evening.anna.twin.place(point(pointer)))


def watched(evening: Evening, game: str) -> None:
    """Two friends play the example of a game; Anna watches them."""
    evening.come("Mei", "小雨")
    code = evening.open(game, "Mei", "小雨")
    evening.anna.until(lambda anna: anna.twin.lobby.tables, "the table is listed")
    evening.anna.press("Watch")
    evening.anna.until(lambda anna: anna.twin.at_table and anna.twin.table.info, "she sees it")
    evening.play(*GAMES[game].example)
    evening.say(("小雨", "now it gets sharp"), ("Mei", "we will see..."), room=code)


def result(evening: Evening) -> None:
    """The end of that match of gomoku; one of the two wants another."""
    gomoku(evening, f"{GOMOKU} {TO_THE_END}", pointer="")
    code = evening.anna.twin.table.code
    evening.say(("Mei", "good game!"), ("Lukas", "G11 was the moment"), room=code)
    evening.asks("Mei", m.Again(room=code))


def replay(evening: Evening) -> None:
    """That match looked at again, at step 18."""
    result(evening)
    evening.anna.press("Replay")
    evening.anna.until(lambda anna: isinstance(anna.twin.app.screen, ReplayScreen), "the replay")
    screen = evening.anna.twin.app.screen
    assert isinstance(screen, ReplayScreen)
    screen.arrange()
    evening.anna.click((screen.timeline.track.place(18), screen.timeline.track.rect.centery))
    evening.window.move(screen.rect.bottomleft)


def liars_dice(evening: Evening) -> None:
    """The second round of five people: it is Anna's turn to bid."""
    evening.come("Mei", "Lukas", "小雨", "Tom")
    code = evening.open("liars_dice", "Mei", "Lukas", "小雨", "Tom", seats=5)
    evening.sit_down(code)
    evening.play(("bid", 5, 4), ("bid", 7, 4), "liar")
    bids = iter(range(3, 6))
    while evening.anna.twin.table.turn != (evening.anna.twin.table.seat,):
        evening.play(("bid", next(bids), 3))
    evening.say(("小雨", "I knew it..."), ("Mei", "trust me this time"), ("Tom", "never"), room=code)


def dou_dizhu(evening: Evening) -> None:
    """Tom plays alone; Anna has picked what would beat his straight."""
    evening.come("Tom", "小雨")
    code = evening.open("dou_dizhu", "Tom", "小雨", seats=3, deal=DEAL)
    evening.sit_down(code)
    for n, (name, move) in enumerate((("Tom", "bid 2"), ("小雨", "pass")), 1):
        evening.friend_plays(name, move)
        evening.reach(n)
    evening.anna.press("Pass")
    evening.reach(3)
    for n, (name, move) in enumerate((("Tom", "QQ"), ("小雨", "KK")), 4):
        evening.friend_plays(name, move)
        evening.reach(n)
    evening.anna.press("Pass")
    evening.reach(6)
    for n, (name, move) in enumerate((("Tom", "AA"), ("小雨", "pass")), 7):
        evening.friend_plays(name, move)
        evening.reach(n)
    evening.anna.press("Pass")
    evening.reach(9)
    evening.friend_plays("Tom", "34567")
    evening.reach(10)
    evening.friend_plays("小雨", "pass")
    evening.reach(11)
    evening.say(("小雨", "leave him to me"), ("Tom", "ha"), room=code)
    evening.anna.press("Hint")


def battleship(evening: Evening) -> None:
    """Two fleets after some shots."""
    evening.come("Mei")
    evening.sit_down(evening.open("battleship", "Mei"))
    for ship in OTHER_FLEET:
        evening.friend_plays("Mei", ship)
    evening.reach(len(OTHER_FLEET))
    for number, ends in enumerate(FLEET, 1):
        for end in ends:
            evening.anna.touch(end)
        evening.reach(len(OTHER_FLEET) + number)
    evening.play(*(("fire", "ABCDEFGHIJ".index(shot[0]), int(shot[1:]) - 1) for shot in SHOTS.split()))
    evening.say(("Mei", "how did you know?"), room=evening.anna.twin.table.code)
    evening.window.move(evening.anna.twin.place(("fire", 2, 4)))


def spider(evening: Evening) -> None:
    """A crawl of three hosts on its way, by four workers who get their pages from a web that is written down here."""
    hosts, topics = ("docs.example", "wiki.example", "blog.example"), ("guide", "howto", "notes", "about")
    start, most = f"http://{hosts[0]}/", (90, 44, 19)

    def links(address: str) -> tuple[str, ...]:
        number = sum(map(ord, address))
        near = [f"http://{host_of(address)}/{topics[(number + k) % 4]}/page{number * k % 97}.html" for k in range(1, 7)]
        return tuple(sorted({*near, *(f"http://{host}/" for host in hosts if address == start)}))

    done, all_are_there = Counter[str](), threading.Event()

    def do(piece: str, since: float) -> Iterable[Move]:
        all_are_there.wait(STILL * 20)
        done[host_of(piece)] += 1
        if done[host_of(piece)] > most[hosts.index(host_of(piece))]:
            return ()  # it stays as it is while the picture is taken
        found = Read("utf-8", "A page", () if piece.endswith("8.html") else links(piece), 6)
        status = 404 if piece.endswith("8.html") else 200
        return steps(Visit(piece, status, "text/html", 5000, f"{hash(piece) % 16**32:032x}", 0.1, read=found))

    options: m.Options = {"start": start, "scope": " ".join(f"http://{host}/" for host in hosts), "terms": "parallel=4"}
    wish_for_it = m.Open(game="spider", version=1, seats=8, options=options)
    code = ""
    for name in ("Mei's laptop", "Lukas' desktop", "old netbook", "小雨"):
        client = Client(Runner(), name, secrets.token_hex(16), bot=True)
        Labourer(client, WORKS, m.Join(room=code) if code else wish_for_it, lambda info: do)
        client.runner.call(client.connect, evening.url)
        evening.anna.until(lambda anna: anna.twin.lobby.tables, "the room is listed")
        code = evening.anna.twin.lobby.tables[0].room
    evening.anna.until(lambda anna: len(anna.twin.lobby.people) > 4, "all are there")
    all_are_there.set()
    evening.sit_down(code)


def point(name: str) -> tuple[int, int]:
    """Row and column of a point of the board, such as H8."""
    return 15 - int(name[1:]), ord(name[0]) - ord("A")


PICTURES: dict[str, tuple[Callable[[Evening], None], Settings]] = {
    "lobby": (lobby, Settings(name="Anna")),
    "lobby_zh": (lobby, Settings(name="安娜", language="zh")),
    "gomoku": (gomoku, Settings(name="Anna")),
    "chess": (partial(watched, game="chess"), Settings(name="Anna")),
    "xiangqi": (partial(watched, game="xiangqi"), Settings(name="Anna", theme="dark")),
    "result": (result, Settings(name="Anna")),
    "replay": (replay, Settings(name="Anna", theme="dark")),
    "liars_dice": (liars_dice, Settings(name="Anna")),
    "dou_dizhu": (dou_dizhu, Settings(name="Anna")),
    "battleship": (battleship, Settings(name="Anna")),
    "spider": (spider, Settings(name="Anna")),
}


def take(name: str, folder: Path) -> None:
    """Take one picture."""
    what_happens, settings = PICTURES[name]
    settings.sound = False
    dice = random.Random(DICE)
    chance = mock.patch("master.room.Chance", side_effect=lambda: Chance(dice.randrange))
    with ExitStack() as stack, chance:
        evening = Evening(stack, folder, settings)
        what_happens(evening)
        keep(name, evening.window)


def first_screen(folder: Path) -> None:
    """The first screen, which has found a host on the network with three people and a table."""
    with ExitStack() as stack:
        house, _ = tapped_house("Mei's laptop", discoverable=True)
        stack.callback(house.stop)
        url = house.listen("ws://0.0.0.0:0").replace("0.0.0.0", "127.0.0.1")
        mei, *_ = [Player(name).connect(url) for name in ("Mei", "Lukas", "小雨")]
        mei.asks(wish(m.Open, "gomoku"))
        window = stack.enter_context(opened(folder, Settings(name="Anna", sound=False)))
        keep("first_screen", window)


def evening(languages: list[str]) -> None:
    """Each moment of the first ten minutes, as the test of them plays it."""
    for language in languages or LANGUAGES:
        for theme in THEMES:

            def moment(name: str, friend: Friend, where: str = f"evening/{language}_{theme}") -> None:
                (FOLDER / where).mkdir(parents=True, exist_ok=True)
                write(f"{where}/{name}", friend.window, MOST_EVENING)

            with tempfile.TemporaryDirectory() as folder:
                FirstTenMinutes(Path(folder), moment, language, theme).play()


def keep(name: str, window: Window) -> None:
    """Write what the window shows, once it has come to rest."""
    time.sleep(STILL)
    write(name, window)


def write(name: str, window: Window, most: int = MOST) -> None:
    """Write what the window shows, with fewer colours where it would have more bytes than this."""
    path = FOLDER / f"{name}.png"
    picture = window.display.picture()
    for fewer in ([], ["-dither", "FloydSteinberg", "-colors", "256"], SMOOTH):
        if not fewer or path.stat().st_size > most:
            pygame.image.save(picture, path)
            subprocess.run(["convert", path, *fewer, "-strip", "-define", "png:compression-level=9", path], check=True)
    print(f"{path} {path.stat().st_size // 1000} kB")


def main(names: list[str]) -> int:
    """Take these pictures, or all."""
    if why := missing():
        print(f"pictures: {why}", file=sys.stderr)
        return 2
    if names[:1] == ["--evening"]:
        evening(names[1:])
        return 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names or [*PICTURES, "first_screen"]:
        with tempfile.TemporaryDirectory() as folder:
            if name == "first_screen":
                first_screen(Path(folder))
            else:
                take(name, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
