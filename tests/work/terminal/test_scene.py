"""Scenes as text: golden drawings of every game, and what holds for any scene."""

import io
from typing import Any

import pytest

from games import GAMES
from games.example import example_match
from games.game_info import view
from games.scene import Scene, card, die, disc, grid, hexagon, image, line, pad, rect, text
from tools.drawings import FOLDER, drawing
from work.terminal.canvas import wide
from work.terminal.scene import COLUMNS, PLAIN, Look, draw, place_names, printable


@pytest.mark.parametrize("name", GAMES)
def test_the_example_of_every_game_is_drawn_as_it_was(name: str) -> None:
    """`python -m tools.drawings` writes the drawings anew."""
    golden = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert drawing(name) == golden
    assert all(wide(row) <= COLUMNS for row in golden.splitlines())
    assert not any(row.endswith(" ") for row in golden.splitlines())


def test_every_game_has_a_drawing() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(GAMES)


@pytest.mark.parametrize("name", GAMES)
def test_colour_changes_nothing_but_colour(name: str) -> None:
    game = GAMES[name]
    scene = game.scene(view(example_match(game).info, 0), 0)
    coloured = draw(scene, {}, Look(colour=True))
    assert "\x1b[" in coloured
    assert "\x1b" not in draw(scene)
    assert [row.rstrip() for row in bare(coloured).splitlines()] == draw(scene).splitlines()
    ends = [row.rpartition("\x1b[")[2].partition("m")[0] for row in coloured.splitlines() if "\x1b[" in row]
    assert set(ends) == {"0"}, "every row ends as it began"


def bare(coloured: str) -> str:
    parts = coloured.split("\x1b[")
    return parts[0] + "".join(part.partition("m")[2] for part in parts[1:])


@pytest.mark.parametrize("mark", ["last", "win", "check", "chosen"])
def test_marks_are_seen_without_colour(mark: Any) -> None:
    board = grid((1, 1), 5, 3, look="points")
    plain = Scene(w=6, h=4, items=(board, disc((3, 2), fill="black")))
    marked = Scene(w=6, h=4, items=(board, disc((3, 2), fill="black", mark=mark)))
    assert draw(plain).splitlines()[1] == "· · ● · ·"
    assert draw(marked).splitlines()[1].replace("●", "") in ("· ·[]· ·", "· ·()· ·", "· ·{}· ·")


def test_neighbours_with_the_same_mark_share_their_brackets() -> None:
    stones = [disc((c, 1), fill="white", mark="win") for c in (1, 2, 3)]
    assert draw(Scene(w=4, h=2, items=(grid((1, 1), 4, 1, look="points"), *stones))) == "(○ ○ ○)·"


def test_a_big_board_is_not_wider_than_a_terminal() -> None:
    rows = draw(Scene(w=20, h=20, items=(grid((1, 1), 19, 19, look="points"),))).splitlines()
    assert len(rows) == 19
    assert {wide(row) for row in rows} == {37}


def test_small_boards_are_drawn_in_boxes() -> None:
    scene = Scene(w=2, h=1, items=(grid((0.5, 0.5), 2, 1, tag="rc"), disc((1.5, 0.5), s="♖")))
    assert draw(scene, names={(0, 0): "a1"}).splitlines() == ["┌───┬───┐", "│a1 │ ♖ │", "└───┴───┘"]
    assert draw(scene, look=Look(encoding="latin-1")).splitlines() == ["+---+---+", "|   | ? |", "+---+---+"]


def test_a_board_with_labels_beside_it_does_not_name_its_places_again() -> None:
    items = (grid((1.5, 0.5), 2, 1, tag="rc"), text((0.5, 0.5), "1"), text((1.5, 1.4), "a"), text((2.5, 1.4), "b"))
    rows = draw(Scene(w=3, h=2, items=items), names={(0, 0): "a1", (0, 1): "b1"}).splitlines()
    assert rows[1] == "1 │   │   │"
    assert rows[3].split() == ["a", "b"]


