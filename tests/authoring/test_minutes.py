"""Minutes are measured, and what a lesson says of them is held against that."""

from __future__ import annotations

import pytest

from champion.authoring.minutes import measured, rounded
from champion.authoring.reading import lesson_troubles
from champion.authoring.source import Lesson, read_lesson

from .conftest import COUNTING, Edit


def read_troubles() -> list[str]:
    return [str(mistake) for mistake in lesson_troubles(read_lesson(COUNTING))]


def test_words_and_tasks_count_and_markup_does_not(counting: Lesson, edit: Edit) -> None:
    before = measured(counting.pages[0])
    edit("lesson", "The list has three places", "word " * 300 + "the list has three places")
    assert measured(read_lesson(COUNTING).pages[0]) == pytest.approx(before + 2)
    edit("lesson", "word word", "<kbd>word</kbd> **word**")
    assert measured(read_lesson(COUNTING).pages[0]) == pytest.approx(before + 2)
    edit("lesson", "minutes=2}", "minutes=5}")
    assert measured(read_lesson(COUNTING).pages[0]) == pytest.approx(before + 5)


def test_code_counts_once_and_its_output_not(counting: Lesson, edit: Edit) -> None:
    before = measured(counting.pages[0])
    edit("lesson", "rows = [3, 1, 2]", "rows = [3, 1, 2]\nprint('words words words ' * 1000)")
    assert measured(read_lesson(COUNTING).pages[0]) == pytest.approx(before + 5 / 150)


@pytest.mark.parametrize(
    ("said", "fine"), [(1, False), (2, True), (3, True), (4, True), (5, False)]
)
def test_minutes_are_off_from_one_and_a_half_times(edit: Edit, said: int, fine: bool) -> None:
    assert 2.67 < measured(read_lesson(COUNTING).pages[0]) < 3
    path = edit("lesson", "minutes: 4", f"minutes: {said}")
    line = path.read_text(encoding="utf-8").split("\n").index(f"minutes: {said}") + 1
    told = read_troubles()
    if fine:
        assert told == []
    else:
        assert told == [
            f"curriculum/{COUNTING}/lesson.md:{line}: says {said} minutes; its words and tasks "
            "come to about 3; change the one or the other"
        ]


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Two tasks, about five minutes.", ""),
        ("Seven tasks. The last one is yours.", "says 7 tasks, and there are 2"),
        ("3 tasks, all short.", "says 3 tasks, and there are 2"),
        ("Two tasks, a good half hour.", "says 30 minutes; its words and tasks come to about 5"),
        ("Two tasks, about 40 minutes.", "says 40 minutes; its words and tasks come to about 5"),
        ("Two tasks, three quarters of an hour.", "says 45 minutes"),
        ("Two tasks, half an hour.", "says 30 minutes"),
        ("The first three tasks stand alone.", ""),
    ],
)
def test_an_exercise_counts_its_own_tasks_right(edit: Edit, says: str, told: str) -> None:
    path = edit("exercise", "\n---\n\n", f"\n---\n\n{says}\n\n")
    line = path.read_text(encoding="utf-8").split("\n").index(says) + 1
    found = read_troubles()
    if told:
        [mistake] = found
        assert mistake.startswith(f"curriculum/{COUNTING}/exercise.md:{line}: {told}")
    else:
        assert found == []


def test_a_page_s_minutes_are_said_in_fives(counting: Lesson) -> None:
    assert rounded(counting.pages[0]) == 5
