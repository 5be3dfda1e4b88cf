"""The work folder: laid out, brought up to date, and nothing of a learner's ever lost."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from champion.problems import Problem
from champion.workplace import files, layout, lease

from .conftest import cell


def test_a_new_hire_finds_lessons_exercises_doctrine_and_a_start_page(course):
    told = layout.update()
    found = {path.relative_to(course.work).as_posix() for path in course.work.rglob("*")}
    assert {
        "Start here.md",
        "lessons/1-querying/01-one-table.ipynb",
        "exercises/1-querying/01-one-table.ipynb",
        "doctrine/loads-and-plays.md",
        "outbox",
        "feedback",
    } <= found
    assert "new: Start here.md" in told


def test_lessons_arrive_unrun_so_that_predictions_are_not_spoiled(course):
    layout.update()
    lesson = course.exercise(course.work / "lessons/1-querying/01-one-table.ipynb")
    assert [cell["outputs"] for cell in lesson["cells"]] == [[], []]


def test_nothing_to_do_is_said_so(course):
    layout.update()
    before = {path: path.stat().st_mtime_ns for path in course.work.rglob("*.ipynb")}
    assert layout.update() == ["Everything is up to date."]
    assert {path: path.stat().st_mtime_ns for path in course.work.rglob("*.ipynb")} == before


def test_answers_stay_as_they_are_while_the_course_does(course):
    layout.update()
    course.answer(plan_answer="%%sql plans\nSELECT 1")
    mine = course.mine.read_bytes()
    layout.update()
    assert course.mine.read_bytes() == mine
    assert course.kept() == []


def reword(course, answer="%%sql plans\n..."):
    """The course's next version: other words above the first task."""
    notebook = course.exercise(course.exercise_file)
    notebook["cells"][1]["source"] = "Which plans does Lantern sell?"
    notebook["cells"][2]["source"] = answer
    course.write_notebook("exercises", notebook)


def test_an_untouched_exercise_is_replaced(course):
    layout.update()
    reword(course)
    assert layout.update() == ["updated: exercises/1-querying/01-one-table.ipynb"]
    assert course.sources()["plan-prose"] == "Which plans does Lantern sell?"
    assert course.kept() == []


def test_a_lesson_that_was_only_run_counts_as_untouched(course):
    layout.update()
    notebook = course.exercise()
    notebook["cells"][1]["metadata"]["trusted"] = True
    notebook["cells"][2] |= {"outputs": [{"output_type": "stream"}], "execution_count": 7}
    course.mine.write_text(json.dumps(notebook), encoding="utf-8")
    reword(course)
    assert layout.update() == ["updated: exercises/1-querying/01-one-table.ipynb"]


def test_answers_move_into_the_new_version_and_the_old_file_is_kept(course):
    layout.update()
    course.answer(plan_answer="%%sql plans\nSELECT name FROM plans")
    mine = course.mine.read_bytes()
    reword(course)
    told = layout.update()
    kept = course.kept()
    assert [path.read_bytes() for path in kept] == [mine]
    assert told == [
        "updated: exercises/1-querying/01-one-table.ipynb; yours as it was: "
        f"exercises/1-querying/{kept[0].name}"
    ]
    now = course.sources()
    assert now["plan-prose"] == "Which plans does Lantern sell?"
    assert now["plan-answer"] == "%%sql plans\nSELECT name FROM plans"
    assert now["trial-answer"] == "trial_end = ..."


def test_a_blank_nobody_touched_becomes_the_new_blank(course):
    layout.update()
    course.answer(trial_answer='trial_end = "2026-04-02"')
    reword(course, answer="%%sql plans\nSELECT name FROM ...")
    layout.update()
    assert course.sources()["plan-answer"] == "%%sql plans\nSELECT name FROM ..."
    assert course.sources()["trial-answer"] == 'trial_end = "2026-04-02"'


def test_examples_and_starters_nobody_touched_do_not_linger(course):
    notebook = course.exercise(course.exercise_file)
    notebook["cells"].insert(1, cell("start-show-1", "old_example = 1"))
    notebook["cells"][6]["source"] = "trial_end = None"
    course.write_notebook("exercises", notebook)
    layout.update()
    course.answer(plan_answer="%%sql plans\nSELECT 1")
    notebook["cells"][1]["source"] = "new_example = 2"
    notebook["cells"][6]["source"] = 'trial_end = ""'
    course.write_notebook("exercises", notebook)
    layout.update()
    assert "old_example" not in course.mine.read_text(encoding="utf-8")
    assert course.sources()["trial-answer"] == 'trial_end = ""'
    assert course.sources()["plan-answer"] == "%%sql plans\nSELECT 1"


def test_a_second_update_on_one_day_keeps_both_old_files(course):
    layout.update()
    course.answer(plan_answer="%%sql plans\nSELECT 1")
    reword(course)
    layout.update()
    course.answer(plan_answer="%%sql plans\nSELECT 2")
    reword(course, answer="%%sql plans\nSELECT ...")
    layout.update()
    kept = [course.sources(path)["plan-answer"] for path in course.kept()]
    assert sorted(kept) == ["%%sql plans\nSELECT 1", "%%sql plans\nSELECT 2"]


