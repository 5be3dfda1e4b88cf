"""The lessons of the course, written or planned, and the routes people take through them.

`curriculum/routes.toml` names both: under `[lessons]` every lesson with its title, under
`[routes.<name>]` a title and the lessons in their order (`lessons = "all"` means every one).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from champion import places
from champion.authoring.mistakes import Mistake
from champion.problems import Problem


@dataclass(frozen=True)
class Route:
    """A way through the course: its name, its title, and lesson names in order."""

    name: str
    title: str
    lessons: tuple[str, ...]


@dataclass(frozen=True)
class Routes:
    """What routes.toml says: titles by lesson name in the order of the map, and the routes."""

    titles: Mapping[str, str]
    routes: tuple[Route, ...]


def routes_file() -> Path:
    """Where the routes are kept."""
    return places.curriculum() / "routes.toml"


def read_routes() -> Routes:
    """The routes; none when there is no routes.toml.

    Raises:
        Problem: the file is no TOML, or lacks what a route needs.
    """
    path = routes_file()
    if not path.is_file():
        return Routes({}, ())
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"curriculum/routes.toml: {error}.") from None
    titles = {str(name): str(title) for name, title in data.get("lessons", {}).items()}
    return Routes(
        titles, tuple(_route(name, given, titles) for name, given in data.get("routes", {}).items())
    )


def _route(name: str, given: Mapping[str, object], titles: Mapping[str, str]) -> Route:
    lessons = given.get("lessons")
    if lessons == "all":
        return Route(name, str(given.get("title", name)), tuple(titles))
    if not isinstance(lessons, list):
        raise Problem(
            f"curriculum/routes.toml: the route {name} names no lessons.",
            'Write `lessons = ["0-start/01-welcome", …]`, or `lessons = "all"`.',
        )
    return Route(name, str(given.get("title", name)), tuple(str(each) for each in lessons))


def route_mistakes(routes: Routes, needs: Mapping[str, Iterable[str]]) -> list[Mistake]:
    """What is wrong with the routes: unknown or doubled lessons, and lessons before their needs.

    Args:
        routes: as read.
        needs: for every written lesson, the lessons it needs.
    """
    return [
        Mistake(routes_file(), _line_of(f"[routes.{route.name}]"), what)
        for route in routes.routes
        for what in _wrong_with(route, routes, needs)
    ]


def _wrong_with(route: Route, routes: Routes, needs: Mapping[str, Iterable[str]]) -> Iterable[str]:
    done: set[str] = set()
    for lesson in route.lessons:
        if lesson not in routes.titles and lesson not in needs:
            yield f"the route {route.name} names {lesson}, which is not under [lessons]"
        if lesson in done:
            yield f"the route {route.name} names {lesson} twice"
        for needed in needs.get(lesson, ()):
            if needed not in done:
                yield f"the route {route.name} puts {lesson} before {needed}, which it needs"
        done.add(lesson)


def _line_of(text: str) -> int:
    lines = routes_file().read_text(encoding="utf-8-sig").split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.strip() == text), 1)
