"""What can be typed at a table in a terminal, and what it does."""

from dataclasses import dataclass

from work.language import N_


@dataclass(frozen=True, slots=True)
class Command:
    """A word that can be typed: the method for it, what comes behind it, and what it does in words."""

    method: str
    takes: str
    says: str


COMMANDS = {
    "lobby": Command("show_lobby", "", N_("who is here, and which tables are open")),
    "games": Command("show_games", "", N_("the games and their options")),
    "rules": Command("show_rules", "[GAME]", N_("how a game is played")),
    "solo": Command(
        "solo",
        N_("GAME [SEATS] [OPTION=VALUE] [clock=10+5] [away=bot]"),
        N_("play at once, with bots on the other seats"),
    ),
    "quick": Command(
        "quick", N_("GAME [SEATS] [OPTION=VALUE] [clock=10+5] [away=bot]"), N_("play with the next who want the same")
    ),
    "cancel": Command("cancel", "", N_("wait no longer")),
    "open": Command(
        "open",
        N_("GAME [SEATS] [OPTION=VALUE] [clock=10+5] [away=bot] [private]"),
        N_("open a table for others to join"),
    ),
    "join": Command("join", N_("CODE"), N_("sit down at a table")),
    "watch": Command("watch", N_("CODE"), N_("look on at a table")),
    "table": Command("show_table", "", N_("show the table again (so does an empty line)")),
    "moves": Command("show_moves", "", N_("list the steps that you can make")),
    "step": Command("step_typed", N_("STEP"), N_("make a step; the word itself can be left out")),
    "say": Command("say", N_("WORDS"), N_("say something to everybody at the table, or in the lobby")),
    "undo": Command("offer_undo", "", N_("ask to take your last step back, and all after it")),
    "draw": Command("offer_draw", "", N_("offer a draw")),
    "pause": Command("offer_pause", "", N_("ask for a pause; also during one, to go on")),
    "save": Command("offer_save", "", N_("ask to save the table for another evening")),
    "other": Command(
        "offer_game", "GAME [SEATS] [OPTION=VALUE] [clock=10+5]", N_("propose another game at this table")
    ),
    "yes": Command("say_yes", "", N_("agree to what was offered")),
    "no": Command("say_no", "", N_("do not agree, or withdraw your own offer")),
    "resign": Command("resign", "", N_("give the match up")),
    "again": Command("again", "", N_("ask for another match")),
    "want": Command("again", "", N_("after a match that you watched: say that you want to play")),
    "give": Command("give", N_("NAME"), N_("after a match: give your seat to somebody who wants to play, and watch")),
    "leave": Command("leave", "", N_("leave the table")),
    "replay": Command("look_back", N_("[NUMBER]"), N_("matches that are over, or one of them step by step")),
    "wait": Command(
        "wait", "", N_("hold the lines after this one until it is your turn, or you are asked for something")
    ),
    "help": Command("help", "", N_("this list")),
    "quit": Command("quit", "", N_("leave everything and end the program")),
}
