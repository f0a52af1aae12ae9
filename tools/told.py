"""Find in the source what games, works and servers say: plain English, so it is known by where it goes.

Each expression that is shown to people is followed back to the texts that it may be: through conditions, names, tables
and functions of the same package. A text with something filled in becomes a template such as "{person} left"; what is
filled in is followed as well. Nothing is run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, product
from pathlib import Path

from work.language import THEIRS

ROOT = Path(__file__).resolve().parent.parent
SPEAKERS = tuple(place.removesuffix(".py").rstrip("/").replace("/", ".") for place in THEIRS)

SHOWN: dict[str, tuple[int, ...]] = {
    "Refusal": (1,),
    "Outcome": (1,),
    "win": (2,),
    "lose": (2,),
    "draw": (1,),
    "forfeit": (1,),
    "resign": (3,),
    "_give_up": (2,),
    "LinkError": (0,),
    "Option": (0, 1),
    "TextOption": (0, 1, 2),
    "text": (1,),
    "button": (1,),
    "number": (1,),
    "choice": (1, 2),
    "field": (1,),
}
"""Which arguments of these calls people get to read, by position."""
SHOWN_BY_NAME = {"why", "text", "say", "says", "tip", "label", "hint", "s", "names", "sides"}
SHOWN_OF_CLASS = {"title", "summary", "rules", "help", "sides", "weighs"}
SHOWN_OF_FUNCTION = {"words", "moment", "progress", "ending"}
"""What these return is a step in words, why it stands out, how far a work is, and how it ended."""

SENTENCE = re.compile(r"(?![A-Z]{2})[A-Z{].* .*[.?!]", re.DOTALL)
"""What is said in a whole sentence is said to people, wherever it stands; only the log says things otherwise."""
WORD = re.compile("[A-Za-z]{2}")
CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")


@dataclass(frozen=True, order=True)
class Told:
    """A text that people may get to read, and where it stands."""

    file: str
    line: int
    text: str


@dataclass
class Module:
    """A source file: its tree, and what its names stand for."""

    name: str
    tree: ast.Module
    constants: dict[str, ast.expr] = field(default_factory=dict)
    functions: dict[str, list[ast.FunctionDef]] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)


def told() -> list[Told]:
    """Everything that they say, in the order of the files."""
    return [one for path in files() for one in sorted(set(Reader(module(path)).told()))]


def files() -> list[str]:
    """The names of all modules that say something."""
    return [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in sources(THEIRS)]


def sources(places: Iterable[str]) -> list[Path]:
    """The files that these places name: whole folders, and single files."""
    return [path for place in places for path in sorted((ROOT / place).rglob("*.py")) or [ROOT / place]]


@cache
def module(name: str) -> Module:
    """A module by its full name, read once."""
    path = ROOT / (name.replace(".", "/") + ".py")
    path = path if path.is_file() else ROOT / name.replace(".", "/") / "__init__.py"
    found = Module(name, ast.parse(path.read_text(encoding="utf-8")))
    for node in ast.walk(found.tree):
        if isinstance(node, ast.FunctionDef):
            found.functions.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(SPEAKERS):
            for alias in node.names:
                found.imports[alias.asname or alias.name] = (node.module, alias.name)
    classes = (node.body for node in found.tree.body if isinstance(node, ast.ClassDef))
    for statement in chain(found.tree.body, *classes):
        found.constants.update(assigned(statement))
    return found


def assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """The names that a statement gives a value to, with the value; a row of names each with its own."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    for target in targets:
        value = statement.value  # type: ignore[attr-defined]
        yield from bound(target, value)


