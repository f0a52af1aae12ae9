"""How a client and a server reach each other: ways to communicate, messages, and the models at both ends."""

from communication.link import CloseCode, Handler, Limits, Link, LinkError, Listener
from communication.ways import dial, listen

__all__ = ["CloseCode", "Handler", "Limits", "Link", "LinkError", "Listener", "dial", "listen"]
