"""Who may log in: the version, the password and the form of the key."""

import hmac

from communication import messages as m
from communication.model import Answer
from communication.people import KEY, quoted


def login_refusal(message: m.Login, program: str, password: str) -> Answer:
    """Why a server of this program version and password lets nobody in with this message; None where it may."""
    if message.protocol != m.PROTOCOL:
        text = (
            f"This server speaks version {m.PROTOCOL} ({program}), your program speaks version "
            f"{message.protocol} ({quoted(message.program) or 'unnamed'}). Please use the same version on both."
        )
        return "other_version", text
    if not hmac.compare_digest(password.encode(), message.password.encode()):
        text = "This server wants a password." if not message.password else "That is not the password."
        return "wrong_password", text
    if not KEY.fullmatch(message.key):
        return "bad_key", "The key must be 16 to 200 letters and digits."
    return None
