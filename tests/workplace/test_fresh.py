"""`champion reset`: one task back fresh, the old attempt kept."""

from __future__ import annotations

import json

import pytest

from champion.problems import Problem
from champion.workplace import layout, lease

MINE = {"plan_answer": "%%sql plans\nSELECT 1", "trial_answer": "trial_end = 5"}


def test_one_task_is_fresh_again_and_the_others_stay(course):
    layout.update()
    course.answer(**MINE)
    told = layout.reset("plan")
    assert course.sources()["plan-answer"] == "%%sql plans\n..."
    assert course.sources()["trial-answer"] == "trial_end = 5"
    kept = course.kept()
    assert [course.sources(path)["plan-answer"] for path in kept] == ["%%sql plans\nSELECT 1"]
    assert kept[0].name in told


def test_a_cell_that_lost_its_name_is_found_by_the_marker(course):
    layout.update()
    course.answer(**MINE)
    notebook = course.exercise()
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {}
        cell["id"] = f"c{number}"
    course.mine.write_text(json.dumps(notebook), encoding="utf-8")
    layout.reset("plan")
    assert course.sources()["plan-answer"] == "%%sql plans\n..."
    assert course.sources()["trial-answer"] == "trial_end = 5"


def test_a_fresh_task_is_left_alone(course):
    layout.update()
    assert "fresh already" in layout.reset("plan")
    assert course.kept() == []


def test_a_misspelt_task_is_answered_with_the_likely_one(course):
    with pytest.raises(Problem, match=r"There is no task called trail\. Did you mean trial\?"):
        layout.reset("trail")


def test_a_task_of_a_missing_notebook_brings_the_notebook_back(course):
    layout.reset("plan")
    assert course.mine.exists()


def test_a_notebook_that_cannot_be_read_is_kept(course):
    layout.update()
    course.mine.write_text("not json", encoding="utf-8")
    layout.reset("plan")
    assert course.kept()[0].read_text(encoding="utf-8") == "not json"


def test_whoever_has_it_open_is_told_to_reload(course):
    layout.update()
    course.answer(**MINE)
    with lease.lease(course.work):
        assert "Reload Notebook from Disk" in layout.reset("plan")
