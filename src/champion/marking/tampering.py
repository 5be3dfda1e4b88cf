"""Signs that a notebook was changed so that a test of it would pass.

None of them moves a verdict: answers are judged in our own notebook, outside of the
learner's process. They are told to the mentor, and the nbval gate refuses for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from champion.marking import cells
from champion.marking.cells import Cell, Notebook
from champion.marking.graft import graft
from champion.marking.steps import blanks

MARKERS = (
    "PYTEST_VALIDATE_IGNORE_OUTPUT",
    "NBVAL_IGNORE_OUTPUT",
    "NBVAL_CHECK_OUTPUT",
    "NBVAL_RAISES_EXCEPTION",
    "NBVAL_SKIP",
)
"""The comments that nbval obeys; in lower case with dashes they are its tags."""

TAGS = frozenset({each.lower().replace("_", "-") for each in MARKERS} | {"raises-exception"})
_RAISES = "raises-exception"
_REDEFINED = re.compile(
    r"(\b(globals|locals|vars)\(\)|user_ns|__builtins__|builtins)\W+check\b"
    r"|\bsetattr\([^)]*['\"]check['\"]"
)
_LIBRARY = re.compile(r"^\s*(?:import|from)\s+(champion)\b", re.MULTILINE)


def remarks(learner: Notebook, pristine: Notebook, *, saved: bool = True) -> list[str]:
    """What was tampered with, a sentence each, naming the cell and the reason.

    Args:
        learner: the learner's notebook.
        pristine: ours, as it is handed out.
        saved: the notebook holds the outputs it was saved with; False for a submission
            file, from which `submit` takes them out.
    """
    ours = _Ours(pristine)
    answered = _answered(learner, pristine) if saved else frozenset()
    found = []
    for number, cell in enumerate(learner["cells"], 1):
        reasons = [*_unseen(cell, answered), *_unraised(cell, ours)]
        if not ours.has(cell):
            reasons = [*_changes(cell, ours), *reasons]
        found += [f"cell {number}{_of(cell)}: {reason}" for reason in reasons]
    return found + list(_missing_checks(learner["cells"], ours))


def _answered(learner: Notebook, pristine: Notebook) -> frozenset[str]:
    sources, handed_out = graft(pristine, learner).sources, blanks(pristine)
    return frozenset(t for t, text in sources.items() if not cells.is_blank(text, handed_out[t]))


class _Ours:
    """What our notebook holds."""

    def __init__(self, pristine: Notebook) -> None:
        every: list[Cell] = pristine["cells"]
        self._same = {(cells.squeezed(cells.text(cell)), _tags(cell)) for cell in every}
        self.tags = {cell["id"]: _tags(cell) for cell in every if cell.get("id")}
        self.checks = [slug for cell in every for slug in cells.checked(cells.text(cell))]

    def has(self, cell: Cell) -> bool:
        """Whether the cell is ours, unchanged."""
        return (cells.squeezed(cells.text(cell)), _tags(cell)) in self._same


def _changes(cell: Cell, ours: _Ours) -> Iterator[str]:
    if cell.get("cell_type") != "code":
        return
    source = cells.text(cell)
    for marker in markers(source):
        yield f"the comment {marker} changes what nbval compares."
    for tag in sorted(_tags(cell) - ours.tags.get(str(cell.get("id")), frozenset())):
        yield f"the tag {tag} changes what nbval compares."
    if "check" in cells.assigned(source) or _REDEFINED.search(source):
        yield "it redefines check."
    if _LIBRARY.search(source):
        yield "it reaches into the course's own library."


def _unseen(cell: Cell, answered: frozenset[str]) -> Iterator[str]:
    """Whether the check of an answered task was saved so that nbval has nothing to compare."""
    if cell.get("cell_type") != "code" or not answered & set(cells.checked(cells.text(cell))):
        return
    if cell.get("execution_count") is None:
        yield "its execution_count is null: nbval compares nothing there."
    elif not cell.get("outputs"):
        yield "its outputs are stripped: nothing is left to compare."


def _unraised(cell: Cell, ours: _Ours) -> Iterator[str]:
    """Whether one of our cells that raise on purpose was saved without its error."""
    if _RAISES not in ours.tags.get(str(cell.get("id")), frozenset()):
        return
    outputs = cell.get("outputs")
    errors = [o for o in outputs or () if isinstance(o, dict) and o.get("output_type") == "error"]
    if not errors and (cell.get("execution_count") is not None or not ours.has(cell)):
        yield "it should raise an error, and does not."


def markers(source: str) -> Iterator[str]:
    """The comments in a cell that nbval obeys."""
    for line in source.splitlines():
        comment = line.strip()
        if comment.startswith("#") and comment.lstrip("#").strip() in MARKERS:
            yield comment.lstrip("#").strip()


def _missing_checks(theirs: Sequence[Cell], ours: _Ours) -> Iterator[str]:
    run = {
        slug
        for cell in theirs
        if cell.get("cell_type") == "code"
        for slug in cells.checked(cells.text(cell))
    }
    prose = {
        slug
        for cell in theirs
        if cell.get("cell_type") != "code"
        for slug in cells.checked(cells.text(cell))
    }
    for slug in dict.fromkeys(ours.checks):
        if slug in run:
            continue
        if slug in prose:
            yield f'check("{slug}"): the check cell was turned into prose.'
        else:
            yield f'check("{slug}"): the check cell was deleted or emptied.'


def _tags(cell: Mapping[str, object]) -> frozenset[str]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, Mapping) else None
    if not isinstance(tags, list):
        return frozenset()
    return TAGS & {tag for tag in tags if isinstance(tag, str)}


def _of(cell: Cell) -> str:
    task = cells.told(cell)[0] or next(iter(cells.checked(cells.text(cell))), "")
    return f" ({task})" if task else ""
