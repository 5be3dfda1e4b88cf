"""What of a lesson can be judged by reading it: nothing given away, nothing left unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from champion.authoring.mistakes import Mistake
from champion.authoring.notebook import learner_notebook
from champion.authoring.source import Lesson, Page
from champion.checking.key import Need, Task
from champion.checking.source import is_sql, query

TO_WRITE = "✎"
"""Marks what a new lesson's author has still to write."""

WORDS_A_MINUTE = 150
MINUTES_A_CELL = 0.5


def lesson_troubles(lesson: Lesson) -> Iterator[Mistake]:
    """What is wrong with a lesson's pages, by file and line."""
    unfinished = [mistake for page in lesson.pages for mistake in unwritten(page)]
    yield from unfinished
    if not unfinished:
        for page in lesson.pages:
            yield from _task_troubles(lesson, page)
        yield from _minutes_troubles(lesson)


def unwritten(page: Page) -> list[Mistake]:
    """The lines of a page that its author has still to write."""
    lines = page.path.read_text(encoding="utf-8-sig").split("\n")
    return [
        Mistake(page.path, number, f"still to be written: replace this and take {TO_WRITE} away")
        for number, line in enumerate(lines, 1)
        if TO_WRITE in line
    ]


def unsaid_columns(page: Page, task: Task, columns: tuple[str, ...]) -> list[str]:
    """The columns of the reference that the task's prose never names in backticks."""
    said = _prose_of(page, task)
    return [column for column in columns if f"`{column}`" not in said]


def unsaid_needs(page: Page, task: Task) -> list[Need]:
    """The facts a reply or a decision needs of which the task's prose speaks in no words.

    It speaks of one when it has every longer word of the label, or of the reason why.
    """
    known = _long_words(_prose_of(page, task))
    return [
        need
        for need in task.needs
        if not (_long_words(need.label) <= known or _long_words(need.why) <= known)
    ]


def unsaid_manners(page: Page, task: Task) -> list[str]:
    """What is watched of a function, beside its results, and never spoken of in its prose."""
    said = _prose_of(page, task).casefold()
    return [word for word in task.watch if word[:-1] not in said]


def _prose_of(page: Page, task: Task) -> str:
    return "\n".join(
        cell.text for cell in page.cells if cell.role == "prose" and cell.task == task.slug
    )


def _long_words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.casefold()))


def estimated_minutes(lesson: Lesson) -> float:
    """How long the lesson's page takes: its words to read, its cells to run, its tasks to do."""
    page = lesson.pages[0]
    words = sum(len(cell.text.split()) for cell in page.cells if cell.role == "prose")
    shown = sum(cell.role in ("show", "setup") for cell in page.cells)
    tasks = sum(task.minutes for task in page.tasks)
    return words / WORDS_A_MINUTE + shown * MINUTES_A_CELL + tasks


def _task_troubles(lesson: Lesson, page: Page) -> Iterator[Mistake]:
    notebooks = {each.name: _text_of(lesson, each, {}) for each in lesson.pages}
    for task in page.tasks:
        line = page.lines[task.slug]
        if not task.hints:
            yield Mistake(page.path, line, f"`{task.slug}` has no hint; write `> hint 1 · …`")
        if not task.wrong:
            yield Mistake(
                page.path, line, f"`{task.slug}` has no wrong answer; which do people give?"
            )
        if task.kind == "choice":
            continue
        given_away = _squeezed(task.reference)
        for number, hint in enumerate(task.hints, 1):
            if given_away in _squeezed(hint):
                yield Mistake(page.path, line, f"hint {number} of `{task.slug}` is the reference")
        for name, text in notebooks.items():
            if given_away in text:
                yield Mistake(
                    page.path, line, f"the {name} a learner gets holds `{task.slug}`'s reference"
                )


def _minutes_troubles(lesson: Lesson) -> Iterator[Mistake]:
    estimated = estimated_minutes(lesson)
    if not lesson.minutes / 2 <= estimated <= lesson.minutes * 1.5:
        yield Mistake(
            lesson.pages[0].path,
            1,
            f"says {lesson.minutes} minutes; its words, cells and tasks come to "
            f"about {estimated:.0f}; change the one or the other",
        )


def _text_of(lesson: Lesson, page: Page, titles: Mapping[str, str]) -> str:
    cells = learner_notebook(lesson, page, titles)["cells"]
    return "\0".join(_squeezed(cell["source"]) for cell in cells)


def _squeezed(source: str) -> str:
    """A source without what makes no difference: its `%%sql` line, white space, capitals."""
    body = query(source) if is_sql(source) else source
    return "".join(body.split()).lower().strip(";")
