"""A cell that makes no function of the task's name, or cannot run as one: what to mend in it.

Read from the text of the cell alone, so that a notebook and the marker say the same.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from champion.checking.key import Task
from champion.checking.source import python_tree


def unmade(task: Task, source: str) -> list[str] | None:
    """Why a cell makes no function of the task's name: one sentence, then what to do.

    None when its text does not tell.
    """
    tree = python_tree(source)
    if tree is None or not source.strip():
        return None
    made = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    if task.variable in made or any(isinstance(node, ast.Lambda) for node in ast.walk(tree)):
        return None
    if made:
        return [
            f"Your cell defines `{made[-1]}`, and the check looks for `{task.variable}`.",
            "Change the name behind def, run the cell, then check again.",
        ]
    return [
        "Your cell defines no function.",
        f"It begins with `def {task.variable}(…):`; the lines of the function are set in.",
    ]


def outside(task: Task, source: str) -> list[str] | None:
    """What is said of a cell whose `return` belongs to no function, so that it cannot run.

    None when there is no such line, and of tasks that want no function.
    """
    tree = python_tree(source) if task.kind == "function" else None
    if tree is None or not any(isinstance(node, ast.Return) for node in _outermost(tree)):
        return None
    return [
        "A `return` stands outside the function, too far to the left.",
        "What belongs to a function is set in below its `def`, by four spaces at least.",
    ]


def _outermost(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a cell, but for what stands in its functions and classes."""
    for each in ast.iter_child_nodes(node):
        if not isinstance(each, _ROOMS):
            yield each
            yield from _outermost(each)


_ROOMS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
