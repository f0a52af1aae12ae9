"""Text fits where it is put, and every character of the interface and of most names has a face."""

import string

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.font import PIECES
from work.desktop.editing import clean
from work.desktop.faces import FACE, Faces, right_to_left
from work.desktop.fonts import DOTS
from work.desktop.look import Look
from work.desktop.theme import Theme
from work.language import FOLDER, entries

pytestmark = pytest.mark.usefixtures("screen")

SHARED = Look(Theme("light"))  # for the many examples of one test
words = st.text(st.sampled_from("abc W,.小雨你好。（x \n-"), max_size=60)


def test_the_face_has_all_that_games_and_both_languages_show() -> None:
    chinese = "斗地主五子棋象棋麻将你好轮到认输悔棋和棋饕餮龟"
    signs = string.printable[:95] + "×–—·…°±" + "♔♕♖♗♘♙♚♛♜♝♞♟♠♣♥♦⚀⚁⚂⚃⚄⚅←↑→↓□─│┌┐└┘" + "、。，！？“”《》（）"
    names = "ÄÖÜäöüßéèñçÅøŁłŠžığŐőΩαЖяй" + "Nguyễn Đức"
    faces = Faces()
    assert not [letter for letter in chinese + signs + names + PIECES if faces.of(letter) != str(FACE)]


def test_the_face_has_every_character_of_the_catalogues() -> None:
    faces = Faces()
    letters = {letter for file in FOLDER.glob("*.po") for one in entries(file.read_text("utf-8"))
               for letter in one.english + one.several + one.words}  # fmt: skip
    assert not [letter for letter in letters if faces.of(letter) != str(FACE) and not letter.isspace()]


def test_no_line_begins_with_what_closes_or_ends_with_what_opens() -> None:
    text = "请输入“help”（或按 F11）。朋友用桌号“KITEL”加入，也可以观战！"
    for width in range(110, 400, 7):
        lines = SHARED.fonts.wrap(text, width)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not [line for line in lines if line[:1] in "，。！）”" or line[-1:] in "“（"]


def test_the_face_stays_small() -> None:
    assert FACE.stat().st_size < 1_300_000


def test_a_line_breaks_into_runs_of_one_face_each(monkeypatch: pytest.MonkeyPatch) -> None:
    system = {"א": "other.ttf", "ב": "other.ttf", "ש": ""}
    faces = Faces()
    monkeypatch.setattr(faces, "of", lambda letter: system.get(letter, str(FACE)))
    assert faces.runs("Anna אבג") == [(str(FACE), "Anna "), ("other.ttf", "אב"), (str(FACE), "ג")]
    assert faces.runs("ש") == [(str(FACE), "□")]
    assert faces.runs("") == []
    monkeypatch.setattr(faces, "_has", lambda file, letter: True)
    assert faces.runs("א ב x") == [("other.ttf", "א ב"), (str(FACE), " x")]


def test_hebrew_and_arabic_are_written_from_the_right() -> None:
    assert right_to_left("שלום")
    assert right_to_left("سلام 1")
    assert not right_to_left("Anna 1")


def test_what_cannot_be_seen_is_left_out() -> None:
    assert clean("An\u202ena\x00\u200b\ud800\ufe0f") == "Anna"
    assert clean("e\u0301") == "\u00e9"
    assert clean("two\nlines\tand a tab") == "two lines and a tab"


@pytest.mark.parametrize(
    "text", ["", "\x00", "\ud83d", "a\nb", "\u202e", "👍🏽", "नमस्ते", "ש" * 300, "\uffff", "e\u0301"]
)
def test_any_text_can_be_drawn(look: Look, screen: pygame.Surface, text: str) -> None:
    look.fonts.draw(screen, text, (10, 10), "name")
    assert look.fonts.render(text).get_height() == look.fonts.height()


def test_a_line_is_as_wide_as_measured(look: Look) -> None:
    for size in ("title", "name", "text", "caption", 33):
        for bold in (None, True, False):
            text = "Your turn: 小雨 (x) Ж"
            assert look.fonts.render(text, size, bold=bold).get_width() == look.fonts.width(text, size, bold)


def test_drawing_puts_the_anchor_where_it_was_asked_for(look: Look, screen: pygame.Surface) -> None:
    place = look.fonts.draw(screen, "Join", (200, 100), "name", "#FFFFFF", anchor="center")
    assert place.center == (200, 100)
    assert screen.subsurface(place).get_bounding_rect().w > 0
    assert {tuple(screen.get_at((place.right + 2, y)))[:3] for y in range(place.top, place.bottom)} == {(0, 0, 0)}


def test_figures_are_of_one_width_so_that_clocks_do_not_jump(look: Look) -> None:
    assert len({look.fonts.width(f"{digit}{digit}:0", "clock") for digit in range(10)}) == 1


@given(text=words, width=st.integers(0, 300))
def test_cut_text_fits_and_keeps_as_much_as_possible(text: str, width: int) -> None:
    look = SHARED
    cut = look.fonts.cut(text, width)
    assert look.fonts.width(cut) <= width
    if cut != text and cut:
        assert cut.endswith(DOTS)
        assert text.startswith(cut.removesuffix(DOTS))
        longer = len(cut.removesuffix(DOTS)) + 1
        while longer < len(text) and text[longer - 1].isspace():
            longer += 1
        assert look.fonts.width(text[:longer].rstrip() + DOTS) > width
    if look.fonts.width(text) <= width:
        assert cut == text


@given(text=words, width=st.integers(20, 300))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    look = SHARED
    lines = look.fonts.wrap(text, width)
    assert all(look.fonts.width(line) <= width for line in lines if len(line) > 1 and line[1:2] not in "，。,.")
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_lines_break_at_spaces_and_between_chinese_characters_but_not_before_a_full_stop(look: Look) -> None:
    assert look.fonts.wrap("one two three", look.fonts.width("one two")) == ["one two", "three"]
    assert look.fonts.wrap("你好你好。", look.fonts.width("你好你好")) == ["你好你", "好。"]
    assert look.fonts.wrap("a\n\nb", 100) == ["a", "", "b"]
    assert len(look.fonts.wrap("w" * 50, look.fonts.width("w" * 20))) == 3
