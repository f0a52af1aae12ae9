"""The tray beneath a table: the numbers, choices and buttons that a game's scene asks for."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

import pygame

from games.game_info import Refusal
from games.scene import Control, Tag
from work.desktop.buttons import Button
from work.desktop.choices import Choice, Number
from work.desktop.panels import Label, Panel
from work.desktop.stage import Stage
from work.desktop.textfield import TextField
from work.desktop.widgets import Widget
from work.language import spoken

Group: TypeAlias = tuple[Label | None, Widget]
"""A control with the words above it; buttons have none."""
EDGE, GAP = 20, 20
"""Logical pixels at both ends of the tray, and between two controls."""


class Tray(Panel):
    """Shows the controls of a scene in one row, left what is chosen, then the buttons; dangerous ones stand apart.

    `on_refused` hears why a button could not be pressed.
    """

    def __init__(self, stage: Stage, on_refused: Callable[[Refusal], None]) -> None:
        self.stage = stage
        self.on_refused = on_refused
        self.values: dict[str, Any] = {}
        self._controls: tuple[Control, ...] = ()
        self._loose: list[tuple[Tag, str]] = []
        self._groups: list[Group] = []
        self._buttons: list[tuple[Control, Button]] = []
        super().__init__()
        self.visible = False

    def show(self, controls: tuple[Control, ...], seated: bool) -> None:
        """Take over the controls of a scene; somebody who has no seat sees none."""
        loose = self.stage.loose() if seated else []
        if controls != self._controls or loose != self._loose:
            self._build(controls, loose)
        self.visible = seated and bool(self.children)
        self.check()

    def check(self) -> None:
        """Grey every button that the game would refuse now, and say why."""
        for control, button in self._buttons:
            refusal = self.stage.refusal(control, self.values) if control.kind == "button" else None
            button.off = spoken(refusal.text) if refusal else ""

    def height(self, width: int) -> int:
        rows = self._rows(width)
        return sum(high for high, _ in rows) + self.look.px(10) * (len(rows) - 1) + self.look.px(24)

    def size(self) -> tuple[int, int]:
        wide = self._width(self._groups) + self.look.px(2 * EDGE)
        return wide, self.height(wide)

    def arrange(self) -> None:
        px, line = self.look.px, self.look.theme.line("caption")
        y = self.rect.y + px(12)
        for row_high, row in self._rows(self.rect.w):
            x, right = self.rect.x + px(EDGE), self.rect.right - px(EDGE)
            foot = y + row_high
            for _, widget in reversed([group for group in row if _apart(group)]):
                width, high = widget.size()
                widget.rect = pygame.Rect(right - width, y + (row_high - high) // 2, width, high)
                right -= width + px(12)
            for label, widget in [group for group in row if not _apart(group)]:
                width, high = widget.size()
                if label is None:
                    widget.rect = pygame.Rect(x, y + (row_high - high) // 2, width, high)
                else:
                    label.rect = pygame.Rect(x, y, max(width, label.size()[0]), line)
                    widget.rect = pygame.Rect(x, (y + line + foot - high) // 2, width, high)
                x += width + px(GAP)
            y = foot + px(10)

    def _rows(self, width: int) -> list[tuple[int, list[Group]]]:
        """All in one row or, where that is too wide, what is chosen above the buttons; each with its height."""
        rows = [self._groups]
        if self._width(self._groups) + self.look.px(2 * EDGE) > width:
            rows = [
                [group for group in self._groups if not isinstance(group[1], Button)],
                [group for group in self._groups if isinstance(group[1], Button)],
            ]
        line = self.look.theme.line("caption")
        highs = [max((w.size()[1] + (line if label else 0) for label, w in row), default=0) for row in rows]
        return list(zip(highs, rows, strict=True))

    def _width(self, groups: list[Group]) -> int:
        return sum(widget.size()[0] for _, widget in groups) + self.look.px(GAP) * (len(groups) - 1)

    def _build(self, controls: tuple[Control, ...], loose: list[tuple[Tag, str]]) -> None:
        self._controls, self._loose = controls, loose
        self.values = {control.name: control.value for control in controls if control.kind != "button"}
        self.clear()
        self._groups, self._buttons = [], []
        main = True
        for control in controls:
            label = Label(spoken(control.label), "caption", "text_2") if control.kind != "button" else None
            widget = self._widget(control, main)
            if isinstance(widget, Button):
                self._buttons.append((control, widget))
                main = main and control.danger
            self._groups.append((label, widget))
        for tag, words in loose:
            self._groups.append((None, Button(spoken(words), partial(self.stage.touch, tag))))
        for label, widget in self._groups:
            self.add(*((label,) if label else ()), widget)

    def _widget(self, control: Control, main: bool) -> Widget:
        def change(value: Any) -> None:
            self.values[control.name] = value
            self.check()

        if control.kind == "number":
            return Number(control.value, control.low, control.high, change)
        if control.kind == "choice":
            options = tuple((value, spoken(words)) for value, words in control.options)
            return Choice(options, control.value, change, style="pills")
        if control.kind == "field":
            return TextField(most=control.most, on_change=change)
        kind: Any = "danger" if control.danger else "main" if main else "plain"
        return Button(spoken(control.label), lambda: self._press(control), kind, size="big" if main else "normal")

    def _press(self, control: Control) -> None:
        refusal = self.stage.press(control, self.values)
        if refusal is not None:
            self.on_refused(refusal)


def _apart(group: Group) -> bool:
    """Whether a control stands at the right end, away from the others, because it ends something."""
    return isinstance(group[1], Button) and group[1].kind == "danger"
