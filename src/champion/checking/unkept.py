"""A cell that ran, or was stopped, and kept nothing under the task's name: what to write instead.

Read from the text of the cell alone, so that a notebook and the marker say the same.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Iterator

from champion.checking.key import Task
from champion.checking.source import assigned, is_sql, python_tokens, python_tree

_QUERY = re.compile(r"(select\s+\S|with\s+\w+\s+as\s*\(|from\s+\w+\s*$)", re.IGNORECASE | re.M)
_MAGIC = re.compile(r"%*\s*sql\b(?!\s*=)", re.IGNORECASE)
_TWO_WORDS = re.compile(r"^[ \t]*([A-Za-z_]\w*(?:[ \t]+|[ \t]*-[ \t]*)[A-Za-z_]\w*)[ \t]*=(?!=)")
_TURNED = re.compile(r"^[ \t]*(?:[\"'“‘\d].*?)\s*=\s*([A-Za-z_]\w*)[ \t]*$")
_WANTS = {"choice": "a letter", "reply": "a text", "decision": "a list"}
"""What the kinds of task want that no query gives."""
_VERBS = {
    "check",
    "hint",
    "reference",
    "ticket",
    "queue",
    "submit",
    "show",
    "listen",
    "watch_join",
    "watch_midnight",
    "watch_window",
}


def unkept(task: Task, source: str, *, ran: bool = True) -> list[str] | None:
    """Why a cell gives the task's variable no value: one sentence, then what to write.

    Of a cell that was stopped by an error (`ran` is false) only what explains that is said.
    None when it does give one, and when there is nothing in the cell that could be an answer.
    """
    if task.variable in assigned(source):
        return None
    if is_sql(source):
        return _unnamed_query(task, source)
    if not python_tokens(source):
        return None
    return next((said for said in _readings(task, source, ran=ran) if said), None)


def _unnamed_query(task: Task, source: str) -> list[str] | None:
    if assigned(source) or not source.lstrip().partition("\n")[2].strip():
        return None
    if task.kind in _WANTS:
        return [
            f"Your query ran, and this task wants {_WANTS[task.kind]}.",
            "Look around in a cell of your own: click left of a text and press B. "
            f"Here, begin with `{task.variable} = `.",
        ]
    return [
        "Your query ran, but its result was kept under no name.",
        f"Write `%%sql {task.variable}` as the first line.",
    ]


def _readings(task: Task, source: str, *, ran: bool) -> Iterator[list[str] | None]:
    code = _without_comments(source)
    yield _query_without_its_line(task, code)
    yield _query_in_python(task, code)
    yield _name_of_two_words(task, code)
    yield _turned_round(task, code)
    tree = python_tree(source)
    if tree is not None and tree.body:
        yield _given_away(task, tree, ran=ran)
        yield _misused_sign(task, tree)
        alone = not _assigns(tree)
        if ran and (alone or set(assigned(source)) <= set(assigned(task.blank))):
            yield _shown_only(task, tree.body[-1], alone=alone)


def _query_without_its_line(task: Task, code: str) -> list[str] | None:
    line = f"`%%sql {task.variable}`"
    if _MAGIC.match(code) or re.search(r"^\s*%%sql\b", code, re.MULTILINE):
        return [
            f"The first line of a query reads {line}.",
            "Two percent signs, small letters, and nothing before them.",
        ]
    if _QUERY.match(code):
        return [
            f"The first line {line} is missing.",
            "It says that SQL follows. Without it Python reads the cell, and knows no SQL.",
        ]
    return None


def _query_in_python(task: Task, code: str) -> list[str] | None:
    if not re.search(r"^\s*\w+\s*=\s*(?:select|with)\s+\w", code, re.IGNORECASE | re.MULTILINE):
        return None
    return [
        "A query cannot stand behind an `=`.",
        f"Write `%%sql {task.variable}` as the first line, and the query below it.",
    ]


def _name_of_two_words(task: Task, code: str) -> list[str] | None:
    found = next(filter(None, map(_TWO_WORDS.match, code.splitlines())), None)
    if found is None or keyword.iskeyword(re.split(r"\W", found[1])[0]):
        return None
    return [
        f"A name is one word, and `{found[1]}` is two.",
        f"Write `{task.variable} = ` and then your answer.",
    ]


def _turned_round(task: Task, code: str) -> list[str] | None:
    turned = filter(None, map(_TURNED.match, code.splitlines()))
    if task.variable not in {found[1] for found in turned}:
        return None
    return [
        "The name stands on the left of the `=`, and what it keeps on the right.",
        f"Begin the line with `{task.variable} = `.",
    ]


def _given_away(task: Task, tree: ast.Module, *, ran: bool) -> list[str] | None:
    """`lines[4] = fifth`, which gives the answer's own value to something else."""
    for each in tree.body:
        match each:
            case ast.Assign(targets=[target], value=ast.Name(id=name)) if name == task.variable:
                changed = ast.unparse(target).partition("[")[0]
                again = f" Your line has changed `{changed}`: run the cell that makes it once more."
                return [
                    "The name stands on the left of the `=`, and what it keeps on the right.",
                    f"Begin the line with `{name} = `.{again if ran else ''}",
                ]
    return None


