"""What the source of a cell makes: which variable, from SQL or Python, which letter."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

SQL = re.compile(r"^%%sql(?:[ \t]+(?P<name>\w+))?[ \t]*(?:\n|$)")


def is_sql(source: str) -> bool:
    """Whether a cell is a query."""
    return SQL.match(source) is not None


def variable(source: str) -> tuple[str, str]:
    """The variable that a learner's answer cell fills in, and what is wrong when there is none.

    It is the name behind `%%sql`; in Python the one name that is given `...`, or else the
    last name given a value.
    """
    if match := SQL.match(source):
        return match["name"] or "", "" if match["name"] else "name the result: `%%sql plays_by_day`"
    try:
        given = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    except SyntaxError as error:
        return "", f"the answer cell is not Python: {error.msg}"
    names = [(_target(node), _is_blank(node.value)) for node in given if _target(node)]
    blanks = [name for name, blank in names if blank]
    if len(blanks) > 1:
        return (
            "",
            "several variables are `...`; name the checked one with `variable=` in the heading",
        )
    if not names:
        return "", "the answer cell gives no variable a value; write `%%sql name` or `name = ...`"
    return (blanks or [names[-1][0]])[0], ""


def function(source: str) -> tuple[str, str]:
    """The function that a learner's answer cell defines, and what is wrong when there is none.

    It is the one whose body holds `...`, or else the last.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return "", f"the answer cell is not Python: {error.msg}"
    made = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    if not made:
        return "", "the answer cell defines no function; write `def every_title(client):`"
    blank = [each for each in made if any(map(_is_blank, _expressions(each)))]
    if len(blank) > 1:
        return "", "several functions are `...`; name the one with `variable=` in the heading"
    return (blank or made)[-1].name, ""


def assigns(source: str, name: str) -> bool:
    """Whether a cell gives that variable a value; a cell that cannot be parsed is believed."""
    if match := SQL.match(source):
        return match["name"] == name
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return True
    return any(
        (isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.FunctionDef) and node.name == name)
        for node in ast.walk(tree)
    )


def letter(source: str, name: str) -> str:
    """The letter that `name = "b"` picks, or ""."""
    match = re.fullmatch(rf"\s*{re.escape(name)} *= *(['\"])(\w)\1\s*", source)
    return match[2] if match else ""


def _expressions(node: ast.AST) -> Iterator[ast.expr]:
    return (each for each in ast.walk(node) if isinstance(each, ast.expr))


def _target(node: ast.Assign) -> str:
    return node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""


def _is_blank(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is Ellipsis
