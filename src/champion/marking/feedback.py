"""Writes what a learner's desk shows beside each task: one file for each lesson.

A mentor may write a comment into the file; marking again keeps it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from champion.marking.report import Marked, Report
from champion.problems import Problem

FORMAT = 1


def write_feedback(report: Report, inbox: Path | None = None) -> list[Path]:
    """Write a feedback file for every submission that tells its learner and lesson.

    Args:
        report: what marking found out.
        inbox: the team's inbox; feedback on files below it goes to
            `<inbox>/feedback/<learner>/`. Files in a learner's own `outbox` give
            `feedback/` beside that outbox; any others `feedback/<learner>/` beside the file.

    Returns:
        The files written, each once. Of several submissions of one page the latest counts.

    Raises:
        Problem: a file cannot be written.
    """
    written: dict[Path, None] = {}
    for marked in sorted(report.submissions, key=lambda each: each.submitted_at):
        if marked.tasks and marked.learner:
            path = feedback_path(marked, inbox)
            _write(path, _merged(marked, report.marked_at, _read(path)))
            written[path] = None
    return list(written)


def feedback_path(marked: Marked, inbox: Path | None = None) -> Path:
    """Where the feedback on a submission goes: `…/1-querying--01-one-table.json`."""
    name = f"{marked.lesson.replace('/', '--')}.json"
    path = Path(marked.path).resolve()
    if path.parent.name == "outbox":
        return path.parent.parent / "feedback" / name
    root = path.parent
    if inbox is not None and path.is_relative_to(inbox.resolve()):
        root = inbox.resolve()
    return root / "feedback" / _folder(marked.learner) / name


def _folder(learner: str) -> str:
    """A folder name that stays inside, whatever a learner calls themselves."""
    return re.sub(r"[^\w-]+", "-", learner.casefold()).strip("-") or "learner"


def _merged(marked: Marked, marked_at: str, before: dict[str, Any]) -> dict[str, Any]:
    """The new verdicts; the other page's, and the mentor's comments, stay."""
    tasks = {each["task"]: each for each in _tasks(before.get("tasks"))}
    for mark in marked.tasks:
        comment = tasks.get(mark.task, {}).get("comment", "")
        tasks[mark.task] = {
            "task": mark.task,
            "verdict": mark.verdict,
            "mistakes": list(mark.mistakes),
            "message": mark.message,
            "remarks": [asdict(remark) for remark in mark.remarks],
            "comment": comment,
        }
    return {
        "format": FORMAT,
        "lesson": marked.lesson,
        "learner": marked.learner,
        "marked_at": marked_at,
        "tasks": list(tasks.values()),
    }


def _tasks(kept: object) -> Iterable[dict[str, Any]]:
    each = kept if isinstance(kept, list) else []
    return [task for task in each if isinstance(task, dict) and "task" in task]


def _read(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) and kept.get("format") == FORMAT else {}


def _write(path: Path, content: dict[str, Any]) -> None:
    half = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise Problem(
            f"The feedback {path} cannot be written: {error.strerror}.",
            "Ask for the right to write there, and mark again; the verdicts are kept.",
        ) from None
