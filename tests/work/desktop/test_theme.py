"""Everything that must be readable is: contrast of every pair of colours in every theme."""

import dataclasses

import pytest

from games.scene import ROLES
from work.desktop.boards import BOARDS
from work.desktop.colour import contrast, mix
from work.desktop.theme import (
    COLOURS,
    SCENE_ROLES,
    SEATS,
    Theme,
    layout_for,
    scale_for,
)

TEXT = {
    "text": "bg surface surface_2 surface_3 cloth turn_soft accent_soft info_soft draw_soft danger_soft",
    "text_2": "bg surface surface_2 surface_3 cloth turn_soft",
    "accent_text": "surface bg surface_2 accent_soft",
    "on_accent": "accent accent_hover accent_press",
    "on_turn": "turn",
    "turn_text": "surface turn_soft bg",
    "info": "surface surface_2 info_soft",
    "on_info": "info",
    "draw": "surface surface_2 draw_soft",
    "on_draw": "draw",
    "danger": "surface surface_2 danger_soft turn_soft",
    "on_danger": "danger",
    "good": "surface",
    "on_felt": "felt felt_edge",
    "board_text": "board",
    "card_red": "card",
    "card_black": "card square_light",
    "piece_blue": "card",
    "piece_green": "card",
    "on_bubble": "bubble",
}
GRAPHICS = {
    "line_strong": "surface bg surface_2",
    "accent": "surface bg",
    "focus": "surface bg cloth",
    "board_line": "board",
    "last_on_black": "stone_black",
    "last_on_white": "stone_white",
    "card_black": "board",
    "stone_black": "board square_dark square_light",
    "die_pip": "die",
    "card_back_2": "card_back",
    "legal": "board card halo",
    "legal_felt": "felt",
    "refused": "halo",
    "board_focus": "halo",
    "halo": "square_dark",
    "good": "bg",
    "danger": "bg",
    "info": "bg",
    "draw": "bg",
}
SEAT_GROUNDS = ("surface", "surface_2", "turn_soft")

THEMES = [
    Theme(name, high_contrast=high, board=board)
    for name in ("light", "dark") for high in (False, True) for board in BOARDS
]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES, ids=str)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (GRAPHICS, 3.0)], ids=["text", "graphics"])
def test_every_pair_has_enough_contrast(theme: Theme, pairs: dict[str, str], least: float) -> None:
    for colour, grounds in pairs.items():
        for ground in grounds.split():
            assert contrast(theme.colour(colour), theme.colour(ground)) >= least, (colour, ground)


@pytest.mark.parametrize("theme", THEMES, ids=str)
def test_seats_stand_out_from_every_panel_and_their_shape_from_their_disc(theme: Theme) -> None:
    for number, sign in enumerate(SEATS, 1):
        assert contrast(theme.seat(number), theme.colours.seat_mark) >= 3, sign
        for ground in SEAT_GROUNDS:
            assert contrast(theme.seat(number), theme.colour(ground)) >= 3, (sign, ground)


def test_boards_differ_from_each_other_in_every_theme() -> None:
    assert len({theme.colours.board for theme in THEMES}) == len(THEMES)


def test_contrast_agrees_with_its_definition() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)  # the lightest grey that passes on white


def test_every_colour_is_written_in_full_in_every_theme() -> None:
    for colours in COLOURS.values():
        for role, colour in dataclasses.asdict(colours).items():
            assert len(colour) == 7, role
            assert int(colour[1:], 16) >= 0, role


def test_games_may_name_every_role_and_only_those() -> None:
    assert set(SCENE_ROLES) == set(ROLES)
    assert {Theme("dark").scene_colour(role)[0] for role in ROLES} == {"#"}
    assert Theme().scene_colour("#123456") == "#123456"
    with pytest.raises(KeyError):
        Theme().scene_colour("bg")


def test_seats_have_shapes_of_their_own_and_begin_anew_after_the_last() -> None:
    assert len({sign.shape for sign in SEATS}) == len(SEATS) == 10
    assert Theme().seat(11) == Theme().seat(1) != Theme().seat(2)


@pytest.mark.parametrize(
    ("size", "scale", "layout"),
    [
        ((800, 600), 1.0, "small"),
        ((1280, 800), 1.0, "regular"),
        ((1599, 999), 1.0, "regular"),
        ((1920, 1080), 1.25, "regular"),
        ((2560, 1440), 1.5, "wide"),
        ((3840, 2160), 2.0, "wide"),
        ((4000, 600), 1.0, "small"),
    ],
)
def test_scale_and_layout_follow_the_window(size: tuple[int, int], scale: float, layout: str) -> None:
    assert scale_for(size) == scale
    assert layout_for(size, scale) == layout


def test_lengths_grow_with_the_scale_and_heights_also_with_the_text() -> None:
    theme = Theme("light", scale=1.5, text_scale=1.25)
    assert (theme.px(10), theme.high(40), theme.size("text"), theme.line("text")) == (15, 75, 28, 38)
    assert Theme(text_scale=0.9).high(40) == 40  # small text does not make buttons too small to touch


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert (mix("#000000", "#FFFFFF", 0), mix("#000000", "#FFFFFF", 1), mix("#000000", "#FF8040", 0.5)) == (
        "#000000",
        "#FFFFFF",
        "#804020",
    )
