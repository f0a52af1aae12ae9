"""What the terminal table says: the lobby, who comes and goes, whose turn it is, and how wishes are typed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communication import messages as m
from communication.away import read
from games.game import Game
from games.scene import Scene
from work import another, away, clocks
from work.language import N_, _, called, ngettext, spoken, together
from work.table import Table, plays
from work.worker import outcome_words

CLOCK, AWAY = "clock=", "away="
STATES = {"waiting": N_("waiting"), "playing": N_("playing"), "paused": N_("paused"), "over": N_("over")}
OFFERED = {
    "undo": N_("You ask to take back {steps}."),
    "draw": N_("You offer a draw."),
    "pause": N_("You ask for a pause."),
    "save": N_("You ask to save the table for another evening."),
    "game": N_("You propose {game}."),
}
"""What is said of an offer to whoever made it; OFFERED_BY to everybody else."""
OFFERED_BY = {
    "undo": N_("{name} asks to take back {steps}."),
    "draw": N_("{name} offers a draw."),
    "pause": N_("{name} asks for a pause."),
    "save": N_("{name} asks to save the table for another evening."),
    "game": N_("{name} proposes {game}."),
}
WORD = re.compile(r'(?:"[^"]*"?|[^\s"])+')
"""What stands between spaces; quotes keep spaces together, as in position="8/8/8/4k3/8/8/8/4K2R w K - 0 1"."""

Shelf = Mapping[str, Game[Any]]


@dataclass(frozen=True, slots=True)
class Wish:
    """A game as somebody wants to play it."""

    game: Game[Any]
    seats: int
    options: m.Options
    private: bool = False
    clock: m.Clock | None = None
    away: m.Away | None = None

    def wanted(self) -> m.Wanted:
        """What an offer of it says."""
        options = self.game.chosen(self.options)
        return m.Wanted(
            game=self.game.name, version=self.game.version, seats=self.seats, options=options, clock=self.clock
        )

    def fields(self) -> dict[str, Any]:
        """What a Match and an Open say of it."""
        return {
            "game": self.game.name,
            "version": self.game.version,
            "seats": self.seats,
            "options": self.options,
            "clock": self.clock,
            "away": self.away,
        }


def wish(shelf: Shelf, typed: str, least: int = 0) -> Wish:
    """Read "GAME [SEATS] [OPTION=VALUE ...] [clock=10+5] [away=bot] [private]"; ValueError says what is wrong.

    Where no number is typed as few play as can, but `least`.
    """
    words = [word.replace('"', "") for word in WORD.findall(typed)]
    name = next((k for k in range(len(words), 0, -1) if find(shelf, words[:k])), 0)
    if not name:
        titles = ", ".join(spoken(game.title) for game in shelf.values())
        says = _("There is no such game, only {games}.") if words else _("Which game? There are {games}.")
        raise ValueError(says.format(games=titles))
    game = find(shelf, words[:name])[0]
    seats, options, private = max(game.seats[0], least), dict[str, Any](), False
    clock: m.Clock | None = None
    rule: m.Away | None = None
    for word in words[name:]:
        if word.isascii() and word.isdecimal() and len(word) < 4:
            seats = int(word)
        elif word.casefold() == "private":
            private = True
        elif word.casefold().startswith(CLOCK):
            clock = clocks.read(word[len(CLOCK) :])
        elif word.casefold().startswith(AWAY):
            rule = _rule(word[len(AWAY) :])
        else:
            options.update([_option(game, word)])
    if seats not in game.seats:
        raise ValueError(spoken(f"{game.title} is for {game.seating()} players, not for {seats}."))
    game.chosen(options)
    return Wish(game, seats, options, private, clock, rule)


def _rule(typed: str) -> m.Away:
    try:
        return read(typed.casefold())
    except ValueError as error:
        raise ValueError(spoken(str(error))) from None


def find(shelf: Shelf, words: list[str]) -> list[Game[Any]]:
    """The games that these words name: one by its whole name or title or by a beginning that is only its own."""
    typed = _letters("".join(words))
    if not typed:
        return []
    names = {game.name: [_letters(name) for name in (game.title, spoken(game.title))] for game in shelf.values()}
    starting = [game for game in shelf.values() if any(name.startswith(typed) for name in names[game.name])]
    whole = [game for game in shelf.values() if typed in (*names[game.name], _letters(game.name))]
    return whole or (starting if len(starting) == 1 else [])


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _option(game: Game[Any], word: str) -> tuple[str, Any]:
    name, _equals, typed = word.partition("=")
    option = game.options.get(name.casefold())
    if option is None:
        has = ", ".join(f"{key}={value}" for key, option in game.options.items() for value in option.typed())
        says = _("{game} has these options: {options}.") if has else _("{game} has no options.")
        raise ValueError(says.format(game=spoken(game.title), options=has))
    return name.casefold(), option.read(typed)


# -- the lobby ---------------------------------------------------------------------------------------------------------


def games(shelf: Shelf) -> Iterator[str]:
    """The games with how many play them, what they are, and their options."""
    for game in shelf.values():
        says = _("{game} ({seats} players): {summary}")
        yield says.format(game=spoken(game.title), seats=game.seating(), summary=spoken(game.summary))
        for name, option in game.options.items():
            values = ", ".join(f"{name}={value} ({spoken(words)})" for value, words in option.typed().items())
            yield "    " + _("{label}: {values}").format(label=spoken(option.label), values=values)


def rules(shelf: Shelf, named: str, table: Table | None) -> Iterator[str]:
    """How a game is played, and by which rules: the one that is named, else the one of the table."""
    found = find(shelf, named.split()) if named or table is None else [table.game]
    if not found:
        yield _('Which game? "rules" with its name says how it is played; "games" lists them all.')
    for game in found[:1]:
        yield from map(spoken, (game.summary, *game.help, game.rules))


def lobby(shelf: Shelf, now: m.Lobby) -> Iterator[str]:
    """Who is here, the open tables, who waits, and who has won."""
    yield _("Here: {names}").format(names=_(", ").join(map(person, now.people)) or _("nobody"))
    for card in now.tables:
        taken = _(", ").join(seated.name for seated in card.people if seated) or _("nobody")
        free = card.people.count(None)
        how = _("{count} free, join {code}") if free else _("{state}, watch {code}")
        state = "paused" if card.paused else card.state
        how = how.format(count=free, state=_(STATES.get(state, state)), code=card.room)
        said = (title(shelf, card.game), spoken(card.progress), clocks.words(card.clock))
        game = _(", ").join(filter(None, said))
        yield _("Table {code}: {game} with {names} ({how})").format(code=card.room, game=game, names=taken, how=how)
    for queue in now.queues:
        game = _(", ").join(filter(None, (title(shelf, queue.game), clocks.words(queue.clock))))
        says = _("Waiting for {game} with {seats}: {names}")
        yield says.format(game=game, seats=queue.seats, names=_(", ").join(queue.names))
    if now.wins:
        best = sorted(now.wins.items(), key=lambda pair: -pair[1])
        yield _("Wins: {names}").format(names=_(", ").join(f"{name} {wins}" for name, wins in best[:10]))


def person(someone: m.Person) -> str:
    """A name with what there is to say about it."""
    more = [_("a bot")] if someone.bot else []
    more += [_("away")] if someone.away else []
    more += [_("at table {code}").format(code=someone.at)] if someone.at else []
    return _("{name} ({facts})").format(name=someone.name, facts=_(", ").join(more)) if more else someone.name


def title(shelf: Shelf, name: str) -> str:
    """What a game is called; its name where this program does not have it."""
    return spoken(shelf[name].title) if name in shelf else name


# -- the table ---------------------------------------------------------------------------------------------------------


def sitting(before: m.Table | None, now: m.Table, game: Game[Any]) -> Iterator[str]:
    """What has changed about who sits at a table, in sentences; `before` None: we have just come."""
    if before is None:
        says = _("You watch table {code}: {game}.") if now.seat is None else _("You sit at table {code}: {game}.")
        yield says.format(code=now.room, game=spoken(game.title))
        if now.away is not None and not game.info.open_seats:
            yield _("When somebody is away: {rule}.").format(rule=away.words(now.away))
    elif plays(before) != plays(now):
        yield _("The table plays {game} now.").format(game=spoken(game.title))
    yield from _seats(before, now)
    yield from _absences(before, now, game)
    yield from _wanting(before, now)
    if before is not None and before.paused != now.paused and now.state == "playing":
        yield _('The match is paused. "pause" goes on.') if now.paused else _("The match goes on.")
    if now.trouble != (before.trouble if before else ""):
        waits = together(spoken(now.trouble), _("The table waits."))
        yield waits if now.trouble else _("The host is well again; go on.")


def _seats(before: m.Table | None, now: m.Table) -> Iterator[str]:
    """Who has come, gone, or taken another's seat, and how many seats are free."""
    same = before is not None and plays(before) == plays(now)
    people = before.people if before is not None and same else (None,) * len(now.people)
    for was, someone in zip(people, now.people, strict=True):
        name = someone.name if someone else was.name if was else ""
        if was is None and someone is not None:
            yield _("{name} has a seat.").format(name=person(m.Person(someone.name, someone.bot, someone.away)))
        elif someone is None and was is not None:
            yield _("{name} has left the table.").format(name=name)
        elif was and someone and was.name != name:
            yield _("{name} sits where {other} sat.").format(name=name, other=was.name)
        elif was and someone and was.away != someone.away:
            yield _absence(name, someone.away, kept=now.state != "over")
    watched = before.watchers if before else ()
    yield from (_("{name} watches.").format(name=name) for name in now.watchers if name not in watched)
    free = now.people.count(None)
    if now.state == "waiting" and free:
        says = ngettext(
            '{count} seat is free. Others come in with "join {code}".',
            '{count} seats are free. Others come in with "join {code}".',
            free,
        )
        yield says.format(count=free, code=now.room)


