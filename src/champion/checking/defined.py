"""What of a cell makes a function: its `def`, and what that leans on, without what tries it out.

A learner may call the function below it, on whatever is at hand. Such a line says nothing of how
the function is written.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterable
from functools import lru_cache

from champion.checking.source import python_tree, without_magics


@lru_cache(maxsize=256)  # a check asks once for each mistake that has a name
def making(name: str, source: str) -> str:
    """The lines of a cell that make the function of that name.

    All of the cell where it has no `def` of that name. In one that Python cannot read, the lines
    that call the function are left out.
    """
    tree = python_tree(source)
    if tree is None:
        return _without_calls(name, source)
    functions = {node.name: node for node in tree.body if isinstance(node, _FUNCTIONS)}
    if name not in functions:
        return source
    text = without_magics(source)
    lines = text.splitlines()
    others = [node for node in tree.body if not isinstance(node, _FUNCTIONS)]
    kept = _leaning([*functions.values(), *others], name, _read_inside(text))
    return "\n".join(
        line
        for node in sorted(kept, key=lambda node: node.lineno)
        for line in lines[_first_line(node) - 1 : node.end_lineno]
    )


def _leaning(nodes: Iterable[ast.stmt], name: str, inside: dict[str, set[str]]) -> list[ast.stmt]:
    """The statements that make a name, and those that make the names which these read."""
    kept: list[ast.stmt] = []
    left, wanted = list(nodes), {name}
    while found := [node for node in left if _made(node) & wanted]:
        kept += found
        left = [node for node in left if node not in found]
        wanted |= {each for node in found for each in _read(node, inside)}
    return kept


def _made(node: ast.stmt) -> set[str]:
    """The names that a statement gives a value at the cell's own level."""
    if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(each.asname or each.name).partition(".")[0] for each in node.names}
    return {
        each.id
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }


def _read(node: ast.stmt, inside: dict[str, set[str]]) -> set[str]:
    """The names of the cell that a statement reads."""
    if isinstance(node, _FUNCTIONS):
        outside = [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
        return inside.get(node.name, set()) | _names(outside)
    return _names([node])


def _names(nodes: Iterable[ast.AST]) -> set[str]:
    return {each.id for node in nodes for each in ast.walk(node) if isinstance(each, ast.Name)}


def _read_inside(text: str) -> dict[str, set[str]]:
    """By function, the names that it takes from outside; {} for a cell that cannot run."""
    try:
        cell = symtable.symtable(text, "<cell>", "exec")
    except SyntaxError:  # a `return` too far to the left has a tree, and no symbols
        return {}
    return {each.get_name(): _from_outside(each) for each in cell.get_children()}


def _from_outside(table: symtable.SymbolTable) -> set[str]:
    own = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
    return own.union(*map(_from_outside, table.get_children()))


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)])


def _without_calls(name: str, source: str) -> str:
    call = re.compile(rf"(?!def\b)\S.*\b{re.escape(name)}\s*\(|{re.escape(name)}\s*\(")
    return "\n".join(line for line in source.splitlines() if not call.match(line))


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
