"""How long an author waits for what runs nothing: the keys, and the check of built notebooks."""

from __future__ import annotations

import time
from collections.abc import Callable

from champion.authoring.course import read_course
from champion.authoring.keys import build_keys
from champion.authoring.products import products

Row = tuple[str, str, str]
ROUNDS = 5


def bench() -> list[Row]:
    """Reading the whole curriculum, writing its keys, and digesting its notebooks."""
    course = read_course()
    count = len(course.lessons)
    return [
        (f"keys of {count} lessons, nothing run", _best(build_keys), ""),
        (
            f"digests of the notebooks of {count} lessons",
            _best(lambda: [list(products(each, course.titles)) for each in course.lessons]),
            "",
        ),
    ]


def _best(work: Callable[[], object]) -> str:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return f"{min(times) * 1000:.0f} ms, best of {ROUNDS}"
