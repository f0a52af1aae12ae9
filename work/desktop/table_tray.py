"""The tray of a table, on it or beneath it: the numbers, choices and buttons that a game's scene asks for."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

import pygame

from games.game_info import Refusal
from games.scene import Control, Scene, Tag
from work.desktop.buttons import Button, ButtonKind, ButtonSize
from work.desktop.choices import Choice, Number
from work.desktop.dice_choice import DiceChoice
from work.desktop.panels import Label, Panel
from work.desktop.stage import Stage
from work.desktop.stage_signs import parted
from work.desktop.textfield import TextField
from work.desktop.widgets import Widget
from work.language import _, spoken

Group: TypeAlias = tuple[Label | None, Widget]
"""A control with the words above it; buttons have none."""
EDGE, GAP, FELT_GAP, APART = 20, 20, 12, 44
"""Logical pixels at both ends of the tray, between two controls, the same on the felt, and before its main button."""
ROOMY = 560
"""Logical pixels of a table from which on its buttons are large."""
NOTHING_FITS = Refusal("nothing_fits", "Nothing that you have fits now.")


class Tray(Panel):
    """Shows the controls of a scene in one row, left what is chosen, then the buttons; dangerous ones stand apart.

    Where the scene has a place for it on the table, it lies there without a ground: in the middle the buttons, the main
    one at the right, and above them what it would do, or why it cannot. `on_refused` hears why a button could not be
    pressed. Where things are picked, a hint picks what the game advises, and they can be sorted in another way:
    `resort` is called then, to show the scene again.
    """

    def __init__(self, stage: Stage, on_refused: Callable[[Refusal], None], resort: Callable[[], object]) -> None:
        self.stage = stage
        self.resort = resort
        self.on_refused = on_refused
        self.values: dict[str, Any] = {}
        self._controls: tuple[Control, ...] = ()
        self._loose: list[tuple[Tag, str]] = []
        self._groups: list[Group] = []
        self._buttons: list[tuple[Control, Button]] = []
        self._main: Button | None = None
        self._sorting: Button | None = None
        self.says = Label("", "text", "on_felt", align="center")
        self.on_felt = False
        super().__init__()
        self.visible = False
        stage.on_picks = self.check

    def show(self, scene: Scene, seated: bool) -> None:
        """Take over the controls of a scene; somebody who has no seat sees none."""
        loose = self.stage.loose() if seated else []
        self.on_felt = scene.tray is not None
        if scene.controls != self._controls or loose != self._loose:
            self._build(scene.controls, loose)
        self.visible = seated and bool(self.children)
        self.check()

    def check(self) -> None:
        """Grey every button that the game would refuse now, and say why, or what the main one would do."""
        if (order := self.stage.next_order) and self._sorting:
            self._sorting.tip = spoken(order.label)
        for control, button in self._buttons:
            pressed, refusal = self.stage.pressed(control, self.values), self.stage.refusal(control, self.values)
            button.label = spoken(pressed.label if pressed else control.label)
            button.off = spoken(refusal.text) if refusal else ""
            if button is self._main and pressed:
                words = (parted(button.off)[0] if self.stage.picks else "") if refusal else spoken(pressed.says)
                self.says.text = words[:1].upper() + words[1:]
        if self.rect.w:
            self.arrange()  # labels have changed

    def arrow(self, event: pygame.event.Event) -> bool:
        """Take an arrow key that finds no place on the table: up and down change how many, left and right which."""
        kind = Number if event.key in (pygame.K_UP, pygame.K_DOWN) else Choice
        chosen = (widget for __, widget in self._groups if isinstance(widget, kind) and widget.usable)
        return any(widget.event(event) for widget in chosen)

    def height(self, width: int) -> int:
        if self.on_felt:
            return self.look.theme.line("text") + self.look.px(10) + self._row_high(self._groups)
        rows = self._rows(width)
        return sum(high for high, _ in rows) + self.look.px(10) * (len(rows) - 1) + self.look.px(24)

    def draw(self, surface: pygame.Surface) -> None:
        if self.on_felt:
            self.draw_children(surface)
        else:
            super().draw(surface)

    def size(self) -> tuple[int, int]:
        wide = self._width(self._groups) + self.look.px(2 * EDGE)
        return wide, self.height(wide)

    def arrange(self) -> None:
        if self.on_felt:
            self._arrange_on_felt()
            return
        px, line = self.look.px, self.look.theme.line("caption")
        y = self.rect.y + px(12)
        for row_high, row in self._rows(self.rect.w):
            x, right = self.rect.x + px(EDGE), self.rect.right - px(EDGE)
            foot = y + row_high
            for __, widget in reversed([group for group in row if _apart(group)]):
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

    def _arrange_on_felt(self) -> None:
        """Everything in the middle, the main button last, and what it would do above.

        Where that is too wide, buttons are smaller and do not show their keys.
        """
        px, rect = self.look.px, self.rect
        widgets = sorted((widget for __, widget in self._groups), key=lambda widget: widget is self._main)
        gaps = [0, *(px(APART) if widget is self._main else px(FELT_GAP) for widget in widgets[1:])][: len(widgets)]
        sizes: tuple[tuple[ButtonSize, bool], ...] = (
            ("big" if rect.w > px(ROOMY) else "normal", True), ("normal", False), ("small", False),
        )  # fmt: skip
        for scale, keys in sizes:
            for button in (widget for widget in widgets if isinstance(widget, Button)):
                button.scale, button.show_key = scale, keys
            if sum(widget.size()[0] for widget in widgets) + sum(gaps) <= rect.w:
                break
        self.says.rect = pygame.Rect(rect.x, rect.y, rect.w, self.look.theme.line("text"))
        row = pygame.Rect(rect.x, self.says.rect.bottom + px(10), rect.w, self._row_high(self._groups))
        x = row.centerx - (sum(widget.size()[0] for widget in widgets) + sum(gaps)) // 2
        for widget, gap in zip(widgets, gaps, strict=True):
            width, high = widget.size()
            widget.rect = pygame.Rect(x + gap, row.y + (row.h - high) // 2, width, high)
            x = widget.rect.right

    def _row_high(self, row: list[Group]) -> int:
        line = self.look.theme.line("caption")
        return max((widget.size()[1] + (line if label else 0) for label, widget in row), default=0)

    def _rows(self, width: int) -> list[tuple[int, list[Group]]]:
        """All in one row or, where that is too wide, what is chosen above the buttons; each with its height."""
        rows = [self._groups]
        if self._width(self._groups) + self.look.px(2 * EDGE) > width:
            rows = [
                [group for group in self._groups if not isinstance(group[1], Button)],
                [group for group in self._groups if isinstance(group[1], Button)],
            ]
        return [(self._row_high(row), row) for row in rows]

    def _width(self, groups: list[Group]) -> int:
        return sum(widget.size()[0] for __, widget in groups) + self.look.px(GAP) * (len(groups) - 1)

    def _build(self, controls: tuple[Control, ...], loose: list[tuple[Tag, str]]) -> None:
        self._controls, self._loose = controls, loose
        self.values = {control.name: control.value for control in controls if control.kind != "button"}
        self.clear()
        self._groups, self._buttons = [], []
        self._main = self._sorting = None
        first = next((c for c in controls if c.kind == "button" and not (c.plain or c.danger)), None)
        if self.stage.next_order:
            self._sorting = self._plain("", self._sort, "swap", "")
            self._groups.append((None, self._sorting))
        for control in controls:
            if control is first and self.stage.advised:
                self._groups.append((None, self._plain(_("Hint"), self._hint, "bulb", "H")))
            label = Label(spoken(control.label), "caption", "text_2") if control.kind != "button" else None
            widget = self._widget(control, control is first)
            if isinstance(widget, Button):
                self._buttons.append((control, widget))
                self._main = widget if control is first else self._main
            self._groups.append((label, widget))
        for tag, words in loose:
            self._groups.append((None, Button(words, partial(self.stage.touch, tag))))
        for label, widget in self._groups:
            self.add(*((label,) if label else ()), widget)
        if self.on_felt:
            self.add(self.says)

    def _widget(self, control: Control, main: bool) -> Widget:
        def change(value: Any) -> None:
            self.values[control.name] = value
            self.check()

        if control.kind == "number":
            return Number(control.value, control.low, control.high, change)
        if control.kind == "choice":
            options = tuple((value, spoken(words)) for value, words in control.options)
            if control.look == "die":
                return DiceChoice(options, control.value, change, style="pills")
            return Choice(options, control.value, change, style="pills")
        if control.kind == "field":
            return TextField(most=control.most, on_change=change)
        label = spoken(control.label)
        if main:
            kind: ButtonKind = "main_felt" if self.on_felt else "main"
            key = "Enter" if "picks" in control.takes else control.key
            return Button(label, lambda: self._press(control), kind, size="big", key=key)
        if control.danger:
            return Button(label, lambda: self._press(control), "danger", key=control.key)
        return self._plain(label, lambda: self._press(control), "", control.key)

    def _plain(self, label: str, act: Callable[[], object], icon: str, key: str) -> Button:
        return Button(label, act, icon=icon, key=key, size="big" if self.on_felt else "normal")

    def _sort(self) -> None:
        self.stage.order += 1
        self.resort()

    def _hint(self) -> None:
        if not self.stage.give_hint():
            self.on_refused(NOTHING_FITS)

    def _press(self, control: Control) -> None:
        refusal = self.stage.press(control, self.values)
        if refusal is not None:
            self.on_refused(refusal)


def _apart(group: Group) -> bool:
    """Whether a control stands at the right end, away from the others, because it ends something."""
    return isinstance(group[1], Button) and group[1].kind == "danger"