def bound(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """The names of a target with what each may be; where parts cannot be told apart, each may be any of them."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple):
        apart = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
        for k, part in enumerate(target.elts):
            yield from bound(part, value.elts[k] if apart else value)  # type: ignore[attr-defined]


class Reader:
    """Reads one module."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.file = module.name.replace(".", "/") + ".py"
        self.is_game = module.name.startswith(("games", "work"))
        self.found: dict[str, int] = {}
        self.worded: set[str] = set()
        """Placeholders that words are filled in for."""

    def told(self) -> Iterator[Told]:
        """What it says."""
        scopes: list[ast.Module | ast.FunctionDef] = [self.module.tree]
        for scope in chain(scopes, *self.module.functions.values()):
            for expression in self.shown(scope):
                self.take(expression, scope)
        for text, line in self.found.items():
            if self.is_for_people(text):
                yield Told(self.file, line, text)

    def is_for_people(self, text: str) -> bool:
        """Whether a text has words, of its own or filled in; texts of servers have more than one."""
        own = re.sub(r"\{\w*\}", "", text)
        if not WORD.search(own):
            return bool(own.strip() and self.worded & set(re.findall(r"\{(\w+)\}", text)))
        return not CODE.fullmatch(text) and (self.is_game or " " in own)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def shown(self, scope: ast.Module | ast.FunctionDef) -> Iterator[ast.expr]:
        """The expressions of a module or a function (not of functions in it) that people get to read."""
        silent = set[int]()
        for node in inside(scope):
            if isinstance(node, ast.Call):
                silent |= {id(part) for part in ast.walk(node)} if is_log(node) else set()
                yield from self.arguments(node) if not is_log(node) else ()
            elif isinstance(node, ast.Return) and node.value and isinstance(scope, ast.FunctionDef):
                if scope.name in SHOWN_OF_FUNCTION:
                    yield node.value
            elif isinstance(node, ast.arguments):
                yield from (value for name, value in defaults(node) if name in SHOWN_BY_NAME)
            elif isinstance(node, ast.ClassDef) and self.is_game:
                yield from (v for s in node.body for name, v in assigned(s) if name in SHOWN_OF_CLASS)
            elif isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in silent and is_sentence(node):
                yield node

    def arguments(self, call: ast.Call) -> Iterator[ast.expr]:
        """The arguments of a call that people get to read."""
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        places = SHOWN.get(name, ())
        yield from (call.args[k] for k in places if k < len(call.args))
        for keyword in call.keywords:
            if keyword.arg in SHOWN_BY_NAME:
                yield keyword.value

    def take(self, expression: ast.expr, scope: ast.Module | ast.FunctionDef) -> None:
        """Note the texts that an expression may be, and those that may be filled in there."""
        for text in self.texts(expression, scope, ()):
            self.found.setdefault(text, expression.lineno)

    # -- what a text may be --------------------------------------------------------------------------------------------

    def texts(self, node: ast.expr, scope: ast.AST, seen: tuple[ast.AST, ...]) -> list[str]:
        """The texts that an expression may be; empty where that cannot be told."""
        if node in seen or len(seen) > 12:
            return []
        seen = (*seen, node)
        if isinstance(node, ast.Constant):
            return [node.value] if isinstance(node.value, str) else []
        if isinstance(node, ast.JoinedStr):
            return self.filled_in(node.values, scope, seen)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            parts = [node.left, node.right]
            return self.filled_in(parts, scope, seen) if any(self.texts(part, scope, seen) for part in parts) else []
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Constant):
            return []  # a letter of it
        if isinstance(node, ast.Name):
            return self.of_name(node.id, scope, seen)
        if isinstance(node, ast.Attribute):
            return self.of_name(node.attr, self.module.tree, seen)
        if isinstance(node, ast.Call):
            return self.of_call(node, scope, seen)
        return [text for part in parts_of(node) for text in self.texts(part, scope, seen)]

    def filled_in(self, parts: Iterable[ast.expr], scope: ast.AST, seen: tuple[ast.AST, ...]) -> list[str]:
        """Every text that these parts may be together; what is not a choice of words is a placeholder."""
        names: dict[str, str] = {}
        ways = [self.ways(part, scope, seen, names) for part in parts]
        return ["".join(way) for way in product(*ways)]

    def ways(self, part: ast.expr, scope: ast.AST, seen: tuple[ast.AST, ...], names: dict[str, str]) -> list[str]:
        """What a part of a text may be."""
        value = part.value if isinstance(part, ast.FormattedValue) else part
        if isinstance(value, ast.Constant):
            return [str(value.value)]
        if isinstance(value, ast.JoinedStr):
            return self.filled_in(value.values, scope, seen)
        if isinstance(value, ast.IfExp | ast.BoolOp):
            branches = [value.body, value.orelse] if isinstance(value, ast.IfExp) else value.values
            return [way for branch in branches for way in self.ways(branch, scope, seen, names)]
        name = self.placeholder(value, names)
        for text in self.texts(value, scope, seen):
            self.found.setdefault(text, value.lineno)
            self.worded.add(name)
        return ["{" + name + "}"]

    def placeholder(self, value: ast.expr, names: dict[str, str]) -> str:
        """A name for what is filled in; the same for the same expression, another for every other."""
        known = ast.unparse(value)
        if known not in names:
            name = self.called(value)
            taken = set(names.values())
            number = next(n for n in range(1, 99) if (name if n == 1 else f"{name}{n}") not in taken)
            names[known] = name if number == 1 else f"{name}{number}"
        return names[known]

    def called(self, value: ast.expr) -> str:
        if isinstance(value, ast.Name):
            return value.id
        if isinstance(value, ast.Attribute):
            # Who has a name in these two packages is a person; a game has a title.
            return "person" if value.attr == "name" and not self.is_game else value.attr
        if isinstance(value, ast.Call):
            return self.called(value.func)
        if isinstance(value, ast.Subscript):
            return self.called(value.value).lower()
        return "value"

    def of_name(self, name: str, scope: ast.AST, seen: tuple[ast.AST, ...]) -> list[str]:
        """The texts that a name may stand for: in its function, in its module, in the one that it comes from."""
        if isinstance(scope, ast.FunctionDef):
            values = [value for node in inside(scope) for own, value in given(node) if own == name]
            if values or name in {arg.arg for arg in ast.walk(scope.args) if isinstance(arg, ast.arg)}:
                return [text for value in values for text in self.texts(value, scope, seen)]
        if name in self.module.constants:
            return self.texts(self.module.constants[name], self.module.tree, seen)
        if name in self.module.imports:
            origin, there = self.module.imports[name]
            if there in module(origin).constants:
                return Reader(module(origin)).of_name(there, module(origin).tree, seen)
        return []

    def of_call(self, call: ast.Call, scope: ast.AST, seen: tuple[ast.AST, ...]) -> list[str]:
        """The texts that a function of ours may return."""
        if isinstance(call.func, ast.Attribute) and call.func.attr == "get":
            return [text for part in (call.func.value, *call.args[1:]) for text in self.texts(part, scope, seen)]
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        reader, known = self, self.module.functions.get(name, [])
        if not known and name in self.module.imports:
            origin, there = self.module.imports[name]
            reader, known = Reader(module(origin)), module(origin).functions.get(there, [])
        if not known:
            return [text for arg in call.args for text in self.texts(arg, scope, seen)] if name[:1].isupper() else []
        returns = [(node, one) for one in known for node in inside(one) if isinstance(node, ast.Return)]
        texts = [text for node, one in returns if node.value for text in reader.texts(node.value, one, seen)]
        for text in reader.found if reader is not self else ():
            self.found.setdefault(text, call.lineno)
        return texts


