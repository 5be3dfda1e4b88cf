"""Reads a lesson's folder: lesson.md and exercise.md become pages, and their tasks a key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from champion import places
from champion.authoring.glossary import read_glossary
from champion.authoring.markup import (
    Block,
    Break,
    CodeCell,
    Front,
    Heading,
    Prose,
    Quiz,
    blocks,
    front_matter,
)
from champion.authoring.mistakes import Mistake, Mistakes, refuse
from champion.authoring.notes import Note
from champion.authoring.sheet import Cell, Role, Sheet, tags_of
from champion.authoring.task import Known, check_options, is_setup, opens_task, read_task
from champion.checking.key import Key, Task
from champion.problems import Problem

PageName = Literal["lesson", "exercise"]

LESSON_NAME = re.compile(r"\d-[a-z0-9-]+/\d\d-[a-z0-9-]+")
FROM_JUPYTEXT = ("jupytext", "kernelspec")
FRONT_KEYS: Mapping[PageName, tuple[str, ...]] = {
    "lesson": ("title", "minutes", "needs", "teaches", "cases"),
    "exercise": ("title",),
}


@dataclass(frozen=True)
class Page:
    """One source file, read: what the learner sees in order, and the tasks among it.

    Attributes:
        name: which page of the lesson it is.
        path: the source file.
        title: shown on top.
        cells: the learner's cells, without those that every notebook begins with.
        tasks: the page's tasks in order.
        lines: the line of each task's heading, by slug.
    """

    name: PageName
    path: Path
    title: str
    cells: tuple[Cell, ...]
    tasks: tuple[Task, ...]
    lines: Mapping[str, int]


@dataclass(frozen=True)
class Lesson:
    """A lesson's folder, read.

    Attributes:
        name: "1-querying/03-counting".
        title, minutes, needs, teaches, cases: the front matter of lesson.md; `needs` names
            lessons, `cases` the tickets' cases by number.
        needs_line: where `needs` stands in lesson.md.
        pages: the lesson, and the exercise when there is one.
    """

    name: str
    title: str
    minutes: int
    needs: tuple[str, ...]
    teaches: tuple[str, ...]
    cases: tuple[str, ...]
    needs_line: int
    pages: tuple[Page, ...]

    @property
    def key(self) -> Key:
        """The answer key of both pages."""
        return Key(self.name, self.title, tuple(task for page in self.pages for task in page.tasks))

    def page(self, name: PageName) -> Page | None:
        """The page of that name, or None."""
        return next((page for page in self.pages if page.name == name), None)


def read_lesson(name: str) -> Lesson:
    """The lesson of that name ("1-querying/03-counting").

    Raises:
        Problem: there is no such lesson, or its sources hold mistakes; all are listed.
    """
    folder = places.curriculum() / name
    if not LESSON_NAME.fullmatch(name) or not (folder / "lesson.md").is_file():
        raise Problem(
            f"There is no lesson {name}: curriculum/{name}/lesson.md is missing.",
            f'Start it with `champion new lesson {name} "Its title"`.',
        )
    lesson, mistakes = try_lesson(name)
    refuse(mistakes)
    return lesson


def try_lesson(name: str) -> tuple[Lesson, list[Mistake]]:
    """As much of a lesson as could be read, and the mistakes in its sources."""
    folder = places.curriculum() / name
    terms = read_glossary()
    found: list[Mistake] = []
    front, title, page = _read_page(folder / "lesson.md", name, "lesson", 1, terms, "", found)
    pages = [page]
    if (folder / "exercise.md").is_file():
        _, _, exercise = _read_page(
            folder / "exercise.md", name, "exercise", len(page.tasks) + 1, terms, title, found
        )
        pages.append(exercise)
    lesson = Lesson(
        name=name,
        title=title,
        minutes=front.values["minutes"] if isinstance(front.values.get("minutes"), int) else 0,
        needs=_texts(front.values.get("needs")),
        teaches=_texts(front.values.get("teaches")),
        cases=_texts(front.values.get("cases")),
        needs_line=front.line("needs"),
        pages=tuple(pages),
    )
    return lesson, found + _slugs_used_twice(pages)


def _read_page(
    path: Path,
    lesson: str,
    name: PageName,
    first_number: int,
    terms: Mapping[str, str],
    lesson_title: str,
    found: list[Mistake],
) -> tuple[Front, str, Page]:
    mistakes = Mistakes(path)
    text = _text_of(path, mistakes)
    front = front_matter(text, mistakes)
    _look_over_front(front, name, mistakes)
    title = str(front.values.get("title") or (lesson_title and f"{lesson_title}: exercise"))
    sheet = Sheet(mistakes, terms)
    body = _without_title(blocks(text, mistakes), title)
    tasks, lines = _walk(body, lesson, name, first_number, sheet, mistakes)
    found.extend(mistakes.found)
    return front, title, Page(name, path, title, tuple(sheet.cells), tuple(tasks), lines)


def _text_of(path: Path, mistakes: Mistakes) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        mistakes.add(line, "this is not UTF-8; save the file as UTF-8")
        return "---\ntitle: unreadable\n---\n"


def _look_over_front(front: Front, name: PageName, mistakes: Mistakes) -> None:
    values = front.values
    if not values:
        return
    for key in values:
        if key not in FRONT_KEYS[name] and key not in FROM_JUPYTEXT:
            expected = ", ".join(FRONT_KEYS[name])
            mistakes.add(front.line(str(key)), f"`{key}` is unknown here; {name}.md has {expected}")
    if name == "lesson":
        if not isinstance(values.get("title"), str):
            mistakes.add(front.line("title"), "the lesson needs a title: `title: One table`")
        if not isinstance(values.get("minutes"), int):
            mistakes.add(front.line("minutes"), "say how long it takes: `minutes: 25`")
    for key in ("needs", "teaches", "cases"):
        given = values.get(key, [])
        if given is not None and not isinstance(given, list | str | int):
            mistakes.add(front.line(key), f"`{key}` is a list: `{key}: [one, another]`")


def _texts(given: object) -> tuple[str, ...]:
    if given is None:
        return ()
    return tuple(str(each) for each in given) if isinstance(given, list) else (str(given),)


def _without_title(body: list[Block], title: str) -> list[Block]:
    """The blocks without a first heading that repeats the title, which every notebook gets."""
    repeats = body and isinstance(body[0], Heading) and (body[0].level, body[0].title) == (1, title)
    return body[1:] if repeats else body


def _walk(
    body: Sequence[Block],
    lesson: str,
    page: PageName,
    first_number: int,
    sheet: Sheet,
    mistakes: Mistakes,
) -> tuple[list[Task], dict[str, int]]:
    """Puts the blocks on the sheet from top to bottom; returns the tasks and their lines."""
    tasks: list[Task] = []
    lines: dict[str, int] = {}
    setup: list[str] = []
    taken: dict[str, str] = {}
    position = 0
    count = 0
    while position < len(body):
        block = body[position]
        if isinstance(block, Heading) and opens_task(block):
            end = _end_of_task(body, position)
            number = f"{int(lesson.split('/')[1][:2])}.{first_number + count}"
            known = Known(lesson, page, number, tuple(setup))
            inside = body[position + 1 : end]
            task = read_task(block, inside, known, sheet, mistakes)
            sheet.task = ""
            sheet.section = block.slug
            count += 1
            setup += [cell.code for cell in inside if is_setup(cell)]
            if block.slug in lines:
                mistakes.add(
                    block.line,
                    f"the slug `{block.slug}` is taken by the task on line {lines[block.slug]}; "
                    "each task has its own",
                )
            lines.setdefault(block.slug, block.line)
            if task is not None:
                tasks.append(task)
                if (other := taken.setdefault(task.variable, task.slug)) != task.slug:
                    mistakes.add(
                        block.line, f"`{task.variable}` is already the answer of `{other}`; rename"
                    )
            position = end
        else:
            setup += _outside_a_task(block, sheet, mistakes)
            position += 1
    sheet.flush()
    return tasks, lines


def _end_of_task(body: Sequence[Block], start: int) -> int:
    """Where a task ends: at the next task, or the next heading of its level or above."""
    opening = body[start]
    assert isinstance(opening, Heading)
    for position in range(start + 1, len(body)):
        block = body[position]
        if isinstance(block, Heading) and (opens_task(block) or block.level <= opening.level):
            return position
    return len(body)


def _outside_a_task(block: Block, sheet: Sheet, mistakes: Mistakes) -> list[str]:
    """Puts a block that belongs to no task on the sheet; returns the set-up it holds."""
    match block:
        case Heading():
            if block.level == 1:
                mistakes.add(
                    block.line, "the title stands in the front matter; sections start with `##`"
                )
            sheet.heading(block, block.title)
        case Prose():
            sheet.prose(block)
        case Quiz():
            sheet.quiz(block)
        case Break():
            sheet.flush()
        case Note():
            mistakes.add(block.line, f"`> {block.word} · …` belongs in a task; none is open here")
        case CodeCell():
            return _cell_outside(block, sheet, mistakes)
    return []


def _cell_outside(cell: CodeCell, sheet: Sheet, mistakes: Mistakes) -> list[str]:
    role = check_options(cell, mistakes) or "show"
    if role not in ("show", "setup"):
        mistakes.add(
            cell.line,
            f"`{role}` belongs in a task, whose heading ends in `{{#its-slug minutes=4}}`",
        )
        return []
    if not cell.code:
        mistakes.add(cell.line, "this cell is empty")
    shown: Role = "setup" if role == "setup" else "show"
    sheet.code(shown, cell.code, cell.line, tags_of(cell, mistakes))
    return [cell.code] if role == "setup" else []


def _slugs_used_twice(pages: Sequence[Page]) -> list[Mistake]:
    """Tasks of the exercise that carry a slug of the lesson's page."""
    if len(pages) < 2:
        return []
    lesson, exercise = pages
    return [
        Mistake(exercise.path, line, f"the slug `{slug}` is taken by a task of lesson.md; rename")
        for slug, line in exercise.lines.items()
        if slug in lesson.lines
    ]