@pytest.mark.parametrize("memory", ["", "{}", '{"format": 1, "files": [1]}', None])
def test_a_lost_memory_loses_no_answer(course, memory):
    layout.update()
    course.answer(plan_answer="%%sql plans\nSELECT 1")
    laid = course.work / ".champion/laid.json"
    laid.unlink() if memory is None else laid.write_text(memory, encoding="utf-8")
    reword(course)
    layout.update()
    assert course.sources()["plan-answer"] == "%%sql plans\nSELECT 1"
    assert len(course.kept()) == 1


def test_a_broken_notebook_is_kept_and_a_fresh_one_laid_out(course):
    layout.update()
    course.mine.write_text('{"cells": [', encoding="utf-8")
    reword(course)
    layout.update()
    assert course.kept()[0].read_text(encoding="utf-8") == '{"cells": ['
    assert course.sources()["plan-answer"] == "%%sql plans\n..."


def test_another_page_under_this_name_is_kept_and_not_mixed_in(course):
    layout.update()
    other = course.exercise()
    other["metadata"]["champion"]["page"] = "lesson"
    other["cells"][2]["source"] = "%%sql plans\nSELECT 1"
    course.mine.write_text(json.dumps(other), encoding="utf-8")
    reword(course)
    layout.update()
    assert course.sources(course.kept()[0])["plan-answer"] == "%%sql plans\nSELECT 1"
    assert course.sources()["plan-answer"] == "%%sql plans\n..."


def test_a_deleted_notebook_comes_back(course):
    layout.update()
    course.mine.unlink()
    assert layout.update() == ["new: exercises/1-querying/01-one-table.ipynb"]


def test_an_edited_doctrine_entry_is_kept_when_the_course_changes_it(course):
    layout.update()
    mine = course.work / "doctrine/loads-and-plays.md"
    mine.write_text("# My own words\n", encoding="utf-8")
    course.write("doctrine/loads-and-plays.md", "# Loads, and plays\n")
    layout.update()
    assert mine.read_text(encoding="utf-8") == "# Loads, and plays\n"
    kept = next(mine.parent.glob("*(before *"))
    assert kept.read_text(encoding="utf-8") == "# My own words\n"


def test_what_the_course_drops_goes_unless_the_learner_wrote_in_it(course):
    course.write("doctrine/second.md", "# Second\n")
    layout.update()
    (course.work / "doctrine/second.md").write_text("# Mine\n", encoding="utf-8")
    for name in ("second.md", "loads-and-plays.md"):
        (course.root / "doctrine" / name).unlink()
    assert layout.update() == ["no longer part of the course, left as it is: doctrine/second.md"]
    assert [path.name for path in (course.work / "doctrine").iterdir()] == ["second.md"]
    assert layout.update() == ["Everything is up to date."]


def test_files_of_the_learners_own_are_nobodys_business(course):
    layout.update()
    (course.work / "my notes.md").write_text("mine", encoding="utf-8")
    reword(course)
    layout.update()
    assert (course.work / "my notes.md").read_text(encoding="utf-8") == "mine"


def test_a_course_that_was_never_built_says_so(course):
    (course.root / "notebooks/1-querying/01-one-table.ipynb").unlink()
    with pytest.raises(Problem, match=r"There are no lessons in .*champion build"):
        layout.update()


def test_an_update_under_an_open_lab_is_refused_with_its_address(course):
    layout.update()
    lease.announce(course.work, "http://127.0.0.1:8888/lab")
    with lease.lease(course.work), pytest.raises(Problem) as refused:
        layout.update()
    assert "is open in a lab already, at http://127.0.0.1:8888/lab" in str(refused.value)
    assert "Ctrl-C" in refused.value.then


def test_a_write_that_fails_half_way_leaves_the_old_file_whole(tmp_path, monkeypatch):
    real = Path.write_bytes

    def half(path, content):
        real(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "mine.ipynb").write_bytes(b"as it was")
    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(Problem):
        files.write(tmp_path / "mine.ipynb", b"as it should be")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"as it was"]


def test_a_full_disk_is_one_line_and_loses_nothing(course, monkeypatch):
    layout.update()
    course.answer(plan_answer="%%sql plans\nSELECT 1")
    mine = course.mine.read_bytes()
    reword(course)
    real = Path.write_bytes

    def full(path, content):
        real(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Problem, match="The disk is full; nothing was lost") as refused:
        layout.update()
    assert "\n" not in str(refused.value)
    assert course.mine.read_bytes() == mine
    assert not list(course.work.rglob("*.new"))
    monkeypatch.undo()
    monkeypatch.setenv("CHAMPION_COURSE", str(course.root))
    monkeypatch.setenv("CHAMPION_WORK", str(course.work))
    layout.update()
    assert course.sources()["plan-prose"] == "Which plans does Lantern sell?"


def test_a_read_only_folder_is_one_line(course, as_nobody):
    course.work.mkdir()
    course.work.chmod(0o555)
    with as_nobody(), pytest.raises(Problem, match="may not be written to") as refused:
        layout.update()
    assert "CHAMPION_WORK" in refused.value.then
    assert "\n" not in str(refused.value)


def test_a_file_where_the_work_folder_should_be_is_one_line(course):
    course.work.write_text("not a folder", encoding="utf-8")
    with pytest.raises(Problem, match="A file is in the way"):
        layout.update()


def test_the_home_folder_is_never_named(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert files.tilde(tmp_path / "course" / "work") == str(Path("~/course/work"))
