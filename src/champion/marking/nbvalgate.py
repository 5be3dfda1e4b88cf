"""The one place that knows nbval.

nbval compares what a notebook's cells print with what they printed when it was saved. That
is a good gate for notebooks we ran ourselves. A learner's saved outputs prove nothing, so
here the inputs are theirs and the expected outputs ours, and every sign of tampering refuses.
"""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from champion.marking import cells, tampering
from champion.marking.cells import Cell, Notebook
from champion.marking.graft import Grafted, graft
from champion.problems import Problem

_IGNORED = "nbval-ignore-output"


@dataclass(frozen=True)
class Seen:
    """What nbval says of one notebook.

    Attributes:
        passed: no cell failed.
        failing: the cells that failed, "cell 7 (by-status): Cell outputs differ".
    """

    passed: bool
    failing: tuple[str, ...]


@dataclass(frozen=True)
class Gate:
    """Whether a learner's notebook is let through, and every reason why not."""

    passed: bool
    reasons: tuple[str, ...]


def gate(
    learners: Sequence[Notebook],
    pristine: Notebook,
    solved: Notebook,
    cell_seconds: float = 60,
    workers: int = 1,
) -> list[Gate]:
    """Judge learners' notebooks of one page by nbval, so that its verdict means something.

    Args:
        learners: their notebooks.
        pristine: ours, as it is handed out.
        solved: ours with every reference in it, executed, with its outputs.
        cell_seconds: the longest that one cell may take.
        workers: how many kernels at once.
    """
    grafted = [grafted_for_nbval(solved, graft(pristine, learner)) for learner in learners]
    texts = [json.dumps(each, sort_keys=True) for each in grafted]
    once = dict(zip(texts, grafted, strict=True))
    seen = dict(zip(once, nbval(list(once.values()), cell_seconds, workers), strict=True))
    gates = []
    for learner, text in zip(learners, texts, strict=True):
        remarks = tampering.remarks(learner, pristine)
        reasons = (*remarks, *(f"nbval: {each}" for each in seen[text].failing))
        gates.append(Gate(not reasons, reasons))
    return gates


def grafted_for_nbval(solved: Notebook, grafted: Grafted) -> Notebook:
    """The learner's inputs with our outputs: what nbval can judge.

    Only the checks are compared: two right answers may print different things on their way.

    Args:
        solved: our notebook with every reference in it, executed, with its outputs.
        grafted: the learner's answers, from `graft`.
    """
    notebook = copy.deepcopy(solved)
    made: list[Cell] = []
    for cell in notebook["cells"]:
        task, role = cells.told(cell)
        if role == "answer" and task in grafted.sources:
            helpers = grafted.helpers.get(task, ())
            made += [_helper(task, n, source) for n, source in enumerate(helpers, 1)]
            cell["source"] = _unmarked(grafted.sources[task])
            cell.setdefault("metadata", {})["tags"] = [_IGNORED]
        made.append(cell)
    notebook["cells"] = made
    return notebook


def nbval(notebooks: Sequence[Notebook], cell_seconds: float = 60, workers: int = 1) -> list[Seen]:
    """Run nbval in strict mode over copies of notebooks; one kernel each.

    Args:
        notebooks: executed ones, with outputs.
        cell_seconds: the longest that one cell may take (nbval's own default is 2,000 s).
        workers: how many kernels at once; more than one needs pytest-xdist.

    Raises:
        Problem: nbval did not come to a verdict.
    """
    with tempfile.TemporaryDirectory(prefix="champion-nbval-") as temporary:
        folder = Path(temporary)
        for number, notebook in enumerate(notebooks):
            text = json.dumps(notebook, ensure_ascii=False)
            (folder / f"n{number}.ipynb").write_text(text, encoding="utf-8")
        ran = _run_pytest(folder, cell_seconds, workers)
        try:
            results = ElementTree.parse(folder / "results.xml").getroot()
        except (OSError, ElementTree.ParseError):
            raise Problem(f"nbval came to no verdict: {_last_line(ran)}", "") from None
    return [_seen(results, number, notebook) for number, notebook in enumerate(notebooks)]


def _run_pytest(
    folder: Path, cell_seconds: float, workers: int
) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    options = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout", str(cell_seconds)]
    quiet = ["-q", "--color=no", "-p", "no:cacheprovider", "-p", "no:timeout"]
    spread = ["-n", str(workers), "--dist", "loadscope"] if workers > 1 else []
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, *quiet, *spread, "--junitxml=results.xml", "."],
        cwd=folder,
        env=plain | {"CHAMPION_WORK": str(folder / "work")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _seen(results: ElementTree.Element, number: int, notebook: Notebook) -> Seen:
    code = [cell for cell in notebook["cells"] if cell.get("cell_type") == "code"]
    failing = []
    for case in results.iter("testcase"):
        fault = case.find("failure")
        fault = case.find("error") if fault is None else fault
        if not str(case.get("classname")).startswith(f"n{number}.ipynb") or fault is None:
            continue
        place = int(str(case.get("name")).removeprefix("Cell "))
        failing.append(f"cell {place + 1}{_of(code[place])}: {_reason(fault)}")
    return Seen(not failing, tuple(failing))


def _reason(fault: ElementTree.Element) -> str:
    said = f"{fault.get('message')}\n{fault.text}"
    found = re.search(r"^Cell \d+: (.+)$", said, re.MULTILINE)
    return found[1] if found else said.strip().partition("\n")[0]


def _of(cell: Cell) -> str:
    task, role = cells.told(cell)
    return f" ({task} {role})" if task else ""


def _unmarked(source: str) -> str:
    """An answer without the comments that nbval would obey."""
    lines = source.split("\n")
    return "\n".join(line for line in lines if not list(tampering.markers(line)))


def _helper(task: str, number: int, source: str) -> Cell:
    return {
        "cell_type": "code",
        "id": f"{task}-helper-{number}"[:64],
        "metadata": {"tags": [_IGNORED], "champion": {"task": task, "role": "helper"}},
        "source": _unmarked(source),
        "outputs": [],
        "execution_count": None,
    }


def _last_line(ran: subprocess.CompletedProcess[str]) -> str:
    return (ran.stdout + ran.stderr).strip().rpartition("\n")[2]