def inside(scope: ast.AST) -> Iterator[ast.AST]:
    """Everything in a module or a function but the functions in it, documentation left out."""
    waiting = [scope]
    while waiting:
        node = waiting.pop(0)
        yield node
        children = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            children = [child for child in children if not is_text(child)]
        waiting += [child for child in children if not isinstance(child, ast.FunctionDef)]


def defaults(arguments: ast.arguments) -> Iterator[tuple[str, ast.expr]]:
    """The parameters of a function that have a value of their own, with it."""
    every = [*arguments.posonlyargs, *arguments.args]
    yield from ((arg.arg, value) for arg, value in zip(reversed(every), reversed(arguments.defaults), strict=False))
    yield from (
        (arg.arg, value) for arg, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value
    )


def given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names that a statement, a loop or an expression gives a value to."""
    if isinstance(node, ast.stmt):
        yield from assigned(node)
    if isinstance(node, ast.For | ast.comprehension):
        yield from bound(node.target, node.iter)
    if isinstance(node, ast.NamedExpr):
        yield node.target.id, node.value


def parts_of(node: ast.expr) -> list[ast.expr]:
    """The parts of an expression that it may be, or hold."""
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return node.elts
    if isinstance(node, ast.Dict):
        return node.values
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return [node.elt]
    if isinstance(node, ast.DictComp):
        return [node.value]
    if isinstance(node, ast.Subscript | ast.Starred | ast.NamedExpr):
        return [node.value]
    return []


def is_text(node: ast.AST) -> bool:
    """Whether a statement is documentation."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_log(call: ast.Call) -> bool:
    """Whether a call only writes into the log."""
    return (
        isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "log"
    )


def is_sentence(node: ast.Constant | ast.JoinedStr) -> bool:
    """Whether a text is a sentence for people."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
    return bool(SENTENCE.fullmatch(text))