def test_full_width_characters_take_two_columns() -> None:
    assert wide("王a\u0301") == 3
    rows = draw(Scene(w=3, h=1, items=(grid((0.5, 0.5), 2, 1), disc((0.5, 0.5), s="車")))).splitlines()
    assert {wide(row) for row in rows} == {9}
    assert rows[1] == "│ 車│   │"


def test_words_that_would_lie_on_others_move_to_another_line() -> None:
    scene = Scene(w=6, h=3, items=(text((3, 1), "first"), text((3, 1), "second")))
    assert [row.strip() for row in draw(scene).splitlines()] == ["first", "second"]


def test_flipped_tables_are_turned_by_half() -> None:
    items = (grid((1, 1), 3, 2, look="points"), disc((1, 1), fill="black"), disc((3, 1), fill="white"))
    assert draw(Scene(w=4, h=3, items=items)) == "● · ○\n· · ·"
    assert draw(Scene(w=4, h=3, items=items, flip=True)) == "· · ·\n○ · ●"


def test_every_kind_of_item_is_drawn() -> None:
    items = (
        pad((2, 1), (3, 1), "pad", edge="ink"), hexagon((5, 2), 1, s="A"), line((1, 3), [(0, 0), (3, 0)], ink="red"),
        card((8, 1), "H10"), card((9, 1)), card((10, 1), "*r"), die((8, 3), 4), die((9.5, 3), None),
        image((11, 3), "xiangqi-rook", (0.5, 0.5), s="俥"), rect((11, 1), (0.2, 0.2), fill="red"),
    )  # fmt: skip
    drawn = draw(Scene(w=12, h=5, items=items))
    for sign in ("♥10", "▒▒", "★", "|4|", "|?|", "俥", "A", "─", "╲", "■", "·"):
        assert sign in drawn
    assert draw(Scene(w=12, h=5, items=items), look=Look(encoding="ascii")).isascii()


def test_what_would_steer_the_terminal_is_never_printed() -> None:
    scene = Scene(w=20, h=3, items=(text((10, 1), "a\x1b[2Jb\u202ec\nd"),), seats={0: (10, 2)})
    drawn = draw(scene, {0: "Eve\x07\x1b]0;x"})
    assert drawn.replace("\n", "").isprintable()
    assert printable("a\tb") == "a b"


def test_nothing_to_draw_is_an_empty_drawing() -> None:
    assert draw(Scene(w=3, h=3)) == ""


def test_places_are_called_as_the_labels_beside_the_board_say() -> None:
    gomoku = GAMES["gomoku"]
    names = place_names(gomoku.scene(example_match(gomoku).info, 0))
    assert (names[0, 0], names[7, 7], names[14, 14]) == ("A15", "H8", "O1")
    battleship = GAMES["battleship"]
    names = place_names(battleship.scene(view(example_match(battleship).info, 0), 0))
    assert names["fire", 2, 9] == "C10"
    assert place_names(Scene(w=2, h=1, items=(grid((0.5, 0.5), 2, 1, tag=((4, 5),)),))) == {4: "4", 5: "5"}


class Stream(io.StringIO):
    def __init__(self, terminal: bool, encoding: str) -> None:
        super().__init__()
        self.terminal = terminal
        self._encoding = encoding

    def isatty(self) -> bool:
        return self.terminal

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding


@pytest.mark.parametrize(
    ("terminal", "environ", "colour"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colours_are_for_terminals_that_want_them(terminal: bool, environ: dict[str, str], colour: bool) -> None:
    assert Look.of(Stream(terminal, "UTF-8"), environ) == Look(colour, "UTF-8")


def test_what_an_encoding_lacks_is_replaced() -> None:
    assert PLAIN.fit("● 王 ×") == Look(encoding="UTF-8").fit("● 王 ×") == "● 王 ×"
    assert Look(encoding="gbk").fit("● 王 ×") == "X 王 x"
    assert Look(encoding="cp437").fit("● 王 ×") == "X ? x"
