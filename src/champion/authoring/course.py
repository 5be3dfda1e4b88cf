"""The whole curriculum, read: every written lesson, checked against the others and the routes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from champion import places
from champion.authoring.glossary import glossary_mistakes
from champion.authoring.mistakes import Mistake, refuse
from champion.authoring.routes import Routes, read_routes, route_mistakes
from champion.authoring.source import LESSON_NAME, Lesson, try_lesson
from champion.problems import Problem


@dataclass(frozen=True)
class Course:
    """Every written lesson in the order of the map, the routes, and what is wrong with them."""

    lessons: tuple[Lesson, ...]
    routes: Routes
    mistakes: tuple[Mistake, ...]

    @property
    def titles(self) -> dict[str, str]:
        """Titles by lesson name: a written lesson's own, a planned one's from the routes."""
        return {**self.routes.titles, **{lesson.name: lesson.title for lesson in self.lessons}}

    def chosen(self, only: Sequence[str] | None) -> tuple[Lesson, ...]:
        """The lessons that names of parts or lessons stand for; all when there are none.

        Raises:
            Problem: a name stands for no written lesson.
        """
        if not only:
            return self.lessons
        for name in only:
            if not any(_belongs(lesson.name, name) for lesson in self.lessons):
                raise Problem(f"There is no lesson or part {name}.", self._instead(name))
        return tuple(
            lesson for lesson in self.lessons if any(_belongs(lesson.name, name) for name in only)
        )

    def _instead(self, name: str) -> str:
        if name.strip("/") in self.routes.titles:
            return f'It is planned; start it with `champion new lesson {name} "Its title"`.'
        names = [lesson.name for lesson in self.lessons]
        near = difflib.get_close_matches(name, names, 1, 0.5)
        return f"Did you mean {near[0]}?" if near else f"Written so far: {', '.join(names)}."


def read_course() -> Course:
    """The curriculum as it lies there; its mistakes are listed, not raised."""
    routes = read_routes()
    found: list[Mistake] = []
    lessons: list[Lesson] = []
    for name in written():
        lesson, mistakes = try_lesson(name)
        lessons.append(lesson)
        found.extend(mistakes)
    found.extend(_needs_unknown(lessons, routes))
    found.extend(_slugs_shared(lessons))
    found.extend(glossary_mistakes(lessons))
    found.extend(route_mistakes(routes, {lesson.name: lesson.needs for lesson in lessons}))
    return Course(_in_order(lessons, routes), routes, tuple(found))


def sound_course() -> Course:
    """The curriculum, or one Problem that lists every mistake in its sources."""
    course = read_course()
    refuse(list(course.mistakes))
    return course


def written() -> list[str]:
    """Names of the lessons whose folder holds a lesson.md, in alphabetical order."""
    folder = places.curriculum()
    names = (path.parent.relative_to(folder).as_posix() for path in folder.glob("*/*/lesson.md"))
    return sorted(name for name in names if LESSON_NAME.fullmatch(name))


def _belongs(lesson: str, name: str) -> bool:
    bare = name.strip("/")
    return lesson == bare or lesson.startswith(f"{bare}/")


def _in_order(lessons: Iterable[Lesson], routes: Routes) -> tuple[Lesson, ...]:
    places_on_map = {name: position for position, name in enumerate(routes.titles)}
    last = len(places_on_map)
    return tuple(sorted(lessons, key=lambda each: (places_on_map.get(each.name, last), each.name)))


def _needs_unknown(lessons: Sequence[Lesson], routes: Routes) -> list[Mistake]:
    known = {lesson.name for lesson in lessons} | set(routes.titles)
    return [
        Mistake(
            lesson.pages[0].path,
            lesson.front_line("needs"),
            f"needs {name}, which is neither written nor in curriculum/routes.toml",
        )
        for lesson in lessons
        for name in lesson.needs
        if name not in known
    ]


def _slugs_shared(lessons: Sequence[Lesson]) -> list[Mistake]:
    """Tasks whose slug another lesson's task has already; slugs are unique in the course."""
    first: dict[str, str] = {}
    found: list[Mistake] = []
    for lesson in lessons:
        for page in lesson.pages:
            for slug, line in page.lines.items():
                owner = first.setdefault(slug, lesson.name)
                if owner != lesson.name:
                    found.append(
                        Mistake(page.path, line, f"the slug `{slug}` is taken by {owner}; rename")
                    )
    return found
