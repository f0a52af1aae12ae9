"""Typed words as steps: a person writes a step as the table names it, as the game words it, or as its tags."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from games import touch
from games.game import Game
from games.game_info import GameInfo, Move
from games.scene import Control, Scene, Tag
from work.language import _, current, spoken
from work.terminal.scene import labelled, place_names, printable

SHOWN = 12
"""Steps named at most in an answer; more are not read."""
LISTED = 60
"""Steps named at most where all were asked for."""
QUOTED = 40
"""Characters of what was typed that are repeated in an answer."""


class Unclear(Exception):
    """What was typed names no step, or more than one; the text says so in plain sentences."""


@dataclass(frozen=True, slots=True)
class Form:
    """A legal move as people type it: `best` in lists, `words` as the game writes it, `all` in comparable form."""

    move: Move
    best: str
    words: str
    all: frozenset[str]


class Steps:
    """What may be typed at a table, in one state of it and for one seat."""

    def __init__(self, game: Game[Any], info: GameInfo, seat: int) -> None:
        self.game = game
        self.info = info
        self.seat = seat
        self.scene: Scene = game.scene(info, seat)
        self._labelled = labelled(self.scene)
        self.names = place_names(self.scene) | spoken_names(game, info, self.scene, (seat,))

    def read(self, text: str) -> Move:
        """The step that was typed, legal or not as long as it is clear which is meant; else Unclear."""
        typed = comparable(text)
        forms = list(self.forms())
        exact = [form for form in forms if typed in form.all]
        if len(exact) > 1:  # where case alone tells two apart, as in "bxc3" and "Bxc3", it counts
            exact = [form for form in exact if form.words == text.strip()] or exact
        if len(exact) == 1:
            return exact[0].move
        for way in (self._touched, self._pressed):
            if (move := way(typed)) is not None:
                return move
        fitting = exact or [form for form in forms if typed and any(way.startswith(typed) for way in form.all)]
        if len(fitting) == 1:
            return fitting[0].move
        quoted = printable(text.strip())[:QUOTED]
        if fitting:
            says = _('"{typed}" could be {steps}. Please say which.')
            raise Unclear(says.format(typed=quoted, steps=some(form.best for form in fitting)))
        says = _('"{typed}" is no step that you can make now. "moves" lists those, "help" everything else.')
        raise Unclear(says.format(typed=quoted))

    def forms(self) -> Iterator[Form]:
        """The legal moves with all that may be typed for them; nothing where they cannot be listed."""
        for move in touch.legal(self.info, self.seat) or ():
            parts = touch.parts(move, self.names)
            words = self.game.words(self.info, self.seat, move)
            told = self.game.words_in(current(), self.info, self.seat, move)
            shown = len(parts) == 1 or " " in told or all(part in self._labelled for part in parts)
            best = " ".join(map(self._name, parts)) if shown else told  # nobody sees what unlabelled places are called
            bare = plain(move)
            ways = best, words, spoken(words), told, bare, bare.replace(" ", "")
            yield Form(move, best, words, frozenset(map(comparable, ways)))

    def listing(self) -> str:
        """The legal steps as they can be typed, in a sentence."""
        forms = list(self.forms())
        if forms:
            advised = self.game.advise(self.info, self.seat)[:1]
            better = [form.best for form in forms if form.move in advised]
            hint = [_("One of the better ones is {step}.").format(step=best) for best in better]
            return " ".join([_("You can type: {steps}.").format(steps=some((f.best for f in forms), LISTED)), *hint])
        if self.scene.controls:
            return _("You can type: {steps}.").format(steps=some(map(usage, self._buttons()), LISTED))
        return _("There is nothing to do for you now.")

    def example(self) -> str:
        """One of the legal steps as it can be typed, from their middle; empty where they cannot be listed."""
        forms = list(self.forms())
        return forms[len(forms) // 2].best if forms else ""

    def _name(self, tag: Tag) -> str:
        if tag in self.names:
            return self.names[tag]
        return self.scene.names.get(tag, plain(tag)) if type(tag) in (int, str) else plain(tag)

    def _buttons(self) -> list[Control]:
        return [control for control in self.scene.controls if control.kind == "button"]

    def _touched(self, typed: str) -> Move | None:
        """The move that the typed places spell; where they spell no legal one, the places themselves, to be judged."""
        known: dict[str, list[Tag]] = {}
        for tag, name in self.names.items():
            known.setdefault(comparable(name), []).append(tag)
        words = typed.split()
        if not words or not all(word in known for word in words):
            return None
        ways = list(islice(product(*(known[word] for word in words)), SHOWN))
        moves = touch.legal(self.info, self.seat) or ()
        for touches in ways:
            move = self.game.read(self.info, self.seat, touches)
            if move is not None:
                return move
            if follow := touch.spell(moves, self.names, touches).next:
                more = some(map(self._name, follow))
                raise Unclear(_("{typed} goes on with {steps}.").format(typed=typed.upper(), steps=more))
        wanted = [way[0] if len(way) == 1 else way for way in ways]
        return next((move for move in wanted if shape(move) in map(shape, moves)), wanted[0])

    def _pressed(self, typed: str) -> Move | None:
        """What a button of the table would send: its name or label, then a word for each control that it takes."""
        words = [word for word in typed.split() if word not in ("x", "of")]
        for button in self._buttons():
            if not words or words[0] not in map(comparable, (button.name, button.label, spoken(button.label))):
                continue
            if button.takes == ("picks",):
                return self._sent(button, words[1:])
            if len(words) - 1 != len(button.takes):
                raise Unclear(_("Please type: {steps}.").format(steps=usage(button)))
            controls = {control.name: control for control in self.scene.controls}
            values = {
                name: _value(controls[name], word)
                for name, word in zip(button.takes, words[1:], strict=True)
                if name in controls
            }
            if len(values) == len(button.takes):
                return self.game.press(self.info, self.seat, button, (), values).move
        taking = [button for button in self._buttons() if button.takes == ("picks",)]
        if len(taking) == 1 and len(words) > 1 and all(self._held(word) for word in words):
            return self._sent(taking[0], words)
        return None

    def _held(self, word: str) -> list[Tag]:
        """What can be picked and is called so: a card by suit and rank, or by its rank alone."""
        picks = [item.pick for item in self.scene.items if item.pick is not None]
        return [pick for pick in picks if word in (name := comparable(str(pick)), name[1:])]

    def _sent(self, button: Control, words: Sequence[str]) -> Move:
        """What the button sends with these things picked."""
        picked: list[Tag] = []
        for word in words:
            pick = next((pick for pick in self._held(word) if pick not in picked), None)
            if pick is None:
                raise Unclear(_('There is no "{word}" for you to pick.').format(word=printable(word)[:QUOTED]))
            picked.append(pick)
        return self.game.press(self.info, self.seat, button, picked, {}).move


def spoken_names(game: Game[Any], info: GameInfo, scene: Scene, seats: Iterable[int]) -> dict[Tag, str]:
    """Places without labels that are a whole step for one of these seats, and the single word of the game for each."""
    names = place_names(scene)
    spoken = {}
    for seat in seats:
        for move in touch.legal(info, seat) or ():
            if names.get(move) == plain(move) and " " not in (words := game.words(info, seat, move)):
                spoken[move] = words
    return spoken


def comparable(text: str) -> str:
    """Words as they are compared: case, full stops, signs of multiplication and doubled spaces make no difference."""
    return " ".join(text.casefold().replace("×", "x").split()).rstrip(".!")


def plain(move: Move) -> str:
    """A move or a tag as its bare parts, one after the other."""
    return " ".join(map(plain, move)) if type(move) is tuple else str(move)


def shape(move: Move) -> Any:
    """What a move is made of: two places that share a name are told apart by what the legal moves look like."""
    return tuple(map(shape, move)) if type(move) is tuple else type(move)


def usage(button: Control) -> str:
    """How a button is typed, with what it takes in capitals."""
    return " ".join((button.name, *(name.upper() for name in button.takes)))


def some(names: Iterable[str], most: int = SHOWN) -> str:
    """The first names in a row, and how many more there are."""
    every = [printable(name) for name in names]
    more = _(" and {count} more").format(count=len(every) - most) if len(every) > most else ""
    return ", ".join(every[:most]) + more


def _value(control: Control, word: str) -> Any:
    """The value of a control that was typed; Unclear where it has no such value."""
    if control.kind == "choice":
        for value, says in control.options:
            if word in (comparable(str(value)), comparable(says), comparable(says) + "s", comparable(spoken(says))):
                return value
        says = _("{label}: please type one of {values}.")
        values = some(str(value) for value, words in control.options)
        raise Unclear(says.format(label=spoken(control.label), values=values))
    if control.kind == "number":
        if word.isascii() and word.isdecimal() and len(word) < 10:
            return int(word)
        says = _("{label}: please type a number from {low} to {high}.")
        raise Unclear(says.format(label=spoken(control.label), low=control.low, high=control.high))
    return word[: control.most]
