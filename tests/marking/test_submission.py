from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from champion.marking.submission import Submission, find, read
from champion.problems import Problem

from .samples import KEY, LESSON, anonymous, filled, page, solved


def written(path: Path, content: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def handed_in(**more: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "learner": "Ada Lovelace",
        "lesson": LESSON,
        "page": "exercise",
        "submitted_at": "2026-04-01T09:00:00+00:00",
        "notebook": solved(),
        "attempts": [],
        **more,
    }


def test_a_folder_is_searched_and_what_is_no_submission_is_passed_by(tmp_path: Path) -> None:
    wanted = [
        written(tmp_path / "ada" / "a.json", handed_in()),
        written(tmp_path / "b.ipynb", solved()),
    ]
    written(tmp_path / "feedback" / "ada" / "x.json", {"format": 1})
    written(tmp_path / ".ipynb_checkpoints" / "b.ipynb", solved())
    written(tmp_path / "settings.json", {"theme": "dark"})
    (tmp_path / "notes.txt").write_text("hello")
    assert find([tmp_path, wanted[1]]) == wanted


def test_a_half_written_submission_in_a_folder_is_not_passed_by(tmp_path: Path) -> None:
    (tmp_path / "half.json").write_text('{"format": 1, "notebook": {')
    assert find([tmp_path]) == [tmp_path / "half.json"]


def test_a_path_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="There is no"):
        find([tmp_path / "nothing"])


def test_a_submission_file_tells_who_what_and_when(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", handed_in())
    expected = Submission(
        path, "Ada Lovelace", LESSON, "exercise", solved(), "2026-04-01T09:00:00+00:00", False
    )
    assert read(path, [KEY]) == expected


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    text = json.dumps(solved(), indent=1).replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read(path, [KEY]).notebook == solved()


@pytest.mark.parametrize("minor", range(6))
def test_every_minor_version_of_the_format_is_read(tmp_path: Path, minor: int) -> None:
    notebook = anonymous(solved()) if minor < 5 else solved()
    notebook["nbformat_minor"] = minor
    assert read(written(tmp_path / "a.ipynb", notebook), [KEY]).lesson == LESSON


def test_a_notebook_of_version_three_is_read(tmp_path: Path) -> None:
    code = {
        "cell_type": "code",
        "input": ["closed_count = 1"],
        "outputs": [],
        "language": "python",
        "metadata": {},
    }
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [code]}]}
    found = read(written(tmp_path / "a.ipynb", old), [KEY])
    assert (found.lesson, found.page) == (LESSON, "exercise")


def test_a_renamed_notebook_without_metadata_is_known_by_its_tasks(tmp_path: Path) -> None:
    path = written(tmp_path / "Untitled7 (copy).ipynb", anonymous(filled(closed_share="x = 1")))
    assert (read(path, [KEY]).lesson, read(path, [KEY]).page) == (LESSON, "exercise")


def test_an_empty_notebook_is_known_by_its_name(tmp_path: Path) -> None:
    empty = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = written(tmp_path / "exercises" / f"{LESSON}.ipynb", empty)
    assert read(path, [KEY]).lesson == LESSON


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is damaged"),
        (b"{", "is damaged"),
        (b"\xff\xfe\x00", "is damaged"),
        (b"[" * 100_000, "is damaged"),
        (b"[]", "is not a notebook"),
        (b"{}", "is not a notebook"),
        (b'{"cells": 3}', "is not a notebook"),
        (b'{"worksheets": 3}', "is not a notebook"),
        (b'{"format": 9, "notebook": {}}', "another version of the course"),
        (b'{"format": 1, "notebook": 5}', "is not a notebook"),
        (b'{"cells": []}', "does not tell which lesson"),
    ],
)
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)
    with pytest.raises(Problem, match=said):
        read(path, [KEY])


def test_a_lesson_that_tries_to_leave_the_course_is_not_believed(tmp_path: Path) -> None:
    notebook = page()
    notebook["metadata"]["champion"]["lesson"] = "../../secret"
    path = written(tmp_path / "a.json", handed_in(notebook=notebook, lesson="../../secret"))
    assert read(path, [KEY]).lesson == LESSON
