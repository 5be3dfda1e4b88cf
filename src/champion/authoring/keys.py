"""Writes the answer keys, which the desk and the marker read; runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from champion import places
from champion.authoring.course import Course, read_course
from champion.authoring.mistakes import refuse
from champion.authoring.source import Lesson
from champion.checking.key import to_json


def key_path(lesson: str) -> Path:
    """Where the key of a lesson lies."""
    return places.keys() / f"{lesson}.json"


def build_keys(only: Sequence[str] | None = None) -> list[Path]:
    """Writes the keys that changed and takes away those without a source.

    Lessons without mistakes get their keys even when another lesson has some.

    Returns:
        The keys of the chosen lessons (parts or lessons by name; None means all).

    Raises:
        Problem: sources hold mistakes, all of them listed; or a name is unknown.
    """
    course = read_course()
    chosen = course.chosen(only)
    broken = {mistake.path.parent for mistake in course.mistakes}
    for lesson in chosen:
        if lesson.pages[0].path.parent not in broken:
            write_key(lesson)
    remove_orphans(course)
    refuse(list(course.mistakes))
    return [key_path(lesson.name) for lesson in chosen]


def write_key(lesson: Lesson) -> None:
    """Writes a lesson's key unless the file already holds it."""
    path = key_path(lesson.name)
    text = to_json(lesson.key)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)


def remove_orphans(course: Course) -> None:
    """Takes away the keys of lessons that are gone."""
    expected = {key_path(lesson.name) for lesson in course.lessons}
    for path in places.keys().glob("*/*.json"):
        if path not in expected:
            path.unlink()
