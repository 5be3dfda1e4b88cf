"""What the text of a cell says: is it SQL, and which variables does it give a value."""

from __future__ import annotations

import ast
import keyword
import re
from dataclasses import dataclass

from champion.problems import Problem

_HEAD = re.compile(r"\s*^%%sql\b[ \t]*(?P<rest>[^\n]*)(?:\n|\Z)", re.MULTILINE)
_OURS = frozenset(
    (
        *("check", "hint", "reference", "ticket", "queue", "submit", "show"),
        *("logs", "files", "api", "pd", "now", "today"),
    )
)
_IN_PLACE = frozenset({"append", "extend", "insert", "update", "pop", "clear", "sort", "add"})


@dataclass(frozen=True)
class Query:
    """A cell that begins with `%%sql`: the name its result gets ("" for none), and its query."""

    name: str
    sql: str


def query(source: str) -> Query | None:
    """The query of a `%%sql` cell; None when the cell is Python.

    Raises:
        Problem: what follows `%%sql` cannot be the name of a variable.
    """
    head = _HEAD.match(source)
    if head is None:
        return None
    return Query(result_name(head["rest"]), source[head.end() :])


def result_name(line: str) -> str:
    """The name on the `%%sql` line, "" when there is none; Problem when it cannot be one."""
    name = line.split("#")[0].strip()
    if not name:
        return ""
    if not name.isidentifier() or keyword.iskeyword(name):
        raise Problem(
            f"`{name}` cannot be the name of a result.",
            "Write one word of letters, digits and _ after %%sql, such as `%%sql open_tickets`.",
        )
    if name in _OURS:
        raise Problem(
            f"`{name}` is already a word of this course.", "Choose another name after %%sql."
        )
    return name


def assigned(source: str) -> frozenset[str]:
    """The variables that running this cell would give a value, at the notebook's level."""
    try:
        sql = query(source)
    except Problem:
        return frozenset()
    if sql is not None:
        return frozenset({sql.name}) if sql.name else frozenset()
    tree = _parsed(source)
    return frozenset(_bound(tree)) if tree is not None else frozenset()


def changes(source: str, name: str) -> bool:
    """Whether running this cell would give the variable a value, or change the one it has."""
    if name in assigned(source):
        return True
    tree = None if _HEAD.match(source) else _parsed(source)
    return tree is not None and any(_changes(node, name) for node in ast.walk(tree))


def _changes(node: ast.AST, name: str) -> bool:
    """Whether this is `name[…] = …`, `name.part = …`, `name.sort_values(inplace=True)` or so."""
    match node:
        case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
            return _root(node) == name
        case ast.Call(func=ast.Attribute(attr=verb) as function, keywords=given):
            in_place = verb in _IN_PLACE or any(each.arg == "inplace" for each in given)
            return in_place and _root(function) == name
    return False


def _root(node: ast.expr) -> str:
    """The variable that a chain of dots and brackets begins with, "" when it is another thing."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _parsed(source: str) -> ast.Module | None:
    plain = re.sub(r"^[ \t]*[%!][^\n]*$", "pass", source, flags=re.MULTILINE)
    try:
        return ast.parse(plain)
    except (SyntaxError, ValueError):
        return _parsed_as_far_as_possible(plain)


def _parsed_as_far_as_possible(source: str) -> ast.Module | None:
    """For a cell with a mistake in it: the names left of an `=`, or behind a `def`."""
    found = re.findall(
        r"^(?:([A-Za-z_]\w*)[ \t]*=(?!=)|def[ \t]+([A-Za-z_]\w*))", source, flags=re.MULTILINE
    )
    names = [name or function for name, function in found]
    return ast.parse("\n".join(f"{name} = 0" for name in names)) if names else None


def _bound(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Import() | ast.ImportFrom():
                names.update((each.asname or each.name).split(".")[0] for each in node.names)
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp():
                continue
            case ast.GeneratorExp() | ast.AnnAssign(value=None):
                continue
            case ast.Name(ctx=ast.Store()):
                names.add(node.id)
            case _:
                names |= _bound(node)
    return names
