"""The table in a terminal speaks Chinese: sentences, columns of wide letters, and games by their Chinese names."""

import re
from collections.abc import Iterator

import pytest

from games import GAMES
from tests.kit import Place
from tests.work.terminal.test_player import Typist
from work.language import use
from work.terminal.canvas import wide
from work.terminal.commands import COMMANDS

LATIN = re.compile(r"(?<![\w=.:/-])[A-Za-z]*[a-z][A-Za-z]{2,}(?![\w=.:/-])")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    use("zh")
    yield
    use("en")


def english(printed: list[str]) -> list[str]:
    """Lines with words that are neither typed, nor somebody's name, nor in quotes."""
    quoted = re.compile(r"“[^”]*”|Anna|Bob|Test house")
    known = {*COMMANDS, "clock", "away", "private"}
    lines = [line for block in printed for line in block.splitlines()]
    return [line for line in lines if set(LATIN.findall(quoted.sub("", line))) - known]


def test_a_match_in_chinese() -> None:
    with Place() as place:
        anna = Typist().connect(place.url)
        anna.reads("在场：", "Anna")
        anna.types("井字 2", "5")
        anna.reads("不是命令")
        anna.types("open 井字棋 private").reads("你坐到了桌", "井字棋")
        anna.types("4").reads("现在不能“4”。对局还没开始。")
        anna.types("leave").reads("你离开了这张桌。")
        bob = Typist("Bob").connect(place.url)
        bob.reads("在场：")
        anna.types("open gomoku clock=10+5").reads("你坐到了桌")
        assert anna.player.table is not None
        bob.types(f"join {anna.player.table.code}")
        anna.reads("轮到你：落一颗黑子。")
        anna.types("H8").reads("Anna：H8")
        bob.types("draw").reads("你提议和棋。")
        anna.reads("Bob 提议和棋。输入“yes”或“no”")
        anna.types("resign").reads("这一局结束了：Bob 获胜，Anna 认输。")
        for typist in (anna, bob):
            assert typist.quits() == 0
            assert not english(typist.printed)


def test_every_game_can_be_called_by_its_chinese_name() -> None:
    with Place() as place:
        anna = Typist().connect(place.url)
        anna.reads("在场：")
        for title in ("井字棋", "五子棋", "象棋", "国际象棋", "吹牛骰子", "海战棋", "斗地主"):
            anna.types(f"rules {title}").reads(title)
        assert len(GAMES) >= 7
        assert anna.quits() == 0


def test_columns_of_wide_letters_stand_under_each_other() -> None:
    with Place() as place:
        anna = Typist().connect(place.url)
        anna.reads("在场：")
        lines = anna.types("help").reads("认输").splitlines()
        starts = {wide(line[: line.index(re.split(r" {2,}", line)[-1])]) for line in lines}
        assert len(lines) == len(COMMANDS)
        assert len(starts) == 1
        assert anna.quits() == 0
