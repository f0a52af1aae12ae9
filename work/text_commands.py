"""What can be typed at a table in a terminal, and what it does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A word that can be typed: the method for it, what comes behind it, and what it does in words."""

    method: str
    takes: str
    says: str


COMMANDS = {
    "lobby": Command("show_lobby", "", "who is here, and which tables are open"),
    "games": Command("show_games", "", "the games and their options"),
    "solo": Command("solo", "GAME [SEATS] [OPTION=VALUE] [clock=10+5]", "play at once, with bots on the other seats"),
    "quick": Command("quick", "GAME [SEATS] [OPTION=VALUE] [clock=10+5]", "play with the next who want the same"),
    "cancel": Command("cancel", "", "wait no longer"),
    "open": Command("open", "GAME [SEATS] [OPTION=VALUE] [clock=10+5] [private]", "open a table for others to join"),
    "join": Command("join", "CODE", "sit down at a table"),
    "watch": Command("watch", "CODE", "look on at a table"),
    "table": Command("show_table", "", "show the table again (so does an empty line)"),
    "moves": Command("show_moves", "", "list the steps that you can make"),
    "step": Command("step_typed", "STEP", "make a step; the word itself can be left out"),
    "say": Command("say", "WORDS", "say something to everybody at the table, or in the lobby"),
    "undo": Command("offer_undo", "", "ask to take your last step back, and all after it"),
    "draw": Command("offer_draw", "", "offer a draw"),
    "pause": Command("offer_pause", "", "ask for a pause; also during one, to go on"),
    "yes": Command("say_yes", "", "agree to what was offered"),
    "no": Command("say_no", "", "do not agree, or withdraw your own offer"),
    "resign": Command("resign", "", "give the match up"),
    "again": Command("again", "", "ask for another match"),
    "leave": Command("leave", "", "leave the table"),
    "wait": Command("wait", "", "hold the lines after this one until it is your turn, or you are asked for something"),
    "help": Command("help", "", "this list"),
    "quit": Command("quit", "", "leave everything and end the program"),
}
