"""Finds the task of a slug among the answer keys in `build/keys`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from champion import places
from champion.checking.key import Key, Task, read
from champion.problems import Problem

BUILD = "Run `champion build --keys` in a terminal."


def task(slug: str) -> Task:
    """The task of that slug.

    Raises:
        Problem: no keys are built, one cannot be read, or no task is called so.
    """
    known = {task.slug: task for key in every() for task in key.tasks}
    if slug in known:
        return known[slug]
    if not str(slug).strip(" .…"):
        raise Problem(
            "The dots stand for the name of a task.", 'Write it as in check("first-check").'
        )
    near = difflib.get_close_matches(str(slug), known, 1)
    raise Problem(
        f"There is no task called `{slug}`.",
        f"Did you mean `{near[0]}`?" if near else "Its name stands in the check cell below it.",
    )


def every() -> tuple[Key, ...]:
    """All keys, in the order of their lessons; Problem when none are built."""
    folder = places.keys()
    files = tuple(
        (path, stat.st_mtime_ns, stat.st_size)
        for path in sorted(folder.rglob("*.json"))
        for stat in (path.stat(),)
    )
    if not files:
        raise Problem("The answer keys are not built yet.", BUILD)
    return _read_all(files)


def lesson(name: str) -> Key | None:
    """The key of one lesson, or None."""
    return next((key for key in every() if key.lesson == name), None)


@lru_cache(maxsize=4)
def _read_all(files: Iterable[tuple[Path, int, int]]) -> tuple[Key, ...]:
    """The keys in these files; the times and sizes make a changed file a new question."""
    return tuple(_read(path) for path, _, _ in files)


def _read(path: Path) -> Key:
    try:
        return read(path)
    except (OSError, ValueError, KeyError, TypeError):
        raise Problem(f"The answer key {path.name} cannot be read.", BUILD) from None
