"""The tray beneath a table: the numbers, choices and buttons that a game's scene asks for."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pygame

from games.game_info import Refusal
from games.scene import Control, Tag
from work.desktop.buttons import Button
from work.desktop.choices import Choice, Number
from work.desktop.panels import Label, Panel
from work.desktop.stage import Stage
from work.desktop.textfield import TextField
from work.desktop.widgets import Widget


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
        self._groups: list[tuple[Label | None, Widget]] = []
        self._buttons: list[tuple[Control, Button]] = []
        super().__init__()
        self.visible = False

    def show(self, controls: tuple[Control, ...], active: bool) -> None:
        """Take over the controls of a scene, and whether they can be used at all."""
        loose = self.stage.loose() if active else []
        if controls != self._controls or loose != self._loose or not self.children:
            self._build(controls, loose)
        self.visible = active and bool(self.children)
        self.check()

    def check(self) -> None:
        """Grey every button that the game would refuse now, and say why."""
        for control, button in self._buttons:
            refusal = self.stage.refusal(control, self.values) if control.kind == "button" else None
            button.off = refusal.text if refusal else ""

    def height(self, width: int) -> int:
        return self.look.theme.high(84 if any(label for label, _ in self._groups) else 64)

    def size(self) -> tuple[int, int]:
        px = self.look.px
        widths = [widget.size()[0] for _, widget in self._groups]
        return sum(widths) + px(20) * (len(widths) - 1) + px(2 * 20 + 24), self.height(0)

    def arrange(self) -> None:
        px, line = self.look.px, self.look.theme.line("caption")
        inside = self.rect.inflate(-px(40), -px(20))
        x = inside.x
        labelled = any(label for label, _ in self._groups)
        danger = [widget for _, widget in self._groups if isinstance(widget, Button) and widget.kind == "danger"]
        for label, widget in self._groups:
            width, high = widget.size()
            if widget in danger:
                continue
            y = inside.y + line + (inside.h - line - high) // 2 if labelled and label else inside.centery - high // 2
            widget.rect = pygame.Rect(x, y, width, high)
            if label is not None:
                label.rect = pygame.Rect(x, inside.y - px(4), max(width, label.size()[0]), line)
            x += width + px(20)
        right = inside.right
        for widget in reversed(danger):
            width, high = widget.size()
            widget.rect = pygame.Rect(right - width, inside.centery - high // 2, width, high)
            right -= width + px(12)

    def _build(self, controls: tuple[Control, ...], loose: list[tuple[Tag, str]]) -> None:
        self._controls, self._loose = controls, loose
        self.values = {control.name: control.value for control in controls if control.kind != "button"}
        self.clear()
        self._groups, self._buttons = [], []
        main = True
        for control in controls:
            label = Label(control.label, "caption", "text_2") if control.kind != "button" else None
            widget = self._widget(control, main)
            if isinstance(widget, Button):
                self._buttons.append((control, widget))
                main = main and control.danger
            self._groups.append((label, widget))
        for tag, words in loose:
            self._groups.append((None, Button(words, partial(self.stage.touch, tag))))
        for label, widget in self._groups:
            self.add(*((label,) if label else ()), widget)

    def _widget(self, control: Control, main: bool) -> Widget:
        def change(value: Any) -> None:
            self.values[control.name] = value
            self.check()

        if control.kind == "number":
            return Number(control.value, control.low, control.high, change)
        if control.kind == "choice":
            return Choice(control.options, control.value, change, style="pills")
        if control.kind == "field":
            return TextField(most=control.most, on_change=change)
        kind: Any = "danger" if control.danger else "main" if main else "plain"
        return Button(control.label, lambda: self._press(control), kind, size="big" if main else "normal")

    def _press(self, control: Control) -> None:
        refusal = self.stage.press(control, self.values)
        if refusal is not None:
            self.on_refused(refusal)