def compared(source: str) -> list[str] | None:
    """A line that asks with `==` where something is to be kept; None when there is none.

    The last line of a cell shows what it comes to, and may well ask.
    """
    tree = None if is_sql(source) else python_tree(source)
    for each in ast.walk(tree) if tree is not None else ():
        match each:
            case ast.Expr(ast.Compare(left=ast.Name() | ast.Subscript(), ops=[ast.Eq()])):
                if tree is None or each is not tree.body[-1]:
                    return [
                        "`==` asks whether two things are the same, and keeps nothing.",
                        "How many signs does it take to keep something?",
                    ]
    return None


def _misused_sign(task: Task, tree: ast.Module) -> list[str] | None:
    name = task.variable
    for each in tree.body:
        match each:
            case ast.Expr(ast.Compare(left=ast.Name(id=left), ops=[ast.Eq()])) if left == name:
                return [
                    "`==` asks whether two things are the same; one `=` keeps.",
                    f"Write `{name} = `, with one sign.",
                ]
            case ast.AnnAssign(target=ast.Name(id=left), value=None) if left == name:
                return ["A colon keeps nothing; one `=` does.", f"Write `{name} = `."]
            case ast.Expr(ast.Compare(ops=[ast.Eq()])) if not _assigns(tree):
                return [
                    "`==` asks whether two things are the same; one `=` keeps.",
                    f"Write `{name} = ` and then your answer.",
                ]
    return None


def _assigns(tree: ast.Module) -> bool:
    return any(isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
               for each in ast.walk(tree))  # fmt: skip


def _shown_only(task: Task, last: ast.stmt, *, alone: bool) -> list[str] | None:
    """What is said of a last line that keeps nothing; `alone`: no line of the cell does."""
    name = task.variable
    match last:
        case ast.Expr(ast.Call(func=ast.Name(id=verb))) if verb in _VERBS:
            return None
        case ast.Expr(ast.Name(id=shown)) if shown == name:
            return [f"`{name}` by itself keeps nothing.", f"Write `{name} = ` and your answer."]
        case ast.Expr(value) if alone or not isinstance(value, ast.Name):
            what, begin = ("cell", "it") if alone else ("last line", "that line")
            return [f"Your {what} shows it, but keeps nothing.", f"Begin {begin} with `{name} = `."]
    return [f"Your cell ran, and kept nothing as `{name}`.", f"Begin a line with `{name} = `."]


def _without_comments(source: str) -> str:
    lines = [line for line in source.splitlines() if not re.match(r"\s*(#|--)", line)]
    return "\n".join(lines).strip()
