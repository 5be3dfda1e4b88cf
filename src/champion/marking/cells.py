"""Facts about the cells of a notebook, read from their text alone: nothing here runs anything."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any

from champion.checking import source as texts
from champion.checking.key import Task
from champion.desk.cells import assigned, query
from champion.problems import Problem

__all__ = [
    "Cell",
    "Notebook",
    "assigned",
    "checked",
    "is_blank",
    "is_sql",
    "mentions",
    "parsed",
    "query_name",
    "reads",
    "squeezed",
    "text",
    "told",
    "variable",
    "without_checks",
]

Cell = dict[str, Any]
Notebook = dict[str, Any]

_CHECK = re.compile(
    r"^[ \t]*(?:\w+[ \t]*=[ \t]*)?check\(\s*(['\"])(?P<slug>[^'\"]+)\1.*$", re.MULTILINE
)
_WORD = re.compile(r"[^\W\d]\w*")


def text(cell: Mapping[str, Any]) -> str:
    """The cell's source as one string with Unix line ends; "" when it is no text at all."""
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return ""
    return source.replace("\r\n", "\n").replace("\r", "\n")


def squeezed(source: str) -> str:
    """The text with all blanks and line ends the same."""
    return " ".join(source.split())


def told(cell: Mapping[str, Any]) -> tuple[str, str]:
    """The task and the role that the cell's metadata name: ("plays-not-loads", "answer")."""
    metadata = cell.get("metadata")
    champion = metadata.get("champion") if isinstance(metadata, Mapping) else None
    if not isinstance(champion, Mapping):
        return "", ""
    task, role = champion.get("task"), champion.get("role")
    return task if isinstance(task, str) else "", role if isinstance(role, str) else ""


def is_sql(source: str) -> bool:
    """Whether the cell is a query."""
    return texts.is_sql(source)


def is_blank(source: str, blank: str = "") -> bool:
    """Whether a cell is empty, as it was handed out, or still holds `...`, as a check sees it."""
    handed_out = Task("", "", "exercise", "", "", 0, "table", "", blank, "")
    return not source.strip() or texts.is_blank(handed_out, source)


def query_name(source: str) -> str:
    """The variable on a query's `%%sql` line, or ""."""
    try:
        found = query(source)
    except Problem:
        return ""
    return found.name if found else ""


def parsed(source: str) -> ast.Module | None:
    """The cell as Python, IPython's own lines left out; None when it is not Python."""
    plain = "\n".join(
        "" if line.lstrip().startswith(("%", "!", "?")) else line for line in source.split("\n")
    )
    try:
        return ast.parse(plain)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def variable(source: str) -> str:
    """The variable an answer cell fills: the one on its `%%sql` line, or assigned last; or ""."""
    return query_name(source) or max(assigned(source), key=source.rfind, default="")


def mentions(source: str) -> set[str]:
    """Every word in the cell that could be a name."""
    return set(_WORD.findall(source))


def reads(source: str, name: str) -> bool:
    """Whether the cell uses the name's present value, and does not only give it a new one."""
    tree = None if is_sql(source) else parsed(source)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Store):
            return True
        if isinstance(node, ast.AugAssign) and getattr(node.target, "id", None) == name:
            return True
    return False


def checked(source: str) -> list[str]:
    """The slugs of the `check("slug")` lines in the cell."""
    return [found["slug"] for found in _CHECK.finditer(source)]


def without_checks(source: str) -> str:
    """The cell without its `check("slug")` lines."""
    return _CHECK.sub("", source).strip("\n")
