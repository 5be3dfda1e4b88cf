"""Reads a lesson's folder: lesson.md and exercise.md become pages, and their tasks a key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from champion import places
from champion.authoring.figures import Figure
from champion.authoring.glossary import Glossary, read_glossary
from champion.authoring.markup import Front, blocks, front_matter
from champion.authoring.mistakes import Mistake, Mistakes, refuse
from champion.authoring.sheet import Cell, Sheet
from champion.authoring.walk import PageName, walk, without_title
from champion.checking.key import Key, Task
from champion.problems import Problem

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
        terms: the words it links to the glossary, each with its line.
        figures: the numbers in its prose that a cell has to print.
    """

    name: PageName
    path: Path
    title: str
    cells: tuple[Cell, ...]
    tasks: tuple[Task, ...]
    lines: Mapping[str, int]
    terms: Mapping[str, int]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson's folder, read.

    Attributes:
        name: "1-querying/03-counting".
        title, minutes, needs, teaches, cases: the front matter of lesson.md; `needs` names
            lessons, `cases` the tickets' cases by number.
        front_lines: where each of these stands in lesson.md.
        pages: the lesson, and the exercise when there is one.
    """

    name: str
    title: str
    minutes: int
    needs: tuple[str, ...]
    teaches: tuple[str, ...]
    cases: tuple[str, ...]
    front_lines: Mapping[str, int]
    pages: tuple[Page, ...]

    @property
    def key(self) -> Key:
        """The answer key of both pages."""
        return Key(self.name, self.title, tuple(task for page in self.pages for task in page.tasks))

    @property
    def terms(self) -> Mapping[str, int]:
        """The words of the glossary that it introduces, each with its line in lesson.md."""
        return self.pages[0].terms

    def front_line(self, key: str) -> int:
        """The line in lesson.md of a key of the front matter."""
        return self.front_lines.get(key, 1)

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
    front, page = _read_page(folder / "lesson.md", name, "lesson", 1, terms, "", found)
    pages = [page]
    if (folder / "exercise.md").is_file():
        _, exercise = _read_page(
            folder / "exercise.md", name, "exercise", len(page.tasks) + 1, terms, page.title, found
        )
        pages.append(exercise)
    lesson = Lesson(
        name=name,
        title=page.title,
        minutes=front.values["minutes"] if isinstance(front.values.get("minutes"), int) else 0,
        needs=_texts(front.values.get("needs")),
        teaches=_texts(front.values.get("teaches")),
        cases=_texts(front.values.get("cases")),
        front_lines=front.lines,
        pages=tuple(pages),
    )
    return lesson, found + _slugs_used_twice(pages)


def _read_page(
    path: Path,
    lesson: str,
    name: PageName,
    first_number: int,
    terms: Glossary,
    lesson_title: str,
    found: list[Mistake],
) -> tuple[Front, Page]:
    mistakes = Mistakes(path)
    text = _text_of(path, mistakes)
    front = front_matter(text, mistakes)
    _look_over_front(front, name, mistakes)
    title = str(front.values.get("title") or (lesson_title and f"{lesson_title}: exercise"))
    sheet = Sheet(mistakes, terms)
    body = without_title(blocks(text, mistakes), title)
    tasks, lines = walk(body, lesson, name, first_number, sheet, mistakes)
    if name == "exercise":
        for term, line in sheet.terms.items():
            mistakes.add(
                line, f"a lesson introduces words, its exercise does not; write `**{term}**`"
            )
    found.extend(mistakes.found)
    return front, Page(
        name=name,
        path=path,
        title=title,
        cells=tuple(sheet.cells),
        tasks=tuple(tasks),
        lines=lines,
        terms=sheet.terms,
        figures=tuple(sheet.figures),
    )


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
