"""The map of the course as a Markdown table, kept current in the README between two marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from champion.authoring.course import Course, read_course
from champion.authoring.mistakes import from_course
from champion.problems import Problem

START = "<!-- map -->"
END = "<!-- /map -->"
PARTS = {"0": "Start", "1": "Querying", "2": "API", "3": "Logs", "4": "Champion"}


def course_map(course: Course | None = None) -> str:
    """Every lesson by part, written (with a link to its notebook) or planned, as a table.

    Args:
        course: the curriculum, when it has been read already.
    """
    course = course or read_course()
    names = [*course.routes.titles, *(each.name for each in course.lessons)]
    rows = [row for part in _parts(names) for row in _part_rows(part, names, course)]
    return "\n".join(["| | lesson | minutes | you learn |", "|---|---|---|---|", *rows])


def has_place(path: Path) -> bool:
    """Whether there is a file with marks for the map."""
    return path.is_file() and START in path.read_text(encoding="utf-8")


def map_is_current(path: Path, course: Course | None = None) -> bool:
    """Whether a file holds today's map between its marks."""
    text = path.read_text(encoding="utf-8")
    return _with_map(text, path, course) == text


def write_map(path: Path, course: Course | None = None) -> None:
    """Puts today's map between the marks `<!-- map -->` and `<!-- /map -->` of a file.

    Raises:
        Problem: the file lacks the marks.
    """
    text = _with_map(path.read_text(encoding="utf-8"), path, course)
    path.write_text(text, encoding="utf-8", newline="\n")


def part_title(part: str) -> str:
    """What people call a part: "1-querying" is Querying."""
    digit, _, rest = part.partition("-")
    return PARTS.get(digit, rest.capitalize())


def _with_map(text: str, path: Path, course: Course | None) -> str:
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise Problem(f"{from_course(path)} has no place for the map.", f"Write {START} and {END}.")
    return f"{before}{START}\n{course_map(course)}\n{END}{after}"


def _parts(names: list[str]) -> list[str]:
    return list(dict.fromkeys(name.partition("/")[0] for name in names))


def _part_rows(part: str, names: list[str], course: Course) -> Iterator[str]:
    yield f"| **{part[0]}** | **{part_title(part)}** | | |"
    written = {lesson.name: lesson for lesson in course.lessons}
    for name in dict.fromkeys(names):
        if not name.startswith(f"{part}/"):
            continue
        number = int(name.split("/")[1][:2])
        if lesson := written.get(name):
            link = f"[{lesson.title}](notebooks/{name}.ipynb)"
            yield f"| {number} | {link} | {lesson.minutes} | {', '.join(lesson.teaches)} |"
        else:
            yield f"| {number} | {course.titles[name]} | | *planned* |"
