"""Cards, dice, stones and other pieces, drawn from nothing but numbers and a few small pictures."""

import math

import pygame

from work.desktop.colour import contrast, mix
from work.desktop.look import Look
from work.desktop.paint import svg
from work.desktop.theme import CARD, DIE

SUITS = {"S": "suit-spade", "H": "suit-heart", "D": "suit-diamond", "C": "suit-club"}
RED_SUITS = "HD*r"
CROWNED = "KQ"
STONES = {"black": "stone-black", "white": "stone-white"}
SHADOW_OUT, SHADOW_RIGHT, SHADOW_DOWN = 0.11, 0.04, 0.09
"""How far a piece's shadow reaches out, to the right and down, in its diameters; large pieces lie no higher."""
SHADOW_OF_MOST = 60
"""Logical pixels of diameter beyond which a piece's shadow does not grow."""

PIPS = {
    1: ((0, 0),),
    2: ((-1, -1), (1, 1)),
    3: ((-1, -1), (0, 0), (1, 1)),
    4: ((-1, -1), (1, -1), (-1, 1), (1, 1)),
    5: ((-1, -1), (1, -1), (0, 0), (-1, 1), (1, 1)),
    6: ((-1, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (1, 1)),
}
"""Where the pips of each face lie, in steps from the middle."""


def canvas(width: float, height: float) -> pygame.Surface:
    """An empty surface at least this large, with even sides, so that whatever has a middle can lie in its middle."""
    return pygame.Surface((even(width), even(height)), pygame.SRCALPHA)


def even(length: float) -> int:
    """The smallest even number of pixels that holds this length."""
    return max(2, 2 * math.ceil(length / 2 - 0.01))


def drawing(width: float, height: float, body: str) -> pygame.Surface:
    """A smooth picture from the inside of an SVG file whose units are pixels, in the middle of even sides."""
    w, h = even(width), even(height)
    middle = f'<g transform="translate({(w - width) / 2} {(h - height) / 2})">{body}</g>'
    return svg(f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}">{middle}</svg>', (w, h))


def readable(fill: str) -> str:
    """White or near black, whichever reads better on this colour."""
    return max(("#FFFFFF", "#1D1B1A"), key=lambda ink: contrast(ink, fill))


def stone(look: Look, name: str, size: int, edge: str = "") -> pygame.Surface:
    """A glossy stone with its shadow, in the middle of a larger surface."""
    out = _with_shadow(look, size)
    picture = look.paint.icon(STONES[name], size)
    out.blit(picture, picture.get_rect(center=out.get_rect().center))
    if edge:
        ring = look.paint.disc(size, "", edge, look.px(1))
        out.blit(ring, ring.get_rect(center=out.get_rect().center))
    return out


def piece(look: Look, fill: str, edge: str, size: int) -> pygame.Surface:
    """A flat round piece: a darker edge, a fine ring, a breath of light, and its shadow."""
    out = _with_shadow(look, size)
    half, width = size / 2, max(1.0, size * 0.035)
    rim = edge or mix(fill, "#000000", 0.35)
    body = drawing(
        size,
        size,
        f'<defs><radialGradient id="g" cx="38%" cy="32%" r="80%">'
        f'<stop offset="0%" stop-color="{mix(fill, "#FFFFFF", 0.22)}"/>'
        f'<stop offset="60%" stop-color="{fill}"/><stop offset="100%" stop-color="{mix(fill, "#000000", 0.14)}"/>'
        f'</radialGradient></defs><circle cx="{half}" cy="{half}" r="{half - width / 2}" fill="url(#g)" stroke="{rim}"'
        f' stroke-width="{width}"/><circle cx="{half}" cy="{half}" r="{half * 0.82}" fill="none"'
        f' stroke="{mix(fill, "#FFFFFF", 0.4)}" stroke-width="{width * 0.7}" stroke-opacity="0.55"/>',
    )
    out.blit(body, body.get_rect(center=out.get_rect().center))
    return out


def _with_shadow(look: Look, size: int) -> pygame.Surface:
    high = min(size, look.px(SHADOW_OF_MOST))
    dark = look.paint.icon("stone-shadow", even(size + 2 * SHADOW_OUT * high))
    side = dark.get_width() + 2 * SHADOW_DOWN * high
    out = canvas(side, side)
    middle = out.get_rect().move(round(high * SHADOW_RIGHT), round(high * SHADOW_DOWN)).center
    out.blit(dark, dark.get_rect(center=middle))
    return out


def raised(look: Look, body: pygame.Surface, corner: int) -> pygame.Surface:
    """A box with the shadow that it throws, in the middle of a larger surface."""
    pad = 4 * look.theme.shadow(1).blur
    out = canvas(body.get_width() + pad, body.get_height() + pad)
    place = body.get_rect(center=out.get_rect().center)
    look.paint.shadow(out, place, corner, 1)
    out.blit(body, place)
    return out


def die(look: Look, face: int | None, side: int) -> pygame.Surface:
    """A die from above; `face` None shows none."""
    colours = look.theme.colours
    corner = side * DIE.radius
    body = look.paint.box((side, side), round(corner), "die", "card_edge", max(1, round(side * 0.02))).copy()
    radius, ink = (DIE.one, colours.card_red) if face == 1 else (DIE.pip, colours.die_pip)
    pips = "".join(
        f'<circle cx="{side * (0.5 + x * DIE.step)}" cy="{side * (0.5 + y * DIE.step)}" r="{side * radius}"'
        f' fill="{ink}"/>'
        for x, y in (PIPS[face] if face else ())
    )
    body.blit(drawing(side, side, pips), (0, 0))
    return raised(look, body, round(corner))


def card(look: Look, name: str, width: int, height: int) -> pygame.Surface:
    """A playing card with its shadow: a face from rank and suit, a joker, or the back ("")."""
    corner = max(2, round(width * CARD.radius))
    draw = _back if not name else _joker if name.startswith("*") else _face
    body = draw(look, name, width, height, corner)
    return raised(look, body, corner)


def _blank(look: Look, width: int, height: int, corner: int) -> pygame.Surface:
    return look.paint.box((width, height), corner, "card", "card_edge", look.theme.edge_width).copy()


def _face(look: Look, name: str, width: int, height: int, corner: int) -> pygame.Surface:
    """Rank and suit in the corner, the suit again in the right lower quarter, a crown on kings and queens."""
    body = _blank(look, width, height, corner)
    suit, rank = name[:1], name[1:]
    ink = "card_red" if suit in RED_SUITS else "card_black"
    letters = look.fonts.render(rank, round(width * CARD.rank), ink, bold=True)
    middle = round(width * 0.17)
    top = letters.get_rect(centerx=max(middle, letters.get_width() // 2 + look.px(2)), top=round(height * 0.005))
    body.blit(letters, top)
    if suit not in SUITS:
        return body
    small = look.paint.icon(SUITS[suit], round(width * CARD.corner_suit), ink)
    body.blit(small, small.get_rect(centerx=middle, top=top.bottom - round(width * 0.02)))
    big = look.paint.icon(SUITS[suit], round(width * CARD.big_suit), ink)
    body.blit(big, (round(width * CARD.big_suit_at[0]), round(height * CARD.big_suit_at[1])))
    if rank in CROWNED:
        crown = look.paint.icon("crown", round(width * 0.3), ink)
        body.blit(crown, crown.get_rect(right=width - round(width * 0.1), top=round(height * 0.06)))
    return body


def _joker(look: Look, name: str, width: int, height: int, corner: int) -> pygame.Surface:
    body = _blank(look, width, height, corner)
    ink = "card_red" if name in RED_SUITS else "card_black"
    size = round(width * 0.17)
    for k, letter in enumerate("JOKER"):
        picture = look.fonts.render(letter, size, ink)
        body.blit(picture, picture.get_rect(centerx=round(width * 0.16), centery=round(height * (0.1 + 0.125 * k))))
    star = look.paint.icon("star", round(width * CARD.big_suit), ink)
    body.blit(star, (round(width * CARD.big_suit_at[0]), round(height * CARD.big_suit_at[1])))
    return body


def _back(look: Look, name: str, width: int, height: int, corner: int) -> pygame.Surface:
    """A red field with a lattice and a ring, inside a light edge."""
    colours = look.theme.colours
    body = look.paint.box((width, height), corner, "card_back_2", "card_edge", look.theme.edge_width).copy()
    edge = max(2, round(width * 0.08))
    field = pygame.Rect(edge, edge, width - 2 * edge, height - 2 * edge)
    inside = look.paint.box(field.size, max(1, corner - edge // 2), "card_back").copy()
    step = max(5.0, width / 9)
    lattice = mix(colours.card_back, colours.card_back_2, 0.45)
    k = -field.h
    while k < field.w:
        pygame.draw.aaline(inside, lattice, (k, 0), (k + field.h, field.h))
        pygame.draw.aaline(inside, lattice, (k, field.h), (k + field.h, 0))
        k += round(step)
    inside.blit(
        look.paint.box(field.size, max(1, corner - edge // 2), "#FFFFFF"), (0, 0), special_flags=pygame.BLEND_RGBA_MIN
    )
    circle = look.paint.disc(round(width * 0.3), "card_back", "card_back_2", max(1, round(width * 0.02)))
    inside.blit(circle, circle.get_rect(center=inside.get_rect().center))
    body.blit(inside, field)
    return body
