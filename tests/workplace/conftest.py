"""A small course of one lesson in a folder with a space and an accent, and a learner's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

LESSON = """\
---
title: One table
minutes: 28
needs: []
teaches: [tables, SELECT]
cases: []
---

# One table

Words.
"""
ROUTES = """\
[lessons]
"1-querying/01-one-table" = "One table"
"1-querying/02-filtering" = "Filtering"
[routes.core]
title = "Core"
lessons = ["1-querying/01-one-table", "1-querying/02-filtering"]
"""


def cell(cell_id: str, source: str, task: str = "", role: str = "show") -> dict[str, Any]:
    """A cell as the build makes it."""
    told = {"task": task, "role": role} if task else {"role": role}
    kind = "markdown" if role == "prose" else "code"
    more = {} if kind == "markdown" else {"outputs": [], "execution_count": None}
    return {
        "id": cell_id,
        "cell_type": kind,
        "metadata": {"champion": told},
        "source": source,
        **more,
    }


def exercise(*cells: dict[str, Any], page: str = "exercise") -> dict[str, Any]:
    """A notebook of the lesson with these cells after the first one."""
    opening = cell("champion-load-1", "%load_ext champion", role="load")
    about = {"lesson": "1-querying/01-one-table", "page": page}
    return {
        "cells": [opening, *cells],
        "metadata": {"champion": about, "kernelspec": {"name": "python3", "display_name": "P"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def two_tasks() -> dict[str, Any]:
    """An exercise of two tasks."""
    return exercise(
        cell("plan-prose", "Which plans are there?", "plan", "prose"),
        cell("plan-answer", "%%sql plans\n...", "plan", "answer"),
        cell("plan-check", 'check("plan")', "plan", "check"),
        cell("trial-prose", "When does the trial end?", "trial", "prose"),
        cell("trial-answer", "trial_end = ...", "trial", "answer"),
        cell("trial-check", 'check("trial")', "trial", "check"),
    )


class Course:
    """A course and a work folder to try things on."""

    def __init__(self, root: Path) -> None:
        self.root = root / "le course été"
        self.work = root / "mon travail à moi"
        self.exercise_file = self.root / "exercises/1-querying/01-one-table.ipynb"
        self.mine = self.work / "exercises/1-querying/01-one-table.ipynb"
        self.write("curriculum/1-querying/01-one-table/lesson.md", LESSON)
        self.write("curriculum/routes.toml", ROUTES)
        self.write("doctrine/loads-and-plays.md", "# Loads and plays\n")
        shown = cell("tables-show-1", "1 + 1")
        shown["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "2"}]
        self.write_notebook("notebooks", exercise(shown, page="lesson"))
        self.write_notebook("exercises", two_tasks())

    def write(self, name: str, text: str) -> None:
        """Put a file into the course."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def write_notebook(self, home: str, notebook: dict[str, Any]) -> None:
        """Put the lesson's notebook into notebooks/ or exercises/."""
        self.write(f"{home}/1-querying/01-one-table.ipynb", json.dumps(notebook, indent=1))

    def answer(self, **sources: str) -> None:
        """Type answers into the learner's exercise, by cell id with _ for -."""
        notebook = self.exercise()
        for each in notebook["cells"]:
            each["source"] = sources.get(each["id"].replace("-", "_"), each["source"])
        self.mine.write_text(json.dumps(notebook), encoding="utf-8")

    def exercise(self, path: Path | None = None) -> dict[str, Any]:
        """The learner's exercise, or another notebook."""
        notebook: dict[str, Any] = json.loads((path or self.mine).read_text(encoding="utf-8"))
        return notebook

    def sources(self, path: Path | None = None) -> dict[str, str]:
        """Source by cell id of the learner's exercise, or of another notebook."""
        cells = self.exercise(path)["cells"]
        return {each["id"]: "".join(each["source"]) for each in cells}

    def kept(self) -> list[Path]:
        """The files kept beside the learner's exercise."""
        return sorted(self.mine.parent.glob("*(before *"))


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course of one lesson, in use."""
    made = Course(tmp_path)
    monkeypatch.setenv("CHAMPION_COURSE", str(made.root))
    monkeypatch.setenv("CHAMPION_WORK", str(made.work))
    monkeypatch.delenv("CHAMPION_COMPANY", raising=False)
    monkeypatch.delenv("CHAMPION_DATABASE_URL", raising=False)
    return made
