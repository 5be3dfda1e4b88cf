from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from champion.checking.key import Key, to_json
from champion.lantern import Company
from champion.marking import mark as marking
from champion.marking import report as reporting
from champion.marking.feedback import write_feedback
from champion.marking.mark import mark
from champion.marking.memory import Memory
from champion.marking.report import Marked, Report, TaskMark
from champion.marking.runner import Runner

from . import samples
from .samples import KEY, LESSON, TASKS, filled, page, solved

Worlds = tuple[Company, Company]


class Desk:
    """Marks what lies in a folder, by the sample's key."""

    def __init__(self, folder: Path, worlds: Worlds, runner: Runner) -> None:
        self.folder, self.worlds, self.runner = folder, worlds, runner

    def put(self, name: str, content: Any) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return path

    def mark(self, key: Key = KEY, memory: Memory | None = None, **more: Any) -> Report:
        return mark(
            [self.folder],
            self.worlds,
            keys=[key],
            pages=lambda *_: page(),
            remembered=memory,
            fresh=memory is None,
            runner=self.runner,
            **more,
        )


@pytest.fixture
def desk(inbox: Path, worlds: Worlds, runner: Runner) -> Desk:
    return Desk(inbox, worlds, runner)


def handed_in(notebook: dict[str, Any], learner: str = "Ada Lovelace", at: str = "09") -> Any:
    return {
        "format": 1,
        "learner": learner,
        "lesson": LESSON,
        "page": "exercise",
        "submitted_at": f"2026-04-01T{at}:00:00+00:00",
        "notebook": notebook,
        "attempts": [],
    }


def verdicts(marked: Marked) -> dict[str, str]:
    return {each.task: each.verdict for each in marked.tasks}


def test_a_right_notebook_passes_and_a_blank_one_is_not_attempted(desk: Desk) -> None:
    desk.put("a.ipynb", solved())
    desk.put("b.ipynb", page())
    right, blank = desk.mark().submissions
    assert right.passed
    assert set(verdicts(right).values()) == {"passed"}
    assert set(verdicts(blank).values()) == {"not attempted"}
    assert blank.isolation == "none"


def test_a_typed_in_number_fails_on_another_company(desk: Desk) -> None:
    home = desk.runner.run(page(), samples.REFERENCES, desk.worlds[0].folder)["closed-share"]
    typed = f"closed_count = {home.value.value}"  # type: ignore[union-attr]
    desk.put("a.ipynb", filled(closed_share=typed))
    (found,) = desk.mark().submissions
    (mark_,) = [each for each in found.tasks if each.task == "closed-share"]
    assert (mark_.verdict, mark_.mistakes) == ("wrong", ("typed-in",))
    assert "right for your company, wrong for another: is a result typed in?" in mark_.message


def test_what_was_read_at_home_may_be_typed_where_the_task_says_so(desk: Desk) -> None:
    desk.put("a.ipynb", filled(closed_share=f"closed_count = {_closed(desk)}"))
    read_at_home = replace(TASKS[1], home=True)
    (found,) = desk.mark(Key(LESSON, "Tickets", (TASKS[0], read_at_home, *TASKS[2:]))).submissions
    assert verdicts(found)["closed-share"] == "passed"


def test_a_choice_may_be_typed(desk: Desk) -> None:
    desk.put("a.ipynb", filled(do_or_stop="choice = 'b'"))
    (found,) = desk.mark().submissions
    assert verdicts(found)["do-or-stop"] == "passed"


def test_code_that_stops_on_the_other_company_says_with_which_error(desk: Desk) -> None:
    guard = f"assert closed_of(tickets) == {_closed(desk)}\nclosed_count = closed_of(tickets)"
    notebook = filled(closed_share=guard)
    helper = "def closed_of(t): return int(t.loc[t.status == 'closed', 'n'].iloc[0])"
    notebook["cells"].insert(4, {"cell_type": "code", "source": helper, "metadata": {}})
    desk.put("a.ipynb", notebook)
    (found,) = desk.mark().submissions
    message = next(each.message for each in found.tasks if each.task == "closed-share")
    assert "There it stops with an error: AssertionError" in message


def _closed(desk: Desk) -> int:
    home = desk.runner.run(page(), samples.REFERENCES, desk.worlds[0].folder)["closed-share"]
    number: int = home.value.value  # type: ignore[union-attr, assignment]
    return number


