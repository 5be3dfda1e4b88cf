"""One file of the work folder: handed out, brought up to date, or given back fresh.

Whatever a learner wrote is carried into the new copy where it still fits, and the file as they
left it is kept beside.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from champion.problems import Problem
from champion.workplace import files, laid
from champion.workplace.laid import Laid


@dataclass(frozen=True)
class Copy:
    """A file to hand out: its path in the work folder, with `/`, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Change:
    """What was done to one file of the work folder.

    Attributes:
        name: its path in the work folder.
        what: new, updated, merged (there was something of the learner's in it) or gone.
        kept: name of the file that holds it as the learner left it; "" when nothing was theirs.
        unplaced: how many of the learner's cells fit nowhere in the new copy.
    """

    name: str
    what: str
    kept: str = ""
    unplaced: int = 0

    def __str__(self) -> str:
        if self.what == "merged":
            return f"updated: {self.name}; yours as it was: {self.kept}{self._left_behind()}"
        if self.what == "gone":
            return f"no longer part of the course, left as it is: {self.name}"
        return f"{self.what}: {self.name}"

    def _left_behind(self) -> str:
        if not self.unplaced:
            return ""
        cells = "a cell" if self.unplaced == 1 else f"{self.unplaced} cells"
        return f" ({cells} of yours only there: it fits nowhere now)"


def settle(work: Path, copy: Copy, known: Laid | None) -> Change | None:
    """Bring one file of the work folder up to date; None when there was nothing to do.

    Args:
        work: the work folder.
        copy: what the course hands out now.
        known: what was handed out under that name before, if anything.
    """
    place = work / copy.name
    if not place.exists():
        files.write(place, copy.content)
        return Change(copy.name, "new")
    if known is not None and known.file == laid.describe(copy.content).file:
        return None
    with files.in_one_line(place):
        present = place.read_bytes()
    if present == copy.content:
        return None
    if known is not None and laid.is_untouched(present, known):
        files.write(place, copy.content)
        return Change(copy.name, "updated")
    return _merge(place, copy, present, known)


def _merge(place: Path, copy: Copy, present: bytes, known: Laid | None) -> Change:
    kept = files.keep_beside(place)
    content, unplaced = _grafted(copy.content, present, known)
    files.write(place, content)
    name = Path(copy.name).with_name(kept.name).as_posix()
    return Change(copy.name, "merged", name, unplaced)


def _grafted(fresh: bytes, present: bytes, known: Laid | None) -> tuple[bytes, int]:
    """The fresh copy with the learner's answers in it, and how many cells fit nowhere."""
    pristine, learner = laid.as_notebook(fresh), laid.as_notebook(present)
    if pristine is None or learner is None:
        return fresh, 0
    from champion.marking.graft import graft

    try:
        grafted = graft(pristine, _abreast(learner, pristine, known.cells if known else {}))
    except Problem:  # another page under this one's name: nothing of it belongs here
        return fresh, len(learner["cells"])
    return as_bytes(grafted.notebook), len(grafted.unplaced)


def _abreast(
    learner: Mapping[str, Any], pristine: Mapping[str, Any], handed_out: Mapping[str, str]
) -> dict[str, Any]:
    """The learner's notebook with every cell they never touched as it is handed out now.

    So a blank or an example that the course has changed is not taken for the learner's own.
    """
    ours = {cell["id"]: cell for cell in laid.cells_of(pristine)}
    cells = []
    for cell in laid.cells_of(learner):
        if handed_out.get(cell["id"]) != laid.cell_digest(cell):
            cells.append(cell)
        elif cell["id"] in ours:
            cells.append(ours[cell["id"]])
    return {**learner, "cells": cells}


def unrun(content: bytes) -> bytes:
    """A notebook without its outputs: who opens it predicts first, then runs."""
    notebook = laid.as_notebook(content)
    if notebook is None:
        return content
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return as_bytes(notebook)


def as_bytes(notebook: Mapping[str, Any]) -> bytes:
    """A notebook as the bytes of its file."""
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()
