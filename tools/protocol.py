"""Write docs/protocol.md from communication/messages.py: `python -m tools.protocol`."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo

from communication import messages as m
from communication.written import MatchRecord, OverRecord, StepRecord

PAGE = Path(__file__).parents[1] / "docs" / "protocol.md"
SIMPLE = {str: "text", int: "whole number", float: "number", bool: "true or false", NoneType: "null"}

LONGEST = get_args(m.Word)[1].max_length

HEAD = """# The protocol

This page is made from [communication/messages.py](../communication/messages.py) by `python -m tools.protocol`; a test
sees to it that the two agree. It is version {version} of the protocol.

{about}

A client connects (`ws://`, `wss://` or `tcp://`), sends `login`, and may send everything else once it has its
`welcome`. Fields that a reader does not know are passed over. A field with a default may be left out. A *word* is a
text of at most {longest} characters.
"""


def page() -> str:
    """The whole page."""
    about = inspect.getdoc(m) or ""
    return "\n".join(
        [
            HEAD.format(version=m.PROTOCOL, longest=LONGEST, about=about.partition("\n\n")[2]),
            *messages("From client to server", "Each may also carry an `id`, a whole number.", get_args(m.ToServer)),
            *messages("From server to client", "", get_args(m.ToClient)),
            *parts(),
            *table("Codes of `refused`", "Games add codes of their own for steps that their rules refuse.", m.CODES),
            *table("Codes of `bye`", "", m.BYES),
            *table("Codes of `closed`", "", m.CLOSES),
        ]
    )


def messages(title: str, about: str, kinds: tuple[type[m.Message], ...]) -> Iterator[str]:
    """A section on the messages of one direction."""
    yield from section(title, about)
    for kind in kinds:
        yield f"### {kind.__struct_config__.tag}\n\n{inspect.getdoc(kind)}\n"
        yield from fields(kind)


def parts() -> Iterator[str]:
    """A section on what messages are made of."""
    yield "## Parts of messages\n"
    written = (m.Finished, MatchRecord, StepRecord, OverRecord)
    for kind in (m.Clock, m.Person, m.Card, m.Queue, m.Offering, m.Played, *written):
        listed = " It is written as a list of these, in this order." if kind.__struct_config__.array_like else ""
        yield f"### {kind.__name__}\n\n{inspect.getdoc(kind)}{listed}\n"
        yield from fields(kind)


def fields(kind: type[msgspec.Struct]) -> Iterator[str]:
    """The table of a message's fields, those that must be there first."""
    rows = [
        f"| `{field.encode_name}` | {words(field.type)} | {default(field)} |"
        for field in sorted(msgspec.structs.fields(kind), key=lambda field: not field.required)
        if not (issubclass(kind, m.Request) and field.name == "id")
    ]
    if rows:
        yield "\n".join(["| field | what | default |", "|---|---|---|", *rows]) + "\n"


def default(field: FieldInfo) -> str:
    """What a field is when it is left out."""
    if field.required:
        return ""
    value = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    return f"`{msgspec.json.encode(value).decode()}`"


def words(kind: Any) -> str:
    """A type as it looks in JSON."""
    if kind in SIMPLE:
        return SIMPLE[kind]
    if kind is Any:
        return "a move: null, numbers, texts, and lists of these"
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return "word" if arguments == get_args(m.Word) else f"text of at most {arguments[1].max_length} characters"
    if origin is tuple:
        return f"list of ({words(arguments[0])})"
    if origin is dict:
        return "object" if arguments[1] is Any else f"object: {words(arguments[0])} -> {words(arguments[1])}"
    if origin in (Union, UnionType):
        return " or ".join(words(argument) for argument in arguments)
    return f"[{kind.__name__}](#{kind.__name__.lower()})"


def section(title: str, about: str) -> Iterator[str]:
    """The beginning of a section."""
    yield f"## {title}\n"
    if about:
        yield f"{about}\n"


def table(title: str, about: str, rows: dict[str, str]) -> Iterator[str]:
    """A section with a table of codes."""
    yield from section(title, about)
    yield (
        "\n".join(["| code | meaning |", "|---|---|", *(f"| `{code}` | {means} |" for code, means in rows.items())])
        + "\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
