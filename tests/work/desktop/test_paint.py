"""Parts have the shape and the colours asked for, are drawn once, and are not kept for ever."""

import pygame
import pytest

from work.desktop.cache import SurfaceCache
from work.desktop.colour import rgb
from work.desktop.look import Look
from work.desktop.paint import ART, Paint, svg
from work.desktop.theme import SEATS, Theme


def colour_at(surface: pygame.Surface, at: tuple[int, int]) -> tuple[int, ...]:
    return tuple(surface.get_at(at))[:3]


@pytest.mark.parametrize("size", [(336, 72), (60, 36), (36, 36), (30, 400), (5, 5)])
def test_a_box_has_round_corners_an_edge_and_a_filled_middle(look: Look, size: tuple[int, int]) -> None:
    box = look.paint.box(size, min(size) // 3, "surface", "danger", 1)
    assert box.get_size() == size
    assert box.get_at((0, 0)).a < 255
    assert colour_at(box, (size[0] // 2, size[1] // 2)) == rgb("#FBF8F1")
    assert colour_at(box, (size[0] // 2, 0)) == colour_at(box, (0, size[1] // 2)) == rgb("#AE3124")


def test_a_stretched_box_looks_like_one_drawn_whole(look: Look) -> None:
    stretched = look.paint.box((200, 90), 10, "accent")
    whole = svg('<svg width="200" height="90"><rect width="200" height="90" rx="10" fill="#1D6A50"/></svg>', (200, 90))
    for x in (*range(14), 100, *range(186, 200)):
        for y in (*range(14), 45, *range(76, 90)):
            assert abs(stretched.get_at((x, y)).a - whole.get_at((x, y)).a) <= 4, (x, y)


def test_what_was_drawn_is_kept(look: Look) -> None:
    paint = look.paint
    assert paint.box((100, 40), 10, "accent") is paint.box((100, 40), 10, "accent")
    assert paint.box((100, 40), 10, "accent") is not paint.box((100, 40), 10, "danger")
    assert paint.icon("undo", 20, "info") is paint.icon("undo", 20, "info")
    assert paint.felt((300, 200)) is paint.felt((300, 200))


def test_the_cache_lets_go_what_was_unused_for_longest() -> None:
    cache = SurfaceCache(most_bytes=3 * 400)
    made: list[int] = []

    def get(key: int) -> None:
        cache.get(key, lambda: made.append(key) or pygame.Surface((10, 10), 0, 32))  # type: ignore[func-returns-value]

    for key in (1, 2, 3, 1, 4, 1, 2):
        get(key)
    assert made == [1, 2, 3, 4, 2]
    assert len(cache) == 3
    assert cache.bytes <= cache.most_bytes


def test_every_seat_has_a_picture_and_a_sign_of_its_own(look: Look) -> None:
    signs = {pygame.image.tobytes(look.paint.seat(seat, 40, off=True), "RGBA") for seat in range(1, 11)}
    assert len(signs) == len(SEATS)  # even without their colours
    assert colour_at(look.paint.seat(2, 40), (20, 3)) == rgb(SEATS[1].light)
    assert colour_at(look.paint.seat(2, 40, ring="surface"), (20, 1)) == rgb("#FBF8F1")


@pytest.mark.parametrize("path", sorted(ART.glob("*.svg")), ids=lambda path: str(path.stem))
def test_every_icon_can_be_drawn_in_a_colour(look: Look, path: object) -> None:
    picture = look.paint.icon(path.stem, 24, "#123456")  # type: ignore[attr-defined]
    assert picture.get_bounding_rect().w > 4


def test_wood_and_felt_stay_near_their_colour_and_high_contrast_has_no_grain(look: Look) -> None:
    average = pygame.transform.average_color(look.paint.felt((200, 150)))
    assert all(abs(a - b) <= 3 for a, b in zip(average[:3], rgb("#3B7A5E"), strict=True))
    plain = Paint(Theme("light", high_contrast=True))
    for texture in (plain.felt((60, 40)), plain.wood((60, 40))):
        assert len({colour_at(texture, (x, y)) for x in range(60) for y in range(40)}) == 1
    assert len({colour_at(look.paint.wood((60, 40)), (x, 5)) for x in range(60)}) > 1


def test_a_shadow_darkens_what_is_beneath_the_box_and_nothing_far_away(look: Look) -> None:
    ground = pygame.Surface((200, 200))
    ground.fill("#FFFFFF")
    look.paint.shadow(ground, pygame.Rect(50, 50, 100, 100), 12, 2)
    assert colour_at(ground, (100, 155)) < (255, 255, 255)
    assert colour_at(ground, (100, 10)) == colour_at(ground, (5, 100)) == (255, 255, 255)


def test_a_table_has_a_rim_felt_and_round_corners(look: Look) -> None:
    table = look.paint.table((400, 300), 120)
    assert table.get_at((0, 0)).a == 0
    red, green, _ = colour_at(table, (200, 8))
    assert red > green  # wood
    red, green, _ = colour_at(table, (200, 150))
    assert green > red  # felt
