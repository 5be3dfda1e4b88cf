"""What marking costs beyond the learner's own code, and twenty submissions from cold."""

from __future__ import annotations

import copy
import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from champion.checking.key import Key, Task
from champion.desk import snippet
from champion.lantern import proven_company
from champion.marking.cells import Notebook
from champion.marking.mark import mark
from champion.marking.runner import Runner

Row = tuple[str, str, str]
LESSON = "9-bench/01-marking"
SETUP = "%%sql tickets\nSELECT status, count(*) AS n FROM tickets GROUP BY status"


def bench() -> list[Row]:
    """Time marking on the small proven companies; eight tasks a notebook."""
    worlds = [proven_company(2, 0.02), proven_company(3, 0.02)]
    key = _key()
    sources = {task.slug: task.reference for task in key.tasks}
    own = _median(lambda: _alone(key, worlds[0]), 5)
    with Runner() as runner:
        runner.run(_page(key), sources, worlds[0].folder)
        run = _median(lambda: runner.run(_page(key), sources, worlds[0].folder), 9)
        one = _median(lambda: runner.run(_page(key), sources, worlds[0].folder, only="task-1"), 9)
    cold = _twenty(key, worlds)
    return [
        (
            "marking: a submission of 8 tasks on one company, beyond the learner's own code",
            f"{(run - own) * 1000:.0f} ms (run {run * 1000:.0f}, own code {own * 1000:.0f})",
            "≤ 100 ms",
        ),
        ("marking: one answer through the runner, warm", f"{one * 1000:.0f} ms", "≤ 100 ms"),
        (
            f"marking: 20 submissions of 8 tasks on two companies, from cold, "
            f"{os.cpu_count()} cores",
            f"{cold:.1f} s",
            "≤ 10 s",
        ),
    ]


def _twenty(key: Key, worlds: list[Any]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(20):
            path = Path(folder) / f"{number}.ipynb"
            path.write_text(json.dumps(_solved(key, number)), encoding="utf-8")
        began = time.perf_counter()
        report = mark([Path(folder)], worlds, keys=[key], pages=lambda *_: _page(key), fresh=True)
        seconds = time.perf_counter() - began
    if report.totals["passed"] != 160:
        raise AssertionError(f"the bench marked wrongly: {report.totals}")
    return seconds


def _alone(key: Key, company: Any) -> None:
    """The learner's cells by themselves, in this process, set-up once."""
    names = snippet.run("pass", [SETUP], company)
    for task in key.tasks:
        names |= snippet.run(task.reference, [], company)


def _median(work: Any, times: int) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _key() -> Key:
    return Key(LESSON, "Marking", tuple(_task(number) for number in range(1, 9)))


def _task(number: int) -> Task:
    name = f"answer_{number}"
    return Task(
        slug=f"task-{number}",
        lesson=LESSON,
        page="exercise",
        number=f"1.{number}",
        title=f"Task {number}",
        minutes=1,
        kind="table",
        variable=name,
        blank=f"%%sql {name}\nSELECT ...",
        reference=f"%%sql {name}\nSELECT play_reason, count(*) AS plays, {number} AS task "
        f"FROM plays WHERE percent_viewed > {number} GROUP BY play_reason",
        setup=(SETUP,),
    )


def _page(key: Key) -> Notebook:
    cells = [_cell("start-setup-1", SETUP, "setup", "")]
    for task in key.tasks:
        cells.append(_cell(f"{task.slug}-answer", task.blank, "answer", task.slug))
        cells.append(_cell(f"{task.slug}-check", f'check("{task.slug}")', "check", task.slug))
    metadata = {"champion": {"lesson": LESSON, "page": "exercise"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _solved(key: Key, number: int) -> Notebook:
    notebook = copy.deepcopy(_page(key))
    for cell in notebook["cells"]:
        task = key.task(cell["metadata"]["champion"]["task"])
        if task is not None and cell["id"].endswith("-answer"):
            cell["source"] = f"{task.reference}\n-- learner {number}"
    return notebook


def _cell(identity: str, source: str, role: str, task: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": identity,
        "metadata": {"champion": {"task": task, "role": role}},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
