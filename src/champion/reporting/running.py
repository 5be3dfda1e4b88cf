"""Runs the notebook of a report for one account and one month."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from champion.problems import Problem

SOURCE = "report.md"
CELL_SECONDS = 120
PARAMETERS = "parameters"
"""The tag of the cell that sets the defaults, as papermill has it; ours are set in one below."""


def notebook(values: Mapping[str, Any]) -> Any:
    """The notebook with these values in place of its defaults, nothing run."""
    import jupytext
    from nbformat.v4 import new_code_cell

    text = (resources.files(__package__) / SOURCE).read_text(encoding="utf-8")
    made = jupytext.reads(text, fmt="md:myst")
    for number, cell in enumerate(made.cells, 1):
        cell.id = f"report-{number}"  # instead of a random one
    at = next(n for n, cell in enumerate(made.cells) if PARAMETERS in _tags(cell))
    given = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    below = new_code_cell(given, id=PARAMETERS, metadata={"tags": [f"injected-{PARAMETERS}"]})
    made.cells.insert(at + 1, below)
    return made


def run(values: Mapping[str, Any], folder: Path, step: Callable[[int, int, str], None]) -> Any:
    """Run the notebook with these values in a folder of its own; the notebook with its outputs.

    Args:
        values: as for `notebook`.
        folder: where its files go.
        step: called with how many cells are done, how many there are, and the heading one is at.

    Raises:
        Problem: a cell failed or took too long; it names the cell's section.
    """
    with _kernel(folder) as kernel:
        # Loading these takes as long as the kernel takes to start.
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

        made = notebook(values)
        client = NotebookClient(
            made,
            km=kernel,
            timeout=CELL_SECONDS,
            record_timing=False,
            coalesce_streams=True,
            on_cell_start=lambda cell, cell_index: step(
                cell_index, len(made.cells), _heading(made, cell_index)
            ),
        )
        try:
            client.execute()
        except CellExecutionError as error:
            raise _said(made) or _stopped(made, f"{error.ename}: {error.evalue}") from None
        except CellTimeoutError:
            raise _stopped(made, f"a cell ran longer than {CELL_SECONDS} s") from None
        except DeadKernelError:
            if hasattr(client, "_async_cleanup_kernel_future"):  # how nbclient takes Ctrl-C
                logging.getLogger("asyncio").disabled = True  # it would tell of the ended kernel
                raise KeyboardInterrupt from None
            raise _stopped(made, "its Python ended") from None
    return made


@contextmanager
def _kernel(folder: Path) -> Iterator[Any]:
    """A kernel that begins to start at once, and ends with the block."""
    from jupyter_client import KernelManager

    kernel = KernelManager(kernel_name="python3")
    kernel.client_class = "jupyter_client.asynchronous.AsyncKernelClient"  # nbclient's own choice
    kernel.start_kernel(
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        cwd=str(folder),
        env=_environment(),
        stderr=subprocess.DEVNULL,
    )
    try:
        yield kernel
    finally:
        kernel.shutdown_kernel(now=True)


def about(made: Any) -> Mapping[str, str]:
    """What a notebook that ran tells of itself: the page's `title`, and what its `file` is called.

    Raises:
        Problem: it tells nothing.
    """
    for output in _outputs(made):
        known: Mapping[str, str] = output.get("metadata", {}).get("text/html", {})
        if {"title", "file"} <= set(known):
            return known
    raise Problem("The notebook does not say whose report it is.", "Does it show overview.opening?")


def _said(made: Any) -> Problem | None:
    """The one line of a Problem that ended the notebook; None when something else did."""
    errors = [output for output in _outputs(made) if output.output_type == "error"]
    lines = errors[-1].traceback if errors else []
    if len(lines) == 1 and lines[0].startswith("✗ "):
        return Problem(lines[0].removeprefix("✗ "))
    return None


def _outputs(made: Any) -> Iterator[Any]:
    for cell in made.cells:
        yield from cell.get("outputs", [])


def _environment() -> dict[str, str]:
    """The kernel's: this environment's Python first, and no note in anybody's progress."""
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": search, "CHAMPION_PROGRESS": "off", "PYTHONHASHSEED": "0"}


def _stopped(made: Any, what: str) -> Problem:
    ran = sum(bool(cell.get("execution_count")) for cell in made.cells)
    code = [at for at, cell in enumerate(made.cells) if cell.cell_type == "code"]
    place = _heading(made, code[min(max(ran - 1, 0), len(code) - 1)])
    first = what.strip().splitlines()[0].rstrip(".")
    return Problem(
        f"The report's notebook stopped in “{place}”: {first}.",
        "No file was changed.",
    )


def _heading(made: Any, at: int) -> str:
    """The heading that a cell stands under."""
    above = [cell.source for cell in made.cells[: at + 1] if cell.cell_type == "markdown"]
    found = [line for text in above for line in text.splitlines() if line.startswith("#")]
    return found[-1].lstrip("# ") if found else "Reading the views"


def _tags(cell: Any) -> list[str]:
    tags: list[str] = cell.metadata.get("tags", [])
    return tags
