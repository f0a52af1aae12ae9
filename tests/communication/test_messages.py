"""The protocol's one page: what is let in, what is told about the rest, and that nothing on it is without use."""

import ast
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communication import messages as m
from communication.client import Client
from communication.server import Server
from master.room import Room
from tests.kit import assert_sentence
from tools import protocol
from work.worker import Worker

ROOT = Path(__file__).resolve().parents[2]
TO_SERVER, TO_CLIENT = get_args(m.ToServer), get_args(m.ToClient)
JUDGES = [
    *(
        ROOT / "communication" / name
        for name in ("server.py", "talk.py", "login.py", "rules.py", "away.py", "model.py", "people.py")
    ),
    *sorted((ROOT / "master").glob("*.py")),
    *(ROOT / "games" / name for name in ("match.py", "game_info.py", "undo.py")),
]
"""The files whose refusals a server sends, beside those of single games."""


def trees() -> Iterator[ast.AST]:
    for path in JUDGES:
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def is_text(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and " " in node.value
    return isinstance(node, ast.JoinedStr | ast.Name | ast.Call)


def word(node: ast.AST) -> str | None:
    """The code that this is: a constant of lower case letters and underscores."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.replace("_", "").islower():
        return node.value if node.value.replace("_", "").isalpha() else None
    return None


def refused_codes() -> set[str]:
    """Every code that the sources refuse with: ("code", text), Refusal("code", text), Refused(code="code")."""
    codes = set()
    for node in trees():
        if isinstance(node, ast.Tuple) and len(node.elts) == 2 and is_text(node.elts[1]):
            codes.add(word(node.elts[0]))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal" and node.args:
            codes.add(word(node.args[0]))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "Refused":
            codes |= {word(keyword.value) for keyword in node.keywords if keyword.arg == "code"}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "_refuse":
            codes |= {word(argument) for argument in node.args}
    return {code for code in codes if code}


def test_every_code_in_the_source_is_in_the_table_and_every_code_in_the_table_is_used() -> None:
    assert refused_codes() == m.CODES.keys()


def test_every_goodbye_in_the_source_is_in_the_table_and_every_one_in_the_table_is_used() -> None:
    said = {
        node.args[1].value
        for node in trees()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "dismiss"
        if isinstance(node.args[1], ast.Constant)
    }
    assert said == m.BYES.keys()


def test_every_closing_in_the_source_is_in_the_table_and_every_one_in_the_table_is_used() -> None:
    said = {
        code
        for node in trees()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("Closed", "close")
        for code in [*map(word, node.args[:1]), *(word(one.value) for one in node.keywords if one.arg == "code")]
        if code
    }
    assert said == m.CLOSES.keys()


def test_every_message_to_the_server_is_in_its_filter() -> None:
    assert set(TO_SERVER) == Server.entries.keys()


def test_every_message_to_the_client_is_in_the_filter_of_client_or_worker() -> None:
    assert set(TO_CLIENT) == Client.entries.keys() | Worker.entries.keys()


def test_every_message_to_a_room_is_one_that_the_room_takes() -> None:
    handed_on = {kind for kind, entry in Server.entries.items() if entry.method == "to_room"}
    assert handed_on | {m.Said} == Room.entries.keys()


def test_every_message_has_one_sentence_and_its_own_name_on_the_wire() -> None:
    names = [kind.__struct_config__.tag for kind in (*TO_SERVER, *TO_CLIENT)]
    assert len(set(names)) == len(names)
    for kind in (*TO_SERVER, *TO_CLIENT):
        assert_sentence(str(kind.__doc__).splitlines()[0])


texts, words, numbers = st.text(), st.text(max_size=64), st.integers(-(2**63), 2**63)
ids, options = st.none() | numbers, st.dictionaries(words, words | numbers | st.booleans(), max_size=3)
parts: Any = st.none() | numbers | texts | st.floats(allow_nan=False, allow_infinity=False)
moves = st.recursive(parts, lambda part: st.lists(part, max_size=3), max_leaves=9)
wishes = {"game": words, "version": numbers, "seats": numbers, "options": options, "id": ids}
requests = st.one_of(
    st.builds(m.Login, name=texts, key=texts, protocol=numbers, program=words, bot=st.booleans(), id=ids),
    st.builds(m.Match, **wishes),
    st.builds(m.Open, **wishes, bots=numbers, private=st.booleans(), seat=numbers, match=ids, n=numbers),
    st.builds(m.History, mine=st.booleans(), before=ids, id=ids),
    st.builds(m.Replay, match=numbers, id=ids),
    st.builds(m.Join, room=words, watch=st.booleans(), id=ids),
    st.builds(m.Step, room=words, n=numbers, move=moves, id=ids),
    st.builds(m.Say, text=texts, room=words, id=ids),
    st.builds(m.Sync, room=words, n=numbers, id=ids),
)


@given(requests)
def test_what_a_client_writes_is_what_the_server_reads(message: m.ToServer) -> None:
    assert m.to_server(m.encode(message)) == message


@given(st.one_of([st.from_type(kind) for kind in (m.Ok, m.Refused, m.Welcome, m.Waiting, m.Said, m.Closed, m.Bye)]))
def test_what_a_server_writes_is_what_the_client_reads(message: m.ToClient) -> None:
    assert m.to_client(m.encode(message)) == message


BAD = {
    "nothing": "",
    "no JSON": "hello",
    "half of it": '{"type":"beat"',
    "two": '{"type":"beat"}{"type":"beat"}',
    "a number": "5",
    "null": "null",
    "a list": '["beat"]',
    "no type": "{}",
    "a type that is a number": '{"type":5}',
    "an unknown type": '{"type":"dance"}',
    "a type of 100 KB": json.dumps({"type": "x" * 100_000}),
    "a message of the other direction": '{"type":"ok"}',
    "a field missing": '{"type":"join"}',
    "a field of the wrong type": '{"type":"join","room":5}',
    "true for a number": '{"type":"sync","room":"A","n":true}',
    "a number for true": '{"type":"look","follow":1}',
    "half a number": '{"type":"beat","id":1.5}',
    "not a number": '{"type":"step","room":"A","n":1,"move":NaN}',
    "infinity": '{"type":"step","room":"A","n":1,"move":Infinity}',
    "too large a number": '{"type":"step","room":"A","n":1,"move":1e999}',
    "digits without end": '{"type":"sync","room":"A","n":%s}' % ("9" * 10_000),
    "lists without end": '{"type":"step","room":"A","n":1,"move":' + "[" * 100_000 + "]" * 100_000 + "}",
    "half a letter": '{"type":"say","text":"\\ud800"}',
    "bytes that are no UTF-8": b'{"type":"say","text":"\xff\xfe"}',
    "a byte order mark": "\ufeff" + '{"type":"beat"}',
    "options in options": '{"type":"match","game":"g","version":1,"seats":2,"options":{"a":{"b":1}}}',
    "a room's code of 100 KB": json.dumps({"type": "join", "room": "x" * 100_000}),
    "a game's name of 100 KB": json.dumps({"type": "match", "game": "x" * 100_000, "version": 1, "seats": 2}),
    "an option of 100 KB": json.dumps(
        {"type": "match", "game": "g", "version": 1, "seats": 2, "options": {"x" * 100_000: 1}}
    ),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_what_is_not_a_message_is_told_in_a_sentence(data: str | bytes) -> None:
    with pytest.raises(m.BadMessage) as bad:
        m.to_server(data)
    assert_sentence(str(bad.value))


def test_a_client_is_told_too_what_it_cannot_read() -> None:
    with pytest.raises(m.BadMessage):
        m.to_client('{"type":"login"}')


def test_the_senders_number_is_read_where_it_can_be() -> None:
    read = []
    for data in ('{"id":7,"type":"dance"}', '{"type":"join","id":8}', '{"type":"join","id":"x"}', "nonsense", "[9]"):
        with pytest.raises(m.BadMessage) as bad:
            m.to_server(data)
        read.append(bad.value.id)
    assert read == [7, 8, None, None, None]


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_nothing_else_ever_comes_of_reading(data: str | bytes) -> None:
    try:
        message = m.to_server(data)
    except m.BadMessage:
        return
    assert isinstance(message, TO_SERVER)


def test_what_is_left_out_has_a_default_and_what_is_more_is_passed_over() -> None:
    assert m.to_server('{"type":"look","colour":"red"}') == m.Look(follow=False)
    assert json.loads(m.encode(m.Look())) == {"type": "look"}


def test_numbers_stay_what_they_are() -> None:
    for value in (0, -1, 2**53, 0.5, -0.0, "", [1, [2.0, None, "x"]]):
        sent = m.Step(room="A", n=1, move=value)
        back = m.to_server(m.encode(sent))
        assert isinstance(back, m.Step)
        assert msgspec.json.encode(back.move) == msgspec.json.encode(value)
    assert math.copysign(1, m.to_server(m.encode(m.Step(room="A", n=1, move=-0.0))).move) == -1  # type: ignore[union-attr]


def test_the_page_for_people_says_the_same() -> None:
    assert protocol.PAGE.read_text(encoding="utf-8") == protocol.page(), "run: python -m tools.protocol"
    for kind in (*TO_SERVER, *TO_CLIENT):
        assert f"### {kind.__struct_config__.tag}\n" in protocol.page()
