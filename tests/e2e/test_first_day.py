"""The learner's first day, walked in a real browser: from the first task to a closed ticket."""

from __future__ import annotations

import json

import pytest

from champion import places
from champion.checking import key
from champion.checking.key import Task

from .driver import Learner, OpenLab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

EXERCISE = "exercises/1-querying/01-one-table.ipynb"
CHECK = "active-in-berlin-check"
ANSWER = "active-in-berlin-answer"


@pytest.fixture(scope="module")
def tasks(lab: OpenLab) -> dict[str, Task]:
    """The lesson's tasks, as its key has them; the lab has built the keys."""
    found = key.read(places.keys() / "1-querying/01-one-table.json").tasks
    return {task.slug: task for task in found}


def test_a_wrong_answer_is_mended_the_tickets_are_closed_and_the_page_is_handed_in(
    learner: Learner, lab: OpenLab, tasks: dict[str, Task]
):
    task = tasks["active-in-berlin"]
    exact_case = next(wrong for wrong in task.wrong if wrong.name == "exact-case")
    learner.see_start_page()
    learner.picture("1-start-page")
    learner.page.get_by_role("link", name="Exercise").first.click()
    learner.see_notebook(EXERCISE)

    learner.run("champion-load-1")
    assert f"○ {task.title}: not attempted yet" in learner.run(CHECK)

    learner.write(ANSWER, exact_case.source)
    learner.run(ANSWER)
    said = learner.run(CHECK)
    assert said.startswith(f"✗ {task.title}: not yet. {exact_case.says.split('.')[0]}.")
    assert exact_case.customer_says.strip('"') in said
    learner.bring_to_top(ANSWER)
    learner.picture("2-diagnosis")

    learner.press(CHECK, "Hint")
    learner.wait_for_words(CHECK, task.hints[0].split(":")[0])

    learner.write(ANSWER, task.reference)
    learner.run(ANSWER)
    learner.press(CHECK, "Check")
    learner.wait_for_words(CHECK, f"✓ {task.title}: right.")
    learner.press(CHECK, "Compare with the reference")
    learner.wait_for_words(CHECK, "lower(city) = 'berlin'")
    learner.picture("3-mended")

    said = solved_from(learner, CHECK, tasks)
    assert "Ticket L-1003 is closed." in said["trial-reply"]
    last = said["three-longest"]
    assert "Ticket L-1004 is closed." in last
    assert "The customer answers:" in last
    assert "(5 of 5)" in last
    learner.picture("4-closed")

    learner.add_below(CHECK, 'submit("Ada Lovelace")')
    learner.save()
    assert "✓ 01-one-table.ipynb is in your outbox" in learner.run_selected()
    learner.picture("5-submitted")

    sent = next((lab.work / "outbox").glob("ada-lovelace--1-querying--01-one-table--*.json"))
    submission = json.loads(sent.read_text(encoding="utf-8"))
    assert "lower(city) = 'berlin'" in json.dumps(submission)
    assert [path.name for path in lab.inbox.iterdir()] == [sent.name]


def solved_from(learner: Learner, check: str, tasks: dict[str, Task]) -> dict[str, str]:
    """Do all that stands below a check, each task with its reference; what each check says."""
    path = learner.lab.work / learner.name
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    below = [cell["id"] for cell in cells].index(check) + 1
    said = {}
    for cell in cells[below:]:
        if cell["cell_type"] != "code":
            continue
        known = cell["metadata"]["champion"]
        if known["role"] == "answer":
            learner.write(cell["id"], tasks[known["task"]].reference)
        shown = learner.run(cell["id"])
        if known["role"] == "check":
            task = tasks[known["task"]]
            assert f"✓ {task.title}: right" in shown
            said[task.slug] = shown
    return said