def _absences(before: m.Table | None, now: m.Table, game: Game[Any]) -> Iterator[str]:
    """What is done for those who are away, where that is new."""
    known = {one.seat: (one.counts, one.bot) for one in before.absent} if before else {}
    for one in now.absent:
        someone = now.people[one.seat]
        if someone is not None and (one.counts or one.bot) and known.get(one.seat) != (one.counts, one.bot):
            says = _("{name} is away: {done}.")
            yield says.format(name=someone.name, done=away.done(one, now, game.replaces))


def _wanting(before: m.Table | None, now: m.Table) -> Iterator[str]:
    """Who wants another match, or a seat for it, and did not before."""
    asked = before.again if before else ()
    for wants in (now.people[k] for k in now.again if k not in asked):
        if wants is not None:
            yield _("{name} wants another match.").format(name=wants.name)
    wanted = before.wanting if before else ()
    for name in (name for name in now.wanting if name not in wanted):
        says = _('{name} wants to play. "give {name}" gives them your seat.')
        yield (says if now.seat is not None else _("{name} wants to play.")).format(name=name)


def _absence(name: str, away: bool, kept: bool) -> str:
    if not away:
        return _("{name} is back.").format(name=name)
    says = _("{name} has lost the connection; the seat is kept.") if kept else _("{name} has lost the connection.")
    return says.format(name=name)