def test_a_named_mistake_gets_its_own_words(desk: Desk) -> None:
    desk.put("a.ipynb", filled(by_status=TASKS[0].wrong[0].source))
    (found,) = desk.mark().submissions
    assert found.tasks[0].mistakes == ("all-together",)
    assert "You counted all tickets together." in found.tasks[0].message.splitlines()[0]


def test_a_damaged_file_does_not_keep_the_others_from_being_marked(desk: Desk) -> None:
    desk.put("a.ipynb", "{")
    desk.put("b.ipynb", solved())
    damaged, right = desk.mark().submissions
    assert "is damaged" in damaged.problem
    assert right.passed


def test_the_learners_files_are_not_changed(desk: Desk) -> None:
    paths = [desk.put("a.ipynb", filled(closed_share="open('x', 'w')")), desk.put("b.ipynb", "{")]
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]
    desk.mark()
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths] == before
    assert sorted(desk.folder.rglob("*")) == paths


def test_a_page_older_than_its_key_leaves_the_new_task_unattempted(desk: Desk) -> None:
    new = replace(TASKS[0], slug="brand-new", number="1.5", variable="brand_new")
    desk.put("a.ipynb", solved())
    (found,) = desk.mark(Key(LESSON, "Tickets", (*TASKS, new))).submissions
    assert verdicts(found)["brand-new"] == "not attempted"


def test_progress_is_told_file_by_file(desk: Desk) -> None:
    desk.put("a.ipynb", page())
    desk.put("b.ipynb", page())
    told: list[tuple[int, int, str]] = []
    desk.mark(progress=lambda *step: told.append(step))
    assert told == [(1, 2, "a.ipynb"), (2, 2, "b.ipynb")]


def test_a_second_marking_runs_nothing_and_says_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.put("a.ipynb", filled(closed_share="closed_count = 1"))
    memory = Memory(tmp_path / "marks")
    first, second = desk.mark(memory=memory), desk.mark(memory=memory)
    assert [each.isolation for each in second.submissions] == ["none"]
    assert [each.tasks for each in first.submissions] == [e.tasks for e in second.submissions]


def test_after_a_key_is_mended_only_that_task_is_judged_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("a.ipynb", solved())
    memory = Memory(tmp_path / "marks")
    desk.mark(memory=memory)
    judged: list[str] = []
    verdict = marking.Judge.verdict

    def watched(self: Any, task: Any, answers: Any) -> Any:
        judged.append(task.slug)
        return verdict(self, task, answers)

    monkeypatch.setattr(marking.Judge, "verdict", watched)
    mended = replace(TASKS[1], reference="closed_count = -1")
    (found,) = desk.mark(Key(LESSON, "Tickets", (TASKS[0], mended, *TASKS[2:])), memory).submissions
    assert set(judged) == {"closed-share"}
    assert verdicts(found)["closed-share"] == "wrong"


def test_an_earlier_cell_that_changed_makes_the_later_ones_run_again(
    desk: Desk, tmp_path: Path
) -> None:
    memory = Memory(tmp_path / "marks")
    uses = "closed_count = int(by_status.loc[by_status.status == 'closed', 'tickets'].iloc[0])"
    desk.put("a.ipynb", filled(by_status=samples.BY_STATUS, closed_share=uses))
    assert verdicts(desk.mark(memory=memory).submissions[0])["closed-share"] == "passed"
    broken = "%%sql by_status\nSELECT 'closed' AS status, 1 AS tickets"
    desk.put("a.ipynb", filled(by_status=broken, closed_share=uses))
    assert verdicts(desk.mark(memory=memory).submissions[0])["closed-share"] == "wrong"


def test_a_damaged_memory_is_made_again(desk: Desk, tmp_path: Path) -> None:
    desk.put("a.ipynb", solved())
    memory = Memory(tmp_path / "marks")
    desk.mark(memory=memory)
    for path in (tmp_path / "marks").rglob("*.json"):
        path.write_text('{"task": "by-status", "outcome"')
    assert desk.mark(memory=memory).submissions[0].passed


