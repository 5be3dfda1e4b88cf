import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from tests.desk.conftest import LESSON, Notebook

from champion.desk import outbox, progress
from champion.problems import Problem


@pytest.fixture
def exercise(work: Path) -> Path:
    """A learner's exercise in the work folder, with an output and a widget's state in it."""
    answer = {
        "cell_type": "code",
        "id": "tickets-by-channel-answer",
        "metadata": {"champion": {"task": "tickets-by-channel", "role": "answer"}},
        "source": "%%sql by_channel\nSELECT 1 AS é",
        "execution_count": 3,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "secret"}],
    }
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"champion": {"lesson": LESSON, "page": "exercise"}, "widgets": {"big": 1}},
        "cells": [answer, {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "Hi"}],
    }
    path = work / "exercises" / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_a_submission_says_all_there_is_to_say(work: Path, exercise: Path) -> None:
    progress.record("tickets-by-channel", "wrong", ["open-only"], 1)
    progress.record("some-other-lesson", "passed", (), 0)
    sent = outbox.write_submission(exercise, "Zoë Čapek", work)
    assert sent.parent == work / "outbox"
    assert sent.name.startswith("zoe-capek--1-querying--01-one-table--exercise--")
    held = read(sent)
    assert (held["format"], held["learner"], held["lesson"]) == (1, "Zoë Čapek", LESSON)
    assert held["page"] == "exercise"
    assert [each["task"] for each in held["attempts"]] == ["tickets-by-channel"]
    assert held["notebook"]["cells"][0]["source"] == "%%sql by_channel\nSELECT 1 AS é"


def test_outputs_and_widgets_stay_at_home(work: Path, exercise: Path) -> None:
    before = exercise.read_bytes()
    notebook = read(outbox.write_submission(exercise, "Ada", work))["notebook"]
    assert notebook["cells"][0]["outputs"] == []
    assert notebook["cells"][0]["execution_count"] is None
    assert "widgets" not in notebook["metadata"]
    assert exercise.read_bytes() == before


def test_the_name_is_asked_once(work: Path, exercise: Path) -> None:
    with pytest.raises(Problem, match="Give your name once"):
        outbox.submit(exercise)
    outbox.submit(exercise, "Ada Lovelace")
    assert "is in your outbox" in outbox.submit(exercise)
    assert len(list((work / "outbox").glob("ada-lovelace--*.json"))) == 2


def test_the_teams_inbox_gets_a_copy(
    exercise: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = tmp_path / "Team é" / "inbox"
    monkeypatch.setenv("CHAMPION_INBOX", str(inbox))
    assert "finds it in the team's inbox" in outbox.submit(exercise, "Ada")
    (copy,) = inbox.iterdir()
    (sent,) = (work / "outbox").glob("*.json")
    assert copy.name == sent.name
    assert copy.read_bytes() == sent.read_bytes()


def test_an_inbox_out_of_reach_loses_nothing(
    exercise: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("CHAMPION_INBOX", str(tmp_path / "file" / "inbox"))
    said = outbox.submit(exercise, "Ada")
    assert "could not be copied to the team's inbox" in said
    assert "safe in your outbox" in said
    assert len(list((work / "outbox").glob("*.json"))) == 1


def test_a_notebook_that_lost_its_metadata_is_known_by_its_folder(
    exercise: Path, work: Path
) -> None:
    notebook = read(exercise)
    notebook["metadata"] = {}
    exercise.write_text(json.dumps(notebook), encoding="utf-8")
    held = read(outbox.write_submission(exercise, "Ada", work))
    assert (held["lesson"], held["page"]) == (LESSON, "exercise")


@pytest.mark.parametrize(
    ("text", "why"),
    [("not json", "is not a notebook"), ("[]", "is not a notebook"),
     ('{"cells": []}', "does not say which lesson")],
)  # fmt: skip
def test_what_is_no_notebook_of_ours_is_one_line(work: Path, text: str, why: str) -> None:
    path = work / "mine.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match=why):
        outbox.write_submission(path, "Ada", work)
    with pytest.raises(Problem, match="There is no notebook"):
        outbox.write_submission(work / "absent.ipynb", "Ada", work)


def test_a_full_disk_leaves_no_half_submission(
    exercise: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, *_: object, **__: object) -> None:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(Problem, match="cannot be written: No space left on device"):
        outbox.write_submission(exercise, "Ada", work)
    assert list((work / "outbox").iterdir()) == []


def test_submit_sends_the_notebook_one_is_in(
    notebook: Notebook, exercise: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "does not know its own file" in notebook.run("submit()").text
    monkeypatch.setenv("JPY_SESSION_NAME", str(exercise))
    said = notebook.run('submit("Ada Lovelace")').text
    assert said.startswith("✓ 01-one-table.ipynb is in your outbox, as it was saved at 20")
    assert len(list((work / "outbox").glob("*.json"))) == 1


def test_submit_says_when_the_file_is_older_than_what_was_run(
    notebook: Notebook, exercise: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", str(exercise))
    notebook.run("x = 1")
    os.utime(exercise, (time.time() - 600, time.time() - 600))
    assert "save with Ctrl+S" in notebook.run('submit("Ada")').text
    os.utime(exercise)
    assert "Ctrl+S" not in notebook.run('submit("Ada")').text


def test_a_renamed_notebook_is_one_line(
    notebook: Notebook, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", str(work / "old name é.ipynb"))
    said = notebook.run('submit("Ada")').text
    assert said.startswith("✗ There is no file old name é.ipynb")
    assert "\n" not in said
