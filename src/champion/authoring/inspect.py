"""Whether the committed notebooks are what their sources say, without running anything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from champion import places
from champion.authoring.mistakes import from_course
from champion.authoring.notebook import BREAKS, outputs_digest
from champion.authoring.products import Product

BUILD = "run `champion build` and commit what it writes"
Cell = Mapping[str, Any]


def faults(product: Product) -> Iterator[str]:
    """What is wrong with a committed notebook, each with its reason and what to do."""
    name = from_course(product.path)
    if not product.path.is_file():
        yield f"{name} is missing: {BUILD}"
        return
    try:
        notebook = json.loads(product.path.read_text(encoding="utf-8"))
        cells = [_cell(cell) for cell in notebook["cells"]]
        known = notebook["metadata"]["champion"]
    except (ValueError, KeyError, TypeError, AttributeError):
        yield f"{name} is not a notebook that was built here: {BUILD}"
        return
    if known.get("source") != product.notebook["metadata"]["champion"]["source"]:
        yield f"{name} is older than its source {from_course(product.page.path)}: {BUILD}"
        return
    found = [*_edited(cells, product), *_outputs(cells, product.executed)]
    if not found and product.executed and known.get("outputs") != outputs_digest(notebook):
        found = ["its outputs are not those that were built"]
    yield from (f"{name}: {what}; {BUILD}" for what in found)


def strays(expected: Sequence[Path]) -> Iterator[str]:
    """Files in notebooks/ and exercises/ that no source stands behind."""
    for home in (places.notebooks(), places.exercises()):
        for path in sorted(home.rglob("*")):
            hidden = ".ipynb_checkpoints" in path.parts
            if path.is_file() and path not in expected and not hidden:
                yield f"{from_course(path)} has no source in curriculum/: take it away"


def _cell(cell: Any) -> dict[str, Any]:
    source = cell["source"]
    return {**cell, "source": "".join(source) if isinstance(source, list) else source}


def _edited(cells: Sequence[Cell], product: Product) -> Iterator[str]:
    """Cells that are not as the source has them; a mark that blinds nbval is named as such."""
    ours = {cell["id"]: cell for cell in product.notebook["cells"]}
    theirs = {cell.get("id"): cell for cell in cells}
    for name, cell in theirs.items():
        tags = cell.get("metadata", {}).get("tags", [])
        if "NBVAL_" in cell["source"] or any(str(tag).lower().startswith("nbval") for tag in tags):
            yield f"the cell {name} carries a mark that makes nbval look away"
        elif name not in ours:
            yield f"the cell {name} is not in its source"
        elif cell.get("cell_type") != ours[name]["cell_type"]:
            yield f"the cell {name} was turned into {cell.get('cell_type')}"
        elif cell["source"] != ours[name]["source"]:
            yield f"the cell {name} was edited"
        elif tags != ours[name]["metadata"].get("tags", []):
            yield f"the tags of the cell {name} were changed"
    for name in ours:
        if name not in theirs:
            yield f"the cell {name} is missing"
    if len(theirs) < len(cells):
        yield "a cell stands in it twice"
    elif list(theirs) != list(ours) and set(theirs) == set(ours):
        yield "its cells stand in another order"


def _outputs(cells: Sequence[Cell], executed: bool) -> Iterator[str]:
    for cell in cells:
        if cell.get("cell_type") != "code":
            continue
        name, outputs = cell.get("id"), cell.get("outputs", [])
        if not executed:
            if outputs or cell.get("execution_count") is not None:
                yield f"the cell {name} was run; an exercise is handed out not run"
            continue
        if cell.get("execution_count") is None:
            yield f"the cell {name} was never run (its execution count is null)"
        errors = [output for output in outputs if output.get("output_type") == "error"]
        breaks = BREAKS in cell.get("metadata", {}).get("tags", [])
        if errors and not breaks:
            yield f"the cell {name} ended in an error: {errors[0].get('ename')}"
        if breaks and not errors:
            yield f"the cell {name} should raise and did not"
        if cell.get("metadata", {}).get("champion", {}).get("role") == "check" and not outputs:
            yield f"the outputs of the cell {name} were stripped"
