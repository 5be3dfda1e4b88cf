"""Goes through a page from top to bottom: what the learner sees, and the tasks among it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from champion.authoring.markup import Block, Break, CodeCell, Heading, Prose, Quiz
from champion.authoring.mistakes import Mistakes
from champion.authoring.notes import Note
from champion.authoring.sheet import Role, Sheet, tags_of
from champion.authoring.task import Known, check_options, is_setup, opens_task, read_task
from champion.checking.key import Task

PageName = Literal["lesson", "exercise"]


def without_title(body: list[Block], title: str) -> list[Block]:
    """The blocks without a first heading that repeats the title, which every notebook gets."""
    repeats = body and isinstance(body[0], Heading) and (body[0].level, body[0].title) == (1, title)
    return body[1:] if repeats else body


def walk(
    body: Sequence[Block],
    lesson: str,
    page: PageName,
    first_number: int,
    sheet: Sheet,
    mistakes: Mistakes,
) -> tuple[list[Task], dict[str, int]]:
    """Puts the learner's cells on the sheet.

    Returns:
        The page's tasks without those that are broken, and the line of every task's heading.
    """
    tasks: list[Task] = []
    lines: dict[str, int] = {}
    setup: list[str] = []
    number = first_number
    position = 0
    while position < len(body):
        block = body[position]
        if isinstance(block, Heading) and opens_task(block):
            end = _end_of_task(body, position)
            inside = body[position + 1 : end]
            _note_shared_slug(block, lines, mistakes)
            lines.setdefault(block.slug, block.line)
            known = Known(lesson, page, _number(lesson, number), tuple(setup))
            if task := read_task(block, inside, known, sheet, mistakes):
                tasks.append(task)
            sheet.task = ""
            setup += [cell.code for cell in inside if is_setup(cell)]
            number += 1
            position = end
        else:
            setup += _outside_a_task(block, sheet, mistakes)
            position += 1
    sheet.flush()
    _note_shared_variables(tasks, lines, mistakes)
    return tasks, lines


def _number(lesson: str, number: int) -> str:
    """What a learner sees of a task: the second task of lesson 03 is 3.2."""
    return f"{int(lesson.split('/')[1][:2])}.{number}"


def _end_of_task(body: Sequence[Block], start: int) -> int:
    """Where a task ends: at the next task, or the next heading of its level or above."""
    opening = body[start]
    assert isinstance(opening, Heading)
    for position in range(start + 1, len(body)):
        block = body[position]
        if isinstance(block, Heading) and (opens_task(block) or block.level <= opening.level):
            return position
    return len(body)


def _note_shared_slug(heading: Heading, lines: Mapping[str, int], mistakes: Mistakes) -> None:
    if heading.slug in lines:
        mistakes.add(
            heading.line,
            f"the slug `{heading.slug}` is taken by the task on line {lines[heading.slug]}; "
            "each task has its own",
        )


def _note_shared_variables(
    tasks: Sequence[Task], lines: Mapping[str, int], mistakes: Mistakes
) -> None:
    first: dict[str, str] = {}
    for task in tasks:
        other = first.setdefault(task.variable, task.slug)
        if other != task.slug:
            mistakes.add(
                lines[task.slug], f"`{task.variable}` is already the answer of `{other}`; rename"
            )


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
