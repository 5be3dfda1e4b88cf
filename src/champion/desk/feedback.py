"""What a mentor wrote about a task, read from `work/feedback`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from champion import places
from champion.checking.key import Task
from champion.desk import progress


def path(work: Path, lesson: str) -> Path:
    """Where the feedback on a lesson lies: `feedback/1-querying--01-one-table.json`."""
    return work / "feedback" / f"{lesson.replace('/', '--')}.json"


def lines(task: Task) -> tuple[str, ...]:
    """What to show of it beside a check: who said it, when, and what; () when there is none."""
    if not progress.is_kept():
        return ()
    given = _read(path(places.work(), task.lesson))
    marked_tasks = given.get("tasks") or ()
    found = next((each for each in marked_tasks if each.get("task") == task.slug), None)
    if found is None:
        return ()
    day = str(given.get("marked_at", ""))[:10]
    marked = f"Your mentor's marking{f' of {day}' if day else ''}: {found.get('verdict', 'seen')}."
    comment = str(found.get("comment") or "").strip()
    return (marked, f'Your mentor writes: "{comment}"') if comment else (marked,)


def _read(file: Path) -> dict[str, Any]:
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return given if isinstance(given, dict) and given.get("format") == 1 else {}