def offered(table: Table) -> str:
    """The offer that stands, in a sentence, to those who have to answer it and to the others; "" where none does."""
    offer = table.offer
    if offer is None:
        return ""
    mine = offer.seat == table.seat
    says = _((OFFERED if mine else OFFERED_BY)[offer.what if offer.what in OFFERED else "pause"])
    steps = table.steps_from(offer.first) if offer.what == "undo" else ""
    game = another.told(offer.game) if offer.game is not None else ""
    says = says.format(name=table.name(offer.seat), steps=steps, game=game)
    if table.asked:
        answer = _('Type "yes" or "no"; a step says no.') if offer.game is None else _('Type "yes" or "no".')
        return together(says, answer)
    return together(says, _('"no" withdraws it.')) if mine else says


def told(name: str, words: str) -> str:
    """What somebody says or does, behind their name."""
    return _("{name}: {words}").format(name=name, words=words)


def plate(table: Table, seat: int, now: float) -> str:
    """Name and side of a seat and the time it has left, with an arrow when it is in turn."""
    left = table.left(seat, now)
    time = "" if left is None else f" {clocks.face(left)}"
    name = called(table.name(seat))
    if table.game.sides:
        name = _("{name} ({facts})").format(name=name, facts=spoken(table.game.sides[seat]))
    return f"{'> ' if seat in table.turn else ''}{name}{time}"


def plates(table: Table, scene: Scene, now: float) -> dict[int, str]:
    """The plates of all seats, with what lies beside them."""
    found = {}
    for seat in range(len(table.about.people)):
        beside = "".join(item.s for item in scene.beside.get(seat, ()))
        found[seat] = f"{plate(table, seat, now)} {beside}".rstrip()
    return found


def ended(table: Table) -> Iterator[str]:
    """How the match ended, and to those who played what they can do now."""
    if table.game.info.open_seats and table.outcome is not None:
        yield _("The work is done: {how}.").format(how=spoken(table.outcome.why))
        return
    yield _("The match is over: {outcome}.").format(outcome=outcome_words(table))
    if table.seat is not None:
        yield _('"again" asks for another match, "other" for another game, "leave" goes back to the lobby.')
    else:
        yield _('"want" tells the players that you want to play.')


def turn(table: Table, say: str) -> str:
    """Whose turn it is; to those whose turn it is, what is wanted of them."""
    people = table.about.people
    others = _(" and ").join(
        table.name(seat) if people[seat] else _("a free seat") for seat in table.turn if seat != table.seat
    )
    if table.seat not in table.turn:
        return _("It is the turn of {names}.").format(names=others) if others else ""
    says = _("It is your turn, and that of {names}: {say}.") if others else _("It is your turn: {say}.")
    return says.format(names=others, say=spoken(say))
