"""Finds and reads what learners hand in: notebooks, and the files that `submit` writes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from champion import places
from champion.checking.key import Key
from champion.marking import cells
from champion.marking.cells import Notebook
from champion.marking.graft import belongs_to
from champion.problems import Problem

FORMAT = 1
LARGEST = 100 * 1024 * 1024
_PASSED_BY = ("feedback", "node_modules", "__pycache__")


@dataclass(frozen=True)
class Submission:
    """One notebook that a learner handed in.

    Attributes:
        path: the file it came in; marking never changes it.
        learner: who, "" for a bare notebook.
        lesson, page: which of our notebooks it was.
        notebook: its content.
        submitted_at: when, as the file says; "" for a bare notebook.
        bare: it is an .ipynb with its saved outputs, not a file that `submit` wrote.
    """

    path: Path
    learner: str
    lesson: str
    page: str
    notebook: Notebook
    submitted_at: str
    bare: bool


def find(paths: Iterable[Path]) -> list[Path]:
    """The files to mark: those named, and every notebook and submission in the folders named.

    Raises:
        Problem: a path does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise Problem(f"There is no {path}.", "Name a notebook, a submission or a folder.")
        found |= dict.fromkeys(sorted(_in_folder(path)) if path.is_dir() else [path])
    return list(found)


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part in _PASSED_BY for part in inside)
        if hidden or not path.is_file():
            continue
        if path.suffix == ".ipynb" or (path.suffix == ".json" and _may_be_submission(path)):
            yield path


def _may_be_submission(path: Path) -> bool:
    """A JSON file that is something else is passed by; one that is broken is not."""
    try:
        return "notebook" in _object(path)
    except Problem:
        return True


def read(path: Path, keys: Sequence[Key]) -> Submission:
    """Read one file.

    Raises:
        Problem: it cannot be read, is no notebook, or does not tell of which lesson.
    """
    content = _object(path)
    bare = "notebook" not in content
    if not bare and content.get("format") != FORMAT:
        raise Problem(
            f"{path.name} was written by another version of the course.",
            "Bring both up to date and submit again.",
        )
    notebook = _notebook(content if bare else content["notebook"], path)
    told = content if not bare else {}
    lesson, page = _identified(notebook, told, path, keys)
    return Submission(
        path,
        str(told.get("learner") or ""),
        lesson,
        page,
        notebook,
        str(told.get("submitted_at") or ""),
        bare,
    )


def pristine(lesson: str, page: str) -> Notebook:
    """Our notebook of a page as it is handed out; Problem when it is not built."""
    folder = places.notebooks() if page == "lesson" else places.exercises()
    path = folder / f"{lesson}.ipynb"
    if not path.is_file():
        raise Problem(f"The {page} notebook of {lesson} is not built.", "Run `champion build`.")
    return _notebook(_object(path), path)


def _object(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise Problem(f"{path.name} is larger than 100 MB.", "Clear its outputs and save it.")
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise Problem(
            f"{path.name} cannot be read: {error.strerror}.", "Ask for it again."
        ) from None
    except (ValueError, RecursionError):
        raise Problem(
            f"{path.name} is damaged: it is not JSON.", "Ask the learner to save and submit again."
        ) from None
    if not isinstance(content, dict):
        raise Problem(f"{path.name} is not a notebook.", "Submit the .ipynb file.")
    return content


def _notebook(content: object, path: Path) -> Notebook:
    """A notebook of any version 3 or 4 as one of version 4, with only cells that are cells."""
    if isinstance(content, dict) and "worksheets" in content:
        content = _upgraded(content)
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise Problem(f"{path.name} is not a notebook.", "Submit the .ipynb file.")
    return {**content, "cells": [cell for cell in content["cells"] if isinstance(cell, dict)]}


def _upgraded(content: dict[str, Any]) -> object:
    import nbformat

    try:
        return nbformat.convert(nbformat.from_dict(content), 4)
    except Exception:  # what is wrong with a damaged notebook has no one exception
        return None


def _identified(
    notebook: Notebook, told: Mapping[str, Any], path: Path, keys: Sequence[Key]
) -> tuple[str, str]:
    """Lesson and page: by what the file says, else by the tasks in it, else by its name."""
    pages = {(task.lesson, task.page) for key in keys for task in key.tasks}
    pages |= {(key.lesson, page) for key in keys for page in ("lesson", "exercise")}
    for said in (belongs_to(notebook), (str(told.get("lesson")), str(told.get("page")))):
        if said in pages:
            return said
    evidence = _evidence(notebook, keys)
    if evidence:
        return evidence.most_common(1)[0][0]
    for lesson, page in sorted(pages):
        in_lessons = "lessons" in path.parts or "notebooks" in path.parts
        if path.with_suffix("").as_posix().endswith(lesson) and in_lessons == (page == "lesson"):
            return lesson, page
    raise Problem(
        f"{path.name} does not tell which lesson it belongs to.",
        "Ask the learner to submit it again from the work folder.",
    )


def _evidence(notebook: Notebook, keys: Sequence[Key]) -> Counter[tuple[str, str]]:
    """How often each page's tasks are named by ids, metadata, checks and variables."""
    found: Counter[tuple[str, str]] = Counter()
    every = {task.slug: task for key in keys for task in key.tasks}
    makers = Counter(task.variable for task in every.values())
    for cell in notebook["cells"]:
        source = cells.text(cell)
        slugs = {*cells.checked(source), cells.told(cell)[0]}
        slugs |= {slug for slug in every if str(cell.get("id", "")).startswith(f"{slug}-")}
        made = cells.assigned(source)
        slugs |= {t.slug for t in every.values() if t.variable in made and makers[t.variable] == 1}
        found.update((every[slug].lesson, every[slug].page) for slug in slugs & every.keys())
    return found
