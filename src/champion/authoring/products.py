"""What is built of a lesson: which notebooks, where they lie, and what each is built from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from champion import places
from champion.authoring.notebook import Notebook, as_text, learner_notebook, solved_notebook
from champion.authoring.source import Lesson, Page
from champion.checking.key import to_json
from champion.lantern.manifest import RECIPE

VERSION = 4
"""Of builder and desk: raise it when a change to either changes what built notebooks show."""


@dataclass(frozen=True)
class Product:
    """One notebook to be built.

    Attributes:
        lesson, page: what it is built from.
        path: where it goes.
        notebook: its cells, nothing run; its metadata hold the digest of what it is built from.
        executed: whether it is run and its outputs kept.
        committed: whether it is part of the repository; the others lie in `build`.
    """

    lesson: Lesson
    page: Page
    path: Path
    notebook: Notebook
    executed: bool
    committed: bool


def products(lesson: Lesson, titles: Mapping[str, str]) -> Iterator[Product]:
    """Every notebook of a lesson: the lesson, run; the exercise, pristine; solved copies, run."""
    for page in lesson.pages:
        home = places.notebooks() if page.name == "lesson" else places.exercises()
        path = home / f"{lesson.name}.ipynb"
        plain = learner_notebook(lesson, page, titles)
        yield _product(lesson, page, path, plain, executed=page.name == "lesson", committed=True)
        if page.tasks:
            solved = solved_notebook(lesson, page, titles)
            path = solved_path(lesson.name, page.name)
            yield _product(lesson, page, path, solved, executed=True, committed=False)


def solved_path(lesson: str, page: str) -> Path:
    """Where the solved copy of a page lies: `build/solved/<lesson>/exercise.ipynb`."""
    return places.build() / "solved" / lesson / f"{page}.ipynb"


def _product(
    lesson: Lesson,
    page: Page,
    path: Path,
    notebook: Notebook,
    *,
    executed: bool,
    committed: bool,
) -> Product:
    notebook["metadata"]["champion"]["source"] = _digest(notebook, lesson, executed=executed)
    return Product(lesson, page, path, notebook, executed, committed)


def _digest(notebook: Notebook, lesson: Lesson, *, executed: bool) -> str:
    """SHA-256 of everything that decides what the built notebook holds.

    A run notebook also depends on the key, because checks speak its words, and on the company.
    """
    parts = [VERSION, as_text(notebook)]
    if executed:
        parts += [RECIPE, to_json(lesson.key)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
