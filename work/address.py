"""The address of a host, as people type it in the window and on the command line."""

from communication.link import PORT, at, parse
from work.language import _

WAYS = ("ws", "wss", "tcp")
"""The ways on which one comes to another computer."""
_BESIDE = str.maketrans("", "", "-_:%")
"""What may stand in a name or number beside letters and digits; the last two in IPv6."""


def typed_address(text: str) -> str:
    """The url that somebody means who types this; ValueError says in a sentence why it is none."""
    text = text.strip()
    if not text:
        raise ValueError(_("Type the address that the host's screen shows, such as 192.168.1.20."))
    scheme, rest = text.split("://", 1) if "://" in text else ("ws", text)
    says = _('"{text}" is not an address. It looks like 192.168.1.20, or 192.168.1.20:8765.')
    wrong = ValueError(says.format(text=text[:40]))
    if rest.count(":") > 1 and not rest.startswith("["):
        rest = f"[{rest}]"  # an IPv6 address, bare
    try:
        address = parse(f"{scheme.lower()}://{rest.rstrip('/')}")
    except ValueError:
        raise wrong from None
    known = address.scheme in WAYS
    if not known or not address.host or not all(part and _is_word(part) for part in address.host.split(".")):
        raise wrong
    return f"{address.scheme}://{at(address.host, address.port or PORT)}"


def _is_word(part: str) -> bool:
    return part.translate(_BESIDE).isalnum()
