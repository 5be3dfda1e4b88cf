from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from champion.authoring import products
from champion.authoring.build import build, look_over, main
from champion.lantern import Company
from champion.problems import Problem

from .conftest import COUNTING, PLANNED, SAMPLES, Edit
from .test_doctrine import AUTOPLAY

NOTEBOOK = f"notebooks/{COUNTING}.ipynb"
EXERCISE = f"exercises/{COUNTING}.ipynb"
SOLVED = f"build/solved/{COUNTING}/exercise.ipynb"


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory, company: Company) -> Path:
    """The sample course, built; tests take copies of it."""
    home = tmp_path_factory.mktemp("built") / "course"
    shutil.copytree(SAMPLES, home / "curriculum")
    (home / "curriculum" / "routes.toml").write_text(PLANNED, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAMPION_COURSE", str(home))
        assert len(build(company=company.folder).written) == 4
    return home


@pytest.fixture
def built(built_once: Path, course: Path) -> Path:
    for name in ("notebooks", "exercises", "build"):
        shutil.copytree(built_once / name, course / name)
    return course


def test_a_build_leaves_lesson_exercise_solved_copies_and_key(built: Path) -> None:
    found = {
        path.relative_to(built).as_posix()
        for name in ("notebooks", "exercises", "build")
        for path in (built / name).rglob("*")
        if path.is_file()
    }
    assert found == {
        NOTEBOOK,
        EXERCISE,
        SOLVED,
        "notebooks/1-querying/Keep.html",
        "notebooks/Glossary.md",
        f"build/solved/{COUNTING}/lesson.ipynb",
        f"build/keys/{COUNTING}.json",
    }


def test_a_lesson_keeps_its_outputs_and_an_exercise_has_none(built: Path) -> None:
    lesson, exercise = (json.loads((built / name).read_text()) for name in (NOTEBOOK, EXERCISE))
    counts = [cell["execution_count"] for cell in lesson["cells"] if cell["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))
    assert "How many people watched?" in json.dumps(lesson["cells"])
    for cell in exercise["cells"]:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


def test_the_solved_copy_passes_its_own_checks(built: Path) -> None:
    checks = [
        json.dumps(cell["outputs"], ensure_ascii=False)
        for cell in json.loads((built / SOLVED).read_text(encoding="utf-8"))["cells"]
        if cell["metadata"]["champion"]["role"] == "check"
    ]
    assert len(checks) == 2
    assert all("✓" in check for check in checks)


def test_two_builds_are_the_same_bytes(built: Path, company: Company) -> None:
    names = (NOTEBOOK, EXERCISE, SOLVED)
    before = [(built / name).read_bytes() for name in names]
    build(fresh=True, company=company.folder)
    assert [(built / name).read_bytes() for name in names] == before


def test_nothing_is_built_twice(built: Path, company: Company) -> None:
    assert build(company=company.folder).text == "0 notebooks built · 4 unchanged"


def test_a_change_to_prose_builds_that_page_alone(
    built: Path, edit: Edit, company: Company
) -> None:
    edit("exercise", "Work from top to bottom.", "Work slowly.")
    written = build(company=company.folder).written
    assert [path.relative_to(built).as_posix() for path in written] == [EXERCISE, SOLVED]


def test_a_new_recipe_of_the_company_makes_every_run_notebook_old(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(products, "RECIPE", 999)
    with pytest.raises(Problem) as caught:
        look_over()
    assert f"{NOTEBOOK} is older than its source" in str(caught.value)
    assert EXERCISE not in str(caught.value)


def test_cells_that_fail_are_all_named_by_the_lines_of_their_source(
    built: Path, edit: Edit, company: Company
) -> None:
    edit("lesson", "print(asked)", "print(askd)")
    edit("lesson", "rows[7]", "rows[2]")
    cell = "```{code-cell}\nimport os; print(os.getcwd())\n```\n"
    path = edit("lesson", "This is a cell of its own.", cell)
    lines = path.read_text(encoding="utf-8").split("\n")
    before = (built / NOTEBOOK).read_bytes()
    with pytest.raises(Problem) as caught:
        build(company=company.folder)
    name = f"  curriculum/{COUNTING}/lesson.md"
    assert str(caught.value).split("\n") == [
        "3 mistakes in the sources:",
        f"{name}:{lines.index('print(askd)') - 1}: "
        "this cell raises NameError: name 'askd' is not defined",
        f"{name}:{lines.index('rows[2]') - 1}: "
        "this cell is tagged `raises-exception` and raises nothing; take the tag away",
        f"{name}:{lines.index('import os; print(os.getcwd())')}: "
        "this cell shows a path of this machine; outputs must be the same everywhere",
    ]
    assert (built / NOTEBOOK).read_bytes() == before


def test_streams_come_out_whole_and_widgets_leave_their_text(
    built: Path, edit: Edit, company: Company
) -> None:
    code = (
        "import time, ipywidgets\\nfor n in range(3): print(n, flush=True); time.sleep(0.05)\\n"
        "display(ipywidgets.IntSlider(description='n'))"
    ).replace("\\n", "\n")
    edit("lesson", "print(asked)", code)
    build(company=company.folder)
    notebook = json.loads((built / NOTEBOOK).read_text(encoding="utf-8"))
    stream, slider = next(cell for cell in notebook["cells"] if "ipywidgets" in _source(cell))[
        "outputs"
    ]
    assert stream["text"] == ["0\n", "1\n", "2\n"]
    assert list(slider["data"]) == ["text/plain"]
    assert "widgets" not in notebook["metadata"]


def test_notebooks_of_a_lesson_that_is_gone_go_too(built: Path, company: Company) -> None:
    shutil.rmtree(built / "curriculum" / COUNTING)
    (built / "curriculum" / "glossary.md").unlink()
    build(company=company.folder)
    assert [path for path in built.rglob("*.ipynb") if path.is_file()] == []
    assert [path for path in (built / "notebooks").rglob("*") if path.is_file()] == []


def test_a_notebook_that_nobody_built_is_not_taken_away(built: Path, company: Company) -> None:
    mine = built / "notebooks" / "mine.ipynb"
    mine.write_text('{"cells": [], "metadata": {}}', encoding="utf-8")
    build(company=company.folder)
    assert mine.is_file()


def test_what_was_built_agrees_with_its_sources(built: Path) -> None:
    assert main(check=True) == "2 notebooks agree with their sources"


def test_a_source_changed_after_the_build_is_noticed_without_running(
    built: Path, edit: Edit
) -> None:
    edit("lesson", "Read what they say.", "Read it aloud.")
    with pytest.raises(Problem, match=f"{NOTEBOOK} is older than its source"):
        look_over()


def test_a_missing_notebook_and_a_stray_file_are_noticed(built: Path) -> None:
    (built / EXERCISE).unlink()
    (built / "exercises" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Problem) as caught:
        look_over()
    assert f"{EXERCISE} is missing: run `champion build`" in str(caught.value)
    assert "exercises/notes.txt has no source in curriculum/" in str(caught.value)


def test_the_map_and_the_index_follow_a_build_of_everything(built: Path, company: Company) -> None:
    readme = built / "README.md"
    readme.write_text("<!-- map -->\n<!-- /map -->\n", encoding="utf-8")
    (built / "doctrine").mkdir()
    (built / "doctrine" / "autoplay.md").write_text(AUTOPLAY, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        look_over()
    assert "README.md holds an older map of the course" in str(caught.value)
    assert "doctrine/README.md is older than the entries" in str(caught.value)
    build(company=company.folder)
    look_over()
    assert "[Counting](notebooks/" in readme.read_text(encoding="utf-8")


def test_the_keep_sheet_and_the_glossary_follow_a_build_of_everything(
    built: Path, edit: Edit, company: Company
) -> None:
    sheet, page = built / "notebooks/1-querying/Keep.html", built / "notebooks/Glossary.md"
    edit("lesson", "`len` counts.", "`len` counts things.")
    page.write_text("edited by hand", encoding="utf-8")
    with pytest.raises(Problem) as caught:
        look_over()
    assert "notebooks/1-querying/Keep.html is older than the lessons" in str(caught.value)
    assert "notebooks/Glossary.md is older than the lessons" in str(caught.value)
    build([COUNTING], company=company.folder)
    assert "counts things" not in sheet.read_text(encoding="utf-8"), "it is made of all lessons"
    build(company=company.folder)
    look_over()
    assert "counts things" in sheet.read_text(encoding="utf-8")
    assert "**load**" in page.read_text(encoding="utf-8")


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


def _strip_check(notebook: dict[str, Any]) -> None:
    _cell(notebook, "how-many-rows-check")["outputs"] = []


def _strip_show(notebook: dict[str, Any]) -> None:
    _cell(notebook, "where-we-are-show-1")["outputs"] = []


def _forget_to_run(notebook: dict[str, Any]) -> None:
    _cell(notebook, "where-we-are-show-1")["execution_count"] = None


def _mark_in_source(notebook: dict[str, Any]) -> None:
    _cell(notebook, "where-we-are-show-1")["source"] = ["# NBVAL_IGNORE_OUTPUT\n", "print(asked)"]


def _mark_in_tags(notebook: dict[str, Any]) -> None:
    _cell(notebook, "where-we-are-show-1")["metadata"]["tags"] = ["nbval-skip"]


def _answer(notebook: dict[str, Any]) -> None:
    _cell(notebook, "how-many-rows-answer")["source"] = ["how_many = 6"]


def _delete_check(notebook: dict[str, Any]) -> None:
    notebook["cells"].remove(_cell(notebook, "how-many-rows-check"))


def _check_to_prose(notebook: dict[str, Any]) -> None:
    _cell(notebook, "how-many-rows-check")["cell_type"] = "markdown"


def _redefine_check(notebook: dict[str, Any]) -> None:
    cell = {**_cell(notebook, "where-we-are-show-1"), "id": "mine", "source": ["check = print"]}
    notebook["cells"].insert(3, cell)


def _lose_the_error(notebook: dict[str, Any]) -> None:
    _cell(notebook, "break-it-on-purpose-show-1")["outputs"] = []


def _raise(notebook: dict[str, Any]) -> None:
    error = {"output_type": "error", "ename": "KeyError", "evalue": "'day'", "traceback": []}
    _cell(notebook, "where-we-are-show-1")["outputs"] = [error]


def _reorder(notebook: dict[str, Any]) -> None:
    notebook["cells"].reverse()


def _repeat(notebook: dict[str, Any]) -> None:
    notebook["cells"].append(_cell(notebook, "where-we-are-show-1"))


TAMPERING: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "outputs of a check stripped": (_strip_check, "how-many-rows-check were stripped"),
    "outputs of a cell stripped": (_strip_show, "its outputs are not those that were built"),
    "a cell never run": (_forget_to_run, "was never run (its execution count is null)"),
    "a mark in a cell": (_mark_in_source, "carries a mark that makes nbval look away"),
    "a mark in the tags": (_mark_in_tags, "carries a mark that makes nbval look away"),
    "an answer filled in": (_answer, "the cell how-many-rows-answer was edited"),
    "a check deleted": (_delete_check, "the cell how-many-rows-check is missing"),
    "a check turned into prose": (_check_to_prose, "was turned into markdown"),
    "check redefined": (_redefine_check, "the cell mine is not in its source"),
    "an error that is gone": (_lose_the_error, "should raise and did not"),
    "an error that came": (_raise, "ended in an error: KeyError"),
    "another order": (_reorder, "its cells stand in another order"),
    "a cell twice": (_repeat, "a cell stands in it twice"),
}


@pytest.mark.parametrize("case", TAMPERING)
def test_a_tampered_notebook_is_refused_with_its_reason(built: Path, case: str) -> None:
    tamper, told = TAMPERING[case]
    path = built / NOTEBOOK
    notebook = json.loads(path.read_text(encoding="utf-8"))
    tamper(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(Problem) as caught:
        look_over()
    assert told in str(caught.value)


def test_an_exercise_that_was_run_is_refused(built: Path) -> None:
    path = built / EXERCISE
    notebook = json.loads(path.read_text(encoding="utf-8"))
    _cell(notebook, "plays-not-loads-show")["execution_count"] = 4
    path.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(Problem, match="plays-not-loads-show was run; an exercise is handed out"):
        look_over()


def test_a_file_that_is_no_notebook_is_one_line(built: Path) -> None:
    (built / NOTEBOOK).write_text("<<<<<<< ours", encoding="utf-8")
    with pytest.raises(Problem, match="is not a notebook that was built here"):
        look_over()
