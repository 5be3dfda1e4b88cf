"""A lesson of functions and a state, from its source to a mentor's report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from champion.authoring.notebook import learner_notebook, solved_notebook
from champion.authoring.prove import prove
from champion.authoring.source import Lesson, read_lesson
from champion.authoring.troubles import task_troubles
from champion.checking.key import Task, from_json, to_json
from champion.desk import snippet
from champion.lantern import Company
from champion.marking.limits import Limits
from champion.marking.mark import mark
from champion.marking.report import as_text
from champion.problems import Problem

SOURCES = Path(__file__).parent / "doing"
DOING = "2-api/09-doing"
PLANNED = """\
[lessons]
"2-api/09-doing" = "Doing"

[routes.core]
title = "Core"
lessons = ["2-api/09-doing"]
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "course"
    shutil.copytree(SOURCES, home / "curriculum")
    (home / "curriculum" / "routes.toml").write_text(PLANNED, encoding="utf-8")
    monkeypatch.setenv("CHAMPION_COURSE", str(home))
    for name in ("CHAMPION_COMPANY", "CHAMPION_WORK", "CHAMPION_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return home


Edit = Callable[..., int]


@pytest.fixture
def edit(course: Path) -> Edit:
    """Replaces text in a page; the text must be there. Returns the line where it stood."""

    def change(old: str, new: str, page: str = "lesson") -> int:
        path = course / f"curriculum/{DOING}/{page}.md"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return change


@pytest.fixture
def lesson(course: Path) -> Lesson:
    return read_lesson(DOING)


def task_of(lesson: Lesson, slug: str) -> Task:
    found = lesson.key.task(slug)
    assert found is not None
    return found


def troubles(company: Company, slug: str) -> list[str]:
    lesson = read_lesson(DOING)
    task = task_of(lesson, slug)
    page = next(page for page in lesson.pages if slug in page.lines)
    return list(task_troubles(task, page, snippet.runner(task, company)))


def test_functions_and_states_are_proven_by_the_runner_that_marks(
    course: Path, company: Company
) -> None:
    proof = prove(companies={"seed 2": company.folder})
    assert proof.text == "3 tasks · 10 wrong answers · 1 companies · all told apart"


def test_the_key_holds_what_the_learner_does_not_see(lesson: Lesson) -> None:
    function, state = task_of(lesson, "every-title"), task_of(lesson, "spring-folder")
    assert (function.kind, function.variable) == ("function", "every_title")
    assert function.watch == ("waits", "requests")
    assert (state.kind, state.variable) == ("state", "made")
    assert from_json(to_json(lesson.key)) == lesson.key
    for page in lesson.pages:
        shown = json.dumps(learner_notebook(lesson, page, {}))
        for hidden in ("given(", "api.calls", "exactly one page", "a title of exactly"):
            assert hidden not in shown
    solved = json.dumps(solved_notebook(lesson, lesson.pages[1], {}))
    assert "given(" not in solved


@pytest.mark.parametrize("slug", ["long-titles", "every-title", "spring-folder"])
def test_the_desk_proves_what_marking_proves(lesson: Lesson, company: Company, slug: str) -> None:
    assert troubles(company, slug) == []


def test_wrong_functions_that_no_input_tells_apart_are_found(edit: Edit, company: Company) -> None:
    edit('    "a title of exactly 10 letters": given(["0123456789"]),\n', "")
    assert troubles(company, "long-titles") == [
        "`ten-too` passes; the company does not tell it from the reference"
    ]


def test_two_wrong_functions_of_one_vector_are_not_told_apart(edit: Edit, company: Company) -> None:
    edit(
        "```{code-cell}\n:role: also-right",
        "```{code-cell}\n:role: wrong\n:name: from-ten\ndef long_titles(titles):\n"
        "    return [title for title in titles if not len(title) < 10]\n```\n"
        "> says · Ten is there. Is it more than ten?\n\n```{code-cell}\n:role: also-right",
    )
    assert troubles(company, "long-titles") == [
        "`ten-too` cannot be told from `from-ten`",
        "`from-ten` cannot be told from `ten-too`",
    ]


def test_manners_that_are_watched_must_be_spoken_of(edit: Edit, company: Company) -> None:
    edit("When the API answers 429, wait", "When the API answers 429, stop", "exercise")
    edit("after a 500 wait a second", "after a 500 too", "exercise")
    assert troubles(company, "every-title") == [
        "it watches waits, and the prose says nothing of a “wait”"
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("given([]),", "missing([]),", "its inputs fail: NameError: name 'missing'"),
        ("given([]),", "given(lambda: 1),", "cannot be sent to a function"),
        ("given([]),", "given([], videos=3),", "it is called with none"),
        ("given([]),", "given(api, videos=10**6),", "its account has only"),
        ("inputs = {", "inputs = dict(a=3) or {", "“a” is no given(…)"),
        ("if len(title) > 10]\n```", "if len(titles) > 10][0]\n```", "its reference IndexError"),
        ("return [title for", "yield [title for", "its reference gives a generator"),
    ],
)
def test_what_only_running_shows_is_told_by_the_proof(
    edit: Edit, company: Company, old: str, new: str, said: str
) -> None:
    edit(old, new)
    [told, *_] = troubles(company, "long-titles")
    assert said in told


