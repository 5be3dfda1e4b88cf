"""One task given back fresh: its answer cell as it was handed out, the old attempt kept beside."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from champion import places
from champion.marking.cells import text, told
from champion.problems import Problem
from champion.workplace import copies, files, laid, lease
from champion.workplace.handouts import hand_outs

OPEN_NOW = " If it is open now: File, then Reload Notebook from Disk."


def reset(slug: str, work: Path | None = None) -> str:
    """Give one task back fresh; a sentence on where the old attempt is.

    Raises:
        Problem: there is no such task, or the folder cannot be written to.
    """
    folder = work or places.work()
    copy, blank = _handed_out(slug)
    place = folder / copy.name
    if not place.exists():
        files.write(place, copy.content)
        return f"{slug} is fresh: {copy.name} was not there, and is again."
    learner = laid.as_notebook(place.read_bytes())
    if learner is None:
        kept = files.keep_beside(place)
        files.write(place, copy.content)
        return f"{copy.name} could not be read and is fresh now. It is kept as {kept.name}."
    renewed = _with_blank(learner, copy, slug, blank)
    if renewed is None:
        return f"{slug} is fresh already: nothing was written in its cell."
    kept = files.keep_beside(place)
    files.write(place, copies.as_bytes(renewed))
    return f"{slug} is fresh again in {copy.name}. Your attempt is kept in {kept.name}." + (
        OPEN_NOW if lease.is_held(folder) else ""
    )


def _handed_out(slug: str) -> tuple[copies.Copy, dict[str, Any]]:
    """The notebook that hands a task out, and its answer cell there."""
    known: list[str] = []
    for copy in hand_outs():
        for task, cell in _answers(laid.as_notebook(copy.content)):
            if task == slug:
                return copy, cell
            known.append(task)
    near = difflib.get_close_matches(slug, known, 1, 0.5)
    then = f"Did you mean {near[0]}?" if near else "A task's name stands in its check cell."
    raise Problem(f"There is no task called {slug}.", then)


def _answers(notebook: Mapping[str, Any] | None) -> Iterator[tuple[str, dict[str, Any]]]:
    for cell in laid.cells_of(notebook) if notebook else ():
        task, role = told(cell)
        if role == "answer":
            yield task, cell


def _with_blank(
    learner: dict[str, Any], copy: copies.Copy, slug: str, blank: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The learner's notebook with one answer cell as handed out; None when it is so already.

    Where the cell has lost its name, the course's own notebook takes in all their other answers.
    """
    cells = laid.cells_of(learner)
    named = (cell["id"] == blank["id"] or told(cell) == (slug, "answer") for cell in cells)
    place = next((at for at, it_is in enumerate(named) if it_is), None)
    if place is not None:
        if text(cells[place]) == text(blank):
            return None
        cells[place] = dict(blank)
        return {**learner, "cells": cells}
    from champion.marking.graft import graft

    pristine = laid.as_notebook(copy.content) or {}
    grafted: dict[str, Any] = dict(graft(pristine, learner).notebook)
    grafted["cells"] = [
        dict(blank) if cell["id"] == blank["id"] else cell for cell in grafted["cells"]
    ]
    return grafted
