"""Runs a notebook on the sample company; its outputs are the same bytes on every run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from champion.authoring.mistakes import Mistake
from champion.authoring.notebook import BREAKS, Notebook

CELL_SECONDS = 60
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def execute(
    notebook: Notebook, company: Path, path: Path, lines: Mapping[str, int]
) -> tuple[Notebook, list[Mistake]]:
    """Runs all cells with a fresh kernel in an empty folder.

    Args:
        notebook: not run yet.
        company: the folder of the company it runs on.
        path: its source, for messages.
        lines: the source line of each cell, by the cell's id.

    Returns:
        The notebook with outputs and execution counts, and what went wrong, by the source's
        lines: cells that raise, or do not raise although they should, never end, or show what
        differs from one machine to the next.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat import from_dict, writes

    node = from_dict(notebook)
    at = [0]
    with tempfile.TemporaryDirectory(prefix="champion-", ignore_cleanup_errors=True) as folder:
        client = NotebookClient(
            node,
            timeout=CELL_SECONDS,
            kernel_name="python3",
            record_timing=False,
            allow_errors=True,
            coalesce_streams=True,
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
            resources={"metadata": {"path": folder}},
            on_cell_start=lambda cell, cell_index: at.__setitem__(0, cell_index),
        )
        try:
            client.execute(env=_environment(company, Path(folder)), stderr=subprocess.DEVNULL)
        except (CellTimeoutError, DeadKernelError) as error:
            slow = isinstance(error, CellTimeoutError)
            what = f"ran longer than {CELL_SECONDS} s" if slow else "ended Python"
            line = lines.get(notebook["cells"][at[0]]["id"], 1)
            return notebook, [Mistake(path, line, f"this cell {what}; the notebook was not built")]
    ran: Notebook = json.loads(writes(node))
    ran["metadata"] = notebook["metadata"]
    cells = [cell for cell in ran["cells"] if cell["cell_type"] == "code"]
    for cell in cells:
        _tidy(cell)
    return ran, [
        Mistake(path, lines.get(cell["id"], 1), what)
        for cell in cells
        for what in _faults(cell, folder)
    ]


def _environment(company: Path, folder: Path) -> dict[str, str]:
    """The kernel's: this environment's Python first, nothing remembered, a work folder to spoil."""
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {
        **os.environ,
        "PATH": search,
        "CHAMPION_COMPANY": str(company.resolve()),
        "CHAMPION_PROGRESS": "off",
        "CHAMPION_WORK": str(folder),
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }


def _tidy(cell: dict[str, Any]) -> None:
    """Takes out what a frontend alone can use, and what differs from one machine to the next."""
    cell["metadata"].pop("execution", None)
    for output in cell["outputs"]:
        output.get("data", {}).pop(WIDGET_VIEW, None)
        if output["output_type"] == "error":
            output["traceback"] = [_without_prefix(line) for line in output["traceback"]]
    cell["outputs"] = [each for each in cell["outputs"] if each.get("data", True)]


def _without_prefix(line: str) -> str:
    return line.replace(sys.prefix, "$PYTHON").replace(sys.base_prefix, "$PYTHON")


def _faults(cell: Mapping[str, Any], folder: str) -> Iterator[str]:
    errors = [output for output in cell["outputs"] if output["output_type"] == "error"]
    breaks = BREAKS in cell["metadata"].get("tags", [])
    if errors and not breaks:
        yield f"this cell raises {errors[0]['ename']}: {errors[0]['evalue']}"
    if breaks and not errors:
        yield f"this cell is tagged `{BREAKS}` and raises nothing; take the tag away"
    shown = json.dumps(cell["outputs"])
    for path in (folder, str(Path.home()), sys.prefix):
        if len(path) > 3 and json.dumps(path)[1:-1] in shown:
            yield "this cell shows a path of this machine; outputs must be the same everywhere"
