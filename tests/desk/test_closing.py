"""Where a closed ticket sends the learner next."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.desk.conftest import CHOICE, LESSON, Notebook

from champion.checking.key import Task
from champion.checking.verdict import Verdict
from champion.desk import closing

PASSED = Verdict(CHOICE.slug, "passed", "✓")


@pytest.mark.parametrize(
    ("task", "says"),
    [
        (replace(CHOICE, next_lesson=LESSON), "waits for you further down this page."),
        (
            replace(CHOICE, next_lesson=LESSON, page="lesson"),
            "waits for you in this lesson's exercise.",
        ),
        (
            replace(CHOICE, lesson="0-start/01-welcome", next_lesson=LESSON),
            f"waits for you in the lesson “One table” ({LESSON}).",
        ),
        (CHOICE, "The lesson for it, 1-querying/02-filtering, is still being written."),
        (replace(CHOICE, next_lesson=""), 'Read it with ticket("L-1003").'),
    ],
)
def test_the_next_ticket_is_where_the_page_says(notebook: Notebook, task: Task, says: str) -> None:
    last = closing.lines(task, PASSED)[-1]
    assert last.startswith("Next: ticket L-1003")
    assert last.endswith(says)


def test_a_task_that_closes_nothing_says_nothing() -> None:
    assert closing.lines(replace(CHOICE, closes=""), PASSED) == ()
