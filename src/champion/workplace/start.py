"""The start page: the first thing a new hire sees, and the way back to every lesson."""

from __future__ import annotations

from champion.authoring import glossary, keep
from champion.authoring.course import Course, read_course
from champion.authoring.coursemap import part_title
from champion.authoring.minutes import rounded
from champion.authoring.source import Lesson

WELCOME = """\
# Welcome to Lantern's support desk

Lantern hosts video for businesses. Its customers write when something puzzles them. Here you
learn to answer them yourself: you look into the database, find what happened, and write the reply.
Lantern and its customers are made up, so nothing you do can hurt anyone.

## Do this first

"""

ROAD = """\

A lesson shows how, its exercise lets you do it. Read from the top, run each grey cell with
<kbd>Shift</kbd>+<kbd>Enter</kbd>, and run the cells in their order. Your work is saved as you go.

"""

STUCK = """\

## When you are stuck

1. Run `hint("…")` with the task's name: it stands in the check cell. Hints come one by one.
2. Menu *Kernel* → *Restart Kernel and Run All Cells…*: everything runs again from the top.
3. Start a task over: menu *File* → *New* → *Terminal*, then `champion reset` and the task's name.
   Your old attempt is kept beside.
4. Ask your mentor. Run `champion doctor` in a terminal and paste its ten lines.

You cannot break anything: the database is read-only, and every update keeps what you wrote.
"""

ELSE = """\

## What else is here

- `doctrine` holds the team's answers to the toughest questions.
- `outbox` holds what you handed in, and `feedback` what came back.
"""


def page(course: Course | None = None) -> str:
    """The start page as Markdown, with links to the notebooks beside it.

    Args:
        course: the curriculum, when it has been read already.
    """
    course = course or read_course()
    return (
        WELCOME + _first(course) + ROAD + _map(course) + _planned(course) + STUCK + ELSE + _kept()
    )


def _first(course: Course) -> str:
    lessons = _in_route(course)
    if not lessons:
        return "No lesson is built yet.\n"
    first = lessons[0]
    return f"Open **{_link(first, 'lesson', first.title)}** ({first.minutes} minutes).\n"


def _map(course: Course) -> str:
    rows = [
        f"| {place} | {_link(lesson, 'lesson', lesson.title)} | {lesson.minutes} "
        f"| {_exercise(lesson)} | {', '.join(lesson.teaches)} |"
        for place, lesson in enumerate(_in_route(course), 1)
    ]
    head = ["## The map", "", "| | lesson | minutes | exercise | what you learn |"]
    return "\n".join([*head, "|---|---|---|---|---|", *rows, ""])


def _planned(course: Course) -> str:
    written = {lesson.name for lesson in course.lessons}
    names = [title for name, title in course.routes.titles.items() if name not in written]
    return f"\nStill being written: {', '.join(names)}.\n" if names else ""


def _kept() -> str:
    """The pages that are made of all lessons together: a sheet for each part, and the glossary."""
    parts = [path.parent.name for path in keep.sheets_there()]
    links = ", ".join(f"[{part_title(part)}](lessons/{part}/{keep.NAME})" for part in parts)
    kept = f"- What to keep, a page to print for each part: {links}.\n" if links else ""
    page = glossary.page_path()
    words = f"- [The glossary](lessons/{page.name}) explains the words of the course.\n"
    return kept + (words if page.is_file() else "")


def _in_route(course: Course) -> list[Lesson]:
    """The written lessons: those of the first route in its order, then the others."""
    route = course.routes.routes[0].lessons if course.routes.routes else ()
    order = {name: place for place, name in enumerate(route)}
    return sorted(course.lessons, key=lambda lesson: order.get(lesson.name, len(order)))


def _exercise(lesson: Lesson) -> str:
    page = lesson.page("exercise")
    if page is None:
        return ""
    return f"{_link(lesson, 'exercise', 'Exercise')}, {rounded(page)} min"


def _link(lesson: Lesson, page: str, words: str) -> str:
    return f"[{words}]({page}s/{lesson.name}.ipynb)"
