"""Small games for the tests of the stage, and a screen to put it on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import pygame

from games.game import Game
from games.game_info import Chance, GameInfo, Move, Outcome, Refusal
from games.scene import Scene, button, card, disc, fan, grid, pad
from work.desktop.form import Form
from work.desktop.look import Look
from work.desktop.stage import Stage
from work.desktop.theme import Motion, Theme


@dataclass
class WalkInfo(GameInfo):
    """A pawn on three ranks of two files; it walks ahead and becomes something at the end, or it passes."""

    at: str = "a1"
    king: str = ""

    def turn(self) -> Collection[int]:
        return () if self.king else (0,)

    def moves(self, seat: int) -> Iterable[Move]:
        if seat != 0 or self.king:
            return []
        ahead = f"{self.at[0]}{int(self.at[1]) + 1}"
        steps = [(self.at, ahead, piece) for piece in "qn"] if ahead[1] == "3" else [(self.at, ahead)]
        return [*steps, "pass"]

    def judge(self, seat: int, move: Move) -> Refusal | None:
        if refusal := self.untimely(seat):
            return refusal
        return None if move in list(self.moves(seat)) else Refusal("no", f"Not so. {move!r} does not go.")

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        if move != "pass":
            self.at, self.king = move[1], move[2] if len(move) == 3 else ""

    def outcome(self) -> Outcome | None:
        return Outcome.win(0, 1, "arrived") if self.king else None


class Walk(Game[WalkInfo]):
    """Two touches a step, a menu at the end, and a move that nothing on the table carries."""

    name, title, seats, info = "walk", "Walk", range(1, 2), WalkInfo
    flip = False

    def scene(self, info: WalkInfo, seat: int | None) -> Scene:
        squares = [[f"{file}{rank}" for file in "ab"] for rank in (3, 2, 1)]
        x, y = "ab".index(info.at[0]) + 0.5, 3.5 - int(info.at[1])
        return Scene(
            w=2, h=3, flip=self.flip, names={"q": "Queen", "n": "Knight", "pass": "Pass"},
            items=(grid((0.5, 0.5), 2, 3, tag=squares), disc((x, y), fill="red", kin="pawn", s="P", tag=info.at)),
        )  # fmt: skip


@dataclass
class HandInfo(GameInfo):
    """Three cards of which one or two may be played; which, nobody lists."""

    cards: list[str] = field(default_factory=lambda: ["S3", "H10", "*r"])
    lines: list[Any] = field(default_factory=list)

    def turn(self) -> Collection[int]:
        return (0,)

    def moves(self, seat: int) -> Iterable[Move] | None:
        return None

    def judge(self, seat: int, move: Move) -> Refusal | None:
        if seat == 0 and move in ("deck", "sheet"):
            return None
        if type(move) is tuple and move[0] == "sheet" and len(move[1]) > 2:
            return None
        if type(move) is tuple and move[0] == "play" and 1 <= len(move[1]) <= 2:
            return None
        return Refusal("no", "Pick one or two cards.")

    def play(self, seat: int, move: Move, chance: Chance) -> None:
        self.cards = [name for name in self.cards if name not in move[1]]

    def outcome(self) -> Outcome | None:
        return None


class Cards(Game[HandInfo]):
    """Cards to pick, a deck and a discard to touch, a sheet to draw on."""

    name, title, seats, info = "cards", "Cards", range(1, 2), HandInfo

    def scene(self, info: HandInfo, seat: int | None) -> Scene:
        return Scene(
            w=8, h=6, back="felt", controls=(button("play", "Play", takes=("picks",)),),
            items=(
                card((1.5, 1.5), tag="deck", tip="the deck"), card((4, 1.5), "S2", tag="pile", kin="pile"),
                pad((6.5, 1.5), (2, 2), tag="sheet"), *fan((4, 4.5), info.cards, 6),
            ),
        )  # fmt: skip


class Screen:
    """A form with nothing but a stage on it, and the person who uses it."""

    def __init__(
        self,
        game: Game[Any],
        info: GameInfo | None = None,
        *,
        size: tuple[int, int] = (928, 700),
        seat: int | None = 0,
        may_touch: bool = True,
        motion: Motion = "off",
    ) -> None:
        self.surface = pygame.display.set_mode(size)
        self.form = Form(Look(Theme(motion=motion)))
        self.form.rect = pygame.Rect((0, 0), size)
        self.moves: list[Move] = []
        self.refused: list[tuple[str, Any]] = []
        self.stage = Stage(self.moves.append, lambda refusal, tag: self.refused.append((refusal.text, tag)))
        self.form.add(self.stage)
        self.form.focus_on(self.stage)
        self.stage.layout(self.form.rect)
        self.game, self.info, self.seat, self.may_touch = game, info or game.info(), seat, may_touch
        self.now = 100.0
        self.show()
        self.draw()

    def show(self) -> None:
        """Show the game as it stands, as after each step."""
        self.stage.show(self.game.scene(self.info, self.seat), self.info, self.seat, self.game, self.may_touch)

    def play(self) -> None:
        """Carry out the moves that were sent, and show what came of them."""
        for move in self.moves:
            self.info.play(self.seat or 0, move, Chance.none())
        self.moves.clear()
        self.show()

    def draw(self, after: float = 1.0) -> list[pygame.Rect]:
        """Let time go on and draw what has changed; returns where that was."""
        self.now += after
        self.form.tick(self.now)
        dirty = list(self.form.dirty)
        self.form.dirty.clear()
        for rect in dirty:
            self.surface.set_clip(rect)
            self.form.draw(self.surface)
        self.surface.set_clip(None)
        return dirty

    def where(self, tag: Any) -> tuple[int, int]:
        """Where on the screen a place lies; a picked card is found by its name too."""
        scene = self.game.scene(self.info, self.seat)
        places = scene.places() | {item.pick: item.at for item in scene.items if item.pick is not None}
        return self.stage.pixel(places[tag])

    def point(self, pos: tuple[int, int]) -> None:
        """Move the pointer."""
        self.form.event(pygame.event.Event(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0)))

    def button(self, kind: int, pos: tuple[int, int]) -> None:
        """Let the left button go down or up."""
        self.form.event(pygame.event.Event(kind, pos=pos, button=1))

    def click(self, tag: Any) -> None:
        """Click on a place."""
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            self.button(kind, self.where(tag))

    def drag(self, start: Any, goal: Any) -> None:
        """Press on one place, move to another, let go."""
        self.button(pygame.MOUSEBUTTONDOWN, self.where(start))
        self.point(self.where(goal))
        self.button(pygame.MOUSEBUTTONUP, self.where(goal))

    def key(self, key: int) -> bool:
        """Press a key and let it go; True if something used it."""
        used = self.form.event(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=""))
        self.form.event(pygame.event.Event(pygame.KEYUP, key=key, mod=0))
        return used