def test_the_report_is_what_its_schema_says(desk: Desk) -> None:
    desk.put("a.ipynb", filled(closed_share="closed_count = 1"))
    desk.put("b.ipynb", "{")
    desk.put("c.json", handed_in(page()))
    plain = reporting.as_json(desk.mark())
    schema = json.loads(reporting.SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(plain, schema)
    assert json.loads(json.dumps(plain)) == plain
    assert plain["totals"]["tasks"] == 8
    del plain["submissions"][0]["tasks"][0]["verdict"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, schema)


def test_the_report_reads_well(desk: Desk) -> None:
    desk.put("c.json", handed_in(filled(closed_share="closed_count = 1")))
    text = reporting.as_text(desk.mark())
    assert text.splitlines()[:3] == [
        "Ada Lovelace · 9-samples/01-tickets · exercise · c.json",
        "  ○ 1.1 Tickets by status: not attempted",
        "  ✗ 1.2 How many are closed: wrong",
    ]
    assert "1 submission · 1 wrong · 3 not attempted" in text
    assert "Learners' code was shut in (" in text


def test_the_command_prints_the_report_and_writes_the_feedback(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    course = tmp_path / "course"
    path = course / "build" / "keys" / f"{LESSON}.json"
    path.parent.mkdir(parents=True)
    path.write_text(to_json(KEY), "utf-8")
    (course / "exercises" / LESSON).parent.mkdir(parents=True)
    (course / "exercises" / f"{LESSON}.ipynb").write_text(json.dumps(page()), "utf-8")
    (course / "build" / "companies").symlink_to(desk.worlds[0].folder.parent)
    monkeypatch.setenv("CHAMPION_COURSE", str(course))
    monkeypatch.setenv("CHAMPION_COMPANY", str(desk.worlds[1].folder))
    submitted = desk.put("c.json", handed_in(solved()))
    assert "4 passed" in marking.main([desk.folder])
    assert json.loads(marking.main([desk.folder], as_json=True))["totals"]["passed"] == 4
    feedback = desk.folder / "feedback" / "ada-lovelace" / "9-samples--01-tickets.json"
    assert sorted(desk.folder.rglob("*.json")) == [submitted, feedback]
    assert list((course / "build" / "marks").rglob("*.json"))


def marked_by(
    path: Path, learner: str = "Ada Lovelace", at: str = "", verdict: str = "passed"
) -> Marked:
    task = TaskMark("by-status", "1.1", "T", verdict, (), "✓ T: right.")  # type: ignore[arg-type]
    return Marked(str(path), learner, LESSON, "exercise", at, tasks=(task,))


def reported(*marked: Marked) -> Report:
    return Report("2026-04-02T10:00:00+00:00", ((1, 1),), marked)


def test_feedback_on_a_submission_in_a_learners_outbox_lies_where_the_desk_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from champion.desk import feedback as shown

    work = tmp_path / "work"
    (work / ".champion").mkdir(parents=True)
    (written,) = write_feedback(reported(marked_by(work / "outbox" / "a.json")))
    assert written == shown.path(work, LESSON)
    monkeypatch.setenv("CHAMPION_WORK", str(work))
    assert shown.lines(TASKS[0]) == ("Your mentor's marking of 2026-04-02: passed.",)


def test_feedback_in_an_inbox_has_a_folder_for_each_learner(tmp_path: Path) -> None:
    paths = write_feedback(
        reported(
            marked_by(tmp_path / "a.json"),
            marked_by(tmp_path / "deep" / "b.json", "../../Grace Hopper"),
            marked_by(tmp_path / "c.json", "李雷"),
        ),
        tmp_path,
    )
    name = "9-samples--01-tickets.json"
    folders = ("ada-lovelace", "grace-hopper", "李雷")
    assert paths == [tmp_path / "feedback" / folder / name for folder in folders]


def test_a_bare_notebook_gets_no_feedback_file(tmp_path: Path) -> None:
    assert write_feedback(reported(marked_by(tmp_path / "a.ipynb", ""))) == []
    assert list(tmp_path.iterdir()) == []


def test_of_two_submissions_the_later_one_counts_and_a_mentors_comment_stays(
    tmp_path: Path,
) -> None:
    late = marked_by(tmp_path / "a.json", at="2026-04-01T12:00:00+00:00", verdict="wrong")
    early = marked_by(tmp_path / "b.json", at="2026-04-01T09:00:00+00:00")
    (path,) = write_feedback(reported(late, early))
    kept = json.loads(path.read_text("utf-8"))
    assert kept["tasks"][0]["verdict"] == "wrong"
    kept["tasks"][0]["comment"] = "Nearly."
    kept["tasks"].append({"task": "of-the-lesson-page", "verdict": "passed"})
    path.write_text(json.dumps(kept), "utf-8")
    write_feedback(reported(replace(late, submitted_at="2026-04-03")))
    again = json.loads(path.read_text("utf-8"))
    assert again["tasks"][0]["comment"] == "Nearly."
    assert [task["task"] for task in again["tasks"]] == ["by-status", "of-the-lesson-page"]
