from __future__ import annotations

from pathlib import Path

import pytest

from champion.authoring.keys import build_keys
from champion.authoring.new import new_lesson
from champion.authoring.prove import prove
from champion.authoring.source import read_lesson
from champion.problems import Problem

NEW = "2-api/04-pages-and-limits"


def test_a_new_lesson_builds_at_once(course: Path) -> None:
    new_lesson(NEW)
    lesson = read_lesson(NEW)
    assert lesson.title == "Pages and limits"
    assert [task.slug for task in lesson.key.tasks] == [
        "pages-and-limits-first",
        "pages-and-limits-ticket",
    ]
    assert len(build_keys([NEW])) == 1


def test_a_new_lesson_is_three_files_and_nothing_elsewhere(course: Path) -> None:
    before = {path for path in course.rglob("*") if path.is_file()}
    new_lesson(NEW)
    added = {path for path in course.rglob("*") if path.is_file()} - before
    folder = course / "curriculum" / NEW
    assert added == {folder / name for name in ("lesson.md", "exercise.md", "mentor.md")}


def test_a_new_lesson_is_not_proven_before_it_is_written(course: Path) -> None:
    new_lesson(NEW)
    proof = prove([NEW])
    assert not proof.holds
    assert f"curriculum/{NEW}/lesson.md:9: still to be written" in proof.text
    assert "all told apart" not in proof.text


def test_a_planned_title_is_taken_and_any_title_is_safe(course: Path) -> None:
    new_lesson("1-querying/04-joining")
    assert read_lesson("1-querying/04-joining").title == "Joining"
    new_lesson("1-querying/05-time", 'Time: "when" {was} it?')
    assert read_lesson("1-querying/05-time").title == 'Time: "when" {was} it?'


@pytest.mark.parametrize("name", ["filtering", "querying/02", "1-querying/2-x", "../0-a/01-b", ""])
def test_a_name_that_is_none_is_refused(course: Path, name: str) -> None:
    with pytest.raises(Problem, match="is no name of a lesson"):
        new_lesson(name)


def test_a_lesson_that_exists_is_never_overwritten(course: Path) -> None:
    path = course / "curriculum" / "1-querying" / "03-counting" / "lesson.md"
    before = path.read_bytes()
    with pytest.raises(Problem, match="exists already"):
        new_lesson("1-querying/03-counting")
    assert path.read_bytes() == before
