"""How long a page takes, measured: its words at 150 a minute, and its tasks' own minutes.

A word is what a learner reads once: prose, quizzes and the code of the cells, those of tasks
included; what cells print is not counted. A task's own minutes are for thinking and writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from champion.authoring.mistakes import Mistake
from champion.authoring.source import Lesson, Page

WORDS_A_MINUTE = 150
MOST_OFF = 1.5
"""Minutes are off when they are more than this many times the measured ones, or the other way."""

MARKUP = re.compile(r"<[^>\n]+>|\]\([^)\n]*\)")
WORD = re.compile(r"\w[\w'’.-]*")
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SUMMARY = re.compile(r"(?P<count>\w+) tasks?\b(?P<length>[^.:;]*)", re.IGNORECASE)
LENGTHS = {
    "three quarters of an hour": 45,
    "a quarter of an hour": 15,
    "an hour and a half": 90,
    "half an hour": 30,
    "half hour": 30,
    "an hour": 60,
}


def measured(page: Page) -> float:
    """How many minutes a page takes."""
    read = [cell.text for cell in page.cells if cell.role not in ("load", "check")]
    words = sum(len(WORD.findall(MARKUP.sub(" ", text))) for text in read)
    return words / WORDS_A_MINUTE + sum(task.minutes for task in page.tasks)


def rounded(page: Page) -> int:
    """A page's minutes as people say them: to the next five."""
    return max(5, 5 * round(measured(page) / 5))


def minutes_troubles(lesson: Lesson) -> Iterator[Mistake]:
    """Where a lesson says something else of its pages' length than what is measured."""
    for page in lesson.pages:
        if page.name == "lesson" and _is_off(lesson.minutes, measured(page)):
            yield Mistake(page.path, lesson.front_line("minutes"), _off(lesson.minutes, page))
        for count, length, line in _summaries(page):
            if count not in (None, len(page.tasks)):
                yield Mistake(
                    page.path, line, f"says {count} tasks, and there are {len(page.tasks)}"
                )
            if length is not None and _is_off(length, measured(page)):
                yield Mistake(page.path, line, _off(length, page))


def _is_off(said: float, truly: float) -> bool:
    return said > MOST_OFF * truly or truly > MOST_OFF * said


def _off(said: int, page: Page) -> str:
    return (
        f"says {said} minutes; its words and tasks come to about {measured(page):.0f}; "
        "change the one or the other"
    )


def _summaries(page: Page) -> Iterator[tuple[int | None, int | None, int]]:
    """What an exercise's opening says ("Seven tasks, about half an hour."), and its line."""
    if page.name != "exercise":
        return
    lines = page.path.read_text(encoding="utf-8-sig").split("\n")
    for number, line in enumerate(lines[: min(page.lines.values(), default=len(lines))], 1):
        if match := SUMMARY.match(line):
            yield _count(match["count"]), _length(match["length"]), number


def _count(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return COUNTS.index(word.lower()) if word.lower() in COUNTS else None


def _length(said: str) -> int | None:
    """Minutes in words: "about half an hour" is 30; None when nothing is said of them."""
    if match := re.search(r"(\d+) minutes", said):
        return int(match[1])
    return next((minutes for words, minutes in LENGTHS.items() if words in said), None)
