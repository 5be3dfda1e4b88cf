"""The text of an answer cell: its language, whether it is still blank, which names it assigns."""

from __future__ import annotations

import ast
import io
import re
import tokenize

from champion.checking.key import Task

_QUIET_SQL = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:''|[^'])*'|\"(?:\"\"|[^\"])*\"", re.DOTALL)
_MAGIC = re.compile(r"^\s*[%!].*$", re.MULTILINE)


def is_sql(source: str) -> bool:
    """Whether the cell is a query: its first line is `%%sql name`."""
    return source.lstrip().startswith("%%sql")


def query(source: str) -> str:
    """The query of a `%%sql` cell, without its first line."""
    return source.lstrip().partition("\n")[2]


def is_blank(task: Task, source: str) -> bool:
    """Whether a cell is as it was handed out, or still holds the three dots.

    Dots in a comment, in quoted text or in brackets (`a[..., 0]`) are no blank, nor is a line
    of dots left standing in a function that has a `return`. An empty source is unknown, not
    blank.
    """
    if not source.strip():
        return False
    return source.split() == task.blank.split() or _has_dots(source)


def assigned(source: str) -> tuple[str, ...]:
    """The names that a cell assigns at its top level, in their order."""
    if is_sql(source):
        words = source.lstrip().partition("\n")[0].split()
        return tuple(words[1:2])
    tree = _tree(source)
    if tree is None:
        return ()
    return tuple(
        name.id
        for statement in tree.body
        for target in _targets(statement)
        for name in ast.walk(target)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    )


def python_tokens(text: str) -> list[str]:
    """The words and signs of a Python text, without comments, line ends and indentation.

    A text that breaks off (an open bracket or quote) gives the tokens up to there.
    """
    tokens: list[str] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(without_magics(text)).readline):
            if token.type not in _SILENT and token.string:
                tokens.append(token.string)
    except (tokenize.TokenError, SyntaxError):
        pass
    return tokens


def python_tree(source: str) -> ast.Module | None:
    """The syntax tree of a Python cell; None for one that cannot be read."""
    return None if is_sql(source) else _tree(source)


def without_magics(source: str) -> str:
    """A Python cell without its lines for IPython and the shell."""
    return _MAGIC.sub("", source)


_SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def _has_dots(source: str) -> bool:
    if is_sql(source):
        return "..." in _QUIET_SQL.sub(" ", query(source))
    tree = _tree(source)
    if tree is None:
        return "..." in python_tokens(source)
    meant = {
        id(each) for node in ast.walk(tree) for each in (_in_brackets(node) or _left_standing(node))
    }
    return any(
        isinstance(node, ast.Constant) and node.value is Ellipsis and id(node) not in meant
        for node in ast.walk(tree)
    )


def _in_brackets(node: ast.AST) -> list[ast.expr]:
    if not isinstance(node, ast.Subscript):
        return []
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def _left_standing(node: ast.AST) -> list[ast.expr]:
    """The values that stand alone on a line of a function which hands something back."""
    if not isinstance(node, ast.FunctionDef):
        return []
    inside = list(ast.walk(node))
    if not any(isinstance(each, ast.Return) for each in inside):
        return []
    return [each.value for each in inside if isinstance(each, ast.Expr)]


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    if isinstance(statement, ast.AugAssign):
        return [statement.target]
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return [statement.target]
    return []


def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(without_magics(source))
    except (SyntaxError, ValueError, RecursionError):
        return None
