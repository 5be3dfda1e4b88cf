"""A page as a notebook: the one a learner gets, and its solved copy.

Cell ids come from slugs and roles, so they never churn. Nothing that only the key knows is
ever in a learner's notebook.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from champion.authoring.minutes import rounded
from champion.authoring.sheet import Cell
from champion.authoring.source import Lesson, Page

Notebook = dict[str, Any]
"""A notebook as its file has it (nbformat 4.5); only the sources of cells may be whole texts."""

BREAKS = "raises-exception"
"""The tag of a cell that ends in an error on purpose."""

LOCKED: Mapping[str, Mapping[str, bool]] = {
    "load": {"editable": False, "deletable": False},
    "check": {"editable": False, "deletable": False},
    "answer": {"deletable": False},
}
"""What an editor should not let a learner change by accident; marking does not rely on it."""

KERNEL: Mapping[str, Mapping[str, str]] = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}


def learner_notebook(lesson: Lesson, page: Page, titles: Mapping[str, str]) -> Notebook:
    """The notebook of a page as a learner first sees it: blanks in place, nothing run.

    Args:
        lesson: the lesson the page belongs to.
        page: the page.
        titles: titles of lessons by name, for "Before this: …".
    """
    cells = [*_opening(lesson, page, titles), *page.cells]
    return {
        "cells": [_cell(cell, name) for cell, name in zip(cells, _ids(cells), strict=True)],
        "metadata": {**KERNEL, "champion": {"lesson": lesson.name, "page": page.name}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def solved_notebook(lesson: Lesson, page: Page, titles: Mapping[str, str]) -> Notebook:
    """The notebook of a page with the reference in every answer cell, nothing run.

    A reference that rests on evidence has the cells that make it in front of it.
    """
    notebook = learner_notebook(lesson, page, titles)
    tasks = {task.slug: task for task in page.tasks}
    solved: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        known = cell["metadata"]["champion"]
        if known["role"] == "answer":
            task = tasks[known["task"]]
            solved += [_helper(cell, n, code) for n, code in enumerate(task.evidence, 1)]
            cell["source"] = task.reference
        solved.append(cell)
    return {**notebook, "cells": solved}


def _helper(answer: Mapping[str, Any], number: int, code: str) -> dict[str, Any]:
    task = answer["metadata"]["champion"]["task"]
    metadata = {"champion": {"role": "helper", "task": task}}
    return {**answer, "id": f"{task}-helper-{number}"[:64], "metadata": metadata, "source": code}


def as_text(notebook: Notebook) -> str:
    """A notebook as the text of its file, as JupyterLab would write it, with lines split."""
    cells = [{**cell, "source": _split(cell["source"])} for cell in notebook["cells"]]
    whole = {**notebook, "cells": cells}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def outputs_digest(notebook: Notebook) -> str:
    """SHA-256 of all outputs and execution counts, kept in the notebook so that a loss shows."""
    told = [
        [cell.get("execution_count"), cell.get("outputs")]
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def cell_lines(page: Page, notebook: Notebook) -> dict[str, int]:
    """The source line of each of a page's cells, by cell id; generated cells have line 1."""
    generated = len(notebook["cells"]) - len(page.cells)
    lines = [1] * generated + [cell.line for cell in page.cells]
    return {cell["id"]: line for cell, line in zip(notebook["cells"], lines, strict=True)}


RUN_FIRST = (
    "First of all, click into the grey cell below and press <kbd>Shift</kbd>+<kbd>Enter</kbd>. "
    "It opens your desk; without it, the other grey cells do not work."
)


def _opening(lesson: Lesson, page: Page, titles: Mapping[str, str]) -> Iterator[Cell]:
    title = f"# {page.title}\n\n*{_facts(lesson, page, titles)}*\n\n{RUN_FIRST}"
    yield Cell("prose", title, "title")
    yield Cell("load", "%load_ext champion", "champion")


def _facts(lesson: Lesson, page: Page, titles: Mapping[str, str]) -> str:
    if page.name == "exercise":
        count = len(page.tasks)
        return f"{count} task{'s' * (count != 1)}, about {rounded(page)} minutes."
    before = ", ".join(titles.get(name, name) for name in lesson.needs)
    return f"About {lesson.minutes} minutes." + (f" Before this: {before}." if before else "")


def _ids(cells: list[Cell]) -> Iterator[str]:
    """An id for each cell, from its task or section and its role: `keep-prose-1`, `keep-prose-2`.

    The first of a role in a task goes without a number, so that its answer is `<slug>-answer`.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for cell in cells:
        counts[cell.section, cell.role] += 1
        number = counts[cell.section, cell.role]
        bare = f"{cell.section}-{cell.role}"
        yield bare if cell.task and number == 1 else f"{bare}-{number}"


def _cell(cell: Cell, name: str) -> dict[str, Any]:
    known = {"role": cell.role, **({"task": cell.task} if cell.task else {})}
    metadata: dict[str, Any] = {"champion": known, **LOCKED.get(cell.role, {})}
    if cell.tags:
        metadata["tags"] = list(cell.tags)
    made = {"id": name, "metadata": metadata, "source": cell.text}
    if cell.role == "prose":
        return {**made, "cell_type": "markdown"}
    return {**made, "cell_type": "code", "execution_count": None, "outputs": []}


def _split(source: str | list[str]) -> list[str]:
    return source.splitlines(keepends=True) if isinstance(source, str) else source
