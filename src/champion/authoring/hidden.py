"""The hidden cells by which a function or a state is judged: its inputs, or a look at the API."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from champion.authoring import snippet
from champion.authoring.markup import CodeCell, Heading
from champion.authoring.mistakes import Mistakes
from champion.checking.key import Task
from champion.desk.inputs import FAULTS

MADE = {"function": "inputs", "state": "state"}
"""By kind of task: the role of its hidden cells, which is also the name of what they make."""
_EXAMPLE = {
    "function": '`inputs = {"an empty list": given([])}`',
    "state": '`state = {"folders": …}`',
}


def with_hidden(
    task: Task,
    heading: Heading,
    attributes: Mapping[str, str],
    cells: Mapping[str, Sequence[CodeCell]],
    mistakes: Mistakes,
) -> Task:
    """The task with its inputs, its look, and what it watches; what these lack is noted."""
    for kind, role in MADE.items():
        for cell in cells[role]:
            if task.kind != kind:
                mistakes.add(
                    cell.line, f"`{role}` cells belong in a task with `kind={kind}` in its heading"
                )
    watch = tuple(filter(None, attributes.get("watch", "").split(",")))
    if watch and task.kind != "function":
        mistakes.add(heading.line, "only a function is watched: `kind=function` in the heading")
    if task.kind not in MADE:
        return task
    role = MADE[task.kind]
    _note_missing(task, heading, cells[role], mistakes)
    codes = tuple(cell.code for cell in cells[role])
    if task.kind == "state":
        return replace(task, look=codes)
    return replace(task, inputs=codes, watch=watch)


def _note_missing(
    task: Task, heading: Heading, cells: Sequence[CodeCell], mistakes: Mistakes
) -> None:
    role, example = MADE[task.kind], _EXAMPLE[task.kind]
    if not cells:
        mistakes.add(
            heading.line,
            f"a {task.kind} is judged by a hidden cell; add one with `:role: {role}`: {example}",
        )
        return
    if not any(snippet.assigns(cell.code, role) for cell in cells):
        mistakes.add(cells[-1].line, f"no `{role}` cell of this task makes `{role}`: {example}")
    for cell in cells:
        for line, what in _troubles(cell.code, role):
            mistakes.add(cell.line + len(cell.options) + line, what)


def _troubles(code: str, role: str) -> Iterator[tuple[int, str]]:
    """What can be seen to be wrong by reading a hidden cell, each with its line in the cell."""
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        yield error.lineno or 1, f"the `{role}` cell is not Python: {error.msg}"
        return
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as made) if name == role:
                yield from _dictionary(made, role)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == role:
                if isinstance(value, ast.List | ast.Tuple | ast.Set | ast.Constant):
                    yield node.lineno, f"`{role}` is a dictionary of labels: `{role} = {{…}}`"


def _dictionary(made: ast.Dict, role: str) -> Iterator[tuple[int, str]]:
    if not made.keys:
        yield made.lineno, f"`{role}` is empty; one label and what belongs to it is the least"
    seen: set[str] = set()
    for key, value in zip(made.keys, made.values, strict=True):
        if isinstance(key, ast.Constant):
            if not isinstance(key.value, str) or not key.value.strip():
                yield key.lineno, f"the label {key.value!r} is no text that a learner could read"
            elif key.value in seen:
                yield key.lineno, f"the label “{key.value}” is there twice; the first is lost"
            seen.add(str(key.value))
        if role == "inputs":
            yield from _given(value)


def _given(value: ast.expr) -> Iterator[tuple[int, str]]:
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        if value.func.id == "given":
            yield from _faults(value)
        return
    if not isinstance(value, ast.Call | ast.Name | ast.Subscript | ast.Attribute):
        yield value.lineno, "each input is `given(…)`, with what the function is called with"


def _faults(call: ast.Call) -> Iterator[tuple[int, str]]:
    for keyword in call.keywords:
        if keyword.arg != "faults":
            continue
        if not isinstance(keyword.value, ast.Dict):
            if isinstance(keyword.value, ast.Constant | ast.List | ast.Tuple | ast.Set):
                yield keyword.value.lineno, "`faults` is a dictionary, such as `faults={2: 429}`"
            continue
        for nth, fault in zip(keyword.value.keys, keyword.value.values, strict=True):
            if isinstance(nth, ast.Constant) and (type(nth.value) is not int or nth.value < 1):
                yield nth.lineno, f"`faults` counts requests from 1; {nth.value!r} is none"
            if isinstance(fault, ast.Constant) and str(fault.value) not in FAULTS:
                listed = ", ".join(FAULTS)
                yield fault.lineno, f"the fault {fault.value!r} is unknown; it is one of {listed}"
