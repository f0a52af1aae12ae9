"""Where the things beside a table stand: seats, result, steps and chat, the notice, and the buttons at the foot."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from work.desktop.buttons import Button
from work.desktop.column import Column
from work.desktop.stage_table import Table as Stage
from work.desktop.table_dock import SeatRow
from work.desktop.theme import SIZES
from work.language import _

if TYPE_CHECKING:
    from work.desktop.replay_screen import ReplayScreen
    from work.desktop.table_screen import TableScreen


TALL = 1.1
"""A place for the table whose width is less than so many heights is a tall one, as in a small window."""
PLATE = (3.6, 1.1)
"""Table units that a player's plate may cover at most: games for many keep so much free at each of `Scene.seats`."""


def margins(screen: "TableScreen | ReplayScreen") -> tuple[int, int]:
    """How wide the dock is, and how far it stands from the window's edges and the bar."""
    px, kind = screen.look.px, screen.layout_class
    wide = {"small": SIZES.dock_small, "regular": SIZES.dock, "wide": SIZES.dock_wide}[kind]
    return px(wide), px(8 if kind == "small" else SIZES.edge)


def place_dock(screen: "TableScreen", dock: pygame.Rect, small: bool) -> None:
    """Place everything in the dock, from above and below; what is left is for the steps and the chat.

    A notice stands right above the buttons that make offers; after a match under those for another one, where nothing
    that somebody is about to press moves away from it.
    """
    result, notice = screen.result, screen.notice
    column = Column(dock, screen.look.px(8 if small else SIZES.gap_panels))
    result.card.visible = result.over and not small and not screen.many
    if not screen.many:
        _place_seats(screen, column, small)
    if result.visible:
        result.place(column)
    if screen.resign.visible:
        place_offers(screen, column.below(screen.look.theme.high(SIZES.button)))
    if notice is not None:
        height = notice.height(dock.w)
        notice.rect = column.above(height) if result.visible else column.below(height)
    if result.visible:
        result.place_evening(column, small)
    _place_talk(screen, column, small)


def _place_seats(screen: "TableScreen", column: Column, small: bool) -> None:
    """The seats under each other, unless the card of the result tells of them."""
    height = screen.look.theme.high(SIZES.seat_row_small if small else SIZES.seat_row)
    for row in screen.seats:
        row.visible = not screen.result.card.visible
        if row.visible:
            row.rect = column.above(height)


def _place_talk(screen: "TableScreen", column: Column, small: bool) -> None:
    """Steps and chat in what is left: under each other, or one of them at a time behind tabs that say which."""
    screen.tabs.visible = small
    screen.steps.title.visible = screen.chat.title.visible = not small
    if small:
        screen.tabs.rect = column.above(screen.tabs.size()[1])
        screen.steps.rect = screen.chat.rect = column.left.copy()
    else:
        left = column.left.h
        screen.chat.rect = column.below(
            left if screen.result.card.visible else min(screen.look.theme.high(250), left // 2)
        )
        screen.steps.rect = column.left.copy()


def place_offers(screen: "TableScreen", row: pygame.Rect) -> None:
    """Offers at the left, resigning alone at the right; where room is short the offers show their icons only."""
    px, gap, offers = screen.look.px, screen.look.px(SIZES.gap), (screen.undo, screen.draw_offer)
    for button, label in zip(offers, (_("Take back"), _("Draw")), strict=True):
        button.label, button.tip = label, ""

    def width(button: Button) -> int:
        return button.size()[0] - px(8)  # their edges are narrower than elsewhere, so that three fit

    if sum(width(button) + gap for button in offers) + gap + width(screen.resign) > row.w:
        for button in offers:
            button.label, button.tip = "", button.label
    x = row.x
    for button in offers:
        button.rect = pygame.Rect(x, row.y, width(button), row.h)
        x = button.rect.right + gap
    last = width(screen.resign)
    screen.resign.rect = pygame.Rect(row.right - last, row.y, last, row.h)


def place_stage(screen: "TableScreen", room: pygame.Rect, edge: int, top: int) -> None:
    """Give the table its place, and its controls theirs: on the table where the scene has room, else beneath it.

    `top` is the height of the line above the table; on a table with controls that line lies there as well.
    """
    stage, tray, px = screen.stage, screen.tray, screen.look.px
    at = stage.scene.tray if stage.scene else None
    if at is not None:
        stage.layout(room)
        inner = stage.frame.inflate(-px(48), 0)
        tray.rect = pygame.Rect(inner.x, 0, inner.w, tray.height(inner.w))
        tray.rect = tray.rect.move(0, stage.pixel(at)[1] - tray.rect.h)
        return
    foot = 0
    if tray.visible:
        width = min(room.w - 2 * edge, max(tray.size()[0], px(480)))
        foot = tray.height(width)
        tray.rect = pygame.Rect(room.centerx - width // 2, room.bottom - foot - edge, width, foot)
        foot += edge
    stage.layout(pygame.Rect(room.x, room.y + top, room.w, room.h - top - foot))


def place_plates(stage: Stage, rows: Sequence[SeatRow]) -> None:
    """Put the plates of a table for many, one a seat, where the scene that the stage shows wants them."""
    if stage.scene is None:
        return
    for seat, row in enumerate(rows):
        at = stage.scene.seats.get(seat)
        row.visible = at is not None
        if at is not None:
            width, height = row.size()
            unit = stage.pixel((1, 0))[0] - stage.pixel((0, 0))[0]
            width, height = min(width, round(abs(unit) * PLATE[0])), min(height, round(abs(unit) * PLATE[1]))
            x, y = stage.pixel(at)
            rect = pygame.Rect(x - width // 2, y - height // 2, width, height)
            row.rect = rect.clamp(stage.rect)


def place_pill(screen: "TableScreen") -> None:
    """The line that says who is to do what stands over the table, in a small window in its bar.

    There it stands over the table too where the bar cuts it and the table leaves the room.
    """
    if not screen.rect.w:
        return
    px, small = screen.look.px, screen.layout_class == "small"
    width, height = screen.pill.size()
    stage, bar = screen.stage.rect, screen.bar.rect
    left, right, y = stage.x + px(16), stage.right - px(16), bar.bottom + px(16)
    in_bar, above = screen.bar.between, screen.stage.frame.y - bar.bottom
    if small and (width <= in_bar[1] - in_bar[0] or above < height + px(24)):
        left, right = in_bar
        height = min(height, bar.h - px(6))
        y = bar.centery - height // 2
    elif screen.tray.on_felt and not small:
        tray = screen.tray.rect
        y = (tray.y - px(10) if screen.tray.visible else tray.bottom) - height
    width = min(width, right - left)
    x = max(left, min(stage.centerx - width // 2, right - width))
    screen.pill.rect = pygame.Rect(x, y, width, height)
