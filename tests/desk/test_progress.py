import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tests.desk.conftest import COUNT

from champion.desk import feedback, progress


def test_a_try_is_kept_with_what_was_recognised(work: Path) -> None:
    assert progress.record("a-task", "wrong", ["utc-day"], 2) == ""
    (kept,) = progress.attempts()
    assert (kept.task, kept.outcome, kept.mistakes, kept.hints) == (
        "a-task",
        "wrong",
        ("utc-day",),
        2,
    )
    assert kept.at.endswith("+00:00")


def test_a_line_torn_by_a_killed_kernel_costs_only_itself(work: Path) -> None:
    progress.record("first", "passed", (), 0)
    path = work / ".champion" / "attempts.jsonl"
    with path.open("ab") as file:
        file.write(b'{"task": "torn", "at": "2026')
    progress.record("third", "passed", (), 0)
    assert [each.task for each in progress.attempts()] == ["first", "third"]


def test_solved_means_right_at_least_once(work: Path) -> None:
    for outcome in ("wrong", "passed", "wrong"):
        progress.record("a", outcome, (), 0)
    progress.record("b", "wrong", (), 0)
    assert progress.solved() == {"a"}


def test_switched_off_it_keeps_and_shows_nothing(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress.record("a", "passed", (), 0)
    monkeypatch.setenv("CHAMPION_PROGRESS", "off")
    assert progress.solved() == frozenset()
    progress.record("b", "passed", (), 0)
    monkeypatch.delenv("CHAMPION_PROGRESS")
    assert progress.solved() == {"a"}


def test_where_no_work_folder_was_laid_out_none_is_made(work: Path) -> None:
    work.rmdir()
    assert progress.record("a", "passed", (), 0) == ""
    assert not work.exists()


def test_processes_writing_at_once_lose_nothing(work: Path) -> None:
    script = (
        "from champion.desk import progress\n"
        "for at in range(20): progress.record(f't{at}', 'wrong', (), 0)"
    )
    env = {**os.environ, "CHAMPION_WORK": str(work)}
    running = [subprocess.Popen([sys.executable, "-c", script], env=env) for _ in range(3)]
    assert [each.wait(timeout=60) for each in running] == [0, 0, 0]
    assert len(progress.attempts()) == 60


def test_a_read_only_folder_is_one_line(
    work: Path, as_nobody: Callable[[], AbstractContextManager[None]]
) -> None:
    work.chmod(0o555)
    try:
        with as_nobody():
            said = progress.record("a", "passed", (), 0)
    finally:
        work.chmod(0o755)
    assert said.startswith("This try could not be noted in your work folder (")
    assert "\n" not in said


def test_a_work_folder_that_is_in_the_way_is_one_line(work: Path) -> None:
    (work / ".champion").write_text("not a folder", encoding="utf-8")
    assert progress.record("a", "passed", (), 0).startswith("This try could not be noted")


def test_a_mentors_words_stand_beside_the_task(work: Path) -> None:
    assert feedback.lines(COUNT) == ()
    given = feedback.path(work, COUNT.lesson)
    given.parent.mkdir()
    given.write_text(
        '{"format": 1, "marked_at": "2026-04-01T09:00:00+00:00", "tasks": [{"task": '
        '"tickets-by-channel", "verdict": "passed", "comment": "Tidy. Name the columns."}]}',
        encoding="utf-8",
    )
    assert given.name == "1-querying--01-one-table.json"
    assert feedback.lines(COUNT) == (
        "Your mentor's marking of 2026-04-01: passed.",
        'Your mentor writes: "Tidy. Name the columns."',
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": 2, "tasks": [{"task": "tickets-by-channel"}]}',
        '{"format": 1, "tasks": null}',
    ],
)
def test_damaged_feedback_is_passed_over(work: Path, text: str) -> None:
    given = feedback.path(work, COUNT.lesson)
    given.parent.mkdir()
    given.write_text(text, encoding="utf-8")
    assert feedback.lines(COUNT) == ()