LESSON_MISTAKES = [
    ("def long_titles(titles):\n    ...", "titles = ...", "the answer cell defines no function"),
    (
        "def long_titles(titles):\n    return [title for title in titles if len(title) > 10]",
        "long = 1",
        "this cell never makes `long_titles`",
    ),
    (":role: inputs\ninputs = {", ":role: inputs\nothers = {", "no `inputs` cell of this task"),
    (
        'inputs = {\n    "two titles, one of them long": given(["Welcome", "Getting started"]),\n'
        '    "no titles": given([]),\n'
        '    "a title of exactly 10 letters": given(["0123456789"]),\n}',
        "inputs = {}",
        "`inputs` is empty",
    ),
    ("inputs = {", "inputs = [{", "the `inputs` cell is not Python"),
    ('    "no titles": given([]),', "    3: given([]),", "the label 3 is no text"),
    ('    "no titles": given([]),', '    " ": given([]),', "the label ' ' is no text"),
    (
        '    "no titles": given([]),',
        '    "two titles, one of them long": given([]),',
        "is there twice",
    ),
    ('    "no titles": given([]),', '    "no titles": [],', "each input is `given(…)`"),
    (
        '    "no titles": given([]),',
        '    "no titles": given([], faults={2: 404}),',
        "the fault 404 is unknown; it is one of 429, 500, slow, timeout, disconnect, shrink",
    ),
    (
        '    "no titles": given([]),',
        '    "no titles": given([], faults={0: 429}),',
        "`faults` counts requests from 1; 0 is none",
    ),
    (
        '    "no titles": given([]),',
        '    "no titles": given([], faults=[429]),',
        "`faults` is a dictionary",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), LESSON_MISTAKES)
def test_an_authors_mistake_is_one_line_with_its_place(
    edit: Edit, old: str, new: str, said: str
) -> None:
    line = edit(old, new)
    with pytest.raises(Problem) as problem:
        read_lesson(DOING)
    told = str(problem.value).strip()
    assert said in told
    assert "\n" not in told, told
    place = int(told.split("lesson.md:")[1].split(":")[0])
    assert line - 3 <= place <= line + 2


def test_a_list_is_no_dictionary_of_inputs(edit: Edit) -> None:
    edit(":role: inputs\n", ":role: inputs\ninputs = [given([])]\n")
    with pytest.raises(Problem, match="`inputs` is a dictionary of labels"):
        read_lesson(DOING)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (":role: inputs\nlarge", ":role: show\nlarge", "add one with `:role: inputs`"),
        (":role: state", ":role: show", "add one with `:role: state`"),
        (":role: state\nstate = {", ":role: state\nseen = {", "no `state` cell of this task"),
        ("kind=state", "kind=value", "`state` cells belong in a task with `kind=state`"),
        ("kind=function", "kind=state", "`inputs` cells belong in a task with `kind=function`"),
        ("watch=waits,requests", "watch=hurry", "watch is what of a function counts"),
        ("kind=state", "kind=state watch=waits", "only a function is watched"),
        ("made = ...", "api.writer.post(...)", "gives no variable a value"),
    ],
)
def test_a_page_says_what_a_kind_needs(edit: Edit, old: str, new: str, said: str) -> None:
    edit(old, new, "exercise")
    with pytest.raises(Problem) as problem:
        read_lesson(DOING)
    assert said in str(problem.value)
    assert "exercise.md:" in str(problem.value)


def test_a_learners_notebook_comes_back_as_a_report(
    lesson: Lesson, company: Company, tmp_path: Path
) -> None:
    page = lesson.pages[1]
    notebook = learner_notebook(lesson, page, {})
    answers = {
        "every-title": task_of(lesson, "every-title").wrong[0].source,
        "spring-folder": task_of(lesson, "spring-folder").reference,
    }
    for cell in notebook["cells"]:
        told = cell["metadata"]["champion"]
        if told["role"] == "answer":
            cell["source"] = answers[told["task"]]
    path = tmp_path / "ada.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    report = mark(
        [path],
        [company],
        keys=[lesson.key],
        pages=lambda name, which: learner_notebook(lesson, page, {}),
        limits=Limits(cell_seconds=10),
        workers=1,
        fresh=True,
    )
    text = as_text(report)
    assert "✗ 9.2 Every title: wrong (first-page-only)" in text
    assert "✓ 9.3 A folder for the spring term: passed" in text
