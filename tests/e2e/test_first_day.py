"""The learner's first day, walked in a real browser."""

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
def task(lab: OpenLab) -> Task:
    """The first task of the exercise, as its key has it; the lab has built the keys."""
    found = key.read(places.keys() / "1-querying/01-one-table.json").task("active-in-berlin")
    assert found is not None
    return found


def test_a_wrong_answer_is_named_mended_and_handed_in(learner: Learner, lab: OpenLab, task: Task):
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

    learner.add_below(CHECK, 'submit("Ada Lovelace")')
    learner.save()
    assert "✓ 01-one-table.ipynb is in your outbox" in learner.run_selected()
    learner.picture("4-submitted")

    sent = next((lab.work / "outbox").glob("ada-lovelace--1-querying--01-one-table--*.json"))
    submission = json.loads(sent.read_text(encoding="utf-8"))
    assert "lower(city) = 'berlin'" in json.dumps(submission)
    assert [path.name for path in lab.inbox.iterdir()] == [sent.name]
