"""The codes that programs go by: of refusals, and of goodbyes."""

CODES = {
    "malformed": "not a message of this protocol",
    "not_logged_in": "log in first",
    "already_logged_in": "this connection is logged in",
    "other_version": "program and server do not speak the same version of the protocol or of a game",
    "too_fast": "this connection has sent too much in a short time",
    "server_full": "as many people or rooms as this server holds",
    "wrong_password": "the server wants a password, and this is not it",
    "bad_key": "the key is not 16 to 200 letters and digits",
    "bad_name": "the name is empty, too long, or holds characters that cannot be shown",
    "bad_text": "the line is empty or too long",
    "unknown_game": "the server has no such game",
    "bad_seats": "the game is not for so many",
    "bad_clock": "neither seconds a step nor seconds for a match, or too many or too few",
    "bad_away": "no such rule for players who are away, or too many or too few seconds",
    "bad_options": "an option that the game does not have, or a value it does not offer",
    "too_many_rooms": "this person is in as many rooms as one may be",
    "no_bots": "this server has no bots, or not for so many seats",
    "too_many_waiting": "as many people are on the wait list as it holds",
    "not_waiting": "this person is not on a wait list",
    "unknown_room": "no room has this code, or it has closed",
    "not_in_room": "this person is not in that room",
    "already_there": "this person has a seat or watches there already",
    "too_many_watchers": "as many watch this room as may",
    "room_full": "every seat is taken; one may watch",
    "not_seated": "only somebody with a seat may do that",
    "not_started": "the match has not begun",
    "not_over": "the match is not over",
    "match_over": "the match is over",
    "paused": "the match is paused",
    "not_paused": "the match is not paused",
    "not_all_here": "a match that rests goes on when everybody with a seat is here",
    "bad_offer": "nothing that can be offered at a table",
    "offer_stands": "another offer waits for its answer",
    "offered_before": "the same was offered at this step and not agreed on",
    "no_offer": "the offer with this number does not stand any more",
    "no_undo": "there is nothing to take back, or it is not safe: something was thrown or seen since",
    "wrong_number": "the step's number is not the next one",
    "not_your_turn": "another seat is in turn",
    "not_legal": "the rules do not allow that step now",
    "bad_move": "a move is made of numbers, words and lists of them",
    "unknown_match": "no finished match has this number, or it was played at a private table without this person",
    "other_match": "game, version, seats or options are not those of the match that is to go on",
    "bad_step": "the match has no such step to go on from",
    "too_long": "the match is longer than a message may be",
    "not_kept": "the host cannot write its journal, and plays nothing that it cannot keep",
    "game_failed": "the game itself failed on the step; it was taken back",
    "sent_away": "this person was sent away from that room",
    "server_failed": "the server itself failed on the message; its log says how",
}
"""Every code that a server refuses with, and what it means; games add their own for steps."""

BYES = {
    "elsewhere": "the same key has logged in from another place",
    "silent": "nothing was heard from this client for too long",
    "too_fast": "this client went on sending after it had been refused for sending too much",
    "stopping": "the server is going down, and is expected back",
}
"""Every code of `bye`."""

CLOSES = {
    "left": "the receiver went out",
    "closed": "everybody has left",
    "sent_away": "the room has sent the receiver away, for what it brought was wrong",
    "game_failed": "the game failed at its beginning",
}
"""Every code of `closed`."""
